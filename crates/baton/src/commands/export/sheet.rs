//! Rows on their way into a file, as a table or as objects.
//!
//! Owns: both forms, and that no cell of a table is taken for a formula. Refuses to know: what the rows are.

use crate::fault::Fault;
use clap::ValueEnum;
use connect::files::{OutFile, inert};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Csv,
    Ndjson,
}

/// A file of rows with these columns.
pub(super) struct Sheet {
    file: OutFile,
    form: Form,
    columns: Vec<&'static str>,
    rows: u64,
}

impl Sheet {
    pub(super) fn create(path: &Path, form: Form, columns: Vec<&'static str>) -> Result<Sheet, Fault> {
        let mut sheet = Sheet { file: OutFile::create(path, &[])?, form, columns, rows: 0 };
        if form == Form::Csv {
            let line = sheet.columns.join(",");
            sheet.line(&line)?;
        }
        Ok(sheet)
    }

    pub(super) fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    /// Writes one row: a value for each column.
    pub(super) fn row(&mut self, values: Vec<Value>) -> Result<(), Fault> {
        let line = match self.form {
            Form::Csv => values.iter().map(cell).collect::<Vec<_>>().join(","),
            Form::Ndjson => {
                let names = self.columns.iter().map(|name| (*name).to_owned());
                Value::Object(names.zip(values).collect::<Map<_, _>>()).to_string()
            }
        };
        self.rows += 1;
        self.line(&line)
    }

    fn line(&mut self, line: &str) -> Result<(), Fault> {
        writeln!(self.file, "{line}").map_err(|error| self.file.fault(&error).into())
    }

    /// How many rows there are.
    pub(super) fn finish(self) -> Result<u64, Fault> {
        self.file.finish()?;
        Ok(self.rows)
    }
}

/// A value as a cell of a table.
fn cell(value: &Value) -> String {
    let text: Cow<'_, str> = match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => inert(text),
        other => inert_owned(other.to_string()),
    };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.into_owned(),
    }
}

fn inert_owned(text: String) -> Cow<'static, str> {
    Cow::Owned(inert(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::cell;
    use serde_json::json;

    #[test]
    fn no_cell_is_taken_for_a_formula_and_numbers_stay_numbers() {
        for (value, expected) in [
            (json!("=1+1"), "'=1+1"),
            (json!("@SUM(A1)"), "'@SUM(A1)"),
            (json!("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0"),
            (json!("-2+3"), "'-2+3"),
            (json!("\tx"), "'\tx"),
            (json!("'=1"), "''=1"),
            (json!("=\"a\",1"), "\"'=\"\"a\"\",1\""),
            (json!("-83.5"), "-83.5"),
            (json!(-7), "-7"),
            (json!("O'Neill"), "O'Neill"),
            (json!(null), ""),
        ] {
            assert_eq!(cell(&value), expected, "{value}");
        }
    }
}
