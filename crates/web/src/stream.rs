//! What happens, as it happens: server-sent events.
//!
//! Each event has its place as id; a browser that comes back says the last one in `Last-Event-ID`, and hears what it
//! missed first. A comment each 15 seconds keeps proxies from hanging up.
//!
//! Owns: how many may listen, and when each is sent home: after some minutes, so that a token that was revoked hears no
//! more, and at once when the server stops, which would wait for it otherwise. Who comes back misses nothing.

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
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, sleep_until};
use utoipa::IntoParams;
use utoipa_axum::routes;

const BREATH: Duration = Duration::from_secs(15);
/// Who may listen at the same time: each keeps one of the connections.
const MOST_LISTENERS: usize = 64;
/// How long one answer goes on.
const LASTS: Duration = Duration::from_secs(5 * 60);
/// When to try again, where too many listen.
const RETRY_AFTER_S: i64 = 15;

/// The places of those who listen, and the bell that sends all home.
pub(crate) struct Listeners {
    places: Arc<Semaphore>,
    is_over: watch::Sender<bool>,
}

impl Default for Listeners {
    fn default() -> Listeners {
        Listeners { places: Arc::new(Semaphore::new(MOST_LISTENERS)), is_over: watch::Sender::new(false) }
    }
}

impl Listeners {
    /// Ends every stream, and each that begins later.
    pub(crate) fn send_home(&self) {
        self.is_over.send_replace(true);
    }

    /// # Errors
    /// As many listen as may.
    fn seat(&self, lasts: Duration) -> Result<Seat, Problem> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| {
            let detail = "as many listen as this server takes; try again in a moment, or read /v1/events";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too_many_listeners", detail)
                .retry_after(RETRY_AFTER_S)
        })?;
        Ok(Seat { _place: place, is_over: self.is_over.subscribe(), until: Instant::now() + lasts })
    }
}

/// The place of one who listens; free again with this value.
struct Seat {
    _place: OwnedSemaphorePermit,
    is_over: watch::Receiver<bool>,
    until: Instant,
}

impl Seat {
    /// What the other finds; `None`: it is time to go.
    async fn meanwhile<T>(&mut self, other: impl Future<Output = Option<T>>) -> Option<T> {
        tokio::select! {
            biased;
            // An error: there is no server any more.
            _ = self.is_over.wait_for(|is_over| *is_over) => None,
            () = sleep_until(self.until) => None,
            found = other => found,
        }
    }
}

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

/// Tells what happens as it happens, as server-sent events.
///
/// It ends after some minutes, and when the server stops; whoever comes back with `Last-Event-ID` is told first what was
/// missed. Beyond 64 who listen, 503 says when to try again.
#[utoipa::path(get, path = "/v1/events/stream",
    params(Wanted, ("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was heard.")),
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
    let seat = app.listeners.seat(LASTS)?;
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let listener = match last {
        Some(place) => live.subscribe_after(place),
        None => live.subscribe(),
    };
    let kind = wanted.kind.unwrap_or_default();
    let events = unfold((listener, kind, seat), |(mut listener, kind, mut seat)| async move {
        let event = seat.meanwhile(next(&mut listener, &kind)).await?;
        Some((Ok::<_, Infallible>(event), (listener, kind, seat)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(BREATH)).into_response())
}

/// The next event of the kinds wanted; `None`: nobody tells any more, or the books cannot be read.
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

#[cfg(test)]
mod tests {
    use super::{Listeners, MOST_LISTENERS};
    use std::future::{pending, ready};
    use std::time::Duration;

    const HOUR: Duration = Duration::from_secs(3_600);

    #[tokio::test]
    async fn a_listener_goes_when_the_time_is_over_or_the_server_stops_and_hears_events_until_then() {
        let listeners = Listeners::default();
        let mut seat = listeners.seat(HOUR).unwrap();
        assert_eq!(seat.meanwhile(ready(Some("event"))).await, Some("event"));
        let mut short = listeners.seat(Duration::ZERO).unwrap();
        assert_eq!(short.meanwhile(pending::<Option<()>>()).await, None);
        listeners.send_home();
        assert_eq!(seat.meanwhile(pending::<Option<()>>()).await, None);
        assert_eq!(listeners.seat(HOUR).unwrap().meanwhile(ready(Some("late"))).await, None);
    }

    #[tokio::test]
    async fn who_comes_when_all_places_are_taken_is_told_when_to_try_again() {
        let listeners = Listeners::default();
        let mut seats: Vec<_> = (0..MOST_LISTENERS).map(|_| listeners.seat(HOUR).unwrap()).collect();
        let refused = listeners.seat(HOUR).map(drop).unwrap_err();
        assert_eq!((refused.status.as_u16(), refused.code), (503, "too_many_listeners"));
        assert!(refused.retry_after_s.is_some());
        drop(seats.pop());
        assert!(listeners.seat(HOUR).is_ok());
    }
}
