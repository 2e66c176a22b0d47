//! All that the books hold about a shopper, as one JSON document for them.
//!
//! Owns: its form. Refuses to know: who may have it.

use super::person::Person;
use super::traces::{self, Sought};
use super::{Found, OfShopper, Shopper};
use crate::baton::Baton;
use crate::refused::Refused;
use crate::shop::Shop;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::erasing::At;
use store::events::{self, Event};
use store::fulfillments::FulfillmentRow;
use store::{Tx, exceptions, fulfillments, orders, parcels, returns, substitutions};

/// Rows of a kind that are told of one order: a person reads them.
const MOST_OF_A_KIND: i64 = 1_000;
/// Texts elsewhere that are told.
const MOST_ELSEWHERE: usize = 1_000;

/// All that is held about the shopper of an order; at most [`super::MOST_ORDERS`] orders, the newest.
///
/// # Errors
/// There is no such order; the database's.
pub async fn held(baton: &Baton, order_id: &str) -> Result<Value, Refused> {
    let shop = baton.shop(baton.now_ms()).await?;
    let found = Arc::new(super::found(baton, order_id).await?);
    let all = Arc::clone(&found);
    let read = baton.db.read::<_, Refused>(move |tx| {
        let (all, shop) = (Arc::clone(&all), Arc::clone(&shop));
        Box::pin(async move {
            let mut told = Vec::with_capacity(all.orders.len());
            for order in &all.orders {
                told.push(of_one(tx, &shop, order).await?);
            }
            Ok(told)
        })
    });
    let orders = read.await?;
    let elsewhere = elsewhere(baton, &found).await?;
    let shopper = Shopper::of(&found);
    Ok(json!({
        "made_at": baton.now_ms(),
        "names": shopper.names,
        "emails": shopper.emails,
        "phones": shopper.phones,
        "is_complete": !found.is_capped && elsewhere.len() < MOST_ELSEWHERE,
        "orders": orders,
        "elsewhere": elsewhere,
    }))
}

async fn of_one(tx: &mut Tx, shop: &Shop, order: &OfShopper) -> Result<Value, Refused> {
    let (row, id) = (&order.row, order.row.id.as_str());
    let mut work = Vec::new();
    for task in fulfillments::of_order(tx, id).await? {
        work.push(of_work(tx, shop, &task).await?);
    }
    let items = orders::items(tx, id).await?;
    let items = items.iter().map(|item| {
        json!({
            "line": item.line, "sku": shop.sku(item.product), "ordered": item.ordered,
            "shipped": item.stands.shipped, "cancelled": item.stands.cancelled, "returned": item.stands.returned,
        })
    });
    let exceptions = exceptions::of_order(tx, id, MOST_OF_A_KIND).await?;
    let exceptions = exceptions.iter().map(|row| {
        json!({
            "id": row.id, "kind": row.kind, "state": row.state, "opened_at": row.opened_at_ms,
            "facts": read(&row.facts), "resolution": row.resolution,
        })
    });
    let offers = substitutions::of_order(tx, id, MOST_OF_A_KIND).await?;
    let offers = offers.iter().map(|row| {
        json!({
            "id": row.id, "line": row.line, "sku": shop.sku(row.product), "substitute": shop.sku(row.substitute),
            "units": row.units, "state": row.state,
        })
    });
    let returns = returns::of_order(tx, id, MOST_OF_A_KIND).await?;
    let returns = returns.iter().map(|row| {
        json!({
            "id": row.id, "line": row.line, "sku": shop.sku(row.product), "units": row.units,
            "refund_minor": row.refund_minor, "reason": row.reason, "created_at": row.created_at_ms,
        })
    });
    let happened = events::of_order(tx, id, 0, MOST_OF_A_KIND).await?;
    Ok(json!({
        "id": id, "channel": row.channel, "external_id": row.external_id, "name": row.name, "state": row.state,
        "hold": row.hold, "lane": row.lane, "placed_at": row.placed_at_ms, "taken_at": row.taken_at_ms,
        "document": read(&row.document),
        "items": items.collect::<Vec<_>>(),
        "work": work,
        "exceptions": exceptions.collect::<Vec<_>>(),
        "substitutions": offers.collect::<Vec<_>>(),
        "returns": returns.collect::<Vec<_>>(),
        "happened": happened.iter().map(of_event).collect::<Vec<_>>(),
    }))
}

async fn of_work(tx: &mut Tx, shop: &Shop, task: &FulfillmentRow) -> Result<Value, Refused> {
    let parcels = parcels::of_fulfillment(tx, &task.id).await?;
    let parcels = parcels.iter().map(|row| {
        json!({ "number": row.number, "state": row.state, "carrier": row.carrier, "tracking": row.tracking })
    });
    Ok(json!({
        "id": task.id, "location": shop.code(task.location), "lane": task.lane, "state": task.state,
        "pickup_code": task.pickup_code, "facts": read(&task.facts), "created_at": task.created_at_ms,
        "parcels": parcels.collect::<Vec<_>>(),
    }))
}

fn of_event(event: &Event) -> Value {
    json!({
        "number": event.number, "at": event.at_ms, "kind": event.kind, "actor": event.actor,
        "facts": read(&event.facts),
    })
}

/// Texts outside of the orders that name the shopper.
async fn elsewhere(baton: &Baton, found: &Found) -> Result<Vec<Value>, Refused> {
    let person = Arc::new(Person::of(found.orders.iter().map(|order| &order.document)));
    let ids: Arc<BTreeSet<String>> =
        Arc::new(found.orders.iter().map(|order| order.row.id.clone()).collect());
    let sought: Sought<'_> = (&person, &ids);
    let books = traces::books(&baton.db).await?;
    let (mut told, mut at) = (Vec::new(), Some(At::default()));
    while let Some(from) = at.take() {
        let (traces, next) = traces::look(&baton.db, (&books, from), sought).await?;
        told.extend(traces.into_iter().map(|trace| {
            let texts = trace.changes.into_iter().map(|(column, text, _)| (column, Value::from(text)));
            json!({ "table": trace.row.table, "texts": texts.collect::<Map<_, _>>() })
        }));
        at = next.filter(|_| told.len() < MOST_ELSEWHERE);
    }
    told.truncate(MOST_ELSEWHERE);
    Ok(told)
}

/// JSON as it is kept; what cannot be read, as the text it is.
fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}
