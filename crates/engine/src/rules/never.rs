//! `Never from …`: these places are left out.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::{Read, Reader, places};
use model::{Action, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "never",
    opening: "never from",
    form: "never from <places>",
    patterns: &["never from {places}"],
    summary: "leaves these places out",
    example: "When the order is worth over $500, never from stores.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    Ok(Action::Never(places::read(reader)?))
}

fn write(action: &Action, _: Currency) -> Option<String> {
    let Action::Never(places) = action else { return None };
    Some(format!("never from {}", places::write(places)))
}

fn practice(action: &Action, _: Currency) -> Option<String> {
    let Action::Never(places) = action else { return None };
    Some(format!("Nothing is taken from {}, even when nobody else has it.", places::write(places)))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn never_reads_back_as_it_was_written() {
        check("Never from vendors.");
        check("Never from \"mall\" and \"depot\".");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("Never from mal.", "'mal' is not a place");
        check_fault("Never from \"mall.", "this quote is never closed");
    }
}
