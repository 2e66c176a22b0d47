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
    /// Whether any place's capacity is known.
    is_limited: bool,
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
            format!("The busiest {MOST_LOCATIONS} of {} places are shown.", say::grouped(given as u64))
        }
        _ => String::new(),
    };
    Some(render(&WorkSection {
        lead: lead(bounded, measure),
        measure: match measure {
            Measure::Hours => "Hours of picking and packing a week.",
            Measure::Parcels => {
                "Parcels a week. Your files state no minutes for picking and packing, so hours are not shown."
            }
        },
        is_limited: is_limited(bounded),
        shown,
        chart: chart(bounded, measure),
    }))
}

fn is_limited(bounded: &Bounded) -> bool {
    bounded.report.locations.iter().flat_map(|l| &l.work).any(|work| work.busiest_day_bp.is_some())
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
            .map(|l| {
                format!("{} has the most to do: {}.", say::name(&l.name), said(amount(&l.work[0], measure)))
            })
            .unwrap_or_default();
    }
    let change =
        |l: &LocationFigures| amount(&l.work[1], measure) as i64 - amount(&l.work[0], measure) as i64;
    let mut sentences = Vec::new();
    if let Some(l) = locations.iter().filter(|l| change(l) > 0).max_by_key(|l| change(l)) {
        sentences.push(format!("{} would have {} more.", say::name(&l.name), said(change(l).unsigned_abs())));
    }
    if let Some(l) = locations.iter().filter(|l| change(l) < 0).min_by_key(|l| change(l)) {
        sentences.push(format!(
            "{} would have {} {}.",
            say::name(&l.name),
            said(change(l).unsigned_abs()),
            if measure == Measure::Hours { "less" } else { "fewer" }
        ));
    }
    if sentences.is_empty() {
        sentences.push("No place would have more or less to do.".to_owned());
    }
    sentences.push(overload(locations));
    sentences.join(" ").trim().to_owned()
}

/// Where the busiest day is more than a place can pack: today, and with the candidate.
fn overload(locations: &[LocationFigures]) -> String {
    let is_full =
        |l: &&LocationFigures, way: usize| l.work[way].busiest_day_bp.is_some_and(|bp| bp > FULL_BP);
    let of = |way: usize| locations.iter().filter(|l| is_full(l, way)).collect::<Vec<_>>();
    let (before, after) = (of(0), of(1));
    let names = |full: &[&LocationFigures]| match full {
        [_, _, _, _, ..] => format!("{} places", full.len()),
        few => say::listed(&few.iter().map(|l| say::name(&l.name)).collect::<Vec<_>>()),
    };
    match (before.as_slice(), after.as_slice()) {
        ([], []) => String::new(),
        ([one], []) => format!(
            "On its busiest day {} had more to pack than it can ({}); that would end ({}).",
            say::name(&one.name),
            full(one.work[0].busiest_day_bp),
            full(one.work[1].busiest_day_bp)
        ),
        (many, []) => {
            format!("On their busiest day {} had more to pack than they can; that would end.", names(many))
        }
        ([], full) => format!("On the busiest day, too much would go to {}.", names(full)),
        (before, after) if before == after => {
            format!("On the busiest day, too much goes to {} either way.", names(after))
        }
        (before, after) => format!(
            "On the busiest day, too much went to {}, and too much would go to {}.",
            names(before),
            names(after)
        ),
    }
}

/// `117%`: rounded so that only what is full looks full, and what is more than full looks so.
fn full(bp: Option<u32>) -> String {
    match bp {
        None => "no limit known".to_owned(),
        Some(bp) if bp > FULL_BP => format!("{}%", bp.div_ceil(100)),
        Some(FULL_BP) => "100%".to_owned(),
        Some(bp) => format!("{}%", ((bp + 50) / 100).min(99)),
    }
}

fn chart(bounded: &Bounded, measure: Measure) -> Chart {
    let names: Vec<String> = bounded.report.variants.iter().map(|variant| variant.name.clone()).collect();
    let is_busy = |l: &&LocationFigures| l.work.iter().any(|work| amount(work, measure) > 0);
    let rows: Vec<BarRow> =
        bounded.report.locations.iter().filter(is_busy).map(|l| row(bounded, l, measure)).collect();
    let aria =
        format!("{} a week at each place, {} places with work.", say::capitalized(unit(measure)), rows.len());
    Chart {
        legend: variant_keys(&names, Mark::Bar),
        svg: grouped_bars(&aria, &rows),
        table: Some(table(bounded, &names)),
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
            say::count(work.parcels, "parcel")
        );
        let shown = if variants.len() > 2 { variant.name.clone() } else { String::new() };
        Bar { value: amount(work, measure) as f64, text, name: shown, tip }
    };
    let bars = location.work.iter().zip(variants).map(bar).collect();
    BarRow {
        label: location.name.clone(),
        note: busiest(&location.work),
        note_end: " on the busiest day".to_owned(),
        bars,
    }
}

/// How full the busiest day of the baseline and of the candidate is: `⚠ 117% → 98%`. A place that is too full on
/// either is marked.
fn busiest(work: &[LocationWork]) -> String {
    let known: Vec<u32> = work.iter().take(2).filter_map(|work| work.busiest_day_bp).collect();
    if known.is_empty() {
        return String::new();
    }
    let mark = if known.iter().any(|bp| *bp > FULL_BP) { "⚠ " } else { "" };
    let mut said: Vec<String> = known.iter().map(|bp| full(Some(*bp))).collect();
    said.dedup();
    format!("{mark}{}", said.join(" → "))
}

fn table(bounded: &Bounded, names: &[String]) -> Table {
    let locations = &bounded.report.locations;
    let is_timed = locations.iter().flat_map(|l| &l.work).any(|work| work.labor_minutes > 0);
    let mut columns: Vec<(&str, Say)> = vec![
        ("orders", |work, _| say::grouped(work.orders)),
        ("parcels", |work, _| say::grouped(work.parcels)),
    ];
    if is_timed {
        columns.push(("hours a week", |work, days| say::hours_a_week(work.labor_minutes, days)));
    }
    if is_limited(bounded) {
        columns.push(("busiest day", |work, _| full(work.busiest_day_bp)));
    }
    let mut head = vec!["Place".to_owned()];
    for (measure, _) in &columns {
        head.extend(names.iter().map(|name| format!("{name}: {measure}")));
    }
    let row = |location: &LocationFigures| {
        let mut row = vec![format!("{} ({})", say::name(&location.name), location.kind.code())];
        for (_, say) in &columns {
            row.extend(location.work.iter().map(|work| say(work, bounded.days())));
        }
        row
    };
    Table::new("Work at each place", head, locations.iter().map(row).collect())
}

/// How a figure is written; the number is the days of the period.
type Say = fn(&LocationWork, i64) -> String;
