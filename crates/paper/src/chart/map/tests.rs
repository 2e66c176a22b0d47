//! The map stays inside its frame.

use proptest::prelude::*;

use super::*;

fn point(lat: f64, lon: f64) -> Point {
    Point { lat_e4: (lat * 10_000.0) as i32, lon_e4: (lon * 10_000.0) as i32 }
}

fn place(name: &str, point: Point) -> Place {
    Place { point, name: name.into(), kind: LocationKind::Store, is_named: true, tip: name.into() }
}

fn drawn(places: &[Place], dots: &[(Point, u64)], arcs: &[Arc]) -> Option<DrawnMap> {
    draw_map(&MapInput { aria: "map", places, dots, arcs, say_orders: &|n| format!("{n} orders") })
}

/// All values of an attribute, as numbers without their percent signs.
fn values(svg: &str, attribute: &str) -> Vec<f64> {
    let start = format!(" {attribute}=\"");
    svg.split(&start).skip(1).filter_map(|rest| rest.split(['"', '%']).next()?.parse().ok()).collect()
}

#[test]
fn nothing_with_a_position_gives_no_map() {
    assert!(drawn(&[], &[], &[]).is_none());
}

#[test]
fn one_place_is_enough_for_a_map() {
    let map = drawn(&[place("Mall Road", point(45.5, -122.6))], &[], &[]).unwrap();
    assert_eq!(map.svg.matches("Mall Road</text>").count(), 2, "named on a page and on a phone");
}

#[test]
fn a_few_far_orders_do_not_shrink_the_map_and_are_counted() {
    let near = (0..300).map(|i| (point(40.0 + f64::from(i) / 100.0, -100.0 + f64::from(i) / 50.0), 1));
    let dots: Vec<(Point, u64)> = near.chain([(point(21.3, -157.8), 1)]).collect();
    assert_eq!(drawn(&[], &dots, &[]).unwrap().beyond_orders, 1);
}

#[test]
fn a_degree_of_longitude_is_shorter_far_from_the_equator() {
    let frame = Frame::around(&[point(60.0, 10.0), point(61.0, 12.0)], &[]).unwrap();
    let (west, east) = (frame.at(point(60.0, 10.0)).0, frame.at(point(60.0, 11.0)).0);
    let (south, north) = (frame.at(point(60.0, 10.0)).1, frame.at(point(61.0, 10.0)).1);
    let ratio = (east - west) / (south - north);
    assert!((ratio - 60.5f64.to_radians().cos()).abs() < 0.01, "{ratio}");
}

#[test]
fn the_date_line_does_not_tear_the_map() {
    let frame = Frame::around(&[point(-18.0, 178.0), point(-17.0, -179.0)], &[]).unwrap();
    let (fiji, east) = (frame.at(point(-18.0, 178.0)).0, frame.at(point(-17.0, -179.0)).0);
    assert!(fiji < east && east - fiji > 300.0, "{fiji} {east}");
}

fn any_point() -> impl Strategy<Value = Point> {
    (-900_000i32..=900_000, -1_800_000i32..=1_800_000).prop_map(|(lat_e4, lon_e4)| Point { lat_e4, lon_e4 })
}

proptest! {
    #[test]
    fn everything_stays_inside(
        places in proptest::collection::vec(any_point(), 1..20),
        dots in proptest::collection::vec((any_point(), 0u64..1_000), 0..200),
    ) {
        let arcs: Vec<Arc> = places
            .windows(2)
            .map(|pair| Arc { number: 1, from: pair[0], to: pair[1], orders: 3, tip: String::new() })
            .collect();
        let places: Vec<Place> = places.into_iter().map(|p| place("x", p)).collect();
        let map = drawn(&places, &dots, &arcs).unwrap();
        let height = map.svg.split("viewBox=\"0 0 1000 ").nth(1).and_then(|rest| rest.split('"').next());
        let height: f64 = height.and_then(|h| h.parse().ok()).unwrap_or(0.0);
        let is_inside = |(x, y): (f64, f64)| (-0.01..=1_000.01).contains(&x) && (-0.01..=height + 0.01).contains(&y);
        let dots = map.svg.split("<g class=\"dots\">").nth(1).and_then(|rest| rest.split("</g>").next()).unwrap_or("");
        prop_assert!(values(dots, "cx").into_iter().zip(values(dots, "cy")).all(is_inside));
        for arc in map.svg.split("class=\"arc\"").skip(1) {
            let way = arc.split(" d=\"M").nth(1).and_then(|d| d.split('"').next()).unwrap_or("");
            let numbers: Vec<f64> = way.split(['Q', ' ']).filter_map(|n| n.parse().ok()).collect();
            prop_assert_eq!(numbers.len(), 6);
            prop_assert!(numbers.chunks(2).all(|p| is_inside((p[0], p[1]))), "{}", way);
        }
    }
}
