//! Time: instants, days, opening hours, and the lists of instants that the engine reads.
//!
//! Owns: turning hours, holidays and cut-offs, written in a location's own time zone, into plain sorted
//! lists of instants. After that nobody needs a time zone: daylight saving and holidays are in the lists.
//! What a place leaves open, the shop's own wall clock answers.
//! Refuses to know: the clock. Every instant arrives as a value.

use crate::wall_clock::WallClock;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use opening_hours::{OpeningHours, RuleKind};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub const DAY_MS: i64 = 86_400_000;
    pub const MINUTE_MS: i64 = 60_000;
    pub const MIN: Timestamp = Timestamp(i64::MIN);
    pub const MAX: Timestamp = Timestamp(i64::MAX);

    /// A time with its offset: `2026-11-27T06:00:00-05:00`. `None`: the text is none.
    pub fn from_rfc3339(text: &str) -> Option<Timestamp> {
        text.parse::<jiff::Timestamp>().ok().map(|at| Timestamp(at.as_millisecond()))
    }

    /// The day in UTC.
    pub fn utc_day(self) -> Day {
        Day(self.0.div_euclid(Timestamp::DAY_MS) as i32)
    }

    pub fn plus_minutes(self, minutes: i64) -> Timestamp {
        Timestamp(self.0 + minutes * Timestamp::MINUTE_MS)
    }
}

/// A civil date, counted in days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Day(pub i32);

impl Day {
    /// Monday 0 … Sunday 6.
    pub fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    pub fn start_utc(self) -> Timestamp {
        Timestamp(i64::from(self.0) * Timestamp::DAY_MS)
    }

    /// Reads `2026-11-24`.
    pub fn from_iso(text: &str) -> Option<Day> {
        let date: Date = text.parse().ok()?;
        (text.len() == 10).then(|| Day::from_date(date))
    }

    fn from_date(date: Date) -> Day {
        let instant = TimeZone::UTC.to_timestamp(date.to_datetime(Time::midnight()));
        instant.map_or(Day(0), |t| Timestamp(t.as_millisecond()).utc_day())
    }

    fn date(self) -> Date {
        jiff::Timestamp::from_millisecond(self.start_utc().0)
            .map_or(Date::constant(1970, 1, 1), |t| TimeZone::UTC.to_datetime(t).date())
    }
}

/// `2026-11-24`.
impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.date())
    }
}

/// `2026-11-24T09:30:00Z`.
impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = self.0.div_euclid(1_000).rem_euclid(86_400);
        write!(f, "{}T{:02}:{:02}:{:02}Z", self.utc_day(), seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }
}

/// From an instant, included, to an instant, not included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Span {
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// A fulfillment window of a day: orders taken before the cut-off leave with this dispatch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// Minutes after midnight, local time.
    pub cutoff_minute: u16,
    /// Most parcels that the window can take.
    pub capacity_parcels: Option<u32>,
}

/// Hours as a shop team writes them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hours {
    /// OpenStreetMap's `opening_hours` form: `Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off`. Empty: always open.
    pub expression: String,
    /// IANA time zone, `America/Los_Angeles`. Empty: the shop's.
    pub zone: String,
    /// Days on which the place is closed whatever the expression says.
    pub holidays: Vec<Day>,
    /// In order of their cut-offs. Empty: one dispatch a day, at closing time.
    pub windows: Vec<Window>,
}

/// When a decision taken now would leave the building.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dispatch {
    /// Orders decided before this instant make the window.
    pub cutoff: Timestamp,
    /// The local day on which the parcel is handed over.
    pub day: Day,
    /// Position of the window in its day, from 0.
    pub window: u8,
}

/// Opening spans and dispatches as sorted instants over a horizon. See [`Calendar::compile`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    clock: WallClock,
    always: bool,
    open: Vec<Span>,
    dispatches: Vec<Dispatch>,
}

impl Default for Calendar {
    fn default() -> Calendar {
        Calendar::always_open()
    }
}

