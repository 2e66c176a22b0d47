//! Where orders would have moved: the map and the commonest moves.

use std::collections::BTreeMap;

use askama::Template;
use model::{LocationKind, Point};

use super::bounds::Bounded;
use super::input::Move;
use super::table::Table;
use super::{render, say};
use crate::chart::{Arc, DrawnMap, MapInput, Place, draw_map, marker_shape};

#[derive(Template)]
#[template(path = "report/moves.html")]
struct MovesSection {
    lead: String,
    map: Option<String>,
    kinds: Vec<(&'static str, &'static str)>,
    has_dots: bool,
    has_arcs: bool,
    /// Places without a name on the map: on a page, on a phone.
    unnamed: [String; 2],
    reasons: String,
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
        has_dots: map.as_ref().is_some_and(|map| map.has_dots),
        has_arcs: map.is_some() && !numbers.is_empty(),
        unnamed: map.as_ref().map_or([const { String::new() }; 2], |map| unnamed(bounded, map)),
        reasons: reasons(bounded),
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
    let (moved, all) = (report.moved_count, report.headline.orders);
    if moved == 0 {
        return "No order would have moved. Both ways choose the same place for every order.".to_owned();
    }
    let bp = (u128::from(moved) * 10_000).checked_div(u128::from(all)).unwrap_or(0);
    let share = say::share(i64::try_from(bp).unwrap_or(i64::MAX));
    let verb =
        if moved == 1 { "would have left from another place" } else { "would have left from other places" };
    format!("{} of {} ({share}) {verb}.", say::count(moved), say::counted(all, "order"))
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
            Arc { from, to, orders: one.orders, tip: told(bounded, one) }
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

fn unnamed(bounded: &Bounded, map: &DrawnMap) -> [String; 2] {
    let drawn: Vec<String> =
        bounded.report.locations.iter().filter(|l| l.point.is_some()).map(|l| say::name(&l.name)).collect();
    [0, 1].map(|screen| {
        let names: Vec<String> =
            map.unnamed[screen].iter().filter_map(|place| drawn.get(*place).cloned()).collect();
        match names.as_slice() {
            [] => String::new(),
            names => format!("On the map without a name, for lack of room: {}.", say::list(names)),
        }
    })
}

/// Why some moves end nowhere, below the table that shows them.
fn reasons(bounded: &Bounded) -> String {
    let is_shown = bounded.report.moves.iter().any(|one| one.to.is_empty());
    match super::service::main_reason(bounded).filter(|_| is_shown) {
        Some(why) => format!("“Not filled”: no place could send it under these rules, {why}."),
        None => String::new(),
    }
}

fn told(bounded: &Bounded, one: &Move) -> String {
    format!(
        "{} → {}: {}",
        bounded.places(&one.from),
        bounded.places(&one.to),
        say::counted(one.orders, "order")
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

fn table(bounded: &Bounded, numbers: &[(usize, Point, Point)]) -> Table {
    let head = ["Move", "Orders", "Saved", "Saved per order"].map(str::to_owned).to_vec();
    let row = |(i, one): (usize, &Move)| {
        let number = numbers.iter().position(|n| n.0 == i).map_or(String::new(), |n| format!("{} · ", n + 1));
        let route = format!("{number}{} → {}", bounded.places(&one.from), bounded.places(&one.to));
        let each = model::Cost(one.saved.0 / i64::try_from(one.orders.max(1)).unwrap_or(i64::MAX));
        vec![route, say::count(one.orders), bounded.money(one.saved), bounded.money(each)]
    };
    Table::new("The commonest moves", head, bounded.report.moves.iter().enumerate().map(row).collect())
}
