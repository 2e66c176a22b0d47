//! Carries whole books from one database to another: from a file of SQLite to PostgreSQL, or back.
//!
//! Owns: the copy, table by table, in batches, and the proof that nothing differs at the end. A copy that was cut off
//! goes on where it stood. Refuses to know: what a table is for. The source must be still: whoever copies has stopped the
//! program first, and what changes meanwhile shows in the sums.

use crate::db::{Db, DbError, Dialect, Tx, Value};
use crate::migrations;
use crate::tables::{self, Kind, PAGE, Sum, Table, sums};
use std::fmt;
use std::sync::Arc;

/// Why books were not copied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CopyError {
    /// The target holds something that is no copy of this source: choose an empty one.
    NotEmpty {
        table: String,
    },
    /// The two have different versions of the schema: start the same program on both.
    Versions {
        source: i64,
        target: i64,
    },
    /// The copy is not the same as the source: these tables differ. Was the source written to meanwhile?
    Differs {
        tables: Vec<String>,
    },
    Database(DbError),
}

impl fmt::Display for CopyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CopyError::NotEmpty { table } => {
                write!(f, "the target has rows in {table} already; choose an empty database")
            }
            CopyError::Versions { source, target } => write!(
                f,
                "the source is at step {source} and the target at {target}; start the same version on both first"
            ),
            CopyError::Differs { tables } => write!(
                f,
                "the copy differs from the source in {}; stop whatever writes to the source, and begin again with \
                 an empty database",
                tables.join(", ")
            ),
            CopyError::Database(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CopyError {}

impl From<DbError> for CopyError {
    fn from(error: DbError) -> CopyError {
        CopyError::Database(error)
    }
}

const BEGUN: &str = "select source, done_at from copies where id = 1";
const BEGIN: &str = "insert into copies (id, source, began_at) values (1, $1, $2)";
const DONE: &str = "update copies set done_at = $1 where id = 1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 3] = [BEGUN, BEGIN, DONE];

/// What is copied, and when.
#[derive(Clone, Debug)]
pub struct Copy {
    /// A name for the source: a copy that was cut off goes on only from the same.
    pub source: String,
    pub now_ms: i64,
}

/// How far a copy came, in rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    pub done: u64,
    pub all: u64,
}

/// Copies all books into an empty database of the same version, or goes on with such a copy; what every table holds.
///
/// # Errors
/// See [`CopyError`].
pub async fn copy(source: &Db, target: &Db, copy: Copy) -> Result<Vec<Sum>, CopyError> {
    copy_watched(source, target, copy, &|_| {}).await
}

