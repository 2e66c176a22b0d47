//! Where the money goes: the landed cost, part by part, cash apart from estimates.

use askama::Template;
use model::{Cost, CostPart};

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
    rounding: &'static str,
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
    /// `None`: what units that find no place cost, which stands after the landed cost.
    fn group(&self) -> Option<Group> {
        (self.name != CostPart::Unfilled.words()).then(|| parts::group(&self.name))
    }

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
            format!("{} more are left out here.", say::grouped(more as u64))
        } else {
            String::new()
        },
        rounding: match bounded.report.variants.len() {
            2 => "Figures per order are rounded each by itself; the changes in all add up.",
            _ => "Every figure is rounded by itself.",
        },
    }))
}

/// What the candidate changes per order: the subtotals of the table.
#[derive(Clone, Copy)]
pub(super) struct Effects {
    pub cash: Cost,
    pub estimates: Cost,
    /// What units that find no place cost.
    pub unfilled: Cost,
}

/// `None` when nothing is compared.
pub(super) fn effects(bounded: &Bounded) -> Option<Effects> {
    bounded.candidate()?;
    let parts = parts(bounded);
    let of = |group| parts.iter().filter(|part| part.group() == group).map(Part::change).sum();
    Some(Effects { cash: of(Some(Group::Cash)), estimates: of(Some(Group::Estimate)), unfilled: of(None) })
}

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
    parts.push(Part { name: CostPart::Unfilled.words().to_owned(), costs, color: 0 });
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
    format!("{}, {size} {side} per order,", say::name(&say::capitalized(&part.name)))
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
    let aria =
        format!("Cost per order, stacked by part. {}. The table below says the same.", totals.join("; "));
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
        (Some(name), None) => say::capitalized(name),
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
    let account = Account { bounded, parts, in_all: in_all(bounded, parts) };
    if account.in_all.is_some() {
        head.extend(["Change".to_owned(), "Change\u{a0}in\u{a0}all".to_owned()]);
    }
    let mut rows: Vec<Row> = Group::ALL.iter().flat_map(|group| account.group(*group)).collect();
    rows.extend(account.end());
    if let (Some(last), Some(_)) = (rows.last_mut(), &account.in_all) {
        let at = last.figures.len() - 2;
        last.figures[at] = say::change(-bounded.report.headline.saved_per_order, bounded.report.currency);
    }
    Table::of("Cost, part by part", head, rows)
}

/// What the rows of the table are made from.
struct Account<'a> {
    bounded: &'a Bounded,
    parts: &'a [Part],
    /// What each part changes over all orders. `None`: two ways are not compared.
    in_all: Option<Vec<Cost>>,
}

impl Account<'_> {
    fn of(&self, is_wanted: impl Fn(&Part) -> bool) -> Vec<usize> {
        (0..self.parts.len()).filter(|&i| is_wanted(&self.parts[i])).collect()
    }

    /// A heading, its parts, and what they come to; nothing where there is no such part.
    fn group(&self, group: Group) -> Vec<Row> {
        let members = self.of(|part| part.group() == Some(group));
        if members.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![Row::new(Look::Group, group.title(), Vec::new())];
        rows.extend(members.iter().map(|&i| self.part(i)));
        let sum = |variant: usize| members.iter().map(|&i| self.parts[i].costs[variant]).sum();
        let sums: Vec<Cost> = (0..self.bounded.report.variants.len()).map(sum).collect();
        rows.push(Row::new(Look::Subtotal, group.total(), self.figures(&sums, &members)));
        rows
    }

    fn part(&self, i: usize) -> Row {
        let Part { name, costs, .. } = &self.parts[i];
        let row = Row::new(Look::Plain, &say::capitalized(name), self.figures(costs, &[i]));
        Row { note: parts::meaning(name), ..row }
    }

    /// The landed cost; where units are left over, what they cost, and both together.
    fn end(&self) -> Vec<Row> {
        let variants = &self.bounded.report.variants;
        let landed: Vec<Cost> = variants.iter().map(|v| v.landed_cost_per_order).collect();
        let landed = self.figures(&landed, &self.of(|part| part.group().is_some()));
        let unfilled = self.of(|part| part.group().is_none());
        if unfilled.is_empty() {
            return vec![Row::new(Look::Total, "Landed cost", landed)];
        }
        let whole: Vec<Cost> = variants.iter().map(|v| v.cost_per_order).collect();
        let mut rows = vec![Row::new(Look::Total, "Landed cost", landed)];
        rows.extend(unfilled.iter().map(|&i| self.part(i)));
        rows.push(Row::new(Look::Total, "Cost in all", self.figures(&whole, &self.of(|_| true))));
        rows
    }

    /// One cost per variant, and what these parts change.
    fn figures(&self, costs: &[Cost], of: &[usize]) -> Vec<String> {
        let currency = self.bounded.report.currency;
        let mut figures: Vec<String> = costs.iter().map(|cost| say::money(*cost, currency)).collect();
        if let Some(in_all) = &self.in_all {
            figures.push(say::change(costs[1] - costs[0], currency));
            figures.push(say::change(of.iter().map(|&i| in_all[i]).sum(), currency));
        }
        figures
    }
}

/// What each part changes over all orders, shown so that the parts add up to the headline. `None`: two ways are
/// not compared.
fn in_all(bounded: &Bounded, parts: &[Part]) -> Option<Vec<Cost>> {
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
