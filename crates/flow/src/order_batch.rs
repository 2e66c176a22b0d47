//! One verb, done to many orders beside everything else, each order by itself.
//!
//! Owns: what is asked and what can be taken back (`ask`), how an order gets its turn (`turn`), and doing all of them on
//! the lease of a job (`job`). Refuses to know: what the verbs do. Invariant: an order has its turn once, in the
//! transaction that writes down what became of it.

mod ask;
mod job;
mod turn;

pub use ask::{AskBatch, CancelBatch, MOST_KEPT, MOST_ORDERS, MOST_WAITING, Meant, RevertBatch};
pub use job::{job_kind, timer};
pub use store::order_batches::{BatchOrder, BatchRow, Outcome, State};

use crate::refused::Refused;
use std::sync::Arc;
use store::order_batches;
use store::{Db, Tx};

/// What is done to each order. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    Hold,
    Release,
    Cancel,
    Route,
}

impl Action {
    pub const ALL: [Action; 4] = [Action::Hold, Action::Release, Action::Cancel, Action::Route];

    pub fn code(self) -> &'static str {
        match self {
            Action::Hold => "hold",
            Action::Release => "release",
            Action::Cancel => "cancel",
            Action::Route => "route",
        }
    }

    pub fn from_code(code: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|action| action.code() == code)
    }

    /// What takes it back.
    pub fn opposite(self) -> Option<Action> {
        match self {
            Action::Hold => Some(Action::Release),
            Action::Release => Some(Action::Hold),
            Action::Cancel | Action::Route => None,
        }
    }
}

/// Batches, the newest first, older than the batch `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn batches(db: &Db, before: Option<&str>, limit: i64) -> Result<Vec<BatchRow>, Refused> {
    let before = before.map(str::to_owned);
    db.read(move |tx| {
        let before = before.clone();
        Box::pin(async move { Ok(order_batches::newest(tx, before.as_deref(), limit).await?) })
    })
    .await
}

/// One of them.
///
/// # Errors
/// There is none; the database's.
pub async fn batch(db: &Db, id: &str) -> Result<BatchRow, Refused> {
    let id: Arc<str> = id.into();
    db.read(move |tx| {
        let id = Arc::clone(&id);
        Box::pin(async move { get(tx, &id).await })
    })
    .await
}

/// Its orders after a number, of one outcome or of any.
///
/// # Errors
/// There is no such batch; the database's.
pub async fn orders_of(
    db: &Db,
    id: &str,
    (outcome, after): (Option<Outcome>, i64),
    limit: i64,
) -> Result<Vec<BatchOrder>, Refused> {
    let id: Arc<str> = id.into();
    db.read(move |tx| {
        let id = Arc::clone(&id);
        Box::pin(async move {
            get(tx, &id).await?;
            Ok(order_batches::list_orders(tx, &id, (outcome, after), limit).await?)
        })
    })
    .await
}

async fn get(tx: &mut Tx, id: &str) -> Result<BatchRow, Refused> {
    order_batches::get(tx, id).await?.ok_or_else(|| Refused::not_found("batch", id))
}
