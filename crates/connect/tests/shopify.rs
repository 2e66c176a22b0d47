//! Shopify's exports, old and new, with their quirks: what becomes of the rows.

mod exports;
mod scratch;

use connect::files::{Problem, Shopify};
use exports::{LOCATIONS, NOON, ORDERS, all, export, open};
use model::{LocationId, Order, ProductId, Stock};
use scratch::Scratch;

/// All orders in one line each, as `id lane service promised-day`.
fn promises(orders: &[Order]) -> Vec<String> {
    let day = |order: &Order| order.deliver_by.map_or("never".to_owned(), |day| day.to_string());
    orders.iter().map(|o| format!("{} {} {} {}", o.id, o.lane.code(), o.service.code(), day(o))).collect()
}

fn shelf(problem: &Problem) -> String {
    let stock: &Stock = &problem.stock;
    let mut shown = String::new();
    for (p, product) in problem.network.products.iter().enumerate() {
        for (l, location) in problem.network.locations.iter().enumerate() {
            if let Some(record) = stock.record(ProductId(p as u32), LocationId(l as u16)) {
                let level = stock.level(record);
                shown.push_str(&format!(
                    "{} {} {}/{}; ",
                    product.sku,
                    location.code,
                    level.on_hand,
                    level.available()
                ));
            }
        }
    }
    shown
}

