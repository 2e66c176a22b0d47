//! An order: what a channel sends, what is kept of it, and what of it is still to be decided.

mod asked;
mod document;
mod reading;

pub use asked::{Asked, goes_to};
pub use document::{Address, Customer, Document, Line};
pub(crate) use reading::check_address;
pub use reading::{MAX_SENT_LINES, NewLine, NewOrder};
