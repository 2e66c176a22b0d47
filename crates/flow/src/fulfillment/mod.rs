//! The work at a place, step by step: accept, pick, pack, hand over; and what goes otherwise.
//!
//! ```text
//! open → accepted → picking → packed → shipped → delivered
//!                                   └→ ready_for_pickup → collected
//! open, accepted → moved            any before handing over → rejected, expired, short, cancelled
//! ```
//!
//! Units stay committed at the place until they are handed over or let go; on-hand falls with the promise, once.

mod deadlines;
mod hand_over;
mod let_go;
mod look_again;
mod move_task;
mod pack;
mod pick;
mod pickup;
mod reject;
mod return_units;
mod short;
mod step;
mod task;
mod undo;

pub use deadlines::pass_deadlines;
pub use hand_over::{HandOver, MakeManifest, MarkDelivered, Sent};
pub(crate) use let_go::{release_all, release_some, shelf_subject};
pub use look_again::look_again;
pub use move_task::MoveTask;
pub use pack::{PackTask, Packed};
pub use pick::{ConfirmPicked, Labor, Running, Step};
pub use pickup::{Collect, GiveUpPickup, MarkReady};
pub use reject::{RejectReason, RejectTask};
pub use return_units::{ReturnUnits, Returned};
pub use short::{ReportShort, ShortReason};
pub use step::{AcceptTask, HoldTask, ReleaseTask, StartPicking};
pub use task::{State, Task};
pub use undo::UndoStep;
