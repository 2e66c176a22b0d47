//! The demonstration's promises.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// Some prefixes, coordinates to a tenth of a degree.
const ZIPS: [ZipPoint; 14] = [
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
    (967, 213_000, -1_578_500),
    (972, 455_200, -1_226_800),
    (981, 476_100, -1_223_300),
];

fn small() -> Demo {
    Demo::build(&DemoPlan { orders: 1_500, ..DemoPlan::default() }, &ZIPS)
}

fn file<'f>(files: &'f [(String, String)], name: &str) -> &'f str {
    &files.iter().find(|(known, _)| known == name).unwrap().1
}

#[test]
fn the_same_plan_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(small().files(), small().files());
    let other = Demo::build(&DemoPlan { seed: 2, orders: 1_500, ..DemoPlan::default() }, &ZIPS);
    assert_ne!(small().files(), other.files());
}

#[test]
fn it_is_a_retailer_of_five_places_300_goods_and_90_days() {
    let demo = Demo::build(&DemoPlan::default(), &ZIPS);
    assert_eq!((demo.sites.len(), demo.goods.len(), demo.orders.len()), (5, 300, 6_000));
    let skus: BTreeSet<&str> = demo.goods.iter().map(|good| good.sku.as_str()).collect();
    assert_eq!(skus.len(), 300);
    assert_eq!(demo.orders.iter().map(|order| order.day).collect::<BTreeSet<_>>().len(), 90);
    let of = |lane: Lane| demo.orders.iter().filter(|order| order.lane == lane).count();
    assert!(of(Lane::Ship) > 4_000 && of(Lane::Pickup) > 200 && of(Lane::LocalDelivery) > 30);
    let handling = |class: &str| demo.goods.iter().filter(|good| good.handling == class).count();
    assert_eq!((handling("fragile"), handling("oversize")), (98, 24));
    assert!(demo.goods.iter().all(|good| good.popularity > 0));
}

#[test]
fn orders_come_in_time_order_from_the_states_that_are_served() {
    let demo = small();
    assert!(demo.orders.is_sorted_by_key(|order| (order.day, order.minute)));
    assert!(demo.orders.iter().all(|order| !order.state.is_empty() && order.zip3 != 967));
    assert!(demo.orders.iter().all(|order| (order.lane == Lane::Pickup) == order.pickup_at.is_some()));
    assert!(demo.orders.iter().all(|order| !order.lines.is_empty()));
}

#[test]
fn what_was_sent_was_there_and_never_more_than_ordered() {
    let demo = small();
    let mut stock: BTreeMap<(usize, usize), i64> =
        demo.shelves.iter().map(|shelf| ((shelf.site, shelf.good), i64::from(shelf.on_hand))).collect();
    let mut sent = demo.actuals.iter().peekable();
    let mut receipts = demo.receipts.iter().peekable();
    let mut unsent = 0;
    for (position, order) in demo.orders.iter().enumerate() {
        let today = Day(demo.plan.first_day.0 + i32::from(order.day));
        while let Some(receipt) = receipts.next_if(|receipt| receipt.day <= today) {
            *stock.get_mut(&(receipt.site, receipt.good)).unwrap() += i64::from(receipt.units);
        }
        let mut left: Vec<u32> = order.lines.iter().map(|line| line.units).collect();
        while let Some(actual) = sent.next_if(|actual| actual.order == position) {
            left[usize::from(actual.line) - 1] -= actual.units;
            let level = stock.get_mut(&(actual.site, actual.good)).unwrap();
            *level -= i64::from(actual.units);
            assert!(*level >= 0, "{} sent what was not there", order.id);
        }
        unsent += left.iter().sum::<u32>();
    }
    assert!(sent.next().is_none());
    let units: u32 = demo.orders.iter().flat_map(|order| &order.lines).map(|line| line.units).sum();
    assert!(unsent > 0 && unsent * 10 < units, "{unsent} of {units} not sent");
}

