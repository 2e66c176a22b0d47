//! What can go wrong in a database, by what the caller can do next.

use super::later::UNMET;
use rusqlite::ErrorCode;
use rusqlite::ffi;
use std::fmt;

/// A failure of the database.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DbError {
    /// It cannot be reached, or is too busy: the same may work in a moment.
    Unavailable(String),
    /// A row of this kind is there already.
    Duplicate(String),
    /// A check or a reference of the schema refused the change: the caller asked for what may not be.
    Refused(String),
    /// Another transaction was in the way, again and again.
    Conflict,
    /// What a transaction counted on was not so any more when it was to be written; nothing of it is kept.
    Unmet,
    /// The disk or the database is full or cannot be written.
    NoRoom(String),
    /// A defect: a statement, a column or a type that is not as it should be.
    Broken(String),
}

impl fmt::Display for DbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DbError::Unavailable(why) => write!(f, "the database cannot be reached: {why}"),
            DbError::Duplicate(what) => write!(f, "it is there already: {what}"),
            DbError::Refused(what) => write!(f, "the database refuses it: {what}"),
            DbError::Conflict => f.write_str("others changed the same at the same time"),
            DbError::Unmet => f.write_str("what was there a moment ago is taken"),
            DbError::NoRoom(why) => write!(f, "the database cannot be written: {why}"),
            DbError::Broken(why) => write!(f, "the database answered otherwise than expected: {why}"),
        }
    }
}

impl std::error::Error for DbError {}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> DbError {
        let text = error.to_string();
        let sqlx::Error::Database(database) = &error else {
            return match error {
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed => DbError::Unavailable(text),
                _ => DbError::Broken(text),
            };
        };
        let message = database.message().to_owned();
        match database.kind() {
            sqlx::error::ErrorKind::UniqueViolation => return DbError::Duplicate(message),
            sqlx::error::ErrorKind::ForeignKeyViolation
            | sqlx::error::ErrorKind::NotNullViolation
            | sqlx::error::ErrorKind::CheckViolation => return DbError::Refused(message),
            _ => {}
        }
        match database.code().as_deref() {
            Some(UNMET) => DbError::Unmet,
            // Serialization failure, deadlock.
            Some("40001" | "40P01") => DbError::Conflict,
            // A lock was not to be had in time, or a transaction was idle for too long: both behind a node that was
            // stopped with locks in its hands. Too many connections.
            Some("55P03" | "25P03" | "53300") => DbError::Unavailable(message),
            // Shutting down, starting up, connection failures.
            Some(code) if code.starts_with("57P0") || code.starts_with("08") => DbError::Unavailable(message),
            // Disk full, read only.
            Some("53100" | "25006") => DbError::NoRoom(message),
            _ => DbError::Broken(message),
        }
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> DbError {
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return DbError::Broken(error.to_string());
        };
        let message = message.clone().unwrap_or_else(|| failure.to_string());
        match (failure.code, failure.extended_code) {
            (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
                DbError::Duplicate(message)
            }
            (
                _,
                ffi::SQLITE_CONSTRAINT_FOREIGNKEY
                | ffi::SQLITE_CONSTRAINT_NOTNULL
                | ffi::SQLITE_CONSTRAINT_CHECK,
            ) => DbError::Refused(message),
            (ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure, _) => {
                DbError::NoRoom(message)
            }
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => DbError::Unavailable(message),
            _ => DbError::Broken(message),
        }
    }
}
