//! `locations.csv`: the places that hold stock.
//!
//! Owns: what each column says about a place. Refuses to know: what the place has.

use super::super::bad_input::{BadInput, BadInputs, Faults, quoted};
use super::super::cell::{Cell, Whole};
use super::super::table::Table;
use super::layout::LOCATIONS;
use super::location_zips::LocationZips;
use super::{LATITUDE, LONGITUDE, Opening};
use crate::files::places;
use model::location::SuitabilityFacts;
use model::network::MAX_LOCATIONS;
use model::words::counted;
use model::{
    Calendar, Cost, Day, Distance, Handling, HandlingSet, Hours, Labor, Lane, Lanes, Location, LocationKind,
    Point, WallClock, Window,
};
use std::collections::HashMap;

const DAYS: Whole = Whole::new("a number of days", 0, 60);
const PARCELS: Whole = Whole::new("a number of parcels", 0, 1_000_000);
const MINUTES: Whole = Whole::new("a number of minutes", 0, 100_000);
const KILOMETRES: Whole = Whole::new("a distance", 0, 20_000);
const COUNT: Whole = Whole::new("a count", 0, 1_000_000);
/// Most cut-offs of a day.
const MAX_WINDOWS: usize = 8;
/// Most holidays of a place.
const MAX_HOLIDAYS: usize = 400;
/// Days that calendars cover from the first order on; the model's own limit.
const CALENDAR_DAYS: i32 = 800;

pub(super) fn read(open: &mut Opening) -> Result<Vec<Location>, BadInputs> {
    let Some(mut table) = Table::find(&open.dir, &LOCATIONS)? else { return Ok(Vec::new()) };
    let first_day = open.first_day(&WallClock::utc());
    let mut faults = Faults::default();
    let mut locations: Vec<Location> = Vec::new();
    let mut rows: HashMap<String, u64> = HashMap::new();
    let mut unlocated = 0;
    let mut zips = LocationZips::new(open);
    while table.next_row(&mut faults)? {
        let Some(location) = faults.keep(location(&table, first_day))? else { continue };
        if let Some(first) = rows.insert(location.code.clone(), table.row()) {
            let problem = format!("{} stood already on row {first}", quoted(&location.code));
            faults.add(table.get("location_id").fault(&problem, "give each place its own code"))?;
        }
        unlocated += u64::from(location.point.is_none());
        if let Some(zip3) = zips.see(&table, &location) {
            open.zip3s.insert(location.code.clone(), zip3);
        }
        locations.push(location);
        if locations.len() > MAX_LOCATIONS {
            let problem = format!("is beyond the {MAX_LOCATIONS} places that a network may have");
            faults.add(table.row_fault_of(&problem, "split the network into several folders"))?;
            break;
        }
    }
    faults.into_result()?;
    if locations.is_empty() {
        return Err(BadInput::of_file(table.file(), "has no rows", "add a row for each place").into());
    }
    open.finish(&table);
    zips.tell(open, table.file());
    if unlocated > 0 {
        open.assumptions.push(counted(
            unlocated,
            "location has no coordinates and ranks last by distance",
            "locations have no coordinates and rank last by distance",
        ));
    }
    Ok(locations)
}

fn location(table: &Table, first_day: Day) -> Result<Location, BadInput> {
    let text = |name| table.get(name).text().to_owned();
    let code = table.get("location_id").some_text("a code for the place")?;
    let mut location = Location::new(code, kind(table)?);
    if let Some(name) = table.get("name").filled() {
        location.name = name.text().to_owned();
    }
    location.class = text("store_class");
    location.city = text("city");
    location.region = text("state");
    location.tags = table.get("tags").list().map(str::to_owned).collect();
    location.point = point(table)?;
    location.lanes = lanes(table)?;
    location.is_paused = flag(table, "paused", false)?;
    location.certified = certified(table)?;
    location.handling_days = whole(table, "handling_days", &DAYS)?.unwrap_or(0) as u8;
    location.capacity_parcels_per_day =
        whole(table, "capacity_parcels_per_day", &PARCELS)?.map(|count| count as u32);
    location.hours = hours(table)?;
    location.calendar = calendar(table, &location.hours, first_day)?;
    location.labor = labor(table)?;
    location.accuracy = table.get("record_accuracy").filled().map(|cell| cell.share()).transpose()?;
    location.feed_as_of = table.get("feed_as_of").filled().map(|cell| cell.instant()).transpose()?;
    set_local(table, &mut location)?;
    location.suitability = suitability(table)?;
    Ok(location)
}

