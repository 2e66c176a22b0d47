//! Transfers between locations, and deliveries of suppliers: announced, on their way, received.
//!
//! Owns: that units in transit are in the books all the time: they leave their origin when they are sent, are `incoming`
//! at the target until they are there, and what never came is told when it is closed. Refuses to know: why units are
//! moved, and what they cost.

use super::correct::reason;
use super::entry;
use crate::backorders;
use crate::call::{Call, What};
use crate::id;
use crate::refused::{FieldFault, Refused};
use serde_json::json;
use std::collections::BTreeMap;
use store::Tx;
use store::arrivals::{self, Arrival, ArrivalLine, ArrivalState, MOST_LINES, Origin};
use store::db::Db;
use store::places::{self, LocationKey, ProductKey};
use store::stock::{self, Entry, Moved, Movement, Shelf};

/// Units of a SKU.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitsOf {
    pub sku: String,
    pub units: i64,
}

/// Where units come from, by code or name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whence {
    Location(String),
    Supplier(String),
}

/// Units that are to move.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewArrival {
    pub from: Whence,
    /// Code of the location.
    pub to: String,
    pub lines: Vec<UnitsOf>,
    pub due_at_ms: Option<i64>,
    pub reason: String,
}

/// What came of a line. `units` counts all of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Came {
    pub sku: String,
    pub units: i64,
    /// Of the units: not for sale.
    pub damaged: i64,
}

/// A piece of an arrival that was unpacked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receiving {
    pub arrival: String,
    /// Given by the device: sent again, it is the same piece.
    pub client_id: String,
    pub lines: Vec<Came>,
}

/// How an arrival stands after a piece of it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    pub state: ArrivalState,
    pub lines: Vec<ArrivalLine>,
}

impl Received {
    /// Lines of which something else came than was announced.
    pub fn discrepancies(&self) -> impl Iterator<Item = &ArrivalLine> {
        self.lines.iter().filter(|line| line.announced != line.received || line.damaged > 0)
    }
}

/// Writes down units that are to move: a transfer is a draft until it is sent; a supplier's delivery is on its way.
///
/// # Errors
/// A line that is none; no such SKU or location; the database's.
pub async fn announce(db: &Db, call: &Call, asked: NewArrival) -> Result<String, Refused> {
    super::in_one(db, (call.clone(), asked), |tx, (call, asked)| Box::pin(write_down(tx, call, asked))).await
}

async fn write_down(tx: &mut Tx, call: &Call, asked: &NewArrival) -> Result<String, Refused> {
    let lines = summed(tx, &asked.lines).await?;
    let target = super::location(tx, &asked.to).await?;
    let (origin, state, prefix) = match &asked.from {
        Whence::Location(code) => {
            (Origin::Location(super::location(tx, code).await?), ArrivalState::Draft, "trf")
        }
        Whence::Supplier(name) => (Origin::Supplier(name.trim().to_owned()), ArrivalState::Sent, "rcp"),
    };
    if origin == Origin::Location(target) {
        return Err(Refused::invalid("/to", "is where the units are; choose another location"));
    }
    let arrival = Arrival {
        id: id::new(prefix, call.at_ms),
        origin,
        target,
        state,
        due_at_ms: asked.due_at_ms,
        reason: asked.reason.trim().to_owned(),
        at_ms: call.at_ms,
        sent_at_ms: (state == ArrivalState::Sent).then_some(call.at_ms),
        ended_at_ms: None,
    };
    arrivals::add(tx, &arrival).await?;
    for (&product, &units) in &lines {
        arrivals::add_line(tx, &arrival.id, product, units).await?;
        if state == ArrivalState::Sent {
            expect(tx, call, &arrival, (product, units)).await?;
        }
    }
    tell(tx, call, "arrival.announced", (&arrival.id, json!({ "to": asked.to, "lines": lines.len() })))
        .await?;
    Ok(arrival.id)
}

