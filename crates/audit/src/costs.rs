//! The landed cost, part by part, in cost units (1/10,000 of the major unit). A part that is switched off is zero.
//!
//! Of one parcel with `n` units:
//! - postage: the service's rate for the parcel's zone, weight and size. Local delivery: fee + price per km ×
//!   km of way, rounded up to whole km. Pickup: none.
//! - surcharge: what the service adds. Local delivery and pickup: none.
//! - packaging: material per parcel. Pickup: none.
//! - labor: packing per parcel + picking per unit × n, on every lane.
//! - risk, opportunity: of a record with A available, the k-th unit taken is the (A − k + 1)-th last and costs
//!   `depth_cost` there, of which `depth_risk` is risk and the rest opportunity. Parcels that share a record
//!   share its sum; which of them took the deeper unit is not asked.
//! - lateness: days after the promised day × price per day, where lateness has a price.
//! - markdown: −markdown avoided per unit; scarcity: + price of scarcity per unit.
//! - split, unfilled: none.
//!
//! A carrier measures: weight = Σ unit weights; volume = Σ unit volumes × 10,000 ÷ box fill, rounded down;
//! longest side and length plus girth = the largest among the units.
//!
//! Of the order: each part is the sum over its parcels, and
//! - split: penalty × (parcels − 1);
//! - unfilled: unfilled cost of the line's product × units (or bundles) left over, where unfilled units have a
//!   price. A held order may leave it out.

use crate::Finding;
use crate::case::{Case, Taken, show};
use crate::travel::{quote, way};
use model::{CostPart, Lane, Lateness, LocationId, Outcome, Parcel, RecordId, UnfilledWeight};
use std::collections::BTreeSet;

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for parcel in &case.decision.parcels {
        for part in CostPart::ALL {
            let stated = i128::from(parcel.costs.get(part).0);
            if let Some(due) = due(case, parcel, part).filter(|&due| due != stated) {
                differs(case, parcel.location, (part, stated, due), findings);
            }
        }
    }
    for (&location, parcels) in case.by_location.iter().filter(|(_, parcels)| parcels.len() > 1) {
        for part in [CostPart::Risk, CostPart::Opportunity] {
            let stated = parcels.iter().map(|parcel| i128::from(parcel.costs.get(part).0)).sum();
            let records = case.taken.iter().filter(|(_, taken)| taken.location == location);
            let due =
                switched(case, part, records.map(|(&record, taken)| depth(case, record, taken, part)).sum());
            // One that stands alone was compared already.
            if stated != due && parcels.iter().any(|parcel| shares_records(case, parcel)) {
                differs(case, location, (part, stated, due), findings);
            }
        }
    }
    check_order(case, findings);
}

fn differs(
    case: &Case<'_>,
    location: LocationId,
    (part, stated, due): (CostPart, i128, i128),
    findings: &mut Vec<Finding>,
) {
    let (code, words) = (case.code(location), part.words());
    let message = format!("{words} from {code} is stated as {}, the facts say {}", show(stated), show(due));
    findings.push(Finding::fatal(finding_code(part), message));
}

fn finding_code(part: CostPart) -> &'static str {
    match part {
        CostPart::Postage => "cost_postage",
        CostPart::Surcharge => "cost_surcharge",
        CostPart::Packaging => "cost_packaging",
        CostPart::Labor => "cost_labor",
        CostPart::Split => "cost_split",
        CostPart::Risk => "cost_risk",
        CostPart::Opportunity => "cost_opportunity",
        CostPart::Lateness => "cost_lateness",
        CostPart::Markdown => "cost_markdown",
        CostPart::Scarcity => "cost_scarcity",
        CostPart::Unfilled => "cost_unfilled",
    }
}

fn switched(case: &Case<'_>, part: CostPart, cost: i128) -> i128 {
    if case.network.settings.parts.is_on(part) { cost } else { 0 }
}

/// What a part of a parcel must be. `None`: it cannot be said for this parcel alone.
fn due(case: &Case<'_>, parcel: &Parcel, part: CostPart) -> Option<i128> {
    let labor = &case.network.location(parcel.location).labor;
    let cost = match part {
        CostPart::Postage => postage(case, parcel)?,
        CostPart::Surcharge if case.order.lane == Lane::Ship => i128::from(quote(case, parcel)?.surcharge.0),
        CostPart::Packaging if case.order.lane != Lane::Pickup => i128::from(labor.packaging_per_parcel.0),
        CostPart::Labor => {
            let picking = i128::from(labor.pick_per_unit.0) * i128::from(case.units_in(parcel));
            i128::from(labor.pack_per_parcel.0) + picking
        }
        CostPart::Risk | CostPart::Opportunity => depth_alone(case, parcel, part)?,
        CostPart::Lateness => lateness(case, parcel),
        CostPart::Markdown => -per_unit(case, parcel, |worth| worth.markdown),
        CostPart::Scarcity => per_unit(case, parcel, |worth| worth.scarcity),
        CostPart::Surcharge | CostPart::Packaging | CostPart::Split | CostPart::Unfilled => 0,
    };
    Some(switched(case, part, cost))
}

