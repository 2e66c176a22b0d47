//! The exact Lagrangian bound: each location's best content at the present prices, with its true rates by
//! weight, by dynamic programming over the weight of its parcel.
//!
//! Used when the bound by lines leaves too much open. The same tables bound every partial assignment, so the
//! search to the end is short.

use super::super::score::Score;
use super::super::{Problem, Terms};
use super::{Sites, State};
use crate::tables::NO_RATE;
use model::Lane;

/// Most weight classes of a table; finer weights are rounded down, which keeps the bound a bound.
const MAX_CLASSES: usize = 1_024;
/// Subgradient steps at the root and at each branch.
const ROOT_STEPS: usize = 40;
/// Rounds of steps at the root, locations being struck out between them.
const ROUNDS: usize = 4;
const BRANCH_STEPS: usize = 14;
/// So few locations are searched to the end.
const FEW: usize = 3;

/// Memory of the tables.
#[derive(Default)]
pub(super) struct Ladder {
    /// Weight of one unit of each item, in classes.
    classes: Vec<usize>,
    width: usize,
    shift: u32,
    /// By candidate, item and weight: the least score of what items from that one on may add at the prices.
    least: Vec<i128>,
    /// By candidate: least score of a parcel's rate, by weight class.
    rates: Vec<i128>,
    /// By candidate and item: its best content at the latest prices.
    contents: Vec<u32>,
    is_ready: bool,
}

/// Where a partial assignment stands.
pub(super) struct Stand {
    pub(super) open: Vec<usize>,
    pub(super) given: Vec<u32>,
    pub(super) left: Vec<u32>,
    weights: Vec<usize>,
    scores: Vec<i128>,
    counts: Vec<u32>,
}

impl Sites {
    /// Searches again with the exact bound; `self.best` holds the best plan so far.
    pub(super) fn climb(&mut self, terms: &Terms<'_>) -> i128 {
        let Terms { problem, .. } = *terms;
        self.ladder.is_ready = false;
        self.prepare_ladder(problem);
        self.prices.clone_from(&self.root_prices);
        let quick = self.bound(problem);
        let earnings = self.earnings.clone();
        self.strike_out(quick, &earnings);
        for _ in 0..ROUNDS {
            let bound = self.raise_exact(terms, ROOT_STEPS);
            if bound >= self.best.score {
                return bound;
            }
            let earnings = self.earnings.clone();
            self.strike_out(bound, &earnings);
        }
        self.climb_branch(terms, BRANCH_STEPS)
    }

    fn prepare_ladder(&mut self, problem: &Problem) {
        let total: i64 = problem.items.iter().map(|item| item.quanta * i64::from(item.quantity)).sum();
        let ladder = &mut self.ladder;
        ladder.shift = 0;
        while total >> ladder.shift >= MAX_CLASSES as i64 {
            ladder.shift += 1;
        }
        ladder.classes.clear();
        ladder.classes.extend(problem.items.iter().map(|item| (item.quanta >> ladder.shift) as usize));
        let heaviest: usize = problem
            .items
            .iter()
            .zip(&ladder.classes)
            .map(|(item, class)| class * item.quantity as usize)
            .sum();
        ladder.width = heaviest + 1;
        ladder.least.clear();
        ladder.least.resize(problem.candidates.len() * (self.items + 1) * ladder.width, 0);
        ladder.contents.clear();
        ladder.contents.resize(problem.candidates.len() * self.items, 0);
        ladder.rates.clear();
        ladder.rates.resize(problem.candidates.len() * ladder.width, i128::MAX);
    }

    fn climb_branch(&mut self, terms: &Terms<'_>, steps: usize) -> i128 {
        let Terms { problem, .. } = *terms;
        let bound = self.raise_exact(terms, steps);
        if bound >= self.best.score {
            return bound;
        }
        if self.steps >= self.limit {
            self.is_exact = false;
            return bound;
        }
        let before = self.states.clone();
        let earnings = self.earnings.clone();
        self.strike_out(bound, &earnings);
        let open = self.states.iter().filter(|state| **state != State::Out).count();
        let free = self.most_disputed(problem, &earnings);
        let ins = self.states.iter().filter(|state| **state == State::In).count();
        let too_many = problem.limits.max_parcels.is_some_and(|most| ins > most as usize);
        let below = match free {
            _ if too_many => i128::INFINITE,
            Some(free) if open > FEW => {
                let prices = self.prices.clone();
                let mut below = i128::MAX;
                let first =
                    if earnings[free] < 0 { [State::In, State::Out] } else { [State::Out, State::In] };
                for state in first {
                    self.states[free] = state;
                    self.prices.clone_from(&prices);
                    below = below.min(self.climb_branch(terms, BRANCH_STEPS));
                }
                below.max(bound)
            }
            _ => {
                self.search_stand(terms);
                bound
            }
        };
        self.states = before;
        below
    }

