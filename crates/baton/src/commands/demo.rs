//! `baton demo`: a made-up retailer, assessed from its files, and served as a shop that lives.
//!
//! Owns: the order of events: files, report, books, history, an owner, and the answers. Refuses to know: what any of
//! them consists of.

use crate::argument;
use crate::books;
use crate::commands::assess::Assess;
use crate::commands::serve;
use crate::demo_shop::{self, DAYS, Folder, Keys, Mark, Plan};
use crate::fault::{Fault, Verdict, say};
use crate::progress::Bar;
use clap::{Args, Parser};
use flow::Baton;
use flow::demo::EMAIL;
use model::Day;
use replay::{Demo as Retailer, DemoPlan};
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use web::{Cookies, Settings};

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton demo\n  baton demo --pace 3\n  baton demo --dir shop --orders 3000 --listen 127.0.0.1:9000\n  \
    baton demo --files-only --json\n  baton demo --remove\n\n\
    The retailer is made up: one warehouse, four stores, about 300 products, 90 days of orders. Its files come first,\n\
    then a report on them, then books in DIR/demo.sqlite with the whole of its past, and an address to look at them.\n\
    Books that are there are taken up again. The same seed gives the same files; their last day is today, or with\n\
    --files-only 31 October 2026. Files of an earlier demo in the folder are replaced, but for rules.txt where somebody\n\
    has changed it."
)]
pub(crate) struct Demo {
    /// Folder of the demo
    #[arg(long, value_name = "DIR", default_value = "demo")]
    dir: PathBuf,
    /// Orders in the 90 days
    #[arg(long, default_value_t = 6_000, value_parser = argument::whole::<u32>(100..=1_000_000))]
    orders: u32,
    /// Another seed, another retailer
    #[arg(long, default_value_t = 1, value_parser = argument::whole::<u64>(0..=u64::MAX))]
    seed: u64,
    /// Address and port to answer at
    #[arg(long, value_name = "ADDRESS", default_value_t = serve::LISTEN)]
    listen: SocketAddr,
    /// How many times as fast as usual the shop lives
    #[arg(long, value_name = "TIMES", default_value_t = 1, value_parser = argument::whole::<u32>(1..=100))]
    pace: u32,
    /// Serve the past alone: nothing new happens by itself
    #[arg(long, conflicts_with = "pace")]
    still: bool,
    /// Write the folder and the report, and end
    #[arg(long, conflicts_with_all = ["listen", "pace", "still"])]
    files_only: bool,
    /// Delete what a demo made in the folder, and nothing else
    #[arg(long, conflicts_with_all = ["orders", "seed", "listen", "pace", "still", "files_only"])]
    remove: bool,
    /// Print the figures of the assessment as JSON; with --files-only
    #[arg(long, conflicts_with_all = ["listen", "pace", "still", "remove"])]
    json: bool,
}

