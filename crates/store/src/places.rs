//! Locations and products, by the codes that people use.
//!
//! Owns: their rows. Refuses to know: what a place may do: the facts are JSON to it, for the router and for people.

use crate::db::{DbError, Row, Tx, Value};
use model::LocationKind;

const ADD_LOCATION: &str = "insert into locations (code, name, kind) values ($1, $2, $3) returning id";
const INSERT_LOCATION: &str =
    "insert into locations (code, name, kind, facts) values ($1, $2, $3, $4) returning id";
const ADD_PRODUCT: &str = "insert into products (sku, title) values ($1, $2) returning id";
const INSERT_PRODUCT: &str =
    "insert into products (sku, title, facts, gtin) values ($1, $2, $3, $4) returning id";
const LOCATION: &str = "select id from locations where code = $1";
const PRODUCT: &str = "select id from products where sku = $1";
const LOCATIONS: &str =
    "select id, code, name, kind, facts, version from locations where id > $1 order by id limit $2";
const PRODUCTS: &str =
    "select id, sku, title, gtin, facts, version from products where id > $1 order by id limit $2";
const SET_LOCATION: &str = "update locations set code = $2, name = $3, kind = $4, facts = $5, version = version + 1 \
    where id = $1";
const OF_GTIN: &str = "select id from products where gtin = $1 and gtin <> '' order by id limit $2";
const SET_PRODUCT: &str =
    "update products set sku = $2, title = $3, facts = $4, gtin = $5, version = version + 1 where id = $1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 11] = [
    OF_GTIN,
    ADD_LOCATION,
    ADD_PRODUCT,
    INSERT_LOCATION,
    INSERT_PRODUCT,
    LOCATION,
    PRODUCT,
    LOCATIONS,
    PRODUCTS,
    SET_LOCATION,
    SET_PRODUCT,
];

/// Rows that are read at once where all are read.
const PAGE: i64 = 5_000;

/// Row number of a location. Stays the same when its code changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LocationKey(pub i64);

/// Row number of a product. Stays the same when its SKU changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ProductKey(pub i64);

/// What is kept of a location.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    pub code: String,
    pub name: String,
    pub kind: LocationKind,
    /// JSON.
    pub facts: String,
}

/// What is kept of a product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Product {
    pub sku: String,
    pub title: String,
    /// The code under its bars, as it is scanned; empty: none.
    pub gtin: String,
    /// JSON.
    pub facts: String,
}

/// A row with its key, and how often it was changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept<K, T> {
    pub key: K,
    pub version: i64,
    pub row: T,
}

/// A location of which nothing more is known.
///
/// # Errors
/// The code is taken; the database's.
pub async fn add_location(
    tx: &mut Tx,
    code: &str,
    name: &str,
    kind: LocationKind,
) -> Result<LocationKey, DbError> {
    let back = tx.row(ADD_LOCATION, &[code.into(), name.into(), kind.code().into()]).await?;
    back.map_or_else(|| Err(nothing_back()), |back| Ok(LocationKey(back.int("id")?)))
}

/// A product of which nothing more is known.
///
/// # Errors
/// The SKU is taken; the database's.
pub async fn add_product(tx: &mut Tx, sku: &str, title: &str) -> Result<ProductKey, DbError> {
    let back = tx.row(ADD_PRODUCT, &[sku.into(), title.into()]).await?;
    back.map_or_else(|| Err(nothing_back()), |back| Ok(ProductKey(back.int("id")?)))
}

/// # Errors
/// The code is taken; the database's.
pub async fn insert_location(tx: &mut Tx, row: &Location) -> Result<LocationKey, DbError> {
    let back = tx.row(INSERT_LOCATION, &row.values()).await?;
    back.map_or_else(|| Err(nothing_back()), |back| Ok(LocationKey(back.int("id")?)))
}

/// # Errors
/// The SKU is taken; the database's.
pub async fn insert_product(tx: &mut Tx, row: &Product) -> Result<ProductKey, DbError> {
    let back = tx.row(INSERT_PRODUCT, &row.values()).await?;
    back.map_or_else(|| Err(nothing_back()), |back| Ok(ProductKey(back.int("id")?)))
}

