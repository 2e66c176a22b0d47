//! Work that waits or was given up.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::policy::{MANAGERS, Policy};
use crate::routes::Routes;
use crate::words;
use axum::extract::{Path, State};
use flow::jobs::{jobs_in, retry_job};
use flow::people::Scope;
use serde::{Deserialize, Serialize};
use store::jobs;
use utoipa::openapi::Schema;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("jobs")
        .add(Policy::of(MANAGERS, Scope::WorkRead), routes!(list_jobs))
        .add(Policy::of(MANAGERS, Scope::WorkWrite), routes!(retry))
        .add(Policy::of(MANAGERS, Scope::WorkRead), routes!(list_timers))
}

/// Something that is done by itself.
#[derive(Serialize, ToSchema)]
struct Job {
    #[schema(example = "job_0192…")]
    id: String,
    #[schema(example = "release_backorders")]
    kind: String,
    /// What it is about.
    subject: String,
    /// `ready`: it waits. `leased`: it is being done. `done`. `dead`: it was given up, and waits for somebody.
    state: &'static str,
    attempts: i64,
    most_attempts: i64,
    /// When it may be taken; of a leased one, until when it is held.
    due_at: i64,
    /// Why the last attempt failed.
    last_error: Option<String>,
    created_at: i64,
}

impl From<jobs::Job> for Job {
    fn from(job: jobs::Job) -> Job {
        Job {
            id: job.id,
            kind: job.kind,
            subject: job.subject,
            state: job.state.code(),
            attempts: job.attempts,
            most_attempts: job.most_attempts,
            due_at: job.due_at_ms,
            last_error: job.last_error,
            created_at: job.created_at_ms,
        }
    }
}

/// Which jobs are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// `ready`, `leased`, `done` or `dead`; left out: dead.
    #[param(schema_with = states)]
    state: Option<String>,
}

fn states() -> Schema {
    words::schema(jobs::State::ALL.map(jobs::State::code))
}

/// Lists jobs of one state, the newest first.
#[utoipa::path(get, path = "/v1/jobs", params(Wanted, Page), responses((status = 200, body = Listed<Job>)))]
async fn list_jobs(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<Job>> {
    caller.must_reach_all()?;
    words::in_query("state", wanted.state.as_deref(), jobs::State::ALL.map(jobs::State::code))?;
    let state = jobs::State::ALL.into_iter().find(|state| Some(state.code()) == wanted.state.as_deref());
    let state = state.unwrap_or(jobs::State::Dead);
    let before = page.after::<String>()?;
    let rows = jobs_in(&app.db, state, before.as_deref(), page.more()).await?;
    Ok(page.list(rows.into_iter().map(Job::from).collect(), |job| job.id.clone()))
}

/// Has a job that was given up tried again, with all its attempts.
#[utoipa::path(post, path = "/v1/jobs/{id}/retry", params(("id" = String, Path)), responses((status = 200, body = Job)))]
async fn retry(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer<Json<Job>> {
    caller.must_reach_all()?;
    Ok(Json(retry_job(&app.db, &caller.call, &id).await?.into()))
}

/// Something that is done every so often.
#[derive(Serialize, ToSchema)]
struct Periodic {
    #[schema(example = "release_backorders")]
    name: String,
    every_ms: i64,
    next_at: i64,
    /// Null: never yet.
    last_done_at: Option<i64>,
    /// Why it failed the last time; null: it did not.
    last_error: Option<String>,
}

impl From<store::timers::Timer> for Periodic {
    fn from(timer: store::timers::Timer) -> Periodic {
        Periodic {
            name: timer.name,
            every_ms: timer.every_ms,
            next_at: timer.next_at_ms,
            last_done_at: timer.last_done_at_ms,
            last_error: timer.last_error,
        }
    }
}

/// Lists what is done every so often, by name.
#[utoipa::path(get, path = "/v1/periodic-tasks", responses((status = 200, body = Vec<Periodic>)))]
async fn list_timers(State(app): State<App>, caller: Caller) -> Answer<Json<Vec<Periodic>>> {
    caller.must_reach_all()?;
    let timers =
        app.db.read::<_, flow::Refused>(|tx| Box::pin(async move { Ok(store::timers::list(tx).await?) }));
    Ok(Json(timers.await?.into_iter().map(Periodic::from).collect()))
}
