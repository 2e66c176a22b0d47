//! Deciding an order, from the facts as they are to what follows from it: one transaction.

use crate::call::{Call, What};
use crate::decide::commit::{Work, allocated, commit, move_open};
use crate::decide::gather::{Facts, gather};
use crate::decide::leftovers;
use crate::exception::{self, About, Kind};
use crate::hold_order::FAILED_CHECK;
use crate::order::{Asked, Document};
use crate::order_state;
use crate::refused::{Refused, broken};
use crate::shop::Shop;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::{Decision, LocationId, Outcome, Timestamp};
use serde::Serialize;
use store::decisions::DecisionRow;
use store::orders::{Item, OrderRow, Stands};
use store::{Tx, decisions, fulfillments, orders};

/// An order about to be decided.
pub(crate) struct Deciding<'a> {
    pub(crate) call: &'a Call,
    pub(crate) shop: &'a Shop,
    /// The row, at the number of this decision.
    pub(crate) row: &'a mut OrderRow,
    pub(crate) asked: Asked,
    pub(crate) items: Items,
}

/// Where the books of the order's units are while it is decided.
pub(crate) enum Items {
    Kept,
    /// Of a new order: written once it is decided.
    New(Vec<Item>),
}

/// Which places are asked, when somebody decides by hand.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Asking {
    /// Every place, as the rules say.
    #[default]
    Everyone,
    /// This place alone.
    Only(LocationId),
}

#[derive(Serialize)]
struct Told<'a> {
    number: i64,
    outcome: &'a str,
    locations: Vec<&'a str>,
    cost: String,
}

/// Decides what of an order is open, and writes down all that follows.
#[derive(Clone, Debug)]
pub struct DecideOrder {
    pub order_id: String,
}

#[async_trait]
impl Verb for DecideOrder {
    type Done = OrderRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<OrderRow, Refused> {
        let mut row = begin(tx, &scene.call, &self.order_id).await?;
        if row.state != "open" {
            return Err(Refused::conflict("order_not_open", format!("the order is {}", row.state)));
        }
        decide_in(tx, scene, &mut row, Asking::Everyone).await?;
        Ok(row)
    }
}

/// The order, held by this transaction.
pub(crate) async fn begin(tx: &mut Tx, call: &Call, id: &str) -> Result<OrderRow, Refused> {
    orders::begin(tx, id, call.at_ms).await?.ok_or_else(|| Refused::not_found("order", id))
}

/// Decides the open units of an order that this transaction holds.
///
/// # Errors
/// Units or room that were free when they were read are taken, told here or at the end of the transaction: nothing of it may
/// be kept.
pub(crate) async fn decide_in(
    tx: &mut Tx,
    scene: &Scene,
    row: &mut OrderRow,
    asking: Asking,
) -> Result<(), Refused> {
    let Scene { call, shop, .. } = scene;
    let document: Document = serde_json::from_str(&row.document).map_err(|error| broken(&error))?;
    let items = orders::items(tx, &row.id).await?;
    let mut asked = Asked::of(shop, row, &document, &items);
    if asked.is_empty() {
        return order_state::settle(tx, row).await;
    }
    asked.order.rejected_by = refused_by(tx, shop, &row.id).await?;
    if let Asking::Only(location) = asking {
        asked.order.rejected_by = shop.network.location_ids().filter(|&id| id != location).collect();
    }
    row.attempts += 1;
    let mut deciding = Deciding { call, shop, row, asked, items: Items::Kept };
    decide_now(tx, &mut deciding).await?;
    order_state::settle(tx, deciding.row).await
}

/// Decides a new order, whose row is written at the number of its first decision, and writes the books of its units.
///
/// # Errors
/// As [`decide_in`].
pub(crate) async fn decide_new(
    tx: &mut Tx,
    scene: &Scene,
    row: &mut OrderRow,
    (document, items): (&Document, Vec<Item>),
) -> Result<(Vec<Item>, Vec<Work>), Refused> {
    let Scene { call, shop, .. } = scene;
    let asked = Asked::of(shop, row, document, &items);
    let mut deciding = Deciding { call, shop, row, asked, items: Items::New(items) };
    let work = decide_now(tx, &mut deciding).await?;
    let Deciding { row, items: Items::New(items), .. } = deciding else {
        return Err(broken(&"the items of a new order are gone"));
    };
    for item in &items {
        orders::add_item(tx, &row.id, item).await?;
    }
    order_state::bring_up(row, &items);
    if row.state != "open" {
        orders::set_state(tx, row).await?;
    }
    Ok((items, work))
}

