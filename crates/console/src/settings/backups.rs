//! Backups: which there are, whether the last one is good, making one, taking one away, and how each is put back.

use super::size::size;
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::Method;
use flow::people::Role;
use serde::Deserialize;
use serde_json::json;
use web::Question;

const PAGE: &str = "/settings/backups";

/// As `/v1/backups` tells it.
#[derive(Deserialize)]
struct Stand {
    folder: String,
    kept: i64,
    is_daily: bool,
    last_good_at: Option<i64>,
    is_late: bool,
    under_way: Option<Work>,
    failure: Option<Deed>,
    all: i64,
    items: Vec<Backup>,
}

#[derive(Deserialize)]
struct Work {
    verifies: Option<String>,
    asked_at: i64,
    last_error: Option<String>,
}

#[derive(Deserialize)]
struct Deed {
    at: i64,
    by: String,
    by_name: Option<String>,
    failed: Option<String>,
}

#[derive(Deserialize)]
struct Backup {
    name: String,
    bytes: i64,
    made_at: i64,
    schema: i64,
    program: Option<String>,
    made: Option<Deed>,
    verified: Option<Deed>,
    is_good: bool,
    restore: String,
    form: String,
}

#[derive(Template)]
#[template(path = "settings/backups.html")]
struct BackupsPage {
    f: Frame,
    /// `None`: none are made of these books.
    stand: Option<Stand>,
    is_owner: bool,
}

impl BackupsPage {
    fn size(&self, bytes: &i64) -> String {
        size(&self.f, *bytes)
    }

    /// Who did something: their name, Baton itself, or their id.
    fn who(&self, deed: &Deed) -> String {
        match &deed.by_name {
            Some(name) => name.clone(),
            None if deed.by == "baton" => self.f.t("actor-baton"),
            None => deed.by.clone(),
        }
    }
}

pub(super) async fn show(visit: Visit) -> Answered {
    let stand = match visit.api.get::<Stand>("/v1/backups").await {
        Ok(stand) => Some(stand),
        Err(problem) if problem.code == "no_backups" => None,
        Err(problem) => return Err(problem),
    };
    let is_owner = visit.who.role == Role::Owner;
    page(&BackupsPage { stand, is_owner, f: visit.frame(visit.t("settings-backups"), "settings") })
}

pub(super) async fn make(visit: Visit) -> Answered {
    visit.api.post("/v1/backups", &json!({})).await?;
    go(visit.sent_by, &format!("{PAGE}?done=backup-asked"))
}

pub(super) async fn verify(visit: Visit, Path(name): Path<String>) -> Answered {
    visit.api.post(&format!("/v1/backups/{}/verify", part(&name)), &json!({})).await?;
    go(visit.sent_by, &format!("{PAGE}?done=backup-check-asked"))
}

/// Leads to the file itself, once it is known that whoever asks may have it: a browser shows no form for a password in the
/// middle of a download.
pub(super) async fn download(mut visit: Visit, Path(name): Path<String>, form: Form) -> Answered {
    visit.prove(&form).await?;
    let path = format!("/v1/backups/{}/file", part(&name));
    visit.api.ask(Question { method: Method::HEAD, ..Question::get(&path) }).await?;
    go(visit.sent_by, &path)
}
