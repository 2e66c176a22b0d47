//! Which shelves of a pool serve a cart.
//!
//! Owns: the choice, and committing it. Refuses to know: why units are wanted. What is looked up is only a plan: the door
//! of the stock says whether the units are there, and when somebody was faster the rest is looked up again.

use super::promised::promised;
use crate::Call;
use std::collections::BTreeMap;
use store::Tx;
use store::db::DbError;
use store::holds::{self, Hold};
use store::places::{LocationKey, ProductKey};
use store::pools::Buffer;
use store::promise::{self, Asked, PoolShelf};
use store::stock::{self, Moved, Movement, Shelf};

/// Looks at the shelves while others take units from them at the same time.
const MOST_LOOKS: usize = 8;

/// Units of one product that a cart wants.
pub(super) struct Wanted {
    pub(super) sku: String,
    /// At the locations that were chosen.
    pub(super) fixed: BTreeMap<LocationKey, i64>,
    pub(super) anywhere: i64,
}

impl Wanted {
    pub(super) fn units(&self) -> i64 {
        self.fixed.values().sum::<i64>() + self.anywhere
    }
}

/// One product that a hold takes, and what is kept back of it.
pub(super) struct Taking {
    pub(super) product: ProductKey,
    pub(super) wanted: Wanted,
    pub(super) buffer: Buffer,
    /// Units that orders want and nobody has routed yet.
    pub(super) not_routed: i64,
}

/// Commits the units of one product. The inner error is what is left, when that is too few.
///
/// # Errors
/// Others are faster each time; the database's.
pub(super) async fn commit(
    tx: &mut Tx,
    call: &Call,
    hold: &Hold,
    mut taking: Taking,
) -> Result<Result<(), i64>, DbError> {
    let asked = Asked { pool: hold.pool, channel: &hold.channel, at_ms: call.at_ms };
    let mut taken = 0;
    for _ in 0..MOST_LOOKS {
        let shelves = promise::shelves(tx, asked, taking.product).await?;
        let plan = match allocate(&shelves, &taking) {
            Ok(plan) => plan,
            Err(left) => return Ok(Err(taken + left)),
        };
        for (location, units, is_fixed) in plan {
            let shelf = Shelf { product: taking.product, location };
            let entry = super::entry(call, "kept for a cart", &hold.id);
            if stock::change(tx, shelf, Movement::Commit { units }, &entry).await? != Moved::Done {
                // Somebody else took them since the look: look again for the rest.
                break;
            }
            holds::add_units(tx, &hold.id, shelf, units).await?;
            taken += units;
            match is_fixed {
                true => drop(taking.wanted.fixed.remove(&location)),
                false => taking.wanted.anywhere -= units,
            }
        }
        if taking.wanted.units() == 0 {
            return Ok(Ok(()));
        }
    }
    Err(DbError::Conflict)
}

/// Where to take units: chosen locations first, then those with most available, then by code. In the order of
/// locations, so that carts do not wait for each other in a circle. The error is what is left.
fn allocate(shelves: &[PoolShelf], taking: &Taking) -> Result<Vec<(LocationKey, i64, bool)>, i64> {
    let wanted = &taking.wanted;
    let available = shelves.iter().map(PoolShelf::available).sum();
    let left = promised(available, taking.buffer, taking.not_routed);
    let mut free: Vec<(i64, &str, LocationKey)> =
        shelves.iter().map(|shelf| (shelf.available(), shelf.code.as_str(), shelf.location)).collect();
    let mut plan = Vec::new();
    for (&location, &units) in &wanted.fixed {
        let shelf = free.iter_mut().find(|(_, _, there)| *there == location);
        let there = shelf.as_ref().map_or(0, |(there, _, _)| *there);
        if there < units {
            return Err(left.min(there));
        }
        if let Some(shelf) = shelf {
            shelf.0 -= units;
        }
        plan.push((location, units, true));
    }
    if wanted.units() > left {
        return Err(left);
    }
    free.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let mut rest = wanted.anywhere;
    for (there, _, location) in free {
        let units = rest.min(there);
        if units > 0 {
            plan.push((location, units, false));
            rest -= units;
        }
    }
    plan.sort_unstable();
    Ok(plan)
}
