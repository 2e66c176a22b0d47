//! What is on its way to a location: from another one (a transfer), or from a supplier.
//!
//! Owns: what was announced and what came of it. Refuses to know: stock; whoever changes a row here moves the units in the
//! same transaction. Invariant: while it is on its way, what has not come of each line is `incoming` at its target.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};

const ADD: &str = "insert into arrivals (id, kind, origin_id, supplier, target_id, state, due_at, reason, at, sent_at) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const FIND: &str = "select id, kind, origin_id, supplier, target_id, state, due_at, reason, at, sent_at, ended_at \
    from arrivals where id = $1";
const AT: &str = "select id, kind, origin_id, supplier, target_id, state, due_at, reason, at, sent_at, ended_at \
    from arrivals where target_id = $1 and state = $2 and id > $3 order by id limit $4";
const NEWEST: &str = "select id, kind, origin_id, supplier, target_id, state, due_at, reason, at, sent_at, ended_at \
    from arrivals where kind = $1 and state = $2 and ($3 = 0 or target_id = $3 or origin_id = $3) \
    and ($4 = '' or id < $4) order by id desc limit $5";
const LOCK: &str = "update arrivals set state = state where id = $1";
const SENT: &str = "update arrivals set state = 'sent', sent_at = $2 where id = $1 and state = 'draft'";
const END: &str = "update arrivals set state = $2, ended_at = $3 where id = $1 and state = $4";
const ADD_LINE: &str = "insert into arrival_lines (arrival_id, product_id, announced, received, damaged) \
    values ($1, $2, $3, 0, 0)";
const RECEIVE: &str = "insert into arrival_lines (arrival_id, product_id, announced, received, damaged) \
    values ($1, $2, 0, $3, $4) on conflict (arrival_id, product_id) do update \
    set received = arrival_lines.received + excluded.received, damaged = arrival_lines.damaged + excluded.damaged";
const LINES: &str = "select i.product_id as product_id, p.sku as sku, i.announced as announced, \
    i.received as received, i.damaged as damaged from arrival_lines i join products p on p.id = i.product_id \
    where i.arrival_id = $1 order by i.product_id limit $2";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 10] = [ADD, FIND, AT, NEWEST, LOCK, SENT, END, ADD_LINE, RECEIVE, LINES];

/// Lines of one arrival.
pub const MOST_LINES: usize = 5_000;

/// Where it comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    Location(LocationKey),
    Supplier(String),
}

/// How far it is. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArrivalState {
    /// A transfer that nobody has sent yet.
    Draft,
    /// On its way.
    Sent,
    /// Received, as far as it came.
    Closed,
    /// Never sent.
    Cancelled,
}

impl ArrivalState {
    pub const ALL: [ArrivalState; 4] =
        [ArrivalState::Draft, ArrivalState::Sent, ArrivalState::Closed, ArrivalState::Cancelled];

    pub fn code(self) -> &'static str {
        match self {
            ArrivalState::Draft => "draft",
            ArrivalState::Sent => "sent",
            ArrivalState::Closed => "closed",
            ArrivalState::Cancelled => "cancelled",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrival {
    pub id: String,
    pub origin: Origin,
    pub target: LocationKey,
    pub state: ArrivalState,
    /// When it is expected.
    pub due_at_ms: Option<i64>,
    pub reason: String,
    pub at_ms: i64,
    pub sent_at_ms: Option<i64>,
    pub ended_at_ms: Option<i64>,
}

/// A product of an arrival: what was announced, what came, and how much of that is not for sale.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArrivalLine {
    pub product: ProductKey,
    pub sku: String,
    pub announced: i64,
    pub received: i64,
    pub damaged: i64,
}

impl ArrivalLine {
    /// Announced and not here.
    pub fn outstanding(&self) -> i64 {
        (self.announced - self.received).max(0)
    }
}

impl Arrival {
    fn of(row: &Row) -> Result<Arrival, DbError> {
        let origin = match row.some_int("origin_id")? {
            Some(id) => Origin::Location(LocationKey(id)),
            None => Origin::Supplier(row.text("supplier")?.to_owned()),
        };
        let code = row.text("state")?;
        let state = ArrivalState::ALL.into_iter().find(|state| state.code() == code);
        Ok(Arrival {
            id: row.text("id")?.to_owned(),
            origin,
            target: LocationKey(row.int("target_id")?),
            state: state.ok_or_else(|| DbError::Broken(format!("no arrival is {code}")))?,
            due_at_ms: row.some_int("due_at")?,
            reason: row.text("reason")?.to_owned(),
            at_ms: row.int("at")?,
            sent_at_ms: row.some_int("sent_at")?,
            ended_at_ms: row.some_int("ended_at")?,
        })
    }
}

/// # Errors
/// From a location to itself; the database's.
pub async fn add(tx: &mut Tx, arrival: &Arrival) -> Result<(), DbError> {
    let (kind, origin, supplier) = match &arrival.origin {
        Origin::Location(location) => ("transfer", Some(location.0), ""),
        Origin::Supplier(supplier) => ("purchase", None, supplier.as_str()),
    };
    let values: [Value; 10] = [
        arrival.id.as_str().into(),
        kind.into(),
        origin.into(),
        supplier.into(),
        arrival.target.0.into(),
        arrival.state.code().into(),
        arrival.due_at_ms.into(),
        arrival.reason.as_str().into(),
        arrival.at_ms.into(),
        arrival.sent_at_ms.into(),
    ];
    tx.execute(ADD, &values).await.map(drop)
}

/// Announces units of a product; each product once.
///
/// # Errors
/// The product is announced already; the database's.
pub async fn add_line(tx: &mut Tx, id: &str, product: ProductKey, units: i64) -> Result<(), DbError> {
    tx.execute(ADD_LINE, &[id.into(), product.0.into(), units.into()]).await.map(drop)
}

/// An arrival as it stands; every other writer of it waits until this transaction ends.
///
/// # Errors
/// The database's.
pub async fn hold_still(tx: &mut Tx, id: &str) -> Result<Option<Arrival>, DbError> {
    tx.execute(LOCK, &[id.into()]).await?;
    find(tx, id).await
}

/// # Errors
/// The database's.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Arrival>, DbError> {
    tx.row(FIND, &[id.into()]).await?.as_ref().map(Arrival::of).transpose()
}

