//! What follows from a decision: units are promised, places get their work, dispatches fill up.

use crate::decide::order::{Deciding, Items};
use crate::find_orders::{IsSplit, given_to};
use crate::id;
use crate::refused::Refused;
use model::{Decision, Lane, LocationId, Parcel, Timestamp};
use std::collections::BTreeMap;
use store::decisions::{LoadRow, Room};
use store::fulfillments::{FulfillmentItem, FulfillmentRow};
use store::orders::Stands;
use store::places::ProductKey;
use store::stock::{Entry, Shelf};
use store::{Tx, decisions, fulfillments, order_terms, orders, stock};

/// Opening minutes that a place has to accept what it is given.
const ACCEPT_MINUTES: u32 = 60;
/// Where a place has no opening time in its calendar, this long.
const ACCEPT_MS: i64 = 60 * Timestamp::MINUTE_MS;

/// What a decision has one place do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Work {
    pub row: FulfillmentRow,
    pub items: Vec<FulfillmentItem>,
}

/// What one place is to hand over.
struct Given {
    location: LocationId,
    first: Parcel,
    parcels: i64,
    /// By line and product.
    units: BTreeMap<(i64, ProductKey), i64>,
}

/// Writes down what the decision placed, and the work that it makes.
///
/// # Errors
/// Somebody took units, or room, since they were read: told here or at the end of the transaction, which must not be kept.
pub(super) async fn commit(
    tx: &mut Tx,
    deciding: &Deciding<'_>,
    decision: &Decision,
) -> Result<Vec<Work>, Refused> {
    let mut made = Vec::new();
    for given in given(deciding, decision) {
        let row = fulfillment(deciding, &given);
        fulfillments::insert(tx, &row).await?;
        let items = commit_units(tx, deciding, (&row, &given)).await?;
        fill_dispatch(tx, deciding, &given).await?;
        made.push(Work { row, items });
    }
    let places = made.iter().map(|work| work.row.location);
    let order = (deciding.row.placed_at_ms, deciding.row.id.as_str());
    match deciding.items {
        Items::New(_) => order_terms::add(tx, order, &given_to(places, IsSplit::ByThese)).await?,
        // Others may have some of it, and the same places had some of it before.
        Items::Kept if made.is_empty() => {}
        Items::Kept => order_terms::add_missing(tx, order, &given_to(places, IsSplit::Perhaps)).await?,
    }
    Ok(made)
}

async fn fill_dispatch(tx: &mut Tx, deciding: &Deciding<'_>, given: &Given) -> Result<(), Refused> {
    let (place, dispatch) = (deciding.shop.network.location(given.location), given.first.dispatch);
    let load = LoadRow {
        location: deciding.shop.location_key(given.location),
        day: i64::from(dispatch.day.0),
        window: i64::from(dispatch.window),
        parcels: given.parcels,
    };
    let window = place.hours.windows.get(usize::from(dispatch.window));
    let most = |most: Option<u32>| most.map_or(i64::MAX, i64::from);
    let room = Room {
        in_window: most(window.and_then(|window| window.capacity_parcels)),
        in_day: most(place.capacity_parcels_per_day),
    };
    Ok(decisions::load_more(tx, &load, room).await?)
}

fn given(deciding: &Deciding<'_>, decision: &Decision) -> Vec<Given> {
    let mut all: Vec<Given> = Vec::new();
    for parcel in &decision.parcels {
        if all.last().is_none_or(|last| last.location != parcel.location) {
            let (location, first) = (parcel.location, *parcel);
            all.push(Given { location, first, parcels: 0, units: BTreeMap::new() });
        }
        let Some(given) = all.last_mut() else { continue };
        given.parcels += 1;
        for placement in decision.placements_of(parcel) {
            let key = (deciding.asked.line(placement.line), deciding.shop.product_key(placement.product));
            *given.units.entry(key).or_default() += i64::from(placement.quantity);
        }
    }
    all
}

