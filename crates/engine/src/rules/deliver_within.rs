//! `Deliver within …`: the latest day of delivery.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::values::{DAYS, count, unit, write_count};
use super::grammar::{Read, Reader};
use model::{Action, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "deliver_within",
    opening: "deliver within",
    form: "deliver within … days",
    patterns: &["deliver within {days} days"],
    summary: "leaves out whatever would arrive later",
    example: "When the order is expedited, deliver within 3 days.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    let days = count(reader, DAYS)? as u8;
    unit(reader, "day")?;
    Ok(Action::DeliverWithin { days })
}

fn write(action: &Action, _: Currency) -> Option<String> {
    let Action::DeliverWithin { days } = action else { return None };
    Some(format!("deliver within {}", write_count(u32::from(*days), "day")))
}

fn practice(action: &Action, _: Currency) -> Option<String> {
    let Action::DeliverWithin { days } = action else { return None };
    Some(match days {
        0 => "It arrives on the day of the order, or is not sent.".to_owned(),
        _ => format!(
            "It arrives at most {} after the day of the order, or is not sent.",
            write_count(u32::from(*days), "day")
        ),
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn deliver_within_reads_back_as_it_was_written() {
        check("Deliver within 0 days.");
        check("Deliver within 1 day.");
        check("Deliver within 90 days.");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("Deliver within 91 days.", "'91' is not a whole number from 0 to 90");
        check_fault("Deliver within 3 weeks.", "'weeks' is not a unit");
    }
}
