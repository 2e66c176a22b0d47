//! What the log tells of backups: who made each, when it was proved, and what came of the last try.

use super::folder::{Backups, Kept};
use super::job::{JOB, TRIES};
use crate::call::{Call, What};
use crate::refused::Refused;
use serde_json::{Value, json};
use std::sync::Arc;
use store::db::DbError;
use store::events::{self, Event, Search};
use store::jobs::{self, Filter, Job, State};
use store::{Db, Tx, people};

/// Backups that are shown: many more than are kept by default.
const MOST_SHOWN: usize = 50;
/// Events of one backup that are looked at.
const MOST_EVENTS: i64 = 200;

pub(super) const MADE: &str = "backup.made";
pub(super) const VERIFIED: &str = "backup.verified";
pub(super) const UNSOUND: &str = "backup.unsound";
pub(super) const FAILED: &str = "backup.failed";
pub(super) const REMOVED: &str = "backup.removed";
const DOWNLOADED: &str = "backup.downloaded";
/// What events are about that are about no one file.
pub(super) const ALL: &str = "backups";

/// Something that was done with a backup, and by whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deed {
    pub at_ms: i64,
    pub by: String,
    /// `None`: a program, or somebody who is not in the books.
    pub by_name: Option<String>,
    /// Of the program that did it.
    pub program: Option<String>,
    /// Why it came to nothing; `None`: it did not.
    pub failed: Option<String>,
}

/// A backup, and what the log knows of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    pub kept: Kept,
    /// `None`: by the command, which writes nothing into the log, or in books that were replaced since.
    pub made: Option<Deed>,
    /// When it was proved last; `None`: the log does not know.
    pub proved: Option<Deed>,
}

impl Shown {
    /// Each was proved before it had its name: good is what was not found bad since.
    pub fn is_good(&self) -> bool {
        self.proved.as_ref().is_none_or(|proof| proof.failed.is_none())
    }
}

/// What is being done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Work {
    /// The backup that is proved; `None`: one is made.
    pub verifies: Option<String>,
    pub asked_at_ms: i64,
    /// Why the try before failed.
    pub last_error: Option<String>,
}

/// How it stands with backups.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The newest first, up to a limit.
    pub items: Vec<Shown>,
    /// How many there are.
    pub all: usize,
    /// When the last good one was made.
    pub last_good_ms: Option<i64>,
    pub work: Option<Work>,
    /// Why the last try came to nothing, where none succeeded since.
    pub failure: Option<Deed>,
}

/// How it stands with backups.
///
/// # Errors
/// The database's.
pub async fn listed(db: &Db, backups: &Arc<Backups>) -> Result<Listed, Refused> {
    let folder = Arc::clone(backups);
    let mut all = in_background(move || folder.list()).await?;
    let many = all.len();
    all.truncate(MOST_SHOWN);
    let all = Arc::new(all);
    let read = db.read::<_, DbError>(move |tx| {
        let all = Arc::clone(&all);
        Box::pin(async move {
            let mut items = Vec::new();
            for kept in all.iter() {
                items.push(shown(tx, kept).await?);
            }
            Ok((items, work(tx).await?, failure(tx).await?))
        })
    });
    let (mut items, work, failure) = read.await?;
    // One that is being made has its name before the log has it.
    let is_unfinished = |shown: &Shown| {
        let begun_ms = work.as_ref().map_or(i64::MAX, |work| work.asked_at_ms);
        shown.made.is_none() && shown.kept.made_at_ms >= begun_ms
    };
    items.retain(|shown| !is_unfinished(shown));
    let last_good_ms = items.iter().find(|shown| shown.is_good()).map(|shown| shown.kept.made_at_ms);
    Ok(Listed { items, all: many, last_good_ms, work, failure })
}

/// Files are read beside everything else.
pub(super) async fn in_background<T: Send + 'static>(
    read: impl FnOnce() -> T + Send + 'static,
) -> Result<T, DbError> {
    tokio::task::spawn_blocking(read).await.map_err(|error| DbError::Broken(error.to_string()))
}

async fn shown(tx: &mut Tx, kept: &Kept) -> Result<Shown, DbError> {
    let first = events::of_subject(tx, &kept.name, 0, MOST_EVENTS).await?;
    let made = first.first().filter(|event| event.kind == MADE);
    let any = String::new;
    let of_it = Search { kind: any(), actor: any(), subject: kept.name.clone(), from_ms: 0, to_ms: i64::MAX };
    // What was done to one often is told by its newest events, what was done long ago by its first ones.
    let newest = events::search(tx, &of_it, (i64::MAX, MOST_EVENTS)).await?.0;
    let is_proof = |event: &&Event| [MADE, VERIFIED, UNSOUND].contains(&event.kind.as_str());
    let proved = newest.iter().find(is_proof).or_else(|| first.iter().rfind(is_proof));
    Ok(Shown { kept: kept.clone(), made: deed(tx, made).await?, proved: deed(tx, proved).await? })
}

async fn deed(tx: &mut Tx, event: Option<&Event>) -> Result<Option<Deed>, DbError> {
    let Some(event) = event else { return Ok(None) };
    let by_name = people::by_id(tx, &event.actor).await?.map(|user| user.name);
    let facts: Value = serde_json::from_str(&event.facts).unwrap_or_default();
    let text = |name: &str| facts[name].as_str().map(str::to_owned);
    let (by, at_ms) = (event.actor.clone(), event.at_ms);
    Ok(Some(Deed { at_ms, by, by_name, program: text("program"), failed: text("failed") }))
}

/// What waits or is done now.
pub(super) async fn under_way(tx: &mut Tx) -> Result<Option<Job>, DbError> {
    for state in [State::Leased, State::Ready] {
        let filter = Filter { kind: Some(JOB), state: Some(state) };
        if let Some(job) = jobs::list(tx, filter, None, 1).await?.pop() {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

async fn work(tx: &mut Tx) -> Result<Option<Work>, DbError> {
    let job = under_way(tx).await?;
    Ok(job.filter(|job| job.attempts <= TRIES).map(|job| Work {
        verifies: Some(job.subject).filter(|subject| subject != ALL),
        asked_at_ms: job.created_at_ms,
        last_error: job.last_error,
    }))
}

async fn failure(tx: &mut Tx) -> Result<Option<Deed>, DbError> {
    let Some(failed) = newest(tx, FAILED, 0).await? else { return Ok(None) };
    let mut is_over = false;
    for kind in [MADE, VERIFIED] {
        is_over = is_over || newest(tx, kind, failed.at_ms).await?.is_some();
    }
    if is_over { Ok(None) } else { deed(tx, Some(&failed)).await }
}

/// The newest event of a kind from a moment on, not far back.
pub(super) async fn newest(tx: &mut Tx, kind: &str, from_ms: i64) -> Result<Option<Event>, DbError> {
    let any = String::new;
    let search = Search { kind: kind.to_owned(), actor: any(), subject: any(), from_ms, to_ms: i64::MAX };
    Ok(events::search(tx, &search, (i64::MAX, 1)).await?.0.pop())
}

/// Writes down that somebody takes a backup away.
///
/// # Errors
/// The database's.
pub async fn tell_download(db: &Db, call: &Call, kept: &Kept) -> Result<(), DbError> {
    let (call, kept) = (call.clone(), kept.clone());
    let told = db.write(move |tx| {
        let (call, kept) = (call.clone(), kept.clone());
        Box::pin(async move {
            let what = What { kind: DOWNLOADED, subject: &kept.name, order_id: None };
            call.tell(tx, what, &json!({ "bytes": kept.bytes })).await
        })
    });
    told.await
}
