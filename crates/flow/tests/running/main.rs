//! What runs by itself: jobs, periodic tasks and the live end of the log, on SQLite and on PostgreSQL.

mod backups;
mod check_books;
mod jobs;
mod live;
#[path = "../../../store/tests/books/place.rs"]
#[allow(dead_code, reason = "the store's own tests use the rest of it")]
mod place;
mod timers;

use flow::Baton;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::Db;

/// A clock that a test moves.
#[derive(Clone, Default)]
struct Hands(Arc<AtomicI64>);

impl Hands {
    fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// A node with this clock, which runs on from where it is put.
    fn node(&self, db: &Db, name: &str) -> Baton {
        let hands = self.clone();
        Baton::new(db.clone(), name, Arc::new(move || real_ms() + hands.0.load(Ordering::SeqCst)))
    }
}

fn real_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_millis()).unwrap()
}

/// Waits until something is so; fails when it does not come.
async fn until<F: Future<Output = bool>>(what: &str, is_so: impl Fn() -> F) {
    for _ in 0..3_000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it does not come: {what}");
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}
