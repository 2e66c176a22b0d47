//! The demo shop beside the books that are served: a file of its own, made, lived in and deleted while the program runs.
//!
//! Owns: that file and what lies beside it, and the thread on which the demo is made and lives, so that the shop's own
//! answers do not wait for it. Refuses to know: the shop's own books. Invariant: it deletes what a demo made under these
//! names, and no books that no demo made.

use super::tasks;
use crate::books;
use crate::demo_shop::{self, DAYS, Folder, Mark, Plan, forget_books};
use crate::fault::Fault;
use flow::baton::{Stop, StopSwitch, stop};
use flow::{Baton, Refused};
use replay::Demo as Retailer;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::db::is_postgres;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;
use web::{App, DemoShop, DemoState, Kept, Later, Problem, Served, Settings};

/// Enough for every page to have something to show, few enough to be made while somebody waits: some ten seconds.
pub(super) const ORDERS: u32 = 3_000;
const SEED: u64 = 1;
/// Times as fast as usual.
const PACE: u32 = 1;
/// Threads on which it is made and lives: the others are the shop's own.
const THREADS: usize = 1;
/// Beside books on a server, in the folder in which the program runs.
const BESIDE_SERVER: &str = "baton.demo.sqlite";

/// Where the demo's books are, beside the shop's own.
pub(super) fn place(books: &str, chosen: Option<&Path>) -> PathBuf {
    match chosen {
        Some(file) => file.to_owned(),
        None if is_postgres(books) => PathBuf::from(BESIDE_SERVER),
        None => PathBuf::from(format!("{}.demo.sqlite", books.strip_suffix(".sqlite").unwrap_or(books))),
    }
}

/// The demo shop, there or not. Cheap to clone.
#[derive(Clone)]
pub(super) struct DemoBooks(Arc<Inner>);

struct Inner {
    file: PathBuf,
    orders: u32,
    settings: Settings,
    state: watch::Sender<State>,
    /// Who begins or ends its life does so alone, and has the switch.
    turn: Mutex<Option<StopSwitch>>,
}

#[derive(Clone)]
enum State {
    Absent,
    /// So many days are done.
    Making(u32),
    Ready(Box<Served>),
    Closing,
    /// The books are closed, and still there.
    Rested,
    Failed(String),
    /// There are other books in its place.
    Foreign(String),
}

impl State {
    /// Its thread has the file open.
    fn is_alive(&self) -> bool {
        matches!(self, State::Making(_) | State::Ready(_) | State::Closing)
    }
}

/// What was opened.
enum Opened {
    Shop(Baton, Arc<Retailer>),
    BrokenOff,
    Foreign(String),
}

impl DemoBooks {
    /// `orders`: those of its past. `None`: as many as are usual.
    pub(super) fn new(file: PathBuf, orders: Option<u32>, settings: &Settings) -> DemoBooks {
        let settings = Settings { kept: Kept::Demo, backups: None, ..settings.clone() };
        let state = watch::Sender::new(State::Absent);
        let orders = orders.unwrap_or(ORDERS);
        DemoBooks(Arc::new(Inner { file, orders, settings, state, turn: Mutex::new(None) }))
    }

    /// Takes up again what is there. Nobody else begins anything yet.
    pub(super) fn take_up(&self) {
        if self.0.file.exists()
            && let Ok(mut turn) = self.0.turn.try_lock()
        {
            self.begin(&mut turn);
        }
    }

    /// Ends with the program.
    pub(super) async fn end_with(self, mut program: Stop) {
        program.asked().await;
        self.rest(&mut *self.0.turn.lock().await).await;
    }

    fn begin(&self, switch: &mut Option<StopSwitch>) {
        let (new, stop) = stop();
        *switch = Some(new);
        self.0.state.send_replace(State::Making(0));
        let demo = self.clone();
        let thread = std::thread::Builder::new().name("demo-shop".to_owned());
        if let Err(error) = thread.spawn(move || demo.live_here(stop)) {
            self.0.state.send_replace(State::Failed(format!("there are no threads left: {error}")));
        }
    }

