//! PostgreSQL: a pool, and a connection of its own for every transaction.

use super::tx::{Connection, Tx};
use super::{DbError, Erased};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Connections of one process: several processes share one server.
const MOST_CONNECTIONS: u32 = 16;
/// Writes of one process at the same time. More of them wait for one another's rows rather than get done: with 16, orders
/// were a fifth slower than with 6.
const MOST_WRITES: usize = 6;
/// Statements that a connection keeps prepared: all of them.
const PREPARED: usize = 500;
/// How long a request waits for one.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How often a transaction that lost a race is tried.
const MOST_TRIES: u32 = 5;

#[derive(Clone)]
pub(super) struct Postgres {
    pool: PgPool,
    writing: Arc<Semaphore>,
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
        Ok(Postgres { pool, writing: Arc::new(Semaphore::new(MOST_WRITES)) })
    }

    /// Runs work that leaves its outcome in its slot; what fails by itself is no failure here.
    pub(super) async fn write(&self, work: &Erased) -> Result<(), DbError> {
        let turn = tokio::time::timeout(LONGEST_WAIT, self.writing.acquire()).await;
        let _turn = turn.map_err(|_| DbError::Unavailable("too many writes wait".into()))?;
        for _ in 1..MOST_TRIES {
            match self.write_once(work).await {
                Err(DbError::Conflict) => {}
                other => return other,
            }
        }
        self.write_once(work).await
    }

    /// [`DbError::Conflict`]: it may go through when it is tried again.
    async fn write_once(&self, work: &Erased) -> Result<(), DbError> {
        let mut tx = Tx::over(Connection::Unbegun(self.pool.acquire().await?));
        if !work(&mut tx).await {
            // Dropping the transaction rolls it back.
            return if tx.has_lost_a_race { Err(DbError::Conflict) } else { Ok(()) };
        }
        tx.settle().await?;
        match tx.connection {
            Connection::Postgres(transaction) => Ok(transaction.commit().await?),
            _ => Ok(()),
        }
    }

    pub(super) async fn read(&self, work: &Erased) -> Result<(), DbError> {
        let begun = self.pool.begin_with("begin isolation level repeatable read read only").await?;
        let mut tx = Tx::over(Connection::Postgres(begun));
        work(&mut tx).await;
        match tx.connection {
            Connection::Postgres(transaction) => Ok(transaction.commit().await?),
            _ => Ok(()),
        }
    }

    /// Without a transaction.
    pub(super) async fn look(&self, work: &Erased) -> Result<(), DbError> {
        let mut tx = Tx::over(Connection::Looking(self.pool.acquire().await?));
        work(&mut tx).await;
        Ok(())
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}
