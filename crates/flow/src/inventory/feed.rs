//! Feeds: counts of many shelves that a shop, a till or a file brings, and the single movements they tell.
//!
//! Owns: bounded batches, one transaction each, an outcome for every row, and the age of each feed. What a count means
//! beside movements is `store::feeds`. Refuses to know: the layout of files. A feed that breaks off may be sent again
//! from its start: what is applied already changes nothing.

use super::short::{self, Short};
use super::{At, entry};
use crate::backorders;
use crate::call::{Call, What};
use crate::refused::Refused;
use serde_json::json;
use std::collections::BTreeMap;
use store::Tx;
use store::db::Db;
use store::feeds::{self, Count, Counted, Outside, Taken};
use store::places::{self, LocationKey};
use store::stock::{self, Entry, Shelf};

/// Rows in one transaction: others wait for no more than these.
const BATCH: usize = 200;
/// Units of one count.
const MOST_UNITS: i64 = 1_000_000_000;

/// Who counts, and when its counts were true.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Feed {
    /// Stable: `square:main`.
    pub source: String,
    pub as_of_ms: i64,
}

/// One count: units on hand, the promised ones among them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedRow {
    pub at: At,
    pub units: i64,
    /// Where it differs from the feed's.
    pub as_of_ms: Option<i64>,
}

/// How a row ended. Codes are permanent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RowEnd {
    /// On hand changed by so much; 0: the books said so already.
    Applied {
        moved: i64,
    },
    /// The shelf has a count that is as new, or newer: nothing changed.
    Older {
        than_ms: i64,
    },
    /// Fewer than are promised: the books stay at what is promised, and the rest leaves as promises end.
    Short(Short),
    UnknownSku,
    UnknownLocation,
    /// Not between 0 and 1,000,000,000.
    NoCount,
}

impl RowEnd {
    pub fn code(&self) -> &'static str {
        match self {
            RowEnd::Applied { moved: 0 } => "unchanged",
            RowEnd::Applied { .. } => "applied",
            RowEnd::Older { .. } => "older",
            RowEnd::Short(_) => "short",
            RowEnd::UnknownSku => "unknown_sku",
            RowEnd::UnknownLocation => "unknown_location",
            RowEnd::NoCount => "no_count",
        }
    }
}

/// Takes a feed row by row and tells how each ended; how many ended how, by code.
///
/// # Errors
/// A feed without source; the database's. The batches before it are applied and told.
pub async fn take_feed(
    db: &Db,
    call: &Call,
    (feed, rows): (Feed, impl Iterator<Item = FeedRow> + Send),
    mut tell: impl FnMut(&FeedRow, &RowEnd) + Send,
) -> Result<BTreeMap<&'static str, usize>, Refused> {
    if feed.source.trim().is_empty() {
        return Err(Refused::invalid("/source", "a feed needs a name that stays the same; write one"));
    }
    let mut ends: BTreeMap<&'static str, usize> = BTreeMap::new();
    // The request's key is for the feed as a whole: cut off in the middle, it is not done, and may be sent again.
    let piece = Call { once: None, ..call.clone() };
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let batch: Vec<FeedRow> = rows.by_ref().take(BATCH).collect();
        let asked = (piece.clone(), feed.clone(), batch.clone());
        let told = super::in_one(db, asked, |tx, (call, feed, batch)| {
            Box::pin(async move { take_batch(tx, (call, feed), batch).await })
        })
        .await?;
        for (row, end) in batch.iter().zip(&told) {
            tell(row, end);
            *ends.entry(end.code()).or_default() += 1;
        }
    }
    let asked = (call.clone(), feed.source, json!({ "as_of": feed.as_of_ms, "rows": ends }));
    super::in_one(db, asked, |tx, (call, source, facts)| {
        Box::pin(async move {
            let what = What { kind: "feed.taken", subject: source, order_id: None };
            Ok(call.tell(tx, what, facts).await?)
        })
    })
    .await?;
    Ok(ends)
}

