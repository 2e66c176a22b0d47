//! The steps of a decision, in order.
//!
//! 1. hold what cannot be decided;
//! 2. gather the demand and the rules in force;
//! 3. screen locations and items;
//! 4. search for the best plan;
//! 5. settle parcels, promises and leftovers;
//! 6. check the margin;
//! 7. tell why the others lost, and what keeps units back.

use crate::demand::Demand;
use crate::plan::leaning::View;
use crate::plan::{Limits, Plan, Problem, Rates, Search};
use crate::policy::Policy;
use crate::screen::{Facts, Standing};
use crate::tables::{NO_RATE, Tables};
use crate::{explain, gather, settle};
use model::order::{MAX_LINES, MAX_UNITS};
use model::{
    CostPart, Decision, Distance, HoldReason, Lane, Lateness, LocationId, Network, Note, Order,
    ParcelsPerLocation, RuleSet, SplitPolicy, Stock, Timestamp, UnfilledWeight, Ways, Zone,
};

/// Decides orders of one network under one rule set. Holds what is worked out once, and the memory that
/// decisions reuse: in the steady state a decision allocates nothing.
pub struct Router<'a> {
    network: &'a Network,
    rules: &'a RuleSet,
    tables: Tables,
    /// Ways to a destination that the network has no row for.
    zones: Vec<Zone>,
    distances: Vec<Distance>,
    memory: Memory<'a>,
    /// Nothing is left to tell of the decision.
    is_told: bool,
}

/// What the steps of a decision write.
struct Memory<'a> {
    policy: Policy<'a>,
    demand: Demand,
    work: Work,
    decision: Decision,
}

/// Memory of the search.
#[derive(Default)]
pub(crate) struct Work {
    pub(crate) problem: Problem,
    pub(crate) search: Search,
    pub(crate) plan: Plan,
    /// What a search for a cause found.
    pub(crate) trial: Plan,
    /// By location: what is known of it in this decision.
    pub(crate) seen: Vec<Seen>,
    pub(crate) round: u32,
    pub(crate) standings: Vec<Standing>,
    /// By item: how the preference at hand sees it at the candidate at hand.
    pub(crate) views: Vec<View>,
    pub(crate) settling: settle::Settling,
}

/// An order as the steps see it: the facts, the rules in force, and what is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Question<'q> {
    pub(crate) facts: &'q Facts<'q>,
    pub(crate) policy: &'q Policy<'q>,
    pub(crate) demand: &'q Demand,
}

/// A location in this round: not seen, out, or a candidate.
#[derive(Clone, Copy, Default)]
pub(crate) struct Seen {
    pub(crate) round: u32,
    /// Position among the candidates plus one; 0: out.
    pub(crate) candidate: u32,
}

/// What is worked out once for a network, whatever the rules. It takes milliseconds to make, so whoever decides now and
/// then keeps it.
pub struct Prepared {
    tables: Tables,
    work: Work,
}

impl Prepared {
    pub fn new(network: &Network) -> Prepared {
        let work = Work { seen: vec![Seen::default(); network.locations.len()], ..Work::default() };
        Prepared { tables: Tables::new(network), work }
    }
}

