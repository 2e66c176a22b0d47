//! What stands where, and the ledger behind it.

use super::within_reach;
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::problem::Problem;
use axum::extract::{Path, State};
use flow::Refused;
use flow::shop::Shop;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use store::places::{self, LocationKey, ProductKey};
use store::shelves::Stocked;
use store::stock::{MOST_COMMITMENTS, Shelf, Units};
use store::{Tx, fulfillments, ledger, shelves, stock};
use utoipa::{IntoParams, ToSchema};

/// Which shelves are listed: of a location, or of a SKU.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Code of a location.
    location: Option<String>,
    sku: Option<String>,
}

/// Units of a shelf, by state.
#[derive(Serialize, ToSchema)]
pub(super) struct UnitsShown {
    on_hand: i64,
    committed: i64,
    safety_stock: i64,
    damaged: i64,
    quality_control: i64,
    showroom: i64,
    incoming: i64,
}

impl From<&Units> for UnitsShown {
    fn from(units: &Units) -> UnitsShown {
        UnitsShown {
            on_hand: units.on_hand,
            committed: units.committed,
            safety_stock: units.safety_stock,
            damaged: units.damaged,
            quality_control: units.quality_control,
            showroom: units.showroom,
            incoming: units.incoming,
        }
    }
}

/// A SKU at a location.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShelfInList {
    sku: String,
    title: String,
    location: String,
    units: UnitsShown,
    /// What may be promised; below zero where safety stock is not covered.
    available: i64,
    #[serde(skip)]
    #[schema(ignore)]
    key: i64,
}

impl ShelfInList {
    fn of(shop: &Shop, stocked: &Stocked, key: i64) -> ShelfInList {
        let Shelf { product, location } = stocked.shelf;
        ShelfInList {
            sku: shop.sku(product).to_owned(),
            title: shop.product_id(product).map_or("", |id| &shop.network.product(id).title).to_owned(),
            location: shop.code(location).to_owned(),
            available: stocked.units.available(),
            units: (&stocked.units).into(),
            key,
        }
    }
}

/// Lists the shelves of a location, or those of a SKU, in the order in which products or locations were added.
#[utoipa::path(get, path = "/v1/stock", params(Wanted, Page),
    responses((status = 200, body = Listed<ShelfInList>)))]
pub(crate) async fn list_stock(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<ShelfInList>> {
    let after = page.after::<i64>()?.unwrap_or(0);
    let rows = match (&wanted.location, &wanted.sku) {
        (Some(code), None) => {
            let location = within_reach(&app, &caller, code).await?;
            at_location(&app, (location, after), page.more()).await?
        }
        (None, Some(sku)) => {
            caller.must_reach_all()?;
            of_sku(&app, (sku, after), page.more()).await?
        }
        _ => return Err(Problem::bad_request("bad_query", "ask for a location or for a sku, one of them")),
    };
    Ok(page.list(rows, |row| row.key))
}

async fn at_location(
    app: &App,
    (location, after): (LocationKey, i64),
    more: i64,
) -> Result<Vec<ShelfInList>, Problem> {
    let shop = app.baton.shop(app.now_ms()).await?;
    let found = app.db.read::<_, Refused>(move |tx| {
        Box::pin(async move { Ok(shelves::at_location(tx, location, ProductKey(after), more).await?) })
    });
    Ok(found.await?.iter().map(|row| ShelfInList::of(&shop, row, row.shelf.product.0)).collect())
}

async fn of_sku(app: &App, (sku, after): (&str, i64), more: i64) -> Result<Vec<ShelfInList>, Problem> {
    let shop = app.baton.shop(app.now_ms()).await?;
    let sku = sku.to_owned();
    let found = app.db.read::<_, Refused>(move |tx| {
        let sku = sku.clone();
        Box::pin(async move {
            let product = product(tx, &sku).await?;
            Ok(shelves::of_product(tx, product).await?)
        })
    });
    let rows = found.await?;
    let after = rows.iter().filter(|row| row.shelf.location.0 > after);
    let most = usize::try_from(more).unwrap_or(0);
    Ok(after.take(most).map(|row| ShelfInList::of(&shop, row, row.shelf.location.0)).collect())
}

async fn product(tx: &mut Tx, sku: &str) -> Result<ProductKey, Refused> {
    places::product(tx, sku.trim()).await?.ok_or_else(|| Refused::not_found("product", sku))
}

/// A SKU at a location, with what made it so.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShelfShown {
    sku: String,
    location: String,
    units: UnitsShown,
    available: i64,
    /// Gone though promised: they leave the books as those promises end.
    missing: i64,
    /// The newest entry first. They add up to the units.
    ledger: Listed<Entry>,
}

