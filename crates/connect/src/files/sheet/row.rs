//! The rows of a table by a mapping: units of a SKU in places, or cells of a product; or what is wrong with them.
//!
//! Owns: which cells a row needs, what its article shares with the rows before it, and one fault for each cell that is
//! not right. Refuses to know: which products and places there are.

use super::field::{Field, SheetKind};
use super::look::open;
use crate::files::bad_input::{BadInput, BadInputs, shown};
use crate::files::cell::{Cell, Whole};
use crate::files::folder::Cells;
use crate::files::folder::layout::PRODUCTS;
use crate::files::folder::products::is_gtin;
use crate::files::table::Table;
use model::Weight;
use std::sync::Arc;

/// Units of one cell.
const COUNT: Whole = Whole::new("a count", 0, 1_000_000_000);
/// More or fewer by one cell.
const CHANGE: Whole = Whole::new("a change of units", -1_000_000, 1_000_000);
const NOT_STOCKED: &[u8] = b"not stocked";
/// Longest SKU or name.
const LONGEST: usize = 500;

/// What the numbers of a table of stock are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// What stands on the shelf.
    Counts,
    /// How many come or go.
    Changes,
}

/// What a row says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SheetRow {
    Stock {
        sku: String,
        counts: Vec<CountAt>,
    },
    Product(Cells),
    /// Nothing: it is not stocked, or a further picture of an article.
    Nothing,
}

/// Units in a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountAt {
    /// As the file names it; `None`: the place of the whole file.
    pub location: Option<String>,
    pub units: i64,
    /// Where the units stand.
    pub column: usize,
}

/// A cell that is not right; of the whole row where the column is empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CellFault {
    pub column: String,
    pub value: String,
    /// What is wrong, and what to do.
    pub say: String,
}

/// A table that is being read.
pub struct Sheet {
    table: Table,
    kind: SheetKind,
    reading: Reading,
    fields: Vec<(usize, Field)>,
    /// Of the article of the row before.
    handle: String,
    title: String,
    /// Product cells that further rows of an article leave out.
    shared: Cells,
}

/// Columns of `products.csv` that hold for an article, not for one of its variants.
const SHARED: [&str; 3] = ["category", "tags", "handling_class"];

impl Sheet {
    /// Opens a table by what each of its columns means.
    ///
    /// # Errors
    /// It cannot be read as a table.
    pub fn open(
        name: &str,
        bytes: &Arc<[u8]>,
        (kind, reading): (SheetKind, Reading),
        fields: &[Option<Field>],
    ) -> Result<Sheet, BadInputs> {
        let table = open(name, bytes)?;
        let columns = table.header().len();
        let fields = fields.iter().take(columns).enumerate();
        let fields = fields.filter_map(|(i, field)| Some((i, field.clone()?))).collect();
        let (handle, title, shared) = (String::new(), String::new(), Cells::new());
        Ok(Sheet { table, kind, reading, fields, handle, title, shared })
    }

    pub fn header(&self) -> &[String] {
        self.table.header()
    }

    /// What separates the cells.
    pub fn separator(&self) -> char {
        char::from(self.table.delimiter())
    }

