//! What the linter calls idle is idle: without the sentence every order is decided the same.
//!
//! And what it calls a certain contradiction leaves no place. Both are asked of the router itself, over rule
//! sets made of sentences that collide often.

use super::tests::network as unpriced_network;
use super::*;
use crate::decide::decide;
use crate::rules::read_sentence;
use model::stock::{StockEntry, StockLevel};
use model::{
    Cost, Currency, Day, Decision, Destination, Distance, LocationId, Note, Order, OrderLine, Outcome, Point,
    ProductId, RateStep, Service, ServiceLevel, Stock, Timestamp, Weight,
};
use proptest::prelude::*;
use proptest::sample::select;

const WHEN: [&str; 16] = [
    "",
    "",
    "When the order is for shipping, ",
    "When the order is for pickup, ",
    "When the order is tagged \"a\", ",
    "When an item is fragile, ",
    "When an item is in category \"Glass\", ",
    "When an item is fragile and the item is SKU \"MUG\", ",
    "When the order is worth over $40, ",
    "When the order is worth at least $60, ",
    "When the order is worth under $60 and the order is worth over $50, ",
    "When the order is worth over $60 and the order is worth under $50, ",
    "When the order has at least 3 units, ",
    "When the order has at least 2 lines, ",
    "When the order goes to OR and an item is tagged \"gift\", ",
    "When the order goes to OR or WA, ",
];

const THEN: [&str; 34] = [
    "only from stores",
    "only from warehouses",
    "only from \"mall\"",
    "only from stores in OR",
    "only from the chosen store",
    "only from stores with at least 2 on hand",
    "only from places with at least 3 on hand",
    "only from places within 20 miles",
    "never from stores",
    "never from warehouses",
    "never from \"main\"",
    "never from stores of class \"hub\"",
    "never from stores within 20 miles",
    "prefer stores, always",
    "prefer warehouses, always",
    "prefer \"mall\", worth $2 a parcel",
    "prefer stores, worth $1 a parcel",
    "prefer the nearest of stores, always",
    "prefer the nearest of all places, worth $3 per 100 miles",
    "keep at least 1 at stores",
    "keep at least 2 at stores",
    "keep at least 2 at \"mall\"",
    "need at least 1 on hand at stores",
    "need at least 2 on hand at all places",
    "need at least 3 on hand at stores in OR",
    "at most 1 parcel",
    "at most 2 parcels",
    "split only when each parcel is worth at least $30",
    "split only when each parcel is worth at least $20",
    "deliver within 2 days",
    "deliver within 4 days",
    "hold because \"look\"",
    "flag low stock when fewer than 2 are left",
    "flag low stock when fewer than 4 are left",
];

/// Tests know their network; places and rates make the decisions differ.
fn network() -> Network {
    let mut network = unpriced_network();
    for (i, location) in network.locations.iter_mut().enumerate() {
        location.point = Some(Point { lat_e4: 455_000 + 4_000 * i as i32, lon_e4: -1_226_000 });
        location.labor.pack_per_parcel = Cost(1_000 * (i as i64 + 1));
    }
    let step = |rate: i64, transit_days| RateStep {
        max_weight: Weight::from_grams(20_000),
        rate: Cost(rate),
        transit_days,
    };
    network.rates.band_upper = vec![Distance(30_000)];
    network.rates.services.push(Service {
        code: "GROUND".to_owned(),
        zones: vec![vec![step(40_000, 2)], vec![step(55_000, 3)]],
        dimensional: None,
        surcharges: Vec::new(),
        max_longest_mm: None,
        max_length_plus_girth_mm: None,
    });
    network.add_place_at("972", Point { lat_e4: 454_000, lon_e4: -1_226_000 });
    network
}

fn rule() -> impl Strategy<Value = Rule> {
    (select(WHEN.to_vec()), select(THEN.to_vec())).prop_map(|(when, then)| {
        let text = format!("{when}{then}.");
        read_sentence(&text, Currency::USD).unwrap_or_else(|error| panic!("{text}: {error}"))
    })
}

fn order() -> impl Strategy<Value = Order> {
    let lines = prop::collection::vec((0..4u32, 1..4u32), 1..4);
    (lines, any::<bool>(), 0..4u16, any::<bool>(), any::<bool>()).prop_map(
        |(lines, ships, store, tagged, near)| {
            let network = unpriced_network();
            let line = |(i, (product, quantity)): (usize, (u32, u32))| OrderLine {
                number: i as u32 + 1,
                product: ProductId(product),
                quantity,
                unit_price: network.products[product as usize].price,
                when_short: None,
            };
            Order {
                id: "1".to_owned(),
                lane: if ships { Lane::Ship } else { Lane::Pickup },
                service: ServiceLevel::Standard,
                pickup_at: (!ships).then(|| LocationId(1 + store % 2)),
                tags: if tagged { vec!["a".to_owned()] } else { Vec::new() },
                destination: Destination {
                    postal: "97201".to_owned(),
                    region: if near { "OR".to_owned() } else { "CA".to_owned() },
                    place: Some(model::PlaceId(0)),
                    ..Destination::default()
                },
                placed_at: NOW,
                lines: lines.into_iter().enumerate().map(line).collect(),
                ..Order::empty()
            }
        },
    )
}

