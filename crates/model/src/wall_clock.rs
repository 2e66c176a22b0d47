//! What a clock on the wall shows at an instant: the local day, minute and weekday of one time zone.
//!
//! Owns: the instants at which a zone's offset from UTC changes, worked out once into a sorted list. After that
//! nobody needs a zone: a question is a search in the list.
//! Refuses to know: what time it is now. Every instant arrives as a value.

use crate::calendar::{Day, Timestamp};
use jiff::tz::TimeZone;
use std::fmt;
use std::sync::Arc;

/// From this instant on, the wall is `after_s` seconds ahead of UTC; just before, it was `before_s`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Change {
    at: Timestamp,
    before_s: i32,
    after_s: i32,
}

impl Change {
    /// What the wall shows, in milliseconds, when every time that `before_s` may still mean is over.
    fn settled_ms(&self) -> i64 {
        self.at.0 + seconds_ms(self.before_s.max(self.after_s))
    }
}

/// A wall clock. It knows the years 1970 to 2099. Earlier instants are told with the offset that held when 1970
/// began, later ones with the offset that holds when 2099 ends: daylight saving does not go on there.
///
/// Invariant: `changes` rises by instant, and each differs from the one before. Clones share the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WallClock {
    first_offset_s: i32,
    changes: Arc<[Change]>,
}

/// The first instant that is known, and the first one beyond: 1970-01-01 and 2100-01-01.
const FIRST_DAY: Day = Day(0);
const END_DAY: Day = Day(47_482);
const DAY_MINUTES: i64 = 1_440;

fn seconds_ms(seconds: i32) -> i64 {
    i64::from(seconds) * 1_000
}

impl Default for WallClock {
    fn default() -> WallClock {
        WallClock::utc()
    }
}

impl WallClock {
    pub fn utc() -> WallClock {
        WallClock { first_offset_s: 0, changes: Arc::from([]) }
    }

