//! Given a few locations: who takes what, with exact rates.

use super::super::score::Score;
use super::super::{Content, Problem, Terms};
use super::{Sites, State};

/// Locations that a greedy plan may have.
const MAX_GREEDY: usize = 64;

/// The best plan found.
#[derive(Default)]
pub(super) struct Best {
    pub(super) score: i128,
    /// Candidate of each parcel.
    pub(super) parcels: Vec<u32>,
    /// By parcel and item.
    pub(super) counts: Vec<u32>,
}

impl Best {
    pub(super) fn clear(&mut self) {
        self.score = i128::INFINITE;
        self.parcels.clear();
        self.counts.clear();
    }

    /// The plan that places nothing.
    pub(super) fn offer_nothing(&mut self, score: i128) {
        self.score = self.score.min(score);
    }
}

/// Memory of the assignment search.
#[derive(Default)]
pub(super) struct Desk {
    open: Vec<usize>,
    /// By open location and item.
    given: Vec<u32>,
    left: Vec<u32>,
    contents: Vec<Content>,
    /// Of each open location, the first of its lines among all open lines; one more than there are open.
    firsts: Vec<usize>,
    /// By open line: what the units given so far score on it.
    scores: Vec<i128>,
    /// By item and open line: what items from that one on may earn at the prices.
    rests: Vec<i128>,
    /// By item: prices of all units from that one on.
    paid: Vec<i128>,
    /// By open location: units given so far.
    counts: Vec<u32>,
}

impl Sites {
    /// Starts with nothing open and opens what helps most, as long as something helps.
    pub(super) fn greedy(&mut self, terms: &Terms<'_>) {
        let problem = terms.problem;
        let mut open: Vec<usize> = Vec::new();
        let mut score = self.best.score;
        while open.len() < MAX_GREEDY {
            let mut better: Option<(i128, usize)> = None;
            for c in 0..problem.candidates.len() {
                if open.contains(&c) {
                    continue;
                }
                open.push(c);
                let with = self.try_open(terms, &open);
                open.pop();
                if with < better.map_or(score, |(score, _)| score) {
                    better = Some((with, c));
                }
            }
            let Some((with, c)) = better else { break };
            score = with;
            open.push(c);
        }
        // Early choices may have become needless.
        for i in (0..open.len()).rev() {
            let mut fewer = open.clone();
            fewer.remove(i);
            if self.try_open(terms, &fewer) < score {
                score = self.best.score.min(score);
                open = fewer;
            }
        }
    }

    /// Tries the locations that earn at the present prices.
    pub(super) fn try_earners(&mut self, terms: &Terms<'_>) {
        let problem = terms.problem;
        let earners: Vec<usize> = (0..problem.candidates.len())
            .filter(|&c| self.states[c] == State::In || self.states[c] == State::Free && self.earnings[c] < 0)
            .take(MAX_GREEDY)
            .collect();
        self.try_open(terms, &earners);
    }

    /// Everything from one place.
    pub(super) fn try_each_alone(&mut self, terms: &Terms<'_>) {
        let Terms { problem, .. } = *terms;
        for c in 0..problem.candidates.len() {
            let has_all =
                problem.items.iter().enumerate().all(|(i, item)| problem.usable(c, i) >= item.quantity);
            if has_all {
                self.is_final = true;
                self.try_open(terms, &[c]);
                self.is_final = false;
            }
        }
    }

    /// Gives every unit to the open location that takes it for least, slopes included; keeps the plan if it is
    /// the best so far, and returns its score.
    fn try_open(&mut self, terms: &Terms<'_>, open: &[usize]) -> i128 {
        let Terms { problem, .. } = *terms;
        let items = self.items;
        let mut given = std::mem::take(&mut self.desk.given);
        let mut left = std::mem::take(&mut self.desk.left);
        given.clear();
        given.resize(open.len() * items, 0);
        left.clear();
        for (i, item) in problem.items.iter().enumerate() {
            let mut units = item.quantity;
            while units > 0 {
                let step = |o: usize, given: &[u32]| {
                    let (c, has) = (open[o], given[o * items + i]);
                    let slot = c * self.stride + problem.slots[i] + has as usize;
                    let slope = self.sloped[self.line_of[c] * items + i];
                    (has < problem.usable(c, i)).then(|| self.taking[slot + 1] - self.taking[slot] + slope)
                };
                let cheapest = (0..open.len()).filter_map(|o| step(o, &given).map(|score| (score, o))).min();
                let lacks = item.quantity - units < item.required;
                match cheapest {
                    Some((score, o)) if lacks || score < self.unfilled[i] => given[o * items + i] += 1,
                    _ => break,
                }
                units -= 1;
            }
            left.push(units);
        }
        let score = self.settle(terms, (open, &given, &left));
        self.desk.given = given;
        self.desk.left = left;
        self.steps += 1;
        score
    }

    /// Searches every assignment to the locations that are not out.
    pub(super) fn search_few(&mut self, terms: &Terms<'_>) {
        let Terms { problem, .. } = *terms;
        let mut desk = std::mem::take(&mut self.desk);
        desk.open.clear();
        desk.open.extend((0..self.states.len()).filter(|&c| self.states[c] != State::Out));
        desk.given.clear();
        desk.given.resize(desk.open.len() * self.items, 0);
        desk.contents.clear();
        desk.contents.resize(desk.open.len(), Content::default());
        desk.counts.clear();
        desk.counts.resize(desk.open.len(), 0);
        desk.left.clear();
        desk.left.extend(problem.items.iter().map(|item| item.quantity));
        self.measure_rest(problem, &mut desk);
        self.is_final = true;
        self.assign(terms, &mut desk, (0, 0, 0));
        self.is_final = false;
        self.desk = desk;
    }

