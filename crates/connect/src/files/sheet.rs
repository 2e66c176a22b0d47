//! A table that somebody brings, of whatever columns: what it is, what each column can mean, and its rows by a mapping.
//!
//! Owns: the layouts and names of columns that are known, what spreadsheets do to cells, and the rows as units or as
//! cells of products, each with its faults. Refuses to know: which products and places there are, and what is done with
//! a row.

mod field;
mod known;
mod look;
mod quirk;
mod row;

pub use field::{Field, SheetKind};
pub use look::{ColumnSeen, Look};
pub use quirk::Quirk;
pub use row::{CellFault, CountAt, Reading, Sheet, SheetRow};

/// A column that tells what was wrong with a row, in files of bad rows: nothing is read from it.
pub const REASON: &str = "reason";
