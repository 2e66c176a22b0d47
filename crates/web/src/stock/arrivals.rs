//! Transfers between locations, and deliveries of suppliers.

use super::within_reach;
use crate::answer::{Answer, Created};
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::problem::Problem;
use crate::words;
use axum::extract::{Path, State};
use flow::Refused;
use flow::inventory::arrival::{self, Came, NewArrival, Receiving, UnitsOf, Whence};
use flow::shop::Shop;
use serde::{Deserialize, Serialize};
use store::arrivals::{self, Arrival, ArrivalLine, ArrivalState, Origin};
use utoipa::openapi::Schema;
use utoipa::{IntoParams, ToSchema};

/// Units that are to move.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTransfer {
    /// Code of the location that has them.
    from: String,
    /// Code of the location that gets them.
    to: String,
    lines: Vec<NewUnits>,
    /// When they are expected.
    #[serde(default)]
    due_at: Option<i64>,
    #[serde(default)]
    reason: String,
}

/// Units that a supplier sends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDelivery {
    supplier: String,
    /// Code of the location that gets them.
    to: String,
    lines: Vec<NewUnits>,
    /// When they are expected.
    #[serde(default)]
    due_at: Option<i64>,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUnits {
    sku: String,
    #[schema(minimum = 1, maximum = 1_000_000)]
    units: i64,
}

impl From<NewUnits> for UnitsOf {
    fn from(new: NewUnits) -> UnitsOf {
        UnitsOf { sku: new.sku, units: new.units }
    }
}

/// What is on its way to a location, or was.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArrivalShown {
    #[schema(example = "trf_0192…")]
    id: String,
    /// `draft`, `sent`, `closed` or `cancelled`.
    state: &'static str,
    /// Code of the location that it comes from; null: from a supplier.
    from: Option<String>,
    supplier: String,
    to: String,
    due_at: Option<i64>,
    reason: String,
    at: i64,
    sent_at: Option<i64>,
    ended_at: Option<i64>,
    lines: Vec<LineShown>,
}

#[derive(Serialize, ToSchema)]
struct LineShown {
    sku: String,
    announced: i64,
    received: i64,
    /// Of the received: not for sale.
    damaged: i64,
    /// Announced and not here.
    outstanding: i64,
}

impl ArrivalShown {
    fn of(shop: &Shop, arrival: Arrival, lines: Vec<ArrivalLine>) -> ArrivalShown {
        let (from, supplier) = match arrival.origin {
            Origin::Location(key) => (Some(shop.code(key).to_owned()), String::new()),
            Origin::Supplier(name) => (None, name),
        };
        let shown = |line: ArrivalLine| LineShown {
            outstanding: line.outstanding(),
            sku: line.sku,
            announced: line.announced,
            received: line.received,
            damaged: line.damaged,
        };
        ArrivalShown {
            id: arrival.id,
            state: arrival.state.code(),
            from,
            supplier,
            to: shop.code(arrival.target).to_owned(),
            due_at: arrival.due_at_ms,
            reason: arrival.reason,
            at: arrival.at_ms,
            sent_at: arrival.sent_at_ms,
            ended_at: arrival.ended_at_ms,
            lines: lines.into_iter().map(shown).collect(),
        }
    }
}

/// Announces a transfer: a draft until it is sent.
#[utoipa::path(post, path = "/v1/transfers", request_body = NewTransfer, responses((status = 201, body = ArrivalShown)))]
pub(crate) async fn announce_transfer(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewTransfer>,
) -> Answer<Created<ArrivalShown>> {
    within_reach(&app, &caller, &new.from).await?;
    let NewTransfer { from, to, lines, due_at, reason } = new;
    let from = Whence::Location(from);
    let lines = lines.into_iter().map(UnitsOf::from).collect();
    announce(&app, &caller, NewArrival { from, to, lines, due_at_ms: due_at, reason }).await
}

