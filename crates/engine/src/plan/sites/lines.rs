//! Straight lines below a location's rates, so that each item can be judged by itself.
//!
//! A line: rate(w) ≥ base + slope × w on a stretch of weights. Whatever the weight, one of a location's lines
//! is below its rate; for several parcels, too, as a further parcel never costs less than nothing.

use super::super::{Problem, Rates, Terms};
use crate::tables::NO_RATE;
use model::{Cost, Lane, ServiceChoice};

/// Straight lines below the rates of one location.
const MAX_LINES: usize = 4;
/// Lines closer than this to the rates, in cost units, are close enough.
const CLOSE: i64 = 300;

#[derive(Clone, Copy, Default, Debug)]
struct Line {
    base: i64,
    /// Cost per quantum, times 65,536.
    slope: i64,
}

#[derive(Default)]
pub(super) struct Lines {
    all: Vec<Line>,
    /// Where each candidate's lines begin; one more than there are candidates.
    firsts: Vec<usize>,
    /// By line: one parcel, with the base of the line.
    pub(super) based: Vec<i128>,
    /// By line and item: what the slope adds to one unit.
    pub(super) sloped: Vec<i128>,
    /// By candidate: the line that earned best at the latest prices.
    pub(super) best_of: Vec<usize>,
    corners: Vec<(i64, i64)>,
}

impl Lines {
    /// `opening`: by candidate, one parcel without its rate.
    pub(super) fn prepare(&mut self, terms: &Terms<'_>, opening: &[i128]) {
        let Terms { problem, rates, layout } = *terms;
        self.all.clear();
        self.firsts.clear();
        self.based.clear();
        self.sloped.clear();
        self.best_of.clear();
        for (c, &opening) in opening.iter().enumerate() {
            let first = self.all.len();
            self.firsts.push(first);
            self.best_of.push(first);
            self.draw(problem, rates, c);
            for line in &self.all[first..] {
                self.based.push(opening + i128::from(line.base) * layout.cost);
                let slope_of =
                    |item: &crate::demand::Item| i128::from((item.quanta * line.slope) >> 16) * layout.cost;
                self.sloped.extend(problem.items.iter().map(slope_of));
            }
        }
        self.firsts.push(self.all.len());
    }

    /// The lines of a candidate.
    pub(super) fn of(&self, candidate: usize) -> std::ops::Range<usize> {
        self.firsts[candidate]..self.firsts[candidate + 1]
    }

    /// No parcel of a candidate with this weight has a lower rate.
    pub(super) fn least_rate(&self, candidate: usize, quanta: i64) -> i64 {
        let rate = |line: &Line| line.base + ((line.slope * quanta) >> 16);
        self.all[self.of(candidate)].iter().map(rate).min().unwrap_or(0)
    }

    /// Draws lines below a candidate's rates, up to what it can send.
    fn draw(&mut self, problem: &Problem, rates: &Rates<'_>, candidate: usize) {
        let standing = &problem.candidates[candidate].standing;
        let services = &rates.network.rates.services;
        let surcharges_add = services.iter().all(|s| s.surcharges.iter().all(|s| s.amount >= Cost::ZERO));
        let table_is_below =
            rates.uses_table || rates.network.rates.choice == ServiceChoice::Cheapest && surcharges_add;
        self.corners.clear();
        if rates.lane == Lane::Ship && table_is_below {
            let row = rates.tables.rates.rates(standing.rate_row);
            let limits = rates.tables.rates.step_limits();
            let supply: i64 = (0..problem.items.len())
                .map(|i| problem.items[i].quanta * i64::from(problem.usable(candidate, i)))
                .sum();
            let last = limits.partition_point(|&limit| limit < supply).min(limits.len().saturating_sub(1));
            let served = (0..=last).filter(|&s| row[s] != NO_RATE);
            self.corners.extend(served.map(|s| (limits[s].min(supply.max(1)), i64::from(row[s]))));
        }
        if self.corners.is_empty() {
            return self.all.push(Line::default());
        }
        let first = self.all.len();
        lines_through(&self.corners, &mut self.all);
        let parcel = problem.candidates[candidate].fixed() + problem.limits.split_penalty;
        if self.all[first..].iter().any(|line| line.base + parcel < 0) {
            self.all.truncate(first);
            let least = self.corners.iter().map(|corner| corner.1).min().unwrap_or(0);
            self.all.push(Line { base: least.min(0), slope: 0 });
        }
    }
}

/// Cuts the corners of a staircase into stretches, each with a line below its corners, where lines would be
/// farthest off.
fn lines_through(corners: &[(i64, i64)], lines: &mut Vec<Line>) {
    let mut stretches = [(0, corners.len() - 1); MAX_LINES];
    let mut count = 1;
    while count < MAX_LINES {
        let worst = (0..count)
            .map(|at| {
                let (from, to) = stretches[at];
                let line = line_through(&corners[from..=to]);
                let off = |s: &usize| corners[*s].1 - (line.base + ((line.slope * corners[*s].0) >> 16));
                let farthest = (from + 1..to).max_by_key(|s| (off(s), *s)).unwrap_or(from);
                (off(&farthest), at, farthest)
            })
            .max();
        match worst {
            Some((off, at, cut)) if off > CLOSE && stretches[at].0 < cut && cut < stretches[at].1 => {
                let (from, to) = stretches[at];
                stretches[at] = (from, cut);
                stretches[count] = (cut, to);
                count += 1;
            }
            _ => break,
        }
    }
    lines.extend(stretches[..count].iter().map(|&(from, to)| line_through(&corners[from..=to])));
}

fn line_through(corners: &[(i64, i64)]) -> Line {
    let (first, last) = (corners[0], corners[corners.len() - 1]);
    let width = last.0 - first.0;
    let slope = if width > 0 { ((last.1 - first.1).max(0) << 16) / width } else { 0 };
    let below = corners.iter().map(|&(weight, rate)| rate - ((slope * weight) >> 16) - 1);
    Line { base: below.min().unwrap_or(0), slope }
}
