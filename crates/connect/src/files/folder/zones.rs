//! `zones.csv`: the ways from places to destinations; without it, ZIP prefixes by coordinates.
//!
//! Owns: giving the network its destinations. Refuses to know: which order goes where.

use super::super::bad_input::{BadInputs, Faults, quoted};
use super::super::cell::Whole;
use super::super::hash::hash;
use super::super::places::{self, Zip3};
use super::super::table::{At, Table};
use super::Opening;
use super::inventory::Names;
use super::layout::ZONES;
use model::rates::MAX_ZONES;
use model::{Distance, LocationId, Network, Point, Zone};
use std::collections::HashMap;

const ZONE: Whole = Whole::new("a zone", 1, MAX_ZONES as i64);
/// Half the Earth's girth.
const MILES: Whole = Whole::new("a distance", 0, 13_000);
const KM: Whole = Whole::new("a distance", 0, 20_100);
/// Most ways (places × destinations) of a network: 320 MB.
const MAX_WAYS: usize = 40_000_000;

type Way = Option<(Zone, Distance)>;

/// Destinations in the order of their first row, with one way per location.
#[derive(Default)]
struct Ways {
    places: Vec<String>,
    /// By hash of the name.
    known: HashMap<u64, usize>,
    ways: Vec<Way>,
}

/// Adds every destination of the folder to the network.
pub(super) fn read(open: &mut Opening, network: &mut Network) -> Result<(), BadInputs> {
    let Some(table) = Table::find(&open.dir, &ZONES)? else {
        add_zip_prefixes(network);
        let sentence =
            "no zones.csv: distances are great circles from place to ZIP prefix, zones follow from them";
        open.assumptions.push(sentence.to_owned());
        return Ok(());
    };
    let names = Names::new(network);
    let ways = read_ways(open, table, &names)?;
    let missing = add_all(network, ways);
    if missing > 0 {
        open.assumptions.push(format!(
            "{missing} ways are not in zones.csv: taken by coordinates where known, else farthest"
        ));
    }
    Ok(())
}

pub(crate) fn add_zip_prefixes(network: &mut Network) {
    for (name, point) in places::all() {
        network.add_place_at(&name, point);
    }
}

fn read_ways(open: &mut Opening, mut table: Table, names: &Names<'_>) -> Result<Ways, BadInputs> {
    let columns =
        ["location_id", "dest_zip3", "distance_miles", "distance_km", "zone"].map(|name| table.at(name));
    let mut faults = Faults::default();
    let mut ways = Ways::default();
    let count = names.network.locations.len();
    let mut last: Option<(Vec<u8>, LocationId)> = None;
    while table.next_row(&mut faults)? {
        let cell = table.cell(columns[0]);
        let location = match &last {
            Some((code, location)) if code == cell.bytes() => *location,
            _ => {
                let Some(location) = faults.keep(names.location(&cell))? else { continue };
                last = Some((cell.bytes().to_vec(), location));
                location
            }
        };
        let dest = table.cell(columns[1]);
        if dest.is_empty() {
            faults.add(dest.fault("is empty", "write the destination"))?;
            continue;
        }
        let Some(way) = faults.keep(way(&table, columns, names.network))? else { continue };
        let place = ways.place(dest.bytes(), count);
        if ways.ways.len() > MAX_WAYS {
            return Err(dest
                .fault("is one destination too many", "group destinations, by ZIP3 for example")
                .into());
        }
        if ways.ways[place * count + location.index()].replace(way).is_some() {
            let problem = format!("{} stood already above for this place", quoted(dest.text()));
            faults.add(dest.fault(&problem, "keep one row for each way"))?;
        }
    }
    faults.into_result()?;
    open.finish(&table);
    Ok(ways)
}

fn way(
    table: &Table,
    [_, _, miles, km, zone]: [At; 5],
    network: &Network,
) -> Result<(Zone, Distance), super::BadInput> {
    let distance = if let Some(miles) = table.cell(miles).filled() {
        Distance::from_tenth_miles(miles.measure(1, &MILES)? as u64)
    } else if let Some(km) = table.cell(km).filled() {
        Distance(km.measure(3, &KM)? as u32)
    } else {
        Distance::UNKNOWN
    };
    let zone = match table.cell(zone).filled() {
        Some(zone) => Zone(zone.whole(&ZONE)? as u8),
        None => network.rates.zone_for(distance),
    };
    Ok((zone, distance))
}

impl Ways {
    fn place(&mut self, name: &[u8], locations: usize) -> usize {
        let next = self.places.len();
        let place = *self.known.entry(hash(name)).or_insert(next);
        if place == next {
            self.places.push(String::from_utf8_lossy(name).into_owned());
            self.ways.resize(self.ways.len() + locations, None);
        }
        place
    }
}

/// How many ways had to be filled in.
fn add_all(network: &mut Network, ways: Ways) -> usize {
    let count = network.locations.len();
    let mut missing = 0;
    for (i, name) in ways.places.iter().enumerate() {
        let point = Zip3::from_digits(name.as_bytes()).and_then(places::point);
        let row = &ways.ways[i * count..(i + 1) * count];
        let filled: Vec<(Zone, Distance)> = row
            .iter()
            .zip(&network.locations)
            .map(|(way, location)| {
                missing += usize::from(way.is_none());
                way.unwrap_or_else(|| estimate(network, location, point))
            })
            .collect();
        network.add_place(name, point, &filled);
    }
    missing
}

fn estimate(network: &Network, location: &model::Location, point: Option<Point>) -> (Zone, Distance) {
    match point {
        Some(point) => network.way(location, point),
        None => (network.rates.zone_for(Distance::UNKNOWN), Distance::UNKNOWN),
    }
}
