//! What customers would notice: how complete, how fast and in how many parcels.

use askama::Template;

use super::bounds::Bounded;
use super::input::{DistanceUnit, RuleCost, Unfilled, VariantFigures};
use super::table::Table;
use super::{render, say};

#[derive(Template)]
#[template(path = "report/service.html")]
struct ServiceSection {
    reasons: String,
    table: Table,
}

type Say<'a> = Box<dyn Fn(&VariantFigures) -> String + 'a>;

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let variants = &bounded.report.variants;
    if variants.is_empty() {
        return None;
    }
    let mut head = vec![String::new()];
    head.extend(variants.iter().map(|variant| variant.name.clone()));
    let row = |(name, say): (&str, Say<'_>)| {
        let figures = variants.iter().map(&say);
        std::iter::once(name.to_owned()).chain(figures).collect()
    };
    let rows = lines(bounded.report.distance_unit).into_iter().map(row).collect();
    let reasons = reasons(bounded);
    Some(render(&ServiceSection { reasons, table: Table::new("Service figures, side by side", head, rows) }))
}

const MOST_REASONS: usize = 3;

/// Why the candidate left orders unfilled, in one sentence; empty where nothing is known.
fn reasons(bounded: &Bounded) -> String {
    let reasons = &bounded.report.unfilled;
    let all = reasons.iter().fold(0u64, |sum, reason| sum.saturating_add(reason.orders));
    let Some(candidate) = bounded.candidate().or(bounded.baseline()).filter(|_| all > 0) else {
        return String::new();
    };
    let one = |reason: &Unfilled| {
        let later = if reason.is_kept_for_later { ", as what it keeps goes to later orders" } else { "" };
        let without = reason
            .filled_without
            .map_or(String::new(), |more| format!("; without it, {}{later}", filled(more)));
        let rule = reason.rule.as_ref().map_or(String::new(), |rule| format!(" (“{rule}”{without})"));
        format!("{} because {}{rule}", say::grouped(reason.orders), reason.because)
    };
    let mut told: Vec<String> = reasons.iter().take(MOST_REASONS).map(one).collect();
    let rest = reasons.iter().skip(MOST_REASONS).fold(0u64, |sum, reason| sum.saturating_add(reason.orders));
    if rest > 0 {
        told.push(format!("{} for other reasons", say::grouped(rest)));
    }
    let were = if all == 1 { "is" } else { "are" };
    format!(
        "{} {were} not filled in full under “{}”: {}.",
        say::count(all, "order"),
        say::name(&candidate.name),
        told.join("; ")
    )
}

/// What leaving a rule out does to orders filled in full over the whole period: what a rule keeps from one order goes
/// to a later one, so that may be less than the orders that met the rule.
fn filled(more: i64) -> String {
    let orders = say::grouped(more.unsigned_abs());
    let noun = if more.abs() == 1 { "order" } else { "orders" };
    match more {
        0 => "no more orders would be filled over the whole period".to_owned(),
        1.. => format!("{orders} more {noun} would be filled over the whole period"),
        _ => format!("{orders} fewer {noun} would be filled over the whole period"),
    }
}

/// Why fewer are filled, as the end of a sentence: the rule without which most more orders would be filled; else, where
/// rules are not compared, the commonest reason that is no rule: `, mostly (96 of 177 orders) because …`.
pub(super) fn main_reason(bounded: &Bounded) -> Option<String> {
    let report = &bounded.report;
    if let Some(RuleCost { sentence, orders }) = &report.costs_most_orders {
        let more = i64::try_from(*orders).unwrap_or(i64::MAX);
        return Some(format!(". Without the rule “{sentence}”, {}", filled(more)));
    }
    let first = report.unfilled.first().filter(|reason| reason.orders > 0 && reason.rule.is_none())?;
    if report.by_rules.is_some() {
        return None;
    }
    let all = report.unfilled.iter().fold(0u64, |sum, reason| sum.saturating_add(reason.orders));
    let mostly = if first.orders * 2 > all { "mostly" } else { "most often" };
    let of = format!("{} of {}", say::grouped(first.orders), say::count(all, "order"));
    Some(format!(", {mostly} ({of}) because {}", first.because))
}

fn lines<'a>(unit: DistanceUnit) -> Vec<(&'static str, Say<'a>)> {
    let share = |bp: u32| say::share_in_column(bp.into());
    vec![
        ("Units filled", Box::new(move |v| share(v.unit_fill_bp))),
        ("Units not filled", Box::new(|v| say::grouped(v.unfilled_units))),
        ("Orders filled completely", Box::new(move |v| share(v.order_fill_bp))),
        (
            "Parcels in time for the promised day",
            Box::new(move |v| v.promise_kept_bp.map_or("no day was promised".to_owned(), share)),
        ),
        ("Orders split into several parcels", Box::new(move |v| share(v.split_rate_bp))),
        ("Parcels per order sent", Box::new(|v| say::ratio(v.parcels, v.shipped_orders))),
        (distance_words(unit), Box::new(move |v| distance(v, unit))),
        ("Orders held, or without any place", Box::new(|v| say::grouped(v.held))),
    ]
}

fn distance_words(unit: DistanceUnit) -> &'static str {
    match unit {
        DistanceUnit::Miles => "Miles that a parcel travels, on average",
        DistanceUnit::Kilometers => "Kilometers that a parcel travels, on average",
    }
}

fn distance(variant: &VariantFigures, unit: DistanceUnit) -> String {
    if variant.parcels == 0 {
        return "–".to_owned();
    }
    // Millimetres: an international mile is 1,609,344 of them.
    let unit_mm = match unit {
        DistanceUnit::Miles => 1_609_344,
        DistanceUnit::Kilometers => 1_000_000,
    };
    let by = u128::from(variant.parcels) * unit_mm;
    let per_parcel = (u128::from(variant.parcel_m) * 1_000 + by / 2) / by;
    say::grouped(u64::try_from(per_parcel).unwrap_or(u64::MAX))
}
