//! Exact search over patterns: a pattern is a number of units of each item, the content of one parcel.
//!
//! Owns: listing the patterns, and the cheapest location of each. What several parcels make of them is
//! [`partition`]'s. Refuses to know: limits that tie parcels together.

mod partition;

use super::chain;
use super::leftover::Leftovers;
use super::score::{Layout, Score};
use super::{BLOCKED, Content, MAX_PATTERN_ITEMS, Plan, Problem, Rates, Terms};
use crate::demand::Part;
use crate::tables::NO_RATE;
use model::Lane;

/// Marks "no location".
const NOBODY: u32 = u32::MAX;
/// Marks a weight beyond the heaviest step.
const NO_STEP: u16 = u16::MAX;

/// What is known of a pattern whoever sends it. Patterns are numbered in mixed radix, item 0 lowest.
#[derive(Clone, Copy, Default)]
pub(super) struct Shape {
    /// The pattern without the units of its first item.
    rest: u16,
    /// Slot of those units.
    slot: u16,
    /// First item of the pattern.
    pub(super) pivot: u8,
    step: u16,
    value: i64,
    content: Content,
}

pub(super) struct Patterns<S> {
    pub(super) count: usize,
    pub(super) radix: [usize; MAX_PATTERN_ITEMS],
    /// Wanted units of each item, plus one.
    bases: [usize; MAX_PATTERN_ITEMS],
    pub(super) items: usize,
    pub(super) shapes: Vec<Shape>,
    pub(super) unfilled: Vec<S>,
    /// By item: no unit is left over for less; infinite where none may be.
    pub(super) unfilled_each: [S; MAX_PATTERN_ITEMS],
    scaled: Vec<S>,
    pub(super) taking: Vec<S>,
    best: Vec<S>,
    best_by: Vec<u32>,
    pub(super) partition: Vec<S>,
    first_part: Vec<u16>,
    pub(super) parts: Vec<(u32, u16)>,
    pub(super) chain: chain::Chain<S>,
    least_parcel: S,
    least_unit: [S; MAX_PATTERN_ITEMS],
}

impl<S: Score> Default for Patterns<S> {
    fn default() -> Patterns<S> {
        Patterns {
            count: 0,
            radix: [1; MAX_PATTERN_ITEMS],
            bases: [1; MAX_PATTERN_ITEMS],
            items: 0,
            shapes: Vec::new(),
            unfilled: Vec::new(),
            unfilled_each: [S::INFINITE; MAX_PATTERN_ITEMS],
            scaled: Vec::new(),
            taking: Vec::new(),
            best: Vec::new(),
            best_by: Vec::new(),
            partition: Vec::new(),
            first_part: Vec::new(),
            parts: Vec::new(),
            chain: chain::Chain::default(),
            least_parcel: S::INFINITE,
            least_unit: [S::INFINITE; MAX_PATTERN_ITEMS],
        }
    }
}

impl<S: Score> Patterns<S> {
    pub(super) fn solve(&mut self, terms: &Terms<'_>, leftovers: &mut Leftovers, plan: &mut Plan) {
        let Terms { problem, rates, layout } = *terms;
        self.shape(problem, rates);
        self.price_leftovers(problem, leftovers);
        self.find_best(terms);
        self.parts.clear();
        let split = S::of_cost(problem.limits.split_penalty, S::narrow(layout.cost));
        let (mut score, single) = self.best_single(split);
        if let Some((by, pattern)) = single {
            self.parts.push((by, pattern));
        }
        plan.steps = self.count as u32;
        if self.may_split(problem, rates) && score > self.least_of_two(split) {
            score = self.best_split(terms, (score, split), plan);
        }
        if score < S::INFINITE {
            self.tell(score, plan);
        }
    }

