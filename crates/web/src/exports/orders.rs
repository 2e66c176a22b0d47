//! Orders with the books of their lines.

use super::lines::{Lines, table};
use super::{Names, time};
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::orders::{Wanted, in_query, shop};
use axum::extract::State;
use axum::response::Response;
use flow::Refused;
use flow::find_orders::{Filter, Found, find};
use flow::shop::Shop;
use std::sync::Arc;
use store::db::{Db, DbError};
use store::orders::{self, Item, OrderRow};

/// Orders of one read, each with its lines.
const PAGE: i64 = 200;

const ORDERS: [&str; 18] = [
    "id",
    "channel",
    "external_id",
    "name",
    "state",
    "hold",
    "lane",
    "placed_at",
    "taken_at",
    "line",
    "sku",
    "title",
    "ordered",
    "open",
    "backordered",
    "allocated",
    "shipped",
    "cancelled",
];

/// Orders as a table, the newest first, narrowed as the list is: a row for each line, with where its units stand. At most
/// 1,000,000 rows.
#[utoipa::path(get, path = "/v1/orders.csv", params(Wanted),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(super) async fn export_orders(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Answer<Response> {
    caller.must_reach_all()?;
    let names = Names::read(&app).await?;
    let (db, filter, now_ms) = (app.db.clone(), Filter::from(wanted), app.now_ms());
    let shop = shop(&app, now_ms).await?;
    if let Some(shop) = &shop {
        // What cannot be looked for is refused before the table begins.
        find(&db, (shop, &filter, now_ms), NEWEST, 1).await.map_err(in_query)?;
    }
    Ok(table(("orders.csv", &ORDERS), move |lines| async move {
        match shop {
            Some(shop) => write(&db, (&names, &shop, &filter, now_ms), lines).await,
            None => Ok(lines),
        }
    }))
}

const NEWEST: (i64, String) = (i64::MAX, String::new());

async fn write(
    db: &Db,
    (names, shop, filter, now_ms): (&Names, &Arc<Shop>, &Filter, i64),
    mut lines: Lines,
) -> Result<Lines, DbError> {
    let mut before = NEWEST;
    loop {
        let found = find(db, (shop, filter, now_ms), before, PAGE).await.map_err(broken_off)?;
        let Some(last) = found.last() else { return Ok(lines) };
        before = (last.order.placed_at_ms, last.order.id.clone());
        for (order, items) in with_items(db, found).await? {
            each_line(&mut lines, names, (&order, &items));
        }
        if lines.is_full() || !lines.flush().await {
            return Ok(lines);
        }
    }
}

fn broken_off(refused: Refused) -> DbError {
    match refused {
        Refused::Database(error) => error,
        other => DbError::Broken(other.to_string()),
    }
}

async fn with_items(db: &Db, found: Vec<Found>) -> Result<Vec<(OrderRow, Vec<Item>)>, DbError> {
    let found: Arc<[OrderRow]> = found.into_iter().map(|found| found.order).collect();
    let read = db.read::<_, DbError>(move |tx| {
        let found = Arc::clone(&found);
        Box::pin(async move {
            let mut all = Vec::with_capacity(found.len());
            for order in found.iter() {
                all.push((order.clone(), orders::items(tx, &order.id).await?));
            }
            Ok(all)
        })
    });
    read.await
}

fn each_line(lines: &mut Lines, names: &Names, (order, items): (&OrderRow, &[Item])) {
    let (placed, taken) = (time(order.placed_at_ms), time(order.taken_at_ms));
    for item in items {
        let (sku, title) = names.product(item.product).unwrap_or_default();
        let stands = item.stands;
        let numbers = [
            item.ordered,
            stands.open,
            stands.backordered,
            stands.allocated,
            stands.shipped,
            stands.cancelled,
        ];
        let (line, numbers) = (item.line.to_string(), numbers.map(|number| number.to_string()));
        let mut cells = vec![
            order.id.as_str(),
            &order.channel,
            &order.external_id,
            &order.name,
            &order.state,
            &order.hold,
            &order.lane,
            &placed,
            &taken,
            &line,
            sku,
            title,
        ];
        cells.extend(numbers.iter().map(String::as_str));
        lines.row(&cells);
    }
}
