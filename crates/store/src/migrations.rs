//! The schema, version by version.
//!
//! Owns: bringing a database to the newest version, once, whoever else is starting. Refuses to know: what tables are
//! for. Invariant: a version that has been released is never changed; its checksum says so.

use crate::backup;
use crate::db::{Db, DbError, Dialect, Tx, Value};
use std::path::{Path, PathBuf};

/// One step: its number, a name for people, and its text with `{int}`, `{bytes}`, `{bytewise}` (a text that is sorted by its
/// bytes on every server, so that all that begins alike lies together), `{serial}`, and behind a table `{strict}`, or
/// `{keyed}` where its rows are short and found by their key alone: SQLite then keeps them in one tree, not in two.
struct Migration {
    number: i64,
    name: &'static str,
    text: &'static str,
}

const ALL: &[Migration] = &[
    Migration { number: 1, name: "stock", text: include_str!("migrations/0001_stock.sql") },
    Migration { number: 2, name: "events", text: include_str!("migrations/0002_events.sql") },
    Migration { number: 3, name: "orders", text: include_str!("migrations/0003_orders.sql") },
    Migration { number: 4, name: "jobs", text: include_str!("migrations/0004_jobs.sql") },
    Migration { number: 5, name: "people", text: include_str!("migrations/0005_people.sql") },
    Migration { number: 6, name: "inventory", text: include_str!("migrations/0006_inventory.sql") },
    Migration { number: 7, name: "setup", text: include_str!("migrations/0007_setup.sql") },
    Migration { number: 8, name: "rules", text: include_str!("migrations/0008_rules.sql") },
    Migration {
        number: 9,
        name: "parcels_of_work",
        text: include_str!("migrations/0009_parcels_of_work.sql"),
    },
    Migration {
        number: 10,
        name: "exception_policies",
        text: include_str!("migrations/0010_exception_policies.sql"),
    },
    Migration { number: 11, name: "rule_replays", text: include_str!("migrations/0011_rule_replays.sql") },
    Migration { number: 12, name: "search", text: include_str!("migrations/0012_search.sql") },
    Migration {
        number: 13,
        name: "views_and_batches",
        text: include_str!("migrations/0013_views_and_batches.sql"),
    },
    Migration { number: 14, name: "sheet_imports", text: include_str!("migrations/0014_sheet_imports.sql") },
    Migration { number: 15, name: "work", text: include_str!("migrations/0015_work.sql") },
    Migration { number: 16, name: "operating", text: include_str!("migrations/0016_operating.sql") },
    Migration { number: 17, name: "erased", text: include_str!("migrations/0017_erased.sql") },
];

const TABLE: &str = "create table if not exists migrations (number {int} not null primary key, \
                     name text not null, checksum {int} not null, applied_at {int} not null) {strict}";
const APPLIED: &str = "select number, checksum from migrations order by number";
const RECORD: &str = "insert into migrations (number, name, checksum, applied_at) values ($1, $2, $3, $4)";
/// Statements that both databases understand, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [APPLIED, RECORD];
/// One start at a time; on SQLite there is one writer anyway. The number is the product's own.
const LOCK: &str = "select 1 as locked from (select pg_advisory_xact_lock(7212346)) as held";

const IS_BEGUN_SQLITE: &str = "select name from sqlite_master where name = 'migrations' limit 1";
const IS_BEGUN_POSTGRES: &str = "select cast(table_name as text) as name from information_schema.tables \
    where table_schema = current_schema() and table_name = 'migrations' limit 1";
/// As [`STATEMENTS`], one text for each database.
pub const STATEMENTS_OF: [(Dialect, &str); 2] =
    [(Dialect::Sqlite, IS_BEGUN_SQLITE), (Dialect::Postgres, IS_BEGUN_POSTGRES)];

/// Brings the schema to its newest version; how many steps that took. Where there are books in a file already, a backup
/// is made first: the version before can be put back with nothing lost.
///
/// # Errors
/// A version that is not known here, or that was changed since; no backup can be made; the database's.
pub async fn migrate(db: &Db, now_ms: i64) -> Result<usize, DbError> {
    if let Some(file) = db.file() {
        let at = reached(db).await?;
        if (1..latest()).contains(&at) {
            let snapshot = snapshot_of(file, at);
            backup::make_anew(db, &snapshot, now_ms).await.map_err(|error| {
                DbError::NoRoom(format!("nothing was changed, for there is no backup before: {error}"))
            })?;
        }
    }
    migrate_to(db, latest(), now_ms).await
}

/// Brings the schema to one of its versions, without a backup: how tests make books of an earlier version.
///
/// # Errors
/// As [`migrate`].
pub async fn migrate_to(db: &Db, step: i64, now_ms: i64) -> Result<usize, DbError> {
    db.write(move |tx| Box::pin(bring_up(tx, step, now_ms))).await
}

