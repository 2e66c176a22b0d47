//! Tables of stock or products that people bring: looked at, mapped, tried without writing, carried out, taken back.
//!
//! Owns: what an import is asked for (`ask`), the plan that people make of it (`plan`), its rows in the words of the books
//! (`walk`), and the job that does the work (`job`): the dry run (`check`), shelves (`stock`), products (`products`), and
//! taking back (`revert`, `revert_products`). Refuses to know: layouts of files, which are `connect`'s, and how units or
//! a setup change.
//!
//! The work is done in batches, each one transaction that also says how far it is, under the fence of the job's lease: one
//! that is broken off goes on where it stood, and nothing is applied twice.

mod ask;
mod bad_rows;
mod check;
mod job;
mod plan;
mod products;
mod revert;
mod revert_products;
mod stock;
mod take;
mod walk;

pub use ask::{
    AskImport, AskKind, PlanChange, cancel_import, change_plan, conflicts, entrust_import, file_of, import,
    imports,
};
pub use bad_rows::bad_rows_file;
pub use connect::files::{Field, SheetKind, csv_line};
pub use job::{job_kind, timers};
pub use plan::{Kept, KeptColumn, KeptQuirk, Mode, Plan};
pub use take::{NewImport, take_import};

use std::collections::BTreeMap;

/// Largest file.
pub const MOST_BYTES: usize = 50 << 20;
/// Most rows of a file: what was seen of each is kept in memory while it is worked on.
pub const MOST_ROWS: u64 = 1_000_000;
/// Imports that are neither over nor taken back: each keeps its file.
pub const MOST_OPEN: i64 = 20;
/// Rows that are kept as bad; of more there is only the number.
pub const MOST_BAD: i64 = 10_000;
/// For so long an import can be taken back, and its file is kept.
pub const KEPT_MS: i64 = 30 * 86_400_000;

/// How many rows ended how.
pub type Tally = BTreeMap<String, i64>;

fn count(tally: &mut Tally, end: &str) {
    *tally.entry(end.to_owned()).or_default() += 1;
}
