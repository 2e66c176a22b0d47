//! Locations, each with what it cannot do without: a name, where it is, when it is open, when parcels leave.

use super::{Step, steps};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::show::Markup;
use crate::visit::{Visit, part};
use askama::Template;
use askama::filters::Safe;
use paper::map::{Spot, of_places};
use serde_json::{Map, Value, json};

#[derive(Template)]
#[template(path = "welcome/places.html")]
struct PlacesPage {
    f: Frame,
    steps: Vec<Step>,
    places: Vec<Shown>,
    /// Where they are. `None`: that is known of none.
    map: Option<Markup>,
}

struct Shown {
    code: String,
    name: String,
    kind: &'static str,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let f = visit.frame(visit.t("step-places"), "today");
    let kind = |kind| match kind {
        model::LocationKind::Store => "store",
        model::LocationKind::Warehouse => "warehouse",
        model::LocationKind::Vendor => "vendor",
    };
    let shown = visit.shop.network.locations.iter().map(|place| Shown {
        code: place.code.clone(),
        name: place.name.clone(),
        kind: kind(place.kind),
    });
    let map = of_places(&spots(&visit), &f.t("locations-map")).map(Safe);
    page(&PlacesPage { f, steps: steps(&visit).await, places: shown.collect(), map })
}

fn spots(visit: &Visit) -> Vec<Spot> {
    let spot = |place: &model::Location| {
        Some(Spot {
            point: place.point?,
            name: place.name.clone(),
            kind: place.kind,
            tip: place.name.clone(),
            path: format!("/locations/{}/edit", part(&place.code)),
            is_resting: place.is_paused,
        })
    };
    visit.shop.network.locations.iter().filter_map(spot).collect()
}

pub(super) async fn add(visit: Visit, form: Form) -> Answered {
    visit.api.post("/v1/locations", &json!({ "cells": cells(&visit, &form) })).await?;
    go(visit.sent_by, "/welcome/places?done=place-added")
}

/// The cells of docs/formats.md that a form says.
pub(super) fn cells(visit: &Visit, form: &Form) -> Map<String, Value> {
    let name = form.text("name");
    let lanes: Vec<&str> = form.all("lane").collect();
    let mut cells = Map::new();
    let mut put = |cell: &str, value: String| {
        if !value.is_empty() {
            cells.insert(cell.to_owned(), Value::from(value));
        }
    };
    put("location_id", code(visit, name));
    put("name", name.to_owned());
    put("type", form.text("type").to_owned());
    put("zip", form.text("zip").to_owned());
    put("city", form.text("city").to_owned());
    put("lat_deg", form.text("lat_deg").to_owned());
    put("lon_deg", form.text("lon_deg").to_owned());
    put("lanes", lanes.join(";"));
    put("hours", hours(form));
    put("cutoffs", form.text("cutoff").to_owned());
    cells
}

/// `Mall Road 2` is known as `MALL-ROAD-2`, with a number after it where another is called so.
fn code(visit: &Visit, name: &str) -> String {
    let letters = name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_uppercase() } else { '-' });
    let whole: String = letters.collect();
    let parts: Vec<&str> = whole.split('-').filter(|part| !part.is_empty()).collect();
    let wanted = parts.join("-");
    let is_taken = |code: &str| visit.shop.network.location_by_code(code).is_some();
    let numbered = (2..100).map(|n| format!("{wanted}-{n}"));
    std::iter::once(wanted.clone()).chain(numbered).find(|code| !is_taken(code)).unwrap_or(wanted)
}

/// `Mo-Fr 09:00-18:00; Sa 10:00-14:00`, of the days that say from when to when; empty where none does: always open.
fn hours(form: &Form) -> String {
    let days = [("Mo-Fr", "week"), ("Sa", "saturday"), ("Su", "sunday")];
    let said = days.iter().filter_map(|(days, name)| {
        let (from, to) = (form.given(&format!("{name}_from"))?, form.given(&format!("{name}_to"))?);
        Some(format!("{days} {from}-{to}"))
    });
    said.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::hours;
    use crate::form::Form;

    #[test]
    fn hours_are_written_as_the_field_has_them() {
        let form = |text: &str| Form::read(text.as_bytes());
        let open = form(
            "week_from=09%3A00&week_to=18%3A00&saturday_from=10%3A00&saturday_to=14%3A00&sunday_from=&sunday_to=",
        );
        assert_eq!(hours(&open), "Mo-Fr 09:00-18:00; Sa 10:00-14:00");
        assert_eq!(hours(&form("")), "");
    }
}
