//! What somebody meets who tries the program on own exports for the first time.

mod scratch;

use scratch::{ORDERS, Scratch, baton, err, exports, out, write_history};
use std::fs;

/// Fills in the list of locations that the first run writes.
fn fill_in(scratch: &Scratch) {
    let list = scratch.read("exports/locations.csv");
    let filled = list
        .replace("\"Main St\",store,,", "\"Main St\",store,97201,")
        .replace("\"Depot\",warehouse,,", "\"Depot\",warehouse,'97005,");
    scratch.write("exports/locations.csv", &filled);
}

#[test]
fn the_first_run_asks_for_locations_and_the_second_plans_with_them() {
    let scratch = Scratch::new();
    let dir = exports(&scratch);
    let report = scratch.path("report.html");
    let asked = baton(&["assess", &dir, "--out", &report]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(err(&asked).contains("look over the lanes"), "{}", err(&asked));
    assert!(scratch.read("exports/locations.csv").contains("\"Main St\",store,,ship;pickup,"));
    fill_in(&scratch);
    let assessed = baton(&["assess", &dir, "--out", &report]);
    assert_eq!(assessed.status.code(), Some(0), "{}", err(&assessed));
    assert!(!err(&assessed).contains("no location offers it"), "{}", err(&assessed));
    let told = out(&assessed);
    assert!(told.contains("rders by express or priority count as promised in 3 days"), "{told}");
    let explained = baton(&["explain", "#1003", "--data", &dir, "--json"]);
    assert!(
        out(&explained).contains("\"service\":\"priority_mail\"")
            || out(&explained).contains("\"service\":\"ground_advantage\"")
    );
}

#[test]
fn what_is_not_read_is_not_said_to_be_read() {
    let scratch = Scratch::new();
    let dir = exports(&scratch);
    baton(&["assess", &dir]);
    fill_in(&scratch);
    let told = || out(&baton(&["assess", &dir, "--out", &scratch.path("r.html")]));
    let missing = "No products export has rows: what is sold is known from orders and inventory alone;";
    let header = "Handle,Title,Variant SKU,Variant Grams,Variant Price\n";
    for products in [None, Some(header)] {
        products.map(|text| scratch.write("exports/products_export.csv", text));
        let told = told();
        assert!(told.contains("Data: Orders, stock and locations are read from your files."), "{told}");
        assert!(told.contains(missing), "{told}");
    }
    scratch.write("exports/products_export.csv", &format!("{header}mug,Mug,MUG,340,9.50\n"));
    let all = told();
    assert!(all.contains("Data: Orders, stock, locations and products are read from your files."), "{all}");
    assert!(!all.contains(missing), "{all}");
    let shop = scratch::shop(&scratch);
    scratch.write("shop/inventory.csv", "location_id,sku,on_hand_units\n");
    let bare = out(&baton(&["assess", &shop, "--out", &scratch.path("r.html")]));
    assert!(bare.contains("Data: Orders, locations and products are read from your files."), "{bare}");
    assert!(bare.contains("Assumed: No stock is stated: every place counts as empty."), "{bare}");
}

#[test]
fn pickups_that_no_location_offers_are_told_in_the_summary() {
    let scratch = Scratch::new();
    let dir = exports(&scratch);
    scratch
        .write("exports/locations.csv", "location_id,type,zip\nMain St,store,97201\nDepot,warehouse,97005\n");
    let told = out(&baton(&["assess", &dir, "--out", &scratch.path("r.html")]));
    assert!(
        told.starts_with(
            "Note: 1 order is for pickup, but no location offers it: fill in lanes in locations.csv\n"
        ),
        "{told}"
    );
    assert!(scratch.read("r.html").contains("no location offers it"));
}

#[test]
fn an_order_that_was_left_out_says_why() {
    let scratch = Scratch::new();
    let dir = exports(&scratch);
    baton(&["assess", &dir]);
    fill_in(&scratch);
    let told = baton(&["explain", "#1001", "--data", &dir]);
    assert_eq!((told.status.code(), out(&told).as_str()), (Some(0), "Order #1001 is left out: cancelled.\n"));
    let told = baton(&["explain", "#1001", "--data", &dir, "--json"]);
    assert_eq!(out(&told), "{\"left_out\":\"cancelled\",\"order\":\"#1001\"}\n");
}

#[test]
fn a_folder_of_neither_layout_is_told_of_both() {
    let scratch = Scratch::new();
    let empty = scratch.path("empty");
    fs::create_dir(&empty).unwrap();
    let told = baton(&["assess", &empty]);
    assert_eq!(told.status.code(), Some(2));
    for part in [
        "holds neither exports of a shop nor a Baton folder: it is empty",
        "Shopify's exports",
        "locations.csv",
    ] {
        assert!(err(&told).contains(part), "{}", err(&told));
    }
    scratch.write("wrong/orders.xlsx", "PK");
    let told = baton(&["assess", &scratch.path("wrong")]);
    assert!(err(&told).contains("found are orders.xlsx"), "{}", err(&told));
}

#[test]
fn an_export_without_orders_is_named_by_its_file() {
    let scratch = Scratch::new();
    let dir = exports(&scratch);
    baton(&["assess", &dir]);
    fill_in(&scratch);
    scratch.write("exports/orders_export_1.csv", ORDERS.lines().next().unwrap());
    let told = baton(&["assess", &dir]);
    assert_eq!(told.status.code(), Some(2));
    assert!(err(&told).contains("orders_export_1.csv has no rows"), "{}", err(&told));
    let cancelled = ORDERS.lines().filter(|line| !line.starts_with("#1003") && !line.starts_with("#1002"));
    scratch
        .write("exports/orders_export_1.csv", &cancelled.map(|line| format!("{line}\n")).collect::<String>());
    let told = baton(&["assess", &dir]);
    assert!(err(&told).contains("orders_export_1.csv has 1 order, and it is left out"), "{}", err(&told));
}

#[test]
fn a_misspelt_column_is_asked_about_by_every_command() {
    let scratch = Scratch::new();
    let dir = scratch::shop(&scratch);
    scratch.write("shop/locations.csv", "location_id,typ,zip\nmall,store,97201\ndepot,warehouse,97005\n");
    let routed = baton(&["route", "--data", &dir, "--out", &scratch.path("a.csv")]);
    assert_eq!(
        err(&routed),
        "Note: locations.csv: the column 'typ' is not known and was left alone; if type is meant, rename it\n"
    );
}

#[test]
fn numbers_on_the_command_line_are_refused_in_plain_words() {
    for (arguments, remedy) in [
        (vec!["demo", "--orders", "many"], "write a whole number from 100 to 1000000"),
        (vec!["demo", "--seed", "few"], "write a whole number, 0 or more"),
        (vec!["replay", "--data", "x", "--audit-every", "0"], "write a whole number from 1 to 1000000"),
        (vec!["replay", "--data", "x", "--restock", "soon"], "write a number of days from 1 to 365"),
        (vec!["bench", "--data", "x", "--rounds", "0"], "write a whole number from 1 to 1000"),
        (
            vec!["import", "olist", "--from", "x", "--to", "y", "--locations", "1.5"],
            "write a whole number from 2 to 200",
        ),
    ] {
        let refused = baton(&arguments);
        assert_eq!(refused.status.code(), Some(2));
        let told = err(&refused);
        assert!(told.contains(remedy), "{told}");
        assert!(!told.contains("invalid digit") && !told.contains("zero for non-zero"), "{told}");
    }
}

#[test]
fn files_that_are_not_there_are_told_without_numbers_of_the_system() {
    let scratch = Scratch::new();
    let dir = scratch::shop(&scratch);
    for arguments in [
        vec!["rules", "explain", "nothing.txt"],
        vec!["rules", "check", "nothing.txt", "--data", &dir],
        vec!["rules", "test", "nothing.txt", "--data", &dir],
        vec!["route", "--data", &dir, "--rules", "nothing.txt", "--out", "-"],
    ] {
        let refused = baton(&arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains("there is no such file or folder"), "{}", err(&refused));
        assert!(!err(&refused).contains("os error"), "{}", err(&refused));
    }
}

#[test]
fn a_history_brings_its_clock_and_says_what_is_left_out() {
    let scratch = Scratch::new();
    write_history(&scratch);
    let orders = scratch.read("history/olist/olist_orders.csv");
    let cancelled = "n,c,canceled,2018-01-02 11:00:00,,,2018-01-20 00:00:00\n";
    scratch.write("history/olist/olist_orders.csv", &format!("{orders}{cancelled}"));
    let (from, to) = (scratch.path("history"), scratch.path("to"));
    let told = out(&baton(&["import", "olist", "--from", &from, "--to", &to]));
    assert!(told.starts_with("1 order with 1 line, 1 location, 1 product, 1 stock record.\n"), "{told}");
    assert!(told.contains("\nLeft out: 1 order that was not shipped or has no lines.\n"), "{told}");
    assert!(scratch.read("to/settings.toml").contains("time_zone = \"America/Sao_Paulo\"\n"));
    let orders = scratch.read("to/orders.csv");
    assert!(orders.contains("o,2018-01-02T10:00:00-02:00,2018-01-20,"), "summer time in Brazil: {orders}");
    let told = out(&baton(&["assess", &to, "--out", &scratch.path("r.html")]));
    assert!(!told.contains("time zone"), "{told}");
}

#[test]
fn a_history_that_is_not_there_is_told_with_the_folder_that_was_looked_in() {
    let scratch = Scratch::new();
    fs::create_dir_all(scratch.folder().join("data/olist")).unwrap();
    let (data, olist) = (scratch.path("data"), scratch.path("data/olist"));
    for from in [&data, &olist] {
        let refused = baton(&["import", "olist", "--from", from, "--to", &scratch.path("to")]);
        assert_eq!(refused.status.code(), Some(2));
        let told = err(&refused);
        assert!(
            told.starts_with("br_cep5…: no such file, .csv or .csv.zst, is in ") && told.contains(&olist),
            "{told}"
        );
        assert!(told.contains("geo;") && !told.contains("Olist's history"), "{told}");
    }
}

#[test]
fn a_parcel_that_no_service_brings_in_time_is_late_and_not_too_heavy() {
    let scratch = Scratch::new();
    let dir = scratch::shop(&scratch);
    scratch.write(
        "shop/orders.csv",
        "order_id,placed_at,promise_days,dest_zip\nO1,2026-11-24T09:30:00Z,1,33101\n",
    );
    scratch.write("shop/order_lines.csv", "order_id,sku,qty\nO1,MUG,2\n");
    let told = out(&baton(&["explain", "O1", "--data", &dir, "--json"]));
    assert!(told.contains("\"verdict\":\"promise_missed\"") && !told.contains("too_heavy"), "{told}");
}

#[test]
fn an_order_of_a_folder_that_states_no_day_is_promised_by_the_settings() {
    let scratch = Scratch::new();
    let dir = scratch::shop(&scratch);
    let kept = || {
        let told = out(&baton(&["assess", &dir, "--out", &scratch.path("r.html")]));
        told.lines().find(|line| line.contains("promise kept")).unwrap_or_default().to_owned()
    };
    assert!(kept().contains("100.0 %"), "{}", kept());
    scratch.write("shop/settings.toml", "promise_days = \"none\"\n");
    assert!(kept().contains("nothing promised"), "{}", kept());
}

#[test]
fn a_column_that_every_export_has_is_missed() {
    let scratch = Scratch::new();
    let dir = exports(&scratch);
    scratch.write("exports/orders_export_1.csv", &ORDERS.replacen("Shipping Method", "Ship by", 1));
    baton(&["assess", &dir]);
    fill_in(&scratch);
    let told = out(&baton(&["assess", &dir, "--out", &scratch.path("r.html")]));
    assert!(
        told.contains("orders_export_1.csv has no column Shipping Method: all orders count as standard"),
        "{told}"
    );
    assert!(told.contains("No parcel may be late"), "{told}");
}
