//! Lists of orders: narrowed, searched and counted.

use super::shown::OrderInList;
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::problem::Problem;
use crate::words;
use axum::extract::State;
use flow::Refused;
use flow::find_orders::{self, Filter, Found, MOST_COUNTED};
use flow::order::Document;
use flow::shop::Shop;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::order_list::Work;
use utoipa::openapi::Schema;
use utoipa::{IntoParams, ToSchema};

/// Which orders are listed: those of which all of it holds.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Left out: in whichever.
    #[param(schema_with = states)]
    state: Option<String>,
    /// What people call it, exactly: `#1043`. Left out: whatever it is called.
    name: Option<String>,
    /// What somebody typed: its number, with or without `#`, its id at the channel, words of the name of who ordered or
    /// receives it (how they begin is enough; case and accents do not count), an e-mail address (how it begins), a SKU, a
    /// GTIN, a tracking number, or how a telephone number ends, at least 4 digits. Of several words all must be found. 6
    /// words at most.
    search: Option<String>,
    /// Code of a place that has some of it, or has handed it over. With `work` of a place: that work is there.
    location: Option<String>,
    #[param(schema_with = lanes)]
    lane: Option<String>,
    channel: Option<String>,
    /// Placed at this moment or later, milliseconds since 1970,
    placed_from: Option<i64>,
    /// and before this one.
    placed_to: Option<i64>,
    tag: Option<String>,
    /// What is left to do. `to_decide`: it is held, or units of it have no place. `to_pick`: a place has it, and not
    /// every unit is in hand. `to_pack`: a place has every unit in hand and has not packed it. `waiting_for_pickup`: it lies in a store for its customer.
    /// `late`: the next step of a place should have been done. `needs_attention`: it has an open exception. `split`: more
    /// than one fulfillment order has some of it, or has handed it over.
    #[param(schema_with = works)]
    work: Option<String>,
}

const STATES: [&str; 4] = ["open", "held", "fulfilled", "cancelled"];

fn states() -> Schema {
    words::schema(STATES)
}

fn lanes() -> Schema {
    words::schema(["ship", "pickup", "local_delivery"])
}

fn works() -> Schema {
    words::schema(Work::ALL.map(Work::code))
}

impl From<Wanted> for Filter {
    fn from(wanted: Wanted) -> Filter {
        Filter {
            state: wanted.state,
            name: wanted.name,
            search: wanted.search,
            location: wanted.location,
            lane: wanted.lane,
            channel: wanted.channel,
            placed_from: wanted.placed_from,
            placed_to: wanted.placed_to,
            tag: wanted.tag,
            work: wanted.work,
        }
    }
}

/// An order in a list, with who ordered it and who has it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderListed {
    #[serde(flatten)]
    head: OrderInList,
    /// Name of the customer; empty where none was told.
    customer: String,
    tags: Vec<String>,
    /// Units in all its lines, as they were ordered.
    units: i64,
    /// What the goods cost, in minor units of `currency`.
    goods_minor: i64,
    currency: String,
    /// Places that have some of it, or have handed it over.
    at: Vec<At>,
    /// It has an open exception.
    needs_attention: bool,
}

/// A place that has some of an order.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderAt)]
struct At {
    location: String,
    /// Of the fulfillment order.
    state: String,
    /// By when its next step is due.
    due_at: i64,
}

/// A row of the list, before it is shown.
struct Row<'a>(&'a Shop, Found);

impl From<Row<'_>> for OrderListed {
    fn from(Row(shop, found): Row<'_>) -> OrderListed {
        let document: Option<Document> = serde_json::from_str(&found.order.document).ok();
        let lines = document.iter().flat_map(|document| &document.lines);
        let at = found.at.into_iter().map(|at| At {
            location: shop.code(at.location).to_owned(),
            state: at.state,
            due_at: at.due_at_ms,
        });
        OrderListed {
            units: lines.clone().map(|line| i64::from(line.quantity)).sum(),
            goods_minor: lines.map(|line| line.unit_price_minor * i64::from(line.quantity)).sum(),
            at: at.collect(),
            needs_attention: found.needs_attention,
            customer: document.as_ref().map(|document| document.customer.name.clone()).unwrap_or_default(),
            currency: document.as_ref().map(|document| document.currency.clone()).unwrap_or_default(),
            tags: document.map(|document| document.tags).unwrap_or_default(),
            head: found.order.into(),
        }
    }
}

/// Lists orders, the newest first.
#[utoipa::path(get, path = "/v1/orders", params(Wanted, Page), responses((status = 200, body = Listed<OrderListed>)))]
pub(crate) async fn list_orders(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<OrderListed>> {
    caller.must_reach_all()?;
    let before = page.after::<(i64, String)>()?.unwrap_or((i64::MAX, String::new()));
    let (filter, now_ms) = (Filter::from(wanted), app.now_ms());
    let Some(shop) = shop(&app, now_ms).await? else {
        return Ok(page.list(Vec::<OrderListed>::new(), |_| ()));
    };
    let found = find_orders::find(&app.db, (&shop, &filter, now_ms), before, page.more()).await;
    let rows = found.map_err(in_query)?.into_iter().map(|found| Row(&shop, found)).collect();
    Ok(page.list(rows, |row| (row.1.order.placed_at_ms, row.1.order.id.clone())))
}

/// How many orders there are.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderCount {
    #[schema(minimum = 0, maximum = 10_000)]
    count: i64,
    /// There are so many, or more.
    is_capped: bool,
}

/// Counts the orders of a list, up to 10,000.
#[utoipa::path(get, path = "/v1/orders/count", params(Wanted), responses((status = 200, body = OrderCount)))]
pub(crate) async fn count_orders(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<OrderCount>> {
    caller.must_reach_all()?;
    let (filter, now_ms) = (Filter::from(wanted), app.now_ms());
    let Some(shop) = shop(&app, now_ms).await? else {
        return Ok(Json(OrderCount { count: 0, is_capped: false }));
    };
    let count = find_orders::count(&app.db, (&shop, &filter, now_ms)).await.map_err(in_query)?;
    Ok(Json(OrderCount { count, is_capped: count >= MOST_COUNTED }))
}

/// `None`: there are no places yet, and so there are no orders.
pub(crate) async fn shop(app: &App, now_ms: i64) -> Answer<Option<Arc<Shop>>> {
    match app.baton.shop(now_ms).await {
        Ok(shop) => Ok(Some(shop)),
        Err(Refused::Conflict { code: "no_setup", .. }) => Ok(None),
        Err(refused) => Err(refused.into()),
    }
}

/// A query has no pointers: the names of its parts stand in the words.
pub(crate) fn in_query(refused: Refused) -> Problem {
    let Refused::Invalid(faults) = &refused else { return refused.into() };
    let said: Vec<String> =
        faults.iter().map(|fault| format!("{} {}", fault.at.trim_start_matches('/'), fault.say)).collect();
    Problem::bad_request("bad_query", said.join("; "))
}
