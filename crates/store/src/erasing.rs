//! Texts of the books in which a person may stand, wherever they are.
//!
//! Owns: which tables are looked through, reading their texts page by page, and writing over them. It reads the schema
//! itself, so that a new table is looked through without a word here; what is left out is listed with its reason. Refuses to
//! know: who the person is, and what a text is to become.
//!
//! Invariant: a text is written over only as it was read; what somebody changed meanwhile is found by the next look.

use crate::db::{DbError, Row, Tx, Value};
use crate::stock::Shelf;
use crate::tables::{self, Kind, Table};

/// Tables that are not looked through.
const LEFT_OUT: [(&str, &str); 17] = [
    ("order_terms", "each order has terms of its own: those of this one are removed by its document"),
    ("decisions", "made of products, places and figures alone"),
    ("fulfillment_items", "numbers alone"),
    ("order_items", "numbers alone"),
    ("stock", "what is known of a shelf"),
    ("requests", "looked through by ids, for each has one order"),
    ("sheet_parts", "bytes: looked at file by file"),
    ("users", "people of the shop, who may be customers, too, and stay its people"),
    ("tokens", "as users"),
    ("sessions", "as users"),
    ("setup_links", "as users"),
    ("notice_settings", "as users"),
    ("locations", "the shop's own places"),
    ("products", "the shop's own products"),
    ("setup_files", "the shop's own settings"),
    ("rule_sets", "the shop's own rules, which never change"),
    ("event_head", "the seal of the log"),
];

/// Rows read at once.
const AT_ONCE: i64 = 1_000;

/// The tables that are looked through, as the schema has them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Books(Vec<Table>);

/// The texts of one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Texts {
    pub table: String,
    key: Vec<Value>,
    /// The order that the row belongs to, where it belongs to one.
    pub order_id: Option<String>,
    /// Column and text, without the key.
    pub cells: Vec<(String, String)>,
}

/// Where a look through the books is.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct At {
    /// How many tables are done.
    table: usize,
    /// The last row of this one.
    key: Option<Vec<Value>>,
}

const REQUESTS: &str = "select scope, key, effect, headers, body from requests \
    where (scope, key) > ($1, $2) and status is not null order by scope, key limit $3";
/// As an answer that was not kept: whoever asks again hears where it was done.
const FORGET_ANSWER: &str = "update requests set status = 409, headers = $3, body = '' \
    where scope = $1 and key = $2 and status is not null";
const FORGET_REQUEST: &str = "delete from requests where scope = $1 and key = $2 and status is not null";

const SET_ORDER: &str = "update orders set name = $2, hold = $3, document = $4 where id = $1";
const SET_TASK: &str = "update fulfillments set facts = $2, version = version + 1 where id = $1";
const SET_EXCEPTION: &str =
    "update exceptions set facts = $2, resolution = $3, version = version + 1 where id = $1";
const SET_RETURN: &str = "update returns set reason = $2 where id = $1";
const LEDGER_OF: &str =
    "select number, reason from ledger where product_id = $1 and location_id = $2 and document = $3";
const SET_LEDGER: &str = "update ledger set reason = $2 where number = $1";
const BATCH_HOLDS: &str =
    "select batch_id, number, hold from order_batch_rows where order_id = $1 and hold <> ''";
const SET_BATCH_HOLD: &str = "update order_batch_rows set hold = $3 where batch_id = $1 and number = $2";

const FILES: &str = "select id, state from sheet_imports where id > $1 \
    and exists (select 1 from sheet_parts p where p.import_id = sheet_imports.id) order by id limit $2";
const REMOVE_FILE: &str = "delete from sheet_parts where import_id = $1 and exists (select 1 from sheet_imports i \
    where i.id = $1 and i.state not in ('checking', 'running', 'reverting'))";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 13] = [
    REQUESTS,
    FORGET_ANSWER,
    FORGET_REQUEST,
    SET_ORDER,
    SET_TASK,
    SET_EXCEPTION,
    SET_RETURN,
    LEDGER_OF,
    SET_LEDGER,
    BATCH_HOLDS,
    SET_BATCH_HOLD,
    FILES,
    REMOVE_FILE,
];

