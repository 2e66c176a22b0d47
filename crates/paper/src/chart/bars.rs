//! Grouped horizontal bars: a row per thing, a bar per variant.
//!
//! Owns: layout. Invariant: bar lengths are proportional over the whole chart, from a common zero.

use super::scale::{Scale, span_with_zero};
use super::svg::{Drawing, Num, Pct, Safe};
use super::text::{Label, NARROW_PX, WIDE_PX, fit, label, width_px};

pub(crate) struct BarRow {
    pub label: String,
    /// At the right end of the label's line.
    pub note: String,
    /// How the note goes on where there is room: not on a phone.
    pub note_end: String,
    pub bars: Vec<Bar>,
}

pub(crate) struct Bar {
    pub value: f64,
    /// Written beside the bar.
    pub text: String,
    /// Follows the text where there is room; empty when the legend is enough.
    pub name: String,
    /// Said when the bar is pointed at.
    pub tip: String,
}

const LABEL_LINE_PX: f64 = 22.0;
const BAR_PX: f64 = 13.0;
const BAR_LINE_PX: f64 = 17.0;
const ROW_GAP_PX: f64 = 15.0;
/// Space between a bar and its figure.
const FIGURE_GAP_PX: f64 = 7.0;
const FIGURE_FONT_PX: f64 = 13.0;
const NOTE_FONT_PX: f64 = 13.0;
/// Least and most of the width that is kept free for the figure beside the longest bar.
const FIGURE_ROOM: (f64, f64) = (20.0, 45.0);
/// A name is cut to this length.
const NAME_ROOM_PX: f64 = 100.0;

/// Bars of variant `i` have the class `v{i}`.
pub(crate) fn grouped_bars(aria: &str, rows: &[BarRow]) -> String {
    let (low, high) = span_with_zero(rows.iter().flat_map(|row| &row.bars).map(|bar| bar.value));
    let scale = Scale::new((low, high), (0.0, 100.0 - figure_room(rows)));
    let mut drawing = Drawing::new();
    let mut y = 0.0;
    for row in rows {
        write_heading(&mut drawing, row, y);
        y += LABEL_LINE_PX;
        for (variant, bar) in row.bars.iter().enumerate() {
            write_bar(&mut drawing, &Placed { bar, variant, y, scale });
            y += BAR_LINE_PX;
        }
        y += ROW_GAP_PX;
    }
    drawing.finish("bars", aria, (y - ROW_GAP_PX + 2.0).max(1.0))
}

/// Share of the width that the longest figure needs on a phone, or with its name on a page.
fn figure_room(rows: &[BarRow]) -> f64 {
    let is_named = rows.iter().flat_map(|row| &row.bars).any(|bar| !bar.name.is_empty());
    let name_px = if is_named { NAME_ROOM_PX } else { 0.0 };
    let texts = rows.iter().flat_map(|row| &row.bars).map(|bar| width_px(&bar.text, FIGURE_FONT_PX));
    let longest_px = texts.fold(0.0, f64::max) + 2.0 * FIGURE_GAP_PX;
    let share = (longest_px / NARROW_PX).max((longest_px + name_px) / WIDE_PX);
    (share * 100.0).clamp(FIGURE_ROOM.0, FIGURE_ROOM.1)
}

fn write_heading(drawing: &mut Drawing, row: &BarRow, y: f64) {
    let narrow_px = width_px(&row.note, NOTE_FONT_PX) + 12.0;
    let taken_px = [narrow_px + width_px(&row.note_end, NOTE_FONT_PX), narrow_px];
    label(drawing, &Label { text: &row.label, class: "row", y: y + 15.0, taken_px });
    if !row.note.is_empty() {
        let (y, note) = (Num(y + 15.0), Safe(&row.note));
        drawing.add(format_args!("<text class=\"note\" x=\"100%\" y=\"{y}\">{note}"));
        if !row.note_end.is_empty() {
            drawing.add(format_args!("<tspan class=\"wide\">{}</tspan>", Safe(&row.note_end)));
        }
        drawing.add(format_args!("</text>"));
    }
}

struct Placed<'a> {
    bar: &'a Bar,
    variant: usize,
    y: f64,
    scale: Scale,
}

fn write_bar(drawing: &mut Drawing, placed: &Placed<'_>) {
    let Placed { bar, variant, y, scale } = placed;
    let (zero, end) = (scale.at(0.0), scale.at(bar.value));
    let (x, width) = (Pct(zero.min(end)), Pct((end - zero).abs()));
    let (top, tip, height) = (Num(*y), Safe(&bar.tip), Num(BAR_PX));
    drawing.add(format_args!(
        "<rect class=\"v{variant}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"2\"><title>{tip}</title></rect>"
    ));
    let (x, y, text, dx) = (Pct(zero.max(end)), Num(y + BAR_PX - 2.0), Safe(&bar.text), Num(FIGURE_GAP_PX));
    drawing.add(format_args!("<text class=\"figure\" x=\"{x}\" dx=\"{dx}\" y=\"{y}\">{text}"));
    if !bar.name.is_empty() {
        let name = fit(&bar.name, NAME_ROOM_PX, FIGURE_FONT_PX);
        drawing.add(format_args!("<tspan class=\"wide soft\" dx=\"8\">{}</tspan>", Safe(&name)));
    }
    drawing.add(format_args!("</text>"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: &[f64]) -> BarRow {
        let bar = |&value: &f64| Bar { value, text: String::new(), name: String::new(), tip: String::new() };
        BarRow {
            label: "Shipping".into(),
            note: String::new(),
            note_end: String::new(),
            bars: values.iter().map(bar).collect(),
        }
    }

    fn widths(svg: &str) -> Vec<f64> {
        let tail =
            |part: &str| part.split_once(" width=\"").map(|(_, w)| w.split('%').next().unwrap().parse());
        svg.split("<rect").skip(1).filter_map(tail).map(Result::unwrap).collect()
    }

    #[test]
    fn lengths_are_proportional_across_rows_and_signs() {
        let widths = widths(&grouped_bars("x", &[row(&[100.0, 50.0]), row(&[-25.0, 0.0])]));
        assert!((widths[0] / widths[1] - 2.0).abs() < 0.01);
        assert!((widths[1] / widths[2] - 2.0).abs() < 0.01);
        assert!(widths[3] < 0.01);
    }
}
