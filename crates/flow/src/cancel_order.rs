//! Cancelling: what has not left the building is let go; what has is handled as a return.

use crate::call::What;
use crate::decide::begin;
use crate::exception::{self, Kind};
use crate::fulfillment::{State, Task, release_all};
use crate::order_state;
use crate::refused::{Refused, broken};
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use store::orders::{OrderRow, Stands};
use store::{Tx, fulfillments, orders};

/// Cancels what has not been handed over: all of an order, or some of its lines.
#[derive(Clone, Debug)]
pub struct CancelOrder {
    pub order_id: String,
    /// Numbers of lines; empty: all.
    pub lines: Vec<i64>,
    pub reason: String,
}

#[async_trait]
impl Verb for CancelOrder {
    type Done = OrderRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<OrderRow, Refused> {
        let mut row = begin(tx, &scene.call, &self.order_id).await?;
        let items = orders::items(tx, &row.id).await?;
        if let Some(i) = self.lines.iter().position(|line| !items.iter().any(|item| item.line == *line)) {
            let say = format!("the order has no line {}", self.lines[i]);
            return Err(Refused::invalid(&format!("/lines/{i}"), say));
        }
        self.let_go(tx, scene).await?;
        let mut cancelled = 0;
        for item in orders::items(tx, &row.id).await?.iter().filter(|item| self.is_meant(item.line)) {
            let (open, backordered) = (item.stands.open, item.stands.backordered);
            let units = open + backordered;
            let by = Stands { open: -open, backordered: -backordered, cancelled: units, ..Stands::default() };
            if units > 0 && !orders::move_units(tx, &row.id, (item.line, item.product), by).await? {
                return Err(broken(&"an order that was held has changed"));
            }
            cancelled += units;
        }
        if cancelled == 0 {
            let say = "nothing of it can be cancelled any more; what has left comes back as a return";
            return Err(Refused::conflict("nothing_to_cancel", say));
        }
        if self.lines.is_empty() {
            row.state = "open".to_owned();
            row.hold.clear();
            let settled =
                [Kind::Unroutable, Kind::AddressHold, Kind::PaymentHold, Kind::PickupChoice, Kind::Oversold];
            exception::settled(tx, &scene.call, &settled, &row.id).await?;
        }
        order_state::settle(tx, &mut row).await?;
        let what = What { kind: "order.cancelled", subject: &row.id, order_id: Some(&row.id) };
        let facts = json!({ "lines": self.lines, "units": cancelled, "reason": self.reason });
        scene.call.tell(tx, what, &facts).await?;
        Ok(row)
    }
}

impl CancelOrder {
    fn is_meant(&self, line: i64) -> bool {
        self.lines.is_empty() || self.lines.contains(&line)
    }

    /// Ends the promises of the lines meant; a task of which nothing is left is cancelled.
    async fn let_go(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        for row in fulfillments::of_order(tx, &self.order_id).await? {
            let mut task = Task::begin(tx, scene, &row.id).await?;
            let is_under_way = State::UNDER_WAY.contains(&task.state);
            if !is_under_way || !task.items.iter().any(|item| item.committed > 0 && self.is_meant(item.line))
            {
                continue;
            }
            let others = task.items.iter().any(|item| item.committed > 0 && !self.is_meant(item.line));
            task.items.retain(|item| self.is_meant(item.line));
            if others {
                crate::fulfillment::release_some(tx, scene, &task, "cancelled").await?;
            } else {
                release_all(tx, scene, &task, "cancelled").await?;
                task.set(tx, scene, State::Cancelled, &json!({ "reason": self.reason })).await?;
            }
        }
        Ok(())
    }
}
