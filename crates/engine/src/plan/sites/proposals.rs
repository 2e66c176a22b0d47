//! Plans that are tried on the way: good ones early make the bound cut sooner.

use super::super::Problem;
use super::{Ask, Sites};
use crate::demand::Bundle;

/// Locations that a greedy plan may have.
const MAX_GREEDY: usize = 64;

/// Memory of a plan that is tried.
#[derive(Default)]
pub(super) struct Proposal {
    open: Vec<usize>,
    /// By open location and item.
    given: Vec<u32>,
    pub(super) left: Vec<u32>,
    /// By open location: what more it can send, in quanta of weight.
    room: Vec<i64>,
    /// By item: units left over with their bundles.
    bundled: Vec<u32>,
}

impl Sites {
    /// Starts with nothing open and opens what helps most, as long as something helps.
    pub(super) fn try_greedy(&mut self, ask: &mut Ask<'_, '_>) {
        self.proposal.open.clear();
        let mut score = self.best.score;
        while self.proposal.open.len() < MAX_GREEDY && !self.is_spent() {
            let mut better: Option<(i128, usize)> = None;
            for c in 0..self.states.len() {
                if self.proposal.open.contains(&c) {
                    continue;
                }
                self.proposal.open.push(c);
                let with = self.try_open(ask);
                self.proposal.open.pop();
                if with < better.map_or(score, |(score, _)| score) {
                    better = Some((with, c));
                }
            }
            let Some((with, c)) = better else { break };
            score = with;
            self.proposal.open.push(c);
        }
        // Early choices may have become needless.
        for i in (0..self.proposal.open.len()).rev() {
            if self.is_spent() {
                break;
            }
            let c = self.proposal.open.remove(i);
            if self.try_open(ask) < score {
                score = self.best.score.min(score);
            } else {
                self.proposal.open.insert(i, c);
            }
        }
    }

    /// Tries the locations that earn at the present prices.
    pub(super) fn try_earners(&mut self, ask: &mut Ask<'_, '_>) {
        let mut open = std::mem::take(&mut self.proposal.open);
        open.clear();
        open.extend((0..self.states.len()).filter(|&c| self.takes_part(c)).take(MAX_GREEDY));
        self.proposal.open = open;
        self.try_open(ask);
    }

    /// Everything from one place.
    pub(super) fn try_each_alone(&mut self, ask: &mut Ask<'_, '_>) {
        let problem = ask.terms.problem;
        for c in 0..problem.candidates.len() {
            let has_all =
                problem.items.iter().enumerate().all(|(i, item)| problem.usable(c, i) >= item.quantity);
            if has_all {
                self.proposal.open.clear();
                self.proposal.open.push(c);
                self.is_final = true;
                self.try_open(ask);
                self.is_final = false;
            }
        }
    }

    /// Tries the contents that the locations chose at the present prices, by weight.
    pub(super) fn try_contents(&mut self, ask: &mut Ask<'_, '_>) {
        let mut proposal = std::mem::take(&mut self.proposal);
        proposal.open.clear();
        proposal.open.extend((0..self.states.len()).filter(|&c| self.takes_part(c)));
        proposal.given.clear();
        proposal.left.clear();
        proposal.left.extend(ask.terms.problem.items.iter().map(|item| item.quantity));
        for &c in &proposal.open {
            let contents = &self.weights.contents[c * self.items..(c + 1) * self.items];
            proposal.given.extend_from_slice(contents);
            for (left, &units) in proposal.left.iter_mut().zip(contents) {
                *left = left.saturating_sub(units);
            }
        }
        self.settle(ask, (&proposal.open, &proposal.given, &proposal.left));
        self.proposal = proposal;
    }

    /// Gives every unit to the open location that takes it for least, slopes included; keeps the plan if it is
    /// the best so far, and returns its score.
    fn try_open(&mut self, ask: &mut Ask<'_, '_>) -> i128 {
        let problem = ask.terms.problem;
        let mut proposal = std::mem::take(&mut self.proposal);
        proposal.given.clear();
        proposal.given.resize(proposal.open.len() * self.items, 0);
        proposal.left.clear();
        proposal.room.clear();
        proposal.room.extend(proposal.open.iter().map(|&c| self.heaviest[c]));
        for i in 0..self.items {
            let left = self.give_out(ask, &mut proposal, i);
            proposal.left.push(left);
        }
        if !problem.bundles.is_empty() {
            proposal.take_broken_bundles_back(problem);
        }
        let score = self.settle(ask, (&proposal.open, &proposal.given, &proposal.left));
        self.spend(problem.units() as usize * proposal.open.len());
        self.proposal = proposal;
        score
    }

    /// Gives out an item unit by unit; returns what nobody should take.
    fn give_out(&self, ask: &Ask<'_, '_>, proposal: &mut Proposal, i: usize) -> u32 {
        let problem = ask.terms.problem;
        let Proposal { open, given, room, .. } = proposal;
        let item = &problem.items[i];
        let mut units = item.quantity;
        while units > 0 {
            let step = |o: usize| {
                let (c, has) = (open[o], given[o * self.items + i]);
                let slot = c * self.stride + problem.slots[i] + has as usize;
                let slope = self.lines.sloped[self.lines.best_of[c] * self.items + i];
                let fits = has < problem.usable(c, i) && item.quanta <= room[o];
                fits.then(|| self.taking[slot + 1] - self.taking[slot] + slope)
            };
            let cheapest = (0..open.len()).filter_map(|o| step(o).map(|score| (score, o))).min();
            let is_wanted = item.is_in_bundle() || item.quantity - units < item.required;
            match cheapest {
                Some((score, o)) if is_wanted || score < ask.leftovers.each[i] => {
                    given[o * self.items + i] += 1;
                    room[o] -= item.quanta;
                }
                _ => break,
            }
            units -= 1;
        }
        units
    }
}

impl Proposal {
    /// Where a part of a bundle is missing, its other parts stay, too.
    fn take_broken_bundles_back(&mut self, problem: &Problem) {
        let items = problem.items.len();
        self.bundled.clear();
        self.bundled.resize(items, 0);
        for &bundle in &problem.bundles {
            let broken = self.broken(problem, bundle);
            for part in bundle.parts(&problem.parts) {
                self.bundled[usize::from(part.item)] += part.units * broken;
            }
        }
        for i in 0..items {
            for o in (0..self.open.len()).rev() {
                let lacking = self.bundled[i].saturating_sub(self.left[i]);
                let units = lacking.min(self.given[o * items + i]);
                self.given[o * items + i] -= units;
                self.left[i] += units;
            }
        }
    }

    /// How many bundles must be left over so that what is missing of their parts is accounted for.
    fn broken(&self, problem: &Problem, bundle: Bundle) -> u32 {
        let missing = |part: &crate::demand::Part| {
            let i = usize::from(part.item);
            let may_be_left = problem.items[i].loose + self.bundled[i];
            self.left[i].saturating_sub(may_be_left).div_ceil(part.units.max(1))
        };
        bundle.parts(&problem.parts).iter().map(missing).max().unwrap_or(0).min(bundle.quantity)
    }
}
