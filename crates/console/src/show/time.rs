//! Times, by the clock of the shop, in the reader's language.

use super::Markup;
use crate::words::{ISOLATES, Words};
use askama::filters::Safe;
use model::{Day, Timestamp, WallClock};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Tells times as the shop's wall shows them.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    pub(crate) wall: WallClock,
    pub(crate) words: Words,
    pub(crate) now_ms: i64,
}

impl Clock {
    /// The same in another place.
    pub(crate) fn by(&self, wall: &WallClock) -> Clock {
        Clock { wall: wall.clone(), ..self.clone() }
    }

    /// `14:05` today, `27 Nov, 14:05` else, with the whole of it for machines and on a longer look.
    pub(crate) fn when(&self, at_ms: i64) -> Markup {
        self.marked(at_ms, &self.short(at_ms))
    }

    /// `12 min ago`, `in 2 h`; the time itself on a longer look.
    pub(crate) fn ago(&self, at_ms: i64) -> Markup {
        let span = Span(at_ms.abs_diff(self.now_ms)).words(self.words);
        let id = if at_ms <= self.now_ms { "time-ago" } else { "time-ahead" };
        self.marked(at_ms, &self.words.a(id, &[("span", &span)]))
    }

    fn marked(&self, at_ms: i64, shown: &str) -> Markup {
        let exact = self.wall.show(Timestamp(at_ms));
        let title = super::escaped(&self.long(at_ms));
        Safe(format!("<time datetime=\"{exact}\" title=\"{title}\">{}</time>", super::escaped(shown)))
    }

    pub(crate) fn short(&self, at_ms: i64) -> String {
        if self.wall.day(Timestamp(at_ms)) == self.wall.day(Timestamp(self.now_ms)) {
            return self.hour(at_ms);
        }
        let (day, hour) = (self.date(self.wall.day(Timestamp(at_ms))), self.hour(at_ms));
        self.said("time-day-hour", &[("day", &day), ("hour", &hour)])
    }

    /// `Friday 27 Nov 2026, 14:05`.
    pub(crate) fn long(&self, at_ms: i64) -> String {
        let day = self.wall.day(Timestamp(at_ms));
        let weekday = self.words.t(&format!("weekday-{}", day.weekday()));
        let year = day.to_string().chars().take(4).collect::<String>();
        let said = [
            ("weekday", &*weekday),
            ("day", &*self.date(day)),
            ("year", &*year),
            ("hour", &*self.hour(at_ms)),
        ];
        self.said("time-long", &said)
    }

    /// `14:05`.
    pub(crate) fn hour(&self, at_ms: i64) -> String {
        let minute = self.wall.minute(Timestamp(at_ms));
        format!("{:02}:{:02}", minute / 60, minute % 60)
    }

    /// `27 Nov`.
    pub(crate) fn date(&self, day: Day) -> String {
        let iso = day.to_string();
        let mut parts = iso.split('-').skip(1).map(|part| part.trim_start_matches('0'));
        let (month, day) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let month = self.words.t(&format!("month-{month}"));
        self.said("time-date", &[("day", day), ("month", &month)])
    }

    /// `Friday 27 Nov 2026`.
    pub(crate) fn long_date(&self, day: Day) -> String {
        let weekday = self.words.t(&format!("weekday-{}", day.weekday()));
        let year = day.to_string().chars().take(4).collect::<String>();
        self.said("time-long-date", &[("weekday", &weekday), ("day", &self.date(day)), ("year", &year)])
    }

    /// Parts of a time run as the language runs: none is apart from the others, as the text of somebody would be.
    fn said(&self, id: &str, parts: &[(&str, &str)]) -> String {
        self.words.a(id, parts).replace(ISOLATES, "")
    }

    /// A length of time: `12 min`.
    pub(crate) fn span(&self, ms: i64) -> String {
        Span(ms.unsigned_abs()).words(self.words)
    }

    /// `2026-11-27`, as decisions have days; what is none is shown as it came.
    pub(crate) fn day(&self, iso: &str) -> String {
        Day::from_iso(iso).map_or_else(|| iso.to_owned(), |day| self.date(day))
    }
}

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span(pub u64);

impl Span {
    /// In the largest unit of which there is one: `45 s`, `12 min`, `3 h`, `5 d`.
    pub(crate) fn words(self, words: Words) -> String {
        let ms = i64::try_from(self.0).unwrap_or(i64::MAX);
        let units = [("days", DAY_MS), ("hours", HOUR_MS), ("minutes", MINUTE_MS)];
        let largest = units.into_iter().find(|(_, unit_ms)| ms >= *unit_ms);
        let (name, unit_ms) = largest.unwrap_or(("seconds", 1_000));
        words.n(&format!("span-{name}"), ms / unit_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::words::Words;
    use model::{Timestamp, WallClock};

    fn at(text: &str) -> i64 {
        Timestamp::from_rfc3339(text).unwrap().0
    }

    #[test]
    fn a_time_is_told_by_the_clock_of_the_shop() {
        let wall = WallClock::of_zone("America/Los_Angeles").unwrap();
        let clock = Clock { wall, words: Words::default(), now_ms: at("2026-11-27T20:00:00Z") };
        assert_eq!(clock.short(at("2026-11-27T18:05:00Z")), "10:05");
        assert_eq!(clock.short(at("2026-11-27T07:05:00Z")), "26 Nov, 23:05");
        assert_eq!(clock.long(at("2026-11-27T18:05:00Z")), "Friday 27 Nov 2026, 10:05");
        assert!(clock.ago(at("2026-11-27T19:48:00Z")).to_string().contains(">12 min ago<"));
        assert!(clock.ago(at("2026-11-27T22:00:00Z")).to_string().contains(">in 2 h<"));
    }
}
