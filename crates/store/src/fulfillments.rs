//! Fulfillment orders: the lines given to one place for one lane, their parcels, manifests and minutes of work.
//!
//! Owns: their rows. Refuses to know: which state may follow which, and what follows for stock; the verbs know.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};

/// A fulfillment order as its row has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FulfillmentRow {
    pub id: String,
    pub order_id: String,
    /// Its order's.
    pub placed_at_ms: i64,
    pub location: LocationKey,
    pub lane: String,
    pub state: String,
    pub is_held: bool,
    /// The decision that made it.
    pub attempt: i64,
    /// By when its next step is due.
    pub due_at_ms: i64,
    pub service: String,
    pub dispatch_day: i64,
    pub dispatch_window: i64,
    pub arrives_day: i64,
    /// Parcels that it takes of its dispatch.
    pub parcels: i64,
    pub pickup_code: String,
    /// JSON.
    pub facts: String,
    pub version: i64,
    pub created_at_ms: i64,
    pub changed_at_ms: i64,
}

/// Units of one product of one line that a place has to hand over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FulfillmentItem {
    pub line: i64,
    pub product: ProductKey,
    pub quantity: i64,
    pub picked: i64,
    /// Still promised here: neither handed over nor let go.
    pub committed: i64,
    pub shipped: i64,
}

/// How the numbers of an item change.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct ItemChange {
    pub picked: i64,
    pub committed: i64,
    pub shipped: i64,
}

const INSERT: &str = "insert into fulfillments (id, order_id, location_id, lane, state, is_held, attempt, due_at, \
    service, dispatch_day, dispatch_window, arrives_day, parcels, pickup_code, facts, version, created_at, changed_at, \
    placed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, $16, $16, $17)";

const GET: &str = "select id, order_id, placed_at, location_id, lane, state, is_held, attempt, due_at, service, dispatch_day, \
    dispatch_window, arrives_day, parcels, pickup_code, facts, version, created_at, changed_at from fulfillments where id = $1";

const OF_ORDER: &str = "select id, order_id, placed_at, location_id, lane, state, is_held, attempt, due_at, service, \
    dispatch_day, dispatch_window, arrives_day, parcels, pickup_code, facts, version, created_at, changed_at \
    from fulfillments where order_id = $1 order by id";

const PROMISED: &str = "select i.fulfillment_id as id, f.order_id as order_id, o.name as name, \
    cast(sum(i.committed) as bigint) as units, f.created_at as since from fulfillment_items i \
    join fulfillments f on f.id = i.fulfillment_id join orders o on o.id = f.order_id \
    where i.product_id = $1 and i.committed > 0 and f.location_id = $2 \
    group by i.fulfillment_id, f.order_id, o.name, f.created_at order by f.created_at desc, i.fulfillment_id limit $3";

const AT_LOCATION: &str = "select id, order_id, placed_at, location_id, lane, state, is_held, attempt, due_at, service, \
    dispatch_day, dispatch_window, arrives_day, parcels, pickup_code, facts, version, created_at, changed_at \
    from fulfillments where location_id = $1 and state = $2 and (due_at, id) > ($3, $4) order by due_at, id limit $5";

const DUE: &str = "select id, order_id, placed_at, location_id, lane, state, is_held, attempt, due_at, service, \
    dispatch_day, dispatch_window, arrives_day, parcels, pickup_code, facts, version, created_at, changed_at \
    from fulfillments where state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup') \
    and due_at <= $1 and is_held = 0 and (due_at, id) > ($2, $3) order by due_at, id limit $4";

const SET: &str = "update fulfillments set state = $2, is_held = $3, due_at = $4, facts = $5, changed_at = $6, \
    version = version + 1 where id = $1";

const ADD_ITEM: &str = "insert into fulfillment_items (fulfillment_id, line, product_id, quantity, picked, committed, \
    shipped) values ($1, $2, $3, $4, 0, $4, 0)";

const ITEMS: &str = "select line, product_id, quantity, picked, committed, shipped from fulfillment_items \
    where fulfillment_id = $1 order by line, product_id";

