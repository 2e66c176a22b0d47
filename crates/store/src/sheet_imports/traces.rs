//! What an import left: rows that were not taken, shelves and products that it changed.
//!
//! Owns: what is needed to take a change back, and whether others have changed the same since. Refuses to know: how it
//! is taken back.

use crate::db::{DbError, Row, Tx, Value};
use crate::feeds;
use crate::places::LocationKey;
use crate::places::ProductKey;
use crate::stock::Shelf;

const ADD_BAD: &str = "insert into sheet_bad_rows (import_id, line, number, column_name, value, say) \
    values ($1, $2, $3, $4, $5, $6)";
const BAD: &str = "select line, number, column_name, value, say from sheet_bad_rows where import_id = $1 \
    and (line > $2 or line = $2 and number > $3) order by line, number limit $4";
const FORGET_BAD: &str = "delete from sheet_bad_rows where import_id = $1";

const LAST_ENTRY: &str =
    "select coalesce(max(number), 0) as number from ledger where product_id = $1 and location_id = $2";
const LEAVE_SHELF: &str = "insert into sheet_shelves (import_id, product_id, location_id, moved, missing_before, entry, \
    base_as_of, base_units, base_source, outcome) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')";
const BASELINE: &str =
    "select as_of, units, source from baselines where product_id = $1 and location_id = $2";

macro_rules! shelves {
    ($more:literal) => {
        concat!(
            "select s.product_id, s.location_id, s.moved, s.missing_before, s.entry, s.base_as_of, s.base_units, \
             s.base_source, s.outcome, p.sku, l.code from sheet_shelves s join products p on p.id = s.product_id \
             join locations l on l.id = s.location_id where s.import_id = $1 \
             and (s.product_id > $2 or s.product_id = $2 and s.location_id > $3)",
            $more,
            " order by s.product_id, s.location_id limit $4"
        )
    };
}
const SHELVES: &str = shelves!(" and s.outcome = ''");
const CONFLICTS: &str = shelves!(" and s.outcome not in ('', 'reverted')");

/// Somebody said since what stands there, or told what a count had seen already.
const CHANGED_SINCE: &str = "select number from ledger where product_id = $1 and location_id = $2 and number > $3 \
    and movement in ('adjust', 'restate', 'known') and document <> $4 limit 1";
const SETTLE_SHELF: &str =
    "update sheet_shelves set outcome = $4 where import_id = $1 and product_id = $2 and location_id = $3";

const LEAVE_PRODUCT: &str = "insert into sheet_products (import_id, product_id, sku, cells_before, cells_after, outcome) \
    values ($1, $2, $3, $4, $5, '')";
const PRODUCTS: &str = "select product_id, sku, cells_before, cells_after, outcome from sheet_products \
    where import_id = $1 and product_id > $2 order by product_id limit $3";
const SETTLE_PRODUCT: &str =
    "update sheet_products set outcome = $3 where import_id = $1 and product_id = $2";

/// Whatever names a product in the books.
const REFERRED: &str = "select 1 as one where exists (select 1 from stock where product_id = $1) \
    or exists (select 1 from order_items where product_id = $1) \
    or exists (select 1 from fulfillment_items where product_id = $1) \
    or exists (select 1 from substitutions where product_id = $1 or substitute_id = $1) \
    or exists (select 1 from returns where product_id = $1) \
    or exists (select 1 from promise_turns where product_id = $1) \
    or exists (select 1 from arrival_lines where product_id = $1) \
    or exists (select 1 from count_lines where product_id = $1) \
    or exists (select 1 from count_scans where product_id = $1) \
    or exists (select 1 from accuracy_lines where product_id = $1)";
/// Its class is a part of its own row in the setup, and goes with it.
const REMOVE_CLASS: &str = "delete from product_classes where product_id = $1";
const REMOVE: &str = "delete from products where id = $1";

pub(super) const STATEMENTS: [&str; 16] = [
    ADD_BAD,
    BAD,
    FORGET_BAD,
    LAST_ENTRY,
    LEAVE_SHELF,
    BASELINE,
    SHELVES,
    CONFLICTS,
    CHANGED_SINCE,
    SETTLE_SHELF,
    LEAVE_PRODUCT,
    PRODUCTS,
    SETTLE_PRODUCT,
    REFERRED,
    REMOVE_CLASS,
    REMOVE,
];

/// A cell of a row that was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadCell {
    /// On which its row begins.
    pub line: i64,
    /// From 1, within the row.
    pub number: i64,
    /// Empty: the row as a whole.
    pub column: String,
    pub value: String,
    pub say: String,
}

