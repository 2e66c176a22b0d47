//! Stock: what there is, what may be promised of it, and the work that keeps its numbers right.
//!
//! Owns: the verbs on stock. Every change goes through `store::stock`; every one has who did it, why and by which
//! document. Refuses to know: orders, but for the id that takes a hold over.

mod allocation;
pub mod arrival;
pub mod available;
pub mod correct;
pub mod count;
pub mod expire;
pub mod feed;
pub mod gate;
pub mod hold;
pub mod interval;
pub mod overview;
pub mod pool;
pub mod promised;
pub mod review;
pub mod short;
pub mod suitability;
mod timers;

pub use timers::timers;

use crate::{Call, Refused};
use std::sync::Arc;
use store::db::{Db, Pending, Tx};
use store::places::{self, LocationKey, ProductKey};
use store::stock::{Entry, Shelf};

/// Does one verb in one transaction. The work may run again when the database lost a race, so what is asked is shared.
pub(crate) async fn in_one<A, T>(
    db: &Db,
    asked: A,
    verb: impl for<'t> Fn(&'t mut Tx, &'t A) -> Pending<'t, Result<T, Refused>> + Copy + Send + Sync + 'static,
) -> Result<T, Refused>
where
    A: Send + Sync + 'static,
    T: Send + 'static,
{
    let asked = Arc::new(asked);
    db.write(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move { verb(tx, &asked).await })
    })
    .await
}

/// The product of a SKU, compared exactly after trimming.
async fn product(tx: &mut Tx, sku: &str) -> Result<ProductKey, Refused> {
    places::product(tx, sku.trim()).await?.ok_or_else(|| Refused::not_found("product", sku))
}

/// The location of a code.
async fn location(tx: &mut Tx, code: &str) -> Result<LocationKey, Refused> {
    places::location(tx, code.trim()).await?.ok_or_else(|| Refused::not_found("location", code))
}

/// A SKU at a location, as people name it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct At {
    pub sku: String,
    pub location: String,
}

impl At {
    /// What events call it.
    pub(crate) fn subject(&self) -> String {
        format!("{}@{}", self.sku.trim(), self.location.trim())
    }

    async fn shelf(&self, tx: &mut Tx) -> Result<Shelf, Refused> {
        Ok(Shelf { product: product(tx, &self.sku).await?, location: location(tx, &self.location).await? })
    }
}

/// An entry of the ledger for a call.
pub(crate) fn entry(call: &Call, reason: &str, document: &str) -> Entry {
    Entry {
        at_ms: call.at_ms,
        actor: call.actor.id.clone(),
        reason: reason.to_owned(),
        document: document.to_owned(),
        source: None,
    }
}
