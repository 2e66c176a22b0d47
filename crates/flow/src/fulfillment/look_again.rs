//! Units of a shelf were not found: the other tasks that count on it, and that nobody has begun, are looked at again.
//!
//! Owns: that a task goes elsewhere where elsewhere has its units. Where nobody else has them it stays: the spot count
//! tells whether they are there. A pickup stays too, since its customer has chosen the place.

use super::let_go::{put_in_doubt, release_all};
use super::task::{State, Task};
use crate::backorders::without_a_place;
use crate::baton::Baton;
use crate::decide::{Asking, decide_in};
use crate::id;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use crate::worker::{Ended, Kind, Trouble};
use async_trait::async_trait;
use serde_json::json;
use store::jobs::{self, NewJob};
use store::places::ProductKey;
use store::{Tx, fulfillments};

const JOB: &str = "look_again";
/// Tasks that one report looks at: more than a place has of one product.
const MOST_TASKS: i64 = 200;
const MOST_ATTEMPTS: i64 = 10;
/// Code of the refusal that takes everything back.
const NOWHERE_ELSE: &str = "nowhere_else";

/// Asks for a look at every other task that relies on the shelf.
pub(super) async fn ask(
    tx: &mut Tx,
    scene: &Scene,
    (task, product): (&Task, ProductKey),
) -> Result<(), Refused> {
    let relying = fulfillments::relying_on(tx, (product, task.row.location), MOST_TASKS).await?;
    for fulfillment_id in relying.iter().filter(|id| **id != task.row.id) {
        let job = NewJob {
            id: &id::new("job", scene.call.at_ms),
            kind: JOB,
            subject: fulfillment_id,
            payload: &json!({ "product": product.0 }).to_string(),
            key: None,
            due_at_ms: scene.call.at_ms,
            most_attempts: MOST_ATTEMPTS,
            created_at_ms: scene.call.at_ms,
        };
        jobs::enqueue(tx, &job).await?;
    }
    Ok(())
}

/// What does the jobs that a report of missing units writes.
pub fn look_again() -> Kind {
    Kind::new(JOB, |baton: Baton, job| async move {
        let payload: serde_json::Value =
            serde_json::from_str(&job.payload).map_err(|error| Trouble::Never(error.to_string()))?;
        let product = payload["product"].as_i64().map(ProductKey);
        let product = product.ok_or_else(|| Trouble::Never("it names no product".to_owned()))?;
        let verb = LookAgain { fulfillment_id: job.subject.clone(), product };
        match baton.perform(&baton.call(), verb).await {
            Ok(()) | Err(Refused::Conflict { code: NOWHERE_ELSE, .. }) => Ok(Ended::Outside),
            Err(other) => Err(other.into()),
        }
    })
    .at_once(1)
}

struct LookAgain {
    fulfillment_id: String,
    product: ProductKey,
}

#[async_trait]
impl Verb for LookAgain {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        let mut task = Task::begin(tx, scene, &self.fulfillment_id).await?;
        if !self.is_to_move(&task) {
            return Ok(());
        }
        let before = without_a_place(tx, &task.order.id).await?;
        release_all(tx, scene, &task, "others were not found there").await?;
        if let Some(item) = task.items.iter().find(|item| item.product == self.product) {
            put_in_doubt(tx, scene, (&task, item)).await?;
        }
        let facts = json!({ "reason": "others were not found there", "sku": scene.shop.sku(self.product) });
        task.set(tx, scene, State::Cancelled, &facts).await?;
        decide_in(tx, scene, &mut task.order, Asking::Everyone).await?;
        match without_a_place(tx, &task.order.id).await? > before {
            true => Err(Refused::conflict(NOWHERE_ELSE, "no other place has its units")),
            false => Ok(()),
        }
    }
}

impl LookAgain {
    fn is_to_move(&self, task: &Task) -> bool {
        State::NOT_STARTED.contains(&task.state)
            && !task.row.is_held
            && task.order.state == "open"
            && task.order.lane != "pickup"
            && task.items.iter().any(|item| item.product == self.product && item.committed > 0)
    }
}
