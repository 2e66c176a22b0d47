//! Pools, and what channels are not offered of them.

use super::availability::BufferShown;
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::page::{Listed, Page};
use crate::problem::Problem;
use crate::words;
use axum::extract::{Path, State};
use flow::Refused;
use flow::inventory::pool::{self, NewBuffer};
use flow::shop::Shop;
use serde::{Deserialize, Serialize};
use store::pools::{self, Buffer, Gate, Pool, SkuClass};
use utoipa::ToSchema;
use utoipa::openapi::Schema;

/// A class of products: the retailer's category, and `A`, `B` or `C` by velocity. Empty: not known, or any.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Class {
    #[serde(default)]
    pub(super) category: String,
    #[serde(default)]
    pub(super) velocity: String,
}

impl From<Class> for SkuClass {
    fn from(class: Class) -> SkuClass {
        SkuClass { category: class.category, velocity: class.velocity }
    }
}

impl From<SkuClass> for Class {
    fn from(class: SkuClass) -> Class {
        Class { category: class.category, velocity: class.velocity }
    }
}

/// A set of locations and classes whose units are promised together.
#[derive(Serialize, ToSchema)]
pub(crate) struct PoolShown {
    code: String,
    name: String,
    /// How a shelf counts of which no gate has decided yet: `open` or `closed`.
    unproven: &'static str,
    /// By code.
    locations: Vec<String>,
    /// None: every class.
    classes: Vec<Class>,
}

impl PoolShown {
    fn of(shop: &Shop, pool: Pool) -> PoolShown {
        let mut locations: Vec<String> =
            pool.locations.iter().map(|key| shop.code(*key).to_owned()).collect();
        locations.sort();
        PoolShown {
            code: pool.code,
            name: pool.name,
            unproven: pool.unproven.code(),
            locations,
            classes: pool.classes.into_iter().map(Class::from).collect(),
        }
    }
}

/// Lists pools, by code.
#[utoipa::path(get, path = "/v1/pools", params(Page), responses((status = 200, body = Listed<PoolShown>)))]
pub(crate) async fn list_pools(
    State(app): State<App>,
    _caller: Caller,
    page: Page,
) -> Answer<Listed<PoolShown>> {
    let (after, more) = (page.after::<String>()?.unwrap_or_default(), page.more());
    let found = app.db.read::<_, Refused>(move |tx| {
        let after = after.clone();
        Box::pin(async move { Ok(pools::list(tx, &after, more).await?) })
    });
    let found = found.await?;
    let shop = app.baton.shop(app.now_ms()).await?;
    let shown = found.into_iter().map(|(_, pool)| PoolShown::of(&shop, pool));
    Ok(page.list(shown.collect(), |pool: &PoolShown| pool.code.clone()))
}

/// What a pool is made of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPool {
    #[serde(default)]
    name: String,
    /// How a shelf counts of which no gate has decided yet.
    #[schema(schema_with = gates)]
    unproven: String,
    /// By code.
    locations: Vec<String>,
    /// Left out: every class. An empty velocity: every velocity of the category.
    #[serde(default)]
    classes: Vec<Class>,
}

const GATES: [&str; 2] = ["open", "closed"];

pub(super) fn gates() -> Schema {
    words::schema(GATES)
}

/// `open` or `closed`.
pub(super) fn gate(at: &str, code: &str) -> Result<Gate, Problem> {
    words::in_body(at, code, (|code: &str| Gate::from_code(code).ok(), &GATES))
}

/// Makes a pool, or gives it other members.
#[utoipa::path(put, path = "/v1/pools/{code}", params(("code" = String, Path)), request_body = NewPool,
    responses((status = 200, body = PoolShown)))]
pub(crate) async fn save_pool(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    Json(new): Json<NewPool>,
) -> Answer<Json<PoolShown>> {
    caller.must_reach_all()?;
    let asked = pool::NewPool {
        code: code.clone(),
        name: new.name,
        unproven: gate("/unproven", &new.unproven)?,
        locations: new.locations.into_iter().collect(),
        classes: new.classes.into_iter().map(SkuClass::from).collect(),
    };
    pool::save_pool(&app.db, &caller.call, asked).await?;
    let (_, saved) = find(&app, &code).await?;
    Ok(Json(PoolShown::of(&*app.baton.shop(app.now_ms()).await?, saved)))
}

