//! Pools, what channels are not offered of them, and the classes of products.
//!
//! Owns: their rows. Refuses to know: what is available; see [`crate::promise`].

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};

const SAVE: &str = "insert into pools (code, name, unproven) values ($1, $2, $3) \
    on conflict (code) do update set name = excluded.name, unproven = excluded.unproven returning id";
const POOL: &str = "select id, code, name, unproven from pools where code = $1";
const ALL: &str = "select id, code, name, unproven from pools where code > $1 order by code limit $2";
const NO_LOCATIONS: &str = "delete from pool_locations where pool_id = $1";
const ADD_LOCATION: &str = "insert into pool_locations (pool_id, location_id) values ($1, $2)";
const LOCATIONS: &str = "select location_id from pool_locations where pool_id = $1 order by location_id";
const NO_CLASSES: &str = "delete from pool_classes where pool_id = $1";
const ADD_CLASS: &str = "insert into pool_classes (pool_id, category, velocity) values ($1, $2, $3)";
const CLASSES: &str =
    "select category, velocity from pool_classes where pool_id = $1 order by category, velocity";
const SET_BUFFER: &str = "insert into channel_buffers (pool_id, channel, kind, amount) values ($1, $2, $3, $4) \
    on conflict (pool_id, channel) do update set kind = excluded.kind, amount = excluded.amount";
const NO_BUFFER: &str = "delete from channel_buffers where pool_id = $1 and channel = $2";
const BUFFER: &str = "select kind, amount from channel_buffers where pool_id = $1 and channel = $2";
const BUFFERS: &str = "select channel, kind, amount from channel_buffers where pool_id = $1 and channel > $2 \
    order by channel limit $3";
const CLASSIFY: &str = "insert into product_classes (product_id, category, velocity) values ($1, $2, $3) \
    on conflict (product_id) do update set category = excluded.category, velocity = excluded.velocity";
const CLASS: &str = "select category, velocity from product_classes where product_id = $1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 15] = [
    SAVE,
    BUFFERS,
    POOL,
    ALL,
    NO_LOCATIONS,
    ADD_LOCATION,
    LOCATIONS,
    NO_CLASSES,
    ADD_CLASS,
    CLASSES,
    SET_BUFFER,
    NO_BUFFER,
    BUFFER,
    CLASSIFY,
    CLASS,
];

/// Row number of a pool. Stays the same when its code changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PoolKey(pub i64);

/// The class of a product: the retailer's category, and `A`, `B` or `C` by velocity. Empty: not known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct SkuClass {
    pub category: String,
    pub velocity: String,
}

impl SkuClass {
    pub(crate) fn of(row: &Row) -> Result<SkuClass, DbError> {
        Ok(SkuClass {
            category: row.text("category")?.to_owned(),
            velocity: row.text("velocity")?.to_owned(),
        })
    }
}

/// Whether books are trusted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gate {
    Open,
    Closed,
}

impl Gate {
    pub fn code(self) -> &'static str {
        match self {
            Gate::Open => "open",
            Gate::Closed => "closed",
        }
    }

    /// # Errors
    /// There is no such code.
    pub fn from_code(code: &str) -> Result<Gate, DbError> {
        match code {
            "open" => Ok(Gate::Open),
            "closed" => Ok(Gate::Closed),
            other => Err(DbError::Broken(format!("no gate is {other}"))),
        }
    }
}

/// A set of locations and classes whose units are promised together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pool {
    pub code: String,
    pub name: String,
    /// How a shelf counts of which no gate has decided yet.
    pub unproven: Gate,
    pub locations: Vec<LocationKey>,
    /// None: every class. An empty velocity: every velocity of the category.
    pub classes: Vec<SkuClass>,
}

/// What a channel is not offered of each product.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Buffer {
    Units(i64),
    /// Of what is available, rounded up; at most 100.
    Percent(i64),
}

impl Buffer {
    fn read(row: &Row) -> Result<Buffer, DbError> {
        let amount = row.int("amount")?;
        Ok(if row.text("kind")? == "percent" { Buffer::Percent(amount) } else { Buffer::Units(amount) })
    }

    /// Units kept back of so many.
    pub fn of(self, available: i64) -> i64 {
        match self {
            Buffer::Units(units) => units,
            Buffer::Percent(percent) => (available * percent + 99) / 100,
        }
    }
}

