//! The checker of the books: what must be true of them whatever happened.
//!
//! Owns: the invariants that the tables can tell, one statement each, over all rows at once. Refuses to know: how a breach
//! came about, and how it is mended. It trusts nobody: it looks at the rows and not at what wrote them. What only the text
//! of an order can tell (what was paid for it) is not looked at here; the chain of events is, by its own module.

/// A statement that tells the shelves which another one finds.
macro_rules! shelves {
    ($broken:expr) => {
        concat!(
            "select p.sku || ' at ' || l.code as subject from (",
            $broken,
            ") as broken join products p on p.id = broken.product_id \
             join locations l on l.id = broken.location_id group by p.sku, l.code order by p.sku, l.code limit $1"
        )
    };
}

mod inventory;
mod orders;
mod stock;
mod told;
mod work;

use crate::db::{DbError, Tx};

/// What is broken, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Breach {
    /// Code of the invariant; stable.
    pub invariant: &'static str,
    /// What is wrong, in words.
    pub says: &'static str,
    /// `MUG at mall`, or an id, with the line and SKU where that matters.
    pub subject: String,
}

/// An invariant: its code, a breach of it in words, and a statement that finds what breaks it.
struct Invariant {
    code: &'static str,
    says: &'static str,
    breaches: &'static str,
}

/// Breaches told of each invariant: where there are more, the first tell enough.
pub const MOST_TOLD: i64 = 100;

fn all() -> impl Iterator<Item = &'static Invariant> {
    stock::ALL.iter().chain(&inventory::ALL).chain(&orders::ALL).chain(&work::ALL).chain(&told::ALL)
}

/// Every statement of this module, for the test that prepares them.
pub fn statements() -> impl Iterator<Item = &'static str> {
    all().map(|invariant| invariant.breaches)
}

/// Code of every invariant.
pub fn codes() -> impl Iterator<Item = &'static str> {
    all().map(|invariant| invariant.code)
}

/// What is broken, by invariant and subject; at most [`MOST_TOLD`] of each invariant.
///
/// # Errors
/// The database's.
pub async fn breaches(tx: &mut Tx) -> Result<Vec<Breach>, DbError> {
    let mut found = Vec::new();
    for invariant in all() {
        found.extend(broken(tx, invariant).await?);
    }
    Ok(found)
}

/// What breaks one invariant. None for a code that there is not.
///
/// # Errors
/// The database's.
pub async fn breaches_of(tx: &mut Tx, code: &str) -> Result<Vec<Breach>, DbError> {
    match all().find(|invariant| invariant.code == code) {
        Some(invariant) => broken(tx, invariant).await,
        None => Ok(Vec::new()),
    }
}

async fn broken(tx: &mut Tx, invariant: &'static Invariant) -> Result<Vec<Breach>, DbError> {
    let rows = tx.rows(invariant.breaches, &[MOST_TOLD.into()]).await?;
    let read = rows.iter().map(|row| {
        let subject = row.text("subject")?.to_owned();
        Ok(Breach { invariant: invariant.code, says: invariant.says, subject })
    });
    read.collect()
}
