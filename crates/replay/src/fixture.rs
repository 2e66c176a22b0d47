//! Small networks for tests.

use model::{
    Cost, Currency, Day, Destination, Dispatch, Distance, Handling, HandlingSet, Labor, Lane, Lanes,
    Location, LocationId, LocationKind, Network, NetworkParts, Order, OrderLine, Parcel, PartCosts,
    Placement, Point, Product, ProductId, RateBook, RateStep, RecordId, Service, ServiceChoice, Settings,
    Stock, StockEntry, StockLevel, Timestamp, Weight,
};

/// Day on which fixture orders are placed.
pub(crate) const DAY: Day = Day(20_454);

/// Two places, one product (gross margin $4), one record of it at place 0. Place 0 takes four parcels a day,
/// each 120 s of work and 30 s per unit.
pub(crate) fn one_shelf(on_hand: i32) -> (Network, Stock) {
    let mut near = Location::new("A", LocationKind::Warehouse);
    near.capacity_parcels_per_day = Some(4);
    near.labor = Labor { pack_seconds_per_parcel: 120, pick_seconds_per_unit: 30, ..Labor::default() };
    let mut mug = Product::new("MUG");
    mug.gross_margin = Cost(40_000);
    let network = Network::new(NetworkParts {
        currency: Currency::USD,
        locations: vec![near, Location::new("B", LocationKind::Store)],
        products: vec![mug],
        rates: rates(),
        settings: Settings::default(),
    });
    let level = StockLevel { on_hand, ..StockLevel::default() };
    let entry = StockEntry { product: ProductId(0), location: LocationId(0), level };
    let stock = Stock::new(&network, vec![entry], DAY);
    (network, stock)
}

/// One kilometre away, leaves on day 3, arrives on day 5.
pub(crate) fn parcel(location: u16, first_placement: u16, placement_count: u16) -> Parcel {
    Parcel {
        location: LocationId(location),
        service: None,
        zone: None,
        distance: Distance(1_000),
        weight: Weight(0),
        dispatch: Dispatch { cutoff: Timestamp(0), day: Day(3), window: 0 },
        arrives: Day(5),
        ready_at: None,
        costs: PartCosts::default(),
        preference: Cost::ZERO,
        first_placement,
        placement_count,
    }
}

pub(crate) fn placement(line: u16, quantity: u32) -> Placement {
    Placement { line, product: ProductId(0), record: RecordId(0), quantity }
}

/// An order of so many units per line, all of product 0.
pub(crate) fn order(units: &[u32], deliver_by: Option<Day>) -> Order {
    let line = |(i, &quantity): (usize, &u32)| OrderLine {
        number: i as u32 + 1,
        product: ProductId(0),
        quantity,
        unit_price: Cost(100_000),
        when_short: None,
    };
    Order {
        id: "T1".into(),
        placed_at: DAY.start_utc(),
        deliver_by,
        destination: Destination { point: Some(POINTS[0]), ..Destination::default() },
        lines: units.iter().enumerate().map(line).collect(),
        ..Order::empty()
    }
}

const fn point(lat_e4: i32, lon_e4: i32) -> Point {
    Point { lat_e4, lon_e4 }
}

/// Columbus, Portland, Denver, Austin, New York, Miami, Chicago, Los Angeles.
const POINTS: [Point; 8] = [
    point(399_612, -829_988),
    point(455_152, -1_226_784),
    point(397_392, -1_049_903),
    point(302_672, -977_431),
    point(407_128, -740_060),
    point(257_617, -801_918),
    point(418_781, -876_298),
    point(340_522, -1_182_437),
];

/// A warehouse and four stores, 24 products, eight destinations named by their position. The warehouse lacks
/// every sixth product; stores have few units and sell some over the counter.
pub(crate) fn five_places() -> (Network, Stock) {
    let mut network = Network::new(NetworkParts {
        currency: Currency::USD,
        locations: (0..5).map(place).collect(),
        products: (0..24).map(product).collect(),
        rates: rates(),
        settings: Settings::default(),
    });
    for (i, &point) in POINTS.iter().enumerate() {
        network.add_place_at(&i.to_string(), point);
    }
    let records = (0..24u32).flat_map(|product| (0..5u16).map(move |location| (product, location)));
    let entries = records.filter_map(|(product, location)| entry(product, location)).collect();
    let stock = Stock::new(&network, entries, DAY);
    (network, stock)
}

