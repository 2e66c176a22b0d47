//! Gates with their evidence, and how suited a location is.

use super::pools::{Class, gate, gates as gate_words};
use super::within_reach;
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use flow::Refused;
use flow::inventory::gate::{self as gates, Overriding, WINDOW_MS};
use flow::inventory::suitability::suitability;
use flow::shop::Shop;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::accuracy::{self, Cell, Evidence, Judged};
use store::places::LocationKey;
use store::pools::SkuClass;
use utoipa::{IntoParams, ToSchema};

/// Whether the books of a class at a location are trusted on a channel, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct GateShown {
    location: String,
    class: Class,
    /// Empty: all channels.
    channel: String,
    /// How it is taken now: `open` or `closed`.
    gate: &'static str,
    /// How it was judged.
    judged: &'static str,
    /// `too_few_lines`, `accurate`, `inaccurate` or `between`.
    reason: String,
    /// Lines counted in 90 days, and those that were right.
    lines: i64,
    within: i64,
    /// Between which the accuracy lies, in hundredths of a percent.
    lower_bp: i64,
    upper_bp: i64,
    judged_at: i64,
    changed_at: i64,
    /// Somebody says otherwise, until a date.
    overridden: Option<OverrideShown>,
    #[serde(skip)]
    #[schema(ignore)]
    key: (i64, String, String, String),
}

#[derive(Serialize, ToSchema)]
struct OverrideShown {
    gate: &'static str,
    until: i64,
    by: String,
    reason: String,
}

impl GateShown {
    fn of(shop: &Shop, judged: Judged, now_ms: i64) -> GateShown {
        let gate = judged.at(now_ms).code();
        let Cell { location, class, channel } = judged.cell;
        let overridden = judged.overridden.map(|said| OverrideShown {
            gate: said.gate.code(),
            until: said.until_ms,
            by: said.by,
            reason: said.reason,
        });
        GateShown {
            key: (location.0, class.category.clone(), class.velocity.clone(), channel.clone()),
            location: shop.code(location).to_owned(),
            class: class.into(),
            channel,
            gate,
            judged: judged.gate.code(),
            reason: judged.reason,
            lines: judged.evidence.lines,
            within: judged.evidence.within,
            lower_bp: judged.lower_bp,
            upper_bp: judged.upper_bp,
            judged_at: judged.judged_at_ms,
            changed_at: judged.changed_at_ms,
            overridden,
        }
    }
}

/// Whose gates are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Code of the location; left out: everywhere, for those who reach all locations.
    location: Option<String>,
}

/// Lists gates with their evidence, by location and class.
#[utoipa::path(get, path = "/v1/gates", params(Wanted, Page),
    responses((status = 200, body = Listed<GateShown>)))]
pub(crate) async fn list_gates(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<GateShown>> {
    let location = match &wanted.location {
        Some(code) => Some(within_reach(&app, &caller, code).await?),
        None => caller.must_reach_all().map(|()| None)?,
    };
    let after = page.after::<(i64, String, String, String)>()?;
    let after = after.map(|(location, category, velocity, channel)| Cell {
        location: LocationKey(location),
        class: SkuClass { category, velocity },
        channel,
    });
    let (after, more, now_ms) = (Arc::new(after), page.more(), app.now_ms());
    let found = app.db.read::<_, Refused>(move |tx| {
        let after = Arc::clone(&after);
        Box::pin(async move {
            let after = (*after).as_ref();
            Ok(match location {
                Some(location) => accuracy::gates_at(tx, (location, after), more).await?,
                None => accuracy::gates(tx, after.unwrap_or(&Cell::start()), more).await?,
            })
        })
    });
    let found = found.await?;
    let shop = app.baton.shop(now_ms).await?;
    let shown = found.into_iter().map(|judged| GateShown::of(&shop, judged, now_ms));
    Ok(page.list(shown.collect(), |gate: &GateShown| gate.key.clone()))
}

/// Of which gate.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfGate {
    /// Code of the location.
    location: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    velocity: String,
    /// Left out: all channels.
    #[serde(default)]
    channel: String,
}

/// A counted line.
#[derive(Serialize, ToSchema)]
pub(crate) struct EvidenceLine {
    number: i64,
    at: i64,
    sku: String,
    expected: i64,
    counted: i64,
    is_within: bool,
    /// The count.
    document: String,
}

impl From<accuracy::Shown> for EvidenceLine {
    fn from(line: accuracy::Shown) -> EvidenceLine {
        EvidenceLine {
            number: line.number,
            at: line.at_ms,
            sku: line.sku,
            expected: line.expected,
            counted: line.counted,
            is_within: line.is_within,
            document: line.document,
        }
    }
}

