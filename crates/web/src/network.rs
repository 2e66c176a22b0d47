//! Locations, products and settings: what the network is built from.

mod loads;

use crate::answer::{Answer, Created, path_part};
use crate::app::App;
use crate::caller::Caller;
use crate::json::{self, Json};
use crate::policy::{EVERYONE, MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::versions::{IfMatch, Versioned};
use axum::body::Bytes;
use axum::extract::{Path, State};
use flow::Refused;
use flow::people::Scope;
use flow::setup::{self, Books, Change, SettingsChange};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let (read, write) = (Policy::of(EVERYONE, Scope::NetworkRead), Policy::of(MANAGERS, Scope::NetworkWrite));
    Routes::tagged("network")
        .add(read, routes!(list_locations))
        .add(write, routes!(add_location))
        .add(Policy::of(EVERYONE, Scope::WorkRead), routes!(loads::list_loads))
        .add(read, routes!(get_location))
        .add(write, routes!(change_location))
        .add(write, routes!(pause_location))
        .add(write, routes!(resume_location))
        .add(read, routes!(list_products))
        .add(write, routes!(add_product))
        .add(read, routes!(get_product))
        .add(write, routes!(change_product))
        .add(read, routes!(get_settings))
        .add(write.with_body(16 << 20), routes!(change_settings))
}

/// A location or a product: its cells under the names of docs/formats.md.
#[derive(Serialize, ToSchema)]
struct Cells {
    #[schema(value_type = BTreeMap<String, String>)]
    cells: BTreeMap<String, String>,
    version: i64,
}

/// Cells to set; an empty text takes a cell away, and columns that are left out stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCells {
    #[schema(value_type = BTreeMap<String, String>)]
    cells: BTreeMap<String, String>,
}

#[derive(Clone, Copy)]
enum Kind {
    Location,
    Product,
}

impl Kind {
    fn column(self) -> &'static str {
        match self {
            Kind::Location => "location_id",
            Kind::Product => "sku",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Kind::Location => "location",
            Kind::Product => "product",
        }
    }
}

async fn rows(app: &App, kind: Kind) -> Result<Vec<Cells>, Problem> {
    let books = app.db.read::<_, Refused>(|tx| Box::pin(async move { Ok(Books::read(tx).await?) })).await?;
    let rows = match kind {
        Kind::Location => (books.setup.locations, versions(&books.keys.locations)),
        Kind::Product => (books.setup.products, versions(&books.keys.products)),
    };
    let (rows, versions) = rows;
    Ok(rows.into_iter().zip(versions).map(|(cells, version)| Cells { cells, version }).collect())
}

fn versions<K>(keys: &[(K, i64)]) -> Vec<i64> {
    keys.iter().map(|(_, version)| *version).collect()
}

async fn row(app: &App, kind: Kind, code: &str) -> Answer<Versioned<Cells>> {
    let rows = rows(app, kind).await?;
    let row = rows.into_iter().find(|row| row.cells.get(kind.column()).is_some_and(|own| own == code));
    let row = row.ok_or_else(|| Refused::not_found(kind.words(), code))?;
    Ok(Versioned { version: row.version, body: row })
}

/// Lists all locations, by code.
#[utoipa::path(get, path = "/v1/locations", responses((status = 200, body = Vec<Cells>)))]
async fn list_locations(State(app): State<App>, _caller: Caller) -> Answer<Json<Vec<Cells>>> {
    Ok(Json(rows(&app, Kind::Location).await?))
}

/// Adds a location.
#[utoipa::path(post, path = "/v1/locations", request_body = NewCells, responses((status = 201, body = Cells)))]
async fn add_location(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewCells>,
) -> Answer<Created<Cells>> {
    caller.must_reach_all()?;
    let version = setup::add_location(&app.db, &caller.call, new.cells.clone()).await?;
    created("/v1/locations", Kind::Location, (new.cells, version))
}

fn created(
    path: &str,
    kind: Kind,
    (cells, version): (BTreeMap<String, String>, i64),
) -> Answer<Created<Cells>> {
    let code = cells.get(kind.column()).cloned().unwrap_or_default();
    Ok(Created::at(format!("{path}/{}", path_part(&code)), version, Cells { cells, version }))
}

/// One location.
#[utoipa::path(get, path = "/v1/locations/{code}", params(("code" = String, Path)),
    responses((status = 200, body = Cells)))]
async fn get_location(
    State(app): State<App>,
    _caller: Caller,
    Path(code): Path<String>,
) -> Answer<Versioned<Cells>> {
    row(&app, Kind::Location, &code).await
}

/// Changes cells of a location. Orders decided from then on see it.
#[utoipa::path(patch, path = "/v1/locations/{code}",
    params(("code" = String, Path), IfMatch),
    request_body = NewCells, responses((status = 200, body = Cells)))]
async fn change_location(
    State(app): State<App>,
    caller: Caller,
    (Path(code), IfMatch(version)): (Path<String>, IfMatch),
    Json(new): Json<NewCells>,
) -> Answer<Versioned<Cells>> {
    caller.must_reach_all()?;
    let now = new.cells.get("location_id").cloned().unwrap_or_else(|| code.clone());
    let change = Change { cells: new.cells, expected: Some(version), ..Change::default() };
    setup::change_location(&app.db, &caller.call, &code, change).await?;
    row(&app, Kind::Location, &now).await
}

