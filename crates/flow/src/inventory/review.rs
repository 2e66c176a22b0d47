//! What becomes of a count: handed in, reviewed, posted or counted again.
//!
//! Owns: that nothing a person counted changes the books before a manager has seen by how much. Posting a line changes its
//! shelf by what it differs from what the books said when it was scanned, so that sales since then still count, and is
//! evidence of how right the books are. A line that nobody counted is left as it is, and told. Who is a manager is the
//! way in's to ask.

use super::count::{PAGE, find, in_state, tell};
use super::short::{self, Short};
use super::{At, entry};
use crate::backorders;
use crate::call::Call;
use crate::exception::{self, Kind};
use crate::fulfillment::shelf_subject;
use crate::refused::{Refused, broken};
use serde_json::json;
use store::Tx;
use store::accuracy::{self, Cell, Line};
use store::counts::{self, Count, CountLine, CountState, Posted, Seen};
use store::db::Db;
use store::places::ProductKey;
use store::pools;
use store::stock::{self, Entry, Moved, Movement, Shelf};

/// Lines posted in one transaction: carts wait for no more than these.
const IN_ONE: i64 = 50;

/// A line as a manager sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variance {
    pub line: CountLine,
    /// What the books should have had; `None`: not counted.
    pub expected: Option<i64>,
    /// Counted less expected.
    pub differs: Option<i64>,
    pub is_within: Option<bool>,
}

/// Counting is over: its variances wait for review.
///
/// # Errors
/// There is no such count, or it is not open; the database's.
pub async fn hand_in(db: &Db, call: &Call, count: &str) -> Result<(), Refused> {
    move_on(db, call, (count, CountState::Open, CountState::Review), "count.handed_in").await
}

/// A count comes to nothing; the books stay as they are.
///
/// # Errors
/// There is no such count, or it is neither open nor in review; the database's.
pub async fn cancel_count(db: &Db, call: &Call, count: &str) -> Result<(), Refused> {
    let step = |from| move_on(db, call, (count, from, CountState::Cancelled), "count.cancelled");
    match step(CountState::Open).await {
        Err(Refused::Conflict { .. }) => step(CountState::Review).await,
        other => other,
    }
}

async fn move_on(
    db: &Db,
    call: &Call,
    (count, from, to): (&str, CountState, CountState),
    kind: &'static str,
) -> Result<(), Refused> {
    let asked = (call.clone(), count.to_owned());
    super::in_one(db, asked, move |tx, (call, id)| {
        Box::pin(async move {
            in_state(tx, id, from).await?;
            counts::set_state(tx, id, (from, to), call.at_ms).await?;
            tell(tx, call, kind, (id, json!({}))).await
        })
    })
    .await
}

/// A page of variances by product, after `after`, at most `limit`.
///
/// # Errors
/// There is no such count; the database's.
pub async fn variances(
    db: &Db,
    (count, after): (&str, ProductKey),
    limit: i64,
) -> Result<Vec<Variance>, Refused> {
    let count = count.to_owned();
    db.read(move |tx| {
        let count = count.clone();
        Box::pin(async move {
            let count = find(tx, &count).await?;
            let mut all = Vec::new();
            for line in counts::lines(tx, &count.id, after, limit).await? {
                all.push(variance(tx, &count, line).await?);
            }
            Ok(all)
        })
    })
    .await
}

async fn variance(tx: &mut Tx, count: &Count, line: CountLine) -> Result<Variance, Refused> {
    let shelf = Shelf { product: line.product, location: count.location };
    let (counted, expected) = match (line.posted, line.seen) {
        (Some((counted, expected)), _) => (Some(counted), Some(expected)),
        (None, Some(seen)) => (Some(seen.units), Some(counts::expected(tx, shelf, &seen).await?)),
        (None, None) => (None, None),
    };
    let differs = counted.zip(expected).map(|(counted, expected)| counted - expected);
    Ok(Variance { line, expected, differs, is_within: differs.map(|by| by.abs() <= count.tolerance) })
}

/// Has lines counted again from none: the count is open again for them.
///
/// # Errors
/// There is no such count, SKU or open line; it is not in review; the database's.
pub async fn count_again(db: &Db, call: &Call, (count, skus): (&str, &[String])) -> Result<(), Refused> {
    super::in_one(db, (call.clone(), count.to_owned(), skus.to_vec()), |tx, (call, id, skus)| {
        Box::pin(async move {
            in_state(tx, id, CountState::Review).await?;
            for sku in skus {
                let product = super::product(tx, sku).await?;
                if !counts::count_again(tx, id, product).await? {
                    return Err(Refused::not_found("open line", sku));
                }
            }
            counts::set_state(tx, id, (CountState::Review, CountState::Open), call.at_ms).await?;
            tell(tx, call, "count.again", (id, json!({ "skus": skus }))).await
        })
    })
    .await
}

/// What posting did.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PostedSum {
    pub posted: usize,
    /// Of them: lines that differed by more than the tolerance.
    pub variances: usize,
    /// Of them: a newer count is in the books, which stay.
    pub outdated: usize,
    pub not_counted: usize,
    /// Shelves with fewer units than they have promised.
    pub short: Vec<(At, Short)>,
}

