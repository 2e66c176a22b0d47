//! All locations: a map, and how each stands at this moment.

use super::now::{self, Load, Standing, Waiting};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::show::Markup;
use crate::visit::{Visit, part};
use askama::Template;
use askama::filters::Safe;
use model::{Lane, Location};
use paper::map::{Spot, of_places};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "locations/list.html")]
struct ListPage {
    f: Frame,
    map: Option<Markup>,
    unplaced: Vec<String>,
    rows: Vec<Row>,
    knows_work: bool,
}

struct Row {
    code: String,
    name: String,
    kind: &'static str,
    town: String,
    standing: Standing,
    waiting: Option<Waiting>,
    lanes: Vec<&'static str>,
    load: Option<Load>,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let f = visit.frame(visit.t("menu-locations"), "locations");
    let mut loads: BTreeMap<String, Load> =
        now::loads(&visit).await.into_iter().map(|load| (load.location.clone(), load)).collect();
    let (work, _) = now::work(&visit).await;
    let places = &visit.shop.network.locations;
    let row = |place: &Location| Row {
        code: place.code.clone(),
        name: place.name.clone(),
        kind: place.kind.code(),
        town: town(place),
        standing: Standing::of(&f, place, visit.now_ms),
        waiting: work.get(&place.code).copied(),
        lanes: lanes(place),
        load: loads.remove(&place.code),
    };
    let rows: Vec<Row> = places.iter().map(row).collect();
    let map = drawn(&f, places, &rows);
    let unplaced = places.iter().filter(|place| place.point.is_none()).map(|place| place.name.clone());
    page(&ListPage { map, unplaced: unplaced.collect(), knows_work: !work.is_empty(), rows, f })
}

pub(super) fn lanes(place: &Location) -> Vec<&'static str> {
    Lane::ALL.into_iter().filter(|lane| place.lanes.has(*lane)).map(Lane::code).collect()
}

pub(super) fn town(place: &Location) -> String {
    let parts = [place.city.as_str(), place.region.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn drawn(f: &Frame, places: &[Location], rows: &[Row]) -> Option<Markup> {
    let spot = |(place, row): (&Location, &Row)| {
        let tip = format!("{}: {}, {}", row.name, f.named("state", row.standing.state), row.standing.until);
        Some(Spot {
            point: place.point?,
            name: place.name.clone(),
            kind: place.kind,
            tip,
            path: format!("/locations/{}", part(&place.code)),
            is_resting: row.standing.state != "open_now",
        })
    };
    let spots: Vec<Spot> = places.iter().zip(rows).filter_map(spot).collect();
    of_places(&spots, &f.t("locations-map")).map(Safe)
}
