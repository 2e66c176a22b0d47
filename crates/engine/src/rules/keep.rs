//! `Keep at least …`: units that stay where they are.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::values::{UNITS, count};
use super::grammar::{Read, Reader, places};
use model::{Action, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "keep",
    opening: "keep at least",
    form: "keep at least … at <places>",
    patterns: &["keep at least {units} at {places}"],
    summary: "leaves so many units of an item there",
    example: "Keep at least 2 at stores of class \"hub\".",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    let units = count(reader, UNITS)?;
    reader.expect("at")?;
    Ok(Action::Keep { units, places: places::read(reader)? })
}

fn write(action: &Action, _: Currency) -> Option<String> {
    let Action::Keep { units, places } = action else { return None };
    Some(format!("keep at least {units} at {}", places::write(places)))
}

fn practice(action: &Action, _: Currency) -> Option<String> {
    let Action::Keep { units, places } = action else { return None };
    let places = places::write(places);
    let last = match units {
        1 => "last unit of an item stays".to_owned(),
        _ => format!("last {units} units of an item stay"),
    };
    Some(format!("At {places} the {last} for the people who walk in."))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn keep_reads_back_as_it_was_written() {
        check("Keep at least 2 at stores.");
        check("Keep at least 10000 at all places.");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("Keep at least 0 at stores.", "'0' is not a whole number from 1 to 10000");
        check_fault("Keep at least 2 in stores.", "'in' is not 'at'");
    }
}
