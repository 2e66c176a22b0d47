//! Exact search candidate by candidate: each takes a share of the order and packs it into parcels of its own.
//!
//! Slower than the partition into patterns, and right where parcels are tied together: several from one
//! location, a limit on the number of parcels, a least value of each, everything from one place.

use super::patterns::Patterns;
use super::score::Score;
use super::{Plan, Problem, Terms};

/// Memory of the search. A state is the pattern of units placed so far and, where parcels are limited, their
/// number.
#[derive(Default)]
pub(super) struct Chain<S> {
    reached: Vec<S>,
    next: Vec<S>,
    /// By candidate and state: the share that it takes there, and in how many parcels.
    taken: Vec<(u16, u16)>,
    /// Least score of packing each pattern into exactly 1, 2, … parcels, row after row.
    packed: Vec<S>,
    /// By pattern: the least of its column in `packed`.
    cheapest: Vec<S>,
    /// The least score of each pattern as the rest of an order.
    rests: Vec<S>,
    /// Shares of the candidate at hand that may be part of the best plan.
    useful: Vec<u16>,
    /// Candidates that take part in the search.
    members: Vec<usize>,
}

/// How far above the partition's score the best plan is first guessed to be, in cost units: a dollar.
const GUESS: i64 = 10_000;

/// How parcels are counted.
#[derive(Clone, Copy)]
struct Counting {
    /// Most parcels of the plan; 0: no limit, and states do not count them.
    most: usize,
    /// Most parcels of one candidate.
    each: usize,
}

impl<S: Score> Patterns<S> {
    /// The best plan under all limits that beats `most`; its parts are left in `self.parts`.
    ///
    /// Only candidates matter that, with the rest of the order placed as well as the partition could, stay
    /// below a known plan. A guess just above the partition's own score leaves few; when the best plan among
    /// them is no better than the guess, a second round with that plan's score is certain.
    pub(super) fn solve_chain(&mut self, terms: &Terms<'_>, (most, plan): (S, &mut Plan)) -> S {
        let Terms { problem, layout, .. } = *terms;
        self.bound_rests();
        let split = S::of_cost(problem.limits.split_penalty, S::narrow(layout.cost));
        let floor = self.chain.rests[self.count - 1] - split;
        let mut guess = (floor + S::of_cost(GUESS, S::narrow(layout.cost))).min(most);
        loop {
            let score = self.chain_below(terms, (guess, plan));
            if score <= guess || guess >= most {
                return score;
            }
            guess = score.min(most);
        }
    }

    /// The least score of what is left when each pattern is placed: a bound, and never more than leaving it.
    fn bound_rests(&mut self) {
        self.chain.rests.clear();
        self.chain.rests.push(S::default());
        for pattern in 1..self.count {
            let mut least = self.partition[pattern];
            for item in 0..self.items {
                if self.units(pattern, item) > 0 {
                    let rest = self.chain.rests[pattern - self.radix[item]];
                    least = least.min(rest.plus(self.unfilled_each[item]));
                }
            }
            self.chain.rests.push(least.capped());
        }
    }

    /// The best plan of candidates that may take part in one no dearer than `guess`.
    fn chain_below(&mut self, terms: &Terms<'_>, (guess, plan): (S, &mut Plan)) -> S {
        let Terms { problem, layout, .. } = *terms;
        self.parts.clear();
        let units = problem.units() as usize;
        let most = problem.limits.max_parcels.map_or(0, |most| (most as usize).min(units));
        let layers = most + 1;
        let states = layers * self.count;
        self.chain.reached.clear();
        self.chain.reached.resize(states, S::INFINITE);
        self.chain.reached[0] = S::default();
        self.chain.taken.clear();
        self.chain.members.clear();
        let split = S::of_cost(problem.limits.split_penalty, S::narrow(layout.cost));
        for candidate in 0..problem.candidates.len() {
            let counting = self.counting(problem, candidate, most);
            self.price_taking(problem, layout, candidate);
            self.pack(terms, (candidate, counting));
            plan.steps = plan.steps.saturating_add(1);
            self.find_useful(guess + split);
            if !self.chain.useful.is_empty() {
                self.chain.members.push(candidate);
                self.extend(problem, counting, plan);
            }
        }
        let (score, state) = self.best_state(split);
        self.trace(terms, (state, most));
        score
    }

