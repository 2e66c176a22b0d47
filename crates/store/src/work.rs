//! How much there is to do: work, orders and exceptions, counted by place.
//!
//! Owns: the counts. Refuses to know: what a page calls them; `flow::work` says which states make which word.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::LocationKey;

/// Places over which is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Over {
    All,
    One(LocationKey),
}

/// How many there are, and the earliest moment among them.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Count {
    pub amount: i64,
    pub first_ms: Option<i64>,
}

impl Count {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Count) -> Count {
        let first_ms = [self.first_ms, other.first_ms].into_iter().flatten().min();
        Count { amount: self.amount + other.amount, first_ms }
    }
}

/// Fulfillment orders of one place in one state, by what is due first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InState {
    pub location: LocationKey,
    pub state: String,
    pub is_held: bool,
    pub due: Count,
    /// Of them: past their deadline.
    pub overdue: i64,
}

/// Fulfillment orders of one place that are being picked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picking {
    pub location: LocationKey,
    /// Every unit is in hand.
    pub is_whole: bool,
    pub due: Count,
}

/// What was heard of a channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    pub code: String,
    /// When its last order was taken.
    pub last_ms: i64,
    /// Orders taken since a moment.
    pub since: i64,
}

const IN_STATE: &str = "select location_id, state, is_held, count(*) as amount, min(due_at) as first, \
    cast(sum(case when due_at <= $3 then 1 else 0 end) as bigint) as overdue from fulfillments \
    where state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup') \
    and location_id >= $1 and location_id <= $2 group by state, location_id, is_held \
    order by state, location_id, is_held";

/// The deadline of work that is late is moved on when it is told, so that it is told again: the exception knows since when.
const TOLD_LATE: &str = "select f.location_id as location_id, count(*) as amount, min(e.opened_at) as first \
    from exceptions e join fulfillments f on f.id = e.subject \
    where e.state = 'open' and e.kind in ('late_pick', 'late_pickup') \
    and f.state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup') \
    and f.location_id >= $1 and f.location_id <= $2 and f.is_held = 0 and f.due_at > $3 \
    group by f.location_id order by f.location_id";

const PICKING: &str = "select location_id, case when exists (select 1 from fulfillment_items i \
        where i.fulfillment_id = f.id and i.committed > i.picked) then 0 else 1 end as is_whole, \
    count(*) as amount, min(due_at) as first from fulfillments f \
    where state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup') and state = 'picking' \
    and location_id >= $1 and location_id <= $2 and is_held = 0 group by 1, 2 order by 1, 2";

const EXCEPTIONS: &str = "select coalesce(location_id, 0) as location_id, count(*) as amount, min(due_at) as first \
    from exceptions where state = 'open' group by location_id order by 1";

/// With a place: orders of which it has, or had, a part.
const HELD: &str = "select count(*) as amount, min(o.placed_at) as first from orders o where o.state = 'held' \
    and ($1 = 0 or exists (select 1 from fulfillments f where f.order_id = o.id and +f.location_id = $1))";

/// From the few lines that wait to their orders: the `or` is what the index knows, and a cross join keeps the order.
const UNDECIDED: &str = "select count(*) as amount, min(w.placed_at) as first from \
    (select o.id, o.placed_at as placed_at from order_items i cross join orders o \
        where o.id = i.order_id and (i.open > 0 or i.backordered > 0) and i.open > 0 and o.state = 'open' \
        and ($1 = 0 or exists (select 1 from fulfillments f where f.order_id = o.id and +f.location_id = $1)) \
        group by o.id, o.placed_at) w";

const BACKORDERED: &str = "select count(*) as amount, min(w.placed_at) as first from \
    (select o.id, o.placed_at as placed_at from order_items i cross join orders o \
        where o.id = i.order_id and (i.open > 0 or i.backordered > 0) and i.backordered > 0 \
        and ($1 = 0 or exists (select 1 from fulfillments f where f.order_id = o.id and +f.location_id = $1)) \
        group by o.id, o.placed_at) w";

/// From one channel to the next by the index, however many orders each has.
const CHANNELS: &str = "with recursive c(code) as (select min(channel) from orders union all \
        select (select min(o.channel) from orders o where o.channel > c.code) from c where c.code is not null) \
    select c.code as code, (select max(o.taken_at) from orders o where o.channel = c.code) as last, \
        (select count(*) from orders o where o.channel = c.code and o.taken_at >= $1) as since \
    from c where c.code is not null order by c.code limit $2";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 8] =
    [IN_STATE, TOLD_LATE, PICKING, EXCEPTIONS, HELD, UNDECIDED, BACKORDERED, CHANNELS];

