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

const LOADS: &str = "select location_id, day, dispatch_window, parcels from loads where day >= $1 \
    order by location_id, day, dispatch_window";

const LOAD_MORE: &str = "insert into loads (location_id, day, dispatch_window, parcels) values ($1, $2, $3, $4) \
    on conflict (location_id, day, dispatch_window) do update set parcels = loads.parcels + excluded.parcels \
    returning parcels";

/// Changes nothing, and makes whoever else asks for the load of the day wait for the end of this transaction: of two that
/// fill different dispatches of a day, neither would see the other's parcels.
const HOLD_DAY: &str = "insert into loads (location_id, day, dispatch_window, parcels) values ($1, $2, 0, 0) \
    on conflict (location_id, day, dispatch_window) do update set parcels = loads.parcels";

const LOAD_OF_DAY: &str = "select cast(coalesce(sum(parcels), 0) as bigint) as parcels from loads \
    where location_id = $1 and day = $2";

const LOAD_LESS: &str = "update loads set parcels = parcels - $4 \
    where location_id = $1 and day = $2 and dispatch_window = $3 and parcels >= $4";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 7] = [RECORD, OF_ORDER, LOADS, LOAD_MORE, HOLD_DAY, LOAD_OF_DAY, LOAD_LESS];

/// # Errors
/// The order has a decision of this number; the database's.
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
    tx.execute(RECORD, &values).await?;
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

/// Adds parcels to a dispatch; how many it has then.
///
/// # Errors
/// The database's.
pub async fn load_more(tx: &mut Tx, load: &LoadRow) -> Result<i64, DbError> {
    tx.row(LOAD_MORE, &load.values()).await?.map_or(Ok(load.parcels), |row| row.int("parcels"))
}

/// Parcels of all dispatches of a place on a day. Invariant: whoever adds to a day and then asks this sees all that others
/// add before him, and others see his.
///
/// # Errors
/// The database's.
pub async fn load_of_day(tx: &mut Tx, location: LocationKey, day: i64) -> Result<i64, DbError> {
    let of_day = [location.0.into(), day.into()];
    tx.execute(HOLD_DAY, &of_day).await?;
    let row = tx.row(LOAD_OF_DAY, &of_day).await?;
    row.map_or(Ok(0), |row| row.int("parcels"))
}

/// # Errors
/// The database's.
pub async fn load_less(tx: &mut Tx, load: &LoadRow) -> Result<(), DbError> {
    tx.execute(LOAD_LESS, &load.values()).await?;
    Ok(())
}

impl LoadRow {
    fn values(&self) -> [Value; 4] {
        [self.location.0.into(), self.day.into(), self.window.into(), self.parcels.into()]
    }
}