/// The tables that are looked through.
///
/// # Errors
/// The database's.
pub async fn books(tx: &mut Tx) -> Result<Books, DbError> {
    let is_left_out = |table: &Table| LEFT_OUT.iter().any(|(name, _)| *name == table.name);
    let has_texts = |table: &Table| table.columns.iter().any(|column| column.kind == Kind::Text);
    let all = tables::all(tx).await?.into_iter();
    Ok(Books(all.filter(|table| !is_left_out(table) && has_texts(table)).collect()))
}

/// The next rows with texts, and where to go on; `None`: those were the last.
///
/// # Errors
/// The database's.
pub async fn texts(tx: &mut Tx, books: &Books, at: &At) -> Result<(Vec<Texts>, Option<At>), DbError> {
    let Some(table) = books.0.get(at.table) else { return Ok((Vec::new(), None)) };
    let rows = table.page(tx, at.key.as_deref(), AT_ONCE).await?;
    let next = match rows.last() {
        Some(last) if rows.len() as i64 == AT_ONCE => At { table: at.table, key: Some(table.key_of(last)) },
        _ => At { table: at.table + 1, key: None },
    };
    let texts = rows.iter().map(|row| texts_of(table, row)).collect::<Result<_, _>>()?;
    Ok((texts, Some(next).filter(|next| next.table < books.0.len())))
}

fn texts_of(table: &Table, row: &Row) -> Result<Texts, DbError> {
    let mut cells = Vec::new();
    for (column, cell) in table.columns.iter().zip(row.cells()) {
        if let (false, Some(Value::Text(text))) = (column.is_of_key(), cell) {
            cells.push((column.name.clone(), text.clone()));
        }
    }
    // An order belongs to itself.
    let column = if table.name == "orders" { "id" } else { "order_id" };
    let order_id = match table.names().any(|name| name == column) {
        true => row.some_text(column)?.map(str::to_owned),
        false => None,
    };
    Ok(Texts { table: table.name.clone(), key: table.key_of(row), order_id, cells })
}

impl Texts {
    /// What the row is called in its table, where that is a text.
    pub fn id(&self) -> &str {
        match self.key.first() {
            Some(Value::Text(id)) => id,
            _ => "",
        }
    }

    /// A text of it; empty: there is none.
    pub fn cell(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, _)| name == column).map_or("", |(_, text)| text)
    }

    /// The number of an event.
    pub fn event(&self) -> Option<i64> {
        match (self.table.as_str(), self.key.as_slice()) {
            ("events", [Value::Int(number)]) => Some(*number),
            _ => None,
        }
    }
}

/// Writes over texts of a row: column, text as it was read, new text. `false`: it was changed meanwhile, and stays.
///
/// # Errors
/// The database's.
pub async fn write_over(
    tx: &mut Tx,
    books: &Books,
    (row, changes): (&Texts, &[(String, String, String)]),
) -> Result<bool, DbError> {
    let Some(table) = books.0.iter().find(|table| table.name == row.table) else {
        return Err(DbError::Broken(format!("texts of {}, which is not looked through", row.table)));
    };
    let keys = table.key_names();
    let mut values: Vec<Value> = row.key.clone();
    let (mut sets, mut conditions) = (Vec::new(), Vec::new());
    conditions.extend(keys.iter().enumerate().map(|(i, key)| format!("{key} = ${}", i + 1)));
    for (column, was, is) in changes.iter().filter(|(column, ..)| table.names().any(|name| name == column)) {
        values.push(was.as_str().into());
        conditions.push(format!("{column} = ${}", values.len()));
        values.push(is.as_str().into());
        sets.push(format!("{column} = ${}", values.len()));
    }
    if sets.is_empty() {
        return Ok(false);
    }
    let (name, sets, conditions) = (&table.name, sets.join(", "), conditions.join(" and "));
    let sql = format!("update {name} set {sets} where {conditions}");
    Ok(tx.execute_made(sql, &values).await? == 1)
}

/// An answer that is kept for those who ask again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptAnswer {
    pub scope: String,
    pub key: String,
    pub effect: String,
    pub text: String,
}

