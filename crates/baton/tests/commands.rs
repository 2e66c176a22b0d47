//! The commands as people run them: output, exit codes, files written whole or not at all.

mod scratch;

use scratch::{Scratch, baton, err, out};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A demo of few orders, assessed.
fn demo(scratch: &Scratch) -> String {
    let dir = scratch.path("demo");
    let made = baton(&["demo", "--files-only", "--dir", &dir, "--orders", "400"]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    dir
}

#[test]
fn the_report_tells_of_the_old_place_of_every_order_that_left_it() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let report = fs::read_to_string(Path::new(&dir).join("report.html")).unwrap();
    let mut seen = 0;
    let moved = report.split("id=\"unfilled\"").next().unwrap();
    for order in moved.split("<details class=\"order\">").skip(1) {
        let (route, told) = order.split("</details>").next().unwrap().split_once("</summary>").unwrap();
        let mut names = route.split("class=\"route\">").nth(1).unwrap().split("<bdi>").skip(1);
        let mut name = || names.next().unwrap().split("</bdi>").next().unwrap();
        let (from, to) = (name(), name());
        for left in from.split(" + ").filter(|name| !name.ends_with("not filled") && !to.contains(name)) {
            assert!(told.contains(&format!("<bdi>{left} ")), "{left} is not told of: {told}");
            seen += 1;
        }
        let sending = to.trim_end_matches(" + the rest not filled");
        assert!(to == "not filled" || told.contains(&format!("<bdi>From {sending} it costs ")), "{told}");
    }
    assert!(seen > 3, "the demo moves orders to other places");
}

#[test]
fn the_demo_writes_a_folder_and_a_report_and_runs_again_over_itself() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let report = fs::read_to_string(Path::new(&dir).join("report.html")).unwrap();
    assert!(report.contains("What would Baton have saved?"));
    assert!(!report.contains("http"), "the report needs nothing from elsewhere");
    assert!(!report.contains("-$"), "one sign for less than zero");
    assert!(report.contains(" not filled in full under “With Baton (House rules)”: "), "reasons are told");
    let files = || {
        let entries = fs::read_dir(&dir).unwrap();
        let read = |path: PathBuf| (path.clone(), fs::read(path).unwrap());
        entries.map(|entry| read(entry.unwrap().path())).collect::<std::collections::BTreeMap<_, _>>()
    };
    let first = files();
    demo(&scratch);
    assert!(files() == first, "the same seed gives the same bytes");
}

#[test]
fn the_demo_leaves_other_peoples_folders_alone() {
    let scratch = Scratch::new();
    scratch.write("letter.txt", "dear");
    let refused = baton(&["demo", "--files-only", "--dir", &scratch.folder().display().to_string()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("name another folder with --dir"), "{}", err(&refused));
    assert_eq!(fs::read_dir(scratch.folder()).unwrap().count(), 1);
}

#[test]
fn route_explain_and_replay_write_the_same_bytes() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let (routed, replayed) = (scratch.path("routed.ndjson"), scratch.path("replayed.ndjson"));
    let assignments = scratch.path("assignments.csv");
    // By default, and with the same stock whatever it is.
    for restock in [&[][..], &["--restock", "never"], &["--restock", "7"]] {
        let run = |command: &[&str]| baton(&[command, restock].concat());
        let route = run(&["route", "--data", &dir, "--out", &assignments, "--decisions", &routed, "--json"]);
        assert_eq!(route.status.code(), Some(0), "{}", err(&route));
        let mut replay = vec!["replay", "--data", &dir, "--decisions", &replayed, "--json"];
        if !restock.is_empty() {
            // Without receipts the demo's shelves are raised to what was sent, in comparisons alone.
            replay.extend(["--opening-stock", "counted"]);
        }
        let replay = run(&replay);
        assert_eq!(replay.status.code(), Some(0), "{}", err(&replay));
        let routed = fs::read_to_string(&routed).unwrap();
        assert_eq!(routed, fs::read_to_string(&replayed).unwrap());
        assert_eq!(routed.lines().count(), 400);
        for line in [routed.lines().next().unwrap(), routed.lines().nth(390).unwrap()] {
            let id = line.split('"').nth(3).unwrap();
            let explained = run(&["explain", id, "--data", &dir, "--json"]);
            assert_eq!(out(&explained).trim_end(), line);
        }
    }
}

