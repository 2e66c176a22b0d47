//! One job in hand: carried, its lease renewed meanwhile, and what became of it written down.

use super::kind::{Ended, Kind, Trouble};
use super::{Pace, ms};
use crate::baton::{Baton, Stop};
use std::sync::Arc;
use std::time::Duration;
use store::db::DbError;
use store::jobs::{self, Failed, Job, Said};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, sleep};

pub(super) struct Lease {
    pub(super) baton: Baton,
    pub(super) kind: Arc<Kind>,
    pub(super) pace: Pace,
    pub(super) job: Arc<Job>,
}

/// What became of an attempt.
#[derive(Clone)]
enum Fate {
    Ended(Ended),
    Failed(Trouble),
    /// Another has it, or may have: nothing is to be said.
    Lost,
    /// The program stops.
    LetGo,
}

/// Times that the lease is renewed before it would run out.
const RENEWALS: u32 = 3;

impl Lease {
    pub(super) async fn carry_through(self, mut stop: Stop) {
        let mut attempt = JoinSet::new();
        attempt.spawn((self.kind.carry)(self.baton.clone(), Arc::clone(&self.job)));
        let stopping = async {
            stop.asked().await;
            sleep(if self.kind.is_let_go { Duration::ZERO } else { self.pace.to_stop }).await;
        };
        let fate = tokio::select! {
            Some(done) = attempt.join_next() => fate_of(done),
            () = self.hold() => Fate::Lost,
            () = sleep(self.kind.longest) => Fate::Failed(Trouble::Again(format!(
                "it took longer than {} s",
                self.kind.longest.as_secs_f32()
            ))),
            () = stopping => Fate::LetGo,
        };
        // Nothing of it runs any more when the others hear how it ended.
        attempt.shutdown().await;
        // Where this cannot be written the lease runs out, and the job is taken again.
        let _ = self.settle(fate).await;
    }

    /// Renews the lease; returns when it is lost.
    async fn hold(&self) {
        let mut renewed = Instant::now();
        loop {
            sleep(self.pace.lease / RENEWALS).await;
            let until_ms = self.baton.now_ms().saturating_add(ms(self.pace.lease));
            let job = Arc::clone(&self.job);
            let said = self.baton.db.write(move |tx| {
                let job = Arc::clone(&job);
                Box::pin(async move { jobs::renew(tx, job.held(), until_ms).await })
            });
            match said.await {
                Ok(Said::Counts) => renewed = Instant::now(),
                Ok(Said::Stale) => return,
                Err(_) if renewed.elapsed() >= self.pace.lease => return,
                Err(_) => {}
            }
        }
    }

    async fn settle(&self, fate: Fate) -> Result<(), DbError> {
        if matches!(fate, Fate::Ended(Ended::WithItsEffect) | Fate::Lost) {
            return Ok(());
        }
        let (job, now_ms) = (Arc::clone(&self.job), self.baton.now_ms());
        let later_ms = now_ms.saturating_add(ms(delay(&self.pace, &self.job)));
        let settled = self.baton.db.write(move |tx| {
            let (job, fate) = (Arc::clone(&job), fate.clone());
            Box::pin(async move {
                let held = job.held();
                // A stale word is no news: whoever took over says what became of it.
                match fate {
                    Fate::Ended(Ended::WithItsEffect) | Fate::Lost => Ok(()),
                    Fate::Ended(Ended::Outside) => jobs::finish(tx, held, now_ms).await.map(|_: Said| ()),
                    Fate::LetGo => jobs::release(tx, held, now_ms).await.map(|_: Said| ()),
                    Fate::Failed(trouble) => {
                        let next_ms = match trouble {
                            Trouble::Never(_) => None,
                            Trouble::AgainAt { at_ms, .. } => Some(at_ms),
                            Trouble::Again(_) => Some(later_ms),
                        };
                        jobs::fail(tx, held, &trouble.to_string(), next_ms).await.map(|_: Failed| ())
                    }
                }
            })
        });
        settled.await
    }
}

fn fate_of(done: Result<Result<Ended, Trouble>, JoinError>) -> Fate {
    match done {
        Ok(Ok(ended)) => Fate::Ended(ended),
        Ok(Err(trouble)) => Fate::Failed(trouble),
        Err(error) => Fate::Failed(Trouble::Again(format!("a defect stopped it: {error}"))),
    }
}

/// How long to wait after an attempt: twice as long each time, up to a limit, and of that between half and all, by the
/// job: what failed together does not come back together.
pub(super) fn delay(pace: &Pace, job: &Job) -> Duration {
    let doublings = u32::try_from(job.attempts - 1).unwrap_or(0).min(30);
    let whole = pace.first_delay.saturating_mul(1 << doublings).min(pace.longest_delay);
    let mixed = job.id.bytes().chain([job.attempts as u8]).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let share = (mixed % 1_000) as u32;
    whole / 2 + whole / 2 / 1_000 * share
}
