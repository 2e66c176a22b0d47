//! Where the money goes: the landed cost, part by part, cash apart from estimates.

use askama::Template;
use model::Cost;

use super::bounds::Bounded;
use super::parts::{self, Group};
use super::table::{Chart, Key, Look, Row, Table};
use super::{render, say};
use crate::chart::{Mark, Segment, Stack, stacked_bars, swatch};

#[derive(Template)]
#[template(path = "report/money.html")]
struct MoneySection {
    lead: String,
    whole: Chart,
    table: Table,
    left_out: String,
}

/// Colors that can be told apart; further parts share the last.
const COLORED_PARTS: usize = 6;

/// A part of the cost with one amount per variant.
struct Part {
    name: String,
    costs: Vec<Cost>,
    /// Position of its color.
    color: usize,
}

impl Part {
    /// What the candidate changes; the part's whole size when nothing is compared.
    fn change(&self) -> Cost {
        match self.costs.as_slice() {
            [before, after, ..] => *after - *before,
            [only] => *only,
            [] => Cost::ZERO,
        }
    }
}

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let parts = parts(bounded);
    if parts.is_empty() {
        return None;
    }
    let more = bounded.variants_given - bounded.report.variants.len();
    Some(render(&MoneySection {
        lead: lead(bounded, &parts),
        whole: whole(bounded, &parts),
        table: table(bounded, &parts),
        left_out: if more > 0 {
            format!("{} more are left out here.", say::count(more as u64))
        } else {
            String::new()
        },
    }))
}

/// What the candidate changes in cash and in estimates, per order; `None` when nothing is compared.
pub(super) fn changes(bounded: &Bounded) -> Option<(Cost, Cost)> {
    bounded.candidate()?;
    let parts = parts(bounded);
    let of = |group| parts.iter().filter(|part| parts::group(&part.name) == group).map(Part::change).sum();
    Some((of(Group::Cash), of(Group::Estimate)))
}

/// All parts that any variant has, in the order of their first appearance; the largest have own colors.
fn parts(bounded: &Bounded) -> Vec<Part> {
    let variants = &bounded.report.variants;
    let mut parts: Vec<Part> = Vec::new();
    for (i, variant) in variants.iter().enumerate() {
        for (name, cost) in &variant.cost_parts {
            let known = parts.iter().position(|part| part.name == *name);
            let at = known.unwrap_or_else(|| {
                parts.push(Part { name: name.clone(), costs: vec![Cost::ZERO; variants.len()], color: 0 });
                parts.len() - 1
            });
            parts[at].costs[i] += *cost;
        }
    }
    parts.retain(|part| part.costs.iter().any(|cost| *cost != Cost::ZERO));
    color(&mut parts);
    parts
}

fn color(parts: &mut [Part]) {
    let mut by_size: Vec<usize> = (0..parts.len()).collect();
    let size = |part: &Part| part.costs.iter().map(|cost| cost.0.abs()).max();
    by_size.sort_by_key(|&i| (std::cmp::Reverse(size(&parts[i])), i));
    let own = if parts.len() > COLORED_PARTS { COLORED_PARTS - 1 } else { COLORED_PARTS };
    let mut large: Vec<usize> = by_size.into_iter().take(own).collect();
    large.sort_unstable();
    for (i, part) in parts.iter_mut().enumerate() {
        part.color = large.iter().position(|&l| l == i).unwrap_or(COLORED_PARTS - 1);
    }
}

/// What helps most and what costs most, in plain words.
fn lead(bounded: &Bounded, parts: &[Part]) -> String {
    if bounded.candidate().is_none() {
        let largest = parts.iter().max_by_key(|part| part.costs[0]);
        let said = |part: &Part| {
            format!(
                "The largest part is {}: {} per order.",
                say::name(&part.name),
                bounded.money(part.costs[0])
            )
        };
        return largest.map(said).unwrap_or_default();
    }
    let is_seen = |part: &&Part| part.change().round_to_money(bounded.report.currency).minor != 0;
    let fall = parts.iter().filter(is_seen).filter(|p| p.change().0 < 0).min_by_key(|p| p.change());
    let rise = parts.iter().filter(is_seen).filter(|p| p.change().0 > 0).max_by_key(|p| p.change());
    let told: Vec<String> = [(fall, "saves most"), (rise, "costs most")]
        .into_iter()
        .filter_map(|(part, words)| part.map(|part| format!("{} {words}.", moved(bounded, part))))
        .collect();
    match (fall, rise) {
        (None, None) => "No part of the cost would change.".to_owned(),
        (Some(_), None) => format!("{} No part would cost more.", told.join(" ")),
        (None, Some(_)) => format!("{} No part would cost less.", told.join(" ")),
        _ => told.join(" "),
    }
}

