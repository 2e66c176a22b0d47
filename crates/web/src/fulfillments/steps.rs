//! A route for each step of the work.

use super::shown::{Fulfillment, show, within_reach};
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use crate::versions::Versioned;
use crate::words;
use axum::extract::{Path, State};
use flow::fulfillment::{
    AcceptTask, Collect, ConfirmPicked, GiveUpPickup, HandOver, HoldTask, Labor, MakeManifest, MarkDelivered,
    MarkReady, MoveTask, PackTask, Packed, RejectReason, RejectTask, ReleaseTask, ReportShort, Running, Sent,
    ShortReason, StartPicking, Step, UndoStep,
};
use flow::{Refused, Verb};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::Schema;

/// SKUs or parcels that one request names.
const MOST_NAMED: usize = 500;

type Shown = Answer<Versioned<Fulfillment>>;

/// Does a step at a place within reach, and shows what came of it.
async fn step<V: Verb>(app: &App, caller: &Caller, id: &str, verb: V) -> Shown {
    within_reach(app, caller, id).await?;
    app.baton.perform(&caller.call, verb).await?;
    show(app, id).await
}

/// Accepts the work.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/accept", params(("id" = String, Path)),
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn accept(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Shown {
    step(&app, &caller, &id, AcceptTask { id: id.clone() }).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reject {
    /// `not_found`: the units go off sale until they are counted. `damaged`: they move to damaged. `too_busy`, `closed`,
    /// `other`: stock stays as it is.
    #[schema(schema_with = reject_reasons)]
    reason: String,
    /// What the reason is about; empty: all of it.
    #[serde(default)]
    skus: Vec<String>,
    #[serde(default)]
    note: String,
}

fn reject_reasons() -> Schema {
    words::schema(RejectReason::ALL.map(RejectReason::code))
}

/// Refuses the work: the order finds another place, and never comes back here.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/reject", params(("id" = String, Path)), request_body = Reject,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn reject(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Reject>,
) -> Shown {
    let codes = RejectReason::ALL.map(RejectReason::code);
    let reason = words::in_body("/reason", &sent.reason, (RejectReason::from_code, &codes))?;
    if sent.skus.len() > MOST_NAMED {
        return Err(Problem::invalid("/skus", format!("names more than {MOST_NAMED}")));
    }
    step(&app, &caller, &id, RejectTask { id: id.clone(), reason, skus: sent.skus, note: sent.note }).await
}

/// Starts picking. The clock of the work starts.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/start", params(("id" = String, Path)),
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn start(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Shown {
    step(&app, &caller, &id, StartPicking { id: id.clone() }).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PickedUnits {
    line: i64,
    sku: String,
    #[schema(minimum = 1)]
    units: i64,
}

/// Confirms units that are in hand: one scan, or all of a line.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/pick", params(("id" = String, Path)), request_body = PickedUnits,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn confirm_picked(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<PickedUnits>,
) -> Shown {
    let verb = ConfirmPicked { id: id.clone(), line: sent.line, sku: sent.sku, units: sent.units };
    step(&app, &caller, &id, verb).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Missing {
    line: i64,
    sku: String,
    #[schema(minimum = 1)]
    units: i64,
    #[schema(schema_with = short_reasons)]
    reason: String,
}

fn short_reasons() -> Schema {
    words::schema(ShortReason::ALL.map(ShortReason::code))
}

/// Reports units that cannot be picked: they are routed elsewhere at once, the rest goes on.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/short", params(("id" = String, Path)), request_body = Missing,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn report_short(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Missing>,
) -> Shown {
    let codes = ShortReason::ALL.map(ShortReason::code);
    let reason = words::in_body("/reason", &sent.reason, (ShortReason::from_code, &codes))?;
    let verb = ReportShort { id: id.clone(), line: sent.line, sku: sent.sku, units: sent.units, reason };
    step(&app, &caller, &id, verb).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pack {
    /// Empty: one parcel of unknown weight.
    #[serde(default)]
    parcels: Vec<PackedParcel>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PackedParcel {
    #[serde(default)]
    #[schema(minimum = 0, maximum = 500_000)]
    weight_g: i64,
}

/// Packs what was picked. Where nothing was scanned, all of it counts as picked.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/pack", params(("id" = String, Path)), request_body = Pack,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn pack(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Pack>,
) -> Shown {
    let parcels = sent.parcels.iter().map(|parcel| Packed { weight_g: parcel.weight_g }).collect();
    step(&app, &caller, &id, PackTask { id: id.clone(), parcels }).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Leaving {
    /// Code of the place that hands over; it must be the one that has the promise. Empty: that one.
    #[serde(default)]
    from: String,
    #[serde(default)]
    parcels: Vec<LabeledParcel>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LabeledParcel {
    /// From 1.
    number: i64,
    #[serde(default)]
    carrier: String,
    #[serde(default)]
    tracking: String,
    #[serde(default)]
    #[schema(minimum = 0)]
    cost_minor: i64,
}

/// Hands the parcels over: on-hand and promise fall together.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/hand-over", params(("id" = String, Path)), request_body = Leaving,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn hand_over(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Leaving>,
) -> Shown {
    if sent.parcels.len() > MOST_NAMED {
        return Err(Problem::invalid("/parcels", format!("names more than {MOST_NAMED}")));
    }
    let parcel = |parcel: LabeledParcel| Sent {
        number: parcel.number,
        carrier: parcel.carrier,
        tracking: parcel.tracking,
        cost_minor: parcel.cost_minor,
    };
    let parcels = sent.parcels.into_iter().map(parcel).collect();
    step(&app, &caller, &id, HandOver { id: id.clone(), from: sent.from, parcels }).await
}

/// Stands ready at the counter; the customer is told.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/ready", params(("id" = String, Path)),
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn mark_ready(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Shown {
    step(&app, &caller, &id, MarkReady { id: id.clone() }).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Collected {
    /// What the customer shows.
    #[serde(default)]
    code: String,
    /// Who collects it.
    by: String,
    /// Where the code is lost: how the person is known instead.
    #[serde(default)]
    known_by: String,
}

/// Hands a pickup over at the counter.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/collect", params(("id" = String, Path)), request_body = Collected,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn collect(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Collected>,
) -> Shown {
    let verb = Collect { id: id.clone(), code: sent.code, by: sent.by, known_by: sent.known_by };
    step(&app, &caller, &id, verb).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    #[serde(default)]
    reason: String,
}

/// Gives a pickup up that nobody fetched: its units are for sale again, its lines are cancelled.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/give-up", params(("id" = String, Path)), request_body = Reason,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn give_up(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Reason>,
) -> Shown {
    step(&app, &caller, &id, GiveUpPickup { id: id.clone(), reason: sent.reason }).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Delivered {
    /// Who took it, or where it was left.
    #[serde(default)]
    proof: String,
}

/// Marks it as delivered.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/deliver", params(("id" = String, Path)), request_body = Delivered,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn deliver(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Delivered>,
) -> Shown {
    step(&app, &caller, &id, MarkDelivered { id: id.clone(), proof: sent.proof }).await
}

/// Takes the last step back, while nothing has left.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/undo", params(("id" = String, Path)),
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn undo(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Shown {
    step(&app, &caller, &id, UndoStep { id: id.clone() }).await
}

/// Holds the work: its deadline waits, too.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/hold", params(("id" = String, Path)), request_body = Reason,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn hold(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Reason>,
) -> Shown {
    step(&app, &caller, &id, HoldTask { id: id.clone(), reason: sent.reason }).await
}

/// Releases held work.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/release", params(("id" = String, Path)),
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn release(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Shown {
    step(&app, &caller, &id, ReleaseTask { id: id.clone() }).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Move {
    /// Code of the place that gets it.
    to: String,
    #[serde(default)]
    reason: String,
}

/// Moves work that has not been started to another place. The answer is the fulfillment order there.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/move", params(("id" = String, Path)), request_body = Move,
    responses((status = 200, body = Fulfillment)))]
pub(crate) async fn move_to(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Move>,
) -> Shown {
    within_reach(&app, &caller, &id).await?;
    let shop = app.baton.shop(app.now_ms()).await?;
    if let Some(place) = shop.network.location_by_code(&sent.to) {
        caller.must_reach(shop.location_key(place))?;
    }
    let task = app.baton.perform(&caller.call, MoveTask { id, to: sent.to, reason: sent.reason }).await?;
    show(&app, &task.row.id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clock {
    #[schema(schema_with = steps)]
    step: String,
    #[schema(schema_with = clocks)]
    clock: String,
}

const CLOCKS: [&str; 2] = ["start", "stop"];

fn steps() -> Schema {
    words::schema(Step::ALL.map(Step::code))
}

fn clocks() -> Schema {
    words::schema(CLOCKS)
}

/// Minutes of work on one step by one person.
#[derive(Serialize, ToSchema)]
pub(crate) struct LaborShown {
    step: String,
    person: String,
    started_at: i64,
    /// Null while it runs.
    stopped_at: Option<i64>,
}

/// Starts or stops the caller's clock on a step, for pauses and work outside of the usual steps.
#[utoipa::path(post, path = "/v1/fulfillments/{id}/labor", params(("id" = String, Path)), request_body = Clock,
    responses((status = 200, body = Vec<LaborShown>)))]
pub(crate) async fn labor(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Clock>,
) -> Answer<Json<Vec<LaborShown>>> {
    within_reach(&app, &caller, &id).await?;
    let step = words::in_body("/step", &sent.step, (Step::from_code, &Step::ALL.map(Step::code)))?;
    let running = |text: &str| match text {
        "start" => Some(Running::Start),
        "stop" => Some(Running::Stop),
        _ => None,
    };
    let running = words::in_body("/clock", &sent.clock, (running, &CLOCKS))?;
    let rows = app.baton.perform(&caller.call, Labor { id, step, running }).await?;
    let shown = |row: store::parcels::LaborRow| LaborShown {
        step: row.step,
        person: row.person,
        started_at: row.started_at_ms,
        stopped_at: row.stopped_at_ms,
    };
    Ok(Json(rows.into_iter().map(shown).collect()))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewManifest {
    /// Code of the place.
    location: String,
    /// Empty: parcels that name no carrier.
    #[serde(default)]
    carrier: String,
}

/// What a carrier signs for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Manifest {
    id: String,
    parcels: u64,
}

/// Lists all parcels that a place has handed to a carrier since the last list.
#[utoipa::path(post, path = "/v1/manifests", request_body = NewManifest, responses((status = 200, body = Manifest)))]
pub(crate) async fn make_manifest(
    State(app): State<App>,
    caller: Caller,
    Json(sent): Json<NewManifest>,
) -> Answer<Json<Manifest>> {
    let shop = app.baton.shop(app.now_ms()).await?;
    let place = shop.network.location_by_code(&sent.location);
    let place = place.ok_or_else(|| Refused::not_found("location", &sent.location))?;
    caller.must_reach(shop.location_key(place))?;
    let verb = MakeManifest { location: sent.location, carrier: sent.carrier };
    let (id, parcels) = app.baton.perform(&caller.call, verb).await?;
    Ok(Json(Manifest { id, parcels }))
}
