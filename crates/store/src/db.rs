//! The seam: one way to read and write, whichever database lies below.
//!
//! Owns: opening, transactions, and telling a failure by what the caller can do next.
//! Refuses to know: tables.
//!
//! Every change goes through [`Db::write`]: one transaction, all of it or nothing. On SQLite one writer commits groups
//! of waiting transactions together, each taken back alone where it is refused, so that one flush to disk serves them all; on
//! PostgreSQL every write has a connection of its own, and what lost a race is tried again a few times.

mod error;
mod later;
mod pg;
mod row;
mod sqlite;
mod tx;

pub use error::DbError;
pub use row::{Row, Value};
pub(crate) use sqlite::lock;
pub use tx::Tx;

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// A future that borrows its transaction.
pub type Pending<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

/// What a write does with its transaction. It may run again, when the database lost a race or something else of its group was
/// refused, so it must not act on the world outside.
pub trait Work<T, E>: for<'t> Fn(&'t mut Tx) -> Pending<'t, Result<T, E>> + Send + Sync + 'static {}
impl<T, E, W> Work<T, E> for W where
    W: for<'t> Fn(&'t mut Tx) -> Pending<'t, Result<T, E>> + Send + Sync + 'static
{
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    kind: Kind,
    written: watch::Sender<u64>,
}

#[derive(Clone)]
enum Kind {
    Sqlite(Arc<sqlite::Sqlite>),
    Postgres(pg::Postgres),
    /// A file of SQLite that is only read here.
    Reading(Arc<sqlite::Reading>),
}

/// Whether a place is a database on a server; else it is the path of a file.
pub fn is_postgres(place: &str) -> bool {
    place.starts_with("postgres://") || place.starts_with("postgresql://")
}

