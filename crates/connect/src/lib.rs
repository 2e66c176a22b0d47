//! Connections: what the outside says, as the model's nouns.
//!
//! Owns: every layout of every file and every foreign word; they end here.
//! Refuses to know: how a decision is made, and where results are kept.

pub mod files;
