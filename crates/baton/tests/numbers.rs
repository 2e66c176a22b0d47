//! Figures that must not contradict each other: between commands, between terminal, report and JSON.

mod scratch;

use scratch::{Scratch, actuals, baton, err, orders, out, two_places};
use std::fs;

/// Runs `baton assess` on the folder; what it printed, its JSON, and the report.
fn assessed(scratch: &Scratch, flags: &[&str]) -> (String, serde_json::Value, String) {
    let dir = scratch.folder().display().to_string();
    let report = scratch.path("report.html");
    let run = |more: &[&str]| {
        let ran = baton(&[&["assess", &dir, "--out", &report], flags, more].concat());
        assert_ne!(ran.status.code(), Some(2), "{}", err(&ran));
        out(&ran)
    };
    let printed = run(&[]);
    let json = serde_json::from_str(&run(&["--json"])).unwrap();
    (printed, json, fs::read_to_string(report).unwrap())
}

#[test]
fn an_order_that_finds_no_place_saves_nothing_in_table_moves_and_headline() {
    let scratch = Scratch::new();
    two_places(&scratch, (9, 0));
    orders(&scratch, &[2, 3]);
    actuals(&scratch, &["DEPOT", "DEPOT"]);
    scratch.write("rules.txt", "Only from stores.\n");
    let (printed, json, report) = assessed(&scratch, &[]);
    let comparison = &json["comparisons"][0];
    let saved: f64 = comparison["saved_total"].as_str().unwrap().parse().unwrap();
    let sent: f64 = json["variants"][0]["total_cost"].as_str().unwrap().parse().unwrap();
    assert!((saved - (sent - 16.0)).abs() < 0.0001, "two margins of $8.00 are lost: {saved} {sent}");
    assert_eq!(json["variants"][1]["total_cost"], "0.0000");
    assert_eq!(json["variants"][1]["total_cost_with_unfilled"], "16.0000");
    assert_eq!(comparison["top_moved"][0]["saved"], format!("{:.4}", saved / 2.0));
    assert!(printed.contains("None of the 2 orders could be placed"), "{printed}");
    assert!(report.contains("DEPOT → not filled"), "{report}");
}

#[test]
fn what_is_printed_stands_in_the_json_with_its_interval() {
    let scratch = Scratch::new();
    two_places(&scratch, (90, 90));
    orders(&scratch, &[2, 3, 4, 5, 6, 7, 8, 9, 10]);
    let places = ["DEPOT", "MALL"].repeat(5);
    actuals(&scratch, &places[..9]);
    let (_, json, _) = assessed(&scratch, &["--rules", "lowest-cost"]);
    let comparison = &json["comparisons"][0];
    for key in ["saved_total", "saved_per_order"] {
        assert_eq!(comparison[key], "0.0000", "{comparison}");
    }
    assert_eq!(comparison["interval"]["low"], "0.0000");
    assert_eq!((&comparison["moved_orders"], &comparison["moved_at_same_cost"]), (&4.into(), &4.into()));
    assert_eq!(
        json["variants"][0]["figures"]["cost_per_order"].as_str().map(|amount| amount.contains('.')),
        Some(true)
    );
    assert!(json["assumptions"].as_array().is_some_and(|told| told.len() > 3));
}

#[test]
fn a_move_that_costs_the_same_is_called_so() {
    let scratch = Scratch::new();
    two_places(&scratch, (9, 9));
    orders(&scratch, &[2, 3]);
    actuals(&scratch, &["MALL", "DEPOT"]);
    let (printed, _, report) = assessed(&scratch, &["--rules", "lowest-cost"]);
    assert!(printed.contains("1 order moved, 1 of them at the same cost"), "{printed}");
    assert!(report.contains(">same cost</td>"));
}

#[test]
fn a_run_that_places_nothing_says_so_first_and_asks_to_be_looked_at() {
    let scratch = Scratch::new();
    two_places(&scratch, (0, 0));
    orders(&scratch, &[2, 3]);
    let dir = scratch.folder().display().to_string();
    let assess = baton(&["assess", &dir, "--out", &scratch.path("report.html")]);
    let routed = baton(&["route", "--data", &dir, "--out", &scratch.path("a.csv")]);
    let replayed = baton(&["replay", "--data", &dir]);
    for ran in [assess, routed, replayed] {
        assert_eq!(ran.status.code(), Some(1), "{}", err(&ran));
        let told = out(&ran);
        assert!(told.starts_with("None of the 2 orders could be placed"), "{told}");
        assert!(told.contains("not enough was left where it could come from (2 orders)"), "{told}");
    }
    let report = fs::read_to_string(scratch.path("report.html")).unwrap();
    assert!(report.contains("None of the 2 orders could be placed"));
    assert!(!report.contains("As many units would have been filled"));
}