/// Kept answers behind a scope and key, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn answers(tx: &mut Tx, after: (&str, &str), limit: i64) -> Result<Vec<KeptAnswer>, DbError> {
    let rows = tx.rows(REQUESTS, &[after.0.into(), after.1.into(), limit.into()]).await?;
    let read = |row: &Row| {
        let (headers, body) = (row.some_text("headers")?, row.some_text("body")?);
        Ok(KeptAnswer {
            scope: row.text("scope")?.to_owned(),
            key: row.text("key")?.to_owned(),
            effect: row.some_text("effect")?.unwrap_or_default().to_owned(),
            text: format!("{}\n{}", headers.unwrap_or_default(), body.unwrap_or_default()),
        })
    };
    rows.iter().map(read).collect()
}

/// Keeps of an answer only what it was done to.
///
/// # Errors
/// The database's.
pub async fn forget_answer(tx: &mut Tx, answer: &KeptAnswer) -> Result<(), DbError> {
    let values = [answer.scope.as_str().into(), answer.key.as_str().into(), answer.effect.as_str().into()];
    tx.execute(FORGET_ANSWER, &values).await.map(drop)
}

/// Forgets that there was such a request: its key itself names somebody.
///
/// # Errors
/// The database's.
pub async fn forget_request(tx: &mut Tx, answer: &KeptAnswer) -> Result<(), DbError> {
    tx.execute(FORGET_REQUEST, &[answer.scope.as_str().into(), answer.key.as_str().into()]).await.map(drop)
}

/// What people call an order, why it is held, and its document.
///
/// # Errors
/// The database's.
pub async fn set_order(tx: &mut Tx, order: &crate::orders::OrderRow) -> Result<(), DbError> {
    let values = [
        order.id.as_str().into(),
        order.name.as_str().into(),
        order.hold.as_str().into(),
        order.document.as_str().into(),
    ];
    tx.execute(SET_ORDER, &values).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn set_task(tx: &mut Tx, id: &str, facts: &str) -> Result<(), DbError> {
    tx.execute(SET_TASK, &[id.into(), facts.into()]).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn set_exception(tx: &mut Tx, id: &str, (facts, resolution): (&str, &str)) -> Result<(), DbError> {
    tx.execute(SET_EXCEPTION, &[id.into(), facts.into(), resolution.into()]).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn set_return(tx: &mut Tx, id: &str, reason: &str) -> Result<(), DbError> {
    tx.execute(SET_RETURN, &[id.into(), reason.into()]).await.map(drop)
}

/// Why the units of a shelf moved by a document, entry by entry. Numbers of units are not touched.
///
/// # Errors
/// The database's.
pub async fn rewrite_ledger(
    tx: &mut Tx,
    (shelf, document): (Shelf, &str),
    is_to_be: impl Fn(&str) -> String + Send,
) -> Result<(), DbError> {
    let values = [shelf.product.0.into(), shelf.location.0.into(), document.into()];
    for row in tx.rows(LEDGER_OF, &values).await? {
        let (number, was) = (row.int("number")?, row.text("reason")?);
        let is = is_to_be(was);
        if is != was {
            tx.execute(SET_LEDGER, &[number.into(), is.into()]).await?;
        }
    }
    Ok(())
}

/// The holds that batches gave or lifted of an order.
///
/// # Errors
/// The database's.
pub async fn rewrite_batch_holds(
    tx: &mut Tx,
    order_id: &str,
    is_to_be: impl Fn(&str) -> String + Send,
) -> Result<(), DbError> {
    for row in tx.rows(BATCH_HOLDS, &[order_id.into()]).await? {
        let is = is_to_be(row.text("hold")?);
        let values = [row.text("batch_id")?.into(), row.int("number")?.into(), is.into()];
        tx.execute(SET_BATCH_HOLD, &values).await?;
    }
    Ok(())
}

/// Imports after an id that have their file still, with their states, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn imports_with_files(
    tx: &mut Tx,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, String)>, DbError> {
    let rows = tx.rows(FILES, &[after.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok((row.text("id")?.to_owned(), row.text("state")?.to_owned()))).collect()
}

/// Removes the file of an import. `false`: somebody works on it.
///
/// # Errors
/// The database's.
pub async fn remove_file(tx: &mut Tx, import: &str) -> Result<bool, DbError> {
    Ok(tx.execute(REMOVE_FILE, &[import.into()]).await? > 0)
}
