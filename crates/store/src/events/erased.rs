//! Events whose facts were written over because somebody who stood in them is erased.
//!
//! Owns: the writing over, and who vouches for what stands there now: the event that tells of the erasure lists the event's
//! number with the SHA-256 of all that it says since. So the log shows that it was written over, by whom and when, and every
//! other change of it is found. Refuses to know: what a person is.

use super::Event;
use super::chain::add_event;
use crate::db::{DbError, Tx};
use crate::tables::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The kind of events that tell of an erasure. They are never written over.
pub const ERASED: &str = "shopper.erased";

/// The number of an event that was written over, and the SHA-256 of what it says since, hexadecimal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Vouched(pub i64, pub String);

const ERASE: &str = "update events set facts = $2, erased_by = $3, salt = null where number = $1 and facts = $4 \
    and kind <> 'shopper.erased'";

const VOUCHING: &str =
    "select facts from events where subject = $1 and kind = 'shopper.erased' order by number desc";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [ERASE, VOUCHING];

/// The part of such an event's facts that vouches.
#[derive(Deserialize)]
struct Vouching {
    events: Vec<Vouched>,
}

/// Writes over the facts of an event; `None`: it was changed meanwhile, or tells of an erasure itself. Whoever does it holds
/// the head of the log ([`super::hold`]), and tells in an event about `by` what this answers.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, event: &Event, facts: &str, by: &str) -> Result<Option<Vouched>, DbError> {
    let values = [event.number.into(), facts.into(), by.into(), event.facts.as_str().into()];
    if tx.execute(ERASE, &values).await? == 0 {
        return Ok(None);
    }
    let now = Event { facts: facts.to_owned(), ..event.clone() };
    Ok(Some(Vouched(event.number, content_of(&now))))
}

/// Whether an erasure says that the event reads as it does.
pub(super) async fn is_vouched(tx: &mut Tx, event: &Event, by: Option<&str>) -> Result<bool, DbError> {
    let Some(by) = by else { return Ok(false) };
    let wanted = Vouched(event.number, content_of(event));
    for row in tx.rows(VOUCHING, &[by.into()]).await? {
        let told: Option<Vouching> = serde_json::from_str(row.text("facts")?).ok();
        // The newest one that names it says what stands there; what an older one saw is gone.
        let said = told.and_then(|told| told.events.into_iter().find(|said| said.0 == wanted.0));
        if let Some(said) = said {
            return Ok(said == wanted);
        }
    }
    Ok(false)
}

fn content_of(event: &Event) -> String {
    let mut hash = Sha256::new();
    add_event(&mut hash, event);
    hex(&hash.finalize())
}
