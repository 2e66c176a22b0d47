//! What becomes of units that no place fills, as the policy of their line says.

use crate::call::What;
use crate::decide::commit::move_open;
use crate::decide::order::Deciding;
use crate::exception::{self, Kind};
use crate::refused::Refused;
use crate::substitute;
use model::{Decision, Remedy};
use serde::Serialize;
use store::Tx;
use store::orders::Stands;

#[derive(Serialize)]
struct Told {
    line: i64,
    units: i64,
    sku: String,
}

/// Backorders, cancels, offers or keeps each leftover.
pub(super) async fn settle(tx: &mut Tx, deciding: &Deciding<'_>, decision: &Decision) -> Result<(), Refused> {
    let order_id = &deciding.row.id;
    for left in &decision.leftovers {
        let line = deciding.asked.line(left.line);
        for (product, units) in deciding.asked.items(left.line, left.quantity) {
            let key = (line, product);
            match left.remedy {
                Remedy::Backorder { .. } => {
                    let to = |units| Stands { backordered: units, ..Stands::default() };
                    move_open(tx, order_id, (key, units), to).await?;
                }
                Remedy::Cancel => {
                    let to = |units| Stands { cancelled: units, ..Stands::default() };
                    move_open(tx, order_id, (key, units), to).await?;
                    let told = Told { line, units, sku: deciding.shop.sku(product).to_owned() };
                    let what =
                        What { kind: "order.units_cancelled", subject: order_id, order_id: Some(order_id) };
                    deciding.call.tell(tx, what, &told).await?;
                }
                Remedy::Substitute { product: other, .. } => {
                    let other = deciding.shop.product_key(other);
                    substitute::offer(tx, deciding.call, order_id, (key, other, units)).await?;
                }
                Remedy::Hold => {
                    let about = exception::About::order(order_id);
                    exception::open(tx, deciding.call, Kind::Unroutable, &about).await?;
                }
            }
        }
    }
    Ok(())
}
