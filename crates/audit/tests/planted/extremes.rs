//! Every number of a decision, set to values that nobody expects: found each time, and nothing fails.

use crate::fixture::*;
use model::*;

const VALUES: [i64; 9] = [i64::MIN, i32::MIN as i64, -1, 0, 1, 255, 65_535, i32::MAX as i64, i64::MAX];

/// Sets one number, cut to its width, to each value.
fn each_value_is_found(name: &str, set: impl Fn(&mut Decision, i64)) {
    for value in VALUES {
        let mut scene = split();
        set(&mut scene.decision, value);
        if scene.decision != split().decision {
            assert!(!scene.findings().is_empty(), "{name} {value}");
        }
    }
}

#[test]
fn placements_of_any_number_are_found() {
    for i in 0..5 {
        each_value_is_found("line", |d, v| d.placements[i].line = v as u16);
        each_value_is_found("product", |d, v| d.placements[i].product = ProductId(v as u32));
        each_value_is_found("record", |d, v| d.placements[i].record = RecordId(v as u32));
        each_value_is_found("quantity", |d, v| d.placements[i].quantity = v as u32);
    }
}

#[test]
fn parcels_of_any_number_are_found() {
    for i in 0..2 {
        each_value_is_found("location", |d, v| d.parcels[i].location = LocationId(v as u16));
        each_value_is_found("service", |d, v| d.parcels[i].service = Some(ServiceId(v as u8)));
        each_value_is_found("zone", |d, v| d.parcels[i].zone = Some(Zone(v as u8)));
        each_value_is_found("distance", |d, v| d.parcels[i].distance = Distance(v as u32));
        each_value_is_found("weight", |d, v| d.parcels[i].weight = Weight(v));
        each_value_is_found("cutoff", |d, v| d.parcels[i].dispatch.cutoff = Timestamp(v));
        each_value_is_found("day", |d, v| d.parcels[i].dispatch.day = Day(v as i32));
        each_value_is_found("window", |d, v| d.parcels[i].dispatch.window = v as u8);
        each_value_is_found("arrives", |d, v| d.parcels[i].arrives = Day(v as i32));
        each_value_is_found("ready", |d, v| d.parcels[i].ready_at = Some(Timestamp(v)));
        each_value_is_found("first", |d, v| d.parcels[i].first_placement = v as u16);
        each_value_is_found("count", |d, v| d.parcels[i].placement_count = v as u16);
        each_value_is_found("preference", |d, v| d.parcels[i].preference = Cost(v));
        for part in CostPart::ALL {
            each_value_is_found(part.code(), |d, v| d.parcels[i].costs = costs(&[(part, v)]));
        }
    }
}

#[test]
fn sums_of_any_number_are_found() {
    for part in CostPart::ALL {
        each_value_is_found(part.code(), |d, v| d.costs = costs(&[(part, v)]));
    }
    each_value_is_found("decided_at", |d, v| d.decided_at = Timestamp(v));
    each_value_is_found("rule_set", |d, v| d.rule_set = v as u32);
    each_value_is_found("preference", |d, v| d.preference = Cost(v));
    each_value_is_found("bound", |d, v| d.proof.bound = Cost(v));
    each_value_is_found("gap", |d, v| d.proof.gap = Cost(v));
}

#[test]
fn leftovers_of_any_number_are_found() {
    each_value_is_found("line", |d, v| d.leftovers[0].line = v as u16);
    each_value_is_found("quantity", |d, v| d.leftovers[0].quantity = v as u32);
    each_value_is_found("day", |d, v| {
        d.leftovers[0].remedy = Remedy::Backorder { expected: Some(Day(v as i32)) };
    });
    each_value_is_found("substitute", |d, v| {
        let (product, location) = (ProductId(v as u32), LocationId(v as u16));
        d.leftovers[0].remedy = Remedy::Substitute { product, location };
    });
}

#[test]
fn a_pickup_of_any_number_is_found() {
    for value in VALUES {
        let found = codes(pickup, |s| s.decision.parcels[0].ready_at = Some(Timestamp(value)));
        assert!(found.contains("ready_differs"), "{value}: {found}");
    }
}
