//! What the shop is judged by, day by day: the rows that measures are made of, and the sums that are kept.
//!
//! Owns: departures, the sums of each day, how far they have come, and what weeks are compared with. Refuses to know: what a
//! measure means; `flow::measures` does.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::LocationKey;

/// An order whose first part left at a moment, and what is known of it by now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    pub order_id: String,
    pub name: String,
    /// Where the first part left, by which lane, and when.
    pub location: LocationKey,
    pub lane: String,
    pub left_at_ms: i64,
    pub placed_at_ms: i64,
    /// Fulfillment orders of it that left.
    pub departures: i64,
    /// What the labels of its parcels cost, in minor units; 0: nobody said.
    pub cost_minor: i64,
    /// Work on it, of all who worked; 0: no clock ran.
    pub labor_ms: i64,
    /// Times that some of its work was not done by its deadline.
    pub late_picks: i64,
}

/// An order, and what became of its units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    pub order_id: String,
    pub name: String,
    pub lane: String,
    pub placed_at_ms: i64,
    /// Units that left.
    pub shipped: i64,
    /// Units that wait for stock, or were cancelled.
    pub unfilled: i64,
}

/// A sum of one day, place and lane.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    pub measure: String,
    pub location: LocationKey,
    pub lane: String,
    pub numerator: i64,
    pub denominator: i64,
}

/// A sum of one day over places and lanes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DaySum {
    pub day: i64,
    pub measure: String,
    pub numerator: i64,
    pub denominator: i64,
}

/// Sums of which places and lanes; `None`: all together.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Slice<'a> {
    pub location: Option<LocationKey>,
    pub lane: Option<&'a str>,
}

/// How far the days have come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    pub place: i64,
    /// When the last event that is counted happened.
    pub at_ms: i64,
}

/// What weeks are compared with, as somebody chose it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BaselineRow {
    pub before_day: i64,
    pub by: String,
    pub at_ms: i64,
}

const PROGRESS: &str = "select place, at from measure_progress where id = 1";
const MOVE_ON: &str = "update measure_progress set place = $2, at = $3 where id = 1 and place = $1";

const NEXT: &str = "select place, at from events where place > $1 order by place limit $2";

const DEPART: &str = "insert into departures (fulfillment_id, order_id, location_id, lane, left_at) \
    select f.id, f.order_id, f.location_id, f.lane, e.at from events e join fulfillments f on f.id = e.subject \
    where e.place > $1 and e.place <= $2 and e.kind in ('fulfillment.shipped', 'fulfillment.collected') \
    on conflict (fulfillment_id) do nothing";

/// When the orders of some events were placed, and left: the days whose sums they change.
const TOUCHED: &str = "select o.placed_at as at from events e join orders o on o.id = e.order_id \
        where e.place > $1 and e.place <= $2 \
    union select d.left_at as at from events e join departures d on d.order_id = e.order_id \
        where e.place > $1 and e.place <= $2";

const SENT: &str = "select d.order_id as order_id, o.name as name, d.location_id as location_id, d.lane as lane, \
    d.left_at as left_at, o.placed_at as placed_at, \
    (select count(*) from departures x where x.order_id = d.order_id) as departures, \
    (select cast(coalesce(sum(p.cost_minor), 0) as bigint) from departures x join parcels p \
        on p.fulfillment_id = x.fulfillment_id where x.order_id = d.order_id \
        and p.state in ('handed_over', 'delivered')) as cost_minor, \
    (select cast(coalesce(sum(l.stopped_at - l.started_at), 0) as bigint) from fulfillments f join labor l \
        on l.fulfillment_id = f.id where f.order_id = d.order_id and l.stopped_at is not null) as labor_ms, \
    (select count(*) from exceptions e where e.order_id = d.order_id and e.kind = 'late_pick') as late_picks \
    from departures d join orders o on o.id = d.order_id where (d.left_at, d.order_id) > ($1, $2) and d.left_at < $3 \
    and not exists (select 1 from departures x where x.order_id = d.order_id \
        and (x.left_at, x.fulfillment_id) < (d.left_at, d.fulfillment_id)) \
    order by d.left_at, d.order_id limit $4";