const CHANGE_ITEM: &str = "update fulfillment_items set picked = picked + $4, committed = committed + $5, \
    shipped = shipped + $6 where fulfillment_id = $1 and line = $2 and product_id = $3 and picked + $4 >= 0 \
    and picked + $4 <= quantity and committed + $5 >= 0 and shipped + $6 >= 0 \
    and committed + $5 + shipped + $6 <= quantity";

/// Fulfillments not begun that count on units of a shelf.
const RELYING: &str = "select f.id as id from fulfillment_items i join fulfillments f on f.id = i.fulfillment_id \
    where i.product_id = $1 and i.committed > 0 and f.location_id = $2 and f.state in ('open', 'accepted') \
    order by f.created_at desc, f.id desc limit $3";

const COUNTS: &str = "select state, count(*) as amount from fulfillments \
    where location_id = $1 and state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup') \
    group by state order by state";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 12] =
    [PROMISED, INSERT, GET, OF_ORDER, AT_LOCATION, DUE, SET, ADD_ITEM, ITEMS, CHANGE_ITEM, RELYING, COUNTS];

/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, row: &FulfillmentRow) -> Result<(), DbError> {
    let values: [Value; 17] = [
        row.id.as_str().into(),
        row.order_id.as_str().into(),
        row.location.0.into(),
        row.lane.as_str().into(),
        row.state.as_str().into(),
        i64::from(row.is_held).into(),
        row.attempt.into(),
        row.due_at_ms.into(),
        row.service.as_str().into(),
        row.dispatch_day.into(),
        row.dispatch_window.into(),
        row.arrives_day.into(),
        row.parcels.into(),
        row.pickup_code.as_str().into(),
        row.facts.as_str().into(),
        row.created_at_ms.into(),
        row.placed_at_ms.into(),
    ];
    tx.insert_later(INSERT, &values).await?;
    Ok(())
}

/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<FulfillmentRow>, DbError> {
    tx.row(GET, &[id.into()]).await?.as_ref().map(FulfillmentRow::of).transpose()
}

/// In the order in which they were made.
///
/// # Errors
/// The database's.
pub async fn of_order(tx: &mut Tx, order_id: &str) -> Result<Vec<FulfillmentRow>, DbError> {
    tx.rows(OF_ORDER, &[order_id.into()]).await?.iter().map(FulfillmentRow::of).collect()
}

/// Those of a place in one state, by what is due first, after a deadline and id; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn at_location(
    tx: &mut Tx,
    (location, state): (LocationKey, &str),
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<FulfillmentRow>, DbError> {
    let values = [location.0.into(), state.into(), after.0.into(), after.1.into(), limit.into()];
    tx.rows(AT_LOCATION, &values).await?.iter().map(FulfillmentRow::of).collect()
}

/// Those whose next step is overdue, the longest first; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn due(
    tx: &mut Tx,
    at_ms: i64,
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<FulfillmentRow>, DbError> {
    let values: [Value; 4] = [at_ms.into(), after.0.into(), after.1.into(), limit.into()];
    tx.rows(DUE, &values).await?.iter().map(FulfillmentRow::of).collect()
}

/// Writes state, hold, deadline and facts, at the next version. The caller holds the order.
///
/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, row: &FulfillmentRow, at_ms: i64) -> Result<(), DbError> {
    let values = [
        row.id.as_str().into(),
        row.state.as_str().into(),
        i64::from(row.is_held).into(),
        row.due_at_ms.into(),
        row.facts.as_str().into(),
        at_ms.into(),
    ];
    tx.execute(SET, &values).await?;
    Ok(())
}

/// Adds units, all of them promised.
///
/// # Errors
/// The database's.
pub async fn add_item(tx: &mut Tx, id: &str, item: (i64, ProductKey), quantity: i64) -> Result<(), DbError> {
    tx.insert_later(ADD_ITEM, &[id.into(), item.0.into(), item.1.0.into(), quantity.into()]).await?;
    Ok(())
}

