//! How it stands with the program and its books, for people; and the same as a file that can be shown to strangers.
//!
//! Owns: how it looks on the wire. Refuses to know: what is looked at; `flow::doctor` does.

mod support;

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::policy::{MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flow::Refused;
use flow::doctor::{Look, State as Stand};
use flow::people::Scope;
use serde::Serialize;
use store::db::Dialect;
use store::{DbError, durability, jobs};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let read = Policy::of(MANAGERS, Scope::MetricsRead);
    Routes::tagged("system").add(read, routes!(diagnose)).add(read, routes!(support_file))
}

/// One thing that was looked at.
#[derive(Serialize, ToSchema)]
struct DiagnosticsLook {
    #[schema(example = "disk")]
    of: &'static str,
    /// `good`, `look` (it hurts if nobody does anything) or `broken`.
    state: &'static str,
    seen: String,
    /// What to do; null: nothing.
    remedy: Option<String>,
}

impl From<Look> for DiagnosticsLook {
    fn from(look: Look) -> DiagnosticsLook {
        DiagnosticsLook { of: look.of, state: look.state.code(), seen: look.seen, remedy: look.remedy }
    }
}

/// Jobs of one kind in one state.
#[derive(Serialize, ToSchema)]
struct Queue {
    kind: String,
    state: &'static str,
    jobs: i64,
    /// The earliest time at which one of them may be taken.
    first_due_at: i64,
}

impl From<jobs::Count> for Queue {
    fn from(count: jobs::Count) -> Queue {
        Queue {
            kind: count.kind,
            state: count.state.code(),
            jobs: count.jobs,
            first_due_at: count.first_due_at_ms,
        }
    }
}

/// How it stands.
#[derive(Serialize, ToSchema)]
struct Diagnostics {
    /// The worst of the looks: `good`, `look` or `broken`.
    state: &'static str,
    looks: Vec<DiagnosticsLook>,
    version: &'static str,
    started_at: i64,
    /// `sqlite` or `postgres`.
    database: &'static str,
    database_bytes: i64,
    /// Jobs that wait, are under way, or were given up.
    queues: Vec<Queue>,
    /// Answers since the start whose status was 500 or above.
    defects: u64,
}

fn dialect(app: &App) -> &'static str {
    match app.db.dialect() {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgres",
    }
}

async fn looks(app: &App) -> Answer<Vec<Look>> {
    Ok(app.checkup.looks(&app.db, app.now_ms()).await.map_err(Refused::from)?)
}

async fn queues(app: &App) -> Answer<Vec<jobs::Count>> {
    let counts = app.db.read::<_, DbError>(|tx| Box::pin(async move { jobs::counts(tx).await }));
    let counts = counts.await.map_err(Refused::from)?;
    Ok(counts.into_iter().filter(|count| count.state != jobs::State::Done).collect())
}

fn worst(looks: &[Look]) -> Stand {
    looks.iter().map(|look| look.state).max().unwrap_or(Stand::Good)
}

/// Looks at everything that `baton doctor` looks at; the books themselves as they were found within the last hour.
#[utoipa::path(get, path = "/v1/diagnostics", responses((status = 200, body = Diagnostics)))]
async fn diagnose(State(app): State<App>, caller: Caller) -> Answer<Json<Diagnostics>> {
    caller.must_reach_all()?;
    let looks = looks(&app).await?;
    Ok(Json(Diagnostics {
        state: worst(&looks).code(),
        looks: looks.into_iter().map(DiagnosticsLook::from).collect(),
        version: env!("CARGO_PKG_VERSION"),
        started_at: app.started_ms,
        database: dialect(&app),
        database_bytes: durability::bytes(&app.db).await.map_err(Refused::from)?,
        queues: queues(&app).await?.into_iter().map(Queue::from).collect(),
        defects: app.metrics.by_class().get(&5).copied().unwrap_or(0),
    }))
}

/// The same as a file that can be shown to strangers: no names, no addresses, no secrets, nothing of an order.
///
/// It has no word that anybody wrote: counts, states, and settings that are numbers or yes and no.
#[utoipa::path(
    get, path = "/v1/diagnostics/support-file",
    responses((status = 200, body = serde_json::Value, content_type = "application/json"))
)]
async fn support_file(State(app): State<App>, caller: Caller) -> Answer<Response> {
    caller.must_reach_all()?;
    let file = support::file(&app).await?;
    let text = serde_json::to_string_pretty(&file).map_err(|error| Problem::defect(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"baton-support.json\""),
        ),
    ];
    Ok((headers, text).into_response())
}
