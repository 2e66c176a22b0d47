//! One cell, read as what it must be.
//!
//! Owns: numbers, amounts, weights, days, instants and degrees as people and programs write them, and the
//! sentence that refuses everything else. Refuses to know: which file or column it is.

use super::bad_input::{BadInput, quoted};
use super::table::{At, Table};
use model::{BasisPoints, Cost, Day, Timestamp, Weight};

/// What a whole number stands for, and its range.
#[derive(Clone, Copy)]
pub(crate) struct Whole {
    pub(crate) what: &'static str,
    pub(crate) min: i64,
    pub(crate) max: i64,
}

impl Whole {
    pub(crate) const fn new(what: &'static str, min: i64, max: i64) -> Whole {
        Whole { what, min, max }
    }
}

/// Largest amount of money in a cell, in major units: sums of 10,000 units of it stay far from overflow.
pub(crate) const MAX_AMOUNT: i64 = 100_000_000;

/// About ± 1,900 years.
const DAY_NUMBER: Whole = Whole::new("a day's number", -700_000, 700_000);

/// A cell of the current row, without surrounding blanks.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    bytes: &'a [u8],
    table: &'a Table,
    at: At,
}

/// What may stand at the beginning of a formula. Whoever writes a table for people puts a `'` before a text that begins
/// so, for a program for tables to show it and not to carry it out.
pub(super) const BEGINS_FORMULA: [u8; 6] = [b'=', b'+', b'-', b'@', b'\t', b'\r'];

/// Without the sign that keeps a text from being taken for a formula.
fn shown(bytes: &[u8]) -> &[u8] {
    match bytes {
        [b'\'', rest @ ..] if begins_formula(rest) => rest,
        _ => bytes,
    }
}

/// Whether a formula stands behind signs: a text that had one in front of it got one more.
fn begins_formula(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| **byte != b'\'').is_some_and(|first| BEGINS_FORMULA.contains(first))
}