const PLACED: &str = "select o.id as order_id, o.name as name, o.lane as lane, o.placed_at as placed_at, \
    (select cast(coalesce(sum(i.shipped), 0) as bigint) from order_items i where i.order_id = o.id) as shipped, \
    (select cast(coalesce(sum(i.backordered + i.cancelled), 0) as bigint) from order_items i \
        where i.order_id = o.id) as unfilled \
    from orders o where (o.placed_at, o.id) > ($1, $2) and o.placed_at < $3 \
    order by o.placed_at, o.id limit $4";

const CLEAR_DAY: &str = "delete from measure_days where day = $1";
const ADD_CELL: &str = "insert into measure_days (day, measure, location_id, lane, numerator, denominator) \
    values ($1, $2, $3, $4, $5, $6)";

const SUMS: &str = "select day, measure, cast(sum(numerator) as bigint) as numerator, \
    cast(sum(denominator) as bigint) as denominator from measure_days where day >= $1 and day < $2 \
    and ($3 = 0 or location_id = $3) and ($4 = '' or lane = $4) group by day, measure order by day, measure";

const FIRST_DAY: &str = "select day from measure_days order by day limit 1";

const FORGET: [&str; 3] = [
    "delete from measure_days",
    "delete from departures",
    "update measure_progress set place = 0, at = 0 where id = 1",
];

const BASELINE: &str = "select before_day, by_whom, at from measure_baselines order by number desc limit 1";
const CHOOSE: &str = "insert into measure_baselines (before_day, by_whom, at) values ($1, $2, $3)";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 16] = [
    PROGRESS, MOVE_ON, NEXT, DEPART, TOUCHED, SENT, PLACED, CLEAR_DAY, ADD_CELL, SUMS, FIRST_DAY, FORGET[0],
    FORGET[1], FORGET[2], BASELINE, CHOOSE,
];

/// # Errors
/// The database's.
pub async fn progress(tx: &mut Tx) -> Result<Progress, DbError> {
    let row = tx.row(PROGRESS, &[]).await?;
    let row = row.ok_or_else(|| DbError::Broken("the measures have no progress".into()))?;
    Ok(Progress { place: row.int("place")?, at_ms: row.int("at")? })
}

/// The days have everything up to `to` in them. `false`: somebody else has moved on from `from`.
///
/// # Errors
/// The database's.
pub async fn move_on(tx: &mut Tx, from: Progress, to: Progress) -> Result<bool, DbError> {
    Ok(tx.execute(MOVE_ON, &[from.place.into(), to.place.into(), to.at_ms.into()]).await? == 1)
}

/// How far the next `limit` events go; `None`: there are none.
///
/// # Errors
/// The database's.
pub async fn next(tx: &mut Tx, after: i64, limit: i64) -> Result<Option<Progress>, DbError> {
    let rows = tx.rows(NEXT, &[after.into(), limit.into()]).await?;
    rows.last().map(|row| Ok(Progress { place: row.int("place")?, at_ms: row.int("at")? })).transpose()
}

/// Writes down what left, as the events of a stretch tell it. What is written stays.
///
/// # Errors
/// The database's.
pub async fn depart(tx: &mut Tx, (after, to): (i64, i64)) -> Result<(), DbError> {
    tx.execute(DEPART, &[after.into(), to.into()]).await.map(drop)
}

/// Moments in days whose sums the events of a stretch change.
///
/// # Errors
/// The database's.
pub async fn touched(tx: &mut Tx, (after, to): (i64, i64)) -> Result<Vec<i64>, DbError> {
    tx.rows(TOUCHED, &[after.into(), to.into()]).await?.iter().map(|row| row.int("at")).collect()
}

/// Orders whose first part left before `to_ms`, by when and their id: those after the pair `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn sent(tx: &mut Tx, after: (i64, &str), to_ms: i64, limit: i64) -> Result<Vec<Sent>, DbError> {
    let values = [after.0.into(), after.1.into(), to_ms.into(), limit.into()];
    tx.rows(SENT, &values).await?.iter().map(Sent::of).collect()
}

