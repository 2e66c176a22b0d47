//! What cannot be done is told in plain words, and harms nothing.

use crate::place::{Place, Server};
use crate::scratch::{baton, err, out};
use std::fs;

/// Nobody may write there, whoever runs the tests.
const READ_ONLY: &str = "/proc/books.sqlite";

#[track_caller]
fn refused(place: &Place, arguments: &[&str], words: &str) {
    let done = place.run(arguments);
    assert_eq!(done.status.code(), Some(2), "{arguments:?}: {}{}", out(&done), err(&done));
    let told = err(&done);
    assert!(told.contains(words), "{arguments:?}: {told}");
    assert!(!told.contains("os error") && !told.contains("panicked"), "{told}");
}

#[test]
fn a_slip_in_the_name_of_the_books_begins_no_others() {
    let place = Place::in_file();
    for command in [
        &["check"][..],
        &["backup"],
        &["copy", "--to", "x.sqlite"],
        &["migrate", "--dry-run"],
        &["user", "list"],
        &["token", "list"],
        &["export", "orders"],
    ] {
        refused(&place, command, "there are no books at");
    }
    assert!(!fs::exists(&place.database).unwrap());
    let doctor = place.run(&["doctor"]);
    assert_eq!(doctor.status.code(), Some(1));
    assert!(out(&doctor).contains("LOOK  database"), "{}", out(&doctor));
}

#[test]
fn a_database_that_is_none_is_told_without_its_password() {
    for (database, words) in [
        ("mysql://ana:hush@localhost/x", "neither the path of a file nor begins with postgres://"),
        ("postgres://ana:hush@127.0.0.1:1/x", "the database server does not answer"),
        ("postgres://ana:hush@host:port/x", "the database cannot be opened"),
    ] {
        let place = Place { database: database.to_owned(), ..Place::in_file() };
        for command in [&["check"][..], &["migrate"], &["restore", &place.scratch.write("x", "y")]] {
            let done = place.run(command);
            assert_eq!(done.status.code(), Some(2), "{command:?}");
            assert!(!err(&done).contains("hush"), "{}", err(&done));
        }
        refused(&place, &["migrate"], words);
    }
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let place = Place::in_file().with_shop();
    refused(&place, &["backup", "--out", READ_ONLY], "/proc/books.sqlite");
    refused(&place, &["export", "orders", "--out", READ_ONLY], "cannot be written");
    refused(&place, &["copy", "--to", READ_ONLY], "cannot be opened");
    let nowhere = Place { database: READ_ONLY.to_owned(), ..Place::in_file() };
    refused(&nowhere, &["migrate"], "cannot be opened");
    refused(&nowhere, &["import", "folder", "--from", &place.shop], "cannot be opened");
    assert_eq!(place.json(&["check"])["is_sound"], true);
}

#[test]
fn files_that_are_not_there_are_told() {
    let place = Place::in_file().with_shop();
    for command in [&["restore", "nothing.sqlite"][..], &["rules", "publish", "nothing.txt"]] {
        refused(&place, command, "there is no such file or folder");
    }
    let settings = baton(&["check", "--config", "nothing.toml"]);
    assert!(err(&settings).contains("there is no such file or folder"), "{}", err(&settings));
    let verified = baton(&["verify", "nothing.sqlite"]);
    assert_eq!(verified.status.code(), Some(2));
    refused(&place, &["import", "folder", "--from", "nothing"], "nothing");
    refused(&place, &["token", "revoke", "tok_none"], "there is no token tok_none");
}

#[test]
fn books_that_are_in_use_are_read_and_not_written_by_others() {
    let place = Place::in_file().with_shop();
    let mut server = Server::start(&place.database);
    for command in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["user", "unlock", "ana@example.com"],
        &["migrate"],
        &["import", "folder", "--from", &place.shop],
        &["copy", "--to", &place.scratch.path("other.sqlite")],
    ] {
        refused(&place, command, "is open in another process: one program at a time writes to a file");
    }
    place.ok(&["check"]);
    place.ok(&["export", "stock"]);
    place.ok(&["backup", "--out", &place.scratch.path("open.sqlite")]);
    refused(&place, &["restore", &place.scratch.path("open.sqlite")], "is open in another process");
    assert_eq!(server.stop().0, Some(0));
    place.ok(&["user", "unlock", "ana@example.com"]);
}

#[test]
fn a_byte_that_flipped_in_a_backup_is_found_and_nothing_is_put_back() {
    let place = Place::in_file().with_shop();
    for name in ["kept.sqlite", "kept.ndjson"] {
        let file = place.scratch.path(name);
        let text: &[&str] = if name.ends_with("ndjson") { &["--text"] } else { &[] };
        place.ok(&[&["backup", "--out", &file], text].concat());
        let whole = fs::read(&file).unwrap();
        for part in 0..12 {
            let at = part * (whole.len() - 1) / 11;
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            fs::write(&file, flipped).unwrap();
            let seen = baton(&["verify", &file]);
            assert_eq!(seen.status.code(), Some(1), "{name}, byte {at}: {}{}", out(&seen), err(&seen));
            assert!(out(&seen).contains("is not sound"), "{}", out(&seen));
            let elsewhere = place.scratch.path(&format!("elsewhere-{name}-{part}"));
            let back = baton(&["restore", &file, "--database", &elsewhere]);
            assert_eq!(back.status.code(), Some(2), "{name}, byte {at}");
            assert!(!fs::exists(&elsewhere).unwrap(), "{name}, byte {at}");
        }
    }
    assert_eq!(place.json(&["check"])["is_sound"], true);
}
