//! Moving work to another place: the target is asked first, then the origin lets go, in one transaction.

use super::let_go::free_room;
use super::task::{State, Task};
use crate::find_orders::{IsSplit, given_to};
use crate::id;
use crate::refused::{Refused, broken};
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use std::collections::BTreeMap;
use store::decisions::{LoadRow, Room};
use store::fulfillments::{FulfillmentRow, ItemChange};
use store::places::{LocationKey, ProductKey};
use store::stock::{Moved, Movement, Shelf};
use store::{Tx, decisions, fulfillments, order_terms, stock};

/// Gives the work of a task that has not started to another place.
#[derive(Clone, Debug)]
pub struct MoveTask {
    pub id: String,
    pub to: String,
    pub reason: String,
}

#[async_trait]
impl Verb for MoveTask {
    /// The task at the new place.
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&State::NOT_STARTED, "moved")?;
        let target = self.target(scene, &task)?;
        let moved = row(scene, &task, target);
        fulfillments::insert(tx, &moved).await?;
        for (product, units) in by_product(&task) {
            self.exchange(tx, scene, (&task, &moved), (product, units)).await?;
        }
        for item in task.items.iter().filter(|item| item.committed > 0) {
            let key = (item.line, item.product);
            fulfillments::add_item(tx, &moved.id, key, item.committed).await?;
            // What was picked there before it was taken back is nowhere in hand any more.
            let by = ItemChange { committed: -item.committed, picked: -item.picked, ..ItemChange::default() };
            if !fulfillments::change_item(tx, &task.row.id, key, by).await? {
                return Err(broken(&format!("line {} of {} changed while it was held", key.0, task.row.id)));
            }
        }
        let order = (moved.placed_at_ms, moved.order_id.as_str());
        order_terms::add_missing(tx, order, &given_to([target].into_iter(), IsSplit::Perhaps)).await?;
        free_room(tx, &task).await?;
        let (day, window, parcels) = (moved.dispatch_day, moved.dispatch_window, moved.parcels);
        decisions::load_more(tx, &LoadRow { location: target, day, window, parcels }, Room::ANY).await?;
        let facts = json!({ "to": self.to, "as": moved.id, "reason": self.reason });
        task.set(tx, scene, State::Moved, &facts).await?;
        Task::begin(tx, scene, &moved.id).await
    }
}

impl MoveTask {
    fn target(&self, scene: &Scene, task: &Task) -> Result<LocationKey, Refused> {
        let place = scene.shop.network.location_by_code(&self.to);
        let place =
            place.ok_or_else(|| Refused::invalid("/to", format!("there is no location “{}”", self.to)))?;
        let target = scene.shop.location_key(place);
        if target == task.row.location {
            return Err(Refused::conflict("same_location", format!("it is at {} already", self.to)));
        }
        let lane = model::Lane::from_code(&task.row.lane).unwrap_or(model::Lane::Ship);
        if !scene.shop.network.location(place).lanes.has(lane) {
            let say = format!("{} does not offer {}", self.to, task.row.lane);
            return Err(Refused::conflict("lane_off", say));
        }
        Ok(target)
    }

    /// Promises units at the target and ends the promise at the origin.
    async fn exchange(
        &self,
        tx: &mut Tx,
        scene: &Scene,
        (task, moved): (&Task, &FulfillmentRow),
        (product, units): (ProductKey, i64),
    ) -> Result<(), Refused> {
        let mut entry = task.entry(scene, "moved");
        let from = entry.document.clone();
        entry.document.clone_from(&moved.id);
        let shelf = Shelf { product, location: moved.location };
        if let Moved::Short { there } = stock::change(tx, shelf, Movement::Commit { units }, &entry).await? {
            let left = there.map_or(0, |units| units.available().max(0));
            let say = format!("{} has {left} of {units} × {} left", self.to, scene.shop.sku(product));
            return Err(Refused::conflict("too_few_there", say));
        }
        entry.document = from;
        task.stock(tx, (product, Movement::Release { units }), &entry).await
    }
}

fn by_product(task: &Task) -> BTreeMap<ProductKey, i64> {
    let mut units = BTreeMap::new();
    for item in task.items.iter().filter(|item| item.committed > 0) {
        *units.entry(item.product).or_default() += item.committed;
    }
    units
}

fn row(scene: &Scene, task: &Task, target: LocationKey) -> FulfillmentRow {
    FulfillmentRow {
        id: id::new("ful", scene.call.at_ms),
        location: target,
        state: State::Open.code().to_owned(),
        is_held: false,
        due_at_ms: task.row.due_at_ms.max(scene.call.at_ms + 60 * model::Timestamp::MINUTE_MS),
        version: 1,
        created_at_ms: scene.call.at_ms,
        changed_at_ms: scene.call.at_ms,
        ..task.row.clone()
    }
}
