//! What happened, in sentences: to an order, or to anything else that tells events.

use crate::frame::Frame;
use crate::visit::Visit;
use fluent_bundle::{FluentArgs, FluentValue};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use web::Problem;

#[derive(Deserialize)]
struct Listed {
    items: Vec<Event>,
}

/// Something that the API tells of.
#[derive(Deserialize)]
pub(crate) struct Event {
    pub(crate) at: i64,
    pub(crate) actor: String,
    #[serde(default)]
    pub(crate) via: String,
    pub(crate) kind: String,
    pub(crate) facts: Value,
}

/// One line of the timeline.
pub(crate) struct Happened {
    pub(crate) at: i64,
    pub(crate) icon: &'static str,
    pub(crate) sentence: String,
    pub(crate) who: String,
    /// Why, where somebody said it.
    pub(crate) note: String,
}

/// People by their ids, for those who may see them.
#[derive(Deserialize)]
struct People {
    items: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    name: String,
}

/// The newest last; as many as a page of the API has.
pub(super) async fn of_order(visit: &Visit, f: &Frame, id: &str) -> Result<Vec<Happened>, Problem> {
    let listed: Listed = visit.api.get(&format!("/v1/orders/{id}/timeline?limit=250")).await?;
    Ok(told(visit, f, listed.items).await)
}

/// Events as lines, in their order.
pub(crate) async fn told(visit: &Visit, f: &Frame, events: Vec<Event>) -> Vec<Happened> {
    let names = names(visit, &events).await;
    events.into_iter().map(|event| happened((visit, f), event, &names)).collect()
}

/// Empty for those who may not see who works here.
async fn names(visit: &Visit, events: &[Event]) -> BTreeMap<String, String> {
    if !events.iter().any(|event| event.actor.starts_with("usr_")) {
        return BTreeMap::new();
    }
    let people = visit.api.get::<People>("/v1/users?limit=250").await;
    people.map_or_else(
        |_| BTreeMap::new(),
        |people| people.items.into_iter().map(|one| (one.id, one.name)).collect(),
    )
}

fn happened((visit, f): (&Visit, &Frame), event: Event, names: &BTreeMap<String, String>) -> Happened {
    let facts = event.facts.as_object().cloned().unwrap_or_default();
    let id = message(&event.kind, &facts);
    let sentence = match f.words.maybe(&id) {
        Some(_) => f.words.say(&id, &said((visit, f), &event.kind, &facts)),
        None => event.kind.replace(['.', '_'], " "),
    };
    let who = who(f, &event.actor, names);
    let text = |name: &str| facts.get(name).and_then(Value::as_str).unwrap_or_default();
    let reason = match event.kind.as_str() {
        "shopper.erased" => f.named("shopper-reason", text("reason")),
        _ => text("reason").replace('_', " "),
    };
    Happened {
        at: event.at,
        icon: icon(&event.kind),
        sentence,
        who: if event.via == "api" && !event.actor.starts_with("tok_") {
            format!("{who} (API)")
        } else {
            who
        },
        note: [reason, text("text").to_owned(), text("resolution").to_owned()]
            .into_iter()
            .find(|said| !said.is_empty())
            .unwrap_or_default(),
    }
}

/// A decision that found no place has a sentence of its own.
fn message(kind: &str, facts: &Map<String, Value>) -> String {
    let is_nowhere = kind == "order.decided"
        && facts.get("locations").and_then(Value::as_array).is_some_and(Vec::is_empty);
    let end = if is_nowhere { "-nowhere" } else { "" };
    format!("event-{}{end}", kind.replace(['.', '_'], "-"))
}

fn who(f: &Frame, actor: &str, names: &BTreeMap<String, String>) -> String {
    names.get(actor).cloned().unwrap_or_else(|| match actor {
        actor if actor.starts_with("usr_") => f.t("somebody"),
        actor if actor.starts_with("tok_") => f.t("a-program"),
        "baton" => "Baton".to_owned(),
        other => other.to_owned(),
    })
}

/// Facts as a message takes them.
fn said((visit, f): (&Visit, &Frame), kind: &str, facts: &Map<String, Value>) -> FluentArgs<'static> {
    let is_exception = kind.starts_with("exception.");
    let mut said = FluentArgs::new();
    for (name, value) in facts {
        match (name.as_str(), value) {
            ("cost", Value::String(text)) => said.set("cost", f.money.decimal(text)),
            ("from" | "to" | "owner", Value::String(code)) if is_exception => {
                said.set(name.clone(), f.named("owner", code));
            }
            ("until", Value::Number(at)) if is_exception => {
                said.set("until", f.clock.short(at.as_i64().unwrap_or(0)));
            }
            ("kind", Value::String(code)) if is_exception => said.set("kind", f.named("exception", code)),
            (_, Value::Number(number)) => {
                said.set(name.clone(), FluentValue::from(number.as_i64().unwrap_or(0)));
            }
            (_, Value::String(text)) => said.set(name.clone(), text.clone()),
            ("locations", Value::Array(list)) => {
                let names = list.iter().filter_map(Value::as_str).map(|code| visit.place_name(code));
                said.set("locations", names.collect::<Vec<_>>().join(" + "));
            }
            (_, Value::Array(list)) => {
                let texts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                said.set(name.clone(), texts.join(f.locale().comma));
            }
            _ => {}
        }
    }
    said
}

fn icon(kind: &str) -> &'static str {
    match kind {
        "order.taken" => "receipt",
        "order.decided" | "order.routed_by_hand" => "route",
        "order.held" | "fulfillment.held" => "player-pause",
        "order.cancelled" | "order.units_cancelled" | "fulfillment.rejected" | "fulfillment.cancelled" => {
            "circle-x"
        }
        "fulfillment.shipped" | "fulfillment.collected" | "fulfillment.delivered" => "truck-delivery",
        "fulfillment.packed" => "package",
        "shopper.erased" => "user-off",
        "shopper.exported" => "download",
        kind if kind.starts_with("exception.") => "alert-triangle",
        _ => "circle-dashed",
    }
}