impl<'a> Router<'a> {
    pub fn new(network: &'a Network, rules: &'a RuleSet) -> Router<'a> {
        Router::resume(Prepared::new(network), network, rules)
    }

    /// A router of what was prepared for this very network.
    pub fn resume(prepared: Prepared, network: &'a Network, rules: &'a RuleSet) -> Router<'a> {
        let Prepared { tables, work } = prepared;
        Router {
            network,
            rules,
            tables,
            zones: Vec::new(),
            distances: Vec::new(),
            memory: Memory {
                policy: Policy::new(network, rules),
                demand: Demand::default(),
                work,
                decision: Decision::default(),
            },
            is_told: true,
        }
    }

    /// The decision that was just made, and what the next router of the network may go on with.
    pub fn rest(self) -> (Decision, Prepared) {
        (self.memory.decision, Prepared { tables: self.tables, work: self.memory.work })
    }

    /// Decides without recording why the other locations lost: the same plan as [`Router::explain`], faster.
    pub fn decide(&mut self, stock: &Stock, order: &Order, now: Timestamp) -> &Decision {
        self.run((stock, order, now));
        &self.memory.decision
    }

    /// The decision that was just made.
    pub fn decided(&self) -> &Decision {
        &self.memory.decision
    }

    /// Decides, and records every location with its reason or cost.
    pub fn explain(&mut self, stock: &Stock, order: &Order, now: Timestamp) -> &Decision {
        self.run((stock, order, now));
        self.explain_decided(stock, order, now)
    }

    /// Records every location of the decision that was just made, on the same facts.
    pub fn explain_decided(&mut self, stock: &Stock, order: &Order, now: Timestamp) -> &Decision {
        if !self.is_told {
            self.with_facts((stock, order, now), Router::tell);
            self.is_told = true;
        }
        &self.memory.decision
    }

    fn run(&mut self, (stock, order, now): (&Stock, &Order, Timestamp)) {
        self.is_told = true;
        let Memory { policy, demand, decision, .. } = &mut self.memory;
        decision.clear();
        decision.decided_at = now;
        decision.rule_set = self.rules.number;
        if let Some(hold) = unfit(self.network, order) {
            return settle::hold(decision, order, hold);
        }
        self.tables.advance(self.network, now);
        demand.gather(self.network, order, &self.tables.quanta);
        if !policy.is_empty() {
            policy.read(self.network, order, &demand.items);
            decision.applied.extend_from_slice(&policy.applied);
        }
        if let Some(rule) = policy.hold {
            return settle::hold(decision, order, HoldReason::Rule(rule));
        }
        self.is_told = false;
        self.with_facts((stock, order, now), Router::place);
    }

    /// Hands the facts of an order to a step.
    fn with_facts(
        &mut self,
        (stock, order, now): (&Stock, &Order, Timestamp),
        step: fn(&Facts<'_>, &mut Memory<'a>),
    ) {
        let ways = ways_to(self.network, order, (&mut self.zones, &mut self.distances));
        let ways = ways.unwrap_or(Ways { zones: &self.zones, distances: &self.distances });
        let latest = self.memory.policy.latest;
        let facts = Facts { network: self.network, tables: &self.tables, stock, order, now, ways, latest };
        step(&facts, &mut self.memory);
    }

    fn place(facts: &Facts<'_>, memory: &mut Memory<'a>) {
        choose(facts, &memory.policy, &memory.demand, &mut memory.work);
        let question = Question { facts, policy: &memory.policy, demand: &memory.demand };
        settle::settle(&question, &mut memory.work, &mut memory.decision);
        keep_margin(facts, memory);
    }

    fn tell(facts: &Facts<'_>, memory: &mut Memory<'a>) {
        let question = Question { facts, policy: &memory.policy, demand: &memory.demand };
        explain::tell(&question, &mut memory.work, &mut memory.decision);
    }
}

/// What keeps an order from being decided at all, under any rules and with any stock.
pub fn unfit(network: &Network, order: &Order) -> Option<HoldReason> {
    if order.lines.is_empty() || order.lines.iter().any(|line| line.quantity == 0) {
        return Some(HoldReason::Empty);
    }
    let parts = |line: &model::OrderLine| network.product(line.product).components.len().max(1);
    let units = |line: &model::OrderLine| {
        let in_one: u64 =
            network.product(line.product).components.iter().map(|part| u64::from(part.quantity)).sum();
        u64::from(line.quantity) * in_one.max(1)
    };
    if order.lines.iter().map(parts).sum::<usize>() > MAX_LINES
        || order.lines.iter().map(units).sum::<u64>() > u64::from(MAX_UNITS)
    {
        return Some(HoldReason::TooLarge);
    }
    match order.lane {
        Lane::Pickup if order.pickup_at.is_none() => Some(HoldReason::NoStoreChosen),
        Lane::Pickup => None,
        _ if order.destination.place.is_none() && order.destination.point.is_none() => {
            Some(HoldReason::AddressUnknown)
        }
        _ => None,
    }
}

