//! Replays of rule sets: asked for, followed, read and cancelled.

use crate::answer::{Accepted, Answer};
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::words;
use axum::extract::{Path, State};
use flow::people::Scope;
use flow::rule_replay::{AskReplay, CancelReplay, replay, replays};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::rule_replays::{ReplayRow, State as Stage};
use utoipa::ToSchema;
use utoipa::openapi::Schema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let (read, write) = (Policy::of(EVERYONE, Scope::RulesRead), Policy::of(MANAGERS, Scope::RulesWrite));
    Routes::tagged("rules")
        .add(write, routes!(ask_replay))
        .add(read, routes!(list_replays))
        .add(read, routes!(get_replay))
        .add(write, routes!(cancel_replay))
}

/// A version over the orders of a period that is past, against another one.
#[derive(Serialize, ToSchema)]
struct RuleReplay {
    #[schema(example = "rep_0192…")]
    id: String,
    /// The version that is tried.
    rule_set: i64,
    /// The version that it is compared with; null: the lowest cost, where none was in force.
    against: Option<i64>,
    /// Orders placed from this moment on
    from: i64,
    /// and before this one.
    to: i64,
    /// Whether each rule of the version is measured, too.
    worth: bool,
    /// `waiting`: others are before it. `running`. `done`: it has a result. `failed`: see `failure`. `cancelled`.
    #[schema(schema_with = stages)]
    state: &'static str,
    /// Orders read so far; with `worth` each is read twice.
    #[schema(minimum = 0)]
    done: i64,
    /// Orders to read; 0 until it has begun.
    #[schema(minimum = 0)]
    total: i64,
    /// Why it failed; null where it did not.
    failure: Option<String>,
    asked_by: String,
    asked_at: i64,
    /// When it was last begun; null: not yet.
    started_at: Option<i64>,
    ended_at: Option<i64>,
}

impl From<ReplayRow> for RuleReplay {
    fn from(row: ReplayRow) -> RuleReplay {
        RuleReplay {
            id: row.id,
            rule_set: row.rule_set,
            against: row.against,
            from: row.from_ms,
            to: row.to_ms,
            worth: row.with_worth,
            state: row.state.code(),
            done: row.done,
            total: row.total,
            failure: Some(row.failure).filter(|why| !why.is_empty()),
            asked_by: row.asked_by,
            asked_at: row.asked_at_ms,
            started_at: row.started_at_ms,
            ended_at: row.ended_at_ms,
        }
    }
}

fn stages() -> Schema {
    words::schema(Stage::ALL.map(Stage::code))
}

/// A replay with what came of it.
#[derive(Serialize, ToSchema)]
struct ToldReplay {
    #[serde(flatten)]
    replay: RuleReplay,
    /// What docs/api.md says under “Replays”, once it is done; null before. Amounts are whole minor units of `currency`.
    result: Option<Value>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewReplay {
    /// The version to compare with; left out: the one in force, or the lowest cost if none ever was.
    against: Option<i64>,
    /// Orders placed from this moment on, milliseconds since 1970; left out: 90 days before the end. At most 400 days
    /// before it.
    from: Option<i64>,
    /// and before this one; left out, or a moment that is to come: now.
    to: Option<i64>,
    /// Measure what each rule is worth by leaving it out: takes longer.
    #[serde(default)]
    worth: bool,
}

/// Replays a version over the orders of a period, as they were asked for, on the stock that was there.
///
/// It is done beside everything else, one at a time; follow `Location` until its `state` is `done`. Nothing is changed by
/// it. 20 may wait; the newest 200 are kept.
#[utoipa::path(post, path = "/v1/rule-sets/{number}/replays", params(("number" = i64, Path)),
    request_body = NewReplay, responses((status = 202, body = RuleReplay)))]
async fn ask_replay(
    State(app): State<App>,
    caller: Caller,
    Path(number): Path<i64>,
    Json(new): Json<NewReplay>,
) -> Answer<Accepted<RuleReplay>> {
    caller.must_reach_all()?;
    let NewReplay { against, from: from_ms, to: to_ms, worth: with_worth } = new;
    let verb = AskReplay { number, against, from_ms, to_ms, with_worth };
    let row = app.baton.perform(&caller.call, verb).await?;
    Ok(Accepted { location: format!("/v1/rule-replays/{}", row.id), body: row.into() })
}

/// Lists replays, the newest first, without their results.
#[utoipa::path(get, path = "/v1/rule-replays", params(Page), responses((status = 200, body = Listed<RuleReplay>)))]
async fn list_replays(State(app): State<App>, caller: Caller, page: Page) -> Answer<Listed<RuleReplay>> {
    caller.must_reach_all()?;
    let before = page.after::<String>()?;
    let rows = replays(&app.db, before.as_deref(), page.more()).await?;
    Ok(page.list(rows, |row| row.id.clone()))
}

/// One replay: how far it is, and its result once it is done.
#[utoipa::path(get, path = "/v1/rule-replays/{id}", params(("id" = String, Path)),
    responses((status = 200, body = ToldReplay)))]
async fn get_replay(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<ToldReplay>> {
    caller.must_reach_all()?;
    let (row, result) = replay(&app.db, &id).await?;
    let read = |text: String| serde_json::from_str(&text).map_err(|error| Problem::defect(error.to_string()));
    Ok(Json(ToldReplay { replay: row.into(), result: result.map(read).transpose()? }))
}

/// Cancels a replay that waits or runs. One that runs ends within about a second.
#[utoipa::path(post, path = "/v1/rule-replays/{id}/cancel", params(("id" = String, Path)),
    responses((status = 200, body = RuleReplay)))]
async fn cancel_replay(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<RuleReplay>> {
    caller.must_reach_all()?;
    Ok(Json(app.baton.perform(&caller.call, CancelReplay { id }).await?.into()))
}
