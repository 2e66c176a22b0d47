//! The books: what is stored, and the only code that knows SQL.
//!
//! Owns: one schema and one SQL text for embedded SQLite and PostgreSQL, and the one door through which stock changes.
//! Refuses to know: clocks (times arrive as values), networks other than the database's, and what a change is for.

pub mod accuracy;
pub mod arrivals;
pub mod backup;
pub mod check;
pub mod copy;
pub mod counts;
pub mod db;
pub mod decisions;
pub mod dump;
pub mod durability;
pub mod erasing;
pub mod events;
pub mod exception_policies;
pub mod exceptions;
pub mod feeds;
pub mod fulfillments;
pub mod history;
pub mod holds;
pub mod jobs;
pub mod ledger;
pub mod measures;
pub mod migrations;
pub mod notices;
pub mod once;
pub mod order_batches;
pub mod order_list;
pub mod order_terms;
pub mod orders;
pub mod parcels;
pub mod people;
pub mod places;
pub mod pools;
pub mod promise;
pub mod proofs;
pub mod returns;
pub mod rule_replays;
pub mod rule_sets;
pub mod setting_marks;
pub mod setup;
pub mod sheet_imports;
pub mod shelves;
pub mod stock;
pub mod substitutions;
pub mod tables;
pub mod timers;
pub mod views;
pub mod work;

pub use db::{Db, DbError, Tx};
