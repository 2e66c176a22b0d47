//! Two variants over the same orders: which orders moved, what that changed, and how sure it is.
//!
//! Owns: differences, always "other less base", paired order by order. Refuses to know: how variants decide.
//! Memory grows by day and by sets of locations that orders move between, up to a limit; never by order.

use crate::figures::Figures;
use crate::outcome::{OrderOutcome, Share};
use crate::stats::{CostInterval, DaySums};
use model::{Cost, CostPart, Day, LocationId, Order, PartCosts, Timestamp};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Places that units left, or went to; `None`: no place at all. Sorted, each once.
pub type Ends = Vec<Option<LocationId>>;

/// All orders whose units left the same places for the same other places. A moved order counts in one of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    pub from: Ends,
    pub to: Ends,
    /// Its orders cost the same either way: they moved for nothing.
    pub is_same_cost: bool,
    pub sums: MoveSums,
}

/// Orders that moved, their units that moved, and what they cost more (or less), unfilled units priced.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct MoveSums {
    pub orders: u64,
    pub units: u64,
    pub cost: Cost,
}

impl MoveSums {
    fn add(&mut self, units: u64, cost: Cost) {
        self.orders += 1;
        self.units += units;
        self.cost += cost;
    }
}

/// An order that two variants decided differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovedOrder {
    pub order_id: String,
    pub placed_at: Timestamp,
    /// Landed cost with units left over priced, under the base and under the other.
    pub base_cost: Cost,
    pub other_cost: Cost,
    /// Part by part; its total is the difference.
    pub change: PartCosts,
    /// Units by location under the base, and under the other.
    pub from: Vec<(LocationId, u32)>,
    pub to: Vec<(LocationId, u32)>,
    /// Whether every unit found a place under the base, and under the other.
    pub is_whole: [bool; 2],
}

impl MovedOrder {
    pub fn cost_change(&self) -> Cost {
        self.other_cost - self.base_cost
    }
}

#[derive(Clone, Debug)]
pub struct Comparison {
    /// Positions in the plan's variants.
    pub base: usize,
    pub other: usize,
    pub orders: u64,
    /// Orders of which at least one unit leaves another place.
    pub moved: MoveSums,
    /// Those of them that cost the same either way.
    pub same_cost: MoveSums,
    /// Orders that cost more, and that cost less, units left over priced.
    pub dearer_orders: u64,
    pub cheaper_orders: u64,
    /// Landed cost per order. An order that is not sent costs nothing here, so where the two fill differently
    /// this alone says little.
    pub cost_per_order: CostInterval,
    /// Landed cost per order with units left over priced by their products' `unfilled_cost`.
    pub cost_with_unfilled: CostInterval,
    /// Landed cost per order, over the orders that both place in full: like for like.
    pub cost_both_placed: CostInterval,
    pub both_placed_orders: u64,
    /// Orders that only the base, and that only the other, places in full.
    pub only_base_placed: u64,
    pub only_other_placed: u64,
    /// The whole difference, units left over priced, and its parts.
    pub cost: Cost,
    pub parts: PartCosts,
    pub figures: Figures,
    /// Most orders first.
    pub moves: Vec<Move>,
    /// Moves beyond [`MAX_MOVES`] different ones.
    pub further_moves: MoveSums,
    /// Moved orders whose cost changed most, largest change first; of equals the earliest.
    pub top: Vec<MovedOrder>,
}

/// Different moves that are told apart: with few places there are fewer, with thousands nobody reads more.
pub const MAX_MOVES: usize = 10_000;

/// Gathers one comparison while a replay runs.
pub(crate) struct Pairing {
    base: usize,
    other: usize,
    moved: MoveSums,
    same_cost: MoveSums,
    dearer: u64,
    cheaper: u64,
    parts: PartCosts,
    landed: DaySums,
    with_unfilled: DaySums,
    both_placed: DaySums,
    only_base_placed: u64,
    only_other_placed: u64,
    moves: BTreeMap<(Ends, Ends, SameCost), MoveSums>,
    further_moves: MoveSums,
    top: TopMoved,
    shifts: Shifts,
}

type SameCost = bool;

