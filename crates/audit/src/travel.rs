//! The way of a parcel: zone, distance, service, dispatch, arrival, and when a pickup is ready.
//!
//! A destination's row in the network comes before its coordinates. Dispatch and arrival are days of the
//! location.

use crate::Finding;
use crate::case::{Case, narrow};
use crate::parcels::weight_of;
use crate::rules::strictest_day;
use model::{
    Compare, CostPart, Day, Distance, Lane, Lateness, Location, LocationId, Parcel, ParcelFacts, Quote,
    ServiceChoice, Timestamp, Zone,
};

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for parcel in &case.decision.parcels {
        check_way(case, parcel, findings);
        check_service(case, parcel, findings);
        check_dispatch(case, parcel, findings);
        check_arrival(case, parcel, findings);
        check_promise(case, parcel, findings);
        check_ready(case, parcel, findings);
    }
}

/// `None`: nobody knows where the destination is.
pub(crate) fn way(case: &Case<'_>, location: LocationId) -> Option<(Zone, Distance)> {
    let destination = &case.order.destination;
    let known = destination.place.filter(|place| (place.0 as usize) < case.network.place_count());
    if let Some(place) = known {
        let ways = case.network.ways(place);
        return Some((ways.zones[location.index()], ways.distances[location.index()]));
    }
    destination.point.map(|point| case.network.way(case.network.location(location), point))
}

/// What a carrier would measure.
fn measure(case: &Case<'_>, parcel: &Parcel) -> ParcelFacts {
    let mut facts = ParcelFacts {
        weight: weight_of(case, parcel),
        is_residential: case.order.destination.is_residential,
        ..ParcelFacts::default()
    };
    let mut goods = 0i128;
    for placement in case.placements(parcel) {
        let dimensions = case.network.product(placement.product).dimensions;
        goods += i128::from(dimensions.volume_mm3()) * i128::from(placement.quantity);
        facts.longest_mm = facts.longest_mm.max(dimensions.longest_mm());
        facts.length_plus_girth_mm = facts.length_plus_girth_mm.max(dimensions.length_plus_girth_mm());
    }
    facts.volume_mm3 = narrow(goods * 10_000 / i128::from(case.network.settings.box_fill.0.max(1)));
    facts
}

/// What the parcel's own service asks for it. `None`: nothing to ask, or it does not take it.
pub(crate) fn quote(case: &Case<'_>, parcel: &Parcel) -> Option<Quote> {
    let service = &case.network.rates.services[usize::from(parcel.service?.0)];
    service.quote(way(case, parcel.location)?.0, &measure(case, parcel))
}

/// Days beyond this are nobody's calendar; it leaves room to count transit days from them.
const FARTHEST_DAY: i32 = 1_000_000_000;

fn arrival(case: &Case<'_>, parcel: &Parcel, quote: &Quote) -> Day {
    let day = parcel.dispatch.day.0.clamp(-FARTHEST_DAY, FARTHEST_DAY);
    case.network.arrival(Day(day), quote.transit_days)
}

fn check_way(case: &Case<'_>, parcel: &Parcel, findings: &mut Vec<Finding>) {
    let code = case.code(parcel.location);
    let Some((zone, distance)) = way(case, parcel.location) else { return };
    let is_due = case.order.lane == Lane::Ship;
    if parcel.zone.map_or(is_due, |stated| stated != zone) {
        let stated = parcel.zone.map_or("none".to_owned(), |zone| zone.0.to_string());
        let message = format!("the parcel of {code} goes to zone {stated}, the way is of zone {}", zone.0);
        findings.push(Finding::fatal("zone_differs", message));
    }
    if parcel.distance != distance {
        let message =
            format!("the parcel of {code} goes {} m, the way is {} m", parcel.distance.0, distance.0);
        let differs = if case.order.lane == Lane::Pickup { Finding::suspect } else { Finding::fatal };
        findings.push(differs("distance_differs", message));
    }
    let limit = case.network.location(parcel.location).local_delivery_radius;
    if case.order.lane == Lane::LocalDelivery && (distance > limit || !distance.is_known()) {
        let message = format!("{code} delivers within {} m, the way is {} m", limit.0, distance.0);
        findings.push(Finding::fatal("too_far", message));
    }
}

fn check_service(case: &Case<'_>, parcel: &Parcel, findings: &mut Vec<Finding>) {
    let (code, lane) = (case.code(parcel.location), case.order.lane.code());
    let services = usize::from(parcel.service.is_some());
    let due = usize::from(case.order.lane == Lane::Ship);
    if services != due {
        let message = format!("the parcel of {code} by {lane} has {services} services, {due} is due");
        findings.push(Finding::fatal("service_differs", message));
    } else if due == 1 && way(case, parcel.location).is_some() && quote(case, parcel).is_none() {
        let facts = measure(case, parcel);
        let message = format!(
            "the service of {code}'s parcel does not take {} g, {} mm longest, to its zone",
            facts.weight.grams_up(),
            facts.longest_mm
        );
        findings.push(Finding::fatal("no_quote", message));
    } else if due == 1 {
        check_choice(case, parcel, findings);
    }
}