#[test]
fn the_command_that_a_report_suggests_tells_what_the_report_tells() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let report = scratch.path("report.html");
    for flags in [&[][..], &["--restock", "7"], &["--restock", "never", "--rules", "nearest"]] {
        let assess = baton(&[&["assess", &dir, "--out", &report, "--json"], flags].concat());
        let json: serde_json::Value = serde_json::from_str(&out(&assess)).unwrap();
        let moved = json["comparisons"][0]["top_moved"].as_array().unwrap();
        let page = fs::read_to_string(&report).unwrap().replace('\u{2060}', "");
        let suggested = page.split("baton explain ORDER ").nth(1).unwrap().split('<').next().unwrap();
        for order in [&moved[0], &moved[moved.len() - 1]] {
            let id = order["order"].as_str().unwrap();
            let explain: Vec<&str> = ["explain", id].into_iter().chain(suggested.split(' ')).collect();
            let told = out(&baton(&explain));
            // The page shows places and cost of a placed order its own way.
            let mut first = told.lines().take(2);
            let is_told = first.any(|line| page.contains(&format!("<bdi>{line}</bdi>")));
            assert!(is_told, "{explain:?}: {told}");
        }
    }
}

#[test]
fn the_command_that_stands_in_a_report_makes_it_again() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let report = scratch.path("again.html");
    let rules = scratch.write("few.txt", "Never from \"PEARL\".\n");
    for made in [
        vec!["assess", &dir, "--today", "nearest", "--restock", "7", "--out", &report],
        vec!["replay", "--data", &dir, "--rules", "nearest", "--rules", &rules, "--worth", "--out", &report],
    ] {
        assert_eq!(baton(&made).status.code(), Some(0));
        let page = fs::read_to_string(&report).unwrap();
        let marked = page.split("Make this report again").nth(1).unwrap();
        let command = marked.split("baton ").nth(1).unwrap().split('<').next().unwrap();
        fs::remove_file(&report).unwrap();
        let again = baton(&command.split(' ').collect::<Vec<_>>());
        assert_eq!(again.status.code(), Some(0), "{command}: {}", err(&again));
        assert!(fs::read_to_string(&report).unwrap() == page, "{command}");
    }
    let page = fs::read_to_string(&report).unwrap();
    assert!(page.contains("Under “Nearest"), "the base says why it chose otherwise");
}

/// Turns the rows of a file around, its head aside.
fn turn_rows(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    let (head, rows) = text.split_once('\n').unwrap();
    let turned: Vec<&str> = rows.lines().rev().collect();
    fs::write(file, format!("{head}\n{}\n", turned.join("\n"))).unwrap();
}

#[test]
fn the_order_of_rows_in_the_files_changes_no_byte() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let decisions = |name: &str| {
        let (assignments, decisions) = (scratch.path("assignments.csv"), scratch.path(name));
        let route =
            baton(&["route", "--data", &dir, "--out", &assignments, "--decisions", &decisions, "--json"]);
        assert_eq!(route.status.code(), Some(0), "{}", err(&route));
        fs::read_to_string(decisions).unwrap()
    };
    let before = decisions("before.ndjson");
    for file in ["locations.csv", "products.csv", "inventory.csv"] {
        turn_rows(&Path::new(&dir).join(file));
    }
    assert!(before == decisions("after.ndjson"), "a decision depends on the order of rows");
}

#[test]
fn an_order_is_explained_in_sentences_and_one_location_in_one() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let told = out(&baton(&["explain", "D00010", "--data", &dir]));
    assert!(told.starts_with("Order D00010 "), "{told}");
    assert!(told.lines().count() >= 5, "every location is told: {told}");
    let why = baton(&["explain", "D00010", "--data", &dir, "--why-not", "PEARL"]);
    assert_eq!(out(&why).lines().count(), 1);
    let nobody = baton(&["explain", "NOPE", "--data", &dir]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(err(&nobody).contains("no order 'NOPE'"), "{}", err(&nobody));
}

#[test]
fn a_changed_rule_changes_the_replay() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    scratch.write("strict.txt", "Guardrails\nOnly from warehouses.\n");
    let rules = scratch.path("strict.txt");
    let replay =
        baton(&["replay", "--data", &dir, "--rules", "lowest-cost", "--rules", &rules, "--worth", "--json"]);
    assert_eq!(replay.status.code(), Some(0), "{}", err(&replay));
    let told = out(&replay);
    assert!(told.contains("\"name\":\"strict\""), "{told}");
    assert!(!told.contains("\"moved_orders\":0,"), "warehouses alone must move orders: {told}");
}

