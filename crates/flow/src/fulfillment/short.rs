//! Some units of a task cannot be picked: the rest goes on, the missing units find another place. Where units were
//! damaged, that may be the same place, if it has more.

use super::let_go::{free_room, release, route_again, set_damaged, suppress};
use super::task::{State, Task};
use crate::exception::{self, About, Kind};
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use store::{Tx, fulfillments, orders};

/// Why units cannot be picked. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShortReason {
    NotFound,
    Damaged,
    /// Something else lies under this SKU.
    WrongItem,
}

impl ShortReason {
    pub const ALL: [ShortReason; 3] = [ShortReason::NotFound, ShortReason::Damaged, ShortReason::WrongItem];

    pub fn code(self) -> &'static str {
        match self {
            ShortReason::NotFound => "not_found",
            ShortReason::Damaged => "damaged",
            ShortReason::WrongItem => "wrong_item",
        }
    }

    pub fn from_code(code: &str) -> Option<ShortReason> {
        ShortReason::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// Units of a line are missing.
#[derive(Clone, Debug)]
pub struct ReportShort {
    pub id: String,
    pub line: i64,
    pub sku: String,
    pub units: i64,
    pub reason: ShortReason,
}

#[async_trait]
impl Verb for ReportShort {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::Accepted, State::Picking], "reported short")?;
        let item = task.item(scene, self.line, &self.sku)?;
        if !(1..=item.committed).contains(&self.units) {
            let say = format!("{} is not possible; the line has {} units", self.units, item.committed);
            return Err(Refused::invalid("/units", say));
        }
        release(tx, scene, (&task, &item, self.units), self.reason.code()).await?;
        match self.reason {
            ShortReason::Damaged => set_damaged(tx, scene, (&task, &item, self.units)).await?,
            _ => suppress(tx, scene, (&task, &item)).await?,
        }
        let facts = json!({
            "line": self.line, "sku": self.sku, "units": self.units, "reason": self.reason.code(),
            "location": scene.shop.code(task.row.location),
        });
        task.tell(tx, scene, "fulfillment.short_pick", &facts).await?;
        let about = About { subject: task.row.id.clone(), ..About::order(&task.order.id) };
        let about = about.at(task.row.location).with(facts);
        exception::open(tx, &scene.call, Kind::ShortPick, &about).await?;
        task.items = fulfillments::items(tx, &self.id).await?;
        if task.items.iter().all(|item| item.committed == 0) {
            free_room(tx, &task).await?;
            task.set(tx, scene, State::Short, &json!({})).await?;
        }
        route_again(tx, scene, &mut task).await?;
        if has_a_place(tx, &task).await? {
            exception::settled(tx, &scene.call, &[Kind::ShortPick], &task.row.id).await?;
        }
        Ok(task)
    }
}

/// Every unit of the order is with a place, or gone.
async fn has_a_place(tx: &mut Tx, task: &Task) -> Result<bool, Refused> {
    let items = orders::items(tx, &task.order.id).await?;
    Ok(items.iter().all(|item| item.stands.open + item.stands.backordered == 0))
}