impl<'a> Cell<'a> {
    #[inline]
    pub(crate) fn new(bytes: &'a [u8], table: &'a Table, at: At) -> Cell<'a> {
        Cell { bytes: shown(bytes.trim_ascii()), table, at }
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    #[inline]
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    #[inline]
    pub(crate) fn text(&self) -> &'a str {
        // The source gives UTF-8 alone, and cells are cut at ASCII.
        std::str::from_utf8(self.bytes).unwrap_or("")
    }

    /// The text, or a fault when there is none.
    pub(crate) fn some_text(&self, what: &str) -> Result<&'a str, BadInput> {
        match self.text() {
            "" => Err(self.fault("is empty", &format!("write {what}"))),
            text => Ok(text),
        }
    }

    /// `None` for an empty cell.
    #[inline]
    pub(crate) fn filled(self) -> Option<Cell<'a>> {
        (!self.bytes.is_empty()).then_some(self)
    }

    #[cold]
    pub(crate) fn fault(&self, problem: &str, remedy: &str) -> BadInput {
        self.table.fault(self.at, problem, remedy)
    }

    /// `'x' is not a quantity; write …`
    #[cold]
    pub(crate) fn is_not(&self, what: &str, remedy: &str) -> BadInput {
        self.fault(&format!("{} is not {what}", quoted(self.text())), remedy)
    }

    /// A number that cannot be read; where semicolons separate cells, a decimal point is the likely reason.
    #[cold]
    fn is_no_number(&self, what: &str, remedy: &str) -> BadInput {
        let is_pointed = self.table.decimal_mark() == b',' && scaled(self.bytes, 4, b'.').is_some();
        if !(is_pointed && self.bytes.contains(&b'.')) {
            return self.is_not(what, remedy);
        }
        let reason = "where semicolons separate the cells, a comma marks the decimals";
        let meant = self.text().replace('.', ",");
        self.is_not(&format!("{what}: {reason}"), &format!("write {meant}, or separate the cells by commas"))
    }

    /// A whole number within its range; `3.0` counts as 3.
    #[inline]
    pub(crate) fn whole(&self, kind: &Whole) -> Result<i64, BadInput> {
        match plain_digits(self.bytes) {
            Some(value) if kind.min <= value && value <= kind.max => Ok(value),
            _ => self.whole_slowly(kind),
        }
    }

    #[cold]
    fn whole_slowly(&self, kind: &Whole) -> Result<i64, BadInput> {
        let value = self.decimal(0).filter(|value| (kind.min..=kind.max).contains(value));
        value.ok_or_else(|| {
            self.is_no_number(kind.what, &format!("write a whole number from {} to {}", kind.min, kind.max))
        })
    }

    /// A decimal number times 10^`scale`, if it has no more decimals than that.
    fn decimal(&self, scale: u32) -> Option<i64> {
        let (value, is_exact) = scaled(self.bytes, scale, self.table.decimal_mark())?;
        is_exact.then_some(value)
    }

    /// An amount of money, exactly.
    pub(crate) fn cost(&self) -> Result<Cost, BadInput> {
        let limit = MAX_AMOUNT * Cost::PER_MAJOR;
        let amount = self.decimal(4).filter(|value| (-limit..=limit).contains(value));
        amount.map(Cost).ok_or_else(|| {
            let example = if self.table.decimal_mark() == b',' { "12,50" } else { "12.50" };
            self.is_no_number(
                "an amount of money",
                &format!("write digits with at most 4 decimals and no currency sign, such as {example}"),
            )
        })
    }

    /// An amount that is not negative.
    pub(crate) fn price(&self) -> Result<Cost, BadInput> {
        match self.cost()? {
            Cost(value) if value < 0 => {
                Err(self.is_not("a price", "write 0 or more; what is paid cannot be negative"))
            }
            price => Ok(price),
        }
    }

    /// A weight in units of `unit`, rounded to the nearest 625 nanograms.
    pub(crate) fn weight(&self, unit: i64) -> Result<Weight, BadInput> {
        let amount = scaled(self.bytes, 6, self.table.decimal_mark()).map(|(value, _)| value);
        let weight = amount.filter(|value| *value >= 0).and_then(|value| {
            let product = i128::from(value) * i128::from(unit) + 500_000;
            i64::try_from(product / 1_000_000).ok().map(Weight).filter(|weight| *weight <= Weight::MAX)
        });
        weight.ok_or_else(|| {
            self.is_no_number(
                "a weight",
                "write a number of the column's unit, 0 or more and at most 10 tonnes",
            )
        })
    }

    /// A share: `0.985` or `98.5%`.
    pub(crate) fn share(&self) -> Result<BasisPoints, BadInput> {
        let percent = self.bytes.strip_suffix(b"%");
        let scale = if percent.is_some() { 2 } else { 4 };
        let number = percent.unwrap_or(self.bytes).trim_ascii();
        let value = scaled(number, scale, self.table.decimal_mark()).map(|(value, _)| value);
        value.filter(|value| (0..=10_000).contains(value)).map(|value| BasisPoints(value as u16)).ok_or_else(
            || {
                self.is_no_number(
                    "a share",
                    "write a number from 0 to 1 such as 0.98, or a percentage such as 98%",
                )
            },
        )
    }

    /// A number of 0 or more times 10^`scale`, rounded; for distances, minutes and rates per day.
    pub(crate) fn measure(&self, scale: u32, kind: &Whole) -> Result<i64, BadInput> {
        let value = scaled(self.bytes, scale, self.table.decimal_mark()).map(|(value, _)| value);
        let power = 10i64.pow(scale);
        value.filter(|value| (kind.min * power..=kind.max * power).contains(value)).ok_or_else(|| {
            self.is_no_number(kind.what, &format!("write a number from {} to {}", kind.min, kind.max))
        })
    }

    /// Degrees of latitude or longitude, as 1/10,000 of a degree.
    pub(crate) fn degrees(&self, kind: &Whole) -> Result<i32, BadInput> {
        match tiny(self.bytes, self.table.decimal_mark()) {
            Some(value) => Ok(value),
            None => self.measure(4, kind).map(|value| value as i32),
        }
    }

    pub(crate) fn flag(&self) -> Result<bool, BadInput> {
        flag(self.bytes).ok_or_else(|| self.is_not("yes or no", "write 1 or 0, true or false, yes or no"))
    }

    pub(crate) fn day(&self) -> Result<Day, BadInput> {
        day(self.bytes).ok_or_else(|| self.is_not("a day", "write the day as 2026-09-08, year first"))
    }

    /// A day, or its number counted from any day 0.
    #[inline]
    pub(crate) fn day_or_number(&self) -> Result<Day, BadInput> {
        match plain_digits(self.bytes) {
            Some(number) if number <= DAY_NUMBER.max => Ok(Day(number as i32)),
            _ => self.day_or_number_slowly(),
        }
    }

    #[cold]
    fn day_or_number_slowly(&self) -> Result<Day, BadInput> {
        match self.decimal(0) {
            Some(_) => self.whole(&DAY_NUMBER).map(|number| Day(number as i32)),
            None => self.day(),
        }
    }

    /// An instant; without an offset it is UTC.
    pub(crate) fn instant(&self) -> Result<Timestamp, BadInput> {
        self.written_instant().map(|written| written.at)
    }

    /// An instant, and the offset with which it is written.
    pub(crate) fn written_instant(&self) -> Result<WrittenInstant, BadInput> {
        written_instant(self.bytes).ok_or_else(|| {
            self.is_not("a time", "write it like 2026-11-24T09:30:00Z or 2026-11-24 09:30:00 -0500")
        })
    }

    /// Names separated by `;`, blanks around them dropped.
    pub(crate) fn list(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text().split([';', '|']).map(str::trim).filter(|name| !name.is_empty())
    }
}

