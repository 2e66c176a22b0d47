//! One step back, while nothing has left the building.

use super::task::{State, Task};
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use store::{Tx, parcels};

/// Takes back the last step of a task.
#[derive(Clone, Debug)]
pub struct UndoStep {
    pub id: String,
}

#[async_trait]
impl Verb for UndoStep {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        let before = match task.state {
            State::Accepted => State::Open,
            State::Picking => State::Accepted,
            State::Packed => State::Picking,
            State::ReadyForPickup => State::Packed,
            State::Shipped | State::Collected | State::Delivered => {
                let say = "the goods have left; take them back as a return instead";
                return Err(Refused::conflict("has_left", say));
            }
            _ => {
                let say =
                    "its units were let go and may be promised elsewhere; route the order again instead";
                return Err(Refused::conflict("let_go", say));
            }
        };
        task.must_be(&State::UNDER_WAY, "taken back")?;
        if task.state == State::Packed {
            parcels::end_all(tx, &self.id, "void", scene.call.at_ms).await?;
        }
        let undone = task.state.code();
        task.set(tx, scene, before, &json!({ "undone": undone })).await?;
        Ok(task)
    }
}