/// Which SQL a statement is written in, where there must be two texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Db {
    /// Opens a database: `postgres://…`, or a path to a file of SQLite, which is made where there is none.
    ///
    /// # Errors
    /// It cannot be reached, or does not keep the promises that the books rest on.
    pub async fn open(place: &str) -> Result<Db, DbError> {
        let kind = match is_postgres(place) {
            true => Kind::Postgres(pg::Postgres::open(place).await?),
            false => Kind::Sqlite(Arc::new(sqlite::Sqlite::open(place).await?)),
        };
        Ok(Db { kind, written: watch::Sender::new(0) })
    }

    /// Opens a database to be read alone, also beside a program that has its file open and writes to it.
    ///
    /// # Errors
    /// It cannot be reached; there is no such file.
    pub async fn open_beside(place: &str) -> Result<Db, DbError> {
        if is_postgres(place) {
            return Db::open(place).await;
        }
        let kind = Kind::Reading(Arc::new(sqlite::Reading::open_beside(Path::new(place)).await?));
        Ok(Db { kind, written: watch::Sender::new(0) })
    }

    /// Opens a file of SQLite that nobody writes to, and leaves it as it is to the byte.
    pub(crate) async fn open_still(file: &Path) -> Result<Db, DbError> {
        let kind = Kind::Reading(Arc::new(sqlite::Reading::open_still(file).await?));
        Ok(Db { kind, written: watch::Sender::new(0) })
    }

    /// What SQLite itself finds wrong with its file; `None`: nothing.
    pub(crate) async fn damage(&self) -> Result<Option<String>, DbError> {
        if self.dialect() == Dialect::Postgres {
            return Ok(None);
        }
        self.read(|tx| {
            Box::pin(async move {
                let row = tx.row("pragma integrity_check(1)", &[]).await?;
                let found = row.map(|row| row.text("integrity_check").map(str::to_owned)).transpose()?;
                Ok(found.filter(|found| found != "ok"))
            })
        })
        .await
    }

    /// The file of SQLite, where the books are in one.
    pub fn file(&self) -> Option<&Path> {
        match &self.kind {
            Kind::Sqlite(sqlite) => Some(sqlite.place()),
            Kind::Postgres(_) | Kind::Reading(_) => None,
        }
    }

    /// Writes the books as they are now into a new file of SQLite, beside all writers.
    pub(crate) async fn copy_into(&self, file: &str) -> Result<(), DbError> {
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite::copy_into(sqlite.place(), file).await,
            Kind::Reading(reading) => sqlite::copy_into(reading.place(), file).await,
            Kind::Postgres(_) => Err(DbError::Refused("only a file of SQLite is copied as a file".into())),
        }
    }

    pub fn dialect(&self) -> Dialect {
        match self.kind {
            Kind::Sqlite(_) | Kind::Reading(_) => Dialect::Sqlite,
            Kind::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Does all of `work` or nothing. When it returns, what was written survives a loss of power.
    ///
    /// # Errors
    /// What `work` says; or the database's own failure, and then nothing was written, unless the connection broke
    /// while the answer to the commit was on its way.
    pub async fn write<T, E>(&self, work: impl Work<T, E>) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let slot = Slot::default();
        let written = self.write_erased(erased(work, Arc::clone(&slot))).await;
        outcome(&slot, written)
    }

    /// Boxed, so that no caller compiles it again.
    fn write_erased(&self, run: Erased) -> Pending<'_, Result<(), DbError>> {
        Box::pin(async move {
            match &self.kind {
                Kind::Sqlite(sqlite) => sqlite.write(run).await?,
                Kind::Postgres(postgres) => postgres.write(&run).await?,
                Kind::Reading(_) => return Err(DbError::NoRoom("it was opened to be read".into())),
            }
            self.written.send_modify(|writes| *writes = writes.wrapping_add(1));
            Ok(())
        })
    }

    /// As [`Db::read`], for work whose statements need not see one state of the books, most of all a single one: on a server
    /// it has no transaction, which would be two more ways there and back.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn look<T, E>(&self, work: impl Work<T, E>) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let slot = Slot::default();
        let run = erased(work, Arc::clone(&slot));
        let looked = match &self.kind {
            Kind::Postgres(postgres) => postgres.look(&run).await,
            Kind::Sqlite(_) | Kind::Reading(_) => self.read_erased(run).await,
        };
        outcome(&slot, looked)
    }

    fn read_erased(&self, run: Erased) -> Pending<'_, Result<(), DbError>> {
        Box::pin(async move {
            match &self.kind {
                Kind::Sqlite(sqlite) => sqlite.read(run).await,
                Kind::Postgres(postgres) => postgres.read(&run).await,
                Kind::Reading(reading) => reading.read(run).await,
            }
        })
    }

    /// Wakes after writes of this process, so that what follows from them need not wait for a timer. Who is woken looks
    /// first, by a read, whether there is anything to do: his own writes wake him too. Writes of other processes wake
    /// nobody here.
    pub fn written(&self) -> watch::Receiver<u64> {
        self.written.subscribe()
    }

    /// Reads beside all writers, from one state of the books.
    ///
    /// # Errors
    /// What `work` says; or the database's own failure. A write is refused.
    pub async fn read<T, E>(&self, work: impl Work<T, E>) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let slot = Slot::default();
        let read = self.read_erased(erased(work, Arc::clone(&slot))).await;
        outcome(&slot, read)
    }

    /// Waits for writes under way, and closes.
    pub async fn close(self) {
        match self.kind {
            Kind::Sqlite(sqlite) => sqlite.close().await,
            Kind::Postgres(postgres) => postgres.close().await,
            Kind::Reading(reading) => reading.close().await,
        }
    }
}

/// Where work leaves what came of it, while it runs under a type that every database knows.
type Slot<T, E> = Arc<Mutex<Option<Result<T, E>>>>;

/// Work whose outcome lies in its slot; whether it is to be kept.
type Erased = Box<dyn for<'t> Fn(&'t mut Tx) -> Pending<'t, bool> + Send + Sync>;

fn erased<T, E>(work: impl Work<T, E>, slot: Slot<T, E>) -> Erased
where
    T: Send + 'static,
    E: Send + 'static,
{
    let work = Arc::new(work);
    Box::new(move |tx| {
        let (work, slot) = (Arc::clone(&work), Arc::clone(&slot));
        Box::pin(async move {
            // What an earlier run left does not count: this one may panic.
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = None;
            let outcome = work(tx).await;
            let is_done = outcome.is_ok();
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            is_done
        })
    })
}

/// What came of work, and of the transaction around it.
fn outcome<T, E: From<DbError>>(slot: &Slot<T, E>, database: Result<(), DbError>) -> Result<T, E> {
    let outcome = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (outcome, database) {
        (Some(Ok(_)) | None, Err(error)) => Err(E::from(error)),
        (Some(outcome), _) => outcome,
        (None, Ok(())) => Err(E::from(DbError::Broken("the work panicked".into()))),
    }
}
