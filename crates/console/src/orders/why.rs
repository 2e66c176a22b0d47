//! Why an order is where it is: a stored decision as a table of candidates.
//!
//! Owns: reading a decision as docs/formats.md has it, and laying its candidates side by side. Refuses to know: how it was
//! made; every number here was written down when it was.

use super::verdict::{self, Verdict};
use crate::frame::Frame;
use crate::visit::Visit;
use model::{Cost, CostPart};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Amounts by part, as decimals.
pub(crate) type Costs = BTreeMap<String, String>;

/// A decision as the API tells it.
#[derive(Deserialize)]
pub(crate) struct Told {
    pub(crate) number: i64,
    pub(crate) decided_at: i64,
    pub(crate) rule_set: i64,
    pub(crate) decision: Decision,
}

/// The part of a decision that the page shows.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Decision {
    pub(crate) landed_cost: String,
    pub(crate) costs: Costs,
    pub(crate) parcels: Vec<Parcel>,
    pub(crate) leftovers: Vec<Leftover>,
    pub(crate) applied: Vec<String>,
    pub(crate) considered: Vec<Considered>,
    pub(crate) hold: Option<Map<String, Value>>,
    pub(crate) proof: Option<Proof>,
}

#[derive(Deserialize)]
pub(crate) struct Parcel {
    pub(crate) location: String,
    #[serde(default)]
    pub(crate) service: String,
    pub(crate) zone: Option<i64>,
    pub(crate) dispatch_day: String,
    pub(crate) arrives: String,
    pub(crate) cost: String,
    pub(crate) units: Vec<Units>,
}

#[derive(Deserialize)]
pub(crate) struct Units {
    pub(crate) sku: String,
    pub(crate) quantity: i64,
}

#[derive(Deserialize)]
pub(crate) struct Leftover {
    pub(crate) sku: String,
    pub(crate) quantity: i64,
    pub(crate) remedy: String,
    pub(crate) cause: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Considered {
    pub(crate) location: String,
    pub(crate) verdict: String,
    pub(crate) distance_m: Option<i64>,
    pub(crate) cost_alone: Option<String>,
    #[serde(default)]
    pub(crate) costs_alone: Costs,
    #[serde(flatten)]
    pub(crate) facts: Map<String, Value>,
}

#[derive(Deserialize)]
pub(crate) struct Proof {
    pub(crate) gap: String,
}

/// The panel.
pub(crate) struct Why {
    pub(crate) number: i64,
    pub(crate) decided_at: i64,
    pub(crate) rule_set: i64,
    /// One sentence: where it goes, and why there.
    pub(crate) headline: String,
    /// The place that came nearest to it, and what would have to be another there.
    pub(crate) nearest: Option<(String, String)>,
    pub(crate) landed_cost: String,
    pub(crate) parcels: Vec<ParcelShown>,
    pub(crate) leftovers: Vec<String>,
    pub(crate) candidates: Vec<Candidate>,
    /// Sentences of the rules that applied.
    pub(crate) rules: Vec<String>,
    pub(crate) is_proven: bool,
}

pub(crate) struct ParcelShown {
    pub(crate) place: String,
    pub(crate) service: String,
    pub(crate) zone: Option<i64>,
    pub(crate) dispatch: String,
    pub(crate) arrives: String,
    pub(crate) cost: String,
    pub(crate) units: Vec<Units>,
}

/// A place, and how it fared.
pub(crate) struct Candidate {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) is_chosen: bool,
    pub(crate) distance_km: Option<i64>,
    /// What sending all that it can from here alone would cost.
    pub(crate) cost: Option<String>,
    /// Against what was chosen: `+$2.31`.
    pub(crate) by: Option<String>,
    pub(crate) verdict: Verdict,
    pub(crate) parts: Vec<Part>,
    /// Of the difference, what is no cost but rules that prefer others.
    pub(crate) preference: Option<String>,
    /// Checks that it passed before it fell, or all of them.
    pub(crate) passed: Vec<String>,
}

impl Candidate {
    /// It failed a check.
    pub(crate) fn is_out(&self) -> bool {
        self.verdict.rank == verdict::OUT
    }
}

/// One part of the cost, beside the winner's.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) here: String,
    pub(crate) there: String,
    pub(crate) by: String,
    /// −1, 0 or 1: cheaper here, the same, dearer.
    pub(crate) sign: i64,
    /// Length of its bar, in hundredths of the largest part.
    pub(crate) share: i64,
}

impl Why {
    pub(crate) fn of(visit: &Visit, f: &Frame, (told, rules): (Told, &[String])) -> Why {
        let Told { number, decided_at, rule_set, decision } = told;
        let teller = verdict::Teller { visit, f, rules };
        let winner = decision.considered.iter().find(|place| place.verdict == "chosen");
        let against = winner.map_or_else(|| decision.costs.clone(), |winner| winner.costs_alone.clone());
        let mut candidates: Vec<Candidate> =
            decision.considered.iter().map(|place| candidate(&teller, place, &against)).collect();
        candidates.sort_by_key(|place| {
            (!place.is_chosen, place.verdict.rank, place.verdict.by.0, place.code.clone())
        });
        Why {
            number,
            decided_at,
            rule_set,
            headline: headline(&teller, &decision, &candidates),
            nearest: nearest(&candidates),
            landed_cost: f.money.decimal(&decision.landed_cost),
            leftovers: decision.leftovers.iter().map(|left| leftover(f, left)).collect(),
            rules: decision.applied.iter().map(|name| teller.rule(name)).collect(),
            is_proven: decision.proof.as_ref().is_none_or(|proof| cost(&proof.gap) == Cost(0)),
            parcels: decision.parcels.into_iter().map(|parcel| shown(&teller, parcel)).collect(),
            candidates,
        }
    }
}

