//! Work that somebody asked for and waits for: it runs long, one of a kind at a time on each node, on the lease of a job.
//!
//! Owns: how such work is put down and taken up, how often it is tried, and that whoever waits hears when nobody tries any
//! more. Refuses to know: what the work is, and where its progress stands.

use crate::baton::Baton;
use crate::call::What;
use crate::timers::Timer;
use crate::worker::{Ended, Kind, Trouble};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use store::Tx;
use store::db::{DbError, Pending};
use store::jobs::{self, Job, NewJob};

/// A node that stops again and again in the middle of one may stop because of it.
const MOST_ATTEMPTS: i64 = 5;
/// A year of a large shop replayed, a million rows on a slow disk, ten thousand orders decided again.
const LONGEST: Duration = Duration::from_secs(3_600);
/// How often those are looked for whose job was given up.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Work to be put down.
pub(crate) struct LongJob<'a> {
    pub(crate) kind: &'static str,
    /// Of the job.
    pub(crate) id: &'a str,
    /// What is worked on.
    pub(crate) subject: &'a str,
    /// JSON.
    pub(crate) payload: &'a str,
    pub(crate) asked_at_ms: i64,
}

pub(crate) async fn enqueue(tx: &mut Tx, asked: &LongJob<'_>) -> Result<(), DbError> {
    let job = NewJob {
        id: asked.id,
        kind: asked.kind,
        subject: asked.subject,
        payload: asked.payload,
        key: None,
        due_at_ms: asked.asked_at_ms,
        most_attempts: MOST_ATTEMPTS,
        created_at_ms: asked.asked_at_ms,
    };
    jobs::enqueue(tx, &job).await.map(drop)
}

/// What does the work of this kind.
pub(crate) fn kind<F>(
    name: &'static str,
    carry: impl Fn(Baton, Arc<Job>) -> F + Send + Sync + 'static,
) -> Kind
where
    F: Future<Output = Result<Ended, Trouble>> + Send + 'static,
{
    Kind::new(name, carry).at_longest(LONGEST).at_once(1).let_go_at_once()
}

/// Ends what has a job that was given up, for this reason, at this time; the ids of what it ended.
pub(crate) type GiveUp = for<'a> fn(&'a mut Tx, &'a str, i64) -> Pending<'a, Result<Vec<String>, DbError>>;

/// Looks for work whose job was given up, so that nobody waits for it; `failed` is the event that tells so.
pub(crate) fn end_given_up(name: &'static str, failed: &'static str, give_up: GiveUp) -> Timer {
    Timer::new(name, LOOK_EVERY, move |baton: Baton| async move {
        let call = baton.call();
        let ended = baton.db.write::<_, DbError>(move |tx| {
            let call = call.clone();
            Box::pin(async move {
                let why = "whoever worked on it stopped before it was done, at every attempt";
                for id in give_up(tx, why, call.at_ms).await? {
                    let what = What { kind: failed, subject: &id, order_id: None };
                    call.tell(tx, what, &json!({ "failed": why })).await?;
                }
                Ok(())
            })
        });
        Ok(ended.await?)
    })
}
