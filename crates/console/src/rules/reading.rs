//! Sentences of rules in the reader's language.
//!
//! Owns: putting the tiles of a sentence together in the words of `api.ftl`. Refuses to know: any phrase. Invariant: what
//! has no words in a language is read as the rules have it, in English; and rules are always kept in English.

use crate::frame::id;
use crate::show::Money;
use crate::words::{ISOLATES, Words};
use flow::rules::{Laid, LaidPlaces, LaidSentence, TilePiece, laid_sentence, tiles};
use fluent_bundle::FluentArgs;

/// What the places of a phrase are called in its message, in their order.
const PLACES: [&str; 4] = ["a", "b", "c", "d"];
/// Stands where something is filled in, while a message is taken apart.
const GAP: char = '\u{1}';

/// A sentence as the reader's language has it.
pub(crate) fn read_rule(words: Words, money: Money, sentence: &str) -> String {
    let reader = Reader { words, money };
    let laid = words.has_own().then(|| laid_sentence(sentence.trim(), money.currency)).flatten();
    laid.and_then(|laid| reader.sentence(&laid)).unwrap_or_else(|| words.told("", sentence))
}

/// The words of a phrase before, between and behind its places. `None`: this language has none of its own.
pub(crate) fn words_around(words: Words, tile: &str, places: usize) -> Option<Vec<String>> {
    let gap = GAP.to_string();
    let said = with(&PLACES.map(|name| (name, gap.as_str())));
    let told = words.own(&id("tile", tile), &said)?;
    let plain = |part: &str| part.replace(ISOLATES, "").trim().to_owned();
    let around: Vec<String> = told.split(GAP).map(plain).collect();
    (around.len() == places + 1).then_some(around)
}

fn with<'a>(texts: &[(&'a str, &'a str)]) -> FluentArgs<'a> {
    FluentArgs::from_iter(texts.iter().copied())
}

struct Reader {
    words: Words,
    money: Money,
}

impl Reader {
    fn sentence(&self, laid: &LaidSentence) -> Option<String> {
        let when: Option<Vec<String>> = laid.when.iter().map(|laid| self.phrase(laid)).collect();
        let (when, then) = (self.joined("rule-and", when?)?, self.phrase(&laid.then)?);
        let whole = match when.is_empty() {
            true => self.words.own("rule-always", &with(&[("then", &then)]))?,
            false => self.words.own("rule-when", &with(&[("when", &when), ("then", &then)]))?,
        };
        Some(model::words::capitalized(whole.trim_start_matches(ISOLATES)))
    }

    fn phrase(&self, laid: &Laid) -> Option<String> {
        self.filled(&laid.tile, &laid.values, laid.places.as_ref())
    }

    fn filled(&self, code: &str, values: &[Vec<String>], places: Option<&LaidPlaces>) -> Option<String> {
        let tile = tiles().iter().find(|tile| tile.code == code)?;
        let mut values = values.iter();
        let mut said = Vec::new();
        for piece in &tile.pieces {
            match piece {
                TilePiece::Words { .. } => {}
                TilePiece::Places => said.push(self.places(places?)?),
                piece => said.push(self.value(piece, values.next()?)?),
            }
        }
        // Locations by their names have no words around them.
        if said.len() == tile.pieces.len() && !said.is_empty() {
            return Some(said.concat());
        }
        let texts: Vec<(&str, &str)> = PLACES.into_iter().zip(said.iter().map(String::as_str)).collect();
        self.words.own(&id("tile", code), &with(&texts))
    }

    fn places(&self, laid: &LaidPlaces) -> Option<String> {
        let places = self.filled(&laid.tile, &laid.values, None)?;
        let tests: Option<Vec<String>> = laid.tests.iter().map(|test| self.phrase(test)).collect();
        let tests = self.joined("rule-and", tests?)?;
        match tests.is_empty() {
            true => Some(places),
            false => self.words.own("rule-places", &with(&[("places", &places), ("tests", &tests)])),
        }
    }

    fn value(&self, piece: &TilePiece, values: &[String]) -> Option<String> {
        let first = values.first()?;
        match piece {
            TilePiece::Choice { .. } => Some(self.words.told(&id("tile-option", first), first)),
            TilePiece::Money { .. } => Some(self.money.decimal(first)),
            TilePiece::Share => Some(self.words.isolated(format!("{first}\u{a0}%"))),
            TilePiece::Weekdays { options } => {
                let name = |day: &String| {
                    let at = options.iter().position(|option| option == day)?;
                    Some(self.words.t(&format!("weekday-{at}")))
                };
                self.joined("rule-or", values.iter().map(name).collect::<Option<Vec<String>>>()?)
            }
            TilePiece::Codes { .. } => self.joined("rule-or", values.to_vec()),
            TilePiece::Locations => self.joined("rule-and", values.to_vec()),
            TilePiece::Name { .. } => Some(self.words.own("rule-name", &with(&[("name", first)]))?),
            _ => Some(first.clone()),
        }
    }

    /// Several as one: by `and` or by `or`.
    fn joined(&self, by: &str, texts: Vec<String>) -> Option<String> {
        let mut texts = texts.into_iter();
        let first = texts.next().unwrap_or_default();
        texts.try_fold(first, |a, b| self.words.own(by, &with(&[("a", &a), ("b", &b)])))
    }
}
