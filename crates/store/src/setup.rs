//! The setup's own rows: its version, the files beside places and products, and the imports of stock.
//!
//! Owns: that of two changes of one version only one is made. Refuses to know: what the files say, and what an import is.

use crate::db::{DbError, Row, Tx, Value};
use std::collections::BTreeMap;

const VERSION: &str = "select version from setup where id = 1";
const IS_OF: &str = "select 1 as one from setup where version = $1";
const MOVE_ON: &str = "update setup set version = version + 1 where id = 1 and version = $1";
const FILES: &str = "select name, content from setup_files order by name limit $1";
const SET_FILE: &str = "insert into setup_files (name, content) values ($1, $2) \
    on conflict (name) do update set content = excluded.content";
const REMOVE_FILE: &str = "delete from setup_files where name = $1";
const LAST_IMPORT: &str =
    "select number, content, begun_at, finished_at from stock_imports order by number desc limit 1";
const BEGIN_IMPORT: &str = "insert into stock_imports (content, begun_at) values ($1, $2) returning number";
const FINISH_IMPORT: &str =
    "update stock_imports set finished_at = $2 where number = $1 and finished_at is null";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 9] =
    [VERSION, IS_OF, MOVE_ON, FILES, SET_FILE, REMOVE_FILE, LAST_IMPORT, BEGIN_IMPORT, FINISH_IMPORT];

/// More files than a setup knows names for.
const MOST_FILES: i64 = 100;

/// Counts of whole shelves that were brought in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StockImport {
    pub number: i64,
    /// A hash of what was brought.
    pub content: String,
    pub begun_at: i64,
    /// `None`: it was broken off, or is under way.
    pub finished_at: Option<i64>,
}

/// How often the setup was changed.
///
/// # Errors
/// The database's.
pub async fn version(tx: &mut Tx) -> Result<i64, DbError> {
    let row = tx.row(VERSION, &[]).await?;
    row.map_or_else(|| Err(DbError::Broken("the setup has no version".into())), |row| row.int("version"))
}

/// The transaction is kept where the setup is still of this version.
///
/// # Errors
/// [`DbError::Unmet`], here or at the end of the transaction: it is of another; the database's.
pub async fn must_be_of(tx: &mut Tx, version: i64) -> Result<(), DbError> {
    tx.expect_later(IS_OF, &[version.into()], 1).await
}

/// Moves the version on from the one that was read; `false`: somebody else changed the setup since. Comes first in a
/// change: what follows it waits for nobody, and nobody changes the setup before it ends.
///
/// # Errors
/// The database's.
pub async fn move_on(tx: &mut Tx, from: i64) -> Result<bool, DbError> {
    Ok(tx.execute(MOVE_ON, &[from.into()]).await? == 1)
}

/// Texts by the names of their files.
///
/// # Errors
/// The database's.
pub async fn files(tx: &mut Tx) -> Result<BTreeMap<String, String>, DbError> {
    let rows = tx.rows(FILES, &[MOST_FILES.into()]).await?;
    rows.iter().map(|row| Ok((row.text("name")?.to_owned(), row.text("content")?.to_owned()))).collect()
}

/// Sets the text of a file, or removes it.
///
/// # Errors
/// The database's.
pub async fn set_file(tx: &mut Tx, name: &str, content: Option<&str>) -> Result<(), DbError> {
    match content {
        Some(content) => tx.execute(SET_FILE, &[name.into(), content.into()]).await?,
        None => tx.execute(REMOVE_FILE, &[name.into()]).await?,
    };
    Ok(())
}

/// # Errors
/// The database's.
pub async fn last_import(tx: &mut Tx) -> Result<Option<StockImport>, DbError> {
    tx.row(LAST_IMPORT, &[]).await?.as_ref().map(StockImport::of).transpose()
}

/// The number of a new import.
///
/// # Errors
/// The database's.
pub async fn begin_import(tx: &mut Tx, content: &str, at_ms: i64) -> Result<i64, DbError> {
    let row = tx.row(BEGIN_IMPORT, &[content.into(), at_ms.into()]).await?;
    row.map_or_else(|| Err(DbError::Broken("an insert gave no row back".into())), |row| row.int("number"))
}

/// # Errors
/// The database's.
pub async fn finish_import(tx: &mut Tx, number: i64, at_ms: i64) -> Result<(), DbError> {
    let values: [Value; 2] = [number.into(), at_ms.into()];
    tx.execute(FINISH_IMPORT, &values).await?;
    Ok(())
}

impl StockImport {
    fn of(row: &Row) -> Result<StockImport, DbError> {
        Ok(StockImport {
            number: row.int("number")?,
            content: row.text("content")?.to_owned(),
            begun_at: row.int("begun_at")?,
            finished_at: row.some_int("finished_at")?,
        })
    }
}
