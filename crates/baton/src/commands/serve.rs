//! `baton serve`: the books over HTTP, and everything that runs by itself.

mod choices;
mod demo_books;
mod log;
mod program;
mod secure;
mod tasks;

use crate::books::{self, Books};
use crate::commands::doctor;
use crate::fault::{Fault, Verdict, say};
use choices::Choices;
pub(crate) use choices::{LISTEN, Looked, https_folder};
use clap::Args;
use demo_books::DemoBooks;
use flow::Baton;
use flow::backups::Backups;
use flow::baton::{Stop, stop};
use flow::doctor::Checkup;
use flow::people::make_setup_link;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use web::{App, Doors, Settings};

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton serve\n  baton serve --database postgres://baton@localhost/baton --listen 0.0.0.0:8080\n  \
    baton serve --config baton.toml\n  baton serve --https own\n\nA setting is taken from the command line, else from the environment, else from \
    the file, else it is the default. A file: database = \"shop.sqlite\", listen = \"127.0.0.1:8080\", log = \"json\", \
    plain_cookies = true, requests_per_minute = 600."
)]
pub(crate) struct Serve {
    #[command(flatten)]
    books: Books,
    #[command(flatten)]
    choices: Choices,
}

impl Serve {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let file: Choices =
            self.books.config.as_deref().map(books::settings).transpose()?.unwrap_or_default();
        let choices = self.choices.clone().or(file.clone());
        choices.must_fit()?;
        let program = program::told(&self.choices, &file, &choices);
        log::start(choices.log.unwrap_or_default());
        books::wait(async {
            let (baton, place) = (self.books.open().await?, self.books.place()?);
            let doors = secure::doors(&choices, &place).await?;
            invite_owner(&baton, &doors).await?;
            let backups = Arc::new(choices.kept_of(&place));
            let checkup = checkup(&choices, &place, &backups);
            let settings = Settings { program, backups: Some(backups), ..choices.settings() };
            let file = demo_books::place(&place, choices.demo_books.as_deref());
            let demo = DemoBooks::new(file, choices.demo_orders, &settings);
            run_beside(baton, doors, settings, |app, own, stop| {
                demo.take_up();
                own.spawn(demo.clone().end_with(stop.clone()));
                app.beside(Arc::new(demo)).looking_at(checkup)
            })
            .await?;
            Ok(Verdict::Fine)
        })
    }
}

/// As `baton doctor` looks, without the books themselves: the hourly task does that.
fn checkup(choices: &Choices, place: &str, backups: &Backups) -> Checkup {
    let looked = choices.looked();
    Checkup {
        books: backups.books.clone(),
        backups: Some(backups.folder.clone()),
        more: doctor::certificates(looked, place),
        ..Checkup::of_the_books()
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
async fn invite_owner(baton: &Baton, doors: &Doors) -> Result<(), Fault> {
    let state = doors.https.as_ref().map(https::Https::state);
    let address = match state.as_ref().and_then(|state| state.url.clone()) {
        Some(url) => url,
        None => format!("http://{}", doors.first.local_addr()?),
    };
    say(format_args!("Baton answers at {address}; the API is described at {address}/docs"))?;
    if let Some(trust) = state.and_then(|state| state.trust_url) {
        say(format_args!("Each device trusts this shop once, as told at {trust}"))?;
    }
    match make_setup_link(&baton.db, &baton.call()).await {
        Ok(secret) => {
            say(format_args!(
                "There is no owner yet. Open this link within an hour; it works once:\n  {address}/start?secret={}",
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
    doors: impl Into<Doors>,
    settings: Settings,
    begin: impl FnOnce(App, &mut JoinSet<()>, &Stop) -> App,
) -> Result<(), Fault> {
    let (switch, stopping) = stop();
    let mut own = JoinSet::new();
    let live = tasks::start(&mut own, &baton, settings.backups.as_ref(), &stopping).await?;
    let doors: Doors = doors.into();
    if let Some(https) = &doors.https {
        own.spawn(secure::tend(https.clone(), stopping.clone()));
    }
    let app = begin(App::over(baton.clone(), settings).telling(live), &mut own, &stopping);
    let served = web::serve_with(app, console::pages(), doors, told_to_stop(stopping.clone())).await;
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
