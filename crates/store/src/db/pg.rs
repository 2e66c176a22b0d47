//! PostgreSQL: a pool, and a connection of its own for every transaction.

use super::tx::{Connection, Tx};
use super::{DbError, Erased};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use std::str::FromStr;
use std::time::Duration;

/// Connections of one process: several processes share one server.
const MOST_CONNECTIONS: u32 = 16;
/// Statements that a connection keeps prepared: all of them.
const PREPARED: usize = 500;
/// How long a request waits for one.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How often a transaction that lost a race is tried.
const MOST_TRIES: u32 = 5;

#[derive(Clone)]
pub(super) struct Postgres {
    pool: PgPool,
}

impl Postgres {
    pub(super) async fn open(place: &str) -> Result<Postgres, DbError> {
        let options = PgConnectOptions::from_str(place)?.application_name("baton").options([
            ("timezone", "UTC"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ]);
        let options = options.statement_cache_capacity(PREPARED);
        let pool = PgPoolOptions::new()
            .max_connections(MOST_CONNECTIONS)
            .acquire_timeout(LONGEST_WAIT)
            .connect_with(options)
            .await?;
        let sync: String = sqlx::query_scalar("show synchronous_commit").fetch_one(&pool).await?;
        if sync == "off" {
            return Err(DbError::Broken("synchronous_commit is off: what is confirmed could be lost".into()));
        }
        Ok(Postgres { pool })
    }

    /// Runs work that leaves its outcome in its slot; what fails by itself is no failure here.
    pub(super) async fn write(&self, work: &Erased) -> Result<(), DbError> {
        for _ in 1..MOST_TRIES {
            match self.once("begin", work).await {
                Err(DbError::Conflict) => {}
                other => return other,
            }
        }
        self.once("begin", work).await
    }

    pub(super) async fn read(&self, work: &Erased) -> Result<(), DbError> {
        self.once("begin isolation level repeatable read read only", work).await
    }

    /// Without a transaction.
    pub(super) async fn look(&self, work: &Erased) -> Result<(), DbError> {
        let mut tx = Tx::over(Connection::Bare(self.pool.acquire().await?));
        work(&mut tx).await;
        Ok(())
    }

    /// [`DbError::Conflict`]: it may go through when it is tried again.
    async fn once(&self, begin: &'static str, work: &Erased) -> Result<(), DbError> {
        let transaction = self.pool.begin_with(begin).await?;
        let mut tx = Tx::over(Connection::Postgres(transaction));
        let is_done = work(&mut tx).await;
        let settled = if is_done { tx.settle().await } else { Ok(()) };
        let has_lost_a_race = tx.has_lost_a_race;
        let Connection::Postgres(transaction) = tx.connection else {
            return Err(DbError::Broken("the connection was exchanged".into()));
        };
        // Dropping the transaction rolls it back.
        settled?;
        match is_done {
            true => Ok(transaction.commit().await?),
            false if has_lost_a_race => Err(DbError::Conflict),
            false => Ok(()),
        }
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}
