//! Orders that found no place: how many, and why, in words.
//!
//! Owns: how many reasons are told, and when figures say little. Refuses to know: the words of a reason, and why a
//! single order was refused; the engine says both.

use crate::replay::Report;
use crate::tally::Tally;
use model::Shortfall;
use model::words::{count, grouped, part_of};
use serde_json::{Value, json};

/// Reasons that are told.
const SHOWN: usize = 3;

/// The commonest reasons with their orders: `nothing was left anywhere (120 orders); …`.
pub fn reasons(tally: &Tally) -> Option<String> {
    let mut by_code: Vec<(&str, u64)> = Vec::new();
    for (why, orders) in tally.commonest_reasons() {
        match by_code.iter_mut().find(|(code, _)| *code == why.code) {
            Some((_, of_code)) => *of_code += orders,
            None => by_code.push((why.code, orders)),
        }
    }
    by_code.sort_by_key(|&(_, orders)| std::cmp::Reverse(orders));
    let say = |&(code, orders): &(&str, u64)| {
        format!("{} ({})", engine::tell::because(code), count(orders, "order"))
    };
    let mut told: Vec<String> = by_code.iter().take(SHOWN).map(say).collect();
    let rest: u64 = by_code.iter().skip(SHOWN).map(|(_, orders)| orders).sum();
    if rest > 0 {
        told.push(format!("other reasons ({})", grouped(rest)));
    }
    (!told.is_empty()).then(|| told.join("; "))
}

/// One object for each reason, and each rule where rules are the reason; most orders first.
pub fn reasons_json(tally: &Tally) -> Vec<Value> {
    let one = |(why, orders): (Shortfall, u64)| match why.rule {
        Some(rule) => json!({"reason": why.code, "rule": engine::json::rule_code(rule), "orders": orders}),
        None => json!({"reason": why.code, "orders": orders}),
    };
    tally.commonest_reasons().into_iter().map(one).collect()
}

/// Orders of which at least one unit found a place.
pub fn placed(tally: &Tally) -> u64 {
    tally.outcomes.placed + tally.outcomes.partly_placed
}

/// Says first what makes the figures useless: ways under which no order, or fewer than half, found a place. Ways
/// that fare the same share a sentence.
pub fn warnings(report: &Report) -> Vec<String> {
    if let Some(sentence) = mostly_left_out(report).or_else(|| unknown_today(report)) {
        return vec![sentence];
    }
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

/// Of so many orders one may be unknown: it counts as not filled, which would be no fair comparison with more.
const UNKNOWN_OF: u64 = 10;

/// Orders of which nothing is known count as not filled today: with more than a few, that alone makes a saving.
fn unknown_today(report: &Report) -> Option<String> {
    let unknown = report.variants.first()?.orders_without_actual;
    (unknown * UNKNOWN_OF > report.orders).then(|| {
        format!(
            "{} not in actuals.csv: what is not there counts as not filled today, so the figures say little. Add the rows.",
            part_of((unknown, report.orders), "order", ("is", "are"))
        )
    })
}

/// Where no rules can decide half of the orders or more, the figures of the others say little.
fn mostly_left_out(report: &Report) -> Option<String> {
    let left_out: u64 = report.left_out.values().sum();
    let (code, _) = report.left_out.iter().max_by_key(|(_, orders)| **orders)?;
    let all = left_out + report.orders;
    (left_out * 2 >= all).then(|| {
        format!(
            "{} of {} can be decided by no rules and are left out: the figures say little. Mostly because {}.",
            grouped(left_out),
            count(all, "order"),
            engine::tell::because(code)
        )
    })
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