/// By line, then product.
///
/// # Errors
/// The database's.
pub async fn items(tx: &mut Tx, id: &str) -> Result<Vec<FulfillmentItem>, DbError> {
    tx.rows(ITEMS, &[id.into()]).await?.iter().map(FulfillmentItem::of).collect()
}

/// `false`: the item has fewer units than that; nothing changed.
///
/// # Errors
/// The database's.
pub async fn change_item(
    tx: &mut Tx,
    id: &str,
    item: (i64, ProductKey),
    by: ItemChange,
) -> Result<bool, DbError> {
    let values =
        [id.into(), item.0.into(), item.1.0.into(), by.picked.into(), by.committed.into(), by.shipped.into()];
    Ok(tx.execute(CHANGE_ITEM, &values).await? == 1)
}

/// Fulfillments that count on units of a shelf and have not begun, the newest first.
///
/// # Errors
/// The database's.
pub async fn relying_on(
    tx: &mut Tx,
    (product, location): (ProductKey, LocationKey),
    limit: i64,
) -> Result<Vec<String>, DbError> {
    let rows = tx.rows(RELYING, &[product.0.into(), location.0.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok(row.text("id")?.to_owned())).collect()
}

/// How many of a place are in each state of work.
///
/// # Errors
/// The database's.
pub async fn counts(tx: &mut Tx, location: LocationKey) -> Result<Vec<(String, i64)>, DbError> {
    let rows = tx.rows(COUNTS, &[location.0.into()]).await?;
    rows.iter().map(|row| Ok((row.text("state")?.to_owned(), row.int("amount")?))).collect()
}

impl FulfillmentRow {
    fn of(row: &Row) -> Result<FulfillmentRow, DbError> {
        Ok(FulfillmentRow {
            id: row.text("id")?.to_owned(),
            order_id: row.text("order_id")?.to_owned(),
            placed_at_ms: row.int("placed_at")?,
            location: LocationKey(row.int("location_id")?),
            lane: row.text("lane")?.to_owned(),
            state: row.text("state")?.to_owned(),
            is_held: row.int("is_held")? == 1,
            attempt: row.int("attempt")?,
            due_at_ms: row.int("due_at")?,
            service: row.text("service")?.to_owned(),
            dispatch_day: row.int("dispatch_day")?,
            dispatch_window: row.int("dispatch_window")?,
            arrives_day: row.int("arrives_day")?,
            parcels: row.int("parcels")?,
            pickup_code: row.text("pickup_code")?.to_owned(),
            facts: row.text("facts")?.to_owned(),
            version: row.int("version")?,
            created_at_ms: row.int("created_at")?,
            changed_at_ms: row.int("changed_at")?,
        })
    }
}

impl FulfillmentItem {
    fn of(row: &Row) -> Result<FulfillmentItem, DbError> {
        Ok(FulfillmentItem {
            line: row.int("line")?,
            product: ProductKey(row.int("product_id")?),
            quantity: row.int("quantity")?,
            picked: row.int("picked")?,
            committed: row.int("committed")?,
            shipped: row.int("shipped")?,
        })
    }
}

/// Units of a shelf that a fulfillment order is to hand over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Promised {
    pub id: String,
    pub order_id: String,
    /// What the order is called.
    pub order_name: String,
    pub units: i64,
    pub since_ms: i64,
}

/// Who counts on the units of a shelf, the newest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn promised(
    tx: &mut Tx,
    (product, location): (ProductKey, LocationKey),
    limit: i64,
) -> Result<Vec<Promised>, DbError> {
    let read = |row: &Row| {
        Ok(Promised {
            id: row.text("id")?.to_owned(),
            order_id: row.text("order_id")?.to_owned(),
            order_name: row.text("name")?.to_owned(),
            units: row.int("units")?,
            since_ms: row.int("since")?,
        })
    };
    tx.rows(PROMISED, &[product.0.into(), location.0.into(), limit.into()]).await?.iter().map(read).collect()
}