/// Posts what was counted: all lines, or those named. When none is left that was counted, the count is over. Broken off,
/// it may be done again: what is posted is not posted twice.
///
/// # Errors
/// There is no such count or SKU, or it is not in review; the database's.
pub async fn post_count(
    db: &Db,
    call: &Call,
    (count, only): (&str, Option<&[String]>),
) -> Result<PostedSum, Refused> {
    let mut sum = PostedSum::default();
    // The request's key is for all of it: cut off in the middle, it is not done, and may be sent again.
    let piece = Call { once: None, ..call.clone() };
    let mut after = Some(ProductKey(0));
    while let Some(from) = after {
        let asked = (piece.clone(), count.to_owned(), only.map(<[String]>::to_vec), from);
        let (last, page) = super::in_one(db, asked, |tx, (call, id, only, from)| {
            Box::pin(post_some(tx, call, (id, only.as_deref(), *from)))
        })
        .await?;
        sum.add(page);
        after = last;
    }
    super::in_one(db, (call.clone(), count.to_owned()), |tx, (call, id)| Box::pin(finish(tx, call, id)))
        .await?;
    Ok(sum)
}

async fn post_some(
    tx: &mut Tx,
    call: &Call,
    (id, only, after): (&str, Option<&[String]>, ProductKey),
) -> Result<(Option<ProductKey>, PostedSum), Refused> {
    let count = in_state(tx, id, CountState::Review).await?;
    let lines = counts::lines(tx, id, after, IN_ONE).await?;
    let last = lines.last().map(|line| line.product);
    let mut sum = PostedSum::default();
    let is_asked = |line: &CountLine| only.is_none_or(|skus| skus.iter().any(|sku| sku.trim() == line.sku));
    for line in lines.into_iter().filter(|line| line.posted.is_none()).filter(is_asked) {
        let at = At { sku: line.sku.clone(), location: count.location_code.clone() };
        post(tx, call, (&count, &at, line), &mut sum).await?;
    }
    Ok((last, sum))
}

async fn post(
    tx: &mut Tx,
    call: &Call,
    (count, at, line): (&Count, &At, CountLine),
    sum: &mut PostedSum,
) -> Result<(), Refused> {
    let Some(seen) = line.seen else {
        sum.not_counted += 1;
        return Ok(());
    };
    let shelf = Shelf { product: line.product, location: count.location };
    let entry = entry(call, &count.reason, &count.id);
    end_doubt(tx, call, (shelf, at), (&seen, &entry)).await?;
    let (expected, missing) = match counts::post(tx, (&count.id, shelf), &seen, &entry).await? {
        Posted::Before => return Ok(()),
        Posted::Done { expected, missing } => (expected, missing),
        Posted::Outdated { expected } => {
            sum.outdated += 1;
            (expected, 0)
        }
    };
    let class = pools::class(tx, line.product).await?;
    let evidence = Line {
        at_ms: seen.at_ms,
        cell: &Cell { location: count.location, class, channel: String::new() },
        product: line.product,
        expected,
        counted: seen.units,
        tolerance: count.tolerance,
        document: &count.id,
    };
    accuracy::record(tx, &evidence).await?;
    sum.posted += 1;
    sum.variances += usize::from(!evidence.is_within());
    sum.short.extend(short::tell(tx, call, (at, shelf), missing).await?.map(|short| (at.clone(), short)));
    let facts =
        json!({ "sku": at.sku, "location": at.location, "counted": seen.units, "expected": expected });
    backorders::wake(tx, call, line.product).await?;
    tell(tx, call, "count.posted", (&count.id, facts)).await
}

/// What was put aside until somebody counts is settled by a count that was made afterwards: back on sale as far as it was
/// found, and the exception with it.
async fn end_doubt(
    tx: &mut Tx,
    call: &Call,
    (shelf, at): (Shelf, &At),
    (seen, entry): (&Seen, &Entry),
) -> Result<(), Refused> {
    let there = stock::hold_still(tx, shelf).await?.unwrap_or_default();
    let units = counts::suspected(tx, shelf, seen).await?.min(there.quality_control);
    if units > 0 {
        let entry = Entry { reason: "counted".to_owned(), ..entry.clone() };
        let passed = stock::change(tx, shelf, Movement::QualityControl { units: -units }, &entry).await?;
        if passed != Moved::Done {
            return Err(broken(&format!("a shelf that stands still changed: {passed:?}")));
        }
    }
    let subject = shelf_subject(&at.location, &at.sku);
    exception::settled(tx, call, &[Kind::InventoryMismatch], &subject).await
}

/// Ends the count when nothing that was counted waits to be posted.
async fn finish(tx: &mut Tx, call: &Call, id: &str) -> Result<(), Refused> {
    in_state(tx, id, CountState::Review).await?;
    let (mut after, mut not_counted) = (ProductKey(0), 0);
    loop {
        let lines = counts::lines(tx, id, after, PAGE).await?;
        let Some(last) = lines.last() else { break };
        after = last.product;
        let open = lines.iter().filter(|line| line.posted.is_none());
        for line in open {
            if line.seen.is_some() {
                return Ok(());
            }
            not_counted += 1;
        }
    }
    counts::set_state(tx, id, (CountState::Review, CountState::Posted), call.at_ms).await?;
    tell(tx, call, "count.finished", (id, json!({ "not_counted": not_counted }))).await
}

impl PostedSum {
    fn add(&mut self, other: PostedSum) {
        self.posted += other.posted;
        self.variances += other.variances;
        self.outdated += other.outdated;
        self.not_counted += other.not_counted;
        self.short.extend(other.short);
    }
}
