//! Decisions, and how busy the dispatches of each place are.
//!
//! Owns: their rows. Refuses to know: how anything is decided.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::LocationKey;

/// One decision about an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecisionRow {
    pub order_id: String,
    /// From 1.
    pub number: i64,
    pub decided_at_ms: i64,
    pub rule_set: i64,
    pub network_version: i64,
    pub outcome: String,
    /// JSON: the decision as it is told.
    pub decision: String,
    /// JSON: what it was made from.
    pub inputs: String,
}

/// Parcels that a place has taken for one dispatch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LoadRow {
    pub location: LocationKey,
    pub day: i64,
    pub window: i64,
    pub parcels: i64,
}

const RECORD: &str = "insert into decisions (order_id, number, decided_at, rule_set, network_version, outcome, \
    decision, inputs) values ($1, $2, $3, $4, $5, $6, $7, $8)";

const OF_ORDER: &str = "select order_id, number, decided_at, rule_set, network_version, outcome, decision, inputs \
    from decisions where order_id = $1 order by number desc limit $2";

const LOADS: &str = "select location_id, day, dispatch_window, parcels from loads \
    where day >= $1 and dispatch_window >= 0 order by location_id, day, dispatch_window";

/// The day and the dispatch, each only where there is room. Whoever adds to the day waits for the end of this transaction.
const LOAD_MORE: &str = "insert into loads (location_id, day, dispatch_window, parcels) \
    select cast($1 as bigint), cast($2 as bigint), asked.dispatch_window, cast($4 as bigint) from \
        (select -1 as dispatch_window, cast($5 as bigint) as most \
        union all select cast($3 as bigint), cast($6 as bigint)) as asked where cast($4 as bigint) <= asked.most \
    on conflict (location_id, day, dispatch_window) do update set parcels = loads.parcels + excluded.parcels \
    where loads.parcels + excluded.parcels <= \
        case when loads.dispatch_window < 0 then cast($5 as bigint) else cast($6 as bigint) end";

const LOAD_LESS: &str = "update loads set parcels = parcels - $4 \
    where location_id = $1 and day = $2 and dispatch_window = $3 and parcels >= $4";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 5] = [RECORD, OF_ORDER, LOADS, LOAD_MORE, LOAD_LESS];

/// # Errors
/// The order has a decision of this number, told here or at the end of the transaction; the database's.
pub async fn record(tx: &mut Tx, row: &DecisionRow) -> Result<(), DbError> {
    let values: [Value; 8] = [
        row.order_id.as_str().into(),
        row.number.into(),
        row.decided_at_ms.into(),
        row.rule_set.into(),
        row.network_version.into(),
        row.outcome.as_str().into(),
        row.decision.as_str().into(),
        row.inputs.as_str().into(),
    ];
    tx.insert_later(RECORD, &values).await?;
    Ok(())
}

/// The last decision first; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn of_order(tx: &mut Tx, order_id: &str, limit: i64) -> Result<Vec<DecisionRow>, DbError> {
    let rows = tx.rows(OF_ORDER, &[order_id.into(), limit.into()]).await?;
    let read = |row: &Row| {
        Ok(DecisionRow {
            order_id: row.text("order_id")?.to_owned(),
            number: row.int("number")?,
            decided_at_ms: row.int("decided_at")?,
            rule_set: row.int("rule_set")?,
            network_version: row.int("network_version")?,
            outcome: row.text("outcome")?.to_owned(),
            decision: row.text("decision")?.to_owned(),
            inputs: row.text("inputs")?.to_owned(),
        })
    };
    rows.iter().map(read).collect()
}

/// Dispatches from a day on that have parcels.
///
/// # Errors
/// The database's.
pub async fn loads(tx: &mut Tx, from_day: i64) -> Result<Vec<LoadRow>, DbError> {
    let rows = tx.rows(LOADS, &[from_day.into()]).await?;
    let read = |row: &Row| {
        Ok(LoadRow {
            location: LocationKey(row.int("location_id")?),
            day: row.int("day")?,
            window: row.int("dispatch_window")?,
            parcels: row.int("parcels")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Most parcels of a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Room {
    pub in_window: i64,
    pub in_day: i64,
}

impl Room {
    /// As many as there are.
    pub const ANY: Room = Room { in_window: i64::MAX, in_day: i64::MAX };
}

/// The row of all dispatches of a day: their sum.
const ALL_DAY: i64 = -1;

/// Adds parcels to a dispatch and its day. Of two that add at once, the second waits, and has the room that the first left.
///
/// # Errors
/// [`DbError::Unmet`], here or at the end of the transaction: there is no room for them; the database's.
pub async fn load_more(tx: &mut Tx, load: &LoadRow, room: Room) -> Result<(), DbError> {
    let values = [&load.values()[..], &[room.in_day.into(), room.in_window.into()]].concat();
    tx.expect_later(LOAD_MORE, &values, 2).await
}

/// # Errors
/// The database's.
pub async fn load_less(tx: &mut Tx, load: &LoadRow) -> Result<(), DbError> {
    // The day first, as whoever adds: neither waits for what the other has.
    for window in [ALL_DAY, load.window] {
        tx.execute(LOAD_LESS, &LoadRow { window, ..*load }.values()).await?;
    }
    Ok(())
}

impl LoadRow {
    fn values(&self) -> [Value; 4] {
        [self.location.0.into(), self.day.into(), self.window.into(), self.parcels.into()]
    }
}
