//! Values in, rows out: integers, texts and bytes, and nothing else.
//!
//! Owns: reading a column by its name. Invariant: numbers with fractions, dates and booleans never reach the
//! database; they are integers or text in it.

use super::DbError;
use sqlx::{Column, Row as _, TypeInfo, ValueRef};

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
    cells: Vec<(String, Option<Value>)>,
}

impl Row {
    /// Its cells in the order of the statement; `None`: null.
    pub(crate) fn cells(&self) -> impl Iterator<Item = Option<&Value>> {
        self.cells.iter().map(|(_, value)| value.as_ref())
    }

    fn cell(&self, name: &str) -> Result<Option<&Value>, DbError> {
        let cell = self.cells.iter().find(|(column, _)| column == name);
        cell.map(|(_, value)| value.as_ref()).ok_or_else(|| DbError::Broken(format!("no column {name}")))
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

    pub(super) fn of_sqlite(row: &sqlx::sqlite::SqliteRow) -> Result<Row, DbError> {
        let cell = |i: usize| -> Result<Option<Value>, DbError> {
            let raw = row.try_get_raw(i)?;
            if raw.is_null() {
                return Ok(None);
            }
            Ok(Some(match raw.type_info().name() {
                "INTEGER" => Value::Int(row.try_get(i)?),
                "TEXT" => Value::Text(row.try_get(i)?),
                "BLOB" => Value::Bytes(row.try_get(i)?),
                other => return Err(DbError::Broken(format!("a column of type {other}"))),
            }))
        };
        let cells =
            row.columns().iter().enumerate().map(|(i, column)| Ok((column.name().to_owned(), cell(i)?)));
        Ok(Row { cells: cells.collect::<Result<_, DbError>>()? })
    }

    pub(super) fn of_postgres(row: &sqlx::postgres::PgRow) -> Result<Row, DbError> {
        let cell = |i: usize, kind: &str| -> Result<Option<Value>, DbError> {
            Ok(match kind {
                "INT8" => row.try_get::<Option<i64>, _>(i)?.map(Value::Int),
                "INT4" => row.try_get::<Option<i32>, _>(i)?.map(Value::from),
                "TEXT" | "VARCHAR" | "NAME" => row.try_get::<Option<String>, _>(i)?.map(Value::Text),
                "BYTEA" => row.try_get::<Option<Vec<u8>>, _>(i)?.map(Value::Bytes),
                other => return Err(DbError::Broken(format!("a column of type {other}"))),
            })
        };
        let cells = row
            .columns()
            .iter()
            .enumerate()
            .map(|(i, column)| Ok((column.name().to_owned(), cell(i, column.type_info().name())?)));
        Ok(Row { cells: cells.collect::<Result<_, DbError>>()? })
    }
}
