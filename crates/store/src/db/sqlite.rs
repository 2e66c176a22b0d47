//! SQLite: one file, one process, one writer that commits groups, and readers beside it.
//!
//! Owns: the threads that the connections live on. A transaction runs whole on one of them, without a switch of threads
//! for each of its statements: that would cost more than the statements.
//! Invariant: a write is answered only after its group is on disk (`synchronous=FULL`, asserted at start).

mod lane;
mod statement;

pub(super) use statement::{execute, rows};

use super::{DbError, Erased};
use lane::Lane;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

const READERS: usize = 4;
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Statements that a connection keeps prepared: all of them.
const PREPARED: usize = 500;
/// Pages that the writer keeps: what a group changes is not written before it is committed.
const CACHE_KIB: i64 = 16_384;
/// Pages in the log (of 4 KiB) at which the writer folds it, too: he who folds beside him never comes to its end while he
/// writes without a pause.
const LOGGED_PAGES: i64 = 32_000;

/// An open file, to be read and written.
pub(super) struct Sqlite {
    writer: Lane,
    readers: Lane,
    place: PathBuf,
}

impl Sqlite {
    pub(super) async fn open(place: &str) -> Result<Sqlite, DbError> {
        let place = PathBuf::from(place);
        aside(move || {
            // A second process would group its writes beside ours.
            let lock = lock(&place)?;
            let writer = connect(&place, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
            writer.execute_batch(
                "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on",
            )?;
            writer.pragma_update(None, "cache_size", -CACHE_KIB)?;
            writer.pragma_update(None, "wal_autocheckpoint", LOGGED_PAGES)?;
            let folding = connect(&place, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            folding.execute_batch("pragma synchronous = full; pragma wal_autocheckpoint = 0")?;
            let sync: i64 = writer.query_row("pragma synchronous", [], |row| row.get(0))?;
            let mode: String = writer.query_row("pragma journal_mode", [], |row| row.get(0))?;
            if sync != 2 || mode != "wal" {
                let found =
                    format!("synchronous is {sync} and journal_mode {mode}; the books need 2 and wal");
                return Err(DbError::Broken(found));
            }
            let readers: Result<Vec<_>, DbError> = (0..READERS).map(|_| reading(&place)).collect();
            let writer = Lane::writer(writer, folding, lock)?;
            Ok(Sqlite { writer, readers: Lane::readers(readers?)?, place })
        })
        .await
    }

    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    /// Runs work in the next group, and returns when that is on disk.
    pub(super) async fn write(&self, run: Erased) -> Result<(), DbError> {
        self.writer.run(run).await
    }

    pub(super) async fn read(&self, run: Erased) -> Result<(), DbError> {
        self.readers.run(run).await
    }

    pub(super) async fn close(&self) {
        // The readers first: the last connection folds the log into the file, and only the writer may.
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// A file that is only read here.
pub(super) struct Reading {
    reader: Lane,
    place: PathBuf,
}

impl Reading {
    /// Beside whoever writes to it: readers and the writer of a log do not wait for each other.
    pub(super) async fn open_beside(file: &Path) -> Result<Reading, DbError> {
        let place = file.to_path_buf();
        aside(move || Ok(Reading { reader: Lane::readers(vec![reading(&place)?])?, place })).await
    }

    /// A file that nobody writes to: it is left as it is to the byte.
    pub(super) async fn open_still(file: &Path) -> Result<Reading, DbError> {
        let place = file.to_path_buf();
        aside(move || {
            let name = place.display().to_string();
            // In an address these three stand for something else.
            let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            let connection = connect(Path::new(&format!("file:{name}?immutable=1")), flags)?;
            Ok(Reading { reader: Lane::readers(vec![connection])?, place })
        })
        .await
    }

    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    pub(super) async fn read(&self, run: Erased) -> Result<(), DbError> {
        self.reader.run(run).await
    }

    pub(super) async fn close(&self) {
        self.reader.close().await;
    }
}

/// Writes a file as it is now into a new one, beside whoever writes to it.
pub(super) async fn copy_into(place: &Path, copy: &str) -> Result<(), DbError> {
    let (place, copy) = (place.to_path_buf(), copy.to_owned());
    aside(move || {
        reading(&place)?.execute("vacuum into ?1", [copy])?;
        Ok(())
    })
    .await
}

fn reading(place: &Path) -> Result<Connection, DbError> {
    connect(place, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// No connection is used by two threads at the same time: SQLite need not see to it.
fn connect(place: &Path, flags: OpenFlags) -> Result<Connection, DbError> {
    let connection = Connection::open_with_flags(place, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(LONGEST_WAIT)?;
    // What a savepoint may have to take back is kept in memory, not in a file of its own.
    connection.execute_batch("pragma temp_store = memory")?;
    // A plan stays as it is whatever the values are: else statements are compiled again for other values.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}

/// Does what waits for a disk where nobody else has to wait for it.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DbError> + Send + 'static,
) -> Result<T, DbError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(DbError::Broken(error.to_string())))
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
