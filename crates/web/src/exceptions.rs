//! Exceptions: what somebody must resolve.

mod shown;

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
use flow::exception::{self, AssignException, Kind, NoteException, Owner, ResolveException, SnoozeException};
use flow::people::Scope;
use flow::shop::Shop;
use flow::{Refused, Verb};
use serde::Deserialize;
use shown::{CountsOfExceptions, ExceptionWhole};
pub(crate) use shown::{Exception, Playbook};
use std::sync::Arc;
use store::exceptions::{self, ExceptionRow};
use store::places::LocationKey;
use utoipa::openapi::Schema;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

/// Events of one exception that are shown.
const MOST_HISTORY: i64 = 200;

pub(crate) fn routes() -> Routes {
    let (read, work) = (Policy::of(EVERYONE, Scope::WorkRead), Policy::of(STAFF, Scope::WorkWrite));
    Routes::tagged("exceptions")
        .add(read, routes!(list_exceptions))
        .add(read, routes!(count_exceptions))
        .add(read, routes!(get_exception))
        .add(work, routes!(resolve_exception))
        .add(work, routes!(assign_exception))
        .add(work, routes!(snooze_exception))
        .add(work, routes!(note_exception))
}

/// Which exceptions are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Left out: open.
    #[param(schema_with = states)]
    state: Option<String>,
    /// Left out: of whichever.
    #[param(example = "late_pick")]
    kind: Option<String>,
    #[param(schema_with = owners)]
    owner: Option<String>,
    /// Code of a location. Left out: of all, and those of none.
    location: Option<String>,
    /// `true`: only those whose deadline has passed.
    overdue: Option<bool>,
}

const STATES: [&str; 2] = ["open", "resolved"];

fn states() -> Schema {
    words::schema(STATES)
}

fn owners() -> Schema {
    words::schema(Owner::ALL.map(Owner::code))
}

/// The location that is asked for, which the caller must reach; all of them where none is.
fn place(caller: &Caller, shop: &Shop, code: Option<&str>) -> Answer<Option<LocationKey>> {
    let Some(code) = code else {
        caller.must_reach_all()?;
        return Ok(None);
    };
    let id = shop.network.location_by_code(code).ok_or_else(|| Refused::not_found("location", code))?;
    let key = shop.location_key(id);
    caller.must_reach(key)?;
    Ok(Some(key))
}

/// Lists exceptions, what is due first.
#[utoipa::path(get, path = "/v1/exceptions", params(Wanted, Page), responses((status = 200, body = Listed<Exception>)))]
async fn list_exceptions(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<Exception>> {
    let (now_ms, more) = (app.now_ms(), page.more());
    words::in_query("state", wanted.state.as_deref(), STATES)?;
    words::in_query("kind", wanted.kind.as_deref(), Kind::ALL.map(Kind::code))?;
    words::in_query("owner", wanted.owner.as_deref(), Owner::ALL.map(Owner::code))?;
    let shop = app.baton.shop(now_ms).await?;
    let location = place(&caller, &shop, wanted.location.as_deref())?;
    let after = page.after::<(i64, String)>()?.unwrap_or((i64::MIN, String::new()));
    let question = Arc::new((wanted, after));
    let rows = app.db.read::<_, Problem>(move |tx| {
        let (question, shop) = (Arc::clone(&question), Arc::clone(&shop));
        Box::pin(async move {
            let (wanted, (due, id)) = &*question;
            let wanted = exceptions::Wanted {
                state: wanted.state.as_deref().unwrap_or("open"),
                kind: wanted.kind.as_deref(),
                owner: wanted.owner.as_deref(),
                location,
                due_by_ms: wanted.overdue.unwrap_or_default().then_some(now_ms),
            };
            let rows = exceptions::list(tx, wanted, (*due, id), more).await?;
            Ok(rows.iter().map(|row| Exception::of(&shop, row)).collect::<Vec<_>>())
        })
    });
    Ok(page.list(rows.await?, |row| (row.due_at, row.id.clone())))
}

/// Of which place.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CountedAt {
    /// Code of a location; left out: everywhere.
    location: Option<String>,
}

/// How many exceptions are open, by kind and owner.
#[utoipa::path(get, path = "/v1/exceptions/counts", params(CountedAt),
    responses((status = 200, body = CountsOfExceptions)))]
