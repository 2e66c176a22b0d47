//! Accepting, starting, holding: steps that move no unit.

use super::pick::{self, Step};
use super::task::{State, Task};
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::Timestamp;
use serde_json::json;
use store::Tx;

/// Minutes that work gets beyond the cut-off of its dispatch: cut-offs are when orders are gathered, not when vans leave.
const AFTER_CUTOFF_MINUTES: i64 = 120;
/// The least time that an accepted task gets, where its dispatch is near.
const LEAST_MINUTES: i64 = 60;

/// A place takes the work on.
#[derive(Clone, Debug)]
pub struct AcceptTask {
    pub id: String,
}

#[async_trait]
impl Verb for AcceptTask {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::Open], "accepted")?;
        task.row.due_at_ms = work_due(&task, scene.call.at_ms);
        task.set(tx, scene, State::Accepted, &json!({ "due_at_ms": task.row.due_at_ms })).await?;
        Ok(task)
    }
}

/// When picking and packing must be done.
fn work_due(task: &Task, now_ms: i64) -> i64 {
    let minute = Timestamp::MINUTE_MS;
    let ready_by = task.fact("ready_by_ms").and_then(|value| value.as_i64()).unwrap_or(now_ms);
    let slack = if task.row.lane == "pickup" { 0 } else { AFTER_CUTOFF_MINUTES };
    (ready_by + slack * minute).max(now_ms + LEAST_MINUTES * minute)
}

/// Somebody goes to the shelves. The clock of his work starts.
#[derive(Clone, Debug)]
pub struct StartPicking {
    pub id: String,
}

#[async_trait]
impl Verb for StartPicking {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&State::NOT_STARTED, "picked")?;
        if task.state == State::Open {
            task.row.due_at_ms = work_due(&task, scene.call.at_ms);
        }
        pick::start_clock(tx, scene, (&task, Step::Pick)).await?;
        task.set(tx, scene, State::Picking, &json!({})).await?;
        Ok(task)
    }
}

/// The work stops until it is released: its deadline does not run on.
#[derive(Clone, Debug)]
pub struct HoldTask {
    pub id: String,
    pub reason: String,
}

#[async_trait]
impl Verb for HoldTask {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&State::UNDER_WAY, "held")?;
        task.row.is_held = true;
        task.keep("held_at_ms", json!(scene.call.at_ms))?;
        let state = task.state;
        set_hold(tx, scene, (&mut task, state), ("fulfillment.held", &self.reason)).await?;
        Ok(task)
    }
}

/// The work goes on; its deadline is later by as long as it was held.
#[derive(Clone, Debug)]
pub struct ReleaseTask {
    pub id: String,
}

#[async_trait]
impl Verb for ReleaseTask {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        if !task.row.is_held {
            return Err(Refused::conflict("not_held", "it is not held"));
        }
        let held_at = task.fact("held_at_ms").and_then(|value| value.as_i64()).unwrap_or(scene.call.at_ms);
        task.row.is_held = false;
        task.row.due_at_ms += (scene.call.at_ms - held_at).max(0);
        let state = task.state;
        set_hold(tx, scene, (&mut task, state), ("fulfillment.released", "")).await?;
        Ok(task)
    }
}

async fn set_hold(
    tx: &mut Tx,
    scene: &Scene,
    (task, state): (&mut Task, State),
    (kind, reason): (&str, &str),
) -> Result<(), Refused> {
    task.row.state = state.code().to_owned();
    store::fulfillments::set(tx, &task.row, scene.call.at_ms).await?;
    task.row.version += 1;
    task.tell(tx, scene, kind, &json!({ "reason": reason })).await
}
