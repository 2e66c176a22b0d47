//! `At most … parcels`: an order is not taken further apart.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::values::{PARCELS, count, unit, write_count};
use super::grammar::{Read, Reader};
use model::{Action, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "max_parcels",
    opening: "at most",
    form: "at most … parcels",
    patterns: &["at most {parcels} parcels"],
    summary: "limits the parcels of one order",
    example: "At most 3 parcels.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    let most = count(reader, PARCELS)?;
    unit(reader, "parcel")?;
    Ok(Action::MaxParcels(most))
}

fn write(action: &Action, _: Currency) -> Option<String> {
    let Action::MaxParcels(most) = action else { return None };
    Some(format!("at most {}", write_count(*most, "parcel")))
}

fn practice(action: &Action, _: Currency) -> Option<String> {
    let Action::MaxParcels(most) = action else { return None };
    Some(match most {
        1 => "The order is never split.".to_owned(),
        most => format!("The customer never opens more than {most} parcels of one order."),
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn at_most_reads_back_as_it_was_written() {
        check("At most 1 parcel.");
        check("At most 3 parcels.");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("At most 0 parcels.", "'0' is not a whole number from 1 to 100");
        check_fault("At most 3 boxes.", "'boxes' is not a unit");
    }
}
