//! Planted faults: each is found, and what is sound is left alone.

use super::*;
use crate::rules::{RuleFile, cost_only, starter};
use model::{
    Cost, Currency, Handling, HandlingSet, Lanes, Location, LocationKind, NetworkParts, Point, Product,
    RateBook, ServiceChoice, Settings, Velocity,
};

fn location(code: &str, kind: LocationKind, lanes: &[Lane]) -> Location {
    let point = Some(Point { lat_e4: 455_000, lon_e4: -1_226_000 });
    Location { lanes: Lanes::of(lanes), region: "OR".to_owned(), point, ..Location::new(code, kind) }
}

fn no_rates() -> RateBook {
    RateBook { services: Vec::new(), choice: ServiceChoice::Cheapest, band_upper: Vec::new() }
}

/// A warehouse that handles everything, and two stores that ship and hand over what is not oversized or
/// hazardous.
pub(super) fn network() -> Network {
    let able = HandlingSet::of(&[Handling::Fragile, Handling::AgeRestricted]);
    let mut mall = location("mall", LocationKind::Store, &[Lane::Ship, Lane::Pickup]);
    mall.class = "hub".to_owned();
    mall.tags = vec!["late".to_owned()];
    mall.certified = able;
    let mut main = location("main", LocationKind::Store, &[Lane::Ship, Lane::Pickup]);
    main.class = "standard".to_owned();
    main.region = "WA".to_owned();
    main.certified = able;
    let depot = location("depot", LocationKind::Warehouse, &[Lane::Ship]);
    let product = |sku: &str, category: &str, needs: &[Handling]| Product {
        category: category.to_owned(),
        needs: HandlingSet::of(needs),
        price: Cost(250_000),
        velocity: Some(Velocity::B),
        ..Product::new(sku)
    };
    let mut tee = product("TEE", "Clothes", &[]);
    tee.tags = vec!["gift".to_owned()];
    Network::new(NetworkParts {
        currency: Currency::USD,
        locations: vec![mall, main, depot],
        products: vec![
            product("MUG", "Glass", &[Handling::Fragile]),
            product("VASE", "Glass", &[Handling::Fragile]),
            product("SOFA", "Home", &[Handling::Oversized]),
            tee,
        ],
        rates: no_rates(),
        settings: Settings::default(),
    })
}

fn found(text: &str, network: &Network) -> Vec<Finding> {
    let file = RuleFile::read(text, Currency::USD).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    lint(&file.set, network)
}

/// Each finding as `severity code: message`.
#[track_caller]
fn check(text: &str, expect: &[&str]) {
    let findings = found(text, &network());
    let said: Vec<String> = findings
        .iter()
        .map(|finding| format!("{} {}: {}", finding.severity.code(), finding.code, finding.message))
        .collect();
    assert_eq!(said, expect, "{text}");
    for finding in &findings {
        assert!(CODES.contains(&finding.code));
        assert!(finding.remedy.ends_with(['.', '?']), "{finding:?}");
    }
}

#[test]
fn the_sets_that_come_with_the_program_are_sound() {
    assert_eq!(lint(&starter().set, &network()), []);
    assert_eq!(lint(&cost_only(), &network()), []);
}

#[test]
fn ordinary_rules_are_sound() {
    check(
        "Guardrails\nAt most 3 parcels.\nEarn at least $0 of margin.\nRules\nWhen the order is for shipping and an item is oversized, only from warehouses.\nPrefer stores with stock at least 90 days old, worth $2 a parcel.\nKeep at least 2 at stores.\nWhen the order is worth over $500, never from stores within 5 miles.\n",
        &[],
    );
    check("Prefer stores open now, always.\nPrefer the nearest of all places, always.\n", &[]);
    check("At most 3 parcels.\nWhen the order is tagged \"vip\", at most 1 parcel.\n", &[]);
    check(
        "When the order goes to OR, only from stores.\nWhen the order goes to WA, only from warehouses.\n",
        &[],
    );
}

#[test]
fn only_here_and_never_here_contradict_each_other() {
    check(
        "When the order is worth over $100, only from stores.\nNever from stores.\n",
        &[
            "error contradiction: Rule 2 contradicts Rule 1: whenever Rule 1 applies, no place is left.",
            "warning unservable: No place may hand over any items: 3 products.",
        ],
    );
    check(
        "Guardrails\nWhen an item is fragile, only from \"mall\" and \"main\".\nRules\nWhen an item is fragile and the order is for shipping, only from warehouses.\n",
        &[
            "error contradiction: Rule 1 contradicts Guardrail 1: whenever Rule 1 applies, no place is left.",
            "error unservable: No place may ship fragile items: 2 products.",
        ],
    );
}

