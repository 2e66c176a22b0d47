//! `inventory.csv`: units of each product at each place.
//!
//! Owns: the columns of a stock record, and that no record comes twice. Refuses to know: what units are worth.

use super::super::bad_input::{BadInput, BadInputs, Faults, quoted};
use super::super::cell::{Cell, Whole};
use super::super::hash::{NameIndex, Seen};
use super::super::table::{At, Table};
use super::Opening;
use super::layout::{INVENTORY, PRODUCTS};
use model::{LocationId, Network, ProductId, StockEntry, StockLevel, worth};

/// Most stock records of a folder.
const MAX_RECORDS: usize = 50_000_000;
pub(crate) const UNITS: Whole = Whole::new("a number of units", 0, 1_000_000);
const AGE: Whole = Whole::new("a number of days", 0, 100_000);
const PER_DAY: Whole = Whole::new("a number of units a day", 0, 100_000);

struct Columns {
    location: At,
    sku: At,
    on_hand: At,
    /// In the order of [`set_counts`].
    counts: [At; 6],
    next_receipt: At,
    age_days: At,
    sales_per_day: At,
    markdown: At,
    opportunity: [At; 4],
}

impl Columns {
    fn of(table: &Table) -> Columns {
        let at = |name| table.at(name);
        Columns {
            location: at("location_id"),
            sku: at("sku"),
            on_hand: at("on_hand_units"),
            counts: [
                at("min_stock_floor_units"),
                at("committed_units"),
                at("damaged_units"),
                at("quality_control_units"),
                at("showroom_units"),
                at("incoming_units"),
            ],
            next_receipt: at("next_receipt"),
            age_days: at("age_days"),
            sales_per_day: at("sales_per_day"),
            markdown: at("markdown_credit_usd_per_unit"),
            opportunity: [
                at("opp_cost_last1_usd"),
                at("opp_cost_last2_usd"),
                at("opp_cost_last3_usd"),
                at("opp_cost_last4_usd"),
            ],
        }
    }
}

/// Names of a network, found fast.
pub(crate) struct Names<'n> {
    pub(crate) network: &'n Network,
    /// What the products were read from.
    sold_in: &'static str,
    products: NameIndex,
    locations: NameIndex,
}

impl<'n> Names<'n> {
    pub(crate) fn new(network: &'n Network) -> Names<'n> {
        Names::sold_in(PRODUCTS.file, network)
    }

    /// The names of products that were read from elsewhere: it is where one that is not known is to be added.
    pub(crate) fn sold_in(sold_in: &'static str, network: &'n Network) -> Names<'n> {
        Names {
            network,
            sold_in,
            products: NameIndex::new(network.products.iter().map(|product| product.sku.as_str())),
            locations: NameIndex::new(network.locations.iter().map(|location| location.code.as_str())),
        }
    }

    #[inline]
    pub(crate) fn product(&self, cell: &Cell<'_>) -> Result<ProductId, BadInput> {
        let sku = cell.text();
        let found = self.products.find(sku, |i| self.network.products[i].sku == sku);
        found.map(ProductId).ok_or_else(|| {
            cell.fault(
                &format!("{} is not in {}", quoted(sku), self.sold_in),
                "add the product there, or correct the SKU",
            )
        })
    }

    #[inline]
    pub(crate) fn location(&self, cell: &Cell<'_>) -> Result<LocationId, BadInput> {
        let code = cell.text();
        let found = self.locations.find(code, |i| self.network.locations[i].code == code);
        found.map(|i| LocationId(i as u16)).ok_or_else(|| {
            let problem = format!("{} is not in locations.csv", quoted(code));
            cell.fault(&problem, "add the place there, or correct the code")
        })
    }
}

