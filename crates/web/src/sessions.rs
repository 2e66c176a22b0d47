//! Signing in and out, and where else one is signed in.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::{Caller, Guest};
use crate::json::Json;
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, Policy};
use crate::problem::Problem;
use crate::proof::Told;
use crate::routes::Routes;
use crate::users::User;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::AppendHeaders;
use flow::people::{self, Scope, SignIn};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("people")
        .add(Policy::GUESSED, routes!(sign_in))
        .add(Policy::of(EVERYONE, Scope::Me).that_ends_viewing(), routes!(sign_out))
        .add(Policy::of(EVERYONE, Scope::Me).without_key(), routes!(prove_again))
        .add(Policy::of(EVERYONE, Scope::Me), routes!(list_sessions))
        .add(Policy::of(EVERYONE, Scope::Me), routes!(end_session))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Credentials {
    #[schema(example = "ana@example.com")]
    email: String,
    password: String,
    /// The code of a location, for a phone that stays there: it then shows nothing else.
    location: Option<String>,
}

/// A browser or a phone in which somebody is signed in.
#[derive(Serialize, ToSchema)]
struct Session {
    #[schema(example = "ses_0192…")]
    id: String,
    location: Option<String>,
    made_at: i64,
    seen_at: i64,
    expires_at: i64,
}

impl From<store::proofs::Session> for Session {
    fn from(session: store::proofs::Session) -> Session {
        Session {
            id: session.id,
            location: session.location.map(|location| location.code),
            made_at: session.made_at_ms,
            seen_at: session.seen_at_ms,
            expires_at: session.expires_at_ms,
        }
    }
}

type WithCookie<T> = ([(HeaderName, HeaderValue); 1], T);

/// Signs in, with a cookie.
///
/// After five wrong passwords each further try waits twice as long as the one before, up to 15 minutes.
#[utoipa::path(post, path = "/v1/session", request_body = Credentials, responses((status = 200, body = User)))]
async fn sign_in(
    State(app): State<App>,
    guest: Guest,
    Json(given): Json<Credentials>,
) -> Answer<WithCookie<Json<User>>> {
    let asked = SignIn { email: given.email, password: given.password, location: given.location };
    let signed_in = people::sign_in(&app.db, &guest.call, asked).await?;
    let cookie = app.settings.signed_in(signed_in.secret.reveal());
    Ok(([cookie], Json(signed_in.person.into())))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Proof {
    password: String,
}

/// Says the password again, which is good for 30 minutes.
///
/// Adding and changing users, and making and revoking tokens, need it from a session. Wrong passwords wait as at sign-in.
#[utoipa::path(post, path = "/v1/session/proof", request_body = Proof, responses((status = 204)))]
async fn prove_again(State(app): State<App>, caller: Caller, Json(given): Json<Proof>) -> Answer<StatusCode> {
    let session_id = session_of(&caller)?;
    people::prove_again(&app.db, &caller.call, session_id, given.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn session_of(caller: &Caller) -> Answer<&str> {
    let detail = "a token is not signed in anywhere; revoke it to end it";
    let none = || Problem::new(StatusCode::CONFLICT, "no_session", detail);
    caller.who.session_id.as_deref().ok_or_else(none)
}

/// Signs out here.
#[utoipa::path(delete, path = "/v1/session", responses((status = 204)))]
async fn sign_out(State(app): State<App>, caller: Caller) -> Answer<(AppendHeaders<[Told; 3]>, StatusCode)> {
    people::sign_out(&app.db, &caller.call, session_of(&caller)?).await?;
    // Whoever goes does not stay in the demo shop either.
    let [shop, demo] = app.settings.looks_at_own();
    Ok((AppendHeaders([app.settings.signed_out(), shop, demo]), StatusCode::NO_CONTENT))
}

/// Where the caller is signed in.
#[utoipa::path(get, path = "/v1/sessions", params(Page), responses((status = 200, body = Listed<Session>)))]
async fn list_sessions(State(app): State<App>, caller: Caller, page: Page) -> Answer<Listed<Session>> {
    let after: Option<String> = page.after()?;
    let rows = people::sessions(&app.db, &caller.who.id, &after.unwrap_or_default(), page.more()).await?;
    Ok(page.list(rows, |session| session.id.clone()))
}

/// Signs the caller out somewhere else.
#[utoipa::path(delete, path = "/v1/sessions/{id}", params(("id" = String, Path)), responses((status = 204)))]
async fn end_session(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    people::end_session(&app.db, &caller.call, &caller.who.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
