//! Every language says the same, each in its own plurals.

use super::{LOCALES, Locale, Words, bundle, offered};
use crate::frame::id;
use crate::rules::read_rule;
use crate::show::Money;
use flow::rules::TilePiece;
use fluent_bundle::FluentResource;
use model::Currency;
use std::collections::{BTreeMap, BTreeSet};

/// Ids and the variables that each takes, as the files have them.
fn messages(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    let mut id = String::new();
    for line in files.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#')) {
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

/// What `api.ftl` has: messages of these kinds.
const OF_THE_API: [&str; 10] = [
    "setting-",
    "setup-file-",
    "program-",
    "suited-unknown-",
    "suited-said-",
    "ledger-reason-",
    "problem-",
    "tile-",
    "rule-",
    "api-",
];

fn spoken() -> impl Iterator<Item = &'static Locale> {
    offered().iter().skip(1)
}

#[test]
fn every_language_says_the_same_of_what_the_api_says() {
    let of_the_api = |locale: &Locale| messages(&locale.files[..1]);
    let first = spoken().next().map(of_the_api).unwrap();
    for locale in spoken() {
        assert_eq!(of_the_api(locale), first, "{}", locale.code);
    }
}

#[test]
fn every_phrase_of_rules_is_said_with_its_places_in_their_order() {
    for words in spoken().filter_map(|locale| Words::of(locale.code)) {
        for tile in flow::rules::tiles() {
            let places = tile.pieces.iter().filter(|piece| !matches!(piece, TilePiece::Words { .. })).count();
            let is_a_place = tile.pieces.len() == places;
            let around = crate::rules::words_around(words, &tile.code, places);
            assert!(is_a_place || around.is_some(), "{words:?}: {}", tile.code);
            assert_ne!(words.told(&id("tile-means", &tile.code), ""), "", "{words:?}: {}", tile.code);
            for piece in &tile.pieces {
                let TilePiece::Choice { options } = piece else { continue };
                for option in options.iter().filter(|option| option.len() > 1) {
                    assert_ne!(words.told(&id("tile-option", option), ""), "", "{words:?}: {option}");
                }
            }
        }
    }
}

#[test]
fn the_starter_rules_are_read_in_every_language() {
    for words in spoken().filter_map(|locale| Words::of(locale.code)) {
        let money = Money { currency: Currency::USD, words };
        let starter = flow::rules::starter(Currency::USD);
        for sentence in starter.lines().filter(|line| line.ends_with('.') && !line.starts_with('#')) {
            let read = read_rule(words, money, sentence);
            assert!(read != sentence && !read.contains("When"), "{words:?}: {read}");
        }
        assert_eq!(read_rule(words, money, "No rule is this."), "No rule is this.");
    }
}

/// What stands between quotes behind these words, over all sources of crates beside this one.
fn codes(crates: &[&str], before: &[&str]) -> BTreeSet<String> {
    let folders: Vec<String> = crates.iter().map(|name| format!("../{name}/src")).collect();
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    let mut found = BTreeSet::new();
    for text in texts(&folders) {
        for rest in before.iter().flat_map(|before| text.split(before).skip(1)) {
            let code = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            found.extend(code.filter(|code| code.contains('_')).map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_refusal_of_a_verb_is_said() {
    let all = codes(&["flow", "web"], &["conflict(", "bad_request("]);
    assert!(all.len() > 50, "{all:?}");
    for words in spoken().filter_map(|locale| Words::of(locale.code)) {
        let missing: Vec<&String> =
            all.iter().filter(|code| words.told(&id("problem", code), "").is_empty()).collect();
        assert!(missing.is_empty(), "{words:?}: {missing:?}");
    }
}

#[test]
fn every_setting_is_said() {
    let described = connect::files::settings_described("");
    for words in spoken().filter_map(|locale| Words::of(locale.code)) {
        for setting in &described {
            for id in [id("setting", setting.key), id("setting-group", setting.group)] {
                assert_ne!(words.told(&id, ""), "", "{words:?}: {id}");
            }
        }
    }
}

#[test]
fn every_file_of_the_setup_is_said() {
    for words in spoken().filter_map(|locale| Words::of(locale.code)) {
        // The rest of a folder is the past of a shop.
        let of_the_setup =
            connect::files::layout().into_iter().take(10).filter(|file| file.file != "inventory.csv");
        for file in of_the_setup {
            assert_ne!(words.told(&id("setup-file", file.file), ""), "", "{words:?}: {}", file.file);
        }
    }
}

#[test]
fn every_language_says_every_message_with_the_same_facts() {
    let english = messages(LOCALES[0].files);
    assert!(english.len() > 100);
    for locale in &LOCALES[1..] {
        let mut other = messages(locale.files);
        other.retain(|id, _| english.contains_key(id) || !OF_THE_API.iter().any(|kind| id.starts_with(kind)));
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