/// Codes `1W`, `2S` … `5S`, so that ids follow the list of points.
fn place(i: u16) -> Location {
    let is_warehouse = i == 0;
    let kind = if is_warehouse { LocationKind::Warehouse } else { LocationKind::Store };
    let mut place = Location::new(&format!("{}{}", i + 1, if is_warehouse { "W" } else { "S" }), kind);
    place.point = Some(POINTS[usize::from(i)]);
    place.lanes = Lanes::of(&[Lane::Ship, Lane::Pickup, Lane::LocalDelivery]);
    place.capacity_parcels_per_day = Some(if is_warehouse { 200 } else { 25 });
    place.labor = Labor {
        wage_per_hour: Cost(200_000),
        pack_per_parcel: Cost(if is_warehouse { 8_000 } else { 13_000 }),
        pick_per_unit: Cost(if is_warehouse { 1_500 } else { 6_000 }),
        packaging_per_parcel: Cost(7_500),
        pack_seconds_per_parcel: 144,
        pick_seconds_per_unit: 27,
    };
    place.accuracy = Some(model::BasisPoints(if is_warehouse { 9_900 } else { 9_000 }));
    if !is_warehouse {
        place.certified = HandlingSet::EVERYTHING;
        place.certified.0 &= !(1 << Handling::Fragile as u8);
    }
    place
}

fn product(i: u32) -> Product {
    let mut product = Product::new(&format!("P{i:02}"));
    product.weight = Weight::from_ounces(4 + i64::from(i) * 3);
    product.price = Cost(150_000 + i64::from(i) * 10_000);
    product.gross_margin = Cost(60_000);
    product.unfilled_cost = Cost(80_000);
    if i % 8 == 7 {
        product.needs = HandlingSet::of(&[Handling::Fragile]);
    }
    product
}

fn entry(product: u32, location: u16) -> Option<StockEntry> {
    let is_warehouse = location == 0;
    let on_hand = match (is_warehouse, product % 6, (product + u32::from(location)) % 3) {
        (true, 5, _) | (false, _, 0) => return None,
        (true, ..) => 60,
        (false, _, rest) => 3 + 2 * rest as i32,
    };
    let sales_per_1000_days = if is_warehouse { 0 } else { 150 };
    let level = StockLevel { on_hand, sales_per_1000_days, age_days: product * 9, ..StockLevel::default() };
    Some(StockEntry { product: ProductId(product), location: LocationId(location), level })
}

/// Ground and express by weight, over eight zones.
pub(crate) fn rates() -> RateBook {
    let service = |code: &str, factor: i64, slowest: u8| Service {
        code: code.into(),
        zones: (1..=8u8).map(|zone| steps(factor, zone, slowest.min(1 + zone / 2))).collect(),
        dimensional: None,
        surcharges: Vec::new(),
        max_longest_mm: None,
        max_length_plus_girth_mm: None,
    };
    RateBook {
        services: vec![service("GROUND", 1, 5), service("EXPRESS", 3, 1)],
        choice: ServiceChoice::InOrder,
        band_upper: [50, 150, 300, 600, 1_000, 1_400, 1_800]
            .map(|miles| Distance::from_tenth_miles(miles * 10))
            .to_vec(),
    }
}

fn steps(factor: i64, zone: u8, transit_days: u8) -> Vec<RateStep> {
    let step = |pounds: i64| RateStep {
        max_weight: Weight(pounds * Weight::POUND),
        rate: Cost(factor * (45_000 + i64::from(zone) * 4_000 + pounds * (3_000 + i64::from(zone) * 1_500))),
        transit_days,
    };
    (1..=40).map(step).collect()
}

/// What five places do for so many generated orders a day.
pub(crate) fn orders(network: &Network, count: u64, per_day: u32) -> Vec<Order> {
    use crate::large::{LargeOrders, LargePlan};
    use crate::orders::Orders;
    let plan =
        LargePlan { orders: count, orders_per_day: per_day, first_day: DAY, seed: 5, pickup_per_mille: 100 };
    let mut source = LargeOrders::new(network, plan);
    let mut orders = Vec::new();
    loop {
        let mut order = Order::empty();
        match source.next(&mut order) {
            Ok(true) => orders.push(order),
            _ => return orders,
        }
    }
}