/// The network's ways to the destination; `None` where they were worked out into the two lists.
fn ways_to<'n>(
    network: &'n Network,
    order: &Order,
    (zones, distances): (&mut Vec<Zone>, &mut Vec<Distance>),
) -> Option<Ways<'n>> {
    if let Some(place) = order.destination.place {
        return Some(network.ways(place));
    }
    zones.clear();
    distances.clear();
    for location in &network.locations {
        let (zone, distance) = match order.destination.point {
            Some(point) => network.way(location, point),
            None => (network.rates.zone_for(Distance::UNKNOWN), Distance::UNKNOWN),
        };
        zones.push(zone);
        distances.push(distance);
    }
    None
}

/// Finds the best plan into `work.plan`.
fn choose(facts: &Facts<'_>, policy: &Policy<'_>, demand: &Demand, work: &mut Work) {
    if !choose_one_unit(facts, policy, demand, work) {
        solve(facts, policy, demand, work);
    }
}

fn solve(facts: &Facts<'_>, policy: &Policy<'_>, demand: &Demand, work: &mut Work) {
    gather::gather(&Question { facts, policy, demand }, work, limits(facts, policy));
    let Work { problem, search, plan, .. } = work;
    search.solve(problem, &rates(facts), plan);
}

pub(crate) fn rates<'s>(facts: &Facts<'s>) -> Rates<'s> {
    let is_plain_lateness = facts.network.settings.lateness == Lateness::Never || facts.latest.is_none();
    Rates {
        network: facts.network,
        tables: facts.tables,
        lane: facts.order.lane,
        is_residential: facts.order.destination.is_residential,
        uses_table: facts.tables.by_weight_alone && is_plain_lateness,
    }
}

pub(crate) fn limits(facts: &Facts<'_>, policy: &Policy<'_>) -> Limits {
    let settings = &facts.network.settings;
    Limits {
        max_parcels: policy.max_parcels,
        min_parcel_value: policy.min_parcel_value,
        is_one_place: facts.order.split == SplitPolicy::OnePlace,
        is_one_parcel_per_location: settings.parcels == ParcelsPerLocation::One
            || facts.order.lane != Lane::Ship,
        split_penalty: if settings.parts.is_on(CostPart::Split) { settings.split_penalty.0 } else { 0 },
        is_unfilled_priced: settings.unfilled == UnfilledWeight::Priced
            && settings.parts.is_on(CostPart::Unfilled),
        // A preference before cost is one among places: it never tells for sending nothing.
        is_unfilled_counted: settings.unfilled == UnfilledWeight::FewestFirst || !policy.tiers.is_empty(),
        steps: settings.search_limit,
    }
}

