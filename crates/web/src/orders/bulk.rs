//! Many orders in one request: a line of JSON each, or CSV; a line of JSON back for each.

mod sheet;

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::read;
use crate::layout::{Layout, layout};
use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use flow::Call;
use flow::order::NewOrder;
use flow::take_order::{Taken, take_order};
use serde_json::{Value, json};
use store::db::Dialect;
use tokio::task::JoinSet;

/// Orders in one request: beyond it, send several.
const MOST_ORDERS: usize = 10_000;
/// Orders of one request on their way at once: on SQLite as many as one group of writes serves.
const AT_ONCE: usize = 256;
/// On PostgreSQL each has a connection, and others want some, too.
const AT_ONCE_ON_A_SERVER: usize = 8;

/// Takes many orders: newline-delimited JSON, one order in each line; or CSV, a row for each line of an order. Columns have
/// the names of the fields, `ship_to.postal`; rows of one order stand beneath one another. Each is taken or refused by
/// itself, and the answer has a line for each, in order: `{"line":1,"status":201,"id":"ord_…","state":"open"}` or the
/// problem; `line` is that of the body in which the order begins.
#[utoipa::path(post, path = "/v1/orders/bulk",
    request_body(content((String = "application/x-ndjson"), (String = "text/csv"))),
    responses((status = 200, body = String, content_type = "application/x-ndjson")))]
pub(crate) async fn take_orders(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Response> {
    caller.must_reach_all()?;
    let text = std::str::from_utf8(&body).map_err(|_| {
        Problem::bad_request("not_text", "the body is not text in UTF-8; save it as UTF-8 and send it again")
    })?;
    let lines = match layout(&headers)? {
        Layout::Lines => each_line(text),
        Layout::Csv => {
            let orders = sheet::orders(&body)?;
            let text = |order: Result<Value, String>| order.map(|order| order.to_string());
            orders.into_iter().map(|(number, order)| (number, text(order))).collect()
        }
    };
    if lines.len() > MOST_ORDERS {
        let detail =
            format!("{} orders are more than the {MOST_ORDERS} of one request; send several", lines.len());
        return Err(Problem::new(axum::http::StatusCode::PAYLOAD_TOO_LARGE, "too_many_orders", detail));
    }
    let mut told = take_all(&app, &caller.call, lines).await;
    told.sort_by_key(|(line, _)| *line);
    let mut text = String::new();
    for (_, line) in told {
        text.push_str(&line);
        text.push('\n');
    }
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], text).into_response())
}

/// An order in JSON, or what is wrong with its rows; and the line of the body in which it begins.
type Sent = (usize, Result<String, String>);

fn each_line(text: &str) -> Vec<Sent> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(i, line)| (i + 1, Ok(line.to_owned()))).collect()
}

async fn take_all(app: &App, call: &Call, lines: Vec<Sent>) -> Vec<(usize, String)> {
    let at_once = match app.db.dialect() {
        Dialect::Sqlite => AT_ONCE,
        Dialect::Postgres => AT_ONCE_ON_A_SERVER,
    };
    let mut told = Vec::with_capacity(lines.len());
    let mut under_way = JoinSet::new();
    // A key is for the request as a whole; each order is kept apart by its channel's id.
    let call = Call { once: None, ..call.clone() };
    for (number, line) in lines {
        if under_way.len() >= at_once {
            told.extend(under_way.join_next().await.and_then(Result::ok));
        }
        let (app, call) = (app.clone(), call.clone());
        under_way.spawn(async move { (number, one(&app, &call, (number, line)).await) });
    }
    while let Some(done) = under_way.join_next().await {
        told.extend(done);
    }
    told
}

async fn one(app: &App, call: &Call, (number, line): Sent) -> String {
    let read = line.map_err(|say| Problem::invalid("", say)).and_then(|line| read(line.as_bytes()));
    let sent: NewOrder = match read {
        Ok(sent) => sent,
        Err(refused) => return problem(number, &refused),
    };
    match take_order(&app.baton, call, sent).await {
        Ok(Taken { order, new }) => {
            let status = if new.is_some() { 201 } else { 200 };
            json!({ "line": number, "status": status, "id": order.id, "state": order.state }).to_string()
        }
        Err(refused) => problem(number, &refused.into()),
    }
}

fn problem(number: usize, problem: &Problem) -> String {
    let errors: Vec<_> =
        problem.errors.iter().map(|fault| json!({ "pointer": fault.at, "detail": fault.say })).collect();
    json!({
        "line": number, "status": problem.status.as_u16(), "code": problem.code, "detail": problem.detail,
        "errors": errors,
    })
    .to_string()
}
