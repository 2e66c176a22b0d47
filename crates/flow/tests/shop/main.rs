//! Days in small shops, as text: what is done, and what the books say after each step.
//!
//! A file in `scripts/` holds cases: `== what it shows`, the shop as a scenario of the engine sets it up, what is done
//! (`> take A MUG 1`), and after `=>` what is told. Each runs on SQLite and on PostgreSQL, tells the same on both, and
//! its books are checked in the end. `UPDATE=1 cargo test -p baton-flow --test shop` writes what is told into the files.

mod books;
mod carts;
mod crowd;
mod damage;
mod differ;
mod late;
mod model;
#[path = "../../../store/tests/books/place.rs"]
#[allow(dead_code)]
mod place;
mod stage;
mod stock;
mod together;

use std::path::{Path, PathBuf};

/// Runs every case of a file.
fn check(file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let mut kept = String::new();
    let mut wrong = Vec::new();
    for case in text.split("== ").map(str::trim).filter(|case| !case.is_empty()) {
        let (name, rest) = case.split_once('\n').expect("a case has a name and a shop");
        let (script, expected) = rest.split_once("\n=>").unwrap_or((rest, ""));
        let told = stage::run(script);
        kept.push_str(&format!("== {name}\n{}\n=>\n{}\n\n", script.trim_end(), told.trim_end()));
        if told.trim() != expected.trim() {
            wrong.push(format!("== {name}\n{told}"));
        }
    }
    settle(&path, &kept, &wrong);
}

fn settle(path: &PathBuf, kept: &str, wrong: &[String]) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, format!("{}\n", kept.trim_end())).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "{} tells otherwise:\n{}", path.display(), wrong.join("\n"));
}

#[test]
fn orders_come_in_and_change() {
    check("orders.txt");
}

#[test]
fn places_work_and_refuse() {
    check("fulfillment.txt");
}

#[test]
fn semantics_1_to_25_hold() {
    check("semantics.txt");
}

#[test]
fn stock_and_orders_know_of_each_other() {
    check("stock.txt");
}

#[test]
fn oversell_cases_hold() {
    check("oversell.txt");
}
