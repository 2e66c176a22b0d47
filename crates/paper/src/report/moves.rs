//! Where orders would have moved: the map and the commonest moves.

use askama::Template;
use model::Cost;

use super::atlas::{self, Atlas, Numbered};
use super::bounds::Bounded;
use super::input::{Headline, MoveSums};
use super::table::{Look, Row, Table};
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
    let (moved, all) = (report.all_moved.orders, report.headline.orders);
    if moved == 0 {
        return "No order would have moved. Both ways choose the same place for every order.".to_owned();
    }
    let bp = (u128::from(moved) * 10_000).checked_div(u128::from(all)).unwrap_or(0);
    let share = say::share(i64::try_from(bp).unwrap_or(i64::MAX));
    let verb =
        if moved == 1 { "would have left from another place" } else { "would have left from other places" };
    let same = match report.moved_at_same_cost {
        0 => String::new(),
        same => format!(
            " {} of them cost the same either way: nothing is saved by moving them.",
            say::grouped(same)
        ),
    };
    format!("{} of {} ({share}) {verb}.{same}", say::grouped(moved), say::count(all, "order"))
}

fn unnamed(atlas: &Atlas) -> [String; 2] {
    atlas.unnamed.clone().map(|names| match names.as_slice() {
        [] => String::new(),
        names => format!("On the map without a name, for lack of room: {}.", say::listed(names)),
    })
}

/// Why some moves end nowhere, below the table that shows them.
fn reasons(bounded: &Bounded) -> String {
    let is_shown = bounded.report.moves.iter().any(|one| is_left_over(&one.to));
    match super::service::main_reason(bounded).filter(|_| is_shown) {
        Some(why) => format!("“Not filled”: no place could send it under these rules{why}."),
        None => String::new(),
    }
}

/// Whether these places leave something of an order unfilled.
fn is_left_over(places: &[String]) -> bool {
    places.is_empty() || places.iter().any(String::is_empty)
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
            say::count(atlas.beyond_orders, "order")
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
        few => notes.push(format!("{} have no coordinates and are not on the map.", say::listed(few))),
    }
    notes
}

/// Moves by their number of orders, then those that cost the same either way, then what leads to the headline.
fn table(bounded: &Bounded, numbers: &[Numbered]) -> Table {
    let head = ["Move", "Orders", "Saved", "Saved per order"].map(str::to_owned).to_vec();
    let sums = rows(bounded, numbers);
    let summed: Vec<Cost> = sums.iter().map(|row| row.sums.saved).collect();
    let Headline { orders, saved_total, .. } = bounded.report.headline;
    let all_moved = bounded.report.all_moved;
    let stayed =
        MoveSums { orders: orders.saturating_sub(all_moved.orders), saved: saved_total - all_moved.saved };
    let [moved, rest] = adding_up_pair(bounded, [all_moved.saved, stayed.saved]);
    let shown = say::adding_up(&summed, moved, bounded.report.currency);
    let mut rows: Vec<Row> =
        sums.iter().zip(shown).map(|(one, saved)| told_row(bounded, one, saved)).collect();
    let whole = MoveSums { orders, saved: saved_total };
    for (look, name, sums, saved) in [
        (Look::Subtotal, "All orders that moved", all_moved, moved),
        (Look::Plain, "Orders that stayed where they were", stayed, rest),
        (Look::Total, "All orders", whole, moved + rest),
    ] {
        let one = Sum { look, name: name.to_owned(), is_same_cost: false, sums };
        rows.push(told_row(bounded, &one, saved));
    }
    Table::of("The commonest moves", head, rows)
}

/// What a row tells of.
struct Sum {
    look: Look,
    name: String,
    is_same_cost: bool,
    sums: MoveSums,
}

/// The moves given, each kind followed by a row for the rest of it.
fn rows(bounded: &Bounded, numbers: &[Numbered]) -> Vec<Sum> {
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
                numbers.iter().position(|n| n.index == i).map_or(String::new(), |n| format!("{} · ", n + 1));
            let route = format!("{} → {}", bounded.places(&one.from), bounded.places(&one.to));
            let name = format!("{number}{}", say::capitalized(&route));
            rest.orders = rest.orders.saturating_sub(one.sums.orders);
            rest.saved -= one.sums.saved;
            rows.push(Sum { look: Look::Plain, name, is_same_cost, sums: one.sums });
        }
        if rest.orders > 0 {
            let name = if is_same_cost { "All other moves at the same cost" } else { "All other moves" };
            rows.push(Sum { look: Look::Plain, name: name.to_owned(), is_same_cost, sums: rest });
        }
    }
    rows
}

fn told_row(bounded: &Bounded, one: &Sum, saved: Cost) -> Row {
    let mut figures = vec![say::grouped(one.sums.orders)];
    if one.is_same_cost {
        figures.extend(["same cost".to_owned(), "–".to_owned()]);
    } else {
        let each = one.sums.saved.per(one.sums.orders);
        figures.extend([bounded.money(saved), bounded.money(each)]);
    }
    Row::new(one.look, &one.name, figures)
}

/// Two amounts that add up to the headline as it is shown.
fn adding_up_pair(bounded: &Bounded, pair: [Cost; 2]) -> [Cost; 2] {
    let shown = say::adding_up(&pair, bounded.report.headline.saved_total, bounded.report.currency);
    [shown[0], shown[1]]
}
