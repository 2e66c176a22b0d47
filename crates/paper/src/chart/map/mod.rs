//! A map: where orders go, where they come from, and how they would move.
//!
//! Owns: layers and marks. Shapes that may scale (ground, dots, arcs) lie in an inner drawing with a view
//! box; markers and texts, whose size is fixed, lie above it at percentages.

mod arcs;
mod dots;
mod frame;
mod ground;
mod labels;

use model::{LocationKind, Point};

use super::svg::{Drawing, Num, Pct, Safe};
use arcs::{Bow, write_arc, write_badge};
use dots::write_dots;
use frame::{Frame, Shape};
use ground::{write_graticule, write_ground};
use labels::{Spot, write_labels};

pub(crate) struct MapInput<'a> {
    pub aria: &'a str,
    /// Most important first: they are named while there is room.
    pub places: &'a [Place],
    /// Points and orders.
    pub dots: &'a [(Point, u64)],
    /// Most important first.
    pub arcs: &'a [Arc],
    /// What a dot says when it is pointed at.
    pub say_orders: &'a dyn Fn(u64) -> String,
}

pub(crate) struct Place {
    pub point: Point,
    pub name: String,
    pub kind: LocationKind,
    /// Whether its name is written beside it.
    pub is_named: bool,
    pub tip: String,
}

/// A place on a map of places alone.
pub(crate) struct Linked<'a> {
    pub place: &'a Place,
    /// Where a click on it leads.
    pub path: &'a str,
    /// It takes no work now.
    pub is_resting: bool,
}

/// Where something goes.
pub(crate) struct Goal<'a> {
    pub point: Point,
    pub tip: &'a str,
    /// The places that send some of it.
    pub from: &'a [Point],
}

pub(crate) struct Arc {
    pub number: usize,
    pub from: Point,
    pub to: Point,
    pub orders: u64,
    pub tip: String,
}

pub(crate) struct DrawnMap {
    pub svg: String,
    /// Orders whose destination lies beyond the edge.
    pub beyond_orders: u64,
    /// Whether any destination is drawn.
    pub has_dots: bool,
    /// Positions of the places without room for their name: on a page, on a phone.
    pub unnamed: [Vec<usize>; 2],
}

/// Tallest map on a page, in pixels.
const MAX_HEIGHT_PX: f64 = 560.0;

/// `None` when nothing has a position.
pub(crate) fn draw_map(input: &MapInput<'_>) -> Option<DrawnMap> {
    let points: Vec<Point> = input.places.iter().map(|place| place.point).collect();
    let frame = Frame::around(&points, input.dots)?;
    let most = input.arcs.iter().map(|arc| arc.orders).max().unwrap_or(1);
    let bows = bows(&frame, input, most);

    let mut inner = Drawing::new();
    write_ground(&mut inner, &frame);
    let beyond_orders = write_dots(&mut inner, &frame, input);
    for (arc, bow) in input.arcs.iter().zip(&bows) {
        write_arc(&mut inner, arc, bow);
    }
    let mut outer = Drawing::new();
    write_inner(&mut outer, &frame, inner);
    for bow in &bows {
        bow.write_head(&mut outer, &frame);
    }
    for place in input.places {
        write_marker(&mut outer, &frame, place);
    }
    for (arc, bow) in input.arcs.iter().zip(&bows) {
        write_badge(&mut outer, (&frame, bow), arc.number);
    }
    let badges: Vec<(f64, f64)> = bows.iter().map(|bow| bow.middle).collect();
    let spots: Vec<Spot> = input
        .places
        .iter()
        .map(|p| Spot { at: frame.at(p.point), name: &p.name, is_named: p.is_named })
        .collect();
    let unnamed = write_labels(&mut outer, (&frame, most_px(&frame)), (&spots, &badges));
    let has_dots = input.dots.iter().any(|dot| dot.1 > 0 && frame.holds(frame.at(dot.0)));
    Some(DrawnMap { svg: finish(outer, &frame, input.aria), beyond_orders, has_dots, unnamed })
}

