//! Places that may not send, capacity, and how far an order is taken apart.

use crate::fixture::*;
use model::*;

fn place(s: &mut Scene, id: LocationId) -> &mut Location {
    &mut s.network.locations[id.index()]
}

#[test]
fn a_lane_that_the_place_does_not_offer_is_found() {
    assert_eq!(codes(split, |s| place(s, MALL).lanes = Lanes::of(&[Lane::Pickup])), "lane_off");
    assert_eq!(codes(pickup, |s| place(s, PIER).lanes = Lanes::of(&[Lane::Ship])), "lane_off");
}

#[test]
fn a_paused_place_is_found() {
    assert_eq!(codes(split, |s| place(s, MALL).is_paused = true), "paused");
}

#[test]
fn a_place_that_refused_the_order_is_found() {
    assert_eq!(codes(split, |s| s.order.rejected_by = vec![PIER, MALL]), "rejected_before");
}

#[test]
fn a_pickup_elsewhere_than_chosen_is_found() {
    assert_eq!(codes(pickup, |s| s.order.pickup_at = Some(MALL)), "not_chosen_store");
}

#[test]
fn a_pickup_with_something_missing_is_found() {
    let found = codes(pickup, |s| {
        s.order.lines[0].quantity = 3;
        s.decision.outcome = Outcome::PartlyPlaced;
        s.decision.leftovers = vec![Leftover { line: 0, quantity: 1, remedy: Remedy::Cancel, cause: None }];
    });
    assert_eq!(found, "pickup_not_complete");
}

#[test]
fn a_place_without_the_certificate_is_found() {
    assert_eq!(codes(split, |s| place(s, DEPOT).certified = HandlingSet::NONE), "not_certified");
}

#[test]
fn a_wrong_weight_is_found() {
    assert_eq!(codes(split, |s| s.decision.parcels[0].weight.0 += 1), "weight_differs");
}

#[test]
fn a_parcel_heavier_than_any_service_takes_is_found() {
    let found = codes(split, |s| {
        s.network.products[TEE.index()].weight = Weight::from_grams(30_000);
        s.decision.parcels[0].weight = Weight::from_grams(33_200);
    });
    assert_eq!(found, "no_quote too_heavy");
}

#[test]
fn a_place_below_the_accuracy_gate_is_found() {
    let found = codes(split, |s| s.network.settings.accuracy_gate = Some(BasisPoints(9_800)));
    assert_eq!(found, "accuracy_gate");
}

#[test]
fn an_accuracy_at_the_gate_or_unknown_passes() {
    assert_eq!(codes(split, |s| s.network.settings.accuracy_gate = Some(BasisPoints(9_700))), "");
    assert_eq!(codes(pickup, |s| s.network.settings.accuracy_gate = Some(BasisPoints(9_999))), "");
}

#[test]
fn a_stale_feed_is_found() {
    assert_eq!(codes(split, |s| s.network.settings.feed_max_age_minutes = Some(59)), "stale_feed");
    assert_eq!(codes(split, |s| s.network.settings.feed_max_age_minutes = Some(60)), "");
}

#[test]
fn a_day_beyond_capacity_is_found() {
    let full = |day, day_parcels| Load { day, window: 1, day_parcels, window_parcels: 0 };
    let today = day("2026-11-24");
    assert_eq!(codes(split, |s| s.stock.set_load(MALL, full(today, 10))), "capacity_exceeded");
    assert_eq!(codes(split, |s| s.stock.set_load(MALL, full(today, 9))), "");
    assert_eq!(codes(split, |s| s.stock.set_load(MALL, full(Day(today.0 - 1), 10))), "");
    assert_eq!(codes(split, |s| place(s, MALL).capacity_parcels_per_day = Some(0)), "capacity_exceeded");
}

#[test]
fn a_window_beyond_capacity_is_found() {
    let full = |window| Load { day: day("2026-11-24"), window, day_parcels: 5, window_parcels: 5 };
    assert_eq!(codes(split, |s| s.stock.set_load(MALL, full(0))), "window_exceeded");
    assert_eq!(codes(split, |s| s.stock.set_load(MALL, full(1))), "");
}

#[test]
fn a_second_parcel_where_one_is_allowed_is_found() {
    let found = codes(crate::right::two_from_one_place, |s| {
        s.network.settings.parcels = ParcelsPerLocation::One;
    });
    assert_eq!(found, "parcels_per_location");
}

#[test]
fn a_partial_plan_of_a_complete_order_is_found() {
    assert_eq!(codes(split, |s| s.order.split = SplitPolicy::Complete), "not_complete");
}

#[test]
fn two_places_for_a_one_place_order_are_found() {
    let found = codes(split, |s| s.order.split = SplitPolicy::OnePlace);
    assert_eq!(found, "not_complete not_one_place");
}

#[test]
fn parcels_out_of_order_are_suspect() {
    assert_eq!(codes(split, |s| s.decision.parcels.swap(0, 1)), "parcel_order?");
}
