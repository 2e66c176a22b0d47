//! Who am I, and what may I do.

use crate::caller::Caller;
use crate::json::Json;
use crate::policy::{EVERYONE, Policy};
use crate::routes::Routes;
use crate::users::role_schema;
use flow::people::{Role, Scope};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("people").add(Policy::of(EVERYONE, Scope::Me), routes!(me))
}

/// Whoever asks.
#[derive(Serialize, ToSchema)]
struct Me {
    /// `usr_…` or `tok_…`.
    id: String,
    name: String,
    #[schema(schema_with = role_schema)]
    role: Role,
    /// Codes of the locations within reach; null: all.
    locations: Option<Vec<String>>,
    /// What a token was made for; null: somebody signed in.
    scopes: Option<Vec<&'static str>>,
}

/// Who the caller is.
#[utoipa::path(get, path = "/v1/me", responses((status = 200, body = Me)))]
async fn me(caller: Caller) -> Json<Me> {
    let who = caller.who;
    let locations = who.places.codes().map(|codes| codes.into_iter().map(str::to_owned).collect());
    let scopes = who.scopes().map(|scopes| scopes.map(Scope::code).collect());
    Json(Me { id: who.id, name: who.name, role: who.role, locations, scopes })
}
