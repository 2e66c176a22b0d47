//! `orders.csv`: a stream of orders with their lines.
//!
//! Owns: what each column says about an order; one order's memory, used over and over.
//! Refuses to know: whether an order can be placed.

use super::super::bad_input::{BadInput, quoted};
use super::super::cell::{Cell, Whole};
use super::super::hash::{Seen, hash};
use super::super::places::{self, Zip3};
use super::super::table::{At, Table};
use super::inventory::Names;
use super::lines::{Lines, Wanted};
use super::{LATITUDE, LONGITUDE};
use model::{
    Day, Lane, Network, Order, PlaceId, Point, ServiceLevel, Settings, Span, SplitPolicy, Timestamp,
    WallClock,
};

/// Most orders of one file: their ids are kept as 16 bytes each.
const MAX_ORDERS: usize = 200_000_000;
const MINUTE: Whole = Whole::new("a minute of the day", 0, 1_439);
const PROMISE_DAYS: Whole = Whole::new("a number of days", 0, 365);
/// Most tags of an order.
const MAX_TAGS: usize = 50;

pub(super) struct Columns {
    id: At,
    day: At,
    placed_minute: At,
    placed_at: At,
    promise_days: At,
    deliver_by: At,
    zip: At,
    zip3: At,
    state: At,
    lat: At,
    lon: At,
    country: At,
    residential: At,
    lane: At,
    pickup_at: At,
    service: At,
    slot_from: At,
    slot_to: At,
    channel: At,
    split: At,
    tags: At,
}

impl Columns {
    pub(super) fn of(table: &Table) -> Columns {
        let at = |name| table.at(name);
        Columns {
            id: at("order_id"),
            day: at("day"),
            placed_minute: at("placed_minute"),
            placed_at: at("placed_at"),
            promise_days: at("promise_days"),
            deliver_by: at("deliver_by"),
            zip: at("dest_zip"),
            zip3: at("dest_zip3"),
            state: at("dest_state"),
            lat: at("dest_lat_deg"),
            lon: at("dest_lon_deg"),
            country: at("country"),
            residential: at("residential"),
            lane: at("lane"),
            pickup_at: at("pickup_at"),
            service: at("service"),
            slot_from: at("slot_from"),
            slot_to: at("slot_to"),
            channel: at("channel"),
            split: at("split"),
            tags: at("tags"),
        }
    }
}

/// Orders with their lines, one after the other.
pub struct OrderFeed<'n> {
    names: Names<'n>,
    table: Table,
    columns: Columns,
    lines: Lines,
    seen: Seen,
    /// The network's place for each three-digit prefix.
    zip3_places: Vec<Option<PlaceId>>,
    is_done: bool,
    unlocated: u64,
}