/// Places, each a link, and where something goes from some of them, on a drawing of [`frame::Shape::Wide`]; its size is the
/// style sheet's. `None` when no place has a position.
pub(crate) fn draw_places(places: &[Linked<'_>], goal: Option<&Goal<'_>>, aria: &str) -> Option<String> {
    let mut points: Vec<Point> = places.iter().map(|linked| linked.place.point).collect();
    if points.is_empty() {
        return None;
    }
    points.extend(goal.map(|goal| goal.point));
    let frame = Frame::of_shape(&points, &[], Shape::Wide)?;
    let mut inner = Drawing::new();
    write_graticule(&mut inner, &frame);
    write_ground(&mut inner, &frame);
    let way = |goal: &Goal<'_>, from: Point| Arc {
        number: 0,
        from,
        to: goal.point,
        orders: 1,
        tip: goal.tip.to_owned(),
    };
    let ways: Vec<Arc> = goal.iter().flat_map(|goal| goal.from.iter().map(|from| way(goal, *from))).collect();
    let bows: Vec<Bow> = ways.iter().map(|arc| Bow::new(&frame, arc, 1)).collect();
    for (arc, bow) in ways.iter().zip(&bows) {
        write_arc(&mut inner, arc, bow);
    }
    let mut outer = Drawing::new();
    write_inner(&mut outer, &frame, inner);
    for bow in &bows {
        bow.write_head(&mut outer, &frame);
    }
    if let Some(goal) = goal {
        write_goal(&mut outer, &frame, goal);
    }
    for linked in places {
        let (path, rests) = (Safe(linked.path), if linked.is_resting { " class=\"resting\"" } else { "" });
        outer.add(format_args!("<a href=\"{path}\"{rests}>"));
        write_marker(&mut outer, &frame, linked.place);
        outer.add(format_args!("</a>"));
    }
    let spot = |linked: &Linked<'_>| frame.at(linked.place.point);
    let spots = places.iter();
    let spots: Vec<Spot> = spots
        .map(|one| Spot { at: spot(one), name: &one.place.name, is_named: one.place.is_named })
        .collect();
    write_labels(&mut outer, (&frame, most_px(&frame)), (&spots, &[]));
    let (aria, marks) = (Safe(aria), outer.into_marks());
    Some(format!("<svg class=\"chart map\" role=\"group\" aria-label=\"{aria}\">{marks}</svg>"))
}

fn bows(frame: &Frame, input: &MapInput<'_>, most_orders: u64) -> Vec<Bow> {
    let mut taken: Vec<(f64, f64)> = input.places.iter().map(|place| frame.at(place.point)).collect();
    let bow = |arc: &Arc| {
        let mut bow = Bow::new(frame, arc, most_orders);
        bow.place_number(&taken);
        taken.push(bow.middle);
        bow
    };
    input.arcs.iter().map(bow).collect()
}

fn write_inner(outer: &mut Drawing, frame: &Frame, inner: Drawing) {
    let (w, h) = (Num(Frame::WIDTH), Num(frame.height));
    let marks = inner.into_marks();
    outer.add(format_args!(
        "<svg class=\"ground\" width=\"100%\" height=\"100%\" viewBox=\"0 0 {w} {h}\" preserveAspectRatio=\"none\">{marks}</svg>"
    ));
}

/// The map keeps its proportions at any width, and is never taller than a screen.
fn finish(outer: Drawing, frame: &Frame, aria: &str) -> String {
    let (w, h, aria) = (Num(Frame::WIDTH), Num(frame.height), Safe(aria));
    let most = Num(most_px(frame));
    let marks = outer.into_marks();
    format!(
        "<svg class=\"chart map\" role=\"img\" aria-label=\"{aria}\" style=\"aspect-ratio:{w}/{h};max-width:{most}px\">{marks}</svg>"
    )
}

/// Widest that the map becomes on a page.
fn most_px(frame: &Frame) -> f64 {
    (MAX_HEIGHT_PX * Frame::WIDTH / frame.height).floor()
}

/// A circle is a store, a square a warehouse, a diamond a vendor.
fn write_marker(drawing: &mut Drawing, frame: &Frame, place: &Place) {
    let (x, y) = frame.percent(frame.at(place.point));
    let (x, y, tip) = (Pct(x), Pct(y), Safe(&place.tip));
    let shape = marker_shape(place.kind);
    drawing.add(format_args!("<svg class=\"place\" x=\"{x}\" y=\"{y}\">{shape}<title>{tip}</title></svg>"));
}

/// A house.
fn write_goal(drawing: &mut Drawing, frame: &Frame, goal: &Goal<'_>) {
    let (x, y) = frame.percent(frame.at(goal.point));
    let (x, y, tip) = (Pct(x), Pct(y), Safe(goal.tip));
    drawing.add(format_args!(
        "<svg class=\"goal\" x=\"{x}\" y=\"{y}\"><path d=\"M0-8 8-1 5.5-1V7h-11v-8H-8z\"/><title>{tip}</title></svg>"
    ));
}

pub(crate) fn marker_shape(kind: LocationKind) -> &'static str {
    match kind {
        LocationKind::Store => "<circle r=\"5.5\"/>",
        LocationKind::Warehouse => "<rect x=\"-6\" y=\"-6\" width=\"12\" height=\"12\" rx=\"1\"/>",
        LocationKind::Vendor => "<path d=\"M0-7.5 7.5 0 0 7.5-7.5 0z\"/>",
    }
}

#[cfg(test)]
mod tests;
