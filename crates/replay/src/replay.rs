//! The replay itself: batches of orders go to the variants' threads and come back as outcomes to compare.
//!
//! Owns: the threads, the batches in circulation, progress and early stop. Refuses to know: how a variant decides.
//! Invariant: batches are settled in the order they were read, so that a report does not depend on threads.

use crate::compare::{Comparison, Pairing};
use crate::figures::Figures;
use crate::inspect::Findings;
use crate::orders::{Batch, Failure, Feed, Orders};
use crate::outcome::OrderOutcome;
use crate::plan::{Listeners, OnDecision, OnProgress, Progress, ReplayError, ReplayPlan, WatchDetail};
use crate::replenish::Supply;
use crate::stats::DaySum;
use crate::tally::Tally;
use crate::variant::{Finished, Runner};
use model::Day;
use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

/// Batches in circulation: one being read, one being decided, one ready for each, so that nobody waits.
const BATCHES: usize = 4;
/// Shortest time between two calls of the progress listener.
const PROGRESS_EVERY: Duration = Duration::from_millis(50);

/// What a replay found.
#[derive(Clone, Debug)]
pub struct Report {
    /// Those left out not counted.
    pub orders: u64,
    /// Orders that no variant is charged with, by the code of their hold.
    pub left_out: BTreeMap<&'static str, u64>,
    /// First and last day of the period; `None` without orders.
    pub days: Option<(Day, Day)>,
    pub is_stopped_early: bool,
    /// Receipts for products that their location has no record of; they were left out.
    pub receipts_left_out: u64,
    /// As in the plan.
    pub variants: Vec<VariantReport>,
    /// Each further variant against the first.
    pub comparisons: Vec<Comparison>,
}

#[derive(Clone, Debug)]
pub struct VariantReport {
    pub name: String,
    pub tally: Tally,
    pub figures: Figures,
    /// Landed cost by day, units left over priced.
    pub days: Vec<DaySum>,
    pub findings: Findings,
    /// For what was really done: units taken where the records had none.
    pub units_beyond_records: u64,
    /// For what was really done: orders of which nothing is known; they count as not placed.
    pub orders_without_actual: u64,
}

/// Replays the plan over the orders.
///
/// # Errors
/// Orders out of time order, a reader or a watcher that fails, a plan without variants.
pub fn replay(
    plan: &ReplayPlan<'_>,
    orders: &mut dyn Orders,
    listeners: Listeners<'_>,
) -> Result<Report, ReplayError> {
    if plan.variants.is_empty() {
        return Err(ReplayError::NothingToReplay);
    }
    let (supply, receipts_left_out) = Supply::new(plan.replenish, plan.network, plan.stock);
    let Listeners { progress, watch } = listeners;
    let mut watching = watch.map(|watch| (watch.variant, watch.detail, watch.each as &mut OnDecision<'_>));
    let feed = Feed::new(orders, &plan.network.settings.clock, plan.tolerance_minutes);
    let (outcome, finished) = std::thread::scope(|scope| {
        let (crew, members) = Crew::hire(scope, (plan, &supply), &mut watching);
        let mut conductor = Conductor::new(plan, feed, crew);
        let outcome = conductor.conduct(progress);
        let settled = outcome.map(|()| conductor.settled);
        drop(conductor.crew);
        (settled, members.finish())
    });
    let mut report = outcome?.report(plan, finished);
    report.receipts_left_out = receipts_left_out;
    Ok(report)
}

/// A batch on its way to a thread and back, with room for the outcomes of each of the thread's variants.
struct Job {
    batch: Arc<Batch>,
    outcomes: Vec<Vec<OrderOutcome>>,
}

enum Reply {
    Done {
        member: usize,
        job: Job,
    },
    Failed(Failure),
    /// The thread panicked.
    Lost,
}

/// Tells that a thread panicked, so that nobody waits for it.
struct Farewell<'a>(&'a SyncSender<Reply>);

impl Drop for Farewell<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // Nobody left to hear it: then nobody waits either.
            let _ = self.0.send(Reply::Lost);
        }
    }
}

/// The way to the threads. Variant v runs on thread v mod n, as its (v ÷ n)-th.
struct Crew {
    jobs: Vec<SyncSender<Job>>,
    replies: Receiver<Reply>,
}

/// The threads themselves.
struct Members<'scope> {
    handles: Vec<ScopedJoinHandle<'scope, Vec<Finished>>>,
}

