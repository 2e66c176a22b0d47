//! How right the books are: each class at each location, its gate, the counted lines behind it, and who says otherwise.

use super::asked::Asked;
use super::{Place, asked_place, ledger, place_name, places, title};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::http::Method;
use model::Day;
use serde::Deserialize;
use serde_json::json;
use web::{Problem, Question};

#[derive(Deserialize)]
struct Listed {
    items: Vec<Gate>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Gate {
    location: String,
    class: Class,
    channel: String,
    gate: String,
    reason: String,
    lines: i64,
    within: i64,
    lower_bp: i64,
    upper_bp: i64,
    changed_at: i64,
    overridden: Option<Overridden>,
}

#[derive(Deserialize)]
struct Class {
    category: String,
    velocity: String,
}

#[derive(Deserialize)]
struct Overridden {
    until: i64,
    by: String,
    reason: String,
}

impl Gate {
    /// Hundredths of lines that were right; `None`: nothing was counted.
    fn percent(&self) -> Option<i64> {
        (self.lines > 0).then(|| self.within * 100 / self.lines)
    }

    /// Between which the accuracy surely lies.
    fn lower(&self) -> i64 {
        self.lower_bp / 100
    }

    fn upper(&self) -> i64 {
        (self.upper_bp + 99) / 100
    }

    /// `39 of 40 right`.
    fn of(&self, f: &Frame) -> String {
        let (within, lines) = (f.number(&self.within), f.number(&self.lines));
        f.words.a("accuracy-of", &[("within", &within), ("lines", &lines)])
    }

