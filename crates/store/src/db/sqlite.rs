//! SQLite: one file, one process, one writer that commits groups, and readers beside it.
//!
//! Invariant: a write is answered only after its group is on disk (`synchronous=FULL`, asserted at start).

use super::tx::{Connection, Tx};
use super::{DbError, Erased};
use futures_util::FutureExt;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection as _};
use std::fs::{File, TryLockError};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// Transactions that one flush to disk may serve: more would make the first of them wait for too long.
const MOST_IN_GROUP: usize = 64;
/// Writes that wait for their turn; the next one waits outside.
const MOST_WAITING: usize = 1_024;
const READERS: u32 = 4;
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Statements that a connection keeps prepared: all of them.
const PREPARED: usize = 500;

pub(super) struct Sqlite {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    readers: SqlitePool,
    place: PathBuf,
    /// Held while the file is open: a second process would group its writes beside ours.
    _lock: File,
}

/// Tells who waits that the group is on disk, or is not.
type Answer = oneshot::Sender<Result<(), DbError>>;

/// A write on its way to the writer.
struct Job {
    run: Erased,
    answer: Answer,
}

impl Sqlite {
    pub(super) async fn open(place: &str) -> Result<Sqlite, DbError> {
        let place = PathBuf::from(place);
        let lock = lock(&place)?;
        let options = SqliteConnectOptions::new()
            .filename(&place)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(LONGEST_WAIT)
            .statement_cache_capacity(PREPARED);
        let mut writer = options.connect().await?;
        let sync: i64 = sqlx::query_scalar("pragma synchronous").fetch_one(&mut writer).await?;
        let mode: String = sqlx::query_scalar("pragma journal_mode").fetch_one(&mut writer).await?;
        if sync != 2 || mode != "wal" {
            let found = format!("synchronous is {sync} and journal_mode {mode}; the books need 2 and wal");
            return Err(DbError::Broken(found));
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(LONGEST_WAIT)
            .connect_with(options.read_only(true))
            .await?;
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        let writer = tokio::spawn(serve(writer, waiting));
        let (jobs, writer) = (Mutex::new(Some(jobs)), Mutex::new(Some(writer)));
        Ok(Sqlite { jobs, writer, readers, place, _lock: lock })
    }

    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    /// Writes the books as they are now into a new file, beside all writers.
    pub(super) async fn copy_into(&self, file: &str) -> Result<(), DbError> {
        copy_into(&self.readers, file).await
    }

    /// Runs work in the next group, and returns when that is on disk.
    pub(super) async fn write(&self, run: Erased) -> Result<(), DbError> {
        let closed = || DbError::Unavailable("it is being closed".into());
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(closed)?;
        let (answer, receive) = oneshot::channel();
        jobs.send(Job { run, answer }).await.map_err(|_| closed())?;
        receive.await.unwrap_or_else(|_| Err(closed()))
    }

    pub(super) async fn read(&self, work: &Erased) -> Result<(), DbError> {
        read_from(&self.readers, work).await
    }

    pub(super) async fn close(&self) {
        // The readers first: the last connection folds the log into the file, and only the writer may.
        self.readers.close().await;
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer {
            // The writer ends when nothing waits any more; a panic of it has been told where it happened.
            let _ = writer.await;
        }
    }
}

/// Runs work that reads, from one state of the books.
pub(super) async fn read_from(pool: &SqlitePool, work: &Erased) -> Result<(), DbError> {
    let transaction = pool.begin().await?;
    work(&mut Tx::over(Connection::Sqlite(transaction))).await;
    Ok(())
}

pub(super) async fn copy_into(readers: &SqlitePool, file: &str) -> Result<(), DbError> {
    let mut connection = readers.acquire().await?;
    sqlx::query("vacuum into $1").bind(file).execute(&mut *connection).await?;
    Ok(())
}

/// Opens a file to be read, beside whoever writes to it: readers and the writer of a log do not wait for each other.
pub(super) async fn open_beside(file: &Path) -> Result<SqlitePool, DbError> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).busy_timeout(LONGEST_WAIT);
    let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(LONGEST_WAIT);
    Ok(pool.connect_with(options).await?)
}

/// Opens a file that nobody writes to, and leaves it as it is to the byte.
pub(super) async fn open_still(file: &Path) -> Result<SqlitePool, DbError> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    Ok(SqlitePoolOptions::new().max_connections(1).connect_with(options).await?)
}

/// What SQLite itself finds wrong with a file; `None`: nothing.
pub(super) async fn damage(pool: &SqlitePool) -> Result<Option<String>, DbError> {
    let found: String = sqlx::query_scalar("pragma integrity_check(1)").fetch_one(pool).await?;
    Ok((found != "ok").then_some(found))
}

/// Keeps every other process away from a file while the answer lives.
pub(crate) fn lock(place: &Path) -> Result<File, DbError> {
    let mut beside = PathBuf::from(place).into_os_string();
    beside.push(".lock");
    let fault =
        |error: std::io::Error| DbError::NoRoom(format!("{}: {error}", PathBuf::from(&beside).display()));
    let file = File::create(&beside).map_err(fault)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(DbError::Unavailable(format!("{} is open in another process", place.display())))
        }
        Err(TryLockError::Error(error)) => Err(fault(error)),
    }
}

/// The writer's life: groups, until nobody can ask any more.
async fn serve(connection: SqliteConnection, mut waiting: mpsc::Receiver<Job>) {
    let mut tx = Tx::over(Connection::Writer(connection));
    let mut group = Vec::with_capacity(MOST_IN_GROUP);
    while waiting.recv_many(&mut group, MOST_IN_GROUP).await > 0 {
        let mut answers = Vec::with_capacity(group.len());
        let outcome = commit(&mut tx, &mut group, &mut answers).await;
        if outcome.is_err() {
            // Where the transaction is gone already, there is nothing to roll back.
            let _ = tx.execute("rollback", &[]).await;
            answers.extend(group.drain(..).map(|job| job.answer));
        }
        for answer in answers {
            // Who asked may be gone.
            let _ = answer.send(outcome.clone());
        }
    }
    if let Connection::Writer(connection) = tx.connection {
        // Nothing is lost when closing fails: the log is read again at the next start.
        let _ = connection.close().await;
    }
}

async fn commit(tx: &mut Tx, group: &mut Vec<Job>, answers: &mut Vec<Answer>) -> Result<(), DbError> {
    tx.execute("begin immediate", &[]).await?;
    for Job { run, answer } in group.drain(..) {
        answers.push(answer);
        tx.execute("savepoint one", &[]).await?;
        let is_done = AssertUnwindSafe(run(tx)).catch_unwind().await.unwrap_or(false);
        if !is_done {
            tx.execute("rollback to one", &[]).await?;
        }
        tx.execute("release one", &[]).await?;
    }
    tx.execute("commit", &[]).await?;
    Ok(())
}
