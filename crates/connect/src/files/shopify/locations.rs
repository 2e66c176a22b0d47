//! The list of the shop's locations, which a person fills in.
//!
//! Owns: the list with what can be guessed, and what is asked of whoever fills it in. Refuses to know: the columns' reading.

use super::LOCATIONS;
use crate::files::bad_input::BadInput;
use crate::files::out_file::OutFile;
use model::words::{count, part_of};
use model::{Lane, Location};
use std::io::Write;
use std::path::Path;

/// Columns that a retailer fills in for each location.
const HEADER: &str = "location_id,type,zip,lanes,wage_usd_per_hour,pick_minutes_per_unit,\
    pack_minutes_per_parcel,packaging_usd_per_parcel,handling_days,capacity_parcels_per_day,time_zone,hours,cutoffs";
/// Parts of names that stores do not have.
const NO_STORES: [&str; 6] = ["warehouse", "depot", "fulfillment", "fulfilment", "distribution", "3pl"];

/// Writes the list, and says what to do with it. `lanes` are those that orders ask for.
pub(super) fn ask(dir: &Path, names: &[String], lanes: &[Lane]) -> BadInput {
    if let Err(fault) = write(dir, names, lanes) {
        return fault;
    }
    let offered = match lanes.iter().filter(|lane| **lane != Lane::Ship).count() {
        0 => "",
        _ => ", look over the lanes (orders ask for more than shipping, and stores were taken to offer it)",
    };
    BadInput::of_file(
        LOCATIONS,
        format!(
            "was missing and now lists the {} of the inventory export",
            count(names.len() as u64, "location")
        ),
        format!(
            "fill in the type (store or warehouse) and the ZIP code of each there{offered}, and run again"
        ),
    )
}

fn write(dir: &Path, names: &[String], lanes: &[Lane]) -> Result<(), BadInput> {
    let mut out = OutFile::create(&dir.join(LOCATIONS), &[])?;
    let blank = ",".repeat(HEADER.matches(',').count() - 3);
    let mut text = format!("{HEADER}\n");
    for name in names {
        let lower = name.to_lowercase();
        let is_store = !NO_STORES.iter().any(|word| lower.contains(word));
        let kind = if is_store { "store" } else { "warehouse" };
        let offered: Vec<&str> =
            lanes.iter().filter(|lane| is_store || **lane == Lane::Ship).map(|lane| lane.code()).collect();
        text.push_str(&format!("\"{}\",{kind},,{}{blank}\n", name.replace('"', "\"\""), offered.join(";")));
    }
    out.write_all(text.as_bytes()).map_err(|error| out.fault(&error))?;
    out.finish()
}

pub(super) fn demand_coordinates(locations: &[Location]) -> Result<(), BadInput> {
    let unknown: Vec<&str> =
        locations.iter().filter(|place| place.point.is_none()).map(|place| place.code.as_str()).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let lacking = part_of((unknown.len() as u64, locations.len() as u64), "place", ("has", "have"));
    let problem = format!("{lacking} no ZIP code: {}", unknown.join(", "));
    Err(BadInput::of_file(LOCATIONS, problem, "fill in the column zip, and run again").in_column("zip"))
}
