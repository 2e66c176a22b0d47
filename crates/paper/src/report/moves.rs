//! Where orders would have moved: the map and the commonest moves.

use askama::Template;

use super::atlas::{self, Atlas, Numbered};
use super::bounds::Bounded;
use super::input::Move;
use super::table::Table;
use super::{render, say};

#[derive(Template)]
#[template(path = "report/moves.html")]
struct MovesSection {
    lead: String,
    map: Option<String>,
    /// Where places lie close together: its heading, and a map of them alone.
    close: Option<(String, String)>,
    kinds: Vec<(&'static str, &'static str)>,
    has_dots: bool,
    has_arcs: bool,
    /// Places without a name on the map: on a page, on a phone.
    unnamed: [String; 2],
    reasons: String,
    notes: Vec<String>,
    table: Option<Table>,
}

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let report = &bounded.report;
    let numbers = atlas::numbered(bounded);
    let atlas = atlas::draw(bounded, &numbers);
    if atlas.is_none() && bounded.candidate().is_none() {
        return None;
    }
    Some(render(&MovesSection {
        lead: lead(bounded),
        has_dots: atlas.as_ref().is_some_and(|atlas| atlas.has_dots),
        has_arcs: atlas.is_some() && !numbers.is_empty(),
        unnamed: atlas.as_ref().map_or([const { String::new() }; 2], unnamed),
        reasons: reasons(bounded),
        kinds: atlas.as_ref().map_or(Vec::new(), |_| atlas::kinds(bounded)),
        notes: notes(bounded, atlas.as_ref()),
        close: atlas.as_ref().and_then(|atlas| atlas.close.clone()),
        map: atlas.map(|atlas| atlas.whole),
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

fn unnamed(atlas: &Atlas) -> [String; 2] {
    atlas.unnamed.clone().map(|names| match names.as_slice() {
        [] => String::new(),
        names => format!("On the map without a name, for lack of room: {}.", say::list(names)),
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

fn notes(bounded: &Bounded, atlas: Option<&Atlas>) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(atlas) = atlas else {
        return vec!["There is no map: neither places nor destinations have coordinates.".to_owned()];
    };
    if atlas.beyond_orders > 0 {
        let were = if atlas.beyond_orders == 1 { "lies" } else { "lie" };
        notes.push(format!(
            "{} {were} beyond the edge of this map.",
            say::counted(atlas.beyond_orders, "order")
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

fn table(bounded: &Bounded, numbers: &[Numbered]) -> Table {
    let head = ["Move", "Orders", "Saved", "Saved per order"].map(str::to_owned).to_vec();
    let row = |(i, one): (usize, &Move)| {
        let number =
            numbers.iter().position(|n| n.index == i).map_or(String::new(), |n| format!("{} · ", n + 1));
        let route = format!("{} → {}", bounded.places(&one.from), bounded.places(&one.to));
        let route = format!("{number}{}", say::sentence_case(&route));
        let each = model::Cost(one.saved.0 / i64::try_from(one.orders.max(1)).unwrap_or(i64::MAX));
        vec![route, say::count(one.orders), bounded.money(one.saved), bounded.money(each)]
    };
    Table::new("The commonest moves", head, bounded.report.moves.iter().enumerate().map(row).collect())
}