/// Sums lines by product: two lines of one SKU are one.
async fn summed(tx: &mut Tx, lines: &[UnitsOf]) -> Result<BTreeMap<ProductKey, i64>, Refused> {
    if lines.is_empty() || lines.len() > MOST_LINES {
        return Err(Refused::invalid("/lines", "write between 1 and 5,000 lines"));
    }
    let mut sums = BTreeMap::new();
    let mut faults = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let mut fault = |field: &str, say: &str| {
            faults.push(FieldFault { at: format!("/lines/{i}/{field}"), say: say.to_owned() });
        };
        if !(1..=1_000_000).contains(&line.units) {
            fault("units", "write how many: at least 1, at most 1,000,000");
        }
        match places::product(tx, line.sku.trim()).await? {
            Some(product) => *sums.entry(product).or_insert(0) += line.units,
            None => fault("sku", "there is no such SKU; look for its code"),
        }
    }
    if faults.is_empty() { Ok(sums) } else { Err(Refused::Invalid(faults)) }
}

async fn expect(
    tx: &mut Tx,
    call: &Call,
    arrival: &Arrival,
    (product, units): (ProductKey, i64),
) -> Result<(), Refused> {
    let shelf = Shelf { product, location: arrival.target };
    stock::open(tx, shelf).await?;
    moved(
        stock::change(tx, shelf, Movement::Expect { units }, &entry(call, "on its way", &arrival.id)).await?,
    )
}

/// A transfer leaves: its units are taken off its origin and are on their way to its target, all or none.
///
/// # Errors
/// There is none, or it is no draft; its origin has too few that are not promised; the database's.
pub async fn send_transfer(db: &Db, call: &Call, transfer: &str) -> Result<(), Refused> {
    super::in_one(db, (call.clone(), transfer.to_owned()), |tx, (call, id)| Box::pin(send(tx, call, id)))
        .await
}

async fn send(tx: &mut Tx, call: &Call, id: &str) -> Result<(), Refused> {
    let arrival = still(tx, id).await?;
    let Origin::Location(origin) = arrival.origin else { return Err(is_not(&arrival, "a draft")) };
    if !arrivals::send(tx, id, call.at_ms).await? {
        return Err(is_not(&arrival, "a draft"));
    }
    let mut short = Vec::new();
    for line in arrivals::lines(tx, id).await? {
        let shelf = Shelf { product: line.product, location: origin };
        let out = Movement::TransferOut { units: line.announced };
        match stock::change(tx, shelf, out, &entry(call, "sent to another location", id)).await? {
            Moved::Done => expect(tx, call, &arrival, (line.product, line.announced)).await?,
            Moved::Short { there } => {
                let left = there.map_or(0, |units| units.available().max(0));
                short.push(format!("{}: {left} left, {} wanted", line.sku, line.announced));
            }
            Moved::Before => moved(Moved::Before)?,
        }
    }
    if !short.is_empty() {
        let say = format!("too few can be taken away ({}); send fewer", short.join("; "));
        return Err(Refused::conflict("short_stock", say));
    }
    tell(tx, call, "transfer.sent", (id, json!({}))).await
}

/// A draft is not sent after all.
///
/// # Errors
/// There is none, or it is no draft; the database's.
pub async fn cancel_transfer(db: &Db, call: &Call, transfer: &str) -> Result<(), Refused> {
    super::in_one(db, (call.clone(), transfer.to_owned()), |tx, (call, id)| {
        Box::pin(async move {
            let arrival = still(tx, id).await?;
            if !arrivals::end(tx, id, ArrivalState::Cancelled, call.at_ms).await? {
                return Err(is_not(&arrival, "a draft"));
            }
            tell(tx, call, "transfer.cancelled", (id, json!({}))).await
        })
    })
    .await
}

/// A piece of an arrival is here. What was not announced is received too, and is a discrepancy. When everything is here it
/// is closed by itself.
///
/// # Errors
/// There is none, or it is not on its way; a line that is none; the database's.
pub async fn receive(db: &Db, call: &Call, piece: Receiving) -> Result<Received, Refused> {
    super::in_one(db, (call.clone(), piece), |tx, (call, piece)| Box::pin(unpack(tx, call, piece))).await
}

