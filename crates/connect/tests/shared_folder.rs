//! The bench folders and exports that lie beside a checkout. Skipped where they are absent, unless
//! `BATON_REQUIRE_SHARED=1`.

mod beside;
mod scratch;

use beside::shared;
use connect::files::{Exports, Folder, OlistOptions, Shopify, convert_olist};
use model::{CostPart, Order, ParcelFacts, Weight, Zone};
use std::path::Path;

fn open(path: &Path) -> Folder {
    Folder::open(path).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn bench_folders_are_read_whole() {
    let Some(root) = shared("bench") else { return };
    for (name, locations, products, records, orders) in
        [("n5", 5, 500, 931, 200), ("n25", 25, 2_000, 11_900, 1_000), ("n25t", 25, 2_000, 0, 1_000)]
    {
        let Folder { problem, feeds, .. } = open(&root.join(name));
        let network = &problem.network;
        assert_eq!((network.locations.len(), network.products.len()), (locations, products), "{name}");
        assert!(problem.stock.record_count() >= records / 2, "{name}");
        assert!(problem.unknown_columns.is_empty(), "{:?}", problem.unknown_columns);
        let mut feed = feeds.orders(network).unwrap();
        let mut order = Order::empty();
        let mut count = 0;
        while feed.next(&mut order).unwrap_or_else(|fault| panic!("{fault}")) {
            assert!(
                order.destination.place.is_some() && order.deliver_by.is_some() && !order.lines.is_empty()
            );
            count += 1;
        }
        assert_eq!(count, orders, "{name}");
        assert_eq!((feed.unlocated_count(), feed.bytes_read()), (0, feed.total_bytes()));
        let mut history = feeds.history_orders(network).unwrap().unwrap();
        let mut earlier = 0;
        while history.next(&mut order).unwrap() {
            earlier += 1;
        }
        assert_eq!(earlier, 7 * orders, "{name}");
    }
}

#[test]
fn a_bench_folder_keeps_every_amount() {
    let Some(root) = shared("bench") else { return };
    let problem = open(&root.join("n25")).problem;
    let network = &problem.network;
    assert_eq!(network.settings.split_penalty.decimal(), "1.5000");
    assert!(
        !network.settings.parts.is_on(CostPart::Risk) && network.settings.parts.is_on(CostPart::Markdown)
    );
    let codes: Vec<&str> = network.rates.services.iter().map(|service| service.code.as_str()).collect();
    assert_eq!(codes, ["GROUND", "EXPRESS"]);
    let weighing = |ounces| ParcelFacts { weight: Weight::from_ounces(ounces), ..ParcelFacts::default() };
    let ground = &network.rates.services[0];
    assert_eq!(ground.quote(Zone(1), &weighing(4)).map(|q| q.rate.decimal()).as_deref(), Some("4.3000"));
    assert!(
        ground.quote(Zone(1), &weighing(1_120)).is_some()
            && ground.quote(Zone(1), &weighing(1_121)).is_none()
    );
    let warehouse = network.location(network.location_by_code("W01").unwrap());
    let labor = warehouse.labor;
    assert_eq!((labor.pack_per_parcel + labor.packaging_per_parcel).decimal(), "1.5647");
    assert_eq!(labor.pick_per_unit.decimal(), "0.1481");
}

/// Opens the folder named by BATON_FOLDER and reads its orders, with times: for measuring by hand.
#[test]
#[ignore = "for measuring: BATON_FOLDER=dir cargo test --release -- --ignored --nocapture"]
fn time_a_folder() {
    let dir = std::env::var("BATON_FOLDER").unwrap();
    let start = std::time::Instant::now();
    let Folder { problem, feeds, .. } = open(Path::new(&dir));
    println!(
        "open: {:?}, {} records, {} places",
        start.elapsed(),
        problem.stock.record_count(),
        problem.network.place_count()
    );
    for line in problem.assumptions.iter().chain(&problem.unknown_columns) {
        println!("  {line}");
    }
    let start = std::time::Instant::now();
    let mut feed = feeds.orders(&problem.network).unwrap_or_else(|faults| panic!("{faults}"));
    let mut order = Order::empty();
    let (mut orders, mut lines) = (0, 0);
    while feed.next(&mut order).unwrap_or_else(|fault| panic!("{fault}")) {
        orders += 1;
        lines += order.lines.len();
    }
    println!(
        "orders: {:?}, {orders} orders, {lines} lines, {} unlocated",
        start.elapsed(),
        feed.unlocated_count()
    );
}

#[test]
fn a_real_orders_export_is_joined() {
    let Some(exports) = shared("data/exports/shopify") else { return };
    let dir = scratch::Scratch::new();
    for (from, to) in [
        ("orders_export_devstore_2025-12.csv", "orders.csv"),
        ("inventory_export_2023_layout_devstore.csv", "inventory.csv"),
        ("products/apparel.csv", "products_1.csv"),
        ("products/home-and-garden.csv", "products_2.csv"),
        ("products/jewelery.csv", "products_3.csv"),
    ] {
        dir.write(to, &std::fs::read(exports.join(from)).unwrap());
    }
    dir.write("locations.csv", b"location_id,zip\nShop location,97201\n");
    dir.write("rates.csv", b"service,zone,max_weight_kg,rate,transit_days\nground,1,30,80,3\n");
    let Exports { problem, orders, .. } =
        Shopify::detect(dir.path()).unwrap().open().unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(problem.network.currency.code(), "INR");
    assert_eq!(problem.stock.record_count(), 67);
    let lines: usize = orders.iter().map(|order| order.lines.len()).sum();
    println!("{} orders, {lines} lines: {:#?}", orders.len(), problem.assumptions);
    assert!(orders.windows(2).all(|pair| pair[0].placed_at <= pair[1].placed_at));
    assert_eq!((orders.len(), lines), (51, 121));
}

#[test]
fn the_olist_history_becomes_a_folder() {
    let Some(olist) = shared("data") else { return };
    let dir = scratch::Scratch::new();
    let summary = convert_olist(&olist, dir.path(), OlistOptions::default())
        .unwrap_or_else(|faults| panic!("{faults}"));
    println!("{summary:?}");
    let Folder { problem, feeds, past } = open(dir.path());
    let network = &problem.network;
    assert_eq!((network.locations.len(), network.currency.code()), (25, "BRL"));
    assert_eq!((problem.unknown_columns.len(), problem.stock.record_count()), (0, summary.stock_records));
    let actuals = past.actuals(network).unwrap().unwrap();
    let mut feed = feeds.orders(network).unwrap();
    let mut order = Order::empty();
    let mut count = 0;
    while feed.next(&mut order).unwrap_or_else(|fault| panic!("{fault}")) {
        assert_eq!(actuals.of(&order.id).len(), order.lines.len());
        count += 1;
    }
    assert_eq!((count, feed.unlocated_count()), (summary.orders, 0));
    assert!(count > 40_000);
    for zone in &network.rates.services[0].zones {
        assert!(zone.windows(2).all(|pair| pair[0].rate <= pair[1].rate));
    }
    println!("{:#?}", problem.assumptions);
    println!("{}", std::fs::read_to_string(dir.path().join("rates.csv")).unwrap());
    println!("{}", std::fs::read_to_string(dir.path().join("MAPPING.md")).unwrap());
}
