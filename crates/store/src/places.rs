//! Locations and products, by the codes that people use.
//!
//! Owns: their rows. Refuses to know: what a place may do; the router's facts come later.

use crate::db::{DbError, Tx};
use model::LocationKind;

const ADD_LOCATION: &str = "insert into locations (code, name, kind) values ($1, $2, $3) returning id";
const ADD_PRODUCT: &str = "insert into products (sku, title) values ($1, $2) returning id";
const LOCATION: &str = "select id from locations where code = $1";
const PRODUCT: &str = "select id from products where sku = $1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 4] = [ADD_LOCATION, ADD_PRODUCT, LOCATION, PRODUCT];

/// Row number of a location. Stays the same when its code changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LocationKey(pub i64);

/// Row number of a product. Stays the same when its SKU changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ProductKey(pub i64);

/// # Errors
/// The code is taken; the database's.
pub async fn add_location(
    tx: &mut Tx,
    code: &str,
    name: &str,
    kind: LocationKind,
) -> Result<LocationKey, DbError> {
    let row = tx.row(ADD_LOCATION, &[code.into(), name.into(), kind.code().into()]).await?;
    row.map_or_else(|| Err(nothing_back()), |row| Ok(LocationKey(row.int("id")?)))
}

/// # Errors
/// The SKU is taken; the database's.
pub async fn add_product(tx: &mut Tx, sku: &str, title: &str) -> Result<ProductKey, DbError> {
    let row = tx.row(ADD_PRODUCT, &[sku.into(), title.into()]).await?;
    row.map_or_else(|| Err(nothing_back()), |row| Ok(ProductKey(row.int("id")?)))
}

/// # Errors
/// The database's.
pub async fn location(tx: &mut Tx, code: &str) -> Result<Option<LocationKey>, DbError> {
    tx.row(LOCATION, &[code.into()]).await?.map(|row| Ok(LocationKey(row.int("id")?))).transpose()
}

/// # Errors
/// The database's.
pub async fn product(tx: &mut Tx, sku: &str) -> Result<Option<ProductKey>, DbError> {
    tx.row(PRODUCT, &[sku.into()]).await?.map(|row| Ok(ProductKey(row.int("id")?))).transpose()
}

fn nothing_back() -> DbError {
    DbError::Broken("an insert gave no row back".into())
}
