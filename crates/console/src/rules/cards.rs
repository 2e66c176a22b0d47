//! The rules as a team learns them: the way of an order, a checklist, and a card for each role.
//!
//! Owns: which part of the rules, places and playbooks each role is shown. Refuses to know: anything else; every line here
//! is from the shop.

use super::versions::{RuleSet, version};
use crate::answer::{Answered, page};
use crate::exceptions;
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use axum::extract::Path;
use model::{Lane, Location};
use serde::Deserialize;

#[derive(Deserialize)]
struct Taught {
    lessons: Vec<Lesson>,
}

/// A sentence as it is taught.
#[derive(Clone, Deserialize)]
struct Lesson {
    is_hard: bool,
    sentence: String,
    asks: Vec<String>,
    does: String,
    practice: String,
    is_stop: bool,
}

/// A kind of exception, and what is done about it.
#[derive(Clone, Deserialize)]
struct Kind {
    kind: String,
    owner: String,
    minutes: i64,
    #[serde(default)]
    steps: Vec<String>,
}

impl Kind {
    fn steps_in_words(&self, f: &Frame) -> Vec<String> {
        exceptions::steps_in_words(f, &self.kind, &self.steps)
    }
}

/// A place, what it does, and until when for the same day.
struct PlaceShown {
    name: String,
    kind: &'static str,
    lanes: Vec<String>,
    cutoffs: Vec<String>,
}

#[derive(Template)]
#[template(path = "rules/cards.html")]
struct CardsPage {
    f: Frame,
    set: RuleSet,
    lessons: Vec<Lesson>,
    places: Vec<PlaceShown>,
    kinds: Vec<Kind>,
}

impl CardsPage {
    fn within(&self, minutes: &i64) -> String {
        exceptions::length(&self.f, *minutes)
    }

    fn hard(&self) -> impl Iterator<Item = &Lesson> {
        self.lessons.iter().filter(|lesson| lesson.is_hard)
    }

    fn soft(&self) -> impl Iterator<Item = &Lesson> {
        self.lessons.iter().filter(|lesson| !lesson.is_hard)
    }

    /// What a sentence means in practice. The engine says it in English: elsewhere the sentence says enough.
    fn practice<'a>(&self, lesson: &'a Lesson) -> &'a str {
        if self.f.words.has_own() { "" } else { &lesson.practice }
    }

    /// Sentences that make an order wait for a person.
    fn stops(&self) -> Vec<&Lesson> {
        self.lessons.iter().filter(|lesson| lesson.is_stop).collect()
    }

    fn has(&self, is_hard: &bool) -> bool {
        self.lessons.iter().any(|lesson| lesson.is_hard == *is_hard)
    }

    /// What lands with a role.
    fn of(&self, owners: &[&str]) -> Vec<&Kind> {
        self.kinds.iter().filter(|kind| owners.contains(&kind.owner.as_str())).collect()
    }
}

pub(super) async fn show(visit: Visit, Path(number): Path<i64>) -> Answered {
    let set = version(&visit, number).await?;
    let taught: Taught = visit.api.get(&format!("/v1/rule-sets/{number}/lessons")).await?;
    let kinds: Vec<Kind> = visit.api.get("/v1/exception-kinds").await?;
    let f = visit.frame(visit.t("rules-cards-title"), "rules");
    let places = visit.shop.network.locations.iter().filter(|place| !place.is_paused);
    page(&CardsPage {
        places: places.map(|place| shown(&f, place)).collect(),
        set,
        lessons: taught.lessons,
        kinds,
        f,
    })
}

fn shown(f: &Frame, place: &Location) -> PlaceShown {
    let lanes = Lane::ALL.into_iter().filter(|lane| place.lanes.has(*lane));
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    PlaceShown {
        name: place.name.clone(),
        kind: place.kind.code(),
        lanes: lanes.map(|lane| f.named("lane", lane.code())).collect(),
        cutoffs: place.hours.windows.iter().map(|window| time(window.cutoff_minute)).collect(),
    }
}
