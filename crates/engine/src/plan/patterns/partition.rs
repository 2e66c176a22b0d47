//! The order partitioned into patterns: the best plan of several parcels.
//!
//! Owns: the partition, in which one location may appear twice. That is right where it may send several parcels, and a
//! lower bound elsewhere: [`chain`](crate::plan::chain) decides those few orders. Refuses to know: what a pattern costs.

use super::{NOBODY, Patterns};
use crate::plan::score::Score;
use crate::plan::{MAX_PATTERN_ITEMS, Plan, Problem, Rates, Terms};

impl<S: Score> Patterns<S> {
    /// No plan of two parcels or more scores less.
    pub(super) fn least_of_two(&self, split: S) -> S {
        if self.least_parcel >= S::INFINITE {
            return S::INFINITE;
        }
        let mut least = self.least_parcel + self.least_parcel - split;
        for (i, &unit) in self.least_unit.iter().enumerate().take(self.items) {
            if unit >= S::INFINITE {
                return S::INFINITE;
            }
            for _ in 1..self.bases[i] {
                least += unit;
            }
        }
        least
    }

    pub(super) fn may_split(&self, problem: &Problem, rates: &Rates<'_>) -> bool {
        let limits = &problem.limits;
        if limits.max_parcels.is_some_and(|most| most <= 1) {
            return false;
        }
        let many_from_one =
            || problem.candidates.iter().any(|c| problem.allows_many(c) && !rates.merging_pays(&c.standing));
        let too_heavy = || !limits.is_one_parcel_per_location && self.best[self.count - 1] >= S::INFINITE;
        !limits.is_one_place || many_from_one() || too_heavy()
    }

    /// The best plan of any number of parcels, where that beats `single`.
    pub(super) fn best_split(&mut self, terms: &Terms<'_>, (single, split): (S, S), plan: &mut Plan) -> S {
        let Terms { problem, .. } = *terms;
        let is_tied = problem.limits.is_one_place || problem.limits.min_parcel_value > 0;
        if !is_tied {
            self.partition_all();
            let (score, pattern) = self.best_partition(split);
            plan.steps += self.count as u32;
            if score >= single {
                return single;
            }
            if self.read_partition(problem, pattern) {
                return score;
            }
        }
        if is_tied {
            self.partition_all();
        }
        let tied = self.solve_chain(terms, (single, plan));
        if tied < single { tied } else { self.restore_single(split) }
    }

    fn restore_single(&mut self, split: S) -> S {
        let (score, single) = self.best_single(split);
        self.parts.clear();
        self.parts.extend(single);
        score
    }

    /// The least score of placing exactly each pattern, in any number of parcels.
    fn partition_all(&mut self) {
        self.partition.clear();
        self.partition.push(S::default());
        self.first_part.clear();
        self.first_part.push(0);
        for pattern in 1..self.count {
            let (mut least, mut first) = (S::INFINITE, 0);
            self.for_parts(pattern, |this, part| {
                if this.best[part] < S::INFINITE && this.partition[pattern - part] < S::INFINITE {
                    let score = this.best[part].plus(this.partition[pattern - part]);
                    if score < least {
                        (least, first) = (score, part);
                    }
                }
            });
            self.partition.push(least.capped());
            self.first_part.push(first as u16);
        }
    }

    /// Calls `visit` with every part of a pattern that has a unit of its first item.
    pub(in crate::plan) fn for_parts(&self, pattern: usize, mut visit: impl FnMut(&Self, usize)) {
        let pivot = usize::from(self.shapes[pattern].pivot);
        let mut most = [0usize; MAX_PATTERN_ITEMS];
        let mut units = [0usize; MAX_PATTERN_ITEMS];
        for (i, most) in most.iter_mut().enumerate().take(self.items).skip(pivot) {
            *most = self.units(pattern, i) as usize;
        }
        units[pivot] = 1;
        let mut part = self.radix[pivot];
        loop {
            visit(self, part);
            let mut i = pivot;
            while i < self.items && units[i] == most[i] {
                let low = usize::from(i == pivot);
                part -= (units[i] - low) * self.radix[i];
                units[i] = low;
                i += 1;
            }
            if i == self.items {
                return;
            }
            units[i] += 1;
            part += self.radix[i];
        }
    }

    fn best_partition(&self, split: S) -> (S, usize) {
        let full = self.count - 1;
        let mut best = (self.unfilled[full], 0);
        for pattern in 1..self.count {
            let score = (self.partition[pattern] - split).plus(self.unfilled[full - pattern]);
            let is_legal =
                self.partition[pattern] < S::INFINITE && self.unfilled[full - pattern] < S::INFINITE;
            if is_legal && score < best.0 {
                best = (score, pattern);
            }
        }
        best
    }

    /// Reads the parts of a partition; `false` when they break a limit that the partition does not see.
    fn read_partition(&mut self, problem: &Problem, pattern: usize) -> bool {
        self.parts.clear();
        let mut left = pattern;
        while left > 0 {
            let part = self.first_part[left];
            self.parts.push((self.best_by[usize::from(part)], part));
            left -= usize::from(part);
        }
        let few_enough = problem.limits.max_parcels.is_none_or(|most| self.parts.len() <= most as usize);
        let mut senders: [u32; 256] = [NOBODY; 256];
        for (i, &(by, _)) in self.parts.iter().enumerate() {
            senders[i] = by;
        }
        let senders = &mut senders[..self.parts.len()];
        senders.sort_unstable();
        few_enough && senders.windows(2).all(|pair| pair[0] != pair[1])
    }
}
