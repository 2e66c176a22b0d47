//! A table on its way out, page by page.
//!
//! Owns: that it is never in memory as a whole, that a slow reader slows it down, and that one that breaks off is seen to.

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flow::sheet_import::csv_line;
use hyper::body::Frame;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Rows of one read of the books.
pub(super) const PAGE: i64 = 1_000;
/// Rows of one table: more are asked for in parts.
pub(super) const MOST_ROWS: usize = 1_000_000;
/// Pages that wait for a slow reader.
const PAGES_AHEAD: usize = 2;

/// Where rows go.
pub(super) struct Lines {
    pages: Sender<io::Result<Bytes>>,
    text: String,
    rows: usize,
}

impl Lines {
    pub(super) fn row(&mut self, cells: &[&str]) {
        self.rows += 1;
        self.text.push_str(&csv_line(cells.iter().copied(), ','));
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows >= MOST_ROWS
    }

    /// Sends what is there; `false`: nobody reads it any more.
    pub(super) async fn flush(&mut self) -> bool {
        let page = std::mem::take(&mut self.text);
        page.is_empty() || self.pages.send(Ok(page.into())).await.is_ok()
    }
}

/// A table of these columns, whose rows `write` brings.
pub(super) fn table<F>(
    (file, columns): (&str, &[&str]),
    write: impl FnOnce(Lines) -> F + Send + 'static,
) -> Response
where
    F: Future<Output = Result<Lines, store::DbError>> + Send + 'static,
{
    let (pages, told) = mpsc::channel(PAGES_AHEAD);
    let lines = Lines { pages: pages.clone(), text: csv_line(columns.iter().copied(), ','), rows: 0 };
    tokio::spawn(async move {
        match write(lines).await {
            Ok(mut lines) => drop(lines.flush().await),
            // The reader sees that the table breaks off; why is the log's.
            Err(error) => drop(pages.send(Err(io::Error::other(error.to_string()))).await),
        }
    });
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{file}\""));
    let mut response = ([(header::CONTENT_TYPE, kind)], Body::new(Told(told))).into_response();
    response.headers_mut().extend(disposition.ok().map(|value| (header::CONTENT_DISPOSITION, value)));
    response
}

/// Parts of a body as they come.
pub(crate) struct Told(Receiver<io::Result<Bytes>>);

impl Told {
    pub(crate) fn over(parts: Receiver<io::Result<Bytes>>) -> Told {
        Told(parts)
    }
}

impl HttpBody for Told {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(cx).map(|page| page.map(|page| page.map(Frame::data)))
    }
}
