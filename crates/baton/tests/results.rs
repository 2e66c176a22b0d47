//! Where results are written: files, links, pipes and standard output.

mod scratch;

use scratch::{Scratch, baton, err, out, shop};
use std::fs;

#[test]
fn two_results_in_one_file_are_refused_before_anything_is_read() {
    let scratch = Scratch::new();
    let same = scratch.path("a.csv");
    let refused = baton(&["route", "--data", "nowhere", "--out", &same, "--decisions", &same]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(
        err(&refused),
        format!("{same}: is named for two results; name another file for one of them\n")
    );
    assert!(scratch.names().is_empty());
}

#[test]
fn a_result_on_standard_output_stands_there_alone() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    let routed = baton(&["route", "--data", &dir, "--out", "-"]);
    assert_eq!(routed.status.code(), Some(0), "{}", err(&routed));
    assert!(out(&routed).starts_with("order_id,line,sku,qty,location_id\n"), "{}", out(&routed));
    assert!(out(&routed).lines().all(|line| line.split(',').count() == 5), "{}", out(&routed));
    assert!(err(&routed).contains("3 orders: 3 placed"), "{}", err(&routed));
    let page = baton(&["assess", &dir, "--out", "-", "--json"]);
    assert_eq!(page.status.code(), Some(0), "{}", err(&page));
    let html = out(&page);
    assert!(html.starts_with("<!") && html.trim_end().ends_with("</html>"), "the page is whole and alone");
    let replayed = baton(&["replay", "--data", &dir, "--decisions", "-"]);
    assert_eq!(out(&replayed).lines().count(), 3, "{}", out(&replayed));
    assert!(out(&replayed).lines().all(|line| line.starts_with('{')), "{}", out(&replayed));
    assert_eq!(scratch.names(), ["shop"], "no file is named -");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_a_pipe_is_written_to_and_stays_a_pipe() {
    use std::os::unix::fs::FileTypeExt;
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    scratch.write("real.csv", "old");
    std::os::unix::fs::symlink("real.csv", scratch.folder().join("link.csv")).unwrap();
    let routed = baton(&["route", "--data", &dir, "--out", &scratch.path("link.csv")]);
    assert_eq!(routed.status.code(), Some(0), "{}", err(&routed));
    assert!(scratch.read("real.csv").starts_with("order_id,"), "the file behind the link has the result");
    assert!(fs::symlink_metadata(scratch.folder().join("link.csv")).unwrap().is_symlink());
    let pipe = scratch.path("pipe");
    if !std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        println!("skipped: this system makes no pipes by mkfifo");
        return;
    }
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    let routed = baton(&["route", "--data", &dir, "--out", &pipe]);
    assert_eq!(routed.status.code(), Some(0), "{}", err(&routed));
    assert_eq!(reader.join().unwrap(), scratch.read("real.csv"));
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_enough_is_no_fault() {
    let scratch = Scratch::new();
    let dir = scratch.path("demo");
    assert_eq!(baton(&["demo", "--files-only", "--dir", &dir, "--orders", "1000"]).status.code(), Some(0));
    for arguments in ["route --out -", "replay --decisions -", "assess --out -", "formats"] {
        let (command, rest) = arguments.split_once(' ').unwrap_or((arguments, ""));
        let data = match command {
            "assess" => dir.clone(),
            "formats" => String::new(),
            _ => format!("--data {dir}"),
        };
        let line = format!("{} {command} {data} {rest}", env!("CARGO_BIN_EXE_baton"));
        let shell = format!("( {line}; echo $? >&2 ) | head -c 20 >/dev/null");
        let ran = std::process::Command::new("sh").args(["-c", &shell]).output().unwrap();
        assert_eq!(err(&ran).lines().last(), Some("0"), "{command}: {}", err(&ran));
    }
}

#[test]
fn a_result_that_cannot_be_written_is_told_in_plain_words() {
    let scratch = Scratch::new();
    let dir = shop(&scratch);
    let target = scratch.path("missing/a.csv");
    let failed = baton(&["route", "--data", &dir, "--out", &target]);
    assert_eq!(failed.status.code(), Some(2));
    assert_eq!(
        err(&failed),
        format!(
            "{target}: cannot be written: there is no such file or folder; make the folder first, or name another\n"
        )
    );
    let folder = baton(&["route", "--data", &dir, "--out", &scratch.path("shop")]);
    assert!(err(&folder).contains("is no name for a file"), "{}", err(&folder));
}

#[test]
fn a_rule_file_that_somebody_changed_outlives_the_next_demo() {
    let scratch = Scratch::new();
    let dir = scratch.path("demo");
    let demo = || baton(&["demo", "--files-only", "--dir", &dir, "--orders", "100"]);
    assert!(!out(&demo()).contains("is kept"));
    let own = "Rule set: Mine\n\nRules\nKeep at least 2 at stores.\n";
    scratch.write("demo/rules.txt", own);
    let again = demo();
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    assert!(
        out(&again)
            .contains("rules.txt was changed and is kept; remove it to get the demo's own rules back.")
    );
    assert_eq!(scratch.read("demo/rules.txt"), own);
    assert!(out(&again).contains("With Baton (Mine)"), "{}", out(&again));
}
