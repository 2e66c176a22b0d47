//! One decision beside its facts, with the few sums that several checks need.
//!
//! Invariant: built only for decisions that passed [`crate::shape`], so every id in it can be looked up.

use crate::Facts;
use crate::conditions::{self, Active};
use model::{
    Cost, Decision, LocationId, Network, Order, OrderLine, Outcome, Parcel, Placement, ProductId, RecordId,
    Stock, Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a decision takes from one stock record.
pub(crate) struct Taken {
    pub(crate) product: ProductId,
    /// Where the parcel leaves from.
    pub(crate) location: LocationId,
    pub(crate) units: i64,
    /// Parcels that draw on it.
    pub(crate) parcels: usize,
}

pub(crate) struct Case<'a> {
    pub(crate) network: &'a Network,
    pub(crate) stock: &'a Stock,
    pub(crate) order: &'a Order,
    pub(crate) now: Timestamp,
    pub(crate) rule_set: u32,
    pub(crate) decision: &'a Decision,
    /// Guardrails first, then rules.
    pub(crate) rules: Vec<Active<'a>>,
    pub(crate) taken: BTreeMap<RecordId, Taken>,
    pub(crate) by_location: BTreeMap<LocationId, Vec<&'a Parcel>>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(facts: &Facts<'a>, decision: &'a Decision) -> Case<'a> {
        let mut by_location: BTreeMap<LocationId, Vec<&Parcel>> = BTreeMap::new();
        for parcel in &decision.parcels {
            by_location.entry(parcel.location).or_default().push(parcel);
        }
        Case {
            network: facts.network,
            stock: facts.stock,
            order: facts.order,
            now: facts.now,
            rule_set: facts.rules.number,
            decision,
            rules: conditions::read(facts),
            taken: sum_by_record(decision),
            by_location,
        }
    }

    pub(crate) fn placements(&self, parcel: &Parcel) -> &'a [Placement] {
        self.decision.placements_of(parcel)
    }

    pub(crate) fn line(&self, index: u16) -> &'a OrderLine {
        &self.order.lines[usize::from(index)]
    }

    /// Code of a location.
    pub(crate) fn code(&self, location: LocationId) -> &'a str {
        &self.network.location(location).code
    }

    pub(crate) fn sku(&self, product: ProductId) -> &'a str {
        &self.network.product(product).sku
    }

    pub(crate) fn is_held(&self) -> bool {
        matches!(self.decision.outcome, Outcome::Held(_))
    }

    /// Units left over of a line, or bundles.
    pub(crate) fn left_over(&self, index: u16) -> i64 {
        let of_line = self.decision.leftovers.iter().filter(|leftover| leftover.line == index);
        of_line.map(|leftover| i64::from(leftover.quantity)).sum()
    }

    pub(crate) fn units_in(&self, parcel: &Parcel) -> i64 {
        self.placements(parcel).iter().map(|placement| i64::from(placement.quantity)).sum()
    }
}

fn sum_by_record(decision: &Decision) -> BTreeMap<RecordId, Taken> {
    let mut sums: BTreeMap<RecordId, Taken> = BTreeMap::new();
    for parcel in &decision.parcels {
        let mut seen = BTreeSet::new();
        for placement in decision.placements_of(parcel) {
            let taken = sums.entry(placement.record).or_insert(Taken {
                product: placement.product,
                location: parcel.location,
                units: 0,
                parcels: 0,
            });
            taken.units += i64::from(placement.quantity);
            taken.parcels += usize::from(seen.insert(placement.record));
        }
    }
    sums
}

/// A wide sum as people compare it: cost units with four decimals.
pub(crate) fn show(amount: i128) -> String {
    Cost(narrow(amount)).decimal()
}

pub(crate) fn narrow(wide: i128) -> i64 {
    wide.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}
