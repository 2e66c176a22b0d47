//! What the command palette finds: pages and what can be done, then orders, products, locations and exceptions.

use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::http::Method;
use axum::routing::get;
use flow::people::Scope;
use serde::Deserialize;
use web::{EVERYONE, Pages, Policy};

pub(crate) fn pages(pages: Pages) -> Pages {
    pages.add(Method::GET, "/palette", (Policy::of(EVERYONE, Scope::Me), get(show)))
}

/// What can be done from anywhere: a path, an icon, and the id of its message; `true`: for those who manage.
const ACTIONS: [(&str, &str, &str, bool); 14] = [
    ("/orders?work=late", "clock", "palette-late", false),
    ("/orders/batches", "history", "batches-title", true),
    ("/inventory/import", "upload", "palette-import", true),
    ("/inventory/transfers", "transfer", "palette-transfer", true),
    ("/inventory/counts", "clipboard-check", "palette-count", false),
    ("/inventory/accuracy", "gauge", "palette-accuracy", false),
    ("/rules/edit", "pencil", "palette-rules", true),
    ("/settings/people", "user-plus", "palette-people", true),
    ("/settings/tokens", "key", "palette-tokens", true),
    ("/settings/audit", "history", "palette-audit", true),
    ("/demo", "test-pipe", "palette-demo", true),
    ("/settings/backups", "device-floppy", "palette-backups", true),
    ("/settings/diagnostics", "activity", "palette-diagnostics", true),
    ("/docs", "book", "palette-docs", false),
];
/// With nothing typed, a few of them.
const MOST_SHOWN: usize = 12;

#[derive(Deserialize)]
struct Hit {
    kind: String,
    id: String,
    title: String,
    detail: String,
}

struct Found {
    path: String,
    icon: &'static str,
    title: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "palette.html")]
struct Palette {
    f: Frame,
    found: Vec<Found>,
}

async fn show(visit: Visit) -> Answered {
    let wanted = visit.asked("q");
    let f = visit.frame(String::new(), "");
    let mut found = here(&f, &wanted);
    if !wanted.is_empty() {
        let hits: Vec<Hit> =
            visit.api.get(&format!("/v1/search?q={}", part(&wanted))).await.unwrap_or_default();
        let hits = hits.into_iter().map(|hit| of(&f, hit));
        // Whoever types digits looks for an order, whoever types a word may mean a page.
        let is_number = wanted.chars().any(|letter| letter.is_ascii_digit());
        found = if is_number { hits.chain(found).collect() } else { found.into_iter().chain(hits).collect() };
    }
    page(&Palette { f, found })
}

/// Pages and actions whose words have what was typed in them.
fn here(f: &Frame, wanted: &str) -> Vec<Found> {
    let pages = f.menu().map(|entry| (entry.path, entry.icon, f.menu_words(entry)));
    let may = |for_managers: bool| !for_managers || f.may_manage();
    let actions = ACTIONS.into_iter().filter(|(.., for_managers)| may(*for_managers));
    let actions = actions.map(|(path, icon, id, _)| (path, icon, f.t(id)));
    let wanted = wanted.to_lowercase();
    let all = pages.chain(actions).filter(|(.., words)| words.to_lowercase().contains(&wanted));
    let found =
        all.map(|(path, icon, title)| Found { path: path.to_owned(), icon, title, detail: String::new() });
    found.take(MOST_SHOWN).collect()
}

fn of(f: &Frame, hit: Hit) -> Found {
    let (path, icon) = match hit.kind.as_str() {
        "order" => (format!("/orders/{}", part(&hit.id)), "receipt"),
        "product" => (format!("/inventory/{}", part(&hit.id)), "package"),
        "location" => (format!("/locations/{}", part(&hit.id)), "map-pin"),
        _ => (format!("/exceptions/{}", part(&hit.id)), "alert-triangle"),
    };
    let title = if hit.kind == "exception" { f.named("exception", &hit.title) } else { hit.title };
    let detail = f.words.maybe(&format!("state-{}", hit.detail)).unwrap_or(hit.detail);
    Found { path, icon, title, detail }
}
