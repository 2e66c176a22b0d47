//! Absolute counts: what a feed or a person says stands on a shelf at a moment.
//!
//! Owns: how such a count and the movements around it make one number, in whatever order they arrive. Refuses to know:
//! where a feed comes from.
//!
//! - A count of `units` as of a moment knows everything that happened until then, that moment included, and nothing after.
//!   On hand becomes `units` and what the ledger has moved after it.
//! - The newest count of a shelf is its *baseline*, whoever made it. An older one changes nothing. Of two as of the same
//!   moment the smaller one holds, so that their order does not matter.
//! - A movement from outside that is told late, and happened before the baseline, is in it already: it is written down as
//!   [`Movement::Known`] and moves nothing. One that happened after it moves its units.
//!
//! So a sale is counted once: by the feed when the feed knows it, by itself when it does not. Units that are gone and
//! promised (`missing`) are dated by the newest of them: a count before that moment takes all of them for later ones,
//! which errs on the side of promising too few, until the next count.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::LocationKey;
use crate::stock::{self, Entry, Moved, Movement, Shelf, Units};

const BASELINE: &str = "select as_of, units from baselines where product_id = $1 and location_id = $2";

const SET_BASELINE: &str = "insert into baselines (product_id, location_id, as_of, units, source) \
    values ($1, $2, $3, $4, $5) on conflict (product_id, location_id) do update \
    set as_of = excluded.as_of, units = excluded.units, source = excluded.source";

const NO_BASELINE: &str = "delete from baselines where product_id = $1 and location_id = $2";

const MOVED_AFTER: &str = "select cast(coalesce(sum(on_hand), 0) as bigint) as units from ledger \
    where product_id = $1 and location_id = $2 and at > $3";

const HEARD: &str = "insert into feeds (location_id, source, as_of, heard_at) values ($1, $2, $3, $4) \
    on conflict (location_id, source) do update set heard_at = excluded.heard_at, \
    as_of = case when excluded.as_of > feeds.as_of then excluded.as_of else feeds.as_of end";

const AGES: &str = "select l.code as code, f.source as source, f.as_of as as_of, f.heard_at as heard_at from feeds f \
    join locations l on l.id = f.location_id where (l.code, f.source) > ($1, $2) order by l.code, f.source limit $3";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 6] = [BASELINE, SET_BASELINE, NO_BASELINE, MOVED_AFTER, HEARD, AGES];

/// A count of a shelf.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count<'a> {
    pub units: i64,
    pub as_of_ms: i64,
    /// The feed, or the count of people.
    pub source: &'a str,
}

/// What a count did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// It is the baseline now. By how much on hand changed, and how many are missing though promised.
    Applied { moved: i64, missing: i64 },
    /// The shelf has a count that is as new, or newer: nothing changed.
    Older { than_ms: i64 },
    /// The location does not stock the product.
    NotStocked,
}

/// Something that happened outside and is told here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outside {
    /// Sold over the counter.
    Sold { units: i64 },
    /// Came back over the counter, for sale.
    Returned { units: i64 },
}

/// How it was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// By how much on hand changed, and how many are missing though promised.
    Done { moved: i64, missing: i64 },
    /// A count that is in the books has seen it.
    Known,
    /// Its source was applied before.
    Before,
    /// The location does not stock the product.
    NotStocked,
}

/// Takes a count of a shelf. The entry's time is the count's.
///
/// # Errors
/// Fewer than no units; the database's.
pub async fn count(tx: &mut Tx, shelf: Shelf, count: &Count<'_>, entry: &Entry) -> Result<Counted, DbError> {
    if stock::hold_still(tx, shelf).await?.is_none() {
        return Ok(Counted::NotStocked);
    }
    let target = match target(tx, shelf, count).await? {
        Ok(target) => target,
        Err(than_ms) => return Ok(Counted::Older { than_ms }),
    };
    let entry = Entry { at_ms: count.as_of_ms, source: Some(named(shelf, count)), ..entry.clone() };
    let Some(corrected) = stock::set_to(tx, shelf, target, &entry).await? else {
        return Ok(Counted::NotStocked);
    };
    set_baseline(tx, shelf, count).await?;
    Ok(Counted::Applied { moved: corrected.moved, missing: corrected.missing })
}

/// What a count would do, and what stands there; nothing is done.
///
/// # Errors
/// The database's.
pub async fn foresee(tx: &mut Tx, shelf: Shelf, count: &Count<'_>) -> Result<(Units, Counted), DbError> {
    let Some(there) = stock::units(tx, shelf).await? else {
        return Ok((Units::default(), Counted::NotStocked));
    };
    Ok(match target(tx, shelf, count).await? {
        Err(than_ms) => (there, Counted::Older { than_ms }),
        Ok(target) => {
            let reached = target.max(there.bound());
            let moved = reached - there.on_hand;
            (there, Counted::Applied { moved, missing: reached - target })
        }
    })
}

