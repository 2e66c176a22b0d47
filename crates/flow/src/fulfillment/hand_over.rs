//! Handing over to the carrier: on-hand and promise fall together, once.

use super::task::{State, Task};
use crate::call::What;
use crate::id;
use crate::order_state;
use crate::refused::{Refused, broken};
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use store::fulfillments::ItemChange;
use store::orders::Stands;
use store::stock::Movement;
use store::{Tx, fulfillments, orders, parcels};

/// What the carrier calls a parcel.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Sent {
    /// Number of the parcel, from 1.
    pub number: i64,
    pub carrier: String,
    pub tracking: String,
    /// What the label cost, in minor units.
    pub cost_minor: i64,
}

/// The parcels of a task leave.
#[derive(Clone, Debug)]
pub struct HandOver {
    pub id: String,
    /// Code of the place that hands over, where the caller states it: it must be the place that has the promise.
    pub from: String,
    pub parcels: Vec<Sent>,
}

#[async_trait]
impl Verb for HandOver {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::Packed], "handed over")?;
        task.may_leave()?;
        if task.row.lane == "pickup" {
            return Err(Refused::conflict("is_pickup", "the customer collects it; mark it ready instead"));
        }
        let own = scene.shop.code(task.row.location);
        if !self.from.is_empty() && self.from != own {
            let say = format!("its units are promised at {own}, not at {}; move it there first", self.from);
            return Err(Refused::conflict("other_location", say));
        }
        self.label(tx, scene).await?;
        ship_units(tx, scene, &task).await?;
        let tracking: Vec<&str> = self.parcels.iter().map(|parcel| parcel.tracking.as_str()).collect();
        task.set(tx, scene, State::Shipped, &json!({ "tracking": tracking })).await?;
        order_state::settle(tx, &mut task.order).await?;
        task.items = fulfillments::items(tx, &self.id).await?;
        Ok(task)
    }
}

impl HandOver {
    async fn label(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        let mut rows = parcels::of_fulfillment(tx, &self.id).await?;
        for (i, sent) in self.parcels.iter().enumerate() {
            let row = rows.iter_mut().find(|row| row.number == sent.number && row.state != "void");
            let Some(row) = row else {
                let say = format!("there is no parcel {} of this fulfillment order", sent.number);
                return Err(Refused::invalid(&format!("/parcels/{i}/number"), say));
            };
            row.carrier.clone_from(&sent.carrier);
            row.tracking.clone_from(&sent.tracking);
            row.cost_minor = sent.cost_minor.max(0);
        }
        for row in rows.iter_mut().filter(|row| row.state != "void") {
            "handed_over".clone_into(&mut row.state);
            parcels::set(tx, row, scene.call.at_ms).await?;
        }
        Ok(())
    }
}

/// Takes the promised units of a task off the shelf and out of the promise.
pub(super) async fn ship_units(tx: &mut Tx, scene: &Scene, task: &Task) -> Result<(), Refused> {
    let entry = task.entry(scene, "handed over");
    for item in task.items.iter().filter(|item| item.committed > 0) {
        let units = item.committed;
        let key = (item.line, item.product);
        task.stock(tx, (item.product, Movement::Ship { units }), &entry).await?;
        let by = ItemChange { committed: -units, shipped: units, ..ItemChange::default() };
        let to = Stands { allocated: -units, shipped: units, ..Stands::default() };
        let is_done = fulfillments::change_item(tx, &task.row.id, key, by).await?
            && orders::move_units(tx, &task.order.id, key, to).await?;
        if !is_done {
            return Err(broken(&format!("line {} of {} has no {units} units to ship", key.0, task.row.id)));
        }
    }
    Ok(())
}

/// The carrier, or the own van, has brought it.
#[derive(Clone, Debug)]
pub struct MarkDelivered {
    pub id: String,
    /// Who took it, or where it was left.
    pub proof: String,
}

#[async_trait]
impl Verb for MarkDelivered {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::Shipped], "delivered")?;
        task.keep("proof", json!(self.proof))?;
        parcels::deliver(tx, &self.id, scene.call.at_ms).await?;
        task.set(tx, scene, State::Delivered, &json!({ "proof": self.proof })).await?;
        Ok(task)
    }
}

/// A list of all parcels that a place has handed to a carrier since the last list.
#[derive(Clone, Debug)]
pub struct MakeManifest {
    pub location: String,
    pub carrier: String,
}

#[async_trait]
impl Verb for MakeManifest {
    /// Its id, and how many parcels are on it.
    type Done = (String, u64);

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(String, u64), Refused> {
        let place = scene.shop.network.location_by_code(&self.location);
        let place = place.ok_or_else(|| Refused::not_found("location", &self.location))?;
        let (id, at_ms) = (id::new("man", scene.call.at_ms), scene.call.at_ms);
        let of = (id.as_str(), scene.shop.location_key(place), self.carrier.as_str());
        let count = parcels::make_manifest(tx, of, (&scene.call.actor.id, at_ms)).await?;
        if count == 0 {
            let say = format!("no parcel was handed to “{}” here since the last manifest", self.carrier);
            return Err(Refused::conflict("nothing_to_list", say));
        }
        let what = What { kind: "manifest.made", subject: &id, order_id: None };
        let facts = json!({ "location": self.location, "carrier": self.carrier, "parcels": count });
        scene.call.tell(tx, what, &facts).await?;
        Ok((id, count))
    }
}
