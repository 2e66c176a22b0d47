//! The bound by weight: each location's best content at the present prices, with its true rates, by dynamic
//! programming over the weight of its parcel.
//!
//! Used when the bound by lines leaves too much open. The same tables bound every partial assignment, so the
//! search to the end is short.

use super::super::{Problem, Terms};
use super::lines::Lines;
use super::{Sites, State};
use crate::demand::Item;
use crate::plan::score::Score;
use crate::tables::NO_RATE;
use model::Lane;

/// Most weight classes of a table; finer weights are rounded down, which keeps the bound a bound.
const MAX_CLASSES: usize = 1_024;
/// Fewer classes tell hardly more than lines do.
const MIN_CLASSES: usize = 16;
/// Most entries of all tables together: 64 MB.
const MAX_ENTRIES: usize = 1 << 22;

#[derive(Default)]
pub(super) struct Weights {
    /// Weight of one unit of each item, in classes.
    pub(super) classes: Vec<usize>,
    pub(super) width: usize,
    shift: u32,
    /// By candidate: its position in the tables; the last for those that are out.
    rows: Vec<u32>,
    /// By position, item and weight: the least score of what items from that one on may add at the prices.
    least: Vec<i128>,
    /// By position: least score of a parcel's rate, by weight class.
    rates: Vec<i128>,
    /// By candidate and item: its best content at the latest prices.
    pub(super) contents: Vec<u32>,
}

impl Weights {
    /// Lays tables for the candidates that are not out; `false` where they would be too large to be of use.
    pub(super) fn prepare(&mut self, terms: &Terms<'_>, lines: &Lines, states: &[State]) -> bool {
        let problem = terms.problem;
        let items = problem.items.len();
        let open = states.iter().filter(|state| **state != State::Out).count();
        let most = (MAX_ENTRIES / (open.max(1) * (items + 1))).min(MAX_CLASSES);
        if most < MIN_CLASSES {
            return false;
        }
        self.choose_classes(problem, most);
        self.least.clear();
        self.least.resize(open * (items + 1) * self.width, 0);
        self.contents.clear();
        self.contents.resize(problem.candidates.len() * items, 0);
        self.rates.clear();
        self.rows.clear();
        let mut row = 0;
        for (c, state) in states.iter().enumerate() {
            self.rows.push(row);
            if *state == State::Out {
                continue;
            }
            row += 1;
            for class in 0..self.width {
                let rate = self.least_rate(terms, lines, (c, class));
                self.rates.push(rate);
            }
        }
        true
    }

    fn choose_classes(&mut self, problem: &Problem, most: usize) {
        let of_item = |(item, class): (&Item, &usize)| class * item.quantity as usize;
        self.shift = 0;
        loop {
            self.classes.clear();
            self.classes.extend(problem.items.iter().map(|item| (item.quanta >> self.shift) as usize));
            self.width = problem.items.iter().zip(&self.classes).map(of_item).sum::<usize>() + 1;
            if self.width <= most {
                return;
            }
            self.shift += 1;
        }
    }

    /// Least rate of a parcel of a weight class: the true rate where one parcel is all there can be, else that
    /// of the lines below.
    fn least_rate(&self, terms: &Terms<'_>, lines: &Lines, (c, class): (usize, usize)) -> i128 {
        let Terms { problem, rates, layout } = *terms;
        let candidate = &problem.candidates[c];
        let quanta = (class as i64) << self.shift;
        let allows_many = problem.allows_many(candidate);
        let is_single = !allows_many || rates.merging_pays(&candidate.standing);
        if !(rates.lane == Lane::Ship && rates.uses_table && is_single) {
            return i128::from(lines.least_rate(c, quanta)) * layout.cost;
        }
        let true_rate = || {
            let step = usize::from(rates.tables.rates.step(quanta)?);
            let row = &rates.tables.rates.rates(candidate.standing.rate_row)[step..];
            // Where weights are rounded down, a heavier step may be the true one.
            let rate = if self.shift == 0 { *row.first()? } else { *row.iter().min()? };
            (rate != NO_RATE).then(|| i128::from(rate) * layout.cost)
        };
        true_rate().unwrap_or(if allows_many { 0 } else { i128::INFINITE >> 8 })
    }

    /// Where a candidate's scores for an item begin.
    fn row(&self, (items, c, i): (usize, usize, usize)) -> usize {
        (self.rows[c] as usize * (items + 1) + i) * self.width
    }
}

impl Sites {
    /// What a candidate earns with its best content. Fills its table, from the last item back.
    pub(super) fn earning_by_weight(&mut self, problem: &Problem, c: usize) -> i128 {
        let width = self.weights.width;
        let last = self.weights.row((self.items, c, self.items));
        let rates = self.weights.rows[c] as usize * width;
        self.weights.least[last..last + width].copy_from_slice(&self.weights.rates[rates..rates + width]);
        for i in (0..self.items).rev() {
            let row = self.weights.row((self.items, c, i));
            let (head, tail) = self.weights.least[row..].split_at_mut(width);
            let tail = &tail[..width];
            head.copy_from_slice(tail);
            let usable = problem.usable(c, i).min(problem.items[i].quantity);
            let start = c * self.stride + problem.slots[i];
            for units in 1..=usable as usize {
                let score = self.taking[start + units] - self.prices[i] * units as i128;
                let heavier = self.weights.classes[i] * units;
                for (least, after) in head.iter_mut().zip(&tail[heavier.min(width)..]) {
                    *least = (*least).min(*after + score);
                }
            }
        }
        self.opening[c] + self.weights.least[self.weights.row((self.items, c, 0))]
    }

    /// Takes the best content of a location off the surplus.
    pub(super) fn withdraw_by_weight(&mut self, problem: &Problem, c: usize) {
        let width = self.weights.width;
        let mut weight = 0;
        for i in 0..self.items {
            let (row, next) =
                (self.weights.row((self.items, c, i)), self.weights.row((self.items, c, i + 1)));
            let least = self.weights.least[row + weight];
            let usable = problem.usable(c, i).min(problem.items[i].quantity) as usize;
            let start = c * self.stride + problem.slots[i];
            let units = (0..=usable).find(|&units| {
                let heavier = weight + self.weights.classes[i] * units;
                let score = self.taking[start + units] - self.prices[i] * units as i128;
                heavier < width && self.weights.least[next + heavier] + score == least
            });
            let units = units.unwrap_or(0);
            weight += self.weights.classes[i] * units;
            self.surplus[i] -= units as i64;
            self.weights.contents[c * self.items + i] = units as u32;
        }
    }

    /// The least that items from `i` on may add at the prices, in a parcel that weighs so much already.
    pub(super) fn rest_by_weight(&self, (c, i): (usize, usize), weight: usize) -> i128 {
        self.weights.least[self.weights.row((self.items, c, i)) + weight]
    }
}
