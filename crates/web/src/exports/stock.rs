//! Shelves in the layout of Shopify's inventory export, and the ledger.

use super::lines::{Lines, PAGE, table};
use super::{Names, time};
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::problem::Problem;
use crate::stock::within_reach;
use axum::extract::State;
use axum::response::Response;
use flow::Refused;
use serde::Deserialize;
use std::sync::Arc;
use store::db::{Db, DbError};
use store::ledger::{self, Wanted};
use store::places::{self, LocationKey, ProductKey};
use store::shelves::{self, Stocked};
use utoipa::IntoParams;

const STOCK: [&str; 17] = [
    "Handle",
    "Title",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Option3 Name",
    "Option3 Value",
    "SKU",
    "HS Code",
    "COO",
    "Location",
    "Incoming",
    "Unavailable",
    "Committed",
    "Available",
    "On hand",
];

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfPlace {
    /// Code of a location; left out: all.
    location: Option<String>,
}

/// All shelves as a table in the layout of Shopify's inventory export; it comes in again as it is.
///
/// A row for each product and location that has it. Texts that a program for tables could take for a formula get a `'` in
/// front. At most 1,000,000 rows.
#[utoipa::path(get, path = "/v1/stock.csv", params(OfPlace),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(super) async fn export_stock(
    State(app): State<App>,
    caller: Caller,
    Query(of): Query<OfPlace>,
) -> Answer<Response> {
    let place = reached(&app, &caller, of.location.as_deref()).await?;
    let (names, db) = (Names::read(&app).await?, app.db.clone());
    Ok(table(
        ("stock.csv", &STOCK),
        move |lines| async move { write_stock(&db, (&names, place), lines).await },
    ))
}

async fn reached(app: &App, caller: &Caller, code: Option<&str>) -> Result<Option<LocationKey>, Problem> {
    match code {
        Some(code) => within_reach(app, caller, code).await.map(Some),
        None => caller.must_reach_all().map(|()| None),
    }
}

async fn write_stock(
    db: &Db,
    (names, place): (&Names, Option<LocationKey>),
    mut lines: Lines,
) -> Result<Lines, DbError> {
    let mut last = shelves::START;
    loop {
        let page = db.read::<_, DbError>(move |tx| {
            Box::pin(async move {
                match place {
                    Some(place) => shelves::at_location(tx, place, last.product, PAGE).await,
                    None => shelves::after(tx, last, PAGE).await,
                }
            })
        });
        let page = page.await?;
        let Some(end) = page.last() else { return Ok(lines) };
        last = end.shelf;
        for stocked in &page {
            shelf(&mut lines, names, stocked);
        }
        if lines.is_full() || !lines.flush().await {
            return Ok(lines);
        }
    }
}

fn shelf(lines: &mut Lines, names: &Names, stocked: &Stocked) {
    // What was added since the names were read is in the next table.
    let Some((sku, title)) = names.product(stocked.shelf.product) else { return };
    let units = stocked.units;
    let unavailable = units.safety_stock + units.damaged + units.quality_control + units.showroom;
    let numbers = [units.incoming, unavailable, units.committed, units.available(), units.on_hand];
    let numbers = numbers.map(|number| number.to_string());
    let place = names.place(stocked.shelf.location);
    let mut cells = vec![sku, title, "", "", "", "", "", "", sku, "", "", place];
    cells.extend(numbers.iter().map(String::as_str));
    lines.row(&cells);
}

const LEDGER: [&str; 17] = [
    "number",
    "at",
    "location",
    "sku",
    "movement",
    "on_hand",
    "committed",
    "safety_stock",
    "damaged",
    "quality_control",
    "showroom",
    "incoming",
    "actor",
    "reason",
    "document",
    "source",
    "title",
];

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfLedger {
    /// Code of a location; left out: all.
    location: Option<String>,
    sku: Option<String>,
    /// Entries of this moment on, milliseconds since 1970,
    from: Option<i64>,
    /// and before this one.
    to: Option<i64>,
}

/// The ledger as a table, in the order in which it was written. At most 1,000,000 rows.
#[utoipa::path(get, path = "/v1/ledger.csv", params(OfLedger),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(super) async fn export_ledger(
    State(app): State<App>,
    caller: Caller,
    Query(of): Query<OfLedger>,
) -> Answer<Response> {
    let location = reached(&app, &caller, of.location.as_deref()).await?;
    let product = match &of.sku {
        Some(sku) => Some(product(&app, sku).await?),
        None => None,
    };
    let wanted =
        Wanted { location, product, from_ms: of.from.unwrap_or(0), to_ms: of.to.unwrap_or(i64::MAX) };
    let (names, db) = (Names::read(&app).await?, app.db.clone());
    Ok(table(("ledger.csv", &LEDGER), move |lines| async move {
        write_ledger(&db, (&names, wanted), lines).await
    }))
}

async fn product(app: &App, sku: &str) -> Result<ProductKey, Problem> {
    let sku: Arc<str> = sku.trim().into();
    let found = app.db.read::<_, Refused>(move |tx| {
        let sku = Arc::clone(&sku);
        Box::pin(async move {
            places::product(tx, &sku).await?.ok_or_else(|| Refused::not_found("product", &sku))
        })
    });
    Ok(found.await?)
}

async fn write_ledger(
    db: &Db,
    (names, wanted): (&Names, Wanted),
    mut lines: Lines,
) -> Result<Lines, DbError> {
    let mut last = 0;
    loop {
        let page = db.read::<_, DbError>(move |tx| {
            Box::pin(async move { ledger::after(tx, wanted, last, PAGE).await })
        });
        let page = page.await?;
        let Some((_, end)) = page.last() else { return Ok(lines) };
        last = end.number;
        for (shelf, line) in &page {
            let Some((sku, title)) = names.product(shelf.product) else { continue };
            let by = line.by;
            let numbers = [
                by.on_hand,
                by.committed,
                by.safety_stock,
                by.damaged,
                by.quality_control,
                by.showroom,
                by.incoming,
            ];
            let numbers = numbers.map(|number| number.to_string());
            let (number, at) = (line.number.to_string(), time(line.at_ms));
            let mut cells = vec![number.as_str(), &at, names.place(shelf.location), sku, &line.movement];
            cells.extend(numbers.iter().map(String::as_str));
            let source = line.source.as_deref().unwrap_or_default();
            cells.extend([line.actor.as_str(), &line.reason, &line.document, source, title]);
            lines.row(&cells);
        }
        if lines.is_full() || !lines.flush().await {
            return Ok(lines);
        }
    }
}