/// Longest horizon that is expanded: 800 days keeps a calendar under 2,500 entries.
const MAX_HORIZON_DAYS: i32 = 800;

impl Calendar {
    /// Open around the clock, one dispatch a day, days in UTC.
    pub fn always_open() -> Calendar {
        Calendar::always_open_by(WallClock::utc())
    }

    /// Open around the clock, one dispatch on each day of this clock: what a location without hours gets.
    pub fn always_open_by(clock: WallClock) -> Calendar {
        Calendar { clock, always: true, open: Vec::new(), dispatches: Vec::new() }
    }

    /// As [`Calendar::compile_by`], in UTC where the hours name no zone.
    ///
    /// # Errors
    /// As there.
    pub fn compile(hours: &Hours, from: Day, to: Day) -> Result<Calendar, String> {
        Calendar::compile_by(&WallClock::utc(), hours, (from, to))
    }

    /// Expands `hours` over the days from the first to the last (at most 800). Hours that name no zone are meant
    /// by the shop's clock.
    ///
    /// # Errors
    /// A sentence that says which part of the hours cannot be read, and how to write it.
    pub fn compile_by(shop: &WallClock, hours: &Hours, (from, to): (Day, Day)) -> Result<Calendar, String> {
        if hours.expression.is_empty()
            && hours.windows.is_empty()
            && hours.holidays.is_empty()
            && hours.zone.is_empty()
        {
            return Ok(Calendar::always_open_by(shop.clone()));
        }
        let clock = match hours.zone.as_str() {
            "" => shop.clone(),
            name => WallClock::of_zone(name)?,
        };
        let expression = if hours.expression.is_empty() { "24/7" } else { &hours.expression };
        let opening: OpeningHours = expression.parse().map_err(|_| {
            format!("opening hours '{expression}' cannot be read; write them like 'Mo-Fr 09:00-18:00; Sa 10:00-14:00'")
        })?;
        let to = Day(to.0.min(from.0.saturating_add(MAX_HORIZON_DAYS)));
        let mut calendar = Calendar { clock, always: false, open: Vec::new(), dispatches: Vec::new() };
        for day in (from.0..=to.0).map(Day) {
            if !hours.holidays.contains(&day) {
                calendar.add_day(day, &opening, hours);
            }
        }
        Ok(calendar)
    }

    fn add_day(&mut self, day: Day, opening: &OpeningHours, hours: &Hours) {
        let clock = self.clock.clone();
        let instant = |minute: i64| clock.instant(day, minute);
        let spans = open_minutes(opening, day.date());
        let Some(&(_, closing)) = spans.last() else { return };
        for &(from, to) in &spans {
            self.open.push(Span { from: instant(from), to: instant(to) });
        }
        if hours.windows.is_empty() {
            self.dispatches.push(Dispatch { cutoff: instant(closing), day, window: 0 });
        }
        for (i, window) in hours.windows.iter().enumerate() {
            self.dispatches.push(Dispatch {
                cutoff: instant(i64::from(window.cutoff_minute)),
                day,
                window: i as u8,
            });
        }
    }

    /// The clock on the wall of the place: its own zone's, else the shop's.
    pub fn clock(&self) -> &WallClock {
        &self.clock
    }

    pub fn is_open(&self, at: Timestamp) -> bool {
        self.always || self.open_span_at_or_after(at).is_some_and(|span| span.contains(at))
    }

    /// The span that contains `at`, else the next one within the horizon. Always-open places answer all of time.
    pub fn open_span_at_or_after(&self, at: Timestamp) -> Option<Span> {
        if self.always {
            return Some(Span { from: Timestamp::MIN, to: Timestamp::MAX });
        }
        let next = self.open.partition_point(|span| span.to <= at);
        self.open.get(next).copied()
    }