#[test]
fn route_says_why_orders_are_not_placed_and_that_shelves_are_never_refilled() {
    let scratch = Scratch::new();
    two_places(&scratch, (2, 0));
    orders(&scratch, &[2, 9, 16]);
    let dir = scratch.folder().display().to_string();
    let route = |flags: &[&str]| {
        let ran = baton(&[&["route", "--data", &dir, "--out", &scratch.path("a.csv")], flags].concat());
        assert_eq!(ran.status.code(), Some(0), "{}", err(&ran));
        out(&ran)
    };
    let told = route(&[]);
    assert!(told.contains("3 orders: 2 placed, 0 in part, 1 not placed"), "{told}");
    assert!(told.contains("not enough was left where it could come from (1 order)"), "{told}");
    assert!(told.contains("never refilled over these 15 days") && told.contains("--restock 7"), "{told}");
    let told = route(&["--restock", "7"]);
    assert!(told.contains("3 placed") && told.contains("Every 7 days all shelves"), "{told}");
    scratch.write("receipts.csv", "day,location_id,sku,units\n2026-11-16,MALL,MUG,1\n");
    let told = route(&[]);
    assert!(told.contains("3 placed") && told.contains("What came in is read from receipts.csv."), "{told}");
}

#[test]
fn receipts_explain_what_was_sent_before_stock_records_are_raised() {
    let scratch = Scratch::new();
    two_places(&scratch, (0, 1));
    orders(&scratch, &[2, 3, 4]);
    actuals(&scratch, &["MALL", "MALL", "MALL"]);
    let raised = |scratch: &Scratch| assessed(scratch, &[]).1["stock_records_raised"].as_u64();
    assert_eq!(raised(&scratch), Some(1), "three left, one is on record");
    scratch.write("receipts.csv", "day,location_id,sku,units\n2026-11-03,MALL,MUG,2\n");
    assert_eq!(raised(&scratch), Some(0), "two came in");
    scratch.write("receipts.csv", "day,location_id,sku,units\n2026-11-04,MALL,MUG,2\n");
    assert_eq!(raised(&scratch), Some(1), "two came in too late for the second order");
}

#[test]
fn assess_and_replay_fill_the_same_under_the_same_rules() {
    let scratch = Scratch::new();
    two_places(&scratch, (0, 1));
    orders(&scratch, &[2, 3, 4]);
    actuals(&scratch, &["MALL", "MALL", "MALL"]);
    let (printed, assessed, report) = assessed(&scratch, &["--rules", "lowest-cost"]);
    let dir = scratch.folder().display().to_string();
    let replay = |flags: &[&str]| {
        let ran = baton(&[&["replay", "--data", &dir, "--rules", "lowest-cost"], flags].concat());
        assert_eq!(ran.status.code(), Some(0), "{}", err(&ran));
        out(&ran)
    };
    let replayed: serde_json::Value = serde_json::from_str(&replay(&["--json"])).unwrap();
    assert_eq!(assessed["variants"][1]["figures"], replayed["variants"][0]["figures"]);
    assert_eq!(replayed["variants"][0]["figures"]["unit_fill_rate"], 1.0);
    let said = "1 stock record was raised to what its place is known to have sent";
    assert!(printed.contains(said) && replay(&[]).contains(said) && report.contains(said));
    // What the report suggests meets the same stock.
    assert!(report.contains("--rules lowest-cost --restock 7 --opening-stock sent"), "{report}");
    let explain = ["explain", "O3", "--data", &dir, "--restock", "7"];
    assert!(out(&baton(&explain)).contains("No place can fill order O3"));
    let explained = out(&baton(&[&explain[..], &["--opening-stock", "sent"]].concat()));
    assert!(explained.contains("MALL sends 1 × MUG"), "{explained}");
}

