//! Shopify's exports as files: missing, broken, doubled, in parts, or saved by a spreadsheet.

mod exports;
mod scratch;

use connect::files::Shopify;
use exports::{INVENTORY, LOCATIONS, NOON, ORDERS, PRODUCTS, all, export, open};
use scratch::Scratch;

/// What is said of the good exports with one file replaced by another, or taken away.
fn said_with(name: &str, bytes: Option<&[u8]>) -> String {
    let dir = Scratch::new();
    for (name, text) in all() {
        dir.write(name, text.as_bytes());
    }
    std::fs::remove_file(dir.path().join(name)).unwrap();
    if let Some(bytes) = bytes {
        dir.write(name, bytes);
    }
    Shopify::detect(dir.path()).unwrap().open().unwrap_err().to_string()
}

#[test]
fn an_export_that_is_there_but_unusable_is_named_with_what_is_wrong() {
    let orders = "orders_export_1.csv";
    let again = "export it again in Shopify's admin under Orders, Export, as a plain CSV file";
    assert_eq!(said_with(orders, Some(b"")), format!("{orders}: is empty; {again}"));
    assert_eq!(
        said_with(orders, Some(b"order,when\n1,2\n")),
        format!("{orders}: has not the columns of an orders export; found are order, when; {again}")
    );
    let renamed = ORDERS.replacen("Lineitem name", "Item", 1).replacen("Created at", "Created", 1);
    assert_eq!(
        said_with(orders, Some(renamed.as_bytes()))
            .lines()
            .map(|line| line.split(';').next().unwrap())
            .collect::<Vec<_>>(),
        [
            "orders_export_1.csv, row 1: column Created at is missing",
            "orders_export_1.csv, row 1: column Lineitem name is missing",
        ]
    );
    assert_eq!(
        said_with(orders, None),
        "the orders export: no CSV file in the folder has its columns; export it in Shopify's admin under Orders, Export, as a plain CSV file"
    );
    let inventory = "inventory_export.csv";
    let header = INVENTORY.lines().next().unwrap();
    assert_eq!(
        said_with(inventory, Some(header.as_bytes())),
        format!(
            "{inventory}: has a header and no rows; export it again in Shopify's admin under Products, Inventory, Export, for all locations"
        )
    );
}

/// The notes on the good exports with one more file, or why they are refused.
fn said_beside(name: &str, bytes: &[u8]) -> Result<Vec<String>, String> {
    let dir = Scratch::new();
    for (name, text) in all() {
        dir.write(name, text.as_bytes());
    }
    dir.write(name, bytes);
    let opened = Shopify::detect(dir.path()).unwrap().open();
    opened.map(|exports| exports.problem.notes).map_err(|faults| faults.to_string())
}

#[test]
fn a_further_export_that_adds_nothing_is_told_beside_good_ones() {
    let again = "export it again in Shopify's admin under";
    let plain = format!("{again} Orders, Export, as a plain CSV file");
    for (name, bytes) in [("orders_export_2.csv", &b""[..]), ("Orders_export (2).csv", b"\n\n")] {
        assert_eq!(said_beside(name, bytes), Err(format!("{name}: is empty; {plain}")));
    }
    let header = |text: &str| text.lines().next().unwrap().to_owned();
    for (name, header, under) in [
        ("later.csv", header(ORDERS), "Orders, Export, as a plain CSV file"),
        ("inventory_export_2.csv", header(INVENTORY), "Products, Inventory, Export, for all locations"),
        ("products_export_2.csv", header(PRODUCTS), "Products, Export, as a plain CSV file"),
    ] {
        let note = format!("{name} has a header and no rows; if it should have some, {again} {under}");
        assert_eq!(said_beside(name, header.as_bytes()), Ok(vec![note]), "{name}");
    }
    let note = "orders_export_sums.csv is not read: it has not the columns of an orders export; found are month, sum";
    assert_eq!(
        said_beside("orders_export_sums.csv", b"month,sum\n1,2\n"),
        Ok(vec![format!("{note}; {plain}, or rename it")])
    );
    assert_eq!(said_beside("notes.csv", b""), Ok(vec![]), "its name says nothing of an export");
}

#[test]
fn a_folder_in_place_of_an_export_is_named() {
    let dir = Scratch::new();
    dir.write("inventory_export.csv", INVENTORY.as_bytes());
    std::fs::create_dir(dir.path().join("orders_export_1.csv")).unwrap();
    assert_eq!(
        Shopify::detect(dir.path()).unwrap().open().unwrap_err().to_string(),
        "orders_export_1.csv: cannot be opened: it is a folder; put the file itself there"
    );
}

#[test]
fn tables_beyond_those_that_are_looked_at_are_counted() {
    let dir = Scratch::new();
    for n in 0..497 {
        dir.write(&format!("a{n:03}.csv"), b"a,b\n");
    }
    for (name, text) in all() {
        dir.write(name, text.as_bytes());
    }
    let open = || Shopify::detect(dir.path()).unwrap().open();
    assert_eq!(open().unwrap().problem.notes, [] as [&str; 0], "three exports and 497 others are 500");
    dir.write("z1.csv", b"a,b\n");
    let told = " not looked at, for only the first 500 by name are: move what is no export out of the folder";
    assert_eq!(open().unwrap().problem.notes, [format!("1 table was{told}")]);
    for n in 0..2 {
        dir.write(&format!("b{n}.csv"), b"a,b\n");
    }
    let refused = open().unwrap_err().to_string();
    assert!(refused.contains(&format!("; 3 tables were{told}; export it in Shopify's admin")), "{refused}");
}

