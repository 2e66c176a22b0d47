//! Parcels, the manifests they leave on, and the minutes of work behind them.
//!
//! Owns: their rows. Refuses to know: carriers.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::LocationKey;

/// A parcel as its row has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParcelRow {
    pub id: String,
    pub fulfillment_id: String,
    /// From 1, within its fulfillment.
    pub number: i64,
    /// `packed`, `labeled`, `handed_over`, `delivered`, `void`.
    pub state: String,
    pub carrier: String,
    pub service: String,
    pub tracking: String,
    pub weight_g: i64,
    pub cost_minor: i64,
    pub manifest_id: Option<String>,
    pub created_at_ms: i64,
}

/// Work on one step of a fulfillment by one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LaborRow {
    pub id: String,
    pub fulfillment_id: String,
    pub step: String,
    pub person: String,
    pub started_at_ms: i64,
    pub stopped_at_ms: Option<i64>,
}

const INSERT: &str = "insert into parcels (id, fulfillment_id, number, state, carrier, service, tracking, weight_g, \
    cost_minor, manifest_id, created_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)";

const OF_FULFILLMENT: &str = "select id, fulfillment_id, number, state, carrier, service, tracking, weight_g, \
    cost_minor, manifest_id, created_at from parcels where fulfillment_id = $1 order by number";

const SET: &str = "update parcels set state = $2, carrier = $3, service = $4, tracking = $5, weight_g = $6, \
    cost_minor = $7, changed_at = $8 where id = $1";

const END_ALL: &str = "update parcels set state = $2, changed_at = $3 where fulfillment_id = $1 \
    and state in ('packed', 'labeled')";

const DELIVER: &str = "update parcels set state = 'delivered', changed_at = $2 where fulfillment_id = $1 \
    and state = 'handed_over'";

const ADD_MANIFEST: &str = "insert into manifests (id, location_id, carrier, parcels, created_by, created_at) \
    values ($1, $2, $3, $4, $5, $6)";

const PUT_ON_MANIFEST: &str = "update parcels set manifest_id = $1 where manifest_id is null and carrier = $3 \
    and state = 'handed_over' and fulfillment_id in (select id from fulfillments where location_id = $2)";

const START_LABOR: &str = "insert into labor (id, fulfillment_id, step, person, started_at) \
    values ($1, $2, $3, $4, $5) on conflict (fulfillment_id, step, person) where stopped_at is null do nothing";

const STOP_LABOR: &str = "update labor set stopped_at = $4 where fulfillment_id = $1 and step = $2 and person = $3 \
    and stopped_at is null and started_at <= $4";

/// Clocks of several nodes differ: no work ends before it began.
const STOP_ALL_LABOR: &str = "update labor set stopped_at = case when started_at > $2 then started_at else $2 end \
    where fulfillment_id = $1 and stopped_at is null";

const LABOR: &str = "select id, fulfillment_id, step, person, started_at, stopped_at from labor \
    where fulfillment_id = $1 order by started_at, id";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 11] = [
    INSERT,
    OF_FULFILLMENT,
    SET,
    END_ALL,
    DELIVER,
    ADD_MANIFEST,
    PUT_ON_MANIFEST,
    START_LABOR,
    STOP_LABOR,
    STOP_ALL_LABOR,
    LABOR,
];

/// # Errors
/// The fulfillment has a parcel of this number; the database's.
pub async fn insert(tx: &mut Tx, row: &ParcelRow) -> Result<(), DbError> {
    let values: [Value; 11] = [
        row.id.as_str().into(),
        row.fulfillment_id.as_str().into(),
        row.number.into(),
        row.state.as_str().into(),
        row.carrier.as_str().into(),
        row.service.as_str().into(),
        row.tracking.as_str().into(),
        row.weight_g.into(),
        row.cost_minor.into(),
        row.manifest_id.as_deref().into(),
        row.created_at_ms.into(),
    ];
    tx.execute(INSERT, &values).await?;
    Ok(())
}

/// # Errors
/// The database's.
pub async fn of_fulfillment(tx: &mut Tx, id: &str) -> Result<Vec<ParcelRow>, DbError> {
    tx.rows(OF_FULFILLMENT, &[id.into()]).await?.iter().map(ParcelRow::of).collect()
}

