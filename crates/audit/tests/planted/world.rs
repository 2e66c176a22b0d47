//! A depot, a mall and a pier: five products, two services, four guardrails and six rules.

use model::rates::{Dimensional, Surcharge, SurchargeWhen};
use model::*;

pub(crate) const DEPOT: LocationId = LocationId(0);
pub(crate) const MALL: LocationId = LocationId(1);
pub(crate) const PIER: LocationId = LocationId(2);
pub(crate) const CUP: ProductId = ProductId(0);
pub(crate) const LAMP: ProductId = ProductId(1);
pub(crate) const MUG: ProductId = ProductId(2);
pub(crate) const SET: ProductId = ProductId(3);
pub(crate) const TEE: ProductId = ProductId(4);

pub(crate) fn day(iso: &str) -> Day {
    Day::from_iso(iso).expect("a day")
}

/// 2026-11-24, a Tuesday, at `hour` UTC; 18 is 10 in the morning at the stores.
pub(crate) fn at(hour: i64) -> Timestamp {
    Timestamp(day("2026-11-24").start_utc().0 + hour * 3_600_000)
}

fn hours(expression: &str, windows: &[u16]) -> Hours {
    let window = |&minute: &u16| Window { cutoff_minute: minute, capacity_parcels: Some(5) };
    Hours {
        expression: expression.into(),
        zone: "America/Los_Angeles".into(),
        holidays: vec![],
        windows: windows.iter().map(window).collect(),
    }
}

fn labor(pack: i64, pick: i64, packaging: i64) -> Labor {
    Labor {
        pack_per_parcel: Cost(pack),
        pick_per_unit: Cost(pick),
        packaging_per_parcel: Cost(packaging),
        ..Labor::default()
    }
}

fn store(code: &str, hours: Hours) -> Location {
    Location {
        calendar: Calendar::compile(&hours, day("2026-11-20"), day("2026-12-10")).expect("hours"),
        hours,
        region: "OR".into(),
        ..Location::new(code, LocationKind::Store)
    }
}

fn locations() -> Vec<Location> {
    let depot = Location {
        region: "WA".into(),
        handling_days: 1,
        capacity_parcels_per_day: Some(100),
        labor: labor(12_000, 3_000, 6_000),
        accuracy: Some(BasisPoints(9_900)),
        feed_as_of: Some(at(17)),
        ..Location::new("DEPOT", LocationKind::Warehouse)
    };
    let mall = Location {
        class: "hub".into(),
        tags: vec!["downtown".into()],
        certified: HandlingSet::of(&[Handling::Fragile]),
        capacity_parcels_per_day: Some(10),
        labor: labor(15_000, 4_000, 8_000),
        accuracy: Some(BasisPoints(9_700)),
        ..store("MALL", hours("Mo-Fr 09:00-17:00", &[12 * 60, 16 * 60]))
    };
    let pier = Location {
        lanes: Lanes::of(&[Lane::Pickup, Lane::LocalDelivery]),
        labor: labor(10_000, 2_000, 7_000),
        ..store("PIER", hours("Mo-Sa 10:00-18:00", &[]))
    };
    vec![depot, mall, pier]
}

/// Costs here in cents.
fn product(sku: &str, grams: i64, sides: [u32; 3], [price, margin, unfilled]: [i64; 3]) -> Product {
    Product {
        weight: Weight::from_grams(grams),
        dimensions: Dimensions::new(sides[0], sides[1], sides[2]),
        price: Cost(price * 100),
        gross_margin: Cost(margin * 100),
        unfilled_cost: Cost(unfilled * 100),
        ..Product::new(sku)
    }
}

fn products() -> Vec<Product> {
    let component = |product, quantity| Component { product, quantity };
    vec![
        product("CUP", 300, [90, 90, 90], [1_200, 600, 400]),
        Product {
            needs: HandlingSet::of(&[Handling::Fragile]),
            category: "lighting".into(),
            velocity: Some(Velocity::C),
            tags: vec!["gift".into()],
            ..product("LAMP", 2_000, [600, 300, 300], [8_000, 4_000, 2_000])
        },
        Product { substitutes: vec![CUP], ..product("MUG", 400, [100, 100, 100], [1_500, 800, 500]) },
        Product {
            components: vec![component(MUG, 2), component(TEE, 1)],
            ..product("SET", 1_000, [0, 0, 0], [5_000, 2_600, 1_200])
        },
        product("TEE", 200, [300, 200, 20], [2_500, 1_200, 900]),
    ]
}

