//! Coasts and borders behind the map, so that a reader knows where on the globe it is.
//!
//! Owns: reading the table of outlines and cutting them at the edge. Refuses to know: names of countries.

use super::super::svg::{Drawing, Num};
use super::frame::Frame;

/// Made by `cargo xtask facts`; its head names source and licence.
const OUTLINES: &str = include_str!("../../../facts/outlines.csv");

/// Writes what lies inside the frame, coasts and borders as one path each.
pub(crate) fn write_ground(drawing: &mut Drawing, frame: &Frame) {
    for kind in ["border", "coast"] {
        let path: String = lines(kind).map(|line| cut(&line, frame)).collect();
        if !path.is_empty() {
            drawing.add(format_args!("<path class=\"{kind}\" d=\"{path}\"/>"));
        }
    }
}

/// Lines of latitude and longitude: where there is no coast, they still say how large the map is.
pub(crate) fn write_graticule(drawing: &mut Drawing, frame: &Frame) {
    let [latitudes, longitudes] = frame.steps(frame.step_degrees());
    let (width, height) = (Num(Frame::WIDTH), Num(frame.height));
    let across = latitudes.iter().map(|lat| {
        let y = Num(frame.at_degrees((*lat, 0.0)).1);
        format!("M0 {y}H{width}")
    });
    let along = longitudes.iter().map(|lon| {
        let x = Num(frame.at_degrees((0.0, *lon)).0);
        format!("M{x} 0V{height}")
    });
    let path: String = across.chain(along).collect();
    drawing.add(format_args!("<path class=\"graticule\" d=\"{path}\"/>"));
}

/// Latitudes and longitudes in degrees. A row that cannot be read draws nothing.
fn lines(kind: &'static str) -> impl Iterator<Item = Vec<(f64, f64)>> {
    let rows = OUTLINES.lines().filter_map(move |row| row.strip_prefix(kind)?.strip_prefix(','));
    rows.map(|points| {
        let mut numbers = points.split(' ').filter_map(|number| number.parse::<i32>().ok());
        let mut at = (0, 0);
        let step = || {
            at = (at.0 + numbers.next()?, at.1 + numbers.next()?);
            Some((f64::from(at.0) / 100.0, f64::from(at.1) / 100.0))
        };
        std::iter::from_fn(step).collect()
    })
}

/// The stretches of a line inside the frame, as path data.
fn cut(line: &[(f64, f64)], frame: &Frame) -> String {
    let placed: Vec<(f64, f64)> = line.iter().map(|point| frame.at_degrees(*point)).collect();
    let mut path = String::new();
    let mut pen = None;
    for pair in placed.windows(2) {
        // Round the back of the globe: the two ends lie at opposite edges.
        let is_torn = (pair[0].0 - pair[1].0).abs() > frame.half_turn();
        let Some((from, to)) = inside((pair[0], pair[1]), frame).filter(|_| !is_torn) else {
            pen = None;
            continue;
        };
        if pen != Some(short(from)) {
            path.push_str(&format!("M{} {}", short(from).0, short(from).1));
        }
        path.push_str(&format!("L{} {}", short(to).0, short(to).1));
        pen = Some(short(to));
    }
    path
}

/// One decimal is finer than a screen.
fn short(point: (f64, f64)) -> (String, String) {
    let short = |value: f64| Num((value * 10.0).round() / 10.0).to_string();
    (short(point.0), short(point.1))
}

type Stretch = ((f64, f64), (f64, f64));

/// The part of a stretch inside the frame (Liang and Barsky).
fn inside((from, to): Stretch, frame: &Frame) -> Option<Stretch> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    let edges = [(-dx, from.0), (dx, Frame::WIDTH - from.0), (-dy, from.1), (dy, frame.height - from.1)];
    for (towards, room) in edges {
        if towards == 0.0 && room < 0.0 {
            return None;
        }
        if towards < 0.0 {
            enter = enter.max(room / towards);
        } else if towards > 0.0 {
            leave = leave.min(room / towards);
        }
    }
    let at = |share: f64| (from.0 + share * dx, from.1 + share * dy);
    (enter < leave).then(|| (at(enter), at(leave)))
}

#[cfg(test)]
mod tests {
    use model::Point;

    use super::*;

    fn point(lat: f64, lon: f64) -> Point {
        Point { lat_e4: (lat * 10_000.0) as i32, lon_e4: (lon * 10_000.0) as i32 }
    }

    fn ground(corners: [Point; 2]) -> String {
        let mut drawing = Drawing::new();
        write_ground(&mut drawing, &Frame::around(&corners, &[]).unwrap());
        drawing.into_marks()
    }

    #[test]
    fn every_row_of_the_table_is_a_line_on_the_globe() {
        let rows = OUTLINES.lines().filter(|row| !row.starts_with('#')).skip(1);
        for row in rows {
            let numbers: Result<Vec<i32>, _> =
                row.split_once(',').unwrap().1.split(' ').map(str::parse).collect();
            assert!(numbers.is_ok_and(|n| n.len() >= 4 && n.len() % 2 == 0), "{row}");
        }
        let points = ["coast", "border"].into_iter().flat_map(lines).flatten();
        assert!(points.into_iter().all(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.01));
        assert!(OUTLINES.len() < 60_000);
    }

    #[test]
    fn states_have_borders_and_the_open_sea_has_nothing() {
        let colorado = ground([point(37.2, -108.0), point(40.8, -103.0)]);
        assert!(colorado.contains("class=\"border\"") && !colorado.contains("class=\"coast\""));
        assert_eq!(ground([point(30.0, -40.0), point(31.0, -41.0)]), "");
    }

    #[test]
    fn lines_end_at_the_edge() {
        let frame = Frame::around(&[point(25.0, -125.0), point(49.0, -67.0)], &[]).unwrap();
        let mut drawing = Drawing::new();
        write_ground(&mut drawing, &frame);
        let marks = drawing.into_marks();
        let pairs = marks.split(['M', 'L']).filter_map(|pair| {
            let (x, y) = pair.split('"').next()?.split_once(' ')?;
            Some((x.parse::<f64>().ok()?, y.parse::<f64>().ok()?))
        });
        for (x, y) in pairs {
            assert!((-0.1..=1_000.1).contains(&x) && (-0.1..=frame.height + 0.1).contains(&y), "{x} {y}");
        }
    }
}
