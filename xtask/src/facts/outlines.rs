//! Coasts and borders, coarse enough for a faint ground behind a map of orders.
//!
//! Owns: which lines are kept, how much they are simplified, and their layout. A border that two areas share is
//! one line of the source and stays one line here.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

const HEAD: &str = "\
# Coasts and borders for the ground of a map: the lower 48 states of the US, and the countries of the world.
# columns: kind is coast, or border where two areas meet; points are lat lon pairs in WGS84, 1/100 of a degree,
#          the first whole, each further one as the difference from the one before
# source: US Census cartographic boundaries 1:10m by way of the npm package us-atlas 3.0.1, and Natural Earth
#         1:110m by way of world-atlas 2.0.2; changed: lines of the contiguous US are taken from the first only,
#         Antarctica and islands that are a dot at this scale are left out, and lines are simplified
#         (Douglas and Peucker, 0.06 and 0.15 of a degree)
# licence: public domain (the packages: ISC)
# date: packages of 2019 and 2020
# made by: cargo xtask facts
kind,points
";

/// Farthest that a dropped point may lie from the line that is left, in degrees.
const STATES_TOLERANCE: f64 = 0.06;
const WORLD_TOLERANCE: f64 = 0.15;
/// Lines whose longest side is shorter than this are islands of a dot.
const LEAST_SIDE: f64 = 0.35;
/// In the source of states: Alaska, Hawaii and the territories.
const FAR_STATES: [&str; 7] = ["02", "15", "60", "66", "69", "72", "78"];
/// In the source of countries.
const UNITED_STATES: &str = "840";
const ANTARCTICA: &str = "010";
/// East of this, lines of the United States are those of its states.
const ALASKA_ENDS: f64 = -129.0;

/// Longitude and latitude, in degrees.
type Line = Vec<(f64, f64)>;

/// `sources` are the states of the US and the countries of the world, as `TopoJSON`.
pub(super) fn table(sources: &[String]) -> Result<String, String> {
    let [states, world] = sources else { return Err("two sources make the outlines".to_string()) };
    let mut table = HEAD.to_string();
    let is_far = |areas: &BTreeSet<String>| areas.iter().all(|id| FAR_STATES.contains(&id.as_str()));
    for (areas, line) in lines(states, "states")? {
        if !is_far(&areas) {
            push(&mut table, areas.len(), simplified(&line, STATES_TOLERANCE));
        }
    }
    for (areas, line) in lines(world, "countries")? {
        let is_of_states =
            areas.contains(UNITED_STATES) && line.iter().any(|point| point.0 > ALASKA_ENDS && point.0 < 0.0);
        let is_hawaii = areas.contains(UNITED_STATES) && line.iter().all(|point| point.1 < 24.0);
        if !(is_of_states && !is_hawaii || areas.contains(ANTARCTICA)) {
            push(&mut table, areas.len(), simplified(&line, WORLD_TOLERANCE));
        }
    }
    Ok(table)
}

/// Every line of an object that an area uses, with the areas that do.
fn lines(source: &str, object: &str) -> Result<Vec<(BTreeSet<String>, Line)>, String> {
    let topology: Value = serde_json::from_str(source).map_err(|error| error.to_string())?;
    let pair = |value: &Value| Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?));
    let transform = &topology["transform"];
    let scale = pair(&transform["scale"]).ok_or("there is no scale")?;
    let start = pair(&transform["translate"]).ok_or("there is no translation")?;
    let areas = topology["objects"][object]["geometries"].as_array().ok_or("there are no areas")?;
    let mut used: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for area in areas {
        let id = area["id"].as_str().unwrap_or("none");
        note(&area["arcs"], id, &mut used);
    }
    let arcs = topology["arcs"].as_array().ok_or("there are no lines")?;
    let line = |arc: &Value| -> Option<Line> {
        let mut at = (0.0, 0.0);
        let steps = arc.as_array()?.iter().map(pair);
        let place = |step: Option<(f64, f64)>| {
            let step = step?;
            at = (at.0 + step.0, at.1 + step.1);
            Some((at.0 * scale.0 + start.0, at.1 * scale.1 + start.1))
        };
        steps.map(place).collect()
    };
    let whole = |(number, areas): (usize, BTreeSet<String>)| {
        let found = arcs.get(number).and_then(line).ok_or_else(|| format!("line {number} cannot be read"));
        found.map(|line| (areas, line))
    };
    used.into_iter().map(whole).collect()
}

