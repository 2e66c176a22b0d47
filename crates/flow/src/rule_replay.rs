//! A version of the rules over the orders that are past: what it would have made of them, against another version.
//!
//! Owns: what is asked, and running it: the past out of the books (`past`), its orders as they stream in (`feed`), and
//! what is told of it (`told`). Asking over the API is `ask`, doing it beside everything else is `job`. Refuses to know:
//! how an order is decided, and how variants are compared.

mod ask;
mod feed;
mod job;
mod past;
mod told;

pub use ask::{
    AskReplay, CancelReplay, LONGEST_DAYS, MOST_KEPT, MOST_WAITING, USUAL_DAYS, replay, replays, settle,
};
pub use job::{job_kind, timer};
pub use store::history::Period;
pub use told::Assumed;

use crate::baton::Baton;
use crate::refused::Refused;
use crate::rules::read_set;
use crate::setup::off_the_way;
use crate::shop::Shop;
use ::replay::{
    Listeners, Policy, Progress, ReplayError, ReplayPlan, Report, RuleWorth, Sampling, Unfit, Watch,
    WatchDetail, worth_of,
};
use engine::rules::cost_only;
use feed::{Feed, PAGES_AHEAD, Page, read_orders};
use model::{Decision, Network, Order, RuleRef, RuleSet, Stock};
use past::Past;
use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use store::db::DbError;
use store::rule_sets;
use tokio::sync::mpsc;

/// One decision in so many is checked independently.
const CHECKED: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");

/// Orders that are told of those that moved most: what a person looks through, or a file of them.
const MOST_MOVED: usize = 200;

/// What is to be replayed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The version that is tried.
    pub rule_set: i64,
    /// The version that it is compared with; `None`: the lowest cost.
    pub against: Option<i64>,
    pub period: Period,
    /// Measure what each rule of the version is worth, by leaving it out.
    pub with_worth: bool,
    /// Threads that decide.
    pub threads: usize,
}

/// What came of it.
#[derive(Debug)]
pub struct Replayed {
    pub network: Arc<Network>,
    pub base: RuleSet,
    pub candidate: RuleSet,
    pub report: Report,
    /// Of each rule of the candidate, where that was asked.
    pub worths: Vec<RuleWorth>,
    /// What the figures rest on.
    pub assumptions: Vec<Assumed>,
    /// As JSON, amounts in whole minor units.
    pub told: serde_json::Value,
}

/// How far a replay is, and whether anybody still wants it. Shared with who watches.
#[derive(Default, Debug)]
pub struct Reached {
    done: AtomicU64,
    total: AtomicU64,
    is_stopped: AtomicBool,
}