    /// The instant after so many minutes of opening time from `at` on. `None`: not within the horizon.
    pub fn after_open_minutes(&self, at: Timestamp, minutes: u32) -> Option<Timestamp> {
        let mut left_ms = i64::from(minutes) * Timestamp::MINUTE_MS;
        let mut at = at;
        loop {
            let span = self.open_span_at_or_after(at)?;
            let begin = at.max(span.from);
            if span.to == Timestamp::MAX || span.to.0 - begin.0 >= left_ms {
                return Some(Timestamp(begin.0 + left_ms));
            }
            left_ms -= span.to.0 - begin.0;
            at = span.to;
        }
    }

    /// The dispatch that a decision at `now` makes after `handling_days` further working days of the place,
    /// and the span of `now` for which the answer stays the same. `None`: not within the horizon.
    pub fn dispatch_after(&self, now: Timestamp, handling_days: u8) -> Option<(Dispatch, Span)> {
        if self.always {
            let day = self.clock.day(now);
            let span = Span { from: self.clock.instant(day, 0), to: self.clock.instant(Day(day.0 + 1), 0) };
            let dispatch =
                Dispatch { cutoff: span.to, day: Day(day.0 + i32::from(handling_days)), window: 0 };
            return Some((dispatch, span));
        }
        let next = self.dispatches.partition_point(|d| d.cutoff <= now);
        let first = self.dispatches.get(next)?;
        let from = next.checked_sub(1).map_or(Timestamp::MIN, |i| self.dispatches[i].cutoff);
        let span = Span { from, to: first.cutoff };
        let mut later = *first;
        let mut days_left = handling_days;
        for dispatch in &self.dispatches[next..] {
            if dispatch.day != later.day {
                if days_left == 0 {
                    break;
                }
                days_left -= 1;
                later = *dispatch;
            }
        }
        (days_left == 0).then_some((Dispatch { cutoff: first.cutoff, ..later }, span))
    }
}

