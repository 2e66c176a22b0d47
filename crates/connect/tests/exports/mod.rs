//! Good exports of a shop of two locations, and reading them with some replaced.

#![allow(dead_code, reason = "each test file uses a part")]

use crate::scratch::Scratch;
use connect::files::{Problem, Shopify};
use model::Order;

pub(crate) const LOCATIONS: &str =
    "location_id,type,zip,lanes\nMain St,store,97201,ship;pickup\nDepot,warehouse,'02139,ship\n";
pub(crate) const ORDERS: &str = "Name,Email,Financial Status,Fulfillment Status,Currency,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Zip,Shipping Province,Shipping Country,Cancelled at,Id,Tags,Source,Location\n\
#1003,a@example.com,paid,unfulfilled,USD,Standard,2025-12-06 10:37:33 -0500,1,Mug - Blue,9.50,MUG-B,true,'97201,OR,US,,6798481555755000111,\"vip, gift\",web,\n\
#1003,a@example.com,,,,,2025-12-06 10:37:33 -0500,2,Tee,20.00,,true,,,,,,,,\n\
#1003,a@example.com,,,,,2025-12-06 10:37:33 -0500,1,Gift card,50.00,,false,,,,,,,,\n\
#1002,b@example.com,paid,fulfilled,USD,Overnight Express,2025-12-05 09:00:00 -0500,1,Mug - Blue,9.50,MUG-B,true,SW1A 1AA,,GB,,1,,web,\n\
#1001,c@example.com,voided,,USD,Standard,2025-12-04 09:00:00 -0500,1,Tee,20.00,,true,10001,NY,US,2025-12-04 10:00:00 -0500,2,,web,\n\
#1000,c@example.com,paid,fulfilled,USD,,2025-12-03 09:00:00 -0500,1,Tee,20.00,,true,10001,NY,US,,3,,pos,Main St\n\
#0999,c@example.com,paid,unfulfilled,USD,Pickup at Main St,2025-12-03 09:00:00 -0500,1,Tee,20.00,,true,,,,,4,,web,\n";
pub(crate) const INVENTORY: &str = "\u{feff}Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO,Location,Bin name,Incoming (not editable),Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)\r\n\
mug,Mug,Color,Blue,,,,,MUG-B,,,Main St,,0,1,2,0,3,\r\n\
mug,,,Blue,,,,,MUG-B,,,Depot,,4,0,0,7,7,\r\n\
tee,Tee,Title,Default Title,,,,,,,,Main St,,0,0,0,-2,-2,\r\n\
tee,Tee,Title,Default Title,,,,,,,,Depot,,not stocked,not stocked,not stocked,not stocked,not stocked,\r\n";
pub(crate) const PRODUCTS: &str = "Handle,Title,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Price,Cost per item,Image Src\n\
mug,Mug,Kitchen,\"a, b\",Color,Blue,MUG-B,340.5,9.50,4.00,x\nmug,,,,,,,,,,y\n";

pub(crate) fn open(files: &[(&str, &str)]) -> Result<(Problem, Vec<Order>), String> {
    let dir = Scratch::new();
    for (name, text) in files {
        dir.write(name, text.as_bytes());
    }
    let opened = Shopify::detect(dir.path()).expect("an export of Shopify").open();
    opened.map(|exports| (exports.problem, exports.orders)).map_err(|faults| faults.to_string())
}
/// An export of orders of one mug each: id, method, ZIP code, country and time.
pub(crate) fn export(rows: &[[&str; 5]]) -> String {
    let header = ORDERS.lines().next().unwrap();
    let row = |[id, method, zip, country, at]: &[&str; 5]| {
        format!(
            "{id},,paid,unfulfilled,USD,{method},{at},1,Mug - Blue,9.50,MUG-B,true,{zip},,{country},,1,,web,\n"
        )
    };
    format!("{header}\n{}", rows.iter().map(row).collect::<String>())
}

pub(crate) const NOON: &str = "2025-12-01 12:00:00 +0000";

pub(crate) fn all() -> Vec<(&'static str, &'static str)> {
    vec![
        ("locations.csv", LOCATIONS),
        ("orders_export_1.csv", ORDERS),
        ("inventory_export.csv", INVENTORY),
        ("products_export.csv", PRODUCTS),
    ]
}
