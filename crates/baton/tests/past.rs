//! What really happened, beside exports of Shopify: `receipts.csv` and `actuals.csv` count as in a Baton folder.

mod scratch;

use scratch::{Scratch, baton, err, out};
use serde_json::Value;

const LOCATIONS: &str = "location_id,type,zip\nMain St,store,97201\nDepot,warehouse,43004\n";
/// Poster has no SKU; the tee stands first and is sorted last.
const INVENTORY: &str = "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,On hand\n\
    tee,Tee,Title,Default Title,TEE,,,Main St,2\ntee,Tee,Title,Default Title,TEE,,,Depot,2\n\
    mug,Mug,Title,Default Title,MUG,,,Main St,1\nposter,Poster,Title,Default Title,,,,Main St,2\n";
const ORDERS: &str = "Name,Financial Status,Fulfillment Status,Currency,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Zip,Shipping Country,Cancelled at,Payment Method,Source\n\
    #1,paid,unfulfilled,USD,Standard,2026-11-02 12:00:00 +0000,1,Card,5,CARD,false,43004,US,,,web\n\
    #1,,,,,2026-11-02 12:00:00 +0000,1,Tee,20,TEE,true,,,,,\n\
    #1,,,,,2026-11-02 12:00:00 +0000,1,Poster,15,,true,,,,,\n\
    #2,paid,unfulfilled,USD,Standard,2026-11-03 12:00:00 +0000,1,Mug,9.50,MUG,true,97201,US,,,web\n\
    #3,voided,,USD,Standard,2026-11-03 13:00:00 +0000,1,Retired,9.50,OLD,true,97201,US,2026-11-03 14:00:00 +0000,,web\n\
    #4,paid,unfulfilled,USD,Standard,2026-11-05 12:00:00 +0000,1,Mug,9.50,MUG,true,97201,US,,,web\n";
const RECEIPTS: &str = "day,location_id,sku,units\n2026-11-04,Main St,MUG,1\n";
/// The tee is the second row of its order and the first line that ships. What the cancelled order sold is not known.
const ACTUALS: &str = "order_id,line,sku,qty,location_id\n\
    #1,2,TEE,1,Main St\n#1,3,Poster,1,Main St\n#2,1,MUG,1,Main St\n#3,1,OLD,1,Main St\n#4,1,MUG,1,Main St\n";

/// Exports with these two files beside them.
fn exports(scratch: &Scratch, (receipts, actuals): (&str, &str)) -> String {
    scratch.write("exports/locations.csv", LOCATIONS);
    scratch.write("exports/inventory_export.csv", INVENTORY);
    scratch.write("exports/orders_export.csv", ORDERS);
    scratch.write("exports/receipts.csv", receipts);
    scratch.write("exports/actuals.csv", actuals);
    scratch.path("exports")
}

/// The same shop as a Baton folder.
fn folder(scratch: &Scratch) -> String {
    scratch.write("folder/locations.csv", LOCATIONS);
    scratch.write("folder/products.csv", "sku,weight_oz,price_usd\nMUG,16,9.50\nPoster,16,15\nTEE,16,20\n");
    scratch.write(
        "folder/inventory.csv",
        "location_id,sku,on_hand_units\nMain St,TEE,2\nDepot,TEE,2\nMain St,MUG,1\nMain St,Poster,2\n",
    );
    scratch.write(
        "folder/orders.csv",
        "order_id,placed_at,dest_zip\n#1,2026-11-02 12:00,43004\n#2,2026-11-03 12:00,97201\n#4,2026-11-05 12:00,97201\n",
    );
    scratch.write(
        "folder/order_lines.csv",
        "order_id,line,sku,qty\n#1,1,TEE,1\n#1,2,Poster,1\n#2,1,MUG,1\n#4,1,MUG,1\n",
    );
    scratch.write("folder/receipts.csv", RECEIPTS);
    scratch.write(
        "folder/actuals.csv",
        "order_id,line,sku,qty,location_id\n#1,1,TEE,1,Main St\n#1,2,Poster,1,Main St\n#2,1,MUG,1,Main St\n#4,1,MUG,1,Main St\n",
    );
    scratch.path("folder")
}

fn assessed(scratch: &Scratch, dir: &str) -> Value {
    let report = scratch.path("report.html");
    let ran = baton(&["assess", dir, "--rules", "lowest-cost", "--out", &report, "--json"]);
    assert_eq!(ran.status.code(), Some(0), "{}", err(&ran));
    serde_json::from_str(&out(&ran)).unwrap()
}

