//! What each rule is worth, with its uncertainty.

use askama::Template;
use model::{Cost, Effect};

use super::bounds::Bounded;
use super::input::{RuleKind, RuleWorth};
use super::table::Table;
use super::{render, say};
use crate::chart::{Range, range_bar};

#[derive(Template)]
#[template(path = "report/rules.html")]
struct RulesSection {
    first: Vec<RuleView>,
    rest: Vec<RuleView>,
    table: Table,
    left_out: String,
}

struct RuleView {
    sentence: String,
    kind: &'static str,
    worth: String,
    orders: String,
    range: String,
}

/// Rules shown at once; the others wait behind a click.
const SHOWN: usize = 8;

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let mut rules: Vec<&RuleWorth> = bounded.report.rule_worth.iter().collect();
    if rules.is_empty() {
        return None;
    }
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.per_order.0.abs()));
    let ranges: Vec<Range> = rules.iter().map(|rule| range(rule)).collect();
    let mut views: Vec<RuleView> =
        rules.iter().zip(&ranges).map(|(rule, range)| view(bounded, rule, (range, &ranges))).collect();
    let rest = views.split_off(SHOWN.min(views.len()));
    let more = bounded.rules_given - rules.len();
    let left_out = if more > 0 {
        format!("{} more rules are left out here.", say::grouped(more as u64))
    } else {
        String::new()
    };
    Some(render(&RulesSection { first: views, rest, table: table(bounded, &rules), left_out }))
}

fn range(rule: &RuleWorth) -> Range {
    let value = rule.per_order;
    let (low, high) = rule.interval.map_or((value, value), |i| (i.low, i.high));
    Range { low: low.0 as f64, value: value.0 as f64, high: high.0 as f64 }
}

fn view(bounded: &Bounded, rule: &RuleWorth, (range, all): (&Range, &[Range])) -> RuleView {
    let worth = worth(bounded, rule);
    RuleView {
        sentence: rule.sentence.clone(),
        kind: kind_words(rule.kind),
        orders: match rule.orders_moved {
            0 if rule.flags > 0 || rule.per_order != Cost::ZERO => "moves no order".to_owned(),
            0 => "changes no order".to_owned(),
            n => format!("changes {}", say::count(n, "order")),
        },
        range: range_bar(&format!("{worth} {}", interval_words(bounded, rule)), range, all),
        worth,
    }
}

fn kind_words(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Guardrail => "guardrail",
        RuleKind::Rule => "rule",
    }
}

fn worth(bounded: &Bounded, rule: &RuleWorth) -> String {
    let size = say::size(rule.per_order, bounded.report.currency);
    let interval = rule.interval.map(|ends| (ends.low, ends.high));
    if rule.flags > 0 {
        return format!("Flags low stock {}", say::count(rule.flags, "time"));
    }
    match Effect::of(rule.per_order, interval, bounded.report.currency) {
        Effect::Unclear => "No clear effect".to_owned(),
        Effect::Saves => format!("Saves {size} per order"),
        Effect::Costs => format!("Costs {size} per order"),
        Effect::TooSmall => "Less than a cent per order".to_owned(),
    }
}

fn interval_words(bounded: &Bounded, rule: &RuleWorth) -> String {
    let currency = bounded.report.currency;
    rule.interval.map_or("not known".to_owned(), |i| {
        format!("{} to {}", say::change(i.low, currency), say::change(i.high, currency))
    })
}

fn table(bounded: &Bounded, rules: &[&RuleWorth]) -> Table {
    let head = ["Rule", "Kind", "Saves per order", "95% sure between", "Orders it changes"];
    let row = |rule: &&RuleWorth| {
        vec![
            rule.sentence.clone(),
            kind_words(rule.kind).to_owned(),
            say::change(rule.per_order, bounded.report.currency),
            interval_words(bounded, rule),
            say::grouped(rule.orders_moved),
        ]
    };
    Table::new("Figures of each rule", head.map(str::to_owned).to_vec(), rules.iter().map(row).collect())
}