/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, row: &ParcelRow, at_ms: i64) -> Result<(), DbError> {
    let values = [
        row.id.as_str().into(),
        row.state.as_str().into(),
        row.carrier.as_str().into(),
        row.service.as_str().into(),
        row.tracking.as_str().into(),
        row.weight_g.into(),
        row.cost_minor.into(),
        at_ms.into(),
    ];
    tx.execute(SET, &values).await?;
    Ok(())
}

/// Brings all parcels that are still at the place to another state: `void`, or `delivered`.
///
/// # Errors
/// The database's.
pub async fn end_all(tx: &mut Tx, fulfillment_id: &str, state: &str, at_ms: i64) -> Result<(), DbError> {
    tx.execute(END_ALL, &[fulfillment_id.into(), state.into(), at_ms.into()]).await?;
    Ok(())
}

/// Those that were handed over have reached the customer.
///
/// # Errors
/// The database's.
pub async fn deliver(tx: &mut Tx, fulfillment_id: &str, at_ms: i64) -> Result<(), DbError> {
    tx.execute(DELIVER, &[fulfillment_id.into(), at_ms.into()]).await?;
    Ok(())
}

/// A manifest of all parcels that a place has handed to a carrier since the last one; how many they are.
///
/// # Errors
/// The database's.
pub async fn make_manifest(
    tx: &mut Tx,
    (id, location, carrier): (&str, LocationKey, &str),
    (by, at_ms): (&str, i64),
) -> Result<u64, DbError> {
    let parcels = tx.execute(PUT_ON_MANIFEST, &[id.into(), location.0.into(), carrier.into()]).await?;
    if parcels > 0 {
        let count = i64::try_from(parcels).unwrap_or(i64::MAX);
        let values = [id.into(), location.0.into(), carrier.into(), count.into(), by.into(), at_ms.into()];
        tx.execute(ADD_MANIFEST, &values).await?;
    }
    Ok(parcels)
}

/// Starts the clock of a person on a step; where it runs, it runs on.
///
/// # Errors
/// The database's.
pub async fn start_labor(tx: &mut Tx, row: &LaborRow) -> Result<bool, DbError> {
    let values = [
        row.id.as_str().into(),
        row.fulfillment_id.as_str().into(),
        row.step.as_str().into(),
        row.person.as_str().into(),
        row.started_at_ms.into(),
    ];
    Ok(tx.execute(START_LABOR, &values).await? == 1)
}

/// `false`: it did not run.
///
/// # Errors
/// The database's.
pub async fn stop_labor(
    tx: &mut Tx,
    (fulfillment_id, step, person): (&str, &str, &str),
    at_ms: i64,
) -> Result<bool, DbError> {
    let values = [fulfillment_id.into(), step.into(), person.into(), at_ms.into()];
    Ok(tx.execute(STOP_LABOR, &values).await? == 1)
}

/// Stops every clock of a fulfillment: the work is over.
///
/// # Errors
/// The database's.
pub async fn stop_all_labor(tx: &mut Tx, fulfillment_id: &str, at_ms: i64) -> Result<(), DbError> {
    tx.execute(STOP_ALL_LABOR, &[fulfillment_id.into(), at_ms.into()]).await?;
    Ok(())
}

/// # Errors
/// The database's.
pub async fn labor(tx: &mut Tx, fulfillment_id: &str) -> Result<Vec<LaborRow>, DbError> {
    let rows = tx.rows(LABOR, &[fulfillment_id.into()]).await?;
    let read = |row: &Row| {
        Ok(LaborRow {
            id: row.text("id")?.to_owned(),
            fulfillment_id: row.text("fulfillment_id")?.to_owned(),
            step: row.text("step")?.to_owned(),
            person: row.text("person")?.to_owned(),
            started_at_ms: row.int("started_at")?,
            stopped_at_ms: row.some_int("stopped_at")?,
        })
    };
    rows.iter().map(read).collect()
}

impl ParcelRow {
    fn of(row: &Row) -> Result<ParcelRow, DbError> {
        Ok(ParcelRow {
            id: row.text("id")?.to_owned(),
            fulfillment_id: row.text("fulfillment_id")?.to_owned(),
            number: row.int("number")?,
            state: row.text("state")?.to_owned(),
            carrier: row.text("carrier")?.to_owned(),
            service: row.text("service")?.to_owned(),
            tracking: row.text("tracking")?.to_owned(),
            weight_g: row.int("weight_g")?,
            cost_minor: row.int("cost_minor")?,
            manifest_id: row.some_text("manifest_id")?.map(str::to_owned),
            created_at_ms: row.int("created_at")?,
        })
    }
}
