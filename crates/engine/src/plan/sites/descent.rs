//! Given a few locations: every assignment of units to them that may still beat the best plan.

use super::super::Problem;
use super::{Ask, Method, Sites, State};

/// Where a partial assignment stands. A track is what the open locations are scored on: each of its lines, or,
/// by weight, the location itself.
#[derive(Default)]
pub(super) struct Stand {
    open: Vec<usize>,
    /// By open location and item.
    given: Vec<u32>,
    left: Vec<u32>,
    /// By open location: units given so far, and what they weigh in classes.
    counts: Vec<u32>,
    weights: Vec<usize>,
    /// Of each open location, its first track; one more than there are open.
    firsts: Vec<usize>,
    /// By track: what the units given so far score.
    scores: Vec<i128>,
    /// By item and track: what items from that one on may earn at the prices. By lines only.
    rests: Vec<i128>,
    /// By item: what all units from that one on are worth, leftovers gained.
    paid: Vec<i128>,
}

impl Sites {
    /// Searches every assignment to the locations that are not out.
    pub(super) fn search_to_the_end(&mut self, ask: &mut Ask<'_, '_>, method: Method) {
        let problem = ask.terms.problem;
        let mut stand = std::mem::take(&mut self.stand);
        stand.open.clear();
        stand.open.extend((0..self.states.len()).filter(|&c| self.states[c] != State::Out));
        let open = stand.open.len();
        stand.given.clear();
        stand.given.resize(open * self.items, 0);
        stand.counts.clear();
        stand.counts.resize(open, 0);
        stand.weights.clear();
        stand.weights.resize(open, 0);
        stand.left.clear();
        stand.left.extend(problem.items.iter().map(|item| item.quantity));
        self.lay_tracks(&mut stand, method);
        self.measure_rest(ask, &mut stand, method);
        self.is_final = true;
        self.descend(ask, (&mut stand, method), (0, 0, 0));
        self.is_final = false;
        self.stand = stand;
    }

    fn lay_tracks(&self, stand: &mut Stand, method: Method) {
        stand.firsts.clear();
        stand.scores.clear();
        for &c in &stand.open {
            stand.firsts.push(stand.scores.len());
            match method {
                Method::Lines => stand.scores.extend_from_slice(&self.lines.based[self.lines.of(c)]),
                Method::Weights => stand.scores.push(self.opening[c]),
            }
        }
        stand.firsts.push(stand.scores.len());
    }

    /// Works out what the items from each one on are worth at the present prices.
    fn measure_rest(&self, ask: &Ask<'_, '_>, stand: &mut Stand, method: Method) {
        let problem = ask.terms.problem;
        let tracks = stand.scores.len();
        stand.rests.clear();
        stand.rests.resize((self.items + 1) * tracks, 0);
        stand.paid.clear();
        stand.paid.resize(self.items + 1, 0);
        let bundled = |b: usize| ask.leftovers.gain_bundles(problem, &self.prices, b);
        stand.paid[self.items] = (0..problem.bundles.len()).map(bundled).sum();
        for (i, item) in problem.items.iter().enumerate().rev() {
            stand.paid[i] = stand.paid[i + 1] + self.prices[i] * i128::from(item.quantity);
            let loose = ask.leftovers.gain_loose(problem, &self.prices, i);
            // What is left of an item in bundles is divided at the end only: till then its gain is open.
            let from = if item.is_in_bundle() { self.items } else { i };
            stand.paid[i..=from].iter_mut().for_each(|paid| *paid += loose);
            if method == Method::Weights {
                continue;
            }
            for (o, &c) in stand.open.iter().enumerate() {
                for (track, line) in (stand.firsts[o]..stand.firsts[o + 1]).zip(self.lines.of(c)) {
                    let best = self.best_units(problem, (c, line), i).0;
                    stand.rests[i * tracks + track] = stand.rests[(i + 1) * tracks + track] + best;
                }
            }
        }
    }

