//! The pieces of a pattern: words, and places with what can stand in them.
//!
//! Owns: the names that patterns use for places (`{units}`, `{over|under}`), and writing a value as a sentence has it.
//! Refuses to know: which phrases there are.

use crate::rules::grammar::lexer::quote;
use crate::rules::grammar::lists::{WEEKDAYS, write_codes, write_names};
use crate::rules::grammar::regions;
use crate::rules::grammar::values::{DAYS, KM, PARCELS, SHELF_DAYS, UNITS};
use model::Currency;
use model::rates::MAX_ZONES;
use serde::{Deserialize, Serialize};

/// A piece of a phrase.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Piece {
    Words {
        words: String,
    },
    /// One of these words.
    Choice {
        options: Vec<String>,
    },
    /// A whole number.
    Number {
        of: String,
        least: u32,
        most: u32,
    },
    /// A number above 0, with decimals.
    Weight,
    /// An amount in the currency of the shop, without its sign.
    Money {
        can_be_negative: bool,
    },
    /// From 0 to 100, with up to two decimals.
    Share,
    /// By the shop's clock: `14:00`.
    Time,
    /// One or several of these.
    Weekdays {
        options: Vec<String>,
    },
    /// One or several codes: states and provinces, or beginnings of postal codes.
    Codes {
        of: String,
    },
    /// The name of something, exactly.
    Name {
        of: String,
    },
    /// One or several locations, by their codes.
    Locations,
    /// Which places: a tile of their own, and tests.
    Places,
}

/// The words of a pattern that are always there; of one without, its place.
pub(super) fn code(pattern: &str) -> String {
    let words: Vec<String> = pieces(pattern)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Words { words } => Some(words),
            _ => None,
        })
        .collect();
    let words = if words.is_empty() { pattern.to_owned() } else { words.join(" ") };
    let letters = words.split(|letter: char| !letter.is_ascii_alphanumeric());
    letters.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_").to_ascii_lowercase()
}

pub(super) fn pieces(pattern: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in pattern.split_inclusive('}') {
        let (words, place) = part.split_once('{').unwrap_or((part, ""));
        if !words.trim().is_empty() {
            pieces.push(Piece::Words { words: words.trim().to_owned() });
        }
        if let Some(place) = place.strip_suffix('}') {
            pieces.push(Piece::named(place));
        }
    }
    pieces
}

impl Piece {
    /// The place that a pattern calls so.
    fn named(name: &str) -> Piece {
        let number = |range: std::ops::RangeInclusive<u32>| Piece::Number {
            of: name.replace(' ', "_"),
            least: *range.start(),
            most: *range.end(),
        };
        match name {
            "units" => number(UNITS),
            "parcels" => number(PARCELS),
            "days" => number(DAYS),
            "shelf days" => number(SHELF_DAYS),
            "length" => number(KM),
            "zone" => number(1..=MAX_ZONES as u32),
            "weight" => Piece::Weight,
            "money" | "price" => Piece::Money { can_be_negative: false },
            "signed money" => Piece::Money { can_be_negative: true },
            "share" => Piece::Share,
            "time" => Piece::Time,
            "weekdays" => Piece::Weekdays { options: WEEKDAYS.map(str::to_owned).to_vec() },
            "regions" | "postal codes" => Piece::Codes { of: name.replace(' ', "_") },
            "locations" => Piece::Locations,
            "places" => Piece::Places,
            choice if choice.contains('|') => {
                Piece::Choice { options: choice.split('|').map(str::to_owned).collect() }
            }
            name => Piece::Name { of: name.replace(' ', "_") },
        }
    }

    /// What stands there first. `None`: nothing of its own does.
    pub(super) fn begins(&self) -> Option<Vec<String>> {
        let first = match self {
            Piece::Words { .. } | Piece::Places => return None,
            Piece::Choice { options } | Piece::Weekdays { options } => {
                options.first().cloned().unwrap_or_default()
            }
            Piece::Number { least, .. } => least.to_string(),
            Piece::Weight | Piece::Money { .. } => "1".to_owned(),
            Piece::Share => "95".to_owned(),
            Piece::Time => "14:00".to_owned(),
            Piece::Codes { .. } | Piece::Name { .. } | Piece::Locations => String::new(),
        };
        Some(vec![first])
    }

    /// As a sentence has it, however somebody filled it in.
    pub(super) fn said(&self, values: &[String], currency: Currency) -> String {
        let given: Vec<String> =
            values.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
        let Some(first) = given.first() else { return String::new() };
        match self {
            Piece::Money { .. } => money(first, currency),
            Piece::Share => format!("{}%", first.trim_end_matches('%').trim_end()),
            Piece::Name { .. } => quote(first),
            Piece::Weekdays { .. } => given.join(" or "),
            Piece::Codes { of } => {
                // One field has them all, as people list them.
                let each = given.iter().flat_map(|text| text.split(',')).map(str::trim);
                let each = each.filter(|code| !code.is_empty());
                write_codes(&each.map(|code| code_said(of, code)).collect::<Vec<_>>())
            }
            Piece::Locations => write_names(&given),
            _ => first.clone(),
        }
    }
}

/// With the sign of the currency, and without what somebody typed of it.
fn money(text: &str, currency: Currency) -> String {
    let plain = text.replace(currency.code(), "").replace(currency.sign(), "").replace([' ', ','], "");
    let (minus, amount) = plain.strip_prefix('-').map_or(("", plain.as_str()), |amount| ("-", amount));
    match currency.sign() {
        "" => format!("{minus}{} {amount}", currency.code()),
        sign => format!("{minus}{sign}{amount}"),
    }
}

/// A state by its code, also where somebody wrote its name or small letters.
fn code_said(of: &str, code: &str) -> String {
    let named = regions::code_of(code).filter(|_| of == "regions");
    named.map_or_else(|| if code.len() <= 3 { code.to_uppercase() } else { code.to_owned() }, str::to_owned)
}
