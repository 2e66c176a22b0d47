//! Counts: the list, and a new one.

use super::asked::Asked;
use super::{Place, asked_place, categories, lines, may_work, place_name, places};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

const STATES: [&str; 4] = ["open", "review", "posted", "cancelled"];
const KINDS: [&str; 3] = ["cycle", "spot", "full"];
const VELOCITIES: [&str; 3] = ["A", "B", "C"];

#[derive(Deserialize)]
struct Listed {
    items: Vec<Row>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    location: String,
    kind: String,
    state: String,
    reason: String,
    at: i64,
    progress: Progress,
}

#[derive(Deserialize, Clone, Copy)]
pub(super) struct Progress {
    pub(super) lines: i64,
    pub(super) counted: i64,
}

impl Progress {
    /// `3 of 40`.
    pub(super) fn told(&self, f: &Frame) -> String {
        let (counted, lines) = (f.number(&self.counted), f.number(&self.lines));
        f.words.a("count-so-far", &[("counted", &counted), ("lines", &lines)])
    }
}

#[derive(Template)]
#[template(path = "inventory/counts.html")]
struct CountsPage {
    f: Frame,
    asked: Asked,
    places: Vec<Place>,
    names: Vec<String>,
    rows: Vec<Row>,
    next: Option<String>,
    is_first: bool,
    may_work: bool,
}

impl CountsPage {
    fn name(&self, index: &usize) -> &str {
        self.names.get(*index).map_or("", String::as_str)
    }
}

#[derive(Template)]
#[template(path = "inventory/new_count.html")]
struct NewCountPage {
    f: Frame,
    places: Vec<Place>,
    location: String,
    categories: Vec<String>,
    skus: String,
    people: Vec<Person>,
}

#[derive(Deserialize)]
struct People {
    items: Vec<Person>,
}

#[derive(Deserialize)]
pub(super) struct Person {
    pub(super) name: String,
}

/// Whom lines can be given to, for those who may see who works here.
pub(super) async fn people(visit: &Visit) -> Vec<Person> {
    if !visit.may_manage() {
        return Vec::new();
    }
    visit.api.get::<People>("/v1/users?limit=250").await.map(|people| people.items).unwrap_or_default()
}

pub(super) async fn show(visit: Visit) -> Answered {
    let places = places(&visit);
    let mut asked = Asked::of(&visit, &["state", "location"]);
    asked.set("location", &asked_place(&visit, &places));
    if asked.is("state").is_empty() {
        asked.set("state", "open");
    }
    let cursor = visit.asked("cursor");
    let mut path = format!("/v1/counts?{}limit=50", asked.query());
    if !cursor.is_empty() {
        path.push_str(&format!("&cursor={}", part(&cursor)));
    }
    let listed: Listed = visit.api.get(&path).await?;
    page(&CountsPage {
        f: visit.frame(visit.t("counts-title"), "inventory"),
        next: listed.next.map(|next| format!("/inventory/counts?{}cursor={next}", asked.query())),
        asked,
        places,
        names: listed.items.iter().map(|row| place_name(&visit, &row.location)).collect(),
        rows: listed.items,
        is_first: cursor.is_empty(),
        may_work: may_work(&visit),
    })
}

pub(super) async fn new(visit: Visit) -> Answered {
    page(&NewCountPage {
        f: visit.frame(visit.t("counts-new"), "inventory"),
        places: places(&visit),
        location: visit.asked("location"),
        categories: categories(&visit),
        skus: visit.asked("sku"),
        people: people(&visit).await,
    })
}

#[derive(Deserialize)]
struct Opened {
    id: String,
}

pub(super) async fn open(visit: Visit, form: Form) -> Answered {
    let opened: Opened = visit.api.post("/v1/counts", &wanted(&form)?).await?.json()?;
    go(visit.sent_by, &format!("/inventory/counts/{}?done=count-opened", part(&opened.id)))
}

/// Named SKUs go before a class; a full count has neither.
fn wanted(form: &Form) -> Result<Value, web::Problem> {
    let kind = form.text("kind");
    let skus: Vec<String> = match kind {
        "full" => Vec::new(),
        _ => lines::read(form.raw("skus")).into_iter().map(|line| line.sku).collect(),
    };
    let class = (kind == "cycle" && skus.is_empty())
        .then(|| json!({ "category": form.text("category"), "velocity": form.text("velocity") }));
    let tolerance = if form.given("tolerance").is_none() { 0 } else { form.whole("tolerance")? };
    Ok(json!({
        "location": form.text("location"),
        "kind": kind,
        "view": form.text("view"),
        "tolerance": tolerance,
        "reason": form.text("reason"),
        "assignee": form.text("assignee"),
        "skus": skus,
        "class": class,
    }))
}

#[cfg(test)]
mod tests {
    use super::wanted;
    use crate::form::Form;
    use serde_json::Value;

    #[test]
    fn a_count_is_of_named_skus_or_of_a_class_or_of_everything() {
        let asked = |text: &str| wanted(&Form::read(text.as_bytes())).unwrap();
        let named = asked("kind=cycle&skus=MUG%0ATEE&category=Mugs");
        assert_eq!((&named["skus"][1], &named["class"]), (&Value::from("TEE"), &Value::Null));
        let class = asked("kind=cycle&skus=&category=Mugs&velocity=A");
        assert_eq!((&class["class"]["velocity"], class["skus"].as_array().unwrap().len()), (&"A".into(), 0));
        let full = asked("kind=full&skus=MUG&category=Mugs&tolerance=2");
        assert_eq!((&full["class"], &full["tolerance"]), (&Value::Null, &Value::from(2)));
        assert!(full["skus"].as_array().unwrap().is_empty());
    }
}
