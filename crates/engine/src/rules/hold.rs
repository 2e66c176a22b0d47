//! `Hold because …`: a person decides.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::lexer::quote;
use super::grammar::lists::name;
use super::grammar::{Read, Reader};
use model::{Action, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "hold",
    opening: "hold because",
    form: "hold because \"…\"",
    patterns: &["hold because {reason}"],
    summary: "places nothing and asks a person",
    example: "When the order is tagged \"fraud check\", hold because \"the payment is in review\".",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    Ok(Action::Hold { why: name(reader, "a reason")? })
}

fn write(action: &Action, _: Currency) -> Option<String> {
    let Action::Hold { why } = action else { return None };
    Some(format!("hold because {}", quote(why)))
}

fn practice(action: &Action, _: Currency) -> Option<String> {
    let Action::Hold { .. } = action else { return None };
    Some("Nothing is placed until a person has looked at it.".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn hold_reads_back_as_it_was_written() {
        check("Hold because \"the address is new\".");
        check("Hold because \"a, b. And c\".");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("Hold because \"\".", "a reason cannot be empty");
        check_fault("Hold because reasons.", "'reasons' is not a reason");
    }
}
