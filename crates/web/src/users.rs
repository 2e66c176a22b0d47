//! Users: who works with the books.

use crate::answer::{Answer, Created};
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::page::{Listed, Page};
use crate::policy::{MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::versions::{IfMatch, Versioned};
use crate::words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use flow::people::{self, Invited, NewUser, Person, ReachChoice, Role, Scope, UserChange};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::Schema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let write = Policy::of(MANAGERS, Scope::PeopleWrite).that_gives_access();
    Routes::tagged("people")
        .add(Policy::of(MANAGERS, Scope::PeopleRead), routes!(list_users))
        .add(Policy::of(MANAGERS, Scope::PeopleRead), routes!(get_user))
        .add(write.with_secret_answer(), routes!(add_user))
        .add(write, routes!(change_user))
        .add(write.with_secret_answer(), routes!(make_link))
        .add(Policy::of(MANAGERS, Scope::PeopleWrite), routes!(unlock))
}

/// Somebody who works with the books.
#[derive(Serialize, ToSchema)]
pub(crate) struct User {
    #[schema(example = "usr_0192…")]
    id: String,
    name: String,
    email: String,
    #[schema(schema_with = role_schema)]
    role: Role,
    /// Codes of the locations within reach; null: all.
    locations: Option<Vec<String>>,
    /// Whether they have chosen a password.
    has_password: bool,
    is_disabled: bool,
    created_at: i64,
    version: i64,
}

impl From<Person> for User {
    fn from(person: Person) -> User {
        User {
            locations: person.places.codes().map(|codes| codes.into_iter().map(str::to_owned).collect()),
            id: person.id,
            name: person.name,
            email: person.email,
            role: person.role,
            has_password: person.has_password,
            is_disabled: person.disabled_at_ms.is_some(),
            created_at: person.created_at_ms,
            version: person.version,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AddUser {
    #[schema(example = "Ben Ode")]
    name: String,
    #[schema(example = "ben@example.com")]
    email: String,
    #[schema(schema_with = role_schema)]
    role: Role,
    /// Codes of locations; absent: all.
    locations: Option<Vec<String>>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeUser {
    name: Option<String>,
    #[schema(schema_with = role_schema)]
    role: Option<Role>,
    /// Codes of locations, or null for all; absent: as it is.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Vec<String>>)]
    locations: Option<Option<Vec<String>>>,
    /// True: they are signed out everywhere and cannot sign in.
    is_disabled: Option<bool>,
}

/// Tells null from absent.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<Vec<String>>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Somebody, and the link by which they choose a password.
#[derive(Serialize, ToSchema)]
struct Invitation {
    user: User,
    /// Goes behind the address of this installation: `/join#join_…`. It is told this once; give it to nobody else.
    #[schema(example = "join_9a41…")]
    secret: String,
    expires_at: i64,
}

impl From<Invited> for Invitation {
    fn from(invited: Invited) -> Invitation {
        Invitation {
            secret: invited.link.reveal().to_owned(),
            expires_at: invited.link_expires_at_ms,
            user: invited.person.into(),
        }
    }
}

/// Lists users in the order in which they were added.
#[utoipa::path(get, path = "/v1/users", params(Page), responses((status = 200, body = Listed<User>)))]
async fn list_users(State(app): State<App>, _: Caller, page: Page) -> Answer<Listed<User>> {
    let after: Option<String> = page.after()?;
    let rows = people::users(&app.db, &after.unwrap_or_default(), page.more()).await?;
    Ok(page.list(rows, |user| user.id.clone()))
}

/// Shows a user.
#[utoipa::path(get, path = "/v1/users/{id}", params(("id" = String, Path)), responses((status = 200, body = User)))]
async fn get_user(State(app): State<App>, _: Caller, Path(id): Path<String>) -> Answer<Versioned<User>> {
    let user = people::user(&app.db, &id).await?;
    Ok(Versioned { version: user.version, body: user.into() })
}

/// Adds a user, and makes the link by which they choose their password.
///
/// Owners add anybody; managers add associates and viewers.
#[utoipa::path(post, path = "/v1/users", request_body = AddUser, responses((status = 201, body = Invitation)))]
async fn add_user(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<AddUser>,
) -> Answer<Created<Invitation>> {
    must_be_a_person(&caller)?;
    let new = NewUser { name: new.name, email: new.email, role: new.role, reach: ReachChoice(new.locations) };
    let invited = people::add_user(&app.db, &caller.call, &caller.who.by(), new).await?;
    Ok(Created::at(format!("/v1/users/{}", invited.person.id), invited.person.version, invited.into()))
}

/// Changes a user.
#[utoipa::path(patch, path = "/v1/users/{id}",
    params(("id" = String, Path), IfMatch),
    request_body = ChangeUser, responses((status = 200, body = User)))]
async fn change_user(
    State(app): State<App>,
    caller: Caller,
    (Path(id), IfMatch(version)): (Path<String>, IfMatch),
    Json(change): Json<ChangeUser>,
) -> Answer<Versioned<User>> {
    let change = UserChange {
        id,
        version,
        name: change.name,
        role: change.role,
        reach: change.locations.map(ReachChoice),
        is_disabled: change.is_disabled,
    };
    let user = people::change_user(&app.db, &caller.call, &caller.who.by(), change).await?;
    Ok(Versioned { version: user.version, body: user.into() })
}

/// Makes a new link for somebody who has forgotten their password, in place of the one before.
#[utoipa::path(post, path = "/v1/users/{id}/link", params(("id" = String, Path)),
    responses((status = 200, body = Invitation)))]
async fn make_link(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<Invitation>> {
    must_be_a_person(&caller)?;
    let invited = people::make_join_link(&app.db, &caller.call, &caller.who.by(), &id).await?;
    Ok(Json(invited.into()))
}

/// Lets somebody try to sign in again at once, after wrong passwords.
#[utoipa::path(post, path = "/v1/users/{id}/unlock", params(("id" = String, Path)), responses((status = 204)))]
async fn unlock(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    people::unlock_user_by(&app.db, &caller.call, &caller.who.by(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// # Errors
/// A program asks: it would let itself in as a person.
fn must_be_a_person(caller: &Caller) -> Answer<()> {
    match caller.who.session_id {
        Some(_) => Ok(()),
        None => Err(Problem::forbidden("a token invites nobody; sign in and do it there")),
    }
}

/// The roles, by code.
pub(crate) fn role_schema() -> Schema {
    words::schema(Role::ALL.map(Role::code))
}
