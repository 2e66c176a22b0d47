//! Baselines decided by the real engine, over five places.

use super::*;
use crate::fixture;
use model::{Destination, Order, OrderLine, ProductId, Stock};

/// An order of one unit of each product, to one of the fixture's destinations.
fn order(network: &Network, products: &[u32], place: &str) -> Order {
    let line = |(i, &product): (usize, &u32)| OrderLine {
        number: i as u32 + 1,
        product: ProductId(product),
        quantity: 1,
        unit_price: Cost(100_000),
        when_short: None,
    };
    Order {
        id: "T1".into(),
        placed_at: fixture::DAY.start_utc(),
        destination: Destination { place: network.place(place), ..Destination::default() },
        lines: products.iter().enumerate().map(line).collect(),
        ..Order::empty()
    }
}

/// Places by code, with the products they send.
fn decided(baseline: &Baseline, products: &[u32], place: &str) -> String {
    let (network, stock) = fixture::five_places();
    let rules = baseline.rule_set(&network);
    decided_under((&network, &stock), &rules, &order(&network, products, place))
}

fn decided_under((network, stock): (&Network, &Stock), rules: &RuleSet, order: &Order) -> String {
    let decision = engine::decide(network, stock, rules, order, order.placed_at);
    let parcels = decision.parcels.iter().map(|parcel| {
        let products = decision.placements_of(parcel).iter().map(|p| network.product(p.product).sku.clone());
        format!("{} {}", network.location(parcel.location).code, products.collect::<Vec<_>>().join(" "))
    });
    parcels.collect::<Vec<_>>().join(" / ")
}

// Stock of the fixture: the warehouse (Columbus) lacks 5, 11, 17, 23; store i lacks products with (p + i) % 3 = 0.

#[test]
fn the_warehouse_sends_what_it_has_and_the_nearest_place_the_rest() {
    assert_eq!(decided(&Baseline::WarehouseFirst, &[1, 4], "1"), "1W P01 P04");
    // To Portland: the store there (2S) is nearest and has 5 and 1.
    assert_eq!(decided(&Baseline::WarehouseFirst, &[1, 3, 11], "2"), "1W P01 P03 / 3S P11");
    assert_eq!(decided(&Baseline::WarehouseFirst, &[11], "2"), "3S P11");
}

#[test]
fn the_nearest_place_needs_two_on_hand() {
    // To Portland: 2S is there, and has product 1.
    assert_eq!(decided(&Baseline::NearestWithTwo, &[1], "1"), "2S P01");
    let (network, mut stock) = fixture::five_places();
    let rules = Baseline::NearestWithTwo.rule_set(&network);
    let portland = network.location_by_code("2S").unwrap();
    let record = stock.record(ProductId(1), portland).unwrap();
    let there = stock.available(record) as u32;
    stock.commit(record, there - 2);
    let order = order(&network, &[1], "1");
    assert_eq!(decided_under((&network, &stock), &rules, &order), "2S P01");
    stock.commit(record, 1);
    assert_ne!(decided_under((&network, &stock), &rules, &order), "2S P01");
}

fn ranked(codes: &[&str]) -> Baseline {
    Baseline::Ranked(codes.iter().map(|&code| code.to_owned()).collect())
}

#[test]
fn the_first_in_the_ranking_that_has_all_sends_all() {
    // Far from Portland, but ranked first; 4S lacks product 3, so it comes from the next one that has it.
    assert_eq!(decided(&ranked(&["2S", "1W"]), &[1], "4"), "2S P01");
    assert_eq!(decided(&ranked(&["4S", "2S", "1W"]), &[3], "4"), "2S P03");
    // One parcel from the third beats two parcels from the first and the second.
    assert_eq!(decided(&ranked(&["4S", "2S", "1W"]), &[0, 2], "4"), "1W P00 P02");
}

#[test]
fn places_outside_the_ranking_come_last() {
    assert_eq!(decided(&ranked(&["2S"]), &[2], "4"), "1W P02");
    assert_eq!(decided(&ranked(&["2S"]), &[1], "4"), "2S P01");
}

#[test]
fn a_ranking_keeps_known_codes_once_and_stays_within_the_limit_of_rules() {
    let (network, _) = fixture::five_places();
    let named: Vec<String> = ["2S", "XX", "2S", "1W"].map(str::to_owned).to_vec();
    assert_eq!(Baseline::Ranked(named).rule_set(&network).rules.len(), 4);
    let mut many = Network::clone(&network);
    many.locations =
        (0..90).map(|i| model::Location::new(&format!("L{i:02}"), model::LocationKind::Store)).collect();
    let codes = many.locations.iter().map(|location| location.code.clone()).collect();
    assert!(Baseline::Ranked(codes).rule_set(&many).rules.len() <= MAX_RULES);
}
