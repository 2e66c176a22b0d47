//! The demonstration replayed: what its people did by hand against the lowest cost and the usual policies.
//! Builds the network from the demonstration's rows, as a reader of its files would.

use model::{
    BasisPoints, Calendar, Cost, Currency, Day, Destination, Dimensions, Distance, Handling, HandlingSet,
    Hours, Labor, Lane, Lanes, Lateness, Location, LocationKind, Network, NetworkParts, Order, OrderLine,
    Product, RateBook, RateStep, RuleSet, Service, ServiceChoice, Settings, Stock, StockEntry, StockLevel,
    Weight, Window,
};
use replay::demo::{DemoOrder, Good, Site, clock};
use replay::orders::ListedOrders;
use replay::{
    ActualBook, Assigned, Baseline, Demo, DemoPlan, Listeners, Policy, Receipt, ReplayPlan, Replenish,
    Report, Sampling, ZipPoint,
};
use std::num::NonZeroU32;

const ZIPS: [ZipPoint; 13] = [
    (21, 423_600, -710_600),
    (112, 406_500, -739_500),
    (191, 399_500, -751_600),
    (303, 337_500, -843_900),
    (331, 257_600, -802_000),
    (432, 399_600, -830_000),
    (606, 418_800, -876_300),
    (770, 297_600, -953_700),
    (787, 302_700, -977_400),
    (802, 397_400, -1_049_900),
    (900, 340_500, -1_182_400),
    (972, 455_200, -1_226_800),
    (981, 476_100, -1_223_300),
];

fn location(site: &Site, plan: &DemoPlan) -> Location {
    let kind = if site.is_warehouse { LocationKind::Warehouse } else { LocationKind::Store };
    let mut place = Location::new(site.code, kind);
    let windows = site.cutoffs.split(';').map(|time| {
        let (hour, minute) = time.split_once(':').expect("HH:MM");
        let cutoff_minute =
            hour.parse::<u16>().expect("an hour") * 60 + minute.parse::<u16>().expect("minutes");
        Window { cutoff_minute, capacity_parcels: None }
    });
    place.hours = Hours {
        expression: site.hours.to_owned(),
        zone: site.time_zone.to_owned(),
        holidays: vec![Day::from_iso("2026-09-07").expect("a day")],
        windows: windows.collect(),
    };
    let last = Day(plan.first_day.0 + i32::from(plan.days) + 30);
    place.calendar = Calendar::compile(&place.hours, plan.first_day, last).expect("hours that can be read");
    place.point = Some(site.point);
    let lanes: Vec<Lane> = site.lanes.split(';').filter_map(Lane::from_code).collect();
    place.lanes = Lanes::of(&lanes);
    place.capacity_parcels_per_day = Some(site.capacity);
    let work = |tenths: i64| Cost(site.wage_cents * tenths * 100 / 600);
    place.labor = Labor {
        wage_per_hour: Cost(site.wage_cents * 100),
        pack_per_parcel: work(site.pack_tenths),
        pick_per_unit: work(site.pick_tenths),
        packaging_per_parcel: Cost(site.packaging_cents * 100),
        pack_seconds_per_parcel: site.pack_tenths as u32 * 6,
        pick_seconds_per_unit: site.pick_tenths as u32 * 6,
    };
    place.accuracy = Some(BasisPoints(u16::from(site.accuracy_percent) * 100));
    let able = [(Handling::Fragile, site.ships_fragile), (Handling::Oversized, site.ships_oversized)];
    let able: Vec<Handling> =
        able.into_iter().filter(|(_, is_able)| *is_able).map(|(need, _)| need).collect();
    place.certified = HandlingSet::of(&able);
    place
}

fn product(good: &Good) -> Product {
    let [length, width, height] = good.sides_mm;
    let needs: Vec<Handling> = Handling::from_code(good.handling).into_iter().collect();
    Product {
        category: good.category.to_owned(),
        needs: HandlingSet::of(&needs),
        weight: Weight::from_ounces(good.weight_oz),
        dimensions: Dimensions::new(length, width, height),
        price: Cost(good.price_cents * 100),
        gross_margin: Cost(good.margin_cents * 100),
        unfilled_cost: Cost(good.margin_cents * 100 + 50_000),
        ..Product::new(&good.sku)
    }
}

