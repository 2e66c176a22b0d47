//! Asking for a batch, taking it back before it is over, and taking back its effect.

use super::{Action, get, job};
use crate::call::What;
use crate::find_orders::Filter;
use crate::hold_order::check_reason;
use crate::id;
use crate::refused::{Refused, broken};
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use std::collections::BTreeSet;
use store::order_batches::{self, BatchRow, State};
use store::{Tx, order_list};

/// Orders of one batch: they are done in minutes, and named in one request.
pub const MOST_ORDERS: i64 = 10_000;
/// Batches that may wait for their turn. Of two that ask at the same moment both may be the last.
pub const MOST_WAITING: i64 = 20;
/// Batches that are kept, with what became of each order.
pub const MOST_KEPT: i64 = 100;
const LONGEST_REASON: usize = 300;

/// Which orders are meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meant {
    These(Vec<String>),
    /// All that are found now.
    Found(Box<Filter>),
}

/// Asks for a batch. It is begun when those before it are over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskBatch {
    pub action: Action,
    pub reason: String,
    pub meant: Meant,
}

#[async_trait]
impl Verb for AskBatch {
    type Done = BatchRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<BatchRow, Refused> {
        if self.reason.len() > LONGEST_REASON {
            let say = format!("is too long; {LONGEST_REASON} bytes are the most");
            return Err(Refused::invalid("/reason", say));
        }
        if self.action == Action::Hold {
            check_reason(&self.reason)?;
        }
        let (ids, criteria) = self.orders(tx, scene).await?;
        let orders = ids.into_iter().map(|id| (id, String::new())).collect();
        let new = New { action: self.action, reason: &self.reason, criteria, reverts: None, orders };
        add(tx, scene, new).await
    }
}

impl AskBatch {
    async fn orders(&self, tx: &mut Tx, scene: &Scene) -> Result<(Vec<String>, Option<String>), Refused> {
        let too_many =
            |at: &str| Refused::invalid(at, format!("has more than {MOST_ORDERS} orders; do it in parts"));
        match &self.meant {
            Meant::These(ids) => {
                let mut seen = BTreeSet::new();
                let once: Vec<String> = ids.iter().filter(|id| seen.insert(*id)).cloned().collect();
                match once.len() as i64 {
                    0 => Err(Refused::invalid("/ids", "is empty; name orders, or say which under where")),
                    1..=MOST_ORDERS => Ok((once, None)),
                    _ => Err(too_many("/ids")),
                }
            }
            Meant::Found(filter) if filter.is_empty() => {
                Err(Refused::invalid("/where", "means every order there is; say which"))
            }
            Meant::Found(filter) => {
                let question = filter.question(tx, &scene.shop, scene.call.at_ms).await;
                let question = question.map_err(beneath_where)?;
                let ids = order_list::ids(tx, &question, MOST_ORDERS + 1).await?;
                let criteria = serde_json::to_string(filter).map_err(|error| broken(&error))?;
                match ids.len() as i64 {
                    0 => Err(Refused::invalid("/where", "means no order; look at the list first")),
                    1..=MOST_ORDERS => Ok((ids, Some(criteria))),
                    _ => Err(too_many("/where")),
                }
            }
        }
    }
}

fn beneath_where(refused: Refused) -> Refused {
    let Refused::Invalid(mut faults) = refused else { return refused };
    for fault in &mut faults {
        fault.at.insert_str(0, "/where");
    }
    Refused::Invalid(faults)
}

/// A batch that is about to be added.
struct New<'a> {
    action: Action,
    reason: &'a str,
    criteria: Option<String>,
    reverts: Option<String>,
    /// Each with the hold that it is given; empty: the reason.
    orders: Vec<(String, String)>,
}

async fn add(tx: &mut Tx, scene: &Scene, new: New<'_>) -> Result<BatchRow, Refused> {
    if order_batches::waiting(tx).await? >= MOST_WAITING {
        let say = format!("{MOST_WAITING} batches wait already; wait for one of them, or cancel it");
        return Err(Refused::conflict("too_many_waiting", say));
    }
    let now_ms = scene.call.at_ms;
    let row = BatchRow {
        id: id::new("bat", now_ms),
        action: new.action.code().to_owned(),
        reason: new.reason.to_owned(),
        criteria: new.criteria,
        reverts: new.reverts,
        state: State::Waiting,
        total: new.orders.len() as i64,
        done: 0,
        failed: 0,
        job_id: id::new("job", now_ms),
        fence: 0,
        asked_by: scene.call.actor.id.clone(),
        asked_at_ms: now_ms,
        started_at_ms: None,
        ended_at_ms: None,
        failure: String::new(),
        reverted_by: None,
    };
    order_batches::add(tx, &row).await?;
    order_batches::add_orders(tx, &row.id, &new.orders).await?;
    order_batches::forget(tx, MOST_KEPT).await?;
    job::enqueue(tx, &row).await?;
    let what = What { kind: "order_batch.asked", subject: &row.id, order_id: None };
    let facts = json!({ "action": row.action, "reason": row.reason, "total": row.total, "reverts": row.reverts,
        "where": row.criteria });
    scene.call.tell(tx, what, &facts).await?;
    Ok(row)
}

/// Takes a batch back: no order has its turn any more. What is done stays done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CancelBatch {
    pub id: String,
}

#[async_trait]
impl Verb for CancelBatch {
    type Done = BatchRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<BatchRow, Refused> {
        let is_cancelled = order_batches::cancel(tx, &self.id, scene.call.at_ms).await?;
        let row = get(tx, &self.id).await?;
        if !is_cancelled {
            let say = format!("it is {}; only one that waits or runs is cancelled", row.state.code());
            return Err(Refused::conflict("batch_over", say));
        }
        let what = What { kind: "order_batch.cancelled", subject: &row.id, order_id: None };
        let facts = json!({ "done": row.done, "failed": row.failed, "total": row.total });
        scene.call.tell(tx, what, &facts).await?;
        Ok(row)
    }
}

/// Takes back what a batch did, order by order: what it held is released, where its hold is still the one; what it
/// released is held again as it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RevertBatch {
    pub id: String,
}

#[async_trait]
impl Verb for RevertBatch {
    type Done = BatchRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<BatchRow, Refused> {
        let row = get(tx, &self.id).await?;
        if !row.state.is_over() {
            return Err(Refused::conflict("batch_not_over", "it is not over yet; cancel it, or wait for it"));
        }
        if row.reverted_by.is_some() {
            return Err(Refused::conflict("reverted_before", "it was taken back before"));
        }
        let opposite = Action::from_code(&row.action).and_then(Action::opposite);
        let Some(action) = opposite else {
            let say = format!("nothing takes back {}; only hold and release are taken back", row.action);
            return Err(Refused::conflict("not_reversible", say));
        };
        let done = order_batches::orders_done(tx, &row.id, MOST_ORDERS).await?;
        if done.is_empty() {
            return Err(Refused::conflict("nothing_to_revert", "it was done to no order"));
        }
        let hold = |own: String| if own.is_empty() { row.reason.clone() } else { own };
        let orders = done.into_iter().map(|order| (order.order_id, hold(order.hold))).collect();
        let reverts = Some(row.id.clone());
        add(tx, scene, New { action, reason: &row.reason, criteria: None, reverts, orders }).await
    }
}