/// Makes a pool, or makes it anew. Its locations and classes must differ from each other.
///
/// # Errors
/// The same location or class twice; the database's.
pub async fn save(tx: &mut Tx, pool: &Pool) -> Result<PoolKey, DbError> {
    let values: [Value; 3] =
        [pool.code.as_str().into(), pool.name.as_str().into(), pool.unproven.code().into()];
    let row = tx.row(SAVE, &values).await?;
    let id = row.ok_or_else(|| DbError::Broken("a pool gave no row back".into()))?.int("id")?;
    tx.execute(NO_LOCATIONS, &[id.into()]).await?;
    for location in &pool.locations {
        tx.execute(ADD_LOCATION, &[id.into(), location.0.into()]).await?;
    }
    tx.execute(NO_CLASSES, &[id.into()]).await?;
    for class in &pool.classes {
        let values = [id.into(), class.category.as_str().into(), class.velocity.as_str().into()];
        tx.execute(ADD_CLASS, &values).await?;
    }
    Ok(PoolKey(id))
}

/// # Errors
/// The database's.
pub async fn find(tx: &mut Tx, code: &str) -> Result<Option<(PoolKey, Pool)>, DbError> {
    match tx.row(POOL, &[code.into()]).await? {
        Some(row) => read(tx, &row).await.map(Some),
        None => Ok(None),
    }
}

/// Pools whose codes come after `after`, by code, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn list(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<(PoolKey, Pool)>, DbError> {
    let mut pools = Vec::new();
    for row in tx.rows(ALL, &[after.into(), limit.into()]).await? {
        pools.push(read(tx, &row).await?);
    }
    Ok(pools)
}

async fn read(tx: &mut Tx, row: &Row) -> Result<(PoolKey, Pool), DbError> {
    let id = row.int("id")?;
    let locations = tx.rows(LOCATIONS, &[id.into()]).await?;
    let locations = locations.iter().map(|row| row.int("location_id").map(LocationKey));
    let pool = Pool {
        code: row.text("code")?.to_owned(),
        name: row.text("name")?.to_owned(),
        unproven: Gate::from_code(row.text("unproven")?)?,
        locations: locations.collect::<Result<_, _>>()?,
        classes: tx.rows(CLASSES, &[id.into()]).await?.iter().map(SkuClass::of).collect::<Result<_, _>>()?,
    };
    Ok((PoolKey(id), pool))
}

/// Sets, or with `None` takes away, what a channel is not offered of a pool.
///
/// # Errors
/// More than a hundred hundredths, fewer than no units; the database's.
pub async fn set_buffer(
    tx: &mut Tx,
    pool: PoolKey,
    channel: &str,
    buffer: Option<Buffer>,
) -> Result<(), DbError> {
    let (kind, amount) = match buffer {
        Some(Buffer::Units(units)) => ("units", units),
        Some(Buffer::Percent(percent)) => ("percent", percent),
        None => return tx.execute(NO_BUFFER, &[pool.0.into(), channel.into()]).await.map(drop),
    };
    tx.execute(SET_BUFFER, &[pool.0.into(), channel.into(), kind.into(), amount.into()]).await.map(drop)
}

/// What a channel is not offered; nothing is kept back where nothing is set.
///
/// # Errors
/// The database's.
pub async fn buffer(tx: &mut Tx, pool: PoolKey, channel: &str) -> Result<Buffer, DbError> {
    let Some(row) = tx.row(BUFFER, &[pool.0.into(), channel.into()]).await? else {
        return Ok(Buffer::Units(0));
    };
    Buffer::read(&row)
}

/// What channels are not offered of a pool, by channel after `after`, at most `limit`. An empty channel is none in
/// particular, and has no buffer.
///
/// # Errors
/// The database's.
pub async fn buffers(
    tx: &mut Tx,
    pool: PoolKey,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, Buffer)>, DbError> {
    let read = |row: &Row| Ok((row.text("channel")?.to_owned(), Buffer::read(row)?));
    tx.rows(BUFFERS, &[pool.0.into(), after.into(), limit.into()]).await?.iter().map(read).collect()
}

/// Says of which class a product is.
///
/// # Errors
/// A velocity that is none of `A`, `B`, `C` and empty; the database's.
pub async fn classify(tx: &mut Tx, product: ProductKey, class: &SkuClass) -> Result<(), DbError> {
    let values = [product.0.into(), class.category.as_str().into(), class.velocity.as_str().into()];
    tx.execute(CLASSIFY, &values).await.map(drop)
}

/// The class of a product; empty where nobody has said.
///
/// # Errors
/// The database's.
pub async fn class(tx: &mut Tx, product: ProductKey) -> Result<SkuClass, DbError> {
    let row = tx.row(CLASS, &[product.0.into()]).await?;
    row.as_ref().map_or_else(|| Ok(SkuClass::default()), SkuClass::of)
}
