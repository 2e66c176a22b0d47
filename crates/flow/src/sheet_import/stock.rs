//! Units of a file onto their shelves.
//!
//! Owns: batches, each one transaction with how far it is, with the rows that are left out, and with what is needed to
//! take it back. Refuses to know: what a count means beside movements, which is `inventory::feed`'s.

use super::job::{Hand, keep_bad};
use super::plan::{Mode, Plan};
use super::walk::{Placed, Step, Walk, Wanted};
use super::{Tally, count};
use crate::backorders;
use crate::call::Call;
use crate::inventory::entry;
use crate::inventory::feed::{self, Feed, FeedRow, RowEnd};
use crate::refused::Refused;
use connect::files::CellFault;
use std::sync::Arc;
use store::db::DbError;
use store::stock::{self, Moved, Movement, Shelf, Units};
use store::{Tx, sheet_imports};

/// Rows in one transaction: others wait for no more than these.
const BATCH: usize = 200;

/// Rows of a file on their way, and how far the file is after them.
struct Batch {
    steps: Vec<Step>,
    reached: i64,
    before: Tally,
}

pub(super) async fn run(hand: &Hand) -> Result<(), Refused> {
    let mut walk = Walk::begin(&hand.baton.db, &hand.row, &hand.bytes().await?).await?;
    let plan = Arc::new(Plan::read(&hand.row)?);
    let (mut reached, mut tally) = (hand.row.reached, hand.tally()?);
    if reached == 0 {
        begin(hand).await?;
    }
    walk.skip(reached);
    loop {
        let steps = walk.some(BATCH);
        if steps.is_empty() {
            return Ok(());
        }
        reached += i64::try_from(steps.len()).unwrap_or(0);
        let batch = Batch { steps, reached, before: tally };
        tally = put(hand, (Arc::clone(&plan), Arc::new(batch))).await?;
    }
}

/// What the dry run left out does not count any more.
pub(super) async fn begin(hand: &Hand) -> Result<(), DbError> {
    let id: Arc<str> = hand.row.id.as_str().into();
    let begun = hand.baton.db.write(move |tx| {
        let id = Arc::clone(&id);
        Box::pin(async move { sheet_imports::forget_bad(tx, &id).await })
    });
    begun.await
}

async fn put(hand: &Hand, (plan, batch): (Arc<Plan>, Arc<Batch>)) -> Result<Tally, Refused> {
    let asked = Arc::new((hand.clone(), hand.call(), plan, batch));
    let put = hand.baton.db.write(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move {
            let (hand, call, plan, batch) = &*asked;
            put_batch(tx, (hand, call), (plan, batch)).await
        })
    });
    put.await
}

async fn put_batch(
    tx: &mut Tx,
    (hand, call): (&Hand, &Call),
    (plan, batch): (&Plan, &Batch),
) -> Result<Tally, Refused> {
    let mut tally = batch.before.clone();
    let mut shelves: Vec<(&Placed, u64)> = Vec::new();
    let mut bad: Vec<(u64, Vec<CellFault>)> = Vec::new();
    for step in &batch.steps {
        match &step.wanted {
            Ok(Wanted::Stock(placed)) => shelves.extend(placed.iter().map(|placed| (placed, step.line))),
            Ok(_) => count(&mut tally, "skipped"),
            Err(faults) => bad.push((step.line, faults.clone())),
        }
    }
    // In the order of shelves, so that two who write do not wait for each other in a circle.
    shelves.sort_unstable_by_key(|(placed, _)| placed.shelf);
    for (placed, line) in shelves {
        if let Err(fault) = put_shelf(tx, (hand, call), (plan, placed), &mut tally).await? {
            bad.push((line, vec![fault]));
        }
    }
    bad.sort_by_key(|(line, _)| *line);
    bad.dedup_by_key(|(line, _)| *line);
    for (line, faults) in bad {
        count(&mut tally, "bad");
        keep_bad(tx, (&hand.row.id, tally["bad"]), (line, &faults)).await?;
    }
    hand.advance(tx, batch.reached, &tally).await?;
    Ok(tally)
}

