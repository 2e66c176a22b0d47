//! Parsers of files: a small retailer's files, of which one is replaced by the bytes to be tried.
//!
//! Owns: the good files and the scratch folders. Refuses to know: what a reader makes of them.

use connect::files::{Exports, Folder, OlistOptions, Past, Shopify, convert_olist};
use engine::Router;
use engine::rules::cost_only;
use model::{Network, Order, Stock};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Orders that are decided after one reading; more would only slow the fuzzing down.
const DECIDED: usize = 20;

/// Without `services.csv` and `surcharges.csv`: they would refuse most of the rates that are tried, because
/// those have no services of these names.
const FOLDER: [(&str, &str); 12] = [
    ("manifest.json", r#"{"format": "baton-1", "currency": "USD"}"#),
    ("settings.toml", "search_limit = 5000\n"),
    (
        "locations.csv",
        "location_id,type,zip,lanes,time_zone,hours,cutoffs\n\
         mall,store,97201,ship;pickup,America/Los_Angeles,Mo-Su 09:00-18:00,13:00;17:00\n\
         depot,warehouse,97005,ship,,,\n",
    ),
    (
        "products.csv",
        "sku,weight_oz,price_usd,cost_usd,components\nMUG,12,9.50,4,\nTEE,6,20,8,\nSET,18,28,12,MUG*1;TEE*1\n",
    ),
    ("inventory.csv", "location_id,sku,on_hand_units\nmall,MUG,2\ndepot,MUG,5\ndepot,TEE,1\n"),
    (
        "rates.csv",
        "service,zone,max_weight_oz,rate_usd,transit_days\n\
         ground,1,16,4.50,2\nground,1,160,9.00,2\nground,2,16,6.50,3\nground,2,160,14.00,3\n\
         ground,3,160,16.00,4\nground,4,160,17.00,4\nground,5,160,18.00,5\nground,6,160,19.00,5\n\
         ground,7,160,20.00,5\nground,8,160,21.00,5\n",
    ),
    ("zone_pairs.csv", "origin_zip3,dest_zip3,zone\n972,021,7\n970,021,8\n"),
    (
        "zones.csv",
        "location_id,dest_zip3,distance_miles,zone\nmall,972,3.5,1\ndepot,972,9,1\nmall,021,2540,8\n",
    ),
    (
        "orders.csv",
        "order_id,placed_at,promise_days,dest_zip\nO1,2026-11-24T09:30:00Z,4,97201\nO2,2026-11-24 10:00,6,02139\n",
    ),
    ("order_lines.csv", "order_id,line,sku,qty\nO1,1,MUG,2\nO1,2,TEE,1\nO2,1,SET,1\n"),
    ("receipts.csv", "day,location_id,sku,units\n2026-11-25,mall,MUG,4\n"),
    ("actuals.csv", "order_id,line,sku,qty,location_id\nO1,1,MUG,2,mall\nO1,2,TEE,1,depot\n"),
];

const EXPORTS: [(&str, &str); 6] = [
    (
        "locations.csv",
        "location_id,type,zip,lanes\nMain St,store,97201,ship;pickup\nDepot,warehouse,02139,ship\n",
    ),
    (
        "orders_export.csv",
        "Name,Currency,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Zip,Shipping Country\n\
         #1001,USD,Standard,2025-12-06 10:37:33 -0500,1,Mug - Blue,9.50,MUG-B,'97201,US\n",
    ),
    (
        "inventory_export.csv",
        "Handle,Title,Option1 Name,Option1 Value,SKU,Location,Available,On hand\nmug,Mug,Color,Blue,MUG-B,Main St,3,3\n",
    ),
    (
        "products_export.csv",
        "Handle,Title,Option1 Value,Variant SKU,Variant Grams,Variant Price\nmug,Mug,Blue,MUG-B,340,9.50\n",
    ),
    ("receipts.csv", "day,location_id,sku,units\n2025-12-06,Main St,MUG-B,4\n"),
    ("actuals.csv", "order_id,line,sku,qty,location_id\n#1001,1,MUG-B,1,Main St\n"),
];

const HISTORY: [(&str, &str); 6] = [
    ("br_cep5.csv", "cep5,lat,lng\n01001,-23.55,-46.63\n13023,-22.90,-47.06\n"),
    (
        "olist_customers.csv",
        "customer_id,customer_zip_code_prefix,customer_state\nc1,01001,SP\nc2,13023,SP\n",
    ),
    (
        "olist_order_items.csv",
        "order_id,order_item_id,product_id,seller_id,price,freight_value\no1,1,p1,s1,58.90,13.29\no2,1,p1,s1,58.90,9.10\n",
    ),
    (
        "olist_orders.csv",
        "order_id,customer_id,order_status,order_purchase_timestamp,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date\n\
         o1,c1,delivered,2017-10-02 10:56:33,2017-10-04 19:55:00,2017-10-10 21:25:13,2017-10-18 00:00:00\n\
         o2,c2,delivered,2017-10-03 09:00:00,2017-10-05 12:00:00,2017-10-09 10:00:00,2017-10-16 00:00:00\n",
    ),
    ("olist_products.csv", "product_id,product_weight_g\np1,225\n"),
    (
        "olist_sellers.csv",
        "seller_id,seller_zip_code_prefix,seller_city,seller_state\ns1,13023,campinas,SP\n",
    ),
];

/// Reads a Baton folder in which one file holds `bytes`, and decides its first orders.
pub(crate) fn folder_with(file: &str, bytes: &[u8]) {
    with_replaced(&FOLDER, (file, bytes), open_folder);
}

fn open_folder(dir: &Path) {
    let Ok(folder) = Folder::open(dir) else { return };
    let Folder { problem, feeds, past } = folder;
    read_past(&past, &problem.network);
    let Ok(mut feed) = feeds.orders(&problem.network) else { return };
    let mut orders = Vec::new();
    let mut order = Order::empty();
    while let Ok(true) = feed.next(&mut order) {
        if orders.len() < DECIDED {
            orders.push(order.clone());
        }
    }
    decide(&problem.network, problem.stock.clone(), &orders);
}

/// Reads exports of Shopify of which one holds `bytes`, and decides the first orders.
pub(crate) fn exports_with(file: &str, bytes: &[u8]) {
    with_replaced(&EXPORTS, (file, bytes), open_exports);
}

fn open_exports(dir: &Path) {
    let Some(found) = Shopify::detect(dir) else { return };
    if let Ok(Exports { problem, orders, past, .. }) = found.open() {
        read_past(&past, &problem.network);
        decide(&problem.network, problem.stock.clone(), &orders);
    }
}

/// Converts a history of which one file holds `bytes`; what is written can be read.
pub(crate) fn history_with(file: &str, bytes: &[u8]) {
    with_replaced(&HISTORY, (file, bytes), convert);
}

fn convert(dir: &Path) {
    let to = dir.join("shop");
    if convert_olist(dir, &to, OlistOptions::default()).is_ok() {
        Folder::open(&to).expect("a folder that was written can be read");
        open_folder(&to);
    }
    // Nothing is there where the history was refused.
    let _ = fs::remove_dir_all(&to);
}

fn read_past(past: &Past, network: &Network) {
    let _ = past.receipts(network);
    let _ = past.actuals(network);
}

/// Whatever was read can be decided, told as JSON and told in sentences.
fn decide(network: &Network, mut stock: Stock, orders: &[Order]) {
    let rules = cost_only();
    let mut router = Router::new(network, &rules);
    for order in orders.iter().take(DECIDED) {
        let decision = router.explain(&stock, order, order.placed_at);
        let _ = engine::decision_json(network, &rules, order, decision);
        let _ = engine::sentences(network, &rules, order, decision);
        engine::commit(&mut stock, decision);
    }
}

pub(crate) fn good_file(file: &str) -> &'static str {
    text_of(&FOLDER, file)
}

pub(crate) fn good_export(file: &str) -> &'static str {
    text_of(&EXPORTS, file)
}

pub(crate) fn good_history(file: &str) -> &'static str {
    text_of(&HISTORY, file)
}

fn text_of(good: &'static [(&str, &str)], file: &str) -> &'static str {
    good.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text)
}

/// Opens a scratch folder of the good files, one of them replaced.
fn with_replaced(good: &[(&str, &str)], (file, bytes): (&str, &[u8]), open: fn(&Path)) {
    thread_local! {
        /// Of this thread.
        static DIR: TempDir = tempfile::tempdir().expect("a scratch folder can be made");
    }
    DIR.with(|dir| {
        let dir = dir.path();
        for (name, text) in good {
            fs::write(dir.join(name), text).expect("a scratch file can be written");
        }
        fs::write(dir.join(file), bytes).expect("a scratch file can be written");
        open(dir);
        for (name, _) in good {
            fs::remove_file(dir.join(name)).expect("a scratch file can be removed");
        }
    });
}