    /// Lists the patterns with what does not depend on the location.
    fn shape(&mut self, problem: &Problem, rates: &Rates<'_>) {
        self.items = problem.items.len();
        self.count = 1;
        self.shapes.clear();
        self.shapes.push(Shape { pivot: u8::MAX, ..Shape::default() });
        for (i, item) in problem.items.iter().enumerate() {
            self.radix[i] = self.count;
            self.bases[i] = item.quantity as usize + 1;
            for units in 1..=item.quantity as usize {
                for rest in 0..self.count {
                    let below = self.shapes[rest];
                    let content = match rates.uses_table {
                        true => Content {
                            quanta: below.content.quanta + item.quanta * units as i64,
                            ..below.content
                        },
                        false => below.content.with(rates.network, item, units as u32),
                    };
                    let (rest, slot, pivot) = match rest {
                        0 => (0, problem.slots[i] + units, i as u8),
                        // The first item stays first: peel it, keep the units just added.
                        _ => (
                            usize::from(below.rest) + units * self.count,
                            usize::from(below.slot),
                            below.pivot,
                        ),
                    };
                    self.shapes.push(Shape {
                        rest: rest as u16,
                        slot: slot as u16,
                        pivot,
                        step: step_of(rates, &content),
                        value: below.value + item.price * units as i64,
                        content,
                    });
                }
            }
            self.count *= item.quantity as usize + 1;
        }
        debug_assert_eq!(self.shapes.len(), self.count);
    }

    /// Units of each item in a pattern.
    #[inline]
    pub(super) fn units(&self, pattern: usize, item: usize) -> u32 {
        (pattern / self.radix[item] % self.bases[item]) as u32
    }

    /// The score of leaving each pattern over.
    fn price_leftovers(&mut self, problem: &Problem, leftovers: &Leftovers) {
        self.scaled.clear();
        self.scaled.resize(problem.stride, S::default());
        for (i, item) in problem.items.iter().enumerate() {
            let each = leftovers.each[i];
            for units in 0..=item.quantity {
                let allowed = units <= item.loose.min(item.quantity - item.required);
                self.scaled[problem.slots[i] + units as usize] =
                    if allowed { S::narrow(each * i128::from(units)) } else { S::INFINITE };
            }
            let least = leftovers.least_each(problem, i);
            self.least_unit[i] = if least < i128::INFINITE { S::narrow(least) } else { S::INFINITE };
            self.unfilled_each[i] = self.least_unit[i];
        }
        self.unfilled.clear();
        self.unfilled.push(S::default());
        for shape in &self.shapes[1..] {
            let score = self.unfilled[usize::from(shape.rest)].plus(self.scaled[usize::from(shape.slot)]);
            self.unfilled.push(score);
        }
        for (bundle, &each) in problem.bundles.iter().zip(&leftovers.bundles) {
            let parts = bundle.parts(&problem.parts);
            if parts.iter().all(|part| problem.items[usize::from(part.item)].required == 0) {
                self.leave_bundles((parts, bundle.quantity), S::narrow(each));
            }
        }
    }

    /// Lets whole bundles be left over, too: as many of one kind as there are, each for its score.
    fn leave_bundles(&mut self, (parts, quantity): (&[Part], u32), each: S) {
        let mut offset = 0;
        let mut needs = [0; MAX_PATTERN_ITEMS];
        for part in parts {
            needs[usize::from(part.item)] += part.units;
            offset += part.units as usize * self.radix[usize::from(part.item)];
        }
        self.taking.clone_from(&self.unfilled);
        for pattern in 1..self.count {
            let (mut rest, mut scored) = (pattern, S::default());
            for _ in 0..quantity {
                if (0..self.items).any(|i| self.units(rest, i) < needs[i]) {
                    break;
                }
                rest -= offset;
                scored += each;
                self.unfilled[pattern] = self.unfilled[pattern].min(self.taking[rest].plus(scored));
            }
        }
    }

    /// What taking each pattern from a candidate scores, parcels aside, into `self.taking`.
    pub(super) fn price_taking(&mut self, problem: &Problem, layout: &Layout, candidate: usize) {
        let weight = S::narrow(layout.cost);
        let row = &problem.taking[candidate * problem.stride..(candidate + 1) * problem.stride];
        for (scaled, &cost) in self.scaled.iter_mut().zip(row) {
            *scaled = if cost == BLOCKED { S::INFINITE } else { S::of_cost(cost, weight) };
        }
        if problem.tiers > 0 {
            for (i, item) in problem.items.iter().enumerate() {
                let each = problem.tier_score(problem.tier_units(candidate, i), layout);
                for units in 1..=item.quantity as usize {
                    let scaled = &mut self.scaled[problem.slots[i] + units];
                    *scaled = scaled.plus(S::narrow(each * units as i128));
                }
            }
        }
        self.taking.clear();
        self.taking.push(S::default());
        for shape in &self.shapes[1..] {
            let score = self.taking[usize::from(shape.rest)].plus(self.scaled[usize::from(shape.slot)]);
            self.taking.push(score);
        }
    }

