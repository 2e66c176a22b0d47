//! Reason codes in everyday words: why orders stay unfilled, and why places are out.
//!
//! Owns: the words. A code that this page does not know is shown as it is, without underscores.

use super::say;

/// Why orders are not filled, as the end of `96 orders:`.
pub(super) fn unfilled(code: &str, rule: Option<&str>) -> String {
    let words = match code {
        "no_stock" | "no_stock_record" => "nothing was left anywhere",
        "short" => "too few were left, or sending them would cost more than leaving them",
        "kept_back" => "the last units are kept back",
        "too_few_on_hand" => "too few were on hand to send from there",
        "excluded_by_rule" => "the places that had it may not send it",
        "not_certified" => "the places that had it may not handle such goods",
        "promise_missed" => "it would have arrived after the promised day",
        "capacity_full" | "window_full" => "the places that had it were full for the day",
        "closed" | "paused" => "the places that had it were closed",
        "too_heavy" => "no carrier takes it from the places that had it",
        "no_service" => "no carrier goes from the places that had it to the customer",
        "too_far" => "the customer lives too far from the places that had it",
        "lane_off" => "the places that had it do not offer this way of delivery",
        "not_chosen_store" => "the store that the customer chose did not have it",
        "slot_missed" => "it would not have been ready when the customer comes",
        "accuracy_gate" | "stale_feed" => "stock counts were not reliable enough where it was",
        "address_unknown" => "the address cannot be found",
        "margin_too_low" => "the order would earn too little",
        "held_by_rule" => "held for you to look at",
        "too_large" => "the order is larger than one order may be",
        "no_store_chosen" => "for pickup, but no store is chosen",
        other => return other.replace('_', " "),
    };
    match rule {
        Some(rule) => format!("{words} (“{rule}”)"),
        None => words.to_owned(),
    }
}

/// What so many other places have in common: `14 do not stock it`.
pub(super) fn others(code: &str, places: u64) -> String {
    let (one, many) = match code {
        "no_stock_record" => ("does not stock it", "do not stock it"),
        "no_stock" => ("has none left", "have none left"),
        "lost" => ("would have cost more", "would have cost more"),
        "part" => ("could send only some of it", "could send only some of it"),
        "not_certified" => ("may not handle such goods", "may not handle such goods"),
        "excluded_by_rule" => ("is excluded by a rule", "are excluded by a rule"),
        "kept_back" => ("keeps its last units back", "keep their last units back"),
        "too_few_on_hand" => ("has too few on hand", "have too few on hand"),
        "promise_missed" => ("would deliver too late", "would deliver too late"),
        "capacity_full" | "window_full" => ("is full for the day", "are full for the day"),
        "closed" => ("is closed", "are closed"),
        "paused" => ("is paused", "are paused"),
        "lane_off" => ("does not offer this way of delivery", "do not offer this way of delivery"),
        "not_chosen_store" => ("was not chosen by the customer", "were not chosen by the customer"),
        _ => ("is out for another reason", "are out for other reasons"),
    };
    format!("{} {}", say::grouped(places), if places == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use model::Reason;

    use super::*;

    #[test]
    fn every_reason_that_leaves_orders_unfilled_has_words() {
        for code in Reason::CODES.iter().filter(|code| **code != "rejected_before") {
            assert!(!unfilled(code, None).starts_with(&code.replace('_', " ")), "{code}");
        }
        assert_eq!(
            unfilled("kept_back", Some("Keep at least 1 at stores.")),
            "the last units are kept back (“Keep at least 1 at stores.”)"
        );
        assert_eq!(unfilled("struck_by_lightning", None), "struck by lightning");
    }

    #[test]
    fn places_are_counted_in_plain_words() {
        assert_eq!(others("no_stock_record", 14), "14 do not stock it");
        assert_eq!(others("no_stock", 1), "1 has none left");
    }
}
