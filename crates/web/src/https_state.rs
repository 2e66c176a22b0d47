//! How it stands with HTTPS: certificates, names, until when, and what failed.

use crate::app::App;
use crate::json::Json;
use crate::policy::{MANAGERS, Policy};
use crate::routes::Routes;
use axum::extract::State;
use flow::people::Scope;
use https::{Failure, State as Stand};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("system").add(Policy::of(MANAGERS, Scope::NetworkRead), routes!(https_state))
}

/// Certificates, and how it stands with the next.
#[derive(Serialize, ToSchema, Default)]
struct HttpsState {
    /// `off`: the program itself speaks plain HTTP; `own`, `files` or `acme`: where certificates come from.
    way: &'static str,
    /// Where the console is over HTTPS, or will be; null where that is not known.
    url: Option<String>,
    /// Where a device gets the shop's own CA, over plain HTTP; null where there is none.
    trust_url: Option<String>,
    /// What the certificate is for.
    names: Vec<String>,
    valid_from: Option<i64>,
    valid_until: Option<i64>,
    /// When another is got.
    due: Option<i64>,
    /// SHA-256 of the shop's own CA, to compare on a device.
    ca_fingerprint: Option<String>,
    ca_valid_until: Option<i64>,
    /// Why the last try failed; null: it did not.
    failure: Option<HttpsFailure>,
}

#[derive(Serialize, ToSchema)]
struct HttpsFailure {
    why: String,
    at: i64,
    /// When it is tried again.
    again: i64,
    /// So many in a row.
    tries: u32,
}

impl From<Failure> for HttpsFailure {
    fn from(failure: Failure) -> HttpsFailure {
        HttpsFailure { why: failure.why, at: failure.at_ms, again: failure.again_ms, tries: failure.tries }
    }
}

impl From<Stand> for HttpsState {
    fn from(stand: Stand) -> HttpsState {
        let shown = stand.shown.as_ref();
        HttpsState {
            way: stand.way,
            url: stand.url,
            trust_url: stand.trust_url,
            names: shown.map(|facts| facts.names.clone()).unwrap_or_default(),
            valid_from: shown.map(|facts| facts.valid_from_ms),
            valid_until: shown.map(|facts| facts.valid_until_ms),
            due: shown.map(|facts| facts.due_ms()),
            ca_fingerprint: stand.ca.as_ref().map(|ca| ca.fingerprint.clone()),
            ca_valid_until: stand.ca.as_ref().map(|ca| ca.valid_until_ms),
            failure: stand.failure.map(HttpsFailure::from),
        }
    }
}

/// How it stands with HTTPS.
#[utoipa::path(get, path = "/v1/https", responses((status = 200, body = HttpsState)))]
async fn https_state(State(app): State<App>) -> Json<HttpsState> {
    Json(match &app.https {
        Some(https) => https.state().into(),
        None => HttpsState { way: "off", ..HttpsState::default() },
    })
}