    /// The rate of a pattern as one parcel from a candidate, `None` where no service takes it.
    #[inline]
    pub(super) fn rate(
        &self,
        problem: &Problem,
        rates: &Rates<'_>,
        (candidate, pattern): (usize, usize),
    ) -> Option<i64> {
        let standing = &problem.candidates[candidate].standing;
        if rates.uses_table || rates.lane != Lane::Ship {
            let step = self.shapes[pattern].step;
            let rate =
                if step == NO_STEP { NO_RATE } else { rates.tables.rates.rate(standing.rate_row, step) };
            return (rate != NO_RATE).then(|| i64::from(rate));
        }
        rates.rate(standing, &self.shapes[pattern].content)
    }

    /// What preferences add to a pattern as one parcel from a candidate, by what it contains.
    pub(super) fn leaning(&self, terms: &Terms<'_>, (candidate, pattern): (usize, usize)) -> S {
        let counts = |item| self.units(pattern, item);
        S::narrow(terms.problem.leaning_score(candidate, counts, terms.layout))
    }

    /// Value of a pattern to the customer.
    pub(super) fn value(&self, pattern: usize) -> i64 {
        self.shapes[pattern].value
    }

    /// The cheapest candidate of every pattern; of equals the first by code.
    fn find_best(&mut self, terms: &Terms<'_>) {
        let Terms { problem, rates, layout } = *terms;
        self.best.clear();
        self.best.resize(self.count, S::INFINITE);
        self.best_by.clear();
        self.best_by.resize(self.count, NOBODY);
        self.least_parcel = S::INFINITE;
        let weight = S::narrow(layout.cost);
        for candidate in 0..problem.candidates.len() {
            self.price_taking(problem, layout, candidate);
            self.note_least_units(problem);
            let parcel = S::narrow(problem.parcel_score(&problem.candidates[candidate], layout));
            for pattern in 1..self.count {
                if self.taking[pattern] >= S::INFINITE {
                    continue;
                }
                let Some(rate) = self.rate(problem, rates, (candidate, pattern)) else { continue };
                let mut sending = parcel + S::of_cost(rate, weight);
                if problem.has_leanings() {
                    sending += self.leaning(terms, (candidate, pattern));
                }
                self.least_parcel = self.least_parcel.min(sending);
                let score = self.taking[pattern] + sending;
                if score < self.best[pattern] {
                    self.best[pattern] = score;
                    self.best_by[pattern] = candidate as u32;
                }
            }
        }
    }

    /// Keeps the least that one more unit of each item scores anywhere.
    fn note_least_units(&mut self, problem: &Problem) {
        for (i, item) in problem.items.iter().enumerate() {
            let slot = problem.slots[i];
            for units in 1..=item.quantity as usize {
                let (before, after) = (self.scaled[slot + units - 1], self.scaled[slot + units]);
                if after >= S::INFINITE {
                    break;
                }
                self.least_unit[i] = self.least_unit[i].min(after - before);
            }
        }
    }

    /// The best plan of at most one parcel.
    fn best_single(&self, split: S) -> (S, Option<(u32, u16)>) {
        let full = self.count - 1;
        let mut best = (self.unfilled[full], None);
        for pattern in 1..self.count {
            if self.best[pattern] < S::INFINITE && self.unfilled[full - pattern] < S::INFINITE {
                let score = (self.best[pattern] - split).plus(self.unfilled[full - pattern]);
                if score < best.0 {
                    best = (score, Some((self.best_by[pattern], pattern as u16)));
                }
            }
        }
        best
    }

    /// Writes the parts into the plan, by location.
    fn tell(&mut self, score: S, plan: &mut Plan) {
        self.parts.sort_unstable_by_key(|&(by, part)| (by, std::cmp::Reverse(part)));
        for i in 0..self.parts.len() {
            let (by, part) = self.parts[i];
            plan.push(by as usize, (0..self.items).map(|item| self.units(usize::from(part), item)));
        }
        plan.is_legal = true;
        plan.score = score.wide();
    }
}

fn step_of(rates: &Rates<'_>, content: &Content) -> u16 {
    if rates.lane != Lane::Ship {
        return 0;
    }
    if !rates.uses_table {
        return NO_STEP;
    }
    rates.tables.rates.step(content.quanta).unwrap_or(NO_STEP)
}
