//! Which part of the globe the map shows.
//!
//! Owns: the equirectangular projection with longitudes shortened by the cosine of the middle latitude,
//! the fit to the data, and the grid of degrees.

use model::Point;

use super::super::svg::{Drawing, Num, Pct};

/// A box on the globe, in degrees, drawn 1,000 units wide.
#[derive(Debug)]
pub(crate) struct Frame {
    west: f64,
    south: f64,
    /// Extent in degrees.
    wide: f64,
    tall: f64,
    pub(crate) height: f64,
    /// Longitudes below zero are counted from 180 on: the data lies around the date line.
    around_date_line: bool,
}

/// Share of the orders at each edge that need not be on the map, so that a few far ones do not shrink it.
const FAR_SHARE: f64 = 0.005;
/// Empty margin on each side, as a share of the extent.
const MARGIN: f64 = 0.08;
/// Smallest extent in degrees: a town.
const LEAST_DEGREES: f64 = 0.3;
/// Width to height, at least and at most.
const SHAPES: (f64, f64) = (1.0, 2.1);

impl Frame {
    pub(crate) const WIDTH: f64 = 1_000.0;

    /// Encloses all places and nearly all orders. `None` when there is neither.
    pub(crate) fn around(places: &[Point], dots: &[(Point, u64)]) -> Option<Frame> {
        let plain = Frame::fitted(places, dots, LongitudeFrom::Greenwich)?;
        if plain.wide <= 180.0 {
            return Some(plain);
        }
        let shifted = Frame::fitted(places, dots, LongitudeFrom::DateLine)?;
        Some(if shifted.wide < plain.wide { shifted } else { plain })
    }

    fn fitted(places: &[Point], dots: &[(Point, u64)], origin: LongitudeFrom) -> Option<Frame> {
        let around_date_line = origin == LongitudeFrom::DateLine;
        let lat = |point: Point| degrees(point.lat_e4);
        let lon = |point: Point| longitude(point, around_date_line);
        let (south, north) = extent(places.iter().map(|p| lat(*p)), dots.iter().map(|d| (lat(d.0), d.1)))?;
        let (west, east) = extent(places.iter().map(|p| lon(*p)), dots.iter().map(|d| (lon(d.0), d.1)))?;
        let (middle_lat, middle_lon) = (f64::midpoint(south, north), f64::midpoint(west, east));
        let shrink = middle_lat.to_radians().cos().max(0.2);
        let mut tall = (north - south).max(LEAST_DEGREES) * (1.0 + 2.0 * MARGIN);
        let mut wide = (east - west).max(LEAST_DEGREES / shrink) * (1.0 + 2.0 * MARGIN);
        let shape = wide * shrink / tall;
        if shape < SHAPES.0 {
            wide = tall * SHAPES.0 / shrink;
        } else if shape > SHAPES.1 {
            tall = wide * shrink / SHAPES.1;
        }
        let height = Frame::WIDTH * tall / (wide * shrink);
        let (west, south) = (middle_lon - wide / 2.0, middle_lat - tall / 2.0);
        Some(Frame { west, south, wide, tall, height, around_date_line })
    }

    /// Position in drawing units; may lie outside.
    pub(crate) fn at(&self, point: Point) -> (f64, f64) {
        let x = (longitude(point, self.around_date_line) - self.west) / self.wide * Frame::WIDTH;
        let y = self.height - (degrees(point.lat_e4) - self.south) / self.tall * self.height;
        (x, y)
    }

    pub(crate) fn holds(&self, (x, y): (f64, f64)) -> bool {
        (0.0..=Frame::WIDTH).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// Drawing units as percentages of width and height.
    pub(crate) fn percent(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x / Frame::WIDTH * 100.0, y / self.height * 100.0)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum LongitudeFrom {
    Greenwich,
    DateLine,
}

fn degrees(e4: i32) -> f64 {
    f64::from(e4) / 10_000.0
}

fn longitude(point: Point, around_date_line: bool) -> f64 {
    let plain = degrees(point.lon_e4);
    if around_date_line && plain < 0.0 { plain + 360.0 } else { plain }
}

/// Lowest and highest: of all places, and of the dots but for the far ones at either end.
fn extent(places: impl Iterator<Item = f64>, dots: impl Iterator<Item = (f64, u64)>) -> Option<(f64, f64)> {
    let mut dots: Vec<(f64, u64)> = dots.filter(|dot| dot.1 > 0).collect();
    dots.sort_by(|a, b| a.0.total_cmp(&b.0));
    let far = dots.iter().map(|dot| dot.1 as f64).sum::<f64>() * FAR_SHARE;
    let ends = [first_near(dots.iter(), far), first_near(dots.iter().rev(), far)];
    let all: Vec<f64> = places.chain(ends.into_iter().flatten()).collect();
    let low = all.iter().copied().reduce(f64::min)?;
    Some((low, all.iter().copied().reduce(f64::max)?))
}

fn first_near<'a>(dots: impl Iterator<Item = &'a (f64, u64)>, far: f64) -> Option<f64> {
    let mut passed = 0.0;
    for (at, orders) in dots {
        passed += *orders as f64;
        if passed >= far {
            return Some(*at);
        }
    }
    None
}

/// Degrees between grid lines, from which the first that gives at most seven lines is taken.
const STEPS: [f64; 9] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 45.0];

pub(crate) fn write_grid(drawing: &mut Drawing, frame: &Frame) {
    let step = STEPS.into_iter().find(|step| frame.wide.max(frame.tall) / step <= 7.0).unwrap_or(90.0);
    for lon in lines((frame.west, frame.wide), step) {
        let x = Num((lon - frame.west) / frame.wide * Frame::WIDTH);
        let h = Num(frame.height);
        drawing.add(format_args!("<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{h}\"/>"));
    }
    for lat in lines((frame.south, frame.tall), step) {
        let y = Num(frame.height - (lat - frame.south) / frame.tall * frame.height);
        let w = Num(Frame::WIDTH);
        drawing.add(format_args!("<line class=\"grid\" x1=\"0\" x2=\"{w}\" y1=\"{y}\" y2=\"{y}\"/>"));
    }
}

fn lines((from, extent): (f64, f64), step: f64) -> impl Iterator<Item = f64> {
    let first = (from / step).ceil() as i32;
    let last = ((from + extent) / step).floor() as i32;
    (first..=last).take(40).map(move |i| f64::from(i) * step)
}

/// Places a drawing of fixed size at a position that scales.
pub(crate) fn open_at(drawing: &mut Drawing, frame: &Frame, (class, at): (&str, (f64, f64))) {
    let (x, y) = frame.percent(at);
    let (x, y) = (Pct(x), Pct(y));
    drawing.add(format_args!("<svg class=\"{class}\" x=\"{x}\" y=\"{y}\">"));
}
