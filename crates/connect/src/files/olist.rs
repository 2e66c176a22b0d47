//! The public order history of Olist (Brazil, 2016–2018) as a Baton folder.
//!
//! Owns: the mapping, the same bytes from the same input, and its plain description in `MAPPING.md`: what
//! is data and what is modelled. Refuses to know: how the folder is routed.

mod mapping;
mod rate_card;
mod source;
mod write;

use super::bad_input::{BadInput, BadInputs};
use mapping::Mapped;
use model::WallClock;
use rate_card::RateCard;
use std::path::Path;

/// What is chosen freely in the mapping.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OlistOptions {
    /// Seller cities that become places, by shipped lines.
    pub locations: usize,
    /// Units that each city has beyond what it sold, in percent of that; at least one unit.
    pub safety_percent: u32,
    /// Units that the warehouse has of the fast half of all products beside its own sales, in percent of
    /// what everybody sold of them. 0: no stock but where it was really sold.
    pub warehouse_percent: u32,
}

impl Default for OlistOptions {
    fn default() -> OlistOptions {
        OlistOptions { locations: 25, safety_percent: 20, warehouse_percent: 25 }
    }
}

/// Most cities that may become places.
const MAX_CITIES: usize = 500;

/// The zone of the history's times, which name none.
const ZONE: &str = "America/Sao_Paulo";

fn clock() -> WallClock {
    WallClock::of_zone(ZONE).expect("the zone is known")
}

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OlistSummary {
    pub locations: usize,
    pub products: usize,
    pub orders: usize,
    pub lines: usize,
    pub stock_records: usize,
    /// Orders that were left out, by reason.
    pub left_out: Vec<String>,
}

/// Converts the history in the folder `from` to a Baton folder at `to`. `from` is the folder of Olist's files, with
/// `br_cep5.csv` there or in `../geo`, or the folder that holds `olist/` and `geo/`.
///
/// # Errors
/// Faults of the history's files, and when `to` cannot be written.
pub fn convert_olist(from: &Path, to: &Path, options: OlistOptions) -> Result<OlistSummary, BadInputs> {
    if !(1..=MAX_CITIES).contains(&options.locations) {
        let problem = format!("{} locations cannot be made", options.locations);
        return Err(BadInput::of_file("olist", problem, format!("choose 1 to {MAX_CITIES}")).into());
    }
    let history = source::read(from)?;
    let card = RateCard::fit(&history);
    let mapped = Mapped::of(&history, options);
    let summary = mapped.summary();
    if summary.locations == 0 || summary.orders == 0 {
        let problem = format!("the history gives {} places and {} orders", summary.locations, summary.orders);
        let remedy =
            "check that sellers' prefixes are in br_cep5.csv, and that orders have items and were sent";
        return Err(BadInput::of_file("olist", problem, remedy).into());
    }
    write::folder(&write::Written { history: &history, mapped: &mapped, card: &card, options }, to)?;
    Ok(summary)
}
