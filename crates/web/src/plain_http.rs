//! What is answered over plain HTTP where the program speaks HTTPS: the way there, and what a device needs before it can go.
//!
//! Owns: which paths those are. Refuses to know: what they answer. Invariant: nothing of the shop, no cookie and no
//! password is taken or given over plain HTTP.

use crate::app::App;
use crate::handshake::Wire;
use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use https::Https;

const CHALLENGES: &str = "/.well-known/acme-challenge/";
/// Trusting the shop's CA, what the page of that is drawn with, and whether the program lives.
const OPEN: [&str; 4] = ["/trust", "/assets/", "/livez", "/readyz"];

/// Sends on whoever comes over plain HTTP.
pub(crate) async fn send_on(State(app): State<App>, request: Request, next: Next) -> Response {
    let wire = request.extensions().get::<Wire>().copied();
    match (&app.https, wire) {
        (Some(https), Some(Wire::Plain)) => match answer(https, &request) {
            Some(answer) => answer,
            None => next.run(request).await,
        },
        _ => next.run(request).await,
    }
}

/// `None`: this is one of the few things that are answered.
fn answer(https: &Https, request: &Request) -> Option<Response> {
    let path = request.uri().path();
    if let Some(token) = path.strip_prefix(CHALLENGES) {
        let answer = https.challenge(token).ok_or(StatusCode::NOT_FOUND);
        return Some(answer.into_response());
    }
    if OPEN.iter().any(|open| path == open.trim_end_matches('/') || is_below(path, open)) {
        return None;
    }
    if *request.method() != Method::GET && *request.method() != Method::HEAD {
        let detail = "this came over plain HTTP, where anybody in between can read it, and was not done; send it over https";
        return Some(Problem::new(StatusCode::FORBIDDEN, "plain_http", detail).into_response());
    }
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    Some(match https.instead_of(host, path) {
        Some(there) => Redirect::temporary(&there).into_response(),
        None => {
            let detail = "there is no certificate yet: it is being asked for, and the log of the program says how it goes; try \
                          again in a minute";
            let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "no_certificate", detail);
            problem.retry_after(60).into_response()
        }
    })
}

fn is_below(path: &str, open: &str) -> bool {
    path.strip_prefix(open.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}
