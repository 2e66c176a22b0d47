//! Taking an import of stock back: the exact opposite on each shelf that it changed.
//!
//! Owns: which shelves are left alone, because somebody has counted or changed them since. Refuses to know: how units
//! change. Each shelf is settled once, in the transaction of its change; one that is broken off goes on with the rest.

use super::count;
use super::job::Hand;
use crate::backorders;
use crate::call::Call;
use crate::inventory::entry;
use crate::refused::Refused;
use std::sync::Arc;
use store::Tx;
use store::sheet_imports::{self, ShelfOutcome, ShelfTrace};
use store::shelves::START;
use store::stock;

/// Shelves in one transaction.
const BATCH: i64 = 200;

pub(super) async fn run(hand: &Hand) -> Result<(), Refused> {
    let mut tally = hand.tally()?;
    loop {
        let asked = Arc::new((hand.clone(), hand.call(), tally.clone()));
        let reverted = hand.baton.db.write::<_, Refused>(move |tx| {
            let asked = Arc::clone(&asked);
            Box::pin(async move {
                let (hand, call, tally) = &*asked;
                let mut tally = tally.clone();
                // Those that are settled are not among them any more.
                let traces = sheet_imports::shelf_traces(tx, hand.document(), START, BATCH).await?;
                for trace in &traces {
                    let outcome = take_back(tx, (hand, call), trace).await?;
                    sheet_imports::settle_shelf(tx, hand.document(), trace, outcome).await?;
                    count(
                        &mut tally,
                        if outcome == ShelfOutcome::Reverted { "reverted" } else { "conflicts" },
                    );
                }
                hand.advance(tx, hand.row.reached, &tally).await?;
                Ok((traces.len(), tally))
            })
        });
        let (taken, after) = reverted.await?;
        tally = after;
        if taken == 0 {
            return Ok(());
        }
    }
}

async fn take_back(
    tx: &mut Tx,
    (hand, call): (&Hand, &Call),
    trace: &ShelfTrace,
) -> Result<ShelfOutcome, Refused> {
    let Some(there) = stock::hold_still(tx, trace.shelf).await? else { return Ok(ShelfOutcome::Changed) };
    if let Some(outcome) = sheet_imports::is_changed_since(tx, trace, hand.document()).await? {
        return Ok(outcome);
    }
    let missing = stock::missing(tx, trace.shelf).await?.units;
    let target = there.on_hand - missing - trace.moved;
    // What lacked before may lack again; more than that would break promises made since.
    if target < 0 || there.bound() - target > trace.missing_before.max(0) {
        return Ok(ShelfOutcome::Promised);
    }
    let mut entry = entry(call, "import taken back", hand.document());
    let (product, location) = (trace.shelf.product.0, trace.shelf.location.0);
    entry.source = Some(format!("{}-{product} at {location}", hand.document()));
    stock::set_to(tx, trace.shelf, target, &entry).await?;
    if trace.moved < 0 {
        backorders::wake(tx, call, trace.shelf.product).await?;
    }
    Ok(ShelfOutcome::Reverted)
}
