//! The project's own chores: `cargo xtask <command>`.
//!
//! Owns: running the tests and counting them, the house rules, the small tables of facts, the CI sequence.
//! Refuses to know: how orders are decided. Nothing here is part of the shipped program.

mod browser;
mod cargo;
mod ci;
mod facts;
mod postgres;
mod test;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  test [--fast]               every test, then one line that counts them (--fast: no doc tests, no browser)
  tidy                        the house rules
  facts [--from DIR]          write the tables of facts from the shared data folder (default ../shared/data)
  facts --check [--from DIR]  compare them with what the folder gives, write nothing
  docs                        build the documentation; a warning is an error
  ci                          formatting, clippy, tidy, docs, facts, contract (.ci/contract), then test
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let root = root();
    let done = match words.as_slice() {
        ["test"] => test::run(&root, test::Extent::Everything),
        ["test", "--fast"] => test::run(&root, test::Extent::Fast),
        ["tidy"] => tidy::run(&root),
        ["facts", rest @ ..] => match facts::Request::read(rest, &root) {
            Ok(request) => facts::run(&root, &request),
            Err(say) => Err(format!("{say}\n\n{USAGE}")),
        },
        ["docs"] => ci::docs(&root),
        ["ci"] => ci::run(&root),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(USAGE.to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(say) if say.is_empty() => ExitCode::FAILURE,
        Err(say) => {
            eprintln!("{say}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the checkout: the parent of this package.
fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}