#[test]
fn that_what_the_carriers_were_paid_is_not_used_is_told_where_it_is_filled() {
    let scratch = Scratch::new();
    two_places(&scratch, (9, 9));
    orders(&scratch, &[2, 3]);
    let told = "What the carriers were paid (shipping_cost_usd in actuals.csv) is not used: both ways are priced with the \
                same rates.";
    for (costs, is_told) in [(["", ""], false), (["", "99.50"], true)] {
        let [first, second] = costs;
        scratch.write(
            "actuals.csv",
            &format!(
                "order_id,line,sku,qty,location_id,shipping_cost\nO1,1,MUG,1,MALL,{first}\nO2,1,MUG,1,MALL,{second}\n"
            ),
        );
        let (printed, json, report) = assessed(&scratch, &[]);
        for text in [&printed, &json.to_string(), &report] {
            assert_eq!(text.contains(told), is_told, "{costs:?}: {text}");
        }
    }
}

#[test]
fn assumptions_follow_from_what_was_used_and_are_the_same_everywhere() {
    let scratch = Scratch::new();
    two_places(&scratch, (9, 9));
    orders(&scratch, &[2, 3]);
    let wages = "No place states wages with minutes of work: labor counts as 0 there.";
    let weekly = "every 7 days all shelves are taken to be as full again as at the start";
    let (printed, json, report) = assessed(&scratch, &[]);
    for told in
        [wages, weekly, "there is no receipts.csv", "Your files do not say where each order shipped from"]
    {
        assert!(
            printed.contains(told) && json.to_string().contains(told) && report.contains(told),
            "{told}: {printed}"
        );
    }
    actuals(&scratch, &["MALL", "MALL"]);
    scratch.write("receipts.csv", "day,location_id,sku,units\n2026-11-03,MALL,MUG,2\n");
    let (printed, _, report) = assessed(&scratch, &["--restock", "7", "--today", "nearest"]);
    for told in [&printed, &report] {
        assert!(!told.contains("Your files do not say"), "{told}");
        assert!(told.contains("as asked; receipts.csv is not used"), "{told}");
        assert!(told.contains("What actuals.csv says of it is not used"), "{told}");
    }
}

/// One order takes the last unit but one, the next is kept from the last, and the last unit would serve but one.
#[test]
fn reasons_are_counted_alike_everywhere_and_a_rule_by_what_it_really_costs() {
    let scratch = Scratch::new();
    two_places(&scratch, (0, 2));
    orders(&scratch, &[2, 3, 4]);
    let rules = scratch.write("rules.txt", "Keep at least 1 at stores.\n");
    let dir = scratch.folder().display().to_string();
    let (printed, json, report) = assessed(&scratch, &["--restock", "never"]);
    let counted = serde_json::json!([{"reason": "kept_back", "rule": "rule 1", "orders": 2}]);
    assert_eq!(json["variants"][1]["reasons"], counted);
    assert_eq!(json["rule_worth"][0]["filled_without"], 1);
    assert!(printed.contains("a rule keeps the last units back (2 orders)"), "{printed}");
    let told = "2 because a rule keeps the last units back (“Keep at least 1 at stores.”; without it, 1 more order \
                would be filled";
    assert!(report.contains(told), "{report}");
    let decisions = scratch.path("decisions.ndjson");
    let route = ["route", "--data", &dir, "--out", &scratch.path("a.csv"), "--decisions", &decisions];
    let routed = baton(&[&route[..], &["--json", "--rules", &rules]].concat());
    let summary: serde_json::Value = serde_json::from_str(&out(&routed)).unwrap();
    assert_eq!(summary["reasons"], counted);
    let causes = fs::read_to_string(&decisions).unwrap();
    assert_eq!(causes.matches("\"cause\":\"kept_back\",\"rule\":\"rule 1\"").count(), 2, "{causes}");
    let said = out(&baton(&route));
    assert!(said.contains("a rule keeps the last units back (2 orders)"), "{said}");
}

#[test]
fn a_flag_is_counted_and_a_set_without_rules_is_told_of() {
    let scratch = Scratch::new();
    two_places(&scratch, (9, 9));
    orders(&scratch, &[2, 3]);
    let rules = scratch.write("flags.txt", "Flag low stock when fewer than 20 are left.\n");
    let dir = scratch.folder().display().to_string();
    let worth = |rules: &str| out(&baton(&["replay", "--data", &dir, "--rules", rules, "--worth"]));
    assert!(worth(&rules).contains("rule 1: flagged low stock 2 times; 0 orders"), "{}", worth(&rules));
    assert!(worth("lowest-cost").contains("Lowest cost has no rules to leave out."));
}

