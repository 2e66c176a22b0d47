//! Stock that can be promised and trusted, on SQLite and on PostgreSQL.

#[path = "../../../store/tests/books/place.rs"]
mod place;

mod arrivals;
mod available;
mod corrections;
mod feeds;
mod holds;
mod shop;
