//! A folder of its own for each test, gone when the test ends, and the program run on it.

#![allow(dead_code, reason = "each test file uses a part")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

pub(crate) struct Scratch(TempDir);

impl Scratch {
    pub(crate) fn new() -> Scratch {
        Scratch(tempfile::tempdir().unwrap())
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder().join(name).display().to_string()
    }

    /// Writes a file, folders before it included, and returns its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self.path(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder().join(name)).unwrap()
    }

    /// Names of what lies in the folder, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

pub(crate) fn baton(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_baton")).args(arguments).output().unwrap()
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A shop of two places and three orders, as a Baton folder named `shop`.
pub(crate) fn shop(scratch: &Scratch) -> String {
    scratch.write("shop/locations.csv", "location_id,type,zip\nmall,store,97201\ndepot,warehouse,97005\n");
    scratch.write("shop/products.csv", "sku,weight_oz,price_usd\nMUG,12,9.50\nTEE,6,20\n");
    scratch
        .write("shop/inventory.csv", "location_id,sku,on_hand_units\nmall,MUG,5\ndepot,MUG,5\ndepot,TEE,5\n");
    scratch.write(
        "shop/orders.csv",
        "order_id,placed_at,dest_zip\nO1,2026-11-24T09:30:00Z,97201\nO2,2026-11-24 10:00,02139\nO3,2026-11-25,60601\n",
    );
    scratch.write("shop/order_lines.csv", "order_id,sku,qty\nO1,MUG,2\nO1,TEE,1\nO2,TEE,1\nO3,MUG,1\n");
    scratch.path("shop")
}

pub(crate) const ORDERS: &str = "Name,Financial Status,Fulfillment Status,Currency,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Zip,Shipping Country,Cancelled at,Source\n\
#1003,paid,unfulfilled,USD,Express,2025-12-06 10:37:33 -0500,1,Mug,9.50,MUG,'97201,US,,web\n\
#1002,paid,unfulfilled,USD,Local pickup,2025-12-05 10:37:33 -0500,1,Mug,9.50,MUG,,US,,web\n\
#1001,voided,,USD,Standard,2025-12-04 09:00:00 -0500,1,Mug,9.50,MUG,10001,US,2025-12-04 10:00:00 -0500,web\n";

/// The same shop's exports of Shopify, as a folder named `exports`, without a list of locations.
pub(crate) fn exports(scratch: &Scratch) -> String {
    scratch.write("exports/orders_export_1.csv", ORDERS);
    scratch.write(
        "exports/inventory_export_1.csv",
        "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,On hand\n\
         mug,Mug,Title,Default Title,MUG,,,Main St,5\nmug,Mug,Title,Default Title,MUG,,,Depot,5\n",
    );
    scratch.path("exports")
}

/// A depot and a mall, a kilometre from each other, that sell mugs at $20.00 of which $8.00 is margin; so many on
/// their shelves.
pub(crate) fn two_places(scratch: &Scratch, (depot, mall): (u32, u32)) {
    scratch.write(
        "locations.csv",
        "location_id,type,zip,lat_deg,lon_deg\nDEPOT,warehouse,43004,40.0,-83.0\nMALL,store,43004,40.0,-83.0\n",
    );
    scratch.write("products.csv", "sku,weight_oz,price_usd,gross_margin_usd\nMUG,12,20,8\n");
    scratch.write(
        "inventory.csv",
        &format!("location_id,sku,on_hand_units\nDEPOT,MUG,{depot}\nMALL,MUG,{mall}\n"),
    );
}

/// One mug for the neighbourhood, on each of these days of November 2026.
pub(crate) fn orders(scratch: &Scratch, days: &[u8]) {
    let mut orders = "order_id,placed_at,dest_zip\n".to_owned();
    let mut lines = "order_id,line,sku,qty\n".to_owned();
    for (number, day) in (1..).zip(days) {
        orders.push_str(&format!("O{number},2026-11-{day:02} 12:00,43004\n"));
        lines.push_str(&format!("O{number},1,MUG,1\n"));
    }
    scratch.write("orders.csv", &orders);
    scratch.write("order_lines.csv", &lines);
}

/// Where each of the orders shipped from.
pub(crate) fn actuals(scratch: &Scratch, places: &[&str]) {
    let mut rows = "order_id,line,sku,qty,location_id\n".to_owned();
    for (number, place) in (1..).zip(places) {
        rows.push_str(&format!("O{number},1,MUG,1,{place}\n"));
    }
    scratch.write("actuals.csv", &rows);
}

/// A history of one order, in the layout of Olist's.
pub(crate) fn write_history(scratch: &Scratch) {
    let files = [
        ("history/geo/br_cep5.csv", "cep5,lat,lng\n01001,-23.55,-46.63\n20010,-22.90,-43.17\n"),
        (
            "history/olist/olist_sellers.csv",
            "seller_id,seller_zip_code_prefix,seller_city,seller_state\ns,01001,sao paulo,SP\n",
        ),
        ("history/olist/olist_products.csv", "product_id,product_weight_g\np,300\n"),
        (
            "history/olist/olist_customers.csv",
            "customer_id,customer_zip_code_prefix,customer_state\nc,20010,RJ\n",
        ),
        (
            "history/olist/olist_orders.csv",
            "order_id,customer_id,order_status,order_purchase_timestamp,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date\n\
             o,c,delivered,2018-01-02 10:00:00,2018-01-03 10:00:00,2018-01-06 10:00:00,2018-01-20 00:00:00\n",
        ),
        (
            "history/olist/olist_order_items.csv",
            "order_id,order_item_id,product_id,seller_id,price,freight_value\no,1,p,s,10.00,5.00\n",
        ),
    ];
    for (name, text) in files {
        scratch.write(name, text);
    }
}
