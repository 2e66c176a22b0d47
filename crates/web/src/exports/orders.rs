//! Orders with the books of their lines.

use super::lines::{Lines, table};
use super::{Names, time};
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Query;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use store::db::{Db, DbError};
use store::order_list::{self, Question};
use store::orders::{self, Item, OrderRow};
use utoipa::IntoParams;

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

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfOrders {
    /// `open`, `held`, `fulfilled` or `cancelled`; left out: all.
    state: Option<String>,
}

/// Orders as a table, the newest first: a row for each line, with where its units stand. At most 1,000,000 rows.
#[utoipa::path(get, path = "/v1/orders.csv", params(OfOrders),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(super) async fn export_orders(
    State(app): State<App>,
    caller: Caller,
    Query(of): Query<OfOrders>,
) -> Answer<Response> {
    caller.must_reach_all()?;
    let (names, db) = (Names::read(&app).await?, app.db.clone());
    let state: Option<Arc<str>> = of.state.map(Arc::from);
    Ok(table(("orders.csv", &ORDERS), move |lines| async move { write(&db, (&names, state), lines).await }))
}

async fn write(
    db: &Db,
    (names, state): (&Names, Option<Arc<str>>),
    mut lines: Lines,
) -> Result<Lines, DbError> {
    let mut before: (i64, Arc<str>) = (i64::MAX, "".into());
    loop {
        let asked = (before.clone(), state.clone());
        let page = db.read::<_, DbError>(move |tx| {
            let ((at, id), state) = asked.clone();
            Box::pin(async move {
                let question = Question { state: state.as_deref().map(str::to_owned), ..Question::default() };
                let mut page = Vec::new();
                for order in order_list::page(tx, &question, (at, &id), PAGE).await? {
                    let items = orders::items(tx, &order.id).await?;
                    page.push((order, items));
                }
                Ok(page)
            })
        });
        let page = page.await?;
        let Some((last, _)) = page.last() else { return Ok(lines) };
        before = (last.placed_at_ms, last.id.as_str().into());
        for (order, items) in &page {
            each_line(&mut lines, names, (order, items));
        }
        if lines.is_full() || !lines.flush().await {
            return Ok(lines);
        }
    }
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