fn service(code: &str, transit_days: u8, rates: [[i64; 3]; 3]) -> Service {
    let step = |grams: i64, cents: i64| RateStep {
        max_weight: Weight::from_grams(grams),
        rate: Cost(cents * 100),
        transit_days,
    };
    let zone = |rates: [i64; 3]| vec![step(1_000, rates[0]), step(5_000, rates[1]), step(20_000, rates[2])];
    Service {
        code: code.into(),
        zones: rates.map(zone).into(),
        dimensional: None,
        surcharges: vec![],
        max_longest_mm: None,
        max_length_plus_girth_mm: None,
    }
}

fn rates() -> RateBook {
    let due = |when, cents: i64| Surcharge { when, zones: (Zone(1), Zone(3)), amount: Cost(cents * 100) };
    let ground = Service {
        dimensional: Some(rates_by_size()),
        surcharges: vec![
            due(SurchargeWhen::Longest { over_mm: 559, up_to_mm: None }, 400),
            due(SurchargeWhen::Residential, 50),
        ],
        ..service("GROUND", 2, [[500, 800, 2_000], [600, 900, 2_200], [700, 1_000, 2_400]])
    };
    let express =
        service("EXPRESS", 1, [[1_500, 2_500, 4_500], [1_600, 2_600, 4_600], [1_700, 2_700, 4_700]]);
    RateBook {
        services: vec![ground, express],
        choice: ServiceChoice::InOrder,
        band_upper: vec![Distance(100_000), Distance(500_000)],
    }
}

/// One kilogram per 5,000 cm³, above 30,000 cm³.
fn rates_by_size() -> Dimensional {
    Dimensional::from_cm3_per_kg(5_000, 30_000)
}

pub(crate) fn network() -> Network {
    let mut network = Network::new(NetworkParts {
        currency: Currency::USD,
        locations: locations(),
        products: products(),
        rates: rates(),
        settings: Settings::default(),
    });
    let way = |zone, metres| (Zone(zone), Distance(metres));
    network.add_place("972", None, &[way(1, 50_000), way(2, 120_000), way(1, 7_300)]);
    network
}

fn entries() -> Vec<StockEntry> {
    let level = |on_hand| StockLevel { on_hand, ..StockLevel::default() };
    let entry = |product, location, level| StockEntry { product, location, level };
    let receipt = |iso| Some(day(iso));
    vec![
        entry(MUG, DEPOT, StockLevel { committed: 2, safety_stock: 1, ..level(6) }),
        entry(
            MUG,
            MALL,
            StockLevel {
                stated_opportunity: Some([40_000, 20_000, 10_000, 5_000]),
                stated_markdown: Some(1_000),
                age_days: 40,
                ..level(5)
            },
        ),
        entry(TEE, DEPOT, level(10)),
        entry(TEE, PIER, level(8)),
        entry(
            LAMP,
            DEPOT,
            StockLevel {
                stated_opportunity: Some([30_000, 0, 0, 0]),
                age_days: 100,
                next_receipt: receipt("2026-12-01"),
                ..level(1)
            },
        ),
        entry(LAMP, MALL, StockLevel { next_receipt: receipt("2026-11-30"), ..level(0) }),
        entry(CUP, PIER, level(2)),
    ]
}

pub(crate) fn stock(network: &Network) -> Stock {
    let mut stock = Stock::new(network, entries(), at(18).utc_day());
    let scarce = stock.record(MUG, MALL).expect("mugs at the mall");
    stock.set_scarcity(scarce, Cost(500));
    stock
}

pub(crate) fn places(kind: PlaceKind) -> Places {
    Places { kind, tests: vec![] }
}

pub(crate) fn rules() -> RuleSet {
    let rule = |when: &[Condition], then| Rule { when: when.to_vec(), then };
    let ships = [Condition::Lane(Lane::Ship)];
    let fragile = [Condition::Item(ItemTest::Needs(Handling::Fragile))];
    RuleSet {
        name: "starter".into(),
        number: 7,
        guardrails: vec![
            rule(&[], Action::DeliverWithin { days: 5 }),
            rule(&[], Action::MaxParcels(3)),
            rule(&[Condition::Value(Compare::AtLeast, Cost(1_000_000))], Action::MinMargin(Cost(200_000))),
            rule(&[], Action::MinParcelValue(Cost(200_000))),
        ],
        rules: vec![
            rule(&fragile, Action::Never(places(PlaceKind::Stores))),
            rule(&ships, Action::Keep { units: 2, places: places(PlaceKind::Stores) }),
            rule(&[], Action::NeedOnHand { units: 2, places: places(PlaceKind::Stores) }),
            rule(&[], Action::Prefer(places(PlaceKind::Warehouses), Strength::Worth(Cost(15_000)))),
            rule(&[], Action::FlagLowStock { below: 2 }),
            rule(&[Condition::Channel("b2b".into())], Action::Hold { why: "call first".into() }),
        ],
    }
}