/// Lines are numbered in nested lists; one that runs backwards has the complement of its number.
fn note(value: &Value, id: &str, used: &mut BTreeMap<usize, BTreeSet<String>>) {
    if let Some(list) = value.as_array() {
        list.iter().for_each(|inner| note(inner, id, used));
    } else if let Some(number) = value.as_i64() {
        let forward = if number < 0 { !number } else { number };
        used.entry(forward as usize).or_default().insert(id.to_string());
    }
}

/// Leaves out every point that lies nearer than `tolerance` to the line without it.
fn simplified(line: &[(f64, f64)], tolerance: f64) -> Line {
    let [first, .., last] = line else { return line.to_vec() };
    let away = |point: &(f64, f64)| distance(*point, (*first, *last));
    let inner = line.iter().enumerate().take(line.len() - 1).skip(1);
    let farthest = inner.max_by(|a, b| away(a.1).total_cmp(&away(b.1)));
    match farthest {
        Some((at, point)) if away(point) > tolerance => {
            let mut kept = simplified(&line[..=at], tolerance);
            kept.pop();
            kept.extend(simplified(&line[at..], tolerance));
            kept
        }
        _ => vec![*first, *last],
    }
}

/// Of a point from a stretch, in degrees, with longitudes as short as they are there.
fn distance(point: (f64, f64), (from, to): ((f64, f64), (f64, f64))) -> f64 {
    let shrink = from.1.to_radians().cos();
    let flat = |p: (f64, f64)| ((p.0 - from.0) * shrink, p.1 - from.1);
    let (p, end) = (flat(point), flat(to));
    let length = end.0.powi(2) + end.1.powi(2);
    let along = if length > 0.0 { ((p.0 * end.0 + p.1 * end.1) / length).clamp(0.0, 1.0) } else { 0.0 };
    (p.0 - along * end.0).hypot(p.1 - along * end.1)
}

fn push(table: &mut String, areas: usize, line: Line) {
    let sides = |side: fn(&(f64, f64)) -> f64| {
        let (low, high) = line.iter().map(side).fold((f64::MAX, f64::MIN), |s, v| (s.0.min(v), s.1.max(v)));
        high - low
    };
    if areas < 2 && sides(|p| p.0).max(sides(|p| p.1)) < LEAST_SIDE {
        return;
    }
    let whole = |(lon, lat): &(f64, f64)| ((lat * 100.0).round() as i32, (lon * 100.0).round() as i32);
    let (mut at, mut told) = ((0, 0), Vec::new());
    for point in line.iter().map(whole) {
        if told.is_empty() || point != at {
            told.push(format!("{} {}", point.0 - at.0, point.1 - at.1));
        }
        at = point;
    }
    if told.len() < 2 {
        return;
    }
    let kind = if areas > 1 { "border" } else { "coast" };
    table.push_str(&format!("{kind},{}\n", told.join(" ")));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topology(object: &str, geometries: &str) -> String {
        format!(
            r#"{{"transform":{{"scale":[0.5,0.5],"translate":[-100,40]}},"objects":{{"{object}":{{"geometries":[{geometries}]}}}},
            "arcs":[[[0,0],[2,0],[2,0]],[[0,0],[0,8]],[[0,0],[0,0.5]]]}}"#
        )
    }

    fn made(states: &str, countries: &str) -> String {
        let sources = [topology("states", states), topology("countries", countries)];
        table(&sources).expect("good sources").strip_prefix(HEAD).expect("the head comes first").to_string()
    }

    #[test]
    fn a_shared_line_is_a_border_and_needless_points_go() {
        let states = r#"{"id":"31","arcs":[[0,1]]},{"id":"20","arcs":[[-1]]}"#;
        assert_eq!(made(states, ""), "border,4000 -10000 0 200\ncoast,4000 -10000 400 0\n");
    }

    #[test]
    fn what_states_draw_countries_do_not_and_dots_are_left_out() {
        assert_eq!(made("", r#"{"id":"840","arcs":[[0]]}"#), "");
        assert_eq!(made("", r#"{"id":"076","arcs":[[[2]]]}"#), "", "smaller than a dot");
        assert_eq!(made("", r#"{"id":"076","arcs":[[[1]]]}"#), "coast,4000 -10000 400 0\n");
        assert_eq!(made(r#"{"id":"02","arcs":[[0]]}"#, ""), "");
    }

    #[test]
    fn a_source_of_another_shape_stops_the_table() {
        assert!(table(&["{}".to_string(), "{}".to_string()]).is_err());
        assert!(table(&[]).is_err());
    }
}
