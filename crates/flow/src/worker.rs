//! Does the jobs: takes those that are due, and carries each through on its lease.
//!
//! Owns: which kinds of jobs this node does, how many at once, and when a job that failed is tried again. A job is carried
//! at least once; where its effect is a change of the books, [`finish`] in the same transaction makes it exactly once, and
//! an effect outside carries the job's id as its idempotency key. Refuses to know: what a job does.

mod kind;
mod lease;

pub use kind::{Ended, Kind, Trouble};

use crate::baton::{Baton, Stop};
use crate::refused::Refused;
use std::sync::Arc;
use std::time::Duration;
use store::db::DbError;
use store::jobs::{self, Claim, Job, Said};
use store::{Db, Tx};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How a worker goes about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Jobs carried at once, of all kinds.
    pub at_once: usize,
    /// A holder that stops without a word keeps its jobs for so long.
    pub lease: Duration,
    /// Nobody wakes a worker when time alone makes a job due, or another node writes one.
    pub look_every: Duration,
    /// After the first failure; then twice as long each time,
    pub first_delay: Duration,
    /// up to this.
    pub longest_delay: Duration,
    /// Jobs under way have so long to end when the program stops; then they are let go.
    pub to_stop: Duration,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            at_once: 16,
            lease: Duration::from_secs(30),
            look_every: Duration::from_secs(1),
            first_delay: Duration::from_secs(1),
            longest_delay: Duration::from_secs(3_600),
            to_stop: Duration::from_secs(20),
        }
    }
}

/// Writes that come in quick succession wake the worker once.
const BREATH: Duration = Duration::from_millis(5);

/// Does jobs of some kinds on one node.
pub struct Worker {
    baton: Baton,
    kinds: Vec<Arc<Kind>>,
    pace: Pace,
    room: Arc<Semaphore>,
}

impl Worker {
    pub fn new(baton: Baton, pace: Pace) -> Worker {
        let room = Arc::new(Semaphore::new(pace.at_once));
        Worker { baton, kinds: Vec::new(), pace, room }
    }

    /// Does jobs of this kind too.
    pub fn does(mut self, kind: Kind) -> Worker {
        self.kinds.push(Arc::new(kind));
        self
    }

    /// Works until it is asked to stop; then jobs under way end, or are let go.
    pub async fn run(self, mut stop: Stop) {
        let mut written = self.baton.db.written();
        let mut under_way = JoinSet::new();
        loop {
            // Where the database cannot be reached, the next look finds it again.
            let _ = self.take(&mut under_way, &stop).await;
            tokio::select! {
                () = stop.asked() => break,
                _ = under_way.join_next(), if !under_way.is_empty() => {}
                _ = written.changed() => tokio::time::sleep(BREATH).await,
                () = tokio::time::sleep(self.pace.look_every) => {}
            }
        }
        while under_way.join_next().await.is_some() {}
    }

    /// Takes as many due jobs as there is room for, and begins them.
    async fn take(&self, under_way: &mut JoinSet<()>, stop: &Stop) -> Result<(), DbError> {
        while let Some((kinds, limit)) = self.open_kinds() {
            if !is_due(&self.baton, kinds.clone()).await? {
                return Ok(());
            }
            let jobs = self.claim(kinds, limit).await?;
            if jobs.is_empty() {
                return Ok(());
            }
            for job in jobs {
                self.begin(job, under_way, stop.clone());
            }
        }
        Ok(())
    }

    /// The kinds that have room, and how many jobs may be taken whatever kinds they turn out to be.
    fn open_kinds(&self) -> Option<(Vec<&'static str>, usize)> {
        let open = self.kinds.iter().filter(|kind| kind.room.available_permits() > 0);
        let least = open.clone().map(|kind| kind.room.available_permits()).min()?;
        let limit = least.min(self.room.available_permits());
        (limit > 0).then(|| (open.map(|kind| kind.name).collect(), limit))
    }

    async fn claim(&self, kinds: Vec<&'static str>, limit: usize) -> Result<Vec<Job>, DbError> {
        let (owner, lease) = (Arc::clone(&self.baton.node), self.pace.lease);
        let now_ms = self.baton.now_ms();
        let claimed = self.baton.db.write(move |tx| {
            let (owner, kinds) = (Arc::clone(&owner), kinds.clone());
            Box::pin(async move {
                let claim =
                    Claim { owner: &owner, kinds: &kinds, now_ms, lease_ms: ms(lease), limit: limit as i64 };
                jobs::claim(tx, &claim).await
            })
        });
        claimed.await
    }

    fn begin(&self, job: Job, under_way: &mut JoinSet<()>, stop: Stop) {
        // Invariant: only kinds in the list are claimed, and no more than there is room for.
        let Some(kind) = self.kinds.iter().find(|kind| kind.name == job.kind).cloned() else { return };
        let permits =
            (Arc::clone(&self.room).try_acquire_owned(), Arc::clone(&kind.room).try_acquire_owned());
        let lease = lease::Lease { baton: self.baton.clone(), kind, pace: self.pace, job: Arc::new(job) };
        under_way.spawn(async move {
            lease.carry_through(stop).await;
            drop(permits);
        });
    }
}

/// The job is done, in the transaction of its effect.
///
/// # Errors
/// Another holder has it: the effect must not stay. The database's.
pub async fn finish(tx: &mut Tx, job: &Job, now_ms: i64) -> Result<(), Refused> {
    match jobs::finish(tx, job.held(), now_ms).await? {
        Said::Counts => Ok(()),
        Said::Stale => Err(Refused::conflict("lease_lost", "another node has taken over this job")),
    }
}

/// Deletes what was done long ago; how many jobs. For a periodic task.
///
/// # Errors
/// The database's.
pub async fn forget(db: &Db, done_before_ms: i64) -> Result<u64, DbError> {
    let mut forgotten = 0;
    loop {
        let some = db
            .write(move |tx| {
                Box::pin(async move { jobs::forget(tx, done_before_ms, FORGOTTEN_AT_ONCE).await })
            })
            .await?;
        forgotten += some;
        if (some as i64) < FORGOTTEN_AT_ONCE {
            return Ok(forgotten);
        }
    }
}

/// Few, so that nobody waits for the writer meanwhile.
const FORGOTTEN_AT_ONCE: i64 = 200;

async fn is_due(baton: &Baton, kinds: Vec<&'static str>) -> Result<bool, DbError> {
    let now_ms = baton.now_ms();
    let is_due = baton.db.read(move |tx| {
        let kinds = kinds.clone();
        Box::pin(async move { jobs::is_due(tx, &kinds, now_ms).await })
    });
    is_due.await
}

fn ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 4)
}

#[cfg(test)]
mod tests;
