//! Rules about what code may reach: memory it may not poke, floats it may not count with, and a world that
//! the pure crates may not see.

use super::Finding;
use super::source::{Source, closing, words};

pub(super) fn unsafe_code(source: &Source) -> Vec<Finding> {
    let found = source.words().filter(|(_, word)| *word == "unsafe");
    found
        .map(|(at, _)| {
            Finding::new(
                source.line_at(at),
                "`unsafe` is not written here, use a safe way or a crate that has it",
            )
        })
        .collect()
}

/// The crates that count in integers, so that every machine gets the same bytes.
const INTEGER_CRATES: [&str; 2] = ["crates/engine/src/", "crates/audit/src/"];

pub(super) fn float(source: &Source) -> Vec<Finding> {
    if !is_in(source, &INTEGER_CRATES) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (at, word) in source.words() {
        let is_suffix = word.starts_with(|letter: char| letter.is_ascii_digit())
            && (word.ends_with("f32") || word.ends_with("f64"))
            && !word.starts_with("0x");
        if matches!(word, "f32" | "f64") || is_suffix || is_float_literal(&source.code, at, word) {
            let say = format!("float `{word}` here, count in integers of a named unit (e4, minor, g, m)");
            findings.push(Finding::new(source.line_at(at), say));
        }
    }
    findings
}

/// `1.5` is one; `pair.0.1` and `0..5` are none.
fn is_float_literal(code: &str, at: usize, word: &str) -> bool {
    let is_number = |text: &str| text.starts_with(|letter: char| letter.is_ascii_digit());
    let fraction = code[at + word.len()..].strip_prefix('.');
    is_number(word) && fraction.is_some_and(is_number) && !code[..at].ends_with('.')
}

/// The crates that know no clock, no chance and no files: whatever they need is handed to them.
const PURE_CRATES: [&str; 3] = ["crates/model/src/", "crates/engine/src/", "crates/audit/src/"];

/// Tests are free: they may read their scenarios from a folder.
pub(super) fn outside_world(source: &Source) -> Vec<Finding> {
    if !is_in(source, &PURE_CRATES) {
        return Vec::new();
    }
    let words: Vec<(usize, &str)> = source.words().collect();
    let mut findings = Vec::new();
    for (index, (at, word)) in words.iter().enumerate() {
        let after = &source.code[at + word.len()..];
        let before = source.code[..*at].trim_end();
        let owner = index.checked_sub(1).map_or("", |index| words[index].1);
        let reached = match *word {
            "SystemTime" => true,
            "now" => before.ends_with("::"),
            "system" => before.ends_with("TimeZone::"),
            "env" | "fs" | "net" => owner == "std" && before.ends_with("::"),
            "print" | "println" | "eprint" | "eprintln" => after.starts_with('!'),
            "rand" => after.starts_with("::") || owner == "use",
            "std" => grouped_import_reaches_out(after),
            _ => false,
        };
        if reached && !source.is_test_code(*at) {
            let say = format!("`{word}` reaches outside a pure crate, let the caller pass the value in");
            findings.push(Finding::new(source.line_at(*at), say));
        }
    }
    findings
}

/// `use std::{fs, …}`: the path is `std::fs` all the same.
fn grouped_import_reaches_out(after_std: &str) -> bool {
    let Some(open) = after_std.find('{').filter(|open| after_std[..*open].trim() == "::") else {
        return false;
    };
    let group = &after_std[open..closing(after_std, open)];
    words(group).any(|(_, word)| matches!(word, "env" | "fs" | "net"))
}

fn is_in(source: &Source, folders: &[&str]) -> bool {
    source.is_rust() && folders.iter().any(|folder| source.path.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const ENGINE: &str = "crates/engine/src/cost.rs";

    #[test]
    fn unsafe_is_found_in_code_only() {
        check(unsafe_code, "a.rs", "fn a() {\n    unsafe { b() }\n}", &[(2, "`unsafe`")]);
        check(unsafe_code, "a.rs", "#![forbid(unsafe_code)]\n// unsafe\nlet a = \"unsafe\";", &[]);
    }

    #[test]
    fn floats_are_found_where_integers_rule() {
        check(float, ENGINE, "let a: f64 = b;", &[(1, "`f64`")]);
        check(float, ENGINE, "let a = 1.5;\nlet b = 2f32;", &[(1, "`1`"), (2, "`2f32`")]);
        check(float, ENGINE, "let a = pair.0.1 + (0..5).len() + 0xf32; // 1.5 is cheaper", &[]);
        check(float, "crates/replay/src/confidence.rs", "let a: f64 = 1.5;", &[]);
    }

    #[test]
    fn the_world_is_out_of_reach_of_pure_crates() {
        check(outside_world, ENGINE, "let a = Instant::now();", &[(1, "`now`")]);
        check(outside_world, ENGINE, "let a = jiff::Timestamp::now();", &[(1, "`now`")]);
        check(outside_world, ENGINE, "use std::time::SystemTime;", &[(1, "`SystemTime`")]);
        check(outside_world, ENGINE, "use std::fs;\nuse std::env::var;", &[(1, "`fs`"), (2, "`env`")]);
        check(outside_world, ENGINE, "use std::{\n    collections::BTreeMap,\n    net,\n};", &[(1, "`std`")]);
        check(
            outside_world,
            ENGINE,
            "println!(\"a\");\nlet a = rand::random();",
            &[(1, "`pr"), (2, "`rand`")],
        );
        check(outside_world, "crates/baton/src/main.rs", "println!(\"a\");", &[]);
    }

    #[test]
    fn a_time_that_is_handed_in_is_fine() {
        let code = "fn decide(now: Timestamp) { let t = now; include_str!(\"a.txt\"); x.print(); }";
        check(outside_world, ENGINE, code, &[]);
        check(outside_world, ENGINE, "use std::fmt;\nuse std::{cmp, fmt};\nlet fs = env!(\"A\");", &[]);
    }

    #[test]
    fn tests_of_a_pure_crate_may_read_files() {
        let tests = "fn a() {}\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        check(outside_world, ENGINE, tests, &[]);
        check(outside_world, "crates/engine/src/scenario/tests.rs", "use std::fs;", &[]);
    }
}
