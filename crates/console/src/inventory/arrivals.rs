//! Transfers between locations and deliveries of suppliers: lists, and new ones.

use super::asked::Asked;
use super::{Place, asked_place, lines, place_name, places};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use model::Day;
use serde::Deserialize;
use serde_json::{Value, json};
use web::Problem;

/// Transfers or deliveries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Transfer,
    Delivery,
}

impl Kind {
    /// As the API has it.
    fn code(self) -> &'static str {
        match self {
            Kind::Transfer => "transfer",
            Kind::Delivery => "delivery",
        }
    }

    /// In paths, and in the ids of messages: `transfers-title`.
    pub(super) fn many(self) -> &'static str {
        match self {
            Kind::Transfer => "transfers",
            Kind::Delivery => "deliveries",
        }
    }

    fn states(self) -> &'static [&'static str] {
        match self {
            Kind::Transfer => &["draft", "sent", "closed", "cancelled"],
            Kind::Delivery => &["sent", "closed"],
        }
    }
}

#[derive(Deserialize)]
struct Listed {
    items: Vec<Arrival>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Arrival {
    id: String,
    state: String,
    from: Option<String>,
    supplier: String,
    to: String,
    due_at: Option<i64>,
    at: i64,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    announced: i64,
    received: i64,
}

struct Row {
    id: String,
    state: String,
    /// From where to where.
    way: String,
    due_at: Option<i64>,
    at: i64,
    products: i64,
    announced: i64,
    received: i64,
}

#[derive(Template)]
#[template(path = "inventory/arrivals.html")]
struct ArrivalsPage {
    f: Frame,
    kind: Kind,
    asked: Asked,
    places: Vec<Place>,
    rows: Vec<Row>,
    next: Option<String>,
    is_first: bool,
    tab: &'static str,
}

#[derive(Template)]
#[template(path = "inventory/new_arrival.html")]
struct NewArrivalPage {
    f: Frame,
    kind: Kind,
    places: Vec<Place>,
    from: String,
    to: String,
    /// Lines to begin with.
    lines: String,
}

pub(super) async fn show_transfers(visit: Visit) -> Answered {
    show(visit, Kind::Transfer).await
}

pub(super) async fn show_deliveries(visit: Visit) -> Answered {
    show(visit, Kind::Delivery).await
}

async fn show(visit: Visit, kind: Kind) -> Answered {
    let places = places(&visit);
    let mut asked = Asked::of(&visit, &["state", "location"]);
    asked.set("location", &asked_place(&visit, &places));
    if asked.is("state").is_empty() {
        asked.set("state", "sent");
    }
    let cursor = visit.asked("cursor");
    let mut path = format!("/v1/arrivals?kind={}&{}limit=50", kind.code(), asked.query());
    if !cursor.is_empty() {
        path.push_str(&format!("&cursor={}", part(&cursor)));
    }
    let listed: Listed = visit.api.get(&path).await?;
    let many = kind.many();
    page(&ArrivalsPage {
        f: visit.frame(visit.t(&format!("{many}-title")), "inventory"),
        kind,
        next: listed.next.map(|next| format!("/inventory/{many}?{}cursor={next}", asked.query())),
        asked,
        places,
        rows: listed.items.into_iter().map(|arrival| row(&visit, arrival)).collect(),
        is_first: cursor.is_empty(),
        tab: many,
    })
}

fn row(visit: &Visit, arrival: Arrival) -> Row {
    let from = arrival.from.map_or(arrival.supplier, |code| place_name(visit, &code));
    Row {
        way: visit.words.a("arrival-from-to", &[("from", &from), ("to", &place_name(visit, &arrival.to))]),
        products: i64::try_from(arrival.lines.len()).unwrap_or(i64::MAX),
        announced: arrival.lines.iter().map(|line| line.announced).sum(),
        received: arrival.lines.iter().map(|line| line.received).sum(),
        id: arrival.id,
        state: arrival.state,
        due_at: arrival.due_at,
        at: arrival.at,
    }
}

pub(super) async fn new_transfer(visit: Visit) -> Answered {
    new(&visit, Kind::Transfer)
}

pub(super) async fn new_delivery(visit: Visit) -> Answered {
    new(&visit, Kind::Delivery)
}

fn new(visit: &Visit, kind: Kind) -> Answered {
    let sku = visit.asked("sku");
    let (from, mut to) = (visit.asked("from"), visit.asked("to"));
    if kind == Kind::Transfer && to.is_empty() {
        to = another_than(&from, &places(visit));
    }
    page(&NewArrivalPage {
        f: visit.frame(visit.t(&format!("{}-new", kind.many())), "inventory"),
        kind,
        places: places(visit),
        from,
        to,
        lines: if sku.is_empty() { String::new() } else { format!("{sku} 1") },
    })
}

/// A transfer goes to another place than it comes from, which is the first where nobody said.
fn another_than(from: &str, places: &[Place]) -> String {
    let from = if from.is_empty() { places.first().map_or("", |place| &place.code) } else { from };
    places.iter().find(|place| place.code != from).map(|place| place.code.clone()).unwrap_or_default()
}

pub(super) async fn announce_transfer(visit: Visit, form: Form) -> Answered {
    announce(&visit, &form, Kind::Transfer).await
}

pub(super) async fn announce_delivery(visit: Visit, form: Form) -> Answered {
    announce(&visit, &form, Kind::Delivery).await
}

#[derive(Deserialize)]
struct Made {
    id: String,
}

async fn announce(visit: &Visit, form: &Form, kind: Kind) -> Answered {
    let lines = lines::read(form.raw("lines"));
    let mut body = json!({
        "to": form.text("to"),
        "lines": lines::as_json(&lines),
        "due_at": due_at(visit, form)?,
        "reason": form.text("reason"),
    });
    let (field, name) = match kind {
        Kind::Transfer => ("from", form.text("from")),
        Kind::Delivery => ("supplier", form.text("supplier")),
    };
    body[field] = Value::from(name);
    let made = visit.api.post(&format!("/v1/{}", kind.many()), &body).await;
    let made: Made = made.map_err(|problem| lines::told(problem, &lines))?.json()?;
    go(visit.sent_by, &format!("/inventory/arrivals/{}?done={}-announced", part(&made.id), kind.code()))
}

/// Noon of the day, by the shop's clock: whoever needs the hour says it in the note.
fn due_at(visit: &Visit, form: &Form) -> Result<Option<i64>, Problem> {
    let Some(text) = form.given("due") else { return Ok(None) };
    let day = Day::from_iso(text).ok_or_else(|| Problem::invalid("/due", visit.t("inventory-no-day")))?;
    Ok(Some(visit.shop.network.settings.clock.instant(day, 12 * 60).0))
}
