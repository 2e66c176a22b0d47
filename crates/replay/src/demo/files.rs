//! The demonstration as the files of a Baton folder.

use super::{Demo, DemoOrder, TIME_ZONE, clock, sites};
use model::{Day, Lane, WallClock};
use std::fmt::Write as _;

const MANIFEST: &str = r#"{
  "format": "baton-1",
  "name": "Coffee and home, a demonstration",
  "currency": "USD",
  "split_penalty_usd_per_extra_parcel": 1.5,
  "zone_band_upper_miles": [50, 150, 300, 600, 1000, 1400, 1800],
  "parcel_max_weight_oz": 1120
}
"#;

fn settings() -> String {
    format!(
        "# The office is beside the warehouse.\ntime_zone = \"{TIME_ZONE}\"\n\
         # A parcel may be late, at this price a day.\nlateness_per_day = 3.0\nreplenish_days = 7\n"
    )
}

pub(super) const NAMES: [&str; 10] = [
    "manifest.json",
    "settings.toml",
    "locations.csv",
    "products.csv",
    "inventory.csv",
    "rates.csv",
    "orders.csv",
    "order_lines.csv",
    "receipts.csv",
    "actuals.csv",
];

pub(super) fn all(demo: &Demo) -> Vec<(String, String)> {
    let contents = [
        MANIFEST.to_owned(),
        settings(),
        locations(demo),
        products(demo),
        inventory(demo),
        rates(),
        orders(demo),
        order_lines(demo),
        receipts(demo),
        actuals(demo),
    ];
    NAMES.map(str::to_owned).into_iter().zip(contents).collect()
}

/// A table that is written row by row.
struct Csv {
    text: String,
}

impl Csv {
    fn new(header: &str) -> Csv {
        Csv { text: format!("{header}\n") }
    }

    fn row(&mut self, cells: &[&dyn std::fmt::Display]) {
        for (i, cell) in cells.iter().enumerate() {
            let separator = if i == 0 { "" } else { "," };
            let cell = cell.to_string();
            let is_plain = !cell.contains([',', '"', '\n']);
            let quoted = if is_plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) };
            // Writing to a string does not fail.
            let _ = write!(self.text, "{separator}{quoted}");
        }
        self.text.push('\n');
    }
}

