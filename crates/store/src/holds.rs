//! Holds: units kept for carts.
//!
//! Owns: their rows, and that a hold ends once, whoever tries. Refuses to know: which shelves to take, and the stock
//! itself: whoever ends a hold releases its units in the same transaction.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};
use crate::pools::PoolKey;
use crate::stock::Shelf;

const OPEN: &str = "insert into holds (id, cart, pool_id, channel, state, at, expires_at) \
    values ($1, $2, $3, $4, 'open', $5, $6) on conflict do nothing";
const HOLD: &str = "select id, cart, pool_id, channel, state, at, expires_at, ended_at, order_id from holds \
    where id = $1";
const OF_CART: &str = "select id, cart, pool_id, channel, state, at, expires_at, ended_at, order_id from holds \
    where cart = $1 and state = 'open'";
const END: &str =
    "update holds set state = $2, ended_at = $3, order_id = $4 where id = $1 and state = 'open'";
const DUE: &str =
    "select id from holds where state = 'open' and expires_at <= $1 order by expires_at, id limit $2";
const ADD_UNITS: &str = "insert into hold_units (hold_id, product_id, location_id, units) values ($1, $2, $3, $4) \
    on conflict (hold_id, product_id, location_id) do update set units = hold_units.units + excluded.units";
const UNITS: &str = "select product_id, location_id, units from hold_units where hold_id = $1 \
    order by product_id, location_id";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 7] = [OPEN, HOLD, OF_CART, END, DUE, ADD_UNITS, UNITS];

/// How a hold stands. Codes are permanent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HoldState {
    Open,
    /// Its order took the units over.
    Confirmed {
        order_id: String,
        at_ms: i64,
    },
    Released {
        at_ms: i64,
    },
    Expired {
        at_ms: i64,
    },
}

impl HoldState {
    pub fn code(&self) -> &'static str {
        match self {
            HoldState::Open => "open",
            HoldState::Confirmed { .. } => "confirmed",
            HoldState::Released { .. } => "released",
            HoldState::Expired { .. } => "expired",
        }
    }

    fn of(row: &Row) -> Result<HoldState, DbError> {
        let at_ms = row.some_int("ended_at")?.unwrap_or(0);
        Ok(match row.text("state")? {
            "open" => HoldState::Open,
            "confirmed" => HoldState::Confirmed { order_id: row.text("order_id")?.to_owned(), at_ms },
            "released" => HoldState::Released { at_ms },
            "expired" => HoldState::Expired { at_ms },
            other => return Err(DbError::Broken(format!("no hold is {other}"))),
        })
    }
}

/// Units kept for a cart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hold {
    pub id: String,
    pub cart: String,
    pub pool: PoolKey,
    pub channel: String,
    pub state: HoldState,
    pub at_ms: i64,
    pub expires_at_ms: i64,
}

impl Hold {
    fn of(row: &Row) -> Result<Hold, DbError> {
        Ok(Hold {
            id: row.text("id")?.to_owned(),
            cart: row.text("cart")?.to_owned(),
            pool: PoolKey(row.int("pool_id")?),
            channel: row.text("channel")?.to_owned(),
            state: HoldState::of(row)?,
            at_ms: row.int("at")?,
            expires_at_ms: row.int("expires_at")?,
        })
    }
}

/// Opens a hold; `false`: its cart has one already.
///
/// # Errors
/// The database's.
pub async fn open(tx: &mut Tx, hold: &Hold) -> Result<bool, DbError> {
    let values: [Value; 6] = [
        hold.id.as_str().into(),
        hold.cart.as_str().into(),
        hold.pool.0.into(),
        hold.channel.as_str().into(),
        hold.at_ms.into(),
        hold.expires_at_ms.into(),
    ];
    Ok(tx.execute(OPEN, &values).await? == 1)
}

/// # Errors
/// The database's.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Hold>, DbError> {
    tx.row(HOLD, &[id.into()]).await?.as_ref().map(Hold::of).transpose()
}

/// The open hold of a cart.
///
/// # Errors
/// The database's.
pub async fn of_cart(tx: &mut Tx, cart: &str) -> Result<Option<Hold>, DbError> {
    tx.row(OF_CART, &[cart.into()]).await?.as_ref().map(Hold::of).transpose()
}

/// Ends an open hold. `false`: it has ended before, or there is none; then its units are not the caller's to release.
///
/// # Errors
/// `end` is open; the database's.
pub async fn end(tx: &mut Tx, id: &str, end: &HoldState) -> Result<bool, DbError> {
    let (at_ms, order_id) = match end {
        HoldState::Open => return Err(DbError::Refused("a hold does not end open".into())),
        HoldState::Confirmed { order_id, at_ms } => (*at_ms, Some(order_id.as_str())),
        HoldState::Released { at_ms } | HoldState::Expired { at_ms } => (*at_ms, None),
    };
    Ok(tx.execute(END, &[id.into(), end.code().into(), at_ms.into(), order_id.into()]).await? == 1)
}

/// Open holds whose time is over, the oldest first.
///
/// # Errors
/// The database's.
pub async fn due(tx: &mut Tx, now_ms: i64, limit: i64) -> Result<Vec<String>, DbError> {
    let rows = tx.rows(DUE, &[now_ms.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok(row.text("id")?.to_owned())).collect()
}

/// Notes that units of a shelf are committed for a hold.
///
/// # Errors
/// The database's.
pub async fn add_units(tx: &mut Tx, hold_id: &str, shelf: Shelf, units: i64) -> Result<(), DbError> {
    let [product, location] = shelf.values();
    tx.execute(ADD_UNITS, &[hold_id.into(), product, location, units.into()]).await.map(drop)
}

/// The units of a hold by shelf: where they are, or were.
///
/// # Errors
/// The database's.
pub async fn units(tx: &mut Tx, hold_id: &str) -> Result<Vec<(Shelf, i64)>, DbError> {
    let rows = tx.rows(UNITS, &[hold_id.into()]).await?;
    let read = rows.iter().map(|row| {
        let product = ProductKey(row.int("product_id")?);
        Ok((Shelf { product, location: LocationKey(row.int("location_id")?) }, row.int("units")?))
    });
    read.collect()
}
