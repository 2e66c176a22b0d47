//! The verbs: what is done to orders, stock and fulfillment, one file each.
//!
//! Owns: transactions. Each verb is one of them: it reads what it needs, does all of its work or nothing, and writes down
//! what happened. Refuses to know: SQL, HTTP, files, and the clock: who asks and when arrives as a [`Call`].

pub mod baton;
pub mod call;
pub mod check_books;
pub mod id;
pub mod live;
pub mod refused;
pub mod timers;
pub mod worker;

pub use baton::Baton;
pub use call::{Actor, Call, Via};
pub use refused::{FieldFault, Refused};
