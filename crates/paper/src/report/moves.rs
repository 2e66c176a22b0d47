//! Where orders would have moved: the map and the commonest moves.

use std::collections::BTreeMap;

use askama::Template;
use model::{Cost, LocationKind, Point};

use super::bounds::Bounded;
use super::input::{Headline, Move, MoveSums};
use super::table::Table;
use super::{render, say};
use crate::chart::{Arc, DrawnMap, MapInput, Place, draw_map, marker_shape};

#[derive(Template)]
#[template(path = "report/moves.html")]
struct MovesSection {
    lead: String,
    map: Option<String>,
    kinds: Vec<(&'static str, &'static str)>,
    notes: Vec<String>,
    table: Option<Table>,
}

/// Arcs that can still be told apart on a map.
const MOST_ARCS: usize = 6;

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let report = &bounded.report;
    let numbers = numbered(bounded);
    let map = map(bounded, &numbers);
    if map.is_none() && bounded.candidate().is_none() {
        return None;
    }
    Some(render(&MovesSection {
        lead: lead(bounded),
        kinds: map.as_ref().map_or(Vec::new(), |_| kinds(bounded)),
        notes: notes(bounded, map.as_ref()),
        map: map.map(|map| map.svg),
        table: (!report.moves.is_empty()).then(|| table(bounded, &numbers)),
    }))
}

fn lead(bounded: &Bounded) -> String {
    let report = &bounded.report;
    if bounded.candidate().is_none() {
        return "Where your orders go, and where they come from.".to_owned();
    }
    let (moved, all) = (report.all_moved.orders, report.headline.orders);
    if moved == 0 {
        return "No order would have moved. Both ways choose the same place for every order.".to_owned();
    }
    let bp = (u128::from(moved) * 10_000).checked_div(u128::from(all)).unwrap_or(0);
    let share = say::share(i64::try_from(bp).unwrap_or(i64::MAX));
    let verb =
        if moved == 1 { "would have come from another place" } else { "would have come from other places" };
    let same = match report.moved_at_same_cost {
        0 => String::new(),
        same => format!(
            " {} of them cost the same either way: nothing is saved by moving them.",
            say::count(same)
        ),
    };
    format!("{} of {} ({share}) {verb}.{same}", say::count(moved), say::counted(all, "order"))
}

/// Positions of the moves that can be drawn, with their two ends.
fn numbered(bounded: &Bounded) -> Vec<(usize, Point, Point)> {
    let known = bounded.report.locations.iter().filter_map(|l| Some((l.code.as_str(), l.point?)));
    let points: BTreeMap<&str, Point> = known.collect();
    let end = |codes: &[String]| match codes {
        [code] => points.get(code.as_str()).copied(),
        _ => None,
    };
    let drawable = |(i, m): (usize, &Move)| {
        if m.is_same_cost {
            return None;
        }
        let (from, to) = (end(&m.from)?, end(&m.to)?);
        (from != to).then_some((i, from, to))
    };
    bounded.report.moves.iter().enumerate().filter_map(drawable).take(MOST_ARCS).collect()
}

fn map(bounded: &Bounded, numbers: &[(usize, Point, Point)]) -> Option<DrawnMap> {
    let report = &bounded.report;
    let places: Vec<Place> = report
        .locations
        .iter()
        .filter_map(|l| {
            let parcels: Vec<String> = l
                .work
                .iter()
                .zip(&report.variants)
                .map(|(work, variant)| {
                    format!("{} {}", say::name(&variant.name), say::counted(work.parcels, "parcel"))
                })
                .collect();
            let tip = format!("{}: {}", say::name(&l.name), parcels.join(", "));
            Some(Place { point: l.point?, name: l.name.clone(), kind: l.kind, tip })
        })
        .collect();
    let arcs: Vec<Arc> = numbers
        .iter()
        .map(|&(i, from, to)| {
            let one = &report.moves[i];
            Arc { from, to, orders: one.sums.orders, tip: told(bounded, one) }
        })
        .collect();
    let dots: Vec<(Point, u64)> = report.destinations.iter().map(|dot| (dot.point, dot.orders)).collect();
    let aria = format!(
        "Map: {} places, {} destinations, {} numbered moves. The table below says the same.",
        places.len(),
        dots.len(),
        arcs.len()
    );
    let say_orders = |orders: u64| say::counted(orders, "order");
    draw_map(&MapInput { aria: &aria, places: &places, dots: &dots, arcs: &arcs, say_orders: &say_orders })
}

fn told(bounded: &Bounded, one: &Move) -> String {
    format!(
        "{} → {}: {}",
        bounded.places(&one.from),
        bounded.places(&one.to),
        say::counted(one.sums.orders, "order")
    )
}

