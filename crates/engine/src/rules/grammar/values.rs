//! Values in a sentence: counts, money, weights, lengths, shares and times of day.
//!
//! Owns: the one way in which each value is written, and its range. Refuses to know: what it is compared to.

use super::{Read, Reader};
use model::order::MAX_UNITS;
use model::words::grouped;
use model::{BasisPoints, Compare, Cost, Currency, Reach, Weight};
use std::ops::RangeInclusive;

/// Units of one item, or of an order.
pub(crate) const UNITS: RangeInclusive<u32> = 1..=MAX_UNITS;
/// Parcels of one order.
pub(crate) const PARCELS: RangeInclusive<u32> = 1..=100;
/// Days after an order; 0 is the same day.
pub(crate) const DAYS: RangeInclusive<u32> = 0..=90;
/// Days on the shelf: ten years.
pub(crate) const SHELF_DAYS: RangeInclusive<u32> = 1..=3_650;
/// Half the way around the Earth, in either unit.
const MILES: RangeInclusive<u32> = 1..=12_500;
pub(crate) const KM: RangeInclusive<u32> = 1..=20_000;
/// Amounts of money up to a billion of the currency's major unit.
pub(crate) const MONEY_MAX: Cost = Cost(1_000_000_000 * Cost::PER_MAJOR);

const COMPARES: [(Compare, &str); 4] = [
    (Compare::Over, "over"),
    (Compare::Under, "under"),
    (Compare::AtLeast, "at least"),
    (Compare::AtMost, "at most"),
];

pub(crate) fn compare(reader: &mut Reader) -> Read<Compare> {
    let words = COMPARES.map(|(_, words)| words);
    Ok(COMPARES[reader.choose("a comparison", &words)?].0)
}

pub(crate) fn write_compare(compare: Compare) -> &'static str {
    COMPARES.iter().find(|(known, _)| *known == compare).map_or("", |(_, words)| words)
}

