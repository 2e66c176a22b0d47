//! A transaction, whichever database it runs in.

use super::{DbError, Dialect, Pending, Row, Value};
use sqlx::postgres::PgArguments;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{Arguments, AssertSqlSafe, Executor, Postgres, SqlSafeStr, SqlStr, Sqlite, Transaction};

/// A connection inside a transaction. Statements are constants with `$1`, `$2`, …
pub struct Tx {
    pub(super) connection: Connection,
    /// Another transaction was in the way of a statement: the whole may be tried again.
    pub(super) has_lost_a_race: bool,
}

pub(super) enum Connection {
    /// The writer's own, in whose transaction each write has a savepoint.
    Writer(SqliteConnection),
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

// What talks to a database is boxed here, once: a future that is not would be compiled again into every crate that asks.
impl Tx {
    pub(super) fn over(connection: Connection) -> Tx {
        Tx { connection, has_lost_a_race: false }
    }

    pub fn dialect(&self) -> Dialect {
        match self.connection {
            Connection::Writer(_) | Connection::Sqlite(_) => Dialect::Sqlite,
            Connection::Postgres(_) => Dialect::Postgres,
        }
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
            let done = match &mut self.connection {
                Connection::Writer(connection) => {
                    let query = sqlx::query_with(sql, for_sqlite(values)?);
                    query.execute(&mut *connection).await.map(|done| done.rows_affected())
                }
                Connection::Sqlite(tx) => {
                    let query = sqlx::query_with(sql, for_sqlite(values)?);
                    query.execute(&mut **tx).await.map(|done| done.rows_affected())
                }
                Connection::Postgres(tx) => {
                    let query = sqlx::query_with(sql, for_postgres(values)?);
                    query.execute(&mut **tx).await.map(|done| done.rows_affected())
                }
            };
            done.map_err(|error| self.noted(error))
        })
    }

    fn fetch<'t>(&'t mut self, sql: SqlStr, values: &'t [Value]) -> Pending<'t, Result<Vec<Row>, DbError>> {
        Box::pin(async move {
            let rows = match &mut self.connection {
                Connection::Writer(connection) => {
                    let query = sqlx::query_with(sql, for_sqlite(values)?);
                    query
                        .fetch_all(&mut *connection)
                        .await
                        .map(|rows| rows.iter().map(Row::of_sqlite).collect())
                }
                Connection::Sqlite(tx) => {
                    let query = sqlx::query_with(sql, for_sqlite(values)?);
                    query.fetch_all(&mut **tx).await.map(|rows| rows.iter().map(Row::of_sqlite).collect())
                }
                Connection::Postgres(tx) => {
                    let query = sqlx::query_with(sql, for_postgres(values)?);
                    query.fetch_all(&mut **tx).await.map(|rows| rows.iter().map(Row::of_postgres).collect())
                }
            };
            rows.map_err(|error| self.noted(error))?
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
            let sql = SqlStr::from_static(sql);
            let prepared = match &mut self.connection {
                Connection::Writer(connection) => (&mut *connection).prepare(sql).await.map(drop),
                Connection::Sqlite(tx) => (&mut **tx).prepare(sql).await.map(drop),
                Connection::Postgres(tx) => (&mut **tx).prepare(sql).await.map(drop),
            };
            prepared.map_err(|error| self.noted(error))
        })
    }

    /// Runs statements of the schema, several in one text.
    pub(crate) fn script<'t>(&'t mut self, sql: &'t str) -> Pending<'t, Result<(), DbError>> {
        Box::pin(async move {
            let script = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
            let done = match &mut self.connection {
                Connection::Writer(connection) => script.execute(&mut *connection).await.map(drop),
                Connection::Sqlite(tx) => script.execute(&mut **tx).await.map(drop),
                Connection::Postgres(tx) => script.execute(&mut **tx).await.map(drop),
            };
            done.map_err(|error| self.noted(error))
        })
    }

    fn noted(&mut self, error: sqlx::Error) -> DbError {
        let error = DbError::from(error);
        self.has_lost_a_race |= error == DbError::Conflict;
        error
    }
}

/// The arguments of a statement, for either database: they have no trait in common for the values Baton has.
macro_rules! arguments {
    ($name:ident, $arguments:ty) => {
        fn $name(values: &[Value]) -> Result<$arguments, DbError> {
            let mut arguments = <$arguments>::default();
            for value in values.iter().cloned() {
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
    };
}

arguments!(for_sqlite, SqliteArguments);
arguments!(for_postgres, PgArguments);
