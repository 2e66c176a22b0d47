//! One transfer or delivery: what was announced, what came, and what is done with it.

use super::{lines, may_work, place_name, title};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use serde::Deserialize;
use serde_json::{Value, json};
use web::Problem;

#[derive(Deserialize)]
struct Arrival {
    id: String,
    state: String,
    from: Option<String>,
    supplier: String,
    to: String,
    due_at: Option<i64>,
    reason: String,
    at: i64,
    sent_at: Option<i64>,
    ended_at: Option<i64>,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    sku: String,
    announced: i64,
    received: i64,
    damaged: i64,
    outstanding: i64,
}

impl Line {
    /// More came than was announced.
    fn surplus(&self) -> i64 {
        (self.received - self.announced).max(0)
    }

    fn surplus_told(&self, f: &Frame) -> String {
        f.n("arrival-surplus", &self.surplus())
    }
}

#[derive(Template)]
#[template(path = "inventory/arrival.html")]
struct ArrivalPage {
    f: Frame,
    titles: Vec<String>,
    /// Received of announced.
    so_far: String,
    outstanding: i64,
    is_transfer: bool,
    /// Names this piece, so that a form that is sent twice is received once.
    piece: String,
    may_work: bool,
    arrival: Arrival,
}

impl ArrivalPage {
    fn title(&self, index: &usize) -> &str {
        self.titles.get(*index).map_or("", String::as_str)
    }

    fn is(&self, state: &str) -> bool {
        self.arrival.state == state
    }

    fn list(&self) -> &'static str {
        if self.is_transfer { "transfers" } else { "deliveries" }
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    let arrival: Arrival = visit.api.get(&format!("/v1/arrivals/{}", part(&id))).await?;
    let is_transfer = arrival.from.is_some();
    let from = arrival.from.as_ref().map_or(arrival.supplier.clone(), |code| place_name(&visit, code));
    let to = place_name(&visit, &arrival.to);
    let id = if is_transfer { "transfer-heading" } else { "delivery-heading" };
    let heading = visit.words.a(id, &[("from", &from), ("to", &to)]);
    let f = visit.frame(heading, "inventory");
    page(&ArrivalPage {
        so_far: so_far(&f, &arrival.lines),
        f,
        titles: arrival.lines.iter().map(|line| title(&visit, &line.sku)).collect(),
        outstanding: arrival.lines.iter().map(|line| line.outstanding).sum(),
        is_transfer,
        piece: format!("page-{}", visit.now_ms),
        may_work: may_work(&visit),
        arrival,
    })
}

fn so_far(f: &Frame, lines: &[Line]) -> String {
    let sum = |units: fn(&Line) -> i64| f.number(&lines.iter().map(units).sum());
    let (received, announced) = (sum(|line| line.received), sum(|line| line.announced));
    f.words.a("arrival-lines-title", &[("received", &received), ("announced", &announced)])
}

async fn done(visit: &Visit, id: &str, (path, body): (&str, Value), done: &str) -> Answered {
    visit.api.post(path, &body).await?;
    go(visit.sent_by, &format!("/inventory/arrivals/{}?done={done}", part(id)))
}

pub(super) async fn send(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/transfers/{}/send", part(&id));
    done(&visit, &id, (&path, json!({})), "transfer-sent").await
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/transfers/{}/cancel", part(&id));
    done(&visit, &id, (&path, json!({})), "transfer-cancelled").await
}

pub(super) async fn close(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let path = format!("/v1/arrivals/{}/close", part(&id));
    done(&visit, &id, (&path, json!({ "reason": form.text("reason") })), "arrival-closed").await
}

/// What came of each line, and what came besides. Lines of which nothing came are left out.
pub(super) async fn receive(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let mut came = Vec::new();
    for sku in form.all("sku") {
        let units = number(&form, &format!("came:{sku}"))?;
        if units > 0 {
            let damaged = number(&form, &format!("damaged:{sku}"))?;
            came.push(json!({ "sku": sku, "units": units, "damaged": damaged }));
        }
    }
    let more = lines::read(form.raw("lines"));
    let written = came.len();
    came.extend(lines::as_json(&more));
    if came.is_empty() {
        return Err(Problem::invalid("/lines", visit.t("arrival-nothing-came")));
    }
    let body = json!({ "client_id": form.text("piece"), "lines": came });
    let sent = visit.api.post(&format!("/v1/arrivals/{}/receive", part(&id)), &body).await;
    sent.map_err(|problem| told(problem, written, &more))?;
    go(visit.sent_by, &format!("/inventory/arrivals/{}?done=arrival-received", part(&id)))
}

/// Nothing written is none.
fn number(form: &Form, field: &str) -> Result<i64, Problem> {
    if form.given(field).is_none() { Ok(0) } else { form.whole(field) }
}

/// Faults of what came besides are told at its text; the first lines are those of the table.
fn told(problem: Problem, written: usize, more: &[lines::Line]) -> Problem {
    let mut all = vec![lines::Line { sku: String::new(), units: 0 }; written];
    all.extend_from_slice(more);
    lines::told(problem, &all)
}
