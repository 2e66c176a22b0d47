//! The shelves of many products at once, for a page of a list; and which of many products have shelves like that.
//!
//! Owns: both looks. Refuses to know: in which order products are shown.

use super::Stocked;
use crate::db::{DbError, Tx, Value};
use crate::places::{LocationKey, ProductKey};
use std::sync::LazyLock;

/// Products in one look.
pub const MOST_PRODUCTS: usize = 250;
/// Up to so many units are few.
pub const FEW_UNITS: i64 = 2;
/// Shelves in one look: more than the products of it have.
const MOST_SHELVES: i64 = 100_000;

const UNITS: &str = "select product_id, location_id, on_hand, committed, safety_stock, damaged, quality_control, \
    showroom, incoming, facts from";
const AVAILABLE: &str = "on_hand - committed - safety_stock - damaged - quality_control - showroom";

/// Shelves like what; of one location, or of all together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Like {
    /// There is one.
    Stocked,
    /// Between 1 and [`FEW_UNITS`] can be promised of them.
    Low,
    /// Nothing can be promised of them.
    Empty,
    /// Safety stock of one of them is not covered.
    Negative,
}

impl Like {
    pub const ALL: [Like; 4] = [Like::Stocked, Like::Low, Like::Empty, Like::Negative];

    pub fn code(self) -> &'static str {
        match self {
            Like::Stocked => "stocked",
            Like::Low => "low",
            Like::Empty => "none",
            Like::Negative => "negative",
        }
    }

    fn sql(self) -> &'static str {
        match self {
            Like::Stocked => &STOCKED,
            Like::Low => &LOW,
            Like::Empty => &EMPTY,
            Like::Negative => &NEGATIVE,
        }
    }
}

/// `$1` is the location, 0 for all; `$2` how many rows at most; the products follow.
fn of_some(head: &str, tail: &str) -> String {
    let products: Vec<String> = (0..MOST_PRODUCTS).map(|i| format!("${}", i + 3)).collect();
    let products = products.join(", ");
    format!("{head} stock where product_id in ({products}) and ($1 = 0 or location_id = $1) {tail} limit $2")
}

fn having(condition: &str) -> String {
    let tail = format!("group by product_id having {condition} order by product_id");
    of_some("select product_id from", &tail)
}

static SHELVES: LazyLock<String> = LazyLock::new(|| of_some(UNITS, "order by product_id, location_id"));
static STOCKED: LazyLock<String> = LazyLock::new(|| having("count(*) > 0"));
static LOW: LazyLock<String> = LazyLock::new(|| {
    let left = format!("sum(case when {AVAILABLE} > 0 then {AVAILABLE} else 0 end)");
    having(&format!("{left} between 1 and {FEW_UNITS}"))
});
static EMPTY: LazyLock<String> = LazyLock::new(|| having(&format!("max({AVAILABLE}) <= 0")));
static NEGATIVE: LazyLock<String> = LazyLock::new(|| having(&format!("min({AVAILABLE}) < 0")));

/// Every statement of this module, for the test that prepares them.
pub(super) fn statements() -> impl Iterator<Item = &'static str> {
    [&*SHELVES, &*STOCKED, &*LOW, &*EMPTY, &*NEGATIVE].into_iter().map(String::as_str)
}

/// The shelves of up to [`MOST_PRODUCTS`] products, by product and location.
///
/// # Errors
/// More products; the database's.
pub async fn of_products(tx: &mut Tx, products: &[ProductKey]) -> Result<Vec<Stocked>, DbError> {
    let Some(values) = values(None, MOST_SHELVES, products)? else { return Ok(Vec::new()) };
    tx.rows(SHELVES.as_str(), &values).await?.iter().map(Stocked::of).collect()
}

/// Which of up to [`MOST_PRODUCTS`] products have shelves like that: of a location, or of all.
///
/// # Errors
/// More products; the database's.
pub async fn like(
    tx: &mut Tx,
    (like, location): (Like, Option<LocationKey>),
    products: &[ProductKey],
) -> Result<Vec<ProductKey>, DbError> {
    let most = MOST_PRODUCTS as i64;
    let Some(values) = values(location, most, products)? else { return Ok(Vec::new()) };
    let rows = tx.rows(like.sql(), &values).await?;
    rows.iter().map(|row| row.int("product_id").map(ProductKey)).collect()
}

/// The places that are left over ask for the last product again, which changes nothing. `None`: no product is asked for.
fn values(
    location: Option<LocationKey>,
    most: i64,
    products: &[ProductKey],
) -> Result<Option<Vec<Value>>, DbError> {
    if products.len() > MOST_PRODUCTS {
        return Err(DbError::Refused(format!("at most {MOST_PRODUCTS} products in one look")));
    }
    let Some(last) = products.last() else { return Ok(None) };
    let padded = products.iter().chain(std::iter::repeat(last)).take(MOST_PRODUCTS);
    let mut values: Vec<Value> = vec![location.map_or(0, |key| key.0).into(), most.into()];
    values.extend(padded.map(|product| Value::from(product.0)));
    Ok(Some(values))
}
