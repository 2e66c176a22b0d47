//! Who works with the books: the list, and inviting somebody.

use super::invitation;
use super::reach::{Choice, chosen, names};
use crate::answer::{Answered, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
pub(super) struct Listed {
    pub(super) items: Vec<User>,
    pub(super) next: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) locations: Option<Vec<String>>,
    pub(super) has_password: bool,
    pub(super) is_disabled: bool,
    pub(super) created_at: i64,
}

impl User {
    pub(super) fn state(&self) -> &'static str {
        match (self.is_disabled, self.has_password) {
            (true, _) => "disabled",
            (false, true) => "active",
            (false, false) => "invited",
        }
    }
}

struct Row {
    user: User,
    places: String,
    is_self: bool,
}

#[derive(Template)]
#[template(path = "settings/people.html")]
struct PeoplePage {
    f: Frame,
    rows: Vec<Row>,
    next: Option<String>,
    roles: Vec<&'static str>,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let listed: Listed = visit.api.get(&format!("/v1/users?limit=100{after}")).await?;
    let row = |user: User| Row {
        places: names(&visit, user.locations.as_deref()),
        is_self: user.id == visit.who.id,
        user,
    };
    let roles = flow::people::Role::ALL.into_iter().filter(|role| visit.who.role.may_grant(*role));
    page(&PeoplePage {
        rows: listed.items.into_iter().map(row).collect(),
        next: listed.next.map(|next| format!("/settings/people?cursor={next}")),
        roles: roles.map(flow::people::Role::code).filter(|code| *code != "owner").collect(),
        f: visit.frame(visit.t("settings-people"), "settings"),
    })
}

#[derive(Template)]
#[template(path = "settings/person_new.html")]
struct NewPage {
    f: Frame,
    choice: Choice,
}

pub(super) async fn show_new(visit: Visit) -> Answered {
    let f = visit.frame(visit.t("people-new-title"), "settings");
    page(&NewPage { f, choice: Choice::of(&visit, None, None) })
}

pub(super) async fn add(mut visit: Visit, headers: HeaderMap, form: Form) -> Answered {
    visit.prove(&form).await?;
    let new = json!({
        "name": form.text("name"), "email": form.text("email"), "role": form.text("role"), "locations": chosen(&form),
    });
    let reply = visit.api.post("/v1/users", &new).await?;
    invitation::shown(&visit, &headers, &reply)
}
