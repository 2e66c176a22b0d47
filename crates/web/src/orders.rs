//! Orders: taken, looked at, changed, held, routed, cancelled, returned.

mod bulk;
mod change;
mod listed;
mod shopper;
mod shown;

use crate::answer::{Answer, Created};
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, MANAGERS, Policy, STAFF};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::versions::Versioned;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use flow::Refused;
use flow::order::NewOrder;
use flow::people::Scope;
use flow::take_order::take_order;
pub(crate) use listed::{Wanted, in_query, shop};
use shown::{Decision, Order};
use store::{decisions, events, orders};
use utoipa_axum::routes;

/// Decisions of one order that are shown.
const MOST_DECISIONS: i64 = 50;
/// A file of orders in one request.
const BULK_BYTES: usize = 32 << 20;

pub(crate) fn routes() -> Routes {
    let (read, write) = (Policy::of(EVERYONE, Scope::OrdersRead), Policy::of(MANAGERS, Scope::OrdersWrite));
    let staff = Policy::of(STAFF, Scope::OrdersWrite);
    let of_shoppers = Policy::of(MANAGERS, Scope::OrdersRead);
    Routes::tagged("orders")
        .add(read, routes!(listed::list_orders))
        .add(read, routes!(listed::count_orders))
        .add(write, routes!(create_order))
        .add(write.with_body(BULK_BYTES), routes!(bulk::take_orders))
        .add(read, routes!(get_order))
        .add(read, routes!(list_decisions))
        .add(read, routes!(list_timeline))
        .add(write, routes!(change::edit_order))
        .add(write, routes!(change::hold_order))
        .add(write, routes!(change::release_order))
        .add(write, routes!(change::cancel_order))
        .add(write, routes!(change::route_order))
        .add(staff, routes!(change::return_units))
        .add(write, routes!(change::answer_substitution))
        .add(of_shoppers, routes!(shopper::get_shopper))
        .add(of_shoppers, routes!(shopper::export_shopper))
        .add(write, routes!(shopper::erase_shopper))
}

/// Takes an order and decides it, durably, in one step. An order that its channel sent before is answered as it stands,
/// with 200, and nothing is changed.
#[utoipa::path(post, path = "/v1/orders", request_body = NewOrder,
    responses((status = 201, body = Order), (status = 200, body = Order)))]
async fn create_order(State(app): State<App>, caller: Caller, Json(new): Json<NewOrder>) -> Answer<Response> {
    caller.must_reach_all()?;
    let taken = take_order(&app.baton, &caller.call, new).await?;
    let Some(new) = taken.new else {
        let order = shown::order(&app, &taken.order.id).await?;
        return Ok(Versioned { version: order.head.version, body: order }.into_response());
    };
    let order = shown::new_order(&app, taken.order, new).await?;
    Ok(Created::at(format!("/v1/orders/{}", order.head.id), order.head.version, order).into_response())
}

/// One order, with its lines, fulfillment orders, exceptions and money.
#[utoipa::path(get, path = "/v1/orders/{id}", params(("id" = String, Path)), responses((status = 200, body = Order)))]
async fn get_order(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Versioned<Order>> {
    caller.must_reach_all()?;
    let order = shown::order(&app, &id).await?;
    Ok(Versioned { version: order.head.version, body: order })
}

/// Why it is where it is: each decision with every candidate, its reason or its cost beside the winner's; the last first.
#[utoipa::path(get, path = "/v1/orders/{id}/decisions", params(("id" = String, Path)),
    responses((status = 200, body = Vec<Decision>)))]
async fn list_decisions(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<Vec<Decision>>> {
    caller.must_reach_all()?;
    let rows = app.db.read::<_, Refused>(move |tx| {
        let id = id.clone();
        Box::pin(async move {
            orders::get(tx, &id).await?.ok_or_else(|| Refused::not_found("order", &id))?;
            Ok(decisions::of_order(tx, &id, MOST_DECISIONS).await?)
        })
    });
    Ok(Json(rows.await?.into_iter().map(Decision::from).collect()))
}

/// What happened to an order, the oldest first.
#[utoipa::path(get, path = "/v1/orders/{id}/timeline", params(("id" = String, Path), Page),
    responses((status = 200, body = Listed<crate::events::Event>)))]
async fn list_timeline(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    page: Page,
) -> Answer<Listed<crate::events::Event>> {
    caller.must_reach_all()?;
    let (after, more) = (page.after()?.unwrap_or(0), page.more());
    let rows = app.db.read::<_, Problem>(move |tx| {
        let id = id.clone();
        Box::pin(async move {
            orders::get(tx, &id).await?.ok_or_else(|| Refused::not_found("order", &id))?;
            Ok(events::of_order(tx, &id, after, more).await?)
        })
    });
    Ok(page.list(rows.await?, |event| event.number))
}
