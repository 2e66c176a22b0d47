//! The turn of one order: the verb, and that it had its turn, in one transaction.

use super::Action;
use crate::cancel_order::CancelOrder;
use crate::hold_order::{HoldOrder, LiftHold};
use crate::override_order::RouteAgain;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use std::sync::Arc;
use store::order_batches::{self, BatchOrder, BatchRow, Outcome};
use store::{Tx, orders};

/// Code of the refusal that says that this holder does not count any more: the batch was cancelled, or another has it.
pub(super) const NOT_WANTED: &str = "batch_not_wanted";

/// One order of a batch, under the fence of a lease.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    pub(super) batch: Arc<BatchRow>,
    pub(super) action: Action,
    pub(super) fence: i64,
    pub(super) order: BatchOrder,
}

#[async_trait]
impl Verb for Turn {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        // The order first, as every verb on it: then the batch, which nobody holds for long.
        let hold = self.act(tx, scene).await?;
        self.settle(tx, scene, (Outcome::Done, &hold, "")).await
    }
}

impl Turn {
    /// Does it; the hold that was set or lifted.
    async fn act(&self, tx: &mut Tx, scene: &Scene) -> Result<String, Refused> {
        let order_id = self.order.order_id.clone();
        let reason = self.batch.reason.clone();
        match self.action {
            Action::Hold => {
                let reason = if self.order.hold.is_empty() { reason } else { self.order.hold.clone() };
                HoldOrder { order_id, reason: reason.clone() }.run(tx, scene).await?;
                Ok(reason)
            }
            Action::Release => {
                let row = orders::begin(tx, &order_id, scene.call.at_ms).await?;
                let hold = row.map(|row| row.hold).unwrap_or_default();
                if !self.order.hold.is_empty() && hold != self.order.hold && !hold.is_empty() {
                    let say = format!("it is held for another reason now: {hold}");
                    return Err(Refused::conflict("held_otherwise", say));
                }
                LiftHold { order_id }.run(tx, scene).await?;
                Ok(hold)
            }
            Action::Cancel => {
                CancelOrder { order_id, lines: Vec::new(), reason }.run(tx, scene).await?;
                Ok(String::new())
            }
            Action::Route => {
                RouteAgain { order_id, to: None, reason }.run(tx, scene).await?;
                Ok(String::new())
            }
        }
    }

    async fn settle(
        &self,
        tx: &mut Tx,
        scene: &Scene,
        (outcome, hold, why): (Outcome, &str, &str),
    ) -> Result<(), Refused> {
        let not_wanted = || Refused::conflict(NOT_WANTED, "the batch is over, or another node has it");
        let at_ms = scene.call.at_ms;
        if !order_batches::count(tx, (&self.batch.id, self.fence), outcome).await? {
            return Err(not_wanted());
        }
        let row = (self.batch.id.as_str(), self.order.number);
        match order_batches::settle(tx, row, (outcome, hold, why), at_ms).await? {
            true => Ok(()),
            false => Err(not_wanted()),
        }
    }
}

/// The order refused it: nothing of it is done, and it had its turn.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) turn: Turn,
    pub(super) why: String,
}

#[async_trait]
impl Verb for Refusal {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        self.turn.settle(tx, scene, (Outcome::Failed, "", &self.why)).await
    }
}
