//! What whoever looks is told of: unread first, each with where it leads.
//!
//! Owns: the sentence and the page of each kind of event that one can hear of. Refuses to know: who hears of what.

use super::story;
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, here_only, part};
use askama::Template;
use fluent_bundle::FluentArgs;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Listed {
    items: Vec<Notice>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Notice {
    place: i64,
    topic: String,
    at: i64,
    read_at: Option<i64>,
    kind: String,
    subject: String,
    order_id: Option<String>,
    order_name: Option<String>,
    location: Option<String>,
    facts: Value,
}

struct Line {
    notice: Notice,
    sentence: String,
    icon: &'static str,
    /// The page that it is about; empty: none.
    way: String,
}

#[derive(Template)]
#[template(path = "exceptions/inbox.html")]
struct InboxPage {
    f: Frame,
    unread: Vec<Line>,
    /// More are unread than are shown.
    more_unread: bool,
    read: Vec<Line>,
    next: Option<String>,
    is_first: bool,
    /// The newest that is shown as unread: all up to it can be marked at once.
    newest: i64,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let cursor = visit.asked("cursor");
    let is_first = cursor.is_empty();
    let after = if is_first { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let all: Listed = visit.api.get(&format!("/v1/me/inbox?limit=50{after}")).await?;
    let unread =
        if is_first { visit.api.get("/v1/me/inbox?unread=true&limit=50").await? } else { Listed::none() };
    let f = visit.frame(visit.t("inbox-title"), "");
    let line = |notice: Notice| line(&visit, &f, notice);
    page(&InboxPage {
        newest: unread.items.first().map_or(0, |notice| notice.place),
        more_unread: unread.next.is_some(),
        unread: unread.items.into_iter().map(line).collect(),
        read: all
            .items
            .into_iter()
            .filter(|notice| !is_first || notice.read_at.is_some())
            .map(line)
            .collect(),
        next: all.next.map(|next| format!("/inbox?cursor={next}")),
        is_first,
        f,
    })
}

impl Listed {
    fn none() -> Listed {
        Listed { items: Vec::new(), next: None }
    }
}

/// Marks one notice as read, or all up to one, and goes to what it is about.
pub(super) async fn read(visit: Visit, form: Form) -> Answered {
    let sent = match form.given("up_to") {
        Some(_) => json!({ "up_to": form.whole("up_to")? }),
        None => json!({ "place": form.whole("place")? }),
    };
    visit.api.post("/v1/me/inbox/read", &sent).await?;
    let way = form.given("way").map_or_else(|| "/inbox".to_owned(), here_only);
    go(visit.sent_by, &way)
}

fn line(visit: &Visit, f: &Frame, notice: Notice) -> Line {
    Line { sentence: sentence(visit, f, &notice), icon: icon(&notice.topic), way: way(&notice), notice }
}

fn sentence(visit: &Visit, f: &Frame, notice: &Notice) -> String {
    let text = |name: &str| notice.facts[name].as_str().unwrap_or_default();
    let place = match notice.location.as_deref() {
        Some(code) => visit.place_name(code),
        None if notice.kind.starts_with("location.") => visit.place_name(&notice.subject),
        None if !text("location").is_empty() => visit.place_name(text("location")),
        None => f.t("exceptions-a-place"),
    };
    let sku = text("sku");
    let product = Some(story::product(visit, sku)).filter(|title| !title.is_empty());
    let mut said = FluentArgs::new();
    said.set("about", about(notice));
    said.set("place", place);
    said.set("order", notice.order_name.clone().unwrap_or_else(|| f.t("exceptions-an-order")));
    said.set("product", product.unwrap_or_else(|| sku.to_owned()));
    said.set("name", text("name").to_owned());
    said.set("to", f.named("owner", text("to")));
    said.set("exception", f.named("exception", text("kind")));
    let id = format!("notice-{}", notice.kind.replace(['.', '_'], "-"));
    match f.words.maybe(&id) {
        Some(_) => f.words.say(&id, &said),
        None => notice.kind.replace(['.', '_'], " "),
    }
}

/// What of an order and a place is known, for a sentence to say no more.
fn about(notice: &Notice) -> &'static str {
    match (&notice.order_name, &notice.location) {
        (Some(_), Some(_)) => "order-and-place",
        (Some(_), None) => "order",
        (None, Some(_)) => "place",
        (None, None) => "nothing",
    }
}

fn icon(topic: &str) -> &'static str {
    match topic {
        "exceptions" => "alert-triangle",
        "refusals" => "circle-x",
        "holds" => "player-pause",
        "counts" => "clipboard-check",
        "setup" => "settings",
        "rules" => "list-check",
        _ => "users",
    }
}

fn way(notice: &Notice) -> String {
    let subject = &notice.subject;
    if subject.starts_with("exc_") {
        return format!("/exceptions/{}", part(subject));
    }
    if subject.starts_with("cnt_") {
        return format!("/inventory/counts/{}", part(subject));
    }
    if let Some(order) = &notice.order_id {
        return format!("/orders/{}", part(order));
    }
    match notice.kind.split('.').next().unwrap_or_default() {
        "count" => "/inventory/counts".to_owned(),
        "stock" => "/exceptions?kind=oversold&owner=all".to_owned(),
        "location" => format!("/locations/{}", part(subject)),
        "settings" => "/settings".to_owned(),
        "rules" => "/rules".to_owned(),
        "user" => "/settings/people".to_owned(),
        "token" => "/settings/tokens".to_owned(),
        _ => String::new(),
    }
}
