//! One location: how it stands, what it is set to, how suited it is, and what can be done with it.

use super::hours::{OpenDay, week};
use super::list::{lanes, town};
use super::now::{self, Feed, Load, Standing, Waiting};
use crate::answer::{Answered, page};
use crate::frame::{Frame, Undo, id};
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use model::{Handling, Lane};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Place {
    cells: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Suited {
    score: i64,
    counted_lines: i64,
    right_lines: i64,
    parts: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    part: String,
    points: i64,
    most: i64,
    value: Option<i64>,
    reason: String,
}

impl Suited {
    /// Why a part has its points, in the reader's language.
    fn reason(&self, f: &Frame, part: &Part) -> String {
        let Some(value) = part.value else {
            return f.told("suited-unknown", &part.part, &part.reason);
        };
        let value = match part.part.as_str() {
            "accuracy" | "staffing" | "shrink" => f.words.percent(value / 10),
            _ => f.number(&value),
        };
        let (right, counted) = (f.number(&self.right_lines), f.number(&self.counted_lines));
        let facts = [("value", &*value), ("within", &*right), ("lines", &*counted)];
        f.words.told_with(&id("suited-said", &part.part), &part.reason, &facts)
    }
}

/// Why it is paused, as the log has it.
struct Paused {
    at: i64,
    who: String,
    why: String,
}

#[derive(Template)]
#[template(path = "locations/place.html")]
struct PlacePage {
    f: Frame,
    code: String,
    kind: &'static str,
    town: String,
    standing: Standing,
    paused: Option<Paused>,
    is_paused: bool,
    week: Vec<OpenDay>,
    holidays: Vec<String>,
    load: Option<Load>,
    waiting: Option<Waiting>,
    lanes: Vec<&'static str>,
    handles: Vec<(&'static str, bool)>,
    /// Costs and minutes that are set, by column, and what they are.
    costs: Vec<(&'static str, String)>,
    feeds: Vec<Feed>,
    suited: Option<Suited>,
    cells: BTreeMap<String, String>,
}

const COSTS: [&str; 9] = [
    "wage_usd_per_hour",
    "pick_minutes_per_unit",
    "pack_minutes_per_parcel",
    "packaging_usd_per_parcel",
    "handling_usd_per_parcel",
    "pick_usd_per_unit",
    "local_delivery_fee_usd",
    "local_delivery_usd_per_km",
    "local_delivery_radius_km",
];

impl PlacePage {
    fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn lanes_all(&self) -> impl Iterator<Item = (&'static str, bool)> + '_ {
        Lane::ALL.into_iter().map(|lane| (lane.code(), self.lanes.contains(&lane.code())))
    }
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Answered {
    let path = format!("/v1/locations/{}", part(&code));
    let Place { cells } = visit.api.get(&path).await?;
    let network = &visit.shop.network;
    let place = network.location_by_code(&code).map(|id| network.location(id));
    let place = place.ok_or_else(|| web::Problem::of_status(axum::http::StatusCode::NOT_FOUND))?;
    let f = visit.frame(place.name.clone(), "locations").undone_by(undo(&visit, &code));
    let load = now::loads(&visit).await.into_iter().find(|load| load.location == code);
    let (work, feeds) = now::work(&visit).await;
    let paused = match (&load, place.is_paused) {
        (Some(load), true) => paused(&visit, &load.id).await,
        _ => None,
    };
    let costs = COSTS.into_iter().filter_map(|column| Some((column, cells.get(column)?.clone())));
    page(&PlacePage {
        kind: place.kind.code(),
        town: town(place),
        standing: Standing::of(&f, place, visit.now_ms),
        paused,
        is_paused: place.is_paused,
        week: week(&f, place, visit.now_ms),
        holidays: place.hours.holidays.iter().map(|day| f.clock.long_date(*day)).collect(),
        waiting: work.get(&code).copied(),
        lanes: lanes(place),
        handles: Handling::ALL.into_iter().map(|need| (need.code(), place.certified.has(need))).collect(),
        costs: costs.collect(),
        feeds: feeds.into_iter().filter(|feed| feed.location == code).collect(),
        suited: visit.api.get(&format!("{path}/suitability")).await.ok(),
        load,
        code,
        cells,
        f,
    })
}

/// The opposite of what was just done.
fn undo(visit: &Visit, code: &str) -> Option<Undo> {
    let (verb, fields) = match visit.asked("done").as_str() {
        "location-paused" => ("resume", Vec::new()),
        "location-resumed" => ("pause", vec![("reason".to_owned(), visit.t("undo-reason"))]),
        _ => return None,
    };
    Some(Undo { path: format!("/locations/{}/{verb}", part(code)), fields })
}

#[derive(Deserialize)]
struct Events {
    items: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    at: i64,
    actor: String,
    facts: serde_json::Value,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// Only those who may read the log are told.
async fn paused(visit: &Visit, id: &str) -> Option<Paused> {
    let path = format!("/v1/events?limit=1&kind=location.paused&subject={}", part(id));
    let events: Events = visit.api.get(&path).await.ok()?;
    let event = events.items.into_iter().next()?;
    let user: Option<Named> = visit.api.get(&format!("/v1/users/{}", part(&event.actor))).await.ok();
    let why = event.facts.get("reason").and_then(serde_json::Value::as_str).unwrap_or_default();
    Some(Paused { at: event.at, who: user.map_or(event.actor, |user| user.name), why: why.to_owned() })
}