fn postage(case: &Case<'_>, parcel: &Parcel) -> Option<i128> {
    match case.order.lane {
        Lane::Ship => Some(i128::from(quote(case, parcel)?.rate.0)),
        Lane::Pickup => Some(0),
        Lane::LocalDelivery => {
            let place = case.network.location(parcel.location);
            let metres = way(case, parcel.location)?.1.0;
            let km = i128::from(metres.div_ceil(1_000));
            Some(i128::from(place.local_delivery_fee.0) + i128::from(place.local_delivery_per_km.0) * km)
        }
    }
}

fn lateness(case: &Case<'_>, parcel: &Parcel) -> i128 {
    match (case.network.settings.lateness, case.order.deliver_by) {
        (Lateness::Priced { per_day }, Some(promised)) => {
            let days = (i64::from(parcel.arrives.0) - i64::from(promised.0)).max(0);
            i128::from(per_day.0) * i128::from(days)
        }
        _ => 0,
    }
}

fn per_unit(case: &Case<'_>, parcel: &Parcel, price: impl Fn(model::UnitWorth) -> i32) -> i128 {
    let units = case.placements(parcel).iter();
    units.map(|p| i128::from(price(case.stock.worth(p.record))) * i128::from(p.quantity)).sum()
}

/// Risk or opportunity of a parcel that no other parcel shares a record with.
fn depth_alone(case: &Case<'_>, parcel: &Parcel, part: CostPart) -> Option<i128> {
    if shares_records(case, parcel) {
        return None;
    }
    let records: BTreeSet<RecordId> = case.placements(parcel).iter().map(|p| p.record).collect();
    Some(records.into_iter().map(|record| depth(case, record, &case.taken[&record], part)).sum())
}

fn shares_records(case: &Case<'_>, parcel: &Parcel) -> bool {
    case.placements(parcel).iter().any(|placement| case.taken[&placement.record].parcels > 1)
}

/// Risk or opportunity of everything that is taken from a record.
fn depth(case: &Case<'_>, record: RecordId, taken: &Taken, part: CostPart) -> i128 {
    let worth = case.stock.worth(record);
    let available = i64::from(case.stock.available(record));
    let last = (available - taken.units + 1).max(1);
    // Deeper units than the table has cost nothing.
    let units = last..=available.min(i64::from(worth.depth_len));
    let cost = |remaining: i64| {
        let risk = case.stock.depth_risk(worth, remaining as i32);
        match part {
            CostPart::Risk => risk,
            _ => case.stock.depth_cost(worth, remaining as i32) - risk,
        }
    };
    units.map(|remaining| i128::from(cost(remaining))).sum()
}

/// The order's own parts, and the sums over its parcels.
fn check_order(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for part in CostPart::ALL {
        let parcels = case.decision.parcels.iter();
        let sum: i128 = parcels.map(|parcel| i128::from(parcel.costs.get(part).0)).sum();
        let due = match part {
            CostPart::Split => switched(case, part, split(case)),
            CostPart::Unfilled => switched(case, part, unfilled(case)),
            _ => sum,
        };
        let stated = i128::from(case.decision.costs.get(part).0);
        let is_left_out =
            part == CostPart::Unfilled && stated == 0 && matches!(case.decision.outcome, Outcome::Held(_));
        if stated != due && !is_left_out {
            let words = part.words();
            let message =
                format!("{words} of the order is stated as {}, the facts say {}", show(stated), show(due));
            findings.push(Finding::fatal("cost_order", message));
        }
    }
}

fn split(case: &Case<'_>) -> i128 {
    let extra = case.decision.parcels.len().saturating_sub(1) as i128;
    i128::from(case.network.settings.split_penalty.0) * extra
}

fn unfilled(case: &Case<'_>) -> i128 {
    if case.network.settings.unfilled != UnfilledWeight::Priced {
        return 0;
    }
    let price = |leftover: &model::Leftover| {
        let product = case.network.product(case.line(leftover.line).product);
        i128::from(product.unfilled_cost.0) * i128::from(leftover.quantity)
    };
    case.decision.leftovers.iter().map(price).sum()
}
