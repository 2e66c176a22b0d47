//! Lines over time, one per variant.
//!
//! Owns: layout, a true scale of time, gaps where a figure is missing or a stretch of time has none, the shaded
//! difference between the first two lines.
//! Lines are told apart by dash and by marker as well as by color.

use super::scale::{Scale, ticks};
use super::svg::{Drawing, Num, Pct, Safe};
use super::text::{NARROW_PX, WIDE_PX, width_px};

pub(crate) struct LineChart<'a> {
    pub aria: &'a str,
    /// Days, rising; all series have as many points.
    pub days: Vec<i32>,
    /// What is written below the axis at these days, rising; those that have no room are left out.
    pub dates: Vec<(i32, String)>,
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
/// Left and right edge of the lines, as shares of the width; the axis figures stand left of the drawing.
const EDGES: (f64, f64) = (2.0, 98.0);
/// Points farther apart than this many days have a gap between them, not a line.
const GAP_DAYS: i32 = 8;
/// Between an axis figure and the drawing, and between the drawing and the end of its box.
const AXIS_GAP_PX: f64 = 8.0;
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
    let ends = (chart.days.first().copied().unwrap_or(0), chart.days.last().copied().unwrap_or(0));
    let x = Scale::new((f64::from(ends.0), f64::from(ends.1)), EDGES);
    let plot = Plot { chart, x, y: Scale::new(bounds, (BOTTOM_PX, TOP_PX)) };
    let mut drawing = Drawing::new();
    plot.write_lines(&mut drawing, &lines);
    plot.write_times(&mut drawing);
    plot.write_series(&mut drawing);
    plot.write_axis_figures(&mut drawing, &lines);
    let figures = lines.iter().map(|value| width_px(&(chart.say)(*value), AXIS_FONT_PX));
    // A tenth more than estimated: a figure must not leave the card in a wide font.
    let margin = figures.fold(0.0, f64::max) * 1.1 + AXIS_GAP_PX;
    (beside_axis(&drawing.finish("lines", chart.aria, HEIGHT_PX), margin), bounds.0)
}

/// Axis figures have a size in pixels while the drawing is as wide as its box: so they stand in a margin of the
/// box, left of the drawing, where no line can run through them.
fn beside_axis(svg: &str, margin: f64) -> String {
    let margin = Num(margin.ceil());
    format!("<div class=\"axis\" style=\"padding-left:{margin}px\">{svg}</div>")
}

const AXIS_FONT_PX: f64 = 13.0;
/// Which dates are written: all, every second, … Months stay quarters, halves and years.
const STEPS: [usize; 8] = [1, 2, 3, 4, 6, 12, 24, 60];

