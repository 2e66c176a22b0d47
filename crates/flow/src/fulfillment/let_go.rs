//! A place lets units go: the promise there ends, and the order's units are open again.

use super::look_again;
use super::task::Task;
use crate::backorders;
use crate::decide::{Asking, decide_in};
use crate::exception::{self, About, Kind};
use crate::hold_order::PICKUP_CHOICE;
use crate::inventory::count::{self, NewCount};
use crate::order_state;
use crate::refused::{Refused, broken};
use crate::verb::Scene;
use serde_json::json;
use store::counts::{self, CountKind, View};
use store::decisions::LoadRow;
use store::fulfillments::{FulfillmentItem, ItemChange};
use store::orders::Stands;
use store::stock::{Entry, Movement, units};
use store::{Tx, decisions, fulfillments, orders};

/// Ends the promise of some units of an item; they are open for other places.
pub(super) async fn release(
    tx: &mut Tx,
    scene: &Scene,
    (task, item, amount): (&Task, &FulfillmentItem, i64),
    reason: &str,
) -> Result<(), Refused> {
    let key = (item.line, item.product);
    let entry = task.entry(scene, reason);
    task.stock(tx, (item.product, Movement::Release { units: amount }), &entry).await?;
    // What was picked and is let go is not in hand any more.
    let picked = -(item.picked - (item.committed - amount)).max(0);
    let by = ItemChange { committed: -amount, picked, ..ItemChange::default() };
    let to = Stands { allocated: -amount, open: amount, ..Stands::default() };
    let is_done = fulfillments::change_item(tx, &task.row.id, key, by).await?
        && orders::move_units(tx, &task.order.id, key, to).await?;
    if !is_done {
        return Err(broken(&format!("line {} of {} has no {amount} units to let go", key.0, task.row.id)));
    }
    Ok(backorders::wake(tx, &scene.call, item.product).await?)
}

/// Ends the promise of everything that the task still has, and frees its room in the dispatch.
pub(crate) async fn release_all(
    tx: &mut Tx,
    scene: &Scene,
    task: &Task,
    reason: &str,
) -> Result<(), Refused> {
    release_some(tx, scene, task, reason).await?;
    free_room(tx, task).await
}

/// Ends the promise of the items that the caller has left in the task; the place goes on with the others.
pub(crate) async fn release_some(
    tx: &mut Tx,
    scene: &Scene,
    task: &Task,
    reason: &str,
) -> Result<(), Refused> {
    for item in task.items.iter().filter(|item| item.committed > 0) {
        release(tx, scene, (task, item, item.committed), reason).await?;
    }
    Ok(())
}

pub(super) async fn free_room(tx: &mut Tx, task: &Task) -> Result<(), Refused> {
    let load = LoadRow {
        location: task.row.location,
        day: task.row.dispatch_day,
        window: task.row.dispatch_window,
        parcels: task.row.parcels,
    };
    Ok(decisions::load_less(tx, &load).await?)
}

/// Units that were not found: whatever the books still offer of that shelf is taken off sale until somebody counts it, and
/// the other tasks that count on it are looked at again.
pub(super) async fn suppress(
    tx: &mut Tx,
    scene: &Scene,
    (task, item): (&Task, &FulfillmentItem),
) -> Result<(), Refused> {
    let there = units(tx, task.shelf(item.product)).await?.unwrap_or_default();
    let doubtful = put_in_doubt(tx, scene, (task, item)).await?;
    if there.committed > 0 {
        look_again::ask(tx, scene, (task, item.product)).await?;
    }
    let (sku, place) = (scene.shop.sku(item.product), scene.shop.code(task.row.location));
    let about = About {
        subject: shelf_subject(place, sku),
        order_id: Some(task.order.id.clone()),
        location: Some(task.row.location),
        facts: json!({ "sku": sku, "location": place, "off_sale": doubtful, "books_say": there.on_hand }),
    };
    exception::open(tx, &scene.call, Kind::InventoryMismatch, &about).await
}

/// Takes what is free on a shelf off sale until it is counted, and opens a spot count unless one is open; how many units.
/// They are in quality control, with the count as their document: whoever posts a count of the shelf ends it.
pub(super) async fn put_in_doubt(
    tx: &mut Tx,
    scene: &Scene,
    (task, item): (&Task, &FulfillmentItem),
) -> Result<i64, Refused> {
    let shelf = task.shelf(item.product);
    // Invariant: a promise on the shelf was ended in this transaction, so that of two that open a count one waits here.
    let there = units(tx, shelf).await?.unwrap_or_default();
    let count_id = match counts::spot_of(tx, shelf).await? {
        Some(open) => open,
        None => count::open(tx, &scene.call, &spot_count(scene, (task, item))).await?,
    };
    // Safety stock and the like are kept back already; what is on the shelf beyond promises is doubtful, all of it.
    let doubtful = there.on_hand - there.bound();
    if doubtful > 0 {
        let entry = Entry { document: count_id, ..task.entry(scene, "not found, to be counted") };
        task.stock(tx, (item.product, Movement::QualityControl { units: doubtful }), &entry).await?;
    }
    Ok(doubtful.max(0))
}

fn spot_count(scene: &Scene, (task, item): (&Task, &FulfillmentItem)) -> NewCount {
    NewCount {
        location: scene.shop.code(task.row.location).to_owned(),
        kind: CountKind::Spot,
        view: View::Blind,
        tolerance: 0,
        reason: "not found when it was to be picked".to_owned(),
        skus: vec![scene.shop.sku(item.product).to_owned()],
        class: None,
        assignee: String::new(),
    }
}

/// What exceptions about a shelf call it.
pub(crate) fn shelf_subject(location: &str, sku: &str) -> String {
    format!("{location}/{sku}")
}

/// Units that are damaged go from sale to damaged.
pub(super) async fn set_damaged(
    tx: &mut Tx,
    scene: &Scene,
    (task, item, amount): (&Task, &FulfillmentItem, i64),
) -> Result<(), Refused> {
    // Of the units that were promised here some may have been missing: those are gone, not damaged.
    let there = units(tx, task.shelf(item.product)).await?.unwrap_or_default();
    let damaged = amount.min(there.on_hand - there.bound());
    if damaged > 0 {
        let entry = task.entry(scene, "damaged");
        task.stock(tx, (item.product, Movement::Damage { units: damaged }), &entry).await?;
    }
    if damaged < amount && there.committed > 0 {
        look_again::ask(tx, scene, (task, item.product)).await?;
    }
    let (sku, place) = (scene.shop.sku(item.product), scene.shop.code(task.row.location));
    let about = About {
        subject: shelf_subject(place, sku),
        order_id: Some(task.order.id.clone()),
        location: Some(task.row.location),
        facts: json!({ "sku": sku, "location": place, "units": amount, "off_sale": damaged.max(0) }),
    };
    exception::open(tx, &scene.call, Kind::Damaged, &about).await
}

/// Finds other places for what is open now. A pickup waits for the customer's choice instead.
pub(crate) async fn route_again(tx: &mut Tx, scene: &Scene, task: &mut Task) -> Result<(), Refused> {
    let order = &mut task.order;
    if order.state != "open" {
        return order_state::settle(tx, order).await;
    }
    if order.lane == "pickup" {
        order.state = "held".to_owned();
        order.hold = PICKUP_CHOICE.to_owned();
        exception::open(tx, &scene.call, Kind::PickupChoice, &About::order(&order.id)).await?;
        return order_state::settle(tx, order).await;
    }
    decide_in(tx, scene, order, Asking::Everyone).await
}
