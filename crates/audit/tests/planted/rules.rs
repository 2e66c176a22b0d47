//! Conditions, places, and the actions that choose among them.

use crate::fixture::*;
use model::*;

fn never(kind: PlaceKind, tests: Vec<PlaceTest>) -> Action {
    Action::Never(Places { kind, tests })
}

/// Codes when a rule bars every place under these conditions.
fn barred_when(when: Vec<Condition>) -> String {
    codes(split, |s| s.rule(when, never(PlaceKind::Anywhere, vec![])))
}

/// Codes when a rule bars places that pass the test.
fn barred_where(test: PlaceTest) -> String {
    codes(split, |s| s.rule(vec![], never(PlaceKind::Anywhere, vec![test])))
}

#[test]
fn a_place_outside_only_is_found() {
    let only = |s: &mut Scene, codes: &[&str]| {
        let named = PlaceKind::Named(codes.iter().map(|&code| code.to_owned()).collect());
        s.rule(vec![], Action::Only(places(named)));
    };
    assert_eq!(codes(split, |s| only(s, &["DEPOT"])), "only_ignored");
    assert_eq!(codes(split, |s| only(s, &["DEPOT", "MALL"])), "");
}

#[test]
fn a_place_that_is_barred_is_found() {
    let found = codes(split, |s| s.rule(vec![], never(PlaceKind::Stores, vec![])));
    assert_eq!(found, "never_ignored");
}

#[test]
fn a_rule_for_fragile_items_bars_those_alone() {
    let fragile = || Condition::Item(ItemTest::Needs(Handling::Fragile));
    let bar = |kind| move |s: &mut Scene| s.rule(vec![fragile()], never(kind, vec![]));
    assert_eq!(codes(split, bar(PlaceKind::Warehouses)), "never_ignored");
    assert_eq!(codes(split, bar(PlaceKind::Stores)), "");
}

#[test]
fn units_that_a_rule_keeps_are_found() {
    let keep = |units| Action::Keep { units, places: places(PlaceKind::Anywhere) };
    assert_eq!(codes(split, |s| s.rule(vec![], keep(1))), "keep_ignored");
    let found = codes(split, |s| {
        s.rules.rules[1].then = Action::Keep { units: 3, places: places(PlaceKind::Stores) }
    });
    assert_eq!(found, "keep_ignored");
}

#[test]
fn a_place_with_too_few_on_hand_is_found() {
    let need = |units| Action::NeedOnHand { units, places: places(PlaceKind::Warehouses) };
    assert_eq!(codes(split, |s| s.rule(vec![], need(1))), "");
    assert_eq!(codes(split, |s| s.rule(vec![], need(2))), "on_hand_ignored");
}

#[test]
fn the_kind_of_a_place_is_told_apart() {
    let bar = |kind| move |s: &mut Scene| s.rule(vec![], never(kind, vec![]));
    assert_eq!(codes(split, bar(PlaceKind::Vendors)), "");
    assert_eq!(codes(split, bar(PlaceKind::ChosenStore)), "");
    assert_eq!(codes(pickup, bar(PlaceKind::ChosenStore)), "never_ignored");
    assert_eq!(codes(pickup, bar(PlaceKind::Named(vec!["PIE".into()]))), "");
}

#[test]
fn every_test_of_a_place_bars_those_that_pass_it() {
    let bars = [
        PlaceTest::Class("hub".into()),
        PlaceTest::Tag("downtown".into()),
        PlaceTest::Region(vec!["ID".into(), "OR".into()]),
        PlaceTest::SameRegion,
        PlaceTest::Within(Reach::Km(50)),
        PlaceTest::Within(Reach::Miles(32)),
        PlaceTest::ZoneAtMost(1),
        PlaceTest::OnHandAtLeast(5),
        PlaceTest::AccuracyAtLeast(BasisPoints(9_700)),
        PlaceTest::CapacityLeftAtLeast(BasisPoints(10_000)),
        PlaceTest::AgedAtLeast(100),
        PlaceTest::OpenNow,
    ];
    for test in bars {
        assert_eq!(barred_where(test.clone()), "never_ignored", "{test:?}");
    }
}

#[test]
fn no_test_of_a_place_bars_those_that_fail_it() {
    let passes = [
        PlaceTest::Class("standard".into()),
        PlaceTest::Tag("mall".into()),
        PlaceTest::Region(vec!["ID".into()]),
        PlaceTest::Within(Reach::Km(49)),
        PlaceTest::Within(Reach::Miles(31)),
        PlaceTest::ZoneAtMost(0),
        PlaceTest::OnHandAtLeast(11),
        PlaceTest::AccuracyAtLeast(BasisPoints(9_901)),
        PlaceTest::AgedAtLeast(101),
    ];
    for test in passes {
        assert_eq!(barred_where(test.clone()), "", "{test:?}");
    }
}

#[test]
fn a_share_of_capacity_counts_the_day_of_the_dispatch() {
    let bar = |day_parcels, day| {
        let load = Load { day, window: 0, day_parcels, window_parcels: 0 };
        codes(split, |s| {
            s.stock.set_load(MALL, load);
            let half = PlaceTest::CapacityLeftAtLeast(BasisPoints(5_000));
            s.rule(vec![], never(PlaceKind::Stores, vec![half]));
        })
    };
    assert_eq!(bar(5, day("2026-11-24")), "never_ignored");
    assert_eq!(bar(6, day("2026-11-24")), "");
    assert_eq!(bar(6, day("2026-11-23")), "never_ignored");
}

