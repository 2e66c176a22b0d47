//! Why a verb did nothing, by what the caller can do next.

use crate::verb::TAKEN;
use std::fmt;
use store::db::DbError;

/// Something in what was asked is not right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldFault {
    /// Where: a JSON pointer into what was sent, such as `/lines/0/quantity`.
    pub at: String,
    /// What is wrong there, and what helps: `0 is not a quantity; write 1 or more`.
    pub say: String,
}

/// A verb that did nothing. Each variant is a next step of the caller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// There is none: look for another.
    NotFound { what: &'static str, id: String },
    /// Mend what was sent.
    Invalid(Vec<FieldFault>),
    /// What is there now does not allow it: look again, choose otherwise. The code is stable.
    Conflict { code: &'static str, say: String },
    /// It was changed since it was read: read it again.
    Stale { version: i64 },
    /// Say first who you are.
    NotSignedIn { say: String },
    /// Ask somebody who may.
    Forbidden { say: String },
    /// Wait so long: before that it is not looked at.
    TooSoon { wait_ms: i64, say: String },
    /// Nothing, or try again: the database's own.
    Database(DbError),
}

impl Refused {
    pub fn invalid(at: &str, say: impl Into<String>) -> Refused {
        Refused::Invalid(vec![FieldFault { at: at.to_owned(), say: say.into() }])
    }

    pub fn conflict(code: &'static str, say: impl Into<String>) -> Refused {
        Refused::Conflict { code, say: say.into() }
    }

    pub fn not_found(what: &'static str, id: &str) -> Refused {
        Refused::NotFound { what, id: id.to_owned() }
    }
}

impl From<DbError> for Refused {
    fn from(error: DbError) -> Refused {
        match error {
            DbError::Unmet => Refused::conflict(
                TAKEN,
                "somebody took these units, or changed what this rests on, at the same moment; try again",
            ),
            error => Refused::Database(error),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::NotFound { what, id } => write!(f, "there is no {what} {id}"),
            Refused::Invalid(faults) => {
                let faults: Vec<String> =
                    faults.iter().map(|fault| format!("{}: {}", fault.at, fault.say)).collect();
                f.write_str(&faults.join("; "))
            }
            Refused::Conflict { say, .. }
            | Refused::NotSignedIn { say }
            | Refused::Forbidden { say }
            | Refused::TooSoon { say, .. } => f.write_str(say),
            Refused::Stale { version } => {
                write!(f, "it was changed in between and is of version {version} now")
            }
            Refused::Database(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Refused {}

/// A defect of our own: what cannot fail has failed.
pub(crate) fn broken(error: &impl fmt::Display) -> Refused {
    Refused::Database(DbError::Broken(error.to_string()))
}
