//! Explaining: every location with the reason that removed it, or its cost beside the winner's.

use crate::cost::{self, Taken};
use crate::decide::{Question, Work};
use crate::demand::Demand;
use crate::plan::Content;
use crate::policy::Policy;
use crate::screen::{Facts, Standing};
use model::{Considered, Cost, Decision, ItemOut, LocationId, Outcome, PartCosts, Reason, Verdict};

/// Records every location.
pub(crate) fn tell(question: &Question<'_>, work: &mut Work, decision: &mut Decision) {
    for location in question.facts.network.location_ids() {
        let considered = consider(question, (work, location), decision);
        decision.considered.push(considered);
    }
    crate::cause::record(question, work, decision);
}

fn consider(
    question: &Question<'_>,
    (work, location): (&Work, LocationId),
    decision: &mut Decision,
) -> Considered {
    let Question { facts, policy, demand } = *question;
    let mut considered = Considered {
        location,
        verdict: Verdict::Out(Reason::NoStockRecord),
        distance: facts.ways.distances[location.index()],
        zone: Some(facts.ways.zones[location.index()]),
        alone: PartCosts::default(),
        alone_preference: Cost::ZERO,
        first_item_out: decision.item_outs.len() as u32,
        item_out_count: 0,
    };
    let standing = match facts.screen(location) {
        Ok(standing) => standing,
        Err(blocked) => {
            considered.verdict = Verdict::Out(facts.reason(location, blocked));
            return considered;
        }
    };
    let mut first_reason: Option<Reason> = None;
    for (i, item) in demand.items.iter().enumerate() {
        if let Some(reason) = facts.item_reason(policy, (i, item), &standing) {
            decision.item_outs.push(ItemOut { product: item.product, reason });
            considered.item_out_count += 1;
            if first_reason.is_none_or(|first| reason.precedence() < first.precedence()) {
                first_reason = Some(reason);
            }
        } else if let Some(short) = facts.item_short(policy, (i, item), &standing) {
            decision.item_shorts.push(short);
        }
    }
    let serves_none = usize::from(considered.item_out_count) == demand.items.len();
    match first_reason {
        Some(reason) if serves_none => considered.verdict = Verdict::Out(reason),
        _ => compare(question, (work, &standing), (decision, &mut considered)),
    }
    considered
}

/// What the location would cost alone, beside the plan.
fn compare(
    question: &Question<'_>,
    (work, standing): (&Work, &Standing),
    (decision, considered): (&Decision, &mut Considered),
) {
    let Question { facts, policy, demand } = *question;
    let (alone, units) = alone(facts, policy, demand, standing);
    considered.alone = alone;
    let seen = work.seen[standing.location.index()];
    if seen.round == work.round && seen.candidate > 0 {
        let (c, items) = (seen.candidate as usize - 1, work.problem.items.len());
        let all = &work.problem.usable[c * items..(c + 1) * items];
        let preference = work.problem.candidates[c].preference + work.problem.leaning_cost(c, all);
        considered.alone_preference = Cost(preference);
    }
    let wanted: u32 = demand.items.iter().map(|item| item.quantity).sum();
    let is_chosen = decision.parcels.iter().any(|parcel| parcel.location == standing.location);
    let plan = decision.costs.total() + decision.preference;
    considered.verdict = if is_chosen {
        Verdict::Chosen
    } else if units == wanted && matches!(decision.outcome, Outcome::Placed) {
        Verdict::Lost { by: alone.total() + considered.alone_preference - plan }
    } else {
        Verdict::Part { units, of: wanted }
    };
}

/// The cost of sending all that the location can, in as few parcels as take it, and how many units that is.
fn alone(facts: &Facts<'_>, policy: &Policy<'_>, demand: &Demand, standing: &Standing) -> (PartCosts, u32) {
    let mut costs = PartCosts::default();
    let mut packed = Content::default();
    let (mut units_sent, mut parcels) = (0, 0);
    for (i, item) in demand.items.iter().enumerate() {
        let Some(record) = facts.stock.record(item.product, standing.location) else { continue };
        if facts.item_reason(policy, (i, item), standing).is_some() {
            continue;
        }
        let usable = facts
            .usable_units(policy, (i, item), (standing.location, record))
            .unwrap_or(0)
            .min(item.quantity);
        cost::add_taking(facts, standing, Taken { record, units: usable, before: 0 }, &mut costs);
        units_sent += usable;
        pack(facts, standing, (item, usable), (&mut packed, &mut costs, &mut parcels));
    }
    close(facts, standing, (&packed, &mut costs, &mut parcels));
    let further = i64::from(parcels).saturating_sub(1).max(0);
    if facts.network.settings.parts.is_on(model::CostPart::Split) {
        costs.add(model::CostPart::Split, facts.network.settings.split_penalty.times(further));
    }
    (costs, units_sent)
}

/// Adds units to the open parcel; a parcel that no service would take is closed before.
fn pack(
    facts: &Facts<'_>,
    standing: &Standing,
    (item, units): (&crate::demand::Item, u32),
    (packed, costs, parcels): (&mut Content, &mut PartCosts, &mut u32),
) {
    let all = packed.with(facts.network, item, units);
    if fits(facts, standing, &all) {
        *packed = all;
        return;
    }
    for _ in 0..units {
        let more = packed.with(facts.network, item, 1);
        if fits(facts, standing, &more) {
            *packed = more;
        } else {
            close(facts, standing, (packed, costs, parcels));
            *packed = Content::default().with(facts.network, item, 1);
        }
    }
}

fn fits(facts: &Facts<'_>, standing: &Standing, content: &Content) -> bool {
    let is_residential = facts.order.destination.is_residential;
    facts.is_taken(standing, content.quanta, || content.facts(facts.network, is_residential))
}

fn close(
    facts: &Facts<'_>,
    standing: &Standing,
    (packed, costs, parcels): (&Content, &mut PartCosts, &mut u32),
) {
    if packed.units == 0 {
        return;
    }
    let parcel = packed.facts(facts.network, facts.order.destination.is_residential);
    if let Some(carriage) = cost::carriage(facts, standing, &parcel) {
        costs.add_all(&carriage.costs);
        *parcels += 1;
    }
}