/// `Shipping, $0.83 less per order,`: a gain is more or less in its own direction.
fn moved(bounded: &Bounded, part: &Part) -> String {
    let change = part.change();
    let is_more = (change > Cost::ZERO) != parts::is_gain(&part.name);
    let side = if is_more { "more" } else { "less" };
    let size = say::size(change, bounded.report.currency);
    format!("{}, {size} {side} per order,", say::name(&say::sentence_case(&part.name)))
}

fn whole(bounded: &Bounded, parts: &[Part]) -> Chart {
    let variants = &bounded.report.variants;
    let stacks: Vec<Stack> = variants
        .iter()
        .enumerate()
        .map(|(i, variant)| Stack {
            label: variant.name.clone(),
            total: format!("{} per order", bounded.money(variant.landed_cost_per_order)),
            segments: segments(bounded, parts, i),
        })
        .collect();
    let totals: Vec<String> =
        stacks.iter().map(|stack| format!("{}: {}", stack.label, stack.total)).collect();
    let aria = format!(
        "Landed cost per order, stacked by part. {}. The table below says the same.",
        totals.join("; ")
    );
    Chart { legend: legend(parts), svg: stacked_bars(&aria, &stacks), table: None }
}

/// Parts of one color are one segment.
fn segments(bounded: &Bounded, parts: &[Part], variant: usize) -> Vec<Segment> {
    let colors = parts.iter().map(|part| part.color).max().unwrap_or(0);
    let segment = |color: usize| {
        let cost: Cost = parts.iter().filter(|p| p.color == color).map(|p| p.costs[variant]).sum();
        let name = color_name(parts, color);
        let tip =
            format!("{}, {name}: {}", say::name(&bounded.report.variants[variant].name), bounded.money(cost));
        Segment { part: color, value: cost.0 as f64, tip }
    };
    (0..=colors).map(segment).filter(|segment| segment.value != 0.0).collect()
}

fn color_name(parts: &[Part], color: usize) -> String {
    let mut names = parts.iter().filter(|part| part.color == color).map(|part| part.name.as_str());
    match (names.next(), names.next()) {
        (Some(name), None) => say::sentence_case(name),
        _ => "Everything else".to_owned(),
    }
}

fn legend(parts: &[Part]) -> Vec<Key> {
    let colors = parts.iter().map(|part| part.color).max().unwrap_or(0);
    let key = |color: usize| Key { swatch: swatch(Mark::Part, color), text: color_name(parts, color) };
    (0..=colors).map(key).collect()
}

fn table(bounded: &Bounded, parts: &[Part]) -> Table {
    let currency = bounded.report.currency;
    let mut head = vec!["Per order".to_owned()];
    head.extend(bounded.report.variants.iter().map(|variant| variant.name.clone()));
    let is_compared = bounded.report.variants.len() == 2;
    if is_compared {
        head.push("Change".to_owned());
    }
    let figures = |costs: &[Cost]| {
        let mut figures: Vec<String> = costs.iter().map(|cost| say::money(*cost, currency)).collect();
        if is_compared {
            figures.push(say::change(costs[1] - costs[0], currency));
        }
        figures
    };
    let mut rows = Vec::new();
    for group in Group::ALL {
        let of_group: Vec<&Part> = parts.iter().filter(|part| parts::group(&part.name) == group).collect();
        if of_group.is_empty() {
            continue;
        }
        rows.push(Row::new(Look::Group, group.title(), Vec::new()));
        rows.extend(of_group.iter().map(|part| Row {
            note: parts::meaning(&part.name),
            ..Row::new(Look::Plain, &say::sentence_case(&part.name), figures(&part.costs))
        }));
        let sum = |variant: usize| of_group.iter().map(|part| part.costs[variant]).sum();
        let sums: Vec<Cost> = (0..bounded.report.variants.len()).map(sum).collect();
        rows.push(Row::new(Look::Subtotal, group.total(), figures(&sums)));
    }
    let totals: Vec<Cost> = bounded.report.variants.iter().map(|v| v.landed_cost_per_order).collect();
    rows.push(Row::new(Look::Total, "Landed cost", figures(&totals)));
    Table::of("Landed cost per order, by part", head, rows)
}
