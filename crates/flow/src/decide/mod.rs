//! Deciding an order: facts out of the books, the engine's answer, and all that follows from it in one transaction.

mod commit;
mod gather;
mod leftovers;
mod order;

pub use commit::Work;
pub(crate) use gather::gather;
pub use order::{Asking, DecideOrder};
pub(crate) use order::{begin, decide_in, decide_new, try_decide};
