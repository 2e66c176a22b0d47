//! What can be promised, and why it is so much.
//!
//! Owns: available to promise (ATP) of a pool on a channel, for a page of SKUs at once and, row by row, for one. Both
//! rest on `store::promise` and on [`promised`]: a hold uses the same, so that what is shown can be had.

use super::promised::promised;
use crate::Refused;
use store::Tx;
use store::db::Db;
use store::pools::{self, Buffer, Gate, PoolKey};
use store::promise::{self, Asked, MOST_PRODUCTS, PoolShelf};

/// Which pool, for which channel, when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scope {
    /// Code of the pool.
    pub pool: String,
    pub channel: String,
    pub at_ms: i64,
}

/// A SKU and what may be promised of it. `None`: there is no such SKU.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Available {
    pub sku: String,
    pub units: Option<i64>,
}

/// A number, explained: the rows add up to `available`; less `kept` and `not_routed` that is `promised`, or none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    pub promised: i64,
    pub available: i64,
    pub buffer: Buffer,
    /// Units that the buffer keeps back.
    pub kept: i64,
    pub not_routed: i64,
    pub rows: Vec<WhyRow>,
}

/// What one location adds, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WhyRow {
    pub shelf: PoolShelf,
    /// What it adds to the number.
    pub adds: i64,
    pub reason: Adds,
    /// How old the newest word about the shelf is: of a feed or a count.
    pub age_ms: Option<i64>,
}

/// Why a location adds what it does. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Adds {
    /// All that is available there.
    All,
    /// It has none to give: all is promised, kept back or not for sale.
    NothingLeft,
    /// Its books are not trusted for this class.
    GateClosed,
    /// The pool does not take this class.
    NotInPool,
    /// It does not stock the product.
    NotStocked,
}

impl Adds {
    pub fn code(self) -> &'static str {
        match self {
            Adds::All => "all",
            Adds::NothingLeft => "nothing_left",
            Adds::GateClosed => "gate_closed",
            Adds::NotInPool => "not_in_pool",
            Adds::NotStocked => "not_stocked",
        }
    }

    fn of(shelf: &PoolShelf) -> Adds {
        match shelf.units {
            None => Adds::NotStocked,
            Some(_) if !shelf.is_in_class => Adds::NotInPool,
            Some(_) if shelf.gate == Gate::Closed => Adds::GateClosed,
            Some(units) if units.available() <= 0 => Adds::NothingLeft,
            Some(_) => Adds::All,
        }
    }
}

/// What may be promised of up to 250 SKUs, in the order asked.
///
/// # Errors
/// There is no such pool; more SKUs; the database's.
pub async fn available(db: &Db, scope: Scope, skus: Vec<String>) -> Result<Vec<Available>, Refused> {
    if skus.len() > MOST_PRODUCTS {
        return Err(Refused::invalid("/skus", format!("ask for at most {MOST_PRODUCTS} SKUs at once")));
    }
    db.read(move |tx| {
        let (scope, skus) = (scope.clone(), skus.clone());
        Box::pin(async move { look(tx, &scope, &skus).await })
    })
    .await
}

/// [`available`], in a transaction of the caller.
pub(super) async fn look(tx: &mut Tx, scope: &Scope, skus: &[String]) -> Result<Vec<Available>, Refused> {
    let pool = pool(tx, scope).await?;
    let buffer = pools::buffer(tx, pool, &scope.channel).await?;
    let trimmed: Vec<&str> = skus.iter().map(|sku| sku.trim()).collect();
    let sums = promise::available(tx, asked(scope, pool), &trimmed).await?;
    let answers = skus.iter().zip(sums).map(|(sku, sum)| Available {
        sku: sku.clone(),
        units: sum.map(|sum| promised(sum.available, buffer, sum.not_routed)),
    });
    Ok(answers.collect())
}

/// Why so much of a SKU may be promised.
///
/// # Errors
/// There is no such pool or SKU; the database's.
pub async fn why_available(db: &Db, scope: Scope, sku: String) -> Result<Why, Refused> {
    db.read(move |tx| {
        let (scope, sku) = (scope.clone(), sku.clone());
        Box::pin(async move { explain(tx, &scope, &sku).await })
    })
    .await
}

async fn explain(tx: &mut Tx, scope: &Scope, sku: &str) -> Result<Why, Refused> {
    let pool = pool(tx, scope).await?;
    let product = super::product(tx, sku).await?;
    let buffer = pools::buffer(tx, pool, &scope.channel).await?;
    let shelves = promise::shelves(tx, asked(scope, pool), product).await?;
    let rows: Vec<WhyRow> = shelves
        .into_iter()
        .map(|shelf| WhyRow {
            adds: shelf.available(),
            reason: Adds::of(&shelf),
            age_ms: shelf.counted_as_of_ms.max(shelf.feed_as_of_ms).map(|at| (scope.at_ms - at).max(0)),
            shelf,
        })
        .collect();
    let not_routed = promise::not_routed(tx, product).await?;
    let available = rows.iter().map(|row| row.adds).sum();
    Ok(Why {
        promised: promised(available, buffer, not_routed),
        available,
        buffer,
        kept: buffer.of(available),
        not_routed,
        rows,
    })
}

async fn pool(tx: &mut Tx, scope: &Scope) -> Result<PoolKey, Refused> {
    let found = pools::find(tx, &scope.pool).await?;
    found.map(|(key, _)| key).ok_or_else(|| Refused::not_found("pool", &scope.pool))
}

fn asked(scope: &Scope, pool: PoolKey) -> Asked<'_> {
    Asked { pool, channel: &scope.channel, at_ms: scope.at_ms }
}