/// What really is on a shelf, and what lacks of what is promised.
async fn stands(tx: &mut Tx, shelf: Shelf) -> Result<Option<(Units, i64)>, DbError> {
    let Some(units) = stock::hold_still(tx, shelf).await? else { return Ok(None) };
    Ok(Some((units, stock::missing(tx, shelf).await?.units)))
}

async fn put_shelf(
    tx: &mut Tx,
    (hand, call): (&Hand, &Call),
    (plan, placed): (&Plan, &Placed),
    tally: &mut Tally,
) -> Result<Result<(), CellFault>, Refused> {
    let shelf = placed.shelf;
    let before = stands(tx, shelf).await?;
    let base = sheet_imports::base_of(tx, shelf).await?;
    let done = match plan.mode {
        Mode::Set => set(tx, (hand, call), (plan.as_of, placed)).await?,
        Mode::Add => add(tx, (hand, call), placed).await?,
    };
    if let Err(fault) = done {
        return Ok(Err(fault));
    }
    let after = stands(tx, shelf).await?;
    let is_new = before.is_none() && after.is_some();
    let (units, missing) = after.unwrap_or_default();
    let (units_before, missing_before) = before.unwrap_or_default();
    let moved = (units.on_hand - missing) - (units_before.on_hand - missing_before);
    if moved != 0 {
        let moved = (moved, missing_before);
        sheet_imports::leave_shelf(tx, (hand.document(), shelf), moved, base.as_ref()).await?;
    }
    count(
        tally,
        if is_new {
            "new"
        } else if moved != 0 {
            "changed"
        } else {
            "same"
        },
    );
    if missing > missing_before {
        count(tally, "short");
    }
    Ok(Ok(()))
}

async fn set(
    tx: &mut Tx,
    (hand, call): (&Hand, &Call),
    (as_of_ms, placed): (i64, &Placed),
) -> Result<Result<(), CellFault>, Refused> {
    let feed = Feed { source: hand.document().to_owned(), as_of_ms };
    let row = FeedRow { at: placed.at.clone(), units: placed.units, as_of_ms: None };
    let fault = |say: String| CellFault { column: String::new(), value: placed.units.to_string(), say };
    Ok(match feed::take_row(tx, (call, &feed), (placed.shelf, &row)).await? {
        RowEnd::Applied { .. } | RowEnd::Short(_) => Ok(()),
        RowEnd::Older { .. } => Err(fault(counted_since(&placed.at.subject()))),
        RowEnd::UnknownSku | RowEnd::UnknownLocation | RowEnd::NoCount => Err(fault(
            "the shelf cannot take this count; look whether its product and location are there".to_owned(),
        )),
    })
}

pub(super) fn counted_since(shelf: &str) -> String {
    format!("{shelf} has a newer count; leave the row out, or import it with a later time of the counts")
}

async fn add(
    tx: &mut Tx,
    (hand, call): (&Hand, &Call),
    placed: &Placed,
) -> Result<Result<(), CellFault>, Refused> {
    if placed.units == 0 {
        return Ok(Ok(()));
    }
    if placed.units > 0 {
        stock::open(tx, placed.shelf).await?;
    }
    let mut entry = entry(call, "added by a file", hand.document());
    let (product, location) = (placed.shelf.product.0, placed.shelf.location.0);
    entry.source = Some(format!("{}+{product} at {location}", hand.document()));
    let moved = stock::change(tx, placed.shelf, Movement::Adjust { units: placed.units }, &entry).await?;
    if moved == Moved::Done && placed.units > 0 {
        backorders::wake(tx, call, placed.shelf.product).await?;
    }
    Ok(match moved {
        Moved::Done | Moved::Before => Ok(()),
        Moved::Short { there } => Err(CellFault {
            column: String::new(),
            value: placed.units.to_string(),
            say: too_few(there.as_ref()),
        }),
    })
}

pub(super) fn too_few(there: Option<&Units>) -> String {
    match there {
        Some(units) => format!(
            "only {} of the {} there are free to go; take fewer, or end a promise first",
            units.on_hand - units.bound(),
            units.on_hand
        ),
        None => "there is none of it there; look whether the place is right".to_owned(),
    }
}
