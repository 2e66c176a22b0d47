//! Periodic tasks: each done by one node at a time, elected by a lease.
//!
//! Owns: the loop. A task is idempotent and takes no input; it is done again when a node stops in the middle of it.
//! Refuses to know: what a task does.

use crate::baton::{Baton, Stop};
use crate::worker::Trouble;
use std::sync::Arc;
use std::time::Duration;
use store::db::{DbError, Pending};
use store::timers::{self, Candidate, End};
use tokio::task::JoinSet;

type Run = Arc<dyn Fn(Baton) -> Pending<'static, Result<(), Trouble>> + Send + Sync>;

/// A task that is done every so often.
#[derive(Clone)]
pub struct Timer {
    name: &'static str,
    every: Duration,
    longest: Duration,
    run: Run,
}

/// One run, unless a timer says otherwise.
const LONGEST: Duration = Duration::from_secs(300);
/// A task that failed does not wait for its whole pace.
const LONGEST_AFTER_FAILURE: Duration = Duration::from_secs(60);
/// How often a node looks whether a task is due.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Letters of an error that are kept.
const MOST_ERROR: usize = 2_000;

impl Timer {
    pub fn new<F>(
        name: &'static str,
        every: Duration,
        run: impl Fn(Baton) -> F + Send + Sync + 'static,
    ) -> Timer
    where
        F: Future<Output = Result<(), Trouble>> + Send + 'static,
    {
        Timer { name, every, longest: LONGEST, run: Arc::new(move |baton| Box::pin(run(baton))) }
    }

    /// No run takes longer; for as long another node waits when this one stops in the middle of it.
    #[must_use]
    pub fn at_longest(self, longest: Duration) -> Timer {
        Timer { longest, ..self }
    }
}

/// Runs tasks until it is asked to stop.
pub async fn run(baton: Baton, timers: Vec<Timer>, stop: Stop) {
    let mut all = JoinSet::new();
    for timer in timers {
        all.spawn(keep_going(baton.clone(), timer, stop.clone()));
    }
    while all.join_next().await.is_some() {}
}

async fn keep_going(baton: Baton, timer: Timer, mut stop: Stop) {
    let mut is_kept = false;
    loop {
        let turn = async {
            // Where the database cannot be reached, the next look finds it again.
            is_kept = is_kept || keep(&baton, &timer).await.is_ok();
            let _ = once(&baton, &timer).await;
            tokio::time::sleep(LOOK_EVERY.min(timer.every)).await;
        };
        tokio::select! {
            // A run that is cut off here is done again when its lease ends.
            () = stop.asked() => return,
            () = turn => {}
        }
    }
}

/// Makes sure that the task is in the books, and first due at once.
///
/// # Errors
/// The database's.
pub async fn keep(baton: &Baton, timer: &Timer) -> Result<(), DbError> {
    let (name, every_ms, now_ms) = (timer.name, ms(timer.every).max(1), baton.now_ms());
    baton.db.write(move |tx| Box::pin(async move { timers::keep(tx, name, every_ms, now_ms).await })).await
}

/// Does the task if it is due and no other node does it; whether it was done here.
///
/// # Errors
/// The database's; not the task's, which is written down.
pub async fn once(baton: &Baton, timer: &Timer) -> Result<bool, DbError> {
    let Some(fence) = take(baton, timer).await? else { return Ok(false) };
    let mut run = JoinSet::new();
    run.spawn((timer.run)(baton.clone()));
    let done = tokio::time::timeout(timer.longest, run.join_next()).await;
    let error = match done {
        Err(_) => Some(format!("it took longer than {} s", timer.longest.as_secs())),
        Ok(Some(Err(error))) => Some(format!("a defect stopped it: {error}")),
        Ok(Some(Ok(Err(trouble)))) => Some(trouble.to_string()),
        Ok(Some(Ok(Ok(()))) | None) => None,
    };
    // Nothing of it runs any more when the others hear that it is over.
    run.shutdown().await;
    tell(baton, timer, fence, error.map(|error| error.chars().take(MOST_ERROR).collect())).await?;
    Ok(true)
}

async fn take(baton: &Baton, timer: &Timer) -> Result<Option<i64>, DbError> {
    let (node, name, now_ms) = (Arc::clone(&baton.node), timer.name, baton.now_ms());
    // Longer than any run, or a run that is cut off for its length would be taken over before it says so.
    let lease_ms = ms(timer.longest) + ms(LOOK_EVERY);
    let owner = Arc::clone(&node);
    let is_due = baton.db.read(move |tx| {
        let owner = Arc::clone(&owner);
        Box::pin(async move { timers::is_due(tx, name, Candidate { owner: &owner, now_ms, lease_ms }).await })
    });
    if !is_due.await? {
        return Ok(None);
    }
    let taken = baton.db.write(move |tx| {
        let owner = Arc::clone(&node);
        Box::pin(async move { timers::take(tx, name, Candidate { owner: &owner, now_ms, lease_ms }).await })
    });
    taken.await
}

async fn tell(baton: &Baton, timer: &Timer, fence: i64, error: Option<String>) -> Result<(), DbError> {
    let (name, at_ms) = (timer.name, baton.now_ms());
    let wait = if error.is_some() { timer.every.min(LONGEST_AFTER_FAILURE) } else { timer.every };
    let next_at_ms = at_ms.saturating_add(ms(wait));
    let done = baton.db.write(move |tx| {
        let error = error.clone();
        Box::pin(async move {
            timers::done(tx, name, fence, End { at_ms, next_at_ms, error: error.as_deref() }).await
        })
    });
    // Another may have taken it: then he says how it ended.
    done.await.map(|_: bool| ())
}

fn ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 4)
}
