//! How long the checker takes on large books, invariant by invariant.
//!
//! `cargo run --release -p baton-store --example check_speed -- [PLACE] [ORDERS]`: PLACE is a file to be made, or
//! `postgres://…` of an empty database. Four cells for each order; half of the orders are sent, half are promised.

mod filled;

use std::time::Instant;
use store::check::{breaches_of, codes};
use store::db::{Db, DbError};
use store::migrations::migrate;

const ORDERS: i64 = 250_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("books.sqlite").display().to_string();
    let place = arguments.next().unwrap_or(file);
    let orders = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(ORDERS);
    let db = Db::open(&place).await?;
    migrate(&db, 0).await?;
    let (cells, began) = (orders * filled::CELLS_OF_AN_ORDER, Instant::now());
    filled::fill(&db, orders).await?;
    println!("{orders} orders and {cells} cells in {:.1?}", began.elapsed());
    look(&db).await?;
    db.close().await;
    Ok(())
}

async fn look(db: &Db) -> Result<(), DbError> {
    let all = Instant::now();
    for code in codes() {
        let began = Instant::now();
        let found = db.read(move |tx| Box::pin(breaches_of(tx, code))).await?;
        println!("{:>8.0?} {code}: {} breaches", began.elapsed(), found.len());
    }
    println!("{:>8.1?} in all", all.elapsed());
    Ok(())
}
