//! A published example: eight pounds as one parcel cost 22.56, as 4.8 and 3.2 pounds 15.91.

use engine::decide;
use model::{
    Cost, Currency, Destination, Distance, Location, LocationKind, Network, NetworkParts, Order, OrderLine,
    Product, ProductId, RateBook, RateStep, RuleSet, Service, ServiceChoice, Settings, Stock, StockEntry,
    StockLevel, Timestamp, Weight, Zone,
};

const PER_POUND: [i64; 8] = [51_200, 60_300, 70_100, 77_800, 81_300, 140_000, 180_000, 225_600];

fn network() -> Network {
    let step = |(pounds, &rate): (usize, &i64)| RateStep {
        max_weight: Weight((pounds as i64 + 1) * Weight::POUND),
        rate: Cost(rate),
        transit_days: 2,
    };
    let service = Service {
        code: "GROUND".into(),
        zones: vec![PER_POUND.iter().enumerate().map(step).collect()],
        dimensional: None,
        surcharges: Vec::new(),
        max_longest_mm: None,
        max_length_plus_girth_mm: None,
    };
    let mut product = Product::new("BOOK");
    product.weight = Weight(Weight::POUND * 16 / 10);
    let rates = RateBook { services: vec![service], choice: ServiceChoice::Cheapest, band_upper: Vec::new() };
    let mut network = Network::new(NetworkParts {
        currency: Currency::USD,
        locations: vec![Location::new("depot", LocationKind::Warehouse)],
        products: vec![product],
        rates,
        settings: Settings { split_penalty: Cost::ZERO, ..Settings::default() },
    });
    network.add_place("97201", None, &[(Zone(1), Distance(10_000))]);
    network
}

#[test]
fn eight_pounds_go_as_two_parcels_where_the_rates_leap() {
    let network = network();
    let level = StockLevel { on_hand: 40, ..StockLevel::default() };
    let entry =
        StockEntry { product: ProductId(0), location: network.location_by_code("depot").unwrap(), level };
    let now = Timestamp(0);
    let stock = Stock::new(&network, vec![entry], now.utc_day());
    let line =
        OrderLine { number: 1, product: ProductId(0), quantity: 5, unit_price: Cost::ZERO, when_short: None };
    let destination = Destination { place: network.place("97201"), ..Destination::default() };
    let order = Order { lines: vec![line], destination, ..Order::empty() };
    let decision = decide(&network, &stock, &RuleSet::default(), &order, now);
    let mut units: Vec<u32> = decision.placements.iter().map(|placement| placement.quantity).collect();
    units.sort_unstable();
    assert_eq!((decision.landed_cost(), units), (Cost(159_100), vec![2, 3]));
}
