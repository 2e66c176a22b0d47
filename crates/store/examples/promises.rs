//! Makes promises one after the other, and says of each on standard output that it is kept. For the test that kills it.
//!
//! `promises PLACE FIRST`: PLACE is a file or `postgres://…`, FIRST the number of the first promise. Each promise is one
//! unit of stock committed and one event; it is said only after the write has returned. It does not end by itself.

use model::LocationKind;
use std::io::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::db::{Db, DbError};
use store::events::{self, NewEvent};
use store::migrations::migrate;
use store::places::{add_location, add_product, location, product};
use store::stock::{self, Entry, Moved, Movement, Shelf};

/// At the same time: so that groups of writes are killed, too.
const CLIENTS: usize = 8;
const UNITS: i64 = 100_000_000;

#[tokio::main]
async fn main() -> Result<(), DbError> {
    let mut arguments = std::env::args().skip(1);
    let place = arguments.next().unwrap_or_else(|| "promises.sqlite".into());
    let first = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(0);
    let db = Db::open(&place).await?;
    migrate(&db, 0).await?;
    let shelf = db.write(|tx| Box::pin(fill(tx))).await?;
    let next = Arc::new(AtomicI64::new(first));
    let out = Arc::new(Mutex::new(std::io::stdout()));
    say(&out, "ready");
    let clients = (0..CLIENTS).map(|_| {
        let (db, next, out) = (db.clone(), Arc::clone(&next), Arc::clone(&out));
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                promise(&db, shelf, number).await?;
                say(&out, &number.to_string());
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        let ended: Result<Result<(), DbError>, _> = client.await;
        ended.map_err(|error| DbError::Broken(error.to_string()))??;
    }
    Ok(())
}

fn say(out: &Mutex<std::io::Stdout>, word: &str) {
    let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
    // Nobody listens any more: then nobody was told.
    let _ = writeln!(out, "{word}").and_then(|()| out.flush());
}

async fn fill(tx: &mut store::Tx) -> Result<Shelf, DbError> {
    if let (Some(location), Some(product)) = (location(tx, "depot").await?, product(tx, "LAMP").await?) {
        return Ok(Shelf { product, location });
    }
    let location = add_location(tx, "depot", "", LocationKind::Warehouse).await?;
    let shelf = Shelf { product: add_product(tx, "LAMP", "").await?, location };
    stock::open(tx, shelf).await?;
    stock::change(tx, shelf, Movement::Receive { units: UNITS, expected: 0 }, &entry("start")).await?;
    Ok(shelf)
}

async fn promise(db: &Db, shelf: Shelf, number: i64) -> Result<(), DbError> {
    let document = format!("promise {number}");
    db.write(move |tx| {
        let document = document.clone();
        Box::pin(async move {
            let moved = stock::change(tx, shelf, Movement::Commit { units: 1 }, &entry(&document)).await?;
            if moved != Moved::Done {
                return Err(DbError::Broken(format!("{document}: {moved:?}")));
            }
            let event = NewEvent {
                at_ms: number,
                actor: "tests",
                via: "command",
                kind: "promise.made",
                subject: &document,
                order_id: None,
                facts: "{}",
            };
            events::append(tx, &event).await?;
            events::seal(tx, 20).await.map(drop)
        })
    })
    .await
}

fn entry(document: &str) -> Entry {
    Entry { at_ms: 0, actor: "tests".into(), reason: "order".into(), document: document.into(), source: None }
}
