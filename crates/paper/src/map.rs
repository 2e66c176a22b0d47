//! A map of places for a page: coasts, borders, and a marker with a link for each.
//!
//! Owns: which part of the globe is shown, and who is named where there is room. Refuses to know: colors and size, which
//! are the style sheet's. Nothing in it needs a style of its own, so that a page may forbid those.

use crate::chart::{Goal, Linked, Place, draw_places};
use model::{LocationKind, Point};

/// A place on the map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    pub point: Point,
    pub name: String,
    pub kind: LocationKind,
    /// What it says when it is pointed at.
    pub tip: String,
    /// Where a click on it leads.
    pub path: String,
    /// It takes no work now.
    pub is_resting: bool,
}

/// Where something goes, and from where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Destination {
    pub point: Point,
    /// What it says when it is pointed at.
    pub tip: String,
    pub from: Vec<Point>,
}

/// An SVG twice as wide as tall; the first places are named first while there is room. `None` when there are none.
pub fn of_places(spots: &[Spot], aria: &str) -> Option<String> {
    of_ways(spots, None, aria)
}

/// The same with the ways to where something goes.
pub fn of_ways(spots: &[Spot], to: Option<&Destination>, aria: &str) -> Option<String> {
    let place = |spot: &Spot| Place {
        point: spot.point,
        name: spot.name.clone(),
        kind: spot.kind,
        is_named: true,
        tip: spot.tip.clone(),
    };
    let places: Vec<Place> = spots.iter().map(place).collect();
    let linked = places.iter().zip(spots);
    let linked = linked.map(|(place, spot)| Linked { place, path: &spot.path, is_resting: spot.is_resting });
    let goal = to.map(|to| Goal { point: to.point, tip: &to.tip, from: &to.from });
    draw_places(&linked.collect::<Vec<_>>(), goal.as_ref(), aria)
}

#[cfg(test)]
mod tests {
    use super::{Destination, Spot, of_places, of_ways};
    use model::{LocationKind, Point};

    fn spot(name: &str, lat_e4: i32, lon_e4: i32) -> Spot {
        Spot {
            point: Point { lat_e4, lon_e4 },
            name: name.into(),
            kind: LocationKind::Store,
            tip: name.into(),
            path: "/locations/a".into(),
            is_resting: false,
        }
    }

    #[test]
    fn each_place_is_a_link_and_nothing_carries_a_style() {
        let places = [spot("<Mall>", 455_000, -1_226_000), spot("Pier", 476_000, -1_223_000)];
        let svg = of_places(&places, "Map").unwrap();
        assert_eq!(svg.matches("<a href=\"/locations/a\"").count(), 2);
        assert!(svg.contains("&lt;Mall&gt;") && !svg.contains("<Mall>"));
        assert!(svg.contains("graticule") && svg.contains("coast"));
        assert!(!svg.contains("style="), "{svg}");
    }

    #[test]
    fn the_way_to_a_customer_is_an_arrow_from_each_place_that_sends() {
        let places = [spot("Mall", 455_000, -1_226_000), spot("Pier", 476_000, -1_223_000)];
        let from = vec![places[1].point];
        let to =
            Destination { point: Point { lat_e4: 407_000, lon_e4: -740_000 }, tip: "<10001>".into(), from };
        let svg = of_ways(&places, Some(&to), "Map").unwrap();
        assert_eq!(
            (svg.matches("class=\"goal\"").count(), svg.matches("class=\"arc\"").count()),
            (1, 1),
            "{svg}"
        );
        assert!(svg.contains("&lt;10001&gt;") && !svg.contains("style="), "{svg}");
        assert_eq!(of_ways(&[], Some(&to), "Map"), None);
    }

    #[test]
    fn without_places_there_is_no_map() {
        assert_eq!(of_places(&[], "Map"), None);
    }
}
