//! The answer of a search: parcels with their units, and what they cost in the comparison.
//!
//! Owns: what a plan costs, worked out anew from its parcels. Refuses to know: which method found it.

use super::parcel::{Content, Rates};
use super::problem::Problem;
use crate::demand::Bundle;
use model::Cost;

/// One parcel of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PlannedParcel {
    pub(crate) candidate: u32,
    /// Where its units by item begin in [`Plan::counts`].
    pub(crate) first: u32,
}

/// The answer of a search.
#[derive(Clone, Default, Debug)]
pub(crate) struct Plan {
    pub(crate) parcels: Vec<PlannedParcel>,
    pub(crate) counts: Vec<u32>,
    /// By bundle of the demand: how many are left over.
    pub(crate) bundles_left: Vec<u32>,
    /// No legal plan at all: nothing may be placed.
    pub(crate) is_legal: bool,
    /// In the comparison, preferences included.
    pub(crate) cost: Cost,
    /// How much cheaper an unseen plan might be, at most.
    pub(crate) gap: Cost,
    pub(crate) steps: u32,
    /// The whole score, to compare plans of one layout.
    pub(crate) score: i128,
}

impl Plan {
    pub(crate) fn clear(&mut self) {
        self.parcels.clear();
        self.counts.clear();
        self.bundles_left.clear();
        self.is_legal = false;
        self.cost = Cost::ZERO;
        self.gap = Cost::ZERO;
        self.steps = 0;
        self.score = i128::MAX;
    }

    pub(crate) fn counts_of(&self, parcel: &PlannedParcel, items: usize) -> &[u32] {
        &self.counts[parcel.first as usize..parcel.first as usize + items]
    }

    /// The plan of an order for one unit: candidate 0 sends it.
    pub(crate) fn take_only_unit(&mut self, cost: i64) {
        self.push(0, std::iter::once(1));
        self.cost = Cost(cost);
    }

    pub(super) fn push(&mut self, candidate: usize, counts: impl Iterator<Item = u32>) {
        let first = self.counts.len() as u32;
        self.counts.extend(counts);
        self.parcels.push(PlannedParcel { candidate: candidate as u32, first });
    }
}

impl Problem {
    /// What a plan costs in the comparison: parcels, takings, further parcels, and leftovers where priced.
    pub(super) fn cost_of(&self, plan: &Plan, rates: &Rates<'_>) -> Cost {
        let items = self.items.len();
        let mut cost = self.limits.split_penalty * (plan.parcels.len() as i64 - 1).max(0);
        for parcel in &plan.parcels {
            let candidate = &self.candidates[parcel.candidate as usize];
            let counts = plan.counts_of(parcel, items);
            let content =
                self.items.iter().zip(counts).fold(Content::default(), |content, (item, &units)| {
                    content.with(rates.network, item, units)
                });
            cost += candidate.fixed() + rates.rate(&candidate.standing, &content).unwrap_or(0);
            cost += self.leaning_cost(parcel.candidate as usize, counts);
        }
        for i in 0..self.items.len() {
            for candidate in 0..self.candidates.len() {
                let of_candidate =
                    plan.parcels.iter().filter(|parcel| parcel.candidate as usize == candidate);
                let units: u32 = of_candidate.map(|parcel| plan.counts_of(parcel, items)[i]).sum();
                if units > 0 {
                    cost += self.taking(candidate, i)[units as usize];
                }
            }
        }
        Cost(cost + self.unfilled_cost(plan))
    }

    /// What is left over of an item: all of it, less what the parcels take.
    pub(crate) fn left_of(&self, plan: &Plan, item: usize) -> u32 {
        let placed = |parcel| plan.counts_of(parcel, self.items.len())[item];
        self.items[item].quantity - plan.parcels.iter().map(placed).sum::<u32>()
    }

    /// What leftovers cost where they are priced.
    fn unfilled_cost(&self, plan: &Plan) -> i64 {
        if !self.limits.is_unfilled_priced {
            return 0;
        }
        let bundled = |item: usize| -> u32 {
            let of = |(bundle, &left): (&Bundle, &u32)| -> u32 {
                let parts = bundle.parts(&self.parts).iter();
                parts.filter(|part| usize::from(part.item) == item).map(|part| part.units * left).sum()
            };
            self.bundles.iter().zip(&plan.bundles_left).map(of).sum()
        };
        let bundles: i64 =
            self.bundles.iter().zip(&plan.bundles_left).map(|(b, &left)| b.unfilled * i64::from(left)).sum();
        let loose = |i: usize| i64::from(self.left_of(plan, i) - bundled(i)) * self.items[i].unfilled;
        bundles + (0..self.items.len()).map(loose).sum::<i64>()
    }
}