/// Work under way, by state, place, and whether it is held.
///
/// # Errors
/// The database's.
pub async fn in_state(tx: &mut Tx, over: Over, now_ms: i64) -> Result<Vec<InState>, DbError> {
    let read = |row: &Row| {
        Ok(InState {
            location: LocationKey(row.int("location_id")?),
            state: row.text("state")?.to_owned(),
            is_held: row.int("is_held")? == 1,
            due: count(row)?,
            overdue: row.int("overdue")?,
        })
    };
    let [from, to] = over.bounds();
    tx.rows(IN_STATE, &[from, to, now_ms.into()]).await?.iter().map(read).collect()
}

/// Work under way, not held, that was told to be late and whose deadline was moved on since: how much, and when the first
/// was told.
///
/// # Errors
/// The database's.
pub async fn told_late(tx: &mut Tx, over: Over, now_ms: i64) -> Result<Vec<(LocationKey, Count)>, DbError> {
    let [from, to] = over.bounds();
    by_place(&tx.rows(TOLD_LATE, &[from, to, now_ms.into()]).await?)
}

/// Work that is being picked, not held: with units left to pick, and with every unit in hand.
///
/// # Errors
/// The database's.
pub async fn picking(tx: &mut Tx, over: Over) -> Result<Vec<Picking>, DbError> {
    let read = |row: &Row| {
        let location = LocationKey(row.int("location_id")?);
        Ok(Picking { location, is_whole: row.int("is_whole")? == 1, due: count(row)? })
    };
    tx.rows(PICKING, &over.bounds()).await?.iter().map(read).collect()
}

/// Open exceptions by place; those of no place under the key 0.
///
/// # Errors
/// The database's.
pub async fn exceptions(tx: &mut Tx) -> Result<Vec<(LocationKey, Count)>, DbError> {
    by_place(&tx.rows(EXCEPTIONS, &[]).await?)
}

/// Orders that are held, the first by when it was placed.
///
/// # Errors
/// The database's.
pub async fn held(tx: &mut Tx, over: Over) -> Result<Count, DbError> {
    one(tx, HELD, over).await
}

/// Open orders with units that no decision has settled.
///
/// # Errors
/// The database's.
pub async fn undecided(tx: &mut Tx, over: Over) -> Result<Count, DbError> {
    one(tx, UNDECIDED, over).await
}

/// Orders with units that wait for stock.
///
/// # Errors
/// The database's.
pub async fn backordered(tx: &mut Tx, over: Over) -> Result<Count, DbError> {
    one(tx, BACKORDERED, over).await
}

/// Channels by code, with their orders since a moment; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn channels(tx: &mut Tx, since_ms: i64, limit: i64) -> Result<Vec<Channel>, DbError> {
    let read = |row: &Row| {
        Ok(Channel {
            code: row.text("code")?.to_owned(),
            last_ms: row.int("last")?,
            since: row.int("since")?,
        })
    };
    tx.rows(CHANNELS, &[since_ms.into(), limit.into()]).await?.iter().map(read).collect()
}

async fn one(tx: &mut Tx, sql: &'static str, over: Over) -> Result<Count, DbError> {
    let key = match over {
        Over::All => 0,
        Over::One(location) => location.0,
    };
    tx.row(sql, &[key.into()]).await?.as_ref().map_or(Ok(Count::default()), count)
}

fn by_place(rows: &[Row]) -> Result<Vec<(LocationKey, Count)>, DbError> {
    rows.iter().map(|row| Ok((LocationKey(row.int("location_id")?), count(row)?))).collect()
}

fn count(row: &Row) -> Result<Count, DbError> {
    Ok(Count { amount: row.int("amount")?, first_ms: row.some_int("first")? })
}

impl Over {
    fn bounds(self) -> [Value; 2] {
        match self {
            Over::All => [0.into(), i64::MAX.into()],
            Over::One(location) => [location.0.into(), location.0.into()],
        }
    }

    pub fn has(self, location: LocationKey) -> bool {
        match self {
            Over::All => true,
            Over::One(one) => one == location,
        }
    }
}
