//! The ledger of a shelf, to be read: every change of its units, by whom, why and by which document.
//!
//! Owns: reading it a page at a time. Refuses to know: writing it, which is `stock`'s alone.

use crate::db::{DbError, Row, Tx};
use crate::stock::{Shelf, Units};

const NEWEST: &str = "select number, at, movement, on_hand, committed, safety_stock, damaged, quality_control, showroom, \
    incoming, actor, reason, document, source from ledger \
    where product_id = $1 and location_id = $2 and number < $3 order by number desc limit $4";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 1] = [NEWEST];

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
    let read = |row: &Row| {
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
    };
    tx.rows(NEWEST, &[product, location, before.into(), limit.into()]).await?.iter().map(read).collect()
}
