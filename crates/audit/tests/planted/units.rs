//! Shape, conservation and stock.

use crate::fixture::*;
use model::*;

#[test]
fn a_unit_that_vanished_is_found() {
    let found = codes(split, |s| s.order.lines[0].quantity = 5);
    assert_eq!(found, "units_do_not_add_up");
}

#[test]
fn a_unit_shipped_twice_is_found() {
    let found = codes(split, |s| s.order.lines[0].quantity = 3);
    assert_eq!(found, "units_do_not_add_up");
}

#[test]
fn a_leftover_too_many_is_found() {
    let found = codes(split, |s| s.decision.leftovers[0].quantity = 2);
    assert_eq!(found, "units_do_not_add_up");
}

#[test]
fn a_forgotten_leftover_is_found() {
    let found = codes(split, |s| s.decision.leftovers.clear());
    assert_eq!(found, "outcome_differs units_do_not_add_up");
}

#[test]
fn an_empty_leftover_is_found() {
    let found = codes(split, |s| {
        let remedy = s.decision.leftovers[0].remedy;
        s.decision.leftovers.push(Leftover { line: 2, quantity: 0, remedy, cause: None });
    });
    assert_eq!(found, "zero_quantity");
}

#[test]
fn a_bundle_in_parts_is_found() {
    let found = codes(split, |s| {
        s.network.products[SET.index()].components[1].quantity = 2;
    });
    assert_eq!(found, "bundle_broken");
}

#[test]
fn a_bundle_too_many_is_found() {
    let found = codes(split, |s| s.order.lines[1].quantity = 2);
    assert_eq!(found, "units_do_not_add_up");
}

#[test]
fn a_bundle_left_over_and_placed_at_once_is_found() {
    let found = codes(split, |s| {
        let remedy = Remedy::Cancel;
        s.decision.leftovers.push(Leftover { line: 1, quantity: 1, remedy, cause: None });
    });
    assert_eq!(found, "units_do_not_add_up");
}

#[test]
fn another_product_than_ordered_is_found() {
    let found = codes(split, |s| s.decision.placements[3].line = 0);
    assert_eq!(found, "units_do_not_add_up wrong_product");
}

#[test]
fn a_part_that_is_not_in_the_bundle_is_found() {
    let found = codes(split, |s| s.decision.placements[3].line = 1);
    assert_eq!(found, "units_do_not_add_up wrong_product");
}

#[test]
fn a_placement_of_nothing_is_found() {
    let found = codes(split, |s| {
        let nothing = Placement { quantity: 0, ..s.decision.placements[4] };
        s.decision.placements.push(nothing);
        s.decision.parcels[1].placement_count = 2;
    });
    assert_eq!(found, "zero_quantity");
}

#[test]
fn a_parcel_of_nothing_is_found() {
    let found = codes(split, |s| {
        let empty = Parcel { first_placement: 5, placement_count: 0, ..s.decision.parcels[1] };
        s.decision.parcels.push(empty);
    });
    assert_eq!(found, "empty_parcel");
}

#[test]
fn placements_in_two_parcels_or_none_are_found() {
    assert_eq!(codes(split, |s| s.decision.parcels[1].first_placement = 3), "placement_ranges");
    assert_eq!(codes(split, |s| s.decision.parcels[0].placement_count = 3), "placement_ranges");
    assert_eq!(codes(split, |s| s.decision.parcels[1].placement_count = 9), "placement_ranges");
    assert_eq!(codes(split, |s| s.decision.parcels.truncate(1)), "placement_ranges");
}

#[test]
fn ids_of_nothing_are_found() {
    assert_eq!(codes(split, |s| s.decision.parcels[0].location = LocationId(3)), "unknown_location");
    assert_eq!(codes(split, |s| s.decision.parcels[0].service = Some(ServiceId(2))), "unknown_service");
    assert_eq!(codes(split, |s| s.decision.placements[0].line = 3), "unknown_line");
    assert_eq!(codes(split, |s| s.decision.placements[0].product = ProductId(5)), "unknown_product");
    assert_eq!(codes(split, |s| s.decision.placements[0].record = RecordId(7)), "unknown_record");
    assert_eq!(codes(split, |s| s.decision.leftovers[0].line = 9), "unknown_line");
    assert_eq!(codes(split, |s| s.order.lines[0].product = ProductId(5)), "unknown_product");
    assert_eq!(codes(split, |s| s.order.pickup_at = Some(LocationId(8))), "unknown_location");
    let remedy = Remedy::Substitute { product: ProductId(77), location: LocationId(77) };
    let found = codes(split, |s| s.decision.leftovers[0].remedy = remedy);
    assert_eq!(found, "unknown_location unknown_product");
}

#[test]
fn stock_of_another_network_is_found() {
    let found = codes(split, |s| s.network.locations.push(Location::new("WEST", LocationKind::Store)));
    assert_eq!(found, "stock_of_other_network");
}

#[test]
fn a_record_of_another_product_is_found() {
    let found = codes(split, |s| s.decision.placements[2].record = s.record(TEE, PIER));
    assert_eq!(found, "wrong_record");
}

#[test]
fn a_record_of_another_place_is_found() {
    let found = codes(split, |s| {
        s.relevel(TEE, PIER, 10);
        s.decision.placements[2].record = s.record(TEE, PIER);
    });
    assert_eq!(found, "wrong_record");
}

#[test]
fn taking_more_than_there_is_is_found() {
    // Four on hand less two committed less one in safety stock: two of the three mugs are missing.
    let found = codes(split, |s| s.relevel(MUG, DEPOT, 4));
    assert_eq!(found, "cost_risk low_stock_note? overdrawn safety_stock_touched");
}

#[test]
fn two_lines_are_summed_before_stock_is_compared() {
    let found = codes(split, |s| {
        let record = s.record(MUG, DEPOT);
        let level = StockLevel { safety_stock: 0, on_hand: 4, ..*s.stock.level(record) };
        s.stock.set_level(record, level);
    });
    assert_eq!(found, "cost_risk low_stock_note? overdrawn");
}

#[test]
fn touching_safety_stock_is_found() {
    let found = codes(split, |s| {
        let record = s.record(MUG, DEPOT);
        let level = StockLevel { safety_stock: 2, ..*s.stock.level(record) };
        s.stock.set_level(record, level);
    });
    assert_eq!(found, "cost_risk low_stock_note? overdrawn safety_stock_touched");
}