#[test]
fn pickups_leave_the_chosen_store_and_bulky_goods_only_certified_places() {
    let demo = small();
    for actual in &demo.actuals {
        let order = &demo.orders[actual.order];
        assert!(order.pickup_at.is_none_or(|site| site == actual.site));
        let (site, good) = (&demo.sites[actual.site], &demo.goods[actual.good]);
        let is_allowed = match good.handling {
            "oversize" => site.ships_oversized && order.lane == Lane::Ship,
            "fragile" => site.ships_fragile,
            _ => true,
        };
        assert!(is_allowed, "{} from {}", good.sku, site.code);
    }
    assert!(
        demo.actuals.iter().any(|actual| actual.site > 0 && demo.orders[actual.order].lane == Lane::Ship)
    );
}

#[test]
fn stock_has_gaps_ages_and_counter_sales() {
    let demo = small();
    let count = |test: &dyn Fn(&Shelf) -> bool| demo.shelves.iter().filter(|shelf| test(shelf)).count();
    let all = demo.shelves.len();
    assert!((900..1_300).contains(&all), "{all}");
    assert!((all / 30..all / 8).contains(&count(&|shelf| shelf.on_hand == 0)));
    assert!((all / 20..all / 5).contains(&count(&|shelf| shelf.age_days >= 90)));
    assert!(count(&|shelf| shelf.sales_per_1000_days > 0) > all / 2);
    assert!(demo.shelves.iter().all(|shelf| {
        (1..=7).contains(&(shelf.next_receipt.0 - demo.plan.first_day.0))
            && shelf.next_receipt.weekday() == demo.sites[shelf.site].delivery_weekday
    }));
}

#[test]
fn every_file_has_as_many_cells_in_every_row_as_in_its_header() {
    let files = small().files();
    assert_eq!(files.len(), 10);
    for (name, contents) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let mut rows = contents.lines();
        let width = rows.next().unwrap().split(',').count();
        assert!(contents.lines().count() > 1, "{name}");
        for row in rows {
            // A comma inside quotes does not separate.
            let outside: String = row.split('"').step_by(2).collect();
            assert_eq!(outside.matches(',').count() + 1, width, "{name}: {row}");
        }
    }
}

#[test]
fn rows_are_written_as_the_formats_say() {
    let files = small().files();
    let places = file(&files, "locations.csv");
    assert!(places.contains(
        "\nPEARL,Pearl District,store,city,Portland,OR,97209,45.5311,-122.6838,1,1,0,0,0,60,America/Los_Angeles,"
    ));
    assert!(places.contains(",19.50,1.8,4.0,0.90,2.2000,0.5850,0.95\n"), "{places}");
    let orders = file(&files, "orders.csv");
    assert!(orders.lines().nth(1).unwrap().starts_with("D00001,0,"));
    assert!(orders.contains("-04:00,"));
    assert!(file(&files, "inventory.csv").contains(",2026-08-"));
    assert!(file(&files, "rates.csv").contains("\nEXPRESS,1,16,13.6600,1\n"));
    assert!(
        file(&files, "products.csv")
            .lines()
            .any(|row| row.starts_with("COF-01A,\"Huehuetenango coffee, 12 oz\","))
    );
}

#[test]
fn hours_and_time_zones_of_the_places_can_be_read() {
    for site in small().sites {
        let hours = model::Hours {
            expression: site.hours.into(),
            zone: site.time_zone.into(),
            ..model::Hours::default()
        };
        let calendar = model::Calendar::compile(&hours, Day(20_668), Day(20_675)).unwrap();
        assert!(calendar.open_span_at_or_after(Day(20_668).start_utc()).is_some(), "{}", site.code);
    }
}

#[test]
fn without_destinations_there_are_no_orders() {
    let demo = Demo::build(&DemoPlan::default(), &[]);
    assert!(demo.orders.is_empty() && !demo.shelves.is_empty());
}
