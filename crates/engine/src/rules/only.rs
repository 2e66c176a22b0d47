//! `Only from …`: every other place is left out.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::{Read, Reader, places};
use model::{Action, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "only",
    opening: "only from",
    form: "only from <places>",
    patterns: &["only from {places}"],
    summary: "leaves out every other place",
    example: "When an item is fragile, only from warehouses.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    Ok(Action::Only(places::read(reader)?))
}

fn write(action: &Action, _: Currency) -> Option<String> {
    let Action::Only(places) = action else { return None };
    Some(format!("only from {}", places::write(places)))
}

fn practice(action: &Action, _: Currency) -> Option<String> {
    let Action::Only(places) = action else { return None };
    Some(format!("Every place but {} is left out, whatever it would cost.", places::write(places)))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn only_reads_back_as_it_was_written() {
        check("Only from warehouses.");
        check("Only from stores of class \"hub\" and within 50 miles.");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("Only from.", "the sentence ends where a place belongs");
        check_fault("Only from stores, always.", "',' is more than the sentence needs");
        check_fault("Only warehouses.", "'warehouses' cannot follow 'Only'");
    }
}
