//! Every language says the same, each in its own plurals.

use super::{LOCALES, Words, bundle, offered};
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};

/// Ids and the variables that each takes, as the files have them.
fn messages(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    let mut id = String::new();
    for line in files.iter().flat_map(|text| text.lines()) {
        if let Some((name, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            id = name.to_owned();
            assert!(found.insert(id.clone(), BTreeSet::new()).is_none(), "{id} is there twice");
        }
        let names = line.split('$').skip(1);
        let name = |rest: &str| {
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()
        };
        found.entry(id.clone()).or_default().extend(names.map(name));
    }
    found.remove("");
    found
}

#[test]
fn every_catalog_is_sound() {
    for locale in &LOCALES {
        for text in locale.files {
            if let Err((_, faults)) = FluentResource::try_new((*text).to_owned()) {
                panic!("{}: {faults:?} in:\n{text}", locale.code);
            }
        }
        bundle(locale);
    }
}

#[test]
fn every_language_says_every_message_with_the_same_facts() {
    let english = messages(LOCALES[0].files);
    assert!(english.len() > 100);
    for locale in &LOCALES[1..] {
        let other = messages(locale.files);
        let missing: Vec<&String> = english.keys().filter(|id| !other.contains_key(*id)).collect();
        let unknown: Vec<&String> = other.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{}: {missing:?} {unknown:?}", locale.code);
        for (id, variables) in &english {
            let said = &other[id];
            assert!(said.is_subset(variables), "{} {id}: {said:?}, not of {variables:?}", locale.code);
        }
    }
}

#[test]
fn the_language_of_accents_says_the_same_longer_and_keeps_the_facts() {
    let words = Words::of("zz").unwrap();
    assert_eq!(words.n("span-days", 2), "2 dááyš");
    assert!(offered().iter().all(|locale| locale.code != "zz"));
}

#[test]
fn plurals_follow_the_number() {
    let words = Words::default();
    assert_eq!((words.n("span-days", 1), words.n("span-days", 2)), ("1 day".to_owned(), "2 days".to_owned()));
}

#[test]
fn the_first_language_of_a_browser_that_is_spoken_is_chosen() {
    assert_eq!(Words::accepted("xx-YY, en-GB;q=0.8").locale().code, "en");
    assert_eq!(Words::accepted("").locale().code, "en");
    assert_eq!(Words::accepted("zz").locale().code, "en", "nobody's language is chosen by its cookie alone");
    assert!(Words::of("xx").is_none());
}

/// Every text file of these folders of the crate.
fn texts(folders: &[&str]) -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut texts = Vec::new();
    while let Some(path) = open.pop() {
        match path.is_dir() {
            true => open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path())),
            false => texts.push(std::fs::read_to_string(&path).unwrap()),
        }
    }
    texts
}

#[test]
fn what_pages_say_is_in_the_catalog() {
    let english = messages(LOCALES[0].files);
    let mut said = 0;
    // This file has what is said only here.
    for text in texts(&["src", "templates"]).iter().filter(|text| !text.contains("texts(&[")) {
        for call in [".t(\"", ".n(\"", ".a(\""] {
            for rest in text.split(call).skip(1) {
                let id = rest.split('"').next().unwrap();
                said += 1;
                assert!(id == "its-id" || english.contains_key(id), "{id} is said, and is no message");
            }
        }
    }
    assert!(said > 1_000, "{said}");
}
