//! The network in the books, on SQLite and on PostgreSQL.

mod changes;
mod folder;
mod import;
#[path = "../../../store/tests/books/place.rs"]
#[allow(dead_code, reason = "shared with the tests of the store")]
mod place;
