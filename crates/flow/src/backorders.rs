//! Stock arrives: the orders that wait for it are decided, the oldest first.

use crate::Baton;
use crate::call::{Call, What};
use crate::decide::{Asking, begin, decide_in};
use crate::edit_order::let_go_of_what_has_not_started;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use store::orders::Stands;
use store::places::ProductKey;
use store::{Tx, orders};

/// Orders that one arrival looks at: the rest hears of the next round.
const MOST_AT_ONCE: i64 = 100;

/// Decides the backordered units of a product again; how many orders were looked at.
///
/// # Errors
/// The database's.
pub async fn release_backorders(baton: &Baton, call: &Call, product: ProductKey) -> Result<usize, Refused> {
    let waiting = baton
        .db
        .read(move |tx| {
            Box::pin(async move { Ok::<_, Refused>(orders::waiting_for(tx, product, MOST_AT_ONCE).await?) })
        })
        .await?;
    let count = waiting.len();
    for order_id in waiting {
        baton.perform(call, Release { order_id, product }).await?;
    }
    Ok(count)
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
            return Ok(());
        }
        let mut released = 0;
        for item in orders::items(tx, &row.id).await? {
            let units = item.stands.backordered;
            if item.product != self.product || units == 0 {
                continue;
            }
            let by = Stands { open: units, backordered: -units, ..Stands::default() };
            orders::move_units(tx, &row.id, (item.line, item.product), by).await?;
            released += units;
        }
        if released == 0 {
            return Ok(());
        }
        let what = What { kind: "order.backorder_released", subject: &row.id, order_id: Some(&row.id) };
        let facts = json!({ "sku": scene.shop.sku(self.product), "units": released });
        scene.call.tell(tx, what, &facts).await?;
        // Together with what nobody has begun: perhaps one parcel does.
        let_go_of_what_has_not_started(tx, scene, &row.id, "decided together with what was backordered")
            .await?;
        decide_in(tx, scene, &mut row, Asking::Everyone).await
    }
}
