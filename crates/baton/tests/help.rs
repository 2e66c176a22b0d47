//! Every command has help with examples, a text for every argument, and one JSON value with `--json`.

mod scratch;

use scratch::{Scratch, baton, err, out, shop, write_history};
use std::process::{Command, Output};

/// Every command that does something, found by walking the lists of subcommands.
fn leaves(path: &[String]) -> Vec<Vec<String>> {
    let help = help(path);
    let names: Vec<String> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect();
    if names.is_empty() {
        return vec![path.to_vec()];
    }
    names.into_iter().flat_map(|name| leaves(&[path, &[name]].concat())).collect()
}

fn help(path: &[String]) -> String {
    let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
    arguments.push("--help");
    let output = baton(&arguments);
    assert_eq!(output.status.code(), Some(0), "{path:?}");
    out(&output)
}

/// What runs until it is told to stop prints no one value.
fn is_endless(leaf: &[String]) -> bool {
    leaf == ["serve"]
}

#[test]
fn every_command_has_examples_and_a_text_for_every_argument() {
    for leaf in leaves(&[]) {
        let text = help(&leaf);
        assert!(text.contains("Example"), "{leaf:?} has no example:\n{text}");
        assert!(text.contains("--json") || is_endless(&leaf), "{leaf:?} has no --json:\n{text}");
        let lines: Vec<&str> = text.lines().collect();
        let listed = lines.iter().enumerate().filter(|(_, line)| {
            let plain = line.trim_start();
            let indent = line.len() - plain.len();
            (2..=6).contains(&indent)
                && (plain.starts_with('<') || plain.starts_with('[') || plain.starts_with('-'))
        });
        for (i, line) in listed {
            // In long help the text stands below its argument, in short help beside it.
            let told =
                line.split("  ").filter(|part| !part.trim().is_empty()).nth(1).or(lines.get(i + 1).copied());
            let is_told =
                told.is_some_and(|text| text.trim().len() > 5 && !text.trim_start().starts_with("[possible"));
            assert!(is_told, "{leaf:?}: {line} has no text:\n{text}");
        }
    }
}

#[test]
fn every_command_prints_one_json_value() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    scratch.write("rules.txt", "Rules\nKeep at least 1 at stores.\n");
    scratch
        .write("cases.txt", "case One mug\norder MUG 1 to 97201 in OR\nstock mall MUG 9\nexpect 1 parcel\n");
    let path = |name: &str| scratch.path(name);
    let (rules, cases, demo, page) = (path("rules.txt"), path("cases.txt"), path("demo"), path("page.html"));
    let (assignments, history, to) = (path("a.csv"), path("history"), path("to"));
    write_history(&scratch);
    let (books, kept, copy) = (path("books.sqlite"), path("kept.sqlite"), path("copy.sqlite"));
    let (back, rows) = (path("back.sqlite"), path("rows.csv"));
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
        command.args(arguments).arg("--json").env("BATON_DATABASE", &books).output().unwrap()
    };
    let token = ["token", "new", "--name", "till", "--scope", "me"];
    let owner = ["--email", "ana@example.com", "--name", "Ana", "--role", "owner"];
    run(&["import", "folder", "--from", &dir]);
    run(&[&["user", "add"], &owner[..]].concat());
    let made: serde_json::Value = serde_json::from_str(&out(&run(&token))).unwrap();
    let (made, other) = (made["id"].as_str().unwrap(), ["--email", "ben@example.com", "--name", "Ben"]);
    let runs: Vec<(&str, Vec<&str>)> = vec![
        ("demo", vec!["--files-only", "--dir", &demo, "--orders", "100"]),
        ("assess", vec![&dir, "--out", &page]),
        ("route", vec!["--data", &dir, "--out", &assignments]),
        ("explain", vec!["O1", "--data", &dir]),
        ("replay", vec!["--data", &dir, "--rules", &rules, "--worth"]),
        ("rules check", vec![&rules, "--data", &dir]),
        ("rules explain", vec![&rules]),
        ("rules test", vec![&cases, "--rules", &rules, "--data", &dir]),
        ("rules starter", vec![]),
        ("rules words", vec![]),
        ("bench", vec!["--data", &dir, "--rounds", "1"]),
        ("formats", vec![]),
        ("import olist", vec!["--from", &history, "--to", &to]),
        ("import folder", vec!["--from", &dir]),
        ("rules publish", vec![&rules]),
        ("rules replay", vec!["--number", "1"]),
        ("export", vec!["orders", "--out", &rows]),
        ("migrate", vec![]),
        ("check", vec![]),
        ("jobs list", vec![]),
        ("jobs retry", vec!["--all"]),
        ("user list", vec![]),
        ("user add", [&other[..], &["--role", "viewer"]].concat()),
        ("user unlock", vec!["ana@example.com"]),
        ("user link", vec!["ana@example.com"]),
        ("token new", token[2..].to_vec()),
        ("token list", vec![]),
        ("token revoke", vec![made]),
        ("backup", vec!["--out", &kept]),
        ("verify", vec![&kept]),
        ("restore", vec![&kept, "--database", &back]),
        ("copy", vec!["--to", &copy]),
        ("doctor", vec!["--backups", &to]),
    ];
    let mut walked: Vec<String> =
        leaves(&[]).iter().filter(|leaf| !is_endless(leaf)).map(|leaf| leaf.join(" ")).collect();
    let mut known: Vec<&str> = runs.iter().map(|(command, _)| *command).collect();
    walked.sort();
    known.sort();
    assert_eq!(walked, known, "a command is missing in this test");
    for (command, arguments) in runs {
        let whole: Vec<&str> = command.split(' ').chain(arguments).collect();
        must_print_one_value(command, &run(&whole));
    }
}

fn must_print_one_value(command: &str, output: &Output) {
    // Nobody can sign in yet.
    let expected = if command == "doctor" { 1 } else { 0 };
    assert_eq!(output.status.code(), Some(expected), "{command}: {}", err(output));
    let value: Result<serde_json::Value, _> = serde_json::from_str(&out(output));
    assert!(value.is_ok(), "{command}: {value:?}\n{}", out(output));
}
