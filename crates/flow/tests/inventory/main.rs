//! Stock that can be promised and trusted, on SQLite and on PostgreSQL.

#[path = "../../../store/tests/books/place.rs"]
mod place;

mod arrivals;
mod available;
mod corrections;
mod counts;
mod feeds;
mod gates;
mod holds;
mod sheets;
mod shop;
