//! Periodic tasks: one row each, and whoever holds its lease does it.
//!
//! Owns: when a task is due, and who does it this time. Refuses to know: what it does. A task is idempotent: one that is
//! done twice, because clocks differ or a holder stopped, does no harm.

use crate::db::{DbError, Row, Tx, Value};

/// A periodic task as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timer {
    pub name: String,
    pub every_ms: i64,
    pub next_at_ms: i64,
    pub last_done_at_ms: Option<i64>,
    /// Why it failed the last time; `None`: it did not.
    pub last_error: Option<String>,
}

/// Who wants to do a task, and for how long it is his.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate<'a> {
    pub owner: &'a str,
    pub now_ms: i64,
    pub lease_ms: i64,
}

/// How a task ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct End<'a> {
    pub at_ms: i64,
    pub next_at_ms: i64,
    pub error: Option<&'a str>,
}

/// Timers that a list shows: more than any version of the program has.
const MOST_LISTED: i64 = 500;

/// A task begins anew when its pace changes.
const KEEP: &str = "insert into timers (name, every_ms, next_at, fence, lease_until) values ($1, $2, $3, 0, 0) \
    on conflict (name) do update set every_ms = excluded.every_ms, next_at = excluded.next_at \
    where timers.every_ms <> excluded.every_ms";

/// A time too far ahead was written by a clock that was wrong: it must not silence the task.
macro_rules! due {
    () => {
        "name = $1 and (next_at <= $2 or next_at > $2 + 2 * every_ms) \
         and (owner is null or lease_until <= $2 or lease_until > $2 + 2 * $3)"
    };
}

const IS_DUE: &str = concat!("select name from timers where ", due!());

const TAKE: &str = concat!(
    "update timers set owner = $4, fence = fence + 1, lease_until = $2 + $3 where ",
    due!(),
    " returning fence"
);

const DONE: &str = "update timers set owner = null, lease_until = 0, next_at = $3, \
    last_done_at = coalesce($4, last_done_at), last_error = $5 \
    where name = $1 and fence = $2 and owner is not null";

const LIST: &str =
    "select name, every_ms, next_at, last_done_at, last_error from timers order by name limit $1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 5] = [KEEP, IS_DUE, TAKE, DONE, LIST];

/// Makes sure that there is such a task, first due at `first_ms`.
///
/// # Errors
/// The database's.
pub async fn keep(tx: &mut Tx, name: &str, every_ms: i64, first_ms: i64) -> Result<(), DbError> {
    tx.execute(KEEP, &[name.into(), every_ms.into(), first_ms.into()]).await?;
    Ok(())
}

/// Whether somebody may do it now. A read: who is woken asks this first.
///
/// # Errors
/// The database's.
pub async fn is_due(tx: &mut Tx, name: &str, candidate: Candidate<'_>) -> Result<bool, DbError> {
    let values = [name.into(), candidate.now_ms.into(), candidate.lease_ms.into()];
    Ok(tx.row(IS_DUE, &values).await?.is_some())
}

/// Takes a task that is due; its fence, or `None`: it is not, or another has it.
///
/// # Errors
/// The database's.
pub async fn take(tx: &mut Tx, name: &str, candidate: Candidate<'_>) -> Result<Option<i64>, DbError> {
    let values: [Value; 4] =
        [name.into(), candidate.now_ms.into(), candidate.lease_ms.into(), candidate.owner.into()];
    tx.row(TAKE, &values).await?.map(|row| row.int("fence")).transpose()
}

/// Says how it ended; `false`: another has taken it meanwhile, and nothing changed.
///
/// # Errors
/// The database's.
pub async fn done(tx: &mut Tx, name: &str, fence: i64, end: End<'_>) -> Result<bool, DbError> {
    let done_at_ms = end.error.is_none().then_some(end.at_ms);
    let values: [Value; 5] =
        [name.into(), fence.into(), end.next_at_ms.into(), done_at_ms.into(), end.error.into()];
    Ok(tx.execute(DONE, &values).await? == 1)
}

/// All tasks, by name.
///
/// # Errors
/// The database's.
pub async fn list(tx: &mut Tx) -> Result<Vec<Timer>, DbError> {
    tx.rows(LIST, &[MOST_LISTED.into()]).await?.iter().map(Timer::of).collect()
}

impl Timer {
    fn of(row: &Row) -> Result<Timer, DbError> {
        Ok(Timer {
            name: row.text("name")?.to_owned(),
            every_ms: row.int("every_ms")?,
            next_at_ms: row.int("next_at")?,
            last_done_at_ms: row.some_int("last_done_at")?,
            last_error: row.some_text("last_error")?.map(str::to_owned),
        })
    }
}
