//! The Lagrangian bound, and prices that raise it.

use super::super::Problem;
use super::{Ask, Method, Sites, State};
use crate::plan::score::Score;

/// Widest step of a price: times the most units of an order it stays far below what an integer holds.
const MAX_STEP_BITS: u32 = 100;

impl Sites {
    /// Improves prices by subgradient steps and returns the best bound; its prices and earnings stay.
    pub(super) fn raise(&mut self, ask: &mut Ask<'_, '_>, method: Method, steps: usize) -> i128 {
        let layout = ask.terms.layout;
        if self.prices.len() != self.items || method == Method::Lines && self.states_above.is_empty() {
            self.first_prices(ask);
        }
        self.best_prices.clone_from(&self.prices);
        let mut best = self.bound(ask, method);
        let (mut stride, mut stale) = (2, 0);
        for step in 1..=steps {
            if best >= self.best.score {
                return best;
            }
            if self.is_spent() {
                break;
            }
            let norm: i128 = self.surplus.iter().map(|&s| i128::from(s) * i128::from(s)).sum();
            if norm == 0 {
                if method == Method::Weights {
                    // What the locations take adds up to the order: a plan, and none is better.
                    self.try_contents(ask);
                }
                break;
            }
            // While no plan is known its score is infinite: a step is then as wide as scores can be, not as that.
            let ceiling = best.saturating_add(1 << layout.bits.min(MAX_STEP_BITS));
            let gap = (self.best.score.min(ceiling) - best).max(layout.cost);
            let length = gap * 2 / stride / norm;
            for (price, &surplus) in self.prices.iter_mut().zip(&self.surplus) {
                *price += length * i128::from(surplus);
            }
            let bound = self.bound(ask, method);
            if bound > best {
                (best, stale) = (bound, 0);
                self.best_prices.clone_from(&self.prices);
            } else {
                stale += 1;
                if stale >= method.patience() {
                    stale = 0;
                    stride *= 2;
                    self.prices.clone_from(&self.best_prices);
                    self.bound(ask, method);
                }
            }
            if step % method.steps_between_plans() == 0 {
                self.try_earners(ask);
            }
        }
        self.prices.clone_from(&self.best_prices);
        self.bound(ask, method)
    }

    /// Prices to begin with: each item's cheapest share of a parcel that it can share.
    fn first_prices(&mut self, ask: &Ask<'_, '_>) {
        let problem = ask.terms.problem;
        self.prices.clear();
        self.prices.resize(self.items, 0);
        for i in 0..self.items {
            let mut price = ask.leftovers.least_each(problem, i);
            for c in 0..problem.candidates.len() {
                if self.states[c] == State::Out || problem.usable(c, i) == 0 {
                    continue;
                }
                let sharing: u32 = (0..self.items).map(|j| problem.usable(c, j)).sum();
                let one = self.taking[c * self.stride + problem.slots[i] + 1];
                for line in self.lines.of(c) {
                    let share = self.lines.based[line] / i128::from(sharing);
                    price = price.min(one + self.lines.sloped[line * self.items + i] + share);
                }
            }
            self.prices[i] = if price >= i128::INFINITE { 0 } else { price };
        }
    }

    /// The bound at the present prices. Fills `earnings` by candidate (negative: it would take part) and
    /// `surplus` by item (units wanted less units taken and units better left over).
    pub(super) fn bound(&mut self, ask: &Ask<'_, '_>, method: Method) -> i128 {
        let problem = ask.terms.problem;
        self.earnings.clear();
        self.surplus.clear();
        self.surplus.extend(problem.items.iter().map(|item| i64::from(item.quantity)));
        let worth = |(item, price): (&crate::demand::Item, &i128)| price * i128::from(item.quantity);
        // Nothing placed at all would save no split; that plan is compared on its own.
        let mut bound = problem.items.iter().zip(&self.prices).map(worth).sum::<i128>() - self.split;
        bound += ask.leftovers.gain(problem, &self.prices, &mut self.surplus);
        let mut looks = 0;
        for c in 0..problem.candidates.len() {
            if self.states[c] == State::Out {
                self.earnings.push(0);
                continue;
            }
            looks += self.supply[c]
                * match method {
                    Method::Lines => self.lines.of(c).len(),
                    Method::Weights => self.weights.width,
                };
            let earning = match method {
                Method::Lines => self.earning_by_lines(problem, c),
                Method::Weights => self.earning_by_weight(problem, c),
            };
            self.earnings.push(earning);
            if self.states[c] == State::In || earning < 0 {
                bound += earning;
                match method {
                    Method::Lines => self.withdraw_by_lines(problem, c),
                    Method::Weights => self.withdraw_by_weight(problem, c),
                }
            }
        }
        self.spend(looks);
        bound
    }

    /// What a candidate earns on its best line (negative: it pays).
    fn earning_by_lines(&mut self, problem: &Problem, c: usize) -> i128 {
        let mut best = (i128::MAX, self.lines.of(c).start);
        for line in self.lines.of(c) {
            let mut earning = self.lines.based[line];
            for i in 0..self.items {
                earning += self.best_units(problem, (c, line), i).0;
            }
            best = best.min((earning, line));
        }
        self.lines.best_of[c] = best.1;
        best.0
    }

    fn withdraw_by_lines(&mut self, problem: &Problem, c: usize) {
        for i in 0..self.items {
            self.surplus[i] -= i64::from(self.best_units(problem, (c, self.lines.best_of[c]), i).1);
        }
    }

    /// What pays best of one item at one location on one line: the score, less its price, and the units.
    #[inline]
    pub(super) fn best_units(&self, problem: &Problem, (c, line): (usize, usize), i: usize) -> (i128, u32) {
        let usable = problem.usable(c, i).min(problem.items[i].quantity);
        let start = c * self.stride + problem.slots[i];
        let each = self.lines.sloped[line * self.items + i] - self.prices[i];
        let mut best = (0, 0);
        for units in 1..=usable {
            let score = self.taking[start + units as usize] + each * i128::from(units);
            if score < best.0 {
                best = (score, units);
            }
        }
        best
    }

    /// Whether a location takes part at the present prices.
    pub(super) fn takes_part(&self, c: usize) -> bool {
        self.states[c] == State::In || self.states[c] == State::Free && self.earnings[c] < 0
    }
}