#[test]
fn orders_are_joined_from_their_rows_and_sorted_by_time() {
    let (problem, orders) = open(&all()).unwrap();
    let network = &problem.network;
    let shown: Vec<String> = orders
        .iter()
        .map(|order| {
            let lines = order.lines.iter().map(|line| {
                format!(
                    " {}×{} at {}",
                    line.quantity,
                    network.product(line.product).sku,
                    line.unit_price.decimal()
                )
            });
            let place = if order.destination.place.is_some() { "placed" } else { "nowhere" };
            format!(
                "{} {} {} {place}{}",
                order.id,
                order.lane.code(),
                order.service.code(),
                lines.collect::<String>()
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "#0999 pickup standard nowhere 1×Tee at 20.0000",
            "#1002 ship next_day nowhere 1×MUG-B at 9.5000",
            "#1003 ship standard placed 1×MUG-B at 9.5000 2×Tee at 20.0000",
        ]
    );
    assert_eq!(orders[0].pickup_at, network.location_by_code("Main St"));
    assert_eq!(orders[2].tags, ["vip", "gift"]);
    assert_eq!(problem.first_day.to_string(), "2025-12-03");
    let expected = [
        "stock is what the inventory export shows, taken as it stood before the first order",
        "2 committed units count as free, since the orders that hold them are routed here",
        "1 stock record is below zero and counts as nothing",
        "1 order was shipped already and is routed as if it was not",
        "left out: 1 cancelled order",
        "left out: 1 line that needs no shipping",
        "left out: 1 sale over the counter",
        "1 of 2 products has no SKU and is known by name",
        "1 of 2 products states no weight and counts as 16 oz",
        "1 order goes abroad (1 GB), where no rates are known: held for a person",
    ];
    for sentence in expected {
        assert!(
            problem.assumptions.iter().any(|line| line == sentence),
            "{sentence}: {:#?}",
            problem.assumptions
        );
    }
}

#[test]
fn variants_carry_what_the_products_export_says() {
    let (problem, _) = open(&all()).unwrap();
    let mug = problem.network.product(problem.network.product_by_sku("MUG-B").unwrap());
    assert_eq!(
        (mug.title.as_str(), mug.category.as_str(), mug.weight.grams_up()),
        ("Mug - Blue", "Kitchen", 341)
    );
    assert_eq!((mug.gross_margin.decimal().as_str(), mug.tags.len()), ("5.5000", 2));
}

#[test]
fn inventory_is_read_in_all_three_layouts() {
    let expect = "MUG-B Depot 7/7; MUG-B Main St 3/2; Tee Main St -2/0; ";
    assert_eq!(shelf(&open(&all()).unwrap().0), expect);
    let mut files = all();
    files[2].1 = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO,Location,Incoming,Unavailable,Committed,Available,On hand\n\
        mug,Mug,Color,Blue,,,,,MUG-B,,,Main St,0,1,2,0,3\nmug,Mug,Color,Blue,,,,,MUG-B,,,Depot,4,0,0,7,7\ntee,Tee,Title,Default Title,,,,,,,,Main St,0,0,0,-2,-2\n";
    assert_eq!(shelf(&open(&files).unwrap().0), expect);
    files[2].1 = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO,Main St,Depot\n\
        mug,Mug,Color,Blue,,,,,MUG-B,,,2,7\ntee,Tee,Title,Default Title,,,,,,,,-2,not stocked\n";
    assert_eq!(shelf(&open(&files).unwrap().0), "MUG-B Depot 7/7; MUG-B Main St 2/2; Tee Main St -2/0; ");
}

#[test]
fn new_product_headers_are_read_too() {
    let mut files = all();
    files[3].1 = "Title,URL handle,Type,Tags,SKU,Option1 name,Option1 value,Price,Cost per item,Weight value (grams)\n\
        Mug,mug,Kitchen,,MUG-B,Color,Blue,9.50,4.00,340\n";
    let (problem, _) = open(&files).unwrap();
    let mug = problem.network.product(problem.network.product_by_sku("MUG-B").unwrap());
    assert_eq!((mug.weight.grams_up(), mug.gross_margin.decimal().as_str()), (340, "5.5000"));
}

#[test]
fn without_locations_a_list_to_fill_in_is_written() {
    let dir = Scratch::new();
    for (name, text) in &all()[1..] {
        dir.write(name, text.as_bytes());
    }
    let shopify = Shopify::detect(dir.path()).unwrap();
    assert_eq!(
        shopify.open().unwrap_err().to_string(),
        "locations.csv: was missing and now lists the 2 locations of the inventory export; fill in the type (store or warehouse) and the ZIP code of each there, look over the lanes (orders ask for more than shipping, and stores were taken to offer it), and run again"
    );
    let written = std::fs::read_to_string(dir.path().join("locations.csv")).unwrap();
    assert!(
        written.starts_with("location_id,type,zip,lanes,")
            && written.contains("\n\"Main St\",store,,ship;pickup,")
            && written.contains("\n\"Depot\",warehouse,,ship,"),
        "{written}"
    );
    assert_eq!(
        shopify.open().unwrap_err().to_string(),
        "locations.csv, column zip: 2 of 2 places have no ZIP code: Main St, Depot; fill in the column zip, and run again"
    );
}

#[test]
fn faults_name_shopifys_own_columns() {
    let mut files = all();
    let bad = ORDERS.replace("-0500,2,Tee", "-0500,two,Tee");
    files[1].1 = &bad;
    assert_eq!(
        open(&files).unwrap_err(),
        "orders_export_1.csv, row 3, column Lineitem quantity: 'two' is not a quantity; write a whole number from 0 to 10000"
    );
    files[1].1 = ORDERS;
    files[0].1 = "location_id,zip\nMain St,97201\n";
    assert_eq!(
        open(&files).unwrap_err(),
        "locations.csv: 'Depot' of the inventory export is not in this file; add a row for it"
    );
    let rupees = ORDERS.replace("USD", "INR");
    files[0].1 = LOCATIONS;
    files[1].1 = &rupees;
    assert_eq!(
        open(&files).unwrap_err(),
        "rates.csv: is missing, and the built-in tariff is in USD while amounts are in INR; add it with rates in your currency"
    );
}

#[test]
fn a_baton_folder_is_no_export() {
    let dir = Scratch::new();
    dir.write("stock.csv", b"location,sku,title,on_hand\nA,B,Mug,1\n");
    dir.write("orders.csv", b"order_id,day\nO1,0\n");
    dir.write("inventory.csv", b"location_id,sku,on_hand\nA,B,1\n");
    assert!(Shopify::detect(dir.path()).is_none());
}

/// The clock's face at the order of 6 December, and what is told of the clock.
fn clock_of(files: &[(&str, &str)]) -> (String, Vec<String>) {
    let (problem, orders) = open(files).unwrap();
    let shown = problem.network.settings.clock.show(orders[2].placed_at).to_string();
    let told = problem.assumptions.into_iter().filter(|sentence| sentence.contains("time_zone"));
    (shown, told.map(|sentence| sentence.split(": ").next().unwrap().to_owned()).collect())
}

#[test]
fn where_no_place_names_a_zone_the_offsets_of_the_orders_are_the_shops_clock() {
    let (shown, told) = clock_of(&all());
    assert_eq!(shown, "2025-12-06T10:37:33-05:00");
    assert_eq!(told, ["no place names a time zone"]);
}

#[test]
fn a_zone_that_does_not_fit_the_offsets_of_the_orders_is_told() {
    let zoned = |zone: &str| {
        let places = format!(
            "location_id,type,zip,lanes,time_zone\nMain St,store,97201,ship;pickup,{zone}\nDepot,warehouse,02139,ship,\n"
        );
        let mut files = all();
        files[0].1 = &places;
        clock_of(&files)
    };
    assert_eq!(zoned("America/New_York"), ("2025-12-06T10:37:33-05:00".into(), vec![]));
    let (shown, told) = zoned("America/Los_Angeles");
    assert_eq!(shown, "2025-12-06T07:37:33-08:00");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("3 of 3 orders are written with another offset"), "{told:?}");
}

