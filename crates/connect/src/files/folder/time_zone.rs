//! The shop's clock, where `settings.toml` names no time zone, and the places that go by it.
//!
//! Owns: which zone of the places is taken for the shop's, and saying so. Refuses to know: how a zone is written.

use super::Opening;
use super::locations::calendar_days;
use model::{Calendar, Day, Location, WallClock};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The clock of the zone in which most places are, of equals the first by name; without any, the clock that the
/// orders were written by, where an export tells it, else UTC.
pub(super) fn of_places(open: &mut Opening, locations: &[Location]) -> WallClock {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for zone in locations.iter().map(|place| place.hours.zone.as_str()).filter(|zone| !zone.is_empty()) {
        *counts.entry(zone).or_default() += 1;
    }
    let Some((zone, count)) = counts.iter().max_by_key(|(zone, count)| (**count, Reverse(**zone))) else {
        return without_zone(open);
    };
    if counts.len() > 1 {
        open.assumptions.push(format!(
            "the places are in {} time zones: days and times of day of orders are those of {zone}, where {count} of {} \
             places are; time_zone in settings.toml may name another",
            counts.len(),
            locations.len()
        ));
    }
    WallClock::of_zone(zone).expect("the zone of a place was read with the place")
}

fn without_zone(open: &mut Opening) -> WallClock {
    let (clock, whose) = match open.orders_clock.take() {
        Some(clock) => (clock, "written in the orders, as offsets from UTC"),
        None => (WallClock::utc(), "those of UTC"),
    };
    open.assumptions.push(format!(
        "no place names a time zone: days and times of day of orders are {whose}; time_zone in settings.toml names one"
    ));
    clock
}

/// Has the places that name no zone follow the shop's clock.
pub(super) fn follow(clock: &WallClock, locations: &mut [Location], first_day: Day) {
    for place in locations.iter_mut().filter(|place| place.hours.zone.is_empty()) {
        place.calendar = Calendar::compile_by(clock, &place.hours, calendar_days(first_day))
            .expect("the hours of a place were read with the place");
    }
}
