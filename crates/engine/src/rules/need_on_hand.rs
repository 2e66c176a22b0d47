//! `Need at least … on hand`: a place with fewer does not serve the item.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::values::{UNITS, count};
use super::grammar::{Read, Reader, places};
use model::{Action, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "need_on_hand",
    opening: "need at least",
    form: "need at least … on hand at <places>",
    patterns: &["need at least {units} on hand at {places}"],
    summary: "lets a place serve an item only if it has so many",
    example: "Need at least 2 on hand at stores.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    let units = count(reader, UNITS)?;
    reader.expect("on hand at")?;
    Ok(Action::NeedOnHand { units, places: places::read(reader)? })
}

fn write(action: &Action, _: Currency) -> Option<String> {
    let Action::NeedOnHand { units, places } = action else { return None };
    Some(format!("need at least {units} on hand at {}", places::write(places)))
}

fn practice(action: &Action, _: Currency) -> Option<String> {
    let Action::NeedOnHand { units, places } = action else { return None };
    let places = places::write(places);
    Some(format!("At {places}, an item with fewer than {units} available before the order is not touched."))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn need_on_hand_reads_back_as_it_was_written() {
        check("Need at least 2 on hand at stores.");
        check("Need at least 1 on hand at \"mall\".");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("Need at least two on hand at stores.", "'two' is not a whole number from 1 to 10000");
        check_fault("Need at least 2 at stores.", "'at' is not 'on hand at'");
    }
}
