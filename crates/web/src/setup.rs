//! The first owner, and everybody else's first password: with a link that works once.

use crate::answer::{Answer, Created};
use crate::app::App;
use crate::caller::Guest;
use crate::json::Json;
use crate::policy::Policy;
use crate::routes::Routes;
use crate::users::User;
use crate::versions::Versioned;
use axum::extract::State;
use flow::people::{self, NewOwner};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("people").add(Policy::GUESSED, routes!(set_up)).add(Policy::GUESSED, routes!(join))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetUp {
    /// From the link that the program printed when it was started; it works once, for an hour.
    #[schema(example = "setup_3f0c…")]
    secret: String,
    #[schema(example = "Ana Lima")]
    name: String,
    #[schema(example = "ana@example.com")]
    email: String,
    /// 12 to 128 characters.
    #[schema(min_length = 12, max_length = 128)]
    password: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Join {
    /// From the link.
    #[schema(example = "join_9a41…")]
    secret: String,
    /// 12 to 128 characters.
    #[schema(min_length = 12, max_length = 128)]
    password: String,
}

/// Makes the first owner.
///
/// Only whoever can run the program gets the link, so that no stranger is first.
#[utoipa::path(post, path = "/v1/setup", request_body = SetUp, responses((status = 201, body = User)))]
async fn set_up(State(app): State<App>, guest: Guest, Json(new): Json<SetUp>) -> Answer<Created<User>> {
    let new = NewOwner { secret: new.secret, name: new.name, email: new.email, password: new.password };
    let owner = people::set_up_owner(&app.db, &guest.call, new).await?;
    Ok(Created::at(format!("/v1/users/{}", owner.id), owner.version, owner.into()))
}

/// Chooses a password, with the link of an invitation or of a forgotten password.
#[utoipa::path(post, path = "/v1/join", request_body = Join, responses((status = 200, body = User)))]
async fn join(State(app): State<App>, guest: Guest, Json(join): Json<Join>) -> Answer<Versioned<User>> {
    let user = people::choose_password(&app.db, &guest.call, &join.secret, &join.password).await?;
    Ok(Versioned { version: user.version, body: user.into() })
}
