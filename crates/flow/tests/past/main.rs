//! Replays of rule sets over what is in the books, on SQLite and on PostgreSQL.

mod beside;
mod ledger;
#[path = "../../../store/tests/books/place.rs"]
#[allow(dead_code, reason = "the store's own tests use the rest of it")]
mod place;
mod real;
mod shop;