impl Demo {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let folder = Folder(self.dir.clone());
        if self.remove {
            return remove(&folder);
        }
        folder.make_room()?;
        if !self.files_only && !self.json {
            return books::wait(self.serve(folder));
        }
        if folder.books().exists() {
            let dir = folder.0.display();
            return Err(Fault::Other(format!(
                "{dir} holds a demo with its books; name another folder with --dir, or delete it first: baton demo \
                 --dir {dir} --remove"
            )));
        }
        let retailer = self.plan(DemoPlan::default().first_day).build();
        self.write(&folder, &retailer)?;
        self.assess(&folder)
    }

    fn plan(&self, first_day: Day) -> Plan {
        Plan { seed: self.seed, orders: self.orders, first_day }
    }

    fn write(&self, folder: &Folder, retailer: &Retailer) -> Result<(), Fault> {
        let is_kept = folder.write(retailer)?;
        if self.json {
            return Ok(());
        }
        let dir = folder.0.display();
        say(format_args!("The demo retailer is in {dir}. Assessing it: baton assess {dir}"))?;
        if is_kept {
            let rules = folder.rules();
            say(format_args!(
                "{} was changed and is kept; remove it to get the demo's own rules back.",
                rules.display()
            ))?;
        }
        Ok(())
    }

    fn assess(&self, folder: &Folder) -> Result<Verdict, Fault> {
        let report = folder.report();
        let mut arguments =
            vec!["assess".as_ref(), folder.0.as_os_str(), "--out".as_ref(), report.as_os_str()];
        arguments.extend(self.json.then_some(std::ffi::OsStr::new("--json")));
        AssessCommand::parse_from(arguments).assess.run()
    }

    async fn serve(self, folder: Folder) -> Result<Verdict, Fault> {
        // Before anything is made: whoever cannot answer need not wait.
        let listener = serve::listen(self.listen).await?;
        let baton = open(&folder).await?;
        let (baton, retailer) = match demo_shop::read_mark(&baton.db).await? {
            Mark::Made(plan) => {
                self.must_be(plan, &folder)?;
                (baton, Arc::new(plan.build()))
            }
            Mark::Foreign => return Err(foreign(&folder)),
            Mark::Empty => self.make(&folder, baton).await?,
            Mark::Begun => {
                // Nobody has worked in books that were never finished.
                baton.db.close().await;
                folder.forget_books()?;
                self.make(&folder, open(&folder).await?).await?
            }
        };
        self.answer(&folder, baton, (retailer, listener)).await
    }

    /// Another seed or number of orders is another demo.
    fn must_be(&self, made: Plan, folder: &Folder) -> Result<(), Fault> {
        if made == self.plan(made.first_day) {
            return Ok(());
        }
        let dir = folder.0.display();
        Err(Fault::Other(format!(
            "{dir} holds the demo of --seed {} --orders {}; say so, name another folder with --dir, or delete it: baton \
             demo --dir {dir} --remove",
            made.seed, made.orders
        )))
    }

    /// Files, report, and books with everything that happened until now.
    async fn make(&self, folder: &Folder, baton: Baton) -> Result<(Baton, Arc<Retailer>), Fault> {
        let plan = Plan::until(baton.now_ms(), (self.seed, self.orders));
        demo_shop::begin(&baton, plan).await?;
        let retailer = Arc::new(plan.build());
        self.write(folder, &retailer)?;
        self.assess(folder)?;
        say("Bringing its past into the books: this takes a moment.")?;
        let bar = Bar::new("bringing in the demo's past");
        let told = demo_shop::bring(&baton, (folder, &retailer), plan, |days| {
            bar.show(days.into(), DAYS.into());
            ControlFlow::Continue(())
        });
        // Nobody breaks it off here.
        let _ = told.await?;
        drop(bar);
        let Keys { password, token } = demo_shop::make_owner(&baton).await?;
        folder.write_token(&token)?;
        folder.write_sign_in(&sign_in_words(self.listen, &password))?;
        demo_shop::finish(&baton, plan).await?;
        say(format_args!("\nSign in as {EMAIL} with the password {password}"))?;
        Ok((baton, retailer))
    }

    async fn answer(
        self,
        folder: &Folder,
        baton: Baton,
        (retailer, listener): (Arc<Retailer>, TcpListener),
    ) -> Result<Verdict, Fault> {
        let address = listener.local_addr()?;
        let (token, about) = (folder.token(), folder.path("README.md"));
        say(format_args!(
            "Try: curl -H \"Authorization: Bearer $(cat {})\" http://{address}/v1/orders",
            token.display()
        ))?;
        say(format_args!("How to sign in is in {}. Ctrl-C ends it; baton demo goes on.", about.display()))?;
        say(format_args!(
            "The demo answers at http://{address}; the API is described at http://{address}/docs"
        ))?;
        // Nobody listens in between on one's own machine, and browsers differ on secure cookies there.
        let cookies = if address.ip().is_loopback() { Cookies::Plain } else { Cookies::Secure };
        let settings = Settings { cookies, ..Settings::default() };
        let life = (!self.still).then(|| demo_shop::life(&baton, (self.seed, retailer), self.pace));
        serve::run_beside(baton, listener, settings, |app, own, stop| {
            if let Some(life) = life {
                own.spawn(life.run(stop.clone()));
            }
            app
        })
        .await?;
        Ok(Verdict::Fine)
    }
}

async fn open(folder: &Folder) -> Result<Baton, Fault> {
    books::begin(&folder.books().to_string_lossy()).await
}

fn foreign(folder: &Folder) -> Fault {
    let books = folder.books();
    Fault::Other(format!(
        "{} holds books that no demo made, and they are left alone; name another folder with --dir",
        books.display()
    ))
}

fn sign_in_words(listen: SocketAddr, password: &str) -> String {
    format!(
        "## Signing in\n\n\
         While `baton demo` runs:\n\n\
         - address: http://{listen} (another with `--listen`)\n\
         - e-mail: {}\n\
         - password: {password}\n\
         - token for programs: token.txt\n\n\
         ```sh\ncurl -H \"Authorization: Bearer $(cat token.txt)\" http://{listen}/v1/orders\n```\n\n\
         The books are in demo.sqlite. Everything that the demo does in them is done by `demo`.\n",
        EMAIL
    )
}

fn remove(folder: &Folder) -> Result<Verdict, Fault> {
    let dir = folder.0.display();
    if !folder.is_marked() {
        return Err(Fault::Other(format!("{dir} holds no demo; name its folder with --dir")));
    }
    if folder.is_in_use() {
        return Err(Fault::Other(format!("the demo in {dir} is running; stop it first")));
    }
    if folder.books().exists() && is_foreign(folder)? {
        return Err(foreign(folder));
    }
    match folder.remove()? {
        true => say(format_args!("The demo in {dir} is gone."))?,
        false => say(format_args!("The demo in {dir} is gone; what it did not make is still there."))?,
    }
    Ok(Verdict::Fine)
}

fn is_foreign(folder: &Folder) -> Result<bool, Fault> {
    books::wait(async {
        let baton = open(folder).await?;
        let found = demo_shop::read_mark(&baton.db).await?;
        baton.db.close().await;
        Ok(found == Mark::Foreign)
    })
}

/// The defaults of `baton assess`, read from its own arguments.
#[derive(Parser)]
struct AssessCommand {
    #[command(flatten)]
    assess: Assess,
}
