//! Notices: what users are told of inside the program.
//!
//! Owns: which events make which topic, who hears of it, and when. Refuses to know: mail and push; there are none.
//!
//! Somebody hears of an event where its topic is on for them at the place where it happened: as they chose for that place,
//! else as they chose for the topic, else as their role comes. Nobody hears of what they did themselves, or of a place that
//! they do not reach. In quiet hours a notice waits for their end.

mod choices;
mod tell;
mod topic;

pub use choices::{Choices, ChooseNotices, Quiet, ReadNotices, Rule, choices};
pub use tell::{tell_all, timer};
pub use topic::Topic;