/// Longest run of digits that is read: below 10^15 nothing overflows.
const MAX_DIGITS: usize = 15;

#[inline]
fn plain_digits(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > MAX_DIGITS {
        return None;
    }
    let mut value = 0;
    for &byte in bytes {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(byte - b'0');
    }
    Some(value)
}

/// A plain decimal number times 10^`scale`, rounded half away from zero, and whether nothing was rounded.
pub(crate) fn scaled(bytes: &[u8], scale: u32, mark: u8) -> Option<(i64, bool)> {
    let (is_negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, bytes),
    };
    let (whole, fraction) = match digits.iter().position(|&byte| byte == mark) {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, &[][..]),
    };
    if whole.is_empty() && fraction.is_empty() || whole.len() + scale as usize > MAX_DIGITS {
        return None;
    }
    let mut value = if whole.is_empty() { 0 } else { plain_digits(whole)? };
    let kept = &fraction[..fraction.len().min(scale as usize)];
    let dropped = &fraction[kept.len()..];
    if !dropped.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let tail = if kept.is_empty() { 0 } else { plain_digits(kept)? };
    value = value * 10i64.pow(scale) + tail * 10i64.pow(scale - kept.len() as u32);
    value += i64::from(dropped.first().is_some_and(|&byte| byte >= b'5'));
    let is_exact = dropped.iter().all(|&byte| byte == b'0');
    Some((if is_negative { -value } else { value }, is_exact))
}

/// Programs write degrees next to zero as `-4e-05`: in 1/10,000 of a degree, -1, 0 or 1.
fn tiny(bytes: &[u8], mark: u8) -> Option<i32> {
    let at = bytes.windows(2).position(|pair| matches!(pair, b"e-" | b"E-"))?;
    let (mantissa, _) = scaled(&bytes[..at], 0, mark)?;
    match plain_digits(&bytes[at + 2..])? {
        exponent if exponent < 5 || mantissa.abs() > 10 => None,
        5 if mantissa.abs() >= 5 => Some(mantissa.signum() as i32),
        _ => Some(0),
    }
}

fn flag(bytes: &[u8]) -> Option<bool> {
    const YES: [&[u8]; 4] = [b"1", b"true", b"yes", b"y"];
    const NO: [&[u8]; 4] = [b"0", b"false", b"no", b"n"];
    if YES.iter().any(|word| bytes.eq_ignore_ascii_case(word)) {
        return Some(true);
    }
    NO.iter().any(|word| bytes.eq_ignore_ascii_case(word)).then_some(false)
}

/// `2026-11-24`.
pub(crate) fn day(bytes: &[u8]) -> Option<Day> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *bytes else { return None };
    let year = plain_digits(&[y1, y2, y3, y4])?;
    let (month, day) = (plain_digits(&[m1, m2])?, plain_digits(&[d1, d2])?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap),
        _ => 31,
    };
    if !(1..=12).contains(&month) || !(1..=length).contains(&day) || year < 1 {
        return None;
    }
    // Days from civil, with the year beginning in March (H. Hinnant).
    let shifted = year - i64::from(month <= 2);
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let count = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(Day(count as i32))
}

/// An instant, and how many minutes its clock was ahead of UTC; 0 where it does not say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WrittenInstant {
    pub(crate) at: Timestamp,
    /// `None` where it is written without one; `at` is then as if it were UTC.
    pub(crate) offset_minutes: Option<i64>,
}

