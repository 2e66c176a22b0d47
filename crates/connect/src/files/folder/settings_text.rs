//! What is wrong with a `settings.toml` that is no TOML, told of the key that it concerns.
//!
//! Owns: finding that key, and the examples. Refuses to know: what a key means; see `settings.rs`.

use super::super::bad_input::{BadInput, quoted, shown};
use super::layout::SETTINGS;
use super::settings::refusal;
use toml::Value;

/// What may stand after `key =`.
const EXAMPLES: [(&str, &str); 21] = [
    ("time_zone", "\"America/New_York\""),
    ("parts_off", "[\"risk\"]"),
    ("split_penalty", "1.50"),
    ("lateness_per_day", "2.50"),
    ("promise_days", "5"),
    ("promise_days_expedited", "3"),
    ("promise_days_next_day", "1"),
    ("promise_days_same_day", "0"),
    ("transit_weekdays", "[\"Mo\", \"Tu\", \"We\", \"Th\", \"Fr\"]"),
    ("transit_holidays", "[\"2026-11-26\", \"2026-12-25\"]"),
    ("failed_pick", "8.00"),
    ("record_error_tail", "[0.75, 0.3, 0.1]"),
    ("replenish_days", "7"),
    ("markdown", "[{ after_days = 90, share = 0.05 }]"),
    ("unfilled", "\"priced\""),
    ("parcels_per_location", "\"many\""),
    ("box_fill", "0.8"),
    ("accuracy_gate", "0.9"),
    ("feed_max_age_minutes", "1440"),
    ("when_short", "[\"backorder\", \"cancel\"]"),
    ("search_limit", "20000000"),
];

/// `box_fill = 0.8`. `None` for what is no key.
pub(super) fn example(key: &str) -> Option<String> {
    EXAMPLES.iter().find(|(known, _)| *known == key).map(|(key, value)| format!("{key} = {value}"))
}

/// A key with its value, as they are written.
#[derive(Default)]
struct Entry {
    row: u64,
    key: String,
    value: String,
    /// Brackets that are open at its end.
    open: i32,
}

impl Entry {
    fn begin(row: u64, line: &str) -> Entry {
        let (key, value) = line.split_once('=').unwrap_or(("", line));
        let key = key.trim().trim_matches(['"', '\'']).to_owned();
        Entry { row, key, value: value.trim().to_owned(), open: brackets(value) }
    }

    fn go_on(&mut self, line: &str) {
        self.value = format!("{} {}", self.value, line.trim());
        self.open += brackets(line);
    }
}

/// What the text fails at: up to the line where reading ended, or from the key whose list is still open there.
fn entry_at(text: &str, end: usize) -> Entry {
    let rows = 1 + text.bytes().take(end).filter(|byte| *byte == b'\n').count();
    let mut entry = Entry::default();
    for (row, line) in (1..).zip(text.lines()).take(rows) {
        let line = without_comment(line);
        match entry.open > 0 {
            true => entry.go_on(line),
            false => entry = Entry::begin(row, line),
        }
    }
    entry
}

/// The characters that stand outside quotes, with their places.
fn outside_quotes(line: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    line.char_indices().filter(move |(_, c)| {
        let is_outside = quote.is_none();
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(*c),
            (Some(open), c) if open == *c => quote = None,
            _ => {}
        }
        is_outside
    })
}

fn without_comment(line: &str) -> &str {
    let end = outside_quotes(line).find(|(_, c)| *c == '#').map_or(line.len(), |(at, _)| at);
    &line[..end]
}

/// Brackets that are opened, less those that are closed.
fn brackets(line: &str) -> i32 {
    let step = |(_, c)| match c {
        '[' | '{' => 1,
        ']' | '}' => -1,
        _ => 0,
    };
    outside_quotes(line).map(step).sum()
}

/// What is wrong, and what to write instead.
pub(super) fn fault(text: &str, error: &toml::de::Error) -> BadInput {
    let Entry { row, key, value, .. } = entry_at(text, error.span().map_or(0, |span| span.start));
    let fault =
        |problem: String, remedy: String| BadInput::of_file(SETTINGS.file, problem, remedy).at_row(row);
    if key.is_empty() {
        let word = value.split([' ', ':']).next().unwrap_or_default();
        let example = example(word).unwrap_or_else(|| "split_penalty = 1.50".to_owned());
        let problem = format!("{} is not written as key = value", quoted(&value));
        return fault(problem, format!("write one key and its value in each line, such as {example}"));
    }
    if error.message().contains("duplicate") {
        return fault("stands already further up".to_owned(), "keep one of the two lines".to_owned())
            .in_column(&shown(&key));
    }
    let plain = value.trim_matches(['"', '\'']).to_owned();
    let (problem, remedy) = refusal(&key, &Value::String(plain.clone())).unwrap_or_else(|| {
        let problem = format!("{} must stand between double quotes", quoted(&plain));
        (problem, format!("write {key} = \"{}\"", shown(&plain)))
    });
    fault(problem, remedy).in_column(&shown(&key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_key_has_an_example_that_is_read() {
        let keys: BTreeSet<&str> = SETTINGS.columns.iter().map(|column| column.name).collect();
        assert_eq!(keys, EXAMPLES.iter().map(|(key, _)| *key).collect());
        for key in keys {
            let table: toml::Table = example(key).unwrap().parse().unwrap();
            assert_eq!(refusal(key, &table[key]), None, "{key}");
        }
    }
}
