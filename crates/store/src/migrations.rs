//! The schema, version by version.
//!
//! Owns: bringing a database to the newest version, once, whoever else is starting. Refuses to know: what tables are
//! for. Invariant: a version that has been released is never changed; its checksum says so.

use crate::db::{Db, DbError, Dialect, Tx, Value};

/// One step: its number, a name for people, and its text with `{int}`, `{bytes}`, `{serial}` and `{strict}`.
struct Migration {
    number: i64,
    name: &'static str,
    text: &'static str,
}

const ALL: &[Migration] = &[
    Migration { number: 1, name: "stock", text: include_str!("migrations/0001_stock.sql") },
    Migration { number: 2, name: "events", text: include_str!("migrations/0002_events.sql") },
    Migration { number: 3, name: "orders", text: include_str!("migrations/0003_orders.sql") },
    Migration { number: 6, name: "inventory", text: include_str!("migrations/0006_inventory.sql") },
    Migration { number: 7, name: "setup", text: include_str!("migrations/0007_setup.sql") },
];

const TABLE: &str = "create table if not exists migrations (number {int} not null primary key, \
                     name text not null, checksum {int} not null, applied_at {int} not null) {strict}";
const APPLIED: &str = "select number, checksum from migrations order by number";
const RECORD: &str = "insert into migrations (number, name, checksum, applied_at) values ($1, $2, $3, $4)";
/// Statements that both databases understand, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [APPLIED, RECORD];
/// One start at a time; on SQLite there is one writer anyway. The number is the product's own.
const LOCK: &str = "select 1 as locked from (select pg_advisory_xact_lock(7212346)) as held";

/// Brings the schema to its newest version; how many steps that took.
///
/// # Errors
/// A version that is not known here, or that was changed since; the database's.
pub async fn migrate(db: &Db, now_ms: i64) -> Result<usize, DbError> {
    db.write(move |tx| Box::pin(bring_up(tx, now_ms))).await
}

async fn bring_up(tx: &mut Tx, now_ms: i64) -> Result<usize, DbError> {
    if tx.dialect() == Dialect::Postgres {
        tx.row(LOCK, &[]).await?;
    }
    tx.script(&in_dialect(TABLE, tx.dialect())).await?;
    let applied = tx.rows(APPLIED, &[]).await?;
    for row in &applied {
        let (number, checksum) = (row.int("number")?, row.int("checksum")?);
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
    let done = applied.len();
    for migration in ALL.iter().skip(done) {
        tx.script(&in_dialect(migration.text, tx.dialect())).await?;
        let values: [Value; 4] = [
            migration.number.into(),
            migration.name.into(),
            checksum_of(migration.text).into(),
            now_ms.into(),
        ];
        tx.execute(RECORD, &values).await?;
    }
    Ok(ALL.len() - done)
}

fn in_dialect(text: &str, dialect: Dialect) -> String {
    let words = match dialect {
        Dialect::Sqlite => ["integer", "blob", "strict", "integer not null primary key autoincrement"],
        Dialect::Postgres => ["bigint", "bytea", "", "bigint generated always as identity primary key"],
    };
    let tokens = ["{int}", "{bytes}", "{strict}", "{serial}"];
    tokens.iter().zip(words).fold(text.to_owned(), |text, (token, word)| text.replace(token, word))
}

/// FNV-1a, 63 bits: enough to see that a text was changed.
fn checksum_of(text: &str) -> i64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash >> 1) as i64
}
