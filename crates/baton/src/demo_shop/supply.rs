//! What suppliers bring to the demo's places.
//!
//! Owns: a delivery from its announcement to the shelves, and that orders which wait for it are decided. Refuses to
//! know: what is brought when.

use super::mark;
use flow::backorders::release_backorders;
use flow::baton::Baton;
use flow::inventory::arrival::{Came, NewArrival, Receiving, UnitsOf, Whence, announce, receive};
use flow::{Call, Refused};

/// Units of SKUs for one place.
#[derive(Clone, Debug)]
pub(super) struct Delivery {
    pub(super) to: String,
    pub(super) units: Vec<(String, i64)>,
}

/// Takes a delivery in, and decides again what waited for it.
pub(super) async fn take_in(baton: &Baton, delivery: Delivery, at_ms: i64) -> Result<(), Refused> {
    let call = mark::call(at_ms);
    receive_all(baton, &call, &delivery).await?;
    let shop = baton.shop(at_ms).await?;
    for (sku, _) in &delivery.units {
        let Some(product) = shop.network.product_by_sku(sku) else { continue };
        release_backorders(baton, &call, shop.product_key(product)).await?;
    }
    Ok(())
}

async fn receive_all(baton: &Baton, call: &Call, delivery: &Delivery) -> Result<(), Refused> {
    let lines = delivery.units.iter().map(|(sku, units)| UnitsOf { sku: sku.clone(), units: *units });
    let new = NewArrival {
        from: Whence::Supplier("Demo supplier".to_owned()),
        to: delivery.to.clone(),
        lines: lines.collect(),
        due_at_ms: Some(call.at_ms),
        reason: "weekly delivery".to_owned(),
    };
    let arrival = announce(&baton.db, call, new).await?;
    let came = delivery.units.iter().map(|(sku, units)| Came { sku: sku.clone(), units: *units, damaged: 0 });
    let piece = Receiving { arrival, client_id: "all".to_owned(), lines: came.collect() };
    receive(&baton.db, call, piece).await?;
    Ok(())
}
