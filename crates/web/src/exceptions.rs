//! Exceptions: what somebody must resolve.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, Policy, STAFF};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::words;
use axum::extract::{Path, State};
use flow::Refused;
use flow::exception::ResolveException;
use flow::people::Scope;
use flow::shop::Shop;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::exceptions;
use store::exceptions::ExceptionRow;
use utoipa::openapi::Schema;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("exceptions")
        .add(Policy::of(EVERYONE, Scope::WorkRead), routes!(list_exceptions))
        .add(Policy::of(STAFF, Scope::WorkWrite), routes!(resolve_exception))
}

/// Something that somebody must resolve.
#[derive(Serialize, ToSchema)]
pub(crate) struct Exception {
    #[schema(example = "exc_0192…")]
    id: String,
    #[schema(example = "inventory_mismatch")]
    kind: String,
    /// `open` or `resolved`.
    state: String,
    /// What it is about: the id of an order or a fulfillment order, or a shelf, `mall/MUG`.
    subject: String,
    order_id: Option<String>,
    location: Option<String>,
    /// `store`, `customer_service`, `manager` or `owner`.
    owner: String,
    due_at: i64,
    /// How often it was passed on because nobody acted.
    escalations: i64,
    facts: serde_json::Value,
    resolution: String,
    opened_at: i64,
    version: i64,
}

impl Exception {
    pub(crate) fn of(shop: &Shop, row: &ExceptionRow) -> Exception {
        Exception {
            id: row.id.clone(),
            kind: row.kind.clone(),
            state: row.state.clone(),
            subject: row.subject.clone(),
            order_id: row.order_id.clone(),
            location: row.location.map(|key| shop.code(key).to_owned()),
            owner: row.owner.clone(),
            due_at: row.due_at_ms,
            escalations: row.escalations,
            facts: serde_json::from_str(&row.facts).unwrap_or_default(),
            resolution: row.resolution.clone(),
            opened_at: row.opened_at_ms,
            version: row.version,
        }
    }
}

/// Which exceptions are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Left out: open.
    #[param(schema_with = states)]
    state: Option<String>,
}

const STATES: [&str; 2] = ["open", "resolved"];

fn states() -> Schema {
    words::schema(STATES)
}

/// Lists exceptions, what is due first.
#[utoipa::path(get, path = "/v1/exceptions", params(Wanted, Page), responses((status = 200, body = Listed<Exception>)))]
async fn list_exceptions(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<Exception>> {
    caller.must_reach_all()?;
    words::in_query("state", wanted.state.as_deref(), STATES)?;
    let after = page.after::<(i64, String)>()?.unwrap_or((i64::MIN, String::new()));
    let (more, shop) = (page.more(), app.baton.shop(app.now_ms()).await?);
    let question = Arc::new((wanted.state.unwrap_or_else(|| "open".to_owned()), after));
    let rows = app.db.read::<_, Problem>(move |tx| {
        let (question, shop) = (Arc::clone(&question), Arc::clone(&shop));
        Box::pin(async move {
            let (state, (due, id)) = &*question;
            let wanted = exceptions::Wanted { state, ..exceptions::Wanted::default() };
            let rows = exceptions::list(tx, wanted, (*due, id), more).await?;
            Ok(rows.iter().map(|row| Exception::of(&shop, row)).collect::<Vec<_>>())
        })
    });
    Ok(page.list(rows.await?, |row| (row.due_at, row.id.clone())))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Resolve {
    /// What was done, in a few words.
    resolution: String,
}

/// Says that an exception is dealt with.
#[utoipa::path(post, path = "/v1/exceptions/{id}/resolve", params(("id" = String, Path)), request_body = Resolve,
    responses((status = 200, body = Exception)))]
async fn resolve_exception(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Resolve>,
) -> Answer<Json<Exception>> {
    let shop = app.baton.shop(app.now_ms()).await?;
    let wanted = id.clone();
    let row = app.db.read::<_, Problem>(move |tx| {
        let id = wanted.clone();
        Box::pin(async move {
            Ok(exceptions::get(tx, &id).await?.ok_or_else(|| Refused::not_found("exception", &id))?)
        })
    });
    match row.await?.location {
        Some(place) => caller.must_reach(place)?,
        None => caller.must_reach_all()?,
    }
    let row = app.baton.perform(&caller.call, ResolveException { id, how: sent.resolution }).await?;
    Ok(Json(Exception::of(&shop, &row)))
}