    /// The cells of the current row as they stand.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.table.header().len()).map(|i| self.table.cell_at(i).text())
    }

    /// The name of the column with a field, and its cell in the current row.
    pub fn at(&self, field: &Field) -> (&str, &str) {
        let at = self.position(field);
        let name = at.and_then(|at| self.table.header().get(at)).map_or("", String::as_str);
        (name, at.map_or("", |at| self.table.cell_at(at).text()))
    }

    /// The name of a column, and its cell in the current row.
    pub fn column(&self, at: usize) -> (&str, &str) {
        (self.table.header().get(at).map_or("", String::as_str), self.table.cell_at(at).text())
    }

    /// The next row with its line; `None` at the end.
    #[expect(clippy::should_implement_trait, reason = "rows are looked at while they are the current one")]
    pub fn next(&mut self) -> Option<(u64, Result<SheetRow, Vec<CellFault>>)> {
        match self.table.advance() {
            Ok(false) => None,
            Ok(true) => {
                self.carry_over();
                let read = match self.kind {
                    SheetKind::Stock => self.stock(),
                    SheetKind::Products => self.product(),
                };
                Some((self.table.row(), read))
            }
            Err(fault) => Some((fault.row.unwrap_or_default(), Err(vec![of_row(&fault)]))),
        }
    }

    fn position(&self, field: &Field) -> Option<usize> {
        self.fields.iter().find(|(_, own)| own == field).map(|(at, _)| *at)
    }

    fn cell(&self, field: &Field) -> Option<Cell<'_>> {
        self.position(field).map(|at| self.table.cell_at(at))
    }

    fn text(&self, field: &Field) -> &str {
        self.cell(field).map_or("", |cell| cell.text())
    }

    /// What rows of one article share.
    fn carry_over(&mut self) {
        let (handle, title) = (self.text(&Field::Handle).to_owned(), self.text(&Field::Title).to_owned());
        let is_same = title.is_empty() && !handle.is_empty() && handle == self.handle;
        if !is_same {
            let own = |name: &str| {
                let column = PRODUCTS.columns.iter().find(|column| column.name == name)?;
                let text = self.text(&Field::Product(column.name));
                (!text.is_empty()).then(|| (name.to_owned(), text.to_owned()))
            };
            self.shared = SHARED.into_iter().filter_map(own).collect();
            (self.handle, self.title) = (handle, title);
        }
    }

    /// As order lines name a variant: `Classic Top - Small / Red`.
    fn variant(&self) -> String {
        let options = self.fields.iter().filter(|(_, field)| *field == Field::Option);
        let values = options.map(|(at, _)| self.table.cell_at(*at).text());
        let named: Vec<&str> =
            values.filter(|value| !value.is_empty() && *value != "Default Title").collect();
        if named.is_empty() { self.title.clone() } else { format!("{} - {}", self.title, named.join(" / ")) }
    }

    /// The SKU, or the name of a variant that has none: that is how the books know it then.
    fn sku(&self) -> Result<String, CellFault> {
        let (column, sku) = self.at(&Field::Sku);
        let sku = if sku.is_empty() && !self.title.is_empty() { self.variant() } else { sku.to_owned() };
        let fault =
            |say: &str| CellFault { column: column.to_owned(), value: shown(&sku), say: say.to_owned() };
        if sku.is_empty() {
            return Err(fault("is empty; write the SKU of the product"));
        }
        if sku.len() > LONGEST {
            return Err(fault("is longer than any SKU; look for cells that have moved"));
        }
        Ok(sku)
    }

    fn stock(&self) -> Result<SheetRow, Vec<CellFault>> {
        let mut faults = Vec::new();
        let sku = self.sku().map_err(|fault| faults.push(fault)).unwrap_or_default();
        let mut counts = Vec::new();
        let mut take = |at: usize, location: Option<String>, units: Result<Option<i64>, BadInput>| match units
        {
            Ok(Some(units)) => counts.push(CountAt { location, units, column: at }),
            Ok(None) => {}
            Err(fault) => faults.push(self.of_cell(at, &fault)),
        };
        for (at, field) in &self.fields {
            let cell = self.table.cell_at(*at);
            match field {
                Field::UnitsAt(_) if cell.is_empty() => {}
                Field::UnitsAt(place) => take(*at, Some(place.clone()), self.units(cell)),
                Field::Units if self.is_replaced() => {}
                Field::Units => take(*at, self.place(), self.units(cell)),
                Field::NewUnits if cell.is_empty() => {}
                Field::NewUnits => take(*at, self.place(), self.units(cell)),
                _ => {}
            }
        }
        if let Some(at) = self.position(&Field::Location).filter(|at| self.table.cell_at(*at).is_empty()) {
            faults.push(self.of_cell(at, &self.table.cell_at(at).fault("is empty", "write the place")));
        }
        match (faults.is_empty(), counts.is_empty()) {
            (false, _) => Err(faults),
            (true, true) => Ok(SheetRow::Nothing),
            (true, false) => Ok(SheetRow::Stock { sku, counts }),
        }
    }

    fn is_replaced(&self) -> bool {
        self.cell(&Field::NewUnits).is_some_and(|cell| !cell.is_empty())
    }

    fn place(&self) -> Option<String> {
        self.cell(&Field::Location).map(|cell| cell.text().to_owned())
    }

    fn units(&self, cell: Cell<'_>) -> Result<Option<i64>, BadInput> {
        if cell.bytes().eq_ignore_ascii_case(NOT_STOCKED) {
            return Ok(None);
        }
        if cell.is_empty() {
            return Err(cell.fault("is empty", "write how many units there are, or not stocked"));
        }
        match self.reading {
            Reading::Counts => match cell.whole(&COUNT) {
                Err(_) if cell.whole(&CHANGE).is_ok() => {
                    Err(cell.is_not("a count", "count the shelf, and write 0 or more"))
                }
                units => units.map(Some),
            },
            Reading::Changes => cell.whole(&CHANGE).map(Some),
        }
    }

    fn product(&self) -> Result<SheetRow, Vec<CellFault>> {
        let mut faults = Vec::new();
        let mut cells = self.shared.clone();
        let mut says_price = false;
        for (at, field) in &self.fields {
            let Field::Product(column) = field else { continue };
            let cell = self.table.cell_at(*at);
            says_price |= *column == "price_usd" && !cell.is_empty();
            match plain_cell(column, cell) {
                Ok(None) => {}
                Ok(Some(text)) => drop(cells.insert((*column).to_owned(), text)),
                Err(fault) => faults.push(self.of_cell(*at, &fault)),
            }
        }
        // Further pictures of an article have neither.
        if self.text(&Field::Sku).is_empty() && !says_price && self.position(&Field::Handle).is_some() {
            return Ok(SheetRow::Nothing);
        }
        match self.sku() {
            Ok(sku) => drop(cells.insert("sku".to_owned(), sku)),
            Err(fault) => faults.push(fault),
        }
        let name = self.variant();
        if !name.is_empty() {
            cells.entry("name".to_owned()).or_insert(name);
        }
        if faults.is_empty() { Ok(SheetRow::Product(cells)) } else { Err(faults) }
    }

    fn of_cell(&self, at: usize, fault: &BadInput) -> CellFault {
        let (column, value) = self.column(at);
        CellFault { column: column.to_owned(), value: shown(value), ..of_row(fault) }
    }
}

