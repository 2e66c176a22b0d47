//! Routes that change an order.

use super::shown::{self, Decision, Order, ReturnShown};
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use crate::versions::{IfMatch, Versioned};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use flow::Refused;
use flow::cancel_order::CancelOrder;
use flow::edit_order::{EditOrder, Wanted};
use flow::fulfillment::{ReturnUnits, Returned};
use flow::hold_order::{HoldOrder, LiftHold};
use flow::order::Address;
use flow::override_order::{RouteAgain, try_route};
use flow::substitute::{Answer as Said, AnswerOffer};
use serde::{Deserialize, Serialize};
use store::fulfillments;
use utoipa::ToSchema;

/// Lines that one request names.
const MOST_LINES: usize = flow::order::MAX_SENT_LINES;

/// What is to be another; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    ship_to: Option<Address>,
    /// `ship`, `pickup` or `local_delivery`.
    lane: Option<String>,
    /// Code of the store of a pickup.
    pickup_at: Option<String>,
    /// The channel's version of this change: an older one than the last changes nothing.
    source_version: Option<i64>,
    #[serde(default)]
    lines: Vec<LineWanted>,
}

/// How many of a line are wanted in all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LineWanted {
    line: i64,
    /// 0 cancels the line.
    quantity: u32,
}

/// Changes where an order goes, how, and how many of what. What has not been started is decided again.
#[utoipa::path(patch, path = "/v1/orders/{id}",
    params(("id" = String, Path), IfMatch),
    request_body = Edit, responses((status = 200, body = Order)))]
pub(crate) async fn edit_order(
    State(app): State<App>,
    caller: Caller,
    (Path(id), IfMatch(version)): (Path<String>, IfMatch),
    Json(edit): Json<Edit>,
) -> Answer<Versioned<Order>> {
    caller.must_reach_all()?;
    if edit.lines.len() > MOST_LINES {
        return Err(Problem::invalid("/lines", format!("has more than {MOST_LINES} lines")));
    }
    let lines = edit.lines.iter().map(|line| Wanted { line: line.line, quantity: line.quantity }).collect();
    let verb = EditOrder {
        order_id: id.clone(),
        version: Some(version),
        source_version: edit.source_version,
        ship_to: edit.ship_to,
        lane: edit.lane,
        pickup_at: edit.pickup_at,
        lines,
    };
    app.baton.perform(&caller.call, verb).await?;
    show(&app, &id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hold {
    /// `payment`, `address`, or a word of the shop's own.
    reason: String,
}

/// Holds an order: nothing more of it is decided until the hold is lifted.
#[utoipa::path(post, path = "/v1/orders/{id}/hold", params(("id" = String, Path)), request_body = Hold,
    responses((status = 200, body = Order)))]
pub(crate) async fn hold_order(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(hold): Json<Hold>,
) -> Answer<Versioned<Order>> {
    caller.must_reach_all()?;
    app.baton.perform(&caller.call, HoldOrder { order_id: id.clone(), reason: hold.reason }).await?;
    show(&app, &id).await
}

/// Lifts a hold: what is open is decided.
#[utoipa::path(post, path = "/v1/orders/{id}/release", params(("id" = String, Path)),
    responses((status = 200, body = Order)))]