async fn unpack(tx: &mut Tx, call: &Call, piece: &Receiving) -> Result<Received, Refused> {
    let came = came(tx, piece).await?;
    let id = piece.arrival.as_str();
    let mut arrival = still(tx, id).await?;
    if arrival.state == ArrivalState::Draft || arrival.state == ArrivalState::Cancelled {
        return Err(is_not(&arrival, "on its way"));
    }
    let mut is_new = false;
    let before = arrivals::lines(tx, id).await?;
    for (product, units) in came {
        let line = before.iter().find(|line| line.product == product);
        let outstanding = line.map_or(0, ArrivalLine::outstanding);
        let put = Putting { arrival: &arrival, client_id: &piece.client_id, product, units, outstanding };
        is_new |= put_away(tx, call, &put).await?;
    }
    let lines = arrivals::lines(tx, id).await?;
    if is_new {
        let facts = json!({ "piece": piece.client_id, "lines": piece.lines.len() });
        tell(tx, call, "arrival.received", (id, facts)).await?;
        if lines.iter().all(|line| line.outstanding() == 0) {
            arrivals::end(tx, id, ArrivalState::Closed, call.at_ms).await?;
            arrival.state = ArrivalState::Closed;
            tell(tx, call, "arrival.closed", (id, told(&lines, ""))).await?;
        }
    }
    Ok(Received { state: arrival.state, lines })
}

/// Units and damaged units by product.
async fn came(tx: &mut Tx, piece: &Receiving) -> Result<BTreeMap<ProductKey, (i64, i64)>, Refused> {
    if piece.client_id.trim().is_empty() {
        return Err(Refused::invalid("/client_id", "name the piece, so that it is received once"));
    }
    for (i, line) in piece.lines.iter().enumerate() {
        if !(0..=line.units).contains(&line.damaged) {
            return Err(Refused::invalid(&format!("/lines/{i}/damaged"), "is at most the units that came"));
        }
    }
    let units = |of: fn(&Came) -> i64| {
        piece.lines.iter().map(|line| UnitsOf { sku: line.sku.clone(), units: of(line) }).collect::<Vec<_>>()
    };
    let mut all: BTreeMap<ProductKey, (i64, i64)> = summed(tx, &units(|line| line.units))
        .await?
        .into_iter()
        .map(|(key, units)| (key, (units, 0)))
        .collect();
    for line in piece.lines.iter().filter(|line| line.damaged > 0) {
        let product = super::product(tx, &line.sku).await?;
        all.entry(product).or_default().1 += line.damaged;
    }
    Ok(all)
}

struct Putting<'a> {
    arrival: &'a Arrival,
    client_id: &'a str,
    product: ProductKey,
    /// All, and of them damaged.
    units: (i64, i64),
    outstanding: i64,
}

/// `false`: this piece was put away before.
async fn put_away(tx: &mut Tx, call: &Call, put: &Putting<'_>) -> Result<bool, Refused> {
    let id = put.arrival.id.as_str();
    let (units, damaged) = put.units;
    let shelf = Shelf { product: put.product, location: put.arrival.target };
    stock::open(tx, shelf).await?;
    let receipt = Entry {
        source: Some(format!("{id}:{}:{}", put.client_id.trim(), put.product.0)),
        ..entry(call, "received", id)
    };
    // Closed, nothing of it is incoming any more: what comes after all is received as unexpected.
    let is_open = put.arrival.state == ArrivalState::Sent;
    let expected = if is_open { units.min(put.outstanding) } else { 0 };
    match stock::change(tx, shelf, Movement::Receive { units, expected }, &receipt).await? {
        Moved::Before => return Ok(false),
        other => moved(other)?,
    }
    if damaged > 0 {
        let found = entry(call, "received damaged", id);
        moved(stock::change(tx, shelf, Movement::Damage { units: damaged }, &found).await?)?;
    }
    arrivals::receive(tx, id, put.product, put.units).await?;
    backorders::wake(tx, call, put.product).await?;
    Ok(true)
}

/// Nothing more is to come: what is outstanding is not incoming any more, and every discrepancy is told.
///
/// # Errors
/// There is none, or it is not on its way; something is outstanding and no reason is given; the database's.
pub async fn close_arrival(db: &Db, call: &Call, (id, why): (&str, &str)) -> Result<Received, Refused> {
    let asked = (call.clone(), id.to_owned(), why.to_owned());
    super::in_one(db, asked, |tx, (call, id, why)| Box::pin(close(tx, call, (id, why)))).await
}