pub(crate) fn cost(text: &str) -> Cost {
    Cost::from_decimal(text).unwrap_or(Cost(0))
}

fn shown(teller: &verdict::Teller<'_>, parcel: Parcel) -> ParcelShown {
    let f = teller.f;
    ParcelShown {
        place: teller.place(&parcel.location),
        service: parcel.service,
        zone: parcel.zone,

        dispatch: f.day(&parcel.dispatch_day),
        arrives: f.day(&parcel.arrives),
        cost: f.money.decimal(&parcel.cost),
        units: parcel.units,
    }
}

fn leftover(f: &Frame, left: &Leftover) -> String {
    let units = f.number(&left.quantity);
    let cause = left.cause.as_deref().map(|cause| f.named("cause", cause)).unwrap_or_default();
    let said = [
        ("units", &*units),
        ("sku", &*left.sku),
        ("remedy", &*f.named("remedy", &left.remedy)),
        ("cause", &*cause),
    ];
    f.words.a(if cause.is_empty() { "why-leftover" } else { "why-leftover-cause" }, &said)
}

fn candidate(teller: &verdict::Teller<'_>, place: &Considered, against: &Costs) -> Candidate {
    let f = teller.f;
    let verdict = teller.verdict(place);
    let by = place.facts.get("by").and_then(Value::as_str).map(cost);
    let own = |costs: &Costs| costs.values().map(|text| cost(text).0).sum::<i64>();
    let preference = by.map(|by| Cost(by.0 - (own(&place.costs_alone) - own(against))));
    let difference = |cost: Cost| f.money.difference(cost.round_to_money(f.money.currency).minor);
    Candidate {
        code: place.location.clone(),
        name: teller.place(&place.location),
        is_chosen: place.verdict == "chosen",
        distance_km: place.distance_m.map(|metres| (metres + 500) / 1_000),
        cost: place.cost_alone.as_deref().map(|cost| f.money.decimal(cost)),
        by: by.map(difference),
        preference: preference.filter(|by| *by > Cost(0) && !place.costs_alone.is_empty()).map(difference),
        parts: if place.costs_alone.is_empty() { Vec::new() } else { parts(f, &place.costs_alone, against) },
        passed: teller.passed(&place.verdict),
        verdict,
    }
}

/// Every part that either has, the one that differs most first.
fn parts(f: &Frame, here: &Costs, there: &Costs) -> Vec<Part> {
    let of = |costs: &Costs, part: CostPart| costs.get(part.code()).map_or(Cost(0), |text| cost(text));
    let money = |cost: Cost| f.money.minor(cost.round_to_money(f.money.currency).minor);
    let all = CostPart::ALL.into_iter().map(|part| (part, of(here, part), of(there, part)));
    let mut all: Vec<_> = all.filter(|(_, here, there)| *here != Cost(0) || *there != Cost(0)).collect();
    all.sort_by_key(|(part, here, there)| (-(here.0 - there.0).abs(), *part));
    let largest = all.iter().map(|(_, here, there)| (here.0 - there.0).abs()).max().unwrap_or(0).max(1);
    let part = |(part, here, there): (CostPart, Cost, Cost)| Part {
        name: f.named("part", part.code()),
        here: money(here),
        there: money(there),
        by: f.money.difference(Cost(here.0 - there.0).round_to_money(f.money.currency).minor),
        sign: (here.0 - there.0).signum(),
        share: (here.0 - there.0).abs() * 100 / largest,
    };
    all.into_iter().map(part).collect()
}

/// Of the places that were not chosen and that something would change the best; of those that failed a check the one that
/// passed most of them.
fn nearest(candidates: &[Candidate]) -> Option<(String, String)> {
    let others = candidates.iter().filter(|place| !place.is_chosen && !place.verdict.change.is_empty());
    let nearest = others.min_by_key(|place| (place.verdict.rank, Reverse(place.passed.len())))?;
    Some((nearest.name.clone(), nearest.verdict.change.clone()))
}

/// Where it goes and why there, in one sentence.
fn headline(teller: &verdict::Teller<'_>, decision: &Decision, candidates: &[Candidate]) -> String {
    let f = teller.f;
    if let Some(hold) = &decision.hold {
        let reason = hold.get("reason").and_then(Value::as_str).unwrap_or_default();
        return f.a("why-held", "reason", &f.named("hold", reason));
    }
    let chosen: Vec<&str> =
        candidates.iter().filter(|place| place.is_chosen).map(|place| place.name.as_str()).collect();
    let names = chosen.join(" + ");
    let runner_up = candidates.iter().find(|place| place.verdict.rank == verdict::LOST);
    match (chosen.len(), runner_up) {
        (0, _) => f.t("why-nowhere"),
        (1, Some(second)) if second.verdict.by > Cost(0) => {
            let by = f.money.minor(second.verdict.by.round_to_money(f.money.currency).minor);
            f.words.a("why-cheapest", &[("place", &names), ("second", &second.name), ("by", &by)])
        }
        (1, Some(second)) => f.words.a("why-tie", &[("place", &names), ("second", &second.name)]),
        (1, None) => f.a("why-only", "place", &names),
        _ => f.a("why-split", "places", &names),
    }
}
