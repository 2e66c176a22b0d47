//! Views that people keep of lists: their own, and those that are shared.

use crate::answer::{Answer, Created};
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::policy::{EVERYONE, Policy};
use crate::routes::Routes;
use crate::words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use flow::people::Scope;
use flow::views::{ChangeView, KeepView, Keeper, PAGES, RemoveView, keep, seen_by};
use serde::{Deserialize, Serialize};
use store::views::ViewRow;
use utoipa::openapi::Schema;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    // Whoever looks at lists keeps views of them, also who changes nothing else.
    let own = Policy::of(EVERYONE, Scope::Me);
    Routes::tagged("views")
        .add(own, routes!(list_views))
        .add(own, routes!(keep_view))
        .add(own, routes!(change_view))
        .add(own, routes!(remove_view))
}

/// What a list is narrowed by, under a name.
#[derive(Serialize, ToSchema)]
struct View {
    #[schema(example = "viw_0192…")]
    id: String,
    #[schema(schema_with = pages)]
    page: String,
    name: String,
    /// As it stands behind the question mark of the page's address.
    #[schema(example = "state=open&work=late")]
    query: String,
    is_shared: bool,
    /// Who made it: `usr_…`.
    owner: String,
    created_at: i64,
    changed_at: i64,
}

impl From<ViewRow> for View {
    fn from(row: ViewRow) -> View {
        View {
            id: row.id,
            page: row.page,
            name: row.name,
            query: row.query,
            is_shared: row.is_shared,
            owner: row.owner,
            created_at: row.created_at_ms,
            changed_at: row.changed_at_ms,
        }
    }
}

fn pages() -> Schema {
    words::schema(PAGES)
}

/// Whose views are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Left out: of every page.
    #[param(schema_with = pages)]
    page: Option<String>,
}

/// Lists your own views and those that are shared, by name.
#[utoipa::path(get, path = "/v1/views", params(Wanted), responses((status = 200, body = Vec<View>)))]
async fn list_views(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Vec<View>>> {
    words::in_query("page", wanted.page.as_deref(), PAGES)?;
    let rows = seen_by(&app.db, &caller.who.id, wanted.page.as_deref()).await?;
    Ok(Json(rows.into_iter().map(View::from).collect()))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewView {
    #[schema(schema_with = pages)]
    page: String,
    /// 1 to 80 bytes.
    name: String,
    /// As it stands behind the question mark of the page's address; 2,000 bytes at most.
    query: String,
    /// Everybody sees it. Managers share views.
    #[serde(default)]
    is_shared: bool,
}

/// Keeps a view. 100 of your own are the most, and 100 that are shared.
#[utoipa::path(post, path = "/v1/views", request_body = NewView, responses((status = 201, body = View)))]
async fn keep_view(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewView>,
) -> Answer<Created<View>> {
    let by = Keeper::of(&caller.who);
    let NewView { page, name, query, is_shared } = new;
    let row = keep(&app.db, &caller.call, KeepView { by, page, name, query, is_shared }).await?;
    Ok(Created::without_version(format!("/v1/views/{}", row.id), row.into()))
}

/// What is to be another; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ViewChange)]
struct Change {
    name: Option<String>,
    query: Option<String>,
    is_shared: Option<bool>,
}

/// Changes a view of your own; managers change those that are shared, too.
#[utoipa::path(patch, path = "/v1/views/{id}", params(("id" = String, Path)), request_body = Change,
    responses((status = 200, body = View)))]
async fn change_view(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(change): Json<Change>,
) -> Answer<Json<View>> {
    let by = Keeper::of(&caller.who);
    let Change { name, query, is_shared } = change;
    let row = keep(&app.db, &caller.call, ChangeView { by, id, name, query, is_shared }).await?;
    Ok(Json(row.into()))
}

/// Removes a view of your own; managers remove those that are shared, too.
#[utoipa::path(delete, path = "/v1/views/{id}", params(("id" = String, Path)), responses((status = 204)))]
async fn remove_view(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    keep(&app.db, &caller.call, RemoveView { by: Keeper::of(&caller.who), id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