    /// The clock of an IANA zone, `America/Los_Angeles`.
    ///
    /// # Errors
    /// A sentence that says that the zone is not known, and how to write it.
    pub fn of_zone(name: &str) -> Result<WallClock, String> {
        let zone = TimeZone::get(name).map_err(|_| {
            format!("time zone '{name}' is not known; write an IANA name such as America/New_York")
        })?;
        let (first, end) = (FIRST_DAY.start_utc(), END_DAY.start_utc());
        let start = jiff::Timestamp::from_millisecond(first.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let seen = zone
            .following(start)
            .map(|change| (Timestamp(change.timestamp().as_millisecond()), change.offset().seconds()))
            .take_while(|(at, _)| *at < end);
        Ok(WallClock::of_offsets(std::iter::once((first, zone.to_offset(start).seconds())).chain(seen)))
    }

    /// The clock that was so many seconds ahead of UTC at these instants, which do not fall. Between two of them the
    /// offset of the earlier one holds, before the first one its own.
    pub fn of_offsets(seen: impl IntoIterator<Item = (Timestamp, i32)>) -> WallClock {
        let mut seen = seen.into_iter();
        let Some((_, first_offset_s)) = seen.next() else { return WallClock::utc() };
        let mut before_s = first_offset_s;
        let mut changes = Vec::new();
        for (at, after_s) in seen {
            if after_s != before_s {
                changes.push(Change { at, before_s, after_s });
                before_s = after_s;
            }
        }
        WallClock { first_offset_s, changes: changes.into() }
    }

    /// Seconds that the wall is ahead of UTC.
    pub fn offset_s(&self, at: Timestamp) -> i32 {
        self.offset_after(self.changes.partition_point(|change| change.at <= at))
    }

    /// The offset when so many changes are past.
    fn offset_after(&self, changes: usize) -> i32 {
        changes.checked_sub(1).map_or(self.first_offset_s, |last| self.changes[last].after_s)
    }

    /// The instant that would show UTC what the wall shows at `at`.
    fn as_utc(&self, at: Timestamp) -> Timestamp {
        Timestamp(at.0.saturating_add(seconds_ms(self.offset_s(at))))
    }

    /// The local day.
    pub fn day(&self, at: Timestamp) -> Day {
        self.as_utc(at).utc_day()
    }

    /// Minutes after local midnight by the wall, 0 to 1,439.
    pub fn minute(&self, at: Timestamp) -> u16 {
        self.as_utc(at).0.div_euclid(Timestamp::MINUTE_MS).rem_euclid(DAY_MINUTES) as u16
    }

    /// Monday 0 … Sunday 6.
    pub fn weekday(&self, at: Timestamp) -> u8 {
        self.day(at).weekday()
    }

    /// The instant at which the wall shows so many minutes after the midnight of `day`. An hour that comes twice
    /// means the first; one that is left out, the same time as if the clock had not been put forward.
    pub fn instant(&self, day: Day, minute: i64) -> Timestamp {
        let local_ms = day.start_utc().plus_minutes(minute).0;
        let past = self.changes.partition_point(|change| change.settled_ms() <= local_ms);
        Timestamp(local_ms - seconds_ms(self.offset_after(past)))
    }

    /// The instant at which the wall shows what UTC shows at `as_utc`, to the millisecond; see [`WallClock::instant`].
    pub fn instant_showing(&self, as_utc: Timestamp) -> Timestamp {
        let minute = self.instant(as_utc.utc_day(), WallClock::utc().minute(as_utc).into());
        Timestamp(minute.0 + as_utc.0.rem_euclid(Timestamp::MINUTE_MS))
    }

    /// `2026-11-24T09:30:00-08:00`, and `Z` where the wall shows UTC.
    pub fn show(&self, at: Timestamp) -> impl fmt::Display + use<> {
        Shown { local: self.as_utc(at), offset_s: self.offset_s(at) }
    }
}

struct Shown {
    local: Timestamp,
    offset_s: i32,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.local.to_string();
        let minutes = self.offset_s.unsigned_abs() / 60;
        match self.offset_s {
            0 => f.write_str(&local),
            offset => {
                let sign = if offset < 0 { '-' } else { '+' };
                let local = local.trim_end_matches('Z');
                write!(f, "{local}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Weekday;
    use proptest::prelude::*;

    fn clock(zone: &str) -> WallClock {
        WallClock::of_zone(zone).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[track_caller]
    fn check(zone: &str, instant: &str, shown: &str) {
        assert_eq!(clock(zone).show(at(instant)).to_string(), shown);
    }

    #[test]
    fn friday_afternoon_in_portland_is_friday() {
        let (portland, instant) = (clock("America/Los_Angeles"), at("2026-11-28T01:30:00Z"));
        let shown = (portland.day(instant), portland.minute(instant), portland.weekday(instant));
        assert_eq!(shown, (day("2026-11-27"), 17 * 60 + 30, 4));
        assert_eq!(WallClock::utc().weekday(instant), 5);
    }

    #[test]
    fn a_day_is_as_long_as_the_wall_says() {
        check("America/Los_Angeles", "2026-03-08T09:59:59Z", "2026-03-08T01:59:59-08:00");
        check("America/Los_Angeles", "2026-03-08T10:00:00Z", "2026-03-08T03:00:00-07:00");
        check("America/Los_Angeles", "2026-11-01T08:59:59Z", "2026-11-01T01:59:59-07:00");
        check("America/Los_Angeles", "2026-11-01T09:00:00Z", "2026-11-01T01:00:00-08:00");
        check("Asia/Kathmandu", "2026-11-01T09:00:00Z", "2026-11-01T14:45:00+05:45");
        check("UTC", "2026-11-01T09:00:00Z", "2026-11-01T09:00:00Z");
    }

    #[test]
    fn a_time_that_is_left_out_comes_an_hour_later_and_one_that_comes_twice_is_the_first() {
        let portland = clock("America/Los_Angeles");
        let instant = |on: &str, minute| portland.instant(day(on), minute).to_string();
        assert_eq!(instant("2026-03-08", 2 * 60 + 30), "2026-03-08T10:30:00Z");
        assert_eq!(instant("2026-03-08", 3 * 60), "2026-03-08T10:00:00Z");
        assert_eq!(instant("2026-11-01", 60 + 30), "2026-11-01T08:30:00Z");
        assert_eq!(instant("2026-11-01", 2 * 60), "2026-11-01T10:00:00Z");
        // Midnight itself is left out there, and a whole day here.
        let sao_paulo = clock("America/Sao_Paulo");
        assert_eq!(sao_paulo.instant(day("2018-11-04"), 0), at("2018-11-04T03:00:00Z"));
        assert_eq!(sao_paulo.minute(at("2018-11-04T03:00:00Z")), 60);
        let apia = clock("Pacific/Apia");
        assert_eq!(apia.day(at("2011-12-30T09:59:59Z")), day("2011-12-29"));
        assert_eq!(apia.day(at("2011-12-30T10:00:00Z")), day("2011-12-31"));
    }

    #[test]
    fn what_the_wall_shows_is_an_instant_with_its_seconds() {
        let showing = |text: &str| clock("America/Sao_Paulo").instant_showing(at(text)).to_string();
        assert_eq!(showing("2018-01-02T10:00:09Z"), "2018-01-02T12:00:09Z", "summer");
        assert_eq!(showing("2018-07-02T10:00:09Z"), "2018-07-02T13:00:09Z", "winter");
    }

    #[test]
    fn beyond_its_years_it_goes_on_without_changes() {
        check("America/Los_Angeles", "1969-12-31T23:59:59.999Z", "1969-12-31T15:59:59-08:00");
        check("America/Los_Angeles", "1943-07-01T12:00:00Z", "1943-07-01T04:00:00-08:00");
        check("America/Los_Angeles", "2099-07-01T12:00:00Z", "2099-07-01T05:00:00-07:00");
        check("America/Los_Angeles", "2100-07-01T12:00:00Z", "2100-07-01T04:00:00-08:00");
        assert_eq!(WallClock::utc().minute(Timestamp(-1)), 1_439);
        assert_eq!(clock("Asia/Tokyo").day(Timestamp(-1)), Day(0));
        assert_eq!(clock("America/New_York").day(Timestamp(0)), Day(-1));
        // Nothing overflows at the ends of time.
        for end in [Timestamp::MIN, Timestamp::MAX] {
            let (west, east) = (clock("America/New_York"), clock("Asia/Tokyo"));
            assert!(west.minute(end) < 1_440 && east.minute(end) < 1_440);
        }
    }

    #[test]
    fn a_zone_that_is_not_known_says_how_to_write_one() {
        for bad in ["Portland", "", "PST8PDT+x", "../etc"] {
            assert!(WallClock::of_zone(bad).unwrap_err().contains("America/New_York"), "{bad}");
        }
    }

    #[test]
    fn offsets_that_were_seen_make_a_clock() {
        let seen = [(at("2026-10-01T12:00:00Z"), -25_200), (at("2026-10-31T12:00:00Z"), -25_200)];
        let seen = seen.into_iter().chain([(at("2026-11-02T12:00:00Z"), -28_800)]);
        let clock = WallClock::of_offsets(seen);
        assert_eq!(clock.changes.len(), 1);
        assert_eq!(clock.offset_s(at("2020-01-01T00:00:00Z")), -25_200);
        assert_eq!(clock.offset_s(at("2026-11-02T11:59:59Z")), -25_200);
        assert_eq!(clock.offset_s(at("2026-11-02T12:00:00Z")), -28_800);
        assert_eq!(WallClock::of_offsets([]), WallClock::utc());
    }

    const ZONES: [&str; 12] = [
        "America/Los_Angeles",
        "America/New_York",
        "America/Phoenix",
        "America/St_Johns",
        "America/Sao_Paulo",
        "Europe/Dublin",
        "Africa/Casablanca",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "UTC",
    ];

    proptest! {
        #[test]
        fn it_shows_what_the_time_zone_library_says(
            zone in proptest::sample::select(&ZONES[..]),
            instant_ms in 0..END_DAY.start_utc().0,
        ) {
            let (clock, instant) = (clock(zone), Timestamp(instant_ms));
            let zone = TimeZone::get(zone).unwrap();
            let civil = zone.to_datetime(jiff::Timestamp::from_millisecond(instant_ms).unwrap());
            prop_assert_eq!(clock.day(instant).to_string(), civil.date().to_string());
            prop_assert_eq!(clock.minute(instant), civil.hour() as u16 * 60 + civil.minute() as u16);
            let is_monday = civil.weekday() == Weekday::Monday;
            prop_assert_eq!(clock.weekday(instant) == 0, is_monday);
            // And back, as the library turns civil times into instants.
            let (on, minute) = (clock.day(instant), clock.minute(instant));
            let floor = civil.with().second(0).subsec_nanosecond(0).build().unwrap();
            let back = zone.to_timestamp(floor).unwrap().as_millisecond();
            prop_assert_eq!(clock.instant(on, i64::from(minute)), Timestamp(back));
        }

        #[test]
        fn every_minute_of_a_day_becomes_the_instant_that_the_library_gives(
            zone in proptest::sample::select(&ZONES[..]),
            on in 1..END_DAY.0 - 1,
            minute in 0..1_440i64,
        ) {
            let zone_of = TimeZone::get(zone).unwrap();
            let midnight: jiff::civil::Date = Day(on).to_string().parse().unwrap();
            let civil = midnight.to_datetime(jiff::civil::Time::midnight())
                + jiff::SignedDuration::from_mins(minute);
            let due = zone_of.to_timestamp(civil).unwrap().as_millisecond();
            prop_assert_eq!(clock(zone).instant(Day(on), minute), Timestamp(due));
        }
    }
}
