//! Every way in which a folder can be wrong, with the sentence that says so.

mod scratch;

use connect::files::Folder;
use model::Order;
use scratch::Scratch;

const GOOD: [(&str, &str); 6] = [
    ("manifest.json", "{\"format\": \"baton-1\", \"currency\": \"USD\"}"),
    (
        "locations.csv",
        "location_id,type,zip,lanes\nmall,store,97201,ship;pickup\ndepot,warehouse,97005,ship\n",
    ),
    ("products.csv", "sku,weight_oz,price_usd\nMUG,12,9.50\nTEE,6,20\n"),
    ("inventory.csv", "location_id,sku,on_hand_units\nmall,MUG,2\ndepot,MUG,5\ndepot,TEE,1\n"),
    (
        "orders.csv",
        "order_id,placed_at,promise_days,dest_zip\nO1,2026-11-24T09:30:00Z,4,97201\nO2,2026-11-24 10:00,4,02139\n",
    ),
    ("order_lines.csv", "order_id,line,sku,qty\nO1,1,MUG,2\nO1,2,TEE,1\nO2,1,TEE,1\n"),
];

/// Reads the good folder with some files replaced; the orders, or every fault.
fn read(replaced: &[(&str, &[u8])]) -> String {
    let dir = Scratch::new();
    for (name, text) in GOOD {
        dir.write(name, text.as_bytes());
    }
    for (name, bytes) in replaced {
        dir.write(name, bytes);
    }
    let folder = match Folder::open(dir.path()) {
        Ok(folder) => folder,
        Err(faults) => return faults.to_string(),
    };
    let network = &folder.problem.network;
    let mut feed = match folder.orders(network) {
        Ok(feed) => feed,
        Err(faults) => return faults.to_string(),
    };
    let mut order = Order::empty();
    let mut shown = String::new();
    loop {
        match feed.next(&mut order) {
            Ok(true) => {
                shown.push_str(&order.id);
                for line in &order.lines {
                    shown.push_str(&format!(" {}×{}", line.quantity, network.product(line.product).sku));
                }
                shown.push_str("; ");
            }
            Ok(false) => return shown,
            Err(fault) => return format!("{shown}{fault}"),
        }
    }
}

#[track_caller]
fn check(file: &str, bytes: &[u8], expect: &str) {
    assert_eq!(read(&[(file, bytes)]), expect);
}

const ALL: &str = "O1 2×MUG 1×TEE; O2 1×TEE; ";

#[test]
fn the_good_folder_is_good() {
    assert_eq!(read(&[]), ALL);
}

