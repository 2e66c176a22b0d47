//! The books: what is stored, and the only code that knows SQL.
//!
//! Owns: one schema and one SQL text for embedded SQLite and PostgreSQL, and the one door through which stock changes.
//! Refuses to know: clocks (times arrive as values), networks other than the database's, and what a change is for.

pub mod check;
pub mod db;
pub mod events;
pub mod migrations;
pub mod once;
pub mod people;
pub mod places;
pub mod proofs;
pub mod stock;

pub use db::{Db, DbError, Tx};
