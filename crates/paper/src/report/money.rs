//! Where the money goes: the landed cost, part by part, side by side.

use askama::Template;
use model::Cost;

use super::bounds::Bounded;
use super::table::{Chart, Key, Table, variant_keys};
use super::{render, say};
use crate::chart::{Bar, BarRow, Mark, Segment, Stack, grouped_bars, stacked_bars, swatch};

#[derive(Template)]
#[template(path = "report/money.html")]
struct MoneySection {
    lead: String,
    whole: Chart,
    parts: Chart,
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

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let parts = parts(bounded);
    if parts.is_empty() {
        return None;
    }
    let more = bounded.variants_given - bounded.report.variants.len();
    Some(render(&MoneySection {
        lead: lead(bounded, &parts),
        whole: whole(bounded, &parts),
        parts: side_by_side(bounded, &parts),
        left_out: if more > 0 {
            format!("{} more are left out here.", say::count(more as u64))
        } else {
            String::new()
        },
    }))
}

/// What units that find no place cost, after the parts of the landed cost.
const UNFILLED: &str = "units not filled";

/// All parts that any variant has, in the order of their first appearance, then unfilled units; the largest have
/// own colors.
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
    let costs = variants.iter().map(|variant| variant.unfilled_cost_per_order).collect();
    parts.push(Part { name: UNFILLED.to_owned(), costs, color: 0 });
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

/// The largest fall and the largest rise, in one sentence.
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
    let change = |part: &Part| part.costs[1] - part.costs[0];
    let size = |part: &Part| say::size(change(part), bounded.report.currency);
    let is_seen = |part: &&Part| change(part).round_to_money(bounded.report.currency).minor != 0;
    let falls = parts.iter().filter(is_seen).filter(|p| change(p).0 < 0).min_by_key(|p| change(p));
    let rises = parts.iter().filter(is_seen).filter(|p| change(p).0 > 0).max_by_key(|p| change(p));
    let name = |part: &Part| say::name(&say::sentence_case(&part.name));
    match (falls, rises) {
        (Some(fall), Some(rise)) => format!(
            "{} would fall by {} per order, the most of all. {} would rise by {}.",
            name(fall),
            size(fall),
            name(rise),
            size(rise)
        ),
        (Some(fall), None) => {
            format!("{} would fall by {} per order. No part would rise.", name(fall), size(fall))
        }
        (None, Some(rise)) => {
            format!("{} would rise by {} per order. No part would fall.", name(rise), size(rise))
        }
        (None, None) => "No part of the cost would change.".to_owned(),
    }
}

