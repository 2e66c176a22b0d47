//! What is to be replayed, and who listens.

use crate::actual::ActualBook;
pub use crate::inspect::Sampling;
use crate::orders::Failure;
use crate::replenish::Replenish;
use model::{Decision, Network, Order, RuleSet, Stock};
use std::fmt;
use std::ops::ControlFlow;

/// How a variant decides.
#[derive(Clone, Copy)]
pub enum Policy<'a> {
    Rules(&'a RuleSet),
    /// What was really done, priced by the same cost functions.
    Actual(&'a ActualBook),
}

/// One way to run the period.
#[derive(Clone)]
pub struct Variant<'a> {
    pub name: String,
    pub policy: Policy<'a>,
}

/// What becomes of orders that no rules can decide, such as those whose address lies in no zone that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// They are held, and count as not placed.
    Counted,
    /// No variant is charged with them: they would tell of the data, not of the rules. What was really sent leaves
    /// the stock all the same, and watchers see them.
    LeftOut,
}

/// A period to replay. All variants see the same orders and start from the same stock.
#[derive(Clone)]
pub struct ReplayPlan<'a> {
    /// Its shop's clock says on which day an order falls.
    pub network: &'a Network,
    /// On the morning of the first order's day.
    pub stock: &'a Stock,
    pub replenish: &'a Replenish,
    /// The first is the base that the others are compared with.
    pub variants: Vec<Variant<'a>>,
    /// An order placed up to so many minutes before the latest one so far is taken as it comes.
    pub tolerance_minutes: u32,
    pub audit: Option<Sampling>,
    pub unfit: Unfit,
    /// Orders to keep of those that moved most, per comparison.
    pub top_moved: usize,
    /// Most threads that decide; variants share them. The reader has its own.
    pub threads: usize,
}

/// Two cores are what the smallest machine has.
const DEFAULT_THREADS: usize = 2;
/// Exports are sorted by their own clock, to the minute or worse.
const DEFAULT_TOLERANCE_MINUTES: u32 = 24 * 60;
/// As many as fit on a page.
const DEFAULT_TOP_MOVED: usize = 20;

impl<'a> ReplayPlan<'a> {
    /// A plan without variants, without audit.
    pub fn new(network: &'a Network, stock: &'a Stock, replenish: &'a Replenish) -> ReplayPlan<'a> {
        ReplayPlan {
            network,
            stock,
            replenish,
            variants: Vec::new(),
            tolerance_minutes: DEFAULT_TOLERANCE_MINUTES,
            audit: None,
            unfit: Unfit::Counted,
            top_moved: DEFAULT_TOP_MOVED,
            threads: DEFAULT_THREADS,
        }
    }

    /// The plan with one more variant.
    #[must_use]
    pub fn with(mut self, name: &str, policy: Policy<'a>) -> ReplayPlan<'a> {
        self.variants.push(Variant { name: name.to_owned(), policy });
        self
    }
}

/// How far a replay has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Decided under every variant.
    pub orders_done: u64,
    /// As [`crate::Orders::progress`] tells.
    pub done: u64,
    pub total: u64,
}

/// Called at most every 50 ms; `Break` ends the replay early, with a report of what was done.
pub type OnProgress<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;
/// Called with the stock before the decision is committed.
pub type OnDecision<'a> = dyn FnMut(&Stock, &Order, &Decision) -> Result<(), Failure> + Send + 'a;

/// How much a watcher wants to know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WatchDetail {
    /// The plan alone: fast.
    Plan,
    /// With every location considered.
    Explained,
}

/// Shows every decision of one variant to a caller, in order.
pub struct Watch<'a> {
    /// Position in [`ReplayPlan::variants`].
    pub variant: usize,
    pub detail: WatchDetail,
    pub each: &'a mut OnDecision<'a>,
}

#[derive(Default)]
pub struct Listeners<'a> {
    pub progress: Option<&'a mut OnProgress<'a>>,
    pub watch: Option<Watch<'a>>,
}

#[derive(Debug)]
pub enum ReplayError {
    /// `later` follows `earlier` in the source but was placed `minutes` before it.
    OutOfOrder { earlier: String, later: String, minutes: i64 },
    /// The source of orders failed.
    Reader(Failure),
    /// The watcher of decisions failed.
    Watcher(Failure),
    /// The plan has no variant.
    NothingToReplay,
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReplayError::OutOfOrder { earlier, later, minutes } => write!(
                f,
                "order {later} was placed {minutes} minutes before order {earlier}, which comes first; \
                 sort the orders by the time they were placed"
            ),
            ReplayError::Reader(_) => f.write_str("the orders cannot be read on"),
            ReplayError::Watcher(_) => f.write_str("the decisions cannot be written on"),
            ReplayError::NothingToReplay => f.write_str("no rule set was given to replay"),
        }
    }
}

impl std::error::Error for ReplayError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReplayError::Reader(failure) | ReplayError::Watcher(failure) => Some(failure.as_ref()),
            ReplayError::OutOfOrder { .. } | ReplayError::NothingToReplay => None,
        }
    }
}
