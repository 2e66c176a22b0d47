//! Corrections of a shelf by people.

use super::shelves::UnitsShown;
use super::within_reach;
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use crate::words;
use axum::extract::{Path, State};
use flow::inventory::At;
use flow::inventory::correct::{self, Correcting, Correction, Forcing};
use flow::inventory::short::Short;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::Schema;

/// What is said of units on a shelf, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCorrection {
    /// `adjust` (by so many more, or with a minus fewer), `damage`, `repair`, `discard`, `to_quality_control`,
    /// `pass_quality_control`, `fail_quality_control`, `to_showroom`, `from_showroom`, or `safety_stock` (to so many).
    #[schema(schema_with = whats)]
    what: String,
    units: i64,
    /// Kept with the change.
    reason: String,
}

/// A shelf as it stands then.
#[derive(Serialize, ToSchema)]
pub(crate) struct Corrected {
    sku: String,
    location: String,
    units: UnitsShown,
    available: i64,
}

const WHATS: [&str; 10] = [
    "adjust",
    "damage",
    "repair",
    "discard",
    "to_quality_control",
    "pass_quality_control",
    "fail_quality_control",
    "to_showroom",
    "from_showroom",
    "safety_stock",
];

fn whats() -> Schema {
    words::schema(WHATS)
}

fn correction(what: &str, units: i64) -> Result<Correction, Problem> {
    let read = |what: &str| match what {
        "adjust" => Some(Correction::Adjust { by: units }),
        "damage" => Some(Correction::Damage { units }),
        "repair" => Some(Correction::Repair { units }),
        "discard" => Some(Correction::Discard { units }),
        "to_quality_control" => Some(Correction::ToQualityControl { units }),
        "pass_quality_control" => Some(Correction::PassQualityControl { units }),
        "fail_quality_control" => Some(Correction::FailQualityControl { units }),
        "to_showroom" => Some(Correction::ToShowroom { units }),
        "from_showroom" => Some(Correction::FromShowroom { units }),
        "safety_stock" => Some(Correction::SafetyStock { to: units }),
        _ => None,
    };
    words::in_body("/what", what, (read, &WHATS))
}

/// Corrects a shelf. None below what is promised: a manager can force that.
#[utoipa::path(post, path = "/v1/stock/{location}/{sku}/corrections",
    params(("location" = String, Path), ("sku" = String, Path)), request_body = NewCorrection,
    responses((status = 200, body = Corrected)))]
pub(crate) async fn correct_stock(
    State(app): State<App>,
    caller: Caller,
    Path((location, sku)): Path<(String, String)>,
    Json(new): Json<NewCorrection>,
) -> Answer<Json<Corrected>> {
    within_reach(&app, &caller, &location).await?;
    let at = At { sku: sku.clone(), location: location.clone() };
    let asked = Correcting { at, correction: correction(&new.what, new.units)?, reason: new.reason };
    let units = correct::correct_stock(&app.db, &caller.call, asked).await?;
    Ok(Json(Corrected { sku, location, units: (&units).into(), available: units.available() }))
}

/// What a shelf really holds, whatever is promised of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewForced {
    #[schema(minimum = 0, maximum = 1_000_000)]
    on_hand: i64,
    /// Kept with the change.
    reason: String,
}

/// A shelf as it stands then, and who is hit.
#[derive(Serialize, ToSchema)]
pub(crate) struct Forced {
    sku: String,
    location: String,
    units: UnitsShown,
    available: i64,
    /// Null: every promise can be kept.
    short: Option<ShortShown>,
}

/// Units that are promised and not there.
#[derive(Serialize, ToSchema)]
pub(super) struct ShortShown {
    missing: i64,
    /// Who counts on the shelf, the newest first.
    commitments: Vec<CommitmentShown>,
}

#[derive(Serialize, ToSchema)]
struct CommitmentShown {
    /// A fulfillment order (`ful_…`) or a hold (`hld_…`).
    document: String,
    units: i64,
    since: i64,
}

impl From<Short> for ShortShown {
    fn from(short: Short) -> ShortShown {
        let shown = |promise: store::stock::Commitment| CommitmentShown {
            document: promise.document,
            units: promise.units,
            since: promise.since_ms,
        };
        ShortShown { missing: short.missing, commitments: short.commitments.into_iter().map(shown).collect() }
    }
}

/// Sets what a shelf holds, also below what is promised: whom that hits is told.
#[utoipa::path(post, path = "/v1/stock/{location}/{sku}/forced-corrections",
    params(("location" = String, Path), ("sku" = String, Path)), request_body = NewForced,
    responses((status = 200, body = Forced)))]
pub(crate) async fn force_stock(
    State(app): State<App>,
    caller: Caller,
    Path((location, sku)): Path<(String, String)>,
    Json(new): Json<NewForced>,
) -> Answer<Json<Forced>> {
    within_reach(&app, &caller, &location).await?;
    let at = At { sku: sku.clone(), location: location.clone() };
    let asked = Forcing { at, on_hand: new.on_hand, reason: new.reason };
    let forced = correct::force_stock(&app.db, &caller.call, asked).await?;
    let (units, available) = ((&forced.units).into(), forced.units.available());
    Ok(Json(Forced { sku, location, units, available, short: forced.short.map(ShortShown::from) }))
}
