//! The cells of a location, in groups, each with the field in which it is written.
//!
//! Owns: which cell is in which group, and how its text becomes a field and back. Refuses to know: what is right; the API
//! reads and judges it. The words of a cell are the messages `cell-…`.

use crate::form::Form;
use std::collections::BTreeMap;

/// How a cell is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Input {
    Text,
    /// More than one line, or a list by `;`.
    List,
    Number,
    /// Yes or no; what an empty cell means.
    Switch {
        usual: bool,
    },
    /// One of these; the first is what an empty cell means.
    OneOf(&'static [&'static str]),
    /// Any of these, by `;`.
    AnyOf(&'static [&'static str]),
}

pub(super) type Cell = (&'static str, Input);

/// Groups in the order in which one fills them.
pub(super) const GROUPS: [(&str, &[Cell]); 8] = [
    (
        "about",
        &[
            ("location_id", Input::Text),
            ("name", Input::Text),
            ("type", Input::OneOf(&["store", "warehouse", "vendor"])),
            ("store_class", Input::Text),
            ("tags", Input::List),
        ],
    ),
    (
        "where",
        &[
            ("city", Input::Text),
            ("state", Input::Text),
            ("zip", Input::Text),
            ("lat_deg", Input::Number),
            ("lon_deg", Input::Number),
            ("time_zone", Input::Text),
        ],
    ),
    (
        "lanes",
        &[
            ("lanes", Input::AnyOf(&["ship", "pickup", "local_delivery"])),
            ("ships_online", Input::Switch { usual: true }),
            ("pickup_minutes", Input::Number),
            ("local_delivery_radius_km", Input::Number),
            ("local_delivery_radius_miles", Input::Number),
            ("local_delivery_fee_usd", Input::Number),
            ("local_delivery_usd_per_km", Input::Number),
        ],
    ),
    ("hours", &[("hours", Input::Text), ("holidays", Input::List)]),
    (
        "dispatch",
        &[
            ("cutoffs", Input::List),
            ("window_capacities", Input::List),
            ("capacity_parcels_per_day", Input::Number),
            ("handling_days", Input::Number),
        ],
    ),
    (
        "costs",
        &[
            ("wage_usd_per_hour", Input::Number),
            ("pick_minutes_per_unit", Input::Number),
            ("pack_minutes_per_parcel", Input::Number),
            ("packaging_usd_per_parcel", Input::Number),
            ("handling_usd_per_parcel", Input::Number),
            ("pick_usd_per_unit", Input::Number),
        ],
    ),
    (
        "handling",
        &[
            ("can_ship_fragile", Input::Switch { usual: true }),
            ("can_ship_hazmat", Input::Switch { usual: true }),
            ("can_ship_oversize", Input::Switch { usual: true }),
            ("can_ship_age_restricted", Input::Switch { usual: true }),
            ("can_ship_perishable", Input::Switch { usual: true }),
        ],
    ),
    (
        "trust",
        &[
            ("record_accuracy", Input::Text),
            ("feed_as_of", Input::Text),
            ("back_room_m2", Input::Number),
            ("staff_turnover", Input::Text),
            ("foot_traffic_per_hour", Input::Number),
            ("shrink", Input::Text),
            ("adjustments_per_month", Input::Number),
        ],
    ),
];

/// A location's cells under their names.
pub(super) type Cells = BTreeMap<String, String>;

/// What a cell says, as its field would send it back unchanged.
pub(super) fn shown(cells: &Cells, (column, input): Cell) -> String {
    let text = cells.get(column).map_or("", String::as_str);
    match input {
        Input::Switch { usual } => match text.to_ascii_lowercase().as_str() {
            "" => if usual { "1" } else { "0" }.to_owned(),
            "0" | "false" | "no" => "0".to_owned(),
            _ => "1".to_owned(),
        },
        Input::OneOf(words) if text.is_empty() => words.first().copied().unwrap_or_default().to_owned(),
        Input::OneOf(_) => text.to_lowercase(),
        Input::AnyOf(words) => {
            let said = if text.is_empty() { words.first().copied().unwrap_or_default() } else { text };
            let said: Vec<&str> = said.split(';').map(str::trim).collect();
            words.iter().filter(|word| said.contains(*word)).copied().collect::<Vec<_>>().join(";")
        }
        Input::Text | Input::List | Input::Number => text.to_owned(),
    }
}

/// What a form says of a cell.
fn said(form: &Form, (column, input): Cell) -> String {
    match input {
        Input::Switch { .. } => if form.is_ticked(column) { "1" } else { "0" }.to_owned(),
        Input::AnyOf(_) => form.all(column).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(";"),
        Input::List => {
            let items = form.text(column).split([';', '\n', '\r']).map(str::trim);
            items.filter(|item| !item.is_empty()).collect::<Vec<_>>().join("; ")
        }
        Input::Text | Input::Number | Input::OneOf(_) => form.text(column).to_owned(),
    }
}

/// A list without regard to the blanks in it.
fn tight(text: &str) -> String {
    text.split(';').map(str::trim).collect::<Vec<_>>().join(";")
}

/// The cells that a form says otherwise than they are.
pub(super) fn changed(cells: &Cells, form: &Form) -> Cells {
    let all = GROUPS.into_iter().flat_map(|(_, cells)| cells).copied();
    let differing = all.filter_map(|cell| {
        let (before, after) = (shown(cells, cell), said(form, cell));
        let same = match cell.1 {
            Input::List => tight(&before) == tight(&after),
            _ => before == after,
        };
        (!same).then(|| (cell.0.to_owned(), after))
    });
    differing.collect()
}

#[cfg(test)]
mod tests {
    use super::{Cells, changed};
    use crate::form::Form;

    fn cells(pairs: &[(&str, &str)]) -> Cells {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    /// What a browser sends of a location that was left as it was.
    const AS_IT_WAS: &str = "location_id=mall&name=Mall&type=store&lanes=ship&lanes=pickup&ships_online=1&hours=Mo-Fr+09%3A00-18%3A00\
        &tags=hub%3Bcity&can_ship_fragile=1&can_ship_oversize=1&can_ship_age_restricted=1&can_ship_perishable=1";

    fn mall() -> Cells {
        cells(&[
            ("location_id", "mall"),
            ("name", "Mall"),
            ("lanes", "pickup; ship"),
            ("hours", "Mo-Fr 09:00-18:00"),
            ("tags", "hub; city"),
            ("can_ship_hazmat", "0"),
        ])
    }

    #[test]
    fn what_was_left_as_it_was_is_not_sent() {
        assert_eq!(changed(&mall(), &Form::read(AS_IT_WAS.as_bytes())), Cells::new());
    }

    #[test]
    fn a_switch_a_lane_and_a_list_are_sent_where_they_differ() {
        let said = AS_IT_WAS
            .replace("&can_ship_fragile=1", "")
            .replace("&lanes=pickup", "&holidays=2026-12-25%0D%0A2026-12-26");
        let expect =
            cells(&[("can_ship_fragile", "0"), ("lanes", "ship"), ("holidays", "2026-12-25; 2026-12-26")]);
        assert_eq!(changed(&mall(), &Form::read(said.as_bytes())), expect);
    }
}
