//! Holding an order, and lifting the hold.

use crate::call::What;
use crate::decide::{Asking, begin, decide_in};
use crate::exception::{self, About, Kind};
use crate::order_state;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::HoldReason;
use serde_json::json;
use store::Tx;
use store::orders::OrderRow;

/// Stops everything that was not begun: nothing is decided until the hold is lifted.
#[derive(Clone, Debug)]
pub struct HoldOrder {
    pub order_id: String,
    /// `payment`, `address`, or a word of the shop's own.
    pub reason: String,
}

#[async_trait]
impl Verb for HoldOrder {
    type Done = OrderRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<OrderRow, Refused> {
        let mut row = begin(tx, &scene.call, &self.order_id).await?;
        check_reason(&self.reason)?;
        if row.state != "open" {
            return Err(Refused::conflict("order_not_open", order_state::why_not_open(&row)));
        }
        row.state = "held".to_owned();
        row.hold.clone_from(&self.reason);
        let kind = match self.reason.as_str() {
            "payment" => Some(Kind::PaymentHold),
            "address" => Some(Kind::AddressHold),
            _ => None,
        };
        if let Some(kind) = kind {
            exception::open(tx, &scene.call, kind, &About::order(&row.id)).await?;
        }
        order_state::settle(tx, &mut row).await?;
        let what = What { kind: "order.held", subject: &row.id, order_id: Some(&row.id) };
        scene.call.tell(tx, what, &json!({ "reason": self.reason })).await?;
        Ok(row)
    }
}

/// # Errors
/// It says nothing, or what Baton itself says.
pub(crate) fn check_reason(reason: &str) -> Result<(), Refused> {
    if reason.trim().is_empty() {
        return Err(Refused::invalid("/reason", "is empty; say why the order has to wait"));
    }
    if is_own(reason) {
        let say = format!("{reason} is what Baton itself says; write another word");
        return Err(Refused::invalid("/reason", say));
    }
    Ok(())
}

/// Holds that Baton sets itself, besides those of a decision.
pub(crate) const CONTENDED: &str = "contended";
pub(crate) const FAILED_CHECK: &str = "failed_check";
/// The store of a pickup cannot hand it over whole.
pub(crate) const PICKUP_CHOICE: &str = "pickup_choice";

/// Whether a person or program has said that the order waits: nothing of it leaves, and only lifting the hold ends it.
/// Where Baton itself found no way for the rest of an order, what is under way goes on.
pub(crate) fn is_said_to_wait(order: &OrderRow) -> bool {
    order.state == "held" && !is_own(&order.hold)
}

/// Whether Baton itself holds orders with this word.
fn is_own(hold: &str) -> bool {
    [CONTENDED, FAILED_CHECK, PICKUP_CHOICE].contains(&hold) || HoldReason::CODES.contains(&hold)
}

/// Lifts the hold; what is open is decided.
#[derive(Clone, Debug)]
pub struct LiftHold {
    pub order_id: String,
}

/// Kinds of exceptions that a lifted hold settles.
pub(crate) const SETTLED: [Kind; 4] =
    [Kind::PaymentHold, Kind::AddressHold, Kind::Unroutable, Kind::PickupChoice];

#[async_trait]
impl Verb for LiftHold {
    type Done = OrderRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<OrderRow, Refused> {
        let mut row = begin(tx, &scene.call, &self.order_id).await?;
        if row.state != "held" {
            return Err(Refused::conflict("not_held", "the order is not held; there is no hold to lift"));
        }
        let what = What { kind: "order.released", subject: &row.id, order_id: Some(&row.id) };
        scene.call.tell(tx, what, &json!({ "was": row.hold })).await?;
        row.state = "open".to_owned();
        row.hold.clear();
        exception::settled(tx, &scene.call, &SETTLED, &row.id).await?;
        decide_in(tx, scene, &mut row, Asking::Everyone).await?;
        Ok(row)
    }
}
