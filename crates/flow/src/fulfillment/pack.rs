//! Packing: what was picked becomes parcels.

use super::pick::{Step, next_clock};
use super::task::{State, Task};
use crate::id;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use store::fulfillments::ItemChange;
use store::parcels::ParcelRow;
use store::{Tx, fulfillments, parcels};

/// Most parcels of one fulfillment order.
const MOST_PARCELS: usize = 50;
/// Heaviest parcel that is believed: beyond it, it is freight.
const MOST_WEIGHT_G: i64 = 500_000;

/// A parcel as it was packed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Packed {
    pub weight_g: i64,
}

/// Everything of a task that was found is packed.
#[derive(Clone, Debug)]
pub struct PackTask {
    pub id: String,
    /// Empty: one parcel of unknown weight.
    pub parcels: Vec<Packed>,
}

#[async_trait]
impl Verb for PackTask {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        self.check()?;
        let mut task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::Picking], "packed")?;
        confirm_rest(tx, &task).await?;
        let packed = if self.parcels.is_empty() { &[Packed::default()][..] } else { &self.parcels };
        let before = parcels::of_fulfillment(tx, &self.id).await?.len();
        for (i, parcel) in packed.iter().enumerate() {
            parcels::insert(tx, &row(scene, &task, (before + i, parcel.weight_g))).await?;
        }
        next_clock(tx, scene, (&task, None)).await?;
        task.set(tx, scene, State::Packed, &json!({ "parcels": packed.len() })).await?;
        task.items = fulfillments::items(tx, &self.id).await?;
        Ok(task)
    }
}

impl PackTask {
    fn check(&self) -> Result<(), Refused> {
        if self.parcels.len() > MOST_PARCELS {
            let say = format!("has {} parcels; {MOST_PARCELS} is the most", self.parcels.len());
            return Err(Refused::invalid("/parcels", say));
        }
        match self.parcels.iter().position(|parcel| !(0..=MOST_WEIGHT_G).contains(&parcel.weight_g)) {
            None => Ok(()),
            Some(i) => {
                let say = format!(
                    "{} is not a weight; write grams, 0 to {MOST_WEIGHT_G}",
                    self.parcels[i].weight_g
                );
                Err(Refused::invalid(&format!("/parcels/{i}/weight_g"), say))
            }
        }
    }
}

/// A shop that scans nothing packs what it was told to. One that scans packs when all is scanned.
async fn confirm_rest(tx: &mut Tx, task: &Task) -> Result<(), Refused> {
    let scanned: i64 = task.items.iter().map(|item| item.picked).sum();
    for item in &task.items {
        let left = item.committed - item.picked;
        if left <= 0 {
            continue;
        }
        if scanned > 0 {
            let say = format!(
                "{left} units of line {} are not picked yet; pick them, or report them short",
                item.line
            );
            return Err(Refused::conflict("not_all_picked", say));
        }
        let by = ItemChange { picked: left, ..ItemChange::default() };
        fulfillments::change_item(tx, &task.row.id, (item.line, item.product), by).await?;
    }
    Ok(())
}

fn row(scene: &Scene, task: &Task, (before, weight_g): (usize, i64)) -> ParcelRow {
    ParcelRow {
        id: id::new("par", scene.call.at_ms),
        fulfillment_id: task.row.id.clone(),
        number: before as i64 + 1,
        state: "packed".to_owned(),
        carrier: String::new(),
        service: task.row.service.clone(),
        tracking: String::new(),
        weight_g,
        cost_minor: 0,
        manifest_id: None,
        created_at_ms: scene.call.at_ms,
    }
}

/// The step after packing, named where its clock is wanted.
pub(super) const NEXT: Step = Step::HandOver;