async fn bring_up(tx: &mut Tx, step: i64, now_ms: i64) -> Result<usize, DbError> {
    if tx.dialect() == Dialect::Postgres {
        tx.row(LOCK, &[]).await?;
    }
    tx.script(&in_dialect(TABLE, tx.dialect())).await?;
    let applied = applied(tx).await?;
    let missing = |migration: &&Migration| migration.number <= step && !applied.contains(&migration.number);
    let mut done = 0;
    for migration in ALL.iter().filter(missing) {
        tx.script(&in_dialect(migration.text, tx.dialect())).await?;
        let values: [Value; 4] = [
            migration.number.into(),
            migration.name.into(),
            checksum_of(migration.text).into(),
            now_ms.into(),
        ];
        tx.execute(RECORD, &values).await?;
        done += 1;
    }
    Ok(done)
}

/// The tables of the books in the order in which they were created: each behind those it refers to.
pub(crate) fn tables() -> impl Iterator<Item = &'static str> {
    let lines = ALL.iter().flat_map(|migration| migration.text.lines());
    let tables = lines.filter_map(|line| line.strip_prefix("create table ")?.split([' ', '(']).next());
    tables.filter(|name| *name != COPIES)
}

/// The mark of a copy is no part of the books.
const COPIES: &str = "copies";

/// Whether the schema itself puts rows into a table.
pub(crate) fn fills(table: &str) -> bool {
    let lines = ALL.iter().flat_map(|migration| migration.text.lines());
    lines
        .filter_map(|line| line.strip_prefix("insert into ")?.split([' ', '(']).next())
        .any(|name| name == table)
}

/// Where the backup lies that is made before books at this step go on: `books.sqlite.at-step-3`.
pub fn snapshot_of(file: &Path, step: i64) -> PathBuf {
    let mut name = file.to_owned().into_os_string();
    name.push(format!(".at-step-{step}"));
    name.into()
}

/// The newest step that this program knows.
pub fn latest() -> i64 {
    ALL.last().map_or(0, |migration| migration.number)
}

/// The newest step that was applied; 0 where nothing was begun. Changes nothing.
///
/// # Errors
/// The database's.
pub async fn reached(db: &Db) -> Result<i64, DbError> {
    db.read(|tx| Box::pin(async move { if is_begun(tx).await? { newest(tx).await } else { Ok(0) } })).await
}

/// The steps that [`migrate`] would take, with their names. Changes nothing.
///
/// # Errors
/// As [`migrate`], without the backup.
pub async fn missing(db: &Db) -> Result<Vec<(i64, &'static str)>, DbError> {
    let applied = db.read(|tx| {
        Box::pin(async move { if is_begun(tx).await? { applied(tx).await } else { Ok(Vec::new()) } })
    });
    let applied = applied.await?;
    let missing = ALL.iter().filter(|migration| !applied.contains(&migration.number));
    Ok(missing.map(|migration| (migration.number, migration.name)).collect())
}

async fn is_begun(tx: &mut Tx) -> Result<bool, DbError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => IS_BEGUN_SQLITE,
        Dialect::Postgres => IS_BEGUN_POSTGRES,
    };
    Ok(tx.row(sql, &[]).await?.is_some())
}

/// The steps that were applied, all of them known here and unchanged.
async fn applied(tx: &mut Tx) -> Result<Vec<i64>, DbError> {
    let mut applied = Vec::new();
    for row in tx.rows(APPLIED, &[]).await? {
        let (number, checksum) = (row.int("number")?, row.int("checksum")?);
        applied.push(number);
        let Some(known) = ALL.iter().find(|migration| migration.number == number) else {
            return Err(DbError::Broken(format!(
                "the database is of a newer version (step {number}); start that version of the program"
            )));
        };
        if checksum != checksum_of(known.text) {
            return Err(DbError::Broken(format!(
                "step {number} ({}) was changed since it was applied",
                known.name
            )));
        }
    }
    Ok(applied)
}

/// The newest step that was applied.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut Tx) -> Result<i64, DbError> {
    tx.rows(APPLIED, &[]).await?.last().map_or(Ok(0), |row| row.int("number"))
}

fn in_dialect(text: &str, dialect: Dialect) -> String {
    let words = match dialect {
        Dialect::Sqlite => {
            let serial = "integer not null primary key autoincrement";
            ["integer", "blob", "text", "strict", "strict, without rowid", serial]
        }
        Dialect::Postgres => {
            let serial = "bigint generated always as identity primary key";
            ["bigint", "bytea", "text collate \"C\"", "", "", serial]
        }
    };
    let tokens = ["{int}", "{bytes}", "{bytewise}", "{strict}", "{keyed}", "{serial}"];
    tokens.iter().zip(words).fold(text.to_owned(), |text, (token, word)| text.replace(token, word))
}

/// FNV-1a, 63 bits: enough to see that a text was changed.
fn checksum_of(text: &str) -> i64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash >> 1) as i64
}
