//! What needs a look before it hurts, and what to do about each.
//!
//! Owns: the list of looks and their order, for the command and for the program that runs. Refuses to know: how anything is
//! mended; it only reads. Certificates are looked at by whoever has them, and come in as looks.

mod looks;

use std::path::PathBuf;
use std::sync::Arc;
use store::Db;
use store::db::DbError;

/// How bad it is. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    Good,
    /// It hurts if nobody does anything.
    LookAtIt,
    /// Something is lost, or does not work.
    Broken,
}

impl State {
    pub const ALL: [State; 3] = [State::Good, State::LookAtIt, State::Broken];

    pub fn code(self) -> &'static str {
        match self {
            State::Good => "good",
            State::LookAtIt => "look",
            State::Broken => "broken",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Look {
    /// A word for it: `disk`.
    pub of: &'static str,
    pub state: State,
    /// What was seen.
    pub seen: String,
    /// What to do; `None`: nothing, it is well.
    pub remedy: Option<String>,
    /// What was seen quotes nobody: no names, no paths, no words of errors. It may be shown to strangers.
    pub is_impersonal: bool,
}

impl Look {
    pub fn well(of: &'static str, seen: impl Into<String>) -> Look {
        Look { of, state: State::Good, seen: seen.into(), remedy: None, is_impersonal: false }
    }

    pub fn needed(of: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Look {
        Look { state: State::LookAtIt, remedy: Some(remedy.into()), ..Look::well(of, seen) }
    }

    pub fn broken(of: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Look {
        Look { state: State::Broken, ..Look::needed(of, seen, remedy) }
    }

    #[must_use]
    fn impersonal(self) -> Look {
        Look { is_impersonal: true, ..self }
    }

    pub fn is_well(&self) -> bool {
        self.state == State::Good
    }
}

/// When the books themselves are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BooksLook {
    /// Now, from their beginning to their end.
    Now,
    /// As they were found by the periodic task, so that nobody waits.
    ByTheHour,
}

/// Looks of whoever has more to look at, at this time.
pub type MoreLooks = Arc<dyn Fn(i64) -> Vec<Look> + Send + Sync>;

/// What is looked at.
#[derive(Clone)]
pub struct Checkup {
    /// The file of the books; `None`: they are on a server.
    pub books: Option<PathBuf>,
    /// The folder of the backups; `None`: there is none, as in a demo.
    pub backups: Option<PathBuf>,
    /// Megabytes that should stay free on the disk.
    pub least_free: u32,
    pub look: BooksLook,
    pub more: MoreLooks,
}

/// Megabytes that should stay free, where nobody says otherwise.
pub const LEAST_FREE: u32 = 1_024;

impl Checkup {
    /// Of books of which nothing else is known.
    pub fn of_the_books() -> Checkup {
        let more: MoreLooks = Arc::new(|_| Vec::new());
        Checkup { books: None, backups: None, least_free: LEAST_FREE, look: BooksLook::ByTheHour, more }
    }

    /// Looks at everything that can be looked at.
    ///
    /// # Errors
    /// The database's, where it opens and does not answer.
    pub async fn looks(&self, db: &Db, now_ms: i64) -> Result<Vec<Look>, DbError> {
        let mut looks = looks::all(self, db, now_ms).await?;
        looks.extend((self.more)(now_ms));
        Ok(looks)
    }

    /// Where the database does not open, the rest is looked at.
    pub fn looks_without_books(&self, why: &str, now_ms: i64) -> Vec<Look> {
        let remedy = "check the path or the address, that the server runs, and that this user may read it";
        let mut looks = vec![Look::broken("database", why, remedy)];
        looks.extend((self.more)(now_ms));
        looks
    }
}
