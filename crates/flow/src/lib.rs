//! The verbs: what is done to orders, stock and fulfillment, one file each.
//!
//! Owns: transactions. Each verb is one of them: it reads what it needs, does all of its work or nothing, and writes down
//! what happened. Refuses to know: SQL, HTTP, files, and the clock: who asks and when arrives as a [`Call`].

pub mod call;
pub mod id;
pub mod people;
pub mod refused;

pub use call::{Actor, Call, Via};
pub use refused::{FieldFault, Refused};