impl Crew {
    fn hire<'scope, 'a: 'scope>(
        scope: &'scope Scope<'scope, '_>,
        (plan, supply): (&'a ReplayPlan<'a>, &'a Supply),
        watching: &'a mut Option<(usize, WatchDetail, &mut OnDecision<'_>)>,
    ) -> (Crew, Members<'scope>) {
        let count = plan.variants.len().min(plan.threads.max(1));
        let (replies_in, replies) = sync_channel(count * (BATCHES + 1));
        let mut crew = Crew { jobs: Vec::new(), replies };
        let mut members = Members { handles: Vec::new() };
        let mut watching = watching.as_mut();
        for member in 0..count {
            let (jobs_in, jobs) = sync_channel(BATCHES);
            crew.jobs.push(jobs_in);
            let replies = replies_in.clone();
            let is_watcher = watching.as_ref().is_some_and(|watching| watching.0 % count == member);
            let watched = if is_watcher { watching.take() } else { None };
            let work = move || {
                let mut watched = watched.map(|(variant, detail, each)| (*variant, *detail, &mut **each));
                let runners = (member..plan.variants.len()).step_by(count).map(|variant| {
                    let watch = watched.take_if(|watched| watched.0 == variant);
                    let policy = plan.variants[variant].policy;
                    Runner::new(plan, supply, policy, watch.map(|(_, detail, each)| (detail, each as _)))
                });
                serve((member, plan.variants.len() > 1), runners.collect(), &jobs, &replies)
            };
            members.handles.push(scope.spawn(work));
        }
        (crew, members)
    }
}

impl Members<'_> {
    /// Waits for the threads; what they did, in the order of the variants. A panic goes on here.
    fn finish(self) -> Vec<Finished> {
        let joined = self.handles.into_iter().map(ScopedJoinHandle::join);
        let mut of_members: Vec<std::vec::IntoIter<Finished>> = joined
            .map(|joined| joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic)).into_iter())
            .collect();
        let mut finished = Vec::new();
        let count = of_members.len();
        for turn in 0.. {
            match of_members[turn % count].next() {
                Some(next) => finished.push(next),
                None => break,
            }
        }
        finished
    }
}

/// A thread's life: decide each batch under each of its variants, until no more batches come.
fn serve(
    (member, is_compared): (usize, bool),
    mut runners: Vec<Runner<'_>>,
    jobs: &Receiver<Job>,
    replies: &SyncSender<Reply>,
) -> Vec<Finished> {
    let _farewell = Farewell(replies);
    for mut job in jobs {
        job.outcomes.resize_with(runners.len(), Vec::new);
        for (runner, outcomes) in runners.iter_mut().zip(&mut job.outcomes) {
            if let Err(failure) = runner.run(&job.batch, is_compared.then_some(outcomes)) {
                // The other side may have given up already.
                let _ = replies.send(Reply::Failed(failure));
                return Vec::new();
            }
        }
        if replies.send(Reply::Done { member, job }).is_err() {
            break;
        }
    }
    runners.into_iter().map(Runner::finish).collect()
}

/// What is known once batches have come back from all threads.
struct Settled {
    orders: u64,
    days: Option<(Day, Day)>,
    is_stopped_early: bool,
    pairings: Vec<Pairing>,
}

/// Reads, hands out, takes back and compares.
struct Conductor<'a> {
    feed: Feed<'a>,
    crew: Crew,
    free: Vec<Arc<Batch>>,
    spare_outcomes: Vec<Vec<Vec<OrderOutcome>>>,
    /// Batches with the threads, oldest first, with the jobs that have come back.
    waiting: VecDeque<Vec<Option<Job>>>,
    settled: Settled,
}

