//! Audited decisions: every so many are checked against the facts before they are committed.
//!
//! Owns: which decisions are checked and how many findings are kept. Refuses to know: what is right.

use model::{Decision, Network, Order, RuleSet, Stock};
use std::num::NonZeroU32;

/// Findings that are kept in full, per variant; further ones are only counted.
pub const MAX_KEPT: usize = 100;

/// Check every so many decisions; 1 checks all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sampling {
    pub every: NonZeroU32,
}

/// A finding, and the order it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditedOrder {
    pub order_id: String,
    pub finding: audit::Finding,
}

/// What the audit found over a replay.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Findings {
    pub decisions_checked: u64,
    pub decisions_wrong: u64,
    pub fatal: u64,
    pub suspect: u64,
    /// The first ones, in order.
    pub kept: Vec<AuditedOrder>,
}

pub(crate) struct Inspector {
    sampling: Option<Sampling>,
    until_next: u32,
    pub(crate) findings: Findings,
}

impl Inspector {
    pub(crate) fn new(sampling: Option<Sampling>) -> Inspector {
        Inspector { sampling, until_next: 0, findings: Findings::default() }
    }

    /// Checks the decision if it is its turn. `stock` is what the decision was made from.
    pub(crate) fn look(
        &mut self,
        (network, rules): (&Network, &RuleSet),
        (stock, order): (&Stock, &Order),
        decision: &Decision,
    ) {
        let Some(sampling) = self.sampling else { return };
        if self.until_next > 0 {
            self.until_next -= 1;
            return;
        }
        self.until_next = sampling.every.get() - 1;
        let facts = audit::Facts { network, stock, rules, order, now: decision.decided_at };
        self.note(&order.id, audit::check(&facts, decision));
    }

    fn note(&mut self, order_id: &str, found: Vec<audit::Finding>) {
        self.findings.decisions_checked += 1;
        self.findings.decisions_wrong += u64::from(!found.is_empty());
        for finding in found {
            let count =
                if finding.is_fatal() { &mut self.findings.fatal } else { &mut self.findings.suspect };
            *count += 1;
            if self.findings.kept.len() < MAX_KEPT {
                self.findings.kept.push(AuditedOrder { order_id: order_id.to_owned(), finding });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use model::{Outcome, RuleSet};

    #[test]
    fn every_third_decision_is_checked_and_what_is_kept_is_bounded() {
        let (network, stock) = fixture::one_shelf(5);
        let rules = RuleSet::default();
        let order = fixture::order(&[1], None);
        // Claims to have placed everything with no parcel at all.
        let wrong = Decision { outcome: Outcome::Placed, decided_at: order.placed_at, ..Decision::default() };
        let mut inspector = Inspector::new(NonZeroU32::new(3).map(|every| Sampling { every }));
        for _ in 0..900 {
            inspector.look((&network, &rules), (&stock, &order), &wrong);
        }
        assert_eq!(inspector.findings.decisions_checked, 300);
        assert_eq!(inspector.findings.decisions_wrong, 300);
        assert!(inspector.findings.fatal >= 300);
        assert_eq!(inspector.findings.kept.len(), MAX_KEPT);
        assert_eq!(inspector.findings.kept[0].order_id, order.id);
    }
}