fn usd(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// In 1/10,000 of a dollar.
fn usd_e4(value: i64) -> String {
    format!("{}.{:04}", value / 10_000, value % 10_000)
}

fn degrees(e4: i32) -> String {
    let sign = if e4 < 0 { "-" } else { "" };
    format!("{sign}{}.{:04}", e4.unsigned_abs() / 10_000, e4.unsigned_abs() % 10_000)
}

fn tenths(value: i64) -> String {
    format!("{}.{}", value / 10, value % 10)
}

fn locations(demo: &Demo) -> String {
    let mut csv = Csv::new(
        "location_id,name,type,store_class,city,state,zip,lat_deg,lon_deg,ships_online,can_ship_fragile,can_ship_hazmat,\
         can_ship_oversize,handling_days,capacity_parcels_per_day,time_zone,hours,cutoffs,holidays,lanes,pickup_minutes,\
         wage_usd_per_hour,pick_minutes_per_unit,pack_minutes_per_parcel,packaging_usd_per_parcel,\
         handling_usd_per_parcel,pick_usd_per_unit,record_accuracy",
    );
    for site in &demo.sites {
        let kind = if site.is_warehouse { "warehouse" } else { "store" };
        let class = if site.is_warehouse { "" } else { "city" };
        // Cents an hour × tenths of a minute ÷ 600, in 1/10,000 of a dollar.
        let work = |tenths: i64| site.wage_cents * tenths * 100 / 600;
        let handling = work(site.pack_tenths) + site.packaging_cents * 100;
        csv.row(&[
            &site.code,
            &site.name,
            &kind,
            &class,
            &site.city,
            &site.state,
            &site.zip,
            &degrees(site.point.lat_e4),
            &degrees(site.point.lon_e4),
            &1,
            &u8::from(site.ships_fragile),
            &0,
            &u8::from(site.ships_oversized),
            &0,
            &site.capacity,
            &site.time_zone,
            &site.hours,
            &site.cutoffs,
            &sites::HOLIDAYS,
            &site.lanes,
            &site.pickup_minutes,
            &usd(site.wage_cents),
            &tenths(site.pick_tenths),
            &tenths(site.pack_tenths),
            &usd(site.packaging_cents),
            &usd_e4(handling),
            &usd_e4(work(site.pick_tenths)),
            &format!("0.{:02}", site.accuracy_percent),
        ]);
    }
    csv.text
}

fn products(demo: &Demo) -> String {
    let mut csv = Csv::new(
        "sku,name,category,handling_class,weight_oz,price_usd,gross_margin_usd,cancel_penalty_usd_per_unit,\
         length_mm,width_mm,height_mm",
    );
    for good in &demo.goods {
        let [length, width, height] = good.sides_mm;
        csv.row(&[
            &good.sku,
            &good.name,
            &good.category,
            &good.handling,
            &good.weight_oz,
            &usd(good.price_cents),
            &usd(good.margin_cents),
            // The margin, and five dollars for the disappointment.
            &usd(good.margin_cents + 500),
            &length,
            &width,
            &height,
        ]);
    }
    csv.text
}

fn inventory(demo: &Demo) -> String {
    let mut csv = Csv::new("location_id,sku,on_hand_units,safety_stock,sales_per_day,age_days,next_receipt");
    for shelf in &demo.shelves {
        let sales = shelf.sales_per_1000_days;
        csv.row(&[
            &demo.sites[shelf.site].code,
            &demo.goods[shelf.good].sku,
            &shelf.on_hand,
            &shelf.safety_stock,
            &format!("{}.{:03}", sales / 1_000, sales % 1_000),
            &shelf.age_days,
            &shelf.next_receipt,
        ]);
    }
    csv.text
}

/// Four ounces and one pound by zone, and each further pound up to ten, in cents; beyond ten pounds 60 % of it.
/// Shaped like a parcel tariff, but none: ground rises by zone, express is 1.6 times ground and $3.50.
const FOUR_OUNCES: [i64; 8] = [430, 440, 460, 485, 515, 540, 570, 610];
const ONE_POUND: [i64; 8] = [635, 655, 685, 735, 805, 855, 915, 995];
const PER_POUND: [i64; 8] = [55, 65, 90, 130, 185, 215, 250, 290];
const GROUND_DAYS: [u8; 8] = [1, 2, 2, 3, 4, 4, 5, 5];
const EXPRESS_DAYS: [u8; 8] = [1, 1, 1, 2, 2, 2, 2, 2];

fn rates() -> String {
    let mut csv = Csv::new("service,zone,max_weight_oz,rate_usd,transit_days");
    for (zone, days) in GROUND_DAYS.iter().enumerate() {
        for (ounces, rate) in ground(zone) {
            csv.row(&[&"GROUND", &(zone + 1), &ounces, &usd_e4(rate), days]);
        }
    }
    for (zone, days) in EXPRESS_DAYS.iter().enumerate() {
        for (ounces, rate) in ground(zone) {
            csv.row(&[&"EXPRESS", &(zone + 1), &ounces, &usd_e4(rate * 16 / 10 + 35_000), days]);
        }
    }
    csv.text
}

/// Steps in ounces with their rate in 1/10,000 of a dollar.
fn ground(zone: usize) -> Vec<(i64, i64)> {
    let (light, pound, further) = (FOUR_OUNCES[zone] * 100, ONE_POUND[zone] * 100, PER_POUND[zone] * 100);
    let between = |percent: i64| light + (pound - light) * percent / 100;
    let mut steps = vec![(4, light), (8, between(35)), (12, between(70)), (16, pound)];
    for pounds in 2..=70 {
        let beyond = further * 6 / 10 * (pounds - 10).max(0);
        steps.push((16 * pounds, pound + further * (pounds.min(10) - 1) + beyond));
    }
    steps
}

fn orders(demo: &Demo) -> String {
    let mut csv = Csv::new(
        "order_id,day,placed_minute,placed_at,promise_days,deliver_by,dest_zip,dest_zip3,dest_state,dest_lat_deg,\
         dest_lon_deg,residential,lane,pickup_at,channel,service",
    );
    let clock = clock();
    for (i, order) in demo.orders.iter().enumerate() {
        let day = Day(demo.plan.first_day.0 + i32::from(order.day));
        let pickup_at = order.pickup_at.map_or("", |site| demo.sites[site].code);
        let deliver_by = Day(day.0 + i32::from(order.promise_days));
        csv.row(&[
            &order.id,
            &order.day,
            &order.minute,
            &placed_at(&clock, day, order),
            &order.promise_days,
            &deliver_by,
            &demo.postal(i),
            &format!("{:03}", order.zip3),
            &order.state,
            &degrees(order.point.lat_e4),
            &degrees(order.point.lon_e4),
            &u8::from(order.lane != Lane::Pickup),
            &order.lane.code(),
            &pickup_at,
            &order.channel,
            &order.service,
        ]);
    }
    csv.text
}

/// `2026-08-03T09:12:00-04:00`.
fn placed_at(clock: &WallClock, day: Day, order: &DemoOrder) -> String {
    clock.show(clock.instant(day, i64::from(order.minute))).to_string()
}

fn order_lines(demo: &Demo) -> String {
    let mut csv = Csv::new("order_id,line,sku,qty,unit_price_usd");
    for order in &demo.orders {
        for (i, line) in order.lines.iter().enumerate() {
            let good = &demo.goods[line.good];
            csv.row(&[&order.id, &(i + 1), &good.sku, &line.units, &usd(good.price_cents)]);
        }
    }
    csv.text
}

fn receipts(demo: &Demo) -> String {
    let mut csv = Csv::new("day,location_id,sku,units");
    for receipt in &demo.receipts {
        let (site, good) = (&demo.sites[receipt.site], &demo.goods[receipt.good]);
        csv.row(&[&receipt.day, &site.code, &good.sku, &receipt.units]);
    }
    csv.text
}

fn actuals(demo: &Demo) -> String {
    let mut csv = Csv::new("order_id,line,sku,qty,location_id");
    for sent in &demo.actuals {
        let (order, good) = (&demo.orders[sent.order], &demo.goods[sent.good]);
        csv.row(&[&order.id, &sent.line, &good.sku, &sent.units, &demo.sites[sent.site].code]);
    }
    csv.text
}
