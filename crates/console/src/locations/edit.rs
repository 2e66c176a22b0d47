//! The form of a location: every cell, explained; only what differs is sent.

use super::cells::{Cell, Cells, GROUPS, Input, changed, shown};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::Method;
use serde::Deserialize;
use serde_json::json;
use web::{Problem, Question};

#[derive(Deserialize)]
struct Place {
    cells: Cells,
}

#[derive(Template)]
#[template(path = "locations/edit.html")]
struct EditPage {
    f: Frame,
    /// `None`: a new one.
    code: Option<String>,
    version: String,
    groups: Vec<Group>,
}

struct Group {
    name: &'static str,
    /// Something in it is set otherwise than by default.
    set: i64,
    is_open: bool,
    fields: Vec<Field>,
}

struct Field {
    column: &'static str,
    input: Input,
    value: String,
    options: Vec<(&'static str, bool)>,
}

impl Field {
    fn of(cells: &Cells, cell: Cell) -> Field {
        let value = shown(cells, cell);
        let options = match cell.1 {
            Input::OneOf(words) => words.iter().map(|word| (*word, *word == value)).collect(),
            Input::AnyOf(words) => {
                words.iter().map(|word| (*word, value.split(';').any(|one| one == *word))).collect()
            }
            _ => Vec::new(),
        };
        Field { column: cell.0, input: cell.1, value, options }
    }

    fn kind(&self) -> &'static str {
        match self.input {
            Input::Text => "text",
            Input::List => "list",
            Input::Number => "number",
            Input::Switch { .. } => "switch",
            Input::OneOf(_) => "one",
            Input::AnyOf(_) => "any",
        }
    }

    fn is_needed(&self) -> bool {
        self.column == "location_id"
    }
}

fn groups(cells: &Cells) -> Vec<Group> {
    let group = |(i, (name, all)): (usize, (&'static str, &'static [Cell]))| Group {
        name,
        set: all.iter().filter(|(column, _)| cells.contains_key(*column)).count() as i64,
        is_open: i < 4,
        fields: all.iter().map(|cell| Field::of(cells, *cell)).collect(),
    };
    GROUPS.into_iter().enumerate().map(group).collect()
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Answered {
    let reply = visit.api.ask(Question::get(&format!("/v1/locations/{}", part(&code)))).await?;
    let place: Place = reply.json()?;
    let name = place.cells.get("name").cloned().unwrap_or_else(|| code.clone());
    let f = visit.frame(visit.words.a("location-edit-title", &[("name", &name)]), "locations");
    let version = reply.etag().unwrap_or_default().to_owned();
    page(&EditPage { f, version, groups: groups(&place.cells), code: Some(code) })
}

pub(super) async fn show_new(visit: Visit) -> Answered {
    let f = visit.frame(visit.t("location-new-title"), "locations");
    page(&EditPage { f, version: String::new(), groups: groups(&Cells::new()), code: None })
}

/// # Errors
/// No lane is ticked: an empty cell would mean that it ships.
fn must_have_a_lane(visit: &Visit, cells: &Cells) -> Result<(), Problem> {
    match cells.get("lanes").is_some_and(String::is_empty) {
        true => Err(Problem::invalid("/cells/lanes", visit.t("location-no-lane"))),
        false => Ok(()),
    }
}

pub(super) async fn save(visit: Visit, Path(code): Path<String>, form: Form) -> Answered {
    let path = format!("/v1/locations/{}", part(&code));
    let place: Place = visit.api.get(&path).await?;
    let cells = changed(&place.cells, &form);
    must_have_a_lane(&visit, &cells)?;
    let now = cells.get("location_id").unwrap_or(&code).clone();
    let question = Question::with(Method::PATCH, &path, &json!({ "cells": cells }))?;
    visit.api.ask(question.if_match(form.given("version"))).await?;
    go(visit.sent_by, &format!("/locations/{}?done=location-saved", part(&now)))
}

pub(super) async fn add(visit: Visit, form: Form) -> Answered {
    let cells = changed(&Cells::new(), &form);
    must_have_a_lane(&visit, &cells)?;
    visit.api.post("/v1/locations", &json!({ "cells": cells })).await?;
    go(visit.sent_by, &format!("/locations/{}?done=location-added", part(form.text("location_id"))))
}
