//! How strong a preference is: `always`, or `worth $1.50 a parcel`.
//!
//! Owns: both phrases. Refuses to know: what is preferred.

use super::lexer::Shape;
use super::values::{money, write_money};
use super::{Phrase, Read, Reader};
use model::{Cost, Currency, Strength};

pub(crate) const STRENGTHS: [Phrase; 2] = [
    Phrase {
        form: "…, always",
        patterns: &[],
        example: "Prefer warehouses, always.",
        means: "before cost: cost decides only among places that this leaves equal",
    },
    Phrase {
        form: "…, worth $… a parcel | per 100 miles",
        patterns: &[],
        example: "Prefer the nearest of stores, worth $0.40 per 100 miles.",
        means: "inside cost: so much more may be paid to follow it",
    },
];

/// The strength after a comma. `per` says what the price is for.
pub(crate) fn read(reader: &mut Reader, per: &str) -> Read<Strength> {
    if is_next(reader) {
        let word = reader.word().unwrap_or("").to_ascii_lowercase();
        let problem = format!("a comma is missing before '{word}'");
        return Err(reader.fault(problem, format!("write ', {word}'")));
    }
    if !reader.take_shape(Shape::Comma) {
        return Err(
            reader.is_not("how strong the preference is", format!("add ', always' or ', worth … {per}'"))
        );
    }
    match reader.choose("how strong the preference is", &["always", "worth"])? {
        0 => Ok(Strength::Always),
        _ => {
            let price = money(reader, Cost(1))?;
            reader.expect(per)?;
            Ok(Strength::Worth(price))
        }
    }
}

/// A strength begins here.
pub(crate) fn is_next(reader: &Reader) -> bool {
    reader.says("always") || reader.says("worth")
}

pub(crate) fn write(strength: Strength, per: &str, currency: Currency) -> String {
    match strength {
        Strength::Always => ", always".to_owned(),
        Strength::Worth(price) => format!(", worth {} {per}", write_money(price, currency)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preference_says_how_strong_it_is() {
        for text in [", always", ", worth $0.0375 a parcel"] {
            let mut reader = Reader::new(text, Currency::USD).unwrap();
            let strength = read(&mut reader, "a parcel").unwrap();
            assert_eq!(write(strength, "a parcel", Currency::USD), text);
        }
        let mut reader = Reader::new("worth $1.50 a parcel", Currency::USD).unwrap();
        let fault = read(&mut reader, "a parcel").unwrap_err();
        assert_eq!(
            (fault.problem.as_str(), fault.remedy.as_str()),
            ("a comma is missing before 'worth'", "write ', worth'")
        );
        for bad in
            ["", ".", ", often", ", worth 2 a parcel", ", worth $0 a parcel", ", worth $2 per 100 miles"]
        {
            let mut reader = Reader::new(bad, Currency::USD).unwrap();
            assert!(read(&mut reader, "a parcel").is_err(), "{bad}");
        }
    }
}
