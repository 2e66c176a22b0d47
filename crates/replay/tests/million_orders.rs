//! A year of a busy retailer: 1,000,000 orders over 25 places.
//!
//! Slow without optimisation, so it runs on request and shows what it took:
//! `cargo test --release -p baton-replay --test million_orders -- --ignored --nocapture`.

use model::{
    BasisPoints, Cost, Currency, Day, Distance, Labor, Location, LocationId, LocationKind, Network,
    NetworkParts, Point, Product, ProductId, RateBook, RateStep, RuleSet, Service, ServiceChoice, Settings,
    Stock, StockEntry, StockLevel, Weight,
};
use replay::chance::Chance;
use replay::{LargeOrders, LargePlan, Listeners, Policy, ReplayPlan, Replenish, Report};
use std::time::Instant;

const PLACES: u16 = 25;
const PRODUCTS: u32 = 2_000;
const DESTINATIONS: u32 = 900;
const ORDERS: u64 = 1_000_000;
const FIRST_DAY: Day = Day(20_454);

/// A point in the contiguous states.
fn point(chance: &mut Chance) -> Point {
    Point {
        lat_e4: chance.between(300_000, 470_000) as i32,
        lon_e4: chance.between(-1_200_000, -750_000) as i32,
    }
}

fn place(i: u16, chance: &mut Chance) -> Location {
    let is_warehouse = i == 0;
    let kind = if is_warehouse { LocationKind::Warehouse } else { LocationKind::Store };
    let mut place = Location::new(&format!("L{i:02}"), kind);
    place.point = Some(point(chance));
    place.capacity_parcels_per_day = Some(if is_warehouse { 2_000 } else { chance.between(60, 300) as u32 });
    place.labor = Labor {
        pack_per_parcel: Cost(if is_warehouse { 8_000 } else { 13_000 }),
        pick_per_unit: Cost(if is_warehouse { 1_500 } else { 6_000 }),
        packaging_per_parcel: Cost(8_000),
        ..Labor::default()
    };
    place.accuracy =
        Some(BasisPoints(if is_warehouse { 9_900 } else { chance.between(7_000, 9_700) as u16 }));
    place
}

fn product(i: u32, chance: &mut Chance) -> Product {
    let mut product = Product::new(&format!("P{i:05}"));
    product.weight = Weight::from_ounces(chance.between(3, 90));
    product.price = Cost(chance.between(80_000, 900_000));
    product.gross_margin = Cost(product.price.0 * 4 / 10);
    product.unfilled_cost = Cost(product.gross_margin.0 + 50_000);
    product
}

fn rates() -> RateBook {
    let steps = |factor: i64, zone: i64, days: u8| -> Vec<RateStep> {
        let step = |pounds: i64| RateStep {
            max_weight: Weight(pounds * Weight::POUND),
            rate: Cost(factor * (58_000 + zone * 4_500 + (pounds - 1) * (3_000 + zone * 3_000))),
            transit_days: days,
        };
        (1..=70).map(step).collect()
    };
    let service = |code: &str, factor, slowest: u8| Service {
        code: code.to_owned(),
        zones: (1..=8).map(|zone: u8| steps(factor, i64::from(zone), slowest.min(1 + zone / 2))).collect(),
        dimensional: None,
        surcharges: Vec::new(),
        max_longest_mm: None,
        max_length_plus_girth_mm: None,
    };
    let bands = [50, 150, 300, 600, 1_000, 1_400, 1_800];
    RateBook {
        services: vec![service("GROUND", 1, 5), service("EXPRESS", 2, 2)],
        choice: ServiceChoice::InOrder,
        band_upper: bands.map(|miles| Distance::from_tenth_miles(miles * 10)).to_vec(),
    }
}

fn retailer() -> (Network, Stock) {
    let mut chance = Chance::from_seed(11);
    let mut network = Network::new(NetworkParts {
        currency: Currency::USD,
        locations: (0..PLACES).map(|i| place(i, &mut chance)).collect(),
        products: (0..PRODUCTS).map(|i| product(i, &mut chance)).collect(),
        rates: rates(),
        settings: Settings::default(),
    });
    for i in 0..DESTINATIONS {
        network.add_place_at(&format!("{i:03}"), point(&mut chance));
    }
    let mut entries = Vec::new();
    for product in (0..PRODUCTS).map(ProductId) {
        for location in (0..PLACES).map(LocationId) {
            if chance.happens(if location.0 == 0 { 950 } else { 600 }) {
                let most = if location.0 == 0 { 120 } else { 14 };
                let level = StockLevel {
                    on_hand: chance.between(0, most) as i32,
                    age_days: chance.between(0, 200) as u32,
                    sales_per_1000_days: if location.0 == 0 { 0 } else { chance.between(0, 400) as u32 },
                    ..StockLevel::default()
                };
                entries.push(StockEntry { product, location, level });
            }
        }
    }
    let stock = Stock::new(&network, entries, FIRST_DAY);
    (network, stock)
}

fn run(plan: &ReplayPlan<'_>) -> Report {
    let orders =
        LargePlan { orders: ORDERS, orders_per_day: 2_740, first_day: FIRST_DAY, ..LargePlan::default() };
    let mut source = LargeOrders::new(plan.network, orders);
    let started = Instant::now();
    let report = replay::replay(plan, &mut source, Listeners::default()).expect("orders come in time order");
    let seconds = started.elapsed().as_secs_f64();
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = peak.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
    println!("{} rule sets: {seconds:.2} s; peak so far {peak}", report.variants.len());
    for variant in &report.variants {
        let figures = variant.figures;
        println!(
            "  {}: {} per order, unit fill {:.4}, split {:.4}, reasons {:?}",
            variant.name,
            figures.cost_per_order.decimal(),
            figures.unit_fill_rate,
            figures.split_rate,
            variant.tally.reasons
        );
    }
    report
}

#[test]
#[ignore = "a million decisions; run with --release"]
fn a_million_orders_are_decided_and_compared_in_bounded_memory() {
    let (network, stock) = retailer();
    let weekly = Replenish::ToStart { every_days: 3 };
    let cost = RuleSet { name: "Lowest cost".to_owned(), ..RuleSet::default() };
    let warehouse = replay::Baseline::WarehouseFirst.rule_set(&network);
    let one = ReplayPlan::new(&network, &stock, &weekly).with("lowest cost", Policy::Rules(&cost));
    let alone = run(&one);
    let both = run(&one.clone().with("lowest cost again", Policy::Rules(&cost)));
    let against = run(&one.with("warehouse first", Policy::Rules(&warehouse)));
    assert_eq!(alone.orders, ORDERS);
    assert_eq!(both.comparisons[0].moved.orders, 0);
    assert_eq!(alone.variants[0].figures, against.variants[0].figures);
    assert!(against.comparisons[0].cost_per_order.is_clear());
}
