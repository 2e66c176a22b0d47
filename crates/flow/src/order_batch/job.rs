//! Batches beside everything else: one at a time on each node, on the lease of a job.
//!
//! Owns: that every order has its turn, that progress is told, and that who is not wanted any more stops. One that is
//! broken off goes on where it was. Refuses to know: what is done to an order.

use super::turn::{NOT_WANTED, Refusal, Turn};
use super::{Action, get};
use crate::baton::Baton;
use crate::call::{Actor, Call, Via, What};
use crate::long_job::{self, LongJob};
use crate::refused::Refused;
use crate::timers::Timer;
use crate::worker::{Ended, Kind, Trouble, finish};
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Tx;
use store::db::DbError;
use store::jobs::Job;
use store::order_batches::{self, BatchRow, State};

const JOB: &str = "order_batch";
/// How often it is told how far one is.
const TELL_EVERY: Duration = Duration::from_secs(1);
/// Orders that are read at once.
const PAGE: i64 = 100;

pub(super) async fn enqueue(tx: &mut Tx, row: &BatchRow) -> Result<(), DbError> {
    let asked_at_ms = row.asked_at_ms;
    let job = LongJob { kind: JOB, id: &row.job_id, subject: &row.id, payload: "{}", asked_at_ms };
    long_job::enqueue(tx, &job).await
}

/// What does the batches that were asked for.
pub fn job_kind() -> Kind {
    long_job::kind(JOB, |baton: Baton, job| async move { carry(&baton, job).await })
}

/// Looks for batches whose job was given up, so that nobody waits for them.
pub fn timer() -> Timer {
    long_job::end_given_up("end_order_batches", "order_batch.failed", |tx, why, at_ms| {
        Box::pin(order_batches::give_up(tx, why, at_ms))
    })
}

async fn carry(baton: &Baton, job: Arc<Job>) -> Result<Ended, Trouble> {
    // Cancelled before it was begun, removed, or taken over.
    let Some(batch) = begin(baton, &job).await? else { return Ok(Ended::Outside) };
    match all(baton, &job, &batch).await {
        Ok(true) => end(baton, &job, (State::Done, "")).await,
        Ok(false) => Ok(Ended::Outside),
        // Nobody tries again; whoever asked hears why.
        Err(refused) if job.attempts >= job.most_attempts => {
            end(baton, &job, (State::Failed, &refused.to_string())).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn begin(baton: &Baton, job: &Arc<Job>) -> Result<Option<Arc<BatchRow>>, Refused> {
    let (job, now_ms) = (Arc::clone(job), baton.now_ms());
    let begun = baton.db.write::<_, Refused>(move |tx| {
        let job = Arc::clone(&job);
        Box::pin(async move {
            match order_batches::begin(tx, (&job.subject, job.fence), now_ms).await? {
                true => Ok(Some(Arc::new(get(tx, &job.subject).await?))),
                false => Ok(None),
            }
        })
    });
    begun.await
}

/// Gives every order its turn. `false`: nobody wants it any more.
async fn all(baton: &Baton, job: &Job, batch: &Arc<BatchRow>) -> Result<bool, Refused> {
    let action = Action::from_code(&batch.action);
    let action = action.ok_or_else(|| crate::refused::broken(&format!("action {}", batch.action)))?;
    let mut told = Instant::now();
    loop {
        let next = next(baton, batch).await?;
        if next.is_empty() {
            return Ok(true);
        }
        for order in next {
            let turn = Turn { batch: Arc::clone(batch), action, fence: job.fence, order };
            if !had_its_turn(baton, turn).await? {
                return Ok(false);
            }
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                tell(baton, batch).await?;
            }
        }
    }
}

async fn next(baton: &Baton, batch: &Arc<BatchRow>) -> Result<Vec<order_batches::BatchOrder>, Refused> {
    let batch = Arc::clone(batch);
    let next = baton.db.read::<_, Refused>(move |tx| {
        let batch = Arc::clone(&batch);
        Box::pin(async move { Ok(order_batches::next(tx, &batch.id, PAGE).await?) })
    });
    next.await
}

/// What is done, is done by whoever asked for the batch.
fn call(baton: &Baton, batch: &BatchRow) -> Call {
    Call::new(Actor { id: batch.asked_by.clone(), via: Via::Job }, baton.now_ms())
}

/// `false`: the batch is not wanted any more.
async fn had_its_turn(baton: &Baton, turn: Turn) -> Result<bool, Refused> {
    let call = call(baton, &turn.batch);
    let refused = match baton.perform(&call, turn.clone()).await {
        Ok(()) => return Ok(true),
        Err(Refused::Conflict { code: NOT_WANTED, .. }) => return Ok(false),
        // Whether it is done is not known: the books will tell.
        Err(error @ (Refused::Database(_) | Refused::TooSoon { .. })) => return Err(error),
        Err(refused) => refused,
    };
    match baton.perform(&call, Refusal { turn, why: in_words(&refused) }).await {
        Ok(()) => Ok(true),
        Err(Refused::Conflict { code: NOT_WANTED, .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Of faults in a field nobody has filled in, the words alone.
fn in_words(refused: &Refused) -> String {
    match refused {
        Refused::Invalid(faults) => {
            faults.iter().map(|fault| fault.say.as_str()).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// How far it is, for whoever looks on.
async fn tell(baton: &Baton, batch: &Arc<BatchRow>) -> Result<(), Refused> {
    let work = Arc::new((Arc::clone(batch), call(baton, batch)));
    let told = baton.db.write::<_, Refused>(move |tx| {
        let work = Arc::clone(&work);
        Box::pin(async move {
            let (batch, call) = &*work;
            let row = get(tx, &batch.id).await?;
            let what = What { kind: "order_batch.progress", subject: &row.id, order_id: None };
            Ok(call.tell(tx, what, &so_far(&row)).await?)
        })
    });
    told.await
}

fn so_far(row: &BatchRow) -> serde_json::Value {
    json!({ "action": row.action, "done": row.done, "failed": row.failed, "total": row.total })
}

/// It is over, and the job with it, in one transaction: or nothing, where another has taken over.
async fn end(baton: &Baton, job: &Arc<Job>, (state, why): (State, &str)) -> Result<Ended, Trouble> {
    let work = Arc::new((Arc::clone(job), baton.call(), why.to_owned()));
    let ended = baton.db.write::<_, Refused>(move |tx| {
        let work = Arc::clone(&work);
        Box::pin(async move {
            let (job, call, why) = &*work;
            let held = (job.subject.as_str(), job.fence);
            // Somebody cancelled it at the last moment: then nothing is told of it.
            if order_batches::end(tx, held, (state, why), call.at_ms).await? {
                let row = get(tx, &job.subject).await?;
                let kind = if state == State::Done { "order_batch.done" } else { "order_batch.failed" };
                let what = What { kind, subject: &row.id, order_id: None };
                let mut facts = so_far(&row);
                facts["failure"] = json!(why);
                call.tell(tx, what, &facts).await?;
            }
            finish(tx, job, call.at_ms).await
        })
    });
    ended.await?;
    Ok(Ended::WithItsEffect)
}
