//! Picking: units confirmed one scan or one line at a time, and the minutes that work takes.

use super::task::{State, Task};
use crate::id;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use store::fulfillments::ItemChange;
use store::parcels::LaborRow;
use store::{Tx, fulfillments, parcels};

/// A step of work whose minutes are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Pick,
    Pack,
    HandOver,
    Other,
}

impl Step {
    pub const ALL: [Step; 4] = [Step::Pick, Step::Pack, Step::HandOver, Step::Other];

    pub fn code(self) -> &'static str {
        match self {
            Step::Pick => "pick",
            Step::Pack => "pack",
            Step::HandOver => "hand_over",
            Step::Other => "other",
        }
    }

    pub fn from_code(code: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// Units of a line are in hand.
#[derive(Clone, Debug)]
pub struct ConfirmPicked {
    pub id: String,
    pub line: i64,
    pub sku: String,
    pub units: i64,
}

#[async_trait]
impl Verb for ConfirmPicked {
    type Done = Task;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Task, Refused> {
        let task = Task::begin(tx, scene, &self.id).await?;
        task.must_be(&[State::Picking], "confirmed")?;
        let item = task.item(scene, self.line, &self.sku)?;
        let left = item.committed - item.picked;
        if !(1..=left).contains(&self.units) {
            let say = format!("{} is not possible; {left} units of this line are left to pick", self.units);
            return Err(Refused::invalid("/units", say));
        }
        let by = ItemChange { picked: self.units, ..ItemChange::default() };
        fulfillments::change_item(tx, &self.id, (item.line, item.product), by).await?;
        let facts = json!({ "line": self.line, "sku": self.sku, "units": self.units });
        task.tell(tx, scene, "fulfillment.picked", &facts).await?;
        Task::begin(tx, scene, &self.id).await
    }
}

/// Starts or stops the clock of a person on a step by hand: a pause, or work outside the usual steps.
#[derive(Clone, Debug)]
pub struct Labor {
    pub id: String,
    pub step: Step,
    pub running: Running,
}

/// What becomes of the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Running {
    Start,
    Stop,
}

#[async_trait]
impl Verb for Labor {
    type Done = Vec<LaborRow>;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Vec<LaborRow>, Refused> {
        let task = Task::begin(tx, scene, &self.id).await?;
        match self.running {
            Running::Start => {
                task.must_be(&State::UNDER_WAY, "worked on")?;
                start_clock(tx, scene, (&task, self.step)).await?;
            }
            Running::Stop => {
                let person = &scene.call.actor.id;
                let key = (self.id.as_str(), self.step.code(), person.as_str());
                if !parcels::stop_labor(tx, key, scene.call.at_ms).await? {
                    return Err(Refused::conflict("not_running", "no clock of yours runs on this step"));
                }
            }
        }
        Ok(parcels::labor(tx, &self.id).await?)
    }
}

/// Starts the clock of who asks; where it runs, it runs on.
pub(super) async fn start_clock(
    tx: &mut Tx,
    scene: &Scene,
    (task, step): (&Task, Step),
) -> Result<(), Refused> {
    let row = LaborRow {
        id: id::new("lab", scene.call.at_ms),
        fulfillment_id: task.row.id.clone(),
        step: step.code().to_owned(),
        person: scene.call.actor.id.clone(),
        started_at_ms: scene.call.at_ms,
        stopped_at_ms: None,
    };
    parcels::start_labor(tx, &row).await?;
    Ok(())
}

/// One step ends for everybody on it, and the next begins.
pub(super) async fn next_clock(
    tx: &mut Tx,
    scene: &Scene,
    (task, step): (&Task, Option<Step>),
) -> Result<(), Refused> {
    parcels::stop_all_labor(tx, &task.row.id, scene.call.at_ms).await?;
    match step {
        Some(step) => start_clock(tx, scene, (task, step)).await,
        None => Ok(()),
    }
}
