//! The ZIP codes of places: zeros that a spreadsheet ate, and codes that lie elsewhere than the rest of the row says.
//!
//! Owns: what is told of them. Refuses to know: where a place lies; see `locations.rs`.

use super::super::bad_input::shown;
use super::super::places::{self, Zip3};
use super::super::table::Table;
use super::Opening;
use model::words::{count, counted, grouped};
use model::{Currency, Distance, Location};

/// A code that is farther from the coordinates or the state of its row is taken for a slip. Prefixes that reach about as
/// far are the vast ones alone, and they are not looked at.
const FAR: Distance = Distance(300_000);
/// Most rows, and most places, that are told one by one.
const MAX_TOLD: usize = 5;

/// What was seen of the codes of all places.
pub(super) struct LocationZips {
    currency: Currency,
    /// What helps where a code is none of the United States.
    abroad: &'static str,
    padded: u64,
    /// The first of them, with what they became.
    padded_to: Vec<String>,
    far: Vec<String>,
}

impl LocationZips {
    pub(super) fn new(open: &Opening) -> LocationZips {
        LocationZips {
            currency: open.manifest.currency,
            // The currency of an export is that of its orders.
            abroad: if open.is_export {
                "leave zip empty"
            } else {
                "set currency in manifest.json, or leave zip empty"
            },
            padded: 0,
            padded_to: Vec::new(),
            far: Vec::new(),
        }
    }

    /// Looks at the code of the current row, and gives its prefix.
    pub(super) fn see(&mut self, table: &Table, location: &Location) -> Option<Zip3> {
        let text = table.get("zip").text();
        let is_located = table.get("lat_deg").filled().is_some();
        // Coordinates may lie anywhere, and elsewhere codes of four digits are whole.
        if is_located && self.currency != Currency::USD {
            return places::zip3(text);
        }
        let padded = places::padded(text);
        if let Some(padded) = &padded {
            self.padded += 1;
            if self.padded_to.len() < MAX_TOLD {
                self.padded_to.push(format!("{}: {padded}", shown(&location.name)));
            }
        }
        let zip3 = places::zip3(padded.as_deref().unwrap_or(text))?;
        let of_zip = places::point(zip3).filter(|_| !places::is_vast(zip3));
        if let (Some(of_zip), Some(at)) = (of_zip, location.point) {
            let off = at.distance_to(of_zip);
            let told = match (off > FAR, places::from_state(of_zip, &location.region)) {
                (true, _) => {
                    let then = format!("the coordinates are used; if it is no US ZIP code, {}", self.abroad);
                    Some((off, "the coordinates given", then))
                }
                (false, Some(off)) if off > FAR => {
                    Some((off, location.region.as_str(), "correct one of them".to_owned()))
                }
                _ => None,
            };
            self.far.extend(told.map(|(off, from, then)| {
                let (row, km) = (table.row(), grouped(u64::from(off.km()).div_ceil(10) * 10));
                format!("{}, row {row}: ZIP {text} is {km} km from {from}; {then}", table.file())
            }));
        }
        Some(zip3)
    }

    pub(super) fn tell(mut self, open: &mut Opening, file: &str) {
        if self.padded > 0 {
            let codes = counted(self.padded, "ZIP code had", "ZIP codes had");
            if self.padded > MAX_TOLD as u64 {
                self.padded_to.push("…".to_owned());
            }
            let named = self.padded_to.join(", ");
            open.assumptions.push(format!("{file}: {codes} lost leading zeros, and got them back ({named})"));
        }
        let more = self.far.len().saturating_sub(MAX_TOLD);
        self.far.truncate(MAX_TOLD);
        open.notes.append(&mut self.far);
        if more > 0 {
            open.notes.push(format!("{file}: and {} like this", count(more as u64, "more row")));
        }
    }
}