#[test]
fn rules_are_checked_explained_and_tested() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    scratch.write("bad.txt", "Only from stores.\nOnly from warehouses.\n");
    let bad = baton(&["rules", "check", &scratch.path("bad.txt"), "--data", &dir]);
    assert_eq!(bad.status.code(), Some(1), "{}", out(&bad));
    assert!(out(&bad).contains("rule 2: error:"), "{}", out(&bad));
    scratch.write("typo.txt", "Only from warehuses.\n");
    let typo = baton(&["rules", "check", &scratch.path("typo.txt"), "--data", &dir]);
    assert_eq!(typo.status.code(), Some(2));
    assert!(err(&typo).contains("line 1") && err(&typo).contains("warehouses"), "{}", err(&typo));
    let starter = out(&baton(&["rules", "starter"]));
    scratch.write("starter.txt", &starter);
    let good = baton(&["rules", "check", &scratch.path("starter.txt"), "--data", &dir]);
    assert_eq!(good.status.code(), Some(0), "{}", out(&good));
    let explained = out(&baton(&["rules", "explain", &scratch.path("starter.txt")]));
    assert!(explained.contains("fragile"), "{explained}");
}

#[test]
fn a_case_passes_or_fails_with_the_reason() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let case = |expect: &str| {
        format!(
            "case From the warehouse\norder COF-01A 1 to 43004 in OH\nstock COLUMBUS COF-01A 9\nexpect {expect}\n"
        )
    };
    scratch.write("rules.txt", "Only from warehouses.\n");
    scratch.write("good.txt", &case("COLUMBUS COF-01A 1"));
    scratch.write("wrong.txt", &case("not from COLUMBUS"));
    let run = |file: &str| {
        baton(&["rules", "test", &scratch.path(file), "--rules", &scratch.path("rules.txt"), "--data", &dir])
    };
    let good = run("good.txt");
    assert_eq!(
        (good.status.code(), out(&good).lines().last()),
        (Some(0), Some("1 case, 0 failed")),
        "{}{}",
        out(&good),
        err(&good)
    );
    let wrong = run("wrong.txt");
    assert_eq!(wrong.status.code(), Some(1));
    assert!(out(&wrong).contains("expected nothing from COLUMBUS"), "{}", out(&wrong));
}

#[test]
fn a_case_is_placed_by_the_shops_clock() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let rule = "When the order is placed at 14:00 or later and the order is placed on Friday, hold because \"late\".\n";
    scratch.write("rules.txt", rule);
    // The demo's clock is New York's; 9 October is a Friday.
    let case = |placed: &str, expect: &str| {
        format!(
            "case {placed}\norder COF-01A 1 to 43004 in OH placed {placed}\nstock COLUMBUS COF-01A 9\nexpect {expect}\n"
        )
    };
    let cases = [
        case("2026-10-09 13:59", "1 parcel"),
        case("2026-10-09 14:00", "hold"),
        case("2026-10-09 23:59", "hold"),
        case("2026-10-10 00:00", "1 parcel"),
    ];
    scratch.write("cases.txt", &cases.concat());
    let rules = scratch.path("rules.txt");
    let run = baton(&["rules", "test", &scratch.path("cases.txt"), "--rules", &rules, "--data", &dir]);
    assert_eq!(out(&run).lines().last(), Some("4 cases, 0 failed"), "{}{}", out(&run), err(&run));
    scratch.write("old.txt", "When the order is placed before 09:30 UTC, only from warehouses.\n");
    let old = baton(&["rules", "check", &scratch.path("old.txt"), "--data", &dir]);
    assert_eq!(old.status.code(), Some(2));
    assert!(err(&old).contains("the shop's own clock"), "{}", err(&old));
}