/// Half of all orders ask for one unit: one look at its stock records decides them. `false`: not that simple.
fn choose_one_unit(facts: &Facts<'_>, policy: &Policy<'_>, demand: &Demand, work: &mut Work) -> bool {
    let [item] = demand.items.as_slice() else { return false };
    let rates = rates(facts);
    let is_simple = item.quantity == 1
        && item.required == 0
        && demand.bundles.is_empty()
        && policy.applied.is_empty()
        && facts.order.lane == Lane::Ship;
    if !is_simple || !rates.uses_table {
        return false;
    }
    let Some(step) = facts.tables.rates.step(item.quanta) else { return false };
    let records = facts.stock.records(item.product);
    let mut best: Option<(i64, u32, Standing, usize)> = None;
    let pairs = facts.stock.locations(records.clone()).iter().zip(facts.stock.available_in(records.clone()));
    for (offset, (&location, &available)) in pairs.enumerate() {
        if available <= 0 || item.needs & !facts.tables.site(location).certified != 0 {
            continue;
        }
        let Ok(standing) = facts.screen(location) else { continue };
        let rate = facts.tables.rates.rate(standing.rate_row, step);
        if rate == NO_RATE {
            continue;
        }
        let record = model::RecordId((records.start + offset) as u32);
        let cost = i64::from(rate) + standing.parcel_cost + taking_one(facts, location, (record, available));
        let km = standing.distance.km();
        if best.as_ref().is_none_or(|best| (cost, km) < (best.0, best.1)) {
            best = Some((cost, km, standing, offset));
        }
    }
    work.problem.begin(demand, limits(facts, policy));
    work.round = work.round.wrapping_add(1);
    work.plan.clear();
    work.plan.is_legal = true;
    work.plan.steps = records.len() as u32;
    let unfilled = if work.problem.limits.is_unfilled_priced { item.unfilled } else { 0 };
    match best {
        Some((cost, _, standing, offset)) if work.problem.limits.is_unfilled_counted || cost < unfilled => {
            let candidate = work.problem.add(standing);
            work.problem.usable[candidate] = 1;
            work.problem.records[candidate] = (records.start + offset) as u32;
            work.plan.take_only_unit(cost);
        }
        _ => work.plan.cost = model::Cost(unfilled),
    }
    true
}

fn taking_one(facts: &Facts<'_>, location: LocationId, (record, available): (model::RecordId, i32)) -> i64 {
    let worth = facts.stock.worth(record);
    facts.tables.site(location).unit_cost - i64::from(worth.markdown)
        + i64::from(worth.scarcity)
        + facts.stock.depth_cost(worth, available)
}

/// Holds the order when its plan earns too little; where preferences made it dear, they are set aside first.
fn keep_margin(facts: &Facts<'_>, memory: &mut Memory<'_>) {
    let Memory { policy, demand, work, decision } = memory;
    let Some((rule, need)) = policy.min_margin else { return };
    let earns_too_little =
        |decision: &Decision| !decision.parcels.is_empty() && settle::margin(facts, decision) < need;
    if !earns_too_little(decision) {
        return;
    }
    if !(policy.tiers.is_empty() && policy.prices.is_empty()) {
        policy.tiers.clear();
        policy.prices.clear();
        settle::unplace(decision);
        choose(facts, policy, demand, work);
        settle::settle(&Question { facts, policy, demand }, work, decision);
        if !earns_too_little(decision) {
            decision.notes.push(Note::PreferencesSetAside { guardrail: rule });
            return;
        }
    }
    let margin = settle::margin(facts, decision);
    settle::hold(decision, facts.order, HoldReason::MarginTooLow { rule, margin, need });
}

/// One decision, explained. For many orders keep a [`Router`].
// tidy: allow params — the five facts of a decision, named as everywhere
pub fn decide(network: &Network, stock: &Stock, rules: &RuleSet, order: &Order, now: Timestamp) -> Decision {
    Router::new(network, rules).explain(stock, order, now).clone()
}

/// Takes what a decision placed out of the stock, and counts its parcels against capacity.
pub fn commit(stock: &mut Stock, decision: &Decision) {
    for placement in &decision.placements {
        stock.commit(placement.record, placement.quantity);
    }
    for parcel in &decision.parcels {
        let mut load = stock.load(parcel.location);
        let dispatch = parcel.dispatch;
        if load.day != dispatch.day {
            load = model::Load { day: dispatch.day, window: dispatch.window, ..model::Load::default() };
        } else if load.window != dispatch.window {
            load.window = dispatch.window;
            load.window_parcels = 0;
        }
        load.day_parcels += 1;
        load.window_parcels += 1;
        stock.set_load(parcel.location, load);
    }
}
