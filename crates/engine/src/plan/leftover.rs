//! What it scores to leave units over, where the parts of a bundle are left over with their bundle only.
//!
//! Owns: dividing leftovers into loose units and bundles in the best way. Refuses to know: who places the rest.

use super::Problem;
use super::score::{Layout, Score};
use crate::demand::{Item, Part};

/// Most looks at ways to divide one set of leftovers; an order must mix many overlapping bundles to need them.
const MAX_LOOKS: u32 = 50_000;

/// Scores of leaving things over, and the memory to divide leftovers.
#[derive(Default)]
pub(super) struct Leftovers {
    /// By item: the score of one loose unit.
    pub(super) each: Vec<i128>,
    /// By bundle: the score of one.
    pub(super) bundles: Vec<i128>,
    /// By bundle and item: units that may be left loose or in this bundle or a later one.
    room: Vec<u32>,
    left: Vec<u32>,
    /// By bundle: how many are left over, now and at best.
    now: Vec<u32>,
    chosen: Vec<u32>,
    best: i128,
    looks: u32,
    has_negative: bool,
}

impl Leftovers {
    pub(super) fn prepare(&mut self, problem: &Problem, layout: &Layout) {
        let score = |unfilled: i64| {
            let priced = if problem.limits.is_unfilled_priced { i128::from(unfilled) } else { 0 };
            priced * layout.cost + layout.unfilled
        };
        self.each.clear();
        self.each.extend(problem.items.iter().map(|item| score(item.unfilled)));
        self.bundles.clear();
        self.bundles.extend(problem.bundles.iter().map(|bundle| score(bundle.unfilled)));
        self.has_negative = self.each.iter().chain(&self.bundles).any(|&each| each < 0);
        let items = problem.items.len();
        self.room.clear();
        self.room.resize((problem.bundles.len() + 1) * items, 0);
        for (i, item) in problem.items.iter().enumerate() {
            self.room[problem.bundles.len() * items + i] = item.loose;
        }
        for (b, bundle) in problem.bundles.iter().enumerate().rev() {
            self.room.copy_within((b + 1) * items..(b + 2) * items, b * items);
            for part in bundle.parts(&problem.parts) {
                self.room[b * items + usize::from(part.item)] += part.units * bundle.quantity;
            }
        }
    }

    /// No unit of the item is left over for less, bundles shared out among their parts.
    pub(super) fn least_each(&self, problem: &Problem, item: usize) -> i128 {
        let wanted = &problem.items[item];
        if wanted.required > 0 {
            return i128::INFINITE;
        }
        let mut least = if wanted.loose > 0 { self.each[item] } else { i128::INFINITE };
        for (bundle, &score) in problem.bundles.iter().zip(&self.bundles) {
            let parts = bundle.parts(&problem.parts);
            if parts.iter().any(|part| usize::from(part.item) == item) {
                let units: u32 = parts.iter().map(|part| part.units).sum();
                least = least.min(score.div_euclid(i128::from(units.max(1))));
            }
        }
        least
    }

    /// The least score of leaving these units over, infinite where they cannot be; and whether it is certain.
    pub(super) fn score(&mut self, problem: &Problem, left: &[u32]) -> (i128, bool) {
        if problem.items.iter().zip(left).any(|(item, &left)| left + item.required > item.quantity) {
            return (i128::INFINITE, true);
        }
        if problem.bundles.is_empty() {
            let all = self.each.iter().zip(left).map(|(each, &left)| each * i128::from(left));
            return (all.sum(), true);
        }
        self.left.clear();
        self.left.extend_from_slice(left);
        self.now.clear();
        self.now.resize(problem.bundles.len(), 0);
        self.chosen.clear();
        self.chosen.resize(problem.bundles.len(), 0);
        self.best = i128::INFINITE;
        self.looks = 0;
        self.divide(problem, (0, 0));
        (self.best, self.looks < MAX_LOOKS)
    }

    /// How many of each bundle the latest [`Leftovers::score`] leaves over.
    pub(super) fn bundles_left(&self) -> &[u32] {
        &self.chosen
    }

