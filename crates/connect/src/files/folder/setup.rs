//! The setup of a retailer, apart from any folder: the cells of its places and products, and the texts of the files
//! beside them.
//!
//! Owns: taking that out of a folder, and building a network from it through the folder's own readers.
//! Refuses to know: where a setup is kept, and stock and orders.

use super::super::bad_input::{BadInput, BadInputs, Faults, quoted};
use super::super::dir::Dir;
use super::super::table::{Table, text_fault};
use super::super::text::TextSource;
use super::layout::{
    Column, FileLayout, LOCATIONS, MANIFEST, Need, PRODUCTS, RATES, SERVICES, SETTINGS, SURCHARGES,
    ZONE_PAIRS, ZONES,
};
use super::products::MAX_PRODUCTS;
use super::{Opening, Placed, network};
use model::nearest::nearest;
use model::network::MAX_LOCATIONS;
use model::{Day, Network};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// The filled cells of a row, by the names that `docs/formats.md` gives the columns.
pub type Cells = BTreeMap<String, String>;

/// Largest file of a setup, as text: the ways from 4,000 places to every ZIP prefix fit.
pub const MAX_SETUP_FILE: usize = 256 << 20;

/// Files that are read whole, whatever they say.
const SMALL: [&FileLayout; 2] = [&MANIFEST, &SETTINGS];
const TABLES: [&FileLayout; 5] = [&RATES, &SERVICES, &SURCHARGES, &ZONES, &ZONE_PAIRS];
/// Columns of `products.csv` that name other products.
const REFERENCES: [&str; 2] = ["substitutes", "components"];

/// What a network is built from.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Setup {
    pub locations: Vec<Cells>,
    pub products: Vec<Cells>,
    /// Texts by name, such as `settings.toml`; see [`Setup::file_names`].
    pub files: BTreeMap<String, String>,
}

impl Setup {
    /// The files that a setup may have beside its places and products.
    pub fn file_names() -> impl Iterator<Item = &'static str> {
        SMALL.into_iter().chain(TABLES).map(|layout| layout.file)
    }

    /// The setup of a folder. Cells are taken as they are, but that decimals get a point; [`Setup::network`] looks at
    /// what they say.
    ///
    /// # Errors
    /// A file cannot be read as a table, or as text.
    pub fn of_folder(dir: &Path) -> Result<Setup, BadInputs> {
        let dir = Dir::from(dir);
        let locations = rows(&dir, &LOCATIONS, MAX_LOCATIONS)?;
        let products = rows(&dir, &PRODUCTS, MAX_PRODUCTS)?;
        let mut files = BTreeMap::new();
        for layout in SMALL {
            let text = dir.read_small(layout.file)?;
            files.extend(text.map(|text| (layout.file.to_owned(), text)));
        }
        for layout in TABLES {
            let text = text(&dir, layout.file)?;
            files.extend(text.map(|text| (layout.file.to_owned(), text)));
        }
        Ok(Setup { locations, products, files })
    }

    /// The network, with opening hours from `today` on, and what had to be assumed or should be looked at.
    ///
    /// # Errors
    /// Every fault, as in files of a folder; see [`Setup::position`].
    pub fn network(&self, today: Day) -> Result<(Network, Vec<String>), BadInputs> {
        let mut held: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        for (name, text) in &self.files {
            demand_known(name, text)?;
            held.insert(name.clone(), text.as_bytes().into());
        }
        for (layout, rows) in [(&LOCATIONS, &self.locations), (&PRODUCTS, &self.products)] {
            held.insert(layout.file.to_owned(), table(layout, rows)?.into());
        }
        let mut open = Opening::new(Dir::Held(held))?;
        open.first = Some(Placed::OnDay(today, 0));
        let network = network(&mut open)?;
        let mut told = open.assumptions;
        told.append(&mut open.notes);
        Ok((network, told))
    }

    /// Which of the locations, or of the products, a fault of their file is about.
    pub fn position(fault: &BadInput) -> Option<usize> {
        // The first row is the header, and no cell reaches over a line.
        fault.row.and_then(|row| usize::try_from(row).ok()?.checked_sub(2))
    }

    /// Has products that name `from` as a substitute or component name `to` instead.
    pub fn follow_rename(&mut self, from: &str, to: &str) {
        for cells in &mut self.products {
            for column in REFERENCES {
                let Some(cell) = cells.get_mut(column) else { continue };
                let names: Vec<String> =
                    cell.split([';', '|']).map(|entry| renamed(entry.trim(), (from, to))).collect();
                if names.iter().any(|name| sku_of(name) == to) {
                    *cell = names.join(";");
                }
            }
        }
    }
}

fn sku_of(entry: &str) -> &str {
    entry.rsplit_once('*').map_or(entry, |(sku, _)| sku.trim())
}