/// Orders placed before `to_ms`, by when and their id: those after the pair `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn placed(tx: &mut Tx, after: (i64, &str), to_ms: i64, limit: i64) -> Result<Vec<Placed>, DbError> {
    let values = [after.0.into(), after.1.into(), to_ms.into(), limit.into()];
    let read = |row: &Row| {
        Ok(Placed {
            order_id: row.text("order_id")?.to_owned(),
            name: row.text("name")?.to_owned(),
            lane: row.text("lane")?.to_owned(),
            placed_at_ms: row.int("placed_at")?,
            shipped: row.int("shipped")?,
            unfilled: row.int("unfilled")?,
        })
    };
    tx.rows(PLACED, &values).await?.iter().map(read).collect()
}

/// Writes the sums of a day anew.
///
/// # Errors
/// The database's.
pub async fn set_day(tx: &mut Tx, day: i64, cells: &[Cell]) -> Result<(), DbError> {
    tx.execute(CLEAR_DAY, &[day.into()]).await?;
    for cell in cells {
        let values: [Value; 6] = [
            day.into(),
            cell.measure.as_str().into(),
            cell.location.0.into(),
            cell.lane.as_str().into(),
            cell.numerator.into(),
            cell.denominator.into(),
        ];
        tx.insert_later(ADD_CELL, &values).await?;
    }
    Ok(())
}

/// Sums by day and measure; the days from the first on and before the second.
///
/// # Errors
/// The database's.
pub async fn sums(tx: &mut Tx, (from, to): (i64, i64), slice: Slice<'_>) -> Result<Vec<DaySum>, DbError> {
    let location = slice.location.map_or(0, |key| key.0);
    let values = [from.into(), to.into(), location.into(), slice.lane.unwrap_or_default().into()];
    let read = |row: &Row| {
        Ok(DaySum {
            day: row.int("day")?,
            measure: row.text("measure")?.to_owned(),
            numerator: row.int("numerator")?,
            denominator: row.int("denominator")?,
        })
    };
    tx.rows(SUMS, &values).await?.iter().map(read).collect()
}

/// The first day that has sums; `None`: none has.
///
/// # Errors
/// The database's.
pub async fn first_day(tx: &mut Tx) -> Result<Option<i64>, DbError> {
    tx.row(FIRST_DAY, &[]).await?.map(|row| row.int("day")).transpose()
}

/// Takes away everything that is kept, so that it is worked out anew.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx) -> Result<(), DbError> {
    for sql in FORGET {
        tx.execute(sql, &[]).await?;
    }
    Ok(())
}

/// What somebody chose to compare with; `None`: nobody did.
///
/// # Errors
/// The database's.
pub async fn baseline(tx: &mut Tx) -> Result<Option<BaselineRow>, DbError> {
    let read = |row: Row| {
        Ok(BaselineRow {
            before_day: row.int("before_day")?,
            by: row.text("by_whom")?.to_owned(),
            at_ms: row.int("at")?,
        })
    };
    tx.row(BASELINE, &[]).await?.map(read).transpose()
}

/// # Errors
/// The database's.
pub async fn choose(tx: &mut Tx, row: &BaselineRow) -> Result<(), DbError> {
    tx.execute(CHOOSE, &[row.before_day.into(), row.by.as_str().into(), row.at_ms.into()]).await.map(drop)
}

impl Sent {
    fn of(row: &Row) -> Result<Sent, DbError> {
        Ok(Sent {
            order_id: row.text("order_id")?.to_owned(),
            name: row.text("name")?.to_owned(),
            location: LocationKey(row.int("location_id")?),
            lane: row.text("lane")?.to_owned(),
            left_at_ms: row.int("left_at")?,
            placed_at_ms: row.int("placed_at")?,
            departures: row.int("departures")?,
            cost_minor: row.int("cost_minor")?,
            labor_ms: row.int("labor_ms")?,
            late_picks: row.int("late_picks")?,
        })
    }
}
