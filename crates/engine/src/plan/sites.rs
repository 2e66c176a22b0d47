//! Branch and bound over the locations that take part, for orders with many units.
//!
//! The bound is Lagrangian: every item has a price, each location takes what pays at those prices, and what
//! all of them then earn is less than any plan costs. Prices are raised and lowered by subgradient steps;
//! locations that cannot pay within the gap are struck out; what remains is branched on, and a handful of
//! locations is searched to the end with exact rates. Two methods tell what a location earns: a quick one by
//! straight lines below its rates, and one with its rates by weight.

mod bound;
mod boxes;
mod descent;
mod lines;
mod packing;
mod proposals;
mod weights;

use super::leftover::Leftovers;
use super::score::{Layout, Score};
use super::{Candidate, Plan, Problem, Terms};
use crate::tables::NO_RATE;
use model::{Cost, Lane};

/// Subgradient steps of the quick method at the root.
const ROOT_STEPS: usize = 80;
/// Share of the steps after which the quick method gives way to the one by weight.
const QUICK_SHARE: u32 = 100;
/// Looks at numbers that count as one step: every part of a search takes about as long per step.
const LOOKS_PER_STEP: usize = 64;
/// Subgradient steps by weight at the root, and their rounds; locations are struck out between these.
const WEIGHT_ROOT_STEPS: usize = 40;
const WEIGHT_ROUNDS: usize = 4;

/// Whether a location takes part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    In,
    Out,
    Free,
}

/// How a location's earnings are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Method {
    /// Each item by itself, on straight lines below the rates.
    Lines,
    /// The best content of a parcel, with true rates.
    Weights,
}

impl Method {
    /// Subgradient steps at each branch.
    fn branch_steps(self) -> usize {
        match self {
            Method::Lines => 12,
            Method::Weights => 14,
        }
    }

    /// So few locations are searched to the end.
    fn few(self) -> usize {
        match self {
            Method::Lines => 4,
            Method::Weights => 3,
        }
    }

    /// Steps without a better bound after which they are halved.
    fn patience(self) -> u32 {
        match self {
            Method::Lines => 4,
            Method::Weights => 3,
        }
    }

    /// Steps between two plans that are tried.
    fn steps_between_plans(self) -> usize {
        match self {
            Method::Lines => 8,
            Method::Weights => 1,
        }
    }
}

/// Memory of the search.
#[derive(Default)]
pub(super) struct Sites {
    items: usize,
    stride: usize,
    /// By candidate and slot: the score of taking so many units, without the rate.
    taking: Vec<i128>,
    /// By candidate: one parcel, without its rate.
    opening: Vec<i128>,
    /// By candidate: most that it can send, in quanta of weight.
    heaviest: Vec<i64>,
    /// By candidate: units that it could take, and items: the looks that judging it takes.
    supply: Vec<usize>,
    lines: lines::Lines,
    weights: weights::Weights,
    states: Vec<State>,
    prices: Vec<i128>,
    root_prices: Vec<i128>,
    best_prices: Vec<i128>,
    earnings: Vec<i128>,
    surplus: Vec<i64>,
    /// States and prices of the branches above, one after the other.
    states_above: Vec<State>,
    prices_above: Vec<i128>,
    best: Best,
    stand: descent::Stand,
    proposal: proposals::Proposal,
    packer: packing::Packer,
    split: i128,
    is_exact: bool,
    /// Assignments are being searched to the end, so that what is not tried is lost.
    is_final: bool,
    steps: u32,
    limit: u32,
    order: Vec<usize>,
}

/// The best plan found.
#[derive(Default)]
struct Best {
    score: i128,
    /// Candidate of each parcel.
    parcels: Vec<u32>,
    /// By parcel and item.
    counts: Vec<u32>,
}

/// What the steps of this search read, and the memory to divide leftovers.
struct Ask<'t, 'l> {
    terms: &'t Terms<'t>,
    leftovers: &'l mut Leftovers,
}

