//! `actuals.csv` and `receipts.csv`: what was really done, and what arrived meanwhile.
//!
//! Owns: the two files, in a Baton folder or beside exports, and finding what was done for an order.
//! Refuses to know: whether it was done well.

use super::super::bad_input::{BadInputs, Faults};
use super::super::dir::Dir;
use super::super::hash::hash;
use super::super::table::{At, Table};
use super::BadInput;
use super::inventory::{Names, UNITS};
use super::layout::{ACTUALS, PRODUCTS, RECEIPTS};
use super::lines::{LINE, QUANTITY};
use model::{Day, LocationId, Network, ProductId};
use std::collections::BTreeSet;
use std::path::Path;

/// Most rows of either file.
const MAX_ROWS: usize = 50_000_000;

/// Units of a line that were really shipped from a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Actual {
    order: u64,
    /// Where it stands in the file.
    pub row: u64,
    pub line: u32,
    pub product: ProductId,
    pub quantity: u32,
    pub location: LocationId,
}

/// What was really done for all orders.
#[derive(Clone, Debug)]
pub struct Actuals {
    /// By order, then as in the file.
    rows: Vec<Actual>,
    /// Orders of the file that are not routed.
    left_out: usize,
    /// The file says of some rows what the carrier was paid.
    pub has_shipping_cost: bool,
}

impl Actuals {
    /// What was done for an order; nothing when the file does not name it.
    pub fn of(&self, order_id: &str) -> &[Actual] {
        let order = hash(order_id.as_bytes());
        let from = self.rows.partition_point(|row| row.order < order);
        let len = self.rows[from..].partition_point(|row| row.order == order);
        &self.rows[from..from + len]
    }

    /// Orders of which anything is told, but for those that are not routed.
    pub fn order_count(&self) -> usize {
        self.rows.chunk_by(|a, b| a.order == b.order).count()
    }

    /// Orders of the file that are not routed: what was done for them is not looked at.
    pub fn left_out_count(&self) -> usize {
        self.left_out
    }
}

/// Units that arrived at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Receipt {
    pub day: Day,
    pub location: LocationId,
    pub product: ProductId,
    pub units: u32,
}

/// Where a folder says what happened while its orders came.
#[derive(Clone, Debug)]
pub struct Past {
    dir: Dir,
    /// What the products were read from.
    sold_in: &'static str,
    /// Orders that are not routed, by the hash of their id. What they sold need not be known.
    left_out: BTreeSet<u64>,
}

impl Past {
    pub(crate) fn of_folder(dir: &Path) -> Past {
        Past { dir: dir.into(), sold_in: PRODUCTS.file, left_out: BTreeSet::new() }
    }

    /// Beside exports, some of whose orders are not routed.
    pub(crate) fn beside_exports<'o>(dir: &Path, left_out: impl Iterator<Item = &'o String>) -> Past {
        let left_out = left_out.map(|id| hash(id.as_bytes())).collect();
        Past { dir: dir.into(), sold_in: "the exports", left_out }
    }

    /// What was really done; `None` where the folder does not say.
    ///
    /// # Errors
    /// Every fault found in the file.
    pub fn actuals(&self, network: &Network) -> Result<Option<Actuals>, BadInputs> {
        let Some(mut table) = Table::find(&self.dir, &ACTUALS)? else { return Ok(None) };
        let names = Names::sold_in(self.sold_in, network);
        let columns =
            ["order_id", "line", "sku", "qty", "location_id", "shipping_cost_usd"].map(|n| table.at(n));
        let mut left_out = BTreeSet::new();
        let mut has_shipping_cost = false;
        let mut rows: Vec<Actual> = read(&mut table, |table| {
            let order = hash(table.cell(columns[0]).bytes());
            if self.left_out.contains(&order) {
                left_out.insert(order);
                return Ok(None);
            }
            has_shipping_cost |= !table.cell(columns[5]).is_empty();
            actual(table, columns, &names).map(Some)
        })?;
        rows.sort_by_key(|row| row.order);
        Ok(Some(Actuals { rows, left_out: left_out.len(), has_shipping_cost }))
    }

    /// Receipts by day, place and product; none where the folder has no such file.
    ///
    /// # Errors
    /// Every fault found in the file.
    pub fn receipts(&self, network: &Network) -> Result<Vec<Receipt>, BadInputs> {
        let Some(mut table) = Table::find(&self.dir, &RECEIPTS)? else { return Ok(Vec::new()) };
        let names = Names::sold_in(self.sold_in, network);
        let columns = ["day", "location_id", "sku", "units"].map(|name| table.at(name));
        let mut receipts = read(&mut table, |table| receipt(table, columns, &names).map(Some))?;
        receipts.sort_unstable();
        Ok(receipts)
    }
}

/// Keeps what `row` makes of each row.
fn read<T>(
    table: &mut Table,
    mut row: impl FnMut(&Table) -> Result<Option<T>, BadInput>,
) -> Result<Vec<T>, BadInputs> {
    let mut faults = Faults::default();
    let mut rows = Vec::new();
    while table.next_row(&mut faults)? {
        rows.extend(faults.keep(row(table))?.flatten());
        if rows.len() > MAX_ROWS {
            let problem = format!("is beyond the {MAX_ROWS} rows that the file may have");
            return Err(table.row_fault_of(&problem, "split the folder by time").into());
        }
    }
    faults.into_result()?;
    Ok(rows)
}

fn actual(table: &Table, columns: [At; 6], names: &Names<'_>) -> Result<Actual, BadInput> {
    let [order, line, sku, quantity, location, cost] = columns.map(|at| table.cell(at));
    // Not used, see `docs/formats.md`; but what cannot be read is told.
    cost.filled().map(|cost| cost.price()).transpose()?;
    Ok(Actual {
        order: hash(order.some_text("the id of the order")?.as_bytes()),
        row: table.row(),
        line: line.whole(&LINE)? as u32,
        product: names.product(&sku)?,
        quantity: quantity.whole(&QUANTITY)? as u32,
        location: names.location(&location)?,
    })
}

fn receipt(table: &Table, columns: [At; 4], names: &Names<'_>) -> Result<Receipt, BadInput> {
    let [day, location, sku, units] = columns.map(|at| table.cell(at));
    Ok(Receipt {
        day: day.day_or_number()?,
        location: names.location(&location)?,
        product: names.product(&sku)?,
        units: units.whole(&UNITS)? as u32,
    })
}