async fn find(app: &App, code: &str) -> Result<(pools::PoolKey, Pool), Problem> {
    let wanted = code.trim().to_owned();
    let found = app.db.read::<_, Refused>(move |tx| {
        let code = wanted.clone();
        Box::pin(
            async move { pools::find(tx, &code).await?.ok_or_else(|| Refused::not_found("pool", &code)) },
        )
    });
    Ok(found.await?)
}

/// What a channel is not offered of each product: units, or a share of what is available, or neither: nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewChannelBuffer {
    #[serde(default)]
    units: Option<i64>,
    #[serde(default)]
    percent: Option<i64>,
}

/// What a channel is not offered of a pool.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChannelBuffer {
    channel: String,
    units: Option<i64>,
    percent: Option<i64>,
}

impl From<(String, Buffer)> for ChannelBuffer {
    fn from((channel, buffer): (String, Buffer)) -> ChannelBuffer {
        let BufferShown { units, percent } = buffer.into();
        ChannelBuffer { channel, units, percent }
    }
}

/// Lists what channels are not offered of a pool, by channel.
#[utoipa::path(get, path = "/v1/pools/{code}/buffers", params(("code" = String, Path), Page),
    responses((status = 200, body = Listed<ChannelBuffer>)))]
pub(crate) async fn list_buffers(
    State(app): State<App>,
    _caller: Caller,
    Path(code): Path<String>,
    page: Page,
) -> Answer<Listed<ChannelBuffer>> {
    let (pool, _) = find(&app, &code).await?;
    let (after, more) = (page.after::<String>()?.unwrap_or_default(), page.more());
    let found = app.db.read::<_, Refused>(move |tx| {
        let after = after.clone();
        Box::pin(async move { Ok(pools::buffers(tx, pool, &after, more).await?) })
    });
    Ok(page.list(found.await?, |(channel, _)| channel.clone()))
}

/// Reads what a channel is not offered of a pool.
#[utoipa::path(get, path = "/v1/pools/{code}/buffers/{channel}",
    params(("code" = String, Path), ("channel" = String, Path)), responses((status = 200, body = BufferShown)))]
pub(crate) async fn get_buffer(
    State(app): State<App>,
    _caller: Caller,
    Path((code, channel)): Path<(String, String)>,
) -> Answer<Json<BufferShown>> {
    let (pool, _) = find(&app, &code).await?;
    let buffer = app.db.read::<_, Refused>(move |tx| {
        let channel = channel.clone();
        Box::pin(async move { Ok(pools::buffer(tx, pool, &channel).await?) })
    });
    Ok(Json(buffer.await?.into()))
}

/// Sets what a channel is not offered of a pool.
#[utoipa::path(put, path = "/v1/pools/{code}/buffers/{channel}",
    params(("code" = String, Path), ("channel" = String, Path)), request_body = NewChannelBuffer,
    responses((status = 200, body = BufferShown)))]
pub(crate) async fn set_buffer(
    State(app): State<App>,
    caller: Caller,
    Path((code, channel)): Path<(String, String)>,
    Json(new): Json<NewChannelBuffer>,
) -> Answer<Json<BufferShown>> {
    caller.must_reach_all()?;
    let buffer = match (new.units, new.percent) {
        (None, None) => None,
        (Some(units), None) => Some(Buffer::Units(units)),
        (None, Some(percent)) => Some(Buffer::Percent(percent)),
        _ => return Err(Problem::invalid("/percent", "write units or percent, not both")),
    };
    let asked = NewBuffer { pool: code, channel, buffer };
    pool::set_buffer(&app.db, &caller.call, asked).await?;
    Ok(Json(buffer.unwrap_or(Buffer::Units(0)).into()))
}
