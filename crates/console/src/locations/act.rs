//! Pausing a location, and having it take orders again: each is the other's way back.

use crate::answer::{Answered, go};
use crate::form::Form;
use crate::visit::{Visit, part};
use axum::extract::Path;
use serde_json::json;

pub(super) async fn pause(visit: Visit, Path(code): Path<String>, form: Form) -> Answered {
    let code = part(&code);
    let why = json!({ "reason": form.text("reason") });
    visit.api.post(&format!("/v1/locations/{code}/pause"), &why).await?;
    go(visit.sent_by, &format!("/locations/{code}?done=location-paused"))
}

pub(super) async fn resume(visit: Visit, Path(code): Path<String>) -> Answered {
    let code = part(&code);
    visit.api.post(&format!("/v1/locations/{code}/resume"), &json!({})).await?;
    go(visit.sent_by, &format!("/locations/{code}?done=location-resumed"))
}
