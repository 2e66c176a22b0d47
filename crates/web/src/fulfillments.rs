//! Fulfillment orders: the queue of a place, and each step of its work.

mod shown;
mod steps;

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, MANAGERS, Policy, STAFF};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::versions::Versioned;
use crate::words;
use axum::extract::{Path, State};
use flow::Refused;
use flow::fulfillment::State as Stage;
use flow::people::Scope;
use serde::Deserialize;
pub(crate) use shown::Fulfillment;
use std::sync::Arc;
use store::fulfillments;
use utoipa::IntoParams;
use utoipa::openapi::Schema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let read = Policy::of(EVERYONE, Scope::WorkRead);
    let work = Policy::of(STAFF, Scope::WorkWrite);
    let lead = Policy::of(MANAGERS, Scope::WorkWrite);
    Routes::tagged("fulfillment")
        .add(read, routes!(list_fulfillments))
        .add(read, routes!(get_fulfillment))
        .add(work, routes!(steps::accept))
        .add(work, routes!(steps::reject))
        .add(work, routes!(steps::start))
        .add(work, routes!(steps::confirm_picked))
        .add(work, routes!(steps::report_short))
        .add(work, routes!(steps::pack))
        .add(work, routes!(steps::hand_over))
        .add(work, routes!(steps::mark_ready))
        .add(work, routes!(steps::collect))
        .add(work, routes!(steps::give_up))
        .add(work, routes!(steps::deliver))
        .add(work, routes!(steps::undo))
        .add(lead, routes!(steps::hold))
        .add(lead, routes!(steps::release))
        .add(lead, routes!(steps::move_to))
        .add(work, routes!(steps::labor))
        .add(work, routes!(steps::make_manifest))
}

/// Whose queue is listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Code of the place.
    location: String,
    /// Left out: open.
    #[param(schema_with = states)]
    state: Option<String>,
}

fn states() -> Schema {
    words::schema(Stage::ALL.map(Stage::code))
}

/// Lists the work of a place in one state, what is due first.
#[utoipa::path(get, path = "/v1/fulfillments", params(Wanted, Page),
    responses((status = 200, body = Listed<Fulfillment>)))]
async fn list_fulfillments(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<Fulfillment>> {
    words::in_query("state", wanted.state.as_deref(), Stage::ALL.map(Stage::code))?;
    let shop = app.baton.shop(app.now_ms()).await?;
    let place = shop.network.location_by_code(&wanted.location);
    let place = shop.location_key(place.ok_or_else(|| Refused::not_found("location", &wanted.location))?);
    caller.must_reach(place)?;
    let after = page.after::<(i64, String)>()?.unwrap_or((i64::MIN, String::new()));
    let (more, question) =
        (page.more(), Arc::new((wanted.state.unwrap_or_else(|| "open".to_owned()), after)));
    let rows = app.db.read::<_, Problem>(move |tx| {
        let (question, shop) = (Arc::clone(&question), Arc::clone(&shop));
        Box::pin(async move {
            let (state, (due, id)) = &*question;
            let mut shown = Vec::new();
            for row in fulfillments::at_location(tx, (place, state), (*due, id), more).await? {
                shown.push(shown::read(tx, &shop, &row).await?);
            }
            Ok(shown)
        })
    });
    Ok(page.list(rows.await?, |shown| (shown.due_at, shown.id.clone())))
}

/// One fulfillment order, with its units and parcels.
#[utoipa::path(get, path = "/v1/fulfillments/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Fulfillment)))]
async fn get_fulfillment(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Versioned<Fulfillment>> {
    shown::within_reach(&app, &caller, &id).await?;
    shown::show(&app, &id).await
}
