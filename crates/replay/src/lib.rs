//! History under rule sets: what a period would have cost, which orders would have moved, and how sure
//! that is.
//!
//! Owns: streaming orders over stock that is consumed and replenished, tallies, paired comparisons, the worth
//! of each rule, the policies people use today, generated orders, and a report as JSON and as sentences.
//! Refuses to know: files and databases. Orders arrive through [`Orders`], reports leave as values.
//! Floats appear in statistics and in the figures of a report, never in a decision or a sum of money.

pub mod actual;
pub mod baseline;
pub mod chance;
pub mod compare;
pub mod demo;
pub mod figures;
pub mod histogram;
pub mod inspect;
pub mod json;
pub mod large;
pub mod movements;
pub mod orders;
pub mod outcome;
pub mod plan;
pub mod priced;
pub mod replay;
pub mod replenish;
pub mod saving;
pub mod shortfall;
pub mod stats;
pub mod tally;
pub mod told;
mod variant;
pub mod worth;

#[cfg(test)]
mod fixture;

pub use actual::{ActualBook, Assigned};
pub use baseline::Baseline;
pub use compare::{Comparison, Ends, Move, MoveSums, MovedOrder};
pub use demo::{Demo, DemoPlan, ZipPoint};
pub use figures::Figures;
pub use large::{LargeOrders, LargePlan};
pub use movements::{Change, Movement, Movements};
pub use orders::{Failure, ListedOrders, Orders};
pub use plan::{
    Listeners, Policy, Progress, ReplayError, ReplayPlan, Sampling, Unfit, Variant, Watch, WatchDetail,
};
pub use replay::{Report, VariantReport, replay};
pub use replenish::{Receipt, Replenish};
pub use saving::Saving;
pub use stats::{Basis, CostInterval, DaySum};
pub use tally::Tally;
pub use worth::{RuleWorth, without, worth, worth_of};