/// Promises the units of one place.
async fn commit_units(
    tx: &mut Tx,
    deciding: &Deciding<'_>,
    (row, given): (&FulfillmentRow, &Given),
) -> Result<Vec<FulfillmentItem>, Refused> {
    let entry = Entry {
        at_ms: deciding.call.at_ms,
        actor: deciding.call.actor.id.clone(),
        reason: "order".to_owned(),
        document: row.id.clone(),
        source: None,
    };
    let mut items = Vec::with_capacity(given.units.len());
    let mut by_product: BTreeMap<ProductKey, i64> = BTreeMap::new();
    for (&(line, product), &quantity) in &given.units {
        fulfillments::add_item(tx, &row.id, (line, product), quantity).await?;
        items.push(FulfillmentItem { line, product, quantity, picked: 0, committed: quantity, shipped: 0 });
        *by_product.entry(product).or_default() += quantity;
    }
    for (product, units) in by_product {
        let shelf = Shelf { product, location: row.location };
        stock::commit(tx, shelf, units, &entry).await?;
    }
    Ok(items)
}

/// Units that the decision places, by line and product.
pub(super) fn allocated(deciding: &Deciding<'_>, decision: &Decision) -> BTreeMap<(i64, ProductKey), i64> {
    let mut units: BTreeMap<(i64, ProductKey), i64> = BTreeMap::new();
    for placement in &decision.placements {
        let key = (deciding.asked.line(placement.line), deciding.shop.product_key(placement.product));
        *units.entry(key).or_default() += i64::from(placement.quantity);
    }
    units
}

/// Moves units of the order that stand open.
pub(super) async fn move_open(
    tx: &mut Tx,
    deciding: &mut Deciding<'_>,
    (key, units): ((i64, ProductKey), i64),
    to: fn(i64) -> Stands,
) -> Result<(), Refused> {
    let by = Stands { open: -units, ..to(units) };
    let is_moved = match &mut deciding.items {
        Items::Kept => orders::move_units(tx, &deciding.row.id, key, by).await?,
        Items::New(items) => {
            let item = items.iter_mut().find(|item| (item.line, item.product) == key);
            item.is_some_and(|item| item.stands.move_by(by))
        }
    };
    if is_moved {
        return Ok(());
    }
    let order_id = &deciding.row.id;
    Err(crate::refused::broken(&format!("line {} of {order_id} has no {units} open units", key.0)))
}

fn fulfillment(deciding: &Deciding<'_>, given: &Given) -> FulfillmentRow {
    let (shop, call) = (deciding.shop, deciding.call);
    let place = shop.network.location(given.location);
    let now = Timestamp(call.at_ms);
    let accept_by = place.calendar.after_open_minutes(now, ACCEPT_MINUTES);
    let service = given.first.service.map_or("", |id| &shop.network.rates.services[usize::from(id.0)].code);
    let facts = serde_json::json!({ "ready_by_ms": ready_by(given).0 });
    FulfillmentRow {
        id: id::new("ful", call.at_ms),
        order_id: deciding.row.id.clone(),
        placed_at_ms: deciding.row.placed_at_ms,
        location: shop.location_key(given.location),
        lane: deciding.row.lane.clone(),
        state: "open".to_owned(),
        is_held: false,
        attempt: deciding.row.attempts,
        due_at_ms: accept_by.map_or(call.at_ms + ACCEPT_MS, |at| at.0),
        service: service.to_owned(),
        dispatch_day: i64::from(given.first.dispatch.day.0),
        dispatch_window: i64::from(given.first.dispatch.window),
        arrives_day: i64::from(given.first.arrives.0),
        parcels: given.parcels,
        pickup_code: pickup_code(deciding),
        facts: facts.to_string(),
        version: 1,
        created_at_ms: call.at_ms,
        changed_at_ms: call.at_ms,
    }
}

/// Until when the place must have it ready: its dispatch, or what the customer was told.
fn ready_by(given: &Given) -> Timestamp {
    given.first.ready_at.unwrap_or(given.first.dispatch.cutoff)
}

/// Six characters that are not taken for one another when read aloud.
fn pickup_code(deciding: &Deciding<'_>) -> String {
    const LETTERS: &[u8; 28] = b"ABCDEFGHJKMNPQRTUVWXY3467892";
    if deciding.asked.order.lane != Lane::Pickup {
        return String::new();
    }
    let mut random = uuid::Uuid::new_v4().as_u128();
    let mut code = String::with_capacity(6);
    for _ in 0..6 {
        code.push(char::from(LETTERS[(random % 28) as usize]));
        random /= 28;
    }
    code
}