/// One change of a shelf.
#[derive(Serialize, ToSchema)]
pub(crate) struct Entry {
    number: i64,
    at: i64,
    /// `commit`, `release`, `ship`, `receive`, `adjust`, …
    movement: String,
    /// By how much each state changed.
    by: UnitsShown,
    actor: String,
    reason: String,
    /// The order, count, transfer, … by which it changed.
    document: String,
    /// Where it comes from, if from outside.
    source: Option<String>,
}

impl From<ledger::Line> for Entry {
    fn from(line: ledger::Line) -> Entry {
        Entry {
            number: line.number,
            at: line.at_ms,
            movement: line.movement,
            by: (&line.by).into(),
            actor: line.actor,
            reason: line.reason,
            document: line.document,
            source: line.source,
        }
    }
}

/// One shelf, with a page of its ledger.
#[utoipa::path(get, path = "/v1/stock/{location}/{sku}",
    params(("location" = String, Path), ("sku" = String, Path), Page), responses((status = 200, body = ShelfShown)))]
pub(crate) async fn get_shelf(
    State(app): State<App>,
    caller: Caller,
    Path((code, sku)): Path<(String, String)>,
    page: Page,
) -> Answer<Json<ShelfShown>> {
    let location = within_reach(&app, &caller, &code).await?;
    let (before, more) = (page.after()?.unwrap_or(i64::MAX), page.more());
    let asked = Arc::new((code.clone(), sku.clone()));
    let found = app.db.read::<_, Refused>(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move {
            let (code, sku) = &*asked;
            let shelf = Shelf { product: product(tx, sku).await?, location };
            let none = || Refused::not_found("shelf", &format!("of {sku} at {code}"));
            let units = stock::units(tx, shelf).await?.ok_or_else(none)?;
            let missing = stock::missing(tx, shelf).await?.units;
            Ok((units, missing, ledger::newest(tx, shelf, before, more).await?))
        })
    });
    let (units, missing, lines) = found.await?;
    let ledger = page.list(lines, |line| line.number);
    let (units, available) = ((&units).into(), units.available());
    Ok(Json(ShelfShown { sku, location: code, units, available, missing, ledger }))
}

/// Units of a shelf that somebody counts on.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommitmentOfShelf {
    /// A fulfillment order (`ful_…`) or a hold of a cart (`hld_…`).
    document: String,
    units: i64,
    since: i64,
    /// Null: it is a cart's.
    order: Option<OrderOfCommitment>,
}

#[derive(Serialize, ToSchema)]
struct OrderOfCommitment {
    id: String,
    /// What it is called.
    name: String,
}

/// Lists who counts on the committed units of a shelf, the newest first; at most 100.
#[utoipa::path(get, path = "/v1/stock/{location}/{sku}/commitments",
    params(("location" = String, Path), ("sku" = String, Path)),
    responses((status = 200, body = Vec<CommitmentOfShelf>)))]
pub(crate) async fn list_commitments(
    State(app): State<App>,
    caller: Caller,
    Path((code, sku)): Path<(String, String)>,
) -> Answer<Json<Vec<CommitmentOfShelf>>> {
    let location = within_reach(&app, &caller, &code).await?;
    let found = app.db.read::<_, Refused>(move |tx| {
        let sku = sku.clone();
        Box::pin(async move {
            let product = product(tx, &sku).await?;
            let all = stock::commitments(tx, Shelf { product, location }).await?;
            Ok((all, fulfillments::promised(tx, (product, location), MOST_COMMITMENTS).await?))
        })
    });
    let (all, orders) = found.await?;
    let mut orders: HashMap<String, OrderOfCommitment> = orders
        .into_iter()
        .map(|promised| (promised.id, OrderOfCommitment { id: promised.order_id, name: promised.order_name }))
        .collect();
    let shown = all.into_iter().map(|promise| CommitmentOfShelf {
        order: orders.remove(&promise.document),
        document: promise.document,
        units: promise.units,
        since: promise.since_ms,
    });
    Ok(Json(shown.collect()))
}