/// Places that let this order go: they are not asked again.
async fn refused_by(tx: &mut Tx, shop: &Shop, order_id: &str) -> Result<Vec<LocationId>, Refused> {
    let rows = fulfillments::of_order(tx, order_id).await?;
    let refused = rows.iter().filter(|row| matches!(row.state.as_str(), "rejected" | "expired" | "short"));
    let mut ids: Vec<LocationId> = refused.filter_map(|row| shop.location_id(row.location)).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// What would be decided about an order if all of it were open; nothing is written.
pub(crate) async fn try_decide(
    tx: &mut Tx,
    (call, shop): (&Call, &Shop),
    order_id: &str,
) -> Result<DecisionRow, Refused> {
    let found = orders::get(tx, order_id).await?;
    let mut row = found.ok_or_else(|| Refused::not_found("order", order_id))?;
    let items = orders::items(tx, order_id).await?;
    let asked = Asked::in_full(shop, &row, items)?;
    let facts = gather(tx, shop, &asked, Timestamp(call.at_ms)).await?;
    let decision = shop.decide(&facts.stock, &asked.order, Timestamp(call.at_ms));
    let deciding = Deciding { call, shop, row: &mut row, asked, items: Items::Kept };
    Ok(decision_row(&deciding, (&decision, &facts)))
}

/// Gathers, decides, checks, and writes down; the work that it makes.
async fn decide_now(tx: &mut Tx, deciding: &mut Deciding<'_>) -> Result<Vec<Work>, Refused> {
    let now = Timestamp(deciding.call.at_ms);
    let facts = gather(tx, deciding.shop, &deciding.asked, now).await?;
    let decision = deciding.shop.decide(&facts.stock, &deciding.asked.order, now);
    let hold_code = hold_code(deciding, &facts, &decision);
    record(tx, deciding, (&decision, &facts)).await?;
    if let Some(code) = hold_code {
        hold(tx, deciding, code).await?;
        return Ok(Vec::new());
    }
    let work = commit(tx, deciding, &decision).await?;
    for item in allocated(deciding, &decision) {
        move_open(tx, deciding, item, |units| Stands { allocated: units, ..Stands::default() }).await?;
    }
    leftovers::settle(tx, deciding, &decision).await?;
    Ok(work)
}

/// Why nothing may be carried out: the engine holds the order, or the auditor finds the decision wrong.
fn hold_code(deciding: &Deciding<'_>, facts: &Facts, decision: &Decision) -> Option<&'static str> {
    if let Outcome::Held(reason) = decision.outcome {
        return Some(reason.code());
    }
    let Shop { network, rules, .. } = deciding.shop;
    let (order, now) = (&deciding.asked.order, decision.decided_at);
    let seen = audit::Facts { network, stock: &facts.stock, rules, order, now };
    let is_wrong = audit::check(&seen, decision).iter().any(audit::Finding::is_fatal);
    is_wrong.then_some(FAILED_CHECK)
}

async fn record(
    tx: &mut Tx,
    deciding: &Deciding<'_>,
    (decision, facts): (&Decision, &Facts),
) -> Result<(), Refused> {
    let network = &deciding.shop.network;
    let row = decision_row(deciding, (decision, facts));
    decisions::record(tx, &row).await?;
    let mut locations: Vec<&str> =
        decision.parcels.iter().map(|parcel| network.location(parcel.location).code.as_str()).collect();
    locations.dedup();
    let told =
        Told { number: row.number, outcome: &row.outcome, locations, cost: decision.landed_cost().decimal() };
    let what = What { kind: "order.decided", subject: &deciding.row.id, order_id: Some(&deciding.row.id) };
    Ok(deciding.call.tell(tx, what, &told).await?)
}

fn decision_row(deciding: &Deciding<'_>, (decision, facts): (&Decision, &Facts)) -> DecisionRow {
    let Shop { network, rules, .. } = deciding.shop;
    DecisionRow {
        order_id: deciding.row.id.clone(),
        number: deciding.row.attempts,
        decided_at_ms: deciding.call.at_ms,
        rule_set: i64::from(decision.rule_set),
        network_version: deciding.shop.version,
        outcome: decision.outcome.code().to_owned(),
        decision: engine::decision_json(network, rules, &deciding.asked.order, decision),
        inputs: facts.inputs.clone(),
    }
}

/// Nothing is placed; a person must look.
async fn hold(tx: &mut Tx, deciding: &mut Deciding<'_>, reason: &str) -> Result<(), Refused> {
    deciding.row.state = "held".to_owned();
    deciding.row.hold = reason.to_owned();
    let kind = if reason == "address_unknown" { Kind::AddressHold } else { Kind::Unroutable };
    exception::open(tx, deciding.call, kind, &About::order(&deciding.row.id)).await?;
    Ok(())
}
