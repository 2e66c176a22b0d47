//! `Split only when …`: no parcel of a split is worth too little.
//!
//! Owns: its sentence. Refuses to know: how it is carried out.

use super::RuleKind;
use super::grammar::values::{money, write_money};
use super::grammar::{Read, Reader};
use model::{Action, Cost, Currency};

pub(crate) const KIND: RuleKind = RuleKind {
    code: "min_parcel_value",
    opening: "split only when each parcel is worth at least",
    form: "split only when each parcel is worth at least $…",
    patterns: &["split only when each parcel is worth at least {price}"],
    summary: "keeps small parcels from being split off",
    example: "Split only when each parcel is worth at least $20.",
    read,
    write,
    practice,
};

fn read(reader: &mut Reader) -> Read<Action> {
    Ok(Action::MinParcelValue(money(reader, Cost(1))?))
}

fn write(action: &Action, currency: Currency) -> Option<String> {
    let Action::MinParcelValue(least) = action else { return None };
    Some(format!("split only when each parcel is worth at least {}", write_money(*least, currency)))
}

fn practice(action: &Action, currency: Currency) -> Option<String> {
    let Action::MinParcelValue(least) = action else { return None };
    let least = write_money(*least, currency);
    Some(format!("Goods worth less than {least} are never sent as a parcel of their own."))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{check, check_fault};

    #[test]
    fn split_only_reads_back_as_it_was_written() {
        check("Split only when each parcel is worth at least $20.");
        check("Split only when each parcel is worth at least $19.99.");
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_told() {
        check_fault(
            "Split only when each parcel is worth at least 20.",
            "'20' is not an amount of money in USD",
        );
        check_fault("Split never.", "'never' cannot follow 'Split'");
    }
}