#[test]
fn what_really_happened_beside_exports_counts_as_in_a_folder() {
    let scratch = Scratch::new();
    let told = assessed(&scratch, &exports(&scratch, (RECEIPTS, ACTUALS)));
    let plain = assessed(&scratch, &folder(&scratch));
    assert_eq!(told["variants"][0]["name"], "Today");
    assert_eq!(told["restock"], "receipts");
    for key in ["variants", "comparisons", "stock_records_raised"] {
        assert_eq!(told[key], plain[key], "{key}");
    }
    assert_eq!(told["variants"][0]["figures"]["unit_fill_rate"], 1.0, "the second mug came in on time");
    assert_eq!(told["stock_records_raised"], 0);
    let sentences = told["assumptions"].to_string();
    for sentence in [
        "Where orders really shipped from is read from actuals.csv",
        "What came in is read from receipts.csv.",
        "1 order of actuals.csv is among those left out, and is not compared.",
    ] {
        assert!(sentences.contains(sentence), "{sentence}: {sentences}");
    }
}

#[test]
fn without_its_receipt_the_second_mug_is_known_by_what_was_sent() {
    let scratch = Scratch::new();
    let told = assessed(&scratch, &exports(&scratch, ("day,location_id,sku,units\n", ACTUALS)));
    assert_eq!((&told["restock"], &told["stock_records_raised"]), (&"7".into(), &1.into()));
}

#[test]
fn names_that_the_exports_do_not_know_are_told_with_their_rows() {
    let scratch = Scratch::new();
    let refused = |receipts: &str, actuals: &str| {
        let dir = exports(&scratch, (receipts, actuals));
        let ran = baton(&["assess", &dir, "--out", &scratch.path("report.html")]);
        assert_eq!(ran.status.code(), Some(2), "{}", out(&ran));
        err(&ran)
    };
    let told = refused(&RECEIPTS.replace("MUG", "CUP"), ACTUALS);
    assert!(
        told.contains("receipts.csv, row 2, column sku: 'CUP' is not in the exports; add the product there"),
        "{told}"
    );
    let told = refused(RECEIPTS, &ACTUALS.replace("#2,1,MUG,1,Main St", "#2,1,MUG,1,Mall"));
    assert!(
        told.contains("actuals.csv, row 4, column location_id: 'Mall' is not in locations.csv"),
        "{told}"
    );
}

#[test]
fn orders_that_are_written_otherwise_than_in_the_exports_are_counted() {
    let scratch = Scratch::new();
    let dir = exports(&scratch, (RECEIPTS, &ACTUALS.replace("#2", "2").replace("#4", "A4")));
    let ran = baton(&["assess", &dir, "--out", &scratch.path("report.html")]);
    let note = "Note: 1 order of actuals.csv is not in the exports, and not compared: an order_id is written like Name \
                there, such as #1";
    assert!(out(&ran).contains(note), "{}", out(&ran));
}

/// Mugs stand on two lines of the first order, behind a card that does not ship; the second order is of one mug.
const MUGS: &str = "Name,Financial Status,Fulfillment Status,Currency,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Zip,Shipping Country\n\
    #1,paid,fulfilled,USD,Standard,2026-11-02 12:00:00 +0000,1,Card,5,CARD,false,97201,US\n\
    #1,,,,,2026-11-02 12:00:00 +0000,1,Mug,9.50,MUG,true,,\n\
    #1,,,,,2026-11-02 12:00:00 +0000,3,Mug,9.50,MUG,true,,\n\
    #2,paid,fulfilled,USD,Standard,2026-11-03 12:00:00 +0000,1,Mug,9.50,MUG,true,97201,US\n";

/// How much of the mugs counts as sent with these rows of actuals.csv, and the notes.
fn sent_of_mugs(rows: &str) -> (Value, Vec<String>) {
    let scratch = Scratch::new();
    let dir = exports(&scratch, (RECEIPTS, &format!("order_id,line,sku,qty,location_id\n{rows}")));
    scratch.write("exports/orders_export.csv", MUGS);
    let report = scratch.path("report.html");
    let ran = baton(&["assess", &dir, "--rules", "lowest-cost", "--out", &report, "--json"]);
    let told: Value = serde_json::from_str(&out(&ran)).unwrap_or_else(|_| panic!("{}", err(&ran)));
    let sentences = told["assumptions"].as_array().unwrap().iter();
    let notes =
        sentences.filter_map(|told| told["sentence"].as_str()).filter(|told| told.starts_with("actuals.csv"));
    (told["variants"][0]["figures"]["unit_fill_rate"].clone(), notes.map(str::to_owned).collect())
}

