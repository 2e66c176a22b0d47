//! Which rule sends an order where it goes: the order decided again without each of them.
//!
//! Owns: leaving out one rule at a time on the stock that the order met, and telling what that changes.
//! Refuses to know: what a rule is worth over a period.

use engine::Router;
use model::words::listed;
use model::{CostPart, Decision, LocationId, Network, Order, RuleRef, RuleSet, Stock};

/// Rules that are left out one at a time; more than these nobody reads.
const MOST_RULES: usize = 20;
/// Rules that are told of one order.
const MOST_TOLD: usize = 3;

/// A rule set less one rule each.
pub(super) struct Fewer {
    sets: Vec<(RuleRef, String, RuleSet)>,
}

impl Fewer {
    pub(super) fn of(rules: &RuleSet, network: &Network) -> Fewer {
        let one = |(rule, sentence): (RuleRef, &model::Rule)| {
            let sentence = engine::rules::sentence(sentence, network.currency);
            (rule, sentence, replay::without(rules, rule))
        };
        Fewer { sets: rules.all().take(MOST_RULES).map(one).collect() }
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
    /// What becomes of the order without each rule that matters to it: `without rule 2 (“…”) it leaves from mall for $5.00`.
    pub(super) fn told(&mut self, stock: &Stock, order: &Order, decision: &Decision) -> Vec<String> {
        let mut told = Vec::new();
        for (router, (rule, sentence, _)) in self.routers.iter_mut().zip(&self.fewer.sets) {
            // A rule whose conditions do not hold cannot matter.
            if told.len() == MOST_TOLD || !decision.applied.contains(rule) {
                continue;
            }
            let other = router.decide(stock, order, decision.decided_at);
            if units(other) != units(decision) {
                let code = engine::json::rule_code(*rule);
                told.push(format!("without {code} (“{sentence}”) {}", goes(self.network, other)));
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

/// What goes from where, whatever the parcels.
fn units(decision: &Decision) -> Vec<(u16, model::ProductId, LocationId, u32)> {
    let of_parcel = |parcel: &model::Parcel| {
        let location = parcel.location;
        decision.placements_of(parcel).iter().map(move |one| (one.line, one.product, location, one.quantity))
    };
    let mut units: Vec<_> = decision.parcels.iter().flat_map(of_parcel).collect();
    units.sort_unstable();
    units.dedup_by(|next, kept| {
        let is_same = (next.0, next.1, next.2) == (kept.0, kept.1, kept.2);
        if is_same {
            kept.3 += next.3;
        }
        is_same
    });
    units
}
