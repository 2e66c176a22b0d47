//! The log: everything that happened, and who did it.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::page::{Listed, Page};
use crate::policy::{MANAGERS, Policy};
use crate::routes::Routes;
use axum::extract::State;
use flow::Refused;
use flow::people::Scope;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("events").add(Policy::of(MANAGERS, Scope::EventsRead), routes!(list_events))
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
struct Event {
    number: i64,
    at: i64,
    /// `usr_…`, `tok_…`, or `baton` for what the program does by itself.
    actor: String,
    /// `api`, `page`, `file`, `job` or `command`.
    via: String,
    #[schema(example = "user.added")]
    kind: String,
    /// The id of what it happened to.
    subject: String,
    order_id: Option<String>,
    /// What changed, from what to what, and why.
    facts: serde_json::Value,
}

impl From<store::events::Event> for Event {
    fn from(event: store::events::Event) -> Event {
        Event {
            number: event.number,
            at: event.at_ms,
            actor: event.actor,
            via: event.via,
            kind: event.kind,
            subject: event.subject,
            order_id: event.order_id,
            facts: serde_json::from_str(&event.facts).unwrap_or_default(),
        }
    }
}

/// Lists what happened, newest first.
#[utoipa::path(get, path = "/v1/events", params(Page), responses((status = 200, body = Listed<Event>)))]
async fn list_events(State(app): State<App>, caller: Caller, page: Page) -> Answer<Listed<Event>> {
    caller.must_reach_all()?;
    let before = page.after()?.unwrap_or(i64::MAX);
    let more = page.more();
    let rows = app.db.read::<_, Refused>(move |tx| {
        Box::pin(async move { Ok(store::events::newest(tx, before, more).await?) })
    });
    Ok(page.list(rows.await?, |event| event.number))
}
