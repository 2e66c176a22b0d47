//! Lines over time, one per variant.
//!
//! Owns: layout, gaps where a figure is missing, the shaded difference between the first two lines.
//! Lines are told apart by dash and by marker as well as by color.

use super::scale::{Scale, ticks};
use super::svg::{Drawing, Num, Pct, Safe};
use super::text::{NARROW_PX, WIDE_PX, width_px};

pub(crate) struct LineChart<'a> {
    pub aria: &'a str,
    /// One per point in time; all series have as many points.
    pub times: Vec<String>,
    pub series: Vec<Series>,
    /// How a figure is written on the axis.
    pub say: &'a dyn Fn(f64) -> String,
}

pub(crate) struct Series {
    pub points: Vec<Option<f64>>,
    pub tips: Vec<String>,
}

const HEIGHT_PX: f64 = 280.0;
const TOP_PX: f64 = 22.0;
const BOTTOM_PX: f64 = 248.0;
/// Left and right edge of the lines, as shares of the width; the axis figures stand left of them.
const EDGES: (f64, f64) = (8.0, 98.5);
/// More points than this are drawn without a marker each.
const MARKED_POINTS: usize = 60;

struct Plot<'a> {
    chart: &'a LineChart<'a>,
    x: Scale,
    y: Scale,
}

/// The chart, and the figure at which its vertical axis starts.
pub(crate) fn line_chart(chart: &LineChart<'_>) -> (String, f64) {
    let known = || chart.series.iter().flat_map(|s| s.points.iter().flatten());
    let low = known().copied().fold(f64::INFINITY, f64::min);
    let high = known().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = if low <= high { (low, high) } else { (0.0, 1.0) };
    let lines = ticks(range, 4.0);
    let bounds = (lines[0], lines[lines.len() - 1]);
    let last = chart.times.len().saturating_sub(1) as f64;
    let plot = Plot { chart, x: Scale::new((0.0, last), EDGES), y: Scale::new(bounds, (BOTTOM_PX, TOP_PX)) };
    let mut drawing = Drawing::new();
    plot.write_lines(&mut drawing, &lines);
    plot.write_times(&mut drawing);
    plot.write_series(&mut drawing);
    plot.write_axis_figures(&mut drawing, &lines);
    (drawing.finish("lines", chart.aria, HEIGHT_PX), bounds.0)
}

impl Plot<'_> {
    fn write_lines(&self, drawing: &mut Drawing, values: &[f64]) {
        for value in values {
            let y = Num(self.y.at(*value));
            drawing.add(format_args!("<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>"));
        }
    }

    fn write_axis_figures(&self, drawing: &mut Drawing, values: &[f64]) {
        for value in values {
            let (y, text) = (Num(self.y.at(*value) - 5.0), (self.chart.say)(*value));
            drawing.add(format_args!("<text class=\"tick\" x=\"0\" y=\"{y}\">{}</text>", Safe(&text)));
        }
    }

    /// As many dates as fit, evenly spaced from the first.
    fn write_times(&self, drawing: &mut Drawing) {
        let times = &self.chart.times;
        for (class, room_px) in [("wide", WIDE_PX), ("narrow", NARROW_PX)] {
            let label_px = times.iter().map(|t| width_px(t, 13.0)).fold(1.0, f64::max) + 16.0;
            let every = (times.len() as f64 * label_px / room_px).ceil().max(1.0) as usize;
            for (i, time) in times.iter().enumerate().step_by(every) {
                let anchor = match i {
                    0 => "start",
                    _ if i + 1 == times.len() => "end",
                    _ => "mid",
                };
                let (x, text) = (Pct(self.x.at(i as f64)), Safe(time));
                drawing.add(format_args!(
                    "<text class=\"time {anchor} {class}\" x=\"{x}\" y=\"270\">{text}</text>"
                ));
            }
        }
    }

    fn write_series(&self, drawing: &mut Drawing) {
        drawing.add(format_args!(
            "<svg x=\"0\" y=\"0\" width=\"100%\" height=\"{HEIGHT_PX}\" viewBox=\"0 0 100 {HEIGHT_PX}\" preserveAspectRatio=\"none\">"
        ));
        self.write_difference(drawing);
        for (variant, series) in self.chart.series.iter().enumerate() {
            for run in runs(&series.points) {
                let points: String = run.iter().map(|&(i, v)| self.point(i, v)).collect();
                drawing
                    .add(format_args!("<polyline class=\"l{variant}\" points=\"{}\"/>", points.trim_end()));
            }
        }
        drawing.add(format_args!("</svg>"));
        for (variant, series) in self.chart.series.iter().enumerate() {
            self.write_markers(drawing, variant, series);
        }
    }

    /// Shades what lies between the first two lines, wherever both are known.
    fn write_difference(&self, drawing: &mut Drawing) {
        let [first, second, ..] = self.chart.series.as_slice() else { return };
        let both = |(a, b): (&Option<f64>, &Option<f64>)| a.zip(*b);
        let pairs: Vec<Option<(f64, f64)>> = first.points.iter().zip(&second.points).map(both).collect();
        for run in runs(&pairs) {
            let there = run.iter().map(|&(i, (a, _))| self.point(i, a));
            let back = run.iter().rev().map(|&(i, (_, b))| self.point(i, b));
            let points: String = there.chain(back).collect();
            drawing.add(format_args!("<polygon class=\"between\" points=\"{}\"/>", points.trim_end()));
        }
    }

    fn point(&self, time: usize, value: f64) -> String {
        format!("{},{} ", Num(self.x.at(time as f64)), Num(self.y.at(value)))
    }

    fn write_markers(&self, drawing: &mut Drawing, variant: usize, series: &Series) {
        let radius = if series.points.len() > MARKED_POINTS { 1.5 } else { 4.0 };
        for (i, value) in series.points.iter().enumerate() {
            let Some(value) = value else { continue };
            let (x, y) = (Pct(self.x.at(i as f64)), Num(self.y.at(*value)));
            let tip = Safe(series.tips.get(i).map_or("", String::as_str));
            drawing.add(format_args!(
                "<circle class=\"m{variant}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"><title>{tip}</title></circle>"
            ));
        }
    }
}

/// Stretches without a gap, each with the position of its points.
fn runs<T: Copy>(points: &[Option<T>]) -> Vec<Vec<(usize, T)>> {
    let mut runs: Vec<Vec<(usize, T)>> = vec![Vec::new()];
    for (i, point) in points.iter().enumerate() {
        match (point, runs.last_mut()) {
            (Some(point), Some(run)) => run.push((i, *point)),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_without_orders_breaks_the_line() {
        assert_eq!(
            runs(&[None, Some(1), Some(2), None, None, Some(3)]),
            [vec![(1, 1), (2, 2)], vec![(5, 3)]]
        );
    }
}
