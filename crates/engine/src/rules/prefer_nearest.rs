//! `Prefer the nearest of …`: the shorter way comes first, or may cost a little more.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::values::write_money;
use super::grammar::{Read, Reader, places, strengths};
use model::{Action, Currency, Strength};

/// What the price of this preference is for.
const PER: &str = "per 100 miles";

pub(crate) const KIND: RuleKind = RuleKind {
    code: "prefer_nearest",
    opening: "prefer the nearest of",
    form: "prefer the nearest of <places>, always | worth $… per 100 miles",
    patterns: &[
        "prefer the nearest of {places}, always",
        "prefer the nearest of {places}, worth {price} per 100 miles",
    ],
    summary: "puts the nearer of these places first, or prices the way",
    example: "Prefer the nearest of stores with at least 2 on hand, always.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    let places = places::read(reader)?;
    Ok(Action::PreferNearest(places, strengths::read(reader, PER)?))
}

fn write(action: &Action, currency: Currency) -> Option<String> {
    let Action::PreferNearest(places, strength) = action else { return None };
    let strength = strengths::write(*strength, PER, currency);
    Some(format!("prefer the nearest of {}{strength}", places::write(places)))
}

fn practice(action: &Action, currency: Currency) -> Option<String> {
    let Action::PreferNearest(places, strength) = action else { return None };
    let places = places::write(places);
    Some(match strength {
        Strength::Always => format!("The shortest way from {places} wins, whatever it costs."),
        Strength::Worth(price) => {
            let price = write_money(*price, currency);
            format!("Among {places}, up to {price} more may be paid for each 100 miles that are saved.")
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn prefer_the_nearest_reads_back_as_it_was_written() {
        check("Prefer the nearest of stores with at least 2 on hand, always.");
        check("Prefer the nearest of all places, worth $0.25 per 100 miles.");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault(
            "Prefer the nearest stores, always.",
            "'the nearest' needs 'of' and the places to choose from",
        );
        check_fault("Prefer the nearest of stores, worth $1 a parcel.", "'a' is not 'per 100 miles'");
    }
}
