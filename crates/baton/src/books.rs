//! The books that a command works on: where they are, opening them, and the clock.
//!
//! Owns: the option that names the database, and the words for what keeps it from being opened.

use crate::fault::Fault;
use clap::Args;
use flow::baton::Clock;
use flow::{Baton, Refused};
use std::future::Future;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use store::{Db, DbError};

/// Where the books are.
#[derive(Args, Clone, Debug)]
pub(crate) struct Books {
    /// A file of SQLite, made where there is none, or postgres://user:password@host/name
    #[arg(long, env = "BATON_DATABASE", value_name = "PLACE", hide_env_values = true)]
    pub(crate) database: Option<String>,
}

/// The file that is taken where none is named.
pub(crate) const DEFAULT: &str = "baton.sqlite";

impl Books {
    pub(crate) fn place(&self) -> &str {
        self.database.as_deref().unwrap_or(DEFAULT)
    }

    /// Opens the books at their newest version.
    pub(crate) async fn open(&self) -> Result<Baton, Fault> {
        open(self.place()).await
    }
}

/// Opens books at a place, brought to their newest version.
pub(crate) async fn open(place: &str) -> Result<Baton, Fault> {
    let db = Db::open(place).await.map_err(|error| unopened(place, &error))?;
    store::migrations::migrate(&db, now_ms()).await.map_err(|error| unopened(place, &error))?;
    let node = flow::id::new("nod", now_ms());
    Ok(Baton::new(db, &node, clock()))
}

fn unopened(place: &str, error: &DbError) -> Fault {
    // A URL may hold a password.
    let name = if place.contains("://") { "the database" } else { place };
    Fault::Other(format!("{name} cannot be opened: {error}"))
}

/// The only real clock.
pub(crate) fn clock() -> Clock {
    Arc::new(now_ms)
}

pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Runs a command that waits for the books.
pub(crate) fn wait<T>(work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime
        .map_err(|error| Fault::Other(format!("the program cannot start its threads: {error}")))?
        .block_on(work)
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Fault {
        Fault::Other(refused.to_string())
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Fault {
        Fault::Other(error.to_string())
    }
}
