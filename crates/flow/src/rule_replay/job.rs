//! Replays beside everything else: one at a time on each node, on the lease of a job.
//!
//! Owns: that progress is told, that who is not wanted any more stops, and that what an earlier holder brings does not
//! count. One that is broken off begins again. Refuses to know: how a period is replayed.

use super::{Asked, Reached, run};
use crate::baton::Baton;
use crate::call::What;
use crate::long_job::{self, LongJob};
use crate::refused::{Refused, broken};
use crate::timers::Timer;
use crate::worker::{Ended, Kind, Trouble, finish};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use store::Tx;
use store::db::DbError;
use store::jobs::Job;
use store::rule_replays::{self, ReplayRow};
use tokio::time::{MissedTickBehavior, interval};

const JOB: &str = "replay_rules";
/// How often it is written down how far one is.
const TELL_EVERY: Duration = Duration::from_secs(1);
/// Those who ask for other things want the other cores.
pub(super) const THREADS: usize = 1;

pub(super) async fn enqueue(tx: &mut Tx, row: &ReplayRow) -> Result<(), DbError> {
    let asked_at_ms = row.asked_at_ms;
    let job = LongJob { kind: JOB, id: &row.job_id, subject: &row.id, payload: "{}", asked_at_ms };
    long_job::enqueue(tx, &job).await
}

/// What does the replays that were asked for.
pub fn job_kind() -> Kind {
    long_job::kind(JOB, |baton: Baton, job| async move { carry(&baton, job).await })
}

/// Looks for replays whose job was given up, so that nobody waits for them.
pub fn timer() -> Timer {
    long_job::end_given_up("end_replays", "rules.replay_failed", |tx, why, at_ms| {
        Box::pin(rule_replays::give_up(tx, why, at_ms))
    })
}

async fn carry(baton: &Baton, job: Arc<Job>) -> Result<Ended, Trouble> {
    // Cancelled before it was begun, removed, or taken over.
    let Some(row) = begin(baton, &job).await? else { return Ok(Ended::Outside) };
    let reached = Arc::new(Reached::default());
    match watched(baton, (&job, &row), &reached).await {
        Ok(None) => Ok(Ended::Outside),
        Ok(Some(result)) => {
            settle(baton, &job, (&row, Ok((result, whole(reached.so_far().1))))).await?;
            Ok(Ended::WithItsEffect)
        }
        // Nobody tries again; whoever asked hears why.
        Err(refused) if is_final(&refused) || job.attempts >= job.most_attempts => {
            settle(baton, &job, (&row, Err(refused.to_string()))).await?;
            Ok(Ended::WithItsEffect)
        }
        Err(refused) => Err(refused.into()),
    }
}

/// Whether trying again brings the same.
fn is_final(refused: &Refused) -> bool {
    !matches!(refused, Refused::Database(_) | Refused::TooSoon { .. })
}

async fn begin(baton: &Baton, job: &Arc<Job>) -> Result<Option<ReplayRow>, DbError> {
    let (job, now_ms) = (Arc::clone(job), baton.now_ms());
    let begun = baton.db.write(move |tx| {
        let job = Arc::clone(&job);
        Box::pin(async move { rule_replays::begin(tx, &job.subject, job.fence, now_ms).await })
    });
    begun.await
}

/// Runs it, and tells how far it is; the result as text. `None`: nobody wants it any more.
async fn watched(
    baton: &Baton,
    (job, row): (&Arc<Job>, &ReplayRow),
    reached: &Arc<Reached>,
) -> Result<Option<String>, Refused> {
    let mut running = std::pin::pin!(run(baton, Asked::from(row), reached));
    let mut ticks = interval(TELL_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = (0, 0);
    loop {
        tokio::select! {
            done = &mut running => {
                let Some(done) = done? else { return Ok(None) };
                return serde_json::to_string(&done.told).map(Some).map_err(|error| broken(&error));
            }
            _ = ticks.tick() => {
                let so_far = reached.so_far();
                // Where the database does not answer, the next tick asks again.
                if matches!(tell(baton, job, (told, so_far)).await, Ok(false)) {
                    reached.stop();
                }
                told = so_far;
            }
        }
    }
}

/// Writes down how far it is, and looks whether it is still wanted.
async fn tell(
    baton: &Baton,
    job: &Arc<Job>,
    (told, so_far): ((u64, u64), (u64, u64)),
) -> Result<bool, DbError> {
    let job = Arc::clone(job);
    if told == so_far {
        let row = baton.db.read::<_, DbError>(move |tx| {
            let job = Arc::clone(&job);
            Box::pin(async move { rule_replays::get(tx, &job.subject).await.map(|row| (row, job.fence)) })
        });
        let (row, fence) = row.await?;
        return Ok(row.is_some_and(|row| !row.state.is_over() && row.fence == fence));
    }
    let so_far = (whole(so_far.0), whole(so_far.1));
    let written = baton.db.write(move |tx| {
        let job = Arc::clone(&job);
        Box::pin(async move { rule_replays::reached(tx, (&job.subject, job.fence), so_far).await })
    });
    written.await
}

fn whole(orders: u64) -> i64 {
    i64::try_from(orders).unwrap_or(i64::MAX)
}

/// Writes down what came of it, and that the job is done, in one transaction: or nothing, where another has taken over.
async fn settle(
    baton: &Baton,
    job: &Arc<Job>,
    (row, outcome): (&ReplayRow, Result<(String, i64), String>),
) -> Result<(), Refused> {
    let (job, call) = (Arc::clone(job), baton.call());
    let work = Arc::new((job, call, row.clone(), outcome));
    let settled = baton.db.write(move |tx| {
        let work = Arc::clone(&work);
        Box::pin(async move {
            let (job, call, row, outcome) = &*work;
            let held = (row.id.as_str(), job.fence);
            let (is_written, kind, why) = match outcome {
                Ok((result, total)) => {
                    let is_written = rule_replays::finish(tx, held, (result, *total), call.at_ms).await?;
                    (is_written, "rules.replay_done", None)
                }
                Err(why) => {
                    let is_written = rule_replays::fail(tx, held, why, call.at_ms).await?;
                    (is_written, "rules.replay_failed", Some(why))
                }
            };
            // Somebody cancelled it at the last moment: then nothing is told of it.
            if is_written {
                let what = What { kind, subject: &row.id, order_id: None };
                let facts = json!({ "rule_set": row.rule_set, "against": row.against, "failed": why });
                call.tell(tx, what, &facts).await?;
            }
            finish(tx, job, call.at_ms).await
        })
    });
    settled.await
}
