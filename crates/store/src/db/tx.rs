//! A transaction, whichever database it runs in.

use super::later::{Later, is_look};
use super::{DbError, Dialect, Pending, Row, Value, sqlite};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgArguments;
use sqlx::{Arguments, AssertSqlSafe, Executor, PgConnection, Postgres, SqlSafeStr, SqlStr, Transaction};

/// A connection inside a transaction. Statements are constants with `$1`, `$2`, …
pub struct Tx {
    pub(super) connection: Connection,
    /// Another transaction was in the way of a statement: the whole may be tried again.
    pub(super) has_lost_a_race: bool,
    /// What went wrong on a server first: it keeps nothing of the transaction then, whatever comes after it.
    pub(super) failed: Option<DbError>,
    /// What a server is not told yet.
    later: Later,
}

pub(super) enum Connection {
    /// On a thread of its own; its transaction is begun and ended there.
    Sqlite(rusqlite::Connection),
    Postgres(Transaction<'static, Postgres>),
    /// Outside a transaction, to be read alone: every statement sees what was committed before it.
    Looking(PoolConnection<Postgres>),
    /// A transaction that is begun with the first statement that changes or locks something. Those before see what was
    /// committed before them, as they would in it. Where nothing is written but what waits, the one statement of that is all
    /// of the transaction.
    Unbegun(PoolConnection<Postgres>),
    /// While it is begun.
    Gone,
}

impl Connection {
    fn postgres(&mut self) -> Result<&mut PgConnection, DbError> {
        match self {
            Connection::Postgres(transaction) => Ok(&mut **transaction),
            Connection::Looking(connection) | Connection::Unbegun(connection) => Ok(&mut **connection),
            Connection::Sqlite(_) | Connection::Gone => {
                Err(DbError::Broken("there is no server here".into()))
            }
        }
    }
}

/// Whether a statement needs no transaction of its own around it.
fn only_reads(sql: &str) -> bool {
    is_look(sql) && !sql.contains(" for update") && !sql.contains("_lock(")
}

// What talks to a database is boxed here, once: a future that is not would be compiled again into every crate that asks.
impl Tx {
    pub(super) fn over(connection: Connection) -> Tx {
        Tx { connection, has_lost_a_race: false, failed: None, later: Later::default() }
    }

    pub fn dialect(&self) -> Dialect {
        match self.connection {
            Connection::Sqlite(_) => Dialect::Sqlite,
            _ => Dialect::Postgres,
        }
    }

    /// Inserts a row by the end of the transaction: on a server together with others, so that it is no way there and back.
    /// `sql` is an `insert into … values (…)` and nothing else. A statement that names the table finds the row there. What
    /// is wrong with it may be told at the end: it is a defect, and no answer to anybody.
    ///
    /// # Errors
    /// The database's.
    pub async fn insert_later(&mut self, sql: &'static str, values: &[Value]) -> Result<(), DbError> {
        if !self.is_far() {
            return self.execute(sql, values).await.map(drop);
        }
        if !self.later.add(sql, values) {
            self.settle_and_go_on().await?;
            self.later.add(sql, values);
        }
        Ok(())
    }

    /// Changes or finds so many rows by the end of the transaction, which else is not kept: on a server together with others.
    /// `$1` and `$2` of what changes tell which rows: changes of other first two values are of others.
    ///
    /// # Errors
    /// [`DbError::Unmet`], here or at the end: they are fewer or more; the database's.
    pub async fn expect_later(
        &mut self,
        sql: &'static str,
        values: &[Value],
        rows: usize,
    ) -> Result<(), DbError> {
        if !self.is_far() {
            let met = match is_look(sql) {
                true => self.rows(sql, values).await?.len() as u64,
                false => self.execute(sql, values).await?,
            };
            return if met == rows as u64 { Ok(()) } else { Err(DbError::Unmet) };
        }
        if !self.later.change(sql, values, rows) {
            self.settle_and_go_on().await?;
            self.later.change(sql, values, rows);
        }
        Ok(())
    }

    /// Whether what is written had better wait for the end.
    pub fn is_far(&self) -> bool {
        matches!(self.connection, Connection::Postgres(_) | Connection::Unbegun(_))
    }

    /// What a statement needs before it: the rows that wait for its table, a transaction.
    async fn make_ready(&mut self, sql: &str) -> Result<(), DbError> {
        if self.later.concerns(sql) {
            self.settle_and_go_on().await?;
        }
        match self.connection {
            _ if only_reads(sql) => Ok(()),
            Connection::Looking(_) => Err(DbError::Broken("a look changes nothing".into())),
            _ => self.begin().await,
        }
    }

    async fn begin(&mut self) -> Result<(), DbError> {
        match std::mem::replace(&mut self.connection, Connection::Gone) {
            Connection::Unbegun(connection) => {
                let begun = begin(connection, "begin").await;
                self.connection = Connection::Postgres(begun.map_err(|error| self.noted(error))?);
            }
            other => self.connection = other,
        }
        Ok(())
    }

    async fn settle_and_go_on(&mut self) -> Result<(), DbError> {
        if self.later.is_empty() {
            return Ok(());
        }
        self.begin().await?;
        self.settle().await
    }