#[test]
fn rules_that_only_some_orders_meet_together_contradict_each_other_there() {
    check(
        "When the order is tagged \"vip\", only from stores.\nWhen the order is worth over $500, only from warehouses.\n",
        &["warning contradiction: Rule 2 contradicts Rule 1: an order that meets both has no place left."],
    );
    check(
        "When the order is for pickup, only from the chosen store.\nWhen an item is fragile, only from warehouses.\n",
        &[
            "warning contradiction: Rule 2 contradicts Rule 1: an order that meets both has no place left.",
            "warning unservable: No place may hand over fragile items: 2 products.",
        ],
    );
    // No product is both, so no item meets both.
    check(
        "When an item is fragile and the order is for shipping, only from warehouses.\nWhen an item is in category \"Clothes\", only from stores.\n",
        &[],
    );
}

#[test]
fn conditions_that_exclude_each_other_never_apply() {
    check(
        "When the order is worth over $500 and the order is worth under $100, only from warehouses.\n",
        &[
            "warning never_fires: Rule 1 never applies: its conditions on what the order is worth exclude each other.",
        ],
    );
    check(
        "When the order is for pickup and the order is for shipping, at most 1 parcel.\n",
        &[
            "warning never_fires: Rule 1 never applies: its conditions on what the order is for exclude each other.",
        ],
    );
}

#[test]
fn a_rule_about_nothing_that_is_sold_or_offered_never_applies() {
    check(
        "When an item is fragile and the item is in category \"Clothes\", at most 1 parcel.\n",
        &["warning never_fires: Rule 1 never applies: no product meets what it asks of an item."],
    );
    check(
        "When the order is for local delivery, at most 1 parcel.\n",
        &["warning never_fires: Rule 1 never applies: no location offers local delivery."],
    );
}

#[test]
fn the_same_sentence_twice_is_told_whatever_its_order() {
    check(
        "When an item is fragile and the order is for shipping, only from warehouses.\nWhen the order is for shipping and an item is fragile, only from warehouses.\n",
        &["warning duplicate: Rule 2 says the same as Rule 1."],
    );
}

#[test]
fn a_weaker_limit_never_makes_a_difference() {
    let rule_2 = "warning shadowed: Rule 2 never makes a difference: Rule 1 already decides it.";
    let rule_1 = "warning shadowed: Rule 1 never makes a difference: Rule 2 already decides it.";
    check("At most 2 parcels.\nWhen an item is fragile, at most 3 parcels.\n", &[rule_2]);
    check("When the order is tagged \"vip\", at most 3 parcels.\nAt most 2 parcels.\n", &[rule_1]);
    check("Deliver within 3 days.\nWhen the order is for pickup, deliver within 5 days.\n", &[rule_2]);
    check("Earn at least $2 of margin.\nEarn at least $1 of margin.\n", &[rule_2]);
    check("Keep at least 3 at stores.\nKeep at least 2 at stores of class \"hub\".\n", &[rule_2]);
    check(
        "Need at least 2 on hand at stores within 10 miles.\nNeed at least 4 on hand at stores within 20 miles.\n",
        &[rule_1],
    );
    check("At most 1 parcel.\nSplit only when each parcel is worth at least $20.\n", &[rule_2]);
    check(
        "Flag low stock when fewer than 3 are left.\nFlag low stock when fewer than 2 are left.\n",
        &[rule_2],
    );
}

#[test]
fn a_filter_inside_a_stricter_one_never_makes_a_difference() {
    let rule_2 = "warning shadowed: Rule 2 never makes a difference: Rule 1 already decides it.";
    check(
        "When the order is tagged \"a\", only from stores in OR.\nWhen the order is tagged \"a\" and an item is fragile, only from stores.\n",
        &[rule_2],
    );
    check(
        "When the order is tagged \"a\", only from warehouses.\nWhen the order is tagged \"a\", never from stores.\n",
        &[rule_2],
    );
    check(
        "When the order is tagged \"a\", never from stores.\nWhen the order is tagged \"a\", only from warehouses.\n",
        &[rule_2],
    );
    check(
        "When the order is tagged \"a\", never from stores.\nWhen the order is tagged \"a\", never from stores within 5 km.\n",
        &[rule_2],
    );
    check(
        "When the order is tagged \"a\", only from stores within 10 miles.\nWhen the order is tagged \"a\", only from stores within 20 miles.\n",
        &[rule_2],
    );
    check(
        "When the order is tagged \"a\", hold because \"look\".\nWhen the order is tagged \"a\", at most 2 parcels.\n",
        &[rule_2],
    );
}

