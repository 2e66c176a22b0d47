//! What can be had: numbers with their reasons, and for a storefront from when, by which lane and at what cost.
//!
//! A shop assistant may look up every store, as a customer at the counter wants to know; the reasons behind a number
//! name every shelf, and are for those who reach all locations.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::problem::Problem;
use axum::extract::{Path, State};
use flow::inventory::available::{self, Scope, Why, WhyRow};
use flow::storefront::{self, Looking};
use model::Currency;
use serde::{Deserialize, Serialize};
use store::pools::Buffer;
use store::promise::MOST_PRODUCTS;
use utoipa::{IntoParams, ToSchema};

/// What is looked up.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Up to 250 SKUs, with commas between them.
    #[param(example = "MUG,TEE")]
    sku: String,
    /// Code of the pool.
    pool: String,
    /// The sales channel; left out: none in particular.
    #[serde(default)]
    channel: String,
}

/// A SKU and what may be promised of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Available {
    sku: String,
    /// Null: there is no such SKU.
    units: Option<i64>,
}

/// Looks up what may be promised of up to 250 SKUs, in the order asked.
#[utoipa::path(get, path = "/v1/availability", params(Wanted), responses((status = 200, body = Vec<Available>)))]
pub(crate) async fn list_available(
    State(app): State<App>,
    _caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Vec<Available>>> {
    let skus: Vec<String> = wanted.sku.split(',').map(|sku| sku.trim().to_owned()).collect();
    if skus.len() > MOST_PRODUCTS {
        let detail = format!("{} SKUs are more than {MOST_PRODUCTS}; ask in parts", skus.len());
        return Err(Problem::bad_request("too_many_skus", detail));
    }
    let scope = Scope { pool: wanted.pool, channel: wanted.channel, at_ms: app.now_ms() };
    let found = available::available(&app.db, scope, skus).await?;
    Ok(Json(found.into_iter().map(|one| Available { sku: one.sku, units: one.units }).collect()))
}

/// Of which pool, for which channel.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Scoped {
    /// Code of the pool.
    pool: String,
    /// The sales channel; left out: none in particular.
    #[serde(default)]
    channel: String,
}

/// A number, explained: what each location adds, less what is kept back, less what orders wait for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Explained {
    sku: String,
    /// `available` less `kept` less `not_routed`; never below zero.
    promised: i64,
    available: i64,
    /// Units that the channel is not offered.
    kept: i64,
    /// How they are reckoned: `units` or `percent`, and how many.
    buffer: BufferShown,
    /// Units that orders want and no place has yet.
    not_routed: i64,
    locations: Vec<Adding>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct BufferShown {
    pub(super) units: Option<i64>,
    pub(super) percent: Option<i64>,
}

impl From<Buffer> for BufferShown {
    fn from(buffer: Buffer) -> BufferShown {
        match buffer {
            Buffer::Units(units) => BufferShown { units: Some(units), percent: None },
            Buffer::Percent(percent) => BufferShown { units: None, percent: Some(percent) },
        }
    }
}

/// What one location adds, and why.
#[derive(Serialize, ToSchema)]
struct Adding {
    location: String,
    name: String,
    adds: i64,
    /// `all`, `nothing_left`, `gate_closed`, `not_in_pool` or `not_stocked`.
    reason: &'static str,
    /// `open` or `closed`.
    gate: &'static str,
    /// Why the gate is so; null: it has not been judged.
    gate_reason: Option<String>,
    /// Of the committed: kept for carts.
    held: i64,
    /// Gone though promised.
    missing: i64,
    /// When the shelf was last counted, by a feed or by people.
    counted_as_of: Option<i64>,
    /// How old the newest word about the shelf is.
    age_ms: Option<i64>,
}

impl From<WhyRow> for Adding {
    fn from(row: WhyRow) -> Adding {
        Adding {
            adds: row.adds,
            reason: row.reason.code(),
            age_ms: row.age_ms,
            location: row.shelf.code,
            name: row.shelf.name,
            gate: row.shelf.gate.code(),
            gate_reason: row.shelf.gate_reason,
            held: row.shelf.held,
            missing: row.shelf.missing,
            counted_as_of: row.shelf.counted_as_of_ms,
        }
    }
}

/// Explains how much of a SKU may be promised, location by location.
#[utoipa::path(get, path = "/v1/availability/{sku}/why", params(("sku" = String, Path), Scoped),
    responses((status = 200, body = Explained)))]
