//! Whether what is confirmed survives, what time it is on the other side, and how much room the books take there.
//!
//! Owns: the settings of a database on which the books rest. Refuses to know: how they are changed.

use crate::db::{Db, DbError, Dialect};

/// What a database says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Durability {
    /// Names of settings with their values.
    pub settings: Vec<(&'static str, String)>,
    /// A sentence for each setting by which something confirmed could be lost.
    pub flaws: Vec<String>,
    /// The clock of the server; `None`: there is none but that of this machine.
    pub server_ms: Option<i64>,
}

/// What a connection asks for is asserted when the books are opened; how the file keeps its log is written in it.
const OF_SQLITE: &str = "pragma journal_mode";
const OF_POSTGRES: &str = "select current_setting('synchronous_commit') as synchronous_commit, \
    current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes, \
    cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as server_ms";

const BYTES_SQLITE: &str =
    "select p.page_count * s.page_size as bytes from pragma_page_count() p, pragma_page_size() s";
const BYTES_POSTGRES: &str = "select pg_database_size(current_database()) as bytes";

/// The statements of this module, one text for each database, for the test that prepares them.
pub const STATEMENTS_OF: [(Dialect, &str); 4] = [
    (Dialect::Sqlite, OF_SQLITE),
    (Dialect::Postgres, OF_POSTGRES),
    (Dialect::Sqlite, BYTES_SQLITE),
    (Dialect::Postgres, BYTES_POSTGRES),
];

/// Bytes that the books take in their database.
///
/// # Errors
/// The database's.
pub async fn bytes(db: &Db) -> Result<i64, DbError> {
    let sql = match db.dialect() {
        Dialect::Sqlite => BYTES_SQLITE,
        Dialect::Postgres => BYTES_POSTGRES,
    };
    let row = db.read::<_, DbError>(move |tx| Box::pin(async move { tx.row(sql, &[]).await })).await?;
    row.map_or(Ok(0), |row| row.int("bytes"))
}

/// What each setting must be, and on which database; of some there is more than one good value.
const GOOD: [(Dialect, &str, &[&str]); 4] = [
    (Dialect::Sqlite, "journal_mode", &["wal"]),
    (Dialect::Postgres, "synchronous_commit", &["on", "remote_write", "remote_apply", "local"]),
    (Dialect::Postgres, "fsync", &["on"]),
    (Dialect::Postgres, "full_page_writes", &["on"]),
];

/// Asks the database.
///
/// # Errors
/// The database's.
pub async fn durability(db: &Db) -> Result<Durability, DbError> {
    let dialect = db.dialect();
    let sql = match dialect {
        Dialect::Sqlite => OF_SQLITE,
        Dialect::Postgres => OF_POSTGRES,
    };
    let row = db.read::<_, DbError>(move |tx| Box::pin(async move { tx.row(sql, &[]).await })).await?;
    let row = row.ok_or_else(|| DbError::Broken("it says nothing of its settings".into()))?;
    let (mut settings, mut flaws) = (Vec::new(), Vec::new());
    for (_, name, good) in GOOD.into_iter().filter(|(of, ..)| *of == dialect) {
        let value = row.text(name)?.to_owned();
        if !good.contains(&value.as_str()) {
            flaws.push(format!("{name} is {value}; it must be {}", good[0]));
        }
        settings.push((name, value));
    }
    let server_ms = (dialect == Dialect::Postgres).then(|| row.int("server_ms")).transpose()?;
    Ok(Durability { settings, flaws, server_ms })
}