impl Pairing {
    pub(crate) fn new(base: usize, other: usize, top_moved: usize) -> Pairing {
        Pairing {
            base,
            other,
            moved: MoveSums::default(),
            same_cost: MoveSums::default(),
            dearer: 0,
            cheaper: 0,
            parts: PartCosts::default(),
            landed: DaySums::default(),
            with_unfilled: DaySums::default(),
            both_placed: DaySums::default(),
            only_base_placed: 0,
            only_other_placed: 0,
            moves: BTreeMap::new(),
            further_moves: MoveSums::default(),
            top: TopMoved { limit: top_moved, heap: BinaryHeap::new() },
            shifts: Shifts::default(),
        }
    }

    /// Adds one order; `number` is its position in the whole period.
    pub(crate) fn add(&mut self, (order, day, number): (&Order, Day, u64), pair: [&OrderOutcome; 2]) {
        let [base, other] = pair;
        if base.is_left_out || other.is_left_out {
            return;
        }
        let change = difference(&base.parts_with_unfilled(), &other.parts_with_unfilled());
        let total = change.total();
        let landed = other.costs.total() - base.costs.total();
        self.landed.add(day, landed);
        self.with_unfilled.add(day, total);
        match (base.is_placed, other.is_placed) {
            (true, true) => self.both_placed.add(day, landed),
            (true, false) => self.only_base_placed += 1,
            (false, true) => self.only_other_placed += 1,
            (false, false) => {}
        }
        let is_moved = base.shares != other.shares;
        if !is_moved && total == Cost::ZERO {
            return;
        }
        self.parts.add_all(&change);
        self.dearer += u64::from(total > Cost::ZERO);
        self.cheaper += u64::from(total < Cost::ZERO);
        if is_moved {
            self.add_move(pair, total);
            self.top.offer((order, number), pair, change);
        }
    }

    fn add_move(&mut self, [base, other]: [&OrderOutcome; 2], change: Cost) {
        self.shifts.find(&base.shares, &other.shares);
        let units = self.shifts.routes.iter().map(|&(_, units)| u64::from(units)).sum();
        let is_same_cost = change == Cost::ZERO;
        self.moved.add(units, change);
        if is_same_cost {
            self.same_cost.add(units, change);
        }
        let (from, to) = self.shifts.ends();
        let key = (from, to, is_same_cost);
        let is_full = self.moves.len() >= MAX_MOVES;
        match self.moves.get_mut(&key) {
            Some(sums) => sums.add(units, change),
            None if is_full => self.further_moves.add(units, change),
            None => self.moves.entry(key).or_default().add(units, change),
        }
    }

    /// Closes the comparison with the two variants' figures.
    pub(crate) fn finish(self, [base, other]: [Figures; 2]) -> Comparison {
        let one = |((from, to, is_same_cost), sums)| Move { from, to, is_same_cost, sums };
        let mut moves: Vec<Move> = self.moves.into_iter().map(one).collect();
        // Sorted by their ends already; sorting keeps the order of equals.
        moves.sort_by_key(|one| (Reverse(one.sums.orders), Reverse(one.sums.units)));
        Comparison {
            base: self.base,
            other: self.other,
            orders: self.with_unfilled.orders(),
            moved: self.moved,
            same_cost: self.same_cost,
            dearer_orders: self.dearer,
            cheaper_orders: self.cheaper,
            cost_per_order: self.landed.interval(),
            cost_with_unfilled: self.with_unfilled.interval(),
            cost_both_placed: self.both_placed.interval(),
            both_placed_orders: self.both_placed.orders(),
            only_base_placed: self.only_base_placed,
            only_other_placed: self.only_other_placed,
            cost: self.with_unfilled.sum(),
            parts: self.parts,
            figures: other.less(&base),
            moves,
            further_moves: self.further_moves,
            top: self.top.into_sorted(),
        }
    }
}

fn difference(base: &PartCosts, other: &PartCosts) -> PartCosts {
    let mut change = *other;
    for part in CostPart::ALL {
        change.add(part, -base.get(part));
    }
    change
}

type Pair = (Option<LocationId>, Option<LocationId>);