fn whole(bounded: &Bounded, parts: &[Part]) -> Chart {
    let variants = &bounded.report.variants;
    let stacks: Vec<Stack> = variants
        .iter()
        .enumerate()
        .map(|(i, variant)| Stack {
            label: variant.name.clone(),
            total: format!("{} per order", bounded.money(variant.cost_per_order)),
            segments: segments(bounded, parts, i),
        })
        .collect();
    let totals: Vec<String> =
        stacks.iter().map(|stack| format!("{}: {}", stack.label, stack.total)).collect();
    let aria = format!("Cost per order, stacked by part. {}.", totals.join("; "));
    Chart { legend: legend(parts), svg: stacked_bars(&aria, &stacks), table: table(bounded, parts) }
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

/// Part by part to the headline: its last row ends in what the headline says. What a part changes in all adds up,
/// row by row; figures per order are rounded each by itself.
fn table(bounded: &Bounded, parts: &[Part]) -> Table {
    let mut head = vec!["Per order".to_owned()];
    head.extend(bounded.report.variants.iter().map(|variant| variant.name.clone()));
    let changes = changes(bounded, parts);
    if changes.is_some() {
        head.extend(["Change".to_owned(), "Change in all".to_owned()]);
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (landed, unfilled): (Vec<usize>, Vec<usize>) =
        (0..parts.len()).partition(|&i| parts[i].name != UNFILLED);
    let in_all = |of: &[usize]| changes.as_ref().map(|all| of.iter().map(|&i| all[i]).sum::<Cost>());
    for &i in &landed {
        rows.push(table_row(bounded, (&parts[i].name, &parts[i].costs), in_all(&[i])));
    }
    let variants = &bounded.report.variants;
    let landed_costs: Vec<Cost> = variants.iter().map(|v| v.landed_cost_per_order).collect();
    rows.push(table_row(bounded, ("landed cost", &landed_costs), in_all(&landed)));
    for &i in &unfilled {
        rows.push(table_row(bounded, (&parts[i].name, &parts[i].costs), in_all(&[i])));
        let whole: Vec<Cost> = variants.iter().map(|v| v.cost_per_order).collect();
        let all: Vec<usize> = (0..parts.len()).collect();
        rows.push(table_row(bounded, ("cost in all", &whole), in_all(&all)));
    }
    if let (Some(last), Some(_)) = (rows.last_mut(), &changes) {
        let at = last.len() - 2;
        last[at] = say::change(-bounded.report.headline.saved_per_order, bounded.report.currency);
    }
    let caption = match changes {
        Some(_) => "Cost by part. Figures per order are rounded each by itself; the changes in all add up.",
        None => "Cost per order, by part. Every figure is rounded by itself.",
    };
    Table::new(caption, head, rows)
}

fn table_row(bounded: &Bounded, (name, costs): (&str, &[Cost]), in_all: Option<Cost>) -> Vec<String> {
    let currency = bounded.report.currency;
    let mut row = vec![say::sentence_case(name)];
    row.extend(costs.iter().map(|cost| say::money(*cost, currency)));
    if let Some(in_all) = in_all {
        row.push(say::change(costs[1] - costs[0], currency));
        row.push(say::change(in_all, currency));
    }
    row
}

/// What each part changes over all orders, shown so that the parts add up to the headline. `None`: two ways are
/// not compared.
fn changes(bounded: &Bounded, parts: &[Part]) -> Option<Vec<Cost>> {
    let report = &bounded.report;
    if report.variants.len() != 2 {
        return None;
    }
    let of = |part: &Part| {
        let given = report.part_changes.iter().find(|(name, _)| *name == part.name);
        given.map_or(Cost::ZERO, |(_, change)| *change)
    };
    let exact: Vec<Cost> = parts.iter().map(of).collect();
    Some(say::adding_up(&exact, -report.headline.saved_total, report.currency))
}

fn side_by_side(bounded: &Bounded, parts: &[Part]) -> Chart {
    let names: Vec<String> = bounded.report.variants.iter().map(|variant| variant.name.clone()).collect();
    let rows: Vec<BarRow> = parts.iter().map(|part| row(bounded, part, &names)).collect();
    let said: Vec<String> = rows.iter().map(|row| format!("{} {}", row.label, row.note)).collect();
    let aria = format!("Each part of the cost per order, side by side. {}.", said.join("; "));
    Chart {
        legend: variant_keys(&names, Mark::Bar),
        svg: grouped_bars(&aria, &rows),
        table: table(bounded, parts),
    }
}

fn row(bounded: &Bounded, part: &Part, names: &[String]) -> BarRow {
    let bar = |(cost, name): (&Cost, &String)| {
        let text = bounded.money(*cost);
        let tip = format!("{}, {}: {text}", say::name(name), part.name);
        let shown = if names.len() > 2 { name.clone() } else { String::new() };
        Bar { value: cost.0 as f64, text, name: shown, tip }
    };
    let note = match part.costs.as_slice() {
        [before, after] => say::change(*after - *before, bounded.report.currency),
        _ => String::new(),
    };
    let bars = part.costs.iter().zip(names).map(bar).collect();
    BarRow { label: say::sentence_case(&part.name), note, bars }
}