pub(crate) async fn explain_available(
    State(app): State<App>,
    caller: Caller,
    Path(sku): Path<String>,
    Query(scoped): Query<Scoped>,
) -> Answer<Json<Explained>> {
    caller.must_reach_all()?;
    let scope = Scope { pool: scoped.pool, channel: scoped.channel, at_ms: app.now_ms() };
    let Why { promised, available, buffer, kept, not_routed, rows } =
        available::why_available(&app.db, scope, sku.clone()).await?;
    let locations = rows.into_iter().map(Adding::from).collect();
    Ok(Json(Explained { sku, promised, available, kept, buffer: buffer.into(), not_routed, locations }))
}

/// What somebody looks at, and where.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Look {
    sku: String,
    #[param(minimum = 1, default = 1)]
    #[serde(default = "one")]
    quantity: u32,
    /// The customer's postal code.
    postal: String,
    /// ISO 3166; left out: the United States.
    #[serde(default)]
    country: String,
    /// The sales channel; left out: `web`.
    #[serde(default = "web")]
    channel: String,
}

fn one() -> u32 {
    1
}

fn web() -> String {
    "web".to_owned()
}

impl From<Look> for Looking {
    fn from(look: Look) -> Looking {
        let Look { sku, quantity, postal, country, channel } = look;
        Looking { sku, quantity, postal, country, channel }
    }
}

/// One way to have all of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Offer {
    /// `ship`, `pickup` or `local_delivery`.
    lane: &'static str,
    /// `standard`, `expedited`, `next_day` or `same_day`.
    service: &'static str,
    /// Codes of the places that it comes from; of a pickup: where it is.
    from: Vec<String>,
    /// Ordered before this instant.
    order_by: i64,
    /// The day on which it is with the customer, or ready.
    #[schema(example = "2026-11-30")]
    arrives: String,
    /// Of a pickup: when it can be collected.
    ready_at: Option<i64>,
    /// What it costs the shop, landed, in minor units.
    cost_minor: i64,
    currency: String,
}

impl Offer {
    fn of(offer: storefront::Offer, currency: Currency) -> Offer {
        Offer {
            lane: offer.lane.code(),
            service: offer.service.code(),
            from: offer.from,
            order_by: offer.order_by.0,
            arrives: offer.arrives.to_string(),
            ready_at: offer.ready_at.map(|at| at.0),
            cost_minor: offer.cost.round_to_money(currency).minor,
            currency: currency.code().to_owned(),
        }
    }
}

/// Tells by which lanes and services all of it can be had, from when and at what cost. Nothing is kept for anybody.
#[utoipa::path(get, path = "/v1/promise", params(Look), responses((status = 200, body = Vec<Offer>)))]
pub(crate) async fn promise(
    State(app): State<App>,
    _caller: Caller,
    Query(look): Query<Look>,
) -> Answer<Json<Vec<Offer>>> {
    let currency = app.baton.shop(app.now_ms()).await?.network.currency;
    let offers = storefront::promise(&app.baton, app.now_ms(), &look.into()).await?;
    Ok(Json(offers.into_iter().map(|offer| Offer::of(offer, currency)).collect()))
}

/// A store that has all of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PickupStore {
    location: String,
    name: String,
    /// As the crow flies; null: not known.
    distance_m: Option<i64>,
    /// By the store's calendar; null: ready without delay.
    ready_at: Option<i64>,
    cost_minor: i64,
    currency: String,
}

/// Lists stores where all of it can be collected, the nearest first; at most 50.
#[utoipa::path(get, path = "/v1/pickup-stores", params(Look), responses((status = 200, body = Vec<PickupStore>)))]
pub(crate) async fn list_pickup_stores(
    State(app): State<App>,
    _caller: Caller,
    Query(look): Query<Look>,
) -> Answer<Json<Vec<PickupStore>>> {
    let currency = app.baton.shop(app.now_ms()).await?.network.currency;
    let stores = storefront::pickup_stores(&app.baton, app.now_ms(), &look.into()).await?;
    let shown = |store: storefront::PickupStore| PickupStore {
        location: store.code,
        name: store.name,
        distance_m: store.distance.map(|distance| i64::from(distance.0)),
        ready_at: store.ready_at.map(|at| at.0),
        cost_minor: store.cost.round_to_money(currency).minor,
        currency: currency.code().to_owned(),
    };
    Ok(Json(stores.into_iter().map(shown).collect()))
}