const NOW: Timestamp = Timestamp(20_000 * Timestamp::DAY_MS);

fn stock(network: &Network, counts: &[u8]) -> Stock {
    let entry = |(i, count): (usize, &u8)| StockEntry {
        product: ProductId((i / 3) as u32),
        location: LocationId((i % 3) as u16),
        level: StockLevel { on_hand: i32::from(*count), ..StockLevel::default() },
    };
    Stock::new(network, counts.iter().enumerate().map(entry).collect(), Day(20_000))
}

/// What a customer and a store would notice.
fn visible(decision: &Decision) -> String {
    let mut parcels = Vec::new();
    for parcel in &decision.parcels {
        let placements: Vec<_> = decision.placements_of(parcel).iter().collect();
        parcels.push(format!("{:?} {placements:?}", parcel.location));
    }
    let low = |note: &&Note| matches!(note, Note::LowStock { .. });
    let notes: Vec<String> = decision
        .notes
        .iter()
        .filter(low)
        .map(|note| match note {
            Note::LowStock { record, left, .. } => format!("{record:?} {left}"),
            _ => String::new(),
        })
        .collect();
    let leftovers: Vec<_> =
        decision.leftovers.iter().map(|left| (left.line, left.quantity, left.remedy)).collect();
    format!("{} {parcels:?} {leftovers:?} {notes:?}", decision.outcome.code())
}

fn without(set: &RuleSet, reference: RuleRef) -> RuleSet {
    let mut set = set.clone();
    match reference {
        RuleRef::Guardrail(i) => drop(set.guardrails.remove(usize::from(i))),
        RuleRef::Rule(i) => drop(set.rules.remove(usize::from(i))),
    }
    set
}

/// The finding says that taking the sentence out changes nothing.
fn claims_idleness(finding: &Finding, set: &RuleSet) -> bool {
    let adds_up = |rule: &Rule| matches!(rule.then, Action::Prefer(..) | Action::PreferNearest(..));
    match finding.code {
        "never_fires" => true,
        "shadowed" => finding.severity == Severity::Warning,
        "duplicate" => !finding.rule.and_then(|rule| set.get(rule)).is_some_and(adds_up),
        "no_effect" => finding.message.contains("changes nothing"),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_called_idle_changes_no_decision(
        rules in prop::collection::vec(rule(), 2..5),
        orders in prop::collection::vec(order(), 8),
        counts in prop::collection::vec(0..5u8, 12),
    ) {
        let network = network();
        let stock = stock(&network, &counts);
        let set = RuleSet { rules, ..RuleSet::default() };
        for finding in lint(&set, &network).iter().filter(|finding| claims_idleness(finding, &set)) {
            let Some(rule) = finding.rule else { continue };
            let rest = without(&set, rule);
            for order in &orders {
                let (with, without) = (decide(&network, &stock, &set, order, NOW), decide(&network, &stock, &rest, order, NOW));
                let sentences: Vec<String> = set.rules.iter().map(|rule| crate::rules::sentence(rule, Currency::USD)).collect();
                prop_assert_eq!(visible(&with), visible(&without), "{}\n{:?}\n{:?}", finding.message, sentences, order);
            }
        }
    }

    #[test]
    fn a_certain_contradiction_leaves_no_place(
        rules in prop::collection::vec(rule(), 2..3),
        orders in prop::collection::vec(order(), 8),
    ) {
        let network = network();
        let stock = stock(&network, &[9; 12]);
        let set = RuleSet { rules, ..RuleSet::default() };
        let findings = lint(&set, &network);
        let is_certain = |finding: &&Finding| finding.code == "contradiction" && finding.severity == Severity::Error;
        for _ in findings.iter().filter(is_certain) {
            for order in &orders {
                let decision = decide(&network, &stock, &set, order, NOW);
                let both = decision.applied.len() == 2;
                let asks_items = set.rules.iter().any(|rule| Scope::of(&rule.when).item.is_some());
                prop_assert!(!both || asks_items || decision.outcome == Outcome::NotPlaced, "{:?}", order);
            }
        }
    }
}
