//! `zones.csv`: the ways from places to destinations; without it, ZIP prefixes by coordinates.
//!
//! Owns: giving the network its destinations, and what comes first of rows, pairs and bands.
//! Refuses to know: which order goes where.

use super::super::bad_input::{BadInput, BadInputs, Faults, quoted};
use super::super::cell::Whole;
use super::super::hash::hash;
use super::super::places::{self, Zip3};
use super::super::table::{At, Table};
use super::Opening;
use super::inventory::Names;
use super::layout::ZONES;
use super::price_table::ZONE;
use super::zone_pairs::{self, ZonePairs};
use model::words::{count, counted};
use model::{Distance, LocationId, Network, Point, Zone};
use std::collections::HashMap;

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
    let pairs = zone_pairs::read(open, network)?;
    let Some(table) = Table::find(&open.dir, &ZONES)? else {
        let banded = add_zip_prefixes(network, &pairs);
        let sentence =
            "no zones.csv: distances are great circles from place to ZIP prefix, zones follow from them";
        open.assumptions.push(match pairs.is_given() {
            false => sentence.to_owned(),
            true => {
                let ways = count(banded as u64, "way");
                format!("{sentence} for the {ways} that zone_pairs.csv does not have")
            }
        });
        return Ok(());
    };
    let names = Names::new(network);
    let ways = read_ways(open, table, (&names, &pairs))?;
    let missing = add_all(network, ways, &pairs);
    if missing > 0 {
        let pairs_first = if pairs.is_given() { "zones from zone_pairs.csv, else " } else { "" };
        let ways = counted(missing as u64, "way is", "ways are");
        open.assumptions.push(format!(
            "{ways} not in zones.csv: {pairs_first}taken by coordinates where known, else farthest"
        ));
    }
    if pairs.is_given() {
        add_zip_prefixes(network, &pairs);
    }
    Ok(())
}

/// Adds the prefixes that are not there yet, and counts their ways without a pair.
fn add_zip_prefixes(network: &mut Network, pairs: &ZonePairs) -> usize {
    let mut banded = 0;
    for zip3 in Zip3::all() {
        let point = places::point(zip3);
        if network.place(zip3.as_str()).is_some() || point.is_none() && !pairs.reach(zip3) {
            continue;
        }
        let to = Dest { zip3: Some(zip3), point };
        let ways: Vec<(Zone, Distance)> =
            network.location_ids().map(|id| estimate(network, (id, to), pairs)).collect();
        banded += network.location_ids().filter(|&id| pairs.zone(id, zip3).is_none()).count();
        network.add_place(zip3.as_str(), point, &ways);
    }
    banded
}

fn read_ways(
    open: &mut Opening,
    mut table: Table,
    (names, pairs): (&Names<'_>, &ZonePairs),
) -> Result<Ways, BadInputs> {
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
        let Some((distance, zone)) = faults.keep(way(&table, columns))? else { continue };
        let paired = || pairs.zone(location, Zip3::from_digits(dest.bytes())?);
        let zone = zone.or_else(paired).unwrap_or_else(|| names.network.rates.zone_for(distance));
        let place = ways.place(dest.bytes(), count);
        if ways.ways.len() > MAX_WAYS {
            return Err(dest
                .fault("is one destination too many", "group destinations, by ZIP3 for example")
                .into());
        }
        if ways.ways[place * count + location.index()].replace((zone, distance)).is_some() {
            let problem = format!("{} stood already above for this place", quoted(dest.text()));
            faults.add(dest.fault(&problem, "keep one row for each way"))?;
        }
    }
    faults.into_result()?;
    open.finish(&table);
    Ok(ways)
}

fn way(table: &Table, [_, _, miles, km, zone]: [At; 5]) -> Result<(Distance, Option<Zone>), BadInput> {
    let distance = if let Some(miles) = table.cell(miles).filled() {
        Distance::from_tenth_miles(miles.measure(1, &MILES)? as u64)
    } else if let Some(km) = table.cell(km).filled() {
        Distance(km.measure(3, &KM)? as u32)
    } else {
        Distance::UNKNOWN
    };
    let zone = table.cell(zone).filled().map(|zone| zone.whole(&ZONE)).transpose()?;
    Ok((distance, zone.map(|zone| Zone(zone as u8))))
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
fn add_all(network: &mut Network, ways: Ways, pairs: &ZonePairs) -> usize {
    let count = network.locations.len();
    let mut missing = 0;
    for (i, name) in ways.places.iter().enumerate() {
        let zip3 = Zip3::from_digits(name.as_bytes());
        let to = Dest { zip3, point: zip3.and_then(places::point) };
        let row = &ways.ways[i * count..(i + 1) * count];
        let filled: Vec<(Zone, Distance)> = row
            .iter()
            .zip(network.location_ids())
            .map(|(way, id)| {
                missing += usize::from(way.is_none());
                way.unwrap_or_else(|| estimate(network, (id, to), pairs))
            })
            .collect();
        network.add_place(name, to.point, &filled);
    }
    missing
}

#[derive(Clone, Copy)]
struct Dest {
    zip3: Option<Zip3>,
    point: Option<Point>,
}

/// A way of which `zones.csv` says nothing: the zone from pairs, else from distance and bands.
fn estimate(network: &Network, (from, to): (LocationId, Dest), pairs: &ZonePairs) -> (Zone, Distance) {
    let (banded, distance) = match to.point {
        Some(point) => network.way(network.location(from), point),
        None => (network.rates.zone_for(Distance::UNKNOWN), Distance::UNKNOWN),
    };
    (to.zip3.and_then(|zip3| pairs.zone(from, zip3)).unwrap_or(banded), distance)
}
