//! The counter: ready, collected, or never fetched.

use super::hand_over::ship_units;
use super::let_go::release_all;
use super::pack::NEXT;
use super::pick::next_clock;
use super::task::{State, Task};
use crate::order_state;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::Timestamp;
use serde_json::json;
use store::orders::Stands;
use store::{Tx, fulfillments, orders};

/// Days that a pickup waits for its customer.
const WAITS_DAYS: i64 = 7;

/// The bag stands at the counter; the customer is told.
#[derive(Clone, Debug)]
pub struct MarkReady {
    pub id: String,
}

#[async_trait]
impl Verb for MarkReady {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::Packed], "made ready for pickup")?;
        if task.row.lane != "pickup" {
            return Err(Refused::conflict(
                "not_a_pickup",
                "it is sent to the customer; hand it over instead",
            ));
        }
        task.row.due_at_ms = scene.call.at_ms + WAITS_DAYS * Timestamp::DAY_MS;
        let facts = json!({ "wait_until_ms": task.row.due_at_ms });
        task.set(tx, scene, State::ReadyForPickup, &facts).await?;
        Ok(task)
    }
}

/// Somebody fetches it.
#[derive(Clone, Debug)]
pub struct Collect {
    pub id: String,
    /// What the customer shows; compared without regard to case and blanks.
    pub code: String,
    /// Who fetched it.
    pub by: String,
    /// Where the code is lost: how the person was known instead.
    pub known_by: String,
}

#[async_trait]
impl Verb for Collect {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::ReadyForPickup], "collected")?;
        task.may_leave()?;
        let shown: String = self.code.chars().filter(|letter| !letter.is_whitespace()).collect();
        let is_right = shown.eq_ignore_ascii_case(&task.row.pickup_code);
        if !is_right && (!shown.is_empty() || self.known_by.trim().is_empty()) {
            let say = "this is not its pickup code; read it again, or say how you know the person";
            return Err(Refused::invalid("/code", say));
        }
        if self.by.trim().is_empty() {
            return Err(Refused::invalid("/by", "is empty; write who collects it"));
        }
        ship_units(tx, scene, &task).await?;
        next_clock(tx, scene, (&task, Some(NEXT))).await?;
        task.keep("collected_by", json!(self.by))?;
        let facts = json!({ "by": self.by, "known_by": self.known_by });
        task.set(tx, scene, State::Collected, &facts).await?;
        order_state::settle(tx, &mut task.order).await?;
        task.items = fulfillments::items(tx, &self.id).await?;
        Ok(task)
    }
}

/// Nobody fetched it: the units go back on sale and the lines are cancelled.
#[derive(Clone, Debug)]
pub struct GiveUpPickup {
    pub id: String,
    pub reason: String,
}

#[async_trait]
impl Verb for GiveUpPickup {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::ReadyForPickup], "given up")?;
        let held: Vec<_> = task.items.iter().filter(|item| item.committed > 0).copied().collect();
        release_all(tx, scene, &task, "not collected").await?;
        for item in held {
            let to = Stands { open: -item.committed, cancelled: item.committed, ..Stands::default() };
            orders::move_units(tx, &task.order.id, (item.line, item.product), to).await?;
        }
        task.set(tx, scene, State::Cancelled, &json!({ "reason": self.reason })).await?;
        order_state::settle(tx, &mut task.order).await?;
        task.items = fulfillments::items(tx, &self.id).await?;
        Ok(task)
    }
}
