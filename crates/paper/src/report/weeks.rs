//! Week by week: whether the saving is steady or comes from a few odd weeks.

use askama::Template;
use model::{Cost, Day};

use super::bounds::Bounded;
use super::input::WeekPoint;
use super::table::{Chart, Table, variant_keys};
use super::{render, say};
use crate::chart::{LineChart, Mark, Series, line_chart};

#[derive(Template)]
#[template(path = "report/weeks.html")]
struct WeeksSection {
    lead: String,
    axis: String,
    chart: Chart,
}

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let weeks = &bounded.report.by_week;
    let names: Vec<String> = bounded.report.variants.iter().map(|variant| variant.name.clone()).collect();
    if weeks.len() < 2 || names.is_empty() {
        return None;
    }
    let say_money = |units: f64| bounded.money(Cost(units.round() as i64));
    let chart = LineChart {
        aria: &format!("Cost per order in each of {} weeks. {}", weeks.len(), lead(bounded)),
        days: weeks.iter().map(|week| week.week_start.0).collect(),
        dates: dates(weeks),
        series: (0..names.len()).map(|i| series(bounded, i)).collect(),
        say: &say_money,
    };
    let (svg, start) = line_chart(&chart);
    let axis = if start > 0.5 {
        format!("The scale starts at {}, not at zero.", say_money(start))
    } else {
        String::new()
    };
    let chart = Chart { legend: variant_keys(&names, Mark::Line), svg, table: Some(table(bounded, names)) };
    Some(render(&WeeksSection { lead: lead(bounded), axis, chart }))
}

/// A period of many months is marked by the first day of each month, a shorter one by its weeks.
fn dates(weeks: &[WeekPoint]) -> Vec<(i32, String)> {
    let [first, .., last] = weeks else { return Vec::new() };
    let (first, last) = (first.week_start, last.week_start);
    if last.0 - first.0 <= LONGEST_IN_WEEKS {
        return weeks.iter().map(|week| (week.week_start.0, say::short_date(week.week_start))).collect();
    }
    let days = (first.0..=last.0).map(Day).filter(|day| say::is_first_of_month(*day));
    days.map(|day| (day.0, say::month(day))).collect()
}

/// Days.
const LONGEST_IN_WEEKS: i32 = 300;

fn lead(bounded: &Bounded) -> String {
    let both = |week: &WeekPoint| {
        Some((week.cost_per_order.first().copied()??, week.cost_per_order.get(1).copied()??))
    };
    let pairs: Vec<(Cost, Cost)> = bounded.report.by_week.iter().filter_map(both).collect();
    let shown = |cost: Cost| cost.round_to_money(bounded.report.currency).minor;
    let cheaper = pairs.iter().filter(|(before, after)| shown(*after) < shown(*before)).count();
    match (pairs.len(), bounded.candidate()) {
        (0, _) | (_, None) => String::new(),
        (all, Some(_)) if all == cheaper => {
            format!("There was something to save in each of the {all} weeks.")
        }
        (all, Some(_)) => format!("There was something to save in {cheaper} of {all} weeks."),
    }
}

fn series(bounded: &Bounded, variant: usize) -> Series {
    let name = &bounded.report.variants[variant].name;
    let weeks = &bounded.report.by_week;
    let at = |week: &WeekPoint| week.cost_per_order.get(variant).copied().flatten();
    let tip = |week: &WeekPoint| {
        let cost = at(week).map_or("no orders".to_owned(), |cost| bounded.money(cost));
        format!("{}, week of {}: {cost}", say::name(name), say::date(week.week_start))
    };
    Series {
        points: weeks.iter().map(|week| at(week).map(|cost| cost.0 as f64)).collect(),
        tips: weeks.iter().map(tip).collect(),
    }
}

fn table(bounded: &Bounded, names: Vec<String>) -> Table {
    let mut head = vec!["Week of".to_owned()];
    head.extend(names);
    let row = |week: &WeekPoint| {
        let cost = |cost: &Option<Cost>| cost.map_or("no orders".to_owned(), |cost| bounded.money(cost));
        std::iter::once(say::date(week.week_start)).chain(week.cost_per_order.iter().map(cost)).collect()
    };
    Table::new(
        "Cost per order by week, unfilled units counted",
        head,
        bounded.report.by_week.iter().map(row).collect(),
    )
}