/// Why a location is paused.
#[derive(Deserialize, Default, ToSchema)]
#[serde(deny_unknown_fields)]
struct Pause {
    /// Told with the event; left out: nobody said why.
    #[serde(default)]
    #[schema(max_length = 200)]
    reason: String,
}

/// Pauses a location: it takes no orders until it is resumed.
#[utoipa::path(post, path = "/v1/locations/{code}/pause", params(("code" = String, Path)),
    request_body = Option<Pause>, responses((status = 200, body = Cells)))]
async fn pause_location(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    body: Bytes,
) -> Answer<Versioned<Cells>> {
    caller.must_reach_all()?;
    let pause: Pause = if body.is_empty() { Pause::default() } else { json::read(&body)? };
    setup::pause_location(&app.db, &caller.call, (&code, &pause.reason)).await?;
    row(&app, Kind::Location, &code).await
}

/// Has a location take orders again.
#[utoipa::path(post, path = "/v1/locations/{code}/resume", params(("code" = String, Path)),
    responses((status = 200, body = Cells)))]
async fn resume_location(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
) -> Answer<Versioned<Cells>> {
    caller.must_reach_all()?;
    setup::resume_location(&app.db, &caller.call, &code).await?;
    row(&app, Kind::Location, &code).await
}

/// Lists all products, by SKU.
#[utoipa::path(get, path = "/v1/products", responses((status = 200, body = Vec<Cells>)))]
async fn list_products(State(app): State<App>, _caller: Caller) -> Answer<Json<Vec<Cells>>> {
    Ok(Json(rows(&app, Kind::Product).await?))
}

/// Adds a product.
#[utoipa::path(post, path = "/v1/products", request_body = NewCells, responses((status = 201, body = Cells)))]
async fn add_product(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewCells>,
) -> Answer<Created<Cells>> {
    caller.must_reach_all()?;
    let version = setup::add_product(&app.db, &caller.call, new.cells.clone()).await?;
    created("/v1/products", Kind::Product, (new.cells, version))
}

/// One product.
#[utoipa::path(get, path = "/v1/products/{sku}", params(("sku" = String, Path)), responses((status = 200, body = Cells)))]
async fn get_product(
    State(app): State<App>,
    _caller: Caller,
    Path(sku): Path<String>,
) -> Answer<Versioned<Cells>> {
    row(&app, Kind::Product, &sku).await
}

/// Changes cells of a product, its SKU among them: stock and open orders follow a new SKU.
#[utoipa::path(patch, path = "/v1/products/{sku}",
    params(("sku" = String, Path), IfMatch),
    request_body = NewCells, responses((status = 200, body = Cells)))]
async fn change_product(
    State(app): State<App>,
    caller: Caller,
    (Path(sku), IfMatch(version)): (Path<String>, IfMatch),
    Json(new): Json<NewCells>,
) -> Answer<Versioned<Cells>> {
    caller.must_reach_all()?;
    let now = new.cells.get("sku").cloned().unwrap_or_else(|| sku.clone());
    let change = Change { cells: new.cells, expected: Some(version), ..Change::default() };
    setup::change_product(&app.db, &caller.call, &sku, change).await?;
    row(&app, Kind::Product, &now).await
}

/// The files beside locations and products: settings, rates, zones.
#[derive(Serialize, ToSchema)]
struct Settings {
    #[schema(value_type = BTreeMap<String, String>)]
    files: BTreeMap<String, String>,
    version: i64,
}

/// Files to set; null takes a file away, and files that are left out stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSettings {
    #[schema(value_type = BTreeMap<String, Option<String>>)]
    files: BTreeMap<String, Option<String>>,
    /// Only looks whether they can be used: nothing is changed.
    #[serde(default)]
    dry_run: bool,
}

/// Reads settings, rates and zones as files.
#[utoipa::path(get, path = "/v1/settings", responses((status = 200, body = Settings)))]
async fn get_settings(State(app): State<App>, _caller: Caller) -> Answer<Versioned<Settings>> {
    settings(&app).await
}

async fn settings(app: &App) -> Answer<Versioned<Settings>> {
    let books = app.db.read::<_, Refused>(|tx| Box::pin(async move { Ok(Books::read(tx).await?) })).await?;
    let version = books.keys.version;
    Ok(Versioned { version, body: Settings { files: books.setup.files, version } })
}

/// Changes settings, rates and zones.
#[utoipa::path(patch, path = "/v1/settings",
    params(IfMatch),
    request_body = NewSettings, responses((status = 200, body = Settings)))]
async fn change_settings(
    State(app): State<App>,
    caller: Caller,
    IfMatch(version): IfMatch,
    Json(new): Json<NewSettings>,
) -> Answer<Versioned<Settings>> {
    caller.must_reach_all()?;
    let change = SettingsChange { files: new.files, expected: Some(version) };
    if new.dry_run {
        setup::check_settings(&app.db, caller.call.at_ms, change).await?;
    } else {
        setup::change_settings(&app.db, &caller.call, change).await?;
    }
    settings(&app).await
}
