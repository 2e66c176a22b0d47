//! Products with what stands where: the list that people look through.

use super::shelves::UnitsShown;
use super::within_reach;
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::page::{Listed, Page};
use crate::words;
use axum::extract::State;
use flow::inventory::available::Scope;
use flow::inventory::overview::{self, InStock};
use flow::shop::Shop;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::shelves::{Like, Stocked};
use utoipa::openapi::Schema;
use utoipa::{IntoParams, ToSchema};

/// Which products are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Words, each of them in the SKU or the title; or the code under the bars.
    #[serde(default)]
    search: String,
    /// This one alone.
    #[serde(default)]
    sku: String,
    /// The retailer's category; left out: every one.
    #[serde(default)]
    category: String,
    /// `A`, `B` or `C`; left out: every one.
    #[serde(default)]
    velocity: String,
    /// Code of a location that stocks it; with `like`, whose shelf is like that.
    location: Option<String>,
    /// `stocked` somewhere, `low` (1 or 2 left of all), `none` left, or `negative`: safety stock is not covered somewhere.
    #[param(schema_with = likes)]
    like: Option<String>,
    /// Code of the pool whose promise is told; left out: none is.
    pool: Option<String>,
    /// The sales channel of the promise; left out: none in particular.
    #[serde(default)]
    channel: String,
}

fn likes() -> Schema {
    words::schema(Like::ALL.map(Like::code))
}

/// A product, and what each location has of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProductInStock {
    sku: String,
    title: String,
    category: String,
    /// `A`, `B`, `C`, or empty: not known.
    velocity: String,
    /// What the pool may promise; null: no pool was asked for.
    promised: Option<i64>,
    /// Of the locations that the caller reaches.
    shelves: Vec<ShelfOfProduct>,
}

#[derive(Serialize, ToSchema)]
struct ShelfOfProduct {
    /// Code of the location.
    location: String,
    units: UnitsShown,
    /// What may be promised; below zero where safety stock is not covered.
    available: i64,
}

impl ProductInStock {
    fn of(shop: &Shop, caller: &Caller, found: &InStock) -> ProductInStock {
        let product = shop.network.product(found.product);
        let is_reached = |stocked: &&Stocked| caller.who.places.has(stocked.shelf.location);
        let shelf = |stocked: &Stocked| ShelfOfProduct {
            location: shop.code(stocked.shelf.location).to_owned(),
            units: (&stocked.units).into(),
            available: stocked.units.available(),
        };
        ProductInStock {
            sku: product.sku.clone(),
            title: product.title.clone(),
            category: product.category.clone(),
            velocity: product.velocity.map_or("", model::Velocity::letter).to_owned(),
            promised: found.promised,
            shelves: found.shelves.iter().filter(is_reached).map(shelf).collect(),
        }
    }
}

/// Lists products with what each location has of them, by SKU.
///
/// A page may be short, or empty, and have a next one: where few products are as wanted, a page looks at 10,000 of them.
#[utoipa::path(get, path = "/v1/stock/products", params(Wanted, Page),
    responses((status = 200, body = Listed<ProductInStock>)))]
pub(crate) async fn list_products_in_stock(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<ProductInStock>> {
    words::in_query("like", wanted.like.as_deref(), Like::ALL.map(Like::code))?;
    let location = match &wanted.location {
        Some(code) => Some(within_reach(&app, &caller, code).await?),
        None => None,
    };
    let scope = wanted.pool.map(|pool| Scope { pool, channel: wanted.channel, at_ms: app.now_ms() });
    let asked = overview::Wanted {
        search: wanted.search,
        sku: wanted.sku.trim().to_owned(),
        category: wanted.category,
        velocity: wanted.velocity,
        like: Like::ALL.into_iter().find(|like| Some(like.code()) == wanted.like.as_deref()),
        location,
        scope,
    };
    let shop = app.baton.shop(app.now_ms()).await?;
    let place = (page.after::<String>()?.unwrap_or_default(), page.limit());
    let found = overview::products_in_stock(&app.db, Arc::clone(&shop), asked, place).await?;
    let rows = found.rows.iter().map(|row| ProductInStock::of(&shop, &caller, row)).collect();
    Ok(page.list_until(rows, found.next.as_ref()))
}
