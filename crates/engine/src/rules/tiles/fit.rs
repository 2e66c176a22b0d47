//! Whether words are a phrase, and what stands in its places.
//!
//! Owns: the walk along a pattern. Each value is read by the grammar's own reader, so that nothing fits that cannot be
//! read.

use super::slot::Piece;
use crate::rules::grammar::lexer::Shape;
use crate::rules::grammar::lists::{WEEKDAYS, codes, name, names, weekdays};
use crate::rules::grammar::values::{self, MONEY_MAX, count, share, time, write_time};
use crate::rules::grammar::{Reader, places};
use model::Currency;

/// What stands in the places of a pattern, where these words are its phrase.
pub(super) fn fit(pieces: &[Piece], words: &str, currency: Currency) -> Option<Vec<Vec<String>>> {
    let mut reader = Reader::new(words, currency).ok()?;
    let mut found = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Words { words } => take(&mut reader, words)?,
            Piece::Places => drop(places::read(&mut reader).ok()?),
            place => found.push(value(&mut reader, place)?),
        }
    }
    reader.peek(0).is_none().then_some(found)
}

/// Words as they are; `parcels` also where it is one parcel.
fn take(reader: &mut Reader, words: &str) -> Option<()> {
    for word in words.split(' ') {
        let (comma, word) = word.strip_prefix(',').map_or((false, word), |word| (true, word));
        if comma && !reader.take_shape(Shape::Comma) {
            return None;
        }
        let one = word.strip_suffix('s').filter(|one| !one.is_empty());
        if !(word.is_empty() || reader.take(word) || one.is_some_and(|one| reader.take(one))) {
            return None;
        }
    }
    Some(())
}

fn value(reader: &mut Reader, place: &Piece) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    match place {
        Piece::Choice { options } => one(choice(reader, options)?),
        Piece::Number { least, most, .. } => one(count(reader, *least..=*most).ok()?.to_string()),
        Piece::Weight => {
            let digits = values::ungrouped(reader.word()?)?;
            reader.step();
            one(digits)
        }
        Piece::Money { .. } => {
            let amount = values::money(reader, -MONEY_MAX).ok()?;
            let written = values::write_money(amount, reader.currency);
            one(written
                .chars()
                .filter(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '-'))
                .collect())
        }
        Piece::Share => one(share(reader).ok()?.to_string().trim_end_matches('%').to_owned()),
        Piece::Time => one(write_time(time(reader).ok()?)),
        Piece::Weekdays { .. } => {
            let days = weekdays(reader).ok()?;
            let names = WEEKDAYS.iter().enumerate().filter(|(day, _)| days >> day & 1 == 1);
            Some(names.map(|(_, name)| (*name).to_owned()).collect())
        }
        Piece::Codes { .. } => codes(reader, "a code").ok(),
        Piece::Name { .. } => one(name(reader, "a name").ok()?),
        Piece::Locations => names(reader, "a location").ok(),
        Piece::Words { .. } | Piece::Places => None,
    }
}

/// One of the options, or the singular of one: `units` for `1 unit`.
fn choice(reader: &mut Reader, options: &[String]) -> Option<String> {
    let is_next = |option: &&String| {
        let one = option.strip_suffix('s').filter(|one| !one.is_empty());
        reader.says(option) || one.is_some_and(|one| reader.says(one))
    };
    let found = options.iter().find(is_next)?.clone();
    let _ = reader.take(&found) || reader.take(found.strip_suffix('s').unwrap_or(&found));
    Some(found)
}