impl<'n> OrderFeed<'n> {
    pub(super) fn new(network: &'n Network, orders: Table, lines: Table) -> OrderFeed<'n> {
        OrderFeed {
            names: Names::new(network),
            columns: Columns::of(&orders),
            table: orders,
            lines: Lines::new(lines),
            seen: Seen::default(),
            zip3_places: (0..1_000).map(|prefix| network.place(&format!("{prefix:03}"))).collect(),
            is_done: false,
            unlocated: 0,
        }
    }

    /// Fills `order` with the next order, using its memory again; `false` at the end.
    ///
    /// # Errors
    /// The first fault; after it the feed is at its end.
    pub fn next(&mut self, order: &mut Order) -> Result<bool, BadInput> {
        if self.is_done {
            return Ok(false);
        }
        let result = self.read(order);
        self.is_done = !matches!(result, Ok(true));
        result
    }

    /// Bytes read from both files, packed as they lie on disk.
    pub fn bytes_read(&self) -> u64 {
        self.table.progress().bytes_read() + self.lines.table.progress().bytes_read()
    }

    /// Size of both files.
    pub fn total_bytes(&self) -> u64 {
        self.table.progress().total + self.lines.table.progress().total
    }

    /// Orders so far whose destination cannot be located; the engine holds them.
    pub fn unlocated_count(&self) -> u64 {
        self.unlocated
    }

    fn read(&mut self, order: &mut Order) -> Result<bool, BadInput> {
        if !self.table.advance()? {
            return self.lines.end().map(|()| false);
        }
        let id = self.table.cell(self.columns.id);
        set(&mut order.id, id.some_text("the id of the order")?);
        let hash = hash(id.bytes());
        if !self.seen.insert(hash) {
            let problem = format!("{} stood already above", quoted(id.text()));
            return Err(id.fault(&problem, "keep one row for each order"));
        }
        if self.seen.len() > MAX_ORDERS {
            return Err(id.fault("is one order too many", "split the file"));
        }
        self.read_times(order)?;
        self.read_destination(order)?;
        self.read_wishes(order)?;
        order.deliver_by = order.deliver_by.or_else(|| promised(&self.names.network.settings, order));
        let wanted = Wanted { hash, seen: &self.seen, names: &self.names };
        self.lines.take(order, &wanted)?;
        if order.lines.is_empty() {
            let problem = format!("{} has no lines in {}", quoted(&order.id), self.lines.table.file());
            let id = self.table.cell(self.columns.id);
            return Err(id.fault(&problem, "add its lines there, or remove the order"));
        }
        Ok(true)
    }

    fn read_times(&self, order: &mut Order) -> Result<(), BadInput> {
        let clock = &self.names.network.settings.clock;
        order.placed_at = placed(&self.table, &self.columns)?.by(clock);
        order.deliver_by = match self.table.cell(self.columns.deliver_by).filled() {
            Some(day) => Some(day.day()?),
            None => match self.table.cell(self.columns.promise_days).filled() {
                Some(days) => {
                    let day = clock.day(order.placed_at);
                    Some(Day(day.0 + days.whole(&PROMISE_DAYS)? as i32))
                }
                None => None,
            },
        };
        Ok(())
    }

    fn read_destination(&mut self, order: &mut Order) -> Result<(), BadInput> {
        let zip = self.table.cell(self.columns.zip);
        let (lat, lon) = (self.table.cell(self.columns.lat), self.table.cell(self.columns.lon));
        let to = &mut order.destination;
        set(&mut to.postal, zip.text());
        set(&mut to.country, self.table.cell(self.columns.country).text());
        set(&mut to.region, self.table.cell(self.columns.state).text());
        to.point = match (lat.filled(), lon.filled()) {
            (Some(lat), Some(lon)) => {
                Some(Point { lat_e4: lat.degrees(&LATITUDE)?, lon_e4: lon.degrees(&LONGITUDE)? })
            }
            _ => None,
        };
        let residential = self.table.cell(self.columns.residential).filled();
        to.is_residential = residential.map(|cell| cell.flag()).transpose()?.unwrap_or(false);
        to.place = self.place();
        self.unlocated += u64::from(to.place.is_none() && to.point.is_none());
        Ok(())
    }

    /// The network's place by its own name, by the ZIP code's prefix, or by the whole postal code.
    fn place(&self) -> Option<PlaceId> {
        let named = self.table.cell(self.columns.zip3);
        if let Some(zip3) = Zip3::from_digits(named.bytes()) {
            return self.zip3_places[zip3.index()];
        }
        let network = self.names.network;
        if !named.is_empty() {
            return network.place(named.text());
        }
        let country = self.table.cell(self.columns.country);
        let is_us = country.is_empty() || country.bytes().eq_ignore_ascii_case(b"US");
        let zip = self.table.cell(self.columns.zip);
        if zip.is_empty() {
            return None;
        }
        let by_prefix = places::zip3(zip.text()).filter(|_| is_us);
        by_prefix.and_then(|zip3| self.zip3_places[zip3.index()]).or_else(|| network.place(zip.text()))
    }

    fn read_wishes(&self, order: &mut Order) -> Result<(), BadInput> {
        let cell = |at| self.table.cell(at);
        set(&mut order.channel, cell(self.columns.channel).text());
        order.lane = cell(self.columns.lane).filled().map(lane).transpose()?.unwrap_or(Lane::Ship);
        order.service =
            cell(self.columns.service).filled().map(service).transpose()?.unwrap_or(ServiceLevel::Standard);
        order.split =
            cell(self.columns.split).filled().map(split).transpose()?.unwrap_or(SplitPolicy::Allowed);
        let pickup_at = cell(self.columns.pickup_at).filled();
        order.pickup_at = pickup_at.map(|cell| self.names.location(&cell)).transpose()?;
        order.slot = slot(cell(self.columns.slot_from), cell(self.columns.slot_to))?;
        order.rejected_by.clear();
        let tags = cell(self.columns.tags);
        let mut count = 0;
        for tag in tags.list().take(MAX_TAGS) {
            match order.tags.get_mut(count) {
                Some(text) => set(text, tag),
                None => order.tags.push(tag.to_owned()),
            }
            count += 1;
        }
        order.tags.truncate(count);
        Ok(())
    }
}

/// The last day of an order that states none, as the settings promise it.
pub(crate) fn promised(settings: &Settings, order: &Order) -> Option<Day> {
    settings.days_promised(order.service).map(|days| due(settings, order, days))
}

/// The day that lies so many days after that of the order.
pub(crate) fn due(settings: &Settings, order: &Order, days: u8) -> Day {
    Day(settings.clock.day(order.placed_at).0 + i32::from(days))
}

/// Keeps the memory.
fn set(text: &mut String, value: &str) {
    text.clear();
    text.push_str(value);
}

/// When an order was placed, as its row says it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Placed {
    At(Timestamp),
    /// A day of the shop, and minutes after its midnight.
    OnDay(Day, i64),
}

