//! `zone_pairs.csv`: a carrier's zones between ZIP prefixes.
//!
//! Owns: keeping those that begin at a location. Refuses to know: distances and bands.

use super::super::bad_input::{BadInputs, Faults};
use super::super::cell::Cell;
use super::super::places::Zip3;
use super::super::table::Table;
use super::layout::ZONE_PAIRS;
use super::price_table::ZONE;
use super::{BadInput, Opening};
use model::{LocationId, Network, Zone};

/// A prefix has three digits.
const PREFIXES: usize = 1_000;
const NO_ZONE: u8 = 0;

/// Zones from locations to ZIP prefixes: a kilobyte for each prefix that a location lies in, however many
/// rows the file has.
#[derive(Default)]
pub(super) struct ZonePairs {
    /// By location: its row of `zones`. Empty without a file.
    origins: Vec<Option<usize>>,
    zones: Vec<[u8; PREFIXES]>,
}

pub(super) fn read(open: &mut Opening, network: &Network) -> Result<ZonePairs, BadInputs> {
    let Some(mut table) = Table::find(&open.dir, &ZONE_PAIRS)? else { return Ok(ZonePairs::default()) };
    let mut pairs = ZonePairs::default();
    let mut rows: [Option<usize>; PREFIXES] = [None; PREFIXES];
    for location in &network.locations {
        let row = open.zip3s.get(&location.code).map(|zip3| {
            let next = pairs.zones.len();
            let row = *rows[zip3.index()].get_or_insert(next);
            if row == next {
                pairs.zones.push([NO_ZONE; PREFIXES]);
            }
            row
        });
        pairs.origins.push(row);
    }
    let [origin, dest, zone] = ["origin_zip3", "dest_zip3", "zone"].map(|name| table.at(name));
    let mut faults = Faults::default();
    while table.next_row(&mut faults)? {
        let Some(origin) = faults.keep(prefix(&table.cell(origin)))? else { continue };
        let Some(dest) = faults.keep(prefix(&table.cell(dest)))? else { continue };
        let Some(zone) = faults.keep(table.cell(zone).whole(&ZONE))? else { continue };
        let Some(row) = rows[origin.index()] else { continue };
        let known = std::mem::replace(&mut pairs.zones[row][dest.index()], zone as u8);
        if known != NO_ZONE && i64::from(known) != zone {
            let problem = format!("stood already above with zone {known}");
            faults.add(table.row_fault_of(&problem, "keep one zone for each pair"))?;
        }
    }
    faults.into_result()?;
    open.finish(&table);
    Ok(pairs)
}

/// Spreadsheets eat zeros: 5 is 005.
fn prefix(cell: &Cell<'_>) -> Result<Zip3, BadInput> {
    let digits = match *cell.bytes() {
        [c] => [b'0', b'0', c],
        [b, c] => [b'0', b, c],
        [a, b, c] => [a, b, c],
        _ => [0; 3],
    };
    Zip3::from_digits(&digits)
        .ok_or_else(|| cell.is_not("the beginning of a ZIP code", "write its first three digits"))
}

impl ZonePairs {
    pub(super) fn is_given(&self) -> bool {
        !self.origins.is_empty()
    }

    /// `None`: not in the pairs.
    pub(super) fn zone(&self, from: LocationId, to: Zip3) -> Option<Zone> {
        let row = self.origins.get(from.index()).copied().flatten()?;
        Some(self.zones[row][to.index()]).filter(|&zone| zone != NO_ZONE).map(Zone)
    }

    /// Some location has a zone to this prefix.
    pub(super) fn reach(&self, to: Zip3) -> bool {
        self.zones.iter().any(|zones| zones[to.index()] != NO_ZONE)
    }
}
