//! Shopify's exports, old and new, with their quirks.

mod scratch;

use connect::files::{Problem, Shopify};
use model::{LocationId, Order, ProductId, Stock};
use scratch::Scratch;

const LOCATIONS: &str =
    "location_id,type,zip,lanes\nMain St,store,97201,ship;pickup\nDepot,warehouse,'02139,ship\n";
const ORDERS: &str = "Name,Email,Financial Status,Fulfillment Status,Currency,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Zip,Shipping Province,Shipping Country,Cancelled at,Id,Tags,Source,Location\n\
#1003,a@example.com,paid,unfulfilled,USD,Standard,2025-12-06 10:37:33 -0500,1,Mug - Blue,9.50,MUG-B,true,'97201,OR,US,,6798481555755000111,\"vip, gift\",web,\n\
#1003,a@example.com,,,,,2025-12-06 10:37:33 -0500,2,Tee,20.00,,true,,,,,,,,\n\
#1003,a@example.com,,,,,2025-12-06 10:37:33 -0500,1,Gift card,50.00,,false,,,,,,,,\n\
#1002,b@example.com,paid,fulfilled,USD,Overnight Express,2025-12-05 09:00:00 -0500,1,Mug - Blue,9.50,MUG-B,true,SW1A 1AA,,GB,,1,,web,\n\
#1001,c@example.com,voided,,USD,Standard,2025-12-04 09:00:00 -0500,1,Tee,20.00,,true,10001,NY,US,2025-12-04 10:00:00 -0500,2,,web,\n\
#1000,c@example.com,paid,fulfilled,USD,,2025-12-03 09:00:00 -0500,1,Tee,20.00,,true,10001,NY,US,,3,,pos,Main St\n\
#0999,c@example.com,paid,unfulfilled,USD,Pickup at Main St,2025-12-03 09:00:00 -0500,1,Tee,20.00,,true,,,,,4,,web,\n";
const INVENTORY: &str = "\u{feff}Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO,Location,Bin name,Incoming (not editable),Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)\r\n\
mug,Mug,Color,Blue,,,,,MUG-B,,,Main St,,0,1,2,0,3,\r\n\
mug,,,Blue,,,,,MUG-B,,,Depot,,4,0,0,7,7,\r\n\
tee,Tee,Title,Default Title,,,,,,,,Main St,,0,0,0,-2,-2,\r\n\
tee,Tee,Title,Default Title,,,,,,,,Depot,,not stocked,not stocked,not stocked,not stocked,not stocked,\r\n";
const PRODUCTS: &str = "Handle,Title,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Price,Cost per item,Image Src\n\
mug,Mug,Kitchen,\"a, b\",Color,Blue,MUG-B,340.5,9.50,4.00,x\nmug,,,,,,,,,,y\n";

fn open(files: &[(&str, &str)]) -> Result<(Problem, Vec<Order>), String> {
    let dir = Scratch::new();
    for (name, text) in files {
        dir.write(name, text.as_bytes());
    }
    Shopify::detect(dir.path()).expect("an export of Shopify").open().map_err(|faults| faults.to_string())
}

fn all() -> Vec<(&'static str, &'static str)> {
    vec![
        ("locations.csv", LOCATIONS),
        ("orders_export_1.csv", ORDERS),
        ("inventory_export.csv", INVENTORY),
        ("products_export.csv", PRODUCTS),
    ]
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
        "1 stock records are below zero and count as nothing",
        "1 orders were shipped already and are routed as if they were not",
        "left out: 1 cancelled orders",
        "left out: 1 lines that need no shipping",
        "left out: 1 sales over the counter",
        "1 of 2 products have no SKU and are told apart by name",
        "1 of 2 products state no weight and count as 16 oz",
        "1 orders go abroad, where no rates are known, and are held",
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
        "locations.csv: was missing and now lists the 2 locations of the inventory export; fill in the type (store or warehouse) and the ZIP code of each there, and run again"
    );
    let written = std::fs::read_to_string(dir.path().join("locations.csv")).unwrap();
    assert!(
        written.starts_with("location_id,type,zip,lanes,") && written.contains("\n\"Main St\",store,,"),
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
