//! Settings of a folder: the bench's fixed ones, or those of `settings.toml`.
//!
//! Owns: what each key means and how it is written. Refuses to know: how the engine uses them.

use super::super::bad_input::{BadInput, BadInputs, Faults, quoted};
use super::super::cell::{MAX_AMOUNT, day, scaled};
use super::Opening;
use super::layout::SETTINGS;
use super::manifest::{Format, Manifest};
use super::settings_text;
use super::time_zone;
use model::nearest::nearest;
use model::{
    BasisPoints, Cost, CostPart, Day, Lateness, Location, MarkdownStep, ParcelsPerLocation, PartSwitches,
    Settings, ShortChoice, TransitDays, UnfilledWeight, WallClock,
};
use toml::{Table, Value};

/// Most entries of a list.
const MAX_LIST: usize = 400;
const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

pub(super) fn read(open: &mut Opening, locations: &[Location]) -> Result<Settings, BadInputs> {
    match open.manifest.format {
        Format::Bench => Ok(bench(&open.manifest)),
        Format::Baton => baton(open, locations),
    }
}

/// The cost of a placement as `oobench-1` defines it: one parcel per order and place, postage, handling,
/// picking, a price per extra parcel, stated markdown and stated opportunity; unfilled units are priced. Its days
/// are those of UTC.
fn bench(manifest: &Manifest) -> Settings {
    let default = Settings::default();
    Settings {
        parts: PartSwitches::ALL_ON.without(CostPart::Risk).without(CostPart::Lateness),
        split_penalty: manifest.split_penalty.unwrap_or_default(),
        lateness: Lateness::Never,
        promise_days: None,
        transit: TransitDays::Calendar,
        markdown: Vec::new(),
        unfilled: UnfilledWeight::Priced,
        parcels: ParcelsPerLocation::One,
        when_short: vec![ShortChoice::Cancel],
        ..default
    }
}

fn baton(open: &mut Opening, locations: &[Location]) -> Result<Settings, BadInputs> {
    let default = Settings::default();
    let split_penalty = open.manifest.split_penalty.unwrap_or(default.split_penalty);
    let mut settings = Settings { split_penalty, ..default };
    let text = open.dir.read_small(SETTINGS.file)?.unwrap_or_default();
    let table: Table = text.parse().map_err(|error| settings_text::fault(&text, &error))?;
    if !table.contains_key("time_zone") {
        settings.clock = time_zone::of_places(open, locations);
    }
    let mut faults = Faults::default();
    for (key, value) in &table {
        if let Err(refused) = set(&mut settings, key, value) {
            let (problem, remedy) = with_example(key, refused);
            let is_it = |line: &str| {
                let named =
                    line.trim_start().trim_start_matches(['[', '"', '\'', ' ']).strip_prefix(key.as_str());
                let rest = named.map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
                rest.is_some_and(|rest| rest.starts_with(['=', '.', ']']))
            };
            let row = text.lines().position(is_it);
            let fault = BadInput::of_file(SETTINGS.file, problem, remedy).in_column(key);
            faults.add(match row {
                Some(row) => fault.at_row(row as u64 + 1),
                None => fault,
            })?;
        }
    }
    faults.into_result()?;
    Ok(settings)
}

/// Whether a value says something else than the default does.
pub(super) fn differs(key: &str, value: &Value) -> bool {
    let mut settings = Settings::default();
    set(&mut settings, key, value).is_ok() && settings != Settings::default()
}

/// A problem and its remedy.
pub(super) type Refusal = (String, String);

/// Why the value of a key is refused. `None`: it is read.
pub(super) fn refusal(key: &str, value: &Value) -> Option<Refusal> {
    set(&mut Settings::default(), key, value).err().map(|refused| with_example(key, refused))
}

/// Why a key below `[section]` or `[[section]]` is refused. `None`: its value is read.
pub(super) fn refusal_below(section: &str, (key, value): (&str, &Value)) -> Option<Refusal> {
    match section {
        "markdown" => refusal_in_step(key, value).map(|refused| with_example(section, refused)),
        _ => refusal(section, &Value::Table(Table::new())),
    }
}

fn with_example(key: &str, (problem, remedy): Refusal) -> Refusal {
    match settings_text::example(key) {
        Some(example) => (problem, format!("{remedy}, such as {example}")),
        None => (problem, remedy),
    }
}

fn or_word<T>(result: Result<T, Refusal>, word: &str) -> Result<T, Refusal> {
    result.map_err(|(problem, remedy)| (problem, format!("{remedy}, or \"{word}\"")))
}