fn renamed(entry: &str, (from, to): (&str, &str)) -> String {
    match entry.rsplit_once('*') {
        Some((sku, count)) if sku.trim() == from => format!("{to}*{count}"),
        None if entry == from => to.to_owned(),
        _ => entry.to_owned(),
    }
}

fn rows(dir: &Dir, layout: &'static FileLayout, most: usize) -> Result<Vec<Cells>, BadInputs> {
    let Some(mut table) = Table::find(dir, layout)? else { return Ok(Vec::new()) };
    let columns: Vec<_> = layout.columns.iter().map(|column| (column, table.at(column.name))).collect();
    let mut faults = Faults::default();
    let mut rows = Vec::new();
    while table.next_row(&mut faults)? {
        if rows.len() == most {
            let problem = format!("is beyond the {most} rows that there may be");
            return Err(table.row_fault_of(&problem, "leave out rows that are not needed").into());
        }
        let filled = columns.iter().filter_map(|(column, at)| {
            let text = table.cell(*at).filled()?.text();
            let text = if table.decimal_mark() == b',' { with_point(text, column) } else { text.to_owned() };
            Some((column.name.to_owned(), text))
        });
        rows.push(filled.collect());
    }
    faults.into_result()?;
    Ok(rows)
}

/// A number of a table whose decimals have a comma, with a point.
fn with_point(text: &str, column: &Column) -> String {
    let is_number = !column.unit.is_empty() && !column.unit.starts_with("list");
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.trim_start_matches(['-', '+']).trim_end_matches(['%', ' ']);
    match number.split_once(',') {
        Some((whole, decimals)) if is_number && digits(whole) && digits(decimals) => text.replace(',', "."),
        _ => text.to_owned(),
    }
}

fn text(dir: &Dir, file: &str) -> Result<Option<String>, BadInput> {
    let Some((name, opened)) = dir.open(file) else { return Ok(None) };
    let fault = |(problem, remedy): (String, String)| BadInput::of_file(&name, problem, remedy);
    let unopened = |error: &std::io::Error| {
        let problem = format!("cannot be opened: {}", super::super::plain_words(error));
        BadInput::of_file(&name, problem, "check the path and its permissions")
    };
    let (mut source, _): (TextSource, _) = opened.map_err(|error| unopened(&error))?;
    let mut bytes = Vec::new();
    while source.fill(&mut bytes).map_err(|error| fault(text_fault(&error)))? {
        if bytes.len() > MAX_SETUP_FILE {
            return Err(too_large(&name));
        }
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn too_large(file: &str) -> BadInput {
    let problem = format!("is larger than {} MiB", MAX_SETUP_FILE >> 20);
    BadInput::of_file(file, problem, "leave out rows that are not needed")
}

fn demand_known(name: &str, text: &str) -> Result<(), BadInput> {
    if !Setup::file_names().any(|known| known == name) {
        let names: Vec<&str> = Setup::file_names().collect();
        let remedy = format!("name one of {}", names.join(", "));
        return Err(BadInput::of_file(name, "is no file of the setup", remedy));
    }
    if text.len() > MAX_SETUP_FILE { Err(too_large(name)) } else { Ok(()) }
}

/// Cells as a table: the columns that any row fills, and those that must be there.
fn table(layout: &'static FileLayout, rows: &[Cells]) -> Result<Vec<u8>, BadInputs> {
    let mut faults = Faults::default();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (i, cells) in rows.iter().enumerate() {
        for name in cells.keys() {
            if !used.contains(name.as_str()) && !is_column(layout, name) {
                faults.add(unknown(layout, name).at_row(i as u64 + 2))?;
            }
            used.insert(name);
        }
    }
    faults.into_result()?;
    let is_used = |column: &&Column| column.need == Need::Required || used.contains(column.name);
    let columns: Vec<&str> = layout.columns.iter().filter(is_used).map(|column| column.name).collect();
    let mut csv = csv::Writer::from_writer(Vec::new());
    let unwritten = |error: csv::Error| BadInput::of_file(layout.file, error.to_string(), "try again");
    csv.write_record(&columns).map_err(unwritten)?;
    for cells in rows {
        let row = columns.iter().map(|column| one_line(cells.get(*column).map_or("", String::as_str)));
        csv.write_record(row).map_err(unwritten)?;
    }
    csv.into_inner().map_err(|error| unwritten(error.into_error().into()).into())
}

fn one_line(cell: &str) -> String {
    cell.replace(['\r', '\n'], " ")
}

fn is_column(layout: &FileLayout, name: &str) -> bool {
    layout.columns.iter().any(|column| column.name == name)
}

fn unknown(layout: &FileLayout, name: &str) -> BadInput {
    let names = layout.columns.iter().map(|column| column.name);
    let remedy = match nearest(name, names) {
        Some(near) => format!("write {near}"),
        None => format!("leave it out; docs/formats.md lists the columns of {}", layout.file),
    };
    BadInput::of_file(layout.file, format!("{} is no column", quoted(name)), remedy).in_column(name)
}