#[test]
fn an_order_that_no_rules_can_decide_is_charged_to_nobody() {
    let scratch = Scratch::new();
    two_places(&scratch, (9, 9));
    orders(&scratch, &[2, 3, 4]);
    actuals(&scratch, &["MALL", "MALL", "MALL"]);
    let path = scratch.path("orders.csv");
    let text = fs::read_to_string(&path).unwrap();
    let with_two = assessed(&scratch, &[]).1;
    // The third goes where no zone is known.
    let third = text.lines().nth(3).unwrap();
    let abroad = third.replace("43004", "K1A0B1");
    assert_ne!(third, abroad, "{third}");
    fs::write(&path, text.replace(third, &abroad)).unwrap();
    let (printed, json, report) = assessed(&scratch, &[]);
    assert_eq!((&with_two["orders"], &json["orders"]), (&3.into(), &2.into()));
    assert_eq!(json["left_out"], serde_json::json!({"address_unknown": 1}));
    let said = "1 order is left out of every figure here, because no zone is known for the address.";
    assert!(printed.contains(said) && report.contains(said), "{printed}");
    for variant in json["variants"].as_array().unwrap() {
        assert_eq!(variant["figures"]["order_fill_rate"], 1.0, "{variant}");
        assert_eq!(variant["unfilled_cost"], "0.0000");
    }
}

#[test]
fn a_period_that_no_rules_can_decide_is_told_first_and_looked_at() {
    let scratch = Scratch::new();
    two_places(&scratch, (9, 9));
    orders(&scratch, &[2, 3]);
    let path = scratch.path("orders.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("43004", "K1A0B1")).unwrap();
    let dir = scratch.folder().display().to_string();
    let ran = baton(&["assess", &dir, "--out", &scratch.path("report.html")]);
    assert_eq!(ran.status.code(), Some(1), "{}", err(&ran));
    let said = "2 of 2 orders can be decided by no rules and are left out: the figures say little.";
    assert!(out(&ran).starts_with(said), "{}", out(&ran));
    let report = fs::read_to_string(scratch.path("report.html")).unwrap();
    assert!(report.contains(said) && report.contains("The figures say little"), "{report}");
}

#[test]
fn rules_that_change_nothing_are_said_to_change_nothing() {
    let scratch = Scratch::new();
    two_places(&scratch, (9, 9));
    orders(&scratch, &[2, 3]);
    let rules = scratch.write("same.txt", "At most 3 parcels.\n");
    let dir = scratch.folder().display().to_string();
    let report = scratch.path("report.html");
    let replay = ["replay", "--data", &dir, "--rules", "lowest-cost", "--rules", &rules, "--out", &report];
    assert_eq!(baton(&replay).status.code(), Some(0));
    let page = fs::read_to_string(&report).unwrap();
    assert!(page.contains("Nothing changes") && page.contains("both ways do the same with each"), "{page}");
}

/// The old rules leave an order over already; what the new sentence does is named, and not what was there before.
#[test]
fn a_comparison_names_the_sentence_that_makes_the_difference() {
    let scratch = Scratch::new();
    two_places(&scratch, (1, 3));
    orders(&scratch, &[2, 3, 4, 5, 6]);
    let old = scratch.write("old.txt", "Keep at least 1 at stores.\n");
    let new = scratch.write("new.txt", "Keep at least 1 at stores.\nOnly from warehouses.\n");
    let (dir, report) = (scratch.folder().display().to_string(), scratch.path("report.html"));
    let replay = ["replay", "--data", &dir, "--rules", &old, "--rules", &new, "--restock", "never", "--out"];
    assert_eq!(baton(&[&replay[..], &[&report]].concat()).status.code(), Some(0));
    let page = fs::read_to_string(&report).unwrap();
    assert!(
        page.contains("Without the rule “Only from warehouses.”, 2 more orders would be filled"),
        "{page}"
    );
    assert!(!page.contains("Without the rule “Keep"), "{page}");
}

#[test]
fn a_saving_made_of_orders_that_nobody_told_of_is_no_answer() {
    let scratch = Scratch::new();
    two_places(&scratch, (9, 9));
    orders(&scratch, &[2, 3, 4]);
    actuals(&scratch, &["MALL", "MALL"]);
    let (printed, json, report) = assessed(&scratch, &[]);
    let said = "1 of 3 orders is not in actuals.csv: what is not there counts as not filled today";
    assert!(printed.starts_with(said) && report.contains(said), "{printed}");
    assert!(json["warnings"].to_string().contains(said));
    assert!(!printed.contains("would have saved") && !report.contains("You would have saved"), "{printed}");
}