#[test]
fn a_broken_row_is_named_and_no_output_is_left_behind() {
    let scratch = Scratch::new();
    let dir = demo(&scratch);
    let lines = Path::new(&dir).join("order_lines.csv");
    let text = fs::read_to_string(&lines).unwrap();
    let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
    let last = rows[300].rfind(',').unwrap();
    rows[300].replace_range(last + 1.., "-3");
    fs::write(&lines, rows.join("\n")).unwrap();
    let assignments = scratch.path("assignments.csv");
    let failed = baton(&["route", "--data", &dir, "--out", &assignments]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(
        err(&failed).contains("order_lines.csv, row 301, column unit_price_usd: '-3'"),
        "{}",
        err(&failed)
    );
    let left: Vec<_> =
        fs::read_dir(scratch.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["demo"], "nothing half-written stays");
}

#[test]
fn formats_lists_what_is_read() {
    let told = out(&baton(&["formats", "orders.csv"]));
    assert!(told.starts_with("orders.csv (") && told.contains("order_id"), "{told}");
    assert_eq!(baton(&["formats", "nothing.csv"]).status.code(), Some(2));
}

/// A path in the shared data folder, or `None` with a word about it.
fn shared(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if root.is_dir() {
        return Some(root.join(path));
    }
    assert!(std::env::var_os("BATON_REQUIRE_SHARED").is_none(), "the shared data folder is required here");
    println!("skipped: no shared data folder next to the checkout");
    None
}

/// A shop in San Francisco that sells one large box, and two orders from homes in New York and Monterey.
const BOX_SHOP: [(&str, &str); 6] = [
    ("settings.toml", "box_fill = 1\npromise_days = 9\n"),
    ("locations.csv", "location_id,zip\nbay,94103\n"),
    (
        "products.csv",
        "sku,weight_lb,length_in,width_in,height_in,price\nLAMP,5,18,14,12,90\nCHAIR,9,24,18,12,200\n",
    ),
    ("inventory.csv", "location_id,sku,on_hand_units\nbay,LAMP,5\nbay,CHAIR,5\n"),
    ("orders.csv", "order_id,placed_at,dest_zip,residential\nO1,2026-03-02,10001,1\nO2,2026-03-03,93940,1\n"),
    ("order_lines.csv", "order_id,line,sku,qty\nO1,1,LAMP,1\nO2,1,CHAIR,1\n"),
];

/// Service, zone and costs of the parcel of each order, and that `assess` takes the same folder.
#[track_caller]
fn check_parcels(scratch: &Scratch, expect: &[&str]) {
    for (name, text) in BOX_SHOP {
        scratch.write(name, text);
    }
    let dir = scratch.folder().display().to_string();
    let (assignments, decisions) = (scratch.path("assignments.csv"), scratch.path("decisions.ndjson"));
    let routed = baton(&["route", "--data", &dir, "--out", &assignments, "--decisions", &decisions]);
    assert_eq!(routed.status.code(), Some(0), "{}{}", out(&routed), err(&routed));
    let decisions = fs::read_to_string(decisions).unwrap();
    let told: Vec<String> = decisions
        .lines()
        .map(|line| {
            let decision: serde_json::Value = serde_json::from_str(line).unwrap();
            let parcel = &decision["parcels"][0];
            let costs = &parcel["costs"];
            let parts = [&parcel["service"], &parcel["zone"], &costs["postage"], &costs["surcharge"]];
            parts.map(|part| part.to_string().replace('"', "")).join(" ")
        })
        .collect();
    assert_eq!(told, expect);
    let report = scratch.path("report.html");
    let assessed = baton(&["assess", &dir, "--today", "nearest", "--out", &report]);
    assert_eq!(assessed.status.code(), Some(0), "{}{}", out(&assessed), err(&assessed));
}

#[test]
fn a_published_table_with_terms_and_surcharges_prices_parcels() {
    let scratch = Scratch::new();
    scratch.write(
        "rates.csv",
        "service,weight_lb,zone,price_usd\nparcel,30,2,10\nparcel,50,2,20\nparcel,30,8,30\nparcel,50,8,40\n",
    );
    scratch.write("services.csv", "service,dim_divisor,transit_days\nparcel,139,5\n");
    scratch.write("surcharges.csv", "service,when,zone_to,amount\nparcel,residential,7,2.50\n");
    scratch.write("zone_pairs.csv", "origin_zip3,dest_zip3,zone\n941,939,1\n941,100,8\n");
    check_parcels(&scratch, &["parcel 8 30.0000 null", "parcel 1 20.0000 2.5000"]);
}

/// By hand, from the tables: the lamp's 3,024 cubic inches are billed as 19 pounds by USPS, 34.23 to zone 8, and as
/// 22 by FedEx, 43.89. The chair's 5,184 are 38 pounds for FedEx, 24.60 and 5.95 at homes; USPS would take 29.30 for
/// 32 pounds, and 22.00 for length and volume.
#[test]
fn real_tables_of_two_carriers_price_the_same_shop() {
    let Some(carriers) = shared("data/carriers") else { return };
    let scratch = Scratch::new();
    let text = |name: &str| fs::read_to_string(carriers.join(name)).unwrap();
    let mut rates = "service,price_tier,weight_not_over,weight_unit,weight_lb,zone,price_usd\n".to_owned();
    for row in text("usps_rates_2025-10-05.csv").lines().skip(1) {
        let (terms, price) =
            row.rsplit_once(',').and_then(|(rest, price)| Some((rest.rsplit_once(',')?, price))).unwrap();
        rates.push_str(&format!("{},,{},{price}\n", terms.0, terms.1));
    }
    for row in text("fedex_ground_list_rates_2025-01-06.csv").lines().skip(1) {
        rates.push_str(&format!("{}\n", row.replacen(',', ",,,,", 1)));
    }
    scratch.write("rates.csv", &rates);
    scratch.write("manifest.json", "{\"price_tier\": \"commercial\"}");
    scratch.write("zone_pairs.csv", &text("usps_zone_pairs_zip3_2018.csv"));
    scratch.write(
        "services.csv",
        "service,dim_divisor,dim_over_in3,max_length_plus_girth_in\n\
         fedex_ground,139,,165\nground_advantage,166,1728,108\npriority_mail,166,1728,108\nground_advantage_oversized,,,130\n",
    );
    scratch.write(
        "surcharges.csv",
        "service,when,over,up_to,unit,amount\n\
         fedex_ground,residential,,,,5.95\nground_advantage,longest_side,22,30,in,4.00\nground_advantage,volume,2,,ft3,18.00\n\
         priority_mail,longest_side,22,30,in,4.00\npriority_mail,volume,2,,ft3,30.00\n",
    );
    check_parcels(&scratch, &["ground_advantage 8 34.2300 null", "fedex_ground 1 24.6000 5.9500"]);
}

#[test]
fn the_reference_instances_cost_exactly_what_their_reference_says() {
    let Some(bench) = shared("bench") else { return };
    let scratch = Scratch::new();
    let expected = [
        ("n5", "3596.1683"),
        ("n5t", "6809.5694"),
        ("n25", "17577.6117"),
        ("n25a", "12900.1246"),
        ("n25t", "29964.3325"),
    ];
    for (name, total) in expected {
        let assignments = scratch.path("assignments.csv");
        let dir = bench.join(name).display().to_string();
        let routed = baton(&["route", "--data", &dir, "--out", &assignments, "--json"]);
        assert_eq!(routed.status.code(), Some(0), "{}", err(&routed));
        assert!(out(&routed).contains(&format!("\"total_cost\":\"{total}\"")), "{name}: {}", out(&routed));
        let scored =
            Command::new("python3").arg(bench.join("score.py")).args([&dir, &assignments]).output().unwrap();
        let scored = String::from_utf8_lossy(&scored.stdout).into_owned();
        assert!(scored.contains("violations                   0"), "{name}: {scored}");
        assert!(scored.contains(total.trim_end_matches('0')), "{name}: {scored}");
    }
}

#[test]
fn usual_ways_send_what_they_can_where_units_left_over_have_a_price() {
    let Some(bench) = shared("bench") else { return };
    let scratch = Scratch::new();
    let dir = bench.join("n25").display().to_string();
    for rules in ["starter", "nearest", "warehouse-first", "ranked:W01,S0001"] {
        let route = ["route", "--data", &dir, "--rules", rules, "--out", &scratch.path("a.csv"), "--json"];
        let routed = baton(&route);
        let told: serde_json::Value = serde_json::from_str(&out(&routed)).unwrap();
        assert!(told["placed"].as_u64() > Some(880), "{rules}: {told}");
        assert_eq!(told["audit_findings"], 0, "{rules}: {told}");
    }
    for name in ["n5", "n5t", "n25", "n25a", "n25t"] {
        let dir = bench.join(name).display().to_string();
        let assessed = baton(&["assess", &dir, "--out", &scratch.path("report.html"), "--json"]);
        assert_eq!(assessed.status.code(), Some(0), "{name}: {}", err(&assessed));
        let told: serde_json::Value = serde_json::from_str(&out(&assessed)).unwrap();
        assert_eq!(told["warnings"], serde_json::json!([]), "{name}");
    }
}
