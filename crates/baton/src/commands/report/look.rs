//! A second look at the orders of the last variant: for the map, for what is told of orders that moved, and for those
//! that are not filled.
//!
//! Owns: which orders are told of, and what is kept of them. Memory grows by destination and by order that is told of.

use super::Made;
use super::causes::{Causes, Fewer, goes};
use super::top::Top;
use super::why::{Told, Why};
use crate::commands::replay::{Look, Seen, run};
use crate::fault::Fault;
use engine::Router;
use model::words::capitalized;
use model::{Cost, Decision, LocationId, Order, Point, RuleSet, Stock, Timestamp};
use replay::outcome::{OrderOutcome, unfilled_cost};
use replay::{MovedOrder, WatchDetail};
use std::collections::{BTreeMap, HashMap};

/// Orders that are told of because they are not filled in full.
const MOST_UNFILLED: usize = 20;

/// What is kept.
pub(super) struct SecondLook {
    pub(super) dots: BTreeMap<Point, u64>,
    /// Of the orders that moved most.
    pub(super) told: HashMap<String, Moved>,
    /// What is left over of them the dearest first.
    pub(super) unfilled: Top<UnfilledOrder>,
}

/// What is told of an order that moved.
#[derive(Clone, Default)]
pub(super) struct Moved {
    /// Where rule sets are compared: the base's rules send it otherwise on the very shelves that it met.
    pub(super) is_by_rules: bool,
    /// Which rules send it where it goes.
    pub(super) causes: Vec<String>,
    pub(super) why: Why,
    pub(super) cost_parts: Vec<(String, Cost)>,
    /// Why the base does not place it so on those shelves.
    pub(super) of_base: Vec<String>,
}

/// An order that is not filled in full.
pub(super) struct UnfilledOrder {
    pub(super) order_id: String,
    pub(super) placed_at: Timestamp,
    /// What the units left over cost.
    pub(super) cost: Cost,
    pub(super) because: &'static str,
    pub(super) why: Why,
}

/// Runs the last variant once more, alone and explained.
pub(super) fn again(made: &Made<'_>) -> Result<SecondLook, Fault> {
    let network = &made.grounds.source.problem.network;
    let wanted = wanted(made);
    let fewer = Fewer::of(made.rules, made.base_rules, network);
    let mut causes = fewer.routers(network);
    let fewer_of_base = made.base_rules.map(|rules| Fewer::of(rules, Some(made.rules), network));
    let mut base = made.base_rules.zip(fewer_of_base.as_ref()).map(|(rules, fewer)| Base {
        rules,
        router: Router::new(network, rules),
        causes: fewer.routers(network),
    });
    let mut look =
        SecondLook { dots: BTreeMap::new(), told: HashMap::new(), unfilled: Top::of(MOST_UNFILLED) };
    let mut see = |stock: &Stock, order: &Order, decision: &Decision| {
        let place = order.destination.place.and_then(|place| network.place_point(place));
        let is_unfit = engine::unfit(network, order).is_some();
        if let Some(point) = order.destination.point.or(place).filter(|_| !is_unfit) {
            *look.dots.entry(point).or_default() += 1;
        }
        let told = Told { network, rules: made.rules, order, decision };
        if let Some(moved) = wanted.get(order.id.as_str()) {
            let parts = told.decision.costs.iter().map(|(part, cost)| (part.words().to_owned(), cost));
            let mut told_of = Moved {
                causes: causes.told(stock, order, decision).iter().map(|cause| capitalized(cause)).collect(),
                why: told.why(&places(&moved.from)),
                cost_parts: parts.collect(),
                ..Moved::default()
            };
            if let Some(base) = &mut base {
                compare(&told, stock, (moved, base), &mut told_of);
            }
            look.told.insert(order.id.clone(), told_of);
        }
        if !decision.leftovers.is_empty() && !is_unfit {
            let cost = unfilled_cost(network, order, decision);
            let (order_id, placed_at) = (order.id.clone(), order.placed_at);
            look.unfilled.offer(cost.0.unsigned_abs(), || UnfilledOrder {
                order_id,
                placed_at,
                cost,
                because: decision.shortfall().map_or("", |why| engine::tell::because(why.code)),
                why: told.why(&[]),
            });
        }
        Ok(())
    };
    run_last(made, &mut see)?;
    Ok(look)
}

/// The rule set that is compared with.
struct Base<'a> {
    rules: &'a RuleSet,
    router: Router<'a>,
    causes: Causes<'a>,
}

/// Decides the order by the base's rules on the same shelves: what differs then is the rules' doing.
fn compare(told: &Told<'_>, stock: &Stock, (moved, base): (&MovedOrder, &mut Base<'_>), told_of: &mut Moved) {
    let Told { network, order, decision, .. } = *told;
    let Base { rules, router, causes } = base;
    let (mut before, mut now) = (OrderOutcome::default(), OrderOutcome::default());
    before.read(network, order, router.decide(stock, order, decision.decided_at));
    now.read(network, order, decision);
    if before.shares == now.shares {
        told_of.causes = vec![OTHER_SHELVES.to_owned()];
        return;
    }
    told_of.is_by_rules = true;
    let name = capitalized(&rules.name);
    let decision = router.explain_decided(stock, order, decision.decided_at);
    if before.places() != moved.from {
        told_of.of_base.push(format!("On these shelves, under “{name}” {}.", goes(network, decision)));
    }
    let without = causes.told(stock, order, decision).into_iter();
    told_of.of_base.extend(without.map(|sentence| format!("Under “{name}”: {sentence}")));
    told_of.of_base.extend(Told { network, rules, order, decision }.why_not(&places(&moved.to)));
}

/// Of an order that no rule sends elsewhere.
const OTHER_SHELVES: &str = "On the same shelves both sets of rules send it the same way: it moved because earlier orders \
                             left other stock.";

fn wanted<'m>(made: &Made<'m>) -> HashMap<&'m str, &'m MovedOrder> {
    let top = made.grounds.report.comparisons.last().map_or(&[][..], |comparison| &comparison.top);
    top.iter().map(|moved| (moved.order_id.as_str(), moved)).collect()
}

fn places(units: &[(LocationId, u32)]) -> Vec<LocationId> {
    units.iter().map(|(place, _)| *place).collect()
}

fn run_last(made: &Made<'_>, each: &mut Seen<'_>) -> Result<(), Fault> {
    let mut plan = made.grounds.plan.clone();
    plan.audit = None;
    plan.variants.drain(..plan.variants.len() - 1);
    run(made.grounds.source, &plan, Some(Look { variant: 0, detail: WatchDetail::Explained, each }))?;
    Ok(())
}
