//! The ZIP codes of places: zeros that a spreadsheet ate, and codes that lie elsewhere than the rest of the row says.
//!
//! Owns: what is told of them. Refuses to know: where a place lies; see `locations.rs`.

use super::super::places::{self, Zip3};
use super::super::table::Table;
use super::Opening;
use model::words::{count, counted, grouped};
use model::{Currency, Distance, Location};

/// A code that is farther from the coordinates or the state of its row is taken for a slip: no prefix reaches as far, but
/// for the vast ones, which are not looked at.
const FAR: Distance = Distance(300_000);
/// Most rows that are told one by one.
const MAX_TOLD: usize = 5;

/// What was seen of the codes of all places.
#[derive(Default)]
pub(super) struct LocationZips {
    padded: u64,
    far: Vec<String>,
}

impl LocationZips {
    /// Looks at the code of the current row, and gives its prefix.
    pub(super) fn see(&mut self, table: &Table, location: &Location, currency: Currency) -> Option<Zip3> {
        let text = table.get("zip").text();
        let is_located = table.get("lat_deg").filled().is_some();
        // Coordinates may lie anywhere, and elsewhere codes of four digits are whole.
        if is_located && currency != Currency::USD {
            return places::zip3(text);
        }
        let padded = places::padded(text);
        self.padded += u64::from(padded.is_some());
        let zip3 = places::zip3(padded.as_deref().unwrap_or(text))?;
        let of_zip = places::point(zip3).filter(|_| !places::is_vast(zip3));
        if let (Some(of_zip), Some(at)) = (of_zip, location.point) {
            let off = at.distance_to(of_zip);
            let told = match (off > FAR, places::from_state(of_zip, &location.region)) {
                (true, _) => Some((off, "the coordinates given", "the coordinates are used")),
                (false, Some(off)) if off > FAR => {
                    Some((off, location.region.as_str(), "correct one of them"))
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
            open.assumptions.push(format!("{file}: {codes} lost leading zeros, and got them back"));
        }
        let more = self.far.len().saturating_sub(MAX_TOLD);
        self.far.truncate(MAX_TOLD);
        open.notes.append(&mut self.far);
        if more > 0 {
            open.notes.push(format!("{file}: and {} like this", count(more as u64, "more row")));
        }
    }
}
