//! Files as retailers have them: the Baton folder, exports of shop systems, published histories.
//!
//! Owns: reading them fast and strictly, and writing results so that nothing is ever half-written.
//! Refuses to know: clocks, networks of computers, and what is decided about an order.

mod assignments;
mod bad_input;
mod cell;
mod dir;
mod folder;
mod hash;
mod olist;
mod out_file;
mod places;
mod rows;
#[cfg(test)]
mod scratch;
mod sheet;
mod shopify;
mod table;
mod text;
mod written;

pub use assignments::Assignments;
pub use bad_input::{BadInput, BadInputs, plain_words};
pub use folder::layout::{Column, FileLayout, Need, layout};
pub use folder::{
    Actual, Actuals, Cells, Described, Feeds, Folder, MAX_SETUP_FILE, OrderFeed, Past, Problem, Receipt,
    Setup, settings_described, settings_written,
};
pub use olist::{OlistOptions, OlistSummary, convert_olist};
pub use out_file::{OutFile, demand_different, is_standard_output};
pub use places::{whereabouts, zip3_points};
pub use sheet::{
    CellFault, ColumnSeen, CountAt, Field, Look, Quirk, REASON, Reading, Sheet, SheetKind, SheetRow,
};
pub use shopify::{Exports, LeftOut, Shopify};
pub use written::{csv_line, inert};
