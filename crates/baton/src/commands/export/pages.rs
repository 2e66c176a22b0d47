//! The rows of each export, page by page: the books are never in memory as a whole, and no read holds others up.

use super::What;
use super::sheet::Sheet;
use crate::fault::Fault;
use connect::files::{Cells, layout};
use flow::setup::{cells_of_location, cells_of_product};
use model::Timestamp;
use serde_json::Value;
use std::collections::HashMap;
use store::order_list::Question;
use store::places::{self, LocationKey, ProductKey};
use store::{Db, DbError, events, order_list, shelves};

/// Rows of one read.
const PAGE: i64 = 1_000;

const ORDERS: [&str; 12] = [
    "id",
    "channel",
    "external_id",
    "name",
    "state",
    "hold",
    "lane",
    "placed_at",
    "taken_at",
    "changed_at",
    "version",
    "document",
];
const STOCK: [&str; 9] = [
    "location_id",
    "sku",
    "on_hand_units",
    "min_stock_floor_units",
    "committed_units",
    "damaged_units",
    "quality_control_units",
    "showroom_units",
    "incoming_units",
];
const EVENTS: [&str; 8] = ["number", "at", "actor", "via", "kind", "subject", "order_id", "facts"];

pub(super) fn columns(what: What) -> Vec<&'static str> {
    match what {
        What::Orders => ORDERS.to_vec(),
        What::Stock => STOCK.to_vec(),
        What::Events => EVENTS.to_vec(),
        What::Products => columns_of("products.csv"),
        What::Locations => columns_of("locations.csv"),
    }
}

fn columns_of(file: &str) -> Vec<&'static str> {
    let layout = layout().into_iter().find(|layout| layout.file == file);
    layout.map_or(Vec::new(), |layout| layout.columns.iter().map(|column| column.name).collect())
}

pub(super) async fn write(db: &Db, what: What, sheet: &mut Sheet) -> Result<(), Fault> {
    match what {
        What::Orders => write_orders(db, sheet).await,
        What::Stock => write_stock(db, sheet).await,
        What::Events => write_events(db, sheet).await,
        What::Products => write_products(db, sheet).await,
        What::Locations => write_locations(db, sheet).await,
    }
}

fn time(at_ms: i64) -> Value {
    Timestamp(at_ms).to_string().into()
}

/// Text that is JSON; in a table it stays text.
fn inner(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

async fn write_orders(db: &Db, sheet: &mut Sheet) -> Result<(), Fault> {
    let mut before = (i64::MAX, String::new());
    loop {
        let from = before.clone();
        let page = db.read::<_, DbError>(move |tx| {
            let (at, id) = from.clone();
            Box::pin(async move { order_list::page(tx, &Question::default(), (at, &id), PAGE).await })
        });
        let page = page.await?;
        let Some(last) = page.last() else { return Ok(()) };
        before = (last.placed_at_ms, last.id.clone());
        for row in page {
            sheet.row(vec![
                row.id.into(),
                row.channel.into(),
                row.external_id.into(),
                row.name.into(),
                row.state.into(),
                row.hold.into(),
                row.lane.into(),
                time(row.placed_at_ms),
                time(row.taken_at_ms),
                time(row.changed_at_ms),
                row.version.into(),
                inner(&row.document),
            ])?;
        }
    }
}

async fn write_stock(db: &Db, sheet: &mut Sheet) -> Result<(), Fault> {
    let names = db.read::<_, DbError>(|tx| {
        Box::pin(async move { Ok((places::locations(tx).await?, places::products(tx).await?)) })
    });
    let (locations, products) = names.await?;
    let codes: HashMap<LocationKey, String> =
        locations.into_iter().map(|kept| (kept.key, kept.row.code)).collect();
    let skus: HashMap<ProductKey, String> =
        products.into_iter().map(|kept| (kept.key, kept.row.sku)).collect();
    let mut last = shelves::START;
    loop {
        let page =
            db.read::<_, DbError>(move |tx| Box::pin(async move { shelves::after(tx, last, PAGE).await }));
        let page = page.await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = end.shelf;
        for stocked in &page {
            // A place or product that was added since the names were read is in the next export.
            let Some((code, sku)) = codes.get(&stocked.shelf.location).zip(skus.get(&stocked.shelf.product))
            else {
                continue;
            };
            let units = stocked.units;
            let numbers = [
                units.on_hand,
                units.safety_stock,
                units.committed,
                units.damaged,
                units.quality_control,
                units.showroom,
                units.incoming,
            ];
            let names = [code, sku].map(|name| Value::from(name.as_str()));
            sheet.row(names.into_iter().chain(numbers.map(Value::from)).collect())?;
        }
    }
}

async fn write_events(db: &Db, sheet: &mut Sheet) -> Result<(), Fault> {
    let mut before = i64::MAX;
    loop {
        let page =
            db.read::<_, DbError>(move |tx| Box::pin(async move { events::newest(tx, before, PAGE).await }));
        let page = page.await?;
        let Some(last) = page.last() else { return Ok(()) };
        before = last.number;
        for event in page {
            sheet.row(vec![
                event.number.into(),
                time(event.at_ms),
                event.actor.into(),
                event.via.into(),
                event.kind.into(),
                event.subject.into(),
                event.order_id.into(),
                inner(&event.facts),
            ])?;
        }
    }
}

async fn write_products(db: &Db, sheet: &mut Sheet) -> Result<(), Fault> {
    let mut last = ProductKey(0);
    loop {
        let page = db.read::<_, DbError>(move |tx| {
            Box::pin(async move { places::products_after(tx, last, PAGE).await })
        });
        let page = page.await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = end.key;
        for kept in &page {
            write_cells(sheet, &cells_of_product(&kept.row)?)?;
        }
    }
}

/// There are few enough locations to be read at once.
async fn write_locations(db: &Db, sheet: &mut Sheet) -> Result<(), Fault> {
    let all = db.read::<_, DbError>(|tx| Box::pin(async move { places::locations(tx).await })).await?;
    for kept in &all {
        write_cells(sheet, &cells_of_location(&kept.row)?)?;
    }
    Ok(())
}

fn write_cells(sheet: &mut Sheet, cells: &Cells) -> Result<(), Fault> {
    let values =
        sheet.columns().iter().map(|name| cells.get(*name).map_or(Value::Null, |text| text.as_str().into()));
    let values = values.collect();
    sheet.row(values)
}