    /// Writes what waits. Where no transaction is begun, that is all of it, and is committed with it.
    pub(super) async fn settle(&mut self) -> Result<(), DbError> {
        if self.later.is_empty() {
            return Ok(());
        }
        let made = self.later.take();
        let query = sqlx::query_with(AssertSqlSafe(made.sql), arguments(&made.values)?);
        let done = query.execute(self.connection.postgres()?).await;
        done.map(drop).map_err(|error| self.noted(error.into()))
    }

    /// How many rows a statement changed.
    ///
    /// # Errors
    /// The database's.
    pub async fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, DbError> {
        self.run(SqlStr::from_static(sql), values).await
    }

    /// # Errors
    /// The database's.
    pub async fn rows(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, DbError> {
        self.fetch(SqlStr::from_static(sql), values).await
    }

    /// As [`Tx::execute`], for statements made of the schema's own names: what treats all tables alike cannot spell
    /// each of them out.
    pub(crate) async fn execute_made(&mut self, sql: String, values: &[Value]) -> Result<u64, DbError> {
        self.run(AssertSqlSafe(sql).into_sql_str(), values).await
    }

    /// As [`Tx::rows`], for statements made of the schema's own names.
    pub(crate) async fn rows_made(&mut self, sql: String, values: &[Value]) -> Result<Vec<Row>, DbError> {
        self.fetch(AssertSqlSafe(sql).into_sql_str(), values).await
    }

    fn run<'t>(&'t mut self, sql: SqlStr, values: &'t [Value]) -> Pending<'t, Result<u64, DbError>> {
        Box::pin(async move {
            self.make_ready(sql.as_str()).await?;
            let done = match &mut self.connection {
                Connection::Sqlite(connection) => sqlite::execute(connection, sql.as_str(), values),
                server => {
                    let query = sqlx::query_with(sql, arguments(values)?);
                    let done = query.execute(server.postgres()?).await;
                    done.map(|done| done.rows_affected()).map_err(DbError::from)
                }
            };
            done.map_err(|error| self.noted(error))
        })
    }

    fn fetch<'t>(&'t mut self, sql: SqlStr, values: &'t [Value]) -> Pending<'t, Result<Vec<Row>, DbError>> {
        Box::pin(async move {
            self.make_ready(sql.as_str()).await?;
            let rows = match &mut self.connection {
                Connection::Sqlite(connection) => sqlite::rows(connection, sql.as_str(), values),
                server => {
                    let query = sqlx::query_with(sql, arguments(values)?);
                    let rows = query.fetch_all(server.postgres()?).await;
                    rows.map_err(DbError::from).and_then(|rows| Row::all_of_postgres(&rows))
                }
            };
            rows.map_err(|error| self.noted(error))
        })
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// The database's.
    pub async fn row(&mut self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, DbError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Whether the database understands a statement; it is not run.
    ///
    /// # Errors
    /// What it does not understand.
    pub fn prepare<'t>(&'t mut self, sql: &'static str) -> Pending<'t, Result<(), DbError>> {
        Box::pin(async move {
            let prepared = match &mut self.connection {
                Connection::Sqlite(connection) => connection.prepare(sql).map(drop).map_err(DbError::from),
                server => {
                    let prepared = server.postgres()?.prepare(SqlStr::from_static(sql)).await;
                    prepared.map(drop).map_err(DbError::from)
                }
            };
            prepared.map_err(|error| self.noted(error))
        })
    }

    /// Runs statements of the schema, several in one text.
    pub(crate) fn script<'t>(&'t mut self, sql: &'t str) -> Pending<'t, Result<(), DbError>> {
        Box::pin(async move {
            self.settle_and_go_on().await?;
            self.begin().await?;
            let done = match &mut self.connection {
                Connection::Sqlite(connection) => connection.execute_batch(sql).map_err(DbError::from),
                server => {
                    let script = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
                    script.execute(server.postgres()?).await.map(drop).map_err(DbError::from)
                }
            };
            done.map_err(|error| self.noted(error))
        })
    }

    /// Whether SQLite has ended the transaction by itself, which it does where it cannot write.
    pub(super) fn is_ended(&self) -> bool {
        matches!(&self.connection, Connection::Sqlite(connection) if connection.is_autocommit())
    }

    fn noted(&mut self, error: DbError) -> DbError {
        self.has_lost_a_race |= error == DbError::Conflict;
        if self.dialect() == Dialect::Postgres && self.failed.is_none() {
            self.failed = Some(error.clone());
        }
        error
    }
}

/// Begins a transaction, to its end whatever becomes of who asks: left in the middle, the connection would go back to the
/// pool with a transaction that nobody ends.
pub(super) async fn begin(
    connection: PoolConnection<Postgres>,
    how: &'static str,
) -> Result<Transaction<'static, Postgres>, DbError> {
    let begun = tokio::spawn(Transaction::begin(connection, Some(SqlStr::from_static(how)))).await;
    begun.map_err(|error| DbError::Broken(error.to_string()))?.map_err(DbError::from)
}

fn arguments(values: &[Value]) -> Result<PgArguments, DbError> {
    let mut arguments = PgArguments::default();
    for value in values {
        let added = match value {
            Value::Int(value) => arguments.add(value),
            Value::Text(value) => arguments.add(value),
            Value::Bytes(value) => arguments.add(value),
            Value::NoInt => arguments.add(None::<i64>),
            Value::NoText => arguments.add(None::<String>),
            Value::NoBytes => arguments.add(None::<Vec<u8>>),
        };
        added.map_err(|error| DbError::Broken(error.to_string()))?;
    }
    Ok(arguments)
}
