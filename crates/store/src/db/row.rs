//! Values in, rows out: integers, texts and bytes, and nothing else.
//!
//! Owns: reading a column by its name. Invariant: numbers with fractions, dates and booleans never reach the
//! database; they are integers or text in it.

use super::DbError;
use sqlx::{Column, Row as _, TypeInfo};
use std::sync::Arc;

/// A parameter of a statement, or a cell of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    NoInt,
    NoText,
    NoBytes,
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Value {
        Value::Int(value.into())
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Value {
        Value::Int(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::Text(value)
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Value {
        value.map_or(Value::NoInt, Value::Int)
    }
}

impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Value {
        value.map_or(Value::NoText, Value::from)
    }
}

/// One row of an answer, read by the names of its columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Of its columns; all rows of an answer share them.
    names: Arc<[String]>,
    cells: Vec<Option<Value>>,
}

impl Row {
    /// Its cells in the order of the statement; `None`: null.
    pub(crate) fn cells(&self) -> impl Iterator<Item = Option<&Value>> {
        self.cells.iter().map(Option::as_ref)
    }

    fn cell(&self, name: &str) -> Result<Option<&Value>, DbError> {
        let place = self.names.iter().position(|column| column == name);
        let cell = place.and_then(|place| self.cells.get(place));
        cell.map(Option::as_ref).ok_or_else(|| DbError::Broken(format!("no column {name}")))
    }

    /// # Errors
    /// There is no such column, or it holds no integer.
    pub fn int(&self, name: &str) -> Result<i64, DbError> {
        self.some_int(name)?.ok_or_else(|| DbError::Broken(format!("{name} is null")))
    }

    /// # Errors
    /// As [`Row::int`]; null is `None`.
    pub fn some_int(&self, name: &str) -> Result<Option<i64>, DbError> {
        match self.cell(name)? {
            None => Ok(None),
            Some(Value::Int(value)) => Ok(Some(*value)),
            Some(_) => Err(DbError::Broken(format!("{name} is no integer"))),
        }
    }

    /// # Errors
    /// There is no such column, or it holds no text.
    pub fn text(&self, name: &str) -> Result<&str, DbError> {
        self.some_text(name)?.ok_or_else(|| DbError::Broken(format!("{name} is null")))
    }

    /// # Errors
    /// As [`Row::text`]; null is `None`.
    pub fn some_text(&self, name: &str) -> Result<Option<&str>, DbError> {
        match self.cell(name)? {
            None => Ok(None),
            Some(Value::Text(value)) => Ok(Some(value)),
            Some(_) => Err(DbError::Broken(format!("{name} is no text"))),
        }
    }

    /// # Errors
    /// There is no such column, or it holds no bytes.
    pub fn bytes(&self, name: &str) -> Result<&[u8], DbError> {
        match self.cell(name)? {
            Some(Value::Bytes(value)) => Ok(value),
            _ => Err(DbError::Broken(format!("{name} holds no bytes"))),
        }
    }

    pub(super) fn new(names: Arc<[String]>, cells: Vec<Option<Value>>) -> Row {
        Row { names, cells }
    }

    /// The rows of one answer.
    pub(super) fn all_of_postgres(rows: &[sqlx::postgres::PgRow]) -> Result<Vec<Row>, DbError> {
        let Some(first) = rows.first() else { return Ok(Vec::new()) };
        let names: Arc<[String]> = first.columns().iter().map(|column| column.name().to_owned()).collect();
        let of = |row: &sqlx::postgres::PgRow| {
            Ok(Row { names: Arc::clone(&names), cells: cells_of_postgres(row)? })
        };
        rows.iter().map(of).collect()
    }
}

fn cells_of_postgres(row: &sqlx::postgres::PgRow) -> Result<Vec<Option<Value>>, DbError> {
    let cell = |(i, column): (usize, &sqlx::postgres::PgColumn)| {
        Ok(match column.type_info().name() {
            "INT8" => row.try_get::<Option<i64>, _>(i)?.map(Value::Int),
            "INT4" => row.try_get::<Option<i32>, _>(i)?.map(Value::from),
            "TEXT" | "VARCHAR" | "NAME" => row.try_get::<Option<String>, _>(i)?.map(Value::Text),
            "BYTEA" => row.try_get::<Option<Vec<u8>>, _>(i)?.map(Value::Bytes),
            other => return Err(DbError::Broken(format!("a column of type {other}"))),
        })
    };
    row.columns().iter().enumerate().map(cell).collect()
}
