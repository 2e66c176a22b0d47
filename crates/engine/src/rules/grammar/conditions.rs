//! Conditions: what must hold of an order for a rule to apply.
//!
//! Owns: their phrases, one row each. Refuses to know: tests of an item, which have their own rows.

use super::items::{self, Article};
use super::lexer::Shape;
use super::lists::{codes, name, weekdays, write_codes, write_weekdays};
use super::values::{
    UNITS, compare, count, money, time, weight, write_compare, write_count, write_money, write_time,
    write_weight,
};
use super::{Phrase, Read, Reader};
use crate::rules::grammar::lexer::quote;
use model::{Condition, Cost, Currency, Lane, ServiceLevel};

pub(crate) struct ConditionKind {
    opening: &'static str,
    pub(crate) phrase: Phrase,
    read: fn(&mut Reader) -> Read<Condition>,
}

pub(crate) const CONDITIONS: &[ConditionKind] = &[
    ConditionKind {
        opening: "the order is for shipping",
        phrase: Phrase {
            form: "the order is for shipping",
            patterns: &["the order is for shipping"],
            example: "When the order is for shipping, at most 3 parcels.",
            means: "a parcel goes to the customer",
        },
        read: |_| Ok(Condition::Lane(Lane::Ship)),
    },
    ConditionKind {
        opening: "the order is for pickup",
        phrase: Phrase {
            form: "the order is for pickup",
            patterns: &["the order is for pickup"],
            example: "When the order is for pickup, only from the chosen store.",
            means: "the customer collects it",
        },
        read: |_| Ok(Condition::Lane(Lane::Pickup)),
    },
    ConditionKind {
        opening: "the order is for local delivery",
        phrase: Phrase {
            form: "the order is for local delivery",
            patterns: &["the order is for local delivery"],
            example: "When the order is for local delivery, only from stores within 10 miles.",
            means: "the store brings it",
        },
        read: |_| Ok(Condition::Lane(Lane::LocalDelivery)),
    },
    ConditionKind {
        opening: "the order is standard",
        phrase: Phrase {
            form: "the order is standard",
            patterns: &["the order is standard"],
            example: "When the order is standard, prefer warehouses, worth $0.75 a parcel.",
            means: "no faster service was paid for",
        },
        read: |_| Ok(Condition::Service(ServiceLevel::Standard)),
    },
    ConditionKind {
        opening: "the order is expedited",
        phrase: Phrase {
            form: "the order is expedited",
            patterns: &["the order is expedited"],
            example: "When the order is expedited, deliver within 3 days.",
            means: "expedited service was paid for",
        },
        read: |_| Ok(Condition::Service(ServiceLevel::Expedited)),
    },
    ConditionKind {
        opening: "the order is next-day",
        phrase: Phrase {
            form: "the order is next-day",
            patterns: &["the order is next-day"],
            example: "When the order is next-day, deliver within 1 day.",
            means: "next-day service was paid for",
        },
        read: |_| Ok(Condition::Service(ServiceLevel::NextDay)),
    },
    ConditionKind {
        opening: "the order is same-day",
        phrase: Phrase {
            form: "the order is same-day",
            patterns: &["the order is same-day"],
            example: "When the order is same-day, only from places open now.",
            means: "same-day service was paid for",
        },
        read: |_| Ok(Condition::Service(ServiceLevel::SameDay)),
    },
    ConditionKind {
        opening: "the order comes from channel",
        phrase: Phrase {
            form: "the order comes from channel \"…\"",
            patterns: &["the order comes from channel {channel}"],
            example: "When the order comes from channel \"marketplace\", never from stores.",
            means: "the channel's name, exactly",
        },
        read: |reader| Ok(Condition::Channel(name(reader, "a channel")?)),
    },
    ConditionKind {
        opening: "the order is tagged",
        phrase: Phrase {
            form: "the order is tagged \"…\"",
            patterns: &["the order is tagged {order tag}"],
            example: "When the order is tagged \"vip\", at most 1 parcel.",
            means: "the order carries this tag, exactly",
        },
        read: |reader| Ok(Condition::OrderTag(name(reader, "a tag")?)),
    },
    ConditionKind {
        opening: "the order is worth",
        phrase: Phrase {
            form: "the order is worth over | under | at least | at most $…",
            patterns: &["the order is worth {over|under|at least|at most} {money}"],
            example: "When the order is worth over $500, only from warehouses.",
            means: "what the customer pays for the goods",
        },
        read: |reader| Ok(Condition::Value(compare(reader)?, money(reader, Cost::ZERO)?)),
    },
    ConditionKind {
        opening: "the order has",
        phrase: Phrase {
            form: "the order has over | under | at least | at most … units | lines",
            patterns: &["the order has {over|under|at least|at most} {units} {units|lines}"],
            example: "When the order has at least 12 units and the order has under 3 lines, prefer warehouses, always.",
            means: "units of all lines together, or lines",
        },
        read: units_or_lines,
    },
    ConditionKind {
        opening: "the order weighs",
        phrase: Phrase {
            form: "the order weighs over | under | at least | at most … lb | oz | kg | g",
            patterns: &["the order weighs {over|under|at least|at most} {weight} {lb|oz|kg|g}"],
            example: "When the order weighs over 40 lb, only from warehouses.",
            means: "weight of all units together",
        },
        read: |reader| Ok(Condition::OrderWeight(compare(reader)?, weight(reader)?)),
    },
    ConditionKind {
        opening: "the order goes to",
        phrase: Phrase {
            form: "the order goes to …, … or …",
            patterns: &["the order goes to {regions}"],
            example: "When the order goes to AK, HI or PR, deliver within 10 days.",
            means: "any of these states or provinces",
        },
        read: |reader| Ok(Condition::Region(codes(reader, "a state or province code")?)),
    },
    ConditionKind {
        opening: "the postal code begins with",
        phrase: Phrase {
            form: "the postal code begins with …, … or …",
            patterns: &["the postal code begins with {postal codes}"],
            example: "When the postal code begins with 972 or 97086, prefer stores, always.",
            means: "any of these beginnings",
        },
        read: |reader| Ok(Condition::Postal(codes(reader, "the beginning of a postal code")?)),
    },
    ConditionKind {
        opening: "the order is placed at",
        phrase: Phrase {
            form: "the order is placed at … or later",
            patterns: &["the order is placed at {time} or later"],
            example: "When the order is placed at 14:00 or later, never from stores.",
            means: "until midnight, by the shop's clock",
        },
        read: |reader| {
            let minute = time(reader)?;
            refuse_utc(reader)?;
            reader.expect("or later")?;
            Ok(Condition::PlacedAfter(minute))
        },
    },
    ConditionKind {
        opening: "the order is placed before",
        phrase: Phrase {
            form: "the order is placed before …",
            patterns: &["the order is placed before {time}"],
            example: "When the order is placed before 09:30, prefer places open now, always.",
            means: "from midnight, by the shop's clock",
        },
        read: |reader| {
            let minute = time(reader)?;
            refuse_utc(reader)?;
            Ok(Condition::PlacedBefore(minute))
        },
    },
    ConditionKind {
        opening: "the order is placed on",
        phrase: Phrase {
            form: "the order is placed on …, … or …",
            patterns: &["the order is placed on {weekdays}"],
            example: "When the order is placed on Saturday or Sunday, only from warehouses.",
            means: "any of these weekdays, by the shop's clock",
        },
        read: |reader| {
            let days = weekdays(reader)?;
            refuse_utc(reader)?;
            Ok(Condition::Weekday(days))
        },
    },
];

