//! Batches: one verb, done to many orders beside everything else; asked for, followed, cancelled and taken back.

use crate::answer::{Accepted, Answer};
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::words;
use axum::extract::{Path, State};
use flow::find_orders::Filter;
use flow::order_batch::{
    Action, AskBatch, BatchOrder, BatchRow, CancelBatch, Meant, Outcome, RevertBatch, State as Stage, batch,
    batches, orders_of,
};
use flow::people::Scope;
use serde::{Deserialize, Serialize};
use utoipa::openapi::Schema;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let (read, write) = (Policy::of(EVERYONE, Scope::OrdersRead), Policy::of(MANAGERS, Scope::OrdersWrite));
    Routes::tagged("orders")
        .add(write, routes!(ask_batch))
        .add(read, routes!(list_batches))
        .add(read, routes!(get_batch))
        .add(read, routes!(list_batch_orders))
        .add(write, routes!(cancel_batch))
        .add(write, routes!(revert_batch))
}

/// One verb, done to many orders.
#[derive(Serialize, ToSchema)]
struct OrderBatch {
    #[schema(example = "bat_0192…")]
    id: String,
    #[schema(schema_with = actions)]
    action: String,
    reason: String,
    /// By which words its orders were found when it was asked for; null: they were named.
    r#where: Option<Filter>,
    /// The batch whose effect this one takes back; null: none.
    reverts: Option<String>,
    /// The batch that takes back the effect of this one; null: none.
    reverted_by: Option<String>,
    /// Whether POST …/revert would be taken now.
    can_revert: bool,
    /// `waiting`: others are before it. `running`. `done`: every order had its turn. `failed`: see `failure`. `cancelled`.
    #[schema(schema_with = stages)]
    state: &'static str,
    #[schema(minimum = 1)]
    total: i64,
    /// Orders it was done to,
    #[schema(minimum = 0)]
    done: i64,
    /// and orders that refused it; the rest had no turn yet.
    #[schema(minimum = 0)]
    failed: i64,
    /// Why all of it failed; null where it did not.
    failure: Option<String>,
    asked_by: String,
    asked_at: i64,
    /// When it was first begun; null: not yet.
    started_at: Option<i64>,
    ended_at: Option<i64>,
}

impl From<BatchRow> for OrderBatch {
    fn from(row: BatchRow) -> OrderBatch {
        let has_opposite = Action::from_code(&row.action).is_some_and(|action| action.opposite().is_some());
        OrderBatch {
            can_revert: has_opposite && row.state.is_over() && row.done > 0 && row.reverted_by.is_none(),
            id: row.id,
            action: row.action,
            reason: row.reason,
            r#where: row.criteria.and_then(|text| serde_json::from_str(&text).ok()),
            reverts: row.reverts,
            reverted_by: row.reverted_by,
            state: row.state.code(),
            total: row.total,
            done: row.done,
            failed: row.failed,
            failure: Some(row.failure).filter(|why| !why.is_empty()),
            asked_by: row.asked_by,
            asked_at: row.asked_at_ms,
            started_at: row.started_at_ms,
            ended_at: row.ended_at_ms,
        }
    }
}

/// An order of a batch, and what became of it.
#[derive(Serialize, ToSchema)]
struct OrderBatchRow {
    /// From 1.
    number: i64,
    order_id: String,
    /// What people call it; null: there is no such order.
    name: Option<String>,
    #[schema(schema_with = outcomes)]
    outcome: &'static str,
    /// Why it failed, in words; null where it did not.
    reason: Option<String>,
    /// When it had its turn; null: not yet.
    at: Option<i64>,
}

impl From<BatchOrder> for OrderBatchRow {
    fn from(row: BatchOrder) -> OrderBatchRow {
        OrderBatchRow {
            number: row.number,
            order_id: row.order_id,
            name: row.name,
            outcome: row.outcome.code(),
            reason: Some(row.reason).filter(|why| !why.is_empty()),
            at: row.at_ms,
        }
    }
}

fn actions() -> Schema {
    words::schema(Action::ALL.map(Action::code))
}

fn stages() -> Schema {
    words::schema(Stage::ALL.map(Stage::code))
}

fn outcomes() -> Schema {
    words::schema(Outcome::ALL.map(Outcome::code))
}

