//! Times that a spreadsheet has rewritten: `11/30/2025 04:41` in place of `2025-11-30 04:41:12 -0500`.
//!
//! Owns: telling month and day apart by all rows of a file. Refuses to know: the shop's clock, whose time it is: the
//! offset from UTC is lost then.

use crate::files::cell::day;
use model::Timestamp;
use model::words::counted;

/// What helps against every harm that a spreadsheet does.
pub(super) const SAVED_AGAIN: &str =
    "export the orders again, and do not save the file in Excel or another spreadsheet";

/// A time as a spreadsheet saves it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct SlashDate {
    first: u8,
    second: u8,
    year: u16,
    minute: u16,
    row: u64,
}

/// Which of the two numbers is the month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    MonthFirst,
    DayFirst,
}

impl SlashDate {
    /// Reads `11/30/2025`, `11/30/25 4:41`, `11/30/2025 04:41:05` and `11/30/2025 4:41 PM`; `row` is kept for messages.
    pub(super) fn read(text: &str, row: u64) -> Option<SlashDate> {
        let (date, clock) = text.split_once(' ').unwrap_or((text, ""));
        let mut parts = date.split('/').map(|part| part.parse::<u16>().ok().filter(|_| part.len() <= 4));
        let (first, second, year) = (parts.next()??, parts.next()??, parts.next()??);
        let year = if year < 100 { 2_000 + year } else { year };
        let minute = minute(clock.trim())?;
        let is_whole = parts.next().is_none() && first.max(second) <= 31 && first.min(second) >= 1;
        is_whole.then_some(SlashDate { first: first as u8, second: second as u8, year, minute, row })
    }

    pub(super) fn at(self, reading: Reading) -> Option<Timestamp> {
        let (month, of_month) = match reading {
            Reading::MonthFirst => (self.first, self.second),
            Reading::DayFirst => (self.second, self.first),
        };
        let day = day(format!("{:04}-{month:02}-{of_month:02}", self.year).as_bytes())?;
        Some(day.start_utc().plus_minutes(self.minute.into()))
    }

    fn shown(self) -> String {
        format!("{}/{}/{} (row {})", self.first, self.second, self.year, self.row)
    }
}

/// `04:41`, `4:41 PM`, `04:41:05`: minutes of the day; none is midnight.
fn minute(clock: &str) -> Option<u16> {
    if clock.is_empty() {
        return Some(0);
    }
    let lower = clock.to_lowercase();
    let (digits, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim(), Some(0)),
        (_, Some(rest)) => (rest.trim(), Some(12)),
        _ => (lower.as_str(), None),
    };
    let parts: Option<Vec<u16>> = digits.split(':').take(4).map(|part| part.parse().ok()).collect();
    let (hour, minute) = match parts?[..] {
        [hour, minute] => (hour, minute),
        [hour, minute, 0..=60] => (hour, minute),
        _ => return None,
    };
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    (hour < 24 && minute < 60).then(|| hour * 60 + minute)
}

/// How the dates of one file are to be read. Where no row shows it, the month comes first, as in the United States.
pub(super) fn reading(dates: &[SlashDate]) -> Result<Reading, String> {
    let month_first = dates.iter().find(|date| date.second > 12);
    let day_first = dates.iter().find(|date| date.first > 12);
    match (month_first, day_first) {
        (Some(month), Some(day)) => {
            Err(format!("{} has the month first, and {} the day", month.shown(), day.shown()))
        }
        (None, Some(_)) => known(dates, Reading::DayFirst),
        _ => known(dates, Reading::MonthFirst),
    }
}

fn known(dates: &[SlashDate], reading: Reading) -> Result<Reading, String> {
    match dates.iter().find(|date| date.at(reading).is_none()) {
        Some(none) => Err(format!("{} is no day", none.shown())),
        None => Ok(reading),
    }
}

/// What is assumed of such a file.
pub(super) fn sentence(reading: Reading, dates: &[SlashDate]) -> String {
    let order = match reading {
        Reading::MonthFirst => "month/day/year",
        Reading::DayFirst => "day/month/year",
    };
    let is_seen = dates.iter().any(|date| date.first > 12 || date.second > 12);
    let doubt = if is_seen { "" } else { "; no row shows which of the two is the month" };
    format!(
        "its times were rewritten by a spreadsheet, which loses their offset from UTC, and are read as {order} by the \
         shop's clock{doubt}"
    )
}

/// The same of a file of which so many times are written without an offset, year first.
pub(super) fn without_offset(times: usize) -> String {
    counted(
        times as u64,
        "time is written without an offset from UTC and is read by the shop's clock",
        "times are written without an offset from UTC and are read by the shop's clock",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(texts: &[&str]) -> Vec<SlashDate> {
        texts.iter().enumerate().map(|(i, text)| SlashDate::read(text, i as u64 + 2).unwrap()).collect()
    }

    #[test]
    fn times_are_read_as_spreadsheets_save_them() {
        let shown = |text: &str| SlashDate::read(text, 2)?.at(Reading::MonthFirst).map(|at| at.to_string());
        for (text, expect) in [
            ("11/30/2025 04:41", "2025-11-30T04:41:00Z"),
            ("11/30/25 4:41", "2025-11-30T04:41:00Z"),
            ("1/2/2025 4:41 PM", "2025-01-02T16:41:00Z"),
            ("1/2/2025 12:05:59 AM", "2025-01-02T00:05:00Z"),
            ("1/2/2025", "2025-01-02T00:00:00Z"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expect), "{text}");
        }
        for text in [
            "2025-11-30",
            "11/30",
            "0/1/2025",
            "32/1/2025",
            "1/2/2025 25:00",
            "1/2/2025 60000:00",
            "1/2/2025 13:00 PM",
            "a/b/c",
            "1/2/3/4",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn month_and_day_are_told_apart_by_the_whole_file() {
        assert_eq!(reading(&dates(&["1/2/2025", "11/30/2025"])), Ok(Reading::MonthFirst));
        assert_eq!(reading(&dates(&["1/2/2025", "30/11/2025"])), Ok(Reading::DayFirst));
        assert_eq!(reading(&dates(&["1/2/2025"])), Ok(Reading::MonthFirst));
        assert_eq!(
            reading(&dates(&["11/30/2025", "13/1/2025"])),
            Err("11/30/2025 (row 2) has the month first, and 13/1/2025 (row 3) the day".into())
        );
        assert_eq!(reading(&dates(&["2/30/2025"])), Err("2/30/2025 (row 2) is no day".into()));
    }
}
