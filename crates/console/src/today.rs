//! The page of the day: what there is to do, what needs somebody, how the week goes.

mod numbers;

use crate::answer::{Answered, page};
use crate::exceptions::fix::{Button, Fix};
use crate::frame::Frame;
use crate::show::Markup;
use crate::visit::{Visit, part};
use crate::welcome::{self, Step};
use askama::Template;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use flow::people::Scope;
use numbers::Number;
use serde::Deserialize;
use std::collections::BTreeMap;
use web::{EVERYONE, Pages, Policy};

pub(crate) fn pages(pages: Pages) -> Pages {
    let numbers = Policy::of(EVERYONE, Scope::ReportsRead);
    pages.add(Method::GET, "/", (Policy::of(EVERYONE, Scope::Me), get(show))).add(
        Method::GET,
        "/numbers/{measure}",
        (numbers, get(numbers::show)),
    )
}

#[derive(Deserialize)]
struct Today {
    counts: BTreeMap<String, Count>,
    locations: Vec<Place>,
    feeds: Vec<Feed>,
    channels: Vec<Channel>,
    exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
struct Count {
    count: i64,
    oldest: Option<i64>,
}

#[derive(Deserialize)]
struct Place {
    code: String,
    name: String,
    is_paused: bool,
    is_open: bool,
    turns_at: Option<i64>,
    cutoff_at: Option<i64>,
    work: BTreeMap<String, Count>,
}

impl Place {
    fn of(&self, step: &str) -> i64 {
        self.work.get(step).map_or(0, |count| count.count)
    }
}

#[derive(Deserialize)]
struct Feed {
    location: String,
    source: String,
    as_of: i64,
    is_stale: Option<bool>,
}

#[derive(Deserialize)]
struct Channel {
    channel: String,
    last_order_at: i64,
    today: i64,
}

#[derive(Deserialize)]
struct Exception {
    id: String,
    kind: String,
    order_id: Option<String>,
    order_name: Option<String>,
    location: Option<String>,
    owner: String,
    due_at: i64,
    fix: Option<Fix>,
}

impl Exception {
    fn button(&self, f: &Frame) -> Option<Button> {
        Some(Button::of(f, (&self.id, self.order_id.as_deref()), self.fix.as_ref()?))
    }
}

/// What there is to do, in the order in which a shop's day goes: the name of the count, the list behind it, its icon.
const TILES: [(&str, &str, &str); 6] = [
    ("to_decide", "/orders?work=to_decide", "route"),
    ("to_pick", "/orders?work=to_pick", "basket"),
    ("to_pack", "/orders?work=to_pack", "package"),
    ("waiting_for_pickup", "/orders?work=waiting_for_pickup", "shopping-bag-check"),
    ("late", "/orders?work=late", "clock"),
    ("needs_attention", "/exceptions", "alert-triangle"),
];

struct Tile {
    name: &'static str,
    path: &'static str,
    icon: &'static str,
    count: i64,
    note: Option<Markup>,
    is_bad: bool,
}

#[derive(Template)]
#[template(path = "today/today.html")]
struct TodayPage {
    f: Frame,
    tiles: Vec<Tile>,
    today: Today,
    numbers: Vec<Number>,
    /// What a new shop still lacks; empty when nothing.
    steps: Vec<Step>,
}

impl TodayPage {
    fn place(&self, code: &str) -> String {
        let found = self.today.locations.iter().find(|place| place.code == code);
        found.map_or_else(|| code.to_owned(), |place| place.name.clone())
    }
}

async fn show(visit: Visit) -> Answered {
    if visit.shop.network.locations.is_empty() && visit.may_manage() {
        return Ok(Redirect::to("/welcome").into_response());
    }
    // Who reaches some places alone sees the day at the first of them.
    let at = visit.who.places.codes().and_then(|codes| codes.first().map(|code| part(code)));
    let at = at.map(|code| format!("?location={code}")).unwrap_or_default();
    let today: Today = visit.api.get(&format!("/v1/today{at}")).await?;
    let f = visit.frame(visit.t("menu-today"), "today");
    let steps = if visit.may_manage() { welcome::steps(&visit).await } else { Vec::new() };
    let is_ready = steps.iter().all(|step| step.is_done);
    page(&TodayPage {
        tiles: TILES.into_iter().map(|tile| of(&f, &today, tile)).collect(),
        numbers: numbers::of_this_week(&visit, &f).await,
        steps: if is_ready { Vec::new() } else { steps },
        f,
        today,
    })
}

fn of(f: &Frame, today: &Today, (name, path, icon): (&'static str, &'static str, &'static str)) -> Tile {
    let none = Count { count: 0, oldest: None };
    let count = today.counts.get(name).unwrap_or(&none);
    let is_bad = matches!(name, "late" | "needs_attention") && count.count > 0;
    Tile { name, path, icon, count: count.count, note: count.oldest.map(|at| f.ago(&at)), is_bad }
}