/// Open minutes of a civil day, as `(from, to)` after its midnight, adjacent ranges joined.
fn open_minutes(opening: &OpeningHours, date: Date) -> Vec<(i64, i64)> {
    let (year, month, day) = (i32::from(date.year()), date.month() as u32, date.day() as u32);
    let Some(civil) = chrono::NaiveDate::from_ymd_opt(year, month, day) else { return Vec::new() };
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for opened in opening.schedule_at(civil) {
        if opened.kind != RuleKind::Open {
            continue;
        }
        let from = i64::from(opened.range.start.mins_from_midnight());
        let to = i64::from(opened.range.end.mins_from_midnight());
        match spans.last_mut() {
            Some(last) if last.1 == from => last.1 = to,
            _ => spans.push((from, to)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portland(expression: &str) -> Hours {
        Hours {
            expression: expression.into(),
            zone: "America/Los_Angeles".into(),
            holidays: vec![Day::from_iso("2026-11-26").unwrap()],
            windows: vec![
                Window { cutoff_minute: 12 * 60, capacity_parcels: None },
                Window { cutoff_minute: 16 * 60, capacity_parcels: None },
            ],
        }
    }

    fn compiled(hours: &Hours) -> Calendar {
        Calendar::compile(hours, Day::from_iso("2026-10-25").unwrap(), Day::from_iso("2026-12-05").unwrap())
            .unwrap()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn a_decision_joins_the_next_window_and_skips_closed_days_and_holidays() {
        let calendar = compiled(&portland("Mo-Fr 09:00-17:00"));
        let shown = |now: &str, handling_days| {
            let (dispatch, _) = calendar.dispatch_after(at(now), handling_days).unwrap();
            format!("{} window {} cut-off {}", dispatch.day, dispatch.window, dispatch.cutoff)
        };
        assert_eq!(shown("2026-11-24T19:59:00Z", 0), "2026-11-24 window 0 cut-off 2026-11-24T20:00:00Z");
        assert_eq!(shown("2026-11-24T20:00:00Z", 0), "2026-11-24 window 1 cut-off 2026-11-25T00:00:00Z");
        assert_eq!(shown("2026-11-26T01:00:00Z", 0), "2026-11-27 window 0 cut-off 2026-11-27T20:00:00Z");
        assert_eq!(shown("2026-11-25T18:00:00Z", 1), "2026-11-27 window 0 cut-off 2026-11-25T20:00:00Z");
    }

    #[test]
    fn daylight_saving_moves_the_instant_not_the_local_hour() {
        let calendar = compiled(&portland("Mo-Su 09:00-17:00"));
        let cutoff = |now: &str| calendar.dispatch_after(at(now), 0).unwrap().0.cutoff.to_string();
        assert_eq!(cutoff("2026-10-31T16:00:00Z"), "2026-10-31T19:00:00Z");
        assert_eq!(cutoff("2026-11-01T16:00:00Z"), "2026-11-01T20:00:00Z");
    }

    #[test]
    fn open_spans_are_found_and_the_answer_states_how_long_it_holds() {
        let calendar = compiled(&portland("Mo-Fr 09:00-12:00,13:00-17:00"));
        assert!(calendar.is_open(at("2026-11-24T17:30:00Z")));
        assert!(!calendar.is_open(at("2026-11-24T20:30:00Z")));
        assert_eq!(
            calendar.open_span_at_or_after(at("2026-11-24T20:30:00Z")).unwrap().from,
            at("2026-11-24T21:00:00Z")
        );
        let (_, span) = calendar.dispatch_after(at("2026-11-24T20:30:00Z"), 0).unwrap();
        assert_eq!((span.from, span.to), (at("2026-11-24T20:00:00Z"), at("2026-11-25T00:00:00Z")));
        assert!(calendar.dispatch_after(at("2027-01-10T00:00:00Z"), 0).is_none());
    }

    #[test]
    fn a_place_that_says_nothing_of_its_hours_dispatches_on_the_days_of_the_shop() {
        let shop = WallClock::of_zone("America/Los_Angeles").unwrap();
        let day = Day::from_iso("2026-10-31").unwrap();
        let silent = Calendar::compile_by(&shop, &Hours::default(), (day, day)).unwrap();
        let (dispatch, span) = silent.dispatch_after(at("2026-11-01T06:59:00Z"), 1).unwrap();
        assert_eq!((dispatch.day.to_string(), dispatch.cutoff), ("2026-11-01".into(), span.to));
        assert_eq!((span.from, span.to), (at("2026-10-31T07:00:00Z"), at("2026-11-01T07:00:00Z")));
        // The day on which the clock is put back has 25 hours.
        let (_, span) = silent.dispatch_after(at("2026-11-01T07:00:00Z"), 0).unwrap();
        assert_eq!((span.to.0 - span.from.0) / (60 * Timestamp::MINUTE_MS), 25);
        // Hours without a zone are the shop's, too.
        let hours = Hours { zone: String::new(), ..portland("Mo-Su 09:00-17:00") };
        let by_shop = Calendar::compile_by(&shop, &hours, (day, day)).unwrap();
        assert_eq!(by_shop, Calendar::compile(&portland("Mo-Su 09:00-17:00"), day, day).unwrap());
    }

    #[test]
    fn unreadable_hours_and_zones_say_how_to_write_them() {
        let day = Day::from_iso("2026-11-24").unwrap();
        let bad_hours = Hours { expression: "nine to five".into(), ..Hours::default() };
        assert!(Calendar::compile(&bad_hours, day, day).unwrap_err().contains("Mo-Fr 09:00-18:00"));
        let bad_zone = Hours { zone: "Portland".into(), ..Hours::default() };
        assert!(Calendar::compile(&bad_zone, day, day).unwrap_err().contains("America/New_York"));
    }

    #[test]
    fn days_count_from_1970_and_know_their_weekday() {
        assert_eq!(Day::from_iso("1970-01-02"), Some(Day(1)));
        assert_eq!(Day::from_iso("2026-11-24").unwrap().weekday(), 1);
        assert_eq!(Day::from_iso("2026-02-30"), None);
        assert_eq!(Day(0).to_string(), "1970-01-01");
        assert_eq!(Timestamp(-1).utc_day(), Day(-1));
    }
}
