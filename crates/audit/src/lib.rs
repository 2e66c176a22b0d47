//! An independent checker: a decision, and the books, against the facts.
//!
//! Owns: deriving again, from the facts alone, everything that a [`Decision`] claims. Refuses to know: how a
//! decision is found. Where the documents leave room for two readings, a decision passes under either.
//!
//! Invariant: no input or output, no clock, no floating point, and no fact or decision makes it fail: sums are
//! taken wide enough, and nothing is looked up by an id that was not checked before. The one thing that must
//! hold is that the stock was built for the network.

mod case;
mod conditions;
mod costs;
mod leftovers;
mod notes;
mod outcome;
mod parcels;
mod places;
mod preference;
mod rules;
mod shape;
mod stock;
mod travel;
mod units;

use model::{Decision, Network, Order, RuleSet, Stock, Timestamp};

pub use stock::check_books;

/// What a decision was made from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub network: &'a Network,
    /// Before the decision is committed.
    pub stock: &'a Stock,
    pub rules: &'a RuleSet,
    pub order: &'a Order,
    pub now: Timestamp,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The decision must not be carried out.
    Fatal,
    /// Something to look at; nobody is harmed by carrying it out.
    Suspect,
}

/// One thing that is not as the facts have it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub severity: Severity,
    /// Stable, snake_case.
    pub code: &'static str,
    /// Names the place, SKU or line, and the two values that disagree.
    pub message: String,
}

impl Finding {
    pub(crate) fn fatal(code: &'static str, message: String) -> Finding {
        Finding { severity: Severity::Fatal, code, message }
    }

    pub(crate) fn suspect(code: &'static str, message: String) -> Finding {
        Finding { severity: Severity::Suspect, code, message }
    }

    pub fn is_fatal(&self) -> bool {
        self.severity == Severity::Fatal
    }
}

/// Everything about `decision` that disagrees with the facts; empty when it is right.
/// A decision that points at nothing (an id out of range, overlapping ranges) is told that alone.
pub fn check(facts: &Facts<'_>, decision: &Decision) -> Vec<Finding> {
    let mut findings = shape::check(facts, decision);
    if !findings.is_empty() {
        return findings;
    }
    let case = case::Case::new(facts, decision);
    units::check(&case, &mut findings);
    stock::check(&case, &mut findings);
    parcels::check(&case, &mut findings);
    travel::check(&case, &mut findings);
    costs::check(&case, &mut findings);
    preference::check(&case, &mut findings);
    rules::check(&case, &mut findings);
    outcome::check(&case, &mut findings);
    leftovers::check(&case, &mut findings);
    notes::check(&case, &mut findings);
    findings
}