#[test]
fn an_unknown_accuracy_is_blamed_for_nothing() {
    let test =
        || Places { kind: PlaceKind::Anywhere, tests: vec![PlaceTest::AccuracyAtLeast(BasisPoints(1))] };
    assert_eq!(codes(pickup, |s| s.rule(vec![], Action::Never(test()))), "");
    assert_eq!(codes(pickup, |s| s.rule(vec![], Action::Only(test()))), "");
}

#[test]
fn conditions_that_hold_put_the_rule_in_force() {
    // Value 60 + 50 + 160 = 270.00, 7 units, 3 lines; 6,600 g with the set's parts.
    let text = |text: &str| vec![text.to_owned()];
    let hold = [
        Condition::Lane(Lane::Ship),
        Condition::Service(ServiceLevel::Standard),
        Condition::Channel("web".into()),
        Condition::Value(Compare::AtLeast, Cost(2_700_000)),
        Condition::Units(Compare::AtMost, 7),
        Condition::Lines(Compare::Over, 2),
        Condition::OrderWeight(Compare::Over, Weight::from_grams(6_500)),
        Condition::Region(text("OR")),
        Condition::Postal(text("97")),
        Condition::PlacedAfter(17 * 60),
        Condition::PlacedBefore(17 * 60 + 1),
        Condition::Weekday(0b10),
        Condition::Item(ItemTest::Category("lighting".into())),
        Condition::Item(ItemTest::Tag("gift".into())),
        Condition::Item(ItemTest::Velocity(Velocity::C)),
        Condition::Item(ItemTest::Sku("TEE".into())),
        Condition::Item(ItemTest::Weight(Compare::AtLeast, Weight::from_grams(2_000))),
        Condition::Item(ItemTest::Price(Compare::Over, Cost(790_000))),
    ];
    for condition in hold {
        assert_eq!(barred_when(vec![condition.clone()]), "never_ignored", "{condition:?}");
    }
}

#[test]
fn conditions_that_do_not_hold_leave_the_rule_out() {
    let text = |text: &str| vec![text.to_owned()];
    let miss = [
        Condition::Lane(Lane::Pickup),
        Condition::Service(ServiceLevel::SameDay),
        Condition::Channel("Web".into()),
        Condition::OrderTag("vip".into()),
        Condition::Value(Compare::Over, Cost(2_700_000)),
        Condition::Units(Compare::Under, 7),
        Condition::Lines(Compare::Over, 3),
        Condition::OrderWeight(Compare::Over, Weight::from_grams(6_600)),
        Condition::Region(text("WA")),
        Condition::Postal(text("7201")),
        Condition::PlacedAfter(17 * 60 + 1),
        Condition::PlacedBefore(17 * 60),
        Condition::Weekday(0b111_1101),
    ];
    for condition in miss {
        let found = codes(split, |s| {
            s.rules
                .rules
                .push(Rule { when: vec![condition.clone()], then: never(PlaceKind::Anywhere, vec![]) });
        });
        assert_eq!(found, "", "{condition:?}");
    }
}

#[test]
fn one_item_must_meet_every_item_condition() {
    let lamp = || Condition::Item(ItemTest::Sku("LAMP".into()));
    let light = || Condition::Item(ItemTest::Weight(Compare::Under, Weight::from_grams(500)));
    let found = codes(split, |s| {
        let rule = Rule { when: vec![lamp(), light()], then: never(PlaceKind::Anywhere, vec![]) };
        s.rules.rules.push(rule);
    });
    assert_eq!(found, "");
}

#[test]
fn a_price_that_two_readings_disagree_on_is_blamed_for_nothing() {
    let found = codes(delivery, |s| {
        s.order.lines[0].unit_price = Cost(200_000);
        let dear = Condition::Item(ItemTest::Price(Compare::AtLeast, Cost(250_000)));
        s.rules.rules.push(Rule { when: vec![dear], then: never(PlaceKind::Anywhere, vec![]) });
    });
    assert_eq!(found, "");
}

/// The decision of `split`, made by the clock of another zone, with the condition that bars every place.
/// The order is placed at 17:00 UTC on a Tuesday.
fn barred_by_clock(zone: &str, condition: Condition) -> bool {
    let mut scene = split();
    scene.network.settings.clock = WallClock::of_zone(zone).expect("a zone");
    let then = never(PlaceKind::Anywhere, vec![]);
    scene.rules.rules.push(Rule { when: vec![condition], then });
    scene.findings().iter().any(|finding| finding.code == "never_ignored")
}

#[test]
fn times_and_weekdays_are_those_of_the_shops_clock() {
    let nine = 9 * 60;
    assert!(barred_by_clock("America/Los_Angeles", Condition::PlacedAfter(nine)));
    assert!(!barred_by_clock("America/Los_Angeles", Condition::PlacedAfter(nine + 1)));
    assert!(barred_by_clock("America/Los_Angeles", Condition::PlacedBefore(nine + 1)));
    assert!(!barred_by_clock("America/Los_Angeles", Condition::PlacedBefore(nine)));
    assert!(barred_by_clock("America/Los_Angeles", Condition::Weekday(0b10)));
    // Seven in the morning of Wednesday.
    assert!(barred_by_clock("Pacific/Kiritimati", Condition::PlacedBefore(7 * 60 + 1)));
    assert!(barred_by_clock("Pacific/Kiritimati", Condition::Weekday(0b100)));
    assert!(!barred_by_clock("Pacific/Kiritimati", Condition::Weekday(0b10)));
}
