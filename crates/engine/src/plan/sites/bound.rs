//! The Lagrangian bound, and prices that raise it.

use super::super::score::Score;
use super::super::{Problem, Terms};
use super::{Sites, State};

impl Sites {
    /// Improves prices by subgradient steps and returns the best bound; its prices and earnings stay.
    pub(super) fn raise_bound(&mut self, terms: &Terms<'_>, steps: usize) -> i128 {
        let Terms { problem, layout, .. } = *terms;
        if self.prices.len() != self.items || steps == super::ROOT_STEPS {
            self.first_prices(problem);
        }
        self.best_prices.clone_from(&self.prices);
        let mut best = self.bound(problem);
        let mut stride = 2;
        let mut stale = 0;
        for step in 0..steps {
            if best >= self.best.score {
                return best;
            }
            let norm: i128 = self.surplus.iter().map(|&s| i128::from(s) * i128::from(s)).sum();
            if norm == 0 {
                break;
            }
            let target = (self.best.score - best).max(layout.cost);
            let length = target * 2 / stride / norm;
            for (price, &surplus) in self.prices.iter_mut().zip(&self.surplus) {
                *price += length * i128::from(surplus);
            }
            let bound = self.bound(problem);
            if bound > best {
                best = bound;
                stale = 0;
                self.best_prices.clone_from(&self.prices);
            } else {
                stale += 1;
                if stale >= 4 {
                    stale = 0;
                    stride *= 2;
                    self.prices.clone_from(&self.best_prices);
                    self.bound(problem);
                }
            }
            if step % 8 == 7 {
                self.try_earners(terms);
            }
            self.steps += 1;
        }
        self.prices.clone_from(&self.best_prices);
        self.bound(problem)
    }

    /// Prices to begin with: each item's cheapest share of a parcel that it can share.
    fn first_prices(&mut self, problem: &Problem) {
        self.prices.clear();
        self.prices.resize(self.items, 0);
        for i in 0..self.items {
            let mut price = if problem.items[i].required < problem.items[i].quantity {
                self.unfilled[i]
            } else {
                i128::INFINITE
            };
            for c in 0..problem.candidates.len() {
                if self.states[c] == State::Out || problem.usable(c, i) == 0 {
                    continue;
                }
                let sharing: u32 = (0..self.items).map(|j| problem.usable(c, j)).sum();
                let one = self.taking[c * self.stride + problem.slots[i] + 1];
                for line in self.lines[c]..self.lines[c + 1] {
                    let share = self.based[line] / i128::from(sharing);
                    price = price.min(one + self.sloped[line * self.items + i] + share);
                }
            }
            self.prices[i] = if price >= i128::INFINITE { 0 } else { price };
        }
    }

    /// The bound at the present prices. Fills `earnings` by candidate (negative: it would take part) and
    /// `surplus` by item (units wanted less units taken).
    pub(super) fn bound(&mut self, problem: &Problem) -> i128 {
        self.earnings.clear();
        let mut bound = self.price_items(problem);
        for c in 0..problem.candidates.len() {
            if self.states[c] == State::Out {
                self.earnings.push(0);
                continue;
            }
            let earning = self.earning(problem, c);
            self.earnings.push(earning);
            if self.states[c] == State::In || earning < 0 {
                bound += earning;
                self.withdraw(problem, c);
            }
        }
        bound
    }

    /// What all units come to at the present prices, before any location earns. Fills `surplus`.
    pub(super) fn price_items(&mut self, problem: &Problem) -> i128 {
        self.surplus.clear();
        // Nothing placed at all would save no split; that plan is compared on its own.
        let mut bound = -self.split;
        for (i, item) in problem.items.iter().enumerate() {
            let may_lack = item.quantity - item.required;
            let lacking = if self.prices[i] > self.unfilled[i] { may_lack } else { 0 };
            bound +=
                self.prices[i] * i128::from(item.quantity - lacking) + self.unfilled[i] * i128::from(lacking);
            self.surplus.push(i64::from(item.quantity - lacking));
        }
        bound
    }

    /// What a candidate earns on its best line (negative: it pays).
    fn earning(&mut self, problem: &Problem, c: usize) -> i128 {
        let mut best = (i128::MAX, self.lines[c]);
        for line in self.lines[c]..self.lines[c + 1] {
            let mut earning = self.based[line];
            for i in 0..self.items {
                earning += self.best_units(problem, (c, line), i).0;
            }
            best = best.min((earning, line));
        }
        self.line_of[c] = best.1;
        best.0
    }

    fn withdraw(&mut self, problem: &Problem, c: usize) {
        for i in 0..self.items {
            self.surplus[i] -= i64::from(self.best_units(problem, (c, self.line_of[c]), i).1);
        }
    }

    /// What pays best of one item at one location on one line: the score, less its price, and the units.
    #[inline]
    pub(super) fn best_units(&self, problem: &Problem, (c, line): (usize, usize), i: usize) -> (i128, u32) {
        let usable = problem.usable(c, i).min(problem.items[i].quantity);
        let start = c * self.stride + problem.slots[i];
        let each = self.sloped[line * self.items + i] - self.prices[i];
        let mut best = (0, 0);
        for units in 1..=usable {
            let score = self.taking[start + units as usize] + each * i128::from(units);
            if score < best.0 {
                best = (score, units);
            }
        }
        best
    }
}
