//! How the stores would work: hours, parcels and the busiest day of each place.

use askama::Template;

use super::bounds::{Bounded, MOST_LOCATIONS};
use super::input::{LocationFigures, LocationWork};
use super::table::{Chart, Table, variant_keys};
use super::{render, say};
use crate::chart::{Bar, BarRow, Mark, grouped_bars};

#[derive(Template)]
#[template(path = "report/work.html")]
struct WorkSection {
    lead: String,
    measure: &'static str,
    shown: String,
    chart: Chart,
}

/// What the bars show: hours where the work was timed, else parcels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Hours,
    Parcels,
}

/// Above this share of a day's capacity a place has too much to do.
const FULL_BP: u32 = 10_000;

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let locations = &bounded.report.locations;
    if locations.is_empty() || bounded.report.variants.is_empty() {
        return None;
    }
    let is_timed = locations.iter().flat_map(|l| &l.work).any(|work| work.labor_minutes > 0);
    let measure = if is_timed { Measure::Hours } else { Measure::Parcels };
    let shown = match bounded.locations_given {
        given if given > MOST_LOCATIONS => {
            format!("The busiest {MOST_LOCATIONS} of {} places are shown.", say::count(given as u64))
        }
        _ => String::new(),
    };
    Some(render(&WorkSection {
        lead: lead(bounded, measure),
        measure: match measure {
            Measure::Hours => "Hours of picking and packing a week.",
            Measure::Parcels => "Parcels a week. The work itself was not timed.",
        },
        shown,
        chart: chart(bounded, measure),
    }))
}

fn amount(work: &LocationWork, measure: Measure) -> u64 {
    match measure {
        Measure::Hours => work.labor_minutes,
        Measure::Parcels => work.parcels,
    }
}

/// Hours or parcels a week.
fn weekly(bounded: &Bounded, amount: u64, measure: Measure) -> String {
    match measure {
        Measure::Hours => say::hours_a_week(amount, bounded.days()),
        Measure::Parcels => say::hours_a_week(amount.saturating_mul(60), bounded.days()),
    }
}

fn unit(measure: Measure) -> &'static str {
    match measure {
        Measure::Hours => "hours",
        Measure::Parcels => "parcels",
    }
}

/// Who would work more, who less, and who too much.
fn lead(bounded: &Bounded, measure: Measure) -> String {
    let locations = &bounded.report.locations;
    let said = |amount: u64| format!("{} {} a week", weekly(bounded, amount, measure), unit(measure));
    if bounded.candidate().is_none() {
        let busiest = locations.iter().max_by_key(|l| amount(&l.work[0], measure));
        return busiest
            .map(|l| format!("{} works the most: {}.", say::name(&l.name), said(amount(&l.work[0], measure))))
            .unwrap_or_default();
    }
    let change =
        |l: &LocationFigures| amount(&l.work[1], measure) as i64 - amount(&l.work[0], measure) as i64;
    let mut sentences = Vec::new();
    if let Some(l) = locations.iter().filter(|l| change(l) > 0).max_by_key(|l| change(l)) {
        sentences.push(format!("{} would work {} more.", say::name(&l.name), said(change(l).unsigned_abs())));
    }
    if let Some(l) = locations.iter().filter(|l| change(l) < 0).min_by_key(|l| change(l)) {
        sentences.push(format!("{} would work {} less.", say::name(&l.name), said(change(l).unsigned_abs())));
    }
    if sentences.is_empty() {
        sentences.push("No place would work more or less.".to_owned());
    }
    sentences.push(overload(locations));
    sentences.join(" ").trim().to_owned()
}

fn overload(locations: &[LocationFigures]) -> String {
    let full_under = |way: usize| -> Vec<String> {
        let is_full = |l: &&LocationFigures| l.work[way].busiest_day_bp.is_some_and(|bp| bp > FULL_BP);
        locations.iter().filter(is_full).map(|l| say::name(&l.name)).collect()
    };
    let before = match full_under(0).as_slice() {
        [] => String::new(),
        [_, _, _, _, ..] => format!("{} places had more than a day can take.", full_under(0).len()),
        few => format!("On its busiest day, too much went to {}.", say::list(few)),
    };
    let after = match full_under(1).as_slice() {
        [] => String::new(),
        [_, _, _, _, ..] => {
            format!("{} places would have too much to do on their busiest day.", full_under(1).len())
        }
        few => format!("On its busiest day, too much would go to {}.", say::list(few)),
    };
    format!("{before} {after}").trim().to_owned()
}

fn chart(bounded: &Bounded, measure: Measure) -> Chart {
    let names: Vec<String> = bounded.report.variants.iter().map(|variant| variant.name.clone()).collect();
    let is_busy = |l: &&LocationFigures| l.work.iter().any(|work| amount(work, measure) > 0);
    let rows: Vec<BarRow> =
        bounded.report.locations.iter().filter(is_busy).map(|l| row(bounded, l, measure)).collect();
    let aria = format!(
        "{} a week at each place, {} places with work.",
        say::sentence_case(unit(measure)),
        rows.len()
    );
    Chart {
        legend: variant_keys(&names, Mark::Bar),
        svg: grouped_bars(&aria, &rows),
        table: table(bounded, &names),
    }
}

fn row(bounded: &Bounded, location: &LocationFigures, measure: Measure) -> BarRow {
    let variants = &bounded.report.variants;
    let bar = |(work, variant): (&LocationWork, &super::VariantFigures)| {
        let text = weekly(bounded, amount(work, measure), measure);
        let tip = format!(
            "{}, {}: {text} {} a week, {}",
            say::name(&location.name),
            say::name(&variant.name),
            unit(measure),
            say::counted(work.parcels, "parcel")
        );
        let shown = if variants.len() > 2 { variant.name.clone() } else { String::new() };
        Bar { value: amount(work, measure) as f64, text, name: shown, tip }
    };
    let bars = location.work.iter().zip(variants).map(bar).collect();
    let days: Vec<u32> = location.work.iter().take(2).filter_map(|work| work.busiest_day_bp).collect();
    BarRow { label: location.name.clone(), note: busiest(&days), bars }
}

/// How full the busiest day is, before and after; a place that is too full on either is marked.
fn busiest(days_bp: &[u32]) -> String {
    let full = |bp: &u32| say::share(i64::from(*bp));
    let mark = if days_bp.iter().any(|bp| *bp > FULL_BP) { "⚠ " } else { "" };
    match days_bp {
        [] => String::new(),
        [before, after, ..] if before != after => {
            format!("{mark}busiest day {} → {} full", full(before), full(after))
        }
        [only, ..] => format!("{mark}busiest day {} full", full(only)),
    }
}

fn table(bounded: &Bounded, names: &[String]) -> Table {
    let mut head = vec!["Place".to_owned()];
    for measure in ["orders", "parcels", "hours a week", "busiest day"] {
        head.extend(names.iter().map(|name| format!("{name}: {measure}")));
    }
    let row = |location: &LocationFigures| {
        let mut row = vec![format!("{} ({})", say::name(&location.name), location.kind.code())];
        row.extend(location.work.iter().map(|work| say::count(work.orders)));
        row.extend(location.work.iter().map(|work| say::count(work.parcels)));
        row.extend(location.work.iter().map(|work| say::hours_a_week(work.labor_minutes, bounded.days())));
        let full = |work: &LocationWork| {
            work.busiest_day_bp.map_or("no limit known".to_owned(), |bp| say::share(bp.into()))
        };
        row.extend(location.work.iter().map(full));
        row
    };
    Table::new("Work at each place", head, bounded.report.locations.iter().map(row).collect())
}
