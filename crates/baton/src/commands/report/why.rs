//! What is told of an order that moved, most telling first.
//!
//! Owns: the order of what is told, and what is only counted. The sentences are the engine's.

use model::{Considered, Decision, LocationId, Network, Order, Outcome, RuleSet, Verdict};
use std::collections::BTreeMap;

/// An order and what was decided.
#[derive(Clone, Copy)]
pub(super) struct Told<'t> {
    pub(super) network: &'t Network,
    pub(super) rules: &'t RuleSet,
    pub(super) order: &'t Order,
    pub(super) decision: &'t Decision,
}

/// Sentences, and how many other places share a verdict, by its code.
#[derive(Clone, Default)]
pub(super) struct Why {
    pub(super) sentences: Vec<String>,
    pub(super) others: BTreeMap<&'static str, u64>,
}

/// Places that lost by cost, and that are out, told one by one; the rest is counted.
const MOST_LOST: usize = 4;
const MOST_OUT: usize = 2;
/// Places told of that another rule set did not choose.
const MOST_BEFORE: usize = 2;

impl Told<'_> {
    /// The chosen places, then those of before, then those that lost, the nearest in cost first, then the rest.
    pub(super) fn why(&self, before: &[LocationId]) -> Why {
        let Told { network, rules, order, decision } = *self;
        let told = engine::tell::told(network, rules, order, decision);
        // Where something is sent, the outcome repeats the places and the cost, which the page shows its own way.
        let outcome = Some(told.outcome).filter(|_| decision.parcels.is_empty());
        let sentences = outcome.into_iter().chain(told.parcels).chain(told.leftovers).collect();
        let mut why = Why { sentences, others: BTreeMap::new() };
        if !matches!(decision.outcome, Outcome::Held(_)) {
            self.add_others(before, &mut why);
        }
        why.sentences.extend(told.notes);
        why
    }

    fn add_others(&self, before: &[LocationId], why: &mut Why) {
        let mut others: Vec<&Considered> =
            self.decision.considered.iter().filter(|other| other.verdict != Verdict::Chosen).collect();
        others.sort_by_key(|other| (!before.contains(&other.location), rank(other.verdict)));
        let outs = others.iter().filter(|other| is_out(other) && !before.contains(&other.location)).count();
        let mut lost = 0;
        for other in others {
            let is_told = match other.verdict {
                _ if before.contains(&other.location) => true,
                Verdict::Out(_) => outs <= MOST_OUT,
                _ => {
                    lost += 1;
                    lost <= MOST_LOST
                }
            };
            let told = is_told.then(|| {
                engine::tell::why_not(self.network, self.rules, (self.order, self.decision), other.location)
            });
            match told {
                Some(sentence) => why.sentences.push(sentence),
                None => *why.others.entry(other.verdict.code()).or_default() += 1,
            }
        }
    }

    /// Why another rule set did not choose these places for the order, under its name.
    pub(super) fn why_not(&self, places: &[LocationId]) -> Vec<String> {
        let Told { network, rules, order, decision } = *self;
        let is_other =
            |place: &&LocationId| !decision.parcels.iter().any(|parcel| parcel.location == **place);
        let why_not = |place: &LocationId| {
            let sentence = engine::tell::why_not(network, rules, (order, decision), *place);
            format!("Under “{}”: {sentence}", model::words::capitalized(&rules.name))
        };
        places.iter().filter(is_other).take(MOST_BEFORE).map(why_not).collect()
    }
}

/// Nearest in cost first, then those that could send a part, then those that are out; the sort keeps codes in order.
fn rank(verdict: Verdict) -> (u8, i64) {
    match verdict {
        Verdict::Chosen => (0, 0),
        Verdict::Lost { by } => (1, by.0),
        Verdict::Part { units, .. } => (2, -i64::from(units)),
        Verdict::Out(_) => (3, 0),
    }
}

fn is_out(place: &Considered) -> bool {
    matches!(place.verdict, Verdict::Out(_))
}
