//! `docs/operations.md` is true: its commands run in the order in which they stand there, and its settings are all there
//! are.

use crate::place::{PASSWORD, Place, Server, ServerDatabase};
use crate::scratch::{baton, out};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const DOCUMENT: &str = include_str!("../../../../docs/operations.md");
/// The database that the document names.
const NAMED: &str = "postgres://baton@localhost/baton";

/// The blocks that a shell runs.
fn blocks() -> Vec<&'static str> {
    let blocks: Vec<&str> =
        DOCUMENT.split("```sh\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    assert!(blocks.len() > 10, "{blocks:?}");
    blocks
}

/// Runs a block in a folder as somebody who stands in it would, who types the password when asked.
fn run(folder: &Path, block: &str) -> (Option<i32>, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_baton")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    command.args(["-e", "-c", block]).current_dir(folder).env("PATH", path);
    // Whoever runs the tests may have a full disk.
    command.env("BATON_LEAST_FREE", "0");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who does not ask has closed it.
    let _ = writeln!(child.stdin.take().unwrap(), "{PASSWORD}");
    let done = child.wait_with_output().unwrap();
    (done.status.code(), out(&done) + &String::from_utf8_lossy(&done.stderr))
}

#[test]
fn every_command_of_the_document_does_what_it_says() {
    let place = Place::in_file();
    place.scratch.write("shop/rules.txt", "Rules\nKeep at least 1 at stores.\n");
    let (folder, server) = (place.scratch.folder(), ServerDatabase::make());
    for block in blocks() {
        if block.starts_with("baton serve") {
            let database = place.scratch.path("baton.sqlite");
            assert_eq!(Server::start(&database).stop().0, Some(0));
            continue;
        }
        let block = match &server {
            Some(server) => block.replace(NAMED, &server.place),
            None if block.contains("postgres://") => continue,
            None => block.to_owned(),
        };
        let (code, said) = run(folder, &block);
        // The first look of the doctor comes before the first backup.
        let expected = if block.starts_with("baton doctor") { 1 } else { 0 };
        assert_eq!(code, Some(expected), "{block}\n{said}");
    }
    let (code, said) = run(folder, "baton doctor");
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn every_setting_stands_in_the_document() {
    let mut known = BTreeSet::new();
    for command in [
        &["serve"][..],
        &["check"],
        &["backup"],
        &["doctor"],
        &["restore"],
        &["copy"],
        &["migrate"],
        &["export"],
        &["import", "folder"],
        &["rules", "publish"],
        &["rules", "replay"],
        &["user", "add"],
        &["token", "new"],
    ] {
        let help = out(&baton(&[command, &["--help"]].concat()));
        let name = |rest: &str| rest.trim_start().split(['=', ']', '\n', ' ']).next().unwrap().to_owned();
        known.extend(help.split("[env:").skip(1).map(name));
    }
    assert!(known.len() >= 9, "{known:?}");
    let lacking: Vec<&String> =
        known.iter().filter(|name| !DOCUMENT.contains(&format!("`{name}`"))).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}
