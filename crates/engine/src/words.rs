//! Small words that sentences share: weights, ways, days and times of day.
//!
//! Owns: how a person in a shop says a quantity. Refuses to know: what it is a quantity of.

use model::words::{MONTHS, count};
use model::{Currency, Day, Distance, Timestamp, WallClock, Weight};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Pounds and ounces where people pay in US dollars, else kilograms and grams; rounded up.
pub(crate) fn weight(weight: Weight, currency: Currency) -> String {
    if currency == Currency::USD {
        return match weight.ounces_up() {
            ounces if ounces < 16 => format!("{ounces} oz"),
            ounces if ounces % 16 == 0 => format!("{} lb", ounces / 16),
            ounces => format!("{} lb {} oz", ounces / 16, ounces % 16),
        };
    }
    match weight.grams_up() {
        grams if grams < 1_000 => format!("{grams} g"),
        grams if grams % 1_000 == 0 => format!("{} kg", grams / 1_000),
        grams => {
            let thousandths = format!("{:03}", grams % 1_000);
            format!("{}.{} kg", grams / 1_000, thousandths.trim_end_matches('0'))
        }
    }
}

pub(crate) fn way(distance: Distance) -> String {
    match distance.miles() {
        _ if !distance.is_known() => "an unknown way".into(),
        0..=2 => format!("{} m", distance.0),
        miles => count(miles.into(), "mile"),
    }
}

/// `Mon 3 Aug`, and with its year where that is not the year of `now`.
pub(crate) fn day(day: Day, now: Day) -> String {
    let (iso, now) = (day.to_string(), now.to_string());
    let parts: Vec<&str> = iso.splitn(3, '-').collect();
    let [year, month, number] = parts.as_slice() else { return iso };
    let month = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    let Some(month) = month else { return iso };
    let weekday = WEEKDAYS[usize::from(day.weekday())];
    let shown = format!("{weekday} {} {month}", number.trim_start_matches('0'));
    if now.starts_with(&format!("{year}-")) { shown } else { format!("{shown} {year}") }
}

/// `Mon 3 Aug, 08:00` as the clock on the wall shows it.
pub(crate) fn moment(at: Timestamp, clock: &WallClock, now: Day) -> String {
    let minute = clock.minute(at);
    format!("{}, {:02}:{:02}", day(clock.day(at), now), minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_thousands_are_grouped() {
        let told: Vec<String> = [0, 1, 2, 1_200].map(|number| count(number, "order")).to_vec();
        assert_eq!(told, ["0 orders", "1 order", "2 orders", "1,200 orders"]);
    }

    #[test]
    fn weights_are_told_as_the_shop_weighs() {
        let euro = Currency::from_code("EUR").unwrap();
        let told = |grams| {
            (weight(Weight::from_grams(grams), Currency::USD), weight(Weight::from_grams(grams), euro))
        };
        assert_eq!(told(1_500), ("3 lb 5 oz".into(), "1.5 kg".into()));
        assert_eq!(told(250), ("9 oz".into(), "250 g".into()));
        assert_eq!(weight(Weight(10 * Weight::POUND), Currency::USD), "10 lb");
        assert_eq!(weight(Weight::from_grams(2_000), euro), "2 kg");
    }

    #[test]
    fn a_time_is_what_the_wall_shows_and_a_year_is_told_only_where_it_differs() {
        let clock = WallClock::of_zone("America/Los_Angeles").unwrap();
        let now = Day::from_iso("2026-08-01").unwrap();
        let at = Day::from_iso("2026-08-03").unwrap().start_utc().plus_minutes(15 * 60);
        assert_eq!(moment(at, &clock, now), "Mon 3 Aug, 08:00");
        assert_eq!(day(Day::from_iso("2027-01-01").unwrap(), now), "Fri 1 Jan 2027");
    }
}