    /// Asks it to stop, and waits until its file is closed.
    async fn rest(&self, switch: &mut Option<StopSwitch>) {
        if let Some(switch) = switch.take() {
            switch.ask();
        }
        let rested = self.0.state.subscribe().wait_for(|state| !state.is_alive()).await.map(drop);
        // An error: nobody can tell any more, and nobody can be alive.
        let _ = rested;
    }

    /// The whole life of its thread.
    fn live_here(self, stop: Stop) {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build();
        let broken = |what: String| Err(Fault::Other(what));
        let end = match runtime {
            Err(error) => broken(format!("the program cannot start its threads: {error}")),
            // In a task of its own, so that a defect of the demo ends the demo alone.
            Ok(runtime) => runtime.block_on(async {
                let life = tokio::spawn(self.clone().live(stop));
                life.await.unwrap_or_else(|error| broken(format!("the demo stopped: {error}")))
            }),
        };
        let end = end.unwrap_or_else(|fault| State::Failed(fault.to_string()));
        if let State::Failed(why) = &end {
            tracing::warn!(why, "the demo shop is not there");
        }
        self.0.state.send_replace(end);
    }

    async fn live(self, mut stop: Stop) -> Result<State, Fault> {
        let (baton, retailer) = match self.opened(&stop).await? {
            Opened::Shop(baton, retailer) => (baton, retailer),
            Opened::BrokenOff => return Ok(State::Rested),
            Opened::Foreign(why) => return Ok(State::Foreign(why)),
        };
        let mut own = JoinSet::new();
        let live = tasks::start(&mut own, &baton, None, &stop).await?;
        own.spawn(demo_shop::life(&baton, (SEED, retailer), PACE).run(stop.clone()));
        let app = App::over(baton.clone(), self.0.settings.clone()).telling(live);
        let served = Served::new(app, console::pages());
        self.0.state.send_replace(State::Ready(Box::new(served.clone())));
        stop.asked().await;
        self.0.state.send_replace(State::Closing);
        served.say_farewell();
        while own.join_next().await.is_some() {}
        baton.db.close().await;
        Ok(State::Rested)
    }

    /// The books of the demo: those that are there, or new ones.
    async fn opened(&self, stop: &Stop) -> Result<Opened, Fault> {
        let file = &self.0.file;
        let Some(baton) = open(file).await? else { return Ok(Opened::Foreign(foreign(file))) };
        match demo_shop::read_mark(&baton.db).await? {
            Mark::Made(plan) => Ok(Opened::Shop(baton, Arc::new(plan.build()))),
            Mark::Empty => self.made(baton, stop).await,
            Mark::Begun => {
                // Nobody has been in books that were never finished.
                baton.db.close().await;
                forget_books(file)?;
                let new = open(file).await?.ok_or_else(|| Fault::Other(foreign(file)))?;
                self.made(new, stop).await
            }
            Mark::Foreign => {
                baton.db.close().await;
                Ok(Opened::Foreign(foreign(file)))
            }
        }
    }

    async fn made(&self, baton: Baton, stop: &Stop) -> Result<Opened, Fault> {
        match self.make_in(&baton, stop).await {
            Ok(Some(retailer)) => Ok(Opened::Shop(baton, retailer)),
            Ok(None) => {
                baton.db.close().await;
                Ok(Opened::BrokenOff)
            }
            Err(fault) => {
                baton.db.close().await;
                forget_books(&self.0.file)?;
                Err(fault)
            }
        }
    }

