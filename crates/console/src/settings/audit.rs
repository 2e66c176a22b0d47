//! The log of everything that happened: who, what, from what to what; narrowed, and as a file.

use super::changes::{self, Change};
use super::people;
use super::tokens;
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use model::Day;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What kinds begin with, for the list to choose from.
const KINDS: [&str; 18] = [
    "order.",
    "fulfillment.",
    "exception.",
    "substitution.",
    "stock.",
    "count.",
    "arrival.",
    "gate.",
    "location.",
    "product.",
    "settings.",
    "rules.",
    "user.",
    "token.",
    "setup.",
    "job.",
    "import.",
    "backup.",
];
const FIELDS: [&str; 5] = ["actor", "kind", "subject", "from", "to"];

#[derive(Deserialize)]
struct Listed {
    items: Vec<Event>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Event {
    at: i64,
    actor: String,
    via: String,
    kind: String,
    subject: String,
    order_id: Option<String>,
    facts: serde_json::Value,
}

struct Row {
    at: i64,
    who: String,
    via: String,
    kind: String,
    about: String,
    path: Option<String>,
    subject: String,
    changes: Vec<Change>,
}

#[derive(Template)]
#[template(path = "settings/audit.html")]
struct AuditPage {
    f: Frame,
    /// The same as a table.
    file: String,
    rows: Vec<Row>,
    asked: BTreeMap<&'static str, String>,
    actors: Vec<(String, String)>,
    query: String,
    next: Option<String>,
    is_first: bool,
}

impl AuditPage {
    fn is(&self, name: &str) -> &str {
        self.asked.get(name).map_or("", String::as_str)
    }

    fn says(&self, name: &str, value: &str) -> bool {
        self.is(name) == value
    }

    fn kinds(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        KINDS.into_iter().map(|kind| (kind, self.f.named("log", kind.trim_end_matches('.'))))
    }

    fn change_name(&self, name: &str) -> String {
        changes::name(&self.f, name)
    }
}

pub(super) async fn show(visit: Visit) -> Answered {
    let f = visit.frame(visit.t("settings-audit"), "settings");
    let asked = asked(&visit);
    let (query, cursor) = (query(&asked), visit.asked("cursor"));
    let narrowed = api_query(&visit, &asked);
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let listed: Listed = visit.api.get(&format!("/v1/events?limit=50&{narrowed}{after}")).await?;
    let actors = actors(&visit, &f).await;
    page(&AuditPage {
        rows: listed.items.into_iter().map(|event| row(&actors, event)).collect(),
        next: listed.next.map(|next| format!("/settings/audit?{query}&cursor={next}")),
        is_first: cursor.is_empty(),
        file: format!("/v1/events.csv?{narrowed}"),
        query,
        asked,
        actors,
        f,
    })
}

fn asked(visit: &Visit) -> BTreeMap<&'static str, String> {
    FIELDS.into_iter().map(|name| (name, visit.asked(name))).collect()
}

fn query(asked: &BTreeMap<&'static str, String>) -> String {
    let said = asked.iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| format!("{name}={}", part(value))).collect::<Vec<_>>().join("&")
}

/// The same as the API takes it: days of the shop's clock are moments there.
fn api_query(visit: &Visit, asked: &BTreeMap<&'static str, String>) -> String {
    let clock = &visit.shop.network.settings.clock;
    let moment = |name: &str, ahead: i32| {
        let day = Day::from_iso(asked.get(name).map_or("", String::as_str))?;
        Some(clock.instant(Day(day.0 + ahead), 0).0.to_string())
    };
    let text = |name: &str| asked.get(name).cloned().filter(|text| !text.is_empty());
    let pairs = [
        ("actor", text("actor")),
        ("kind", text("kind")),
        ("subject", text("subject")),
        ("from", moment("from", 0)),
        ("to", moment("to", 1)),
    ];
    let said = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", part(&value?))));
    said.collect::<Vec<_>>().join("&")
}

/// People, programs, and Baton itself, by id.
async fn actors(visit: &Visit, f: &Frame) -> Vec<(String, String)> {
    let mut known = vec![("baton".to_owned(), f.t("actor-baton"))];
    if let Ok(users) = visit.api.get::<people::Listed>("/v1/users?limit=250").await {
        known.extend(users.items.into_iter().map(|user| (user.id, user.name)));
    }
    if let Ok(tokens) = visit.api.get::<tokens::Listed>("/v1/tokens?limit=250").await {
        known.extend(tokens.items.into_iter().map(|token| (token.id, token.name)));
    }
    known
}

fn row(actors: &[(String, String)], event: Event) -> Row {
    let (about, path) = changes::subject(&event.subject, event.order_id.as_deref(), &event.facts);
    let who = actors.iter().find(|(id, _)| *id == event.actor).map(|(_, name)| name.clone());
    Row {
        at: event.at,
        who: who.unwrap_or(event.actor),
        via: event.via,
        kind: event.kind,
        changes: changes::of(&event.facts),
        subject: event.subject,
        about,
        path,
    }
}
