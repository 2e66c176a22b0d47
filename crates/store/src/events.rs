//! What happened: one row each, written in the transaction of its cause and never changed, but for a person who is erased.
//!
//! Owns: appending and reading events. Refuses to know: what follows from them. An event has its place among all events
//! only once it is sealed; see [`Event::place`].

macro_rules! columns {
    () => {
        "number, at, actor, via, kind, subject, order_id, facts, place"
    };
}

mod chain;
mod erased;

pub use chain::{
    Broken, Damage, Head, MOST_AT_ONCE, STATEMENTS as CHAIN_STATEMENTS, Walk, head, hold, is_unsealed, seal,
    verify,
};
pub use erased::{ERASED, STATEMENTS as ERASED_STATEMENTS, Vouched, erase};

use crate::db::{DbError, Row, Tx, Value};

/// Something that happens, as its cause writes it down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEvent<'a> {
    pub at_ms: i64,
    pub actor: &'a str,
    pub via: &'a str,
    /// Stable, dotted: `order.taken`.
    pub kind: &'a str,
    pub subject: &'a str,
    pub order_id: Option<&'a str>,
    /// JSON.
    pub facts: &'a str,
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    pub number: i64,
    pub at_ms: i64,
    pub actor: String,
    pub via: String,
    pub kind: String,
    pub subject: String,
    pub order_id: Option<String>,
    pub facts: String,
    /// Its place among all events. `None`: not sealed yet.
    pub place: Option<i64>,
}

const APPEND: &str = "insert into events (at, actor, via, kind, subject, order_id, facts) \
    values ($1, $2, $3, $4, $5, $6, $7)";

const OF_ORDER: &str = concat!(
    "select ",
    columns!(),
    " from events where order_id = $1 and number > $2 order by number limit $3"
);

const OF_SUBJECT: &str = concat!(
    "select ",
    columns!(),
    " from events where subject = $1 and number > $2 order by number limit $3"
);

const AFTER: &str = concat!(
    "select ",
    columns!(),
    " from events where place > $1 and substr(kind, 1, length($2)) = $2 \
     and subject = coalesce($3, subject) and ($4 = '' or order_id = $4) order by place limit $5"
);

const NEWEST: &str =
    concat!("select ", columns!(), " from events where number < $1 order by number desc limit $2");

/// From what was told last back to a floor, so that a filter that nothing passes ends.
const SEARCHED: &str = concat!(
    "select ",
    columns!(),
    " from events where number < $1 and number >= $2 and at >= $3 and at < $4 \
     and substr(kind, 1, length($5)) = $5 and ($6 = '' or actor = $6) order by number desc limit $7"
);

const SEARCHED_SUBJECT: &str = concat!(
    "select ",
    columns!(),
    " from events where subject = $7 and number < $1 and number >= $2 and at >= $3 and at < $4 \
     and substr(kind, 1, length($5)) = $5 and ($6 = '' or actor = $6) order by number desc limit $8"
);

const NEWEST_NUMBER: &str = "select coalesce(max(number), 0) as number from events";

const IS_THERE: &str = "select count(*) as there from events where number = 0";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 9] =
    [APPEND, OF_ORDER, OF_SUBJECT, AFTER, NEWEST, SEARCHED, SEARCHED_SUBJECT, NEWEST_NUMBER, IS_THERE];

/// Which events somebody wants to hear of.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Filter<'a> {
    /// What their kind begins with: `order.`; empty: any.
    pub kind: &'a str,
    pub subject: Option<&'a str>,
    pub order_id: Option<&'a str>,
}

/// # Errors
/// The database's.
pub async fn append(tx: &mut Tx, event: &NewEvent<'_>) -> Result<(), DbError> {
    let values: [Value; 7] = [
        event.at_ms.into(),
        event.actor.into(),
        event.via.into(),
        event.kind.into(),
        event.subject.into(),
        event.order_id.into(),
        event.facts.into(),
    ];
    tx.insert_later(APPEND, &values).await?;
    Ok(())
}

/// The timeline of an order after event `after`, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn of_order(tx: &mut Tx, order_id: &str, after: i64, limit: i64) -> Result<Vec<Event>, DbError> {
    read(tx, OF_ORDER, &[order_id.into(), after.into(), limit.into()]).await
}

/// What happened to one thing after event `after`, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn of_subject(tx: &mut Tx, subject: &str, after: i64, limit: i64) -> Result<Vec<Event>, DbError> {
    read(tx, OF_SUBJECT, &[subject.into(), after.into(), limit.into()]).await
}

/// Sealed events behind a place, in the order in which everybody hears of them, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn after(tx: &mut Tx, place: i64, filter: Filter<'_>, limit: i64) -> Result<Vec<Event>, DbError> {
    let values: [Value; 5] = [
        place.into(),
        filter.kind.into(),
        filter.subject.into(),
        filter.order_id.unwrap_or("").into(),
        limit.min(MOST_AT_ONCE).into(),
    ];
    read(tx, AFTER, &values).await
}

/// What happened before event `before`, newest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<Event>, DbError> {
    read(tx, NEWEST, &[before.into(), limit.into()]).await
}

/// What somebody looks for in the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    /// What the kind begins with; empty: any.
    pub kind: String,
    /// Empty: anybody.
    pub actor: String,
    /// Empty: about anything.
    pub subject: String,
    /// From a moment, included, to a moment, not included.
    pub from_ms: i64,
    pub to_ms: i64,
}

/// How many events one search looks at: the next one goes on from there.
pub const MOST_SEARCHED: i64 = 50_000;

/// Events before `before` that are looked for, newest first, at most `limit`; and the number down to which was looked,
/// where older ones are left.
///
/// # Errors
/// The database's.
pub async fn search(
    tx: &mut Tx,
    search: &Search,
    (before, limit): (i64, i64),
) -> Result<(Vec<Event>, Option<i64>), DbError> {
    let newest = tx.row(NEWEST_NUMBER, &[]).await?.map_or(Ok(0), |row| row.int("number"))?;
    let before = before.min(newest + 1);
    // A subject has an index of its own, and few events.
    let floor = if search.subject.is_empty() { (before - MOST_SEARCHED).max(0) } else { 0 };
    let mut values: Vec<Value> = vec![
        before.into(),
        floor.into(),
        search.from_ms.into(),
        search.to_ms.into(),
        search.kind.as_str().into(),
        search.actor.as_str().into(),
    ];
    let sql = if search.subject.is_empty() {
        SEARCHED
    } else {
        values.push(search.subject.as_str().into());
        SEARCHED_SUBJECT
    };
    values.push(limit.into());
    Ok((read(tx, sql, &values).await?, Some(floor).filter(|floor| *floor > 0)))
}

/// Whether the database answers, and has its schema.
///
/// # Errors
/// It does not.
pub async fn is_there(tx: &mut Tx) -> Result<(), DbError> {
    tx.row(IS_THERE, &[]).await.map(drop)
}

async fn read(tx: &mut Tx, sql: &'static str, values: &[Value]) -> Result<Vec<Event>, DbError> {
    tx.rows(sql, values).await?.iter().map(Event::of).collect()
}

impl Event {
    fn of(row: &Row) -> Result<Event, DbError> {
        Ok(Event {
            number: row.int("number")?,
            at_ms: row.int("at")?,
            actor: row.text("actor")?.to_owned(),
            via: row.text("via")?.to_owned(),
            kind: row.text("kind")?.to_owned(),
            subject: row.text("subject")?.to_owned(),
            order_id: row.some_text("order_id")?.map(str::to_owned),
            facts: row.text("facts")?.to_owned(),
            place: row.some_int("place")?,
        })
    }
}
