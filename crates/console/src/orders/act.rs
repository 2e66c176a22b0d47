//! What is done with an order. The API does it; here is where one goes afterwards.

use crate::answer::{Answered, go};
use crate::form::Form;
use crate::visit::{Visit, part};
use axum::extract::Path;
use serde_json::{Value, json};

/// Asks for `/v1/orders/{id}/{verb}`, and goes back to the order, which tells what was done.
async fn done(visit: &Visit, id: &str, (verb, body): (&str, Value)) -> Answered {
    visit.api.post(&format!("/v1/orders/{}/{verb}", part(id)), &body).await?;
    go(visit.sent_by, &format!("/orders/{}?done=order-{verb}", part(id)))
}

pub(super) async fn hold(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    done(&visit, &id, ("hold", json!({ "reason": form.text("reason") }))).await
}

pub(super) async fn release(visit: Visit, Path(id): Path<String>) -> Answered {
    done(&visit, &id, ("release", json!({}))).await
}

/// All of it, or the lines that are ticked.
pub(super) async fn cancel(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let lines: Vec<i64> = form.all("line").filter_map(|line| line.parse().ok()).collect();
    done(&visit, &id, ("cancel", json!({ "lines": lines, "reason": form.text("reason") }))).await
}

/// By the rules, or to one place.
pub(super) async fn route(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let body = json!({ "to": form.given("to"), "reason": form.text("reason") });
    done(&visit, &id, ("route", body)).await
}

pub(super) async fn answer_offer(
    visit: Visit,
    Path((id, offer)): Path<(String, String)>,
    form: Form,
) -> Answered {
    let body = json!({ "accept": form.text("accept") == "yes" });
    visit.api.post(&format!("/v1/substitutions/{}/answer", part(&offer)), &body).await?;
    go(visit.sent_by, &format!("/orders/{}?done=offer-answered", part(&id)))
}