    fn query(&self) -> String {
        let Gate { location, class, channel, .. } = self;
        let [location, category, velocity, channel] =
            [location, &class.category, &class.velocity, channel].map(|text| part(text));
        format!("location={location}&category={category}&velocity={velocity}&channel={channel}")
    }
}

#[derive(Template)]
#[template(path = "inventory/accuracy.html")]
struct AccuracyPage {
    f: Frame,
    asked: Asked,
    places: Vec<Place>,
    names: Vec<String>,
    gates: Vec<Gate>,
    next: Option<String>,
    is_first: bool,
    /// The last day that an override may have.
    last_day: String,
    open: i64,
    closed: i64,
    unproven: i64,
    overridden: i64,
}

impl AccuracyPage {
    fn name(&self, index: &usize) -> &str {
        self.names.get(*index).map_or("", String::as_str)
    }
}

/// Days for which somebody may say otherwise.
const LONGEST_OVERRIDE_DAYS: i64 = 89;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

pub(super) async fn show(visit: Visit) -> Answered {
    let places = places(&visit);
    let mut asked = Asked::of(&visit, &["location"]);
    asked.set("location", &asked_place(&visit, &places));
    let cursor = visit.asked("cursor");
    let mut path = format!("/v1/gates?{}limit=250", asked.query());
    if !cursor.is_empty() {
        path.push_str(&format!("&cursor={}", part(&cursor)));
    }
    let listed: Listed = visit.api.get(&path).await?;
    let mut gates = listed.items;
    let f = visit.frame(visit.t("accuracy-title"), "inventory");
    let said = gates.iter().filter_map(|gate| gate.overridden.as_ref());
    let names = ledger::names(&visit, said.map(|said| &*said.by)).await;
    for said in gates.iter_mut().filter_map(|gate| gate.overridden.as_mut()) {
        said.by = ledger::who(&f, &names, &said.by);
    }
    let last = f.clock.wall.day(model::Timestamp(visit.now_ms + LONGEST_OVERRIDE_DAYS * DAY_MS));
    let many = |is: fn(&Gate) -> bool| gates.iter().filter(|gate| is(gate)).count() as i64;
    page(&AccuracyPage {
        f,
        next: listed.next.map(|next| format!("/inventory/accuracy?{}cursor={next}", asked.query())),
        asked,
        places,
        names: gates.iter().map(|gate| place_name(&visit, &gate.location)).collect(),
        is_first: cursor.is_empty(),
        last_day: last.to_string(),
        open: many(|gate| gate.gate == "open" && gate.reason != "too_few_lines"),
        closed: many(|gate| gate.gate == "closed"),
        unproven: many(|gate| gate.reason == "too_few_lines"),
        overridden: many(|gate| gate.overridden.is_some()),
        gates,
    })
}

#[derive(Deserialize)]
struct Counted {
    items: Vec<CountedLine>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct CountedLine {
    at: i64,
    sku: String,
    expected: i64,
    counted: i64,
    is_within: bool,
    document: String,
}

#[derive(Template)]
#[template(path = "inventory/evidence.html")]
struct EvidencePage {
    f: Frame,
    place: String,
    category: String,
    velocity: String,
    channel: String,
    titles: Vec<String>,
    lines: Vec<CountedLine>,
    next: Option<String>,
    is_first: bool,
}

impl EvidencePage {
    fn title(&self, index: &usize) -> &str {
        self.titles.get(*index).map_or("", String::as_str)
    }
}

/// The counted lines behind a gate.
pub(super) async fn show_lines(visit: Visit) -> Answered {
    let asked = Asked::of(&visit, &["location", "category", "velocity", "channel"]);
    let cursor = visit.asked("cursor");
    let mut path = format!("/v1/gates/evidence?{}limit=100", asked.query());
    if !cursor.is_empty() {
        path.push_str(&format!("&cursor={}", part(&cursor)));
    }
    let counted: Counted = visit.api.get(&path).await?;
    page(&EvidencePage {
        f: visit.frame(visit.t("evidence-title"), "inventory"),
        place: place_name(&visit, asked.is("location")),
        category: asked.is("category").to_owned(),
        velocity: asked.is("velocity").to_owned(),
        channel: asked.is("channel").to_owned(),
        titles: counted.items.iter().map(|line| title(&visit, &line.sku)).collect(),
        lines: counted.items,
        next: counted.next.map(|next| format!("/inventory/accuracy/lines?{}cursor={next}", asked.query())),
        is_first: cursor.is_empty(),
    })
}

/// Says that a gate is otherwise than judged, to the end of a day.
pub(super) async fn say_otherwise(visit: Visit, form: Form) -> Answered {
    let day = Day::from_iso(form.text("until"))
        .ok_or_else(|| Problem::invalid("/until", visit.t("inventory-no-day")))?;
    let body = json!({
        "location": form.text("location"),
        "class": { "category": form.text("category"), "velocity": form.text("velocity") },
        "channel": form.text("channel"),
        "gate": form.text("gate"),
        "until": visit.shop.network.settings.clock.instant(day, 24 * 60 - 1).0,
        "reason": form.text("reason"),
    });
    visit.api.post("/v1/gates/override", &body).await?;
    go(visit.sent_by, "/inventory/accuracy?done=gate-overridden")
}

pub(super) async fn end(visit: Visit, form: Form) -> Answered {
    let [location, category, velocity, channel] =
        ["location", "category", "velocity", "channel"].map(|name| part(form.text(name)));
    let path = format!(
        "/v1/gates/override?location={location}&category={category}&velocity={velocity}&channel={channel}"
    );
    visit.api.ask(Question { method: Method::DELETE, ..Question::get(&path) }).await?;
    go(visit.sent_by, "/inventory/accuracy?done=gate-as-judged")
}

#[cfg(test)]
mod tests {
    use super::{Class, Gate};

    #[test]
    fn a_gate_says_its_accuracy_and_between_what_it_lies() {
        let class = Class { category: "Mugs & cups".into(), velocity: "A".into() };
        let gate = |lines, within| Gate {
            location: "mall".into(),
            class: Class { category: class.category.clone(), velocity: class.velocity.clone() },
            channel: String::new(),
            gate: "open".into(),
            reason: "accurate".into(),
            lines,
            within,
            lower_bp: 9_012,
            upper_bp: 9_901,
            changed_at: 0,
            overridden: None,
        };
        assert_eq!((gate(40, 39).percent(), gate(0, 0).percent()), (Some(97), None));
        assert_eq!((gate(40, 39).lower(), gate(40, 39).upper()), (90, 100));
        assert_eq!(gate(1, 1).query(), "location=mall&category=Mugs%20%26%20cups&velocity=A&channel=");
    }
}
