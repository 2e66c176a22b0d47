//! The tests in a browser (`browser/`): what they need is made ready, and they are run.
//!
//! Owns: whether Node, npm and a Chromium are there, the packages of the tests, and reading the lines they close with.
//! Refuses to know: what is tested.

use crate::cargo::{self, Heard};
use crate::test::Counts;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

/// Set to `1`, the absence of a browser is an error and not a reason to skip.
const REQUIRE: &str = "BATON_REQUIRE_BROWSER";
/// Names a Chromium that lies elsewhere.
const CHROMIUM: &str = "BATON_CHROMIUM";
const CHROMIUMS: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// Runs them; `tell` lets the tests know of a PostgreSQL. `None`, with a word on why: they cannot run here.
pub(crate) fn run(root: &Path, tell: impl Fn(Command) -> Command) -> Result<Option<(Heard, Counts)>, String> {
    if let Some(lacking) = lacking(root) {
        let said = format!("no {lacking} is installed: there are no tests in a browser");
        if std::env::var(REQUIRE).is_ok_and(|value| value == "1") {
            return Err(format!("{said}, and {REQUIRE}=1 asks for them"));
        }
        println!("{said}");
        return Ok(None);
    }
    let folder = root.join("browser");
    if is_older(&folder.join("node_modules/.package-lock.json"), &folder.join("package-lock.json")) {
        let mut install = cargo::command(root, Path::new("npm"));
        install.current_dir(&folder).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
        ]);
        cargo::pass_through(install)?;
    }
    cargo::pass_through(cargo::cargo(root, &["build", "--package", "baton"]))?;
    let mut tests = cargo::command(root, Path::new("node"));
    tests.arg("browser/run.mjs");
    let heard = cargo::listen(tell(tests))?;
    let counts = count_node(&heard.lines);
    Ok(Some((heard, counts)))
}

/// The first of what they need that is not here.
fn lacking(root: &Path) -> Option<&'static str> {
    let has_chromium =
        std::env::var_os(CHROMIUM).is_some() || CHROMIUMS.iter().any(|path| Path::new(path).exists());
    let programs = ["node", "npm"];
    programs.into_iter().find(|name| !answers(root, name)).or((!has_chromium).then_some("Chromium"))
}

fn answers(root: &Path, program: &str) -> bool {
    let mut probe = cargo::command(root, Path::new(program));
    probe.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

/// Is it absent, or from before the other?
fn is_older(path: &Path, other: &Path) -> bool {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|found| found.modified()).ok();
    changed(path).unwrap_or(SystemTime::UNIX_EPOCH) < changed(other).unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Reads what Node's runner closes with, a line for each outcome: `# pass 24`, or `ℹ pass 24` for people.
fn count_node(lines: &[String]) -> Counts {
    let last = |outcome: &str| {
        let mut numbers = lines.iter().filter_map(|line| {
            let (mark, rest) = line.split_once(' ')?;
            let (word, number) = rest.split_once(' ')?;
            (matches!(mark, "#" | "ℹ") && word == outcome).then(|| number.parse::<u64>().ok())?
        });
        numbers.next_back().unwrap_or(0)
    };
    Counts {
        passed: last("pass"),
        failed: last("fail") + last("cancelled"),
        skipped: last("skipped") + last("todo"),
    }
}

#[cfg(test)]
mod tests {
    use super::count_node;

    #[track_caller]
    fn check(output: &str, expect: &str) {
        let lines: Vec<String> = output.lines().map(str::to_string).collect();
        assert_eq!(count_node(&lines).line(), expect);
    }

    #[test]
    fn node_closes_with_a_line_for_each_outcome() {
        let plain = "# Subtest: pages\n# pass 5\n# tests 9\n# pass 6\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 0\n";
        check(plain, "6 passed, 2 failed, 2 skipped");
        check(
            "✔ pass 3 (1ms)\nℹ pass 7\nℹ fail 0\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0",
            "7 passed, 0 failed, 1 skipped",
        );
    }

    #[test]
    fn a_run_that_broke_before_its_tests_counts_nothing() {
        check("Error: baton demo ended with 2", "0 passed, 0 failed, 0 skipped");
    }
}
