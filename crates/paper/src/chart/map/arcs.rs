//! Moves between places, as bowed arrows with a number that the table beside the map repeats.
//!
//! Owns: the bow's geometry. Invariant: it stays inside the frame, since a quadratic curve lies within
//! its three points and all three are inside.

use super::super::svg::{Drawing, Num, Safe};
use super::Arc;
use super::frame::{Frame, open_at};

pub(crate) struct Bow {
    from: (f64, f64),
    control: (f64, f64),
    to: (f64, f64),
    /// Where the number stands.
    pub(crate) middle: (f64, f64),
    width_px: f64,
}

/// How far the bow leaves the straight way, as a share of its length.
const BULGE: f64 = 0.22;
/// Where the number may stand, as shares of the way; the best first.
const NUMBER_AT: [f64; 11] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.8, 0.2, 0.86, 0.14];
/// From the middle of a number to that of a place or another number, in drawing units: enough on a phone as well.
const NUMBER_ROOM: f64 = 48.0;
/// Free way before the target's marker, in drawing units.
const HEAD_GAP: f64 = 26.0;

impl Bow {
    pub(crate) fn new(frame: &Frame, arc: &Arc, most_orders: u64) -> Bow {
        let (from, to) = (frame.at(arc.from), frame.at(arc.to));
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (x, y) = (f64::midpoint(from.0, to.0) + dy * BULGE, f64::midpoint(from.1, to.1) - dx * BULGE);
        let control = (x.clamp(12.0, Frame::WIDTH - 12.0), y.clamp(12.0, frame.height - 12.0));
        let share = arc.orders as f64 / most_orders.max(1) as f64;
        let mut bow = Bow { from, control, to, middle: from, width_px: 1.5 + 3.0 * share.sqrt() };
        bow.middle = bow.at(0.5);
        bow
    }

    /// Puts the number where it covers neither a place nor an earlier number, if there is such a point on the way.
    pub(crate) fn place_number(&mut self, taken: &[(f64, f64)]) {
        let room = |at: &(f64, f64)| {
            let distance = |other: &(f64, f64)| (other.0 - at.0).hypot(other.1 - at.1);
            taken.iter().map(distance).fold(f64::INFINITY, f64::min)
        };
        let ways: Vec<(f64, f64)> = NUMBER_AT.iter().map(|t| self.at(*t)).collect();
        let free = ways.iter().find(|at| room(at) >= NUMBER_ROOM).copied();
        let widest = ways.iter().copied().max_by(|a, b| room(a).total_cmp(&room(b)));
        self.middle = free.or(widest).unwrap_or(self.middle);
    }

    /// Point of the curve, from 0 at its start to 1 at its end.
    fn at(&self, t: f64) -> (f64, f64) {
        let mix = |a: f64, c: f64, b: f64| (1.0 - t).powi(2) * a + 2.0 * t * (1.0 - t) * c + t * t * b;
        (mix(self.from.0, self.control.0, self.to.0), mix(self.from.1, self.control.1, self.to.1))
    }

    pub(crate) fn write_head(&self, drawing: &mut Drawing, frame: &Frame) {
        let length = (self.to.0 - self.from.0).hypot(self.to.1 - self.from.1);
        let t = (1.0 - HEAD_GAP / length.max(1.0)).clamp(0.7, 0.97);
        let (tip, before) = (self.at(t), self.at(t - 0.05));
        let angle = Num((tip.1 - before.1).atan2(tip.0 - before.0).to_degrees());
        open_at(drawing, frame, ("head", tip));
        drawing.add(format_args!("<path transform=\"rotate({angle})\" d=\"M7 0-5 6-2 0-5-6z\"/></svg>"));
    }
}

pub(crate) fn write_arc(drawing: &mut Drawing, arc: &Arc, bow: &Bow) {
    let (ax, ay, cx, cy) = (Num(bow.from.0), Num(bow.from.1), Num(bow.control.0), Num(bow.control.1));
    let (bx, by, width, tip) = (Num(bow.to.0), Num(bow.to.1), Num(bow.width_px), Safe(&arc.tip));
    drawing.add(format_args!(
        "<path class=\"arc\" stroke-width=\"{width}\" d=\"M{ax} {ay}Q{cx} {cy} {bx} {by}\"><title>{tip}</title></path>"
    ));
}

pub(crate) fn write_badge(drawing: &mut Drawing, (frame, bow): (&Frame, &Bow), number: usize) {
    open_at(drawing, frame, ("badge", bow.middle));
    drawing.add(format_args!("<circle r=\"9\"/><text y=\"4\">{number}</text></svg>"));
}