/// Markers in use, with their words.
fn kinds(bounded: &Bounded) -> Vec<(&'static str, &'static str)> {
    let is_used =
        |kind: &LocationKind| bounded.report.locations.iter().any(|l| l.kind == *kind && l.point.is_some());
    let words = |kind: LocationKind| match kind {
        LocationKind::Store => "store",
        LocationKind::Warehouse => "warehouse",
        LocationKind::Vendor => "vendor that ships for you",
    };
    LocationKind::ALL.into_iter().filter(is_used).map(|kind| (marker_shape(kind), words(kind))).collect()
}

fn notes(bounded: &Bounded, map: Option<&DrawnMap>) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(map) = map else {
        return vec!["There is no map: neither places nor destinations have coordinates.".to_owned()];
    };
    if map.beyond_orders > 0 {
        let were = if map.beyond_orders == 1 { "lies" } else { "lie" };
        notes.push(format!(
            "{} {were} beyond the edge of this map.",
            say::counted(map.beyond_orders, "order")
        ));
    }
    let missing: Vec<String> =
        bounded.report.locations.iter().filter(|l| l.point.is_none()).map(|l| say::name(&l.name)).collect();
    match missing.as_slice() {
        [] => {}
        [_, _, _, _, ..] => {
            notes.push(format!("{} places have no coordinates and are not on the map.", missing.len()));
        }
        [one] => notes.push(format!("{one} has no coordinates and is not on the map.")),
        few => notes.push(format!("{} have no coordinates and are not on the map.", say::list(few))),
    }
    notes
}

/// Moves by their number of orders, then those that cost the same either way, then what leads to the headline.
fn table(bounded: &Bounded, numbers: &[(usize, Point, Point)]) -> Table {
    let head = ["Move", "Orders", "Saved", "Saved per order"].map(str::to_owned).to_vec();
    let rows = rows(bounded, numbers);
    let summed: Vec<Cost> = rows.iter().map(|row| row.sums.saved).collect();
    let Headline { orders, saved_total, .. } = bounded.report.headline;
    let all_moved = bounded.report.all_moved;
    let stayed =
        MoveSums { orders: orders.saturating_sub(all_moved.orders), saved: saved_total - all_moved.saved };
    let [moved, rest] = adding_up_pair(bounded, [all_moved.saved, stayed.saved]);
    let shown = say::adding_up(&summed, moved, bounded.report.currency);
    let mut cells: Vec<Vec<String>> =
        rows.iter().zip(shown).map(|(row, saved)| told_row(bounded, row, saved)).collect();
    let whole = MoveSums { orders, saved: saved_total };
    for (name, sums, saved) in [
        ("All orders that moved", all_moved, moved),
        ("Orders that stayed where they were", stayed, rest),
        ("All orders", whole, moved + rest),
    ] {
        cells.push(told_row(bounded, &Row { name: name.to_owned(), is_same_cost: false, sums }, saved));
    }
    Table::new("The commonest moves", head, cells)
}

struct Row {
    name: String,
    is_same_cost: bool,
    sums: MoveSums,
}

/// The moves given, each kind followed by a row for the rest of it.
fn rows(bounded: &Bounded, numbers: &[(usize, Point, Point)]) -> Vec<Row> {
    let report = &bounded.report;
    let mut rows = Vec::new();
    for is_same_cost in [false, true] {
        let mut rest = match is_same_cost {
            true => MoveSums { orders: report.moved_at_same_cost, saved: Cost::ZERO },
            false => MoveSums {
                orders: report.all_moved.orders.saturating_sub(report.moved_at_same_cost),
                ..report.all_moved
            },
        };
        for (i, one) in report.moves.iter().enumerate().filter(|(_, one)| one.is_same_cost == is_same_cost) {
            let number =
                numbers.iter().position(|n| n.0 == i).map_or(String::new(), |n| format!("{} · ", n + 1));
            let name = format!("{number}{} → {}", bounded.places(&one.from), bounded.places(&one.to));
            rest.orders = rest.orders.saturating_sub(one.sums.orders);
            rest.saved -= one.sums.saved;
            rows.push(Row { name, is_same_cost, sums: one.sums });
        }
        if rest.orders > 0 {
            let name = if is_same_cost { "All other moves at the same cost" } else { "All other moves" };
            rows.push(Row { name: name.to_owned(), is_same_cost, sums: rest });
        }
    }
    rows
}

fn told_row(bounded: &Bounded, row: &Row, saved: Cost) -> Vec<String> {
    let mut cells = vec![row.name.clone(), say::count(row.sums.orders)];
    if row.is_same_cost {
        cells.extend(["same cost".to_owned(), "–".to_owned()]);
    } else {
        let each = say::each(row.sums.saved, row.sums.orders);
        cells.extend([bounded.money(saved), bounded.money(each)]);
    }
    cells
}

/// Two amounts that add up to the headline as it is shown.
fn adding_up_pair(bounded: &Bounded, pair: [Cost; 2]) -> [Cost; 2] {
    let shown = say::adding_up(&pair, bounded.report.headline.saved_total, bounded.report.currency);
    [shown[0], shown[1]]
}
