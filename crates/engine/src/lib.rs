//! The engine: facts and a rule set in, a decision out.
//!
//! Invariant: no input or output, no clock, no randomness, no floating point; the same facts give the same
//! bytes on every machine.
//!
//! Read [`decide`](mod@decide) first: it is the table of contents.

mod cause;
mod cost;
pub mod decide;
mod demand;
mod explain;
mod gather;
mod item_screen;
pub mod json;
pub mod lint;
mod plan;
mod policy;
pub mod rules;
pub mod scenario;
mod screen;
mod settle;
mod tables;
pub mod tell;
pub mod tree;
mod words;

pub use decide::{Prepared, Router, commit, decide, unfit};
pub use json::decision_json;
pub use tell::sentences;
