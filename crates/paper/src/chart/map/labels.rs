//! Names beside markers.
//!
//! Owns: choosing a spot for each name so that names, markers and numbers do not cover each other, once for a
//! page and once for a phone. Where there is no room beside the marker the name stands farther off, at the end of
//! a thin line. A name that fits nowhere is told to the caller, who lists it below the map.

use super::super::svg::{Drawing, Num, Pct, Safe};
use super::super::text::{WIDE_PX, fit, width_px};
use super::frame::Frame;

pub(crate) struct Spot<'a> {
    /// In drawing units.
    pub at: (f64, f64),
    pub name: &'a str,
    pub is_named: bool,
}

/// Names are bold, so wider than other text of their size.
const FONT_PX: f64 = 14.5;
const LINE_PX: f64 = 16.0;
/// Half the side of a marker or a number.
const MARK_PX: f64 = 7.0;

#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn around((x, y): (f64, f64), half: f64) -> Area {
        Area { left: x - half, top: y - half, right: x + half, bottom: y + half }
    }

    fn meets(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn is_within(&self, width: f64, height: f64) -> bool {
        self.left >= 2.0 && self.top >= 2.0 && self.right <= width - 2.0 && self.bottom <= height - 2.0
    }
}

/// Where a text stands: its offset from the marker in pixels, its anchor class, and whether a line leads there.
#[derive(Clone, Copy)]
struct Side {
    dx: f64,
    dy: f64,
    anchor: &'static str,
    is_far: bool,
}

/// Beside the marker, best first.
const NEAR: [(f64, f64, &str); 8] = [
    (10.0, 4.5, "start"),
    (-10.0, 4.5, "end"),
    (0.0, -10.0, "mid"),
    (0.0, 20.0, "mid"),
    (7.0, -7.0, "start"),
    (7.0, 17.0, "start"),
    (-7.0, -7.0, "end"),
    (-7.0, 17.0, "end"),
];
/// Farther off: steps away from the marker in pixels, and directions in which they are tried.
const REACHES: [f64; 7] = [26.0, 40.0, 56.0, 74.0, 94.0, 116.0, 140.0];
const DIRECTIONS: u32 = 24;

fn sides() -> impl Iterator<Item = Side> {
    let near = NEAR.into_iter().map(|(dx, dy, anchor)| Side { dx, dy, anchor, is_far: false });
    let far = REACHES.into_iter().flat_map(|reach| {
        (0..DIRECTIONS).map(move |step| {
            let turn = f64::from(step) / f64::from(DIRECTIONS) * std::f64::consts::TAU;
            let (dx, dy) = (reach * turn.cos(), reach * turn.sin());
            let anchor = match dx {
                dx if dx > 12.0 => "start",
                dx if dx < -12.0 => "end",
                _ => "mid",
            };
            Side { dx, dy: dy + 4.5, anchor, is_far: true }
        })
    });
    near.chain(far)
}

/// A drawing as wide as this many pixels, and the class of what is written for it.
#[derive(Clone, Copy)]
struct Screen {
    class: &'static str,
    width_px: f64,
    room_px: f64,
}

/// On a phone the map reaches from edge to edge of its card.
const MAP_NARROW_PX: f64 = 320.0;

const SCREENS: [Screen; 2] = [
    Screen { class: "wide", width_px: WIDE_PX, room_px: 220.0 },
    Screen { class: "narrow", width_px: MAP_NARROW_PX, room_px: 165.0 },
];

/// Positions of the names without room: on a page, on a phone.
pub(crate) fn write_labels(
    drawing: &mut Drawing,
    (frame, most_px): (&Frame, f64),
    (spots, badges): (&[Spot<'_>], &[(f64, f64)]),
) -> [Vec<usize>; 2] {
    SCREENS.map(|screen| {
        let width = screen.width_px.min(most_px);
        let scale = width / Frame::WIDTH;
        let px = |(x, y): (f64, f64)| (x * scale, y * scale);
        let marks = spots.iter().map(|spot| Area::around(px(spot.at), MARK_PX));
        let numbers = badges.iter().map(|at| Area::around(px(*at), MARK_PX + 2.0));
        let mut taken: Vec<Area> = marks.chain(numbers).collect();
        let mut left_out = Vec::new();
        for (i, spot) in spots.iter().enumerate().filter(|(_, spot)| spot.is_named) {
            let text = fit(spot.name, screen.room_px, FONT_PX);
            let free = sides().find_map(|side| {
                let area = area_of(&text, px(spot.at), side);
                let fits = area.is_within(width, frame.height * scale);
                (fits && !taken.iter().any(|other| area.meets(other))).then_some((area, side))
            });
            match free {
                Some((area, side)) => {
                    taken.push(area);
                    write_name(drawing, (&text, frame.percent(spot.at)), (side, screen.class));
                }
                None => left_out.push(i),
            }
        }
        left_out
    })
}

fn write_name(drawing: &mut Drawing, (text, (x, y)): (&str, (f64, f64)), (side, class): (Side, &str)) {
    let (x, y, dx, dy, text) = (Pct(x), Pct(y), Num(side.dx), Num(side.dy), Safe(text));
    let anchor = side.anchor;
    if side.is_far {
        // The line ends where the text begins, a little below the middle of its letters.
        let (lx, ly) = (Num(side.dx * 0.94), Num((side.dy - 4.5) * 0.94));
        drawing.add(format_args!(
            "<svg class=\"leader {class}\" x=\"{x}\" y=\"{y}\"><line x2=\"{lx}\" y2=\"{ly}\"/></svg>"
        ));
    }
    drawing.add(format_args!(
        "<text class=\"name {anchor} {class}\" x=\"{x}\" y=\"{y}\" dx=\"{dx}\" dy=\"{dy}\">{text}</text>"
    ));
}

fn area_of(text: &str, (x, y): (f64, f64), side: Side) -> Area {
    let width = width_px(text, FONT_PX);
    let left = x + side.dx
        - match side.anchor {
            "start" => 0.0,
            "end" => width,
            _ => width / 2.0,
        };
    let bottom = y + side.dy + 4.0;
    Area { left, top: bottom - LINE_PX, right: left + width, bottom }
}
