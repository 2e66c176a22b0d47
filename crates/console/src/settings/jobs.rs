//! Work in the background: what waits, what was given up, and what is done every so often.

use crate::answer::{Answered, go, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use serde::Deserialize;
use serde_json::json;

const STATES: [&str; 4] = ["dead", "ready", "leased", "done"];

#[derive(Deserialize)]
struct Listed {
    items: Vec<Job>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Job {
    id: String,
    kind: String,
    subject: String,
    attempts: i64,
    most_attempts: i64,
    due_at: i64,
    last_error: Option<String>,
    created_at: i64,
}

#[derive(Deserialize)]
struct Periodic {
    name: String,
    every_ms: i64,
    next_at: i64,
    last_done_at: Option<i64>,
    last_error: Option<String>,
}

#[derive(Template)]
#[template(path = "settings/jobs.html")]
struct JobsPage {
    f: Frame,
    state: &'static str,
    jobs: Vec<Job>,
    next: Option<String>,
    periodic: Vec<Periodic>,
}

impl JobsPage {
    fn is(&self, state: &str) -> bool {
        self.state == state
    }

    fn every(&self, ms: &i64) -> String {
        self.f.clock.span(*ms)
    }
}

pub(super) async fn show(visit: Visit) -> Answered {
    let (asked, cursor) = (visit.asked("state"), visit.asked("cursor"));
    let state = STATES.into_iter().find(|state| *state == asked).unwrap_or(STATES[0]);
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let listed: Listed = visit.api.get(&format!("/v1/jobs?limit=50&state={state}{after}")).await?;
    page(&JobsPage {
        jobs: listed.items,
        next: listed.next.map(|next| format!("/settings/jobs?state={state}&cursor={next}")),
        periodic: visit.api.get("/v1/periodic-tasks").await?,
        state,
        f: visit.frame(visit.t("settings-jobs"), "settings"),
    })
}

pub(super) async fn retry(visit: Visit, Path(id): Path<String>) -> Answered {
    visit.api.post(&format!("/v1/jobs/{}/retry", part(&id)), &json!({})).await?;
    go(visit.sent_by, "/settings/jobs?state=ready&done=job-retried")
}
