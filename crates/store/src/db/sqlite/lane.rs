//! Threads with a connection each, and the work that waits for them.

use crate::db::tx::{Connection, Tx};
use crate::db::{DbError, Erased};
use futures_util::FutureExt;
use std::fs::File;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

/// Transactions that one flush to disk may serve: more would make the first of them wait for too long.
const MOST_IN_GROUP: usize = 256;
/// How long work waits until it is begun.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How long pages gather in the log before they are folded into the file: one that many groups change is written there once.
const FOLD_EVERY: Duration = Duration::from_secs(1);
/// Pieces of work that wait for their turn; the next one waits outside.
const MOST_WAITING: usize = 1_024;

/// Where work goes in: the threads of a lane take it in the order it came.
pub(super) struct Lane {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// Tells who waits what became of the transaction; gone when he waits no more.
type Answer = oneshot::Sender<Result<(), DbError>>;

struct Job {
    run: Erased,
    /// Tells that it is begun.
    begun: oneshot::Sender<()>,
    answer: Answer,
}

impl Lane {
    /// One that writes: what waits is committed in groups. The log is folded on a thread and a connection of its own, so that
    /// no group waits for that. The lock on the file is let go when it has ended.
    pub(super) fn writer(
        connection: rusqlite::Connection,
        folding: rusqlite::Connection,
        lock: File,
    ) -> Result<Lane, DbError> {
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        let (committed, commits) = sync_channel(1);
        let folder = spawn("folder", move || fold(&folding, &commits))?;
        let runtime = Handle::current();
        let life = move || {
            let mut tx = Tx::over(Connection::Sqlite(connection));
            write(&runtime, &mut tx, waiting, committed);
            // It ends with the commits. The last connection folds the log for good, and only the writer may.
            let _ = folder.join();
            drop(tx);
            drop(lock);
        };
        Ok(Lane::of(jobs, vec![spawn("writer", life)?]))
    }

    /// One that reads, on so many connections.
    pub(super) fn readers(connections: Vec<rusqlite::Connection>) -> Result<Lane, DbError> {
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        let threads = connections.into_iter().map(|connection| {
            let (runtime, waiting) = (Handle::current(), Arc::clone(&waiting));
            spawn("reader", move || read(&runtime, connection, &waiting))
        });
        Ok(Lane::of(jobs, threads.collect::<Result<_, DbError>>()?))
    }

    fn of(jobs: mpsc::Sender<Job>, threads: Vec<JoinHandle<()>>) -> Lane {
        Lane { jobs: Mutex::new(Some(jobs)), threads: Mutex::new(threads) }
    }

