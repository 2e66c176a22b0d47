//! Zone, distance, service, dispatch, arrival, pickup.

use crate::fixture::*;
use model::*;

#[test]
fn a_wrong_or_missing_zone_is_found() {
    assert_eq!(codes(split, |s| s.decision.parcels[0].zone = Some(Zone(2))), "zone_differs");
    assert_eq!(codes(split, |s| s.decision.parcels[0].zone = None), "zone_differs");
    assert_eq!(codes(delivery, |s| s.decision.parcels[0].zone = Some(Zone(3))), "zone_differs");
    assert_eq!(codes(delivery, |s| s.decision.parcels[0].zone = Some(Zone(1))), "");
}

#[test]
fn a_wrong_distance_is_found() {
    assert_eq!(codes(split, |s| s.decision.parcels[1].distance = Distance(119_999)), "distance_differs");
    assert_eq!(codes(pickup, |s| s.decision.parcels[0].distance = Distance(0)), "distance_differs?");
}

#[test]
fn a_delivery_beyond_the_radius_is_found() {
    let found = codes(delivery, |s| {
        s.network.locations[PIER.index()].local_delivery_radius = Distance(7_299);
    });
    assert_eq!(found, "too_far");
}

#[test]
fn a_delivery_over_an_unknown_way_is_found() {
    let found = codes(delivery, |s| {
        s.order.destination =
            Destination { point: Some(Point { lat_e4: 0, lon_e4: 0 }), ..Destination::default() };
        s.decision.parcels[0].distance = Distance::UNKNOWN;
        s.network.locations[PIER.index()].local_delivery_radius = Distance::UNKNOWN;
        s.charge(0, CostPart::Postage, (40_075 - 8) * 5_000);
    });
    assert_eq!(found, "too_far");
}

#[test]
fn a_missing_service_is_found() {
    assert_eq!(codes(split, |s| s.decision.parcels[0].service = None), "service_differs");
}

#[test]
fn a_service_for_a_pickup_is_found() {
    assert_eq!(codes(pickup, |s| s.decision.parcels[0].service = Some(ServiceId(0))), "service_differs");
}

#[test]
fn a_service_that_does_not_take_the_parcel_is_found() {
    let limit = |s: &mut Scene| s.network.rates.services[0].max_longest_mm = Some(599);
    assert_eq!(codes(split, limit), "no_quote");
    let girth = |s: &mut Scene| s.network.rates.services[0].max_length_plus_girth_mm = Some(1_799);
    assert_eq!(codes(split, girth), "no_quote");
    let zone = |s: &mut Scene| s.network.rates.services[0].zones[1].clear();
    assert_eq!(codes(split, zone), "no_quote");
}

#[test]
fn express_where_ground_keeps_the_promise_is_suspect() {
    let found = codes(split, |s| {
        s.decision.parcels[1].service = Some(ServiceId(1));
        s.decision.parcels[1].arrives = day("2026-11-25");
        s.charge(1, CostPart::Postage, 260_000 - 90_000);
        s.charge(1, CostPart::Surcharge, -5_000);
    });
    assert_eq!(found, "service_choice?");
}

#[test]
fn a_dearer_service_is_suspect_where_the_cheapest_is_due() {
    let found = codes(split, |s| {
        s.network.rates.choice = ServiceChoice::Cheapest;
        s.network.rates.services[1].zones[1][1].rate = Cost(10_000);
    });
    assert_eq!(found, "service_choice?");
}

#[test]
fn a_dispatch_that_the_calendar_denies_is_found() {
    let found = codes(split, |s| s.decision.parcels[0].dispatch.cutoff = at(23));
    assert_eq!(found, "dispatch_differs");
    let found = codes(split, |s| s.decision.parcels[1].dispatch.window = 1);
    assert_eq!(found, "dispatch_differs");
    let found = codes(split, |s| {
        s.decision.parcels[0].dispatch.day = day("2026-11-24");
        s.decision.parcels[0].arrives = day("2026-11-26");
    });
    assert_eq!(found, "dispatch_differs");
}

#[test]
fn a_window_that_has_passed_is_found() {
    let found = codes(split, |s| {
        s.now = at(20);
        s.decision.decided_at = at(20);
    });
    assert_eq!(found, "dispatch_differs");
}

#[test]
fn a_place_without_any_dispatch_left_is_found() {
    let found = codes(split, |s| {
        let hours = s.network.locations[MALL.index()].hours.clone();
        let past = Calendar::compile(&hours, day("2026-11-20"), day("2026-11-20")).unwrap();
        s.network.locations[MALL.index()].calendar = past;
    });
    assert_eq!(found, "closed");
}

#[test]
fn a_wrong_arrival_is_found() {
    let found = codes(split, |s| s.decision.parcels[1].arrives = day("2026-11-25"));
    assert_eq!(found, "arrival_differs");
    let found = codes(delivery, |s| s.decision.parcels[0].arrives = day("2026-11-25"));
    assert_eq!(found, "arrival_differs");
    let found = codes(pickup, |s| s.decision.parcels[0].arrives = day("2026-11-26"));
    assert_eq!(found, "arrival_differs");
    let found = codes(split, |s| s.decision.parcels[1].dispatch.day = Day(i32::MAX));
    assert_eq!(found, "arrival_differs dispatch_differs");
}

#[test]
fn a_holiday_of_the_carrier_is_counted() {
    let found = codes(split, |s| {
        let holidays = vec![day("2026-11-26")];
        s.network.settings.transit = TransitDays::Working { weekdays: 0b1_1111, holidays };
        // 25th, 27th.
        s.decision.parcels[1].arrives = day("2026-11-27");
        s.decision.parcels[0].arrives = day("2026-11-28");
    });
    assert_eq!(found, "arrival_differs");
}

#[test]
fn a_broken_promise_is_found() {
    let late = |s: &mut Scene| s.order.deliver_by = Some(day("2026-11-26"));
    assert_eq!(codes(split, late), "promise_missed");
    let late = |s: &mut Scene| s.order.deliver_by = Some(day("2026-11-23"));
    assert_eq!(codes(pickup, late), "promise_missed");
}

#[test]
fn a_pickup_that_is_ready_too_early_or_never_is_found() {
    assert_eq!(codes(pickup, |s| s.decision.parcels[0].ready_at = Some(at(19))), "ready_differs");
    assert_eq!(codes(pickup, |s| s.decision.parcels[0].ready_at = None), "ready_differs");
}

#[test]
fn a_parcel_that_ships_and_waits_is_suspect() {
    assert_eq!(codes(split, |s| s.decision.parcels[0].ready_at = Some(at(20))), "ready_differs?");
}

#[test]
fn a_missed_slot_is_found() {
    let slot = |to| Some(Span { from: at(18), to: at(to) });
    assert_eq!(codes(pickup, |s| s.order.slot = slot(20)), "slot_missed");
    assert_eq!(codes(pickup, |s| s.order.slot = slot(21)), "");
}

#[test]
fn a_pickup_that_arrives_on_another_day_than_it_is_ready_is_found() {
    let early = |s: &mut Scene| s.decision.parcels[0].arrives = day("2026-11-23");
    assert_eq!(codes(pickup, early), "arrival_differs");
}
