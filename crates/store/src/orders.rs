//! Orders and the books of their units.
//!
//! Owns: the rows of orders and of what stands where of each of their lines. Refuses to know: what may follow what; the
//! verbs know. Invariant: ordered = open + backordered + allocated + shipped + cancelled, whatever a verb does: a change
//! of units is one conditional statement, and a CHECK lies beneath it.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::ProductKey;

/// An order as its row has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderRow {
    pub id: String,
    pub channel: String,
    pub external_id: String,
    pub name: String,
    /// `open`, `held`, `fulfilled`, `cancelled`.
    pub state: String,
    /// Why it is held; empty while it is not.
    pub hold: String,
    pub lane: String,
    pub placed_at_ms: i64,
    /// JSON.
    pub document: String,
    pub source_version: i64,
    /// Number of the last decision; 0: none yet.
    pub attempts: i64,
    pub version: i64,
    pub taken_at_ms: i64,
    pub changed_at_ms: i64,
}

/// Units of one product in one line of an order, by where they stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Item {
    pub line: i64,
    pub product: ProductKey,
    pub per_unit: i64,
    pub ordered: i64,
    pub stands: Stands,
}

/// Where units of a line stand; in a change, how each number changes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Stands {
    pub open: i64,
    pub backordered: i64,
    pub allocated: i64,
    pub shipped: i64,
    pub cancelled: i64,
    pub returned: i64,
}

const INSERT: &str = "insert into orders (id, channel, external_id, name, state, hold, lane, placed_at, document, \
    source_version, attempts, version, taken_at, changed_at) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $12) \
    on conflict (channel, external_id) do nothing";

const GET: &str = "select id, channel, external_id, name, state, hold, lane, placed_at, document, source_version, \
    attempts, version, taken_at, changed_at from orders where id = $1";

const BY_EXTERNAL: &str = "select id, channel, external_id, name, state, hold, lane, placed_at, document, \
    source_version, attempts, version, taken_at, changed_at from orders where channel = $1 and external_id = $2";

/// Takes the row for this transaction: who comes second waits, and then reads what the first has done.
const BEGIN: &str = "update orders set version = version + 1, changed_at = $2 where id = $1 \
    returning id, channel, external_id, name, state, hold, lane, placed_at, document, source_version, attempts, \
    version, taken_at, changed_at";

const SET_STATE: &str = "update orders set state = $2, hold = $3, attempts = $4 where id = $1";
const SET_DOCUMENT: &str = "update orders set document = $2, source_version = $3, lane = $4 where id = $1";

const ADD_ITEM: &str = "insert into order_items (order_id, line, product_id, per_unit, ordered, open, backordered, \
    allocated, shipped, cancelled, returned) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

const ITEMS: &str = "select line, product_id, per_unit, ordered, open, backordered, allocated, shipped, cancelled, \
    returned from order_items where order_id = $1 order by line, product_id";

const MOVE: &str = "update order_items set open = open + $4, backordered = backordered + $5, \
    allocated = allocated + $6, shipped = shipped + $7, cancelled = cancelled + $8, returned = returned + $9 \
    where order_id = $1 and line = $2 and product_id = $3 and open + $4 >= 0 and backordered + $5 >= 0 \
    and allocated + $6 >= 0 and shipped + $7 >= 0 and cancelled + $8 >= 0 and returned + $9 >= 0 \
    and returned + $9 <= shipped + $7";

const GROW: &str = "update order_items set ordered = ordered + $4, open = open + $4 \
    where order_id = $1 and line = $2 and product_id = $3";

/// Orders that wait for units of a product, the oldest first. The `or` is what the index knows.
const WAITING: &str = "select o.id as id, o.placed_at as placed_at from order_items i \
    join orders o on o.id = i.order_id where i.product_id = $1 and (i.open > 0 or i.backordered > 0) \
    and i.backordered > 0 and o.state = 'open' and (o.placed_at, o.id) > ($2, $3) \
    group by o.id, o.placed_at order by o.placed_at, o.id limit $4";

