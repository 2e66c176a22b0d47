//! The books from the command line, the running program, and what `docs/operations.md` says of both.

#[path = "../scratch/mod.rs"]
mod scratch;

mod cluster;
mod commands;
mod crowd;
mod demo_beside;
mod document;
mod kills;
mod nodes;
mod place;
mod refusals;
mod replays;
mod restart;
mod serving;
mod walk;
mod wire;
