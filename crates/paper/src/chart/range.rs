//! A figure with its uncertainty: a bar from low to high, a dot, and where zero is.
//!
//! Owns: layout of one range, alone or on a scale shared with others.

use super::scale::{Scale, span_with_zero};
use super::svg::{Drawing, Num, Pct, Safe};

#[derive(Clone, Copy)]
pub(crate) struct Range {
    pub low: f64,
    pub value: f64,
    pub high: f64,
}

/// Texts under a range that stands alone.
pub(crate) struct RangeEnds<'a> {
    pub low: &'a str,
    pub high: &'a str,
    pub zero: &'a str,
}

/// Middle of a range among others, and of one with its ends written above.
const MIDDLE_PX: f64 = 12.0;
const LOW_MIDDLE_PX: f64 = 34.0;

/// One range among others; `all` gives the common scale.
pub(crate) fn range_bar(aria: &str, range: &Range, all: &[Range]) -> String {
    let (low, high) = span_with_zero(all.iter().flat_map(|r| [r.low, r.value, r.high]));
    let scale = Scale::new((low, high), (2.0, 98.0));
    let mut drawing = Drawing::new();
    write_range(&mut drawing, range, (scale, MIDDLE_PX));
    drawing.finish("range", aria, 2.0 * MIDDLE_PX)
}

/// A range that stands alone, with its ends written above and zero below.
pub(crate) fn range_with_ends(aria: &str, range: &Range, ends: &RangeEnds<'_>) -> String {
    let (low, high) = span_with_zero([range.low, range.value, range.high].into_iter());
    let scale = Scale::new((low, high), (27.0, 73.0));
    let mut drawing = Drawing::new();
    write_range(&mut drawing, range, (scale, LOW_MIDDLE_PX));
    for (value, text, class) in [(range.low, ends.low, "end"), (range.high, ends.high, "start")] {
        let (x, text) = (Pct(scale.at(value)), Safe(text));
        let dx = if class == "end" { -4 } else { 4 };
        drawing.add(format_args!("<text class=\"{class}\" x=\"{x}\" dx=\"{dx}\" y=\"16\">{text}</text>"));
    }
    let (x, text) = (Pct(scale.at(0.0)), Safe(ends.zero));
    drawing.add(format_args!("<text class=\"nil\" x=\"{x}\" y=\"62\">{text}</text>"));
    drawing.finish("range", aria, 68.0)
}

fn write_range(drawing: &mut Drawing, range: &Range, (scale, middle_px): (Scale, f64)) {
    let y = Num(middle_px);
    drawing.add(format_args!("<line class=\"rail\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>"));
    let (zero, top, bottom) = (Pct(scale.at(0.0)), Num(middle_px - 12.0), Num(middle_px + 12.0));
    drawing
        .add(format_args!("<line class=\"zero\" x1=\"{zero}\" x2=\"{zero}\" y1=\"{top}\" y2=\"{bottom}\"/>"));
    let (low, high) = (Pct(scale.at(range.low)), Pct(scale.at(range.high)));
    drawing.add(format_args!("<line class=\"reach\" x1=\"{low}\" x2=\"{high}\" y1=\"{y}\" y2=\"{y}\"/>"));
    let x = Pct(scale.at(range.value));
    drawing.add(format_args!("<circle class=\"point\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>"));
}
