//! The commands as people run them: output, exit codes, files written whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that goes when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let dir = std::env::temp_dir().join(format!("baton-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Scratch(dir)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn baton(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_baton")).args(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A demo of few orders, assessed.
fn demo(scratch: &Scratch) -> String {
    let dir = scratch.path("demo");
    let made = baton(&["demo", "--dir", &dir, "--orders", "400"]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    dir
}

#[test]
fn the_report_tells_of_the_old_place_of_every_order_that_left_it() {
    let scratch = Scratch::new("old-place");
    let dir = demo(&scratch);
    let report = fs::read_to_string(Path::new(&dir).join("report.html")).unwrap();
    let mut seen = 0;
    for order in report.split("<details class=\"order\">").skip(1) {
        let (route, told) = order.split("</details>").next().unwrap().split_once("</summary>").unwrap();
        let mut names = route.split("class=\"route\">").nth(1).unwrap().split("<bdi>").skip(1);
        let mut name = || names.next().unwrap().split("</bdi>").next().unwrap();
        let (from, to) = (name(), name());
        let is_plain = [from, to].iter().all(|name| !name.contains(" + ") && *name != "not filled");
        if is_plain {
            assert!(told.contains(&format!("<bdi>{from} ")), "{from} is not told of: {told}");
            assert!(told.contains(&format!("<bdi>From {to} it costs ")), "{told}");
            seen += 1;
        }
    }
    assert!(seen > 3, "the demo moves orders from one place to another");
}

#[test]
fn the_demo_writes_a_folder_and_a_report_and_runs_again_over_itself() {
    let scratch = Scratch::new("demo");
    let dir = demo(&scratch);
    let report = fs::read_to_string(Path::new(&dir).join("report.html")).unwrap();
    assert!(report.contains("What would Baton have saved?"));
    assert!(!report.contains("http"), "the report needs nothing from elsewhere");
    assert!(!report.contains("-$"), "one sign for less than zero");
    assert!(report.contains(" not filled in full under “With Baton (House rules)”: "), "reasons are told");
    let first = fs::read(Path::new(&dir).join("orders.csv")).unwrap();
    demo(&scratch);
    assert_eq!(fs::read(Path::new(&dir).join("orders.csv")).unwrap(), first);
}

#[test]
fn the_demo_leaves_other_peoples_folders_alone() {
    let scratch = Scratch::new("others");
    scratch.write("letter.txt", "dear");
    let refused = baton(&["demo", "--dir", &scratch.0.display().to_string()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("name another folder with --dir"), "{}", err(&refused));
    assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 1);
}

#[test]
fn route_explain_and_replay_write_the_same_bytes() {
    let scratch = Scratch::new("bytes");
    let dir = demo(&scratch);
    let (routed, replayed) = (scratch.path("routed.ndjson"), scratch.path("replayed.ndjson"));
    let assignments = scratch.path("assignments.csv");
    let route = baton(&["route", "--data", &dir, "--out", &assignments, "--decisions", &routed, "--json"]);
    assert_eq!(route.status.code(), Some(0), "{}", err(&route));
    let replay = baton(&["replay", "--data", &dir, "--restock", "never", "--decisions", &replayed, "--json"]);
    assert_eq!(replay.status.code(), Some(0), "{}", err(&replay));
    let routed = fs::read_to_string(routed).unwrap();
    assert_eq!(routed, fs::read_to_string(replayed).unwrap());
    assert_eq!(routed.lines().count(), 400);
    for line in [routed.lines().next().unwrap(), routed.lines().nth(250).unwrap()] {
        let id = line.split('"').nth(3).unwrap();
        let explained = baton(&["explain", id, "--data", &dir, "--json"]);
        assert_eq!(out(&explained).trim_end(), line);
    }
}

#[test]
fn an_order_is_explained_in_sentences_and_one_location_in_one() {
    let scratch = Scratch::new("explain");
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
    let scratch = Scratch::new("rules");
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
    let scratch = Scratch::new("check");
    let dir = demo(&scratch);
    scratch.write("bad.txt", "Only from stores.\nOnly from warehouses.\n");
    let bad = baton(&["rules", "check", &scratch.path("bad.txt"), "--data", &dir]);
    assert_eq!(bad.status.code(), Some(1), "{}", out(&bad));
    assert!(out(&bad).contains("error, rule"), "{}", out(&bad));
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
    let scratch = Scratch::new("cases");
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
        (Some(0), Some("1 cases, 0 failed")),
        "{}{}",
        out(&good),
        err(&good)
    );
    let wrong = run("wrong.txt");
    assert_eq!(wrong.status.code(), Some(1));
    assert!(out(&wrong).contains("expected nothing from COLUMBUS"), "{}", out(&wrong));
}

#[test]
fn a_broken_row_is_named_and_no_output_is_left_behind() {
    let scratch = Scratch::new("broken");
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
    let left: Vec<_> = fs::read_dir(&scratch.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["demo"], "nothing half-written stays");
}

#[test]
fn formats_lists_what_is_read() {
    let told = out(&baton(&["formats", "orders.csv"]));
    assert!(told.starts_with("orders.csv (") && told.contains("order_id"), "{told}");
    assert_eq!(baton(&["formats", "nothing.csv"]).status.code(), Some(2));
}

#[test]
fn the_reference_instances_cost_exactly_what_their_reference_says() {
    let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/bench");
    if !bench.exists() {
        assert!(
            std::env::var_os("BATON_REQUIRE_SHARED").is_none(),
            "the shared data folder is required here"
        );
        println!("skipped: no shared data folder next to the checkout");
        return;
    }
    let scratch = Scratch::new("bench");
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
