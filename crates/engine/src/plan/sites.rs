//! Branch and bound over the locations that take part, for orders with many units.
//!
//! The bound is Lagrangian: every item has a price, each location takes what pays at those prices, and what
//! all of them then earn is less than any plan costs. A location's rates enter as the lowest of a few
//! straight lines below them, so the bound holds for one parcel and for several. Prices are raised and
//! lowered by subgradient steps; locations that cannot pay within the gap are struck out; what remains is
//! branched on, and a handful of locations is searched to the end with exact rates.

mod assign;
mod bound;
mod ladder;
mod packing;

use super::score::{Layout, Score};
use super::{Plan, Problem, Rates, Terms};
use crate::tables::NO_RATE;
use model::{Cost, Lane, ServiceChoice};

/// Steps at the root, and at each branch, to find prices.
const ROOT_STEPS: usize = 80;
const BRANCH_STEPS: usize = 12;
/// Steps after which the quick bound gives way to the exact one.
const QUICK_STEPS: u32 = 3_000;
/// So few locations are searched directly.
const FEW: usize = 4;
/// Straight lines below the rates of one location.
const MAX_LINES: usize = 4;
/// Lines closer than this to the rates, in cost units, are close enough.
const CLOSE: i64 = 300;

/// Whether a location takes part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    In,
    Out,
    Free,
}

/// A straight line: rate(w) ≥ base + slope × w on a stretch of weights. Whatever the weight, one of a
/// location's lines is below its rate.
#[derive(Clone, Copy, Default, Debug)]
struct Line {
    base: i64,
    /// Cost per quantum, times 65,536.
    slope: i64,
}

/// Memory of the search.
#[derive(Default)]
pub(super) struct Sites {
    items: usize,
    stride: usize,
    /// By candidate and slot: the score of taking so many units, without the rate.
    taking: Vec<i128>,
    /// Where each candidate's lines begin; one more than there are candidates.
    lines: Vec<usize>,
    /// By line: one parcel, with the base of the line.
    based: Vec<i128>,
    /// By line and item: what the slope adds to one unit.
    sloped: Vec<i128>,
    /// By candidate: the line that earned best at the latest prices.
    line_of: Vec<usize>,
    /// By candidate: one parcel, without its rate.
    opening: Vec<i128>,
    unfilled: Vec<i128>,
    states: Vec<State>,
    prices: Vec<i128>,
    root_prices: Vec<i128>,
    best_prices: Vec<i128>,
    earnings: Vec<i128>,
    surplus: Vec<i64>,
    best: assign::Best,
    desk: assign::Desk,
    ladder: ladder::Ladder,
    split: i128,
    is_exact: bool,
    /// Assignments are being searched to the end, so that what is not tried is lost.
    is_final: bool,
    steps: u32,
    limit: u32,
}

impl Sites {
    pub(super) fn solve(&mut self, terms: &Terms<'_>, plan: &mut Plan) {
        let Terms { problem, layout, .. } = *terms;
        self.prepare(terms);
        self.best.clear();
        let full_leftover =
            self.leftover_score(problem, &problem.items.iter().map(|item| item.quantity).collect::<Vec<_>>());
        self.best.offer_nothing(full_leftover);
        let mut bound = i128::MAX;
        if problem.limits.is_one_place {
            self.try_each_alone(terms);
        } else if !problem.candidates.is_empty() {
            self.greedy(terms);
            let allowed = self.limit;
            self.limit = allowed.min(QUICK_STEPS);
            bound = self.branch(terms, ROOT_STEPS);
            self.limit = allowed;
            if !self.is_exact {
                self.is_exact = true;
                bound = bound.max(self.climb(terms));
            }
        }
        self.tell(problem, layout, bound, plan);
    }

    fn prepare(&mut self, terms: &Terms<'_>) {
        let Terms { problem, rates, layout } = *terms;
        self.items = problem.items.len();
        self.stride = problem.stride;
        self.steps = 0;
        self.limit = problem.limits.steps.max(1_000);
        self.is_exact = true;
        self.split = i128::from(problem.limits.split_penalty) * layout.cost;
        self.taking.clear();
        self.sloped.clear();
        self.opening.clear();
        self.based.clear();
        self.lines.clear();
        self.line_of.clear();
        for (c, candidate) in problem.candidates.iter().enumerate() {
            let opening = problem.parcel_score(candidate, layout);
            self.opening.push(opening);
            self.lines.push(self.based.len());
            self.line_of.push(self.based.len());
            for line in lines_below(problem, rates, c).into_iter().flatten() {
                self.based.push(opening + i128::from(line.base) * layout.cost);
                let slope_of =
                    |item: &crate::demand::Item| i128::from((item.quanta * line.slope) >> 16) * layout.cost;
                self.sloped.extend(problem.items.iter().map(slope_of));
            }
            for (i, _) in problem.items.iter().enumerate() {
                let tier = problem.tier_score(problem.tier_units(c, i), layout);
                for (units, &cost) in problem.taking(c, i).iter().enumerate() {
                    let score = i128::from(cost) * layout.cost + tier * units as i128;
                    self.taking.push(if cost == super::BLOCKED { i128::INFINITE } else { score });
                }
            }
        }
        self.lines.push(self.based.len());
        self.unfilled.clear();
        self.unfilled.extend(problem.items.iter().map(|item| problem.unfilled_score(item, layout)));
        self.states.clear();
        self.states.resize(problem.candidates.len(), State::Free);
    }

