//! The maps of the report: one of everything, and one of a place where many lie close together.
//!
//! Owns: which places, dots and moves are on which map. A move has one number on both maps and in the table.

use std::collections::BTreeMap;

use model::{LocationKind, Point};

use super::bounds::Bounded;
use super::input::{LocationFigures, Move};
use super::say;
use crate::chart::{Arc, DrawnMap, MapInput, Place, draw_map, marker_shape};

pub(super) struct Atlas {
    pub whole: String,
    /// Heading and map of the places that lie close together.
    pub close: Option<(String, String)>,
    pub has_dots: bool,
    pub beyond_orders: u64,
    /// Places without room for their name: on a page, on a phone.
    pub unnamed: [Vec<String>; 2],
}

/// A move that can be drawn.
#[derive(Clone, Copy)]
pub(super) struct Numbered {
    /// Position among the moves.
    pub index: usize,
    from: Point,
    to: Point,
}

/// Arcs that can still be told apart on a map.
const MOST_ARCS: usize = 6;
/// Places nearer to each other than this share of the map are close together.
const CLOSE_SHARE: f64 = 0.06;
/// Fewer than so many close places need no map of their own.
const LEAST_CLOSE: usize = 3;

pub(super) fn numbered(bounded: &Bounded) -> Vec<Numbered> {
    let known = bounded.report.locations.iter().filter_map(|l| Some((l.code.as_str(), l.point?)));
    let points: BTreeMap<&str, Point> = known.collect();
    let end = |codes: &[String]| match codes {
        [code] => points.get(code.as_str()).copied(),
        _ => None,
    };
    let drawable = |(index, m): (usize, &Move)| {
        if m.is_same_cost {
            return None;
        }
        let (from, to) = (end(&m.from)?, end(&m.to)?);
        (from != to).then_some(Numbered { index, from, to })
    };
    bounded.report.moves.iter().enumerate().filter_map(drawable).take(MOST_ARCS).collect()
}

/// A location with its point.
type Placed<'l> = (&'l LocationFigures, Point);

/// `None` when nothing has a position.
pub(super) fn draw(bounded: &Bounded, numbers: &[Numbered]) -> Option<Atlas> {
    let placed: Vec<Placed> = bounded.report.locations.iter().filter_map(|l| Some((l, l.point?))).collect();
    let dots: Vec<(Point, u64)> = bounded.report.destinations.iter().map(|d| (d.point, d.orders)).collect();
    let close = close(&placed, &dots);
    let is_close = |point: Point| close.iter().any(|l| l.1 == point);
    let (within, across): (Vec<&Numbered>, Vec<&Numbered>) =
        numbers.iter().partition(|n| is_close(n.from) && is_close(n.to));
    let mut places: Vec<Place> = placed.iter().map(|l| place(bounded, l)).collect();
    // Of the close ones the whole map names the most important; their own map names them all.
    for (place, _) in places.iter_mut().zip(&placed).filter(|(_, l)| is_close(l.1)).skip(1) {
        place.is_named = false;
    }
    let arcs: Vec<Arc> = across.iter().map(|n| arc(bounded, n, numbers)).collect();
    let whole = drawn((&places, &arcs), &dots)?;
    let near: Vec<Place> = close.iter().map(|l| place(bounded, l)).collect();
    let arcs: Vec<Arc> = within.iter().map(|n| arc(bounded, n, numbers)).collect();
    let near_map = drawn((&near, &arcs), &dots_among(&dots, &near));
    let unnamed = [0, 1].map(|screen| {
        let mut names = unnamed((&whole, &places), screen);
        names.extend(near_map.iter().flat_map(|map| unnamed((map, &near), screen)));
        names
    });
    let title = close.first().map(|l| format!("Around {}", say::name(&l.0.name)));
    Some(Atlas {
        whole: whole.svg,
        close: title.zip(near_map.map(|map| map.svg)),
        has_dots: whole.has_dots,
        beyond_orders: whole.beyond_orders,
        unnamed,
    })
}

fn unnamed((map, places): (&DrawnMap, &[Place]), screen: usize) -> Vec<String> {
    let left_out = map.unnamed[screen].iter().filter_map(|i| places.get(*i));
    left_out.map(|place| say::name(&place.name)).collect()
}

