//! What becomes of units that no place fills, as the policy of their line says.

use crate::call::What;
use crate::decide::commit::move_open;
use crate::decide::order::{Deciding, Items};
use crate::exception::{self, About, Kind};
use crate::refused::Refused;
use crate::substitute;
use model::{Decision, Remedy};
use serde::Serialize;
use store::Tx;
use store::orders::Stands;
use store::places::ProductKey;

#[derive(Serialize)]
struct Told {
    line: i64,
    units: i64,
    sku: String,
}

/// Backorders, cancels, offers or keeps each leftover. What something else than stock keeps back waits for a person: no
/// receipt would help it.
pub(super) async fn settle(
    tx: &mut Tx,
    deciding: &mut Deciding<'_>,
    decision: &Decision,
) -> Result<(), Refused> {
    let order_id = deciding.row.id.clone();
    let mut is_stuck = false;
    for left in &decision.leftovers {
        let line = deciding.asked.line(left.line);
        let units_of: Vec<_> = deciding.asked.items(left.line, left.quantity).collect();
        for (product, units) in units_of {
            let key = (line, product);
            match left.remedy {
                Remedy::Backorder { .. } if left.cause.is_some_and(|cause| !cause.is_about_stock()) => {
                    is_stuck = true;
                }
                Remedy::Backorder { .. } => {
                    let to = |units| Stands { backordered: units, ..Stands::default() };
                    move_open(tx, deciding, (key, units), to).await?;
                }
                Remedy::Cancel => cancel(tx, deciding, (key, units)).await?,
                Remedy::Substitute { product: other, .. } => {
                    let other = deciding.shop.product_key(other);
                    substitute::offer(tx, deciding.call, &order_id, (key, other, units)).await?;
                }
                Remedy::Hold => is_stuck = true,
            }
        }
    }
    if is_stuck {
        exception::open(tx, deciding.call, Kind::Unroutable, &About::order(&order_id)).await
    } else if matches!(deciding.items, Items::Kept) {
        exception::settled(tx, deciding.call, &[Kind::Unroutable, Kind::Oversold], &order_id).await
    } else {
        // Nothing was ever wrong with a new order.
        Ok(())
    }
}

async fn cancel(
    tx: &mut Tx,
    deciding: &mut Deciding<'_>,
    (key, units): ((i64, ProductKey), i64),
) -> Result<(), Refused> {
    move_open(tx, deciding, (key, units), |units| Stands { cancelled: units, ..Stands::default() }).await?;
    let order_id = &deciding.row.id;
    let told = Told { line: key.0, units, sku: deciding.shop.sku(key.1).to_owned() };
    let what = What { kind: "order.units_cancelled", subject: order_id, order_id: Some(order_id) };
    Ok(deciding.call.tell(tx, what, &told).await?)
}
