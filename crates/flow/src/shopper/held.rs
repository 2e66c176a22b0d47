//! All that the books hold about a shopper, as one JSON document for them.
//!
//! Owns: its form. Refuses to know: who may have it.

use super::person::Person;
use super::traces::{self, Sought, Trace};
use super::{Found, OfShopper, Shopper};
use crate::baton::Baton;
use crate::call::{Call, What};
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

/// The kind of events that tell that somebody took away what is held.
const EXPORTED: &str = "shopper.exported";

/// All that is held about the shopper of an order, for somebody who takes it away: the log says that they did.
///
/// # Errors
/// There is no such order; the database's.
pub async fn export(baton: &Baton, call: &Call, order_id: &str) -> Result<Value, Refused> {
    let held = held(baton, order_id).await?;
    let orders = held["orders"].as_array().map_or(0, Vec::len);
    let (call, id) = (call.clone(), order_id.to_owned());
    let told = baton.db.write::<_, Refused>(move |tx| {
        let (call, id) = (call.clone(), id.clone());
        Box::pin(async move {
            let what = What { kind: EXPORTED, subject: &id, order_id: Some(&id) };
            Ok(call.tell(tx, what, &json!({ "orders": orders })).await?)
        })
    });
    told.await?;
    Ok(held)
}

/// At most [`super::MOST_ORDERS`] orders, the newest.
async fn held(baton: &Baton, order_id: &str) -> Result<Value, Refused> {
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
    let elsewhere = elsewhere(baton, &found, &documents(&orders)).await?;
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

/// Ids of work and returns of these orders: entries of the ledger name them.
fn documents(orders: &[Value]) -> BTreeSet<String> {
    let lists = orders.iter().flat_map(|order| [&order["work"], &order["returns"]]);
    let rows = lists.filter_map(Value::as_array).flatten();
    rows.filter_map(|row| row["id"].as_str()).map(str::to_owned).collect()
}

/// Texts outside of the orders that name the shopper; not what belongs to orders of others, which is about them.
async fn elsewhere(
    baton: &Baton,
    found: &Found,
    documents: &BTreeSet<String>,
) -> Result<Vec<Value>, Refused> {
    let person = Arc::new(Person::of(found.orders.iter().map(|order| &order.document)));
    let ids: Arc<BTreeSet<String>> =
        Arc::new(found.orders.iter().map(|order| order.row.id.clone()).collect());
    let sought: Sought<'_> = (&person, &ids);
    let books = traces::books(&baton.db).await?;
    let (mut told, mut at) = (Vec::new(), Some(At::default()));
    while let Some(from) = at.take() {
        let (traces, next) = traces::look(&baton.db, (&books, from), sought).await?;
        let is_theirs = |trace: &Trace| match (&trace.row.order_id, trace.row.table.as_str()) {
            (Some(order), _) => ids.contains(order),
            (None, "ledger") => {
                let document = trace.row.cell("document");
                !traces::is_of_an_order(document) || ids.contains(document) || documents.contains(document)
            }
            (None, _) => true,
        };
        told.extend(traces.into_iter().filter(is_theirs).map(|trace| {
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
