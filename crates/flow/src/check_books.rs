//! Looks whether the books are sound: by the hour, and whenever somebody asks.
//!
//! Owns: putting together what the store's checks find, and that nobody gets back more than he paid. Refuses to know: how a breach is mended.

use crate::baton::Baton;
use crate::order::Document;
use crate::timers::Timer;
use crate::worker::Trouble;
use std::time::Duration;
use store::check::{self, Breach, MOST_TOLD};
use store::db::DbError;
use store::events::{self, Broken, Damage, Head, Walk};
use store::returns::{self, Refund};
use store::{Db, Tx};

/// What is not as it must be. Empty: all is well.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Findings {
    pub breaches: Vec<Breach>,
    /// The first place at which the log of events is broken.
    pub log: Option<Broken>,
    /// The end of the log, or of its sound part.
    pub head: Head,
}

/// Events looked at in one step.
const WALKED_AT_ONCE: i64 = 1_000;
/// Refunds looked at in one step.
const REFUNDS_AT_ONCE: i64 = 1_000;
const EVERY: Duration = Duration::from_secs(3_600);
pub(crate) const TIMER: &str = "check_books";

impl Findings {
    pub fn are_none(&self) -> bool {
        self.breaches.is_empty() && self.log.is_none()
    }

    /// Each finding in a sentence.
    pub fn sentences(&self) -> Vec<String> {
        let breach = |breach: &Breach| format!("{}: {} ({})", breach.subject, breach.says, breach.invariant);
        let log = self.log.as_ref().map(|broken| {
            let how = match broken.how {
                Damage::Missing => "is missing",
                Damage::Changed => "was changed after it was written",
                Damage::HeadDiffers => "is not the one that was written last",
            };
            format!("event {} of the log {how}", broken.place)
        });
        self.breaches.iter().map(breach).chain(log).collect()
    }
}

/// Looks at all of the books.
///
/// # Errors
/// The database's.
pub async fn check_books(db: &Db) -> Result<Findings, DbError> {
    let breaches = db.read(|tx| Box::pin(breaches(tx))).await?;
    let mut head = Head::default();
    loop {
        // A step is a read of its own: a long look holds nobody up.
        let from = head.clone();
        let walk = db.read(move |tx| {
            let from = from.clone();
            Box::pin(async move { events::verify(tx, &from, WALKED_AT_ONCE).await })
        });
        match walk.await? {
            Walk::Further(further) => head = further,
            Walk::Sound(head) => return Ok(Findings { breaches, log: None, head }),
            Walk::Broken(broken) => return Ok(Findings { breaches, log: Some(broken), head }),
        }
    }
}

/// What is broken in the tables, and where more was refunded than was paid.
///
/// # Errors
/// The database's.
pub async fn breaches(tx: &mut Tx) -> Result<Vec<Breach>, DbError> {
    let mut found = check::breaches(tx).await?;
    found.extend(refunded_too_much(tx).await?);
    Ok(found)
}

async fn refunded_too_much(tx: &mut Tx) -> Result<Vec<Breach>, DbError> {
    let mut found = Vec::new();
    let mut last = (String::new(), 0);
    loop {
        let page = returns::refunds(tx, (&last.0, last.1), REFUNDS_AT_ONCE).await?;
        let Some(end) = page.last() else { break };
        last = (end.order_id.clone(), end.line);
        found.extend(page.iter().filter(|refund| is_too_much(refund)).map(|refund| Breach {
            invariant: "refunded_more_than_was_paid",
            says: "more was refunded than was paid",
            subject: format!("{}, line {}", refund.order_id, refund.line),
        }));
    }
    found.truncate(usize::try_from(MOST_TOLD).unwrap_or_default());
    Ok(found)
}

/// Of an order that cannot be read nobody knows what was paid: whoever looks at it sees why.
fn is_too_much(refund: &Refund) -> bool {
    let Ok(document) = serde_json::from_str::<Document>(&refund.document) else { return true };
    let line = document.lines.iter().find(|line| i64::from(line.line) == refund.line);
    line.is_none_or(|line| refund.refund_minor > line.unit_price_minor.saturating_mul(refund.ordered))
}

/// The look by the hour. What it finds is the timer's error, which the console and the health page show.
pub fn timer() -> Timer {
    Timer::new(TIMER, EVERY, |baton: Baton| async move {
        let findings = check_books(&baton.db).await?;
        match findings.are_none() {
            true => Ok(()),
            false => Err(Trouble::Never(findings.sentences().join("; "))),
        }
    })
}
