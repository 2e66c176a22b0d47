//! Names beside markers, where there is room.
//!
//! Owns: choosing a side for each name so that names, markers and numbers do not cover each other, once
//! for a page and once for a phone. A name without room is left out; the marker and the table remain.

use super::super::svg::{Drawing, Num, Pct, Safe};
use super::super::text::{NARROW_PX, WIDE_PX, fit, width_px};
use super::frame::Frame;

pub(crate) struct Spot<'a> {
    /// In drawing units.
    pub at: (f64, f64),
    pub name: &'a str,
}

const FONT_PX: f64 = 13.0;
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
        self.left >= 0.0 && self.top >= 0.0 && self.right <= width && self.bottom <= height
    }
}

/// A side of the marker: the offset of the text in pixels, and its anchor class. Best first.
const SIDES: [(f64, f64, &str); 8] = [
    (10.0, 4.5, "start"),
    (-10.0, 4.5, "end"),
    (0.0, -10.0, "mid"),
    (0.0, 20.0, "mid"),
    (7.0, -7.0, "start"),
    (7.0, 17.0, "start"),
    (-7.0, -7.0, "end"),
    (-7.0, 17.0, "end"),
];

pub(crate) fn write_labels(
    drawing: &mut Drawing,
    frame: &Frame,
    (spots, badges): (&[Spot<'_>], &[(f64, f64)]),
) {
    for (class, width_px, room_px) in [("wide", WIDE_PX, 190.0), ("narrow", NARROW_PX, 120.0)] {
        let scale = width_px / Frame::WIDTH;
        let px = |(x, y): (f64, f64)| (x * scale, y * scale);
        let marks = spots.iter().map(|spot| Area::around(px(spot.at), MARK_PX));
        let numbers = badges.iter().map(|at| Area::around(px(*at), MARK_PX + 1.0));
        let mut taken: Vec<Area> = marks.chain(numbers).collect();
        for spot in spots {
            let text = fit(spot.name, room_px, FONT_PX);
            let free = SIDES.into_iter().find_map(|side| {
                let area = area_of(&text, px(spot.at), side);
                let fits = area.is_within(width_px, frame.height * scale);
                (fits && !taken.iter().any(|other| area.meets(other))).then_some((area, side))
            });
            let Some((area, (dx, dy, anchor))) = free else { continue };
            taken.push(area);
            let (x, y) = frame.percent(spot.at);
            let (x, y, dx, dy, text) = (Pct(x), Pct(y), Num(dx), Num(dy), Safe(&text));
            drawing.add(format_args!(
                "<text class=\"name {anchor} {class}\" x=\"{x}\" y=\"{y}\" dx=\"{dx}\" dy=\"{dy}\">{text}</text>"
            ));
        }
    }
}

fn area_of(text: &str, (x, y): (f64, f64), (dx, dy, anchor): (f64, f64, &str)) -> Area {
    let width = width_px(text, FONT_PX);
    let left = x + dx
        - match anchor {
            "start" => 0.0,
            "end" => width,
            _ => width / 2.0,
        };
    let bottom = y + dy + 4.0;
    Area { left, top: bottom - LINE_PX, right: left + width, bottom }
}
