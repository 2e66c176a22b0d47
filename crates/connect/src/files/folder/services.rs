//! `services.csv`: what a service says of size and days.
//!
//! Owns: dimensional weight, limits of size, days in transit. Refuses to know: prices.

use super::super::bad_input::{BadInput, BadInputs, Faults, quoted};
use super::super::cell::{Cell, Whole};
use super::super::table::Table;
use super::Opening;
use super::layout::SERVICES;
use super::price_table::TRANSIT_DAYS;
use super::rates::Card;
use model::nearest::nearest;
use model::rates::{Dimensional, MAX_ZONES};

/// Carriers publish 139 to 194; outside of this range the unit is another one.
const IN3_PER_LB: Whole = Whole::new("a dimensional divisor", 50, 1_000);
/// 5,000 is usual.
const CM3_PER_KG: Whole = Whole::new("a dimensional divisor", 1_000, 30_000);
const VOLUME: Whole = Whole::new("a volume", 0, 10_000_000);
const LENGTH: Whole = Whole::new("a length", 1, 10_000);
const INCH_UM: i64 = 25_400;
const CENTIMETRE_UM: i64 = 10_000;

pub(super) fn read(open: &mut Opening, cards: &mut [Card]) -> Result<(), BadInputs> {
    let Some(mut table) = Table::find(&open.dir, &SERVICES)? else { return Ok(()) };
    let mut faults = Faults::default();
    let mut done = vec![false; cards.len()];
    while table.next_row(&mut faults)? {
        let cell = table.get("service");
        let Some(at) = faults.keep(position(cards, &cell))? else { continue };
        if std::mem::replace(&mut done[at], true) {
            let problem = format!("{} stood already above", quoted(cell.text()));
            faults.add(cell.fault(&problem, "keep one row for each service"))?;
        }
        faults.keep(take_row(&table, &mut cards[at]))?;
    }
    faults.into_result()?;
    open.finish(&table);
    Ok(())
}

/// Which card a cell names.
pub(super) fn position(cards: &[Card], cell: &Cell<'_>) -> Result<usize, BadInput> {
    let code = cell.some_text("the name of a service")?;
    cards.iter().position(|card| card.service.code == code).ok_or_else(|| {
        let codes = cards.iter().map(|card| card.service.code.as_str());
        let remedy = match nearest(code, codes.clone()) {
            Some(near) => format!("write {near}"),
            None => format!("write one of {}", codes.collect::<Vec<_>>().join(", ")),
        };
        cell.fault(&format!("{} is no service that has rates", quoted(code)), &remedy)
    })
}

/// What a cell says replaces what was known; an empty one leaves it.
fn take_row(table: &Table, card: &mut Card) -> Result<(), BadInput> {
    let service = &mut card.service;
    if let Some(dimensional) = dimensional(table)? {
        service.dimensional = Some(dimensional);
    }
    if let Some(mm) = length(table, ["max_longest_in", "max_longest_cm"])? {
        service.max_longest_mm = Some(mm);
    }
    if let Some(mm) = length(table, ["max_length_plus_girth_in", "max_length_plus_girth_cm"])? {
        service.max_length_plus_girth_mm = Some(mm);
    }
    if let Some(cell) = table.get("transit_days").filled() {
        card.days = Some(days(&cell)?);
    }
    Ok(())
}

fn dimensional(table: &Table) -> Result<Option<Dimensional>, BadInput> {
    let whole = |name, kind| table.get(name).filled().map(|cell| cell.whole(kind)).transpose();
    let inches = whole("dim_in3_per_lb", &IN3_PER_LB)?;
    let centimetres = whole("dim_cm3_per_kg", &CM3_PER_KG)?;
    let over_in3 = whole("dim_over_in3", &VOLUME)?;
    let over_cm3 = whole("dim_over_cm3", &VOLUME)?;
    match (inches, centimetres) {
        (Some(divisor), None) if over_cm3.is_none() => {
            Ok(Some(Dimensional::from_inches_per_pound(divisor as u32, over_in3.unwrap_or(0) as u32)))
        }
        (None, Some(divisor)) if over_in3.is_none() => {
            Ok(Some(Dimensional::from_cm3_per_kg(divisor as u32, over_cm3.unwrap_or(0) as u32)))
        }
        (None, None) if over_in3.or(over_cm3).is_none() => Ok(None),
        _ => Err(table.row_fault_of(
            "mixes two ways to tell dimensional weight, or tells half of one",
            "fill dim_in3_per_lb and dim_over_in3, or dim_cm3_per_kg and dim_over_cm3",
        )),
    }
}

/// In millimetres, from the first column that is filled: inches, then centimetres.
fn length(table: &Table, [inches, centimetres]: [&str; 2]) -> Result<Option<u32>, BadInput> {
    for (name, unit_um) in [(inches, INCH_UM), (centimetres, CENTIMETRE_UM)] {
        if let Some(cell) = table.get(name).filled() {
            return millimetres(&cell, unit_um).map(Some);
        }
    }
    Ok(None)
}

/// Rounded as the sides of products are, so that a side of 22 inches is not above 22 inches.
pub(super) fn millimetres(cell: &Cell<'_>, unit_um: i64) -> Result<u32, BadInput> {
    let length_um = cell.measure(3, &LENGTH)? * unit_um / 1_000;
    Ok(((length_um + 500) / 1_000) as u32)
}

fn days(cell: &Cell<'_>) -> Result<Vec<u8>, BadInput> {
    let one = |text: &str| text.parse::<u8>().ok().filter(|&days| i64::from(days) <= TRANSIT_DAYS.max);
    let days: Option<Vec<u8>> = cell.list().map(one).collect();
    days.filter(|days| (1..=MAX_ZONES).contains(&days.len())).ok_or_else(|| {
        let remedy = format!(
            "write one number from 0 to {}, or up to {MAX_ZONES} of them with ; between, by zone from 1",
            TRANSIT_DAYS.max
        );
        cell.is_not("a list of days", &remedy)
    })
}

/// Micrometres of a unit of length.
pub(super) fn length_unit(name: &str) -> Option<i64> {
    match name {
        "in" => Some(INCH_UM),
        "cm" => Some(CENTIMETRE_UM),
        "mm" => Some(1_000),
        _ => None,
    }
}