/// `2026-11-24`, then optionally a blank or `T`, `09:30` or `09:30:15.250`, then optionally `Z`, `-05:00` or ` -0500`.
pub(crate) fn written_instant(bytes: &[u8]) -> Option<WrittenInstant> {
    let (date, rest) = bytes.split_at_checked(10)?;
    let start = day(date)?.start_utc();
    let [separator, clock @ ..] = rest else {
        return rest.is_empty().then_some(WrittenInstant { at: start, offset_minutes: None });
    };
    if !matches!(separator, b' ' | b'T') {
        return None;
    }
    let zone_at = clock.iter().position(|byte| matches!(byte, b'Z' | b'+' | b'-' | b' '));
    let (clock, zone) = clock.split_at(zone_at.unwrap_or(clock.len()));
    let time_ms = clock_ms(clock)?;
    let offset_minutes = match zone.trim_ascii() {
        [] => None,
        zone => Some(offset(zone)?),
    };
    let at = Timestamp(start.0 + time_ms).plus_minutes(-offset_minutes.unwrap_or(0));
    Some(WrittenInstant { at, offset_minutes })
}

fn clock_ms(clock: &[u8]) -> Option<i64> {
    let (hour, minute, seconds) = match *clock {
        [h1, h2, b':', m1, m2] => ([h1, h2], [m1, m2], &[][..]),
        [h1, h2, b':', m1, m2, b':', ..] => ([h1, h2], [m1, m2], &clock[6..]),
        _ => return None,
    };
    let (hour, minute) = (plain_digits(&hour)?, plain_digits(&minute)?);
    let second_ms = if seconds.is_empty() { 0 } else { scaled(seconds, 3, b'.')?.0 };
    if hour > 23 || minute > 59 || !(0..61_000).contains(&second_ms) {
        return None;
    }
    Some((hour * 60 + minute) * Timestamp::MINUTE_MS + second_ms)
}

/// Minutes east of Greenwich.
fn offset(zone: &[u8]) -> Option<i64> {
    let (sign, digits) = match zone {
        [b'Z'] | b"UTC" => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match *digits {
        [h1, h2] => ([h1, h2], [b'0', b'0']),
        [h1, h2, m1, m2] | [h1, h2, b':', m1, m2] => ([h1, h2], [m1, m2]),
        _ => return None,
    };
    let (hours, minutes) = (plain_digits(&hours)?, plain_digits(&minutes)?);
    (hours <= 14 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_scaled_without_a_float() {
        let exact = |text: &str| scaled(text.as_bytes(), 4, b'.');
        assert_eq!(exact("12.5"), Some((125_000, true)));
        assert_eq!(exact("-0.00005"), Some((-1, false)));
        assert_eq!(exact("1.10000"), Some((11_000, true)));
        assert_eq!(exact(".5"), Some((5_000, true)));
        assert_eq!(scaled(b"3,25", 2, b','), Some((325, true)));
        assert_eq!(scaled(b"3.0", 0, b'.'), Some((3, true)));
        for bad in ["", "-", ".", "1e30", "1,5", "--1", "1.2.3", "1.2x", "12345678901234567890", "NaN", "0x1"]
        {
            assert_eq!(exact(bad), None, "{bad}");
        }
    }

    #[test]
    fn degrees_next_to_zero_may_be_in_scientific_notation() {
        assert_eq!(tiny(b"-4e-05", b'.'), Some(0));
        assert_eq!(tiny(b"-5.5e-05", b'.'), Some(-1));
        assert_eq!(tiny(b"9e-07", b'.'), Some(0));
        assert_eq!((tiny(b"4e-01", b'.'), tiny(b"4e05", b'.'), tiny(b"4", b'.')), (None, None, None));
    }

    #[test]
    fn instants_are_read_as_programs_write_them() {
        let shown = |text: &str| written_instant(text.as_bytes()).map(|written| written.at.to_string());
        let morning = Some("2025-12-06T15:37:33Z".to_owned());
        assert_eq!(shown("2025-12-06 10:37:33 -0500"), morning);
        assert_eq!(shown("2025-12-06T10:37:33-05:00"), morning);
        assert_eq!(shown("2025-12-06T15:37:33.000Z"), morning);
        assert_eq!(shown("2025-12-06 15:37:33"), morning);
        assert_eq!(shown("2025-12-06 15:37:33 UTC"), morning);
        assert_eq!(shown("2025-12-06"), Some("2025-12-06T00:00:00Z".to_owned()));
        assert_eq!(shown("2025-12-06 21:00+05:30"), Some("2025-12-06T15:30:00Z".to_owned()));
        for bad in
            ["2025-02-30", "2025-13-01", "06/12/2025", "2025-12-06 25:00", "2025-12-06 10:00 EST", "2025-12"]
        {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_agree_with_the_models_own() {
        for count in (-50_000..60_000).step_by(37) {
            assert_eq!(day(Day(count).to_string().as_bytes()), Some(Day(count)));
        }
        assert_eq!(day(b"2024-02-29"), Day::from_iso("2024-02-29"));
        assert_eq!(day(b"2023-02-29"), None);
    }
}
