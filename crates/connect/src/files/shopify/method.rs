//! What a shop's own words for a method of shipping promise.
//!
//! Owns: reading lane, service and days out of them. Refuses to know: carriers and rates.

use model::{Lane, ServiceLevel};

/// A method of shipping, as far as its words tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Method {
    pub(super) lane: Lane,
    pub(super) service: ServiceLevel,
    /// Days in which it arrives, where the words name one number of plain days.
    pub(super) days: Option<u8>,
}

const PICKUP: [&str; 8] = [
    "pickup",
    "pick up",
    "pick-up",
    "click and collect",
    "click & collect",
    "curbside",
    "in-store",
    "in store",
];
const SAME_DAY: [&str; 2] = ["same day", "same-day"];
const NEXT_DAY: [&str; 4] = ["next day", "next-day", "next business day", "overnight"];
const EXPEDITED: [&str; 4] = ["express", "expedited", "priority", "rush"];
/// More days than this are no promise that a method would name.
const MAX_DAYS: u8 = 30;

impl Method {
    /// Reads a method in lower case.
    pub(super) fn of(words: &str) -> Method {
        let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
        let lane = match () {
            () if has(&PICKUP) => Lane::Pickup,
            () if words.contains("local delivery") => Lane::LocalDelivery,
            () => Lane::Ship,
        };
        let days = named_days(words);
        let service = match days {
            _ if has(&SAME_DAY) => ServiceLevel::SameDay,
            _ if has(&NEXT_DAY) => ServiceLevel::NextDay,
            Some(1) => ServiceLevel::NextDay,
            Some(2 | 3) => ServiceLevel::Expedited,
            _ if has(&EXPEDITED) => ServiceLevel::Expedited,
            _ => ServiceLevel::Standard,
        };
        Method { lane, service, days }
    }
}

/// The days of `2-day`, `2 day`, `2day` or `two-day`. A span such as `3-5 days` promises no one day, and business days are
/// not days.
fn named_days(words: &str) -> Option<u8> {
    let all: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut found = None;
    for (i, word) in all.iter().enumerate() {
        let glued = word.strip_suffix("day").or(word.strip_suffix("days")).filter(|rest| !rest.is_empty());
        let (number, before) = match (glued.and_then(number), *word) {
            (Some(number), _) => (Some(number), i),
            (None, "day" | "days") if i > 0 => (number(all[i - 1]), i - 1),
            _ => (None, i),
        };
        let is_span = before > 0 && (number_of(&all, before - 1).is_some() || all[before - 1] == "to");
        if let (Some(number), false) = (number, is_span) {
            found = Some(number);
        }
    }
    found.filter(|days| (1..=MAX_DAYS).contains(days))
}

fn number_of(words: &[&str], at: usize) -> Option<u8> {
    words.get(at).and_then(|word| number(word))
}

fn number(word: &str) -> Option<u8> {
    match word {
        "one" => Some(1),
        "two" => Some(2),
        "three" => Some(3),
        "2nd" => Some(2),
        "3rd" => Some(3),
        _ => word.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_read_as_shops_name_them() {
        for (words, lane, service, days) in [
            ("", Lane::Ship, ServiceLevel::Standard, None),
            ("standard (3-5 business days)", Lane::Ship, ServiceLevel::Standard, None),
            ("economy 5 to 8 days", Lane::Ship, ServiceLevel::Standard, None),
            ("express", Lane::Ship, ServiceLevel::Expedited, None),
            ("usps priority mail", Lane::Ship, ServiceLevel::Expedited, None),
            ("ups 2nd day air", Lane::Ship, ServiceLevel::Expedited, Some(2)),
            ("fedex 2day", Lane::Ship, ServiceLevel::Expedited, Some(2)),
            ("2-day shipping", Lane::Ship, ServiceLevel::Expedited, Some(2)),
            ("two day", Lane::Ship, ServiceLevel::Expedited, Some(2)),
            ("7 days", Lane::Ship, ServiceLevel::Standard, Some(7)),
            ("overnight express", Lane::Ship, ServiceLevel::NextDay, None),
            ("next business day", Lane::Ship, ServiceLevel::NextDay, None),
            ("same-day local delivery", Lane::LocalDelivery, ServiceLevel::SameDay, None),
            ("free pick-up", Lane::Pickup, ServiceLevel::Standard, None),
            ("curbside", Lane::Pickup, ServiceLevel::Standard, None),
        ] {
            assert_eq!(Method::of(words), Method { lane, service, days }, "{words}");
        }
    }
}