    /// The free location to branch on: one that has the item on which demand and what is taken differ most, and
    /// that hardly cares whether it takes part.
    fn most_disputed(&self, problem: &Problem, earnings: &[i128]) -> Option<usize> {
        let disputed = (0..self.items).filter(|&i| self.surplus[i] != 0).max_by_key(|&i| (self.prices[i], i));
        let has_it = |c: usize| disputed.is_some_and(|i| problem.usable(c, i) > 0);
        let free = (0..self.states.len()).filter(|&c| self.states[c] == State::Free);
        free.min_by_key(|&c| (!has_it(c), earnings[c].abs(), c))
    }

    /// Subgradient steps on the exact bound; prices, earnings and tables of the best are left in place.
    fn raise_exact(&mut self, terms: &Terms<'_>, steps: usize) -> i128 {
        let Terms { layout, .. } = *terms;
        self.best_prices.clone_from(&self.prices);
        let mut best = self.exact_bound(terms);
        let (mut stride, mut stale) = (2, 0);
        for _ in 0..steps {
            if best >= self.best.score {
                return best;
            }
            let norm: i128 = self.surplus.iter().map(|&s| i128::from(s) * i128::from(s)).sum();
            if norm == 0 {
                // What the locations take adds up to the order: a plan, and none is better.
                self.settle_contents(terms);
                break;
            }
            let length = (self.best.score - best).max(layout.cost) * 2 / stride / norm;
            for (price, &surplus) in self.prices.iter_mut().zip(&self.surplus) {
                *price += length * i128::from(surplus);
            }
            let bound = self.exact_bound(terms);
            if bound > best {
                (best, stale) = (bound, 0);
                self.best_prices.clone_from(&self.prices);
            } else {
                stale += 1;
                if stale >= 3 {
                    stale = 0;
                    stride *= 2;
                    self.prices.clone_from(&self.best_prices);
                    self.exact_bound(terms);
                }
            }
            self.try_earners(terms);
            self.steps += 1;
        }
        self.prices.clone_from(&self.best_prices);
        self.exact_bound(terms)
    }

    /// The bound at the present prices, as [`Sites::bound`] with true rates.
    fn exact_bound(&mut self, terms: &Terms<'_>) -> i128 {
        let Terms { problem, .. } = *terms;
        if !self.ladder.is_ready {
            self.fill_rates(terms);
        }
        let mut bound = self.price_items(problem);
        self.earnings.clear();
        for c in 0..problem.candidates.len() {
            if self.states[c] == State::Out {
                self.earnings.push(0);
                continue;
            }
            self.fill(problem, c);
            let earning = self.opening[c] + self.ladder.least[c * (self.items + 1) * self.ladder.width];
            self.earnings.push(earning);
            if self.states[c] == State::In || earning < 0 {
                bound += earning;
                self.withdraw_exact(problem, c);
            }
        }
        bound
    }

    /// Least rate of a parcel by weight class: the true rate where one parcel is all there can be, else the
    /// lines below.
    fn fill_rates(&mut self, terms: &Terms<'_>) {
        let Terms { problem, rates, layout } = *terms;
        let width = self.ladder.width;
        for (c, candidate) in problem.candidates.iter().enumerate() {
            let is_single = !problem.allows_many(candidate) || rates.merging_pays(&candidate.standing);
            let by_table = rates.lane == Lane::Ship && rates.uses_table && is_single;
            for class in 0..width {
                let quanta = (class as i64) << self.ladder.shift;
                let true_rate = || {
                    let step = usize::from(rates.tables.rates.step(quanta)?);
                    let row = &rates.tables.rates.rates(candidate.standing.rate_row)[step..];
                    // Where weights are rounded down, a heavier step may be the true one.
                    let rate = if self.ladder.shift == 0 { *row.first()? } else { *row.iter().min()? };
                    (rate != NO_RATE).then(|| i128::from(rate) * layout.cost)
                };
                let below = |line: usize| {
                    let lines = super::lines_below(problem, rates, c);
                    lines[line - self.lines[c]].map_or(0, |line| line.base + ((line.slope * quanta) >> 16))
                };
                self.ladder.rates[c * width + class] = match by_table {
                    true => true_rate().unwrap_or(if problem.allows_many(candidate) {
                        0
                    } else {
                        i128::INFINITE >> 8
                    }),
                    false => {
                        let least = (self.lines[c]..self.lines[c + 1]).map(below).min().unwrap_or(0);
                        i128::from(least) * layout.cost
                    }
                };
            }
        }
        self.ladder.is_ready = true;
    }

    /// Fills one location's table, from the last item back.
    fn fill(&mut self, problem: &Problem, c: usize) {
        let width = self.ladder.width;
        let base = c * (self.items + 1) * width;
        self.ladder.least[base + self.items * width..base + (self.items + 1) * width]
            .copy_from_slice(&self.ladder.rates[c * width..(c + 1) * width]);
        for i in (0..self.items).rev() {
            let (head, tail) = self.ladder.least[base + i * width..].split_at_mut(width);
            let tail = &tail[..width];
            head.copy_from_slice(tail);
            let usable = problem.usable(c, i).min(problem.items[i].quantity);
            let start = c * self.stride + problem.slots[i];
            for units in 1..=usable as usize {
                let score = self.taking[start + units] - self.prices[i] * units as i128;
                let heavier = self.ladder.classes[i] * units;
                for (least, after) in head.iter_mut().zip(&tail[heavier.min(width)..]) {
                    *least = (*least).min(*after + score);
                }
            }
        }
    }