/// # Errors
/// The code is taken; the database's.
pub async fn set_location(tx: &mut Tx, key: LocationKey, row: &Location) -> Result<(), DbError> {
    tx.execute(SET_LOCATION, &[&[key.0.into()], &row.values()[..]].concat()).await?;
    Ok(())
}

/// # Errors
/// The SKU is taken; the database's.
pub async fn set_product(tx: &mut Tx, key: ProductKey, row: &Product) -> Result<(), DbError> {
    tx.execute(SET_PRODUCT, &[&[key.0.into()], &row.values()[..]].concat()).await?;
    Ok(())
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

/// Products with this code under their bars; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn products_of_gtin(tx: &mut Tx, gtin: &str, limit: i64) -> Result<Vec<ProductKey>, DbError> {
    let rows = tx.rows(OF_GTIN, &[gtin.into(), limit.into()]).await?;
    rows.iter().map(|row| row.int("id").map(ProductKey)).collect()
}

/// Every location, by code.
///
/// # Errors
/// The database's.
pub async fn locations(tx: &mut Tx) -> Result<Vec<Kept<LocationKey, Location>>, DbError> {
    let mut all = every(tx, LOCATIONS, |row| {
        let kind = LocationKind::from_code(row.text("kind")?);
        let location = Location {
            code: row.text("code")?.to_owned(),
            name: row.text("name")?.to_owned(),
            kind: kind.ok_or_else(|| DbError::Broken("a location of no known kind".into()))?,
            facts: row.text("facts")?.to_owned(),
        };
        Ok(Kept { key: LocationKey(row.int("id")?), version: row.int("version")?, row: location })
    })
    .await?;
    // The databases sort texts each in its own way.
    all.sort_by(|a, b| a.row.code.cmp(&b.row.code));
    Ok(all)
}

/// Every product, by SKU.
///
/// # Errors
/// The database's.
pub async fn products(tx: &mut Tx) -> Result<Vec<Kept<ProductKey, Product>>, DbError> {
    let mut all = every(tx, PRODUCTS, product_of).await?;
    all.sort_by(|a, b| a.row.sku.cmp(&b.row.sku));
    Ok(all)
}

/// The products after `last`, in the order in which they were added, at most `limit`; the first ones after 0.
///
/// # Errors
/// The database's.
pub async fn products_after(
    tx: &mut Tx,
    last: ProductKey,
    limit: i64,
) -> Result<Vec<Kept<ProductKey, Product>>, DbError> {
    tx.rows(PRODUCTS, &[last.0.into(), limit.into()]).await?.iter().map(product_of).collect()
}

fn product_of(row: &Row) -> Result<Kept<ProductKey, Product>, DbError> {
    let product = Product {
        sku: row.text("sku")?.to_owned(),
        title: row.text("title")?.to_owned(),
        gtin: row.text("gtin")?.to_owned(),
        facts: row.text("facts")?.to_owned(),
    };
    Ok(Kept { key: ProductKey(row.int("id")?), version: row.int("version")?, row: product })
}

async fn every<T>(
    tx: &mut Tx,
    sql: &'static str,
    read: impl Fn(&Row) -> Result<T, DbError>,
) -> Result<Vec<T>, DbError> {
    let mut all: Vec<T> = Vec::new();
    let mut last = 0;
    loop {
        let page = tx.rows(sql, &[last.into(), PAGE.into()]).await?;
        let Some(end) = page.last() else { return Ok(all) };
        last = end.int("id")?;
        for row in &page {
            all.push(read(row)?);
        }
    }
}

impl Location {
    /// In the order of the columns.
    fn values(&self) -> [Value; 4] {
        [
            self.code.as_str().into(),
            self.name.as_str().into(),
            self.kind.code().into(),
            self.facts.as_str().into(),
        ]
    }
}

impl Product {
    /// In the order of the columns.
    fn values(&self) -> [Value; 4] {
        [
            self.sku.as_str().into(),
            self.title.as_str().into(),
            self.facts.as_str().into(),
            self.gtin.as_str().into(),
        ]
    }
}

fn nothing_back() -> DbError {
    DbError::Broken("an insert gave no row back".into())
}
