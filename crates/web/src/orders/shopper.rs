//! What is held about the shopper of an order, and erasing it.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::words;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flow::shopper::{self, Asked, Erased, Shopper, Why};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::Schema;

/// What is held about a shopper: all orders with the same e-mail address or the same telephone number as this one.
#[derive(Serialize, ToSchema)]
#[schema(as = Shopper)]
pub(crate) struct ShopperShown {
    /// Each once, the newest first.
    names: Vec<String>,
    emails: Vec<String>,
    phones: Vec<String>,
    /// At most 500.
    #[schema(minimum = 1)]
    orders: usize,
    /// There are more.
    is_capped: bool,
    /// When the first and the last of them were placed.
    first_placed_at: i64,
    last_placed_at: i64,
    /// Orders that are still to be sent or collected: nobody is erased before. At most 20 of them.
    under_way: Vec<UnderWay>,
    #[schema(minimum = 0)]
    under_way_count: usize,
    /// When the shopper of this order was erased; null: not.
    erased_at: Option<i64>,
}

#[derive(Serialize, ToSchema)]
struct UnderWay {
    id: String,
    name: String,
}

impl From<Shopper> for ShopperShown {
    fn from(found: Shopper) -> ShopperShown {
        let under_way = found.under_way.into_iter().map(|(id, name)| UnderWay { id, name }).collect();
        ShopperShown {
            names: found.names,
            emails: found.emails,
            phones: found.phones,
            orders: found.orders,
            is_capped: found.is_capped,
            first_placed_at: found.first_ms,
            last_placed_at: found.last_ms,
            under_way,
            under_way_count: found.under_way_count,
            erased_at: found.erased_at_ms,
        }
    }
}

/// What is held about the shopper of an order: how many orders, since when, and which of them are still on their way.
#[utoipa::path(get, path = "/v1/orders/{id}/shopper", params(("id" = String, Path)),
    responses((status = 200, body = ShopperShown)))]
pub(super) async fn get_shopper(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<ShopperShown>> {
    caller.must_reach_all()?;
    Ok(Json(shopper::shopper(&app.baton, &id).await?.into()))
}

/// All that is held about the shopper of an order, as a file for them: each order with its document, its work, its
/// exceptions and everything that happened to it, and what else names them. At most 500 orders. The log of events tells who
/// took it (`shopper.exported`).
#[utoipa::path(get, path = "/v1/orders/{id}/shopper.json", params(("id" = String, Path)),
    responses((status = 200, body = serde_json::Value)))]
pub(super) async fn export_shopper(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Response> {
    caller.must_reach_all()?;
    let held = shopper::export(&app.baton, &caller.call, &id).await?;
    let file = HeaderValue::from_static("attachment; filename=\"shopper.json\"");
    let headers: [(HeaderName, HeaderValue); 1] = [(header::CONTENT_DISPOSITION, file)];
    Ok((headers, Json(held)).into_response())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Erase {
    #[schema(schema_with = reasons)]
    reason: String,
    /// What people call the order, typed again: `#1043`.
    confirm: String,
}

fn reasons() -> Schema {
    words::schema(Why::ALL.map(Why::code))
}

/// How far an erasure came.
#[derive(Serialize, ToSchema)]
#[schema(as = ShopperErased)]
pub(crate) struct ErasedShown {
    /// Orders that were written over now; 0: they had been before.
    #[schema(minimum = 0)]
    orders: usize,
    /// Rows elsewhere that named the shopper.
    #[schema(minimum = 0)]
    traces: usize,
    /// There are more orders of the shopper than one request erases: ask again.
    is_more: bool,
}

/// Erases the shopper of an order: name, e-mail, telephone, address and everything that was typed about them, in all orders
/// of theirs and wherever else they are named. Country, region, the first three characters of the postal code, money, units
/// and stock stay. Refused with `orders_under_way` while something is still to be sent or collected. Repeating it changes
/// nothing. There is no way back.
#[utoipa::path(post, path = "/v1/orders/{id}/shopper/erase", params(("id" = String, Path)), request_body = Erase,
    responses((status = 200, body = ErasedShown)))]
pub(super) async fn erase_shopper(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(asked): Json<Erase>,
) -> Answer<Json<ErasedShown>> {
    caller.must_reach_all()?;
    let why = words::in_body("/reason", &asked.reason, (Why::of_code, &Why::ALL.map(Why::code)))?;
    let asked = Asked { order_id: id, why, confirm: asked.confirm };
    let Erased { orders, traces, is_more } = shopper::erase(&app.baton, &caller.call, asked).await?;
    Ok(Json(ErasedShown { orders, traces, is_more }))
}
