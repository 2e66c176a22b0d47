//! A file of counts: a line each in, a line of JSON back for each, while the file is taken in.
//!
//! Owns: reading lines one after the other, so that a file costs no more memory than itself. The answer begins at once
//! and goes on as rows are taken; who hangs up does not stop it.

use super::feeds::{NewRow, RowShown};
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::layout::{Layout, layout};
use crate::problem::Problem;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flow::inventory::feed::{self, Feed, FeedRow, RowEnd};
use serde::Deserialize;
use serde_json::json;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use store::Db;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use utoipa::IntoParams;

/// Rows of one file: the answers wait in memory for a slow reader.
const MOST_ROWS: usize = 250_000;

/// Whose counts they are, and of when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Who counts; stays the same: `square:main`.
    source: String,
    /// When the counts were true; left out: now.
    as_of: Option<i64>,
}

/// Takes a file of counts: newline-delimited JSON, or CSV with the columns `sku`, `location`, `units` and, if it has one,
/// `as_of`. The answer has a line for each row, `{"row":1,"end":"applied","moved":-2}`, and a last one with the sums, or
/// with the problem that stopped it. Sent again, nothing changes.
#[utoipa::path(post, path = "/v1/stock/feeds/bulk", params(Wanted),
    request_body(content((String = "application/x-ndjson"), (String = "text/csv"))),
    responses((status = 200, body = String, content_type = "application/x-ndjson")))]
pub(crate) async fn take_file(
    State(app): State<App>,
    caller: Caller,
    (Query(wanted), headers): (Query<Wanted>, HeaderMap),
    body: Bytes,
) -> Answer<Response> {
    caller.must_reach_all()?;
    let layout = layout(&headers)?;
    if std::str::from_utf8(&body).is_err() {
        let detail = "the file is not text in UTF-8; save it as UTF-8 and send it again";
        return Err(Problem::bad_request("not_text", detail));
    }
    if body.iter().filter(|byte| **byte == b'\n').count() > MOST_ROWS {
        let detail = format!("the file has more than {MOST_ROWS} rows; send it in parts");
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_many_rows", detail));
    }
    let feed = Feed { source: wanted.source, as_of_ms: wanted.as_of.unwrap_or(caller.call.at_ms) };
    let (lines, told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let rows = Rows { lines: lines.clone(), numbers: Mutex::default() };
        let ended = rows.take(&app.db, (&caller.call, feed), (layout, &body)).await;
        let last = match ended {
            Ok(ends) => json!({ "ends": ends }),
            Err(refused) => {
                let problem = Problem::from(refused);
                json!({ "status": problem.status.as_u16(), "code": problem.code, "detail": problem.detail })
            }
        };
        say(&lines, &last);
    });
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], Body::new(Told(told))).into_response())
}

fn say(lines: &UnboundedSender<Bytes>, line: &impl serde::Serialize) {
    let mut text = serde_json::to_vec(line).unwrap_or_default();
    text.push(b'\n');
    // Whoever has hung up does not hear it.
    let _ = lines.send(text.into());
}

/// Rows on their way: read, and not yet told of.
struct Rows {
    lines: UnboundedSender<Bytes>,
    /// Where in the file they are, in the order in which they were read.
    numbers: Mutex<VecDeque<usize>>,
}

impl Rows {
    async fn take(
        &self,
        db: &Db,
        (call, feed): (&flow::Call, Feed),
        (layout, body): (Layout, &[u8]),
    ) -> Result<std::collections::BTreeMap<&'static str, usize>, flow::Refused> {
        let tell = |_: &FeedRow, end: &RowEnd| {
            let number = self.numbers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            say(&self.lines, &RowShown::of(number.unwrap_or(0), end));
        };
        match layout {
            Layout::Lines => {
                let rows = read_lines(body).filter_map(|row| self.keep(row));
                feed::take_feed(db, call, (feed, rows), tell).await
            }
            Layout::Csv => {
                let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(body);
                let rows = reader.deserialize::<NewRow>().enumerate();
                let rows = rows.map(|(i, row)| (i + 2, row.map_err(|error| error.to_string())));
                let rows = rows.filter_map(|row| self.keep(row));
                feed::take_feed(db, call, (feed, rows), tell).await
            }
        }
    }

    /// Remembers where a row is; tells at once of one that cannot be read.
    fn keep(&self, (number, row): (usize, Result<NewRow, String>)) -> Option<FeedRow> {
        match row {
            Ok(row) => {
                self.numbers.lock().unwrap_or_else(PoisonError::into_inner).push_back(number);
                Some(row.into())
            }
            Err(detail) => {
                say(&self.lines, &RowShown::not_read(number, detail));
                None
            }
        }
    }
}

fn read_lines(body: &[u8]) -> impl Iterator<Item = (usize, Result<NewRow, String>)> {
    let lines = body.split(|byte| *byte == b'\n').enumerate();
    lines
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(i, line)| (i + 1, serde_json::from_slice(line).map_err(|error| error.to_string())))
}

/// The answer, as far as it is known.
struct Told(UnboundedReceiver<Bytes>);

impl HttpBody for Told {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|line| line.map(|line| Ok(hyper::body::Frame::data(line))))
    }
}
