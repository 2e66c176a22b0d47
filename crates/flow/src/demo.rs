//! The books of a demo: how they tell that they are one, and whose they are.
//!
//! Owns: the marks. Refuses to know: how a demo is made. Books are a demo's by events, which nobody takes out of the log
//! again, so that no other books are ever taken for one.

use crate::Refused;
use store::{Tx, events};

/// Who does what a demo does by itself.
pub const ACTOR: &str = "demo";
/// What the marks are about.
pub const SUBJECT: &str = "demo";
pub const BEGUN: &str = "demo.begun";
pub const MADE: &str = "demo.made";
/// The demo's owner.
pub const EMAIL: &str = "demo@example.com";
/// Events about the demo that are read: there are two.
pub const MOST_EVENTS: i64 = 10;

/// Whether these are the books of a demo that was made.
///
/// # Errors
/// The database's.
pub(crate) async fn is_made(tx: &mut Tx) -> Result<bool, Refused> {
    let own = events::of_subject(tx, SUBJECT, 0, MOST_EVENTS).await?;
    Ok(own.iter().any(|event| event.kind == MADE && event.actor == ACTOR))
}