impl Sites {
    pub(super) fn solve(&mut self, terms: &Terms<'_>, leftovers: &mut Leftovers, plan: &mut Plan) {
        let problem = terms.problem;
        let mut ask = Ask { terms, leftovers };
        self.prepare(terms);
        self.offer_nothing(&mut ask);
        let mut bound = i128::MAX;
        if problem.limits.is_one_place {
            self.try_each_alone(&mut ask);
        } else if !problem.candidates.is_empty() {
            self.try_greedy(&mut ask);
            bound = self.prove(&mut ask);
        }
        self.tell(problem, terms.layout, bound, plan);
    }

    /// Searches by lines, then, where that leaves something open, by weight.
    fn prove(&mut self, ask: &mut Ask<'_, '_>) -> i128 {
        let allowed = self.limit;
        self.limit = self.steps.saturating_add(allowed / QUICK_SHARE).min(allowed);
        let by_lines = self.branch(ask, Method::Lines, ROOT_STEPS);
        self.limit = allowed;
        if self.is_exact || self.is_spent() {
            return by_lines;
        }
        self.prices.clone_from(&self.root_prices);
        let quick = self.bound(ask, Method::Lines);
        self.strike_out(quick);
        if !self.weights.prepare(ask.terms, &self.lines, &self.states) {
            return by_lines;
        }
        self.is_exact = true;
        for _ in 0..WEIGHT_ROUNDS {
            let bound = self.raise(ask, Method::Weights, WEIGHT_ROOT_STEPS);
            if bound >= self.best.score {
                return by_lines.max(bound);
            }
            self.strike_out(bound);
        }
        by_lines.max(self.branch(ask, Method::Weights, Method::Weights.branch_steps()))
    }

    fn prepare(&mut self, terms: &Terms<'_>) {
        let Terms { problem, layout, .. } = *terms;
        self.items = problem.items.len();
        self.stride = problem.stride;
        self.steps = 0;
        self.limit = problem.limits.steps.max(1_000);
        self.is_exact = true;
        self.split = i128::from(problem.limits.split_penalty) * layout.cost;
        self.taking.clear();
        self.opening.clear();
        self.supply.clear();
        self.heaviest.clear();
        for (c, candidate) in problem.candidates.iter().enumerate() {
            self.opening.push(problem.parcel_score(candidate, layout));
            let supply: u32 = (0..self.items).map(|i| problem.usable(c, i)).sum();
            self.supply.push(supply as usize + self.items);
            self.heaviest.push(heaviest(terms, candidate));
            for i in 0..self.items {
                let tier = problem.tier_score(problem.tier_units(c, i), layout);
                for (units, &cost) in problem.taking(c, i).iter().enumerate() {
                    let score = i128::from(cost) * layout.cost + tier * units as i128;
                    self.taking.push(if cost == super::BLOCKED { i128::INFINITE } else { score });
                }
            }
        }
        self.lines.prepare(terms, &self.opening);
        self.packer.prepare(problem);
        self.states.clear();
        self.states.resize(problem.candidates.len(), State::Free);
        self.states_above.clear();
        self.prices_above.clear();
    }

    /// The plan that places nothing, where that is legal.
    fn offer_nothing(&mut self, ask: &mut Ask<'_, '_>) {
        let problem = ask.terms.problem;
        self.best.parcels.clear();
        self.best.counts.clear();
        self.proposal.left.clear();
        self.proposal.left.extend(problem.items.iter().map(|item| item.quantity));
        let (score, is_certain) = ask.leftovers.score(problem, &self.proposal.left);
        self.is_exact &= is_certain;
        self.best.score = score;
    }

    /// Searches below the present states; returns a bound of everything that was looked at.
    fn branch(&mut self, ask: &mut Ask<'_, '_>, method: Method, steps: usize) -> i128 {
        let bound = self.raise(ask, method, steps);
        let mark = self.states_above.len();
        if method == Method::Lines && mark == 0 {
            self.root_prices.clone_from(&self.prices);
        }
        if bound >= self.best.score {
            return bound;
        }
        if self.is_spent() {
            self.is_exact = false;
            return bound;
        }
        self.states_above.extend_from_slice(&self.states);
        self.strike_out(bound);
        let below = self.search_below(ask, method, bound);
        self.states.copy_from_slice(&self.states_above[mark..]);
        self.states_above.truncate(mark);
        below
    }

