//! Shelves with everything that is known of them: units, and facts besides.
//!
//! Owns: reading them, and the facts. Refuses to know: how units change, which is `stock`'s alone, and what the facts
//! say: they are JSON to it.

mod of_many;

pub use of_many::{FEW_UNITS, Like, MOST_PRODUCTS, like, of_products};

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};
use crate::stock::{Shelf, Units};

/// What is known of a shelf.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stocked {
    pub shelf: Shelf,
    pub units: Units,
    /// JSON; `None`: nothing besides the units.
    pub facts: Option<String>,
}

const OF_PRODUCT: &str = "select product_id, location_id, on_hand, committed, safety_stock, damaged, quality_control, \
    showroom, incoming, facts from stock where product_id = $1 order by location_id limit $2";

const AFTER: &str = "select product_id, location_id, on_hand, committed, safety_stock, damaged, quality_control, \
    showroom, incoming, facts from stock \
    where product_id > $1 or product_id = $1 and location_id > $2 \
    order by product_id, location_id limit $3";

const AT_LOCATION: &str = "select product_id, location_id, on_hand, committed, safety_stock, damaged, \
    quality_control, showroom, incoming, facts from stock where location_id = $1 and product_id > $2 \
    order by product_id limit $3";

const SET_FACTS: &str = "update stock set facts = $3 where product_id = $1 and location_id = $2";

/// Every statement of this module, for the test that prepares them.
pub fn statements() -> impl Iterator<Item = &'static str> {
    [OF_PRODUCT, AFTER, AT_LOCATION, SET_FACTS].into_iter().chain(of_many::statements())
}

/// More shelves than one product can have.
const MOST_OF_PRODUCT: i64 = 10_000;

/// Before every shelf.
pub const START: Shelf = Shelf { product: ProductKey(0), location: LocationKey(0) };

/// The shelves of a product, by location.
///
/// # Errors
/// The database's.
pub async fn of_product(tx: &mut Tx, product: ProductKey) -> Result<Vec<Stocked>, DbError> {
    let rows = tx.rows(OF_PRODUCT, &[product.0.into(), MOST_OF_PRODUCT.into()]).await?;
    rows.iter().map(Stocked::of).collect()
}

/// The shelves after `last`, by product and location, at most `limit`; the first ones after [`START`].
///
/// # Errors
/// The database's.
pub async fn after(tx: &mut Tx, last: Shelf, limit: i64) -> Result<Vec<Stocked>, DbError> {
    let values: [Value; 3] = [last.product.0.into(), last.location.0.into(), limit.into()];
    tx.rows(AFTER, &values).await?.iter().map(Stocked::of).collect()
}

/// The shelves of a location by product, after `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn at_location(
    tx: &mut Tx,
    location: LocationKey,
    after: ProductKey,
    limit: i64,
) -> Result<Vec<Stocked>, DbError> {
    let values = [location.0.into(), after.0.into(), limit.into()];
    tx.rows(AT_LOCATION, &values).await?.iter().map(Stocked::of).collect()
}

/// # Errors
/// The database's.
pub async fn set_facts(tx: &mut Tx, shelf: Shelf, facts: Option<&str>) -> Result<(), DbError> {
    tx.execute(SET_FACTS, &[shelf.product.0.into(), shelf.location.0.into(), facts.into()]).await?;
    Ok(())
}

impl Stocked {
    pub(crate) fn of(row: &Row) -> Result<Stocked, DbError> {
        let (product, location) = (ProductKey(row.int("product_id")?), LocationKey(row.int("location_id")?));
        Ok(Stocked {
            shelf: Shelf { product, location },
            units: Units::of(row)?,
            facts: row.some_text("facts")?.map(str::to_owned),
        })
    }
}