    /// Finds the shares of the packed candidate that, with the rest as good as can be, are no dearer than `guess`.
    fn find_useful(&mut self, guess: S) {
        let full = self.count - 1;
        self.chain.useful.clear();
        for share in 1..self.count {
            let packed = self.chain.cheapest[share];
            let is_possible = packed < S::INFINITE && self.taking[share] < S::INFINITE;
            if is_possible && (self.taking[share] + packed).plus(self.chain.rests[full - share]) <= guess {
                self.chain.useful.push(share as u16);
            }
        }
    }

    fn counting(&self, problem: &Problem, candidate: usize, most: usize) -> Counting {
        let candidate = &problem.candidates[candidate];
        let allowed = if problem.allows_many(candidate) { candidate.standing.capacity as usize } else { 1 };
        let units = problem.units() as usize;
        Counting { most, each: allowed.min(units).min(if most == 0 { units } else { most }) }
    }

    /// Fills `chain.packed` for a candidate.
    fn pack(&mut self, terms: &Terms<'_>, (candidate, counting): (usize, Counting)) {
        let Terms { problem, rates, layout } = *terms;
        let weight = S::narrow(layout.cost);
        let parcel = S::narrow(problem.parcel_score(&problem.candidates[candidate], layout));
        self.chain.packed.clear();
        self.chain.packed.push(S::INFINITE);
        for pattern in 1..self.count {
            let is_worth_it = self.value(pattern) >= problem.limits.min_parcel_value;
            let rate = self.rate(problem, rates, (candidate, pattern)).filter(|_| is_worth_it);
            let mut score = rate.map_or(S::INFINITE, |rate| parcel + S::of_cost(rate, weight));
            if problem.has_leanings() && score < S::INFINITE {
                score += self.leaning(terms, (candidate, pattern));
            }
            self.chain.packed.push(score);
        }
        self.chain.cheapest.clone_from(&self.chain.packed);
        for _ in 1..counting.each {
            if !self.pack_one_more() {
                break;
            }
        }
    }

    /// Packs every pattern into one parcel more; `false`, and nothing added, where none is cheaper so.
    fn pack_one_more(&mut self) -> bool {
        let mut packed = std::mem::take(&mut self.chain.packed);
        let mut cheapest = std::mem::take(&mut self.chain.cheapest);
        let last = packed.len() - self.count;
        let mut is_better = false;
        packed.push(S::INFINITE);
        for pattern in 1..self.count {
            let mut least = S::INFINITE;
            self.for_parts(pattern, |_, part| {
                least = least.min(packed[part].plus(packed[last + pattern - part]));
            });
            packed.push(least);
            is_better |= least < cheapest[pattern];
            cheapest[pattern] = cheapest[pattern].min(least);
        }
        if !is_better {
            packed.truncate(last + self.count);
        }
        self.chain.packed = packed;
        self.chain.cheapest = cheapest;
        is_better
    }

