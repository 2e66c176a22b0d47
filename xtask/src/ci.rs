//! The sequence that every change must pass.
//!
//! Owns: which checks run and in which order. All of them run even when one fails, so that one run tells
//! everything; the tests come last because the run must close with their counts.

use std::path::Path;

use crate::{cargo, facts, test, tidy};

/// Set to `1`, the absence of the shared data folder is an error and not a reason to skip.
const REQUIRE_SHARED: &str = "BATON_REQUIRE_SHARED";

pub(crate) fn run(root: &Path) -> Result<(), String> {
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        println!("== {name}");
        if let Err(say) = check(root) {
            eprintln!("{say}");
            failed.push(name);
        }
    }
    println!("== test");
    let tests = test::run_tests(root, test::Extent::Everything)?;
    if !tests.succeeded() {
        failed.push("test");
    }
    let passed = failed.is_empty();
    let verdict =
        if passed { "all checks passed".to_string() } else { format!("failed: {}", failed.join(", ")) };
    println!("== {verdict}");
    println!("{}", tests.counts.line());
    if passed { Ok(()) } else { Err(String::new()) }
}

type Check = fn(&Path) -> Result<(), String>;

const CHECKS: [(&str, Check); 6] = [
    ("formatting", formatting),
    ("clippy", clippy),
    ("tidy", tidy::run),
    ("docs", docs),
    ("facts", facts_match),
    ("contract", contract),
];

fn formatting(root: &Path) -> Result<(), String> {
    cargo::pass_through(cargo::cargo(root, &["fmt", "--all", "--check"]))
}

fn clippy(root: &Path) -> Result<(), String> {
    let args = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    cargo::pass_through(cargo::cargo(root, &args))
}

/// Builds the documentation of every crate; a broken link or a bare URL is an error.
pub(crate) fn docs(root: &Path) -> Result<(), String> {
    let mut command = cargo::cargo(root, &["doc", "--workspace", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    cargo::pass_through(command)
}

fn facts_match(root: &Path) -> Result<(), String> {
    let request = facts::Request::check(root);
    if request.from.is_dir() {
        return facts::run(root, &request);
    }
    let said = format!("no shared data folder at {}", request.from.display());
    if std::env::var(REQUIRE_SHARED).is_ok_and(|value| value == "1") {
        return Err(format!("{said}, and {REQUIRE_SHARED}=1 asks for it: put it next to the checkout"));
    }
    println!("{said}: skipped");
    Ok(())
}

/// Asks the served API for what its description says. Where it cannot be installed it is skipped, but in CI.
fn contract(root: &Path) -> Result<(), String> {
    let done = cargo::command(root, &root.join(".ci/contract")).arg("--no-color").status();
    match done {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`.ci/contract` failed ({status})")),
        Err(error) => Err(format!("`.ci/contract` did not start: {error}")),
    }
}