/// Finds which units went where, with memory that is used again.
#[derive(Default)]
struct Shifts {
    lost: Vec<Share>,
    gained: Vec<Share>,
    routes: Vec<(Pair, u32)>,
}

impl Shifts {
    fn find(&mut self, base: &[Share], other: &[Share]) {
        self.routes.clear();
        only_in(base, other, &mut self.lost);
        only_in(other, base, &mut self.gained);
        let mut next = 0;
        for i in 0..self.lost.len() {
            let Share { line, product, location, mut units } = self.lost[i];
            while let Some(gained) = self.gained.get_mut(next).filter(|_| units > 0) {
                let (here, there) = ((line, product), (gained.line, gained.product));
                if there > here {
                    break;
                }
                let moved = if there == here { units.min(gained.units) } else { gained.units };
                let from = (there == here).then_some(location);
                let to = gained.location;
                gained.units -= moved;
                next += usize::from(gained.units == 0);
                units -= if from.is_some() { moved } else { 0 };
                push(&mut self.routes, (from, Some(to)), moved);
            }
            push(&mut self.routes, (Some(location), None), units);
        }
        for gained in &self.gained[next..] {
            push(&mut self.routes, (None, Some(gained.location)), gained.units);
        }
    }
}

impl Shifts {
    /// All places that units left, and all that they went to.
    fn ends(&self) -> (Ends, Ends) {
        let sorted = |mut ends: Ends| {
            ends.sort_unstable();
            ends.dedup();
            ends
        };
        let from = self.routes.iter().map(|((from, _), _)| *from).collect();
        let to = self.routes.iter().map(|((_, to), _)| *to).collect();
        (sorted(from), sorted(to))
    }
}

/// One entry per pair.
fn push(routes: &mut Vec<(Pair, u32)>, pair: Pair, units: u32) {
    if units == 0 {
        return;
    }
    match routes.iter_mut().find(|(known, _)| *known == pair) {
        Some((_, sum)) => *sum += units,
        None => routes.push((pair, units)),
    }
}

/// What `these` have beyond `those`; both are sorted with one entry per line, product and location.
fn only_in(these: &[Share], those: &[Share], beyond: &mut Vec<Share>) {
    let key = |share: &Share| (share.line, share.product, share.location);
    beyond.clear();
    let mut rest = those;
    for share in these {
        let skipped = rest.partition_point(|other| key(other) < key(share));
        rest = &rest[skipped..];
        let there = rest.first().filter(|other| key(other) == key(share)).map_or(0, |other| other.units);
        if share.units > there {
            beyond.push(Share { units: share.units - there, ..*share });
        }
    }
}

/// The orders that moved most: a heap whose head is the least of them.
struct TopMoved {
    limit: usize,
    heap: BinaryHeap<Reverse<Ranked>>,
}

/// Greater is more worth showing: larger change, then earlier.
struct Ranked {
    rank: (u64, Reverse<u64>),
    order: MovedOrder,
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Ranked) -> bool {
        self.rank == other.rank
    }
}
impl Eq for Ranked {}
impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank)
    }
}

impl TopMoved {
    /// Keeps the order if it is among the first; the order's texts are copied only then.
    fn offer(&mut self, (order, number): (&Order, u64), pair: [&OrderOutcome; 2], change: PartCosts) {
        let rank = (change.total().0.unsigned_abs(), Reverse(number));
        let is_full = self.heap.len() >= self.limit;
        if is_full && self.heap.peek().is_none_or(|Reverse(least)| least.rank >= rank) {
            return;
        }
        if is_full {
            self.heap.pop();
        }
        let moved = MovedOrder {
            order_id: order.id.clone(),
            placed_at: order.placed_at,
            base_cost: pair[0].cost_with_unfilled(),
            other_cost: pair[1].cost_with_unfilled(),
            change,
            from: pair[0].places(),
            to: pair[1].places(),
            is_whole: pair.map(|outcome| outcome.is_placed),
        };
        self.heap.push(Reverse(Ranked { rank, order: moved }));
    }

    fn into_sorted(self) -> Vec<MovedOrder> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(ranked)| ranked.order).collect()
    }
}

#[cfg(test)]
mod tests;
