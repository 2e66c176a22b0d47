//! Policies that people use today, written as rule sets, so that the same router and the same costs give
//! figures that can be compared.
//!
//! Owns: their translation. Refuses to know: which is best.

use model::rules::{Action, MAX_RULES, PlaceKind, Places, Rule, Strength};
use model::{Cost, Network, RuleSet};

/// A usual way to choose the place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Baseline {
    /// From a warehouse what it has; the rest from the nearest place.
    WarehouseFirst,
    /// The nearest place with at least two on hand.
    NearestWithTwo,
    /// Fewest parcels, then a fixed ranking of location codes, as shop systems do. Places that are not named
    /// rank after all that are.
    Ranked(Vec<String>),
}

/// What one place of rank outweighs: more than any parcel's cost, so that ranking comes before cost.
const RANK: Cost = Cost(2_000_000);

impl Baseline {
    pub fn name(&self) -> &'static str {
        match self {
            Baseline::WarehouseFirst => "warehouse first",
            Baseline::NearestWithTwo => "nearest with two on hand",
            Baseline::Ranked(_) => "ranked locations",
        }
    }

    /// The rule set; a ranking keeps the network's own codes, each once.
    pub fn rule_set(&self, network: &Network) -> RuleSet {
        let actions = match self {
            Baseline::WarehouseFirst => vec![
                Action::Prefer(all_of(PlaceKind::Warehouses), Strength::Always),
                Action::PreferNearest(all_of(PlaceKind::Anywhere), Strength::Always),
            ],
            Baseline::NearestWithTwo => vec![
                Action::NeedOnHand { units: 2, places: all_of(PlaceKind::Anywhere) },
                Action::PreferNearest(all_of(PlaceKind::Anywhere), Strength::Always),
            ],
            Baseline::Ranked(codes) => ranking(network, codes),
        };
        let rules = actions.into_iter().map(|then| Rule { when: Vec::new(), then }).collect();
        RuleSet { name: self.name().to_owned(), number: 0, guardrails: Vec::new(), rules }
    }
}

fn all_of(kind: PlaceKind) -> Places {
    Places { kind, tests: Vec::new() }
}

/// Each rank is a price on all places behind it. A further parcel costs more than any rank: a preference that
/// no place meets.
fn ranking(network: &Network, codes: &[String]) -> Vec<Action> {
    let mut ranked: Vec<String> = Vec::new();
    for code in codes {
        if network.location_by_code(code).is_some() && !ranked.contains(code) && ranked.len() + 2 < MAX_RULES
        {
            ranked.push(code.clone());
        }
    }
    let per_parcel = RANK.times(ranked.len() as i64 + 1);
    let nowhere = all_of(PlaceKind::Named(Vec::new()));
    let anywhere = all_of(PlaceKind::Anywhere);
    let mut actions = vec![
        // Every place meets it: with a preference before cost what can be sent is sent, whatever a rank weighs.
        Action::Prefer(anywhere, Strength::Always),
        Action::Prefer(nowhere, Strength::Worth(per_parcel)),
    ];
    for upto in 1..=ranked.len() {
        let places = all_of(PlaceKind::Named(ranked[..upto].to_vec()));
        actions.push(Action::Prefer(places, Strength::Worth(RANK)));
    }
    actions
}

#[cfg(test)]
mod tests;