/// What is to be done, and to which orders: `ids` or `where`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOrderBatch {
    #[schema(schema_with = actions)]
    action: String,
    /// Why; `hold` needs one.
    #[serde(default)]
    reason: String,
    /// 10,000 at most.
    ids: Option<Vec<String>>,
    /// All orders that the list with these words shows now, 10,000 at most.
    r#where: Option<Filter>,
}

/// Asks for one verb to be done to many orders, each by itself: what one of them refuses keeps no other from its turn.
///
/// It is done beside everything else, by whoever asks; follow `Location` until its `state` is `done`. 20 may wait; the
/// newest 100 are kept.
#[utoipa::path(post, path = "/v1/order-batches", request_body = NewOrderBatch,
    responses((status = 202, body = OrderBatch)))]
async fn ask_batch(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewOrderBatch>,
) -> Answer<Accepted<OrderBatch>> {
    caller.must_reach_all()?;
    let words = Action::ALL.map(Action::code);
    let action = words::in_body("/action", &new.action, (Action::from_code, &words))?;
    let meant = match (new.ids, new.r#where) {
        (Some(ids), None) => Meant::These(ids),
        (None, Some(filter)) => Meant::Found(Box::new(filter)),
        _ => return Err(Problem::invalid("/ids", "name orders here, or say which under where: one of both")),
    };
    let row = app.baton.perform(&caller.call, AskBatch { action, reason: new.reason, meant }).await?;
    Ok(accepted(row))
}

fn accepted(row: BatchRow) -> Accepted<OrderBatch> {
    Accepted { location: format!("/v1/order-batches/{}", row.id), body: row.into() }
}

/// Lists batches, the newest first.
#[utoipa::path(get, path = "/v1/order-batches", params(Page), responses((status = 200, body = Listed<OrderBatch>)))]
async fn list_batches(State(app): State<App>, caller: Caller, page: Page) -> Answer<Listed<OrderBatch>> {
    caller.must_reach_all()?;
    let before = page.after::<String>()?;
    let rows = batches(&app.db, before.as_deref(), page.more()).await?;
    Ok(page.list(rows, |row| row.id.clone()))
}

/// One batch: how far it is.
#[utoipa::path(get, path = "/v1/order-batches/{id}", params(("id" = String, Path)),
    responses((status = 200, body = OrderBatch)))]
async fn get_batch(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<OrderBatch>> {
    caller.must_reach_all()?;
    Ok(Json(batch(&app.db, &id).await?.into()))
}

/// Which orders of a batch are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Left out: whatever became of them.
    #[param(schema_with = outcomes)]
    outcome: Option<String>,
}

/// What became of each order of a batch, in the order of their turns.
#[utoipa::path(get, path = "/v1/order-batches/{id}/rows", params(("id" = String, Path), Wanted, Page),
    responses((status = 200, body = Listed<OrderBatchRow>)))]
async fn list_batch_orders(
    State(app): State<App>,
    caller: Caller,
    (Path(id), Query(wanted)): (Path<String>, Query<Wanted>),
    page: Page,
) -> Answer<Listed<OrderBatchRow>> {
    caller.must_reach_all()?;
    words::in_query("outcome", wanted.outcome.as_deref(), Outcome::ALL.map(Outcome::code))?;
    let outcome = wanted.outcome.as_deref().and_then(Outcome::from_code);
    let after = page.after()?.unwrap_or(0);
    let rows = orders_of(&app.db, &id, (outcome, after), page.more()).await?;
    Ok(page.list(rows, |row| row.number))
}

/// Cancels a batch that waits or runs: no order has its turn any more. What is done stays done.
#[utoipa::path(post, path = "/v1/order-batches/{id}/cancel", params(("id" = String, Path)),
    responses((status = 200, body = OrderBatch)))]
async fn cancel_batch(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<OrderBatch>> {
    caller.must_reach_all()?;
    Ok(Json(app.baton.perform(&caller.call, CancelBatch { id }).await?.into()))
}

/// Takes back what a batch did, as another batch: what it held is released, where its hold is still the one; what it
/// released is held again as it was. Once for each batch of holds or releases that is over.
#[utoipa::path(post, path = "/v1/order-batches/{id}/revert", params(("id" = String, Path)),
    responses((status = 202, body = OrderBatch)))]
async fn revert_batch(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Accepted<OrderBatch>> {
    caller.must_reach_all()?;
    Ok(accepted(app.baton.perform(&caller.call, RevertBatch { id }).await?))
}
