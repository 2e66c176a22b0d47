//! A first look at a table: read once to its end, so that what follows can rely on it.
//!
//! Owns: its coding, separator, header, rows and samples, and what each column proposes. Refuses to know: what was
//! remembered of such files.

use super::field::{Field, SheetKind};
use super::known::{Layout, plain, proposed};
use super::quirk::{Quirk, Watch};
use crate::files::bad_input::{BadInput, BadInputs};
use crate::files::table::Table;
use crate::files::text::TextSource;
use std::sync::Arc;

/// Cells of a column that are shown.
const MOST_SAMPLES: usize = 5;
/// Letters of a cell that are shown.
const LONGEST_SAMPLE: usize = 80;
/// Columns of a file that somebody is to map: wider than any export known.
const MOST_COLUMNS: usize = 500;

/// What a table is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Look {
    /// `utf-8`, `utf-8-bom`, `utf-16` or `windows-1252`.
    pub encoding: &'static str,
    pub separator: char,
    /// The line of the header.
    pub header_row: u64,
    /// Rows after it.
    pub rows: u64,
    /// `shopify_inventory`, …, `unknown`.
    pub layout: &'static str,
    pub kind: SheetKind,
    pub columns: Vec<ColumnSeen>,
    pub quirks: Vec<Quirk>,
}

/// A column as it stands in the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnSeen {
    pub name: String,
    pub samples: Vec<String>,
    /// What its name proposes.
    pub field: Option<Field>,
}

impl Look {
    /// Looks at a table; `kind`: what its rows are, where somebody said so.
    ///
    /// # Errors
    /// It is empty, or cannot be read as a table to its end.
    pub fn at(name: &str, bytes: &Arc<[u8]>, kind: Option<SheetKind>) -> Result<Look, BadInputs> {
        let mut table = open(name, bytes)?;
        let header = table.header().to_vec();
        if header.len() > MOST_COLUMNS {
            let problem = format!("has more than {MOST_COLUMNS} columns");
            return Err(BadInput::of_file(name, problem, "remove columns that are not needed").into());
        }
        let (header_row, separator) = (table.row(), table.delimiter());
        let layout = Layout::of(&header);
        let kind = kind.or(layout.kind()).unwrap_or_else(|| guessed(layout, &header));
        let fields = proposed(kind, layout, &header);
        let mut watches: Vec<Watch> =
            header.iter().zip(&fields).map(|(name, field)| Watch::of(name, field.as_ref())).collect();
        let mut samples: Vec<Vec<String>> = vec![Vec::new(); header.len()];
        let mut rows = 0;
        loop {
            match table.advance() {
                Ok(false) => break,
                Ok(true) => {
                    for (i, (watch, samples)) in watches.iter_mut().zip(&mut samples).enumerate() {
                        let cell = table.cell_at(i);
                        watch.see(table.row(), cell.bytes(), separator);
                        keep(samples, cell.text());
                    }
                }
                Err(fault) if table.is_broken() => return Err(fault.into()),
                Err(_) => {}
            }
            rows += 1;
        }
        let named = header.iter().zip(samples).zip(fields);
        let columns = named.map(|((name, samples), field)| ColumnSeen { name: name.clone(), samples, field });
        let quirks = header.iter().zip(watches).flat_map(|(name, watch)| watch.told(name)).collect();
        Ok(Look {
            encoding: encoding(bytes, table.note().as_deref()),
            separator: char::from(separator),
            header_row,
            rows,
            layout: layout.code(),
            kind,
            columns: columns.collect(),
            quirks,
        })
    }

    /// Files of the same columns have the same, whatever their rows.
    pub fn signature(&self) -> String {
        let names = self.columns.iter().map(|column| plain(&column.name));
        let names: Vec<String> = names.filter(|name| name != super::REASON).collect();
        format!("{}\u{1f}{}", self.kind.code(), names.join("\u{1f}"))
    }
}

/// The table, behind its header.
pub(super) fn open(name: &str, bytes: &Arc<[u8]>) -> Result<Table, BadInputs> {
    Table::of(name.to_owned(), TextSource::held(bytes), &[])
}

fn guessed(layout: Layout, header: &[String]) -> SheetKind {
    let counts = proposed(SheetKind::Stock, layout, header);
    match counts.iter().flatten().any(Field::is_units) {
        true => SheetKind::Stock,
        false => SheetKind::Products,
    }
}

fn keep(samples: &mut Vec<String>, text: &str) {
    if samples.len() >= MOST_SAMPLES || text.is_empty() {
        return;
    }
    let sample: String = text.chars().take(LONGEST_SAMPLE).collect();
    if !samples.contains(&sample) {
        samples.push(sample);
    }
}

fn encoding(bytes: &[u8], note: Option<&str>) -> &'static str {
    match note {
        Some(note) if note.contains("UTF-16") => "utf-16",
        Some(_) => "windows-1252",
        None if bytes.starts_with(&[0xef, 0xbb, 0xbf]) => "utf-8-bom",
        None => "utf-8",
    }
}
