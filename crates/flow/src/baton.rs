//! What everything that runs by itself is given: the books, the time, and the way to be asked to stop.
//!
//! Owns: nothing but that. Refuses to know: what runs. The clock is a value, so that a test has its own.

use crate::call::Call;
use std::sync::Arc;
use store::Db;
use tokio::sync::watch;

/// Milliseconds since 1970, UTC, whenever it is asked.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// One node of Baton. Cheap to clone.
#[derive(Clone)]
pub struct Baton {
    pub db: Db,
    /// Its name among the nodes that share the books: it never comes twice at the same time.
    pub node: Arc<str>,
    clock: Clock,
}

impl Baton {
    pub fn new(db: Db, node: &str, clock: Clock) -> Baton {
        Baton { db, node: node.into(), clock }
    }

    pub fn now_ms(&self) -> i64 {
        (self.clock)()
    }

    /// A call of the program itself, now.
    pub fn call(&self) -> Call {
        Call::by_baton(self.now_ms())
    }
}

/// Asks everything that holds its [`Stop`] to stop: by a word, or by going away.
pub struct StopSwitch(watch::Sender<bool>);

/// Tells who runs that he is to stop. Cheap to clone.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

pub fn stop() -> (StopSwitch, Stop) {
    let (switch, stop) = watch::channel(false);
    (StopSwitch(switch), Stop(stop))
}

impl StopSwitch {
    pub fn ask(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Returns when it is time to stop.
    pub async fn asked(&mut self) {
        // An error: the switch is gone, and with it whoever wanted this to run.
        let _ = self.0.wait_for(|is_asked| *is_asked).await;
    }
}
