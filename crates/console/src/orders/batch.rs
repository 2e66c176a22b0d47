//! What is done to many orders at once: asked for, followed, tried again with those that refused it, and taken back.

use super::list::Asked;
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::{Frame, Undo};
use crate::refusal::sentence;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use serde::Deserialize;
use serde_json::{Value, json};
use web::Problem;

/// Orders that are read at once where all that refused are meant.
const PAGE: usize = 250;
/// Pages of them: a batch has no more orders.
const MOST_PAGES: usize = 40;

#[derive(Deserialize)]
struct Batch {
    id: String,
    action: String,
    reason: String,
    state: String,
    total: i64,
    done: i64,
    failed: i64,
    failure: Option<String>,
    can_revert: bool,
    reverts: Option<String>,
    asked_at: i64,
    ended_at: Option<i64>,
}

impl Batch {
    fn is_under_way(&self) -> bool {
        matches!(self.state.as_str(), "waiting" | "running")
    }

    /// Some orders refused it, and nothing of it is under way any more.
    fn can_be_tried_again(&self) -> bool {
        self.failed > 0 && !self.is_under_way()
    }
}

#[derive(Deserialize)]
struct Listed {
    items: Vec<Batch>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "orders/batches.html")]
struct BatchesPage {
    f: Frame,
    batches: Vec<Batch>,
    next: Option<String>,
}

pub(super) async fn list(visit: Visit) -> Answered {
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let listed: Listed = visit.api.get(&format!("/v1/order-batches?limit=50{after}")).await?;
    page(&BatchesPage {
        f: visit.frame(visit.t("batches-title"), "orders"),
        batches: listed.items,
        next: listed.next.map(|next| format!("/orders/batches?cursor={next}")),
    })
}

/// Asks for something to be done to the ticked orders, or to all that the list shows.
pub(super) async fn ask(visit: Visit, form: Form) -> Answered {
    let mut new = json!({ "action": form.text("action"), "reason": form.text("reason") });
    if form.is_ticked("all_matching") {
        new["where"] = Value::Object(Asked::of_query(form.raw("query")).filter());
    } else {
        new["ids"] = form.all("id").collect();
    }
    asked(&visit, &new).await
}

async fn asked(visit: &Visit, new: &Value) -> Answered {
    let batch: Batch = visit.api.post("/v1/order-batches", new).await?.json()?;
    go(visit.sent_by, &format!("/orders/batches/{}", part(&batch.id)))
}

#[derive(Deserialize)]
struct BatchRows {
    items: Vec<BatchRow>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct BatchRow {
    order_id: String,
    name: Option<String>,
    outcome: String,
    reason: Option<String>,
}

impl BatchRow {
    fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.order_id)
    }

    /// Why it was not done; empty where it was.
    fn why(&self) -> String {
        self.reason.as_deref().map(sentence).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "orders/batch.html")]
struct BatchPage {
    f: Frame,
    batch: Batch,
    rows: Vec<BatchRow>,
    only_failed: bool,
    next: Option<String>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/order-batches/{}", part(&id));
    let batch: Batch = visit.api.get(&path).await?;
    let only_failed = visit.asked("outcome") == "failed";
    let narrow = if only_failed { "&outcome=failed" } else { "" };
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let rows: BatchRows = visit.api.get(&format!("{path}/rows?limit=100{narrow}{after}")).await?;
    let title = visit.words.t(&format!("batch-{}", batch.action));
    let undo = batch
        .can_revert
        .then(|| Undo { path: format!("/orders/batches/{}/revert", part(&id)), fields: Vec::new() });
    page(&BatchPage {
        f: visit.frame(title, "orders").undone_by(undo),
        rows: rows.items,
        next: rows.next.map(|next| format!("/orders/batches/{}?cursor={next}{narrow}", part(&id))),
        only_failed,
        batch,
    })
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<String>) -> Answered {
    visit.api.post(&format!("/v1/order-batches/{}/cancel", part(&id)), &json!({})).await?;
    go(visit.sent_by, &format!("/orders/batches/{}", part(&id)))
}

/// The same once more, with the orders that refused it.
pub(super) async fn again(visit: Visit, Path(id): Path<String>) -> Answered {
    let batch: Batch = visit.api.get(&format!("/v1/order-batches/{}", part(&id))).await?;
    let ids = refused(&visit, &id).await?;
    asked(&visit, &json!({ "action": batch.action, "reason": batch.reason, "ids": ids })).await
}

async fn refused(visit: &Visit, id: &str) -> Result<Vec<String>, Problem> {
    let path = format!("/v1/order-batches/{}/rows?outcome=failed&limit={PAGE}", part(id));
    let (mut ids, mut after) = (Vec::new(), String::new());
    for _ in 0..MOST_PAGES {
        let rows: BatchRows = visit.api.get(&format!("{path}{after}")).await?;
        ids.extend(rows.items.into_iter().map(|row| row.order_id));
        let Some(next) = rows.next else { break };
        after = format!("&cursor={}", part(&next));
    }
    Ok(ids)
}

pub(super) async fn revert(visit: Visit, Path(id): Path<String>) -> Answered {
    let reply = visit.api.post(&format!("/v1/order-batches/{}/revert", part(&id)), &json!({})).await?;
    let opposite: Batch = reply.json()?;
    go(visit.sent_by, &format!("/orders/batches/{}", part(&opposite.id)))
}