/// The records, sorted by product and location.
pub(super) fn read(open: &mut Opening, names: &Names<'_>) -> Result<Vec<StockEntry>, BadInputs> {
    let Some(mut table) = Table::find(&open.dir, &INVENTORY)? else { return Ok(Vec::new()) };
    let columns = Columns::of(&table);
    let mut faults = Faults::default();
    let mut seen = Seen::default();
    let mut entries: Vec<StockEntry> = Vec::new();
    let mut last: Option<LocationId> = None;
    while table.next_row(&mut faults)? {
        let location = table.cell(columns.location);
        let is_same =
            last.is_some_and(|last| names.network.location(last).code.as_bytes() == location.bytes());
        last = match last {
            Some(last) if is_same => Some(last),
            _ => faults.keep(names.location(&location))?,
        };
        let Some(location) = last else { continue };
        let Some(entry) = faults.keep(entry(&table, &columns, names, location))? else { continue };
        // Never 0 and never twice: a product's number above a location's.
        let key = u64::from(entry.product.0 + 1) << 16 | u64::from(location.0);
        if !seen.insert(key.wrapping_mul(0x9e37_79b9_7f4a_7c15)) {
            let problem =
                format!("{} stood already above for this place", quoted(table.cell(columns.sku).text()));
            faults.add(table.cell(columns.sku).fault(&problem, "keep one row for each place and SKU"))?;
        }
        entries.push(entry);
        if entries.len() > MAX_RECORDS {
            let problem = format!("is beyond the {MAX_RECORDS} records that a folder may have");
            return Err(table.row_fault_of(&problem, "leave out rows without units").into());
        }
    }
    faults.into_result()?;
    open.finish(&table);
    Ok(entries)
}

#[inline]
fn entry(
    table: &Table,
    columns: &Columns,
    names: &Names<'_>,
    location: LocationId,
) -> Result<StockEntry, BadInput> {
    let product = names.product(&table.cell(columns.sku))?;
    if names.network.product(product).is_bundle() {
        let remedy = "remove the row; its units are those of its components";
        return Err(table.cell(columns.sku).fault("is a bundle, which has no stock of its own", remedy));
    }
    let level = level(table, columns)?;
    Ok(StockEntry { product, location, level })
}

fn level(table: &Table, columns: &Columns) -> Result<StockLevel, BadInput> {
    let mut level =
        StockLevel { on_hand: table.cell(columns.on_hand).whole(&UNITS)? as i32, ..StockLevel::default() };
    set_counts(table, columns, &mut level)?;
    if let Some(day) = table.cell(columns.next_receipt).filled() {
        level.next_receipt = Some(day.day()?);
    }
    if let Some(age) = table.cell(columns.age_days).filled() {
        level.age_days = age.whole(&AGE)? as u32;
    }
    if let Some(sales) = table.cell(columns.sales_per_day).filled() {
        level.sales_per_1000_days = sales.measure(3, &PER_DAY)? as u32;
    }
    if let Some(markdown) = table.cell(columns.markdown).filled() {
        level.stated_markdown = Some(worth::narrow(markdown.price()?));
    }
    level.stated_opportunity = opportunity(table, columns)?;
    Ok(level)
}

fn set_counts(table: &Table, columns: &Columns, level: &mut StockLevel) -> Result<(), BadInput> {
    let [floor, committed, damaged, quality_control, showroom, incoming] = columns.counts;
    for (at, count) in [
        (floor, &mut level.safety_stock),
        (committed, &mut level.committed),
        (damaged, &mut level.damaged),
        (quality_control, &mut level.quality_control),
        (showroom, &mut level.showroom),
        (incoming, &mut level.incoming),
    ] {
        if let Some(cell) = table.cell(at).filled() {
            *count = cell.whole(&UNITS)? as i32;
        }
    }
    Ok(())
}

fn opportunity(table: &Table, columns: &Columns) -> Result<Option<[i32; 4]>, BadInput> {
    let mut stated = [0; 4];
    let mut is_stated = false;
    for (amount, at) in stated.iter_mut().zip(columns.opportunity) {
        if let Some(cell) = table.cell(at).filled() {
            *amount = worth::narrow(cell.price()?);
            is_stated = true;
        }
    }
    Ok(is_stated.then_some(stated))
}
