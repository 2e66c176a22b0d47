//! The ledger of a shelf, to be read: every change of its units, by whom, why and by which document.
//!
//! Owns: reading it a page at a time. Refuses to know: writing it, which is `stock`'s alone.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};
use crate::stock::{Shelf, Units};

const NEWEST: &str = "select number, at, movement, on_hand, committed, safety_stock, damaged, quality_control, showroom, \
    incoming, actor, reason, document, source from ledger \
    where product_id = $1 and location_id = $2 and number < $3 order by number desc limit $4";

/// 0: whatever it is.
const AFTER: &str = "select number, at, product_id, location_id, movement, on_hand, committed, safety_stock, damaged, \
    quality_control, showroom, incoming, actor, reason, document, source from ledger \
    where number > $1 and ($2 = 0 or location_id = $2) and ($3 = 0 or product_id = $3) and at >= $4 and at < $5 \
    order by number limit $6";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [NEWEST, AFTER];

/// Which entries are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// `None`: of all.
    pub location: Option<LocationKey>,
    pub product: Option<ProductKey>,
    /// Of this moment on
    pub from_ms: i64,
    /// and before this one.
    pub to_ms: i64,
}

/// An entry of the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub number: i64,
    /// When it happened; entries from outside have the time of their source.
    pub at_ms: i64,
    pub movement: String,
    /// By how much each state changed.
    pub by: Units,
    pub actor: String,
    pub reason: String,
    pub document: String,
    pub source: Option<String>,
}

/// The entries of a shelf, the newest first, before number `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut Tx, shelf: Shelf, before: i64, limit: i64) -> Result<Vec<Line>, DbError> {
    let [product, location] = shelf.values();
    let rows = tx.rows(NEWEST, &[product, location, before.into(), limit.into()]).await?;
    rows.iter().map(Line::of).collect()
}

/// Entries with their shelves, in the order in which they were written, after number `last`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn after(
    tx: &mut Tx,
    wanted: Wanted,
    last: i64,
    limit: i64,
) -> Result<Vec<(Shelf, Line)>, DbError> {
    let values: [Value; 6] = [
        last.into(),
        wanted.location.map_or(0, |key| key.0).into(),
        wanted.product.map_or(0, |key| key.0).into(),
        wanted.from_ms.into(),
        wanted.to_ms.into(),
        limit.into(),
    ];
    let read = |row: &Row| {
        let (product, location) = (ProductKey(row.int("product_id")?), LocationKey(row.int("location_id")?));
        Ok((Shelf { product, location }, Line::of(row)?))
    };
    tx.rows(AFTER, &values).await?.iter().map(read).collect()
}

impl Line {
    fn of(row: &Row) -> Result<Line, DbError> {
        Ok(Line {
            number: row.int("number")?,
            at_ms: row.int("at")?,
            movement: row.text("movement")?.to_owned(),
            by: Units::of(row)?,
            actor: row.text("actor")?.to_owned(),
            reason: row.text("reason")?.to_owned(),
            document: row.text("document")?.to_owned(),
            source: row.some_text("source")?.map(str::to_owned),
        })
    }
}