    /// Takes the best content of a location off the surplus.
    fn withdraw_exact(&mut self, problem: &Problem, c: usize) {
        let width = self.ladder.width;
        let base = c * (self.items + 1) * width;
        let mut weight = 0;
        for i in 0..self.items {
            let least = self.ladder.least[base + i * width + weight];
            let usable = problem.usable(c, i).min(problem.items[i].quantity) as usize;
            let start = c * self.stride + problem.slots[i];
            let units = (0..=usable).find(|&units| {
                let heavier = weight + self.ladder.classes[i] * units;
                let score = self.taking[start + units] - self.prices[i] * units as i128;
                heavier < width && self.ladder.least[base + (i + 1) * width + heavier] + score == least
            });
            let units = units.unwrap_or(0);
            weight += self.ladder.classes[i] * units;
            self.surplus[i] -= units as i64;
            self.ladder.contents[c * self.items + i] = units as u32;
        }
    }

    /// Offers the contents that the locations chose at the present prices.
    fn settle_contents(&mut self, terms: &Terms<'_>) {
        let Terms { problem, .. } = *terms;
        let takes_part = |c: &usize| {
            self.states[*c] == State::In || self.states[*c] == State::Free && self.earnings[*c] < 0
        };
        let open: Vec<usize> = (0..self.states.len()).filter(takes_part).collect();
        let mut given = Vec::with_capacity(open.len() * self.items);
        let mut left: Vec<u32> = problem.items.iter().map(|item| item.quantity).collect();
        for &c in &open {
            let contents = &self.ladder.contents[c * self.items..(c + 1) * self.items];
            given.extend_from_slice(contents);
            for (left, &units) in left.iter_mut().zip(contents) {
                *left = left.saturating_sub(units);
            }
        }
        self.settle(terms, (&open, &given, &left));
    }

    fn search_stand(&mut self, terms: &Terms<'_>) {
        let Terms { problem, .. } = *terms;
        let open: Vec<usize> = (0..self.states.len()).filter(|&c| self.states[c] != State::Out).collect();
        let mut stand = Stand {
            given: vec![0; open.len() * self.items],
            left: problem.items.iter().map(|item| item.quantity).collect(),
            weights: vec![0; open.len()],
            scores: vec![0; open.len()],
            counts: vec![0; open.len()],
            open,
        };
        let mut paid = vec![0; self.items + 1];
        for (i, item) in problem.items.iter().enumerate().rev() {
            let may_lack = i128::from(item.quantity - item.required);
            let lacking = (self.unfilled[i] - self.prices[i]).min(0) * may_lack;
            paid[i] = paid[i + 1] + self.prices[i] * i128::from(item.quantity) + lacking;
        }
        self.is_final = true;
        self.descend(terms, (&mut stand, &paid), (0, 0, 0));
        self.is_final = false;
    }

    /// Gives item `i` to the open locations from `o` on, in every way that may still beat the best plan.
    fn descend(
        &mut self,
        terms: &Terms<'_>,
        (stand, paid): (&mut Stand, &[i128]),
        (i, o, over): (usize, usize, i128),
    ) {
        let Terms { problem, .. } = *terms;
        self.steps += 1;
        if self.steps >= self.limit {
            self.is_exact = false;
            return;
        }
        if i == self.items {
            self.settle(terms, (&stand.open, &stand.given, &stand.left));
            return;
        }
        if o == stand.open.len() {
            let item = &problem.items[i];
            if stand.left[i] <= item.quantity - item.required {
                let over = over + self.unfilled[i] * i128::from(stand.left[i]);
                if over + paid[i + 1] - self.split + self.least_of_stand(stand, i + 1) < self.best.score {
                    self.descend(terms, (stand, paid), (i + 1, 0, over));
                }
            }
            return;
        }
        let c = stand.open[o];
        let start = c * self.stride + problem.slots[i];
        for units in (0..=problem.usable(c, i).min(stand.left[i])).rev() {
            let (score, weight) =
                (self.taking[start + units as usize], self.ladder.classes[i] * units as usize);
            stand.given[o * self.items + i] = units;
            stand.left[i] -= units;
            stand.counts[o] += units;
            stand.scores[o] += score;
            stand.weights[o] += weight;
            self.descend(terms, (stand, paid), (i, o + 1, over));
            stand.left[i] += units;
            stand.counts[o] -= units;
            stand.scores[o] -= score;
            stand.weights[o] -= weight;
        }
        stand.given[o * self.items + i] = 0;
    }

    /// The least that the open locations can still come to, items before `i` given as they are.
    fn least_of_stand(&self, stand: &Stand, i: usize) -> i128 {
        let width = self.ladder.width;
        let mut least = 0;
        for (o, &c) in stand.open.iter().enumerate() {
            let rest = self.ladder.least[(c * (self.items + 1) + i) * width + stand.weights[o]];
            let all = self.opening[c] + stand.scores[o] + rest;
            least += if stand.counts[o] > 0 { all } else { all.min(0) };
        }
        least
    }
}
