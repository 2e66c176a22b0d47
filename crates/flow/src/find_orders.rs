//! Finding orders: what each is found by, and what is looked up for what somebody typed.
//!
//! Owns: which parts of an order are worth a term (`terms`), how texts are made alike (`fold`), and writing terms for orders
//! that are older than terms are (`fill`). Refuses to know: which index leads to them; `store::order_list` chooses.

mod everything;
mod fill;
mod filter;
mod fold;
mod reading;
mod terms;

pub use everything::{Exceptions, Hit, Looked, MOST_OF_A_KIND, everything};
pub use fill::{fill, timer};
pub use filter::{Filter, Found, count, find};
pub use fold::fold;
pub(crate) use fold::{identifier, reversed_digits, words};
pub use reading::{LONGEST_SEARCH, MOST_WORDS, search};
pub(crate) use terms::of_person;
pub(crate) use terms::{IsSplit, given_to, of_order};

/// Orders beyond this are not counted: nobody reads so many.
pub const MOST_COUNTED: i64 = 10_000;