    /// Works out what the items from each one on are worth at the present prices.
    fn measure_rest(&self, problem: &Problem, desk: &mut Desk) {
        desk.firsts.clear();
        desk.scores.clear();
        for &c in &desk.open {
            desk.firsts.push(desk.scores.len());
            desk.scores.extend_from_slice(&self.based[self.lines[c]..self.lines[c + 1]]);
        }
        desk.firsts.push(desk.scores.len());
        let lines = desk.scores.len();
        desk.rests.clear();
        desk.rests.resize((self.items + 1) * lines, 0);
        desk.paid.clear();
        desk.paid.resize(self.items + 1, 0);
        for (i, item) in problem.items.iter().enumerate().rev() {
            let may_lack = i128::from(item.quantity - item.required);
            let lacking = (self.unfilled[i] - self.prices[i]).min(0) * may_lack;
            desk.paid[i] = desk.paid[i + 1] + self.prices[i] * i128::from(item.quantity) + lacking;
            for (o, &c) in desk.open.iter().enumerate() {
                for (open_line, line) in (desk.firsts[o]..desk.firsts[o + 1]).zip(self.lines[c]..) {
                    let best = self.best_units(problem, (c, line), i).0;
                    desk.rests[i * lines + open_line] = desk.rests[(i + 1) * lines + open_line] + best;
                }
            }
        }
    }

    /// Gives item `i` to the open locations from `o` on, in every way that may still beat the best plan.
    /// `over` is the score of the units left over so far.
    fn assign(&mut self, terms: &Terms<'_>, desk: &mut Desk, (i, o, over): (usize, usize, i128)) {
        let Terms { problem, rates, .. } = *terms;
        self.steps += 1;
        if self.steps >= self.limit {
            self.is_exact = false;
            return;
        }
        if i == self.items {
            let open = std::mem::take(&mut desk.open);
            self.settle(terms, (&open, &desk.given, &desk.left));
            desk.open = open;
            return;
        }
        if o == desk.open.len() {
            let item = &problem.items[i];
            if desk.left[i] <= item.quantity - item.required {
                let over = over + self.unfilled[i] * i128::from(desk.left[i]);
                if self.may_beat(terms, desk, (i + 1, over)) {
                    self.assign(terms, desk, (i + 1, 0, over));
                }
            }
            return;
        }
        let c = desk.open[o];
        let start = c * self.stride + problem.slots[i];
        let most = problem.usable(c, i).min(desk.left[i]);
        let before = desk.contents[o];
        for units in (0..=most).rev() {
            self.give(desk, (o, c, i), (start, units, 1));
            desk.contents[o] = before.with(rates.network, &problem.items[i], units);
            self.assign(terms, desk, (i, o + 1, over));
            self.give(desk, (o, c, i), (start, units, -1));
        }
        desk.given[o * self.items + i] = 0;
        desk.contents[o] = before;
    }

    /// Books units of an item to an open location, or (`sign` −1) takes them back.
    fn give(
        &self,
        desk: &mut Desk,
        (o, c, i): (usize, usize, usize),
        (start, units, sign): (usize, u32, i128),
    ) {
        desk.given[o * self.items + i] = units;
        if units == 0 {
            return;
        }
        let taking = self.taking[start + units as usize];
        for (open_line, line) in (desk.firsts[o]..desk.firsts[o + 1]).zip(self.lines[c]..) {
            desk.scores[open_line] +=
                sign * (taking + self.sloped[line * self.items + i] * i128::from(units));
        }
        if sign > 0 {
            desk.left[i] -= units;
            desk.counts[o] += units;
        } else {
            desk.left[i] += units;
            desk.counts[o] -= units;
        }
    }

    /// Whether the items from `i` on can still be given so that the whole beats the best plan: the Lagrangian
    /// bound with what is given fixed, and for locations with parcels the rate that they have reached.
    fn may_beat(&self, terms: &Terms<'_>, desk: &Desk, (i, over): (usize, i128)) -> bool {
        let Terms { problem, rates, .. } = *terms;
        let lines = desk.scores.len();
        let mut bound = over + desk.paid[i] - self.split;
        for (o, &c) in desk.open.iter().enumerate() {
            let is_used = desk.counts[o] > 0;
            let mut least = if is_used { i128::MAX } else { 0 };
            for open_line in desk.firsts[o]..desk.firsts[o + 1] {
                least = least.min(desk.scores[open_line] + desk.rests[i * lines + open_line]);
            }
            if is_used && i == self.items {
                let candidate = &problem.candidates[c];
                let is_single = !problem.allows_many(candidate) || rates.merging_pays(&candidate.standing);
                if is_single
                    && rates.least_rate(&candidate.standing, &desk.contents[o]).is_none()
                    && !problem.allows_many(candidate)
                {
                    return false;
                }
            }
            bound += least;
        }
        bound < self.best.score
    }
}