/// Whoever writes UTC means another time than the sentence would say without the word: it is not just left out.
fn refuse_utc(reader: &Reader) -> Read<()> {
    if !reader.says("UTC") {
        return Ok(());
    }
    let problem = "times of day and weekdays are those of the shop's own clock, not UTC";
    Err(reader.fault(problem, "leave out 'UTC', and write what the shop's clock shows"))
}

fn units_or_lines(reader: &mut Reader) -> Read<Condition> {
    let comparison = compare(reader)?;
    let number = count(reader, UNITS)?;
    Ok(match reader.choose("a unit", &["units", "unit", "lines", "line"])? {
        0 | 1 => Condition::Units(comparison, number),
        _ => Condition::Lines(comparison, number),
    })
}

/// The conditions after `When`, with the comma that ends them.
pub(crate) fn read_all(reader: &mut Reader) -> Read<Vec<Condition>> {
    let mut when = vec![read(reader)?];
    loop {
        if reader.take_shape(Shape::Comma) {
            return Ok(when);
        }
        if !reader.take("and") {
            let problem = "after a condition comes a comma and what to do, or 'and' with one more condition";
            return Err(reader.fault(problem, "write ', ' or ' and '"));
        }
        when.push(read(reader)?);
    }
}

fn read(reader: &mut Reader) -> Read<Condition> {
    if reader.take("an item") || reader.take("the item") {
        return Ok(Condition::Item(items::read(reader)?));
    }
    let mut openings: Vec<&str> = CONDITIONS.iter().map(|kind| kind.opening).collect();
    openings.push("an item");
    let kind = reader.choose("a condition", &openings)?;
    (CONDITIONS[kind].read)(reader)
}

/// `When the order is for pickup and an item is fragile, `; empty without conditions. The first test of an
/// item is of `an item`, further ones are of `the item`: all are about the same one.
pub(crate) fn write_all(when: &[Condition], currency: Currency) -> String {
    match when {
        [] => String::new(),
        _ => format!("When {}, ", phrases(when, currency).join(" and ")),
    }
}

