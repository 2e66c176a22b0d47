//! Pools: making them, what channels are not offered, and of which class a product is.

use crate::{Call, Refused, call::What};
use serde_json::json;
use std::collections::BTreeSet;
use store::Tx;
use store::db::Db;
use store::pools::{self, Buffer, Gate, Pool, SkuClass};

/// Locations and classes of one pool.
pub const MOST_MEMBERS: usize = 10_000;

/// A pool as it is asked for, by codes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewPool {
    pub code: String,
    pub name: String,
    pub unproven: Gate,
    pub locations: BTreeSet<String>,
    /// None: every class. An empty velocity: every velocity of the category.
    pub classes: BTreeSet<SkuClass>,
}

/// Makes a pool, or gives it other members.
///
/// # Errors
/// No code, an unknown location; the database's.
pub async fn save_pool(db: &Db, call: &Call, pool: NewPool) -> Result<(), Refused> {
    if pool.code.trim().is_empty() {
        return Err(Refused::invalid("/code", "a pool needs a code; write one"));
    }
    if pool.locations.len() + pool.classes.len() > MOST_MEMBERS {
        return Err(Refused::invalid("/locations", "a pool has at most 10,000 locations and classes"));
    }
    super::in_one(db, (call.clone(), pool), |tx, (call, pool)| Box::pin(save(tx, call, pool))).await
}

async fn save(tx: &mut Tx, call: &Call, pool: &NewPool) -> Result<(), Refused> {
    let mut locations = Vec::new();
    for code in &pool.locations {
        locations.push(super::location(tx, code).await?);
    }
    let rows = Pool {
        code: pool.code.trim().to_owned(),
        name: pool.name.clone(),
        unproven: pool.unproven,
        locations,
        classes: pool.classes.iter().cloned().collect(),
    };
    pools::save(tx, &rows).await?;
    let classes: Vec<_> = pool.classes.iter().map(|class| (&class.category, &class.velocity)).collect();
    let facts = json!({ "locations": pool.locations, "classes": classes, "unproven": pool.unproven.code() });
    let what = What { kind: "pool.saved", subject: &rows.code, order_id: None };
    Ok(call.tell(tx, what, &facts).await?)
}

/// What a channel is not to be offered of a pool.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewBuffer {
    pub pool: String,
    pub channel: String,
    /// `None`: it is offered everything.
    pub buffer: Option<Buffer>,
}

/// Sets what a channel is not offered.
///
/// # Errors
/// There is no such pool; a buffer below none or above all; the database's.
pub async fn set_buffer(db: &Db, call: &Call, asked: NewBuffer) -> Result<(), Refused> {
    let is_sound = match asked.buffer {
        None => true,
        Some(Buffer::Units(units)) => (0..=1_000_000_000).contains(&units),
        Some(Buffer::Percent(percent)) => (0..=100).contains(&percent),
    };
    if !is_sound {
        return Err(Refused::invalid("/buffer", "write units from 0, or a share from 0 to 100 percent"));
    }
    super::in_one(db, (call.clone(), asked), |tx, (call, asked)| {
        Box::pin(async move {
            let found = pools::find(tx, &asked.pool).await?;
            let (pool, _) = found.ok_or_else(|| Refused::not_found("pool", &asked.pool))?;
            pools::set_buffer(tx, pool, &asked.channel, asked.buffer).await?;
            let (units, percent) = match asked.buffer {
                Some(Buffer::Units(units)) => (Some(units), None),
                Some(Buffer::Percent(percent)) => (None, Some(percent)),
                None => (None, None),
            };
            let facts = json!({ "channel": asked.channel, "units": units, "percent": percent });
            let what = What { kind: "pool.buffered", subject: &asked.pool, order_id: None };
            Ok(call.tell(tx, what, &facts).await?)
        })
    })
    .await
}

/// Says of which class a product is, in a transaction of the caller: the import of the catalog.
///
/// # Errors
/// There is no such product; a velocity that is none of `A`, `B`, `C` and empty; the database's.
pub async fn classify(tx: &mut Tx, sku: &str, class: &SkuClass) -> Result<(), Refused> {
    let product = super::product(tx, sku).await?;
    Ok(pools::classify(tx, product, class).await?)
}