async fn close(tx: &mut Tx, call: &Call, (id, why): (&str, &str)) -> Result<Received, Refused> {
    let arrival = still(tx, id).await?;
    if !arrivals::end(tx, id, ArrivalState::Closed, call.at_ms).await? {
        return Err(is_not(&arrival, "on its way"));
    }
    let lines = arrivals::lines(tx, id).await?;
    for line in lines.iter().filter(|line| line.outstanding() > 0) {
        let why = reason(why)?;
        let shelf = Shelf { product: line.product, location: arrival.target };
        let gone = Movement::Expect { units: -line.outstanding() };
        moved(stock::change(tx, shelf, gone, &entry(call, why, id)).await?)?;
    }
    tell(tx, call, "arrival.closed", (id, told(&lines, why))).await?;
    Ok(Received { state: ArrivalState::Closed, lines })
}

fn told(lines: &[ArrivalLine], why: &str) -> serde_json::Value {
    let differs = lines.iter().filter(|line| line.announced != line.received || line.damaged > 0);
    let differs: Vec<_> = differs
        .map(|line| {
            json!({ "sku": line.sku, "announced": line.announced, "received": line.received,
                "damaged": line.damaged })
        })
        .collect();
    json!({ "reason": why, "discrepancies": differs })
}

/// What is on its way to a location by id, after `after`, at most `limit`.
///
/// # Errors
/// There is no such location; the database's.
pub async fn on_its_way(
    db: &Db,
    (location, after): (&str, &str),
    limit: i64,
) -> Result<Vec<(Arrival, Vec<ArrivalLine>)>, Refused> {
    let asked = (location.to_owned(), after.to_owned());
    db.read(move |tx| {
        let (code, after) = asked.clone();
        Box::pin(async move {
            let location: LocationKey = super::location(tx, &code).await?;
            let mut all = Vec::new();
            for arrival in arrivals::at(tx, (location, ArrivalState::Sent), &after, limit).await? {
                let lines = arrivals::lines(tx, &arrival.id).await?;
                all.push((arrival, lines));
            }
            Ok(all)
        })
    })
    .await
}

/// Transfers or deliveries as wanted, the newest first, before the id `before` (empty: from the newest on), at most
/// `limit`.
///
/// # Errors
/// The database's.
pub async fn newest(
    db: &Db,
    (wanted, before): (arrivals::Wanted, &str),
    limit: i64,
) -> Result<Vec<(Arrival, Vec<ArrivalLine>)>, Refused> {
    let before = before.to_owned();
    db.read(move |tx| {
        let before = before.clone();
        Box::pin(async move {
            let mut all = Vec::new();
            for arrival in arrivals::newest(tx, wanted, &before, limit).await? {
                let lines = arrivals::lines(tx, &arrival.id).await?;
                all.push((arrival, lines));
            }
            Ok(all)
        })
    })
    .await
}

async fn still(tx: &mut Tx, id: &str) -> Result<Arrival, Refused> {
    arrivals::hold_still(tx, id).await?.ok_or_else(|| Refused::not_found("transfer or delivery", id))
}

fn is_not(arrival: &Arrival, wanted: &str) -> Refused {
    let state = match arrival.state {
        ArrivalState::Draft => "a draft: it has not been sent",
        ArrivalState::Sent => "on its way",
        ArrivalState::Closed => "closed: nothing more is to come",
        ArrivalState::Cancelled => "cancelled",
    };
    Refused::conflict("wrong_state", format!("{} is not {wanted}; it is {state}", arrival.id))
}

fn moved(moved: Moved) -> Result<(), Refused> {
    match moved {
        Moved::Done => Ok(()),
        other => Err(crate::refused::broken(&format!("units of an arrival did not move: {other:?}"))),
    }
}

async fn tell(
    tx: &mut Tx,
    call: &Call,
    kind: &str,
    (id, facts): (&str, serde_json::Value),
) -> Result<(), Refused> {
    Ok(call.tell(tx, What { kind, subject: id, order_id: None }, &facts).await?)
}