    /// The score of leaving units over; infinite where required units are among them.
    fn leftover_score(&self, problem: &Problem, left: &[u32]) -> i128 {
        let mut score = 0;
        for ((item, &left), &each) in problem.items.iter().zip(left).zip(&self.unfilled) {
            if left > item.quantity - item.required {
                return i128::INFINITE;
            }
            score += each * i128::from(left);
        }
        score
    }

    /// Searches below the present states; returns a bound of everything that was looked at.
    fn branch(&mut self, terms: &Terms<'_>, steps: usize) -> i128 {
        let Terms { problem, .. } = *terms;
        let bound = self.raise_bound(terms, steps);
        if steps == ROOT_STEPS {
            self.root_prices.clone_from(&self.prices);
        }
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
        let open = |states: &[State]| states.iter().filter(|state| **state != State::Out).count();
        let free = (0..self.states.len())
            .filter(|&c| self.states[c] == State::Free)
            .min_by_key(|&c| (earnings[c], c));
        let ins = self.states.iter().filter(|state| **state == State::In).count();
        let too_many = problem.limits.max_parcels.is_some_and(|most| ins > most as usize);
        let below = match free {
            _ if too_many => i128::INFINITE,
            Some(free) if open(&self.states) > FEW => {
                let prices = self.prices.clone();
                let mut below = i128::MAX;
                let first =
                    if earnings[free] < 0 { [State::In, State::Out] } else { [State::Out, State::In] };
                for state in first {
                    self.states[free] = state;
                    self.prices.clone_from(&prices);
                    below = below.min(self.branch(terms, BRANCH_STEPS));
                }
                below.max(bound)
            }
            _ => {
                self.search_few(terms);
                bound
            }
        };
        self.states = before;
        below
    }

    /// Fixes free locations whose choice is settled by the gap.
    fn strike_out(&mut self, bound: i128, earnings: &[i128]) {
        for (state, &earning) in self.states.iter_mut().zip(earnings) {
            if *state == State::Free && earning >= 0 && bound + earning >= self.best.score {
                *state = State::Out;
            } else if *state == State::Free && earning < 0 && bound - earning >= self.best.score {
                *state = State::In;
            }
        }
    }

    fn tell(&mut self, problem: &Problem, layout: &Layout, bound: i128, plan: &mut Plan) {
        plan.steps = self.steps;
        if self.best.score >= i128::INFINITE {
            return;
        }
        plan.is_legal = true;
        plan.score = self.best.score;
        let items = problem.items.len();
        let mut parcels: Vec<usize> = (0..self.best.parcels.len()).collect();
        parcels.sort_by_key(|&p| (self.best.parcels[p], p));
        for p in parcels {
            let counts = &self.best.counts[p * items..(p + 1) * items];
            plan.push(self.best.parcels[p] as usize, counts.iter().copied());
        }
        if !self.is_exact {
            let gap = (self.best.score - bound.min(self.best.score)) / layout.cost;
            plan.gap = Cost(i64::try_from(gap).unwrap_or(i64::MAX).max(1));
        }
    }
}

/// Lines below a candidate's rates, up to what it can send.
fn lines_below(problem: &Problem, rates: &Rates<'_>, candidate: usize) -> [Option<Line>; MAX_LINES] {
    let flat = |base| [Some(Line { base, slope: 0 }), None, None, None];
    let standing = &problem.candidates[candidate].standing;
    let surcharges_add =
        rates.network.rates.services.iter().all(|s| s.surcharges.iter().all(|s| s.amount >= Cost::ZERO));
    let table_is_below =
        rates.uses_table || rates.network.rates.choice == ServiceChoice::Cheapest && surcharges_add;
    if rates.lane != Lane::Ship || !table_is_below {
        return flat(0);
    }
    let row = rates.tables.rates.rates(standing.rate_row);
    let limits = rates.tables.rates.step_limits();
    let supply: i64 = (0..problem.items.len())
        .map(|i| problem.items[i].quanta * i64::from(problem.usable(candidate, i)))
        .sum();
    let last = limits.partition_point(|&limit| limit < supply).min(limits.len().saturating_sub(1));
    let corners: Vec<(i64, i64)> = (0..=last)
        .filter(|&s| row[s] != NO_RATE)
        .map(|s| (limits[s].min(supply.max(1)), i64::from(row[s])))
        .collect();
    if corners.is_empty() {
        return flat(0);
    }
    let lines = lines_through(&corners);
    let parcel = problem.candidates[candidate].fixed() + problem.limits.split_penalty;
    if lines.iter().flatten().any(|line| line.base + parcel < 0) {
        return flat(corners.iter().map(|corner| corner.1).min().unwrap_or(0).min(0));
    }
    lines
}

/// Cuts the corners of a staircase into stretches, each with a line below its corners, where lines would be
/// farthest off.
fn lines_through(corners: &[(i64, i64)]) -> [Option<Line>; MAX_LINES] {
    let mut stretches = vec![(0, corners.len() - 1)];
    while stretches.len() < MAX_LINES {
        let worst = (0..stretches.len())
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
                stretches.push((cut, to));
            }
            _ => break,
        }
    }
    let mut lines = [None; MAX_LINES];
    for (line, (from, to)) in lines.iter_mut().zip(stretches) {
        *line = Some(line_through(&corners[from..=to]));
    }
    lines
}

fn line_through(corners: &[(i64, i64)]) -> Line {
    let (first, last) = (corners[0], corners[corners.len() - 1]);
    let width = last.0 - first.0;
    let slope = if width > 0 { ((last.1 - first.1).max(0) << 16) / width } else { 0 };
    let below = corners.iter().map(|&(weight, rate)| rate - ((slope * weight) >> 16) - 1);
    Line { base: below.min().unwrap_or(0), slope }
}
