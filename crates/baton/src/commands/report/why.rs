//! What is told of an order that moved, most telling first; and why orders stay unfilled.
//!
//! Owns: the order of what is told, and what is only counted. The sentences are the engine's.

use model::{
    Considered, Decision, HoldReason, LocationId, Network, Order, Outcome, Product, ProductId, Reason,
    RuleRef, RuleSet, Stock, Verdict,
};
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

    /// The main reason for what is left over: of the places that had some of it, what kept the one that came
    /// nearest to sending it. The code, and the rule where one is the reason.
    pub(super) fn unfilled(&self, stock: &Stock) -> Option<(&'static str, Option<RuleRef>)> {
        let Decision { outcome, leftovers, considered, .. } = self.decision;
        if let Outcome::Held(reason) = outcome {
            return Some((reason.code(), rule_of_hold(*reason)));
        }
        let lines = leftovers.iter().map(|left| self.order.lines[usize::from(left.line)].product);
        let missing: Vec<ProductId> = lines.flat_map(|id| parts(id, self.network.product(id))).collect();
        if missing.is_empty() {
            return None;
        }
        let had = |place: &&Considered| missing.iter().any(|id| has(stock, *id, place.location));
        let stocked: Vec<&Considered> = considered.iter().filter(had).collect();
        if stocked.is_empty() {
            return Some(("no_stock", None));
        }
        let reasons = stocked.iter().map(|place| self.kept(place, (stock, &missing)));
        let nearest = reasons.max_by_key(|reason| reason.map_or(usize::MAX, |reason| reason.precedence()));
        Some(nearest.flatten().map_or(("short", None), |reason| (reason.code(), rule_of(reason))))
    }

    /// What keeps a place from sending what it has of the missing goods; `None`: nothing but their number.
    fn kept(&self, place: &Considered, (stock, missing): (&Stock, &[ProductId])) -> Option<Reason> {
        if let Verdict::Out(reason) = place.verdict {
            return Some(reason);
        }
        let mut outs = self.decision.item_outs_of(place).iter();
        let is_missing = |id: ProductId| missing.contains(&id) && has(stock, id, place.location);
        outs.find(|out| is_missing(out.product)).map(|out| out.reason)
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

/// A bundle is missing what it is made of.
fn parts(id: ProductId, product: &Product) -> Vec<ProductId> {
    if product.is_bundle() {
        product.components.iter().map(|component| component.product).collect()
    } else {
        vec![id]
    }
}

fn has(stock: &Stock, product: ProductId, location: LocationId) -> bool {
    stock.record(product, location).is_some_and(|record| stock.available(record) > 0)
}

fn rule_of(reason: Reason) -> Option<RuleRef> {
    match reason {
        Reason::ExcludedBy { rule } | Reason::KeptBack { rule, .. } | Reason::TooFewOnHand { rule, .. } => {
            Some(rule)
        }
        _ => None,
    }
}

fn rule_of_hold(reason: HoldReason) -> Option<RuleRef> {
    match reason {
        HoldReason::Rule(rule) | HoldReason::MarginTooLow { rule, .. } => Some(rule),
        _ => None,
    }
}