#[test]
fn encodings_delimiters_and_line_ends_do_not_matter() {
    let lines = "order_id;line;sku;qty\r\nO1;1;MUG;2\r\nO1;2;TEE;1\nO2;1;TEE;1";
    check("order_lines.csv", lines.as_bytes(), ALL);
    check("order_lines.csv", &[b"\xef\xbb\xbf", lines.as_bytes()].concat(), ALL);
    let utf16: Vec<u8> = format!("\u{feff}{lines}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("order_lines.csv", &utf16, ALL);
    check("order_lines.csv", lines.replace(';', "\t").replace("\r\n", "\r").as_bytes(), ALL);
    check("products.csv", b"SKU;Weight g;Price\nMUG;340,5;9,50\nTEE;170;20\n", ALL);
    check(
        "products.csv",
        b"sku,weight_oz,price_usd,name\nMUG,12,9.50,Caf\xe9\nTEE,6,20,\"a\nb\"\n,,,\n",
        ALL,
    );
}

#[test]
fn lines_in_another_order_than_the_orders_find_them() {
    check("order_lines.csv", b"order_id,line,sku,qty\nO2,1,TEE,1\nO1,1,MUG,2\nO1,2,TEE,1\n", ALL);
    check("order_lines.csv", b"order_id,sku,qty\nO2,TEE,1\nO1,MUG,2\nO1,TEE,1\n", ALL);
    check(
        "order_lines.csv",
        b"order_id,line,sku,qty\nO1,1,MUG,2\nO3,1,MUG,1\nO2,1,TEE,1\nO1,2,TEE,1\n",
        "O1 2×MUG; order_lines.csv, row 5, column order_id: order 'O1' had other lines further up; sort the file by order_id, so that lines of an order stand together",
    );
}

#[test]
fn empty_files_and_bare_headers() {
    check("locations.csv", b"", "locations.csv: is empty; begin it with a header row: location_id");
    check("locations.csv", b"\n\n", "locations.csv: is empty; begin it with a header row: location_id");
    check("locations.csv", b"location_id,type\n", "locations.csv: has no rows; add a row for each place");
    check(
        "order_lines.csv",
        b"order_id,line,sku,qty\n",
        "orders.csv, row 2, column order_id: 'O1' has no lines in order_lines.csv; add its lines there, or remove the order",
    );
    assert_eq!(read(&[("orders.csv", b"order_id,day\n"), ("order_lines.csv", b"order_id,sku,qty\n")]), "");
}

#[test]
fn headers_that_are_wrong() {
    check(
        "order_lines.csv",
        b"order_id,line,skuu,qty\nO1,1,MUG,2\n",
        "order_lines.csv, row 1: column sku is missing; found are order_id, line, skuu, qty; rename 'skuu' to sku",
    );
    check(
        "products.csv",
        b"SKU,price,Price\nMUG,1,1\n",
        "products.csv, row 1: column 'Price' comes twice; keep one of them",
    );
    check(
        "products.csv",
        b"sku,price,price_usd\nMUG,1,1\n",
        "products.csv, row 1: column 'price_usd' comes twice; keep one of them",
    );
    check(
        "products.csv",
        b"sku,name,title\nMUG,1,1\n",
        "products.csv, row 1: columns 'name' and 'title' mean the same; keep one of them",
    );
}

#[test]
fn names_that_are_not_known_or_come_twice() {
    check(
        "order_lines.csv",
        b"order_id,line,sku,qty\nO1,1,MUGG,2\n",
        "order_lines.csv, row 2, column sku: 'MUGG' is not in products.csv; add the product there, or correct the SKU",
    );
    check(
        "order_lines.csv",
        b"order_id,line,sku,qty\nO1,1,MUG,2\nO1,1,TEE,2\n",
        "order_lines.csv, row 3, column line: line 1 of order 'O1' stood already above; give each line of an order its own number",
    );
    check(
        "orders.csv",
        b"order_id,day\nO1,0\nO1,0\n",
        "O1 2×MUG 1×TEE; orders.csv, row 3, column order_id: 'O1' stood already above; keep one row for each order",
    );
    check(
        "orders.csv",
        b"order_id,day\nO1,0\n",
        "O1 2×MUG 1×TEE; order_lines.csv, row 4, column order_id: the order of this line is not among the orders; add the order, or remove the line",
    );
    check(
        "inventory.csv",
        b"location_id,sku,on_hand_units\nmall,MUG,2\nmal,MUG,2\nmall,MUG,3\n",
        "inventory.csv, row 3, column location_id: 'mal' is not in locations.csv; add the place there, or correct the code\n\
         inventory.csv, row 4, column sku: 'MUG' stood already above for this place; keep one row for each place and SKU",
    );
    check(
        "locations.csv",
        b"location_id\nmall\ndepot\nmall\n",
        "locations.csv, row 4, column location_id: 'mall' stood already on row 2; give each place its own code",
    );
    check(
        "products.csv",
        b"sku\nMUG\nTEE\nMUG\n",
        "products.csv, row 4, column sku: 'MUG' stood already above; keep one row for each SKU",
    );
}

#[test]
fn numbers_that_are_none() {
    for (quantity, shown) in [
        ("-3", "-3"),
        ("0", "0"),
        ("", ""),
        ("1e30", "1e30"),
        ("10001", "10001"),
        ("2.5", "2.5"),
        ("\u{ff11}", "１"),
    ] {
        check(
            "order_lines.csv",
            format!("order_id,line,sku,qty\nO1,1,MUG,{quantity}\n").as_bytes(),
            &format!(
                "order_lines.csv, row 2, column qty: '{shown}' is not a quantity; write a whole number from 1 to 10000"
            ),
        );
    }
    for price in ["$3", "1e30", "1.23456", "999999999999", "NaN"] {
        check(
            "products.csv",
            format!("sku,price_usd\nMUG,{price}\nTEE,1\n").as_bytes(),
            &format!(
                "products.csv, row 2, column price_usd: '{price}' is not an amount of money; write digits with at most 4 decimals and no currency sign, such as 12.50"
            ),
        );
    }
    check(
        "products.csv",
        b"sku,weight_oz\nMUG,heavy\nTEE,1e30\n",
        "products.csv, row 2, column weight_oz: 'heavy' is not a weight; write a number of the column's unit, 0 or more and at most 10 tonnes\n\
         products.csv, row 3, column weight_oz: '1e30' is not a weight; write a number of the column's unit, 0 or more and at most 10 tonnes",
    );
    check(
        "inventory.csv",
        b"location_id,sku,on_hand_units\nmall,MUG,-1\n",
        "inventory.csv, row 2, column on_hand_units: '-1' is not a number of units; write a whole number from 0 to 1000000",
    );
}

#[test]
fn rows_that_are_broken() {
    check(
        "order_lines.csv",
        b"order_id,line,sku,qty\nO1,1,MUG\n",
        "order_lines.csv, row 2: has 3 cells where the header has 4; look for a missing or extra delimiter, or a cell with a delimiter inside that is not in quotes",
    );
    check(
        "order_lines.csv",
        b"order_id,line,sku,qty\nO1,1,MUG,2\nO1,2,\"TEE,1\nO2,1,TEE,1\n",
        "order_lines.csv, row 3: a quote opens and never closes; close it, or write a quote inside a cell as two quotes",
    );
    check(
        "order_lines.csv",
        b"order_id,line,sku,qty\nO1,1,MUG,2\nO1,2,T\0EE,1\n",
        "order_lines.csv, row 3: holds a NUL byte; export the file again as UTF-8 text; this one is damaged or no text",
    );
    check(
        "products.csv",
        b"sku,name\nMUG,\"a\"b\nTEE,x\n",
        "products.csv, row 2: text follows a closing quote; put the whole cell in quotes, and write a quote inside it as two quotes",
    );
}

#[test]
fn days_that_a_spreadsheet_has_rewritten_are_told_how_to_write_wherever_they_stand() {
    let remedy = "'9/8/2026' is not a day; write the day as 2026-09-08, year first";
    for (file, column, text) in [
        ("orders.csv", "day", "order_id,day,dest_zip\nO1,9/8/2026,97201\n"),
        ("orders.csv", "deliver_by", "order_id,placed_at,deliver_by\nO1,2026-09-01,9/8/2026\n"),
        (
            "inventory.csv",
            "next_receipt",
            "location_id,sku,on_hand_units,next_receipt\nmall,MUG,1,9/8/2026\n",
        ),
    ] {
        check(file, text.as_bytes(), &format!("{file}, row 2, column {column}: {remedy}"));
    }
    let receipts = |day: &str| {
        let dir = Scratch::new();
        for (name, text) in GOOD {
            dir.write(name, text.as_bytes());
        }
        dir.write("receipts.csv", format!("day,location_id,sku,units\n{day},mall,MUG,1\n").as_bytes());
        let folder = Folder::open(dir.path()).unwrap();
        let read = folder.past.receipts(&folder.problem.network);
        read.map(|receipts| receipts[0].day.to_string()).map_err(|faults| faults.to_string())
    };
    assert_eq!(receipts("9/8/2026"), Err(format!("receipts.csv, row 2, column day: {remedy}")));
    assert_eq!(
        (receipts("2026-09-08"), receipts("20704")),
        (Ok("2026-09-08".into()), Ok("2026-09-08".into()))
    );
    let far = "receipts.csv, row 2, column day: '20260908' is not a day's number; write a whole number from -700000 to 700000";
    assert_eq!(receipts("20260908"), Err(far.to_owned()));
}

#[test]
fn an_order_may_state_its_day_as_a_date_or_a_number() {
    for day in ["2026-11-24", "20781"] {
        let orders = format!("order_id,day,placed_minute,dest_zip\nO1,{day},0,97201\nO2,{day},1,97201\n");
        check("orders.csv", orders.as_bytes(), ALL);
    }
}

#[test]
fn times_places_and_choices_that_are_none() {
    check(
        "orders.csv",
        b"order_id,placed_at\nO1,11/24/2026\n",
        "orders.csv, row 2, column placed_at: '11/24/2026' is not a time; write it like 2026-11-24T09:30:00Z or 2026-11-24 09:30:00 -0500",
    );
    check(
        "orders.csv",
        b"order_id\nO1\n",
        "orders.csv, row 2, column day: is empty, and so is placed_at; fill one of the two",
    );
    check(
        "orders.csv",
        b"order_id,day,lane\nO1,0,drone\n",
        "orders.csv, row 2, column lane: 'drone' is not a lane; write ship, pickup or local_delivery",
    );
    check(
        "locations.csv",
        b"location_id,zip\nmall,SW1A 1AA\ndepot,97005\n",
        "locations.csv, row 2, column zip: 'SW1A 1AA' is not a US ZIP code that is known; write five digits, or give lat_deg and lon_deg instead",
    );
    check(
        "locations.csv",
        b"location_id,lat_deg,lon_deg\nmall,95,0\ndepot,1,\n",
        "locations.csv, row 2, column lat_deg: '95' is not a latitude; write a number from -90 to 90\n\
         locations.csv, row 3, column lon_deg: is empty beside a latitude; write both degrees or neither",
    );
    check(
        "locations.csv",
        b"location_id,hours,time_zone\nmall,nine to five,\ndepot,,Portland\n",
        "locations.csv, row 2, column hours: opening hours 'nine to five' cannot be read; write them like 'Mo-Fr 09:00-18:00; Sa 10:00-14:00'\n\
         locations.csv, row 3, column time_zone: time zone 'Portland' is not known; write an IANA name such as America/New_York",
    );
    check(
        "products.csv",
        b"sku,components\nMUG,SET*2\nTEE,\nSET,MUG*2;CUP\n",
        "products.csv, row 2, column components: 'SET' is a bundle itself; name products that have a row of their own\n\
         products.csv, row 4, column components: 'MUG' is a bundle itself; name products that have a row of their own\n\
         products.csv, row 4, column components: 'CUP' is not a SKU of this file; name products that have a row of their own",
    );
    check(
        "products.csv",
        b"sku,handling_class\nMUG,fragil\nTEE,standard\n",
        "products.csv, row 2, column handling_class: 'fragil' is not a handling class; write fragile",
    );
}

#[test]
fn settings_and_manifest() {
    check(
        "settings.toml",
        b"split_penalty = 2.5\n\nbox_fil = 0.8\nwhen_short = [\"pray\"]\n",
        "settings.toml, row 3, column box_fil: 'box_fil' is not a setting; if box_fill is meant, write it so, as in box_fill = 0.8\n\
         settings.toml, row 4, column when_short: the entry 'pray' is not one of them; write a list in brackets of substitute, backorder, hold or cancel, such as when_short = [\"backorder\", \"cancel\"]",
    );
    check(
        "settings.toml",
        b"# Where we are.\ntime_zone = \"Portland\"\n",
        "settings.toml, row 2, column time_zone: time zone 'Portland' is not known; write an IANA name, such as time_zone = \"America/New_York\"",
    );
    check(
        "settings.toml",
        b"time_zone = -8\n",
        "settings.toml, row 1, column time_zone: time zone '-8' is not known; write an IANA name, such as time_zone = \"America/New_York\"",
    );
    check(
        "settings.toml",
        b"split_penalty 2.5\n",
        "settings.toml, row 1: 'split_penalty 2.5' is not written as key = value; write one key and its value in each line, such as split_penalty = 1.50",
    );
    check(
        "manifest.json",
        b"{\"format\": \"baton-2\"}",
        "manifest.json, column format: format 'baton-2' is not known; write baton-1 or oobench-1",
    );
    check(
        "manifest.json",
        b"{\"currency\": \"dollars\"}",
        "manifest.json, column currency: 'dollars' is not a currency; write three capitals of ISO 4217, such as USD",
    );
}

#[test]
fn a_setting_that_cannot_be_read_names_its_key_and_what_to_write() {
    for (text, expect) in [
        (
            "# Late is late.\nlateness_per_day = three # dollars\n",
            "row 2, column lateness_per_day: 'three' is not an amount of money; write a number of 0 or more with at most 4 decimals, or \"never\", such as lateness_per_day = 2.50",
        ),
        (
            "lateness_per_day = never\n",
            "row 1, column lateness_per_day: 'never' must stand between double quotes; write lateness_per_day = \"never\"",
        ),
        (
            "split_penalty = $2.50\n",
            "row 1, column split_penalty: '$2.50' is not an amount of money; write a number of 0 or more with at most 4 decimals, such as split_penalty = 1.50",
        ),
        (
            "split_penalty = 1,50\n",
            "row 1, column split_penalty: '1,50' is not an amount of money; write a number of 0 or more with at most 4 decimals, such as split_penalty = 1.50",
        ),
        (
            "time_zone = America/Los_Angeles\n",
            "row 1, column time_zone: 'America/Los_Angeles' must stand between double quotes; write time_zone = \"America/Los_Angeles\"",
        ),
        (
            "box_fill = 0.5\nbox_fill = 0.6\n",
            "row 2, column box_fill: stands already further up; keep one of the two lines",
        ),
        (
            "record_error_tail = [0.75,\n  0.3\nbox_fill = 0.5\n",
            "row 1, column record_error_tail: '[0.75, 0.3 box_fill = 0.5' is not a list; write a list in brackets of shares from 0 to 1, such as record_error_tail = [0.75, 0.3, 0.1]",
        ),
        (
            "promise_days = [5]\npromise_days_expedited = 90\n",
            "row 1, column promise_days: '[5]' is not a whole number; write a whole number from 0 to 60, or \"none\", such as promise_days = 5\n\
             settings.toml, row 2, column promise_days_expedited: '90' is out of range; write a whole number from 0 to 60, such as promise_days_expedited = 3",
        ),
        (
            "\n[box_fill]\nshare = 0.5\n",
            "row 2, column box_fill: a section with keys of its own is not a share; write a number from 0 to 1, such as box_fill = 0.8",
        ),
        (
            "unfilled = \"both\"\n",
            "row 1, column unfilled: 'both' is not a choice; write \"fewest_first\" or \"priced\", such as unfilled = \"priced\"",
        ),
        (
            "colour = red\n",
            "row 1, column colour: 'colour' is not a setting; remove it; keys are time_zone, parts_off,",
        ),
    ] {
        let told = read(&[("settings.toml", text.as_bytes())]);
        let is_told = told == format!("settings.toml, {expect}");
        assert!(is_told || expect.ends_with(',') && told.contains(expect), "{text}: {told}");
    }
}

#[test]
fn a_setting_below_a_section_is_told_as_a_part_of_it() {
    for (text, expect) in [
        (
            "[[markdown]]\nafter_days = x\nshare = 0.05\n",
            "row 2, column markdown: after_days of a step: 'x' is not a number of days; write steps of days and a share from 0 to 1, such as markdown = [{ after_days = 90, share = 0.05 }]",
        ),
        (
            "# Old goods.\n[[markdown]]\nafter_days = 90\nshare = 5\n",
            "row 2, column markdown: share of a step: '5' is not a share; write steps of days and a share from 0 to 1, such as markdown = [{ after_days = 90, share = 0.05 }]",
        ),
        (
            "markdown = [{ after_days = 90 }]\n",
            "row 1, column markdown: a step has no share; write a list in brackets of steps of days and a share from 0 to 1, such as markdown = [{ after_days = 90, share = 0.05 }]",
        ),
        (
            "[[markdown]]\nafter_days = 90\nshare = 0.05\nbox_fill = 0.5\n",
            "row 1, column markdown: box_fill stands below it, and counts as a part of a step; move it above the section, or write the section as one line, such as markdown = [{ after_days = 90, share = 0.05 }]",
        ),
        (
            "[box_fill]\nshare = most\n",
            "row 2, column box_fill: a section with keys of its own is not a share; write a number from 0 to 1, such as box_fill = 0.8",
        ),
    ] {
        check("settings.toml", text.as_bytes(), &format!("settings.toml, {expect}"));
    }
}

#[test]
fn of_many_equal_faults_a_few_are_told_and_the_rest_counted() {
    let mut text = "sku,price_usd\n".to_owned();
    (0..50).for_each(|n| text.push_str(&format!("S{n},x\n")));
    let told = read(&[("products.csv", text.as_bytes())]);
    assert_eq!(told.lines().count(), 6, "{told}");
    assert!(
        told.contains("products.csv, column price_usd: and 45 more rows like this; write digits"),
        "{told}"
    );
}

#[test]
fn at_most_twenty_faults_of_a_file_are_told() {
    let header = "sku,weight_oz,price_usd,cost_usd,handling_class,gross_margin_usd,unfilled_cost\n";
    let broken =
        ["S,x,1,1,,1,1", "S,1,x,1,,1,1", "S,1,1,x,,1,1", "S,1,1,1,x,1,1", "S,1,1,1,,x,1", "S,1,1,1,,1,x"];
    let rows: Vec<String> =
        broken.iter().flat_map(|row| (0..9).map(move |n| row.replace('S', &format!("S{n}")))).collect();
    let told = read(&[("products.csv", format!("{header}{}", rows.join("\n")).as_bytes())]);
    assert!(told.lines().filter(|line| line.contains(", row ")).count() == 20, "{told}");
}

#[test]
fn with_semicolons_a_decimal_point_is_refused_with_the_reason() {
    check(
        "products.csv",
        b"sku;weight_oz;price_usd\nMUG;12;9.50\nTEE;6;20\n",
        "products.csv, row 2, column price_usd: '9.50' is not an amount of money: where semicolons separate the cells, a comma marks the decimals; write 9,50, or separate the cells by commas",
    );
    check(
        "products.csv",
        b"sku;weight_oz;price_usd\nMUG;12.5;9,50\nTEE;6;20\n",
        "products.csv, row 2, column weight_oz: '12.5' is not a weight: where semicolons separate the cells, a comma marks the decimals; write 12,5, or separate the cells by commas",
    );
}

#[test]
fn a_column_that_is_nearly_a_known_one_is_asked_about() {
    let dir = Scratch::new();
    for (name, text) in GOOD {
        dir.write(name, text.as_bytes());
    }
    dir.write(
        "locations.csv",
        b"location_id,typ,zip,note,my_own\nmall,store,97201,,\ndepot,warehouse,97005,,\n",
    );
    let problem = Folder::open(dir.path()).unwrap().problem;
    assert_eq!(
        problem.notes,
        ["locations.csv: the column 'typ' is not known and was left alone; if type is meant, rename it"]
    );
    assert_eq!(
        problem.unknown_columns,
        ["locations.csv: typ", "locations.csv: note", "locations.csv: my_own"]
    );
}

/// What is assumed and what is noted of ZIP codes, with these places.
fn told_of_zips(currency: &str, places: &str) -> Vec<String> {
    let dir = Scratch::new();
    for (name, text) in GOOD {
        dir.write(name, text.as_bytes());
    }
    dir.write("locations.csv", places.as_bytes());
    dir.write("manifest.json", format!("{{\"currency\": \"{currency}\"}}").as_bytes());
    dir.write("rates.csv", b"service,zone,max_weight_oz,rate_usd,transit_days\nground,8,160,9,3\n");
    let problem = Folder::open(dir.path()).unwrap_or_else(|faults| panic!("{faults}")).problem;
    let told = problem.assumptions.into_iter().filter(|line| line.contains("ZIP code"));
    told.chain(problem.notes).collect()
}

#[test]
fn zip_codes_of_places_get_back_the_zeros_that_a_spreadsheet_ate() {
    let places = "location_id,name,zip\nmall,Boise,8370\ndepot,,901\n";
    assert_eq!(
        told_of_zips("USD", places),
        ["locations.csv: 2 ZIP codes had lost leading zeros, and got them back (Boise: 08370, depot: 00901)"]
    );
    let many = (0..5).map(|n| format!("p{n},2139\n")).collect::<String>();
    let told = told_of_zips("USD", &format!("location_id,zip\nmall,2139\ndepot,97201\n{many}"));
    assert!(
        told[0].ends_with("got them back (mall: 02139, p0: 02139, p1: 02139, p2: 02139, p3: 02139, …)"),
        "{told:?}"
    );
    let abroad = "location_id,zip,lat_deg,lon_deg\nmall,8001,47.37,8.54\ndepot,3011,46.95,7.44\n";
    assert!(told_of_zips("CHF", abroad).is_empty(), "codes of four digits are whole in Switzerland");
}

#[test]
fn a_zip_code_that_lies_elsewhere_than_the_rest_of_its_row_is_told() {
    let places =
        "location_id,zip,state,lat_deg,lon_deg\nmall,97201,OR,45.5,-122.7\ndepot,90001,,42.4,-71.1\n";
    assert_eq!(
        told_of_zips("USD", places),
        [
            "locations.csv, row 3: ZIP 90001 is 4,170 km from the coordinates given; the coordinates are used; if it is no \
          US ZIP code, set currency in manifest.json, or leave zip empty"
        ]
    );
    let places = "location_id,zip,state\nmall,97201,or\ndepot,90001,MA\n";
    assert_eq!(
        told_of_zips("USD", places),
        ["locations.csv, row 3: ZIP 90001 is 4,000 km from MA; correct one of them"]
    );
    let alaska = "location_id,zip,state,lat_deg,lon_deg\nmall,99692,AK,53.9,-166.5\ndepot,97005,WA,,\n";
    assert!(told_of_zips("USD", alaska).is_empty(), "Alaska is wide, and Beaverton lies near Washington");
    let pacific = "location_id,zip,lat_deg,lon_deg\nmall,96960,7.1,171.4\ndepot,96940,7.5,134.6\n";
    assert!(
        told_of_zips("USD", pacific).is_empty(),
        "the Marshall Islands and Palau share a prefix with Guam"
    );
    let many = (0..7).map(|n| format!("p{n},90001,MA\n")).collect::<String>();
    let told = told_of_zips("USD", &format!("location_id,zip,state\nmall,97201,OR\ndepot,97201,OR\n{many}"));
    assert_eq!((told.len(), told[5].as_str()), (6, "locations.csv: and 2 more rows like this"));
}

#[test]
fn a_folder_or_a_broken_link_in_place_of_a_file_is_not_called_missing() {
    let dir = Scratch::new();
    for (name, text) in GOOD {
        dir.write(name, text.as_bytes());
    }
    let zones = dir.path().join("zones.csv");
    std::fs::create_dir(&zones).unwrap();
    assert_eq!(
        Folder::open(dir.path()).unwrap_err().to_string(),
        "zones.csv: cannot be opened: it is a folder; put the file itself there"
    );
    #[cfg(unix)]
    {
        std::fs::remove_dir(&zones).unwrap();
        std::os::unix::fs::symlink(dir.path().join("gone"), &zones).unwrap();
        assert_eq!(
            Folder::open(dir.path()).unwrap_err().to_string(),
            "zones.csv: cannot be opened: there is no such file or folder; check the path and its permissions"
        );
    }
}

#[test]
fn a_folder_without_its_files_says_which() {
    let dir = Scratch::new();
    assert_eq!(
        Folder::open(dir.path()).unwrap_err().to_string(),
        "locations.csv: is missing in the folder; add it with the columns location_id\n\
         products.csv: is missing in the folder; add it with the columns sku"
    );
}