fn whole(table: &Table, name: &str, kind: &Whole) -> Result<Option<i64>, BadInput> {
    table.get(name).filled().map(|cell| cell.whole(kind)).transpose()
}

fn flag(table: &Table, name: &str, default: bool) -> Result<bool, BadInput> {
    Ok(table.get(name).filled().map(|cell| cell.flag()).transpose()?.unwrap_or(default))
}

fn price(table: &Table, name: &str) -> Result<Option<Cost>, BadInput> {
    table.get(name).filled().map(|cell| cell.price()).transpose()
}

fn kind(table: &Table) -> Result<LocationKind, BadInput> {
    let Some(cell) = table.get("type").filled() else { return Ok(LocationKind::Store) };
    LocationKind::from_code(&cell.text().to_lowercase())
        .ok_or_else(|| cell.is_not("a type of place", "write store, warehouse or vendor"))
}

fn point(table: &Table) -> Result<Option<Point>, BadInput> {
    let (lat, lon) = (table.get("lat_deg"), table.get("lon_deg"));
    match (lat.filled(), lon.filled()) {
        (Some(lat), Some(lon)) => {
            Ok(Some(Point { lat_e4: lat.degrees(&LATITUDE)?, lon_e4: lon.degrees(&LONGITUDE)? }))
        }
        (None, None) => point_of_zip(&table.get("zip")),
        (Some(_), None) => Err(lon.fault("is empty beside a latitude", "write both degrees or neither")),
        (None, Some(_)) => Err(lat.fault("is empty beside a longitude", "write both degrees or neither")),
    }
}

fn point_of_zip(cell: &Cell<'_>) -> Result<Option<Point>, BadInput> {
    let Some(cell) = cell.filled() else { return Ok(None) };
    let padded = places::padded(cell.text());
    match places::zip3(padded.as_deref().unwrap_or(cell.text())).and_then(places::point) {
        Some(point) => Ok(Some(point)),
        None => Err(cell
            .is_not("a US ZIP code that is known", "write five digits, or give lat_deg and lon_deg instead")),
    }
}

fn lanes(table: &Table) -> Result<Lanes, BadInput> {
    let cell = table.get("lanes");
    let mut lanes: Vec<Lane> = Vec::new();
    for name in cell.list() {
        let plain = name.to_lowercase().replace([' ', '-'], "_");
        match Lane::from_code(&plain) {
            Some(lane) => lanes.push(lane),
            None => {
                return Err(
                    cell.is_not("a list of lanes", "write ship, pickup, local_delivery with ; between")
                );
            }
        }
    }
    if lanes.is_empty() {
        lanes.push(Lane::Ship);
    }
    if !flag(table, "ships_online", true)? {
        lanes.retain(|lane| *lane != Lane::Ship);
    }
    Ok(Lanes::of(&lanes))
}

fn certified(table: &Table) -> Result<HandlingSet, BadInput> {
    let mut set = HandlingSet::NONE;
    for (column, handling) in [
        ("can_ship_fragile", Handling::Fragile),
        ("can_ship_oversize", Handling::Oversized),
        ("can_ship_hazmat", Handling::Hazmat),
        ("can_ship_age_restricted", Handling::AgeRestricted),
        ("can_ship_perishable", Handling::Perishable),
    ] {
        if flag(table, column, true)? {
            set = set.with(handling);
        }
    }
    Ok(set)
}

fn hours(table: &Table) -> Result<Hours, BadInput> {
    Ok(Hours {
        expression: table.get("hours").text().to_owned(),
        zone: table.get("time_zone").text().to_owned(),
        holidays: holidays(&table.get("holidays"))?,
        windows: windows(table)?,
    })
}

fn holidays(cell: &Cell<'_>) -> Result<Vec<Day>, BadInput> {
    let days: Option<Vec<Day>> =
        cell.list().take(MAX_HOLIDAYS).map(|text| super::super::cell::day(text.as_bytes())).collect();
    days.ok_or_else(|| cell.is_not("a list of days", "write days like 2026-11-26 with ; between"))
}

