//! The log: everything that happened, and who did it.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::page::{Listed, Page};
use crate::policy::{MANAGERS, Policy};
use crate::routes::Routes;
use axum::extract::State;
use flow::Refused;
use flow::people::Scope;
use serde::{Deserialize, Serialize};
use store::events::Search;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("events").add(Policy::of(MANAGERS, Scope::EventsRead), routes!(list_events))
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct Event {
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

/// What is looked for. What is left out narrows nothing.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// What the kind begins with: `user.`, `location.paused`.
    #[serde(default)]
    kind: String,
    /// Who did it: `usr_…`, `tok_…`, `baton`.
    #[serde(default)]
    actor: String,
    /// The id of what it happened to.
    #[serde(default)]
    subject: String,
    /// From this moment on.
    from: Option<i64>,
    /// Before this moment.
    to: Option<i64>,
}

impl From<Wanted> for Search {
    fn from(wanted: Wanted) -> Search {
        Search {
            kind: wanted.kind,
            actor: wanted.actor,
            subject: wanted.subject,
            from_ms: wanted.from.unwrap_or(0),
            to_ms: wanted.to.unwrap_or(i64::MAX),
        }
    }
}

/// Lists what happened, newest first.
///
/// A search looks at 50,000 events at a time: a page may have fewer than it could, and still a next one.
#[utoipa::path(get, path = "/v1/events", params(Wanted, Page), responses((status = 200, body = Listed<Event>)))]
async fn list_events(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<Event>> {
    caller.must_reach_all()?;
    let place = (page.after()?.unwrap_or(i64::MAX), page.more());
    let search = Search::from(wanted);
    let found = app.db.read::<_, Refused>(move |tx| {
        let search = search.clone();
        Box::pin(async move { Ok(store::events::search(tx, &search, place).await?) })
    });
    Ok(page.list_down_to(found.await?, |event| event.number))
}
