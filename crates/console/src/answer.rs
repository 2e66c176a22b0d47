//! What handlers answer: a page, a part of one, or the way to another.
//!
//! Owns: the headers of a page. A form that a script sends gets the way in a header, which the script goes; one that the
//! browser sends is sent on by the browser.

use crate::visit::SentBy;
use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use web::Problem;

pub(crate) type Answered = Result<Response, Problem>;

/// Scripts, styles and pictures from here alone; nothing inline; no frame around it.
pub(crate) const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// A whole page, or a part of one.
pub(crate) fn page(template: &impl Template) -> Answered {
    let html = template.render().map_err(|error| Problem::defect(format!("a page: {error}")))?;
    Ok(html_with(StatusCode::OK, html))
}

pub(crate) fn html_with(status: StatusCode, html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (status, headers, html).into_response()
}

/// Goes on to another page after a form has done what it does.
pub(crate) fn go(sent_by: SentBy, path: &str) -> Answered {
    Ok(match sent_by {
        SentBy::Browser => Redirect::to(path).into_response(),
        SentBy::Script => {
            let way = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
            (StatusCode::NO_CONTENT, [(HeaderName::from_static("x-baton-go"), way)]).into_response()
        }
    })
}