/// Announces a delivery of a supplier: it is on its way.
#[utoipa::path(post, path = "/v1/deliveries", request_body = NewDelivery, responses((status = 201, body = ArrivalShown)))]
pub(crate) async fn announce_delivery(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewDelivery>,
) -> Answer<Created<ArrivalShown>> {
    within_reach(&app, &caller, &new.to).await?;
    let NewDelivery { supplier, to, lines, due_at, reason } = new;
    let from = Whence::Supplier(supplier);
    let lines = lines.into_iter().map(UnitsOf::from).collect();
    announce(&app, &caller, NewArrival { from, to, lines, due_at_ms: due_at, reason }).await
}

async fn announce(app: &App, caller: &Caller, new: NewArrival) -> Answer<Created<ArrivalShown>> {
    let id = arrival::announce(&app.db, &caller.call, new).await?;
    let shown = show(app, &id).await?;
    Ok(Created::without_version(format!("/v1/arrivals/{id}"), shown))
}

async fn find(app: &App, id: &str) -> Result<(Arrival, Vec<ArrivalLine>), Problem> {
    let wanted = id.to_owned();
    let found = app.db.read::<_, Refused>(move |tx| {
        let id = wanted.clone();
        Box::pin(async move {
            let found = arrivals::find(tx, &id).await?;
            let found = found.ok_or_else(|| Refused::not_found("transfer or delivery", &id))?;
            Ok((found, arrivals::lines(tx, &id).await?))
        })
    });
    Ok(found.await?)
}

async fn show(app: &App, id: &str) -> Result<ArrivalShown, Problem> {
    let (arrival, lines) = find(app, id).await?;
    Ok(ArrivalShown::of(&*app.baton.shop(app.now_ms()).await?, arrival, lines))
}

/// # Errors
/// The caller reaches not the place whose work it is: until it is sent its origin's, then its target's.
async fn must_work_at(app: &App, caller: &Caller, id: &str, end: End) -> Result<(), Problem> {
    let (arrival, _) = find(app, id).await?;
    caller.must_reach(match (end, arrival.origin) {
        (End::Origin, Origin::Location(origin)) => origin,
        _ => arrival.target,
    })
}

/// Of a way.
#[derive(Clone, Copy)]
enum End {
    Origin,
    Target,
}

/// What is expected, and where.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Code of the location: what is on its way to it, and of transfers, with a kind, what comes from it, too. Left out:
    /// everywhere, for those who reach all locations.
    location: Option<String>,
    /// `transfer` or `delivery`, the newest first. Left out: whatever is on its way to the location, the oldest first.
    #[param(schema_with = kinds)]
    kind: Option<String>,
    /// With a kind: left out, `sent`.
    #[param(schema_with = states)]
    state: Option<String>,
}

const KINDS: [&str; 2] = ["transfer", "delivery"];

fn kinds() -> Schema {
    words::schema(KINDS)
}

fn states() -> Schema {
    words::schema(ArrivalState::ALL.map(ArrivalState::code))
}

/// Lists what is on its way to a location, or transfers or deliveries in one state.
#[utoipa::path(get, path = "/v1/arrivals", params(Wanted, Page), responses((status = 200, body = Listed<ArrivalShown>)))]
pub(crate) async fn list_arrivals(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<ArrivalShown>> {
    words::in_query("kind", wanted.kind.as_deref(), KINDS)?;
    words::in_query("state", wanted.state.as_deref(), ArrivalState::ALL.map(ArrivalState::code))?;
    let location = match &wanted.location {
        Some(code) => Some(within_reach(&app, &caller, code).await?),
        None => caller.must_reach_all().map(|()| None)?,
    };
    let after = page.after::<String>()?.unwrap_or_default();
    let found = match (&wanted.kind, &wanted.location) {
        (None, Some(code)) => arrival::on_its_way(&app.db, (code, &after), page.more()).await?,
        (None, None) => {
            return Err(Problem::bad_request("bad_query", "ask for a location, or for a kind"));
        }
        (Some(kind), _) => {
            let state = wanted.state.as_deref().unwrap_or("sent");
            let state = ArrivalState::ALL.into_iter().find(|known| known.code() == state);
            let state = state.unwrap_or(ArrivalState::Sent);
            let asked = arrivals::Wanted { is_transfer: kind == KINDS[0], state, location };
            arrival::newest(&app.db, (asked, &after), page.more()).await?
        }
    };
    let shop = app.baton.shop(app.now_ms()).await?;
    let shown = found.into_iter().map(|(arrival, lines)| ArrivalShown::of(&shop, arrival, lines));
    Ok(page.list(shown.collect(), |row: &ArrivalShown| row.id.clone()))
}

/// One transfer or delivery, with what came of each line.
#[utoipa::path(get, path = "/v1/arrivals/{id}", params(("id" = String, Path)),
    responses((status = 200, body = ArrivalShown)))]
