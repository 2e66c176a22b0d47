//! The facts of one decision: what stands on the shelves that the order can ask, and how busy the places are.
//!
//! Owns: which shelves those are, and the record of what was read. Invariant: the record is enough to decide again.

use crate::order::Asked;
use crate::refused::Refused;
use crate::shelf;
use crate::shop::Shop;
use model::{Day, Load, LocationId, ProductId, Stock, StockEntry, Timestamp};
use serde::Serialize;
use std::collections::BTreeSet;
use store::places::ProductKey;
use store::promise::{self, Offered};
use store::{Tx, decisions};

/// What a decision is made from, besides the network and the rules.
pub(crate) struct Facts {
    pub(crate) stock: Stock,
    /// JSON.
    pub(super) inputs: String,
}

/// What was read of the books.
struct Read {
    entries: Vec<StockEntry>,
    /// Shelves whose books are not trusted.
    gated: Vec<(ProductId, LocationId)>,
    loads: Vec<(LocationId, Load)>,
}

#[derive(Serialize)]
struct Inputs<'a> {
    at_ms: i64,
    lines: Vec<(u32, &'a str, u32)>,
    rejected_by: Vec<&'a str>,
    /// SKU, location, units that may be promised, then every state.
    stock: Vec<(&'a str, &'a str, i32, [i32; 6])>,
    /// Shelves whose books are not trusted: all of them is kept back.
    gated: Vec<(&'a str, &'a str)>,
    /// Location, day, window, parcels of the day, parcels of the window.
    loads: Vec<(&'a str, i32, u8, u32, u32)>,
}

/// Reads what the decision needs.
pub(crate) async fn gather(
    tx: &mut Tx,
    shop: &Shop,
    asked: &Asked,
    now: Timestamp,
) -> Result<Facts, Refused> {
    let today = shop.network.settings.clock.day(now);
    let mut read = Read { entries: Vec::new(), gated: Vec::new(), loads: Vec::new() };
    let products: Vec<ProductKey> =
        products(shop, asked).into_iter().map(|id| shop.product_key(id)).collect();
    for Offered { stocked, is_gated } in
        promise::offered(tx, &products, (&asked.order.channel, now.0)).await?
    {
        let shelf = stocked.shelf;
        // What was added since the network was read is seen by the next decision.
        let ids = shop.product_id(shelf.product).zip(shop.location_id(shelf.location));
        let Some((product, location)) = ids else { continue };
        let mut entry = shelf::entry(&stocked, (product, location), today)?;
        if is_gated {
            // On the shelf, say the books; that they are not trusted keeps all of it back.
            entry.level.safety_stock = entry.level.on_hand;
            read.gated.push((product, location));
        }
        read.entries.push(entry);
    }
    read.loads = loads(tx, shop, now, today).await?;
    let inputs = inputs(shop, asked, now, &read)?;
    let mut stock = Stock::new(&shop.network, read.entries, today);
    for (location, load) in read.loads {
        stock.set_load(location, load);
    }
    Ok(Facts { stock, inputs })
}

/// The products asked for, what they are made of, and what may replace them.
fn products(shop: &Shop, asked: &Asked) -> BTreeSet<ProductId> {
    let mut found = BTreeSet::new();
    let mut add = |id: ProductId| {
        found.insert(id);
        found.extend(shop.network.product(id).components.iter().map(|part| part.product));
    };
    for line in &asked.order.lines {
        add(line.product);
        for &substitute in &shop.network.product(line.product).substitutes {
            add(substitute);
        }
    }
    found
}

/// How busy each place is in the dispatch that an order decided now would make.
async fn loads(
    tx: &mut Tx,
    shop: &Shop,
    now: Timestamp,
    today: Day,
) -> Result<Vec<(LocationId, Load)>, Refused> {
    // A place may be a day behind the shop's clock.
    let rows = decisions::loads(tx, i64::from(today.0) - 1).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut loads = Vec::new();
    for id in shop.network.location_ids() {
        let place = shop.network.location(id);
        let Some((dispatch, _)) = place.calendar.dispatch_after(now, place.handling_days) else { continue };
        let key = shop.location_key(id);
        let of_day = rows.iter().filter(|row| row.location == key && row.day == i64::from(dispatch.day.0));
        let mut load = Load { day: dispatch.day, window: dispatch.window, ..Load::default() };
        for row in of_day {
            let parcels = u32::try_from(row.parcels).unwrap_or(u32::MAX);
            load.day_parcels = load.day_parcels.saturating_add(parcels);
            if row.window == i64::from(dispatch.window) {
                load.window_parcels = parcels;
            }
        }
        if load.day_parcels > 0 {
            loads.push((id, load));
        }
    }
    Ok(loads)
}

fn inputs(
    shop: &Shop,
    asked: &Asked,
    now: Timestamp,
    Read { entries, gated, loads }: &Read,
) -> Result<String, Refused> {
    let network = &shop.network;
    let code = |id: LocationId| network.location(id).code.as_str();
    let sku = |id: ProductId| network.product(id).sku.as_str();
    let stock = |entry: &StockEntry| {
        let level = &entry.level;
        let states = [
            level.on_hand,
            level.committed,
            level.safety_stock,
            level.damaged,
            level.quality_control,
            level.showroom,
        ];
        (sku(entry.product), code(entry.location), level.available(), states)
    };
    let inputs = Inputs {
        at_ms: now.0,
        lines: asked.order.lines.iter().map(|line| (line.number, sku(line.product), line.quantity)).collect(),
        rejected_by: asked.order.rejected_by.iter().map(|&id| code(id)).collect(),
        stock: entries.iter().map(stock).collect(),
        gated: gated.iter().map(|(product, location)| (sku(*product), code(*location))).collect(),
        loads: loads
            .iter()
            .map(|(id, load)| (code(*id), load.day.0, load.window, load.day_parcels, load.window_parcels))
            .collect(),
    };
    serde_json::to_string(&inputs).map_err(|error| crate::refused::broken(&error))
}
