//! What is done with a shelf: corrected, counted.

use super::ledger::Shelf;
use crate::answer::{Answered, go};
use crate::form::Form;
use crate::visit::{Visit, part};
use axum::extract::Path;
use serde::Deserialize;
use serde_json::json;
use web::Problem;

/// Units change, with a reason. `set` says how many there really are: the difference is adjusted, or forced where somebody
/// says so.
pub(super) async fn correct(visit: Visit, Path(sku): Path<String>, form: Form) -> Answered {
    let location = form.text("location");
    let path = format!("/v1/stock/{}/{}", part(location), part(&sku));
    let reason = match form.text("reason") {
        "" => form.text("other_reason"),
        reason => reason,
    };
    let units = form.whole("units")?;
    let what = form.text("what");
    if what == "set" && form.is_ticked("force") {
        let body = json!({ "on_hand": units, "reason": reason });
        visit.api.post(&format!("{path}/forced-corrections"), &body).await?;
        return back(&visit, &sku, "stock-forced");
    }
    let (what, units) = match what {
        "set" => ("adjust", units - on_hand(&visit, &path).await?),
        "fewer" => ("adjust", -units),
        "more" => ("adjust", units),
        other => (other, units),
    };
    if what == "adjust" && units == 0 {
        return back(&visit, &sku, "stock-same");
    }
    let body = json!({ "what": what, "units": units, "reason": reason });
    visit.api.post(&format!("{path}/corrections"), &body).await?;
    go(visit.sent_by, &format!("{}?at={}&done=stock-corrected", product_path(&sku), part(location)))
}

fn product_path(sku: &str) -> String {
    format!("/inventory/{}", part(sku))
}

fn back(visit: &Visit, sku: &str, done: &str) -> Answered {
    go(visit.sent_by, &format!("{}?done={done}", product_path(sku)))
}

/// What stands there; none where the location has never stocked it.
async fn on_hand(visit: &Visit, path: &str) -> Result<i64, Problem> {
    match visit.api.get::<Shelf>(&format!("{path}?limit=1")).await {
        Ok(shelf) => Ok(shelf.units.on_hand - shelf.missing),
        Err(problem) if problem.status.as_u16() == 404 => Ok(0),
        Err(problem) => Err(problem),
    }
}

#[derive(Deserialize)]
struct Opened {
    id: String,
}

/// Opens a spot count of this product, and goes there.
pub(super) async fn count(visit: Visit, Path(sku): Path<String>, form: Form) -> Answered {
    let body = json!({ "location": form.text("location"), "kind": "spot", "skus": [sku],
        "reason": form.given("reason").map_or_else(|| visit.t("inventory-spot-reason"), str::to_owned) });
    let opened: Opened = visit.api.post("/v1/counts", &body).await?.json()?;
    go(visit.sent_by, &format!("/inventory/counts/{}?done=count-opened", part(&opened.id)))
}
