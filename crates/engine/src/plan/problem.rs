//! The problem in numbers: candidates, what taking units from them costs, and what a plan must keep to.
//!
//! Owns: how the numbers lie in memory. Refuses to know: how a plan is found.

use super::leaning::Leanings;
use super::score::{FARTHEST_KM, Layout, Ranges};
use crate::demand::{Bundle, Demand, Item, Part};
use crate::screen::Standing;
use model::rules::MAX_TIERS;

/// Marks a number of units that a candidate cannot give.
pub(crate) const BLOCKED: i64 = i64::MAX / 8;

/// A location that can give at least one unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) standing: Standing,
    /// Added to every parcel by rules that prefer other places.
    pub(crate) preference: i64,
    /// What a parcel adds to each tier that counts kilometres.
    pub(crate) tier_km: [u32; MAX_TIERS],
}

impl Candidate {
    /// All that a parcel costs besides its rate, in the comparison.
    pub(super) fn fixed(&self) -> i64 {
        self.standing.parcel_cost + self.preference
    }

    pub(super) fn km(&self) -> u32 {
        self.standing.distance.km().min(FARTHEST_KM)
    }
}

/// What a plan must keep to.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Limits {
    pub(crate) max_parcels: Option<u32>,
    pub(crate) min_parcel_value: i64,
    pub(crate) is_one_place: bool,
    pub(crate) is_one_parcel_per_location: bool,
    pub(crate) split_penalty: i64,
    pub(crate) is_unfilled_priced: bool,
    pub(crate) is_unfilled_counted: bool,
    pub(crate) steps: u32,
}

/// The problem in numbers. Candidates are in the order of their location codes.
#[derive(Default)]
pub(crate) struct Problem {
    pub(crate) items: Vec<Item>,
    pub(crate) bundles: Vec<Bundle>,
    pub(crate) parts: Vec<Part>,
    pub(crate) candidates: Vec<Candidate>,
    /// First slot of each item; slot + k stands for k units of it.
    pub(crate) slots: Vec<usize>,
    pub(crate) stride: usize,
    /// By candidate and slot: what taking so many units costs, parcels aside.
    pub(crate) taking: Vec<i64>,
    /// By candidate and item.
    pub(crate) usable: Vec<u32>,
    pub(crate) records: Vec<u32>,
    /// By candidate and item: bit t is set where a unit adds one to tier t.
    pub(crate) tier_units: Vec<u8>,
    pub(crate) tiers: usize,
    pub(crate) tier_is_distance: [bool; MAX_TIERS],
    pub(crate) leanings: Leanings,
    pub(crate) limits: Limits,
}

impl Problem {
    /// Starts over for what is asked, keeping the memory.
    pub(crate) fn begin(&mut self, demand: &Demand, limits: Limits) {
        self.items.clone_from(&demand.items);
        self.bundles.clone_from(&demand.bundles);
        self.parts.clone_from(&demand.parts);
        self.candidates.clear();
        self.slots.clear();
        self.taking.clear();
        self.usable.clear();
        self.records.clear();
        self.tier_units.clear();
        self.leanings.clear();
        self.tiers = 0;
        self.tier_is_distance = [false; MAX_TIERS];
        self.limits = limits;
        self.stride = 0;
        for item in &self.items {
            self.slots.push(self.stride);
            self.stride += item.quantity as usize + 1;
        }
    }

    /// Adds a candidate that can give nothing yet, and returns its position.
    pub(crate) fn add(&mut self, standing: Standing) -> usize {
        let position = self.candidates.len();
        self.candidates.push(Candidate { standing, preference: 0, tier_km: [0; MAX_TIERS] });
        self.usable.resize(self.usable.len() + self.items.len(), 0);
        self.records.resize(self.records.len() + self.items.len(), u32::MAX);
        self.tier_units.resize(self.tier_units.len() + self.items.len(), 0);
        self.taking.resize(self.taking.len() + self.stride, BLOCKED);
        for &slot in &self.slots {
            self.taking[position * self.stride + slot] = 0;
        }
        position
    }