/// The places around the one with the most others close to it, in the order given; none where it is not crowded.
fn close<'l>(placed: &[Placed<'l>], dots: &[(Point, u64)]) -> Vec<Placed<'l>> {
    let flat = |point: Point| -> (f64, f64) {
        let lat = f64::from(point.lat_e4) / 10_000.0;
        (lat, f64::from(point.lon_e4) / 10_000.0 * lat.to_radians().cos())
    };
    let points: Vec<(f64, f64)> = placed.iter().map(|l| flat(l.1)).collect();
    let far: Vec<(f64, f64)> = dots.iter().map(|dot| flat(dot.0)).collect();
    let extent = |side: fn(&(f64, f64)) -> f64| {
        let ends =
            points.iter().chain(&far).map(side).fold((f64::MAX, f64::MIN), |e, v| (e.0.min(v), e.1.max(v)));
        ends.1 - ends.0
    };
    let reach = extent(|p| p.0).max(extent(|p| p.1)) * CLOSE_SHARE;
    let is_near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1) <= reach;
    let near = |middle: &usize| points.iter().filter(|other| is_near(points[*middle], **other)).count();
    let crowded = (0..points.len()).max_by_key(|i| (near(i), points.len() - i));
    match crowded.filter(|middle| near(middle) >= LEAST_CLOSE) {
        Some(middle) => {
            (0..points.len()).filter(|i| is_near(points[middle], points[*i])).map(|i| placed[i]).collect()
        }
        None => Vec::new(),
    }
}

fn place(bounded: &Bounded, (location, point): &Placed<'_>) -> Place {
    let parcels: Vec<String> = location
        .work
        .iter()
        .zip(&bounded.report.variants)
        .map(|(work, variant)| format!("{} {}", say::name(&variant.name), say::count(work.parcels, "parcel")))
        .collect();
    Place {
        point: *point,
        name: location.name.clone(),
        kind: location.kind,
        is_named: true,
        tip: format!("{}: {}", say::name(&location.name), parcels.join(", ")),
    }
}

fn arc(bounded: &Bounded, numbered: &Numbered, all: &[Numbered]) -> Arc {
    let one = &bounded.report.moves[numbered.index];
    let tip = format!(
        "{} → {}: {}",
        bounded.places(&one.from),
        bounded.places(&one.to),
        say::count(one.sums.orders, "order")
    );
    let number = all.iter().position(|other| other.index == numbered.index).map_or(0, |at| at + 1);
    Arc { number, from: numbered.from, to: numbered.to, orders: one.sums.orders, tip }
}

/// Destinations between the places: those far from them would widen the map again.
fn dots_among(dots: &[(Point, u64)], places: &[Place]) -> Vec<(Point, u64)> {
    let ends = |side: fn(&Point) -> i32| {
        let sides = places.iter().map(|place| side(&place.point));
        let (low, high) = sides.fold((i32::MAX, i32::MIN), |e, v| (e.0.min(v), e.1.max(v)));
        low..=high
    };
    let (lat, lon) = (ends(|p| p.lat_e4), ends(|p| p.lon_e4));
    let is_among = |dot: &&(Point, u64)| lat.contains(&dot.0.lat_e4) && lon.contains(&dot.0.lon_e4);
    dots.iter().filter(is_among).copied().collect()
}

fn drawn((places, arcs): (&[Place], &[Arc]), dots: &[(Point, u64)]) -> Option<DrawnMap> {
    let aria = format!(
        "Map: {}, {}, {}. The table below says the same.",
        say::count(places.len() as u64, "place"),
        say::count(dots.len() as u64, "destination"),
        say::count(arcs.len() as u64, "numbered move"),
    );
    let say_orders = |orders: u64| say::count(orders, "order");
    draw_map(&MapInput { aria: &aria, places, dots, arcs, say_orders: &say_orders })
}

/// Markers in use, with their words.
pub(super) fn kinds(bounded: &Bounded) -> Vec<(&'static str, &'static str)> {
    let is_used =
        |kind: &LocationKind| bounded.report.locations.iter().any(|l| l.kind == *kind && l.point.is_some());
    let words = |kind: LocationKind| match kind {
        LocationKind::Store => "store",
        LocationKind::Warehouse => "warehouse",
        LocationKind::Vendor => "vendor that ships for you",
    };
    LocationKind::ALL.into_iter().filter(is_used).map(|kind| (marker_shape(kind), words(kind))).collect()
}
