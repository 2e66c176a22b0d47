//! Where somebody is signed in, and signing out there.

use crate::answer::{Answered, go, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::Method;
use serde::Deserialize;
use web::Question;

#[derive(Deserialize)]
struct Listed {
    items: Vec<Session>,
}

#[derive(Deserialize)]
struct Session {
    id: String,
    location: Option<String>,
    made_at: i64,
    seen_at: i64,
    expires_at: i64,
}

#[derive(Template)]
#[template(path = "settings/sessions.html")]
struct SessionsPage {
    f: Frame,
    sessions: Vec<Session>,
    here: String,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let listed: Listed = visit.api.get("/v1/sessions?limit=100").await?;
    let f = visit.frame(visit.t("settings-sessions"), "settings");
    let here = visit.who.session_id.clone().unwrap_or_default();
    page(&SessionsPage { f, sessions: listed.items, here })
}

pub(super) async fn end(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/sessions/{}", part(&id));
    visit.api.ask(Question { method: Method::DELETE, ..Question::get(&path) }).await?;
    go(visit.sent_by, "/settings/sessions?done=session-ended")
}