#[test]
fn a_paid_service_is_read_from_the_method_and_promised_by_the_settings() {
    let orders = export(&[
        ["#1", "Standard", "97201", "US", NOON],
        ["#2", "Express", "97201", "US", NOON],
        ["#3", "Overnight", "97201", "US", NOON],
        ["#4", "USPS Priority Mail", "97201", "US", NOON],
        ["#5", "2-Day Air", "97201", "US", NOON],
    ]);
    let mut files = all();
    files[1].1 = &orders;
    let (problem, read) = open(&files).unwrap();
    assert_eq!(
        promises(&read),
        [
            "#1 ship standard 2025-12-06",
            "#2 ship expedited 2025-12-04",
            "#3 ship next_day 2025-12-02",
            "#4 ship expedited 2025-12-04",
            "#5 ship expedited 2025-12-03",
        ]
    );
    let told = |sentence: &str| problem.assumptions.iter().any(|line| line == sentence);
    assert!(told(
        "orders count as promised in 5 days where nothing else is said: promise_days in settings.toml"
    ));
    assert!(told("1 order is promised in the days that the shipping method names"));
    files.push(("settings.toml", "promise_days = \"none\"\npromise_days_expedited = 2\n"));
    let (_, read) = open(&files).unwrap();
    assert_eq!(promises(&read)[..2], ["#1 ship standard never", "#2 ship expedited 2025-12-03"]);
}

#[test]
fn a_shop_abroad_that_sells_in_dollars_is_told_to_leave_its_postal_codes_out() {
    let mut files = all();
    files[0].1 = "location_id,zip,lat_deg,lon_deg\nMain St,10115,52.53,13.38\nDepot,'02139,42.4,-71.1\n";
    let notes = open(&files).unwrap().0.notes;
    let far = "locations.csv, row 2: ZIP 10115 is 6,380 km from the coordinates given; the coordinates are used; if it is no \
               US ZIP code, leave zip empty";
    assert!(notes.iter().any(|note| note == far), "{notes:?}");
}

#[test]
fn a_service_faster_than_all_rates_is_promised_for_the_first_day_that_can_be_reached() {
    let orders = export(&[
        ["#1", "Overnight", "97201", "US", NOON],
        ["#2", "Overnight", "33101", "US", NOON],
        ["#3", "Same day", "97201", "US", NOON],
    ]);
    let mut files = all();
    files[1].1 = &orders;
    let (problem, read) = open(&files).unwrap();
    assert_eq!(
        promises(&read),
        ["#1 ship next_day 2025-12-02", "#2 ship next_day 2025-12-04", "#3 ship same_day 2025-12-02"],
        "Priority Mail takes a day within a zone, and three to the farthest"
    );
    let told = problem.assumptions.iter().find(|line| line.contains("a faster service than")).unwrap();
    assert!(
        told.starts_with("2 orders are by a faster service than any location and rate can give"),
        "{told}"
    );
}

#[test]
fn lanes_that_no_location_offers_are_told_with_the_number_of_their_orders() {
    let orders = export(&[
        ["#1", "Local delivery", "97201", "US", NOON],
        ["#2", "Main St", "", "US", NOON],
        ["#3", "Standard", "97201", "US", NOON],
    ]);
    let mut files = all();
    files[1].1 = &orders;
    let (problem, read) = open(&files).unwrap();
    assert_eq!(read[1].lane.code(), "pickup", "a method that is a location's name is a pickup there");
    assert_eq!(
        problem.notes,
        ["1 order is for local delivery, but no location offers it: fill in lanes in locations.csv"]
    );
    files[0].1 = "location_id,type,zip\nMain St,store,97201\nDepot,warehouse,'02139\n";
    assert_eq!(
        open(&files).unwrap().0.notes,
        [
            "2 orders are for pickup or local delivery, but no location offers it: fill in lanes in locations.csv"
        ]
    );
}

