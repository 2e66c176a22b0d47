//! A second look at the orders: for the map, for what is told of those that moved most, and for those not filled.
//!
//! Owns: which variants run again, and what is kept of them. Memory does not grow with orders.

use super::Made;
use super::causes::{Causes, Fewer, goes};
use super::why::{Told, Why};
use crate::commands::replay::{Look, Seen, run};
use crate::fault::Fault;
use model::words::capitalized;
use model::{Cost, Decision, LocationId, Order, Point, Stock, Timestamp};
use replay::{MovedOrder, WatchDetail};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

/// Orders that are told of because they are not filled in full.
const MOST_UNFILLED: usize = 20;

/// What is kept.
#[derive(Default)]
pub(super) struct SecondLook {
    pub(super) dots: BTreeMap<Point, u64>,
    /// Of the orders that moved most, under the last variant.
    pub(super) told: HashMap<String, Moved>,
    /// Of the same orders, under the base.
    pub(super) of_base: HashMap<String, OfBase>,
    pub(super) unfilled: Unfilled,
}

/// What is told of an order that moved.
#[derive(Clone, Default)]
pub(super) struct Moved {
    /// Which rules send it where it goes.
    pub(super) causes: Vec<String>,
    pub(super) why: Why,
    pub(super) cost_parts: Vec<(String, Cost)>,
}

/// Why the base did not place it so.
#[derive(Clone, Default)]
pub(super) struct OfBase {
    pub(super) causes: Vec<String>,
    pub(super) why_not: Vec<String>,
}

/// Runs the last variant once more; and the base, where it is a rule set with reasons of its own.
pub(super) fn again(made: &Made<'_>) -> Result<SecondLook, Fault> {
    let network = &made.grounds.source.problem.network;
    let wanted = wanted(made);
    let mut look = SecondLook::default();
    let fewer = Fewer::of(made.rules, network);
    let mut causes: Causes<'_> = fewer.routers(network);
    let mut see = |stock: &Stock, order: &Order, decision: &Decision| {
        let place = order.destination.place.and_then(|place| network.place_point(place));
        if let Some(point) = order.destination.point.or(place) {
            *look.dots.entry(point).or_default() += 1;
        }
        let told = Told { network, rules: made.rules, order, decision };
        if let Some(moved) = wanted.get(order.id.as_str()) {
            let capital = |cause: String| format!("{}.", capitalized(&cause));
            let parts = decision.costs.iter().map(|(part, cost)| (part.words().to_owned(), cost));
            let moved = Moved {
                causes: causes.told(stock, order, decision).into_iter().map(capital).collect(),
                why: told.why(&places(&moved.from)),
                cost_parts: parts.collect(),
            };
            look.told.insert(order.id.clone(), moved);
        }
        if !decision.leftovers.is_empty() && engine::unfit(network, order).is_none() {
            look.unfilled.offer(&told);
        }
        Ok(())
    };
    run_alone(made, made.grounds.plan.variants.len() - 1, &mut see)?;
    let Some(rules) = made.base_rules.filter(|_| !wanted.is_empty()) else { return Ok(look) };
    let fewer = Fewer::of(rules, network);
    let mut causes = fewer.routers(network);
    let name = capitalized(&rules.name);
    let mut see = |stock: &Stock, order: &Order, decision: &Decision| {
        if let Some(moved) = wanted.get(order.id.as_str()) {
            let under = |cause: String| format!("Under “{name}” {}; {cause}.", goes(network, decision));
            let causes = causes.told(stock, order, decision).into_iter().map(under).collect();
            let told = Told { network, rules, order, decision };
            look.of_base
                .insert(order.id.clone(), OfBase { causes, why_not: told.why_not(&places(&moved.to)) });
        }
        Ok(())
    };
    run_alone(made, 0, &mut see)?;
    Ok(look)
}

fn wanted<'m>(made: &Made<'m>) -> HashMap<&'m str, &'m MovedOrder> {
    let top = made.grounds.report.comparisons.last().map_or(&[][..], |comparison| &comparison.top);
    top.iter().map(|moved| (moved.order_id.as_str(), moved)).collect()
}

fn places(units: &[(LocationId, u32)]) -> Vec<LocationId> {
    units.iter().map(|(place, _)| *place).collect()
}

fn run_alone(made: &Made<'_>, variant: usize, each: &mut Seen<'_>) -> Result<(), Fault> {
    let mut plan = made.grounds.plan.clone();
    plan.audit = None;
    plan.variants = vec![plan.variants.swap_remove(variant)];
    run(made.grounds.source, &plan, Some(Look { variant: 0, detail: WatchDetail::Explained, each }))?;
    Ok(())
}

/// An order that is not filled in full.
pub(super) struct UnfilledOrder {
    pub(super) order_id: String,
    pub(super) placed_at: Timestamp,
    /// What the units left over cost.
    pub(super) cost: Cost,
    pub(super) why: Why,
}

/// The dearest of them, of equals the first.
#[derive(Default)]
pub(super) struct Unfilled {
    seen: u64,
    heap: BinaryHeap<Reverse<Ranked>>,
}

struct Ranked {
    rank: (i64, Reverse<u64>),
    order: UnfilledOrder,
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

impl Unfilled {
    /// Keeps the order where it is among the dearest; only then it is told.
    fn offer(&mut self, told: &Told<'_>) {
        let cost = replay::outcome::unfilled_cost(told.network, told.order, told.decision);
        self.seen += 1;
        let rank = (cost.0, Reverse(self.seen));
        let is_full = self.heap.len() >= MOST_UNFILLED;
        if is_full && self.heap.peek().is_none_or(|Reverse(least)| least.rank >= rank) {
            return;
        }
        if is_full {
            self.heap.pop();
        }
        let order = UnfilledOrder {
            order_id: told.order.id.clone(),
            placed_at: told.order.placed_at,
            cost,
            why: told.why(&[]),
        };
        self.heap.push(Reverse(Ranked { rank, order }));
    }

    pub(super) fn into_sorted(self) -> Vec<UnfilledOrder> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(ranked)| ranked.order).collect()
    }
}
