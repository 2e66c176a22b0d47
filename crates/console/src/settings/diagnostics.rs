//! How it stands with the program and its books: what was looked at, what it means, and what to do.

use super::size::size;
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use serde::Deserialize;

/// As `/v1/diagnostics` tells it.
#[derive(Deserialize)]
struct Stand {
    state: String,
    looks: Vec<Look>,
    version: String,
    started_at: i64,
    database: String,
    database_bytes: i64,
    queues: Vec<Queue>,
    defects: i64,
}

#[derive(Deserialize)]
struct Look {
    of: String,
    state: String,
    seen: String,
    remedy: Option<String>,
}

#[derive(Deserialize)]
struct Queue {
    kind: String,
    state: String,
    jobs: i64,
}

#[derive(Template)]
#[template(path = "settings/diagnostics.html")]
struct DiagnosticsPage {
    f: Frame,
    stand: Stand,
}

impl DiagnosticsPage {
    fn size(&self) -> String {
        size(&self.f, self.stand.database_bytes)
    }

    fn uptime(&self) -> String {
        self.f.clock.span(self.f.clock.now_ms - self.stand.started_at)
    }
}

pub(super) async fn show(visit: Visit) -> Answered {
    let mut stand: Stand = visit.api.get("/v1/diagnostics").await?;
    // What is to be done comes first; the rest as it was looked at.
    stand.looks.sort_by_key(|look| match look.state.as_str() {
        "broken" => 0,
        "look" => 1,
        _ => 2,
    });
    page(&DiagnosticsPage { stand, f: visit.frame(visit.t("settings-diagnostics"), "settings") })
}
