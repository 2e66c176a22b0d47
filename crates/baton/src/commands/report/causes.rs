//! Which rule sends an order where it goes: the order decided again without each of them.
//!
//! Owns: leaving out one rule at a time on the stock that the order met, and telling what that changes.
//! Refuses to know: what a rule is worth over a period.

use crate::commands::replay::is_missing;
use engine::Router;
use model::words::listed;
use model::{CostPart, Decision, LocationId, Network, Order, Rule, RuleRef, RuleSet, Stock};

/// Rules that are left out one at a time; more than these nobody reads.
const MOST_RULES: usize = 20;
/// Rules that are told of one order.
const MOST_TOLD: usize = 3;

/// A rule set less one rule each.
pub(super) struct Fewer {
    sets: Vec<(RuleRef, String, RuleSet)>,
}

impl Fewer {
    /// Where two sets are compared, only what the other has not tells them apart.
    pub(super) fn of(rules: &RuleSet, other: Option<&RuleSet>, network: &Network) -> Fewer {
        let is_own = |(_, rule): &(RuleRef, &Rule)| other.is_none_or(|other| is_missing(rule, other));
        let one = |(rule, sentence): (RuleRef, &Rule)| {
            let sentence = engine::rules::sentence(sentence, network.currency);
            (rule, sentence, replay::without(rules, rule))
        };
        Fewer { sets: rules.all().filter(is_own).take(MOST_RULES).map(one).collect() }
    }

    pub(super) fn routers<'a>(&'a self, network: &'a Network) -> Causes<'a> {
        let router = |(_, _, fewer): &'a (RuleRef, String, RuleSet)| Router::new(network, fewer);
        Causes { network, fewer: self, routers: self.sets.iter().map(router).collect() }
    }
}

pub(super) struct Causes<'a> {
    network: &'a Network,
    fewer: &'a Fewer,
    routers: Vec<Router<'a>>,
}

impl Causes<'_> {
    /// What becomes of the order without each rule that matters to it: `without rule 2 (“…”) it leaves from mall for $5.00.`
    pub(super) fn told(&mut self, stock: &Stock, order: &Order, decision: &Decision) -> Vec<String> {
        let mut told = Vec::new();
        for (router, (rule, sentence, _)) in self.routers.iter_mut().zip(&self.fewer.sets) {
            // A rule whose conditions do not hold cannot matter.
            if told.len() == MOST_TOLD || !decision.applied.contains(rule) {
                continue;
            }
            let other = router.decide(stock, order, decision.decided_at);
            if ends(other) != ends(decision) {
                let code = engine::json::rule_code(*rule);
                told.push(format!("without {code} (“{sentence}”) {}.", goes(self.network, other)));
            }
        }
        told
    }
}

/// `it leaves from mall and depot for $5.00`.
pub(super) fn goes(network: &Network, decision: &Decision) -> String {
    let mut places: Vec<String> = Vec::new();
    for parcel in &decision.parcels {
        let name = &network.location(parcel.location).name;
        if !places.contains(name) {
            places.push(name.clone());
        }
    }
    if places.is_empty() {
        return "no place sends it".to_owned();
    }
    let cost = decision.costs.total() - decision.costs.get(CostPart::Unfilled);
    let part = if decision.leftovers.is_empty() { "it leaves" } else { "a part of it leaves" };
    format!("{part} from {} for {}", listed(&places), cost.show(network.currency))
}

/// Where it leaves from, and how many units do.
fn ends(decision: &Decision) -> (Vec<LocationId>, u32) {
    let mut places: Vec<LocationId> = decision.parcels.iter().map(|parcel| parcel.location).collect();
    places.sort_unstable();
    places.dedup();
    (places, decision.placements.iter().map(|placement| placement.quantity).sum())
}
