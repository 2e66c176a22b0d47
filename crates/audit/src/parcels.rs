//! Parcels: whether the place may send them at all, and how many the order may be taken apart into.

use crate::Finding;
use crate::case::{Case, narrow};
use model::{Lane, LocationId, Parcel, ParcelsPerLocation, SplitPolicy, Timestamp, Weight};

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for parcel in &case.decision.parcels {
        check_handling(case, parcel, findings);
        check_weight(case, parcel, findings);
    }
    for (&location, parcels) in &case.by_location {
        check_place(case, location, findings);
        check_feed(case, location, findings);
        check_capacity(case, (location, parcels.as_slice()), findings);
        check_window(case, (location, parcels.as_slice()), findings);
        if case.network.settings.parcels == ParcelsPerLocation::One && parcels.len() > 1 {
            let message = format!("{} sends {} parcels, 1 is allowed", case.code(location), parcels.len());
            findings.push(Finding::fatal("parcels_per_location", message));
        }
    }
    check_split(case, findings);
    check_sequence(case, findings);
}

fn check_place(case: &Case<'_>, location: LocationId, findings: &mut Vec<Finding>) {
    let place = case.network.location(location);
    let (code, lane) = (&place.code, case.order.lane);
    if !place.lanes.has(lane) {
        let message = format!("{code} sends by {}, a lane that it does not offer", lane.code());
        findings.push(Finding::fatal("lane_off", message));
    }
    if place.is_paused {
        findings.push(Finding::fatal("paused", format!("{code} is paused, and in the plan")));
    }
    if case.order.rejected_by.contains(&location) {
        let message = format!("{code} refused the order before, and is in the plan");
        findings.push(Finding::fatal("rejected_before", message));
    }
    if lane == Lane::Pickup && case.order.pickup_at != Some(location) {
        let chosen = case.order.pickup_at.map_or("none", |store| case.code(store));
        let message = format!("the order waits at {code}, the customer's store is {chosen}");
        findings.push(Finding::fatal("not_chosen_store", message));
    }
    let need = case.network.settings.accuracy_gate;
    if let Some((accuracy, need)) = place.accuracy.zip(need).filter(|(accuracy, need)| accuracy < need) {
        let message = format!("stock of {code} is {accuracy} right, {need} is needed");
        findings.push(Finding::fatal("accuracy_gate", message));
    }
}

fn check_feed(case: &Case<'_>, location: LocationId, findings: &mut Vec<Finding>) {
    let as_of = case.network.location(location).feed_as_of;
    let Some((as_of, limit)) = as_of.zip(case.network.settings.feed_max_age_minutes) else { return };
    let age = (i128::from(case.now.0) - i128::from(as_of.0)) / i128::from(Timestamp::MINUTE_MS);
    if age > i128::from(limit) {
        let code = case.code(location);
        let message = format!("stock of {code} was reported {age} minutes ago, the limit is {limit}");
        findings.push(Finding::fatal("stale_feed", message));
    }
}

fn check_handling(case: &Case<'_>, parcel: &Parcel, findings: &mut Vec<Finding>) {
    let place = case.network.location(parcel.location);
    for placement in case.placements(parcel) {
        let product = case.network.product(placement.product);
        if !place.certified.covers(product.needs) {
            let words =
                |set: model::HandlingSet| set.iter().map(|h| h.words()).collect::<Vec<_>>().join(", ");
            let (needs, has) = (words(product.needs), words(place.certified));
            let message = format!("{} needs {needs}, {} is certified for [{has}]", product.sku, place.code);
            findings.push(Finding::fatal("not_certified", message));
        }
    }
}

/// Weight of everything in a parcel.
pub(crate) fn weight_of(case: &Case<'_>, parcel: &Parcel) -> Weight {
    let unit = |product| i128::from(case.network.product(product).weight.0);
    let units = case.placements(parcel).iter();
    Weight(narrow(units.map(|placed| unit(placed.product) * i128::from(placed.quantity)).sum()))
}