impl<'a> Conductor<'a> {
    fn new(plan: &ReplayPlan<'_>, feed: Feed<'a>, crew: Crew) -> Conductor<'a> {
        let pairings = (1..plan.variants.len()).map(|other| Pairing::new(0, other, plan.top_moved));
        let settled =
            Settled { orders: 0, days: None, is_stopped_early: false, pairings: pairings.collect() };
        Conductor {
            feed,
            free: (0..BATCHES).map(|_| Arc::new(Batch::new())).collect(),
            spare_outcomes: Vec::new(),
            waiting: VecDeque::new(),
            settled,
            crew,
        }
    }

    fn conduct(&mut self, mut progress: Option<&mut OnProgress<'_>>) -> Result<(), ReplayError> {
        let mut told_at = Instant::now();
        loop {
            self.hand_out()?;
            if self.waiting.is_empty() {
                return Ok(());
            }
            match self.crew.replies.recv() {
                Ok(Reply::Done { member, job }) => self.take_back(member, job),
                Ok(Reply::Failed(failure)) => return Err(ReplayError::Watcher(failure)),
                // The panic itself goes on when the thread is joined.
                Ok(Reply::Lost) | Err(_) => return Ok(()),
            }
            let Some(listener) = &mut progress else { continue };
            if told_at.elapsed() < PROGRESS_EVERY {
                continue;
            }
            told_at = Instant::now();
            let (done, total) = self.feed.progress();
            let reached = Progress { orders_done: self.settled.orders, done, total };
            if listener(reached) == ControlFlow::Break(()) {
                self.settled.is_stopped_early |= !self.feed.is_over();
                self.feed.stop();
            }
        }
    }

    /// Reads as many batches as are free and gives each to all threads.
    fn hand_out(&mut self) -> Result<(), ReplayError> {
        while !self.feed.is_over() {
            let Some(mut shared) = self.free.pop() else { return Ok(()) };
            // Invariant: a free batch has come back from every thread, so nobody else holds it.
            let Some(batch) = Arc::get_mut(&mut shared) else { continue };
            self.feed.fill(batch)?;
            if batch.orders().is_empty() {
                return Ok(());
            }
            for jobs in &self.crew.jobs {
                let outcomes = self.spare_outcomes.pop().unwrap_or_default();
                // A thread that is gone has said why.
                let _ = jobs.send(Job { batch: Arc::clone(&shared), outcomes });
            }
            self.waiting.push_back(self.crew.jobs.iter().map(|_| None).collect());
        }
        Ok(())
    }

    /// Invariant: a thread gives batches back in the order it got them.
    fn take_back(&mut self, member: usize, job: Job) {
        if let Some(place) =
            self.waiting.iter_mut().find_map(|jobs| Some(&mut jobs[member]).filter(|p| p.is_none()))
        {
            *place = Some(job);
        }
        while self.waiting.front().is_some_and(|jobs| jobs.iter().all(Option::is_some)) {
            let jobs = self.waiting.pop_front().unwrap_or_default();
            self.settle(jobs.into_iter().flatten().collect());
        }
    }

    fn settle(&mut self, jobs: Vec<Job>) {
        let Some(first) = jobs.first() else { return };
        self.settled.add(&first.batch, &jobs);
        let mut batches = Vec::with_capacity(jobs.len());
        for job in jobs {
            self.spare_outcomes.push(job.outcomes);
            batches.push(job.batch);
        }
        batches.truncate(1);
        self.free.append(&mut batches);
    }
}

impl Settled {
    fn add(&mut self, batch: &Batch, jobs: &[Job]) {
        self.orders += batch.orders().len() as u64;
        if let (Some(&first), Some(&last)) = (batch.days().first(), batch.days().last()) {
            let (from, to) = self.days.unwrap_or((first, last));
            self.days = Some((from.min(first), to.max(last)));
        }
        for (i, pairing) in self.pairings.iter_mut().enumerate() {
            let other = i + 1;
            let base = &jobs[0].outcomes[0];
            let others = &jobs[other % jobs.len()].outcomes[other / jobs.len()];
            for (at, order) in batch.orders().iter().enumerate() {
                let number = batch.orders_before + at as u64;
                pairing.add((order, batch.days()[at], number), [&base[at], &others[at]]);
            }
        }
    }

    fn report(self, plan: &ReplayPlan<'_>, finished: Vec<Finished>) -> Report {
        let left_out = finished.first().map(|first| first.left_out.clone()).unwrap_or_default();
        let variants: Vec<VariantReport> = plan.variants.iter().zip(finished).map(variant_report).collect();
        let compare = |(i, pairing): (usize, Pairing)| {
            Some(pairing.finish([variants.first()?.figures, variants.get(i + 1)?.figures]))
        };
        let comparisons = self.pairings.into_iter().enumerate().filter_map(compare).collect();
        Report {
            orders: self.orders - left_out.values().sum::<u64>(),
            left_out,
            days: self.days,
            is_stopped_early: self.is_stopped_early,
            receipts_left_out: 0,
            variants,
            comparisons,
        }
    }
}

fn variant_report((variant, finished): (&crate::plan::Variant<'_>, Finished)) -> VariantReport {
    VariantReport {
        name: variant.name.clone(),
        figures: Figures::of(&finished.tally),
        tally: finished.tally,
        days: finished.days,
        findings: finished.findings,
        units_beyond_records: finished.units_beyond_records,
        orders_without_actual: finished.orders_without_actual,
    }
}

#[cfg(test)]
mod tests;