/// `1 unit`, `3 units`.
pub(crate) fn write_count(count: u32, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// Steps over `unit` or `units`.
pub(crate) fn unit(reader: &mut Reader, unit: &str) -> Read<()> {
    let units = format!("{unit}s");
    reader.choose("a unit", &[&units, unit]).map(|_| ())
}

pub(crate) fn count(reader: &mut Reader, range: RangeInclusive<u32>) -> Read<u32> {
    let (least, most) = (*range.start(), *range.end());
    let within = format!("a whole number from {least} to {most}");
    let digits = reader.word().and_then(ungrouped);
    let value = digits.filter(|digits| digits.len() < 10).and_then(|digits| digits.parse::<u32>().ok());
    match value.filter(|value| range.contains(value)) {
        Some(value) => {
            reader.step();
            Ok(value)
        }
        None => Err(reader.is_not(&within, "")),
    }
}

/// Digits with an optional fraction, without the commas between thousands. `None` where commas stand elsewhere.
pub(crate) fn ungrouped(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    let is_number = !first.is_empty() && digits(first) && rest.iter().all(|group| digits(group));
    let is_fraction = digits(fraction) && text.contains('.') != fraction.is_empty();
    (is_number && is_fraction && (rest.is_empty() || is_grouped)).then(|| text.replace(',', ""))
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Money of the network's currency, from `least` to [`MONEY_MAX`].
pub(crate) fn money(reader: &mut Reader, least: Cost) -> Read<Cost> {
    let currency = reader.currency;
    let example = format!("write it as '{}'", write_money(Cost(15_000), currency));
    let Some(word) = reader.word() else { return Err(reader.is_not("an amount of money", example)) };
    let (is_negative, unsigned) = word.strip_prefix('-').map_or((false, word), |rest| (true, rest));
    let signed = Some(currency.sign()).filter(|sign| !sign.is_empty());
    let (digits, words) = if unsigned.eq_ignore_ascii_case(currency.code()) {
        (reader.peek(1).map_or("", |piece| piece.text.as_str()), 2)
    } else {
        (signed.and_then(|sign| unsigned.strip_prefix(sign)).unwrap_or(""), 1)
    };
    let Some(amount) = ungrouped(digits).and_then(|digits| Cost::from_decimal(&digits)) else {
        return Err(reader.is_not(&format!("an amount of money in {}", currency.code()), example));
    };
    let amount = if is_negative { -amount } else { amount };
    if amount < least || amount > MONEY_MAX {
        let (least, most) = (write_money(least, currency), write_money(MONEY_MAX, currency));
        return Err(reader.fault(format!("the amount is not between {least} and {most}"), ""));
    }
    (0..words).for_each(|_| reader.step());
    Ok(amount)
}

/// `$500`, `$1.50`, `$1,250`, `$0.0375`, `KWD 1.250`: exactly, with no fewer decimals than the currency has
/// unless there is nothing after the point.
pub(crate) fn write_money(amount: Cost, currency: Currency) -> String {
    let minus = if amount.0 < 0 { "-" } else { "" };
    let value = amount.0.unsigned_abs();
    let (whole, rest) = (value / 10_000, value % 10_000);
    let space = if currency.sign().is_empty() { " " } else { "" };
    let sign = if currency.sign().is_empty() { currency.code() } else { currency.sign() };
    let mut decimals = format!("{rest:04}");
    while decimals.len() > usize::from(currency.exponent()) && decimals.ends_with('0') {
        decimals.pop();
    }
    let point = if rest == 0 { String::new() } else { format!(".{decimals}") };
    format!("{minus}{sign}{space}{}{point}", grouped(whole))
}

/// In the order in which a writer tries them: the first in which a weight is whole is taken.
const WEIGHTS: [(&str, i64); 4] =
    [("lb", Weight::POUND), ("oz", Weight::OUNCE), ("kg", 1_000 * Weight::GRAM), ("g", Weight::GRAM)];
/// Other ways to say a unit, which are read and not written.
const OTHER_UNITS: [(&str, &str); 13] = [
    ("lbs", "lb"),
    ("pound", "lb"),
    ("pounds", "lb"),
    ("ounce", "oz"),
    ("ounces", "oz"),
    ("kgs", "kg"),
    ("kilo", "kg"),
    ("kilos", "kg"),
    ("kilogram", "kg"),
    ("kilograms", "kg"),
    ("gr", "g"),
    ("gram", "g"),
    ("grams", "g"),
];
/// The smallest weight is 625 billionths of a gram.
const BILLION: i64 = 1_000_000_000;

/// A weight above zero. Decimals are fine where they are exact.
pub(crate) fn weight(reader: &mut Reader) -> Read<Weight> {
    let example = "write it as '2 lb', '12 oz', '5 kg' or '500 g'";
    let scaled = reader.word().and_then(ungrouped).and_then(|digits| from_decimal(&digits));
    let Some(scaled) = scaled.filter(|scaled| *scaled > 0) else {
        return Err(reader.is_not("a weight", example));
    };
    let unit = reader.peek(1).map_or("", |piece| piece.text.as_str());
    let other = OTHER_UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit));
    let unit = other.map_or(unit, |(_, unit)| unit);
    let known = WEIGHTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit));
    let Some((_, size)) = known else { return Err(reader.fault("a weight needs its unit", example)) };
    let exact = i128::from(scaled) * i128::from(*size);
    let scale = i128::from(BILLION);
    let weight = i64::try_from(exact / scale).ok().filter(|_| exact % scale == 0).map(Weight);
    let Some(weight) = weight.filter(|weight| *weight <= Weight::MAX) else {
        return Err(reader.fault("the weight is above ten tonnes or too fine to be kept", example));
    };
    reader.step();
    reader.step();
    Ok(weight)
}

