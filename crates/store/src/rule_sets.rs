//! Rule sets in their versions, and which of them holds.
//!
//! Owns: their rows. Refuses to know: what rules say. Invariant: a version is never changed.

use crate::db::{DbError, Row, Tx, Value};

/// One version of the rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleSetRow {
    pub number: i64,
    pub name: String,
    pub content: String,
    pub author: String,
    pub comment: String,
    pub created_at_ms: i64,
}

/// From a moment on, a version holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicationRow {
    pub number: i64,
    pub rule_set: i64,
    pub live_from_ms: i64,
    pub by_whom: String,
    pub comment: String,
    pub created_at_ms: i64,
    pub is_withdrawn: bool,
}

/// The next number is read and taken in one statement; of two at the same time the second is refused and tries again.
const ADD: &str = "insert into rule_sets (number, name, content, author, comment, created_at) \
    select coalesce(max(number), 0) + 1, $1, $2, $3, $4, cast($5 as bigint) from rule_sets returning number";

const GET: &str =
    "select number, name, content, author, comment, created_at from rule_sets where number = $1";

const NEWEST: &str = "select number, name, content, author, comment, created_at from rule_sets where number < $1 \
    order by number desc limit $2";

const PUBLISH: &str = "insert into rule_publications (rule_set, live_from, by_whom, comment, created_at, is_withdrawn) \
    values ($1, $2, $3, $4, $5, 0) returning number";

const IN_FORCE: &str = "select number, rule_set, live_from, by_whom, comment, created_at, is_withdrawn \
    from rule_publications where live_from <= $1 and is_withdrawn = 0 order by live_from desc, number desc limit 1";

const NEXT: &str = "select number, rule_set, live_from, by_whom, comment, created_at, is_withdrawn \
    from rule_publications where live_from > $1 and is_withdrawn = 0 order by live_from, number limit 1";

const PUBLICATIONS: &str = "select number, rule_set, live_from, by_whom, comment, created_at, is_withdrawn \
    from rule_publications where number < $1 order by number desc limit $2";

const WITHDRAW: &str =
    "update rule_publications set is_withdrawn = 1 where number = $1 and live_from > $2 and is_withdrawn = 0";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 8] = [ADD, GET, NEWEST, PUBLISH, IN_FORCE, NEXT, PUBLICATIONS, WITHDRAW];

/// Adds a version; its number.
///
/// # Errors
/// Another one was added at the same moment; the database's.
pub async fn add(tx: &mut Tx, row: &RuleSetRow) -> Result<i64, DbError> {
    let values: [Value; 5] = [
        row.name.as_str().into(),
        row.content.as_str().into(),
        row.author.as_str().into(),
        row.comment.as_str().into(),
        row.created_at_ms.into(),
    ];
    let added = tx.row(ADD, &values).await?;
    added.map_or_else(|| Err(DbError::Broken("an insert gave no row back".into())), |row| row.int("number"))
}

/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, number: i64) -> Result<Option<RuleSetRow>, DbError> {
    tx.row(GET, &[number.into()]).await?.as_ref().map(RuleSetRow::of).transpose()
}

/// Versions before a number, the newest first; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<RuleSetRow>, DbError> {
    tx.rows(NEWEST, &[before.into(), limit.into()]).await?.iter().map(RuleSetRow::of).collect()
}

/// From `live_from_ms` on the version holds; the number of the publication.
///
/// # Errors
/// There is no such version; the database's.
pub async fn publish(tx: &mut Tx, row: &PublicationRow) -> Result<i64, DbError> {
    let values: [Value; 5] = [
        row.rule_set.into(),
        row.live_from_ms.into(),
        row.by_whom.as_str().into(),
        row.comment.as_str().into(),
        row.created_at_ms.into(),
    ];
    let added = tx.row(PUBLISH, &values).await?;
    added.map_or_else(|| Err(DbError::Broken("an insert gave no row back".into())), |row| row.int("number"))
}

/// The publication that holds at a moment.
///
/// # Errors
/// The database's.
pub async fn in_force(tx: &mut Tx, at_ms: i64) -> Result<Option<PublicationRow>, DbError> {
    tx.row(IN_FORCE, &[at_ms.into()]).await?.as_ref().map(PublicationRow::of).transpose()
}

/// The first publication that will hold after a moment.
///
/// # Errors
/// The database's.
pub async fn next(tx: &mut Tx, at_ms: i64) -> Result<Option<PublicationRow>, DbError> {
    tx.row(NEXT, &[at_ms.into()]).await?.as_ref().map(PublicationRow::of).transpose()
}

/// Publications before a number, the newest first; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn publications(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<PublicationRow>, DbError> {
    tx.rows(PUBLICATIONS, &[before.into(), limit.into()]).await?.iter().map(PublicationRow::of).collect()
}

/// Takes a publication back that does not hold yet. `false`: it holds, is taken back, or was never there.
///
/// # Errors
/// The database's.
pub async fn withdraw(tx: &mut Tx, number: i64, at_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(WITHDRAW, &[number.into(), at_ms.into()]).await? == 1)
}

impl RuleSetRow {
    fn of(row: &Row) -> Result<RuleSetRow, DbError> {
        Ok(RuleSetRow {
            number: row.int("number")?,
            name: row.text("name")?.to_owned(),
            content: row.text("content")?.to_owned(),
            author: row.text("author")?.to_owned(),
            comment: row.text("comment")?.to_owned(),
            created_at_ms: row.int("created_at")?,
        })
    }
}

impl PublicationRow {
    fn of(row: &Row) -> Result<PublicationRow, DbError> {
        Ok(PublicationRow {
            number: row.int("number")?,
            rule_set: row.int("rule_set")?,
            live_from_ms: row.int("live_from")?,
            by_whom: row.text("by_whom")?.to_owned(),
            comment: row.text("comment")?.to_owned(),
            created_at_ms: row.int("created_at")?,
            is_withdrawn: row.int("is_withdrawn")? == 1,
        })
    }
}