/// # Errors
/// The database's.
pub async fn add_bad(tx: &mut Tx, id: &str, bad: &BadCell) -> Result<(), DbError> {
    let values: [Value; 6] = [
        id.into(),
        bad.line.into(),
        bad.number.into(),
        bad.column.as_str().into(),
        bad.value.as_str().into(),
        bad.say.as_str().into(),
    ];
    tx.insert_later(ADD_BAD, &values).await
}

/// In the order of the file, after a line and number, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn bad(tx: &mut Tx, id: &str, after: (i64, i64), limit: i64) -> Result<Vec<BadCell>, DbError> {
    let read = |row: &Row| {
        Ok(BadCell {
            line: row.int("line")?,
            number: row.int("number")?,
            column: row.text("column_name")?.to_owned(),
            value: row.text("value")?.to_owned(),
            say: row.text("say")?.to_owned(),
        })
    };
    tx.rows(BAD, &[id.into(), after.0.into(), after.1.into(), limit.into()]).await?.iter().map(read).collect()
}

/// # Errors
/// The database's.
pub async fn forget_bad(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    tx.execute(FORGET_BAD, &[id.into()]).await.map(drop)
}

/// What became of a shelf when its import was taken back. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShelfOutcome {
    Reverted,
    /// It was counted since.
    Counted,
    /// It was corrected or stated anew since, or sales were told late that the count had seen.
    Changed,
    /// Units that would go are promised.
    Promised,
}

impl ShelfOutcome {
    pub fn code(self) -> &'static str {
        match self {
            ShelfOutcome::Reverted => "reverted",
            ShelfOutcome::Counted => "counted",
            ShelfOutcome::Changed => "changed",
            ShelfOutcome::Promised => "promised",
        }
    }
}

/// A shelf that an import changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShelfTrace {
    pub shelf: Shelf,
    pub moved: i64,
    pub missing_before: i64,
    pub entry: i64,
    /// As of when, how many, by whom.
    pub base: Option<(i64, i64, String)>,
    pub outcome: String,
    pub sku: String,
    pub location: String,
}

/// The count that holds for a shelf: as of when, how many, by whom.
///
/// # Errors
/// The database's.
pub async fn base_of(tx: &mut Tx, shelf: Shelf) -> Result<Option<(i64, i64, String)>, DbError> {
    let row = tx.row(BASELINE, &shelf.values()).await?;
    row.map(|row| Ok((row.int("as_of")?, row.int("units")?, row.text("source")?.to_owned()))).transpose()
}

/// Writes down what an import did to a shelf: by how much, what was missing, and which count held before.
///
/// # Errors
/// It was written down before; the database's.
pub async fn leave_shelf(
    tx: &mut Tx,
    (id, shelf): (&str, Shelf),
    (moved, missing_before): (i64, i64),
    base: Option<&(i64, i64, String)>,
) -> Result<(), DbError> {
    let [product, location] = shelf.values();
    let entry = tx.row(LAST_ENTRY, &shelf.values()).await?.map_or(Ok(0), |row| row.int("number"))?;
    let (as_of, units, source) = match base {
        Some((as_of, units, source)) => (Some(*as_of), Some(*units), Some(source.as_str())),
        None => (None, None, None),
    };
    let values: [Value; 9] = [
        id.into(),
        product,
        location,
        moved.into(),
        missing_before.into(),
        entry.into(),
        as_of.into(),
        units.into(),
        source.into(),
    ];
    tx.execute(LEAVE_SHELF, &values).await.map(drop)
}

/// Shelves that are still as the import left them, as far as it knows, after `last`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn shelf_traces(
    tx: &mut Tx,
    id: &str,
    last: Shelf,
    limit: i64,
) -> Result<Vec<ShelfTrace>, DbError> {
    shelves(tx, SHELVES, (id, last, limit)).await
}

/// Shelves that were not taken back, and why.
///
/// # Errors
/// The database's.
pub async fn conflicts(tx: &mut Tx, id: &str, last: Shelf, limit: i64) -> Result<Vec<ShelfTrace>, DbError> {
    shelves(tx, CONFLICTS, (id, last, limit)).await
}

async fn shelves(
    tx: &mut Tx,
    sql: &'static str,
    (id, last, limit): (&str, Shelf, i64),
) -> Result<Vec<ShelfTrace>, DbError> {
    let [product, location] = last.values();
    tx.rows(sql, &[id.into(), product, location, limit.into()]).await?.iter().map(ShelfTrace::of).collect()
}

