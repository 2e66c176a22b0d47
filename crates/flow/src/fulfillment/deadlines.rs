//! Time itself is an event: work that nobody accepts goes elsewhere, work that is late is told, pickups are remembered.
//! Of an order that somebody holds nothing is late.

use super::let_go::{release_all, route_again};
use super::task::{State, Task};
use crate::Baton;
use crate::call::Call;
use crate::exception::{self, About, Kind};
use crate::hold_order::is_said_to_wait;
use crate::pass::{MOST_PAGES, PAGE, Pass};
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::Timestamp;
use serde_json::json;
use store::{Tx, fulfillments};

/// How long work that is late gets until it is looked at again.
const AGAIN_MS: i64 = 60 * Timestamp::MINUTE_MS;
const A_DAY_MS: i64 = Timestamp::DAY_MS;

/// Looks after tasks whose deadline has passed, the longest late first; how many it did something about. May run twice: the second finds nothing.
///
/// # Errors
/// The first that one of them met; the others were looked after all the same.
pub async fn pass_deadlines(baton: &Baton, at_ms: i64) -> Result<usize, Refused> {
    let (mut pass, mut after) = (Pass::default(), (i64::MIN, String::new()));
    for _ in 0..MOST_PAGES {
        let from = after.clone();
        let due = baton.db.read::<_, Refused>(move |tx| {
            let from = from.clone();
            Box::pin(async move { Ok(fulfillments::due(tx, at_ms, (from.0, &from.1), PAGE).await?) })
        });
        let due = due.await?;
        let Some(last) = due.last() else { break };
        after = (last.due_at_ms, last.id.clone());
        for row in due {
            pass.note(baton.perform(&Call::by_baton(at_ms), PassDeadline { id: row.id }).await);
        }
    }
    pass.end()
}

struct PassDeadline {
    id: String,
}

#[async_trait]
impl Verb for PassDeadline {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        let mut task = Task::begin(tx, scene, &self.id).await?;
        if task.row.due_at_ms > scene.call.at_ms || task.row.is_held {
            return Ok(());
        }
        if is_said_to_wait(&task.order) {
            return put_off(tx, scene, &mut task, AGAIN_MS).await;
        }
        match task.state {
            // While its order waits nobody could be given the work instead.
            State::Open if task.order.state == "held" => {
                remind(tx, scene, &mut task, (Kind::LatePick, AGAIN_MS)).await
            }
            State::Open => expire(tx, scene, &mut task).await,
            State::Accepted | State::Picking | State::Packed => {
                remind(tx, scene, &mut task, (Kind::LatePick, AGAIN_MS)).await
            }
            State::ReadyForPickup => remind(tx, scene, &mut task, (Kind::LatePickup, A_DAY_MS)).await,
            _ => Ok(()),
        }
    }
}

/// Nobody accepted it: another place gets it, and this one never again for this order.
async fn expire(tx: &mut Tx, scene: &Scene, task: &mut Task) -> Result<(), Refused> {
    release_all(tx, scene, task, "not accepted in time").await?;
    task.set(tx, scene, State::Expired, &json!({ "due_at_ms": task.row.due_at_ms })).await?;
    exception::open(tx, &scene.call, Kind::LatePick, &about(task)).await?;
    route_again(tx, scene, task).await
}

async fn remind(
    tx: &mut Tx,
    scene: &Scene,
    task: &mut Task,
    (kind, again_ms): (Kind, i64),
) -> Result<(), Refused> {
    exception::open(tx, &scene.call, kind, &about(task)).await?;
    put_off(tx, scene, task, again_ms).await
}

/// It is not late: it is looked at again later.
async fn put_off(tx: &mut Tx, scene: &Scene, task: &mut Task, again_ms: i64) -> Result<(), Refused> {
    task.row.due_at_ms = scene.call.at_ms + again_ms;
    Ok(fulfillments::set(tx, &task.row, scene.call.at_ms).await?)
}

fn about(task: &Task) -> About {
    let about = About { subject: task.row.id.clone(), ..About::order(&task.order.id) };
    about.at(task.row.location).with(json!({ "state": task.row.state }))
}