    /// Gives item `i` to the open locations from `o` on, in every way that may still beat the best plan.
    /// `over` is what the units left over so far score.
    fn descend(
        &mut self,
        ask: &mut Ask<'_, '_>,
        (stand, method): (&mut Stand, Method),
        (i, o, over): (usize, usize, i128),
    ) {
        let problem = ask.terms.problem;
        self.spend(stand.scores.len());
        if self.is_spent() {
            self.is_exact = false;
            return;
        }
        if i == self.items {
            self.settle(ask, (&stand.open, &stand.given, &stand.left));
            return;
        }
        if o == stand.open.len() {
            if stand.left[i] <= ask.leftovers.most(problem, i) {
                let is_open = problem.items[i].is_in_bundle();
                let each = if is_open { self.prices[i] } else { ask.leftovers.each[i] };
                let over = over + each * i128::from(stand.left[i]);
                let bound = over + stand.paid[i + 1] - self.split + self.least_rest(stand, method, i + 1);
                if bound < self.best.score {
                    self.descend(ask, (stand, method), (i + 1, 0, over));
                }
            }
            return;
        }
        let most = problem.usable(stand.open[o], i).min(stand.left[i]);
        for units in (0..=most).rev() {
            self.give(problem, (stand, method), (o, i, units));
            self.descend(ask, (stand, method), (i, o + 1, over));
            self.take_back(problem, (stand, method), (o, i));
        }
    }

    /// Books units of an item to an open location.
    fn give(
        &self,
        problem: &Problem,
        (stand, method): (&mut Stand, Method),
        (o, i, units): (usize, usize, u32),
    ) {
        stand.given[o * self.items + i] = units;
        self.book(problem, (stand, method), (o, i, 1));
        stand.left[i] -= units;
        stand.counts[o] += units;
        stand.weights[o] += self.weight_of(method, i) * units as usize;
    }

    fn take_back(&self, problem: &Problem, (stand, method): (&mut Stand, Method), (o, i): (usize, usize)) {
        let units = stand.given[o * self.items + i];
        self.book(problem, (stand, method), (o, i, -1));
        stand.left[i] += units;
        stand.counts[o] -= units;
        stand.weights[o] -= self.weight_of(method, i) * units as usize;
        stand.given[o * self.items + i] = 0;
    }

    fn weight_of(&self, method: Method, i: usize) -> usize {
        if method == Method::Weights { self.weights.classes[i] } else { 0 }
    }

    /// Adds (`sign` 1) or takes off (−1) what the given units of an item score on each track.
    fn book(
        &self,
        problem: &Problem,
        (stand, method): (&mut Stand, Method),
        (o, i, sign): (usize, usize, i128),
    ) {
        let (c, units) = (stand.open[o], stand.given[o * self.items + i]);
        if units == 0 {
            return;
        }
        let taking = self.taking[c * self.stride + problem.slots[i] + units as usize];
        let tracks = &mut stand.scores[stand.firsts[o]..stand.firsts[o + 1]];
        for (track, line) in tracks.iter_mut().zip(self.lines.of(c)) {
            let slope = if method == Method::Lines { self.lines.sloped[line * self.items + i] } else { 0 };
            *track += sign * (taking + slope * i128::from(units));
        }
    }

    /// The least that the open locations can still come to, items before `i` given as they are.
    fn least_rest(&self, stand: &Stand, method: Method, i: usize) -> i128 {
        let tracks = stand.scores.len();
        let mut least = 0;
        for (o, &c) in stand.open.iter().enumerate() {
            let of_track = |track: usize| match method {
                Method::Lines => stand.scores[track] + stand.rests[i * tracks + track],
                Method::Weights => stand.scores[track] + self.rest_by_weight((c, i), stand.weights[o]),
            };
            let all = (stand.firsts[o]..stand.firsts[o + 1]).map(of_track).min().unwrap_or(0);
            least += if stand.counts[o] > 0 { all } else { all.min(0) };
        }
        least
    }
}
