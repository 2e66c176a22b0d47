//! The orders of a batch, and what became of each.

use crate::db::{DbError, Row, Tx, Value};

/// What became of an order. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Waiting,
    Done,
    Failed,
}

impl Outcome {
    pub const ALL: [Outcome; 3] = [Outcome::Waiting, Outcome::Done, Outcome::Failed];

    pub fn code(self) -> &'static str {
        match self {
            Outcome::Waiting => "waiting",
            Outcome::Done => "done",
            Outcome::Failed => "failed",
        }
    }

    pub fn from_code(code: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// An order of a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BatchOrder {
    /// From 1.
    pub number: i64,
    pub order_id: String,
    /// What people call it; `None`: there is no such order.
    pub name: Option<String>,
    pub outcome: Outcome,
    /// The hold that it is given, or that was lifted; empty: the reason of the batch.
    pub hold: String,
    /// Why it failed; empty where it did not.
    pub reason: String,
    pub at_ms: Option<i64>,
}

macro_rules! columns {
    () => {
        "select r.number as number, r.order_id as order_id, o.name as name, r.outcome as outcome, r.hold as hold, \
         r.reason as reason, r.at as at from order_batch_rows r left join orders o on o.id = r.order_id "
    };
}

/// Rows of one statement.
const AT_ONCE: usize = 8;
const ADD: &str = "insert into order_batch_rows (batch_id, number, order_id, outcome, hold, reason) values \
    ($1, $2, $3, 'waiting', $4, '')";
const ADD_MANY: &str = "insert into order_batch_rows (batch_id, number, order_id, outcome, hold, reason) values \
    ($1, $2, $3, 'waiting', $4, ''), ($1, $5, $6, 'waiting', $7, ''), ($1, $8, $9, 'waiting', $10, ''), \
    ($1, $11, $12, 'waiting', $13, ''), ($1, $14, $15, 'waiting', $16, ''), ($1, $17, $18, 'waiting', $19, ''), \
    ($1, $20, $21, 'waiting', $22, ''), ($1, $23, $24, 'waiting', $25, '')";
const LIST: &str = concat!(columns!(), "where r.batch_id = $1 and r.number > $2 order by r.number limit $3");
const LIST_OF_OUTCOME: &str = concat!(
    columns!(),
    "where r.batch_id = $1 and r.number > $2 and r.outcome = $4 order by r.number limit $3"
);
const SETTLE: &str = "update order_batch_rows set outcome = $3, hold = $4, reason = $5, at = $6 \
    where batch_id = $1 and number = $2 and outcome = 'waiting'";

pub(super) const STATEMENTS: [&str; 5] = [ADD, ADD_MANY, LIST, LIST_OF_OUTCOME, SETTLE];

/// Letters of a reason that are kept.
const MOST_REASON: usize = 500;

/// Adds the orders of a new batch, each with the hold that it is given, in their order.
///
/// # Errors
/// The database's.
pub async fn add_orders(tx: &mut Tx, batch: &str, orders: &[(String, String)]) -> Result<(), DbError> {
    let mut number = 0_i64;
    for some in orders.chunks(AT_ONCE) {
        let mut of = |(id, hold): &(String, String)| -> [Value; 3] {
            number += 1;
            [number.into(), id.as_str().into(), hold.as_str().into()]
        };
        if some.len() == AT_ONCE {
            let mut values: Vec<Value> = vec![batch.into()];
            values.extend(some.iter().flat_map(&mut of));
            tx.execute(ADD_MANY, &values).await?;
            continue;
        }
        for order in some {
            let mut values: Vec<Value> = vec![batch.into()];
            values.extend(of(order));
            tx.execute(ADD, &values).await?;
        }
    }
    Ok(())
}

/// Orders of a batch after a number, of one outcome or of any, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn list_orders(
    tx: &mut Tx,
    batch: &str,
    (outcome, after): (Option<Outcome>, i64),
    limit: i64,
) -> Result<Vec<BatchOrder>, DbError> {
    let mut values: Vec<Value> = vec![batch.into(), after.into(), limit.into()];
    values.extend(outcome.map(|outcome| outcome.code().into()));
    let sql = if outcome.is_some() { LIST_OF_OUTCOME } else { LIST };
    tx.rows(sql, &values).await?.iter().map(BatchOrder::of).collect()
}

/// The next orders that wait.
///
/// # Errors
/// The database's.
pub async fn next(tx: &mut Tx, batch: &str, limit: i64) -> Result<Vec<BatchOrder>, DbError> {
    list_orders(tx, batch, (Some(Outcome::Waiting), 0), limit).await
}

/// Orders that it was done to, each with its hold, in their order.
///
/// # Errors
/// The database's.
pub async fn orders_done(tx: &mut Tx, batch: &str, limit: i64) -> Result<Vec<BatchOrder>, DbError> {
    list_orders(tx, batch, (Some(Outcome::Done), 0), limit).await
}

/// Writes what became of an order that waits. `false`: it does not wait any more.
///
/// # Errors
/// The database's.
pub async fn settle(
    tx: &mut Tx,
    (batch, number): (&str, i64),
    (outcome, hold, reason): (Outcome, &str, &str),
    at_ms: i64,
) -> Result<bool, DbError> {
    let reason: String = reason.chars().take(MOST_REASON).collect();
    let values: [Value; 6] =
        [batch.into(), number.into(), outcome.code().into(), hold.into(), reason.into(), at_ms.into()];
    Ok(tx.execute(SETTLE, &values).await? == 1)
}

impl BatchOrder {
    fn of(row: &Row) -> Result<BatchOrder, DbError> {
        let outcome = Outcome::from_code(row.text("outcome")?);
        Ok(BatchOrder {
            number: row.int("number")?,
            order_id: row.text("order_id")?.to_owned(),
            name: row.some_text("name")?.map(str::to_owned),
            outcome: outcome.ok_or_else(|| DbError::Broken("an order of a batch has no outcome".into()))?,
            hold: row.text("hold")?.to_owned(),
            reason: row.text("reason")?.to_owned(),
            at_ms: row.some_int("at")?,
        })
    }
}
