//! Stacked horizontal bars: one per variant, one segment per part, on a common scale.
//!
//! Owns: layout. Parts that earn money lie left of the zero line. Segments carry the number of their part,
//! so that they are told apart without color.

use super::scale::{Scale, span_with_zero};
use super::svg::{Drawing, Num, Pct, Safe};
use super::text::{Label, label, width_px};

pub(crate) struct Stack {
    pub label: String,
    pub total: String,
    pub segments: Vec<Segment>,
}

pub(crate) struct Segment {
    /// Number of its part, from 0; the class is `p{part}`.
    pub part: usize,
    pub value: f64,
    pub tip: String,
}

const LABEL_LINE_PX: f64 = 22.0;
const BAR_PX: f64 = 30.0;
const ROW_GAP_PX: f64 = 16.0;
/// Narrowest segment that shows its number, as a share of the width.
const NUMBERED_FROM: f64 = 4.0;

pub(crate) fn stacked_bars(aria: &str, stacks: &[Stack]) -> String {
    let scale =
        Scale::new(span_with_zero(stacks.iter().flat_map(|s| [s.sum(-1.0), s.sum(1.0)])), (0.0, 100.0));
    let mut drawing = Drawing::new();
    let mut y = 0.0;
    for stack in stacks {
        let taken_px = width_px(&stack.total, 14.0) + 12.0;
        label(
            &mut drawing,
            &Label { text: &stack.label, class: "row", y: y + 15.0, taken_px: [taken_px; 2] },
        );
        let (text_y, total) = (Num(y + 15.0), Safe(&stack.total));
        drawing.add(format_args!("<text class=\"note\" x=\"100%\" y=\"{text_y}\">{total}</text>"));
        write_segments(&mut drawing, stack, (y + LABEL_LINE_PX, scale));
        y += LABEL_LINE_PX + BAR_PX + ROW_GAP_PX;
    }
    drawing.finish("stack", aria, (y - ROW_GAP_PX + 2.0).max(1.0))
}

impl Stack {
    /// All segments of the given sign together.
    fn sum(&self, sign: f64) -> f64 {
        self.segments.iter().map(|s| s.value).filter(|v| v * sign > 0.0).sum()
    }
}

fn write_segments(drawing: &mut Drawing, stack: &Stack, (y, scale): (f64, Scale)) {
    let (mut below, mut above) = (0.0, 0.0);
    for segment in &stack.segments {
        let edge = if segment.value < 0.0 { &mut below } else { &mut above };
        let (from, to) = (scale.at(*edge), scale.at(*edge + segment.value));
        *edge += segment.value;
        let (part, tip, width) = (segment.part, Safe(&segment.tip), (to - from).abs());
        let (x, w, top, height) = (Pct(from.min(to)), Pct(width), Num(y), Num(BAR_PX));
        drawing.add(format_args!(
            "<rect class=\"p{part}\" x=\"{x}\" y=\"{top}\" width=\"{w}\" height=\"{height}\"><title>{tip}</title></rect>"
        ));
        if width >= NUMBERED_FROM {
            let (x, y, number) = (Pct(f64::midpoint(from, to)), Num(y + 20.0), part + 1);
            drawing.add(format_args!("<text class=\"key k{part}\" x=\"{x}\" y=\"{y}\">{number}</text>"));
        }
    }
    if below < 0.0 {
        let (x, from, to) = (Pct(scale.at(0.0)), Num(y - 4.0), Num(y + BAR_PX + 4.0));
        drawing.add(format_args!("<line class=\"zero\" x1=\"{x}\" x2=\"{x}\" y1=\"{from}\" y2=\"{to}\"/>"));
    }
}