fn rates(demo: &Demo) -> RateBook {
    let files = demo.files();
    let (_, text) = files.iter().find(|(name, _)| name == "rates.csv").expect("rates");
    let mut services: Vec<Service> = Vec::new();
    for row in text.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        if services.last().is_none_or(|service| service.code != cells[0]) {
            services.push(Service {
                code: cells[0].to_owned(),
                zones: vec![Vec::new(); 8],
                dimensional: None,
                surcharges: Vec::new(),
                max_longest_mm: None,
                max_length_plus_girth_mm: None,
            });
        }
        let zone: usize = cells[1].parse().expect("a zone");
        let step = RateStep {
            max_weight: Weight::from_ounces(cells[2].parse().expect("ounces")),
            rate: Cost::from_decimal(cells[3]).expect("an amount"),
            transit_days: cells[4].parse().expect("days"),
        };
        services.last_mut().expect("a service").zones[zone - 1].push(step);
    }
    let bands = [50, 150, 300, 600, 1_000, 1_400, 1_800];
    RateBook {
        services,
        choice: ServiceChoice::InOrder,
        band_upper: bands.map(|miles| Distance::from_tenth_miles(miles * 10)).to_vec(),
    }
}

fn network(demo: &Demo) -> Network {
    Network::new(NetworkParts {
        currency: Currency::USD,
        locations: demo.sites.iter().map(|site| location(site, &demo.plan)).collect(),
        products: demo.goods.iter().map(product).collect(),
        rates: rates(demo),
        settings: Settings {
            clock: clock(),
            lateness: Lateness::Priced { per_day: Cost(30_000) },
            ..Settings::default()
        },
    })
}

fn stock(demo: &Demo, network: &Network) -> Stock {
    let entry = |shelf: &replay::demo::Shelf| StockEntry {
        product: network.product_by_sku(&demo.goods[shelf.good].sku).expect("a known SKU"),
        location: network.location_by_code(demo.sites[shelf.site].code).expect("a known place"),
        level: StockLevel {
            on_hand: shelf.on_hand as i32,
            safety_stock: shelf.safety_stock as i32,
            age_days: shelf.age_days,
            sales_per_1000_days: shelf.sales_per_1000_days,
            next_receipt: Some(shelf.next_receipt),
            ..StockLevel::default()
        },
    };
    Stock::new(network, demo.shelves.iter().map(entry).collect(), demo.plan.first_day)
}

fn order(demo: &Demo, network: &Network, row: &DemoOrder) -> Order {
    let day = Day(demo.plan.first_day.0 + i32::from(row.day));
    let line = |(i, line): (usize, &replay::demo::DemoLine)| OrderLine {
        number: i as u32 + 1,
        product: network.product_by_sku(&demo.goods[line.good].sku).expect("a known SKU"),
        quantity: line.units,
        unit_price: Cost(demo.goods[line.good].price_cents * 100),
        when_short: None,
    };
    Order {
        id: row.id.clone(),
        lane: row.lane,
        placed_at: network.settings.clock.instant(day, i64::from(row.minute)),
        deliver_by: Some(Day(day.0 + i32::from(row.promise_days))),
        destination: Destination {
            point: Some(row.point),
            region: row.state.to_owned(),
            ..Destination::default()
        },
        pickup_at: row.pickup_at.and_then(|site| network.location_by_code(demo.sites[site].code)),
        lines: row.lines.iter().enumerate().map(line).collect(),
        ..Order::empty()
    }
}

fn receipts(demo: &Demo, network: &Network) -> Replenish {
    let receipt = |row: &replay::demo::DemoReceipt| Receipt {
        day: row.day,
        location: network.location_by_code(demo.sites[row.site].code).expect("a known place"),
        product: network.product_by_sku(&demo.goods[row.good].sku).expect("a known SKU"),
        units: row.units,
    };
    Replenish::Daily(demo.receipts.iter().map(receipt).collect())
}

fn book(demo: &Demo, network: &Network) -> ActualBook {
    let mut book = ActualBook::default();
    demo.orders.iter().for_each(|order| book.add_unfilled(&order.id));
    for row in &demo.actuals {
        let location = network.location_by_code(demo.sites[row.site].code).expect("a known place");
        let assigned = Assigned { line: u32::from(row.line), location, quantity: row.units };
        book.add(&demo.orders[row.order].id, assigned);
    }
    book
}

