//! Imports of tables: a file in, what it is and what it would do out, and the work on it.

mod shown;

use crate::answer::{Accepted, Answer, Created};
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use flow::people::Scope;
use flow::sheet_import::{self, AskImport, AskKind, MOST_BYTES, Mode, NewImport, PlanChange, SheetKind};
use serde::{Deserialize, Deserializer};
use shown::{ImportConflict, SheetImport, SheetImportInFull};
use std::collections::BTreeMap;
use store::places::{LocationKey, ProductKey};
use store::shelves::START;
use store::stock::Shelf;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let (read, write) = (Policy::of(EVERYONE, Scope::StockRead), Policy::of(MANAGERS, Scope::StockWrite));
    Routes::tagged("imports")
        .add(write.with_body(MOST_BYTES), routes!(take_import))
        .add(read, routes!(list_imports))
        .add(read, routes!(get_import))
        .add(write, routes!(plan_import))
        .add(write, routes!(try_import))
        .add(write, routes!(confirm_import))
        .add(write, routes!(cancel_import))
        .add(write, routes!(revert_import))
        .add(read, routes!(list_import_conflicts))
        .add(read, routes!(get_bad_rows))
}

/// What the rows of a table are.
#[derive(Deserialize, ToSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Stock,
    Products,
}

impl From<Kind> for SheetKind {
    fn from(kind: Kind) -> SheetKind {
        match kind {
            Kind::Stock => SheetKind::Stock,
            Kind::Products => SheetKind::Products,
        }
    }
}

/// What is known of a file beside its bytes.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfFile {
    /// `stock` or `products`; left out: what its columns say.
    #[param(inline)]
    kind: Option<Kind>,
    /// Its name.
    name: Option<String>,
    /// Id of an import whose file this is again, read as something else: the stock in an export of products. No body then.
    from: Option<String>,
}

/// Takes a table of stock or products and says what it is; nothing is changed by it.
///
/// CSV as it was exported, in any usual coding and with any usual separator, up to 50 MiB. What its columns mean is
/// proposed by their names, or as it was for the last file with the same columns.
#[utoipa::path(post, path = "/v1/imports", params(OfFile),
    request_body(content((String = "text/csv"), (Vec<u8> = "application/octet-stream"))),
    responses((status = 201, body = SheetImportInFull)))]
async fn take_import(
    State(app): State<App>,
    caller: Caller,
    Query(of): Query<OfFile>,
    body: Bytes,
) -> Answer<Created<SheetImportInFull>> {
    caller.must_reach_all()?;
    let kind = of.kind.map(SheetKind::from);
    let new = match of.from {
        Some(id) => NewImport { kind, ..sheet_import::file_of(&app.db, &id).await? },
        None => NewImport { name: of.name.unwrap_or_default(), kind, bytes: body.as_ref().into() },
    };
    let row = sheet_import::take_import(&app.db, &caller.call, new).await?;
    Ok(Created::without_version(format!("/v1/imports/{}", row.id), SheetImportInFull::of(row)?))
}

/// Lists imports, the newest first.
#[utoipa::path(get, path = "/v1/imports", params(Page), responses((status = 200, body = Listed<SheetImport>)))]
async fn list_imports(State(app): State<App>, caller: Caller, page: Page) -> Answer<Listed<SheetImport>> {
    caller.must_reach_all()?;
    let before = page.after::<String>()?;
    let rows = sheet_import::imports(&app.db, before.as_deref(), page.more()).await?;
    let shown = rows.into_iter().map(SheetImport::of).collect::<Result<Vec<_>, _>>()?;
    Ok(page.list(shown, |import| import.id.clone()))
}

/// One import: what its file is, what its columns mean, how far it is, and what the dry run found.
#[utoipa::path(get, path = "/v1/imports/{id}", params(("id" = String, Path)),
    responses((status = 200, body = SheetImportInFull)))]
async fn get_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<SheetImportInFull>> {
    caller.must_reach_all()?;
    Ok(Json(SheetImportInFull::of(sheet_import::import(&app.db, &id).await?)?))
}

/// Another plan; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportPlan {
    /// What the rows are; its columns are proposed anew then.
    kind: Option<Kind>,
    /// By column, from 0: the code of its field, or null for a column that is not read. A field that a column gets,
    /// another one loses. Remembered for the next file with the same columns.
    #[serde(default)]
    mapping: BTreeMap<usize, Option<String>>,
    /// Code of the location of all rows, where none of the columns says it; null: none.
    #[serde(default, deserialize_with = "some")]
    #[schema(value_type = Option<String>)]
    location: Option<Option<String>>,
    /// When the counts were true.
    as_of: Option<i64>,
    /// `set`: the units are what stands there. `add`: so many come, or go where they are below zero.
    mode: Option<ImportMode>,
}

#[derive(Deserialize, ToSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum ImportMode {
    Set,
    Add,
}

/// Null is something else than left out.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some)
}

