//! A comparison, the worth of a rule, and what nobody stated, as sentences.
//!
//! Owns: these sentences, the same wherever a replay is told. Refuses to know: where they are shown.

use crate::compare::Comparison;
use crate::replay::Report;
use crate::saving::Saving;
use crate::worth::RuleWorth;
use model::words::{self, count, counted, grouped, part_of};
use model::{Cost, CostPart, Currency, Effect, Lateness, Location, Network, RuleSet};

/// What the other variant costs more or less, how sure that is, and how many orders it moves.
pub fn comparison(report: &Report, comparison: &Comparison, currency: Currency) -> String {
    let base = &report.variants[comparison.base].name;
    let other = &report.variants[comparison.other].name;
    let saving = Saving::of(report, comparison);
    let word = if saving.per_order < Cost::ZERO { "more" } else { "less" };
    let range = saving.interval.map_or(String::new(), |(low, high)| {
        format!("saved per order: {} to {}; ", low.show(currency), high.show(currency))
    });
    let same = match comparison.same_cost.orders {
        0 => String::new(),
        same => format!(", {} of them at the same cost", grouped(same)),
    };
    format!(
        "{other} costs {} {word} per order than {base}, unfilled units counted ({range}{}); {} moved{same}.",
        Cost(saving.per_order.0.abs()).show(currency),
        saving.basis.words(),
        count(comparison.moved.orders, "order")
    )
}

/// What a rule saves, and the rule itself.
pub fn worth(rules: &RuleSet, worth: &RuleWorth, currency: Currency) -> String {
    let sentence =
        rules.get(worth.rule).map_or(String::new(), |rule| engine::rules::sentence(rule, currency));
    let saved = worth.cost_with_unfilled.estimate;
    let says = match worth.effect(currency) {
        _ if worth.flags > 0 => format!("flagged low stock {}", count(worth.flags, "time")),
        _ if worth.is_idle() => "changed nothing in this period".to_owned(),
        Effect::Unclear => "no clear effect on the cost".to_owned(),
        Effect::TooSmall => "changes the cost by less than a cent per order".to_owned(),
        Effect::Saves => format!("saves {} per order", saved.show(currency)),
        Effect::Costs => format!("costs {} per order", (-saved).show(currency)),
    };
    format!(
        "{}: {says}; {} would move without it. {sentence}",
        engine::json::rule_code(worth.rule),
        count(worth.moved_orders, "order")
    )
}

/// Orders that no variant is charged with, one sentence for each reason.
pub fn left_out(report: &Report) -> Vec<String> {
    let one = |(code, orders): (&&'static str, &u64)| {
        format!(
            "{} left out of every figure here, because {}.",
            counted(*orders, "order is", "orders are"),
            engine::tell::because(code)
        )
    };
    report.left_out.iter().map(one).collect()
}

/// What follows where parcels may never be late.
pub fn lateness(network: &Network) -> Option<String> {
    (network.settings.lateness == Lateness::Never).then(|| {
        "No parcel may be late: a place that cannot deliver by the promised day is left out, and the order stays \
         unfilled where none can. lateness_per_day in settings.toml gives a late day a price instead."
            .to_owned()
    })
}

/// Costs that count as nothing because nobody said what they are.
pub fn defaults_of_cost(network: &Network) -> Vec<String> {
    let mut told = Vec::new();
    let places = |is_free: fn(&Location) -> bool| {
        let free = network.locations.iter().filter(|location| is_free(location)).count();
        let all = network.locations.len();
        (free > 0).then(|| {
            if free == all {
                "no place states".to_owned()
            } else {
                part_of((free as u64, all as u64), "place", ("states no", "state no"))
            }
        })
    };
    let parts = network.settings.parts;
    let labor = |location: &Location| {
        location.labor.pack_per_parcel == Cost::ZERO && location.labor.pick_per_unit == Cost::ZERO
    };
    if let Some(who) = places(labor).filter(|_| parts.is_on(CostPart::Labor)) {
        told.push(words::capitalized(&format!("{who} wages with minutes of work: labor counts as 0 there.")));
    }
    let packaging = |location: &Location| location.labor.packaging_per_parcel == Cost::ZERO;
    if let Some(who) = places(packaging).filter(|_| parts.is_on(CostPart::Packaging)) {
        told.push(words::capitalized(&format!("{who} cost of packaging: it counts as 0 there.")));
    }
    let free = network.products.iter().filter(|product| product.unfilled_cost == Cost::ZERO).count();
    if free > 0 {
        told.push(part_of(
            (free as u64, network.products.len() as u64),
            "product",
            (
                "has no margin that is known: a unit of it that finds no place counts as 0.",
                "have no margin that is known: a unit of them that finds no place counts as 0.",
            ),
        ));
    }
    told
}