    /// Makes these empty books a demo's. `None`: it was broken off.
    async fn make_in(&self, baton: &Baton, stop: &Stop) -> Result<Option<Arc<Retailer>>, Fault> {
        let plan = Plan::until(baton.now_ms(), (SEED, self.0.orders));
        demo_shop::begin(baton, plan).await?;
        let retailer = Arc::new(plan.build());
        let folder = self.folder();
        folder.make_room()?;
        folder.write(&retailer)?;
        let state = &self.0.state;
        let brought = demo_shop::bring(baton, (&folder, &retailer), plan, |days| {
            state.send_replace(State::Making(days));
            if stop.is_asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let brought = brought.await;
        folder.remove()?;
        if brought?.is_break() {
            return Ok(None);
        }
        // Nobody is told the password: who comes in has shown who they are elsewhere.
        let _ = demo_shop::make_owner(baton).await?;
        demo_shop::finish(baton, plan).await?;
        Ok(Some(retailer))
    }

    /// The retailer's files, while the books are made of them.
    fn folder(&self) -> Folder {
        Folder(self.0.file.with_extension("files"))
    }

    fn delete(&self) -> Result<(), Fault> {
        forget_books(&self.0.file)?;
        if self.folder().is_marked() {
            self.folder().remove()?;
        }
        Ok(())
    }
}

impl DemoShop for DemoBooks {
    fn state(&self) -> DemoState {
        match &*self.0.state.borrow() {
            State::Absent | State::Rested => DemoState::Absent,
            State::Making(days) => DemoState::Making { done: *days, total: DAYS },
            State::Ready(_) => DemoState::Ready,
            State::Closing => DemoState::Removing,
            State::Failed(why) => DemoState::Failed(why.clone()),
            State::Foreign(why) => DemoState::Unavailable(why.clone()),
        }
    }

    fn make(&self) -> Later<'_, Result<(), Problem>> {
        Box::pin(async move {
            let mut turn = self.0.turn.lock().await;
            let state = self.0.state.borrow().clone();
            match state {
                State::Absent | State::Rested | State::Failed(_) => self.begin(&mut turn),
                State::Making(_) | State::Ready(_) | State::Closing => {}
                State::Foreign(why) => return Err(Refused::conflict("no_demo_shop", why).into()),
            }
            Ok(())
        })
    }

    fn remove(&self) -> Later<'_, Result<(), Problem>> {
        Box::pin(async move {
            let mut turn = self.0.turn.lock().await;
            self.rest(&mut turn).await;
            let state = self.0.state.borrow().clone();
            match state {
                State::Rested => self.delete().map_err(|fault| {
                    Problem::from(Refused::conflict("demo_shop_stays", fault.to_string()))
                })?,
                State::Foreign(why) => return Err(Refused::conflict("no_demo_shop", why).into()),
                // Not even a name is certain to be a demo's where the books could not be opened.
                State::Failed(_) | State::Absent => {}
                State::Making(_) | State::Ready(_) | State::Closing => return Ok(()),
            }
            self.0.state.send_replace(State::Absent);
            Ok(())
        })
    }

    fn served(&self) -> Option<Served> {
        match &*self.0.state.borrow() {
            State::Ready(served) => Some(Served::clone(served)),
            _ => None,
        }
    }
}

/// Opens the demo's books, begun where there are none. `None`: the file holds something else.
async fn open(file: &Path) -> Result<Option<Baton>, Fault> {
    let place = file.to_string_lossy();
    let is_new = std::fs::metadata(file).map_or(true, |file| file.len() == 0);
    if is_new { books::begin_anew(&place).await.map(Some) } else { books::begin_without_backup(&place).await }
}

fn foreign(file: &Path) -> String {
    format!(
        "{} holds what no demo made, and it is left alone; move it away, or choose another file with --demo-books",
        file.display()
    )
}

#[cfg(test)]
mod tests {
    use super::place;
    use std::path::{Path, PathBuf};

    #[test]
    fn the_demo_lies_beside_the_books_or_where_the_program_runs() {
        assert_eq!(place("shops/x.sqlite", None), PathBuf::from("shops/x.demo.sqlite"));
        assert_eq!(place("books", None), PathBuf::from("books.demo.sqlite"));
        assert_eq!(place("postgres://a@b/c", None), PathBuf::from("baton.demo.sqlite"));
        assert_eq!(place("x.sqlite", Some(Path::new("d"))), PathBuf::from("d"));
    }
}