/// A plain decimal in billionths.
fn from_decimal(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() > 9 || fraction.len() > 9 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let fraction: i64 = format!("{fraction:0<9}").parse().ok()?;
    Some(whole * BILLION + fraction)
}

/// Exactly: in whole pounds, else ounces, else kilograms, else grams with decimals.
pub(crate) fn write_weight(weight: Weight) -> String {
    let whole = WEIGHTS.iter().find(|(_, size)| weight.0 % size == 0);
    if let Some((name, size)) = whole {
        return format!("{} {name}", weight.0 / size);
    }
    let minus = if weight.0 < 0 { "-" } else { "" };
    let decimals = format!("{:09}", (weight.0 % Weight::GRAM).abs() * (BILLION / Weight::GRAM));
    format!("{minus}{}.{} g", (weight.0 / Weight::GRAM).abs(), decimals.trim_end_matches('0'))
}

pub(crate) fn reach(reader: &mut Reader) -> Read<Reach> {
    match reader.peek(1).map(|piece| piece.text.to_ascii_lowercase()).as_deref() {
        Some("km") => {
            let length = count(reader, KM)?;
            reader.step();
            Ok(Reach::Km(length))
        }
        _ => {
            let length = count(reader, MILES)?;
            reader.choose("a unit of length", &["miles", "mile", "km"])?;
            Ok(Reach::Miles(length))
        }
    }
}

/// `1 mile`, `50 miles`, `80 km`.
pub(crate) fn write_reach(reach: Reach) -> String {
    match reach {
        Reach::Miles(miles) => write_count(miles, "mile"),
        Reach::Km(km) => format!("{km} km"),
    }
}

/// `0%` to `100%`, with up to two decimals. Written by its own `Display`.
pub(crate) fn share(reader: &mut Reader) -> Read<BasisPoints> {
    let hundredths = |text: &str| {
        let scaled = from_decimal(&ungrouped(text)?)?;
        let fine = BILLION / 100;
        (scaled % fine == 0).then_some(scaled / fine)
    };
    let value = reader.word().and_then(|word| word.strip_suffix('%')).and_then(hundredths);
    let value = value.and_then(|value| u16::try_from(value).ok()).map(BasisPoints);
    match value.filter(|value| *value <= BasisPoints::WHOLE) {
        Some(value) => {
            reader.step();
            Ok(value)
        }
        None => Err(reader.is_not("a share from 0% to 100%", "write it as '98%' or '98.5%'")),
    }
}

