//! The lines of a dump.

use crate::db::Value;
use crate::tables::{Sum, hex};
use serde::{Deserialize, Serialize};

/// Of the format.
pub(super) const VERSION: i64 = 1;

/// A line, told apart by its shape.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    Row(Vec<Cell>),
    Start(Start),
    Table {
        table: String,
        columns: Vec<String>,
    },
    /// What every table holds.
    Sums {
        sums: Vec<Sum>,
    },
    /// Of all bytes before this line, hexadecimal. Alone in its line, so that nothing is left out of it.
    End {
        sha256: String,
    },
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Start {
    pub(super) baton_books: i64,
    pub(super) made_at_ms: i64,
    pub(super) schema: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Cell {
    Int(i64),
    Text(String),
    /// Two digits for each byte.
    Bytes {
        hex: String,
    },
    Null(()),
}

impl Cell {
    pub(super) fn of(value: Option<&Value>) -> Cell {
        match value {
            Some(Value::Int(number)) => Cell::Int(*number),
            Some(Value::Text(text)) => Cell::Text(text.clone()),
            Some(Value::Bytes(bytes)) => Cell::Bytes { hex: hex(bytes) },
            None | Some(Value::NoInt | Value::NoText | Value::NoBytes) => Cell::Null(()),
        }
    }

    pub(super) fn value(self) -> Option<Value> {
        match self {
            Cell::Int(number) => Some(Value::Int(number)),
            Cell::Text(text) => Some(Value::Text(text)),
            Cell::Bytes { hex } => Some(Value::Bytes(bytes_of(&hex))),
            Cell::Null(()) => None,
        }
    }
}

/// A digit that is none counts as 0: the sums at the end of a restore would show it.
fn bytes_of(hex: &str) -> Vec<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16).unwrap_or(0) as u8;
    hex.as_bytes().chunks(2).map(|pair| pair.iter().fold(0, |byte, next| byte << 4 | digit(*next))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_comes_back_as_it_was() {
        let values = [
            Some(Value::Int(i64::MIN)),
            Some(Value::Int(i64::MAX)),
            Some(Value::Text("\"\\\n☂\u{0001}".into())),
            Some(Value::Text(String::new())),
            Some(Value::Bytes(vec![0, 10, 255])),
            None,
        ];
        let line = Line::Row(values.iter().map(|value| Cell::of(value.as_ref())).collect());
        let text = serde_json::to_string(&line).unwrap();
        let Line::Row(cells) = serde_json::from_str(&text).unwrap() else { panic!("{text}") };
        assert_eq!(cells.into_iter().map(Cell::value).collect::<Vec<_>>(), values);
    }
}
