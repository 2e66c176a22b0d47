//! Settling: a plan becomes parcels with services, promises and costs, placements by line, and leftovers.

use crate::cost::{self, Taken};
use crate::decide::{Question, Work};
use crate::demand::Demand;
use crate::plan::{Content, PlannedParcel};
use crate::policy::Policy;
use crate::screen::{Facts, Standing};
use model::{
    Cost, CostPart, Day, Decision, Dispatch, HoldReason, Leftover, Note, Order, OrderLine, Outcome, Parcel,
    PartCosts, Placement, ProductId, Proof, RecordId, Remedy, ShortChoice, Timestamp, UnfilledWeight,
};

/// Memory of settling.
#[derive(Default)]
pub(crate) struct Settling {
    /// Units still to be given to lines.
    wanted: Vec<Wanted>,
    /// By candidate and item: units in earlier parcels.
    taken: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Wanted {
    line: u16,
    product: ProductId,
    units: u32,
}

/// Nothing is placed, all is left over, a person must look.
pub(crate) fn hold(decision: &mut Decision, order: &Order, reason: HoldReason) {
    unplace(decision);
    decision.outcome = Outcome::Held(reason);
    for (i, line) in order.lines.iter().enumerate().filter(|(_, line)| line.quantity > 0) {
        decision.leftovers.push(Leftover {
            line: i as u16,
            quantity: line.quantity,
            remedy: Remedy::Hold,
            cause: None,
        });
    }
}

/// Takes back what was placed.
pub(crate) fn unplace(decision: &mut Decision) {
    decision.parcels.clear();
    decision.placements.clear();
    decision.leftovers.clear();
    decision.notes.clear();
    decision.costs = PartCosts::default();
    decision.preference = Cost::ZERO;
    decision.proof = Proof::default();
}

/// Gross margin of the placed units less what placing them costs.
pub(crate) fn margin(facts: &Facts<'_>, decision: &Decision) -> i64 {
    let margin_of = |placement: &Placement| {
        facts.network.product(placement.product).gross_margin.times(i64::from(placement.quantity))
    };
    let earned: Cost = decision.placements.iter().map(margin_of).sum();
    (earned - decision.costs.total() + decision.costs.get(CostPart::Unfilled)).0
}

fn split_cost(facts: &Facts<'_>, parcels: usize) -> Cost {
    let settings = &facts.network.settings;
    let further = parcels.saturating_sub(1) as i64;
    if settings.parts.is_on(CostPart::Split) { settings.split_penalty.times(further) } else { Cost::ZERO }
}

pub(crate) fn content(facts: &Facts<'_>, work: &Work, counts: &[u32]) -> Content {
    let items = work.problem.items.iter().zip(counts);
    items.fold(Content::default(), |content, (item, &units)| content.with(facts.network, item, units))
}

/// Writes the plan into the decision.
pub(crate) fn settle(question: &Question<'_>, work: &mut Work, decision: &mut Decision) {
    let Question { facts, policy, demand } = *question;
    want(facts, demand, work);
    let items = work.problem.items.len();
    work.settling.taken.clear();
    work.settling.taken.resize(work.problem.candidates.len() * items, 0);
    if work.plan.is_legal {
        for p in 0..work.plan.parcels.len() {
            let parcel = work.plan.parcels[p];
            settle_parcel(facts, work, parcel, decision);
        }
    }
    decision.costs.add(CostPart::Split, split_cost(facts, decision.parcels.len()));
    leave_over(facts, demand, work, decision);
    let comparable = decision.costs.total() + decision.preference;
    decision.proof = Proof { bound: comparable - work.plan.gap, gap: work.plan.gap, steps: work.plan.steps };
    if work.plan.gap > Cost::ZERO {
        decision.notes.push(Note::SearchLimit);
    }
    note_low_stock(facts, policy, decision);
}

/// Lists what the lines get of the plan, bundles first: their parts are placed whole or not at all.
fn want(facts: &Facts<'_>, demand: &Demand, work: &mut Work) {
    let settling = &mut work.settling;
    settling.wanted.clear();
    for (bundle, left) in demand.bundles.iter().zip(&work.plan.bundles_left) {
        let product = facts.order.lines[usize::from(bundle.line)].product;
        for component in &facts.network.product(product).components {
            let units = component.quantity * (bundle.quantity - left);
            settling.wanted.push(Wanted { line: bundle.line, product: component.product, units });
        }
    }
    for (i, line) in facts.order.lines.iter().enumerate() {
        if !facts.network.product(line.product).is_bundle() {
            settling.wanted.push(Wanted { line: i as u16, product: line.product, units: line.quantity });
        }
    }
}

fn settle_parcel(facts: &Facts<'_>, work: &mut Work, planned: PlannedParcel, decision: &mut Decision) {
    let candidate = planned.candidate as usize;
    let standing = work.problem.candidates[candidate].standing;
    let items = work.problem.items.len();
    let content = content(facts, work, work.plan.counts_of(&planned, items));
    let parcel_facts = content.facts(facts.network, facts.order.destination.is_residential);
    let Some(carriage) = cost::carriage(facts, &standing, &parcel_facts) else { return };
    let mut costs = carriage.costs;
    let first_placement = decision.placements.len();
    for i in 0..items {
        let units = work.plan.counts[planned.first as usize + i];
        if units == 0 {
            continue;
        }
        let record = RecordId(work.problem.record(candidate, i));
        let before = &mut work.settling.taken[candidate * items + i];
        cost::add_taking(facts, &standing, Taken { record, units, before: *before }, &mut costs);
        *before += units;
        place(&mut work.settling, (work.problem.items[i].product, record, units), decision);
    }
    decision.costs.add_all(&costs);
    let leaning = work.problem.leaning_cost(candidate, work.plan.counts_of(&planned, items));
    let preference = Cost(work.problem.candidates[candidate].preference + leaning);
    decision.preference += preference;
    decision.parcels.push(Parcel {
        location: standing.location,
        service: carriage.service,
        zone: carriage.service.map(|_| standing.zone),
        distance: standing.distance,
        weight: content.weight,
        dispatch: dispatch(facts, &standing),
        arrives: carriage.arrives,
        ready_at: carriage.ready_at,
        costs,
        preference,
        first_placement: first_placement as u16,
        placement_count: (decision.placements.len() - first_placement) as u16,
    });
    if !standing.distance.is_known() && facts.order.lane == model::Lane::Ship {
        decision.notes.push(Note::NoCoordinates { location: standing.location });
    }
}

fn dispatch(facts: &Facts<'_>, standing: &Standing) -> Dispatch {
    let today = || facts.network.location(standing.location).calendar.clock().day(facts.now);
    let none = || Dispatch { cutoff: Timestamp::MAX, day: today(), window: 0 };
    facts.tables.site(standing.location).dispatch.unwrap_or_else(none)
}

/// Gives units of a parcel to the lines that want them.
fn place(
    settling: &mut Settling,
    (product, record, mut units): (ProductId, RecordId, u32),
    decision: &mut Decision,
) {
    for wanted in settling.wanted.iter_mut().filter(|wanted| wanted.product == product && wanted.units > 0) {
        let quantity = wanted.units.min(units);
        if quantity == 0 {
            break;
        }
        decision.placements.push(Placement { line: wanted.line, product, record, quantity });
        wanted.units -= quantity;
        units -= quantity;
    }
}

/// Lists what is left of each line with its remedy, and settles the outcome.
fn leave_over(facts: &Facts<'_>, demand: &Demand, work: &Work, decision: &mut Decision) {
    let is_priced = facts.network.settings.unfilled == UnfilledWeight::Priced
        && facts.network.settings.parts.is_on(CostPart::Unfilled);
    let mut left_units = 0;
    for (i, line) in facts.order.lines.iter().enumerate() {
        let quantity = left_of(demand, work, i);
        if quantity == 0 {
            continue;
        }
        left_units += quantity;
        if is_priced {
            let each = facts.network.product(line.product).unfilled_cost;
            decision.costs.add(CostPart::Unfilled, each.times(i64::from(quantity)));
        }
        decision.leftovers.push(Leftover {
            line: i as u16,
            quantity,
            remedy: remedy(facts, (line, quantity)),
            cause: None,
        });
    }
    decision.outcome = match (decision.parcels.is_empty(), left_units) {
        (_, 0) => Outcome::Placed,
        (false, _) => Outcome::PartlyPlaced,
        (true, _) => Outcome::NotPlaced,
    };
}

fn left_of(demand: &Demand, work: &Work, i: usize) -> u32 {
    if let Some(bundle) = demand.bundles.iter().position(|bundle| usize::from(bundle.line) == i) {
        return work.plan.bundles_left[bundle];
    }
    let of_line = work.settling.wanted.iter().filter(|wanted| usize::from(wanted.line) == i);
    of_line.map(|wanted| wanted.units).sum()
}

/// The first choice that can be carried out.
fn remedy(facts: &Facts<'_>, (line, quantity): (&OrderLine, u32)) -> Remedy {
    let general = &facts.network.settings.when_short;
    for choice in line.when_short.iter().chain(general) {
        match choice {
            ShortChoice::Substitute => {
                if let Some(found) = substitute(facts, (line, quantity)) {
                    return found;
                }
            }
            ShortChoice::Backorder => {
                return Remedy::Backorder { expected: next_receipt(facts, line.product) };
            }
            ShortChoice::Hold => return Remedy::Hold,
            ShortChoice::Cancel => return Remedy::Cancel,
        }
    }
    Remedy::Hold
}

/// The first substitute that one open location has enough of: the location with most, of equals the first.
fn substitute(facts: &Facts<'_>, (line, quantity): (&OrderLine, u32)) -> Option<Remedy> {
    facts.network.product(line.product).substitutes.iter().find_map(|&product| {
        let records = facts.stock.records(product);
        let pairs = facts.stock.locations(records.clone()).iter().zip(facts.stock.available_in(records));
        let enough = pairs.filter(|(location, available)| {
            **available >= quantity as i32 && facts.screen(**location).is_ok()
        });
        let (&location, _) =
            enough.max_by_key(|(location, available)| (**available, std::cmp::Reverse(**location)))?;
        Some(Remedy::Substitute { product, location })
    })
}

/// When the product, or the last part of a bundle, is next received anywhere. What was to come by the day of the
/// decision has come or will not: nobody is told to wait for it.
fn next_receipt(facts: &Facts<'_>, product: ProductId) -> Option<Day> {
    let today = facts.network.settings.clock.day(facts.now);
    let of = |product| {
        let records = facts.stock.records(product);
        let announced = records.filter_map(|record| facts.stock.level(RecordId(record as u32)).next_receipt);
        announced.filter(|day| *day > today).min()
    };
    let components = &facts.network.product(product).components;
    if components.is_empty() {
        return of(product);
    }
    components
        .iter()
        .map(|component| of(component.product))
        .try_fold(Day(0), |latest, day| Some(latest.max(day?)))
}

fn note_low_stock(facts: &Facts<'_>, policy: &Policy<'_>, decision: &mut Decision) {
    let Some(below) = policy.low_stock_below else { return };
    for parcel in &decision.parcels {
        for i in
            usize::from(parcel.first_placement)..usize::from(parcel.first_placement + parcel.placement_count)
        {
            let Placement { record, product, .. } = decision.placements[i];
            if decision.placements[..i].iter().any(|placement| placement.record == record) {
                continue;
            }
            let of_record = decision.placements.iter().filter(|placement| placement.record == record);
            let taken: u32 = of_record.map(|placement| placement.quantity).sum();
            let left = facts.stock.available(record).max(0) as u32 - taken;
            if left < below {
                decision.notes.push(Note::LowStock {
                    record,
                    location: parcel.location,
                    product,
                    left,
                    below,
                });
            }
        }
    }
}