#[test]
fn an_export_downloaded_twice_is_told_once() {
    let mut files = all();
    files.push(("orders_export_1 (1).csv", ORDERS));
    assert_eq!(
        open(&files).unwrap_err(),
        "orders_export_1.csv: holds the same 5 orders as orders_export_1 (1).csv; remove one of the two files"
    );
    files[4] = ("inventory_export (1).csv", INVENTORY);
    assert_eq!(
        open(&files).unwrap_err(),
        "inventory_export.csv: holds the same 3 stock records as inventory_export (1).csv; keep the newer of the two files, and remove the other"
    );
}

#[test]
fn an_export_in_parts_is_read_whole_and_overlapping_ones_are_refused() {
    let (first, second) = (
        export(&[["#1", "", "97201", "US", NOON], ["#2", "", "97201", "US", NOON]]),
        export(&[["#3", "", "97201", "US", NOON], ["#4", "", "97201", "US", NOON]]),
    );
    let overlapping = export(&[["#2", "", "97201", "US", NOON], ["#3", "", "97201", "US", NOON]]);
    let mut files = all();
    files[1].1 = &first;
    files.push(("orders_export_2.csv", &second));
    assert_eq!(open(&files).unwrap().1.len(), 4);
    files[4].1 = &overlapping;
    assert_eq!(
        open(&files).unwrap_err(),
        "orders_export_2.csv: 1 of 2 orders stands in orders_export_1.csv, too; remove them from one of the two, or export the whole time as one file"
    );
}

#[test]
fn an_export_that_went_through_a_spreadsheet_is_read_where_its_dates_are_clear() {
    let read = |times: [&'static str; 2]| {
        let orders = export(&[["#1", "", "97201", "US", times[0]], ["#2", "", "97201", "US", times[1]]]);
        let mut files = all();
        files[1].1 = &orders;
        open(&files).map(|(problem, orders)| {
            let told = problem.assumptions.iter().find(|line| line.contains("spreadsheet")).unwrap();
            let times: Vec<String> = orders.iter().map(|order| order.placed_at.to_string()).collect();
            format!("{} {told}", times.join(" "))
        })
    };
    assert_eq!(
        read(["11/30/2025 04:41", "12/1/2025 4:41 PM"]).unwrap(),
        "2025-11-30T04:41:00Z 2025-12-01T16:41:00Z orders_export_1.csv: its times were rewritten by a spreadsheet, which loses their offset from UTC, and are read as month/day/year by the shop's clock"
    );
    assert!(
        read(["10/9/2025 04:41", "11/9/2025 04:41"])
            .unwrap()
            .contains("no row shows which of the two is the month")
    );
    assert_eq!(
        read(["11/30/2025 04:41", "13/1/2025 04:41"]).unwrap_err(),
        "orders_export_1.csv, column Created at: 11/30/2025 (row 2) has the month first, and 13/1/2025 (row 3) the day; export the orders again, and do not save the file in Excel or another spreadsheet"
    );
    assert_eq!(
        read(["11/30/2025 04:41", "2025-12-01 12:00:00 +0000"]).unwrap_err(),
        "orders_export_1.csv, column Created at: some times are as Shopify writes them, and some as a spreadsheet does; export the orders again, and do not save the file in Excel or another spreadsheet"
    );
}

#[test]
fn times_that_lost_their_offset_are_those_of_the_shops_clock_and_nothing_else_is_said() {
    let read = |time: &str, places: &str| {
        let orders = export(&[["#1", "", "97201", "US", time], ["#2", "", "97201", "US", time]]);
        let mut files = all();
        files[0].1 = places;
        files[1].1 = &orders;
        let (problem, orders) = open(&files).unwrap();
        let told =
            problem.assumptions.into_iter().filter(|line| line.contains("offset") || line.contains("UTC"));
        (orders[0].placed_at.to_string(), problem.first_day.to_string(), told.collect::<Vec<String>>())
    };
    let zoned =
        "location_id,zip,time_zone\nMain St,97201,America/Los_Angeles\nDepot,'02139,America/Los_Angeles\n";
    let rewritten = "orders_export_1.csv: its times were rewritten by a spreadsheet, which loses their offset from UTC, \
                     and are read as month/day/year by the shop's clock";
    let bare = "orders_export_1.csv: 2 times are written without an offset from UTC and are read by the shop's clock";
    let utc = "no place names a time zone: days and times of day of orders are those of UTC; time_zone in settings.toml \
               names one";
    for (time, second, sentence) in
        [("11/30/2025 20:41", "00", rewritten), ("2025-11-30 20:41:09", "09", bare)]
    {
        let (at, day, told) = read(time, zoned);
        assert_eq!(
            (at.as_str(), day.as_str()),
            (format!("2025-12-01T04:41:{second}Z").as_str(), "2025-11-30"),
            "{time}"
        );
        assert_eq!(told, [sentence]);
        let (at, day, told) = read(time, LOCATIONS);
        assert_eq!(
            (at.as_str(), day.as_str()),
            (format!("2025-11-30T20:41:{second}Z").as_str(), "2025-11-30"),
            "{time}"
        );
        assert_eq!(told, [sentence, utc]);
    }
}

#[test]
fn times_that_nobody_can_read_are_counted_and_not_listed() {
    let broken: Vec<String> = (0..200).map(|n| format!("{n}")).collect();
    let rows: Vec<[&str; 5]> = broken.iter().map(|id| [id.as_str(), "", "97201", "US", "45991.5"]).collect();
    let orders = export(&rows);
    let mut files = all();
    files[1].1 = &orders;
    let told = open(&files).unwrap_err();
    assert_eq!(told.lines().count(), 6, "{told}");
    assert!(told.ends_with(
        "orders_export_1.csv, column Created at: and 195 more rows like this; export the orders again, and do not save the file in Excel or another spreadsheet"
    ));
}