/// As [`copy`], and tells after each batch how far it came.
///
/// # Errors
/// See [`CopyError`].
pub async fn copy_watched(
    source: &Db,
    target: &Db,
    copy: Copy,
    watch: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Vec<Sum>, CopyError> {
    let version = |db: &Db| {
        let db = db.clone();
        async move { db.read(|tx| Box::pin(async move { migrations::newest(tx).await })).await }
    };
    let versions = (version(source).await?, version(target).await?);
    if versions.0 != versions.1 {
        return Err(CopyError::Versions { source: versions.0, target: versions.1 });
    }
    let now_ms = copy.now_ms;
    begin(target, copy).await?;
    let tables = target.read(|tx| Box::pin(async move { tables::all(tx).await })).await?;
    let tables: Vec<Arc<Table>> = tables.into_iter().map(Arc::new).collect();
    let mut progress = Progress { done: rows(target, &tables).await?, all: rows(source, &tables).await? };
    watch(progress);
    for table in &tables {
        carry(source, target, table, &mut |rows| {
            progress.done += rows;
            watch(progress);
        })
        .await?;
    }
    let (there, here) = (all_sums(source).await?, all_sums(target).await?);
    let differs = there.iter().zip(&here).filter(|(there, here)| there != here);
    let differs: Vec<String> = differs.map(|(there, _)| there.table.clone()).collect();
    if !differs.is_empty() {
        return Err(CopyError::Differs { tables: differs });
    }
    target.write(move |tx| Box::pin(async move { tx.execute(DONE, &[now_ms.into()]).await })).await?;
    Ok(here)
}

async fn all_sums(db: &Db) -> Result<Vec<Sum>, DbError> {
    db.read(|tx| Box::pin(async move { sums(tx).await })).await
}

/// Rows of all tables together.
async fn rows(db: &Db, tables: &[Arc<Table>]) -> Result<u64, DbError> {
    let tables = tables.to_vec();
    let counted = db.read(move |tx| {
        let tables = tables.clone();
        Box::pin(async move {
            let mut all = 0;
            for table in &tables {
                all += table.count(tx).await?;
            }
            Ok::<_, DbError>(all)
        })
    });
    counted.await
}

/// Marks the target as a copy of this source, once it is empty; or finds that mark.
async fn begin(target: &Db, copy: Copy) -> Result<(), CopyError> {
    let begun = target.write(move |tx| {
        let copy = copy.clone();
        Box::pin(async move {
            if let Some(mark) = tx.row(BEGUN, &[]).await? {
                let is_going_on = mark.text("source")? == copy.source && mark.some_int("done_at")?.is_none();
                return if is_going_on {
                    Ok(())
                } else {
                    Err(CopyError::NotEmpty { table: "copies".into() })
                };
            }
            if let Some(table) = clear(tx).await? {
                return Err(CopyError::NotEmpty { table });
            }
            tx.execute(BEGIN, &[copy.source.into(), copy.now_ms.into()]).await?;
            Ok(())
        })
    });
    begun.await
}

/// Takes out what the schema itself put in; the name of a table that holds anything else.
pub(crate) async fn clear(tx: &mut Tx) -> Result<Option<String>, DbError> {
    for table in tables::all(tx).await?.iter().rev() {
        if migrations::fills(&table.name) {
            tx.execute_made(format!("delete from {}", table.name), &[]).await?;
        } else if !table.page(tx, None, 1).await?.is_empty() {
            return Ok(Some(table.name.clone()));
        }
    }
    Ok(None)
}

/// Copies what is missing of one table, a batch in a transaction; then its numbers go on where the source's do.
async fn carry(
    source: &Db,
    target: &Db,
    table: &Arc<Table>,
    told: &mut (dyn FnMut(u64) + Send),
) -> Result<(), DbError> {
    let of = Arc::clone(table);
    let mut last = target
        .read(move |tx| {
            let table = Arc::clone(&of);
            Box::pin(async move { table.last_key(tx).await })
        })
        .await?;
    loop {
        let (of, after) = (Arc::clone(table), last.clone());
        let rows = source.read(move |tx| {
            let (table, after) = (Arc::clone(&of), after.clone());
            Box::pin(async move { table.page(tx, after.as_deref(), PAGE).await })
        });
        let rows = Arc::new(rows.await?);
        let Some(row) = rows.last() else { break };
        last = Some(table.key_of(row));
        let (of, batch) = (Arc::clone(table), Arc::clone(&rows));
        let written = target.write(move |tx| {
            let (table, rows) = (Arc::clone(&of), Arc::clone(&batch));
            Box::pin(async move {
                let insert = Insert::into(&table, tx.dialect());
                for row in rows.iter() {
                    insert.row(tx, row.cells()).await?;
                }
                Ok::<_, DbError>(())
            })
        });
        written.await?;
        told(rows.len() as u64);
    }
    let of = Arc::clone(table);
    let counted = target.write(move |tx| {
        let table = Arc::clone(&of);
        Box::pin(async move { go_on_counting(tx, &table).await })
    });
    counted.await
}

/// Writes rows of one table as they are, with their numbers.
pub(crate) struct Insert {
    sql: String,
    kinds: Vec<Kind>,
}

impl Insert {
    pub(crate) fn into(table: &Table, dialect: Dialect) -> Insert {
        let columns: Vec<&str> = table.names().collect();
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("${place}")).collect();
        // PostgreSQL gives numbers itself unless it is told otherwise.
        let given = if dialect == Dialect::Postgres { " overriding system value" } else { "" };
        let (name, columns, places) = (&table.name, columns.join(", "), places.join(", "));
        // A batch whose writer was cut off may still be committed after the next one looked what is missing. Whether
        // a row that was there is the same, the sums at the end say.
        let sql = format!("insert into {name} ({columns}){given} values ({places}) on conflict do nothing");
        Insert { sql, kinds: table.columns.iter().map(|column| column.kind).collect() }
    }

    pub(crate) async fn row<'v>(
        &self,
        tx: &mut Tx,
        cells: impl Iterator<Item = Option<&'v Value>>,
    ) -> Result<(), DbError> {
        let values: Vec<Value> = cells.zip(&self.kinds).map(|(cell, kind)| of_kind(cell, *kind)).collect();
        tx.execute_made(self.sql.clone(), &values).await.map(drop)
    }
}

fn of_kind(cell: Option<&Value>, kind: Kind) -> Value {
    match (cell, kind) {
        (Some(value), _) => value.clone(),
        (None, Kind::Int) => Value::NoInt,
        (None, Kind::Text) => Value::NoText,
        (None, Kind::Bytes) => Value::NoBytes,
    }
}

/// The next row that the database numbers itself comes behind those copied. SQLite sees to that without help.
pub(crate) async fn go_on_counting(tx: &mut Tx, table: &Table) -> Result<(), DbError> {
    if tx.dialect() == Dialect::Sqlite {
        return Ok(());
    }
    let name = &table.name;
    for column in table.columns.iter().filter(|column| column.is_serial).map(|column| &column.name) {
        let sql = format!(
            "select setval(pg_get_serial_sequence('{name}', '{column}'), max({column})) as last from {name}"
        );
        tx.rows_made(sql, &[]).await?;
    }
    Ok(())
}
