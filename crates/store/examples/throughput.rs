//! How many promises a second the books take, beside the database's own limit.
//!
//! `cargo run --release -p baton-store --example throughput -- [PLACE] [SECONDS]`: PLACE is a file to be made, or
//! `postgres://…`. Each promise is a durable transaction: a conditional change of a shelf and its ledger entry.
//! The limit is what the database does with one bare update of a row of its own in each transaction.

use model::LocationKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::db::{Db, DbError};
use store::migrations::migrate;
use store::places::{add_location, add_product};
use store::stock::{self, Entry, Moved, Movement, Shelf};

const SHELVES: usize = 500;
const UNITS: i64 = 1_000_000;
const CLIENTS: [usize; 3] = [1, 16, 64];
/// Leaves a row as it is, and is a write all the same.
const BARE: &str = "update products set title = title where id = $1";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    Promise,
    Bare,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("books.sqlite").display().to_string();
    let place = arguments.next().unwrap_or(file);
    let seconds = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(5);
    let db = Db::open(&place).await?;
    migrate(&db, 0).await?;
    let shelves = Arc::new(db.write(|tx| Box::pin(fill(tx))).await?);
    for clients in CLIENTS {
        let mut rates = Vec::new();
        for work in [Work::Bare, Work::Promise] {
            rates.push(rate(&db, &shelves, (clients, work), Duration::from_secs(seconds)).await);
        }
        let (bare, promises) = (rates[0], rates[1]);
        println!(
            "{clients:>3} clients: {promises:>7.0} promises/s, bare updates {bare:>7.0}/s, ratio {:.2}",
            promises / bare
        );
    }
    db.close().await;
    Ok(())
}

async fn fill(tx: &mut store::Tx) -> Result<Vec<Shelf>, DbError> {
    let mut shelves = Vec::new();
    let location = add_location(tx, "bench", "bench", LocationKind::Warehouse).await?;
    for number in 0..SHELVES {
        let product = add_product(tx, &format!("P{number}"), "").await?;
        let shelf = Shelf { product, location };
        stock::open(tx, shelf).await?;
        stock::change(tx, shelf, Movement::Receive { units: UNITS, expected: 0 }, &entry()).await?;
        shelves.push(shelf);
    }
    Ok(shelves)
}

fn entry() -> Entry {
    Entry { at_ms: 0, actor: "bench".into(), reason: "order".into(), document: "ord_0".into(), source: None }
}

async fn rate(db: &Db, shelves: &Arc<Vec<Shelf>>, (clients, work): (usize, Work), time: Duration) -> f64 {
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let tasks: Vec<_> = (0..clients)
        .map(|client| {
            let (db, shelves, stop, done) =
                (db.clone(), Arc::clone(shelves), Arc::clone(&stop), Arc::clone(&done));
            tokio::spawn(async move {
                let mut at = client * 7;
                while !stop.load(Ordering::Relaxed) {
                    at = (at + 13) % shelves.len();
                    once(&db, shelves[at], work).await;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let start = Instant::now();
    tokio::time::sleep(time).await;
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        // A task that panicked says so itself.
        let _ = task.await;
    }
    done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}

async fn once(db: &Db, shelf: Shelf, work: Work) {
    let done = db.write(move |tx| {
        Box::pin(async move {
            match work {
                Work::Promise => {
                    let moved = stock::change(tx, shelf, Movement::Commit { units: 1 }, &entry()).await?;
                    Ok::<_, DbError>(moved == Moved::Done)
                }
                Work::Bare => Ok(tx.execute(BARE, &[shelf.product.0.into()]).await? == 1),
            }
        })
    });
    assert_eq!(done.await, Ok(true), "a write that cannot fail failed");
}
