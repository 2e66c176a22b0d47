//! `Prefer …`: these places come first, or may cost a little more.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::values::write_money;
use super::grammar::{Read, Reader, places, strengths};
use model::{Action, Currency, PlaceKind, Strength};

/// What the price of this preference is for.
const PER: &str = "a parcel";

pub(crate) const KIND: RuleKind = RuleKind {
    code: "prefer",
    opening: "prefer",
    form: "prefer <places>, always | worth $… a parcel",
    patterns: &["prefer {places}, always", "prefer {places}, worth {price} a parcel"],
    summary: "puts these places before others, or lets a parcel from them cost more",
    example: "Prefer warehouses, worth $1.50 a parcel.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    if reader.says("the nearest") {
        let problem = "'the nearest' needs 'of' and the places to choose from";
        return Err(reader.fault(problem, "write 'prefer the nearest of stores, …'"));
    }
    let places = places::read(reader)?;
    Ok(Action::Prefer(places, strengths::read(reader, PER)?))
}

fn write(action: &Action, currency: Currency) -> Option<String> {
    let Action::Prefer(places, strength) = action else { return None };
    Some(format!("prefer {}{}", places::write(places), strengths::write(*strength, PER, currency)))
}

fn practice(action: &Action, currency: Currency) -> Option<String> {
    let Action::Prefer(places, strength) = action else { return None };
    if let (PlaceKind::Named(codes), Strength::Worth(price)) = (&places.kind, strength)
        && codes.is_empty()
    {
        let price = write_money(*price, currency);
        return Some(format!("Each parcel counts as {price} more, so that fewer parcels come first."));
    }
    let places = places::write(places);
    Some(match strength {
        Strength::Always => format!("As long as {places} can serve it, cost does not matter."),
        Strength::Worth(price) => {
            format!("A parcel from {places} may cost up to {} more.", write_money(*price, currency))
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn prefer_reads_back_as_it_was_written() {
        check("Prefer stores open now, always.");
        check("Prefer \"a\", \"b\" and \"c\", worth $1.50 a parcel.");
        check("Prefer stores in OR or WA, always.");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("Prefer stores.", "the sentence ends where how strong the preference is belongs");
        check_fault("Prefer stores, worth $1.50.", "the sentence ends where 'a parcel' belongs");
    }
}