#[test]
fn what_follows_a_full_order_of_places_decides_only_ties() {
    check(
        "Prefer the nearest of all places, always.\nPrefer warehouses, worth $1.50 a parcel.\n",
        &["hint shadowed: Rule 2 decides only between places that are equally far: Rule 1 comes before it."],
    );
}

#[test]
fn a_preference_among_what_is_left_changes_nothing() {
    check(
        "When the order is tagged \"a\", only from warehouses.\nWhen the order is tagged \"a\", prefer stores, always.\n",
        &["warning no_effect: Rule 2 prefers places that Rule 1 leaves out."],
    );
    check(
        "When the order is tagged \"a\", prefer stores, always.\nWhen the order is tagged \"a\", never from warehouses.\n",
        &["warning no_effect: Rule 1 changes nothing: it prefers every place that Rule 2 leaves."],
    );
    check(
        "When the order is tagged \"a\", only from \"mall\".\nWhen the order is tagged \"a\", prefer the nearest of stores, always.\n",
        &["warning no_effect: Rule 2 has nothing to choose: Rule 1 leaves one place."],
    );
    check(
        "When the order is tagged \"a\", only from warehouses.\nWhen the order is tagged \"a\", keep at least 2 at stores.\n",
        &["warning no_effect: Rule 2 changes nothing: Rule 1 leaves its places out."],
    );
    check(
        "Prefer all places, always.\n",
        &["warning no_effect: Rule 1 changes nothing: it prefers every location alike."],
    );
    check(
        "Need at least 1 on hand at stores.\n",
        &["hint no_effect: Rule 1 changes nothing: a place without a unit never serves an item anyway."],
    );
    check(
        "Prefer vendors, always.\n",
        &["warning no_effect: Rule 1 is about no place: no location is what it asks for."],
    );
}

#[test]
fn goods_that_no_place_may_serve_are_counted() {
    check(
        "When an item is oversized, never from warehouses.\n",
        &["error unservable: No place may ship oversized items: 1 product."],
    );
    check(
        "Only from vendors.\n",
        &[
            "error unservable: Rule 1 leaves no place: nothing that it lets through offers shipping or pickup or local delivery.",
        ],
    );
    check(
        "When an item is in category \"Clothes\", only from stores.\nWhen an item is tagged \"gift\", only from warehouses.\n",
        &[
            "error unservable: No place may ship Clothes items: 1 product.",
            "warning contradiction: Rule 2 contradicts Rule 1: an order that meets both has no place left.",
            "warning unservable: No place may hand over Clothes items: 1 product.",
        ],
    );
    check(
        "Hold because \"holiday\".\n",
        &["error unservable: Rule 1 holds every order: nothing is ever placed."],
    );
    check(
        "When the order is for pickup, only from warehouses.\n",
        &["error unservable: Rule 1 leaves no place: nothing that it lets through offers pickup."],
    );
}

#[test]
fn goods_that_no_place_is_certified_for_are_found_without_rules() {
    let mut network = network();
    network.locations[0].certified = HandlingSet::NONE;
    let findings = lint(&cost_only(), &network);
    let said: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["No place may ship oversized items: 1 product."]);
    assert_eq!(findings[0].remedy, "Certify a location that can ship for oversized goods.");
}

#[test]
fn the_chosen_store_is_for_pickup_only() {
    check(
        "Only from the chosen store.\n",
        &[
            "error unservable: Rule 1 leaves no place for shipping or local delivery: such orders have no chosen store.",
        ],
    );
    check(
        "When the order is for shipping, prefer the chosen store, always.\n",
        &["warning no_effect: Rule 1 names no place for shipping: such orders have no chosen store."],
    );
}

#[test]
fn unknown_names_are_told_with_the_nearest() {
    let text = "Never from \"moll\".\nPrefer stores of class \"hubs\", always.\nPrefer stores tagged \"early\", always.\nPrefer stores in CA, always.\n\
        When an item is in category \"Glas\", at most 1 parcel.\nWhen an item is tagged \"gifts\", at most 1 parcel.\nWhen an item is SKU \"MUGG\", at most 1 parcel.\n";
    let findings = found(text, &network());
    let said: Vec<(&str, &str)> =
        findings.iter().map(|finding| (finding.code, finding.remedy.as_str())).collect();
    let expect = [
        ("unknown_location", "Did you mean 'mall'?"),
        ("unknown_class", "Did you mean 'hub'?"),
        ("unknown_tag", "Known are: late."),
        ("unknown_region", "Known are: OR, WA."),
        ("unknown_category", "Did you mean 'Glass'?"),
        ("unknown_tag", "Did you mean 'gift'?"),
        ("unknown_sku", "Did you mean 'MUG'?"),
        ("over_budget", "Take out those that are worth the least."),
    ];
    assert_eq!(said, expect);
}

