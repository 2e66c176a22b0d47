//! A person decides where an order goes, after seeing what follows.
//!
//! The consequences are shown by doing it and taking it back: the very same code, so that what is shown is what happens.

use crate::Baton;
use crate::call::{Call, What};
use crate::decide::{Asking, begin, decide_in};
use crate::edit_order::let_go_of_what_has_not_started;
use crate::exception;
use crate::hold_order::{SETTLED, is_said_to_wait};
use crate::order_state::why_not_open;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};
use store::decisions::DecisionRow;
use store::orders::OrderRow;
use store::{Tx, decisions};

/// Routes what has not started: to one place, or again by the rules.
#[derive(Clone, Debug)]
pub struct RouteAgain {
    pub order_id: String,
    /// Code of the place; `None`: as the rules say.
    pub to: Option<String>,
    pub reason: String,
}

#[async_trait]
impl Verb for RouteAgain {
    type Done = OrderRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<OrderRow, Refused> {
        let mut row = begin(tx, &scene.call, &self.order_id).await?;
        let asking = self.asking(scene)?;
        if row.state != "open" && row.state != "held" {
            return Err(Refused::conflict("order_closed", why_not_open(&row)));
        }
        if is_said_to_wait(&row) {
            let say = format!("the order is held ({}); lift the hold before it is routed", row.hold);
            return Err(Refused::conflict("order_held", say));
        }
        let_go_of_what_has_not_started(tx, scene, &row.id, "routed by hand").await?;
        row.state = "open".to_owned();
        row.hold.clear();
        exception::settled(tx, &scene.call, &SETTLED, &row.id).await?;
        let what = What { kind: "order.routed_by_hand", subject: &row.id, order_id: Some(&row.id) };
        scene.call.tell(tx, what, &json!({ "to": self.to, "reason": self.reason })).await?;
        decide_in(tx, scene, &mut row, asking).await?;
        Ok(row)
    }
}

impl RouteAgain {
    fn asking(&self, scene: &Scene) -> Result<Asking, Refused> {
        let Some(code) = &self.to else { return Ok(Asking::Everyone) };
        if self.reason.trim().is_empty() {
            return Err(Refused::invalid("/reason", "is empty; say why a person decides here"));
        }
        let id = scene.shop.network.location_by_code(code);
        let say = || format!("there is no location “{code}”");
        id.map(Asking::Only).ok_or_else(|| Refused::invalid("/to", say()))
    }
}

/// What would follow: nothing of it is kept.
struct Trial {
    verb: RouteAgain,
    seen: Arc<Mutex<Option<DecisionRow>>>,
}

/// Code of the refusal that takes everything back.
const ONLY_TRIED: &str = "only_tried";

#[async_trait]
impl Verb for Trial {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        let row = self.verb.run(tx, scene).await?;
        let made = decisions::of_order(tx, &row.id, 1).await?.into_iter().next();
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = made;
        Err(Refused::conflict(ONLY_TRIED, "this was a trial"))
    }
}

/// The decision that routing by hand would make; nothing is changed.
///
/// # Errors
/// As routing it would be refused.
pub async fn try_route(baton: &Baton, call: &Call, verb: RouteAgain) -> Result<DecisionRow, Refused> {
    let seen = Arc::new(Mutex::new(None));
    let order_id = verb.order_id.clone();
    match baton.perform(call, Trial { verb, seen: Arc::clone(&seen) }).await {
        Err(Refused::Conflict { code: ONLY_TRIED, .. }) => {}
        Err(other) => return Err(other),
        Ok(()) => {}
    }
    let made = seen.lock().unwrap_or_else(PoisonError::into_inner).take();
    made.ok_or_else(|| Refused::conflict("nothing_open", format!("nothing of {order_id} is left to route")))
}
