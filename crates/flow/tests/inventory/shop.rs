//! A small shop for one test.

use crate::place::must;
use flow::inventory::At;
use flow::inventory::hold::{Held, HoldLine, HoldRefused, NewHold, hold_cart};
use flow::inventory::pool::{NewPool, save_pool};
use flow::{Actor, Call, Via};
use model::LocationKind;
use std::collections::BTreeSet;
use store::db::{Db, DbError};
use store::orders::{self, Item, OrderRow, Stands};
use store::places::{self, add_location, add_product};
use store::pools::Gate;
use store::stock::{self, Entry, Moved, Movement, Shelf, Units};

/// A moment, so that times can lie before it.
pub(crate) const NOON: i64 = 1_700_000_000_000;
pub(crate) const MINUTE: i64 = 60_000;

pub(crate) fn call(at_ms: i64) -> Call {
    Call::new(Actor { id: "usr_ann".into(), via: Via::Api }, at_ms)
}

pub(crate) fn at(sku: &str, location: &str) -> At {
    At { sku: sku.into(), location: location.into() }
}

pub(crate) fn entry(document: &str) -> Entry {
    Entry {
        at_ms: 0,
        actor: "tests".into(),
        reason: "because".into(),
        document: document.into(),
        source: None,
    }
}

/// Shelves as `mall MUG 2, depot TEE 5`; all locations are in the pool `all`, and what is not proven is trusted.
pub(crate) async fn shop(db: &Db, shelves: &str) {
    let mut locations = BTreeSet::new();
    for shelf in shelves.split(',') {
        let words: Vec<String> = shelf.split_whitespace().map(str::to_owned).collect();
        locations.insert(words[0].clone());
        must(db, move |tx| {
            let words = words.clone();
            Box::pin(async move {
                let location = match places::location(tx, &words[0]).await? {
                    Some(known) => known,
                    None => add_location(tx, &words[0], &words[0], LocationKind::Store).await?,
                };
                let product = match places::product(tx, &words[1]).await? {
                    Some(known) => known,
                    None => add_product(tx, &words[1], "").await?,
                };
                let shelf = Shelf { product, location };
                stock::open(tx, shelf).await?;
                let units: i64 = words[2].parse().unwrap();
                if units > 0 {
                    let received = Movement::Receive { units, expected: 0 };
                    assert_eq!(stock::change(tx, shelf, received, &entry("start")).await?, Moved::Done);
                }
                Ok(())
            })
        })
        .await;
    }
    save_pool(db, &call(NOON), pool("all", locations)).await.unwrap();
}

pub(crate) fn pool(code: &str, locations: BTreeSet<String>) -> NewPool {
    NewPool {
        code: code.into(),
        name: code.into(),
        unproven: Gate::Open,
        locations,
        classes: BTreeSet::new(),
    }
}

/// A cart as `MUG 2, TEE 1 at mall`.
pub(crate) fn cart(cart: &str, lines: &str) -> NewHold {
    let line = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        HoldLine {
            sku: words[0].into(),
            units: words[1].parse().unwrap(),
            location: words.get(3).map(|code| (*code).to_owned()),
        }
    };
    NewHold {
        cart: cart.into(),
        pool: "all".into(),
        channel: "web".into(),
        lines: lines.split(',').map(line).collect(),
        expires_at_ms: NOON + 15 * MINUTE,
    }
}

pub(crate) async fn hold(db: &Db, name: &str, lines: &str) -> Result<Held, HoldRefused> {
    hold_cart(db, &call(NOON), cart(name, lines)).await
}

pub(crate) async fn shelf(db: &Db, location: &str, sku: &str) -> Shelf {
    let (location, sku) = (location.to_owned(), sku.to_owned());
    must(db, move |tx| {
        let (location, sku) = (location.clone(), sku.clone());
        Box::pin(async move {
            let location = places::location(tx, &location).await?.unwrap();
            Ok(Shelf { product: places::product(tx, &sku).await?.unwrap(), location })
        })
    })
    .await
}

pub(crate) async fn units(db: &Db, location: &str, sku: &str) -> Units {
    let shelf = shelf(db, location, sku).await;
    must(db, move |tx| Box::pin(async move { stock::units(tx, shelf).await })).await.unwrap()
}

pub(crate) async fn change(db: &Db, shelf: Shelf, movement: Movement) -> Moved {
    must(db, move |tx| Box::pin(async move { stock::change(tx, shelf, movement, &entry("order")).await }))
        .await
}

/// Here orders are names alone, or rows that no verb has made.
const OF_REAL_ORDERS: [&str; 3] = ["promised_to_nobody", "event_of_no_order", "order_was_not_told_once"];

/// Nothing in the books contradicts itself.
pub(crate) async fn sound(db: &Db) {
    let mut breaches = db.read(|tx| Box::pin(async move { store::check::breaches(tx).await })).await.unwrap();
    breaches.retain(|breach| !OF_REAL_ORDERS.contains(&breach.invariant));
    assert_eq!(breaches, Vec::new());
}

/// What a write says when it must not be kept.
pub(crate) async fn written<T: Send + 'static>(db: &Db, work: impl store::db::Work<T, DbError>) -> T {
    must(db, work).await
}

/// An order that waits to be routed.
pub(crate) async fn wanted_by_an_order(db: &Db, sku: &'static str, ordered: i64) {
    must(db, move |tx| {
        Box::pin(async move {
            let order = OrderRow {
                id: "ord_waiting".into(),
                channel: "web".into(),
                external_id: "1".into(),
                name: "#1".into(),
                state: "open".into(),
                hold: String::new(),
                lane: "ship".into(),
                placed_at_ms: NOON,
                document: "{}".into(),
                source_version: 0,
                attempts: 0,
                version: 1,
                taken_at_ms: NOON,
                changed_at_ms: NOON,
            };
            orders::insert(tx, &order).await?;
            let product = places::product(tx, sku).await?.unwrap();
            let stands = Stands { open: ordered, ..Stands::default() };
            let item = Item { line: 1, product, per_unit: 1, ordered, stands };
            orders::add_item(tx, &order.id, &item).await
        })
    })
    .await;
}