/// Sets the field of one key.
fn set(settings: &mut Settings, key: &str, value: &Value) -> Result<(), Refusal> {
    match key {
        "time_zone" => settings.clock = clock(value)?,
        "parts_off" => {
            let what = format!("parts of the cost ({})", CostPart::ALL.map(CostPart::code).join(", "));
            let off = list(value, &what, |entry| entry.as_str().and_then(CostPart::from_code))?;
            settings.parts = off.into_iter().fold(PartSwitches::ALL_ON, PartSwitches::without);
        }
        "split_penalty" => settings.split_penalty = money(value)?,
        "lateness_per_day" if is_word(value, "never") => settings.lateness = Lateness::Never,
        "lateness_per_day" => {
            settings.lateness = Lateness::Priced { per_day: or_word(money(value), "never")? };
        }
        "promise_days" if is_word(value, "none") => settings.promise_days = None,
        "promise_days" => settings.promise_days = Some(or_word(whole(value, 0, 60), "none")? as u8),
        "promise_days_expedited" => settings.paid_promise.expedited = whole(value, 0, 60)? as u8,
        "promise_days_next_day" => settings.paid_promise.next_day = whole(value, 0, 60)? as u8,
        "promise_days_same_day" => settings.paid_promise.same_day = whole(value, 0, 60)? as u8,
        "transit_weekdays" => {
            let days = list(value, "weekdays (Mo, Tu, We, Th, Fr, Sa, Su)", |entry| {
                WEEKDAYS.iter().position(|day| entry.as_str() == Some(day))
            })?;
            let weekdays = days.into_iter().fold(0, |bits, day| bits | 1 << day);
            settings.transit = TransitDays::Working { weekdays, holidays: holidays_of(&settings.transit) };
        }
        "transit_holidays" => {
            let holidays = list(value, "days", |entry| day(entry.as_str()?.as_bytes()))?;
            let weekdays = weekdays_of(&settings.transit);
            settings.transit = TransitDays::Working { weekdays, holidays };
        }
        "failed_pick" => settings.failed_pick = money(value)?,
        "record_error_tail" => settings.record_error_tail = list(value, "shares from 0 to 1", share_of)?,
        "replenish_days" => settings.replenish_days = whole(value, 0, 1_000)? as u16,
        "markdown" => settings.markdown = markdown(value)?,
        "unfilled" => {
            let choices = [("fewest_first", UnfilledWeight::FewestFirst), ("priced", UnfilledWeight::Priced)];
            settings.unfilled = choice(value, &choices)?;
        }
        "parcels_per_location" => {
            let choices = [("one", ParcelsPerLocation::One), ("many", ParcelsPerLocation::Many)];
            settings.parcels = choice(value, &choices)?;
        }
        "box_fill" => settings.box_fill = share(value)?,
        "accuracy_gate" => settings.accuracy_gate = Some(share(value)?),
        "feed_max_age_minutes" => settings.feed_max_age_minutes = Some(whole(value, 1, 10_000_000)? as u32),
        "when_short" => {
            let code = |entry: &Value| entry.as_str().and_then(ShortChoice::from_code);
            settings.when_short = list(value, "substitute, backorder, hold or cancel", code)?;
        }
        "search_limit" => settings.search_limit = whole(value, 1, 100_000_000)? as u32,
        unknown => return Err(unknown_key(unknown)),
    }
    Ok(())
}

fn unknown_key(key: &str) -> Refusal {
    let keys = SETTINGS.columns.iter().map(|column| column.name);
    let near = nearest(key, keys.clone());
    let remedy = match near.and_then(settings_text::example) {
        Some(example) => format!("if {} is meant, write it so, as in {example}", near.unwrap_or_default()),
        None => format!("remove it; keys are {}", keys.collect::<Vec<_>>().join(", ")),
    };
    (format!("{} is not a setting", quoted(key)), remedy)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Table(_) => "a section with keys of its own".to_owned(),
        Value::String(text) => quoted(text),
        other => quoted(&other.to_string()),
    }
}

fn clock(value: &Value) -> Result<WallClock, Refusal> {
    let name = value.as_str().map_or(value.to_string(), str::to_owned);
    WallClock::of_zone(&name).map_err(|sentence| {
        let (problem, _) = sentence.split_once("; ").unwrap_or((&sentence, ""));
        (problem.to_owned(), "write an IANA name".to_owned())
    })
}

fn is_word(value: &Value, word: &str) -> bool {
    value.as_str() == Some(word)
}

