//! Words for many orders, or many places, that share a code.
//!
//! Owns: how a count of them is told, everywhere. Refuses to know: what counts them.

use model::words::grouped;

/// Why orders are not filled in full, as the end of `96 orders, because`. A code of a reason, a cause or a hold.
pub fn because(code: &str) -> &'static str {
    match code {
        "paused" => "a place that had it was paused",
        "rejected_before" => "a place that had it refused the order before",
        "lane_off" => "a place that had it does not offer this way of delivery",
        "not_chosen_store" => "the store that the customer chose did not have it",
        "closed" => "a place that had it was closed",
        "slot_missed" => "it would not have been ready when the customer comes",
        "accuracy_gate" => "the stock records were not right often enough where it was",
        "stale_feed" => "the stock was reported too long ago where it was",
        "capacity_full" => "a place that had it was full for the day",
        "window_full" => "a place that had it was full before the cut-off",
        "too_far" => "the customer lives too far from a place that had it",
        "no_service" => "no carrier goes from a place that had it to the customer",
        "promise_missed" => "it would have arrived too late",
        "excluded_by_rule" => "a rule leaves out a place that had it",
        "not_certified" => "a place that had it may not handle such goods",
        "too_heavy" => "no carrier takes it from a place that had it",
        "no_stock_record" => "no place that it could come from stocks it",
        "no_stock" => "not enough was left where it could come from",
        "kept_back" => "a rule keeps the last units back",
        "too_few_on_hand" => "a rule asks for more units on hand",
        "whole_order" => "the order goes whole or not at all",
        "one_place" => "the order comes from one place, and no place had all of it",
        "no_parcel_left" => "a limit on parcels left none for it",
        "outweighed" => "a preference for other places counts for more than leaving it",
        "too_dear" => "sending it would cost more than leaving it",
        "no_legal_plan" => "no choice keeps all limits",
        "address_unknown" => "no zone is known for the address",
        "too_large" => "the order is larger than one order may be",
        "empty" => "the order has no lines, or a line without units",
        "no_store_chosen" => "it is for pickup, and no store is chosen",
        "held_by_rule" => "a rule holds the order for a person",
        "margin_too_low" => "the order would earn too little",
        _ => "of something that has no name yet",
    }
}

/// What so many other places have in common: `14 do not stock it`. A code of a reason or of another verdict.
pub fn in_common(code: &str, places: u64) -> String {
    let (one, many) = match code {
        "lost" => ("would have cost more", "would have cost more"),
        "part" => ("could send only some of it", "could send only some of it"),
        "paused" => ("is paused", "are paused"),
        "rejected_before" => ("refused it before", "refused it before"),
        "lane_off" => ("does not offer this way of delivery", "do not offer this way of delivery"),
        "not_chosen_store" => ("was not chosen by the customer", "were not chosen by the customer"),
        "closed" => ("is closed", "are closed"),
        "slot_missed" => ("would not be ready in time", "would not be ready in time"),
        "accuracy_gate" => {
            ("has stock records that are wrong too often", "have stock records that are wrong too often")
        }
        "stale_feed" => ("reported its stock too long ago", "reported their stock too long ago"),
        "capacity_full" => ("is full for the day", "are full for the day"),
        "window_full" => ("is full before its cut-off", "are full before their cut-off"),
        "too_far" => ("is too far away", "are too far away"),
        "no_service" => ("has no carrier that goes there", "have no carrier that goes there"),
        "promise_missed" => ("would deliver too late", "would deliver too late"),
        "excluded_by_rule" => ("is excluded by a rule", "are excluded by a rule"),
        "not_certified" => ("may not handle such goods", "may not handle such goods"),
        "too_heavy" => ("has no carrier that takes it", "have no carrier that takes it"),
        "no_stock_record" => ("does not stock it", "do not stock it"),
        "no_stock" => ("has none left", "have none left"),
        "kept_back" => ("keeps its last units back", "keep their last units back"),
        "too_few_on_hand" => ("has too few on hand", "have too few on hand"),
        _ => ("is out for another reason", "are out for other reasons"),
    };
    format!("{} {}", grouped(places), if places == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Cause, HoldReason, Reason};

    #[test]
    fn every_code_by_which_orders_are_counted_has_words() {
        let unknown = because("struck_by_lightning");
        for code in Reason::CODES.into_iter().chain(Cause::CODES).chain(HoldReason::CODES) {
            assert_ne!(because(code), unknown, "{code}");
        }
    }

    #[test]
    fn every_reason_that_places_share_has_words_for_one_and_for_many() {
        let unknown = in_common("struck_by_lightning", 2);
        for code in Reason::CODES {
            assert_ne!(in_common(code, 2), unknown, "{code}");
        }
        assert_eq!(in_common("no_stock_record", 1_400), "1,400 do not stock it");
        assert_eq!(in_common("no_stock", 1), "1 has none left");
    }
}
