//! More of a product can be had: the orders that wait for it are decided again, the oldest first.
//!
//! Owns: that they hear of it. Whatever frees or brings units says so in its own transaction ([`wake`]); a job decides
//! the orders. Two that do not see each other's transaction may miss each other, and a gate may open by itself: a timer
//! looks every few minutes for what was missed. An order that gains nothing is left exactly as it was, so that looking
//! again costs nothing and leaves no trace.

use crate::Baton;
use crate::call::{Call, What};
use crate::decide::{Asking, begin, decide_in};
use crate::edit_order::let_go_of_what_has_not_started;
use crate::id;
use crate::pass::Pass;
use crate::refused::Refused;
use crate::timers::Timer;
use crate::verb::{Scene, Verb};
use crate::worker::{Ended, Kind, Trouble};
use async_trait::async_trait;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::db::DbError;
use store::jobs::{self, NewJob};
use store::orders::Stands;
use store::places::ProductKey;
use store::{Tx, orders, shelves};

/// Orders read at once.
const PAGE: i64 = 100;
/// Products that one round of the timer looks at: what is left is next.
const MOST_PRODUCTS: i64 = 200;
const JOB: &str = "release_backorders";
/// After that a person looks; the timer goes on meanwhile.
const MOST_ATTEMPTS: i64 = 10;
/// Code of the refusal that takes everything back.
const STILL_WAITING: &str = "still_waiting";

/// There may be more of a product than before. Where orders wait for it, a job decides them; in the transaction of the
/// cause.
///
/// # Errors
/// The database's.
pub async fn wake(tx: &mut Tx, call: &Call, product: ProductKey) -> Result<(), DbError> {
    if !orders::is_waited_for(tx, product).await? {
        return Ok(());
    }
    let job = NewJob {
        id: &id::new("job", call.at_ms),
        kind: JOB,
        subject: &product.0.to_string(),
        payload: "{}",
        key: None,
        due_at_ms: call.at_ms,
        most_attempts: MOST_ATTEMPTS,
        created_at_ms: call.at_ms,
    };
    jobs::enqueue(tx, &job).await.map(drop)
}

/// What does the jobs that [`wake`] writes.
pub fn job_kind() -> Kind {
    Kind::new(JOB, |baton: Baton, job| async move {
        let product = job.subject.parse().map_err(|_| Trouble::Never("it names no product".to_owned()))?;
        release_backorders(&baton, &baton.call(), ProductKey(product)).await?;
        Ok(Ended::Outside)
    })
    // One after the other: they would take turns for the same orders anyway.
    .at_once(1)
}

/// Looks for orders that wait though there is something.
pub fn timer() -> Timer {
    let around = Arc::new(Around::default());
    Timer::new(JOB, Duration::from_secs(300), move |baton: Baton| {
        let around = Arc::clone(&around);
        async move { Ok(around.look_at(&baton, MOST_PRODUCTS).await?) }
    })
}

/// Goes around all products that orders wait for, some in each round: those that nothing helps must not keep the others
/// from being looked at. Each node goes its own way around.
#[derive(Default)]
pub struct Around {
    /// The product that was looked at last; 0: none of this time around.
    last: AtomicI64,
}

impl Around {
    /// Looks at the next products, at most so many.
    ///
    /// # Errors
    /// The first that one of them met; the others were looked at all the same.
    pub async fn look_at(&self, baton: &Baton, most: i64) -> Result<(), Refused> {
        let after = ProductKey(self.last.load(Ordering::Relaxed));
        let read =
            baton.db.read(move |tx| Box::pin(async move { orders::waited_for(tx, after, most).await }));
        let products: Vec<ProductKey> = read.await?;
        let is_the_end = (products.len() as i64) < most;
        let mut pass = Pass::default();
        for product in products {
            pass.note(release_backorders(baton, &baton.call(), product).await);
            // A round that is cut off goes on from here.
            self.last.store(product.0, Ordering::Relaxed);
        }
        if is_the_end {
            self.last.store(0, Ordering::Relaxed);
        }
        pass.end().map(drop)
    }
}

/// Decides the backordered units of a product again, as long as any shelf has some; how many orders got some.
///
/// # Errors
/// The database's.
pub async fn release_backorders(baton: &Baton, call: &Call, product: ProductKey) -> Result<usize, Refused> {
    let (mut after, mut released) = ((i64::MIN, String::new()), 0);
    loop {
        let page = waiting(baton, product, after).await?;
        let Some(last) = page.last().cloned() else { return Ok(released) };
        after = last;
        for (_, order_id) in page {
            if !is_anywhere(baton, product).await? {
                return Ok(released);
            }
            match baton.perform(call, Release { order_id, product }).await {
                Ok(()) => released += 1,
                Err(Refused::Conflict { code: STILL_WAITING, .. }) => {}
                Err(other) => return Err(other),
            }
        }
    }
}

async fn waiting(
    baton: &Baton,
    product: ProductKey,
    after: (i64, String),
) -> Result<Vec<(i64, String)>, DbError> {
    let page = baton.db.read(move |tx| {
        let (at_ms, id) = after.clone();
        Box::pin(async move { orders::waiting_for(tx, product, (at_ms, &id), PAGE).await })
    });
    page.await
}

async fn is_anywhere(baton: &Baton, product: ProductKey) -> Result<bool, DbError> {
    let there = baton.db.read(move |tx| Box::pin(async move { shelves::of_product(tx, product).await }));
    Ok(there.await?.iter().any(|shelf| shelf.units.available() > 0))
}

struct Release {
    order_id: String,
    product: ProductKey,
}

#[async_trait]
impl Verb for Release {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        let mut row = begin(tx, &scene.call, &self.order_id).await?;
        if row.state != "open" {
            return Err(still_waiting());
        }
        let before = without_a_place(tx, &row.id).await?;
        let mut asked = 0;
        for item in orders::items(tx, &row.id).await? {
            let units = item.stands.backordered;
            if item.product != self.product || units == 0 {
                continue;
            }
            let by = Stands { open: units, backordered: -units, ..Stands::default() };
            orders::move_units(tx, &row.id, (item.line, item.product), by).await?;
            asked += units;
        }
        if asked == 0 {
            return Err(still_waiting());
        }
        let what = What { kind: "order.backorder_released", subject: &row.id, order_id: Some(&row.id) };
        let facts = json!({ "sku": scene.shop.sku(self.product), "units": asked });
        scene.call.tell(tx, what, &facts).await?;
        // Together with what nobody has begun: perhaps one parcel does.
        let_go_of_what_has_not_started(tx, scene, &row.id, "decided together with what was backordered")
            .await?;
        decide_in(tx, scene, &mut row, Asking::Everyone).await?;
        match without_a_place(tx, &row.id).await? < before {
            true => Ok(()),
            false => Err(still_waiting()),
        }
    }
}

fn still_waiting() -> Refused {
    Refused::conflict(STILL_WAITING, "nothing that has come can serve this order")
}

/// Units of an order that no place has.
pub(crate) async fn without_a_place(tx: &mut Tx, order_id: &str) -> Result<i64, DbError> {
    let items = orders::items(tx, order_id).await?;
    Ok(items.iter().map(|item| item.stands.open + item.stands.backordered).sum())
}