fn windows(table: &Table) -> Result<Vec<Window>, BadInput> {
    let (cutoffs, capacities) = (table.get("cutoffs"), table.get("window_capacities"));
    let mut windows: Vec<Window> = Vec::new();
    for text in cutoffs.list() {
        let minute =
            minute_of_day(text).filter(|minute| windows.last().is_none_or(|w| w.cutoff_minute < *minute));
        match minute {
            Some(cutoff_minute) if windows.len() < MAX_WINDOWS => {
                windows.push(Window { cutoff_minute, capacity_parcels: None });
            }
            _ => {
                return Err(cutoffs
                    .is_not("a list of cut-offs", "write up to 8 rising times of day such as 12:00;16:30"));
            }
        }
    }
    let given: Vec<&str> = capacities.list().collect();
    if !given.is_empty() && given.len() != windows.len() {
        return Err(
            capacities.fault("has another number of entries than cutoffs", "write one for each cut-off")
        );
    }
    for (window, text) in windows.iter_mut().zip(given) {
        let count = text.parse::<u32>().ok().filter(|count| i64::from(*count) <= PARCELS.max);
        let refused = || capacities.is_not("a list of parcels", "write whole numbers such as 40;30");
        window.capacity_parcels = Some(count.ok_or_else(refused)?);
    }
    Ok(windows)
}

/// `16:30`.
fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let is_short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute) = (
        is_short(hour).then(|| hour.parse::<u16>().ok())??,
        is_short(minute).then(|| minute.parse::<u16>().ok())??,
    );
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// The days that calendars cover. They begin early, since the first order may be placed the day before somewhere.
pub(super) fn calendar_days(first_day: Day) -> (Day, Day) {
    (Day(first_day.0 - 1), Day(first_day.0 - 1 + CALENDAR_DAYS))
}

/// In UTC where the row names no zone: the shop's clock is known when all places are.
fn calendar(table: &Table, hours: &Hours, first_day: Day) -> Result<Calendar, BadInput> {
    let (from, to) = calendar_days(first_day);
    Calendar::compile(hours, from, to).map_err(|sentence| {
        let column = if sentence.starts_with("time zone") { "time_zone" } else { "hours" };
        match sentence.split_once("; ") {
            Some((problem, remedy)) => table.get(column).fault(problem, remedy),
            None => table.get(column).fault(&sentence, "correct it"),
        }
    })
}

fn labor(table: &Table) -> Result<Labor, BadInput> {
    let wage = price(table, "wage_usd_per_hour")?.unwrap_or(Cost::ZERO);
    let minutes = |name| {
        Ok::<i64, BadInput>(
            table.get(name).filled().map(|c| c.measure(4, &MINUTES)).transpose()?.unwrap_or(0),
        )
    };
    let (pick_e4, pack_e4) = (minutes("pick_minutes_per_unit")?, minutes("pack_minutes_per_parcel")?);
    let paid = |minutes_e4: i64| {
        let half = 300_000;
        Cost(((i128::from(wage.0) * i128::from(minutes_e4) + half) / 600_000) as i64)
    };
    let packaging = price(table, "packaging_usd_per_parcel")?.unwrap_or(Cost::ZERO);
    let handling = price(table, "handling_usd_per_parcel")?.unwrap_or_else(|| paid(pack_e4) + packaging);
    let packaging = packaging.min(handling);
    Ok(Labor {
        wage_per_hour: wage,
        pack_per_parcel: handling - packaging,
        pick_per_unit: price(table, "pick_usd_per_unit")?.unwrap_or_else(|| paid(pick_e4)),
        packaging_per_parcel: packaging,
        pack_seconds_per_parcel: (pack_e4 * 60 / 10_000) as u32,
        pick_seconds_per_unit: (pick_e4 * 60 / 10_000) as u32,
    })
}

fn set_local(table: &Table, location: &mut Location) -> Result<(), BadInput> {
    if let Some(minutes) = whole(table, "pickup_minutes", &MINUTES)? {
        location.pickup_minutes = minutes as u32;
    }
    if let Some(miles) = table.get("local_delivery_radius_miles").filled() {
        location.local_delivery_radius = Distance::from_tenth_miles(miles.measure(1, &KILOMETRES)? as u64);
    }
    if let Some(km) = table.get("local_delivery_radius_km").filled() {
        location.local_delivery_radius = Distance(km.measure(3, &KILOMETRES)? as u32);
    }
    if let Some(fee) = price(table, "local_delivery_fee_usd")? {
        location.local_delivery_fee = fee;
    }
    if let Some(fee) = price(table, "local_delivery_usd_per_km")? {
        location.local_delivery_per_km = fee;
    }
    Ok(())
}

fn suitability(table: &Table) -> Result<SuitabilityFacts, BadInput> {
    let count = |name| whole(table, name, &COUNT).map(|value| value.map(|value| value as u32));
    let share = |name| table.get(name).filled().map(|cell| cell.share()).transpose();
    Ok(SuitabilityFacts {
        back_room_m2: count("back_room_m2")?,
        staff_turnover: share("staff_turnover")?,
        foot_traffic_per_hour: count("foot_traffic_per_hour")?,
        shrink: share("shrink")?,
        adjustments_per_month: count("adjustments_per_month")?,
    })
}
