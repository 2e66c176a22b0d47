//! Brute force: every way to place an order, each priced by code that the search does not use.
//!
//! For folders in which one location sends one parcel, without rules, and unfilled units are priced. Places
//! that are out for the whole order are taken from the explanation; all else is tried.

use crate::source::Source;
use engine::Router;
use model::{
    Cost, CostPart, Decision, LocationId, Order, ParcelsPerLocation, RuleSet, Stock, UnfilledWeight, Verdict,
};
use replay::priced::Pricer;
use replay::{ActualBook, Assigned};

/// Orders with more ways than this are left out.
const MAX_WAYS: u64 = 3_000;
/// Most orders that are compared.
const MAX_ORDERS: usize = 2_000;

/// What brute force found.
#[derive(Default)]
pub(crate) struct Exactness {
    pub(crate) compared: u64,
    pub(crate) wrong: Vec<String>,
    /// Decisions that the independent check looked at, and what it refuses.
    pub(crate) checked: u64,
    pub(crate) findings: Vec<String>,
}

/// Checks decisions independently, and compares them with the best of all ways where that is possible, over stock
/// that is consumed.
pub(crate) fn compare(source: &Source, rules: &RuleSet, orders: &[Order]) -> Exactness {
    let network = &source.problem.network;
    let mut found = Exactness::default();
    let settings = &network.settings;
    let is_plain = settings.parcels == ParcelsPerLocation::One
        && settings.unfilled == UnfilledWeight::Priced
        && rules.all().next().is_none();
    let mut stock = source.problem.stock.clone();
    let mut router = Router::new(network, rules);
    for order in orders.iter().take(MAX_ORDERS) {
        let decision = router.explain(&stock, order, order.placed_at);
        let facts = audit::Facts { network, stock: &stock, rules, order, now: order.placed_at };
        let refused = audit::check(&facts, decision).into_iter().filter(audit::Finding::is_fatal);
        found.findings.extend(refused.map(|finding| format!("order {}: {}", order.id, finding.message)));
        found.checked += 1;
        let least = is_plain.then(|| least_cost(source, (&stock, order), decision)).flatten();
        if let Some(least) = least {
            found.compared += 1;
            if least != decision.landed_cost() {
                found.wrong.push(format!(
                    "order {}: decided {}, best {}",
                    order.id,
                    decision.landed_cost().decimal(),
                    least.decimal()
                ));
            }
        }
        engine::commit(&mut stock, decision);
    }
    found
}

/// Where units of one line may come from, and how many each place has.
type Sources = Vec<(LocationId, u32)>;

fn least_cost(source: &Source, (stock, order): (&Stock, &Order), decision: &Decision) -> Option<Cost> {
    let mut lines: Vec<Sources> = Vec::new();
    let mut ways = 1u64;
    for line in &order.lines {
        let mut sources = Sources::new();
        for considered in &decision.considered {
            let is_in = !matches!(considered.verdict, Verdict::Out(_));
            let item_out = decision.item_outs_of(considered).iter().any(|out| out.product == line.product);
            let record = stock.record(line.product, considered.location);
            if let (true, false, Some(record)) = (is_in, item_out, record) {
                sources.push((considered.location, stock.available(record).max(0) as u32));
            }
        }
        ways = ways.saturating_mul(ways_to_place(line.quantity, sources.len() as u64 + 1));
        lines.push(sources);
    }
    if ways > MAX_WAYS {
        return None;
    }
    let mut least = None;
    let mut chosen = Vec::new();
    try_line(source, (stock, order), &lines, (&mut chosen, &mut least));
    least
}

/// Ways to share `units` among `places`: (units + places − 1) over units.
fn ways_to_place(units: u32, places: u64) -> u64 {
    (1..=u64::from(units)).fold(1u64, |ways, unit| ways.saturating_mul(places + unit - 1) / unit)
}

/// Units taken so far: line, place, quantity.
type Chosen = Vec<(usize, LocationId, u32)>;

fn try_line(
    source: &Source,
    facts: (&Stock, &Order),
    lines: &[Sources],
    (chosen, least): (&mut Chosen, &mut Option<Cost>),
) {
    let at = chosen.iter().map(|(line, ..)| line + 1).max().unwrap_or(0);
    try_from(source, facts, lines, (at, 0, 0, chosen, least));
}

/// Tries every quantity of line `at` from its `from`-th place on; `taken` units of it are placed.
fn try_from(
    source: &Source,
    (stock, order): (&Stock, &Order),
    lines: &[Sources],
    (at, from, taken, chosen, least): (usize, usize, u32, &mut Chosen, &mut Option<Cost>),
) {
    if at == lines.len() {
        let cost = price(source, (stock, order), chosen);
        if cost.is_some_and(|cost| least.is_none_or(|least| cost < least)) {
            *least = cost;
        }
        return;
    }
    if from == lines[at].len() {
        return try_from(source, (stock, order), lines, (at + 1, 0, 0, chosen, least));
    }
    let (location, available) = lines[at][from];
    for units in 0..=available.min(order.lines[at].quantity - taken) {
        if units > 0 {
            chosen.push((at, location, units));
        }
        try_from(source, (stock, order), lines, (at, from + 1, taken + units, chosen, least));
        if units > 0 {
            chosen.pop();
        }
    }
}

/// The landed cost of a choice; `None` where it is not legal.
fn price(source: &Source, (stock, order): (&Stock, &Order), chosen: &Chosen) -> Option<Cost> {
    let network = &source.problem.network;
    let mut book = ActualBook::default();
    book.add_unfilled(&order.id);
    for &(line, location, quantity) in chosen {
        book.add(&order.id, Assigned { line: order.lines[line].number, location, quantity });
    }
    let mut pricer = Pricer::new(network, &book);
    let priced = pricer.decide(stock, order, order.placed_at);
    let is_late = |parcel: &model::Parcel| order.deliver_by.is_some_and(|day| parcel.arrives > day);
    let is_heavy = |parcel: &model::Parcel| parcel.weight > network.rates.heaviest();
    let is_legal = priced.costs.get(CostPart::Lateness) == Cost::ZERO
        && !priced.parcels.iter().any(|p| is_late(p) || is_heavy(p));
    is_legal.then(|| priced.landed_cost())
}
