//! What customers bring or send back.
//!
//! Owns: the rows. Refuses to know: what may be returned, and for how much.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};

/// Units that came back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReturnRow {
    pub id: String,
    pub order_id: String,
    pub line: i64,
    pub product: ProductKey,
    pub location: LocationKey,
    pub units: i64,
    pub is_damaged: bool,
    pub refund_minor: i64,
    pub reason: String,
    pub created_at_ms: i64,
}

const INSERT: &str = "insert into returns (id, order_id, line, product_id, location_id, units, is_damaged, refund_minor, \
    reason, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

const OF_ORDER: &str = "select id, order_id, line, product_id, location_id, units, is_damaged, refund_minor, reason, \
    created_at from returns where order_id = $1 order by id limit $2";

const REFUNDED: &str = "select r.order_id as order_id, r.line as line, r.refund as refund, \
    cast(max(i.ordered / i.per_unit) as bigint) as ordered, o.document as document from \
        (select order_id, line, cast(sum(refund_minor) as bigint) as refund from returns \
        where (order_id, line) > ($1, $2) group by order_id, line order by order_id, line limit $3) r \
    join orders o on o.id = r.order_id join order_items i on i.order_id = r.order_id and i.line = r.line \
    group by r.order_id, r.line, r.refund, o.document order by r.order_id, r.line";

const SUM_OF_ORDER: &str =
    "select cast(coalesce(sum(refund_minor), 0) as bigint) as refund from returns where order_id = $1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 4] = [INSERT, OF_ORDER, REFUNDED, SUM_OF_ORDER];

/// What was refunded for a line of an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refund {
    pub order_id: String,
    pub line: i64,
    pub refund_minor: i64,
    /// Units of the line that were ordered.
    pub ordered: i64,
    /// JSON: the order's document, which says for how much.
    pub document: String,
}

/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, row: &ReturnRow) -> Result<(), DbError> {
    let values: [Value; 10] = [
        row.id.as_str().into(),
        row.order_id.as_str().into(),
        row.line.into(),
        row.product.0.into(),
        row.location.0.into(),
        row.units.into(),
        i64::from(row.is_damaged).into(),
        row.refund_minor.into(),
        row.reason.as_str().into(),
        row.created_at_ms.into(),
    ];
    tx.execute(INSERT, &values).await?;
    Ok(())
}

/// In the order in which they came; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn of_order(tx: &mut Tx, order_id: &str, limit: i64) -> Result<Vec<ReturnRow>, DbError> {
    let rows = tx.rows(OF_ORDER, &[order_id.into(), limit.into()]).await?;
    let read = |row: &Row| {
        Ok(ReturnRow {
            id: row.text("id")?.to_owned(),
            order_id: row.text("order_id")?.to_owned(),
            line: row.int("line")?,
            product: ProductKey(row.int("product_id")?),
            location: LocationKey(row.int("location_id")?),
            units: row.int("units")?,
            is_damaged: row.int("is_damaged")? == 1,
            refund_minor: row.int("refund_minor")?,
            reason: row.text("reason")?.to_owned(),
            created_at_ms: row.int("created_at")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Lines with refunds after a line of an order, by order and line; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn refunds(tx: &mut Tx, after: (&str, i64), limit: i64) -> Result<Vec<Refund>, DbError> {
    let rows = tx.rows(REFUNDED, &[after.0.into(), after.1.into(), limit.into()]).await?;
    let read = rows.iter().map(|row| {
        Ok(Refund {
            order_id: row.text("order_id")?.to_owned(),
            line: row.int("line")?,
            refund_minor: row.int("refund")?,
            ordered: row.int("ordered")?,
            document: row.text("document")?.to_owned(),
        })
    });
    read.collect()
}

/// What was refunded for an order so far, in minor units.
///
/// # Errors
/// The database's.
pub async fn refunded(tx: &mut Tx, order_id: &str) -> Result<i64, DbError> {
    tx.row(SUM_OF_ORDER, &[order_id.into()]).await?.map_or(Ok(0), |row| row.int("refund"))
}
