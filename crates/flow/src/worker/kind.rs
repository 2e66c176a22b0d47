//! What does a kind of job, and how that can end.

use crate::baton::Baton;
use crate::refused::Refused;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use store::db::{DbError, Pending};
use store::jobs::Job;
use tokio::sync::Semaphore;

/// How a job that succeeded was brought to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// [`super::finish`] was called in the transaction of the effect.
    WithItsEffect,
    /// The effect lies outside the books: the worker writes down that it is done.
    Outside,
}

/// Why a job failed, by what helps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// Trying again in a while.
    Again(String),
    /// Trying again then, not before: the other side said so.
    AgainAt { at_ms: i64, why: String },
    /// Nothing but a person.
    Never(String),
}

impl From<DbError> for Trouble {
    fn from(error: DbError) -> Trouble {
        Trouble::Again(error.to_string())
    }
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Trouble {
        Trouble::Again(refused.to_string())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Trouble::Again(why) | Trouble::AgainAt { why, .. } | Trouble::Never(why)) = self;
        f.write_str(why)
    }
}

pub(super) type Carry = dyn Fn(Baton, Arc<Job>) -> Pending<'static, Result<Ended, Trouble>> + Send + Sync;

/// A kind of job, and what does it.
pub struct Kind {
    pub(super) name: &'static str,
    pub(super) longest: Duration,
    pub(super) is_let_go: bool,
    pub(super) room: Arc<Semaphore>,
    pub(super) carry: Box<Carry>,
}

/// One attempt, unless a kind says otherwise.
const LONGEST: Duration = Duration::from_secs(60);
/// Of one kind at once, unless it says otherwise: fewer than all, so that one slow carrier does not stop the rest.
const AT_ONCE: usize = 8;

impl Kind {
    pub fn new<F>(name: &'static str, carry: impl Fn(Baton, Arc<Job>) -> F + Send + Sync + 'static) -> Kind
    where
        F: Future<Output = Result<Ended, Trouble>> + Send + 'static,
    {
        Kind {
            name,
            longest: LONGEST,
            is_let_go: false,
            room: Arc::new(Semaphore::new(AT_ONCE)),
            carry: Box::new(move |baton, job| Box::pin(carry(baton, job))),
        }
    }

    /// No attempt takes longer.
    #[must_use]
    pub fn at_longest(self, longest: Duration) -> Kind {
        Kind { longest, ..self }
    }

    /// When the program stops, nobody waits for one under way: it is long, and is done again elsewhere.
    #[must_use]
    pub fn let_go_at_once(self) -> Kind {
        Kind { is_let_go: true, ..self }
    }

    /// No more of them at once.
    #[must_use]
    pub fn at_once(self, most: usize) -> Kind {
        Kind { room: Arc::new(Semaphore::new(most)), ..self }
    }
}
