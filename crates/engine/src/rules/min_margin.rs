//! `Earn at least …`: no order is shipped quietly at a loss.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::values::{MONEY_MAX, money, write_money};
use super::grammar::{Read, Reader};
use model::{Action, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "min_margin",
    opening: "earn at least",
    form: "earn at least $… of margin",
    patterns: &["earn at least {signed money} of margin"],
    summary: "asks a least contribution margin of the order",
    example: "Earn at least $2 of margin.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    let least = money(reader, -MONEY_MAX)?;
    reader.expect("of margin")?;
    Ok(Action::MinMargin(least))
}

fn write(action: &Action, currency: Currency) -> Option<String> {
    let Action::MinMargin(least) = action else { return None };
    Some(format!("earn at least {} of margin", write_money(*least, currency)))
}

fn practice(action: &Action, currency: Currency) -> Option<String> {
    let Action::MinMargin(least) = action else { return None };
    let least = write_money(*least, currency);
    Some(format!("An order that would earn less than {least} after fulfillment waits for a person."))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn earn_at_least_reads_back_as_it_was_written() {
        check("Earn at least $2 of margin.");
        check("Earn at least -$1.50 of margin.");
        check("Earn at least $0 of margin.");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault("Earn at least $2.", "the sentence ends where 'of margin' belongs");
        check_fault("Earn at least 2% of margin.", "'2%' is not an amount of money in USD");
    }
}
