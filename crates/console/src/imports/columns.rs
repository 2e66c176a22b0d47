//! What each column means, as people choose it: the choices, and what of a form is new.

use super::wire::{Column, Full};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::Visit;
use model::{Day, Timestamp, WallClock};
use serde_json::{Map, Value, json};
use web::Problem;

const UNITS_AT: &str = "units_at:";

/// A field that a column may have.
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) name: String,
}

/// Every field, and in stock the units of each place.
pub(super) fn choices(f: &Frame, (import, places): (&Full, &[Choice])) -> Vec<Choice> {
    let named = |code: &String| Choice { code: code.clone(), name: f.named("imports-field", code) };
    let mut choices: Vec<Choice> = import.fields.iter().map(named).collect();
    if import.import.kind == "stock" {
        choices.extend(places.iter().map(|place| Choice {
            code: format!("{UNITS_AT}{}", place.code),
            name: f.a("imports-field-units-at", "place", &place.name),
        }));
    }
    // Columns that are named after places that are not known here yet.
    let of_columns = import.columns.iter().filter_map(|column| column.field.as_deref());
    let unknown: Vec<&str> =
        of_columns.filter(|code| choices.iter().all(|choice| choice.code != *code)).collect();
    choices.extend(unknown.into_iter().map(|code| Choice {
        code: code.to_owned(),
        name: f.a("imports-field-units-at", "place", code.trim_start_matches(UNITS_AT)),
    }));
    choices
}

/// What of a form says something new of a plan, as the API takes it.
///
/// # Errors
/// The time is none, told at its field.
pub(super) fn change(visit: &Visit, (import, form): (&Full, &Form)) -> Result<Value, Problem> {
    let mut change = Map::from_iter([("mapping".to_owned(), mapping(&import.columns, form))]);
    if import.import.kind == "stock" {
        change.insert("location".to_owned(), json!(form.given("location")));
        change.insert("mode".to_owned(), json!(form.given("mode").unwrap_or("set")));
        let clock = &visit.shop.network.settings.clock;
        if let Some(text) = form.given("as_of").filter(|text| *text != shown(clock, import.as_of)) {
            let say = || Problem::invalid("/as_of", visit.t("imports-no-time"));
            change.insert("as_of".to_owned(), json!(instant(clock, text).ok_or_else(say)?));
        }
    }
    Ok(Value::Object(change))
}

fn mapping(columns: &[Column], form: &Form) -> Value {
    let changed = columns.iter().filter_map(|column| {
        let name = format!("column-{}", column.index);
        let is_there = form.fields().any(|(field, _)| field == name);
        let code = form.given(&name);
        (is_there && code != column.field.as_deref()).then(|| (column.index.to_string(), json!(code)))
    });
    Value::Object(changed.collect())
}

/// As a field of a date and a time has it: `2026-11-27T14:05`, by the clock of the shop.
pub(super) fn shown(clock: &WallClock, at_ms: i64) -> String {
    let at = Timestamp(at_ms);
    let minute = clock.minute(at);
    format!("{}T{:02}:{:02}", clock.day(at), minute / 60, minute % 60)
}

fn instant(clock: &WallClock, text: &str) -> Option<i64> {
    let (day, time) = text.split_once('T')?;
    let mut parts = time.split(':').map(str::parse::<i64>);
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let is_time = (0..24).contains(&hour) && (0..60).contains(&minute);
    is_time.then_some(clock.instant(Day::from_iso(day)?, hour * 60 + minute).0)
}

#[cfg(test)]
mod tests {
    use super::{Column, Form, instant, mapping, shown};
    use model::WallClock;
    use serde_json::json;

    fn column(index: usize, field: Option<&str>) -> Column {
        Column { index, name: String::new(), samples: Vec::new(), field: field.map(str::to_owned) }
    }

    #[test]
    fn only_what_is_chosen_anew_is_said_of_the_columns() {
        let columns = [column(0, Some("sku")), column(1, None), column(2, Some("units")), column(3, None)];
        let form = Form::read(b"column-0=sku&column-1=units&column-2=");
        assert_eq!(mapping(&columns, &form), json!({ "1": "units", "2": null }));
    }

    #[test]
    fn a_time_is_written_and_read_by_the_clock_of_the_shop() {
        let clock = WallClock::of_zone("America/Los_Angeles").unwrap();
        let at = instant(&clock, "2026-11-27T10:05").unwrap();
        assert_eq!(shown(&clock, at), "2026-11-27T10:05");
        assert_eq!(at, model::Timestamp::from_rfc3339("2026-11-27T18:05:00Z").unwrap().0);
        assert_eq!(instant(&clock, "2026-11-27T25:00"), None);
        assert_eq!(instant(&clock, "yesterday"), None);
    }
}
