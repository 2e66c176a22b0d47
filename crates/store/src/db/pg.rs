//! PostgreSQL: a pool, and a connection of its own for whoever reads or writes.

use super::tx::{Connection, Tx, begin};
use super::{DbError, Erased};
use sqlx::Connection as _;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// Connections of one process: several processes share one server.
const MOST_CONNECTIONS: u32 = 16;
/// Writes of one process at the same time. More of them wait for one another's rows rather than get done: with 16, orders
/// were a fifth slower than with 6.
const MOST_WRITES: usize = 6;
/// Statements that a connection keeps prepared: those of the code, and the usual ones that are made of what waits.
const PREPARED: usize = 500;
/// How long a request waits for one.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// A connection that was used within this time is taken as it is: where the server was stopped since, one request is told to
/// come again.
const SURELY_THERE: Duration = Duration::from_secs(1);
/// How often a transaction that lost a race is tried.
const MOST_TRIES: u32 = 5;

#[derive(Clone)]
pub(super) struct Postgres {
    pool: PgPool,
    writing: Arc<Semaphore>,
    /// Connections of those who came last, for those who come next: going into the pool and out of it each would be asked
    /// whether it lives, two more ways to the server and back.
    spare: Arc<Mutex<Vec<Spare>>>,
}

struct Spare {
    connection: PoolConnection<sqlx::Postgres>,
    since: Instant,
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
            // Asking each time would be one more way to the server and back for everything.
            .test_before_acquire(false)
            .before_acquire(|connection, about| {
                Box::pin(async move {
                    if about.idle_for > SURELY_THERE {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_with(options)
            .await?;
        let sync: String = sqlx::query_scalar("show synchronous_commit").fetch_one(&pool).await?;
        if sync == "off" {
            return Err(DbError::Broken("synchronous_commit is off: what is confirmed could be lost".into()));
        }
        Ok(Postgres { pool, writing: Arc::new(Semaphore::new(MOST_WRITES)), spare: Arc::default() })
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
        let mut tx = Tx::over(Connection::Unbegun(self.connection().await?));
        if !work(&mut tx).await {
            // Dropping the transaction rolls it back.
            return if tx.has_lost_a_race { Err(DbError::Conflict) } else { Ok(()) };
        }
        if let Some(error) = tx.failed.take() {
            return Err(error);
        }
        tx.settle().await?;
        match tx.connection {
            Connection::Postgres(transaction) => Ok(transaction.commit().await?),
            Connection::Unbegun(connection) => {
                self.keep(connection);
                Ok(())
            }
            _ => Err(DbError::Broken("the connection was exchanged".into())),
        }
    }

    pub(super) async fn read(&self, work: &Erased) -> Result<(), DbError> {
        let how = "begin isolation level repeatable read read only";
        let begun = begin(self.pool.acquire().await?, how).await?;
        let mut tx = Tx::over(Connection::Postgres(begun));
        if work(&mut tx).await {
            // A write is refused, also one that waits.
            tx.settle().await?;
        }
        match tx.connection {
            Connection::Postgres(transaction) => Ok(transaction.commit().await?),
            _ => Ok(()),
        }
    }

    /// Without a transaction.
    pub(super) async fn look(&self, work: &Erased) -> Result<(), DbError> {
        let mut tx = Tx::over(Connection::Looking(self.connection().await?));
        if let (true, Connection::Looking(connection)) = (work(&mut tx).await, tx.connection) {
            self.keep(connection);
        }
        Ok(())
    }

    async fn connection(&self) -> Result<PoolConnection<sqlx::Postgres>, DbError> {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match spare.filter(|spare| spare.since.elapsed() < SURELY_THERE) {
            Some(spare) => Ok(spare.connection),
            None => Ok(self.pool.acquire().await?),
        }
    }

    /// Keeps a connection on which all went well.
    fn keep(&self, connection: PoolConnection<sqlx::Postgres>) {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < MOST_WRITES && !self.pool.is_closed() {
            spare.push(Spare { connection, since: Instant::now() });
        }
    }

    pub(super) async fn close(&self) {
        // Marked as closed first: nobody keeps a connection after that.
        let closing = self.pool.close();
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).clear();
        closing.await;
    }
}
