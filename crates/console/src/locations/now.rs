//! How a location stands at this moment: open or not, paused, how much waits, how full its day is.

use crate::frame::Frame;
use crate::visit::Visit;
use model::{Location, Timestamp};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The parcels of a place today.
#[derive(Deserialize)]
pub(super) struct Load {
    pub(super) location: String,
    pub(super) id: String,
    pub(super) parcels: i64,
    pub(super) most: Option<i64>,
    pub(super) dispatches: Vec<Dispatch>,
}

#[derive(Deserialize)]
pub(super) struct Dispatch {
    pub(super) cutoff: Option<String>,
    pub(super) parcels: i64,
    pub(super) most: Option<i64>,
}

/// How full something is, of 100; `None`: it has no limit.
pub(super) fn percent(parcels: i64, most: Option<i64>) -> Option<i64> {
    most.map(|most| if most <= 0 { 100 } else { (parcels * 100 / most).clamp(0, 100) })
}

impl Load {
    pub(super) fn percent(&self) -> Option<i64> {
        percent(self.parcels, self.most)
    }
}

impl Dispatch {
    pub(super) fn percent(&self) -> Option<i64> {
        percent(self.parcels, self.most)
    }
}

/// The loads within reach; none for those who are not told.
pub(super) async fn loads(visit: &Visit) -> Vec<Load> {
    visit.api.get("/v1/locations/loads").await.unwrap_or_default()
}

#[derive(Deserialize)]
struct Today {
    locations: Vec<AtPlace>,
    feeds: Vec<Feed>,
}

#[derive(Deserialize)]
struct AtPlace {
    code: String,
    work: Work,
}

#[derive(Deserialize)]
struct Counted {
    count: i64,
}

#[derive(Deserialize)]
struct Work {
    to_pick: Counted,
    to_pack: Counted,
    to_hand_over: Counted,
    waiting_for_pickup: Counted,
    late: Counted,
}

/// The last word of a feed about a place.
#[derive(Deserialize, Clone)]
pub(super) struct Feed {
    pub(super) location: String,
    pub(super) source: String,
    pub(super) as_of: i64,
    /// Older than the shop wants.
    pub(super) is_stale: Option<bool>,
}

/// What waits at a place, counted in fulfillment orders.
#[derive(Clone, Copy, Default)]
pub(super) struct Waiting {
    pub(super) all: i64,
    pub(super) to_pick: i64,
    pub(super) to_pack: i64,
    pub(super) for_pickup: i64,
    pub(super) late: i64,
}

/// What waits by code of the place, and the feeds that were heard.
pub(super) async fn work(visit: &Visit) -> (BTreeMap<String, Waiting>, Vec<Feed>) {
    let Ok(today) = visit.api.get::<Today>("/v1/today").await else { return Default::default() };
    let waiting = |work: &Work| Waiting {
        all: work.to_pick.count
            + work.to_pack.count
            + work.to_hand_over.count
            + work.waiting_for_pickup.count,
        to_pick: work.to_pick.count,
        to_pack: work.to_pack.count,
        for_pickup: work.waiting_for_pickup.count,
        late: work.late.count,
    };
    (today.locations.iter().map(|at| (at.code.clone(), waiting(&at.work))).collect(), today.feeds)
}

/// `open`, `closed` or `paused`, and the words for when that changes.
pub(super) struct Standing {
    pub(super) state: &'static str,
    pub(super) until: String,
}

impl Standing {
    pub(super) fn of(f: &Frame, place: &Location, now_ms: i64) -> Standing {
        let now = Timestamp(now_ms);
        let span = place.calendar.open_span_at_or_after(now);
        let is_open = place.calendar.is_open(now);
        let state = match (place.is_paused, is_open) {
            (true, _) => "paused",
            (false, true) => "open_now",
            (false, false) => "closed_now",
        };
        let clock = f.clock.by(place.calendar.clock());
        let until = match span {
            Some(span) if span.to == Timestamp::MAX => f.t("location-always-open"),
            Some(span) if is_open => f.a("location-closes", "time", &clock.short(span.to.0)),
            Some(span) => f.a("location-opens", "time", &clock.short(span.from.0)),
            None => f.t("location-never-opens"),
        };
        Standing { state, until }
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_day_without_a_limit_is_never_full_and_one_beyond_it_is_whole() {
        assert_eq!(percent(40, None), None);
        assert_eq!(percent(30, Some(40)), Some(75));
        assert_eq!(percent(50, Some(40)), Some(100));
        assert_eq!(percent(0, Some(0)), Some(100));
    }
}
