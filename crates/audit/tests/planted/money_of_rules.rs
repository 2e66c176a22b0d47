//! Actions that concern parcels or the whole order, and the list of rules applied.

use crate::fixture::*;
use model::*;

fn guard(index: usize, then: Action) -> impl FnOnce(&mut Scene) {
    move |s| s.rules.guardrails[index].then = then
}

#[test]
fn more_parcels_than_allowed_are_found() {
    assert_eq!(codes(split, guard(1, Action::MaxParcels(1))), "too_many_parcels");
    assert_eq!(codes(split, guard(1, Action::MaxParcels(2))), "");
}

#[test]
fn a_parcel_of_too_little_value_is_found() {
    // The mall's three mugs are worth 45.00.
    assert_eq!(codes(split, guard(3, Action::MinParcelValue(Cost(450_000)))), "");
    assert_eq!(codes(split, guard(3, Action::MinParcelValue(Cost(450_001)))), "parcel_value_too_low");
}

#[test]
fn a_single_parcel_may_be_worth_little() {
    assert_eq!(codes(delivery, guard(3, Action::MinParcelValue(Cost(9_000_000)))), "");
}

#[test]
fn a_parcel_beyond_the_latest_delivery_is_found() {
    assert_eq!(codes(split, guard(0, Action::DeliverWithin { days: 3 })), "");
    assert_eq!(codes(split, guard(0, Action::DeliverWithin { days: 2 })), "delivered_too_late");
}

#[test]
fn a_latest_delivery_counts_from_the_day_of_the_shop() {
    // There the order is placed on Wednesday.
    let ahead = |days| {
        move |s: &mut Scene| {
            s.network.settings.clock = WallClock::of_zone("Pacific/Kiritimati").expect("a zone");
            guard(0, Action::DeliverWithin { days })(s);
        }
    };
    assert_eq!(codes(split, ahead(2)), "");
    assert_eq!(codes(split, ahead(1)), "delivered_too_late");
}

#[test]
fn a_latest_delivery_for_some_items_concerns_their_parcels() {
    let within = |sku: &str| {
        let sku = Condition::Item(ItemTest::Sku(sku.into()));
        codes(split, |s| s.rule(vec![sku], Action::DeliverWithin { days: 2 }))
    };
    assert_eq!(within("LAMP"), "delivered_too_late");
    assert_eq!(within("TEE"), "delivered_too_late");
    assert_eq!(within("CUP"), "");
}

#[test]
fn a_margin_below_the_guardrail_is_found() {
    // 4 × 8.00 + 28.00 + 40.00 earned; 42.826 landed.
    assert_eq!(codes(split, guard(2, Action::MinMargin(Cost(571_740)))), "");
    assert_eq!(codes(split, guard(2, Action::MinMargin(Cost(571_741)))), "margin_too_low");
}

#[test]
fn the_margin_leaves_out_what_unfilled_units_cost() {
    let found = codes(split, |s| {
        s.network.settings.unfilled = UnfilledWeight::Priced;
        s.charge_order(CostPart::Unfilled, 200_000);
        s.rules.guardrails[2].then = Action::MinMargin(Cost(571_740));
    });
    assert_eq!(found, "");
}

#[test]
fn an_order_that_a_rule_holds_is_found_when_placed() {
    let found = codes(split, |s| s.rule(vec![], Action::Hold { why: "too dear".into() }));
    assert_eq!(found, "hold_ignored");
    let found = codes(crate::right::held, |s| s.decision.outcome = Outcome::NotPlaced);
    assert_eq!(found, "applied_differs? hold_ignored remedy_not_allowed");
}

#[test]
fn a_rule_missing_from_those_applied_is_suspect() {
    assert_eq!(
        codes(split, |s| s.decision.applied.retain(|r| *r != RuleRef::Guardrail(1))),
        "applied_differs?"
    );
}

#[test]
fn a_rule_that_did_not_apply_is_suspect() {
    assert_eq!(codes(split, |s| s.decision.applied.push(RuleRef::Rule(5))), "applied_differs?");
    assert_eq!(codes(split, |s| s.decision.applied.push(RuleRef::Rule(60))), "applied_differs?");
    assert_eq!(codes(split, |s| s.decision.applied.push(RuleRef::Guardrail(1))), "applied_differs?");
    assert_eq!(codes(delivery, |s| s.decision.applied.push(RuleRef::Rule(0))), "applied_differs?");
}
