//! Who changed a playbook, when, from what to what.

use super::playbooks::{Playbook, length};
use crate::frame::Frame;
use crate::orders::timeline::{self, Event};
use crate::visit::Visit;
use serde::Deserialize;

/// One change.
pub(super) struct Change {
    pub(super) at: i64,
    pub(super) who: String,
    pub(super) parts: Vec<Part>,
}

/// One thing that is different since then; several lines where it is a list.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// `owner`, `minutes`, `escalation` or `steps`.
    pub(super) name: &'static str,
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

#[derive(Deserialize)]
struct Listed {
    items: Vec<Event>,
}

/// The newest first; as many as a page of the API has. None where they are not at hand: the page is whole without them.
pub(super) async fn events(visit: &Visit, path: &str) -> Vec<Event> {
    let listed = visit.api.get::<Listed>(&format!("{path}/history?limit=250")).await;
    let mut events = listed.map(|listed| listed.items).unwrap_or_default();
    events.reverse();
    events
}

/// As it was before the last change.
pub(super) fn before(events: &[Event]) -> Option<Playbook> {
    events.first().and_then(|event| told_as(event, "before"))
}

fn told_as(event: &Event, name: &str) -> Option<Playbook> {
    event.facts.get(name).and_then(|told| Playbook::deserialize(told).ok())
}

/// Changes with who made them.
pub(super) async fn told(visit: &Visit, f: &Frame, events: Vec<Event>) -> Vec<Change> {
    let parts: Vec<Vec<Part>> = events.iter().map(|event| parts(f, event)).collect();
    let lines = timeline::told(visit, f, events).await;
    let change =
        |(line, parts): (timeline::Happened, Vec<Part>)| Change { at: line.at, who: line.who, parts };
    lines.into_iter().zip(parts).map(change).collect()
}

/// What is different after a change; empty where it cannot be told.
fn parts(f: &Frame, event: &Event) -> Vec<Part> {
    let (Some(before), Some(after)) = (told_as(event, "before"), told_as(event, "after")) else {
        return Vec::new();
    };
    let owners = |owners: &[String]| owners.iter().map(|owner| f.named("owner", owner)).collect::<Vec<_>>();
    let of = |name, told: fn(&Playbook) -> Vec<String>| (name, told(&before), told(&after));
    let all = [
        of("owner", |playbook| vec![playbook.owner.clone()]),
        of("minutes", |playbook| vec![playbook.minutes.to_string()]),
        of("escalation", |playbook| playbook.escalation.clone()),
        of("steps", |playbook| playbook.steps.clone()),
    ];
    let words = |name: &str, told: Vec<String>| match name {
        "owner" | "escalation" => owners(&told),
        "minutes" => told.iter().map(|minutes| length(f, minutes.parse().unwrap_or(0))).collect(),
        _ => told,
    };
    let changed = all.into_iter().filter(|(_, before, after)| before != after);
    changed
        .map(|(name, before, after)| Part { name, before: words(name, before), after: words(name, after) })
        .collect()
}