/// Products that orders wait for and some shelf has.
const WAITED_FOR: &str = "select p.id as id from products p where p.id > $1 \
    and exists (select 1 from order_items i join orders o on o.id = i.order_id where i.product_id = p.id \
        and (i.open > 0 or i.backordered > 0) and i.backordered > 0 and o.state = 'open') \
    and exists (select 1 from stock s where s.product_id = p.id and s.on_hand - s.committed - s.safety_stock \
        - s.damaged - s.quality_control - s.showroom > 0) order by p.id limit $2";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 12] = [
    INSERT,
    GET,
    BY_EXTERNAL,
    BEGIN,
    SET_STATE,
    SET_DOCUMENT,
    ADD_ITEM,
    ITEMS,
    MOVE,
    GROW,
    WAITING,
    WAITED_FOR,
];

/// Adds an order at its first version. `false`: its channel has an order of this external id already; nothing is added.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, order: &OrderRow) -> Result<bool, DbError> {
    Ok(tx.execute(INSERT, &inserted(order)).await? == 1)
}

/// As [`insert`], for an order that its channel most likely has not sent before.
///
/// # Errors
/// [`DbError::Unmet`], here or at the end of the transaction: it has; the database's.
pub async fn insert_new(tx: &mut Tx, order: &OrderRow) -> Result<(), DbError> {
    tx.expect_later(INSERT, &inserted(order), 1).await
}

/// Values of [`INSERT`].
fn inserted(order: &OrderRow) -> [Value; 12] {
    [
        order.id.as_str().into(),
        order.channel.as_str().into(),
        order.external_id.as_str().into(),
        order.name.as_str().into(),
        order.state.as_str().into(),
        order.hold.as_str().into(),
        order.lane.as_str().into(),
        order.placed_at_ms.into(),
        order.document.as_str().into(),
        order.source_version.into(),
        order.attempts.into(),
        order.taken_at_ms.into(),
    ]
}

/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<OrderRow>, DbError> {
    tx.row(GET, &[id.into()]).await?.as_ref().map(OrderRow::of).transpose()
}

/// # Errors
/// The database's.
pub async fn by_external(tx: &mut Tx, channel: &str, id: &str) -> Result<Option<OrderRow>, DbError> {
    tx.row(BY_EXTERNAL, &[channel.into(), id.into()]).await?.as_ref().map(OrderRow::of).transpose()
}

/// Reads an order and takes it for this transaction, at its next version. Every verb on an order begins so; others wait.
///
/// # Errors
/// The database's.
pub async fn begin(tx: &mut Tx, id: &str, at_ms: i64) -> Result<Option<OrderRow>, DbError> {
    tx.row(BEGIN, &[id.into(), at_ms.into()]).await?.as_ref().map(OrderRow::of).transpose()
}

/// # Errors
/// The database's.
pub async fn set_state(tx: &mut Tx, order: &OrderRow) -> Result<(), DbError> {
    let values = [
        order.id.as_str().into(),
        order.state.as_str().into(),
        order.hold.as_str().into(),
        order.attempts.into(),
    ];
    tx.execute(SET_STATE, &values).await?;
    Ok(())
}

/// # Errors
/// The database's.
pub async fn set_document(tx: &mut Tx, order: &OrderRow) -> Result<(), DbError> {
    let values = [
        order.id.as_str().into(),
        order.document.as_str().into(),
        order.source_version.into(),
        order.lane.as_str().into(),
    ];
    tx.execute(SET_DOCUMENT, &values).await?;
    Ok(())
}

/// # Errors
/// The database's.
pub async fn add_item(tx: &mut Tx, order_id: &str, item: &Item) -> Result<(), DbError> {
    let stands = &item.stands;
    let values: [Value; 11] = [
        order_id.into(),
        item.line.into(),
        item.product.0.into(),
        item.per_unit.into(),
        item.ordered.into(),
        stands.open.into(),
        stands.backordered.into(),
        stands.allocated.into(),
        stands.shipped.into(),
        stands.cancelled.into(),
        stands.returned.into(),
    ];
    tx.insert_later(ADD_ITEM, &values).await?;
    Ok(())
}

/// By line, then product.
///
/// # Errors
/// The database's.
pub async fn items(tx: &mut Tx, order_id: &str) -> Result<Vec<Item>, DbError> {
    tx.rows(ITEMS, &[order_id.into()]).await?.iter().map(Item::of).collect()
}