/// Each condition in words.
pub(crate) fn phrases(when: &[Condition], currency: Currency) -> Vec<String> {
    let mut article = Article::An;
    let mut phrases = Vec::new();
    for condition in when {
        phrases.push(match condition {
            Condition::Item(test) => {
                let phrase = items::write(test, article, currency);
                article = Article::The;
                phrase
            }
            other => write(other, currency),
        });
    }
    phrases
}

fn write(condition: &Condition, currency: Currency) -> String {
    match condition {
        Condition::Lane(lane) => format!("the order is for {}", lane_words(*lane)),
        Condition::Service(level) => format!("the order is {}", level.words()),
        Condition::Channel(channel) => format!("the order comes from channel {}", quote(channel)),
        Condition::OrderTag(tag) => format!("the order is tagged {}", quote(tag)),
        Condition::Value(than, value) => {
            format!("the order is worth {} {}", write_compare(*than), write_money(*value, currency))
        }
        Condition::Units(than, units) => {
            format!("the order has {} {}", write_compare(*than), write_count(*units, "unit"))
        }
        Condition::Lines(than, lines) => {
            format!("the order has {} {}", write_compare(*than), write_count(*lines, "line"))
        }
        Condition::OrderWeight(than, weight) => {
            format!("the order weighs {} {}", write_compare(*than), write_weight(*weight))
        }
        Condition::Region(regions) => format!("the order goes to {}", write_codes(regions)),
        Condition::Postal(prefixes) => format!("the postal code begins with {}", write_codes(prefixes)),
        Condition::PlacedAfter(minute) => {
            format!("the order is placed at {} or later", write_time(*minute))
        }
        Condition::PlacedBefore(minute) => format!("the order is placed before {}", write_time(*minute)),
        Condition::Weekday(days) => format!("the order is placed on {}", write_weekdays(*days)),
        Condition::Item(test) => items::write(test, Article::An, currency),
    }
}

/// What an order of this lane is for.
pub(crate) fn lane_words(lane: Lane) -> &'static str {
    match lane {
        Lane::Ship => "shipping",
        Lane::Pickup => "pickup",
        Lane::LocalDelivery => "local delivery",
    }
}

/// A condition as a question: `is the order for pickup`, `does the order weigh over 40 lb`.
pub(crate) fn question(phrase: &str) -> String {
    const VERBS: [(&str, &str); 5] =
        [("has", "have"), ("weighs", "weigh"), ("comes", "come"), ("goes", "go"), ("begins", "begin")];
    let words: Vec<&str> = phrase.split(' ').collect();
    let is_verb = |word: &&str| *word == "is" || VERBS.iter().any(|(verb, _)| verb == word);
    let Some(at) = words.iter().position(is_verb) else { return phrase.to_owned() };
    let (subject, rest) = (words[..at].join(" "), words[at + 1..].join(" "));
    match VERBS.iter().find(|(verb, _)| *verb == words[at]) {
        Some((_, stem)) => format!("does {subject} {stem} {rest}"),
        None => format!("is {subject} {rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let mut reader = Reader::new(text, Currency::USD).unwrap();
        let condition = read(&mut reader).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(phrases(&[condition], Currency::USD), [text]);
        assert!(reader.finish().is_ok(), "{text}");
    }

    #[test]
    fn every_condition_reads_back_as_it_was_written() {
        for lane in Lane::ALL {
            check(&format!("the order is for {}", lane_words(lane)));
        }
        for level in ServiceLevel::ALL {
            check(&format!("the order is {}", level.words()));
        }
        check("the order comes from channel \"my \\\"web\\\" shop\"");
        check("the order is tagged \"gift\"");
        check("the order is worth at least $0.50");
        check("the order has over 1 unit");
        check("the order has at most 3 lines");
        check("the order weighs under 500 g");
        check("the order goes to \"Oberösterreich\" or OR");
        check("the postal code begins with SW1, K1A or \"N 1\"");
        check("the order is placed at 00:00 or later");
        check("the order is placed before 23:59");
        check("the order is placed on Monday");
        check("an item is fragile");
    }

    #[test]
    fn a_sentence_that_speaks_of_utc_is_told_what_to_write() {
        for old in ["at 21:00 UTC or later", "before 09:30 UTC", "on Saturday or Sunday UTC"] {
            let mut reader = Reader::new(&format!("the order is placed {old}"), Currency::USD).unwrap();
            let fault = read(&mut reader).unwrap_err();
            assert!(format!("{fault:?}").contains("leave out 'UTC'"), "{fault:?}");
        }
    }

    #[test]
    fn conditions_become_questions() {
        assert_eq!(question("the order is for pickup"), "is the order for pickup");
        assert_eq!(question("the order weighs over 2 lb"), "does the order weigh over 2 lb");
        assert_eq!(question("the postal code begins with 97"), "does the postal code begin with 97");
        assert_eq!(question("an item is tagged \"is it\""), "is an item tagged \"is it\"");
    }
}
