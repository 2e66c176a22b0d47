//! Views that people keep: what a list is narrowed by, under a name.
//!
//! Owns: their rows. Refuses to know: what a query says, and who may share one.

use crate::db::{DbError, Row, Tx, Value};

/// A view as its row has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ViewRow {
    pub id: String,
    /// `orders`, `inventory` or `exceptions`.
    pub page: String,
    pub name: String,
    /// As it stands behind the question mark of an address.
    pub query: String,
    pub is_shared: bool,
    /// Who made it.
    pub owner: String,
    pub created_at_ms: i64,
    pub changed_at_ms: i64,
}

const INSERT: &str = "insert into views (id, page, name, query, is_shared, owner, created_at, changed_at) \
    values ($1, $2, $3, $4, $5, $6, $7, $7)";
const GET: &str =
    "select id, page, name, query, is_shared, owner, created_at, changed_at from views where id = $1";
const SEEN_BY: &str = "select id, page, name, query, is_shared, owner, created_at, changed_at from views \
    where owner = $1 union select id, page, name, query, is_shared, owner, created_at, changed_at from views \
    where is_shared = 1 order by id limit $2";
const SET: &str = "update views set name = $2, query = $3, is_shared = $4, changed_at = $5 where id = $1";
const REMOVE: &str = "delete from views where id = $1";
const OF_OWNER: &str = "select count(*) as amount from views where owner = $1";
const SHARED: &str = "select count(*) as amount from views where is_shared = 1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 7] = [INSERT, GET, SEEN_BY, SET, REMOVE, OF_OWNER, SHARED];

/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, row: &ViewRow) -> Result<(), DbError> {
    let values: [Value; 7] = [
        row.id.as_str().into(),
        row.page.as_str().into(),
        row.name.as_str().into(),
        row.query.as_str().into(),
        i64::from(row.is_shared).into(),
        row.owner.as_str().into(),
        row.created_at_ms.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<ViewRow>, DbError> {
    tx.row(GET, &[id.into()]).await?.as_ref().map(ViewRow::of).transpose()
}

/// Somebody's own and the shared ones, in the order in which they were made; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn seen_by(tx: &mut Tx, owner: &str, limit: i64) -> Result<Vec<ViewRow>, DbError> {
    tx.rows(SEEN_BY, &[owner.into(), limit.into()]).await?.iter().map(ViewRow::of).collect()
}

/// Writes name, query, and whether it is shared.
///
/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, row: &ViewRow) -> Result<(), DbError> {
    let values: [Value; 5] = [
        row.id.as_str().into(),
        row.name.as_str().into(),
        row.query.as_str().into(),
        i64::from(row.is_shared).into(),
        row.changed_at_ms.into(),
    ];
    tx.execute(SET, &values).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    tx.execute(REMOVE, &[id.into()]).await.map(drop)
}

/// How many somebody has made, and how many are shared.
///
/// # Errors
/// The database's.
pub async fn amounts(tx: &mut Tx, owner: &str) -> Result<(i64, i64), DbError> {
    let own = tx.row(OF_OWNER, &[owner.into()]).await?.map_or(Ok(0), |row| row.int("amount"))?;
    let shared = tx.row(SHARED, &[]).await?.map_or(Ok(0), |row| row.int("amount"))?;
    Ok((own, shared))
}

impl ViewRow {
    fn of(row: &Row) -> Result<ViewRow, DbError> {
        Ok(ViewRow {
            id: row.text("id")?.to_owned(),
            page: row.text("page")?.to_owned(),
            name: row.text("name")?.to_owned(),
            query: row.text("query")?.to_owned(),
            is_shared: row.int("is_shared")? == 1,
            owner: row.text("owner")?.to_owned(),
            created_at_ms: row.int("created_at")?,
            changed_at_ms: row.int("changed_at")?,
        })
    }
}
