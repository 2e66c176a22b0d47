//! The last hand on every answer: its id, its headers, refusals in their one form, a line in the log, a count.
//!
//! Owns: what all answers have in common. Refuses to know: routes. Invariant: no query, no body and no header of a
//! request gets into the log, since secrets travel in them.

use crate::app::{App, Cookies};
use crate::pages::RefusedPage;
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flow::id;
use std::time::Instant;

/// The id of a request: in its answer, in a refusal, in the log.
#[derive(Clone, Default, Debug)]
pub(crate) struct RequestId(pub(crate) String);

pub(crate) async fn finish(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = id::new("req", app.now_ms());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let seen = request.headers().get(header::IF_NONE_MATCH).cloned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let person = app.show_refusal.filter(|_| asks_for_page(&request));
    let person = person.map(|show| (show, request.headers().clone(), request.uri().clone()));
    let response = next.run(request).await;
    let mut response = match person {
        Some((show, headers, uri)) => refusal_shown(response, &id, |problem| {
            let is_demo = app.is_demo();
            show(&RefusedPage { problem, request_id: &id, headers: &headers, uri: &uri, is_demo })
        }),
        None => refusal_shown(response, &id, |problem| problem.written(&id)),
    };
    if method == Method::GET && seen.is_some() && seen.as_ref() == response.headers().get(header::ETAG) {
        response = unchanged(response);
    }
    dress(&app, &id, response.headers_mut());
    let (status, took) = (response.status().as_u16(), started.elapsed());
    app.metrics.count((counted(&method), &route), status, took);
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(target: "baton::request", id, method = method.as_str(), route, status, took_ms);
    response
}

/// Strangers may call a method whatever they like; a series of figures for each would never end.
fn counted(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS => method.as_str(),
        _ => "other",
    }
}

/// A person's browser, not at the API.
fn asks_for_page(request: &Request) -> bool {
    let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|kinds| kinds.contains("text/html")) && !request.uri().path().starts_with("/v1/")
}

/// Everything that is refused is refused in one form, also what the framework refuses by itself.
fn refusal_shown(response: Response, id: &str, write: impl FnOnce(&Problem) -> Response) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = response.extensions().get::<Problem>().cloned();
    let problem = problem.unwrap_or_else(|| Problem::of_status(status));
    if let Some(cause) = &problem.cause {
        tracing::error!(target: "baton::request", id, status = status.as_u16(), cause, "refused");
    }
    let mut written = write(&problem);
    for (name, value) in response.headers() {
        // Its own length, kind and packing are those of the words; what else was said stays, such as Allow.
        if ![header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING].contains(name) {
            written.headers_mut().entry(name).or_insert(value.clone());
        }
    }
    written
}

fn unchanged(response: Response) -> Response {
    let etag = response.headers().get(header::ETAG).cloned();
    let mut unchanged = (StatusCode::NOT_MODIFIED, Body::empty()).into_response();
    unchanged.headers_mut().extend(etag.map(|etag| (header::ETAG, etag)));
    unchanged
}

const NOTHING_RUNS: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Nobody frames an answer, guesses its kind, keeps it or learns from it where somebody was. A handler that needs
/// another policy sets it itself.
fn dress(app: &App, id: &str, headers: &mut HeaderMap) {
    let usual = [
        (header::CONTENT_SECURITY_POLICY, NOTHING_RUNS),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    for (name, value) in usual {
        headers.entry(name).or_insert(value);
    }
    if app.settings.cookies == Cookies::Secure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}
