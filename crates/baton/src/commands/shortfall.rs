//! Orders that found no place: how many, and why, in words.
//!
//! Owns: the words for each reason when orders are counted by it, and when a run is of no use. Refuses to know: why
//! a single order was refused; the engine says that.

use crate::fault::Verdict;
use model::words::grouped;
use replay::{Report, Tally};

/// Reasons that are told.
const SHOWN: usize = 3;

/// What a reason means for the orders that are counted under it.
fn words(code: &str) -> Option<&'static str> {
    Some(match code {
        "paused" => "the places are paused",
        "rejected_before" => "the places have rejected them before",
        "lane_off" => "no place offers what was chosen: shipping, pickup or local delivery",
        "not_chosen_store" => "the store that was chosen cannot fill them",
        "closed" => "the places are closed",
        "slot_missed" => "no place is ready in the time that the customer chose",
        "accuracy_gate" => "the stock records are not right often enough",
        "stale_feed" => "the stock was reported too long ago",
        "capacity_full" => "the places have all the parcels that they can pack in a day",
        "window_full" => "the places have all the parcels that they can pack before a cut-off",
        "too_far" => "the customer lives too far away for local delivery",
        "no_service" => "no carrier's rate covers their zone and weight",
        "promise_missed" => "no place can deliver by the promised day",
        "excluded_by_rule" => "a rule leaves the places out",
        "not_certified" => "no place with the goods may handle them",
        "too_heavy" => "one unit is heavier than any carrier's rate",
        "no_stock_record" => "no place stocks the product",
        "no_stock" => "nothing is left on the shelves",
        "kept_back" => "a rule keeps the last units back",
        "too_few_on_hand" => "a rule asks for more units on hand",
        "empty" => "they have no lines, or a line without units",
        "too_large" => "they have too many lines or units",
        "no_store_chosen" => "they are for pickup, and no store was chosen",
        "address_unknown" => "their address is not known",
        "held_by_rule" => "a rule holds them",
        "margin_too_low" => "they would earn too little",
        "no_legal_plan" => "no choice keeps all limits",
        _ => return None,
    })
}

/// The commonest reasons with their orders: `nothing is left on the shelves (120 orders); …`.
pub(crate) fn reasons(tally: &Tally) -> Option<String> {
    let mut found: Vec<(&str, u64)> = tally.reasons.iter().map(|(&code, &orders)| (code, orders)).collect();
    found.sort_by_key(|&(code, orders)| (std::cmp::Reverse(orders), code));
    let say = |&(code, orders): &(&str, u64)| {
        let noun = if orders == 1 { "order" } else { "orders" };
        format!("{} ({orders} {noun})", words(code).unwrap_or(code))
    };
    let mut told: Vec<String> = found.iter().take(SHOWN).map(say).collect();
    let rest: u64 = found.iter().skip(SHOWN).map(|(_, orders)| orders).sum();
    if rest > 0 {
        told.push(format!("other reasons ({rest})"));
    }
    (!told.is_empty()).then(|| told.join("; "))
}

/// Orders of which at least one unit found a place.
fn placed(tally: &Tally) -> u64 {
    tally.outcomes.placed + tally.outcomes.partly_placed
}

/// Says first what makes the figures useless: ways under which no order, or fewer than half, found a place. Ways
/// that fare the same share a sentence.
pub(crate) fn warnings(report: &Report) -> Vec<String> {
    let mut told: Vec<((String, String), Vec<String>)> = Vec::new();
    for variant in &report.variants {
        let Some(how_many) = how_few(&variant.tally) else { continue };
        let why = reasons(&variant.tally).map_or(String::new(), |why| format!(" Mostly because {why}."));
        let name = format!("“{}”", variant.name);
        match told.iter_mut().find(|(said, _)| said.0 == how_many && said.1 == why) {
            Some((_, names)) => names.push(name),
            None => told.push(((how_many, why), vec![name])),
        }
    }
    let sentence = |((how_many, why), names): ((String, String), Vec<String>)| {
        format!("{how_many} under {}: the figures say little.{why}", names.join(" and "))
    };
    told.into_iter().map(sentence).collect()
}

/// `None`: enough orders found a place.
fn how_few(tally: &Tally) -> Option<String> {
    match placed(tally) {
        _ if tally.orders == 0 => None,
        0 => Some(format!("None of the {} orders could be placed", grouped(tally.orders))),
        few if few * 2 < tally.orders => {
            Some(format!("Only {} of {} orders could be placed", grouped(few), grouped(tally.orders)))
        }
        _ => None,
    }
}

/// A way that placed nothing must be looked at, and so must what the independent check refuses.
pub(crate) fn verdict(report: &Report) -> Verdict {
    let is_sound = |variant: &replay::VariantReport| {
        variant.findings.fatal == 0 && (variant.tally.orders == 0 || placed(&variant.tally) > 0)
    };
    if report.variants.iter().all(is_sound) { Verdict::Fine } else { Verdict::LookAtIt }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words() {
        for code in model::Reason::CODES {
            assert!(words(code).is_some(), "{code}");
        }
    }
}