async fn count_exceptions(
    State(app): State<App>,
    caller: Caller,
    Query(at): Query<CountedAt>,
) -> Answer<Json<CountsOfExceptions>> {
    let now_ms = app.now_ms();
    let shop = app.baton.shop(now_ms).await?;
    let location = place(&caller, &shop, at.location.as_deref())?;
    let counts = app.db.read::<_, Refused>(move |tx| {
        Box::pin(async move { Ok(exceptions::open_counts(tx, location, now_ms).await?) })
    });
    Ok(Json(counts.await?.into()))
}

/// An exception that the caller reaches.
async fn reached(app: &App, caller: &Caller, id: &str) -> Answer<ExceptionRow> {
    let wanted = id.to_owned();
    let row = app.db.read::<_, Problem>(move |tx| {
        let id = wanted.clone();
        Box::pin(async move {
            Ok(exceptions::get(tx, &id).await?.ok_or_else(|| Refused::not_found("exception", &id))?)
        })
    });
    let row = row.await?;
    match row.location {
        Some(place) => caller.must_reach(place)?,
        None => caller.must_reach_all()?,
    }
    Ok(row)
}

/// One exception: what happened to it, and what can be done.
#[utoipa::path(get, path = "/v1/exceptions/{id}", params(("id" = String, Path)),
    responses((status = 200, body = ExceptionWhole)))]
async fn get_exception(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<ExceptionWhole>> {
    let row = reached(&app, &caller, &id).await?;
    let shop = app.baton.shop(app.now_ms()).await?;
    let history = app.db.read::<_, Refused>(move |tx| {
        let id = id.clone();
        Box::pin(async move { Ok(store::events::of_subject(tx, &id, 0, MOST_HISTORY).await?) })
    });
    let kind =
        Kind::from_code(&row.kind).ok_or_else(|| Refused::not_found("kind of exception", &row.kind))?;
    let policies = exception::policies(&app.db).await?;
    Ok(Json(ExceptionWhole {
        exception: Exception::of(&shop, &row),
        actions: exception::actions(&row).into_iter().map(Into::into).collect(),
        playbook: Playbook::of(kind, &policies[&kind]),
        history: history.await?.into_iter().map(Into::into).collect(),
    }))
}

/// Does something to an exception that the caller reaches.
async fn perform<V: Verb<Done = ExceptionRow>>(
    app: &App,
    caller: &Caller,
    (id, verb): (&str, V),
) -> Answer<Json<Exception>> {
    reached(app, caller, id).await?;
    let row = app.baton.perform(&caller.call, verb).await?;
    let shop = app.baton.shop(app.now_ms()).await?;
    Ok(Json(Exception::of(&shop, &row)))
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
    let verb = ResolveException { id: id.clone(), how: sent.resolution };
    perform(&app, &caller, (&id, verb)).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssignTo {
    /// `store`, `customer_service`, `manager` or `owner`.
    #[schema(schema_with = owners)]
    owner: String,
}

/// Gives an open exception to another owner. Its deadline stays.
#[utoipa::path(post, path = "/v1/exceptions/{id}/assign", params(("id" = String, Path)), request_body = AssignTo,
    responses((status = 200, body = Exception)))]
async fn assign_exception(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<AssignTo>,
) -> Answer<Json<Exception>> {
    perform(&app, &caller, (&id, AssignException { id: id.clone(), owner: sent.owner })).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SnoozeUntil {
    /// Its new deadline, within 30 days: until then it is not passed on.
    until: i64,
}

/// Puts an open exception off.
#[utoipa::path(post, path = "/v1/exceptions/{id}/snooze", params(("id" = String, Path)), request_body = SnoozeUntil,
    responses((status = 200, body = Exception)))]
async fn snooze_exception(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<SnoozeUntil>,
) -> Answer<Json<Exception>> {
    perform(&app, &caller, (&id, SnoozeException { id: id.clone(), until_ms: sent.until })).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoteSent {
    #[schema(max_length = 2_000)]
    text: String,
}

/// Writes something down about an exception; it stands in its history.
#[utoipa::path(post, path = "/v1/exceptions/{id}/note", params(("id" = String, Path)), request_body = NoteSent,
    responses((status = 200, body = Exception)))]
async fn note_exception(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<NoteSent>,
) -> Answer<Json<Exception>> {
    perform(&app, &caller, (&id, NoteException { id: id.clone(), text: sent.text })).await
}
