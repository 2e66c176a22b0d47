//! What a stranger who helps may see of a shop: how much there is of what, and how it stands.
//!
//! Owns: what is left out. Invariant: no word gets in that anybody wrote, or that quotes one: names of tables, kinds of jobs
//! and events, keys of settings and states are the program's own; the rest is numbers. What is not known to be harmless
//! stays out.

use crate::answer::Answer;
use crate::app::{App, ProgramSetting};
use flow::Refused;
use flow::doctor::Look;
use flow::setup::{AllSettings, Setting};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use store::events::{self, Search};
use store::jobs::Count;
use store::timers::{self, Timer};
use store::{DbError, durability, tables};

/// Choices of the program whose value is one of a few words of its own.
const WORDS_OF_OUR_OWN: [&str; 2] = ["log", "https"];
/// Events of the last day that are counted.
const MOST_EVENTS: i64 = 20_000;
const DAY_MS: i64 = 86_400_000;

pub(super) async fn file(app: &App) -> Answer<Value> {
    let (now_ms, looks) = (app.now_ms(), super::looks(app).await?);
    let read = app.db.read::<_, DbError>(move |tx| {
        Box::pin(async move {
            let lately = Search { from_ms: now_ms - DAY_MS, to_ms: i64::MAX, ..everything() };
            let (events, _) = events::search(tx, &lately, (i64::MAX, MOST_EVENTS)).await?;
            Ok((tables::counts(tx).await?, timers::list(tx).await?, kinds(&events)))
        })
    });
    let (rows, timers, events) = read.await.map_err(Refused::from)?;
    let settings = app.db.read::<_, Refused>(|tx| Box::pin(AllSettings::read(tx))).await?;
    let bytes = durability::bytes(&app.db).await.map_err(Refused::from)?;
    Ok(json!({
        "what": "A support file of Baton. It has no names, addresses, secrets or contents of orders.",
        "made_at": now_ms,
        "version": env!("CARGO_PKG_VERSION"),
        "started_at": app.started_ms,
        "schema": store::migrations::latest(),
        "database": { "kind": super::dialect(app), "bytes": bytes },
        "looks": looks.iter().map(look).collect::<Vec<Value>>(),
        "program": app.settings.program.iter().map(choice).collect::<Vec<Value>>(),
        "settings": settings.settings.iter().map(setting).collect::<Vec<Value>>(),
        "rows": rows.into_iter().map(|(table, rows)| (table, rows.into())).collect::<Map<String, Value>>(),
        "jobs": super::queues(app).await?.iter().map(queue).collect::<Vec<Value>>(),
        "periodic_tasks": timers.iter().map(task).collect::<Vec<Value>>(),
        "events_of_a_day": events,
        "answers_by_class": app.metrics.by_class(),
    }))
}

fn everything() -> Search {
    let any = String::new;
    Search { kind: any(), actor: any(), subject: any(), from_ms: 0, to_ms: 0 }
}

fn kinds(events: &[events::Event]) -> BTreeMap<String, i64> {
    let mut kinds = BTreeMap::new();
    for event in events {
        *kinds.entry(event.kind.clone()).or_default() += 1;
    }
    kinds
}

/// What quotes nobody is told as it was seen; of the rest only how it stands.
fn look(look: &Look) -> Value {
    let seen = look.is_impersonal.then_some(&look.seen);
    json!({ "of": look.of, "state": look.state.code(), "seen": seen })
}

fn choice(choice: &ProgramSetting) -> Value {
    let is_told = WORDS_OF_OUR_OWN.contains(&choice.name) || is_harmless(&choice.value);
    json!({
        "name": choice.name, "source": choice.source, "is_default": choice.value == choice.default,
        "value": is_told.then_some(&choice.value),
    })
}

fn setting(setting: &Setting) -> Value {
    let described = &setting.described;
    let value = described.value.as_ref().filter(|value| is_harmless(value));
    json!({ "key": described.key, "is_changed": described.is_changed, "value": value })
}

/// A short number, or yes and no: a long one may be somebody's telephone.
fn is_harmless(value: &str) -> bool {
    let is_number = value.len() <= 6 && value.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    matches!(value, "true" | "false") || (is_number && value.chars().any(|letter| letter.is_ascii_digit()))
}

fn queue(count: &Count) -> Value {
    json!({ "kind": count.kind, "state": count.state.code(), "jobs": count.jobs })
}

fn task(timer: &Timer) -> Value {
    json!({
        "name": timer.name, "every_ms": timer.every_ms, "next_at": timer.next_at_ms,
        "last_done_at": timer.last_done_at_ms, "has_failed": timer.last_error.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn only_short_numbers_and_yes_and_no_are_told() {
        for told in ["true", "600", "0.85", "14"] {
            assert!(is_harmless(told), "{told}");
        }
        for left_out in
            ["", ".", "\"Lamp & Loom\"", "postgres://ana:hush@h/x", "5035550142", "10.0.0.17:8080"]
        {
            assert!(!is_harmless(left_out), "{left_out}");
        }
    }
}