    fn search_below(&mut self, ask: &mut Ask<'_, '_>, method: Method, bound: i128) -> i128 {
        let problem = ask.terms.problem;
        let ins = self.states.iter().filter(|state| **state == State::In).count();
        if problem.limits.max_parcels.is_some_and(|most| ins > most as usize) {
            return i128::INFINITE;
        }
        let open = self.states.iter().filter(|state| **state != State::Out).count();
        let Some(free) = self.next_to_settle(problem, method).filter(|_| open > method.few()) else {
            self.search_to_the_end(ask, method);
            return bound;
        };
        let mark = self.prices_above.len();
        self.prices_above.extend_from_slice(&self.prices);
        let is_earner = self.earnings[free] < 0;
        let mut below = i128::MAX;
        for state in if is_earner { [State::In, State::Out] } else { [State::Out, State::In] } {
            if self.is_spent() {
                self.is_exact = false;
                below = bound;
                break;
            }
            self.states[free] = state;
            self.prices.copy_from_slice(&self.prices_above[mark..mark + self.items]);
            below = below.min(self.branch(ask, method, method.branch_steps()));
        }
        self.prices_above.truncate(mark);
        below.max(bound)
    }

    /// Counts work towards the limit.
    fn spend(&mut self, looks: usize) {
        let steps = u32::try_from(looks / LOOKS_PER_STEP).unwrap_or(u32::MAX);
        self.steps = self.steps.saturating_add(steps).saturating_add(1);
    }

    fn is_spent(&self) -> bool {
        self.steps >= self.limit
    }

    /// Fixes free locations whose choice is settled by the gap.
    fn strike_out(&mut self, bound: i128) {
        for (state, &earning) in self.states.iter_mut().zip(&self.earnings) {
            if *state == State::Free && earning >= 0 && bound + earning >= self.best.score {
                *state = State::Out;
            } else if *state == State::Free && earning < 0 && bound - earning >= self.best.score {
                *state = State::In;
            }
        }
    }

    /// The free location to branch on. By lines: the one that earns most. By weight: one that has the item on
    /// which demand and what is taken differ most, and that hardly cares whether it takes part.
    fn next_to_settle(&self, problem: &Problem, method: Method) -> Option<usize> {
        let free = (0..self.states.len()).filter(|&c| self.states[c] == State::Free);
        if method == Method::Lines {
            return free.min_by_key(|&c| (self.earnings[c], c));
        }
        let disputed = (0..self.items).filter(|&i| self.surplus[i] != 0).max_by_key(|&i| (self.prices[i], i));
        let has_it = |c: usize| disputed.is_some_and(|i| problem.usable(c, i) > 0);
        free.min_by_key(|&c| (!has_it(c), self.earnings[c].abs(), c))
    }

    fn tell(&mut self, problem: &Problem, layout: &Layout, bound: i128, plan: &mut Plan) {
        plan.steps = self.steps;
        if self.best.score >= i128::INFINITE {
            return;
        }
        plan.is_legal = true;
        plan.score = self.best.score;
        let items = problem.items.len();
        self.order.clear();
        self.order.extend(0..self.best.parcels.len());
        self.order.sort_unstable_by_key(|&p| (self.best.parcels[p], p));
        for &p in &self.order {
            let counts = &self.best.counts[p * items..(p + 1) * items];
            plan.push(self.best.parcels[p] as usize, counts.iter().copied());
        }
        if !self.is_exact {
            let gap = (self.best.score - bound.min(self.best.score)) / layout.cost;
            plan.gap = Cost(i64::try_from(gap).unwrap_or(i64::MAX).max(1));
        }
    }
}

/// Most that a candidate can send, in quanta of weight, where that is one parcel; else no limit is told.
fn heaviest(terms: &Terms<'_>, candidate: &Candidate) -> i64 {
    let Terms { problem, rates, .. } = *terms;
    if rates.lane != Lane::Ship || problem.allows_many(candidate) {
        return i64::MAX;
    }
    let row = rates.tables.rates.rates(candidate.standing.rate_row);
    let steps = row.iter().zip(rates.tables.rates.step_limits());
    steps.filter(|(rate, _)| **rate != NO_RATE).map(|(_, &limit)| limit).max().unwrap_or(0)
}