fn of_row(fault: &BadInput) -> CellFault {
    let say = format!("{}; {}", fault.problem, fault.remedy);
    CellFault { column: fault.column.clone().unwrap_or_default(), value: String::new(), say }
}

/// A cell as `products.csv` has it; what it says of numbers is looked at here, so that the fault has its row.
fn plain_cell(column: &str, cell: Cell<'_>) -> Result<Option<String>, BadInput> {
    if cell.is_empty() {
        return Ok(None);
    }
    let unit = PRODUCTS.columns.iter().find(|known| known.name == column).map_or("", |known| known.unit);
    let text = cell.text();
    if text.len() > LONGEST && unit.is_empty() {
        return Err(cell.fault("is longer than 500 letters", "shorten it"));
    }
    // Exports put an apostrophe before what looks like a number.
    let code = text.trim_start_matches('\'');
    if column == "gtin" && !is_gtin(code) {
        let remedy = "write the 8 to 14 digits under the bars, or leave the column out";
        return Err(cell.is_not("a GTIN, EAN or UPC", remedy));
    }
    let number = match unit {
        _ if column == "gtin" => return Ok(Some(code.to_owned())),
        "money" => cell.price().map(drop),
        "oz" => cell.weight(Weight::OUNCE).map(drop),
        "lb" => cell.weight(Weight::POUND).map(drop),
        "g" => cell.weight(Weight::GRAM).map(drop),
        "kg" => cell.weight(1_000 * Weight::GRAM).map(drop),
        "list by ;" => return Ok(Some(text.replace(',', ";"))),
        _ => return Ok(Some(text.replace(['\r', '\n'], " "))),
    };
    number.map(|()| Some(text.replace(',', ".")))
}