/// Says what the columns of a draft mean, of which place its rows are, and how they count.
#[utoipa::path(patch, path = "/v1/imports/{id}", params(("id" = String, Path)), request_body = ImportPlan,
    responses((status = 200, body = SheetImportInFull)))]
async fn plan_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(plan): Json<ImportPlan>,
) -> Answer<Json<SheetImportInFull>> {
    caller.must_reach_all()?;
    let change = PlanChange {
        kind: plan.kind.map(SheetKind::from),
        mapping: plan.mapping,
        location: plan.location,
        as_of: plan.as_of,
        mode: plan.mode.map(|mode| match mode {
            ImportMode::Set => Mode::Set,
            ImportMode::Add => Mode::Add,
        }),
    };
    let row = sheet_import::change_plan(&app.db, &caller.call, (&id, change)).await?;
    Ok(Json(SheetImportInFull::of(row)?))
}

/// Tries an import without changing anything: follow `Location` until its `state` is `checked`.
///
/// Its `result` then tells how many shelves or products are new, changed and the same, the first bad cells with their
/// reasons, and the shelves that change most.
#[utoipa::path(post, path = "/v1/imports/{id}/dry-run", params(("id" = String, Path)),
    responses((status = 202, body = SheetImportInFull)))]
async fn try_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Accepted<SheetImportInFull>> {
    entrust(&app, &caller, (id, AskKind::DryRun)).await
}

/// Carries out an import that was tried: follow `Location` until its `state` is `done`.
///
/// It goes on past bad rows, which are left out and in `bad-rows.csv`. Broken off, it goes on where it stood.
#[utoipa::path(post, path = "/v1/imports/{id}/confirm", params(("id" = String, Path)),
    responses((status = 202, body = SheetImportInFull)))]
async fn confirm_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Accepted<SheetImportInFull>> {
    entrust(&app, &caller, (id, AskKind::Confirm)).await
}

/// Takes back what an import changed, within 30 days: follow `Location` until its `state` is `reverted`.
///
/// Shelves that were counted or changed since stay as they are, and are listed under `conflicts`. Products that it added
/// are removed where nothing names them; those that it changed get their cells back where nobody changed them since.
#[utoipa::path(post, path = "/v1/imports/{id}/revert", params(("id" = String, Path)),
    responses((status = 202, body = SheetImportInFull)))]
async fn revert_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Accepted<SheetImportInFull>> {
    entrust(&app, &caller, (id, AskKind::Revert)).await
}

async fn entrust(
    app: &App,
    caller: &Caller,
    (id, what): (String, AskKind),
) -> Answer<Accepted<SheetImportInFull>> {
    caller.must_reach_all()?;
    let row = sheet_import::import(&app.db, &id).await?;
    if row.kind == SheetKind::Products.code() && !caller.who.has_scope(Scope::NetworkWrite) {
        let scope = Scope::NetworkWrite.code();
        return Err(Problem::forbidden(format!(
            "products are changed by this; the token needs {scope}, too"
        )));
    }
    let row = sheet_import::entrust_import(&app.db, &caller.call, AskImport { id, what }).await?;
    Ok(Accepted { location: format!("/v1/imports/{}", row.id), body: SheetImportInFull::of(row)? })
}

/// Cancels a draft, a dry run, or the rest of an import that is carried out; what was done stays, and can be taken back.
#[utoipa::path(post, path = "/v1/imports/{id}/cancel", params(("id" = String, Path)),
    responses((status = 200, body = SheetImportInFull)))]
async fn cancel_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<SheetImportInFull>> {
    caller.must_reach_all()?;
    let row = sheet_import::cancel_import(&app.db, &caller.call, &id).await?;
    Ok(Json(SheetImportInFull::of(row)?))
}

/// Lists the shelves that a revert left as they are, and why.
#[utoipa::path(get, path = "/v1/imports/{id}/conflicts", params(("id" = String, Path), Page),
    responses((status = 200, body = Listed<ImportConflict>)))]
async fn list_import_conflicts(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    page: Page,
) -> Answer<Listed<ImportConflict>> {
    caller.must_reach_all()?;
    let last = page.after::<(i64, i64)>()?;
    let last = last.map_or(START, |(product, location)| Shelf {
        product: ProductKey(product),
        location: LocationKey(location),
    });
    let rows = sheet_import::conflicts(&app.db, &id, last, page.more()).await?;
    Ok(page.list(rows, |trace| (trace.shelf.product.0, trace.shelf.location.0)))
}

/// The rows that were left out: the columns of the file, and a last one, `reason`, with what is wrong.
///
/// Mended, it comes in again as it is. At most 10,000 rows are kept.
#[utoipa::path(get, path = "/v1/imports/{id}/bad-rows.csv", params(("id" = String, Path)),
    responses((status = 200, body = String, content_type = "text/csv")))]
async fn get_bad_rows(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    caller.must_reach_all()?;
    let text = sheet_import::bad_rows_file(&app.db, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"bad-rows.csv\""),
    ];
    Ok((headers, text).into_response())
}