#[test]
fn more_rules_than_a_minute_explains_are_too_many() {
    let rules: String =
        (1..=6).map(|i| format!("When the order is tagged \"{i}\", at most {i} parcels.\n")).collect();
    let rules = rules.replace("at most 1 parcels", "at most 1 parcel");
    check(
        &rules,
        &["warning over_budget: The set has 6 rules; more than 5 cannot be explained in a minute."],
    );
}

#[test]
fn conditions_that_always_hold_can_be_left_out() {
    check(
        "When the order has at least 1 unit, at most 2 parcels.\n",
        &["hint always_true: Rule 1 says 'the order has at least 1 unit', which always holds here."],
    );
    check(
        "When the order is worth over $100 and the order is worth over $50, at most 2 parcels.\n",
        &["hint always_true: Rule 1 says 'the order is worth over $50', which always holds here."],
    );
    check(
        "Prefer stores with at least 0% of capacity left, always.\n",
        &["hint always_true: Rule 1 asks something of its places that always holds."],
    );
}

#[test]
fn a_network_without_places_and_products_judges_the_words_alone() {
    let empty = Network::new(NetworkParts {
        currency: Currency::USD,
        locations: Vec::new(),
        products: Vec::new(),
        rates: no_rates(),
        settings: Settings::default(),
    });
    assert_eq!(
        found("Only from stores of class \"hub\".\nWhen an item is SKU \"A\", never from \"x\".\n", &empty),
        []
    );
    assert_eq!(found("At most 2 parcels.\nAt most 2 parcels.\n", &empty).len(), 1);
}

#[test]
fn broken_trees_that_no_text_can_say_are_found_too() {
    let rule = Rule { when: vec![model::Condition::Weekday(0)], then: Action::MaxParcels(1) };
    let set = RuleSet { rules: vec![rule], ..RuleSet::default() };
    assert_eq!(lint(&set, &network())[0].code, "never_fires");
}

proptest::proptest! {
    #[test]
    fn whatever_can_be_said_can_be_judged_and_told(set in crate::rules::tests::rule_set()) {
        for finding in lint(&set, &network()) {
            proptest::prop_assert!(CODES.contains(&finding.code));
            proptest::prop_assert!(finding.rule.is_none_or(|rule| set.get(rule).is_some()));
            proptest::prop_assert!(finding.other.is_none_or(|rule| set.get(rule).is_some()));
        }
        let told = crate::tree::plain(&set, Currency::USD);
        proptest::prop_assert!(told.len() > 2 * (set.guardrails.len() + set.rules.len()));
        proptest::prop_assert!(crate::tree::tree(&set, Currency::USD).lines().count() > set.rules.len());
    }
}

#[test]
fn two_preferences_for_opposite_places_are_told_to_pull_against_each_other() {
    check(
        "Prefer warehouses, always.\nPrefer stores, always.\n",
        &[
            "warning contradiction: Rule 2 prefers exactly the places that Rule 1 puts last: the first of the two wins, \
             whatever it costs.",
        ],
    );
    // A third kind of place comes after both: an order of preference.
    let mut wider = network();
    wider.locations.push(location("vendor", LocationKind::Vendor, &[Lane::Ship]));
    assert_eq!(found("Prefer warehouses, always.\nPrefer stores, always.\n", &wider), []);
}

#[test]
fn a_limit_on_days_that_no_carrier_keeps_is_told() {
    check(
        "Deliver within 0 days.\n",
        &[
            "warning unservable: Rule 1 asks for delivery within 0 days, and the fastest service takes 1 day: no parcel is \
             in time.",
        ],
    );
    check("When the order is for pickup, deliver within 0 days.\n", &[]);
}

#[test]
fn a_place_called_by_its_name_and_a_state_by_its_name_are_told_by_their_codes() {
    let mut named = network();
    named.locations[1].name = "Main Street".to_owned();
    let text = "Never from \"main street\".\nOnly from places in \"Oregon\".\nWhen the order goes to \"New York\", at most 1 parcel.\n";
    let remedies: Vec<String> = found(text, &named).into_iter().map(|finding| finding.remedy).collect();
    assert_eq!(remedies, ["Did you mean 'main'?", "Did you mean 'OR'?", "Did you mean 'NY'?"]);
}
