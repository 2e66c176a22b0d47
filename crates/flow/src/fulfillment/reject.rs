//! A place refuses: its units are let go, the reason decides what happens to its stock, and the order finds another place.

use super::let_go::{free_room, release, release_all, route_again, set_damaged, suppress};
use super::task::{State, Task};
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use store::Tx;

/// Why a place refuses. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RejectReason {
    /// The units are not where the books say.
    NotFound,
    Damaged,
    TooBusy,
    Closed,
    Other,
}

impl RejectReason {
    pub const ALL: [RejectReason; 5] = [
        RejectReason::NotFound,
        RejectReason::Damaged,
        RejectReason::TooBusy,
        RejectReason::Closed,
        RejectReason::Other,
    ];

    pub fn code(self) -> &'static str {
        match self {
            RejectReason::NotFound => "not_found",
            RejectReason::Damaged => "damaged",
            RejectReason::TooBusy => "too_busy",
            RejectReason::Closed => "closed",
            RejectReason::Other => "other",
        }
    }

    pub fn from_code(code: &str) -> Option<RejectReason> {
        RejectReason::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A place refuses a whole task.
#[derive(Clone, Debug)]
pub struct RejectTask {
    pub id: String,
    pub reason: RejectReason,
    /// SKUs that the reason is about; empty: all of the task.
    pub skus: Vec<String>,
    pub note: String,
}

#[async_trait]
impl Verb for RejectTask {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::Open, State::Accepted, State::Picking], "refused")?;
        self.check(scene, &task)?;
        match self.reason {
            RejectReason::NotFound | RejectReason::Damaged => self.let_go_by_item(tx, scene, &task).await?,
            _ => release_all(tx, scene, &task, "refused").await?,
        }
        let facts = json!({ "reason": self.reason.code(), "skus": self.skus, "note": self.note });
        task.set(tx, scene, State::Rejected, &facts).await?;
        route_again(tx, scene, &mut task).await?;
        Ok(task)
    }
}

impl RejectTask {
    fn check(&self, scene: &Scene, task: &Task) -> Result<(), Refused> {
        let of_task = |sku: &String| task.items.iter().any(|item| scene.shop.sku(item.product) == sku);
        match self.skus.iter().position(|sku| !of_task(sku)) {
            None => Ok(()),
            Some(i) => {
                let say = format!("“{}” is not part of this fulfillment order", self.skus[i]);
                Err(Refused::invalid(&format!("/skus/{i}"), say))
            }
        }
    }

    async fn let_go_by_item(&self, tx: &mut Tx, scene: &Scene, task: &Task) -> Result<(), Refused> {
        for item in task.items.iter().filter(|item| item.committed > 0) {
            release(tx, scene, (task, item, item.committed), self.reason.code()).await?;
            let sku = scene.shop.sku(item.product);
            if !self.skus.is_empty() && !self.skus.iter().any(|named| named == sku) {
                continue;
            }
            match self.reason {
                RejectReason::Damaged => set_damaged(tx, scene, (task, item, item.committed)).await?,
                _ => suppress(tx, scene, (task, item)).await?,
            }
        }
        free_room(tx, task).await
    }
}
