//! A second look at the orders of the last variant: for the map, for what is told of orders that moved, and for those
//! that are not filled.
//!
//! Owns: which orders are told of, and what is kept of them. Memory does not grow with orders.

use super::Made;
use super::causes::{Causes, Fewer};
use super::top::Top;
use super::why::{Told, Why};
use crate::commands::replay::{Look, Seen, run};
use crate::fault::Fault;
use engine::Router;
use model::words::capitalized;
use model::{Cost, CostPart, Decision, LocationId, Order, PartCosts, Point, RuleSet, Stock, Timestamp};
use replay::outcome::{OrderOutcome, unfilled_cost};
use replay::{MovedOrder, WatchDetail};
use std::collections::{BTreeMap, HashMap};

/// Orders that are told of because they are not filled in full, and because rules send them elsewhere.
const MOST_UNFILLED: usize = 20;
const MOST_SENT_ELSEWHERE: usize = 20;

/// What is kept.
pub(super) struct SecondLook {
    pub(super) dots: BTreeMap<Point, u64>,
    /// Of the orders that moved most.
    pub(super) told: HashMap<String, Moved>,
    /// Where rule sets are compared: orders that the rules themselves send elsewhere, each on the shelves that it met
    /// under the last set.
    pub(super) sent_elsewhere: Top<SentElsewhere>,
    /// What is left over of them the dearest first.
    pub(super) unfilled: Top<UnfilledOrder>,
}

/// What is told of an order that moved.
#[derive(Clone, Default)]
pub(super) struct Moved {
    /// Which rules send it where it goes.
    pub(super) causes: Vec<String>,
    pub(super) why: Why,
    pub(super) cost_parts: Vec<(String, Cost)>,
}

pub(super) struct SentElsewhere {
    pub(super) moved: MovedOrder,
    pub(super) told: Moved,
    /// Why the base did not place it so.
    pub(super) of_base: Vec<String>,
}

/// An order that is not filled in full.
pub(super) struct UnfilledOrder {
    pub(super) order_id: String,
    pub(super) placed_at: Timestamp,
    /// What the units left over cost.
    pub(super) cost: Cost,
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
    let mut look = SecondLook {
        dots: BTreeMap::new(),
        told: HashMap::new(),
        sent_elsewhere: Top::of(MOST_SENT_ELSEWHERE),
        unfilled: Top::of(MOST_UNFILLED),
    };
    let mut see = |stock: &Stock, order: &Order, decision: &Decision| {
        let place = order.destination.place.and_then(|place| network.place_point(place));
        if let Some(point) = order.destination.point.or(place) {
            *look.dots.entry(point).or_default() += 1;
        }
        let told = Told { network, rules: made.rules, order, decision };
        if let Some(base) = &mut base {
            compare(&told, (stock, &mut causes), base, &mut look.sent_elsewhere);
        }
        if let Some(moved) = wanted.get(order.id.as_str()) {
            look.told.insert(order.id.clone(), told_of(&told, (stock, &mut causes), &places(&moved.from)));
        }
        if !decision.leftovers.is_empty() && engine::unfit(network, order).is_none() {
            let cost = unfilled_cost(network, order, decision);
            let (order_id, placed_at) = (order.id.clone(), order.placed_at);
            look.unfilled.offer(cost.0.unsigned_abs(), || UnfilledOrder {
                order_id,
                placed_at,
                cost,
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
fn compare(
    told: &Told<'_>,
    (stock, causes): (&Stock, &mut Causes<'_>),
    Base { rules, router, causes: causes_of_base }: &mut Base<'_>,
    sent_elsewhere: &mut Top<SentElsewhere>,
) {
    let Told { network, order, decision, .. } = *told;
    let (mut before, mut now) = (OrderOutcome::default(), OrderOutcome::default());
    before.read(network, order, router.decide(stock, order, decision.decided_at));
    now.read(network, order, decision);
    if before.shares == now.shares {
        return;
    }
    let mut change = PartCosts::default();
    for part in CostPart::ALL {
        change.add(part, now.parts_with_unfilled().get(part) - before.parts_with_unfilled().get(part));
    }
    let moved = MovedOrder {
        order_id: order.id.clone(),
        placed_at: order.placed_at,
        base_cost: before.cost_with_unfilled(),
        other_cost: now.cost_with_unfilled(),
        change,
        from: before.places(),
        to: now.places(),
        is_whole: [before.is_placed, now.is_placed],
    };
    sent_elsewhere.offer(change.total().0.unsigned_abs(), || {
        let decision = router.explain_decided(stock, order, decision.decided_at);
        let name = capitalized(&rules.name);
        let without = causes_of_base.told(stock, order, decision).into_iter();
        let without = without.map(|sentence| format!("Under “{name}”: {sentence}"));
        let why_not = Told { network, rules, order, decision }.why_not(&places(&moved.to));
        let of_base = without.chain(why_not).collect();
        SentElsewhere { told: told_of(told, (stock, causes), &places(&moved.from)), moved, of_base }
    });
}

fn told_of(told: &Told<'_>, (stock, causes): (&Stock, &mut Causes<'_>), before: &[LocationId]) -> Moved {
    let parts = told.decision.costs.iter().map(|(part, cost)| (part.words().to_owned(), cost));
    Moved {
        causes: causes
            .told(stock, told.order, told.decision)
            .iter()
            .map(|cause| capitalized(cause))
            .collect(),
        why: told.why(before),
        cost_parts: parts.collect(),
    }
}

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
