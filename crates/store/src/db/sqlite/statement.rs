//! One statement on a connection of SQLite: values in, rows out.

use crate::db::{DbError, Row, Value};
use rusqlite::types::{Null, ValueRef};
use rusqlite::{Connection, Statement};
use std::sync::Arc;

/// How many rows a statement changed.
pub(in crate::db) fn execute(connection: &Connection, sql: &str, values: &[Value]) -> Result<u64, DbError> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let mut rows = statement.raw_query();
    // What it returns is not asked for here; it is done when the last row is.
    while rows.next()?.is_some() {}
    Ok(connection.changes())
}

pub(in crate::db) fn rows(connection: &Connection, sql: &str, values: &[Value]) -> Result<Vec<Row>, DbError> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let names: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
    let (mut all, mut rows) = (Vec::new(), statement.raw_query());
    while let Some(row) = rows.next()? {
        let cells = (0..names.len()).map(|i| cell(row.get_ref(i)?));
        all.push(Row::new(Arc::clone(&names), cells.collect::<Result<_, DbError>>()?));
    }
    Ok(all)
}

/// `$7` is the seventh value, wherever it stands: SQLite numbers them as they come.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<(), DbError> {
    let names = statement.parameter_count();
    if names < values.len() {
        return Err(DbError::Broken(format!("{} values for {names} parameters", values.len())));
    }
    for i in 1..=names {
        let number =
            statement.parameter_name(i).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let value = number.and_then(|number| values.get(number.checked_sub(1)?));
        let value = value.ok_or_else(|| DbError::Broken(format!("no value for parameter {i}")))?;
        match value {
            Value::Int(value) => statement.raw_bind_parameter(i, value)?,
            Value::Text(value) => statement.raw_bind_parameter(i, value)?,
            Value::Bytes(value) => statement.raw_bind_parameter(i, value)?,
            Value::NoInt | Value::NoText | Value::NoBytes => statement.raw_bind_parameter(i, Null)?,
        }
    }
    Ok(())
}

fn cell(value: ValueRef<'_>) -> Result<Option<Value>, DbError> {
    Ok(match value {
        ValueRef::Null => None,
        ValueRef::Integer(value) => Some(Value::Int(value)),
        ValueRef::Text(text) => Some(Value::Text(from_utf8(text)?)),
        ValueRef::Blob(bytes) => Some(Value::Bytes(bytes.to_vec())),
        ValueRef::Real(_) => return Err(DbError::Broken("a column of type REAL".into())),
    })
}

fn from_utf8(text: &[u8]) -> Result<String, DbError> {
    String::from_utf8(text.to_vec()).map_err(|error| DbError::Broken(error.to_string()))
}