/// A time of day as minutes after midnight.
pub(crate) fn time(reader: &mut Reader) -> Read<u16> {
    let minutes = reader.word().and_then(|word| {
        let (hour, minute) = word.split_once(':')?;
        let is_time = word.len() <= 5 && minute.len() == 2 && digits(hour) && digits(minute);
        let (hour, minute) = (hour.parse::<u16>().ok().filter(|_| is_time)?, minute.parse::<u16>().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    });
    match minutes {
        Some(minutes) => {
            reader.step();
            Ok(minutes)
        }
        None => Err(reader.is_not("a time of day", "write it as '09:30' or '14:00'")),
    }
}

pub(crate) fn write_time(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(text: &str, code: &str) -> Reader {
        Reader::new(text, Currency::from_code(code).unwrap()).unwrap()
    }

    #[track_caller]
    fn check_money(amount: i64, code: &str, text: &str) {
        let currency = Currency::from_code(code).unwrap();
        assert_eq!(write_money(Cost(amount), currency), text);
        assert_eq!(money(&mut reader(text, code), Cost(-1_000_000)), Ok(Cost(amount)), "{text}");
    }

    #[test]
    fn money_is_written_as_people_write_it_and_exactly() {
        check_money(5_000_000, "USD", "$500");
        check_money(15_000, "USD", "$1.50");
        check_money(375, "USD", "$0.0375");
        check_money(-20_000, "USD", "-$2");
        check_money(12_345_600, "EUR", "€1,234.56");
        check_money(12_500, "KWD", "KWD 1.250");
        check_money(-12_500, "KWD", "-KWD 1.250");
        check_money(1_200_000, "JPY", "¥120");
        check_money(5_000, "JPY", "¥0.5");
        check_money(100_000, "BRL", "R$10");
    }

    #[test]
    fn money_of_another_kind_is_refused() {
        for bad in
            ["50", "€50", "$1,50", "$1.5.0", "$", "$-5", "EUR 50", "$5e3", "$2,000,000,000", "-$200", ""]
        {
            assert!(money(&mut reader(bad, "USD"), Cost(-1_000_000)).is_err(), "{bad}");
        }
        assert_eq!(money(&mut reader("USD 50", "USD"), Cost::ZERO), Ok(Cost(500_000)));
    }

    #[track_caller]
    fn check_weight(units: i64, text: &str) {
        assert_eq!(write_weight(Weight(units)), text);
        assert_eq!(weight(&mut reader(text, "USD")), Ok(Weight(units)), "{text}");
    }

    #[test]
    fn weights_take_the_first_unit_in_which_they_are_whole() {
        check_weight(2 * Weight::POUND, "2 lb");
        check_weight(12 * Weight::OUNCE, "12 oz");
        check_weight(5_000 * Weight::GRAM, "5 kg");
        check_weight(500 * Weight::GRAM, "500 g");
        check_weight(Weight::GRAM / 2, "0.5 g");
        check_weight(1, "0.000000625 g");
        check_weight(3 * Weight::GRAM + 7, "3.000004375 g");
    }

    #[test]
    fn a_unit_is_understood_in_full_and_in_the_plural() {
        for (text, written) in [("20 lbs", "20 lb"), ("20 Pounds", "20 lb"), ("2 kilos", "2 kg")] {
            assert_eq!(weight(&mut reader(text, "USD")).map(write_weight), Ok(written.to_owned()));
        }
    }

    #[test]
    fn a_weight_in_decimals_must_be_exact() {
        assert_eq!(weight(&mut reader("0.5 lb", "USD")), Ok(Weight::from_ounces(8)));
        for bad in ["0.5 oz", "0 lb", "2", "2 stone", "20000 kg", "-1 g", "lb"] {
            assert!(weight(&mut reader(bad, "USD")).is_err(), "{bad}");
        }
    }

    #[test]
    fn counts_stay_in_their_range() {
        assert_eq!(count(&mut reader("1,500", "USD"), UNITS), Ok(1_500));
        for bad in ["0", "10001", "2.5", "-1", "two", "99999999999", "1,5", "", "\"2\""] {
            assert!(count(&mut reader(bad, "USD"), UNITS).is_err(), "{bad}");
        }
    }

    #[test]
    fn shares_and_times_are_exact() {
        for text in ["0%", "98%", "98.5%", "98.55%", "100%"] {
            assert_eq!(share(&mut reader(text, "USD")).map(|share| share.to_string()), Ok(text.to_owned()));
        }
        for bad in ["98", "98.555%", "101%", "-1%", "%"] {
            assert!(share(&mut reader(bad, "USD")).is_err(), "{bad}");
        }
        assert_eq!(time(&mut reader("14:05", "USD")).map(write_time), Ok("14:05".to_owned()));
        for bad in ["24:00", "14", "14:5", "14:60", "2pm", "+9:30", "-9:30"] {
            assert!(time(&mut reader(bad, "USD")).is_err(), "{bad}");
        }
    }

    #[test]
    fn ways_keep_their_unit() {
        for text in ["1 mile", "50 miles", "80 km"] {
            assert_eq!(reach(&mut reader(text, "USD")).map(write_reach), Ok(text.to_owned()));
        }
        for bad in ["0 miles", "50", "50 yards", "20001 km"] {
            assert!(reach(&mut reader(bad, "USD")).is_err(), "{bad}");
        }
    }
}
