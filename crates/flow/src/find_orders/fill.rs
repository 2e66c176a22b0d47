//! Terms for orders that are older than terms are: the oldest first, a few at a time, until all have them.
//!
//! Invariant: what is written twice is there once, so that a task that was broken off, or two at once, do no harm.

use super::terms::{self, IsSplit};
use crate::baton::Baton;
use crate::order::Document;
use crate::refused::Refused;
use crate::shop::Shop;
use crate::timers::Timer;
use std::sync::Arc;
use std::time::Duration;
use store::history::{Placed, placed};
use store::order_terms::Filled;
use store::{Tx, fulfillments, order_terms};

/// Orders in one transaction: who takes orders meanwhile waits no longer than that.
const AT_ONCE: i64 = 100;
/// How often it is looked whether there is anything to do.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Orders in one run: another node may go on.
const MOST_IN_A_RUN: i64 = 50_000;

/// Writes terms for older orders until all have them.
pub fn timer() -> Timer {
    Timer::new("fill_order_terms", LOOK_EVERY, |baton: Baton| async move {
        fill(&baton, MOST_IN_A_RUN).await?;
        Ok(())
    })
}

/// Writes terms for about so many orders; whether all have them now.
///
/// # Errors
/// There are orders, and no network that tells what they are of; the database's.
pub async fn fill(baton: &Baton, most: i64) -> Result<bool, Refused> {
    let filled =
        baton.db.read::<_, Refused>(|tx| Box::pin(async move { Ok(order_terms::filled(tx).await?) }));
    if filled.await?.is_done {
        return Ok(true);
    }
    for _ in 0..(most / AT_ONCE).max(1) {
        // There may be no network yet, and then there are no orders.
        let shop = baton.shop(baton.now_ms()).await.ok();
        let some = baton.db.write::<_, Refused>(move |tx| {
            let shop = shop.clone();
            Box::pin(async move { fill_some(tx, shop.as_ref()).await })
        });
        if some.await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether those were the last.
async fn fill_some(tx: &mut Tx, shop: Option<&Arc<Shop>>) -> Result<bool, Refused> {
    let filled = order_terms::filled(tx).await?;
    if filled.is_done {
        return Ok(true);
    }
    let orders = placed(tx, (filled.placed_at_ms, &filled.order_id), i64::MAX, AT_ONCE).await?;
    for Placed { order, items } in &orders {
        let Some(shop) = shop else {
            return Err(Refused::conflict("no_network", "there are orders, but no places and products yet"));
        };
        // An order whose words cannot be read is found by the rest of it.
        let document: Option<Document> = serde_json::from_str(&order.document).ok();
        let mut all = match &document {
            Some(document) => terms::of_order(shop, order, document, items),
            None => Vec::new(),
        };
        let places: Vec<_> =
            fulfillments::of_order(tx, &order.id).await?.iter().map(|row| row.location).collect();
        let is_split = if places.len() > 1 { IsSplit::Perhaps } else { IsSplit::ByThese };
        all.extend(terms::given_to(places.into_iter(), is_split));
        order_terms::add_missing(tx, (order.placed_at_ms, &order.id), &all).await?;
    }
    let is_done = (orders.len() as i64) < AT_ONCE;
    let last = orders.last().map(|last| (last.order.placed_at_ms, last.order.id.clone()));
    let (placed_at_ms, order_id) = last.unwrap_or((filled.placed_at_ms, filled.order_id));
    order_terms::set_filled(tx, &Filled { placed_at_ms, order_id, is_done }).await?;
    Ok(is_done)
}
