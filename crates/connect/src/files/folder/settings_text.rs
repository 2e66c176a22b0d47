//! What is wrong with a `settings.toml` that is no TOML, told of the key that it concerns.
//!
//! Owns: finding that key, and the examples. Refuses to know: what a key means; see `settings.rs`.

use super::super::bad_input::{BadInput, quoted, shown};
use super::layout::SETTINGS;
use super::settings::{refusal, refusal_below};
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

/// Longest value of several lines that is kept, in bytes: more than a message quotes.
const MAX_VALUE: usize = 400;

/// A key with its value, as they are written.
#[derive(Default)]
struct Entry {
    row: u64,
    /// `markdown` below `[[markdown]]`; empty above all sections.
    section: String,
    key: String,
    value: String,
    /// Brackets that are open at its end.
    open: i32,
}

impl Entry {
    fn begin(row: u64, line: &str) -> Entry {
        let (key, value) = line.split_once('=').unwrap_or(("", line));
        let key = key.trim().trim_matches(['"', '\'']).to_owned();
        Entry { row, section: String::new(), key, value: value.trim().to_owned(), open: brackets(value) }
    }

    fn go_on(&mut self, line: &str) {
        if self.value.len() < MAX_VALUE {
            self.value.push(' ');
            self.value.push_str(line.trim());
        }
        self.open += brackets(line);
    }

    /// The section that the line begins, and that all lines below are in.
    fn begun_section(&self) -> Option<&str> {
        let is_begun = self.key.is_empty() && self.open == 0 && self.value.starts_with('[');
        let name = is_begun.then(|| self.value.trim_matches(['[', ']', ' ', '"', '\'']))?;
        name.split('.').next()
    }
}

/// What the text fails at: up to the line where reading ended, or from the key whose list is still open there.
fn entry_at(text: &str, end: usize) -> Entry {
    let rows = 1 + text.bytes().take(end).filter(|byte| *byte == b'\n').count();
    let mut entry = Entry::default();
    for (row, line) in (1..).zip(text.lines()).take(rows) {
        let line = without_comment(line);
        if entry.open > 0 {
            entry.go_on(line);
            continue;
        }
        let section = entry.begun_section().map(str::to_owned).unwrap_or(entry.section);
        entry = Entry { section, ..Entry::begin(row, line) };
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
    let Entry { row, section, key, value, .. } = entry_at(text, error.span().map_or(0, |span| span.start));
    let fault =
        |problem: String, remedy: String| BadInput::of_file(SETTINGS.file, problem, remedy).at_row(row);
    if key.is_empty() {
        let word = value.split([' ', ':']).next().unwrap_or_default();
        let example =
            example(word).or_else(|| example(&section)).unwrap_or_else(|| "split_penalty = 1.50".to_owned());
        let problem = format!("{} is not written as key = value", quoted(&value));
        return fault(problem, format!("write one key and its value in each line, such as {example}"));
    }
    if error.message().contains("duplicate") {
        return fault("stands already further up".to_owned(), "keep one of the two lines".to_owned())
            .in_column(&shown(&key));
    }
    let plain = value.trim_matches(['"', '\'']).to_owned();
    let refused = match section.as_str() {
        "" => refusal(&key, &Value::String(plain.clone())),
        section => refusal_below(section, (&key, &Value::String(plain.clone()))),
    };
    let (problem, remedy) = refused.unwrap_or_else(|| {
        let problem = format!("{} must stand between double quotes", quoted(&plain));
        (problem, format!("write {key} = \"{}\"", shown(&plain)))
    });
    fault(problem, remedy).in_column(&shown(if section.is_empty() { &key } else { &section }))
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

    #[test]
    fn of_an_open_list_no_more_is_kept_than_is_told() {
        let text = format!("markdown = [\n{}", "  { after_days = 90, share = 0.05 },\n".repeat(20_000));
        let entry = entry_at(&text, text.len());
        assert_eq!((entry.row, entry.key.as_str(), entry.open), (1, "markdown", 1));
        assert!(entry.value.len() < 2 * MAX_VALUE, "{} bytes", entry.value.len());
    }
}