#[test]
fn a_pickup_that_names_no_store_is_at_the_only_one_that_hands_over() {
    let orders = export(&[["#1", "Free pickup", "", "US", NOON]]);
    let mut files = all();
    files[1].1 = &orders;
    let (problem, read) = open(&files).unwrap();
    assert_eq!(read[0].pickup_at, problem.network.location_by_code("Main St"));
}

#[test]
fn territories_short_zip_codes_military_post_and_countries_are_told_apart() {
    let orders = export(&[
        ["#1", "", "'00901", "US", NOON],
        ["#2", "", "901", "US", NOON],
        ["#3", "", "901", "PR", NOON],
        ["#4", "", "2139", "US", NOON],
        ["#5", "", "09012", "US", NOON],
        ["#6", "", "K1A 0B1", "CA", NOON],
        ["#7", "", "101", "IS", NOON],
        ["#8", "", "H2X 1Y4", "CA", NOON],
        ["#9", "", "00099", "US", NOON],
    ]);
    let mut files = all();
    files[1].1 = &orders;
    let (problem, read) = open(&files).unwrap();
    let places: Vec<_> = read.iter().map(|order| order.destination.place).collect();
    let known = |prefix| problem.network.place(prefix).map(Some).unwrap();
    assert_eq!(places[..4], [known("009"), known("009"), known("009"), known("021")]);
    assert_eq!(places[4..], [None; 5]);
    assert_eq!((read[1].destination.postal.as_str(), read[5].destination.country.as_str()), ("00901", "CA"));
    for sentence in [
        "3 ZIP codes had lost leading zeros, and got them back",
        "1 order has no ZIP code that is known: held for a person",
        "1 order goes to military post (APO, FPO, DPO), whose zones are not known: held for a person",
        "3 orders go abroad (2 CA, 1 IS), where no rates are known: held for a person",
    ] {
        assert!(
            problem.assumptions.iter().any(|line| line == sentence),
            "{sentence}: {:#?}",
            problem.assumptions
        );
    }
}

#[test]
fn only_orders_that_are_routed_count_as_shipped_already_or_refunded_in_part() {
    let header = ORDERS.lines().next().unwrap();
    let row = |id: &str, paid: &str, (currency, ships): (&str, &str)| {
        format!("{id},,{paid},fulfilled,{currency},,{NOON},1,Tee,20.00,,{ships},10001,NY,US,,5,,web,\n")
    };
    let rows = [
        row("#1", "paid", ("USD", "true")),
        row("#2", "partially_refunded", ("USD", "true")),
        row("#3", "partially_refunded", ("USD", "false")),
        row("#4", "partially_refunded", ("EUR", "true")),
    ];
    let orders = format!("{header}\n{}", rows.concat());
    let mut files = all();
    files[1].1 = &orders;
    let (problem, routed) = open(&files).unwrap();
    assert_eq!(routed.len(), 2, "a gift card does not ship, and euros are left out");
    let told = problem.assumptions.iter().filter(|line| line.contains("routed "));
    assert_eq!(
        told.skip(1).collect::<Vec<_>>(),
        [
            "2 orders were shipped already and are routed as if they were not",
            "1 order was refunded in part and is routed whole, for the export does not say which units",
        ]
    );
}

#[test]
fn what_was_left_out_is_known_by_order() {
    let dir = Scratch::new();
    for (name, text) in all() {
        dir.write(name, text.as_bytes());
    }
    let refunded = "#0998,c@example.com,refunded,unfulfilled,USD,,2025-12-03 09:00:00 -0500,1,Tee,20.00,,true,10001,NY,US,,5,,web,\n\
        #0997,c@example.com,refunded,fulfilled,USD,,2025-12-03 09:00:00 -0500,1,Tee,20.00,,true,10001,NY,US,,6,,web,\n\
        #0996,c@example.com,paid,,USD,,2025-12-03 09:00:00 -0500,1,Gift card,20.00,,false,10001,NY,US,,7,,web,\n";
    dir.write("orders_export_1.csv", format!("{ORDERS}{refunded}").as_bytes());
    let exports = Shopify::detect(dir.path()).unwrap().open().unwrap();
    let told: Vec<String> =
        exports.left_out.iter().map(|(id, reason)| format!("{id} left out: {}", reason.words())).collect();
    assert_eq!(
        told,
        [
            "#0996 left out: nothing to ship",
            "#0998 left out: refunded before it was shipped",
            "#1000 left out: sold over the counter",
            "#1001 left out: cancelled",
        ]
    );
    assert_eq!(exports.order_files, ["orders_export_1.csv"]);
    assert!(exports.problem.assumptions.iter().any(|line| line == "left out: 1 order with nothing to ship"));
}