/// Moves units of a line from where they stand to elsewhere. `false`: they do not stand there; nothing changed.
///
/// # Errors
/// The units do not add up; the database's.
pub async fn move_units(
    tx: &mut Tx,
    order_id: &str,
    item: (i64, ProductKey),
    by: Stands,
) -> Result<bool, DbError> {
    let values: [Value; 9] = [
        order_id.into(),
        item.0.into(),
        item.1.0.into(),
        by.open.into(),
        by.backordered.into(),
        by.allocated.into(),
        by.shipped.into(),
        by.cancelled.into(),
        by.returned.into(),
    ];
    Ok(tx.execute(MOVE, &values).await? == 1)
}

/// More units of a line are ordered; they are open.
///
/// # Errors
/// The database's.
pub async fn order_more(
    tx: &mut Tx,
    order_id: &str,
    item: (i64, ProductKey),
    units: i64,
) -> Result<(), DbError> {
    tx.execute(GROW, &[order_id.into(), item.0.into(), item.1.0.into(), units.into()]).await?;
    Ok(())
}

/// Open orders with backordered units of a product, the oldest first, as when they were placed and their id; after the
/// pair `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn waiting_for(
    tx: &mut Tx,
    product: ProductKey,
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<(i64, String)>, DbError> {
    let values = [product.0.into(), after.0.into(), after.1.into(), limit.into()];
    let rows = tx.rows(WAITING, &values).await?;
    rows.iter().map(|row| Ok((row.int("placed_at")?, row.text("id")?.to_owned()))).collect()
}

/// Whether an open order waits for a product.
///
/// # Errors
/// The database's.
pub async fn is_waited_for(tx: &mut Tx, product: ProductKey) -> Result<bool, DbError> {
    Ok(!waiting_for(tx, product, (i64::MIN, ""), 1).await?.is_empty())
}

/// Products that orders wait for though a shelf has some, after `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn waited_for(tx: &mut Tx, after: ProductKey, limit: i64) -> Result<Vec<ProductKey>, DbError> {
    let rows = tx.rows(WAITED_FOR, &[after.0.into(), limit.into()]).await?;
    rows.iter().map(|row| row.int("id").map(ProductKey)).collect()
}

impl OrderRow {
    pub(crate) fn of(row: &Row) -> Result<OrderRow, DbError> {
        Ok(OrderRow {
            id: row.text("id")?.to_owned(),
            channel: row.text("channel")?.to_owned(),
            external_id: row.text("external_id")?.to_owned(),
            name: row.text("name")?.to_owned(),
            state: row.text("state")?.to_owned(),
            hold: row.text("hold")?.to_owned(),
            lane: row.text("lane")?.to_owned(),
            placed_at_ms: row.int("placed_at")?,
            document: row.text("document")?.to_owned(),
            source_version: row.int("source_version")?,
            attempts: row.int("attempts")?,
            version: row.int("version")?,
            taken_at_ms: row.int("taken_at")?,
            changed_at_ms: row.int("changed_at")?,
        })
    }
}

impl Stands {
    /// As [`move_units`], for units that are not in the database yet. `false`: they do not stand there; nothing changed.
    pub fn move_by(&mut self, by: Stands) -> bool {
        let moved = Stands {
            open: self.open + by.open,
            backordered: self.backordered + by.backordered,
            allocated: self.allocated + by.allocated,
            shipped: self.shipped + by.shipped,
            cancelled: self.cancelled + by.cancelled,
            returned: self.returned + by.returned,
        };
        let all =
            [moved.open, moved.backordered, moved.allocated, moved.shipped, moved.cancelled, moved.returned];
        let is_possible = all.iter().all(|units| *units >= 0) && moved.returned <= moved.shipped;
        if is_possible {
            *self = moved;
        }
        is_possible
    }
}

impl Item {
    /// Units that are wanted still: ordered, and not cancelled.
    pub fn wanted(&self) -> i64 {
        self.ordered - self.stands.cancelled
    }

    pub(crate) fn of(row: &Row) -> Result<Item, DbError> {
        let stands = Stands {
            open: row.int("open")?,
            backordered: row.int("backordered")?,
            allocated: row.int("allocated")?,
            shipped: row.int("shipped")?,
            cancelled: row.int("cancelled")?,
            returned: row.int("returned")?,
        };
        Ok(Item {
            line: row.int("line")?,
            product: ProductKey(row.int("product_id")?),
            per_unit: row.int("per_unit")?,
            ordered: row.int("ordered")?,
            stands,
        })
    }
}
