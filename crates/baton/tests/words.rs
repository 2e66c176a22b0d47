//! What people read when they ask about an order or run their rules: causes, places, and what to do.

mod scratch;

use scratch::{Scratch, baton, err, out};

const LOCATIONS: &str =
    "location_id,type,zip,lanes\nMain St,store,97201,ship;pickup\nDepot,warehouse,'02139,ship\n";
const ORDERS: &str = "Name,Email,Financial Status,Fulfillment Status,Currency,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Zip,Shipping Province,Shipping Country,Cancelled at,Id,Tags,Source,Location\n\
#1003,a@example.com,paid,unfulfilled,USD,Standard,2025-12-06 10:37:33 -0500,1,Mug - Blue,9.50,MUG-B,true,'97201,OR,US,,1,,web,\n\
#1002,b@example.com,paid,unfulfilled,USD,Standard,2025-12-05 09:00:00 -0500,1,Mug - Blue,9.50,MUG-B,true,K1A 0B1,ON,CA,,2,,web,\n\
#1001,c@example.com,voided,,USD,Standard,2025-12-04 09:00:00 -0500,1,Mug - Blue,9.50,MUG-B,true,10001,NY,US,2025-12-04 10:00:00 -0500,3,,web,\n";
const INVENTORY: &str = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO,Location,Bin name,Incoming (not editable),Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)\n\
mug,Mug,Color,Blue,,,,,MUG-B,,,Main St,,0,0,0,3,3,\n\
mug,,,Blue,,,,,MUG-B,,,Depot,,0,0,0,7,7,\n";
const PRODUCTS: &str = "Handle,Title,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Price,Cost per item\n\
mug,Mug,Kitchen,a,Color,Blue,MUG-B,340.5,9.50,4.00\n";

/// A store and a warehouse, with three orders of which one was cancelled.
fn shop(scratch: &Scratch) -> String {
    scratch.write("locations.csv", LOCATIONS);
    scratch.write("orders_export_1.csv", ORDERS);
    scratch.write("inventory_export.csv", INVENTORY);
    scratch.write("products_export.csv", PRODUCTS);
    scratch.folder().display().to_string()
}

#[test]
fn a_shopify_id_is_found_with_and_without_its_sign() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    for id in ["#1003", "1003", "# 1003", " #1003 "] {
        let told = baton(&["explain", id, "--data", &dir]);
        assert!(out(&told).starts_with("Order #1003 goes to "), "{}{}", out(&told), err(&told));
    }
}

#[test]
fn an_id_that_the_shell_swallowed_is_asked_for_in_quotes() {
    for arguments in [vec!["explain"], vec!["explain", "--data", "shop"]] {
        let asked = baton(&arguments);
        assert_eq!(asked.status.code(), Some(2));
        assert!(err(&asked).contains("baton explain '#1043' --data shop"), "{}", err(&asked));
    }
    assert!(out(&baton(&["explain", "--help"])).contains("put such an id in quotes"));
}

#[test]
fn an_order_abroad_is_not_blamed_on_its_postal_code() {
    let scratch = Scratch::new();
    let told = out(&baton(&["explain", "1002", "--data", &shop(&scratch)]));
    assert!(told.contains("it goes abroad (CA), and no rates are known for that"), "{told}");
}

#[test]
fn a_place_is_called_by_code_or_name_and_told_when_it_got_the_order() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    let why = |place: &str, more: &[&str]| {
        let mut arguments = vec!["explain", "1003", "--data", &dir, "--why-not", place];
        arguments.extend(more);
        baton(&arguments)
    };
    assert!(
        out(&why("main st", &[])).starts_with("Main St did get order #1003. "),
        "{}",
        out(&why("main st", &[]))
    );
    assert!(out(&why("DEPOT", &[])).starts_with("Depot would cost "), "{}", out(&why("DEPOT", &[])));
    let json = out(&why("depot", &["--json"]));
    assert!(
        json.contains("\"verdict\":\"lost\"") && json.contains("\"answer\":\"Depot would cost"),
        "{json}"
    );
    assert!(out(&why("main", &[])).starts_with("Main St did get"), "a beginning that only one has");
    assert!(out(&why("st", &[])).starts_with("Main St did get"), "a word that only one has");
    assert!(err(&why("Dept", &[])).contains("did you mean 'Depot'?"), "{}", err(&why("Dept", &[])));
    let nowhere = why("Mall", &[]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(err(&nowhere).contains("known are Depot, Main St"), "{}", err(&nowhere));
}

#[test]
fn a_place_that_does_not_exist_stops_every_command_that_runs_rules() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    let bad = scratch.write("bad.txt", "# ours\nNever from \"Depott\".\n");
    let report = scratch.path("report.html");
    let assignments = scratch.path("assignments.csv");
    for arguments in [
        vec!["replay", "--data", &dir, "--rules", &bad],
        vec!["assess", &dir, "--rules", &bad, "--out", &report],
        vec!["route", "--data", &dir, "--rules", &bad, "--out", &assignments],
        vec!["explain", "1003", "--data", &dir, "--rules", &bad],
    ] {
        let run = baton(&arguments);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        let said = err(&run);
        assert!(said.contains("bad.txt, line 2, rule 1: error:") && said.contains("'Depot'"), "{said}");
        assert_eq!(out(&run), "");
    }
}

