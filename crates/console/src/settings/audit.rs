//! The log of everything that happened: who, what, from what to what; narrowed, and as a file.

use super::changes::{self, Change};
use super::people;
use super::tokens;
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use model::Day;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Rows of one file: as many as a spreadsheet shows without effort.
const MOST_ROWS: usize = 10_000;
const PAGE: usize = 250;

/// What kinds begin with, for the list to choose from.
const KINDS: [&str; 16] = [
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
];
const FIELDS: [&str; 5] = ["actor", "kind", "subject", "from", "to"];

#[derive(Deserialize)]
struct Listed {
    items: Vec<Event>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Event {
    number: i64,
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
    place: &'static str,
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
    let listed = listed(&visit, &asked, (&cursor, 50)).await?;
    let actors = actors(&visit, &f).await;
    page(&AuditPage {
        rows: listed.items.into_iter().map(|event| row(&actors, event)).collect(),
        next: listed.next.map(|next| format!("/settings/audit?{query}&cursor={next}")),
        is_first: cursor.is_empty(),
        place: "audit",
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

async fn listed(
    visit: &Visit,
    asked: &BTreeMap<&'static str, String>,
    (cursor, limit): (&str, usize),
) -> Result<Listed, web::Problem> {
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
        ("cursor", Some(cursor.to_owned()).filter(|cursor| !cursor.is_empty())),
    ];
    let said = pairs.into_iter().filter_map(|(name, value)| Some(format!("&{name}={}", part(&value?))));
    visit.api.get(&format!("/v1/events?limit={limit}{}", said.collect::<String>())).await
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

/// The same as a file that a spreadsheet opens.
pub(super) async fn csv(visit: Visit) -> Answered {
    let asked = asked(&visit);
    let mut text = String::from("number,at,actor,via,kind,subject,order_id,facts\r\n");
    let (mut cursor, mut rows) = (String::new(), 0);
    while rows < MOST_ROWS {
        let listed = listed(&visit, &asked, (&cursor, PAGE)).await?;
        rows += listed.items.len();
        for event in listed.items {
            let at = model::Timestamp(event.at).to_string();
            let facts = event.facts.to_string();
            let order = event.order_id.unwrap_or_default();
            let cells = [&at, &event.actor, &event.via, &event.kind, &event.subject, &order, &facts];
            let cells: Vec<String> = cells.into_iter().map(|cell| safe(cell)).collect();
            text.push_str(&format!("{},{}\r\n", event.number, cells.join(",")));
        }
        match listed.next {
            Some(next) => cursor = next,
            None => break,
        }
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"baton-log.csv\"")),
    ];
    Ok((headers, text).into_response())
}

/// A cell that no spreadsheet takes for a formula.
fn safe(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn no_cell_of_the_file_is_a_formula() {
        assert_eq!(safe("=1+1"), "\"'=1+1\"");
        assert_eq!(safe("say \"hi\", Ben"), "\"say \"\"hi\"\", Ben\"");
    }
}
