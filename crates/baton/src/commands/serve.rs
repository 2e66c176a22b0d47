//! `baton serve`: the books over HTTP, and everything that runs by itself.

mod demo_books;
mod log;
mod program;
mod tasks;

use crate::argument;
use crate::books::{self, Books};
use crate::fault::{Fault, Verdict, say};
use clap::Args;
use demo_books::DemoBooks;
use flow::Baton;
use flow::baton::{Stop, stop};
use flow::people::make_setup_link;
use log::LogForm;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use web::{App, Cookies, Settings};

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton serve\n  baton serve --database postgres://baton@localhost/baton --listen 0.0.0.0:8080\n  \
    baton serve --config baton.toml\n\nA setting is taken from the command line, else from the environment, else from \
    the file, else it is the default. A file: database = \"shop.sqlite\", listen = \"127.0.0.1:8080\", log = \"json\", \
    plain_cookies = true, requests_per_minute = 600."
)]
pub(crate) struct Serve {
    #[command(flatten)]
    books: Books,
    #[command(flatten)]
    choices: Choices,
}

/// What can be chosen, wherever it is chosen.
#[derive(Args, Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Choices {
    /// Read by [`Books`]; here so that it is a known setting.
    #[arg(skip)]
    #[serde(rename = "database")]
    _database: Option<String>,
    /// Address and port to answer at [default: 127.0.0.1:8080]
    #[arg(long, env = "BATON_LISTEN", value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// text, or json for machines [default: text]
    #[arg(long, env = "BATON_LOG", value_name = "FORM")]
    log: Option<LogForm>,
    /// Let people sign in over plain HTTP, too: for a shop's own network without certificates
    #[arg(long, env = "BATON_PLAIN_COOKIES", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    plain_cookies: Option<bool>,
    /// Requests that each user or token may send in a minute; 0: as many as they like [default: 600]
    #[arg(long, env = "BATON_REQUESTS_PER_MINUTE", value_name = "NUMBER")]
    requests_per_minute: Option<u32>,
    /// Proxies of your own between the outside and Baton [default: 0]
    #[arg(long, env = "BATON_PROXIES", value_name = "NUMBER")]
    proxies: Option<usize>,
    /// File of the demo shop that the console makes; it is never part of your books [default: beside them]
    #[arg(long, env = "BATON_DEMO_BOOKS", value_name = "FILE")]
    demo_books: Option<PathBuf>,
    /// Orders in the 90 days of the demo shop; fewer are made faster [default: 3000]
    #[arg(long, env = "BATON_DEMO_ORDERS", value_name = "NUMBER", value_parser = argument::whole::<u32>(100..=1_000_000))]
    demo_orders: Option<u32>,
}

pub(crate) const LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8_080);

impl Choices {
    /// What is chosen here, else what the other says.
    fn or(self, other: Choices) -> Choices {
        Choices {
            _database: None,
            listen: self.listen.or(other.listen),
            log: self.log.or(other.log),
            plain_cookies: self.plain_cookies.or(other.plain_cookies),
            requests_per_minute: self.requests_per_minute.or(other.requests_per_minute),
            proxies: self.proxies.or(other.proxies),
            demo_books: self.demo_books.or(other.demo_books),
            demo_orders: self.demo_orders.or(other.demo_orders),
        }
    }

    fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            cookies: if self.plain_cookies == Some(true) { Cookies::Plain } else { Cookies::Secure },
            requests_per_minute: match self.requests_per_minute {
                Some(0) => None,
                chosen => chosen.or(usual.requests_per_minute),
            },
            proxies: self.proxies.unwrap_or(usual.proxies),
            ..usual
        }
    }
}

impl Serve {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let file: Choices =
            self.books.config.as_deref().map(books::settings).transpose()?.unwrap_or_default();
        let choices = self.choices.clone().or(file.clone());
        let program = program::told(&self.choices, &file, &choices);
        log::start(choices.log.unwrap_or_default());
        books::wait(async {
            let baton = self.books.open().await?;
            let listener = listen(choices.listen.unwrap_or(LISTEN)).await?;
            invite_owner(&baton, &listener).await?;
            let settings = Settings { program, ..choices.settings() };
            let file = demo_books::place(&self.books.place()?, choices.demo_books.as_deref());
            let demo = DemoBooks::new(file, choices.demo_orders, &settings);
            run_beside(baton, listener, settings, |app, own, stop| {
                demo.take_up();
                own.spawn(demo.clone().end_with(stop.clone()));
                app.beside(Arc::new(demo))
            })
            .await?;
            Ok(Verdict::Fine)
        })
    }
}

pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener, Fault> {
    let unusable = |error: std::io::Error| {
        let why = connect::files::plain_words(&error);
        Fault::Other(format!("{address} cannot be listened at: {why}; choose another with --listen"))
    };
    TcpListener::bind(address).await.map_err(unusable)
}

/// Books without an owner get one by a link that only who started the program can see.
async fn invite_owner(baton: &Baton, listener: &TcpListener) -> Result<(), Fault> {
    let address = listener.local_addr()?;
    say(format_args!("Baton answers at http://{address}; the API is described at http://{address}/docs"))?;
    match make_setup_link(&baton.db, &baton.call()).await {
        Ok(secret) => {
            say(format_args!(
                "There is no owner yet. Open this link within an hour; it works once:\n  http://{address}/start?secret={}",
                secret.reveal()
            ))?;
            Ok(())
        }
        // There is an owner.
        Err(flow::Refused::Conflict { .. }) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// Answers until the program is told to stop; then what is under way ends, and the books are closed. `begin` starts what
/// runs beside it until it is asked to stop, too.
pub(crate) async fn run_beside(
    baton: Baton,
    listener: TcpListener,
    settings: Settings,
    begin: impl FnOnce(App, &mut JoinSet<()>, &Stop) -> App,
) -> Result<(), Fault> {
    let (switch, stopping) = stop();
    let mut own = JoinSet::new();
    let live = tasks::start(&mut own, &baton, &stopping).await?;
    let app = begin(App::over(baton.clone(), settings).telling(live), &mut own, &stopping);
    let served = web::serve_with(app, console::pages(), listener, told_to_stop(stopping.clone())).await;
    switch.ask();
    while own.join_next().await.is_some() {}
    baton.db.clone().close().await;
    served.map_err(|error| Fault::Other(format!("the socket failed: {error}")))
}

async fn told_to_stop(mut stop: Stop) {
    use tokio::signal::unix::{SignalKind, signal};
    let mut end = signal(SignalKind::terminate()).ok();
    let ended = async {
        match &mut end {
            Some(end) => end.recv().await.map_or((), |()| ()),
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = ended => {}
        () = stop.asked() => {}
    }
    tracing::info!("stopping: requests under way are answered first");
}
