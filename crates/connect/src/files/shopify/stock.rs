//! Shopify's inventory export, in its three layouts.
//!
//! Owns: units by variant and location. Refuses to know: where a location lies.

use super::catalog::{Catalog, plain_sku, variant_name};
use super::columns;
use crate::files::bad_input::{BadInput, BadInputs, Faults};
use crate::files::cell::{Cell, Whole};
use crate::files::table::{At, Table};
use model::StockLevel;
use model::words;
use std::collections::BTreeMap;
use std::path::Path;

/// Oversold variants have less than nothing.
const UNITS: Whole = Whole::new("a number of units", -1_000_000, 1_000_000);
/// Most locations of an export.
const MAX_LOCATIONS: usize = model::network::MAX_LOCATIONS;
/// What stands in place of a number where a variant is not kept.
const NOT_STOCKED: &[u8] = b"not stocked";

/// Units by location (a position in `locations`) and variant (a position in the catalog).
#[derive(Default)]
pub(super) struct Shelves {
    pub(super) locations: Vec<String>,
    pub(super) levels: BTreeMap<(usize, usize), StockLevel>,
    /// Records below zero.
    pub(super) negative: usize,
    /// Records whose variant has another row for the same place.
    pub(super) merged: usize,
    /// Units promised to orders when the export was made.
    pub(super) committed: i64,
    files: Vec<String>,
    /// By record: the position of its file.
    file_of: BTreeMap<(usize, usize), usize>,
    /// Records of the file at hand that stand in an earlier one, by that one's position.
    repeated: BTreeMap<usize, usize>,
}

impl Shelves {
    pub(super) fn read(&mut self, path: &Path, catalog: &mut Catalog) -> Result<(), BadInputs> {
        let mut table = Table::open(path, columns::INVENTORY)?;
        let by_row = table.at("Location").is_there();
        let places: Vec<(At, String)> = match by_row {
            true => Vec::new(),
            false => table.unknown().map(|(at, name)| (at, name.to_owned())).collect(),
        };
        if !by_row && places.is_empty() {
            let remedy = "export the inventory of all locations again";
            return Err(BadInput::of_file(table.file(), "names no location", remedy).into());
        }
        let mut faults = Faults::default();
        let mut title = (String::new(), String::new());
        let begun = self.levels.len();
        self.files.push(table.file().to_owned());
        while table.next_row(&mut faults)? {
            let text = |name| table.get(name).text();
            if text("Handle") != title.0 || !text("Title").is_empty() {
                title = (text("Handle").to_owned(), text("Title").to_owned());
            }
            let options = ["Option1 Value", "Option2 Value", "Option3 Value"].map(|name| table.at(name));
            let name = variant_name(&title.1, &table, options);
            let Some(variant) = catalog.variant(plain_sku(text("SKU")), &name) else { continue };
            let taken = match by_row {
                true => self.take_row(&table, variant),
                false => self.take_columns(&table, variant, &places),
            };
            faults.keep(taken)?;
        }
        self.refuse_repeated(self.levels.len() - begun)?;
        faults.into_result()
    }

    /// Two exports of the same stock are no more stock. `new` is how many records are in no other file.
    fn refuse_repeated(&mut self, new: usize) -> Result<(), BadInput> {
        let repeated = std::mem::take(&mut self.repeated);
        let Some((first, count)) = repeated.iter().max_by_key(|(_, count)| **count) else { return Ok(()) };
        let (file, first) = (&self.files[self.files.len() - 1], &self.files[*first]);
        let total = new + repeated.values().sum::<usize>();
        let problem = match *count == total {
            true => format!("holds the same {} as {first}", words::count(*count as u64, "stock record")),
            false => {
                let sums = (*count as u64, total as u64);
                format!("{} in {first}, too", words::part_of(sums, "stock record", ("stands", "stand")))
            }
        };
        Err(BadInput::of_file(file, problem, "keep the newer of the two files, and remove the other"))
    }

    fn take_row(&mut self, table: &Table, variant: usize) -> Result<(), BadInput> {
        let location = table.get("Location");
        let location = self.location(&location, location.some_text("the name of the location")?)?;
        let count = |name| units(&table.get(name));
        let on_hand = match table.get("On hand").filled() {
            Some(cell) => units(&cell)?,
            None => count("Available")?,
        };
        let Some(on_hand) = on_hand else { return Ok(()) };
        self.committed += i64::from(count("Committed")?.unwrap_or(0).max(0));
        let level = StockLevel {
            on_hand,
            quality_control: count("Unavailable")?.unwrap_or(0).max(0),
            incoming: count("Incoming")?.unwrap_or(0).max(0),
            ..StockLevel::default()
        };
        self.add(location, variant, level);
        Ok(())
    }

    fn take_columns(
        &mut self,
        table: &Table,
        variant: usize,
        places: &[(At, String)],
    ) -> Result<(), BadInput> {
        for (at, name) in places {
            let cell = table.cell(*at);
            if let Some(on_hand) = units(&cell)? {
                let location = self.location(&cell, name)?;
                self.add(location, variant, StockLevel { on_hand, ..StockLevel::default() });
            }
        }
        Ok(())
    }

    fn location(&mut self, cell: &Cell<'_>, name: &str) -> Result<usize, BadInput> {
        if let Some(known) = self.locations.iter().position(|known| known == name) {
            return Ok(known);
        }
        if self.locations.len() >= MAX_LOCATIONS {
            let problem = format!("is beyond the {MAX_LOCATIONS} places that a network may have");
            return Err(cell.fault(&problem, "export fewer locations"));
        }
        self.locations.push(name.to_owned());
        Ok(self.locations.len() - 1)
    }

    /// Variants that share a SKU share their units.
    fn add(&mut self, location: usize, variant: usize, level: StockLevel) {
        let file = self.files.len() - 1;
        let first = *self.file_of.entry((location, variant)).or_insert(file);
        if first != file {
            *self.repeated.entry(first).or_default() += 1;
            return;
        }
        self.negative += usize::from(level.on_hand < 0);
        match self.levels.entry((location, variant)) {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(level);
            }
            std::collections::btree_map::Entry::Occupied(mut taken) => {
                self.merged += 1;
                let sum = taken.get_mut();
                sum.on_hand = sum.on_hand.saturating_add(level.on_hand);
                sum.quality_control = sum.quality_control.saturating_add(level.quality_control);
                sum.incoming = sum.incoming.saturating_add(level.incoming);
            }
        }
    }
}

/// `None` where a variant is not kept.
fn units(cell: &Cell<'_>) -> Result<Option<i32>, BadInput> {
    if cell.is_empty() || cell.bytes().eq_ignore_ascii_case(NOT_STOCKED) {
        return Ok(None);
    }
    cell.whole(&UNITS).map(|units| Some(units as i32))
}
