//! Units that are gone although they are promised.
//!
//! Owns: bringing a shelf to a number that was counted, and taking out what has left, as far as promises, damaged units
//! and quality control allow; and the units beyond that, which are missing. They leave the books in the transaction that
//! sets them free, so that nobody is promised them again. Refuses to know: which promise is to be broken.
//!
//! Invariant: where units are missing, nothing on the shelf is free: `on_hand = committed + damaged + quality_control`.

use super::{Entry, Moved, Movement, Shelf, Units, apply, hold_still, units};
use crate::db::{DbError, Tx};

const MISSING: &str = "select units, at from missing_units where product_id = $1 and location_id = $2";

const SET_MISSING: &str = "insert into missing_units (product_id, location_id, units, at) values ($1, $2, $3, $4) \
    on conflict (product_id, location_id) do update set units = excluded.units, at = excluded.at";

const NONE_MISSING: &str = "delete from missing_units where product_id = $1 and location_id = $2";

const COMMITMENTS: &str = "select document, cast(sum(committed) as bigint) as units, min(at) as since from ledger \
    where product_id = $1 and location_id = $2 group by document having sum(committed) > 0 \
    order by since desc, document limit $3";

/// Every statement of this module, for the test that prepares them.
pub(super) const STATEMENTS: [&str; 4] = [MISSING, SET_MISSING, NONE_MISSING, COMMITMENTS];

/// Promises told of a shelf: where there are more, the first tell enough.
pub const MOST_COMMITMENTS: i64 = 100;

/// Units of a shelf that are gone though they are promised.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Missing {
    pub units: i64,
    /// When the newest of them went.
    pub at_ms: i64,
}

/// How far a shelf could be corrected.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Corrected {
    /// By how much on hand changed.
    pub moved: i64,
    /// Units that are gone and still in the books, since they are promised, damaged or in quality control.
    pub missing: i64,
}

/// Units that a document has promised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commitment {
    pub document: String,
    pub units: i64,
    pub since_ms: i64,
}

/// Open promises of a shelf, the newest first.
///
/// # Errors
/// The database's.
pub async fn commitments(tx: &mut Tx, shelf: Shelf) -> Result<Vec<Commitment>, DbError> {
    let [product, location] = shelf.values();
    let rows = tx.rows(COMMITMENTS, &[product, location, MOST_COMMITMENTS.into()]).await?;
    let read = rows.iter().map(|row| {
        Ok(Commitment {
            document: row.text("document")?.to_owned(),
            units: row.int("units")?,
            since_ms: row.int("since")?,
        })
    });
    read.collect()
}

/// Brings on hand to `target`, or as near to it as may be. `None`: there is no such shelf.
///
/// # Errors
/// `target` is below zero; the database's.
pub async fn set_to(
    tx: &mut Tx,
    shelf: Shelf,
    target: i64,
    entry: &Entry,
) -> Result<Option<Corrected>, DbError> {
    if target < 0 {
        return Err(DbError::Refused(format!("no shelf holds {target} units")));
    }
    let Some(there) = hold_still(tx, shelf).await? else { return Ok(None) };
    let reached = target.max(there.bound());
    let moved = reached - there.on_hand;
    if moved != 0 {
        done(apply(tx, shelf, Movement::Adjust { units: moved }, entry).await?)?;
    }
    let before = missing(tx, shelf).await?;
    let lacking = Missing { units: reached - target, at_ms: entry.at_ms.max(before.at_ms) };
    if lacking.units != before.units {
        write(tx, shelf, lacking).await?;
    }
    Ok(Some(Corrected { moved, missing: lacking.units }))
}

/// Takes out units that have left over the counter. Those that others were promised are missing from then on. `None`:
/// there is no such shelf, or the source was applied before.
///
/// # Errors
/// Units below 1; the database's.
pub async fn take_out(
    tx: &mut Tx,
    shelf: Shelf,
    wanted: i64,
    entry: &Entry,
) -> Result<Option<Corrected>, DbError> {
    let Some(there) = hold_still(tx, shelf).await? else { return Ok(None) };
    let taken = wanted.min(there.on_hand - there.bound());
    let movement =
        if taken > 0 { Movement::Sell { units: taken } } else { Movement::Known { units: wanted } };
    match apply(tx, shelf, movement, entry).await? {
        Moved::Before => return Ok(None),
        moved => done(moved)?,
    }
    let before = missing(tx, shelf).await?;
    let lacking = (before.units + wanted - taken.max(0)).min(there.bound());
    if lacking != before.units {
        write(tx, shelf, Missing { units: lacking, at_ms: entry.at_ms.max(before.at_ms) }).await?;
    }
    Ok(Some(Corrected { moved: -taken.max(0), missing: lacking }))
}

/// What is missing from a shelf.
///
/// # Errors
/// The database's.
pub async fn missing(tx: &mut Tx, shelf: Shelf) -> Result<Missing, DbError> {
    let Some(row) = tx.row(MISSING, &shelf.values()).await? else { return Ok(Missing::default()) };
    Ok(Missing { units: row.int("units")?, at_ms: row.int("at")? })
}

/// After a change that may have set units free: those that are missing leave.
pub(super) async fn settle(tx: &mut Tx, shelf: Shelf, entry: &Entry) -> Result<(), DbError> {
    let before = missing(tx, shelf).await?;
    if before.units == 0 {
        return Ok(());
    }
    let there = units(tx, shelf).await?.unwrap_or(Units::default());
    let gone = before.units.min(there.on_hand - there.bound());
    if gone > 0 {
        let reason = "gone while it was promised".to_owned();
        // Dated when they went, not when the promise ended: a count between the two has not seen them.
        let entry = Entry { at_ms: before.at_ms, reason, source: None, ..entry.clone() };
        done(apply(tx, shelf, Movement::Adjust { units: -gone }, &entry).await?)?;
    }
    // What left for a customer was there after all: no more can lack than must be there.
    let lacking = (before.units - gone).min(there.bound());
    write(tx, shelf, Missing { units: lacking, at_ms: before.at_ms }).await
}

async fn write(tx: &mut Tx, shelf: Shelf, missing: Missing) -> Result<(), DbError> {
    let [product, location] = shelf.values();
    match missing.units {
        0 => tx.execute(NONE_MISSING, &[product, location]).await?,
        units => tx.execute(SET_MISSING, &[product, location, units.into(), missing.at_ms.into()]).await?,
    };
    Ok(())
}

fn done(moved: Moved) -> Result<(), DbError> {
    match moved {
        Moved::Done => Ok(()),
        other => Err(DbError::Broken(format!("a shelf that stands still changed: {other:?}"))),
    }
}