#[test]
fn units_that_were_sent_count_on_whatever_line_of_their_product_they_are_told() {
    for (name, rows) in [
        ("past-by-row", "#1,2,MUG,1,Main St\n#1,3,MUG,3,Main St\n#2,1,MUG,1,Main St\n"),
        ("past-by-line", "#1,1,MUG,1,Main St\n#1,2,MUG,3,Main St\n#2,1,MUG,1,Main St\n"),
        ("past-summed", "#1,1,MUG,4,Main St\n#2,1,MUG,1,Main St\n"),
        ("past-two-places", "#1,9,MUG,2,Main St\n#1,9,MUG,2,Depot\n#2,1,MUG,1,Main St\n"),
    ] {
        assert_eq!(sent_of_mugs(rows), (1.0.into(), vec![]), "{name}");
    }
}

#[test]
fn what_was_sent_beyond_an_order_or_is_of_another_product_is_left_out_and_told() {
    let told = sent_of_mugs("#1,1,MUG,4,Main St\n#2,1,MUG,1,Main St\n#2,1,MUG,2,Depot\n");
    let beyond = "actuals.csv: 2 units are more than their orders have of the product, and are left out; the first is in \
                  row 4 (MUG, order #2): correct qty there, or remove a row that comes twice.";
    assert_eq!(told, (1.0.into(), vec![beyond.to_owned()]));
    let told = sent_of_mugs("#1,1,MUG,4,Main St\n#2,1,TEE,1,Main St\n");
    let other = "actuals.csv: 1 row is for a product that its order does not have, and is left out; it is in row 3 (TEE, \
                 order #2): correct sku or order_id there.";
    assert_eq!(told, (0.8.into(), vec![other.to_owned()]), "the tee is no mug");
}

#[test]
fn a_row_of_a_product_that_is_not_in_its_order_is_told_in_a_folder_too() {
    let scratch = Scratch::new();
    let dir = folder(&scratch);
    let rows =
        "order_id,line,sku,qty,location_id\n#1,1,TEE,1,Main St\n#2,1,TEE,1,Main St\n#4,1,MUG,1,Main St\n";
    scratch.write("folder/actuals.csv", rows);
    let told = assessed(&scratch, &dir);
    assert_eq!(
        told["variants"][0]["figures"]["unit_fill_rate"], 0.5,
        "the poster and the first mug were not sent"
    );
    let sentences = told["assumptions"].to_string();
    assert!(sentences.contains("it is in row 3 (TEE, order #2)"), "{sentences}");
    assert!(!sentences.contains("not in actuals.csv"), "order #2 is in actuals.csv: {sentences}");
}

#[test]
fn a_bundle_counts_once_whichever_of_its_components_are_told() {
    for (name, rows) in [
        ("past-bundle", "O1,1,SET,2,Main St\n"),
        ("past-components", "O1,1,MUG,4,Main St\nO1,1,TEE,2,Main St\n"),
        ("past-component", "O1,1,MUG,2,Main St\nO1,1,MUG,2,Main St\n"),
        ("past-both", "O1,1,MUG,2,Main St\nO1,1,SET,1,Main St\n"),
        ("past-whichever", "O1,1,TEE,1,Main St\nO1,1,MUG,4,Main St\n"),
        ("past-half", "O1,1,MUG,3,Main St\n"),
    ] {
        let expected = if name == "past-half" { 0.5 } else { 1.0 };
        let scratch = Scratch::new();
        scratch.write("shop/locations.csv", LOCATIONS);
        scratch.write(
            "shop/products.csv",
            "sku,weight_oz,price_usd,components\nMUG,16,9.50,\nTEE,16,20,\nSET,,30,MUG*2;TEE\n",
        );
        scratch.write("shop/inventory.csv", "location_id,sku,on_hand_units\nMain St,MUG,4\nMain St,TEE,2\n");
        scratch.write("shop/orders.csv", "order_id,placed_at,dest_zip\nO1,2026-11-02 12:00,97201\n");
        scratch.write("shop/order_lines.csv", "order_id,line,sku,qty\nO1,1,SET,2\n");
        scratch.write("shop/actuals.csv", &format!("order_id,line,sku,qty,location_id\n{rows}"));
        let told = assessed(&scratch, &scratch.path("shop"));
        assert_eq!(told["variants"][0]["figures"]["unit_fill_rate"], expected, "{name}");
        assert_eq!(told["stock_records_raised"], 0, "{name}");
    }
}

#[test]
fn bench_says_that_it_does_not_use_receipts() {
    let scratch = Scratch::new();
    let dir = exports(&scratch, (RECEIPTS, ACTUALS));
    let told = out(&baton(&["bench", "--data", &dir, "--rounds", "1"]));
    assert!(told.contains("never refilled (receipts.csv is not used)"), "{told}");
}
