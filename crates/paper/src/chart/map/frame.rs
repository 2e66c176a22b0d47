//! Which part of the globe the map shows.
//!
//! Owns: the equirectangular projection with longitudes shortened by the cosine of the middle latitude,
//! and the fit to the data.

use model::Point;

use super::super::svg::{Drawing, Pct};

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

/// Width to height of a drawing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// As the data has it, within bounds.
    OfTheData,
    /// Twice as wide as tall, so that a style sheet can know it.
    Wide,
}

impl Shape {
    fn bounds(self) -> (f64, f64) {
        match self {
            Shape::OfTheData => SHAPES,
            Shape::Wide => (2.0, 2.0),
        }
    }
}

impl Frame {
    pub(crate) const WIDTH: f64 = 1_000.0;

    /// Encloses all places and nearly all orders. `None` when there is neither.
    pub(crate) fn around(places: &[Point], dots: &[(Point, u64)]) -> Option<Frame> {
        Frame::of_shape(places, dots, Shape::OfTheData)
    }

    pub(crate) fn of_shape(places: &[Point], dots: &[(Point, u64)], shape: Shape) -> Option<Frame> {
        let bounds = shape.bounds();
        let plain = Frame::fitted(places, dots, (LongitudeFrom::Greenwich, bounds))?;
        if plain.wide <= 180.0 {
            return Some(plain);
        }
        let shifted = Frame::fitted(places, dots, (LongitudeFrom::DateLine, bounds))?;
        Some(if shifted.wide < plain.wide { shifted } else { plain })
    }

    fn fitted(
        places: &[Point],
        dots: &[(Point, u64)],
        (origin, bounds): (LongitudeFrom, (f64, f64)),
    ) -> Option<Frame> {
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
        if shape < bounds.0 {
            wide = tall * bounds.0 / shrink;
        } else if shape > bounds.1 {
            tall = wide * shrink / bounds.1;
        }
        let height = Frame::WIDTH * tall / (wide * shrink);
        let (west, south) = (middle_lon - wide / 2.0, middle_lat - tall / 2.0);
        Some(Frame { west, south, wide, tall, height, around_date_line })
    }

    /// Position in drawing units; may lie outside.
    pub(crate) fn at(&self, point: Point) -> (f64, f64) {
        self.at_degrees((degrees(point.lat_e4), degrees(point.lon_e4)))
    }

    /// The same for a latitude and a longitude in degrees.
    pub(crate) fn at_degrees(&self, (lat, lon): (f64, f64)) -> (f64, f64) {
        let lon = if self.around_date_line && lon < 0.0 { lon + 360.0 } else { lon };
        let x = (lon - self.west) / self.wide * Frame::WIDTH;
        (x, self.height - (lat - self.south) / self.tall * self.height)
    }

    /// Half the way around the globe, in drawing units.
    pub(crate) fn half_turn(&self) -> f64 {
        180.0 / self.wide * Frame::WIDTH
    }

    /// Whole steps of this many degrees within the frame: latitudes, and longitudes.
    pub(crate) fn steps(&self, step: f64) -> [Vec<f64>; 2] {
        let within = |from: f64, extent: f64| {
            let first = (from / step).ceil() as i64;
            (first..).map(|n| n as f64 * step).take_while(|at| *at <= from + extent).collect()
        };
        [within(self.south, self.tall), within(self.west, self.wide)]
    }

    /// The step of a graticule of a few lines.
    pub(crate) fn step_degrees(&self) -> f64 {
        [0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0]
            .into_iter()
            .find(|step| self.wide / step <= 10.0)
            .unwrap_or(45.0)
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

/// Places a drawing of fixed size at a position that scales.
pub(crate) fn open_at(drawing: &mut Drawing, frame: &Frame, (class, at): (&str, (f64, f64))) {
    let (x, y) = frame.percent(at);
    let (x, y) = (Pct(x), Pct(y));
    drawing.add(format_args!("<svg class=\"{class}\" x=\"{x}\" y=\"{y}\">"));
}