/// Whether somebody counted the shelf since, or said otherwise what stands there; `document`: the import's own.
///
/// # Errors
/// The database's.
pub async fn is_changed_since(
    tx: &mut Tx,
    trace: &ShelfTrace,
    document: &str,
) -> Result<Option<ShelfOutcome>, DbError> {
    let held = base_of(tx, trace.shelf).await?;
    let is_own = held.as_ref().is_some_and(|(_, _, source)| source == document);
    if !is_own && held != trace.base {
        return Ok(Some(ShelfOutcome::Counted));
    }
    let [product, location] = trace.shelf.values();
    let changed = tx.row(CHANGED_SINCE, &[product, location, trace.entry.into(), document.into()]).await?;
    Ok(changed.map(|_| ShelfOutcome::Changed))
}

/// What became of a shelf; where it was taken back, the count before the import's holds again.
///
/// # Errors
/// The database's.
pub async fn settle_shelf(
    tx: &mut Tx,
    id: &str,
    trace: &ShelfTrace,
    outcome: ShelfOutcome,
) -> Result<(), DbError> {
    let [product, location] = trace.shelf.values();
    tx.execute(SETTLE_SHELF, &[id.into(), product, location, outcome.code().into()]).await?;
    if outcome != ShelfOutcome::Reverted {
        return Ok(());
    }
    feeds::put_baseline_back(tx, trace.shelf, trace.base.as_ref()).await
}

/// A product that an import added or changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProductTrace {
    pub product: ProductKey,
    pub sku: String,
    /// JSON; `None`: it was added.
    pub before: Option<String>,
    pub after: String,
    pub outcome: String,
}

/// # Errors
/// The database's.
pub async fn leave_product(tx: &mut Tx, id: &str, trace: &ProductTrace) -> Result<(), DbError> {
    let values: [Value; 5] = [
        id.into(),
        trace.product.0.into(),
        trace.sku.as_str().into(),
        trace.before.as_deref().into(),
        trace.after.as_str().into(),
    ];
    tx.insert_later(LEAVE_PRODUCT, &values).await
}

/// In the order in which they were added to the books, after `last`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn product_traces(
    tx: &mut Tx,
    id: &str,
    last: ProductKey,
    limit: i64,
) -> Result<Vec<ProductTrace>, DbError> {
    let read = |row: &Row| {
        Ok(ProductTrace {
            product: ProductKey(row.int("product_id")?),
            sku: row.text("sku")?.to_owned(),
            before: row.some_text("cells_before")?.map(str::to_owned),
            after: row.text("cells_after")?.to_owned(),
            outcome: row.text("outcome")?.to_owned(),
        })
    };
    tx.rows(PRODUCTS, &[id.into(), last.0.into(), limit.into()]).await?.iter().map(read).collect()
}

/// # Errors
/// The database's.
pub async fn settle_product(
    tx: &mut Tx,
    id: &str,
    product: ProductKey,
    outcome: &'static str,
) -> Result<(), DbError> {
    tx.execute(SETTLE_PRODUCT, &[id.into(), product.0.into(), outcome.into()]).await.map(drop)
}

/// Whether anything in the books names a product.
///
/// # Errors
/// The database's.
pub async fn referred_to(tx: &mut Tx, product: ProductKey) -> Result<bool, DbError> {
    Ok(tx.row(REFERRED, &[product.0.into()]).await?.is_some())
}

/// Removes a product that nothing names.
///
/// # Errors
/// Something names it; the database's.
pub async fn remove_product(tx: &mut Tx, product: ProductKey) -> Result<(), DbError> {
    tx.execute(REMOVE_CLASS, &[product.0.into()]).await?;
    tx.execute(REMOVE, &[product.0.into()]).await.map(drop)
}

impl ShelfTrace {
    fn of(row: &Row) -> Result<ShelfTrace, DbError> {
        let base = row.some_int("base_as_of")?.zip(row.some_int("base_units")?);
        let source = row.some_text("base_source")?.map(str::to_owned);
        let (product, location) = (ProductKey(row.int("product_id")?), LocationKey(row.int("location_id")?));
        Ok(ShelfTrace {
            shelf: Shelf { product, location },
            moved: row.int("moved")?,
            missing_before: row.int("missing_before")?,
            entry: row.int("entry")?,
            base: base.zip(source).map(|((as_of, units), source)| (as_of, units, source)),
            outcome: row.text("outcome")?.to_owned(),
            sku: row.text("sku")?.to_owned(),
            location: row.text("code")?.to_owned(),
        })
    }
}
