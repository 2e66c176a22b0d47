//! The verbs: what is done to orders, stock and fulfillment, one file each.
//!
//! Owns: transactions. Each verb is one of them: it reads what it needs, does all of its work or nothing, and writes down
//! what happened. Refuses to know: SQL, HTTP, layouts of files, and the clock: who asks and when arrives as a [`Call`].

pub mod backorders;
pub mod backups;
pub mod baton;
pub mod call;
pub mod cancel_order;
pub mod check_books;
pub mod decide;
pub mod demo;
pub mod doctor;
pub mod edit_order;
pub mod exception;
pub mod find_orders;
pub mod fulfillment;
pub mod hold_order;
pub mod id;
pub mod import;
pub mod inventory;
pub mod jobs;
pub mod live;
pub mod loads;
mod long_job;
pub mod measures;
pub mod notices;
pub mod order;
pub mod order_batch;
mod order_state;
pub mod override_order;
mod pass;
pub mod people;
pub mod refused;
pub mod rule_replay;
pub mod rules;
pub mod setup;
pub mod sheet_import;
pub mod shelf;
pub mod shop;
pub mod shopper;
pub mod storefront;
pub mod substitute;
pub mod take_order;
pub mod timers;
pub mod today;
mod verb;
pub mod views;
pub mod work;
pub mod worker;

pub use baton::Baton;
pub use call::{Actor, Call, Via};
pub use refused::{FieldFault, Refused};
pub use verb::{MOST_TRIES, Scene, Verb};