/// Lists the counted lines behind a gate, the newest first.
#[utoipa::path(get, path = "/v1/gates/evidence", params(OfGate, Page),
    responses((status = 200, body = Listed<EvidenceLine>)))]
pub(crate) async fn list_evidence(
    State(app): State<App>,
    caller: Caller,
    Query(of): Query<OfGate>,
    page: Page,
) -> Answer<Listed<EvidenceLine>> {
    let location = within_reach(&app, &caller, &of.location).await?;
    let class = SkuClass { category: of.category, velocity: of.velocity };
    let cell = Arc::new(Cell { location, class, channel: of.channel });
    let window = (app.now_ms() - WINDOW_MS, app.now_ms());
    let place = (page.after()?.unwrap_or(i64::MAX), page.more());
    let found = app.db.read::<_, Refused>(move |tx| {
        let cell = Arc::clone(&cell);
        Box::pin(async move { Ok(accuracy::lines(tx, &cell, window, place).await?) })
    });
    Ok(page.list(found.await?, |line| line.number))
}

/// A gate that a person wants otherwise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOverride {
    /// Code of the location.
    location: String,
    class: Class,
    /// Left out: all channels.
    #[serde(default)]
    channel: String,
    #[schema(schema_with = gate_words)]
    gate: String,
    /// Within 90 days.
    until: i64,
    reason: String,
}

/// Says that a gate is otherwise than judged, until a date.
#[utoipa::path(post, path = "/v1/gates/override", request_body = NewOverride, responses((status = 204)))]
pub(crate) async fn override_gate(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewOverride>,
) -> Answer<StatusCode> {
    within_reach(&app, &caller, &new.location).await?;
    let asked = Overriding {
        location: new.location,
        class: new.class.into(),
        channel: new.channel,
        gate: gate("/gate", &new.gate)?,
        until_ms: new.until,
        reason: new.reason,
    };
    gates::override_gate(&app.db, &caller.call, asked).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes back what somebody said of a gate: from then on it is as judged.
#[utoipa::path(delete, path = "/v1/gates/override", params(OfGate), responses((status = 204)))]
pub(crate) async fn end_override(
    State(app): State<App>,
    caller: Caller,
    Query(of): Query<OfGate>,
) -> Answer<StatusCode> {
    within_reach(&app, &caller, &of.location).await?;
    let class = SkuClass { category: of.category, velocity: of.velocity };
    gates::end_override(&app.db, &caller.call, (&of.location, &class, &of.channel)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How suited a location is to fulfill orders, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuitabilityShown {
    location: String,
    /// 0 to 100.
    score: i64,
    /// Lines of counts that the accuracy is judged by, and how many of them were right.
    counted_lines: i64,
    right_lines: i64,
    /// The heaviest first.
    parts: Vec<PartShown>,
}

#[derive(Serialize, ToSchema)]
struct PartShown {
    /// `accuracy`, `back_room`, `staffing`, `foot_traffic`, `shrink` or `adjustments`.
    part: &'static str,
    points: i64,
    most: i64,
    /// What the reason speaks of: square metres, visitors per hour, corrections per month; shares in hundredths of a
    /// percent. Null: it is not known.
    value: Option<i64>,
    reason: String,
}

/// How suited a location is to fulfill orders: a score with a reason for each of its parts.
#[utoipa::path(get, path = "/v1/locations/{code}/suitability", params(("code" = String, Path)),
    responses((status = 200, body = SuitabilityShown)))]
pub(crate) async fn get_suitability(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
) -> Answer<Json<SuitabilityShown>> {
    let location = within_reach(&app, &caller, &code).await?;
    let window = (app.now_ms() - WINDOW_MS, app.now_ms());
    let counted = app.db.read::<Evidence, Refused>(move |tx| {
        Box::pin(async move { Ok(accuracy::evidence_at(tx, location, window).await?) })
    });
    let counted = counted.await?;
    let shop = app.baton.shop(app.now_ms()).await?;
    let id = shop.location_id(location).ok_or_else(|| Refused::not_found("location", &code))?;
    let judged = suitability(&shop.network.location(id).suitability, counted);
    let part = |part: flow::inventory::suitability::PartScore| PartShown {
        part: part.part.code(),
        points: part.points,
        most: part.part.most(),
        value: part.value,
        reason: part.reason,
    };
    let parts = judged.parts.into_iter().map(part).collect();
    let Evidence { lines, within } = counted;
    Ok(Json(SuitabilityShown {
        location: code,
        score: judged.score,
        counted_lines: lines,
        right_lines: within,
        parts,
    }))
}