/// Of the services that keep the promise, the first or the cheapest. Told only where the choice is certain.
fn check_choice(case: &Case<'_>, parcel: &Parcel, findings: &mut Vec<Finding>) {
    let (Some(own), Some(quoted)) = (parcel.service, quote(case, parcel)) else { return };
    let last = strictest_day(case).unwrap_or(Day(i32::MAX));
    let arrival = |quote: &Quote| arrival(case, parcel, quote);
    let parts = case.network.settings.parts;
    let is_priced = parts.is_on(CostPart::Postage) && parts.is_on(CostPart::Surcharge);
    if arrival(&quoted) > last {
        return;
    }
    let services = &case.network.rates.services;
    for (index, service) in services.iter().enumerate().filter(|(i, _)| *i != usize::from(own.0)) {
        let other = Parcel { service: Some(model::ServiceId(index as u8)), ..*parcel };
        let Some(offer) = quote(case, &other).filter(|offer| arrival(offer) <= last) else { continue };
        let is_first = index < usize::from(own.0);
        let (asked, offered) = (quoted.total(), offer.total());
        let is_better = match case.network.rates.choice {
            ServiceChoice::InOrder => is_first,
            ServiceChoice::Cheapest => is_priced && (offered < asked || offered == asked && is_first),
        };
        if is_better {
            let (asked, offered) = (asked.decimal(), offered.decimal());
            let (code, chosen) = (case.code(parcel.location), &services[usize::from(own.0)].code);
            let message =
                format!("{code} sends by {chosen} for {asked}, {} at {offered} comes first", service.code);
            findings.push(Finding::suspect("service_choice", message));
            return;
        }
    }
}

fn check_dispatch(case: &Case<'_>, parcel: &Parcel, findings: &mut Vec<Finding>) {
    let place = case.network.location(parcel.location);
    let stated = parcel.dispatch;
    let after = |days| place.calendar.dispatch_after(case.now, days).map(|(dispatch, _)| dispatch);
    // What is handed over at the counter may or may not wait for the days of handling.
    let is_at_once = case.order.lane == Lane::Pickup && after(0) == Some(stated);
    match after(place.handling_days) {
        _ if is_at_once => {}
        None => {
            let message =
                format!("{} hands over on {}, its calendar knows 0 such days", place.code, stated.day);
            findings.push(Finding::fatal("closed", message));
        }
        Some(due) if due != stated => {
            let message = format!(
                "{} hands over on {} window {} (cut-off {}), the calendar says {} window {} (cut-off {})",
                place.code, stated.day, stated.window, stated.cutoff, due.day, due.window, due.cutoff
            );
            findings.push(Finding::fatal("dispatch_differs", message));
        }
        Some(_) => {}
    }
}

fn check_arrival(case: &Case<'_>, parcel: &Parcel, findings: &mut Vec<Finding>) {
    let due = match case.order.lane {
        Lane::Ship => match quote(case, parcel) {
            Some(quote) => arrival(case, parcel, &quote),
            None => return,
        },
        Lane::LocalDelivery => parcel.dispatch.day,
        Lane::Pickup => match parcel.ready_at {
            Some(ready) => case.network.location(parcel.location).calendar.clock().day(ready),
            None => return,
        },
    };
    if parcel.arrives != due {
        let code = case.code(parcel.location);
        let message =
            format!("the parcel of {code} arrives {}, {due} follows from its dispatch", parcel.arrives);
        findings.push(Finding::fatal("arrival_differs", message));
    }
}

fn check_promise(case: &Case<'_>, parcel: &Parcel, findings: &mut Vec<Finding>) {
    let Some(promised) = case.order.deliver_by else { return };
    if parcel.arrives > promised && case.network.settings.lateness == Lateness::Never {
        let (code, arrives) = (case.code(parcel.location), parcel.arrives);
        let message = format!("the parcel of {code} arrives {arrives}, {promised} was promised");
        findings.push(Finding::fatal("promise_missed", message));
    }
}

fn check_ready(case: &Case<'_>, parcel: &Parcel, findings: &mut Vec<Finding>) {
    let place = case.network.location(parcel.location);
    let shown = |at: Option<Timestamp>| at.map_or("never".to_owned(), |at| at.to_string());
    if case.order.lane != Lane::Pickup {
        if parcel.ready_at.is_some() {
            let message = format!("a parcel of {} waits to be collected, none is due", place.code);
            findings.push(Finding::suspect("ready_differs", message));
        }
        return;
    }
    // Work that ends as the doors close is ready then, or when they open again.
    let due = ready_at(place, case.now, Compare::AtLeast);
    if parcel.ready_at.is_none()
        || ![due, ready_at(place, case.now, Compare::Over)].contains(&parcel.ready_at)
    {
        let (stated, due) = (shown(parcel.ready_at), shown(due));
        let message = format!("{} is ready at {stated}, {due} follows from its hours", place.code);
        findings.push(Finding::fatal("ready_differs", message));
    }
    let slot_end = case.order.slot.map(|slot| slot.to);
    if let Some((ready, end)) = parcel.ready_at.zip(slot_end).filter(|(ready, end)| ready >= end) {
        let message = format!("{} is ready at {ready}, the customer's slot ends at {end}", place.code);
        findings.push(Finding::fatal("slot_missed", message));
    }
}

/// After `pickup_minutes` of opening time from `now`. `room`: how an opening span must compare with the work
/// that is left, for the work to end in it.
fn ready_at(place: &Location, now: Timestamp, room: Compare) -> Option<Timestamp> {
    let mut left = i64::from(place.pickup_minutes) * Timestamp::MINUTE_MS;
    let mut at = now;
    loop {
        let span = place.calendar.open_span_at_or_after(at)?;
        let start = span.from.max(at);
        let open = span.to.0.saturating_sub(start.0);
        if room.holds(open, left) {
            return Some(Timestamp(start.0 + left));
        }
        left -= open;
        at = span.to;
    }
}
