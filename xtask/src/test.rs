//! Runs every test and ends with one line that counts them all.
//!
//! Owns: which runners are called, and reading the line each of them closes with.

use std::path::Path;

use crate::browser;
use crate::cargo::{self, Heard};
use crate::postgres;
use std::process::Command;

/// How much of the suite runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Everything,
    /// Without doc tests, which cost a link each, and without a browser.
    Fast,
}

/// Runs the tests. The last line printed is `N passed, N failed, N skipped`.
pub(crate) fn run(root: &Path, extent: Extent) -> Result<(), String> {
    let outcome = run_tests(root, extent)?;
    for said in &outcome.broken {
        eprintln!("`{said}` failed: the cause is above; when no test is named there, the build broke");
    }
    println!("{}", outcome.counts.line());
    if outcome.succeeded() { Ok(()) } else { Err(String::new()) }
}

/// What the runners said together.
pub(crate) struct Outcome {
    pub(crate) counts: Counts,
    /// The commands that did not succeed.
    pub(crate) broken: Vec<String>,
}

impl Outcome {
    pub(crate) fn succeeded(&self) -> bool {
        self.broken.is_empty() && self.counts.failed == 0
    }

    fn add(&mut self, heard: Heard, counts: Counts) {
        self.counts = self.counts.plus(counts);
        if !heard.succeeded {
            self.broken.push(heard.said);
        }
    }
}

/// Runs the tests and prints nothing of its own.
pub(crate) fn run_tests(root: &Path, extent: Extent) -> Result<Outcome, String> {
    let mut outcome = Outcome { counts: Counts::default(), broken: Vec::new() };
    let server = postgres::start()?;
    let tell = |mut command: Command| {
        if let Some(server) = &server {
            server.tell(&mut command);
        }
        command
    };
    if cargo::has(root, "nextest") {
        let heard =
            cargo::listen(tell(cargo::cargo(root, &["nextest", "run", "--workspace", "--no-fail-fast"])))?;
        let counts = count_nextest(&heard.lines);
        outcome.add(heard, counts);
    } else {
        let args = ["test", "--workspace", "--lib", "--bins", "--tests", "--examples", "--no-fail-fast"];
        let heard = cargo::listen(tell(cargo::cargo(root, &args)))?;
        let counts = count_cargo_test(&heard.lines);
        outcome.add(heard, counts);
    }
    if extent == Extent::Everything {
        let heard = cargo::listen(cargo::cargo(root, &["test", "--workspace", "--doc", "--no-fail-fast"]))?;
        let counts = count_cargo_test(&heard.lines);
        outcome.add(heard, counts);
        if let Some((heard, counts)) = browser::run(root, tell)? {
            outcome.add(heard, counts);
        }
    }
    Ok(outcome)
}

/// How many tests ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Counts {
    fn plus(self, other: Counts) -> Counts {
        Counts {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }

    /// The closing line. Its form is read by machines: keep it.
    pub(crate) fn line(self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// Reads nextest's one closing line: `Summary [ 0.1s] 12 tests run: 12 passed (1 slow), 0 skipped`.
/// Whatever is neither passed nor skipped (failed, timed out, not run at all) counts as failed.
fn count_nextest(lines: &[String]) -> Counts {
    let mut plain = lines.iter().map(|line| without_colour(line));
    let summary = plain.rfind(|line| line.trim_start().starts_with("Summary ["));
    let Some((run, results)) = summary.as_deref().and_then(|line| line.split_once(" run: ")) else {
        return Counts::default();
    };
    let mut counts = Counts { failed: count_not_run(run), ..Counts::default() };
    for part in without_brackets(results).split(',') {
        let Some((number, word)) = part.trim().split_once(' ') else { continue };
        let number: u64 = number.parse().unwrap_or(0);
        match word.trim() {
            "passed" => counts.passed += number,
            "skipped" => counts.skipped += number,
            _ => counts.failed += number,
        }
    }
    counts
}

/// `Summary [ 0.1s] 5/12 tests` was stopped before seven of them.
fn count_not_run(run: &str) -> u64 {
    let number = run.rsplit(']').next().unwrap_or("").split_whitespace().next().unwrap_or("");
    let Some((ran, all)) = number.split_once('/') else { return 0 };
    let (ran, all): (u64, u64) = (ran.parse().unwrap_or(0), all.parse().unwrap_or(0));
    all.saturating_sub(ran)
}

/// Adds up the closing lines of `cargo test`, one per test binary:
/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`.
fn count_cargo_test(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        let plain = without_colour(line);
        let Some((_, results)) = plain.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
        else {
            continue;
        };
        for part in results.split(';') {
            let Some((number, word)) = part.trim().split_once(' ') else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match word {
                "passed" => counts.passed += number,
                "failed" => counts.failed += number,
                "ignored" => counts.skipped += number,
                _ => {}
            }
        }
    }
    counts
}

/// Takes terminal colours (`ESC [ … m`) out of a line.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

/// Takes `(1 slow, 2 flaky)` out of a line.
fn without_brackets(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: fn(&[String]) -> Counts, output: &str, expect: &str) {
        let lines: Vec<String> = output.lines().map(str::to_string).collect();
        assert_eq!(count(&lines).line(), expect);
    }

    #[test]
    fn nextest_closes_with_a_summary() {
        check(
            count_nextest,
            "        PASS [   0.004s] model money::adds\n     Summary [   0.012s] 12 tests run: 12 passed, 3 skipped",
            "12 passed, 0 failed, 3 skipped",
        );
    }

    #[test]
    fn notes_in_brackets_are_no_results() {
        check(
            count_nextest,
            "Summary [  9.1s] 12 tests run: 10 passed (1 slow, 1 flaky), 1 failed, 1 timed out, 0 skipped",
            "10 passed, 2 failed, 0 skipped",
        );
    }

    #[test]
    fn tests_that_were_not_run_count_as_failed() {
        check(
            count_nextest,
            "Summary [ 0.1s] 5/12 tests run: 4 passed, 1 failed, 0 skipped",
            "4 passed, 8 failed, 0 skipped",
        );
    }

    #[test]
    fn one_test_is_singular() {
        check(
            count_nextest,
            "Summary [ 0.1s] 1 test run: 1 passed, 0 skipped",
            "1 passed, 0 failed, 0 skipped",
        );
    }

    #[test]
    fn colours_do_not_hide_the_summary() {
        check(
            count_nextest,
            "\u{1b}[32;1m     Summary\u{1b}[0m [   0.005s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m0\u{1b}[0m \u{1b}[33;1mskipped\u{1b}[0m",
            "2 passed, 0 failed, 0 skipped",
        );
    }

    #[test]
    fn a_build_that_broke_counts_nothing() {
        check(count_nextest, "error: could not compile `model`", "0 passed, 0 failed, 0 skipped");
    }

    #[test]
    fn cargo_test_closes_once_per_binary() {
        check(
            count_cargo_test,
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s\n\
             running 4 tests\n\
             test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s",
            "6 passed, 1 failed, 1 skipped",
        );
    }
}
