//! The contract of the store, on SQLite and on PostgreSQL.
//!
//! PostgreSQL is tested where `BATON_TEST_POSTGRES` names a server that may make databases; `cargo xtask test` starts
//! one where it finds the programs.

mod backup;
mod check;
mod copy;
mod events;
mod inventory_damage;
mod jobs;
mod kills;
mod later;
mod loads;
mod place;
mod stock;
mod timers;
mod writes;