fn check_weight(case: &Case<'_>, parcel: &Parcel, findings: &mut Vec<Finding>) {
    let (code, due) = (case.code(parcel.location), weight_of(case, parcel));
    if parcel.weight != due {
        let message = format!(
            "the parcel of {code} is said to weigh {} g, its units weigh {} g ({} and {} weight units)",
            parcel.weight.grams_up(),
            due.grams_up(),
            parcel.weight.0,
            due.0
        );
        findings.push(Finding::fatal("weight_differs", message));
    }
    let heaviest = case.network.rates.heaviest();
    if case.order.lane == Lane::Ship && due > heaviest {
        let (due, heaviest) = (due.grams_up(), heaviest.grams_up());
        let message = format!("the parcel of {code} weighs {due} g, the heaviest parcel is {heaviest} g");
        findings.push(Finding::fatal("too_heavy", message));
    }
}

fn check_capacity(
    case: &Case<'_>,
    (location, parcels): (LocationId, &[&Parcel]),
    findings: &mut Vec<Finding>,
) {
    let place = case.network.location(location);
    let Some(capacity) = place.capacity_parcels_per_day else { return };
    let load = case.stock.load(location);
    let day = parcels[0].dispatch.day;
    let before = if load.day == day { u64::from(load.day_parcels) } else { 0 };
    let total = before + parcels.iter().filter(|parcel| parcel.dispatch.day == day).count() as u64;
    if total > u64::from(capacity) {
        let message =
            format!("{} would send {total} parcels on {day}, its capacity is {capacity}", place.code);
        findings.push(Finding::fatal("capacity_exceeded", message));
    }
}

fn check_window(case: &Case<'_>, (location, parcels): (LocationId, &[&Parcel]), findings: &mut Vec<Finding>) {
    let place = case.network.location(location);
    let dispatch = parcels[0].dispatch;
    let window = place.hours.windows.get(usize::from(dispatch.window));
    let Some(capacity) = window.and_then(|window| window.capacity_parcels) else { return };
    let load = case.stock.load(location);
    let is_same = |day, window| day == dispatch.day && window == dispatch.window;
    let before = if is_same(load.day, load.window) { u64::from(load.window_parcels) } else { 0 };
    let own = parcels.iter().filter(|parcel| is_same(parcel.dispatch.day, parcel.dispatch.window)).count();
    if before + own as u64 > u64::from(capacity) {
        let message = format!(
            "window {} of {} on {} would take {} parcels, its capacity is {capacity}",
            dispatch.window,
            place.code,
            dispatch.day,
            before + own as u64
        );
        findings.push(Finding::fatal("window_exceeded", message));
    }
}

fn check_split(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if case.decision.parcels.is_empty() {
        return;
    }
    let left: u64 = case.decision.leftovers.iter().map(|leftover| u64::from(leftover.quantity)).sum();
    let places = case.by_location.len();
    if case.order.split != SplitPolicy::Allowed && left > 0 {
        let policy = case.order.split.code();
        let message = format!("split policy {policy} allows 0 units left over, {left} are");
        findings.push(Finding::fatal("not_complete", message));
    }
    if case.order.lane == Lane::Pickup && left > 0 {
        let message = format!("a pickup allows 0 units left over, {left} are");
        findings.push(Finding::fatal("pickup_not_complete", message));
    }
    if case.order.split == SplitPolicy::OnePlace && places > 1 {
        let message = format!("split policy one_place allows 1 location, the plan has {places}");
        findings.push(Finding::fatal("not_one_place", message));
    }
}

fn check_sequence(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pair in case.decision.parcels.windows(2) {
        let (first, second) = (case.code(pair[0].location), case.code(pair[1].location));
        if first > second {
            let message = format!("the parcel of {first} stands before that of {second}");
            findings.push(Finding::suspect("parcel_order", message));
        }
    }
}
