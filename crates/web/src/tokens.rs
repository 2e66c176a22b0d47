//! Tokens: what programs may do.

use crate::answer::{Answer, Created};
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::page::{Listed, Page};
use crate::policy::{MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::users::role_schema;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use flow::people::{self, MadeToken, NewToken, ReachChoice, Role, Scope};
use flow::{FieldFault, Refused};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::ArrayBuilder;
use utoipa::openapi::{ObjectBuilder, Schema, Type};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("people")
        .add(Policy::of(MANAGERS, Scope::PeopleRead), routes!(list_tokens))
        .add(
            Policy::of(MANAGERS, Scope::PeopleWrite).that_gives_access().with_secret_answer(),
            routes!(make_token),
        )
        .add(Policy::of(MANAGERS, Scope::PeopleWrite).that_gives_access(), routes!(revoke_token))
}

/// The right of a program. Its secret is not shown here.
#[derive(Serialize, ToSchema)]
struct Token {
    #[schema(example = "tok_0192…")]
    id: String,
    name: String,
    role: String,
    scopes: Vec<String>,
    made_by: String,
    made_at: i64,
    /// Null: it does not end by itself.
    expires_at: Option<i64>,
    revoked_at: Option<i64>,
    /// To the minute.
    used_at: Option<i64>,
}

impl From<store::proofs::Token> for Token {
    fn from(token: store::proofs::Token) -> Token {
        Token {
            id: token.id,
            name: token.name,
            role: token.role,
            scopes: token.scopes.split(' ').map(str::to_owned).collect(),
            made_by: token.made_by,
            made_at: token.made_at_ms,
            expires_at: token.expires_at_ms,
            revoked_at: token.revoked_at_ms,
            used_at: token.used_at_ms,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MakeToken {
    #[schema(example = "web shop")]
    name: String,
    #[schema(schema_with = role_schema)]
    role: Role,
    #[schema(schema_with = scopes_schema)]
    scopes: Vec<String>,
    /// Codes of locations; absent: all.
    locations: Option<Vec<String>>,
    /// Absent: it does not end by itself.
    expires_at: Option<i64>,
}

/// A token that was made now.
#[derive(Serialize, ToSchema)]
struct NewlyMade {
    token: Token,
    /// Told this once. Send it as `Authorization: Bearer …`.
    #[schema(example = "baton_77c0…")]
    secret: String,
    /// Codes of the locations within its reach; null: all.
    locations: Option<Vec<String>>,
}

impl From<MadeToken> for NewlyMade {
    fn from(made: MadeToken) -> NewlyMade {
        NewlyMade {
            secret: made.secret.reveal().to_owned(),
            locations: made.places.codes().map(|codes| codes.into_iter().map(str::to_owned).collect()),
            token: made.token.into(),
        }
    }
}

/// Lists tokens, oldest first.
#[utoipa::path(get, path = "/v1/tokens", params(Page), responses((status = 200, body = Listed<Token>)))]
async fn list_tokens(State(app): State<App>, _: Caller, page: Page) -> Answer<Listed<Token>> {
    let after: Option<String> = page.after()?;
    let rows = people::tokens(&app.db, &after.unwrap_or_default(), page.more()).await?;
    Ok(page.list(rows, |token| token.id.clone()))
}

/// Makes a token.
///
/// It does what its scopes say and its role allows, at the locations given. Nobody makes one that may do more than they
/// may themselves, and a token makes no tokens.
#[utoipa::path(post, path = "/v1/tokens", request_body = MakeToken, responses((status = 201, body = NewlyMade)))]
async fn make_token(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<MakeToken>,
) -> Answer<Created<NewlyMade>> {
    if caller.who.session_id.is_none() {
        return Err(Problem::forbidden("a token makes no tokens; sign in and make it there"));
    }
    let new = NewToken {
        name: new.name,
        role: new.role,
        scopes: known(&new.scopes)?,
        reach: ReachChoice(new.locations),
        expires_at_ms: new.expires_at,
    };
    let made = people::make_token(&app.db, &caller.call, &caller.who, new).await?;
    Ok(Created::without_version(format!("/v1/tokens/{}", made.token.id), made.into()))
}

/// Revokes a token, at once and for good.
#[utoipa::path(delete, path = "/v1/tokens/{id}", params(("id" = String, Path)), responses((status = 204)))]
async fn revoke_token(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    people::revoke_token(&app.db, &caller.call, &caller.who.by(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn known(codes: &[String]) -> Result<Vec<Scope>, Refused> {
    let (mut scopes, mut faults) = (Vec::new(), Vec::new());
    for (i, code) in codes.iter().enumerate() {
        match Scope::of_code(code) {
            Some(scope) => scopes.push(scope),
            None => faults
                .push(FieldFault { at: format!("/scopes/{i}"), say: format!("no scope is called {code}") }),
        }
    }
    if faults.is_empty() { Ok(scopes) } else { Err(Refused::Invalid(faults)) }
}

fn scopes_schema() -> Schema {
    let codes = Scope::ALL.map(Scope::code);
    let one = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes));
    ArrayBuilder::new().items(one).min_items(Some(1)).build().into()
}