impl Placed {
    pub(crate) fn by(self, clock: &WallClock) -> Timestamp {
        match self {
            Placed::At(at) => at,
            Placed::OnDay(day, minute) => clock.instant(day, minute),
        }
    }
}

/// When the order of the current row was placed.
pub(super) fn placed(table: &Table, columns: &Columns) -> Result<Placed, BadInput> {
    if let Some(at) = table.cell(columns.placed_at).filled() {
        return at.instant().map(Placed::At);
    }
    let day = table.cell(columns.day);
    let Some(day) = day.filled() else {
        return Err(day.fault("is empty, and so is placed_at", "fill one of the two"));
    };
    let minute = table.cell(columns.placed_minute).filled();
    let minute = minute.map(|cell| cell.whole(&MINUTE)).transpose()?.unwrap_or(0);
    Ok(Placed::OnDay(day.day_or_number()?, minute))
}

fn lane(cell: Cell<'_>) -> Result<Lane, BadInput> {
    Lane::from_code(&code(cell)).ok_or_else(|| cell.is_not("a lane", "write ship, pickup or local_delivery"))
}

fn service(cell: Cell<'_>) -> Result<ServiceLevel, BadInput> {
    ServiceLevel::from_code(&code(cell))
        .ok_or_else(|| cell.is_not("a service", "write standard, expedited, next_day or same_day"))
}

fn split(cell: Cell<'_>) -> Result<SplitPolicy, BadInput> {
    SplitPolicy::from_code(&code(cell))
        .ok_or_else(|| cell.is_not("a way to split", "write allowed, complete or one_place"))
}

fn code(cell: Cell<'_>) -> String {
    cell.text().to_lowercase().replace([' ', '-'], "_")
}

fn slot(from: Cell<'_>, to: Cell<'_>) -> Result<Option<Span>, BadInput> {
    match (from.filled(), to.filled()) {
        (None, None) => Ok(None),
        (Some(start), Some(end)) => {
            let span = Span { from: start.instant()?, to: end.instant()? };
            if span.from >= span.to {
                return Err(to.fault("is not after slot_from", "write a later time"));
            }
            Ok(Some(span))
        }
        (Some(_), None) => Err(to.fault("is empty beside slot_from", "fill both or neither")),
        (None, Some(_)) => Err(from.fault("is empty beside slot_to", "fill both or neither")),
    }
}
