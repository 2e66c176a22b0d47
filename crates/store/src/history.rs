//! What is past, to be gone through again: orders as they were placed, and what came and went on the shelves.
//!
//! Owns: reading it a page at a time, in the order of time. Refuses to know: why it is gone through.

use crate::db::{DbError, Row, Tx, Value};
use crate::orders::{Item, OrderRow};
use crate::places::{LocationKey, ProductKey};
use crate::stock::{Shelf, Units};
use std::collections::HashMap;

/// From a moment, included, to a moment, not included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    pub from_ms: i64,
    pub to_ms: i64,
}

/// An order with the books of its units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    pub order: OrderRow,
    /// By line, then product.
    pub items: Vec<Item>,
}

/// An entry of the ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moved {
    pub number: i64,
    pub at_ms: i64,
    pub shelf: Shelf,
    pub by: Units,
}

const COUNT: &str = "select count(*) as orders from orders where placed_at >= $1 and placed_at < $2";

const PLACED: &str = "select id, channel, external_id, name, state, hold, lane, placed_at, document, source_version, \
    attempts, version, taken_at, changed_at from orders where (placed_at, id) > ($1, $2) and placed_at < $3 \
    order by placed_at, id limit $4";

const ITEMS: &str = "select i.order_id as order_id, i.line as line, i.product_id as product_id, \
    i.per_unit as per_unit, i.ordered as ordered, i.open as open, i.backordered as backordered, \
    i.allocated as allocated, i.shipped as shipped, i.cancelled as cancelled, i.returned as returned \
    from orders o join order_items i on i.order_id = o.id \
    where (o.placed_at, o.id) > ($1, $2) and (o.placed_at, o.id) <= ($3, $4) \
    order by o.placed_at, o.id, i.line, i.product_id";

const SINCE: &str = "select product_id, location_id, cast(sum(on_hand) as bigint) as on_hand, \
    cast(sum(committed) as bigint) as committed, cast(sum(safety_stock) as bigint) as safety_stock, \
    cast(sum(damaged) as bigint) as damaged, cast(sum(quality_control) as bigint) as quality_control, \
    cast(sum(showroom) as bigint) as showroom, cast(sum(incoming) as bigint) as incoming \
    from ledger where at >= $1 group by product_id, location_id";

/// What the orders of the period themselves had moved is left out: the work that they were given, and what became of it.
const MOVED: &str = "select l.number as number, l.at as at, l.product_id as product_id, l.location_id as location_id, \
    l.on_hand as on_hand, l.committed as committed, l.safety_stock as safety_stock, l.damaged as damaged, \
    l.quality_control as quality_control, l.showroom as showroom, l.incoming as incoming \
    from ledger l left join fulfillments f on f.id = l.document left join orders o on o.id = f.order_id \
    where l.number > $1 and l.at >= $2 and l.at < $3 \
    and (o.id is null or o.placed_at < $2 or o.placed_at >= $3) order by l.number limit $4";

const FIRST_ENTRY: &str = "select at from ledger order by number limit 1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 6] = [COUNT, PLACED, ITEMS, SINCE, MOVED, FIRST_ENTRY];

/// How many orders were placed.
///
/// # Errors
/// The database's.
pub async fn orders_placed(tx: &mut Tx, period: Period) -> Result<i64, DbError> {
    let row = tx.row(COUNT, &[period.from_ms.into(), period.to_ms.into()]).await?;
    row.map_or(Ok(0), |row| row.int("orders"))
}

/// Orders placed before `to_ms`, the oldest first, of one moment by id: those after the pair `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn placed(tx: &mut Tx, after: (i64, &str), to_ms: i64, limit: i64) -> Result<Vec<Placed>, DbError> {
    let values: [Value; 4] = [after.0.into(), after.1.into(), to_ms.into(), limit.into()];
    let rows = tx.rows(PLACED, &values).await?;
    let orders: Vec<OrderRow> = rows.iter().map(OrderRow::of).collect::<Result<_, _>>()?;
    let Some(last) = orders.last() else { return Ok(Vec::new()) };
    let values: [Value; 4] =
        [after.0.into(), after.1.into(), last.placed_at_ms.into(), last.id.as_str().into()];
    let mut items: HashMap<String, Vec<Item>> = HashMap::new();
    for row in tx.rows(ITEMS, &values).await? {
        items.entry(row.text("order_id")?.to_owned()).or_default().push(Item::of(&row)?);
    }
    let with_items = |order: OrderRow| Placed { items: items.remove(&order.id).unwrap_or_default(), order };
    Ok(orders.into_iter().map(with_items).collect())
}

/// By how much each shelf that was touched changed since a moment: what stands there less this is what stood there then.
///
/// # Errors
/// The database's.
pub async fn changed_since(tx: &mut Tx, from_ms: i64) -> Result<HashMap<Shelf, Units>, DbError> {
    let rows = tx.rows(SINCE, &[from_ms.into()]).await?;
    rows.iter().map(|row| Ok((shelf(row)?, Units::of(row)?))).collect()
}

/// What came, went or changed its state in a period though no order of the period had it moved: entries of a number
/// above `after`, by number, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn moved(tx: &mut Tx, period: Period, after: i64, limit: i64) -> Result<Vec<Moved>, DbError> {
    let values: [Value; 4] = [after.into(), period.from_ms.into(), period.to_ms.into(), limit.into()];
    let read = |row: &Row| {
        Ok(Moved {
            number: row.int("number")?,
            at_ms: row.int("at")?,
            shelf: shelf(row)?,
            by: Units::of(row)?,
        })
    };
    tx.rows(MOVED, &values).await?.iter().map(read).collect()
}

/// When the first entry of the ledger was made; `None`: there is none.
///
/// # Errors
/// The database's.
pub async fn first_entry(tx: &mut Tx) -> Result<Option<i64>, DbError> {
    tx.row(FIRST_ENTRY, &[]).await?.map(|row| row.int("at")).transpose()
}

fn shelf(row: &Row) -> Result<Shelf, DbError> {
    Ok(Shelf { product: ProductKey(row.int("product_id")?), location: LocationKey(row.int("location_id")?) })
}
