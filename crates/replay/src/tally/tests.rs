//! Tallies of decisions written by hand.

use super::*;
use crate::fixture::{self, parcel, placement};
use model::{Cause, HoldReason, Leftover, Reason, RuleRef};

fn costing(mut parcel: Parcel, part: CostPart, cost: i64) -> Parcel {
    parcel.costs.add(part, Cost(cost));
    parcel
}

/// Two parcels: one unit from place 0 (day 5), two from place 1 (day 9), one unit left over.
fn split() -> Decision {
    let mut late = costing(parcel(1, 1, 1), CostPart::Postage, 80_000);
    late.arrives = Day(9);
    let mut decision = Decision {
        outcome: Outcome::PartlyPlaced,
        parcels: vec![costing(parcel(0, 0, 1), CostPart::Labor, 20_000), late],
        placements: vec![placement(0, 1), placement(1, 2)],
        leftovers: vec![Leftover { line: 1, quantity: 1, remedy: Remedy::Cancel, cause: None }],
        ..Decision::default()
    };
    decision.costs.add(CostPart::Labor, Cost(20_000));
    decision.costs.add(CostPart::Postage, Cost(80_000));
    decision
}

#[test]
fn a_split_order_counts_once_and_its_parcels_where_they_leave() {
    let (network, _) = fixture::one_shelf(1);
    let order = fixture::order(&[1, 3], Some(Day(7)));
    let mut tally = Tally::new(&network);
    tally.add(&network, &order, &split());
    assert_eq!((tally.orders, tally.shipped_orders, tally.split_orders, tally.parcels), (1, 1, 1, 2));
    assert_eq!((tally.units, tally.units_placed), (4, 3));
    assert_eq!((tally.promised_orders, tally.kept_orders, tally.late_days), (1, 0, 2));
    assert_eq!(tally.landed_cost(), Cost(100_000));
    assert_eq!(tally.remedy(Remedy::Cancel), RemedyCount { lines: 1, units: 1 });
    // The fixture's place 0: 120 s per parcel and 30 s per unit; gross margin $4 per unit.
    let work = tally.work(LocationId(0));
    assert_eq!((work.orders, work.parcels, work.units, work.labor_seconds), (1, 1, 1, 150));
    assert_eq!(work.labor_cost, Cost(20_000));
    assert_eq!(tally.gross_margin, Cost(120_000));
    assert_eq!(tally.contribution_margin(), Cost(20_000));
    assert_eq!(tally.parcel_m, 2_000);
    assert_eq!((tally.lane(Lane::Ship).parcels, tally.lane(Lane::Pickup).orders), (2, 0));
}

#[test]
fn a_day_that_overruns_its_capacity_shows_more_than_the_whole() {
    let (network, _) = fixture::one_shelf(1);
    let mut tally = Tally::new(&network);
    let order = fixture::order(&[1], None);
    let one = Decision {
        outcome: Outcome::Placed,
        parcels: vec![parcel(0, 0, 1)],
        placements: vec![placement(0, 1)],
        ..Decision::default()
    };
    (0..5).for_each(|_| tally.add(&network, &order, &one));
    let work = tally.work(LocationId(0));
    assert_eq!((work.busiest_day, work.busiest_day_parcels), (Some(Day(3)), 5));
    // The fixture's place 0 takes four parcels a day.
    assert_eq!(work.busiest_share, Some(BasisPoints(12_500)));
    assert_eq!(tally.work(LocationId(1)).busiest_share, None);
    assert_eq!(tally.promised_orders, 0);
}

#[test]
fn an_order_is_counted_by_the_cause_that_keeps_most_units_back() {
    let (network, _) = fixture::one_shelf(1);
    let left =
        |line, quantity, cause| Leftover { line, quantity, remedy: Remedy::Cancel, cause: Some(cause) };
    let rule = RuleRef::Rule(0);
    let kept = Cause::Out(Reason::KeptBack { rule, keep: 2, available: 1 });
    let mut decision = Decision {
        outcome: Outcome::NotPlaced,
        leftovers: vec![left(0, 1, Cause::NoStock), left(1, 3, kept), left(2, 3, Cause::Whole)],
        ..Decision::default()
    };
    let mut tally = Tally::new(&network);
    tally.add_reason(&decision);
    decision.outcome = Outcome::Held(HoldReason::AddressUnknown);
    (0..2).for_each(|_| tally.add_reason(&decision));
    tally.add_reason(&Decision { outcome: Outcome::Placed, ..Decision::default() });
    let why = |code, rule| Shortfall { code, rule };
    let expected = vec![(why("address_unknown", None), 2), (why("kept_back", Some(rule)), 1)];
    assert_eq!(tally.commonest_reasons(), expected);
}

#[test]
fn held_and_unplaced_orders_fill_nothing() {
    let (network, _) = fixture::one_shelf(1);
    let mut tally = Tally::new(&network);
    let order = fixture::order(&[2], None);
    for outcome in [Outcome::NotPlaced, Outcome::Held(HoldReason::Empty)] {
        tally.add(&network, &order, &Decision { outcome, ..Decision::default() });
    }
    assert_eq!((tally.units, tally.units_placed, tally.shipped_orders), (4, 0, 0));
    assert_eq!(tally.outcomes, Outcomes { not_placed: 1, held: 1, ..Outcomes::default() });
}
