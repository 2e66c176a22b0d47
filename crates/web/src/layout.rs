//! In which layout many things come.

use crate::problem::Problem;
use axum::http::{HeaderMap, StatusCode, header};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A line of JSON each.
    Lines,
    Csv,
}

/// # Errors
/// It is neither.
pub(crate) fn layout(headers: &HeaderMap) -> Result<Layout, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    match kind.split(';').next().unwrap_or_default().trim() {
        "text/csv" => Ok(Layout::Csv),
        "application/x-ndjson" | "application/json" => Ok(Layout::Lines),
        _ => {
            let detail = "send text/csv or application/x-ndjson, and say which in Content-Type";
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", detail))
        }
    }
}
