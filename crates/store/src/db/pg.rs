//! PostgreSQL: a pool, and a connection of its own for every transaction.

use super::tx::{Connection, Tx};
use super::{DbError, Work};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use std::str::FromStr;
use std::time::Duration;

/// Connections of one process: several processes share one server.
const MOST_CONNECTIONS: u32 = 16;
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

    pub(super) async fn write<T, E>(&self, work: impl Work<T, E>) -> Result<T, E>
    where
        E: From<DbError>,
    {
        for _ in 1..MOST_TRIES {
            match self.once("begin", &work).await {
                Err(Lost::Race) => {}
                other => return other.map_err(Lost::error),
            }
        }
        self.once("begin", &work).await.map_err(Lost::error)
    }

    pub(super) async fn read<T, E>(&self, work: impl Work<T, E>) -> Result<T, E>
    where
        E: From<DbError>,
    {
        let begin = "begin isolation level repeatable read read only";
        self.once(begin, &work).await.map_err(Lost::error)
    }

    async fn once<T, E>(&self, begin: &'static str, work: &impl Work<T, E>) -> Result<T, Lost<E>>
    where
        E: From<DbError>,
    {
        let transaction = self.pool.begin_with(begin).await.map_err(Lost::of)?;
        let mut tx = Tx::over(Connection::Postgres(transaction));
        let done = work(&mut tx).await;
        let has_lost_a_race = tx.has_lost_a_race;
        let Connection::Postgres(transaction) = tx.connection else {
            return Err(Lost::Other(DbError::Broken("the connection was exchanged".into()).into()));
        };
        match done {
            Ok(value) => {
                transaction.commit().await.map_err(Lost::of)?;
                Ok(value)
            }
            // Dropping the transaction rolls it back.
            Err(_) if has_lost_a_race => Err(Lost::Race),
            Err(error) => Err(Lost::Other(error)),
        }
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// Why a transaction came to nothing.
enum Lost<E> {
    /// It may go through when it is tried again.
    Race,
    Other(E),
}

impl<E: From<DbError>> Lost<E> {
    fn of(error: sqlx::Error) -> Lost<E> {
        match DbError::from(error) {
            DbError::Conflict => Lost::Race,
            other => Lost::Other(other.into()),
        }
    }

    fn error(self) -> E {
        match self {
            Lost::Race => DbError::Conflict.into(),
            Lost::Other(error) => error,
        }
    }
}
