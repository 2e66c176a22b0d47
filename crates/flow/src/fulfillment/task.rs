//! One fulfillment order, held by a transaction.
//!
//! Owns: its states and which of them a step may begin in; telling what happened to it. Every step holds the order
//! first, so that of two steps on one order the second sees what the first has done.

use crate::call::What;
use crate::decide::begin;
use crate::exception::{self, Kind};
use crate::hold_order::is_said_to_wait;
use crate::refused::{Refused, broken};
use crate::verb::Scene;
use serde::Serialize;
use store::fulfillments::{FulfillmentItem, FulfillmentRow};
use store::orders::OrderRow;
use store::places::ProductKey;
use store::stock::{Entry, Moved, Movement, Shelf};
use store::{Tx, fulfillments, parcels, stock};

/// Where a fulfillment order stands. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    Open,
    Accepted,
    Picking,
    Packed,
    ReadyForPickup,
    Shipped,
    Collected,
    Delivered,
    Rejected,
    Expired,
    Moved,
    Cancelled,
    /// Nothing of it was there.
    Short,
}

impl State {
    pub const ALL: [State; 13] = [
        State::Open,
        State::Accepted,
        State::Picking,
        State::Packed,
        State::ReadyForPickup,
        State::Shipped,
        State::Collected,
        State::Delivered,
        State::Rejected,
        State::Expired,
        State::Moved,
        State::Cancelled,
        State::Short,
    ];
    /// Before anybody has touched the goods.
    pub const NOT_STARTED: [State; 2] = [State::Open, State::Accepted];
    /// While its units are still promised.
    pub const UNDER_WAY: [State; 5] =
        [State::Open, State::Accepted, State::Picking, State::Packed, State::ReadyForPickup];

    pub fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Accepted => "accepted",
            State::Picking => "picking",
            State::Packed => "packed",
            State::ReadyForPickup => "ready_for_pickup",
            State::Shipped => "shipped",
            State::Collected => "collected",
            State::Delivered => "delivered",
            State::Rejected => "rejected",
            State::Expired => "expired",
            State::Moved => "moved",
            State::Cancelled => "cancelled",
            State::Short => "short",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// As a sentence says it.
    pub fn words(self) -> &'static str {
        match self {
            State::ReadyForPickup => "ready for pickup",
            State::Picking => "being picked",
            other => other.code(),
        }
    }
}

/// A fulfillment order with its units, as a step sees it.
#[derive(Clone, Debug)]
pub struct Task {
    pub order: OrderRow,
    pub row: FulfillmentRow,
    pub items: Vec<FulfillmentItem>,
    pub state: State,
}

impl Task {
    /// Reads it, and holds its order for this transaction.
    pub(crate) async fn begin(tx: &mut Tx, scene: &Scene, id: &str) -> Result<Task, Refused> {
        let none = || Refused::not_found("fulfillment order", id);
        let order_id = fulfillments::get(tx, id).await?.ok_or_else(none)?.order_id;
        let order = begin(tx, &scene.call, &order_id).await?;
        // Read again: whoever held the order before may have changed it.
        let row = fulfillments::get(tx, id).await?.ok_or_else(none)?;
        let items = fulfillments::items(tx, id).await?;
        let state = State::from_code(&row.state).ok_or_else(|| broken(&format!("state {}", row.state)))?;
        Ok(Task { order, row, items, state })
    }

    /// # Errors
    /// It stands elsewhere, or is held.
    pub(crate) fn must_be(&self, states: &[State], to_do: &str) -> Result<(), Refused> {
        if self.row.is_held {
            return Err(Refused::conflict(
                "held",
                format!("it is held; release it before it can be {to_do}"),
            ));
        }
        if states.contains(&self.state) {
            return Ok(());
        }
        let allowed: Vec<&str> = states.iter().map(|state| state.words()).collect();
        let say =
            format!("it is {}; only what is {} can be {to_do}", self.state.words(), allowed.join(" or "));
        Err(Refused::conflict("wrong_state", say))
    }

