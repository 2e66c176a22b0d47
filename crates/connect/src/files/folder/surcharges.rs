//! `surcharges.csv`: what comes on top of the rate of a parcel.
//!
//! Owns: when an amount is due, and where. Refuses to know: shares of the rate, such as for fuel.

use super::super::bad_input::{BadInput, BadInputs, Faults};
use super::super::cell::{Cell, Whole};
use super::super::table::Table;
use super::Opening;
use super::layout::SURCHARGES;
use super::price_table::{ZONE, weight_unit};
use super::rates::Card;
use super::services::{length_unit, millimetres, position};
use model::Zone;
use model::rates::{Surcharge, SurchargeWhen};

/// Most surcharges of one service: each is looked at for every parcel that is weighed up.
const MAX_SURCHARGES: usize = 100;
const VOLUME: Whole = Whole::new("a volume", 0, 10_000_000);
const CUBIC_INCH_MM3_E3: i128 = 16_387_064;
const INCHES_IN_CUBIC_FOOT: i128 = 1_728;

pub(super) fn read(open: &mut Opening, cards: &mut [Card]) -> Result<(), BadInputs> {
    let Some(mut table) = Table::find(&open.dir, &SURCHARGES)? else { return Ok(()) };
    let mut faults = Faults::default();
    while table.next_row(&mut faults)? {
        faults.keep(take_row(&table, cards))?;
    }
    faults.into_result()?;
    open.finish(&table);
    Ok(())
}

fn take_row(table: &Table, cards: &mut [Card]) -> Result<(), BadInput> {
    let at = position(cards, &table.get("service"))?;
    let card = &mut cards[at];
    let when = when(table)?;
    let zones = zones(table, card)?;
    let amount = table.get("amount_usd").price()?;
    if card.service.surcharges.len() == MAX_SURCHARGES {
        let problem = format!("is beyond the {MAX_SURCHARGES} surcharges that a service may have");
        return Err(table.row_fault_of(&problem, "remove those that are never due"));
    }
    card.service.surcharges.push(Surcharge { when, zones, amount });
    Ok(())
}

fn zones(table: &Table, card: &Card) -> Result<(Zone, Zone), BadInput> {
    let zone = |name| table.get(name).filled().map(|cell| cell.whole(&ZONE)).transpose();
    let from = zone("zone_from")?.unwrap_or(1) as u8;
    let to = zone("zone_to")?.map_or(card.steps.len().max(from.into()) as u8, |zone| zone as u8);
    if to < from {
        let remedy = "write the nearer zone into zone_from";
        return Err(table.get("zone_to").fault("is nearer than zone_from", remedy));
    }
    let from = if from == 2 && card.begins_at_two { 1 } else { from };
    Ok((Zone(from), Zone(to)))
}

fn when(table: &Table) -> Result<SurchargeWhen, BadInput> {
    let cell = table.get("when");
    let reason = cell.text().to_ascii_lowercase().replace([' ', '-'], "_");
    if reason != "longest_side"
        && let Some(up_to) = table.get("up_to").filled()
    {
        let remedy = "remove it; of rows for rising volumes or weights all that are due are added up";
        return Err(up_to.fault("is for longest_side alone", remedy));
    }
    match reason.as_str() {
        "longest_side" => longest(table),
        "volume" => volume(table),
        "weight" => {
            let unit = weight_unit(&table.get("unit"))?;
            over(table)?.weight(unit).map(SurchargeWhen::WeightOver)
        }
        "residential" => without_measure(table, SurchargeWhen::Residential),
        "always" => without_measure(table, SurchargeWhen::Always),
        _ => Err(cell
            .is_not("a reason for a surcharge", "write longest_side, volume, weight, residential or always")),
    }
}

fn over(table: &Table) -> Result<Cell<'_>, BadInput> {
    let cell = table.get("over");
    match cell.is_empty() {
        true => Err(cell.fault("is empty", "write above what the surcharge is due")),
        false => Ok(cell),
    }
}

fn without_measure(table: &Table, when: SurchargeWhen) -> Result<SurchargeWhen, BadInput> {
    match table.get("over").filled() {
        Some(over) => Err(over.fault("is filled where nothing is measured", "empty it, or correct when")),
        None => Ok(when),
    }
}

fn longest(table: &Table) -> Result<SurchargeWhen, BadInput> {
    let unit = table.get("unit");
    let unit_um = length_unit(&unit.text().to_ascii_lowercase())
        .ok_or_else(|| unit.is_not("a unit of length", "write in, cm or mm"))?;
    let over_mm = millimetres(&over(table)?, unit_um)?;
    let up_to = table.get("up_to").filled();
    let up_to_mm = up_to.map(|cell| millimetres(&cell, unit_um)).transpose()?;
    match (up_to, up_to_mm) {
        (Some(cell), Some(mm)) if mm <= over_mm => {
            Err(cell.fault("is not above over", "write the longer side into up_to"))
        }
        _ => Ok(SurchargeWhen::Longest { over_mm, up_to_mm }),
    }
}

fn volume(table: &Table) -> Result<SurchargeWhen, BadInput> {
    let unit = table.get("unit");
    let unit_mm3_e3 = match unit.text().to_ascii_lowercase().as_str() {
        "in3" => CUBIC_INCH_MM3_E3,
        "ft3" => INCHES_IN_CUBIC_FOOT * CUBIC_INCH_MM3_E3,
        "cm3" => 1_000_000,
        _ => return Err(unit.is_not("a unit of volume", "write in3, ft3 or cm3")),
    };
    let amount_e3 = i128::from(over(table)?.measure(3, &VOLUME)?);
    Ok(SurchargeWhen::VolumeOver { mm3: (amount_e3 * unit_mm3_e3 / 1_000_000) as i64 })
}