/// What a count and the movements after it make of a shelf; `Err`: a count of that moment holds.
async fn target(tx: &mut Tx, shelf: Shelf, count: &Count<'_>) -> Result<Result<i64, i64>, DbError> {
    if let Some((as_of_ms, units)) = baseline(tx, shelf).await?
        && (as_of_ms > count.as_of_ms || as_of_ms == count.as_of_ms && units <= count.units)
    {
        return Ok(Err(as_of_ms));
    }
    let [product, location] = shelf.values();
    let row = tx.row(MOVED_AFTER, &[product, location, count.as_of_ms.into()]).await?;
    let moved_after = row.map_or(Ok(0), |row| row.int("units"))?;
    let missing = stock::missing(tx, shelf).await?;
    let gone_after = if missing.at_ms > count.as_of_ms { missing.units } else { 0 };
    // Below none only where the count and what followed contradict each other: then nothing is there.
    Ok(Ok((count.units + moved_after - gone_after).max(0)))
}

/// Has a count hold again that another one took the place of, or none.
pub(crate) async fn put_baseline_back(
    tx: &mut Tx,
    shelf: Shelf,
    base: Option<&(i64, i64, String)>,
) -> Result<(), DbError> {
    match base {
        Some((as_of_ms, units, source)) => {
            set_baseline(tx, shelf, &Count { units: *units, as_of_ms: *as_of_ms, source }).await
        }
        None => tx.execute(NO_BASELINE, &shelf.values()).await.map(drop),
    }
}

/// Takes what happened outside, once for each source of an entry, whose time is when it happened.
///
/// # Errors
/// Units below 1, an entry without source; the database's.
pub async fn take(tx: &mut Tx, shelf: Shelf, outside: Outside, entry: &Entry) -> Result<Taken, DbError> {
    if entry.source.is_none() {
        return Err(DbError::Refused("what comes from outside must name its source".into()));
    }
    if stock::hold_still(tx, shelf).await?.is_none() {
        return Ok(Taken::NotStocked);
    }
    let (Outside::Sold { units } | Outside::Returned { units }) = outside;
    let is_known = baseline(tx, shelf).await?.is_some_and(|(as_of_ms, _)| as_of_ms >= entry.at_ms);
    if is_known {
        let moved = stock::change(tx, shelf, Movement::Known { units }, entry).await?;
        return Ok(if moved == Moved::Before { Taken::Before } else { Taken::Known });
    }
    if let Outside::Returned { units } = outside {
        let moved = stock::change(tx, shelf, Movement::Return { units }, entry).await?;
        return Ok(match moved {
            Moved::Before => Taken::Before,
            _ => Taken::Done { moved: units, missing: stock::missing(tx, shelf).await?.units },
        });
    }
    let taken = stock::take_out(tx, shelf, units, entry).await?;
    Ok(taken.map_or(Taken::Before, |out| Taken::Done { moved: out.moved, missing: out.missing }))
}

/// An entry with a source has the time of its source, and not of these books.
fn named(shelf: Shelf, count: &Count<'_>) -> String {
    let (product, location) = (shelf.product.0, shelf.location.0);
    format!("{}={} of {product} at {location} as of {}", count.source, count.units, count.as_of_ms)
}

pub(crate) async fn set_baseline(tx: &mut Tx, shelf: Shelf, count: &Count<'_>) -> Result<(), DbError> {
    let [product, location] = shelf.values();
    let values: [Value; 5] =
        [product, location, count.as_of_ms.into(), count.units.into(), count.source.into()];
    tx.execute(SET_BASELINE, &values).await.map(drop)
}

/// The moment of a shelf's newest count, and its units.
pub(crate) async fn baseline(tx: &mut Tx, shelf: Shelf) -> Result<Option<(i64, i64)>, DbError> {
    let row = tx.row(BASELINE, &shelf.values()).await?;
    row.map(|row| Ok((row.int("as_of")?, row.int("units")?))).transpose()
}

/// Notes that a feed has spoken of a location.
///
/// # Errors
/// The database's.
pub async fn heard(
    tx: &mut Tx,
    location: LocationKey,
    count: &Count<'_>,
    heard_at_ms: i64,
) -> Result<(), DbError> {
    let values = [location.0.into(), count.source.into(), count.as_of_ms.into(), heard_at_ms.into()];
    tx.execute(HEARD, &values).await.map(drop)
}

/// The last word of a feed about a location.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Age {
    pub location: String,
    pub source: String,
    pub as_of_ms: i64,
    pub heard_at_ms: i64,
}

/// The last words of feeds by location and source, after the pair `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn ages(tx: &mut Tx, after: (&str, &str), limit: i64) -> Result<Vec<Age>, DbError> {
    let read = |row: &Row| {
        Ok(Age {
            location: row.text("code")?.to_owned(),
            source: row.text("source")?.to_owned(),
            as_of_ms: row.int("as_of")?,
            heard_at_ms: row.int("heard_at")?,
        })
    };
    tx.rows(AGES, &[after.0.into(), after.1.into(), limit.into()]).await?.iter().map(read).collect()
}