fn show(report: &Report) {
    for variant in &report.variants {
        println!("{}: {:?} {:?}", variant.name, variant.tally.outcomes, variant.figures);
        println!("  {:?} beyond records {}", variant.tally.reasons, variant.units_beyond_records);
        println!("  {:?}", variant.tally.lanes);
    }
    for comparison in &report.comparisons {
        println!("{} moved, {:?}", comparison.moved.orders, comparison.cost_per_order);
        println!("  with unfilled {:?}", comparison.cost_with_unfilled);
        println!("  {} both placed {:?}", comparison.both_placed_orders, comparison.cost_both_placed);
    }
}

/// By hand, lowest cost, warehouse first, nearest with two.
fn run(replenish: &Replenish, (demo, network): (&Demo, &Network)) -> Report {
    let (stock, book) = (stock(demo, network), book(demo, network));
    let orders: Vec<Order> = demo.orders.iter().map(|row| order(demo, network, row)).collect();
    let cost = RuleSet { name: "Lowest cost".to_owned(), ..RuleSet::default() };
    let warehouse = Baseline::WarehouseFirst.rule_set(network);
    let nearest = Baseline::NearestWithTwo.rule_set(network);
    let plan = ReplayPlan {
        audit: NonZeroU32::new(10).map(|every| Sampling { every }),
        ..ReplayPlan::new(network, &stock, replenish)
    };
    let plan = plan
        .with("by hand", Policy::Actual(&book))
        .with("lowest cost", Policy::Rules(&cost))
        .with("warehouse first", Policy::Rules(&warehouse))
        .with("nearest with two", Policy::Rules(&nearest));
    let report =
        replay::replay(&plan, &mut ListedOrders::new(&orders), Listeners::default()).expect("a report");
    show(&report);
    report
}

#[test]
fn what_was_done_by_hand_is_what_the_books_say_and_what_warehouse_first_would_do() {
    let demo = Demo::build(&DemoPlan::default(), &ZIPS);
    let network = network(&demo);
    let report = run(&receipts(&demo, &network), (&demo, &network));
    assert_eq!(report.receipts_left_out, 0);
    let [by_hand, _, warehouse, _] = report.variants.as_slice() else { panic!("four variants") };
    // To the last unit.
    assert_eq!((by_hand.units_beyond_records, by_hand.orders_without_actual), (0, 0));
    let sent: u64 = demo.actuals.iter().map(|row| u64::from(row.units)).sum();
    assert_eq!(by_hand.tally.units_placed, sent);
    // Two ways to the same policy: given places priced, and the engine's own decisions.
    assert_eq!(by_hand.tally.units_placed, warehouse.tally.units_placed);
    let apart = (by_hand.tally.landed_cost() - warehouse.tally.landed_cost()).0.abs();
    assert!(apart * 100 < by_hand.tally.landed_cost().0, "{apart}");
    assert!(report.variants.iter().all(|variant| variant.findings.fatal == 0));
}

#[test]
fn where_pickups_meet_emptier_shelves_the_saving_per_order_is_not_the_whole_truth() {
    let demo = Demo::build(&DemoPlan::default(), &ZIPS);
    let network = network(&demo);
    let report = run(&receipts(&demo, &network), (&demo, &network));
    let lowest = &report.comparisons[0];
    assert!(lowest.cost_per_order.is_clear() && lowest.cost_per_order.estimate < Cost::ZERO);
    assert!(lowest.cost_both_placed.is_clear() && lowest.cost_both_placed.estimate < Cost::ZERO);
    // History's pickups were placed because the shelf was full then.
    assert!(lowest.only_base_placed > lowest.only_other_placed);
    assert!(lowest.cost_with_unfilled.is_clear() && lowest.cost_with_unfilled.estimate > Cost::ZERO);
}

#[test]
fn with_shelves_that_are_restored_every_week_the_lowest_cost_is_the_lowest() {
    let demo = Demo::build(&DemoPlan::default(), &ZIPS);
    let network = network(&demo);
    let report = run(&Replenish::ToStart { every_days: 7 }, (&demo, &network));
    let [_, lowest, warehouse, nearest] = report.variants.as_slice() else { panic!("four variants") };
    let whole = |variant: &replay::VariantReport| variant.tally.cost_with_unfilled();
    assert!(whole(lowest) < whole(warehouse) && whole(lowest) < whole(nearest));
    assert!(lowest.figures.promise_kept_rate > warehouse.figures.promise_kept_rate);
    assert!(lowest.figures.unit_fill_rate > 0.97);
}