    /// Runs work as one transaction. When it returns, what was written is on disk.
    pub(super) async fn run(&self, run: Erased) -> Result<(), DbError> {
        let closed = || DbError::Unavailable("it is being closed".into());
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(closed)?;
        let ((begun, mut begins), (answer, receive)) = (oneshot::channel(), oneshot::channel());
        let waits = async {
            jobs.send(Job { run, begun, answer }).await.map_err(|_| closed())?;
            // An error: it is gone, and the answer says so.
            let _ = (&mut begins).await;
            Ok::<_, DbError>(())
        };
        match tokio::time::timeout(LONGEST_WAIT, waits).await {
            Ok(waited) => waited?,
            Err(_) => {
                begins.close();
                // Unless it was begun in the last moment, it never will be.
                if begins.try_recv().is_err() {
                    return Err(DbError::Unavailable("it is too busy; try again in a moment".into()));
                }
            }
        }
        receive.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Takes no more work, does what waits, and ends.
    pub(super) async fn close(&self) {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let joined = tokio::task::spawn_blocking(|| {
            for thread in threads {
                // A panic of it has been told where it happened.
                let _ = thread.join();
            }
        });
        let _ = joined.await;
    }
}

fn spawn(name: &str, life: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, DbError> {
    let named = std::thread::Builder::new().name(format!("books {name}"));
    named.spawn(life).map_err(|error| DbError::Unavailable(error.to_string()))
}

/// A writer's life: groups, until nobody can ask any more.
fn write(runtime: &Handle, tx: &mut Tx, mut waiting: mpsc::Receiver<Job>, committed: SyncSender<()>) {
    let mut group = Vec::with_capacity(MOST_IN_GROUP);
    let mut was_refused = false;
    while runtime.block_on(waiting.recv_many(&mut group, MOST_IN_GROUP)) > 0 {
        let begun = group.drain(..).filter_map(begin).collect::<Vec<_>>();
        if begun.is_empty() {
            continue;
        }
        let outcome = runtime.block_on(commit(tx, &begun, &mut was_refused));
        if outcome.is_err() {
            // Where the transaction is gone already, there is nothing to roll back.
            let _ = runtime.block_on(tx.execute("rollback", &[]));
        }
        for Begun { answer, .. } in begun {
            // Who asked may be gone.
            let _ = answer.send(outcome.clone());
        }
        // Full: he knows already.
        let _ = committed.try_send(());
    }
}

/// Folds the log into the file from time to time while there are commits; ends with their sender.
fn fold(connection: &rusqlite::Connection, commits: &Receiver<()>) {
    while commits.recv().is_ok() {
        let at = Instant::now() + FOLD_EVERY;
        loop {
            match commits.recv_timeout(at.saturating_duration_since(Instant::now())) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        // Where it cannot, the log grows, and it is tried again behind the next commit.
        let _ = connection.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
    }
}

/// Work that somebody waits for.
struct Begun {
    run: Erased,
    answer: Answer,
}

/// `None`: who asked waits no more, and nothing would come of it.
fn begin(Job { run, begun, answer }: Job) -> Option<Begun> {
    begun.send(()).ok().map(|()| Begun { run, answer })
}

/// Commits a group without savepoints, which copy every page that is touched; when one of it is refused, all of it is
/// taken back and done again with them. Refusals come together: after one, the next group has them from the start.
async fn commit(tx: &mut Tx, group: &[Begun], was_refused: &mut bool) -> Result<(), DbError> {
    let is_alone = group.len() == 1;
    if (is_alone || !*was_refused) && together(tx, group).await? {
        return Ok(());
    }
    // The only one is taken back already.
    if !is_alone {
        *was_refused = apart(tx, group).await?;
    }
    Ok(())
}

/// `false`: one of them was refused, and nothing is kept.
async fn together(tx: &mut Tx, group: &[Begun]) -> Result<bool, DbError> {
    tx.execute("begin immediate", &[]).await?;
    for job in group {
        if !run(tx, job).await? {
            tx.execute("rollback", &[]).await?;
            return Ok(false);
        }
    }
    tx.execute("commit", &[]).await?;
    Ok(true)
}

/// Whether some were refused; the others are kept.
async fn apart(tx: &mut Tx, group: &[Begun]) -> Result<bool, DbError> {
    let mut is_refused = false;
    tx.execute("begin immediate", &[]).await?;
    for job in group {
        tx.execute("savepoint one", &[]).await?;
        if !run(tx, job).await? {
            is_refused = true;
            tx.execute("rollback to one", &[]).await?;
        }
        tx.execute("release one", &[]).await?;
    }
    tx.execute("commit", &[]).await?;
    Ok(is_refused)
}

/// Whether it is to be kept; what panics is not.
async fn run(tx: &mut Tx, job: &Begun) -> Result<bool, DbError> {
    let is_done = AssertUnwindSafe((job.run)(tx)).catch_unwind().await.unwrap_or(false);
    // SQLite ends a transaction by itself where it cannot write: nothing of the group is kept then.
    match tx.is_ended() {
        true => Err(DbError::NoRoom("the disk is full or fails".into())),
        false => Ok(is_done),
    }
}

/// A reader's life: one piece of work after the other, each from one state of the books.
fn read(runtime: &Handle, connection: rusqlite::Connection, waiting: &Mutex<mpsc::Receiver<Job>>) {
    let mut tx = Tx::over(Connection::Sqlite(connection));
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        let Some(job) = next else { return };
        let Some(Begun { run, answer }) = begin(job) else { continue };
        let outcome = runtime.block_on(async {
            tx.execute("begin", &[]).await?;
            let read = AssertUnwindSafe(run(&mut tx)).catch_unwind().await;
            tx.execute("rollback", &[]).await?;
            read.map(drop).map_err(|_| DbError::Broken("the work panicked".into()))
        });
        let _ = answer.send(outcome);
    }
}