impl Reached {
    /// Orders read, and all there are to read: twice as many where rules are measured. (0, 0): it has not begun.
    pub fn so_far(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Ends it at its next step.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}

/// Shown each order with what the candidate makes of it, in the order of time.
pub type Seen = dyn FnMut(&Network, &Order, &Decision) + Send;

/// Replays a period. `None`: it was stopped.
///
/// # Errors
/// There is no such version, or no network; the period has too many movements; the database's.
pub async fn run(baton: &Baton, asked: Asked, reached: &Arc<Reached>) -> Result<Option<Replayed>, Refused> {
    run_seen(baton, asked, (reached, Box::new(|_, _, _| {}))).await
}

/// The same, shown to somebody.
///
/// # Errors
/// As [`run`].
pub async fn run_seen(
    baton: &Baton,
    asked: Asked,
    (reached, seen): (&Arc<Reached>, Box<Seen>),
) -> Result<Option<Replayed>, Refused> {
    let past = Past::read(baton, asked.period).await?;
    if reached.is_stopped() {
        return Ok(None);
    }
    let currency = past.facts.network.currency;
    let candidate = version(baton, asked.rule_set).await?;
    let candidate = read_set(&candidate, currency)?;
    let base = match asked.against {
        Some(number) => read_set(&version(baton, number).await?, currency)?,
        None => cost_only(),
    };
    let passes = if asked.with_worth { 2 } else { 1 };
    reached.total.store(past.orders.saturating_mul(passes), Ordering::Relaxed);
    let (pages_in, pages) = mpsc::channel(PAGES_AHEAD);
    let deciding = Deciding { past, asked, base, candidate, reached: Arc::clone(reached), seen };
    // Both live as long as this future: when it goes away the feed ends in the middle, and so does the deciding.
    let (decided, ()) = tokio::join!(
        off_the_way(move || deciding.decide(pages)),
        read_orders(&baton.db, asked.period, passes, pages_in)
    );
    let Some((past, done)) = decided?? else { return Ok(None) };
    told::tell(baton, (&past, asked), done).await.map(Some)
}

async fn version(baton: &Baton, number: i64) -> Result<rule_sets::RuleSetRow, Refused> {
    let read =
        baton.db.read::<_, DbError>(move |tx| Box::pin(async move { rule_sets::get(tx, number).await }));
    read.await?.ok_or_else(|| Refused::not_found("rule set", &number.to_string()))
}

/// What was decided, before it is told.
struct Decided {
    base: RuleSet,
    candidate: RuleSet,
    report: Report,
    worths: Vec<RuleWorth>,
}

/// The part that waits for nobody, on a thread of its own.
struct Deciding {
    past: Past,
    asked: Asked,
    base: RuleSet,
    candidate: RuleSet,
    reached: Arc<Reached>,
    seen: Box<Seen>,
}

/// Where the candidate stands among the variants.
const CANDIDATE: usize = 1;

impl Deciding {
    fn decide(self, pages: mpsc::Receiver<Page>) -> Result<Option<(Past, Decided)>, Refused> {
        let Deciding { past, asked, base, candidate, reached, mut seen } = self;
        // What an order asks for follows from the network alone.
        let shop = Shop::new(Arc::clone(&past.facts), Arc::new(cost_only()));
        let network = &*past.facts.network;
        let mut feed = Feed::new(shop, past.orders, pages);
        let mut plan = ReplayPlan::new(network, &past.stock, &past.replenish);
        plan.audit = Some(Sampling { every: CHECKED });
        plan.unfit = Unfit::LeftOut;
        plan.threads = asked.threads;
        plan.top_moved = MOST_MOVED;
        let names = [told::name(&base), told::name(&candidate)];
        plan = plan.with(&names[0], Policy::Rules(&base)).with(&names[1], Policy::Rules(&candidate));
        let watch = |before: u64| {
            let reached = Arc::clone(&reached);
            move |progress: Progress| {
                reached.done.store(before + progress.done, Ordering::Relaxed);
                if reached.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            }
        };
        let mut first = watch(0);
        let mut each = |_: &Stock, order: &Order, decision: &Decision| {
            seen(network, order, decision);
            Ok(())
        };
        let shown = Watch { variant: CANDIDATE, detail: WatchDetail::Plan, each: &mut each };
        let listeners = Listeners { progress: Some(&mut first), watch: Some(shown) };
        let report = ::replay::replay(&plan, &mut feed, listeners).map_err(refused)?;
        let mut worths = Vec::new();
        if asked.with_worth && !report.is_stopped_early {
            feed.begin_again();
            let rules: Vec<RuleRef> = candidate.all().map(|(rule, _)| rule).collect();
            let mut second = watch(past.orders);
            let listeners = Listeners { progress: Some(&mut second), watch: None };
            let measured = worth_of(&plan, (&candidate, &rules), &mut feed, listeners).map_err(refused)?;
            worths = measured.rules;
        }
        if reached.is_stopped() {
            return Ok(None);
        }
        Ok(Some((past, Decided { base, candidate, report, worths })))
    }
}

fn refused(error: ReplayError) -> Refused {
    match error {
        ReplayError::Reader(failure) => match failure.downcast::<Refused>() {
            Ok(refused) => *refused,
            Err(other) => crate::refused::broken(&other),
        },
        other => crate::refused::broken(&other),
    }
}
