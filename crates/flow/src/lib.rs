//! The verbs: what is done to orders, stock and fulfillment, one file each.
//!
//! Owns: transactions. Each verb is one of them: it reads what it needs, does all of its work or nothing, and writes down
//! what happened. Refuses to know: SQL, HTTP, files, and the clock: who asks and when arrives as a [`Call`].

mod baton;
pub mod call;
pub mod decide;
pub mod exception;
pub mod id;
pub mod inventory;
pub mod order;
mod order_state;
pub mod refused;
pub mod shelf;
pub mod shop;
pub mod substitute;
pub mod take_order;
mod verb;

pub use baton::Baton;
pub use call::{Actor, Call, Via};
pub use refused::{FieldFault, Refused};
pub use verb::{MOST_TRIES, Scene, Verb};