    /// # Errors
    /// Somebody said that the order waits: nothing of it leaves.
    pub(crate) fn may_leave(&self) -> Result<(), Refused> {
        if !is_said_to_wait(&self.order) {
            return Ok(());
        }
        let say =
            format!("the order is held ({}); lift the hold before anything of it leaves", self.order.hold);
        Err(Refused::conflict("order_held", say))
    }

    /// Writes the state and deadline, and tells what happened.
    pub(crate) async fn set(
        &mut self,
        tx: &mut Tx,
        scene: &Scene,
        state: State,
        facts: &impl Serialize,
    ) -> Result<(), Refused> {
        self.state = state;
        self.row.state = state.code().to_owned();
        if !State::UNDER_WAY.contains(&state) {
            self.end(tx, scene).await?;
        }
        fulfillments::set(tx, &self.row, scene.call.at_ms).await?;
        self.row.version += 1;
        let kind = format!("fulfillment.{}", state.code());
        self.tell(tx, scene, &kind, facts).await
    }

    /// With a task end its hold and the clocks of all who work on it; parcels that did not leave are none any more, and
    /// nobody has to see to it that it is done in time or whole.
    async fn end(&mut self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        self.row.is_held = false;
        let about_work = [Kind::LatePick, Kind::LatePickup, Kind::ShortPick];
        exception::settled(tx, &scene.call, &about_work, &self.row.id).await?;
        parcels::stop_all_labor(tx, &self.row.id, scene.call.at_ms).await?;
        let of_parcels = if self.state == State::Collected { "delivered" } else { "void" };
        Ok(parcels::end_all(tx, &self.row.id, of_parcels, scene.call.at_ms).await?)
    }

    pub(crate) async fn tell(
        &self,
        tx: &mut Tx,
        scene: &Scene,
        kind: &str,
        facts: &impl Serialize,
    ) -> Result<(), Refused> {
        let what = What { kind, subject: &self.row.id, order_id: Some(&self.order.id) };
        Ok(scene.call.tell(tx, what, facts).await?)
    }

    pub(crate) fn entry(&self, scene: &Scene, reason: &str) -> Entry {
        Entry {
            at_ms: scene.call.at_ms,
            actor: scene.call.actor.id.clone(),
            reason: reason.to_owned(),
            document: self.row.id.clone(),
            source: None,
        }
    }

    pub(crate) fn shelf(&self, product: ProductKey) -> Shelf {
        Shelf { product, location: self.row.location }
    }

    /// Moves units on a shelf of this place; that they are there is an invariant.
    pub(crate) async fn stock(
        &self,
        tx: &mut Tx,
        (product, movement): (ProductKey, Movement),
        entry: &Entry,
    ) -> Result<(), Refused> {
        match stock::change(tx, self.shelf(product), movement, entry).await? {
            Moved::Done | Moved::Before => Ok(()),
            Moved::Short { there } => {
                Err(broken(&format!("{movement:?} for {}: the shelf has {there:?}", self.row.id)))
            }
        }
    }

    /// The item of a line by its SKU.
    ///
    /// # Errors
    /// The task has no such item.
    pub(crate) fn item(&self, scene: &Scene, line: i64, sku: &str) -> Result<FulfillmentItem, Refused> {
        let product = scene.shop.network.product_by_sku(sku).map(|id| scene.shop.product_key(id));
        let found = self.items.iter().find(|item| item.line == line && Some(item.product) == product);
        let say = || format!("line {line} with “{sku}” is not part of this fulfillment order");
        found.copied().ok_or_else(|| Refused::invalid("/sku", say()))
    }

    /// A fact that is kept beside the row.
    pub(crate) fn keep(&mut self, key: &str, value: serde_json::Value) -> Result<(), Refused> {
        let mut facts: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&self.row.facts).map_err(|error| broken(&error))?;
        facts.insert(key.to_owned(), value);
        self.row.facts = serde_json::Value::Object(facts).to_string();
        Ok(())
    }

    pub(crate) fn fact(&self, key: &str) -> Option<serde_json::Value> {
        let facts: serde_json::Value = serde_json::from_str(&self.row.facts).ok()?;
        facts.get(key).cloned()
    }
}
