//! What Baton puts on paper: reports that can be mailed and printed.
//!
//! Owns: turning plain figures into documents.
//! Refuses to know: where figures come from. Nothing here decides, replays, reads a file or a clock.

mod chart;
pub mod map;
pub mod report;