pub(crate) async fn release_order(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Versioned<Order>> {
    caller.must_reach_all()?;
    app.baton.perform(&caller.call, LiftHold { order_id: id.clone() }).await?;
    show(&app, &id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cancel {
    /// Numbers of lines; empty: all.
    #[serde(default)]
    lines: Vec<i64>,
    #[serde(default)]
    reason: String,
}

/// Cancels what has not left: all of an order, or some lines. What has left comes back as a return.
#[utoipa::path(post, path = "/v1/orders/{id}/cancel", params(("id" = String, Path)), request_body = Cancel,
    responses((status = 200, body = Order)))]
pub(crate) async fn cancel_order(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(cancel): Json<Cancel>,
) -> Answer<Versioned<Order>> {
    caller.must_reach_all()?;
    let verb = CancelOrder { order_id: id.clone(), lines: cancel.lines, reason: cancel.reason };
    app.baton.perform(&caller.call, verb).await?;
    show(&app, &id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Route {
    /// Code of the place; left out: as the rules say.
    to: Option<String>,
    #[serde(default)]
    reason: String,
    /// Show what would follow, and change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// The order as it is routed now, or the decision of a dry run.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "for the description alone: a handler answers one of them")]
enum Routed {
    Order(Box<Order>),
    Decision(Box<Decision>),
}

/// Routes what has not been started: again by the rules, or to one place by hand. With `dry_run` the decision is answered
/// as it would be made, and nothing is changed.
#[utoipa::path(post, path = "/v1/orders/{id}/route", params(("id" = String, Path)), request_body = Route,
    responses((status = 200, body = Routed)))]
pub(crate) async fn route_order(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(route): Json<Route>,
) -> Answer<Response> {
    caller.must_reach_all()?;
    let verb = RouteAgain { order_id: id.clone(), to: route.to, reason: route.reason };
    if route.dry_run {
        let decision = try_route(&app.baton, &caller.call, verb).await?;
        return Ok(Json(Decision::from(decision)).into_response());
    }
    app.baton.perform(&caller.call, verb).await?;
    Ok(show(&app, &id).await?.into_response())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Return {
    line: i64,
    sku: String,
    #[schema(minimum = 1)]
    units: i64,
    /// Code of the place that has them now.
    at: String,
    #[serde(default)]
    is_damaged: bool,
    #[serde(default)]
    reason: String,
}

/// Takes units back, to sale or to damaged, at a named place. The answer says what they are refunded. Whoever is limited to
/// stores takes back what one of them has handed over.
#[utoipa::path(post, path = "/v1/orders/{id}/returns", params(("id" = String, Path)), request_body = Return,
    responses((status = 201, body = ReturnShown)))]
pub(crate) async fn return_units(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(back): Json<Return>,
) -> Answer<(StatusCode, Json<ReturnShown>)> {
    let shop = app.baton.shop(app.now_ms()).await?;
    let none = || Refused::invalid("/at", format!("there is no location “{}”", back.at));
    let place = shop.network.location_by_code(&back.at).ok_or_else(none)?;
    caller.must_reach(shop.location_key(place))?;
    must_have_work(&app, &caller, &id).await?;
    let verb = ReturnUnits {
        order_id: id,
        line: back.line,
        sku: back.sku,
        units: back.units,
        at: back.at,
        condition: if back.is_damaged { Returned::Damaged } else { Returned::Sellable },
        reason: back.reason,
    };
    let row = app.baton.perform(&caller.call, verb).await?;
    Ok((StatusCode::CREATED, Json(shown::returned(&shop, &row))))
}

/// # Errors
/// The caller is limited to locations, and none of them has anything to do with the order.
async fn must_have_work(app: &App, caller: &Caller, order_id: &str) -> Result<(), Problem> {
    if caller.must_reach_all().is_ok() {
        return Ok(());
    }
    let id = order_id.to_owned();
    let rows = app.db.read::<_, Problem>(move |tx| {
        let id = id.clone();
        Box::pin(async move { Ok(fulfillments::of_order(tx, &id).await?) })
    });
    match rows.await?.iter().any(|row| caller.must_reach(row.location).is_ok()) {
        true => Ok(()),
        false => Err(Problem::forbidden("none of your locations has anything of this order")),
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SaidToOffer {
    accept: bool,
}

/// Takes the customer's answer about a substitute.
#[utoipa::path(post, path = "/v1/substitutions/{id}/answer", params(("id" = String, Path)), request_body = SaidToOffer,
    responses((status = 200, body = Order)))]
pub(crate) async fn answer_substitution(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(said): Json<SaidToOffer>,
) -> Answer<Versioned<Order>> {
    caller.must_reach_all()?;
    let answer = if said.accept { Said::Accept } else { Said::Decline };
    let order = app.baton.perform(&caller.call, AnswerOffer { offer_id: id, answer }).await?;
    show(&app, &order.id).await
}

async fn show(app: &App, id: &str) -> Answer<Versioned<Order>> {
    let order = shown::order(app, id).await?;
    Ok(Versioned { version: order.head.version, body: order })
}
