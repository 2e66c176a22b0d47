//! Every setting of `settings.toml` for people: what it does, in which unit, within which range, and what it is set to.
//!
//! Owns: groups, ranges and explanations, and telling a value that differs from the default. Refuses to know: who set it.

use super::layout::SETTINGS;
use super::settings::differs;
use super::settings_text::example;
use std::collections::BTreeMap;
use toml::Table;

/// A setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Described {
    pub key: &'static str,
    /// Under which heading it stands.
    pub group: &'static str,
    /// What it does, in one sentence.
    pub explanation: &'static str,
    pub unit: &'static str,
    pub range: &'static str,
    /// As the documents write it.
    pub default: &'static str,
    /// A line that could stand in the file.
    pub example: String,
    /// As the file has it; `None`: it is not in the file.
    pub value: Option<String>,
    /// The file has it, and otherwise than by default.
    pub is_changed: bool,
}

const CLOCK: &str = "Clock and calendar";
const PROMISE: &str = "Promises";
const COST: &str = "Costs";
const TRUST: &str = "Trust in stock";
const LEFTOVERS: &str = "Splits and leftovers";

/// Key, group, range, explanation.
const ALL: [(&str, &str, &str, &str); 21] = [
    ("time_zone", CLOCK, "an IANA name", "The clock by which the shop counts days, weekdays and weeks."),
    ("transit_weekdays", CLOCK, "Mo to Su", "The days of the week on which carriers move parcels."),
    ("transit_holidays", CLOCK, "up to 400 days", "Days on which carriers do not move parcels."),
    (
        "promise_days",
        PROMISE,
        "0 to 60, or \"none\"",
        "Within how many days an order without a date of its own has to arrive.",
    ),
    (
        "promise_days_expedited",
        PROMISE,
        "0 to 60",
        "The same where the customer paid for express or priority.",
    ),
    ("promise_days_next_day", PROMISE, "0 to 60", "The same where the customer paid for the next day."),
    ("promise_days_same_day", PROMISE, "0 to 60", "The same where the customer paid for the same day."),
    (
        "lateness_per_day",
        PROMISE,
        "0 or more, or \"never\"",
        "What a day too late may cost in a comparison; never: nothing arrives late.",
    ),
    (
        "parts_off",
        COST,
        "names of parts of the cost",
        "Parts of the cost that do not count when places are compared.",
    ),
    (
        "split_penalty",
        COST,
        "0 or more",
        "What each parcel beyond the first of an order counts, besides its postage.",
    ),
    ("failed_pick", COST, "0 or more", "What it costs when goods are not where the books say."),
    (
        "record_error_tail",
        COST,
        "up to 400 shares from 0 to 1",
        "How often a wrong record lacks the last unit, the one before it, and so on.",
    ),
    (
        "replenish_days",
        COST,
        "0 to 1,000",
        "Days until more comes where no delivery is known: how long a sold unit may be missed at the counter.",
    ),
    (
        "markdown",
        COST,
        "steps of days and a share",
        "By how much goods lose in price as they grow old: what sending them now saves.",
    ),
    ("box_fill", COST, "0 to 1", "Which share of a box goods fill: how large a parcel is taken to be."),
    ("accuracy_gate", TRUST, "0 to 1", "Places whose records are right less often take no orders."),
    (
        "feed_max_age_minutes",
        TRUST,
        "1 to 10,000,000",
        "Places whose stock was told longer ago take no orders.",
    ),
    (
        "unfilled",
        LEFTOVERS,
        "\"fewest_first\" or \"priced\"",
        "Whether filling most units goes before cost, or is weighed with it.",
    ),
    (
        "parcels_per_location",
        LEFTOVERS,
        "\"one\" or \"many\"",
        "Whether a place may send an order in more than one parcel.",
    ),
    (
        "when_short",
        LEFTOVERS,
        "substitute, backorder, hold, cancel",
        "What becomes of units that no place has, in order of preference.",
    ),
    (
        "search_limit",
        LEFTOVERS,
        "1 to 100,000,000",
        "After how many steps of search the best plan so far is taken.",
    ),
];

/// Every setting, by group, with what a file sets it to.
pub fn settings_described(text: &str) -> Vec<Described> {
    let table: Table = text.parse().unwrap_or_default();
    let of =
        |&(key, group, range, explanation): &(&'static str, &'static str, &'static str, &'static str)| {
            let column = SETTINGS.columns.iter().find(|column| column.name == key)?;
            let value = table.get(key);
            Some(Described {
                key,
                group,
                explanation,
                unit: column.unit,
                range,
                default: column.default,
                example: example(key).unwrap_or_default(),
                value: value.map(ToString::to_string),
                is_changed: value.is_some_and(|value| differs(key, value)),
            })
        };
    ALL.iter().filter_map(of).collect()
}

/// The keys that a `settings.toml` has, with their values as text; none where it cannot be read.
pub fn settings_written(text: &str) -> BTreeMap<String, String> {
    let table: Table = text.parse().unwrap_or_default();
    table.iter().map(|(key, value)| (key.clone(), value.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_setting_is_described_and_nothing_else() {
        let described: BTreeSet<&str> = settings_described("").iter().map(|setting| setting.key).collect();
        assert_eq!(described, SETTINGS.columns.iter().map(|column| column.name).collect());
    }

    #[test]
    fn a_value_is_changed_only_where_it_differs_from_the_default() {
        let told = |text: &str, key: &str| {
            let all = settings_described(text);
            let setting = all.iter().find(|setting| setting.key == key).unwrap();
            (setting.value.clone(), setting.is_changed)
        };
        assert_eq!(told("box_fill = 0.8", "box_fill"), (Some("0.8".into()), false));
        assert_eq!(told("box_fill = 0.7", "box_fill"), (Some("0.7".into()), true));
        assert_eq!(told("box_fill = 0.7", "promise_days"), (None, false));
    }
}