    /// Tries how many of bundle `b` are left over, those before it being settled.
    fn divide(&mut self, problem: &Problem, (b, score): (usize, i128)) {
        self.looks += 1;
        let items = problem.items.len();
        let room = &self.room[b * items..(b + 1) * items];
        let has_room = self.left.iter().zip(room).all(|(left, room)| left <= room);
        let is_hopeless = !self.has_negative && score >= self.best;
        if self.looks >= MAX_LOOKS || !has_room || is_hopeless {
            return;
        }
        let Some(bundle) = problem.bundles.get(b).copied() else {
            let loose = self.each.iter().zip(&self.left).map(|(each, &left)| each * i128::from(left));
            let score = score + loose.sum::<i128>();
            if score < self.best {
                self.best = score;
                self.chosen.clone_from(&self.now);
            }
            return;
        };
        let parts = bundle.parts(&problem.parts);
        let mut taken = 0;
        loop {
            self.now[b] = taken;
            self.divide(problem, (b + 1, score + self.bundles[b] * i128::from(taken)));
            if taken == bundle.quantity || !take(&mut self.left, parts) {
                break;
            }
            taken += 1;
        }
        for part in parts {
            self.left[usize::from(part.item)] += part.units * taken;
        }
        self.now[b] = 0;
    }
}

/// Takes one bundle's parts out of what is left; `false`, and nothing taken, where they are not all there.
fn take(left: &mut [u32], parts: &[Part]) -> bool {
    for (p, part) in parts.iter().enumerate() {
        let of_item = &mut left[usize::from(part.item)];
        if *of_item < part.units {
            for taken in &parts[..p] {
                left[usize::from(taken.item)] += taken.units;
            }
            return false;
        }
        *of_item -= part.units;
    }
    true
}

/// What a search over prices makes of leftovers: at prices for the units, some are better left over.
impl Leftovers {
    /// What leaving over gains at most at these prices, zero or below; takes what is left off `surplus`.
    pub(super) fn gain(&self, problem: &Problem, prices: &[i128], surplus: &mut [i64]) -> i128 {
        let mut gain = 0;
        for (i, surplus) in surplus.iter_mut().enumerate() {
            let of_item = self.gain_loose(problem, prices, i);
            if of_item < 0 {
                *surplus -= i64::from(may_be_loose(&problem.items[i]));
            }
            gain += of_item;
        }
        for b in 0..self.bundles.len() {
            let of_bundle = self.gain_bundles(problem, prices, b);
            if of_bundle < 0 {
                let bundle = problem.bundles[b];
                for part in bundle.parts(&problem.parts) {
                    surplus[usize::from(part.item)] -= i64::from(part.units * bundle.quantity);
                }
            }
            gain += of_bundle;
        }
        gain
    }

    /// What leaving loose units of an item over gains at most at these prices, zero or below.
    pub(super) fn gain_loose(&self, problem: &Problem, prices: &[i128], item: usize) -> i128 {
        (self.each[item] - prices[item]).min(0) * i128::from(may_be_loose(&problem.items[item]))
    }

    /// The same for all bundles of a line.
    pub(super) fn gain_bundles(&self, problem: &Problem, prices: &[i128], b: usize) -> i128 {
        let bundle = problem.bundles[b];
        let parts = bundle.parts(&problem.parts);
        if parts.iter().any(|part| problem.items[usize::from(part.item)].required > 0) {
            return 0;
        }
        let worth = |part: &Part| prices[usize::from(part.item)] * i128::from(part.units);
        let worth: i128 = parts.iter().map(worth).sum();
        (self.bundles[b] - worth).min(0) * i128::from(bundle.quantity)
    }

    /// Most units of an item that may be left over at all.
    pub(super) fn most(&self, problem: &Problem, item: usize) -> u32 {
        let wanted = &problem.items[item];
        self.room[item].min(wanted.quantity - wanted.required)
    }
}

/// Units of an item that may be left over without a bundle.
fn may_be_loose(item: &Item) -> u32 {
    item.loose.min(item.quantity - item.required)
}