async fn take_batch(
    tx: &mut Tx,
    (call, feed): (&Call, &Feed),
    batch: &[FeedRow],
) -> Result<Vec<RowEnd>, Refused> {
    let mut ends = vec![RowEnd::NoCount; batch.len()];
    let mut locations: BTreeMap<&str, Option<LocationKey>> = BTreeMap::new();
    let mut shelves: Vec<(Shelf, usize)> = Vec::new();
    for (i, row) in batch.iter().enumerate().filter(|(_, row)| (0..=MOST_UNITS).contains(&row.units)) {
        let code = row.at.location.trim();
        if !locations.contains_key(code) {
            locations.insert(code, places::location(tx, code).await?);
        }
        match (locations[code], places::product(tx, row.at.sku.trim()).await?) {
            (Some(location), Some(product)) => shelves.push((Shelf { product, location }, i)),
            (None, _) => ends[i] = RowEnd::UnknownLocation,
            (_, None) => ends[i] = RowEnd::UnknownSku,
        }
    }
    // In the order of shelves, so that two feeds do not wait for each other in a circle.
    shelves.sort_unstable();
    let mut newest: BTreeMap<LocationKey, i64> = BTreeMap::new();
    for (shelf, i) in shelves {
        let as_of_ms = as_of(call, feed, &batch[i]);
        let seen = newest.entry(shelf.location).or_insert(as_of_ms);
        *seen = as_of_ms.max(*seen);
        ends[i] = take_row(tx, (call, feed), (shelf, &batch[i])).await?;
    }
    for (location, as_of_ms) in newest {
        let count = Count { units: 0, as_of_ms, source: &feed.source };
        feeds::heard(tx, location, &count, call.at_ms).await?;
    }
    Ok(ends)
}

/// Nobody has counted what is yet to come: a clock that runs ahead must not keep later counts out.
fn as_of(call: &Call, feed: &Feed, row: &FeedRow) -> i64 {
    row.as_of_ms.unwrap_or(feed.as_of_ms).min(call.at_ms)
}

pub(crate) async fn take_row(
    tx: &mut Tx,
    (call, feed): (&Call, &Feed),
    (shelf, row): (Shelf, &FeedRow),
) -> Result<RowEnd, Refused> {
    stock::open(tx, shelf).await?;
    let count = Count { units: row.units, as_of_ms: as_of(call, feed, row), source: &feed.source };
    let entry = entry(call, "counted by a feed", &feed.source);
    Ok(match feeds::count(tx, shelf, &count, &entry).await? {
        Counted::Applied { moved, missing } => {
            if moved > 0 {
                backorders::wake(tx, call, shelf.product).await?;
            }
            let short = short::tell(tx, call, (&row.at, shelf), missing).await?;
            short.map_or(RowEnd::Applied { moved }, RowEnd::Short)
        }
        Counted::Older { than_ms } => RowEnd::Older { than_ms },
        Counted::NotStocked => RowEnd::UnknownLocation,
    })
}

/// A movement at a counter, as its till tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AtCounter {
    pub at: At,
    pub what: Outside,
    /// By the till's clock.
    pub happened_at_ms: i64,
    /// The till's own id of it: it is applied once.
    pub source: String,
}

/// Takes a sale or a return over the counter, early or late, once.
///
/// # Errors
/// Impossible units, no source; no such SKU, location or shelf; the database's.
pub async fn take_from_counter(
    db: &Db,
    call: &Call,
    sale: AtCounter,
) -> Result<(Taken, Option<Short>), Refused> {
    let (Outside::Sold { units } | Outside::Returned { units }) = sale.what;
    if !(1..=1_000_000).contains(&units) {
        return Err(Refused::invalid("/units", "write how many: at least 1, at most 1,000,000"));
    }
    if sale.source.trim().is_empty() {
        return Err(Refused::invalid("/source", "name the sale, so that it is counted once"));
    }
    super::in_one(db, (call.clone(), sale), |tx, (call, sale)| Box::pin(take_sale(tx, call, sale))).await
}

async fn take_sale(tx: &mut Tx, call: &Call, sale: &AtCounter) -> Result<(Taken, Option<Short>), Refused> {
    let shelf = sale.at.shelf(tx).await?;
    let reason = if matches!(sale.what, Outside::Sold { .. }) { "sold over the counter" } else { "returned" };
    let entry = Entry {
        at_ms: sale.happened_at_ms.min(call.at_ms),
        source: Some(sale.source.trim().to_owned()),
        ..entry(call, reason, sale.source.trim())
    };
    let taken = feeds::take(tx, shelf, sale.what, &entry).await?;
    let missing = match taken {
        Taken::Done { moved, missing } => {
            if moved > 0 {
                backorders::wake(tx, call, shelf.product).await?;
            }
            missing
        }
        Taken::NotStocked => {
            return Err(Refused::not_found("shelf", &format!("of {} at {}", sale.at.sku, sale.at.location)));
        }
        Taken::Known | Taken::Before => 0,
    };
    Ok((taken, short::tell(tx, call, (&sale.at, shelf), missing).await?))
}