    /// Every candidate may send as many parcels as it takes.
    pub(crate) fn lift_capacity(&mut self) {
        for candidate in &mut self.candidates {
            candidate.standing.capacity = u32::MAX;
        }
    }

    /// No place is preferred to another.
    pub(crate) fn forget_preferences(&mut self) {
        for candidate in &mut self.candidates {
            candidate.preference = 0;
            candidate.tier_km = [0; MAX_TIERS];
        }
        self.tier_units.fill(0);
        self.tiers = 0;
        self.leanings.clear();
    }

    pub(crate) fn usable(&self, candidate: usize, item: usize) -> u32 {
        self.usable[candidate * self.items.len() + item]
    }

    pub(crate) fn record(&self, candidate: usize, item: usize) -> u32 {
        self.records[candidate * self.items.len() + item]
    }

    pub(super) fn taking(&self, candidate: usize, item: usize) -> &[i64] {
        let start = candidate * self.stride + self.slots[item];
        &self.taking[start..start + self.items[item].quantity as usize + 1]
    }

    pub(super) fn tier_units(&self, candidate: usize, item: usize) -> u8 {
        self.tier_units[candidate * self.items.len() + item]
    }

    pub(crate) fn units(&self) -> u32 {
        self.items.iter().map(|item| item.quantity).sum()
    }

    /// Whether all candidates together cannot give what a legal plan must place.
    pub(super) fn lacks_required_units(&self) -> bool {
        (0..self.items.len()).any(|i| {
            let usable = (0..self.candidates.len()).map(|c| u64::from(self.usable(c, i))).sum::<u64>();
            usable < u64::from(self.items[i].required)
        })
    }

    pub(super) fn ranges(&self, dearest_parcel: i64) -> Ranges {
        let mut cost = 0i64;
        for (i, item) in self.items.iter().enumerate() {
            let mut most = if self.limits.is_unfilled_priced {
                item.unfilled.abs() * i64::from(item.quantity)
            } else {
                0
            };
            for candidate in 0..self.candidates.len() {
                for &taking in
                    &self.taking(candidate, i)[1..=self.usable(candidate, i).min(item.quantity) as usize]
                {
                    most = most.max(taking.abs());
                }
            }
            cost += most;
        }
        if self.limits.is_unfilled_priced {
            cost += self.bundles.iter().map(|b| b.unfilled.abs() * i64::from(b.quantity)).sum::<i64>();
        }
        let units = self.units();
        let (leaning, leaning_km) = self.leanings.most();
        let fixed = self.candidates.iter().map(|c| c.fixed().abs()).max().unwrap_or(0);
        let parcel = fixed + dearest_parcel + leaning;
        Ranges {
            units,
            cost: cost + (parcel + self.limits.split_penalty) * i64::from(units),
            farthest_km: self.candidates.iter().map(Candidate::km).max().unwrap_or(0),
            farthest_tier_km: self.candidates.iter().flat_map(|c| c.tier_km).fold(leaning_km, u32::max),
            tiers: self.tiers,
            tier_is_distance: self.tier_is_distance,
            has_unfilled_digit: self.limits.is_unfilled_counted,
        }
    }

    /// What one parcel of a candidate adds to the score, its rate and content aside.
    pub(super) fn parcel_score(&self, candidate: &Candidate, layout: &Layout) -> i128 {
        let mut score =
            i128::from(candidate.fixed() + self.limits.split_penalty) * layout.cost + layout.parcel;
        score += i128::from(candidate.km() >> layout.distance_shift);
        for (tier, &km) in candidate.tier_km.iter().enumerate().take(self.tiers) {
            score += i128::from(km >> layout.distance_shift) * layout.tiers[tier];
        }
        score
    }

    /// What one unit adds to the tiers.
    pub(super) fn tier_score(&self, bits: u8, layout: &Layout) -> i128 {
        (0..self.tiers).filter(|tier| bits >> tier & 1 == 1).map(|tier| layout.tiers[tier]).sum()
    }

    /// Whether a candidate may send more than one parcel.
    pub(super) fn allows_many(&self, candidate: &Candidate) -> bool {
        !self.limits.is_one_parcel_per_location && candidate.standing.capacity > 1
    }
}