/// What is on its way to a location, or was, by id after `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn at(
    tx: &mut Tx,
    (target, state): (LocationKey, ArrivalState),
    after: &str,
    limit: i64,
) -> Result<Vec<Arrival>, DbError> {
    let values = [target.0.into(), state.code().into(), after.into(), limit.into()];
    tx.rows(AT, &values).await?.iter().map(Arrival::of).collect()
}

/// Arrivals of one kind and state: of a location at either end, or with `None` of all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    pub is_transfer: bool,
    pub state: ArrivalState,
    pub location: Option<LocationKey>,
}

/// Arrivals as wanted, the newest first, before the id `before` (empty: from the newest on), at most `limit`.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut Tx, wanted: Wanted, before: &str, limit: i64) -> Result<Vec<Arrival>, DbError> {
    let kind = if wanted.is_transfer { "transfer" } else { "purchase" };
    let location = wanted.location.map_or(0, |key| key.0);
    let values = [kind.into(), wanted.state.code().into(), location.into(), before.into(), limit.into()];
    tx.rows(NEWEST, &values).await?.iter().map(Arrival::of).collect()
}

/// A draft is sent. `false`: it is none.
///
/// # Errors
/// The database's.
pub async fn send(tx: &mut Tx, id: &str, at_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(SENT, &[id.into(), at_ms.into()]).await? == 1)
}

/// Closes what was sent, or cancels a draft. `false`: it is not.
///
/// # Errors
/// The database's.
pub async fn end(tx: &mut Tx, id: &str, state: ArrivalState, at_ms: i64) -> Result<bool, DbError> {
    let before = if state == ArrivalState::Cancelled { ArrivalState::Draft } else { ArrivalState::Sent };
    let values = [id.into(), state.code().into(), at_ms.into(), before.code().into()];
    Ok(tx.execute(END, &values).await? == 1)
}

/// Notes that units of a product came, announced or not.
///
/// # Errors
/// The database's.
pub async fn receive(
    tx: &mut Tx,
    id: &str,
    product: ProductKey,
    (units, damaged): (i64, i64),
) -> Result<(), DbError> {
    tx.execute(RECEIVE, &[id.into(), product.0.into(), units.into(), damaged.into()]).await.map(drop)
}

/// The lines of an arrival, by product.
///
/// # Errors
/// The database's.
pub async fn lines(tx: &mut Tx, id: &str) -> Result<Vec<ArrivalLine>, DbError> {
    let read = |row: &Row| {
        Ok(ArrivalLine {
            product: ProductKey(row.int("product_id")?),
            sku: row.text("sku")?.to_owned(),
            announced: row.int("announced")?,
            received: row.int("received")?,
            damaged: row.int("damaged")?,
        })
    };
    // Half of them may have come without being announced.
    let most = 2 * MOST_LINES as i64;
    tx.rows(LINES, &[id.into(), most.into()]).await?.iter().map(read).collect()
}
