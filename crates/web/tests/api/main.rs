//! The API over real HTTP, on SQLite and on PostgreSQL.

mod batches;
mod client;
mod found;
mod imports;
mod inbox;
mod inventory;
mod matrix;
mod numbers;
mod once;
mod operate;
mod orders;
mod pages;
mod people;
mod place;
mod problems;
mod reach;
mod replays;
mod rule_words;
mod setup;
mod sign_in;
mod spec;
mod stock;
mod stream;
mod today;
mod views;
mod work;