impl Plot<'_> {
    fn write_lines(&self, drawing: &mut Drawing, values: &[f64]) {
        for value in values {
            let y = Num(self.y.at(*value));
            drawing.add(format_args!("<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>"));
        }
    }

    fn write_axis_figures(&self, drawing: &mut Drawing, values: &[f64]) {
        for value in values {
            let (y, text, dx) = (Num(self.y.at(*value) + 4.5), (self.chart.say)(*value), Num(-AXIS_GAP_PX));
            drawing.add(format_args!(
                "<text class=\"tick end\" x=\"0\" dx=\"{dx}\" y=\"{y}\">{}</text>",
                Safe(&text)
            ));
        }
    }

    /// Every date, or every second, third, …: as many as fit beside each other, each below its day.
    fn write_times(&self, drawing: &mut Drawing) {
        for (class, room_px) in [("wide", WIDE_PX), ("narrow", NARROW_PX - 40.0)] {
            let every = STEPS.into_iter().find(|every| self.fits(*every, room_px)).unwrap_or(usize::MAX);
            for (day, date) in self.chart.dates.iter().step_by(every) {
                let (anchor, _) = self.anchored((*day, date), room_px);
                let (x, text) = (Pct(self.x.at(f64::from(*day))), Safe(date));
                drawing.add(format_args!(
                    "<text class=\"time {anchor} {class}\" x=\"{x}\" y=\"270\">{text}</text>"
                ));
            }
        }
    }

    fn fits(&self, every: usize, room_px: f64) -> bool {
        let mut free_from = f64::NEG_INFINITY;
        self.chart.dates.iter().step_by(every).all(|(day, date)| {
            let (_, left) = self.anchored((*day, date), room_px);
            let is_free = left >= free_from;
            free_from = left + width_px(date, AXIS_FONT_PX) + 12.0;
            is_free
        })
    }

    /// Anchor of a date, and its left edge in pixels: at either end it stays inside.
    fn anchored(&self, (day, date): (i32, &str), room_px: f64) -> (&'static str, f64) {
        let (middle, width) = (self.x.at(f64::from(day)) / 100.0 * room_px, width_px(date, AXIS_FONT_PX));
        match () {
            () if middle < width / 2.0 => ("start", middle),
            () if middle + width / 2.0 > room_px => ("end", middle - width),
            () => ("mid", middle - width / 2.0),
        }
    }

    fn write_series(&self, drawing: &mut Drawing) {
        drawing.add(format_args!(
            "<svg x=\"0\" y=\"0\" width=\"100%\" height=\"{HEIGHT_PX}\" viewBox=\"0 0 100 {HEIGHT_PX}\" preserveAspectRatio=\"none\">"
        ));
        self.write_difference(drawing);
        for (variant, series) in self.chart.series.iter().enumerate() {
            for run in runs(&series.points, &self.chart.days) {
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
        for run in runs(&pairs, &self.chart.days) {
            let there = run.iter().map(|&(i, (a, _))| self.point(i, a));
            let back = run.iter().rev().map(|&(i, (_, b))| self.point(i, b));
            let points: String = there.chain(back).collect();
            drawing.add(format_args!("<polygon class=\"between\" points=\"{}\"/>", points.trim_end()));
        }
    }

    fn point(&self, time: usize, value: f64) -> String {
        format!("{},{} ", Num(self.across(time)), Num(self.y.at(value)))
    }

    /// Where a point in time lies, as a share of the width.
    fn across(&self, time: usize) -> f64 {
        self.x.at(self.chart.days.get(time).map_or(0.0, |day| f64::from(*day)))
    }

    fn write_markers(&self, drawing: &mut Drawing, variant: usize, series: &Series) {
        let radius = if series.points.len() > MARKED_POINTS { 1.5 } else { 4.0 };
        for (i, value) in series.points.iter().enumerate() {
            let Some(value) = value else { continue };
            let (x, y) = (Pct(self.across(i)), Num(self.y.at(*value)));
            let tip = Safe(series.tips.get(i).map_or("", String::as_str));
            drawing.add(format_args!(
                "<circle class=\"m{variant}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"><title>{tip}</title></circle>"
            ));
        }
    }
}

/// Stretches without a gap, each with the position of its points. A gap is a missing point or a stretch of time
/// without any.
fn runs<T: Copy>(points: &[Option<T>], days: &[i32]) -> Vec<Vec<(usize, T)>> {
    let mut runs: Vec<Vec<(usize, T)>> = Vec::new();
    let mut last_day = None;
    for (i, (point, day)) in points.iter().zip(days).enumerate() {
        let Some(point) = point else {
            last_day = None;
            continue;
        };
        let is_near = last_day.is_some_and(|last: i32| day.saturating_sub(last) <= GAP_DAYS);
        last_day = Some(*day);
        match runs.last_mut() {
            Some(run) if is_near => run.push((i, *point)),
            _ => runs.push(vec![(i, *point)]),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_without_orders_breaks_the_line() {
        let points = [None, Some(1), Some(2), None, None, Some(3)];
        assert_eq!(runs(&points, &[0, 7, 14, 21, 28, 35]), [vec![(1, 1), (2, 2)], vec![(5, 3)]]);
    }

    #[test]
    fn weeks_that_are_not_there_break_it_as_well() {
        assert_eq!(runs(&[Some(1), Some(2), Some(3)], &[0, 7, 70]), [vec![(0, 1), (1, 2)], vec![(2, 3)]]);
    }

    #[test]
    fn time_has_one_scale() {
        let chart = LineChart {
            aria: "x",
            days: vec![0, 7, 70],
            dates: vec![(0, "1 Jan".into()), (70, "12 Mar".into())],
            series: vec![Series { points: vec![Some(1.0); 3], tips: vec![String::new(); 3] }],
            say: &|value| format!("${value}"),
        };
        let svg = line_chart(&chart).0;
        let marks: Vec<f64> =
            svg.split("cx=\"").skip(1).filter_map(|rest| rest.split('%').next()?.parse().ok()).collect();
        assert!(((marks[2] - marks[0]) / (marks[1] - marks[0]) - 10.0).abs() < 0.01, "{marks:?}");
    }
}