fn number(value: &Value, scale: u32) -> Option<i64> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Integer(_) | Value::Float(_) => value.to_string(),
        _ => return None,
    };
    scaled(text.as_bytes(), scale, b'.').filter(|(_, is_exact)| *is_exact).map(|(value, _)| value)
}

fn money(value: &Value) -> Result<Cost, Refusal> {
    let limit = MAX_AMOUNT * Cost::PER_MAJOR;
    number(value, 4).filter(|amount| (0..=limit).contains(amount)).map(Cost).ok_or_else(|| {
        let remedy = "write a number of 0 or more with at most 4 decimals".to_owned();
        (format!("{} is not an amount of money", shown(value)), remedy)
    })
}

fn whole(value: &Value, min: i64, max: i64) -> Result<i64, Refusal> {
    let number = number(value, 0);
    number.filter(|number| (min..=max).contains(number)).ok_or_else(|| {
        let problem = if number.is_some() { "is out of range" } else { "is not a whole number" };
        (format!("{} {problem}", shown(value)), format!("write a whole number from {min} to {max}"))
    })
}

fn share_of(value: &Value) -> Option<BasisPoints> {
    number(value, 4).filter(|share| (0..=10_000).contains(share)).map(|share| BasisPoints(share as u16))
}

fn share(value: &Value) -> Result<BasisPoints, Refusal> {
    share_of(value)
        .ok_or_else(|| (format!("{} is not a share", shown(value)), "write a number from 0 to 1".to_owned()))
}

fn choice<T: Copy>(value: &Value, choices: &[(&str, T)]) -> Result<T, Refusal> {
    let found = choices.iter().find(|(word, _)| is_word(value, word));
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        (format!("{} is not a choice", shown(value)), format!("write {}", words.join(" or ")))
    })
}

fn list<T>(value: &Value, what: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>, Refusal> {
    let refused = |problem: String| (problem, format!("write a list in brackets of {what}"));
    let Some(entries) = value.as_array() else {
        return Err(refused(format!("{} is not a list", shown(value))));
    };
    if entries.len() > MAX_LIST {
        return Err(refused(format!("has more than {MAX_LIST} entries")));
    }
    let read =
        |entry| read(entry).ok_or_else(|| refused(format!("the entry {} is not one of them", shown(entry))));
    entries.iter().map(read).collect()
}

const STEPS: &str = "steps of days and a share from 0 to 1";

fn markdown(value: &Value) -> Result<Vec<MarkdownStep>, Refusal> {
    for table in value.as_array().into_iter().flatten().filter_map(Value::as_table) {
        if let Some(refused) = table.iter().find_map(|(key, value)| refusal_in_step(key, value)) {
            return Err(refused);
        }
        if let Some(lacked) = ["after_days", "share"].into_iter().find(|key| !table.contains_key(*key)) {
            return Err((format!("a step has no {lacked}"), format!("write a list in brackets of {STEPS}")));
        }
    }
    let step = |entry: &Value| {
        let table = entry.as_table()?;
        Some(MarkdownStep {
            after_days: after_days(table.get("after_days")?)?,
            share: share_of(table.get("share")?)?,
        })
    };
    let mut steps = list(value, STEPS, step)?;
    steps.sort_by_key(|step| step.after_days);
    Ok(steps)
}

fn after_days(value: &Value) -> Option<u32> {
    number(value, 0).filter(|days| (0..=100_000).contains(days)).map(|days| days as u32)
}

/// Why a key of a step of `markdown` is refused.
fn refusal_in_step(key: &str, value: &Value) -> Option<Refusal> {
    let refused = |problem: String| Some((problem, format!("write {STEPS}")));
    match key {
        "after_days" if after_days(value).is_some() => None,
        "after_days" => refused(format!("after_days of a step: {} is not a number of days", shown(value))),
        "share" if share_of(value).is_some() => None,
        "share" => refused(format!("share of a step: {} is not a share", shown(value))),
        setting if SETTINGS.columns.iter().any(|column| column.name == setting) => Some((
            format!("{setting} stands below it, and counts as a part of a step"),
            "move it above the section, or write the section as one line".to_owned(),
        )),
        other => refused(format!("{} is no part of a step", quoted(other))),
    }
}

fn holidays_of(transit: &TransitDays) -> Vec<Day> {
    match transit {
        TransitDays::Calendar => Vec::new(),
        TransitDays::Working { holidays, .. } => holidays.clone(),
    }
}

fn weekdays_of(transit: &TransitDays) -> u8 {
    match transit {
        TransitDays::Calendar => 0x7f,
        TransitDays::Working { weekdays, .. } => *weekdays,
    }
}
