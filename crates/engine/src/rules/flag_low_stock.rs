//! `Flag low stock …`: it is placed, and the shelf becomes an exception.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::values::{UNITS, count};
use super::grammar::{Read, Reader};
use model::{Action, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "flag_low_stock",
    opening: "flag low stock when fewer than",
    form: "flag low stock when fewer than … are left",
    patterns: &["flag low stock when fewer than {units} are left"],
    summary: "raises an exception where few units are left",
    example: "Flag low stock when fewer than 2 are left.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    let below = count(reader, UNITS)?;
    reader.expect("are left")?;
    Ok(Action::FlagLowStock { below })
}

fn write(action: &Action, _: Currency) -> Option<String> {
    let Action::FlagLowStock { below } = action else { return None };
    Some(format!("flag low stock when fewer than {below} are left"))
}

fn practice(action: &Action, _: Currency) -> Option<String> {
    let Action::FlagLowStock { below } = action else { return None };
    Some(format!("The order goes out; where fewer than {below} are left, somebody is told."))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn flag_low_stock_reads_back_as_it_was_written() {
        check("Flag low stock when fewer than 2 are left.");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("Flag low stock.", "the sentence ends after 'Flag low stock'");
        check_fault(
            "Flag low stock when fewer than 0 are left.",
            "'0' is not a whole number from 1 to 10000",
        );
    }
}
