//! The engine: facts and a rule set in, a decision out.
//!
//! Invariant: no input or output, no clock, no randomness, no floating point; the same facts give the same
//! bytes on every machine.

pub mod rules;

use model::{Decision, Network, Order, RuleSet, Stock, Timestamp};

/// Decides orders of one network under one rule set. Holds what is worked out once, and the memory that
/// decisions reuse.
pub struct Router<'a> {
    network: &'a Network,
    rules: &'a RuleSet,
    decision: Decision,
}

impl<'a> Router<'a> {
    pub fn new(network: &'a Network, rules: &'a RuleSet) -> Router<'a> {
        Router { network, rules, decision: Decision::default() }
    }

    /// Decides without recording why the other locations lost: the same plan as [`Router::explain`], faster.
    pub fn decide(&mut self, _stock: &Stock, _order: &Order, now: Timestamp) -> &Decision {
        self.decision.clear();
        self.decision.decided_at = now;
        self.decision.rule_set = self.rules.number;
        let _ = self.network;
        &self.decision
    }

    /// Decides, and records every location with its reason or cost.
    pub fn explain(&mut self, stock: &Stock, order: &Order, now: Timestamp) -> &Decision {
        self.decide(stock, order, now)
    }
}

/// One decision, explained. For many orders keep a [`Router`].
pub fn decide(network: &Network, stock: &Stock, rules: &RuleSet, order: &Order, now: Timestamp) -> Decision {
    Router::new(network, rules).explain(stock, order, now).clone()
}

/// Takes what a decision placed out of the stock and counts its parcels against capacity.
pub fn commit(_network: &Network, _stock: &mut Stock, _decision: &Decision) {}

/// A decision as one line of JSON with a fixed order of keys: what `route`, `explain` and `replay` write.
pub fn decision_json(_network: &Network, _rules: &RuleSet, _order: &Order, _decision: &Decision) -> String {
    String::new()
}

/// A decision as sentences, the outcome first.
pub fn sentences(_network: &Network, _rules: &RuleSet, _order: &Order, _decision: &Decision) -> Vec<String> {
    Vec::new()
}
