//! Backups that the running program makes: which there are, who made each, whether it was proved, and how many stay.
//!
//! Owns: the folder in which they lie, the work on them beside everything else, and what the log tells of them. Refuses to
//! know: how a backup is made and proved, which is the store's. What was made by hand is listed and never removed.

mod folder;
mod form;
mod job;
mod log;

pub use folder::{Backups, Kept, newest_in};
pub use form::{Form, Seen};
pub use job::{Ask, ask, job_kind, timer};
pub use log::{Deed, Listed, Shown, Work, listed, tell_download};

/// A day, and the time until the next one is made: with an older one, more than a day is lost.
pub const LATE_MS: i64 = 26 * 60 * 60 * 1_000;

/// Whether a day is lost when the books are: by when the last good backup was made.
pub fn is_late(made_at_ms: Option<i64>, now_ms: i64) -> bool {
    made_at_ms.is_none_or(|at_ms| now_ms - at_ms > LATE_MS)
}
