//! The rows of a file in the words of the books, one after the other.
//!
//! Owns: finding the product and the place that a row names, and that no shelf or SKU comes twice. Refuses to know: what
//! is done with a row. Invariant: the same file and books give the same rows, so that a walk may begin anew.

use super::plan::{Plan, kind_of};
use crate::inventory::At;
use crate::refused::{FieldFault, Refused};
use connect::files::{CellFault, Cells, CountAt, Field, Sheet, SheetKind, SheetRow};
use std::collections::HashMap;
use std::sync::Arc;
use store::db::{Db, DbError};
use store::places::{self, LocationKey, ProductKey};
use store::sheet_imports::{BadCell, ImportRow};
use store::stock::Shelf;

/// Units of a file on their shelf.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Placed {
    pub(super) shelf: Shelf,
    pub(super) at: At,
    pub(super) units: i64,
}

/// What is to be done for a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    Stock(Vec<Placed>),
    Product(Cells),
    Nothing,
}

/// A row of the file.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) wanted: Result<Wanted, Vec<CellFault>>,
}

/// Products and places by the names that files have for them.
#[derive(Default)]
struct Names {
    skus: HashMap<String, ProductKey>,
    places: HashMap<String, (LocationKey, String)>,
}

pub(super) struct Walk {
    sheet: Sheet,
    names: Names,
    location: Option<String>,
    shelves: HashMap<Shelf, u64>,
    seen_skus: HashMap<String, u64>,
}

impl Walk {
    pub(super) async fn begin(db: &Db, row: &ImportRow, bytes: &Arc<[u8]>) -> Result<Walk, Refused> {
        let (kind, plan) = (kind_of(row)?, Plan::read(row)?);
        let sheet = Sheet::open(&row.name, bytes, (kind, plan.reading()), &plan.fields(kind));
        let sheet = sheet.map_err(|faults| {
            Refused::Invalid(vec![FieldFault { at: String::new(), say: faults.to_string() }])
        })?;
        let names = if kind == SheetKind::Stock { Names::read(db).await? } else { Names::default() };
        let (shelves, seen_skus) = (HashMap::new(), HashMap::new());
        Ok(Walk { sheet, names, location: plan.location, shelves, seen_skus })
    }

    /// The next rows, at most so many.
    pub(super) fn some(&mut self, most: usize) -> Vec<Step> {
        std::iter::from_fn(|| self.step()).take(most).collect()
    }

    /// Passes over rows that are dealt with.
    pub(super) fn skip(&mut self, rows: i64) {
        for _ in 0..rows {
            if self.step().is_none() {
                return;
            }
        }
    }

    fn step(&mut self) -> Option<Step> {
        let (line, read) = self.sheet.next()?;
        let wanted = read.and_then(|row| match row {
            SheetRow::Nothing => Ok(Wanted::Nothing),
            SheetRow::Stock { sku, counts } => self.placed(line, (&sku, &counts)).map(Wanted::Stock),
            SheetRow::Product(cells) => self.product(line, cells).map(Wanted::Product),
        });
        Some(Step { line, wanted })
    }

    fn placed(
        &mut self,
        line: u64,
        (sku, counts): (&str, &[CountAt]),
    ) -> Result<Vec<Placed>, Vec<CellFault>> {
        let mut faults = Vec::new();
        let product = self.names.product(sku);
        if product.is_none() {
            let say = "there is no product with this SKU; correct it, or add the product first";
            faults.push(self.fault(&Field::Sku, (sku, say)));
        }
        let mut placed: Vec<Placed> = Vec::new();
        for count in counts {
            let named = count.location.as_deref().or(self.location.as_deref()).unwrap_or_default();
            let Some((location, code)) = self.names.place(named) else {
                let say = "there is no location of this code or name; correct it, or add the location first";
                faults.push(match self.sheet.at(&Field::Location) {
                    ("", _) => CellFault {
                        column: self.sheet.column(count.column).0.to_owned(),
                        ..fault(named, say)
                    },
                    _ => self.fault(&Field::Location, (named, say)),
                });
                continue;
            };
            let Some(product) = product else { continue };
            let shelf = Shelf { product, location };
            match self.shelves.get(&shelf) {
                Some(first) => {
                    let say = format!("{sku} at {code} stands in row {first} already; keep one of the two");
                    faults.push(self.fault(&Field::Sku, (sku, &say)));
                }
                None => {
                    let at = At { sku: sku.to_owned(), location: code };
                    placed.push(Placed { shelf, at, units: count.units });
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        self.shelves.extend(placed.iter().map(|placed| (placed.shelf, line)));
        Ok(placed)
    }

    fn product(&mut self, line: u64, cells: Cells) -> Result<Cells, Vec<CellFault>> {
        let sku = cells.get("sku").cloned().unwrap_or_default();
        if let Some(first) = self.seen_skus.get(&sku) {
            let say = format!("this SKU stands in row {first} already; keep one of the two");
            return Err(vec![self.fault(&Field::Sku, (&sku, &say))]);
        }
        self.seen_skus.insert(sku, line);
        Ok(cells)
    }

    fn fault(&self, field: &Field, (value, say): (&str, &str)) -> CellFault {
        CellFault { column: self.sheet.at(field).0.to_owned(), ..fault(value, say) }
    }
}

fn fault(value: &str, say: &str) -> CellFault {
    CellFault { column: String::new(), value: value.chars().take(80).collect(), say: say.to_owned() }
}

impl Names {
    async fn read(db: &Db) -> Result<Names, DbError> {
        let (locations, products) = db
            .read::<_, DbError>(|tx| {
                Box::pin(async move { Ok((places::locations(tx).await?, places::products(tx).await?)) })
            })
            .await?;
        let skus = products.into_iter().map(|kept| (kept.row.sku, kept.key)).collect();
        let mut names = Names { skus, ..Names::default() };
        // Codes hold before names.
        for kept in &locations {
            names
                .places
                .entry(kept.row.name.trim().to_lowercase())
                .or_insert((kept.key, kept.row.code.clone()));
        }
        for kept in locations {
            names.places.insert(kept.row.code.to_lowercase(), (kept.key, kept.row.code));
        }
        Ok(names)
    }

    fn product(&self, sku: &str) -> Option<ProductKey> {
        // Exports put an apostrophe before what looks like a number.
        self.skus.get(sku).or_else(|| self.skus.get(sku.trim_start_matches('\''))).copied()
    }

    fn place(&self, name: &str) -> Option<(LocationKey, String)> {
        self.places.get(&name.trim().to_lowercase()).cloned()
    }
}

/// The cells of a bad row as the books keep them.
pub(super) fn bad_cells(line: u64, faults: &[CellFault]) -> Vec<BadCell> {
    let line = i64::try_from(line).unwrap_or(i64::MAX);
    let cell = |(number, fault): (i64, &CellFault)| BadCell {
        line,
        number,
        column: fault.column.clone(),
        value: fault.value.clone(),
        say: fault.say.clone(),
    };
    (1..).zip(faults).map(cell).collect()
}
