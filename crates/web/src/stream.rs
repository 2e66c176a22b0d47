//! What happens, as it happens: server-sent events.
//!
//! Each event has its place as id; a browser that comes back says the last one in `Last-Event-ID`, and hears what it
//! missed first. A comment each 15 seconds keeps proxies from hanging up.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::events::Event as Told;
use crate::json::Query;
use crate::policy::{MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use flow::live::Listener;
use flow::people::Scope;
use futures_util::stream::unfold;
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use utoipa::IntoParams;
use utoipa_axum::routes;

const BREATH: Duration = Duration::from_secs(15);

pub(crate) fn routes() -> Routes {
    Routes::tagged("events").add(Policy::of(MANAGERS, Scope::EventsRead), routes!(stream_events))
}

/// What is listened to.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// What kinds begin with: `order.`; left out: everything.
    kind: Option<String>,
}

/// Tells what happens as it happens, as server-sent events. After a break, `Last-Event-ID` has what was missed told first.
#[utoipa::path(get, path = "/v1/events/stream", params(Wanted),
    responses((status = 200, body = String, content_type = "text/event-stream")))]
async fn stream_events(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Answer<Response> {
    caller.must_reach_all()?;
    let Some(live) = &app.live else {
        let detail = "this server does not tell events live; read /v1/events instead";
        return Err(Problem::new(StatusCode::NOT_FOUND, "not_live", detail));
    };
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let listener = match last {
        Some(place) => live.subscribe_after(place),
        None => live.subscribe(),
    };
    let kind = wanted.kind.unwrap_or_default();
    let events = unfold((listener, kind), |(mut listener, kind)| async move {
        let event = next(&mut listener, &kind).await?;
        Some((Ok::<_, Infallible>(event), (listener, kind)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(BREATH)).into_response())
}

/// The next event of the kinds wanted; `None`: the server stops, or the books cannot be read.
async fn next(listener: &mut Listener, kind: &str) -> Option<Event> {
    loop {
        let event = listener.next().await.ok()??;
        if event.kind.starts_with(kind) {
            let place = event.place.unwrap_or_default().to_string();
            let data = serde_json::to_string(&Told::from((*event).clone())).ok()?;
            return Some(Event::default().id(place).event("event").data(data));
        }
    }
}