#[test]
fn contradictions_stop_and_warnings_are_told_beside_the_answer() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    let against = scratch.write("against.txt", "Only from stores.\nNever from stores.\n");
    let stopped = baton(&["explain", "1003", "--data", &dir, "--rules", &against]);
    assert_eq!(stopped.status.code(), Some(2), "{}", out(&stopped));
    assert!(err(&stopped).contains("contradicts"), "{}", err(&stopped));
    let odd = scratch.write("odd.txt", "Prefer warehouses, always.\n\nPrefer stores, always.\n");
    let told = baton(&["explain", "1003", "--data", &dir, "--rules", &odd]);
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    assert!(err(&told).contains("odd.txt, line 3, rule 2: warning:"), "{}", err(&told));
}

#[test]
fn another_spelling_runs_with_a_word_and_is_mended_on_request() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    let typed = "# ours\n\nPrefer warehouses, worth $3.00 a parcel.  # they pack better\n";
    let file = scratch.write("rules.txt", typed);
    let told = baton(&["explain", "1003", "--data", &dir, "--rules", &file]);
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    assert!(err(&told).contains("line 3, column 28") && err(&told).contains("--fix"), "{}", err(&told));
    let fixed = baton(&["rules", "check", &file, "--data", &dir, "--fix"]);
    assert!(out(&fixed).contains("1 line of"), "{}", out(&fixed));
    assert_eq!(scratch.read("rules.txt"), typed.replace("$3.00", "$3"));
    let quiet = baton(&["explain", "1003", "--data", &dir, "--rules", &file]);
    assert_eq!(err(&quiet), "");
}

#[test]
fn hints_name_what_was_meant() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    let told = |sentence: &str| {
        let file = scratch.write("rules.txt", sentence);
        let run = baton(&["rules", "check", &file, "--data", &dir]);
        assert_eq!(run.status.code(), Some(2), "{sentence}");
        err(&run)
    };
    assert!(told("Never from Main St.").contains("\"Main St\""));
    assert!(told("Prefer stores in Oregon, always.").contains("did you mean 'OR'?"));
    assert!(told("Prefer stores worth $1 a parcel.").contains("a comma is missing"));
    assert!(told("Never from stores. Only from warehouses.").contains("one sentence per line"));
    scratch.write("empty.txt", "");
    let empty = baton(&["rules", "check", &scratch.path("empty.txt"), "--data", &dir]);
    assert!(out(&empty).contains("no sentence stands in it"), "{}", out(&empty));
}

#[test]
fn sets_of_the_program_are_taken_wherever_a_file_is() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    assert!(out(&baton(&["rules", "explain", "starter"])).contains("fragile"));
    let check = baton(&["rules", "check", "lowest-cost", "--data", &dir]);
    assert_eq!(out(&check), "0 sentences, nothing to mend.\n");
    assert!(err(&baton(&["rules", "explain", "nearest"])).contains("add --data DIR"));
    assert!(out(&baton(&["rules", "explain", "nearest", "--data", &dir])).contains("nearest of all places"));
}

#[test]
fn nothing_of_the_machine_shows_in_what_people_read() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    let missing = err(&baton(&["rules", "check", "nothing.txt", "--data", &dir]));
    assert!(missing.contains("there is no such file") && !missing.contains("os error"), "{missing}");
    let seed = err(&baton(&["demo", "--seed", "abc"]));
    assert!(seed.contains("write a whole number, 0 or more"), "{seed}");
    let ranking = baton(&["rules", "explain", "ranked:Depot,Main St", "--data", &dir]);
    assert!(!out(&ranking).contains("\"\""), "{}", out(&ranking));
}

#[test]
fn the_starter_set_says_that_it_is_not_the_cheapest() {
    let scratch = Scratch::new();
    let text = out(&baton(&["rules", "starter"]));
    assert!(text.contains("# It is not the cheapest way"), "{text}");
    let file = scratch.write("starter.txt", &text);
    let check = baton(&["rules", "check", &file, "--data", &shop(&scratch)]);
    assert_eq!(check.status.code(), Some(0), "{}", err(&check));
}

#[test]
fn keeping_the_last_unit_does_not_keep_it_from_who_collects_it() {
    let scratch = Scratch::new();
    let dir = scratch.path("demo");
    assert_eq!(baton(&["demo", "--files-only", "--dir", &dir, "--orders", "100"]).status.code(), Some(0));
    let rules = std::fs::read_to_string(scratch.folder().join("demo/rules.txt")).unwrap();
    assert!(rules.contains("When the order is for shipping, keep at least 1 at stores."), "{rules}");
}