pub(crate) async fn get_arrival(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<ArrivalShown>> {
    let (arrival, lines) = find(&app, &id).await?;
    // Both ends of a way see it: who announced or sent it looks after it, too.
    let is_origin = matches!(arrival.origin, Origin::Location(origin) if caller.must_reach(origin).is_ok());
    if !is_origin {
        caller.must_reach(arrival.target)?;
    }
    Ok(Json(ArrivalShown::of(&*app.baton.shop(app.now_ms()).await?, arrival, lines)))
}

/// Sends a transfer: its units leave their origin, all or none.
#[utoipa::path(post, path = "/v1/transfers/{id}/send", params(("id" = String, Path)),
    responses((status = 200, body = ArrivalShown)))]
pub(crate) async fn send_transfer(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<ArrivalShown>> {
    must_work_at(&app, &caller, &id, End::Origin).await?;
    arrival::send_transfer(&app.db, &caller.call, &id).await?;
    Ok(Json(show(&app, &id).await?))
}

/// Cancels a transfer that nobody has sent.
#[utoipa::path(post, path = "/v1/transfers/{id}/cancel", params(("id" = String, Path)),
    responses((status = 200, body = ArrivalShown)))]
pub(crate) async fn cancel_transfer(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<ArrivalShown>> {
    must_work_at(&app, &caller, &id, End::Origin).await?;
    arrival::cancel_transfer(&app.db, &caller.call, &id).await?;
    Ok(Json(show(&app, &id).await?))
}

/// A piece that was unpacked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Piece {
    /// Given by the device: sent again, it is the same piece.
    client_id: String,
    lines: Vec<CameLine>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CameLine {
    sku: String,
    /// All that came, the damaged ones among them.
    #[schema(minimum = 1)]
    units: i64,
    /// Not for sale.
    #[serde(default)]
    damaged: i64,
}

/// Receives a piece of an arrival, once. When everything is here it is closed by itself.
#[utoipa::path(post, path = "/v1/arrivals/{id}/receive", params(("id" = String, Path)), request_body = Piece,
    responses((status = 200, body = ArrivalShown)))]
pub(crate) async fn receive(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(piece): Json<Piece>,
) -> Answer<Json<ArrivalShown>> {
    must_work_at(&app, &caller, &id, End::Target).await?;
    let came = |line: CameLine| Came { sku: line.sku, units: line.units, damaged: line.damaged };
    let lines = piece.lines.into_iter().map(came).collect();
    let piece = Receiving { arrival: id.clone(), client_id: piece.client_id, lines };
    arrival::receive(&app.db, &caller.call, piece).await?;
    Ok(Json(show(&app, &id).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Close {
    /// Needed where something is outstanding.
    #[serde(default)]
    reason: String,
}

/// Closes an arrival: nothing more is to come, and each discrepancy is told.
#[utoipa::path(post, path = "/v1/arrivals/{id}/close", params(("id" = String, Path)), request_body = Close,
    responses((status = 200, body = ArrivalShown)))]
pub(crate) async fn close_arrival(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Close>,
) -> Answer<Json<ArrivalShown>> {
    must_work_at(&app, &caller, &id, End::Target).await?;
    arrival::close_arrival(&app.db, &caller.call, (&id, &sent.reason)).await?;
    Ok(Json(show(&app, &id).await?))
}
