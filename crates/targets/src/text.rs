//! Parsers of text: rules, cases, money, days, opening hours.
//!
//! Owns: what must hold of a text that was taken. Refuses to know: files.

use engine::rules::{RuleFile, read_cases, read_sentence, sentence};
use model::calendar::{Calendar, Hours, Window};
use model::{Cost, Currency, Day, Timestamp};

pub(crate) const RULES: &str = "Guardrails\nAt most 3 parcels.\n\nRules\n\
    When the order is for shipping and an item is fragile, only from warehouses.\n\
    Keep at least 1 at stores.\nPrefer warehouses, worth $1.50 a parcel.\n";
pub(crate) const SENTENCE: &str = "Prefer the nearest of stores with at least 2 on hand, always.";
pub(crate) const CASES: &str = "case Two mugs go to the mall\n\
    order MUG 2, TEE 1 to 97201 in OR placed 2026-11-24 09:30\nstock mall MUG 2\nexpect mall MUG 2, TEE 1\n";
pub(crate) const HOURS: &str = "Europe/Berlin\nMo-Fr 09:00-18:00; Sa 10:00-14:00; PH off";

/// What is read is written back to the same bytes; what is tidied can be read.
pub(crate) fn rule_file(text: &str) {
    if let Ok(file) = RuleFile::read(text, Currency::USD) {
        let plain = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        assert_eq!(file.write(Currency::USD), plain);
    }
    if let Ok(file) = RuleFile::tidy(text, Currency::USD) {
        let written = file.write(Currency::USD);
        let again = RuleFile::read(&written, Currency::USD).expect("a tidied file can be read");
        assert_eq!(again.set, file.set);
    }
}

/// A rule reads back from its own sentence.
pub(crate) fn rule_sentence(text: &str) {
    if let Ok(rule) = read_sentence(text, Currency::USD) {
        let written = sentence(&rule, Currency::USD);
        let again = read_sentence(&written, Currency::USD).expect("a written sentence can be read");
        assert_eq!(again, rule);
        assert_eq!(sentence(&again, Currency::USD), written);
    }
}

/// Every case expects something.
pub(crate) fn rule_cases(text: &str) {
    if let Ok(cases) = read_cases(text, Currency::USD) {
        assert!(cases.iter().all(|case| !case.expects.is_empty()));
    }
}

/// An amount reads back from its own decimal.
pub(crate) fn money(text: &str) {
    if let Some(cost) = Cost::from_decimal(text) {
        assert_eq!(Cost::from_decimal(&cost.decimal()), Some(cost));
    }
}

/// A day reads back from its own text.
pub(crate) fn day(text: &str) {
    if let Some(day) = Day::from_iso(text) {
        assert_eq!(Day::from_iso(&day.to_string()), Some(day));
    }
}

/// The first days of 2026: enough for every weekday, a leap of an hour and the turn of a month.
const FROM: Day = Day(20_454);
const DAYS: i32 = 100;

/// A time zone in the first line, then hours: open spans and dispatches contain the instants asked for.
pub(crate) fn opening_hours(text: &str) {
    let (zone, expression) = text.split_once('\n').unwrap_or(("America/New_York", text));
    let windows = vec![Window { cutoff_minute: 780, capacity_parcels: None }];
    let hours = Hours { expression: expression.into(), zone: zone.into(), holidays: Vec::new(), windows };
    let Ok(calendar) = Calendar::compile(&hours, FROM, Day(FROM.0 + DAYS)) else { return };
    for day in 0..DAYS {
        let at = Timestamp(Day(FROM.0 + day).start_utc().0 + 43_200_000);
        let is_in_span = calendar.open_span_at_or_after(at).is_some_and(|span| span.contains(at));
        assert!(!calendar.is_open(at) || is_in_span);
        if let Some((dispatch, span)) = calendar.dispatch_after(at, 1) {
            assert!(span.contains(at) && dispatch.cutoff > at);
        }
    }
}
