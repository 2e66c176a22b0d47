//! Every part of the landed cost, and the sums.

use crate::fixture::*;
use model::*;

fn part_off_by_one(part: CostPart) -> String {
    let first = codes(split, |s| s.charge(0, part, 1));
    let second = codes(split, |s| s.charge(1, part, -1));
    assert_eq!(first, second);
    first
}

#[test]
fn a_unit_of_cost_too_much_or_too_little_in_any_part_is_found() {
    assert_eq!(part_off_by_one(CostPart::Postage), "cost_postage");
    assert_eq!(part_off_by_one(CostPart::Surcharge), "cost_surcharge");
    assert_eq!(part_off_by_one(CostPart::Packaging), "cost_packaging");
    assert_eq!(part_off_by_one(CostPart::Labor), "cost_labor");
    assert_eq!(part_off_by_one(CostPart::Risk), "cost_risk");
    assert_eq!(part_off_by_one(CostPart::Opportunity), "cost_opportunity");
    assert_eq!(part_off_by_one(CostPart::Lateness), "cost_lateness");
    assert_eq!(part_off_by_one(CostPart::Markdown), "cost_markdown");
    assert_eq!(part_off_by_one(CostPart::Scarcity), "cost_scarcity");
}

#[test]
fn split_and_unfilled_belong_to_the_order_alone() {
    assert_eq!(part_off_by_one(CostPart::Split), "cost_order cost_split");
    assert_eq!(part_off_by_one(CostPart::Unfilled), "cost_order cost_unfilled");
}

#[test]
fn the_orders_sum_of_any_part_is_compared() {
    for part in CostPart::ALL {
        assert_eq!(codes(split, |s| s.charge_order(part, 7)), "cost_order", "{part:?}");
    }
}

#[test]
fn a_forgotten_split_penalty_is_found() {
    assert_eq!(codes(split, |s| s.charge_order(CostPart::Split, -15_000)), "cost_order");
}

#[test]
fn a_part_that_is_switched_off_must_be_zero() {
    for (part, code) in [
        (CostPart::Postage, "cost_postage"),
        (CostPart::Surcharge, "cost_surcharge"),
        (CostPart::Packaging, "cost_packaging"),
        (CostPart::Labor, "cost_labor"),
        (CostPart::Risk, "cost_risk"),
        (CostPart::Opportunity, "cost_opportunity"),
        (CostPart::Markdown, "cost_markdown"),
        (CostPart::Scarcity, "cost_scarcity"),
        (CostPart::Split, "cost_order"),
    ] {
        let off = PartSwitches::ALL_ON.without(part);
        assert_eq!(codes(split, |s| s.network.settings.parts = off), code);
        let both = |s: &mut Scene| {
            s.network.settings.parts = off;
            s.discharge(part);
        };
        assert_eq!(codes(split, both), "");
    }
}

#[test]
fn a_begun_kilometre_of_delivery_is_charged() {
    assert_eq!(codes(delivery, |s| s.charge(0, CostPart::Postage, -5_000)), "cost_postage");
}

#[test]
fn packaging_of_a_pickup_is_found() {
    assert_eq!(codes(pickup, |s| s.charge(0, CostPart::Packaging, 7_000)), "cost_packaging");
}

#[test]
fn postage_of_a_pickup_is_found() {
    assert_eq!(codes(pickup, |s| s.charge(0, CostPart::Postage, 50_000)), "cost_postage");
}

#[test]
fn a_pickup_without_labor_is_found() {
    assert_eq!(codes(pickup, |s| s.discharge(CostPart::Labor)), "cost_labor");
}

#[test]
fn an_emptier_box_costs_more() {
    // 58,200 cm³ at half full are 116,400 cm³: 23.28 kg, more than any step.
    assert_eq!(codes(split, |s| s.network.settings.box_fill = BasisPoints(5_000)), "no_quote");
    // A full box is billed as 11.64 kg: the same step.
    assert_eq!(codes(split, |s| s.network.settings.box_fill = BasisPoints(10_000)), "");
}

#[test]
fn an_address_that_is_no_home_pays_no_surcharge_for_one() {
    assert_eq!(codes(split, |s| s.order.destination.is_residential = false), "cost_surcharge");
}

#[test]
fn lateness_without_its_price_is_found() {
    let late = |s: &mut Scene| {
        s.network.settings.lateness = Lateness::Priced { per_day: Cost(20_000) };
        s.order.deliver_by = Some(day("2026-11-25"));
    };
    assert_eq!(codes(split, late), "cost_lateness");
    let paid = |s: &mut Scene| {
        late(s);
        s.charge(0, CostPart::Lateness, 40_000);
        s.charge(1, CostPart::Lateness, 20_000);
    };
    // Ground misses the promise, and no other service is judged.
    assert_eq!(codes(split, paid), "");
}

#[test]
fn unfilled_units_without_their_price_are_found() {
    let priced = |s: &mut Scene| s.network.settings.unfilled = UnfilledWeight::Priced;
    assert_eq!(codes(split, priced), "cost_order");
    let paid = |s: &mut Scene| {
        priced(s);
        s.charge_order(CostPart::Unfilled, 200_000);
    };
    assert_eq!(codes(split, paid), "");
}

#[test]
fn depth_is_counted_across_parcels_that_share_a_record() {
    let start = crate::right::two_from_one_place;
    assert_eq!(codes(start, |s| s.charge(1, CostPart::Opportunity, -1)), "cost_opportunity");
    // Which of them took the deeper unit is not asked.
    let moved = |s: &mut Scene| {
        s.charge(1, CostPart::Opportunity, 100);
        s.charge(2, CostPart::Opportunity, -100);
    };
    assert_eq!(codes(start, moved), "");
}

#[test]
fn a_preference_that_no_rule_states_is_suspect() {
    assert_eq!(codes(split, |s| s.prefer(0, 1)), "preference_differs?");
    assert_eq!(codes(split, |s| s.prefer(1, -15_000)), "preference_differs?");
    assert_eq!(codes(split, |s| s.prefer(1, -15_001)), "preference_differs?");
}

#[test]
fn preferences_that_do_not_add_up_are_found() {
    let found = codes(split, |s| {
        s.decision.preference += Cost(3);
        s.decision.proof.bound += Cost(3);
    });
    assert_eq!(found, "preference_sum");
}

#[test]
fn the_nearest_place_is_priced_by_its_way() {
    let nearest = |s: &mut Scene, kind| {
        let price = Strength::Worth(Cost(10_000));
        s.rule(vec![], Action::PreferNearest(places(kind), price));
    };
    assert_eq!(codes(split, |s| nearest(s, PlaceKind::Anywhere)), "preference_differs?");
    let paid = |s: &mut Scene| {
        nearest(s, PlaceKind::Anywhere);
        // 50 km and 120 km of 160.934 km, rounded down.
        s.prefer(0, 3_106);
        s.prefer(1, 7_456);
    };
    assert_eq!(codes(split, paid), "");
    let elsewhere = |s: &mut Scene, priced| {
        nearest(s, PlaceKind::Warehouses);
        s.prefer(0, 3_106);
        s.prefer(1, priced);
    };
    // A place outside the set counts as 3,000 miles away.
    assert_eq!(codes(split, |s| elsewhere(s, 300_000)), "");
    assert_eq!(codes(split, |s| elsewhere(s, 50_000)), "preference_differs?");
}
