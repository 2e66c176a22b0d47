//! The coming days of a location, as it is really open: holidays and odd days in them.

use crate::frame::Frame;
use model::{Day, Location, Timestamp};

const DAYS: i32 = 7;

/// One of the days to come.
pub(super) struct OpenDay {
    pub(super) weekday: String,
    pub(super) date: String,
    /// `09:00–18:00`; empty: closed.
    pub(super) spans: Vec<String>,
    pub(super) is_holiday: bool,
    pub(super) is_today: bool,
}

pub(super) fn week(f: &Frame, place: &Location, now_ms: i64) -> Vec<OpenDay> {
    let clock = place.calendar.clock();
    let today = clock.day(Timestamp(now_ms));
    (0..DAYS).map(|ahead| of_day(f, place, (Day(today.0 + ahead), ahead == 0))).collect()
}

fn of_day(f: &Frame, place: &Location, (day, is_today): (Day, bool)) -> OpenDay {
    let clock = f.clock.by(place.calendar.clock());
    let (mut at, end) = (clock.wall.instant(day, 0), clock.wall.instant(Day(day.0 + 1), 0));
    let mut spans = Vec::new();
    while let Some(span) = place.calendar.open_span_at_or_after(at).filter(|span| span.from < end) {
        if span.to == Timestamp::MAX {
            spans.push("00:00–24:00".to_owned());
            break;
        }
        let (from, to) = (span.from.max(clock.wall.instant(day, 0)), span.to.min(end));
        let ends = if to == end { "24:00".to_owned() } else { clock.hour(to.0) };
        spans.push(format!("{}–{ends}", clock.hour(from.0)));
        at = Timestamp(span.to.0.max(at.0 + 1));
        if at >= end {
            break;
        }
    }
    OpenDay {
        weekday: f.t(&format!("weekday-{}", day.weekday())),
        date: f.clock.date(day),
        spans,
        is_holiday: place.hours.holidays.contains(&day),
        is_today,
    }
}