    /// Lets the packed candidate take a share in every state.
    fn extend(&mut self, problem: &Problem, counting: Counting, plan: &mut Plan) {
        let layers = counting.most + 1;
        let count = self.count;
        let mut next = std::mem::take(&mut self.chain.next);
        next.clear();
        next.extend_from_slice(&self.chain.reached);
        let start = self.chain.taken.len();
        let mut taken = std::mem::take(&mut self.chain.taken);
        taken.resize(start + layers * count, (0, 0));
        let mut steps = 0u32;
        let full = count - 1;
        for &share in &self.chain.useful {
            let share = usize::from(share);
            for (fewer, packed) in self.chain.packed.chunks(count).enumerate() {
                if packed[share] >= S::INFINITE {
                    continue;
                }
                let adding = self.taking[share] + packed[share];
                let parcels = fewer + 1;
                let counted = if counting.most == 0 { 0 } else { parcels };
                let mut add_to = |before: usize| {
                    for layer in counted..layers {
                        let score = self.chain.reached[(layer - counted) * count + before].plus(adding);
                        let to = layer * count + before + share;
                        if score < next[to] {
                            next[to] = score;
                            taken[start + to] = (share as u16, parcels as u16);
                        }
                    }
                    steps += 1;
                };
                add_to(0);
                self.for_shares(full - share, |_, before| add_to(before));
            }
        }
        plan.steps = plan.steps.saturating_add(steps);
        if problem.limits.is_one_place {
            // A share beside another's is no legal plan: states are reached from nothing only.
            self.keep_whole_shares(&mut next, &mut taken[start..], layers);
        }
        self.chain.taken = taken;
        self.chain.next = std::mem::replace(&mut self.chain.reached, next);
    }

    /// Drops every state but "nothing" and "everything".
    fn keep_whole_shares(&self, next: &mut [S], taken: &mut [(u16, u16)], layers: usize) {
        for layer in 0..layers {
            for pattern in 1..self.count - 1 {
                next[layer * self.count + pattern] = S::INFINITE;
                taken[layer * self.count + pattern] = (0, 0);
            }
        }
    }

    /// Calls `visit` with every non-empty part of a pattern.
    fn for_shares(&self, pattern: usize, mut visit: impl FnMut(&Self, usize)) {
        let mut share = 0;
        let mut units = [0u32; super::MAX_PATTERN_ITEMS];
        loop {
            let mut i = 0;
            while i < self.items && units[i] == self.units(pattern, i) {
                share -= units[i] as usize * self.radix[i];
                units[i] = 0;
                i += 1;
            }
            if i == self.items {
                return;
            }
            units[i] += 1;
            share += self.radix[i];
            visit(self, share);
        }
    }

    fn best_state(&self, split: S) -> (S, usize) {
        let full = self.count - 1;
        let mut best = (S::INFINITE, 0);
        for (state, &reached) in self.chain.reached.iter().enumerate() {
            let pattern = state % self.count;
            if pattern > 0 && reached < S::INFINITE && self.unfilled[full - pattern] < S::INFINITE {
                let score = (reached - split).plus(self.unfilled[full - pattern]);
                if score < best.0 {
                    best = (score, state);
                }
            }
        }
        best
    }

    /// Follows the shares back from a state and packs each into its parcels.
    fn trace(&mut self, terms: &Terms<'_>, (state, most): (usize, usize)) {
        let Terms { problem, .. } = *terms;
        let states = (most + 1) * self.count;
        let mut state = state;
        for member in (0..self.chain.members.len()).rev() {
            let candidate = self.chain.members[member];
            let (share, parcels) = self.chain.taken[member * states + state];
            if share == 0 {
                continue;
            }
            let counting = self.counting(problem, candidate, most);
            self.pack(terms, (candidate, counting));
            self.unpack(candidate, (usize::from(share), usize::from(parcels)));
            let counted = if most == 0 { 0 } else { usize::from(parcels) };
            state -= counted * self.count + usize::from(share);
        }
    }

    fn unpack(&mut self, candidate: usize, (mut share, mut parcels): (usize, usize)) {
        while parcels > 1 {
            let row = |parcels: usize| (parcels - 1) * self.count;
            let (here, before) = (row(parcels), row(parcels - 1));
            let want = self.chain.packed[here + share];
            let mut part_of_share = share;
            self.for_parts(share, |this, part| {
                if this.chain.packed[part].plus(this.chain.packed[before + share - part]) == want {
                    part_of_share = part;
                }
            });
            self.parts.push((candidate as u32, part_of_share as u16));
            share -= part_of_share;
            parcels -= 1;
        }
        self.parts.push((candidate as u32, share as u16));
    }
}
