//! The work on backups, beside everything else: one made or proved at a time, on the lease of a job.
//!
//! Owns: who asks, that no two are under way, how often it is tried, the daily one, and which of them go. Invariant: one is
//! removed only after a newer one was proved, and none that the log does not say the program made.

use super::folder::{Backups, Kept};
use super::form::{Form, Seen};
use super::log::{self, ALL, FAILED, MADE, REMOVED, UNSOUND, VERIFIED, in_background};
use crate::baton::Baton;
use crate::call::{Actor, Call, Via, What};
use crate::id;
use crate::long_job;
use crate::refused::Refused;
use crate::timers::Timer;
use crate::worker::{Ended, Kind, Trouble, finish};
use model::{Day, Timestamp, WallClock};
use serde_json::{Value, json};
use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::backup::BackupError;
use store::db::DbError;
use store::events::{self, Search};
use store::jobs::{self, Filter, Job, NewJob};
use store::{Db, Tx};

pub(super) const JOB: &str = "tend_backups";
/// After so many failures whoever asked hears why.
pub(super) const TRIES: i64 = 3;
/// A node that stops in the middle of it may stop because of it.
const MOST_ATTEMPTS: i64 = 5;
/// Letters of the job's id in the name of a backup.
const MARK: usize = 6;
/// How often it is looked whether the daily one is due.
const LOOK_EVERY: Duration = Duration::from_secs(900);
/// A disk that is full stays so for a while, and each failure is told.
const AFTER_FAILURE_MS: i64 = 60 * 60 * 1_000;
/// Minutes after midnight by the shop's clock: nobody works, and what the day brought is in.
const EARLY_MINUTE: i64 = 3 * 60;
/// Backups removed at once, where many more are there than are kept.
const MOST_REMOVED: usize = 100;

/// What is to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    Make,
    /// The backup of this name.
    Verify(String),
}

/// Puts work on backups down.
///
/// # Errors
/// Some is under way; there is no such backup; the database's.
pub async fn ask(db: &Db, call: &Call, backups: &Arc<Backups>, what: Ask) -> Result<Job, Refused> {
    let subject = match what {
        Ask::Make => ALL.to_owned(),
        Ask::Verify(name) => {
            let (folder, wanted) = (Arc::clone(backups), name.clone());
            let found = in_background(move || folder.find(&wanted)).await?;
            found.ok_or_else(|| Refused::not_found("backup", &name))?.name
        }
    };
    let call = call.clone();
    let put = db.write(move |tx| {
        let (call, subject) = (call.clone(), subject.clone());
        Box::pin(async move { put_down(tx, &call, &subject).await })
    });
    put.await
}

async fn put_down(tx: &mut Tx, call: &Call, subject: &str) -> Result<Job, Refused> {
    let busy = || {
        let say = "a backup is being made or checked; wait until that is over";
        Refused::conflict("backup_under_way", say)
    };
    if log::under_way(tx).await?.is_some() {
        return Err(busy());
    }
    // Of two who ask at once, both come after the same job, and one of them is first.
    let last = jobs::list(tx, Filter { kind: Some(JOB), state: None }, None, 1).await?.pop();
    let key = last.map_or_else(|| "first".to_owned(), |job| format!("after {}", job.id));
    let (id, payload) = (id::new("job", call.at_ms), json!({ "by": call.actor.id }).to_string());
    let new = NewJob {
        id: &id,
        kind: JOB,
        subject,
        payload: &payload,
        key: Some(&key),
        due_at_ms: call.at_ms,
        most_attempts: MOST_ATTEMPTS,
        created_at_ms: call.at_ms,
    };
    if !jobs::enqueue(tx, &new).await? {
        return Err(busy());
    }
    let what = if subject == ALL { "backup.asked" } else { "backup.check_asked" };
    call.tell(tx, What { kind: what, subject, order_id: None }, &json!({ "job": id })).await?;
    jobs::job(tx, &id).await?.ok_or_else(|| Refused::not_found("job", &id))
}

/// What does the work on backups.
pub fn job_kind(backups: Arc<Backups>) -> Kind {
    long_job::kind(JOB, move |baton: Baton, job| {
        let backups = Arc::clone(&backups);
        async move { carry(&baton, &backups, &job).await }
    })
}

/// What is told of a piece of work.
#[derive(Clone)]
struct Told {
    kind: &'static str,
    subject: String,
    facts: Value,
}

async fn carry(baton: &Baton, backups: &Arc<Backups>, job: &Arc<Job>) -> Result<Ended, Trouble> {
    let is_making = job.subject == ALL;
    let done = if is_making { make(baton, backups, job).await } else { prove(backups, &job.subject).await };
    let told = match done {
        Ok(told) => told,
        Err(error) if job.attempts < TRIES => return Err(Trouble::Again(error.to_string())),
        Err(error) => {
            let (subject, facts) = (job.subject.clone(), json!({ "failed": error.to_string() }));
            Told { kind: FAILED, subject, facts }
        }
    };
    let new = Some(told.subject.clone()).filter(|_| told.kind == MADE);
    settle(baton, job, told).await?;
    if let Some(new) = new {
        remove_older(baton, backups, &new).await?;
    }
    Ok(Ended::WithItsEffect)
}

/// The name is the job's: who takes over finds what an earlier holder had finished.
fn file_of(baton: &Baton, backups: &Backups, job: &Job) -> (Form, PathBuf) {
    let form = Form::of(&baton.db);
    let mark = &job.id[job.id.len().saturating_sub(MARK)..];
    (form, backups.folder.join(form.name(job.created_at_ms, mark)))
}

async fn make(baton: &Baton, backups: &Arc<Backups>, job: &Job) -> Result<Told, BackupError> {
    let folder = &backups.folder;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| BackupError::File { file: folder.clone(), why: error.to_string() })?;
    let (form, file) = file_of(baton, backups, job);
    let seen = match file.exists() {
        true => form.verify(&file).await,
        false => form.make(&baton.db, &file, baton.now_ms()).await,
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if let Err(BackupError::Unsound { .. }) = &seen {
        // Nobody is to take it for a good one, and the next try begins anew.
        let (folder, bad) = (Arc::clone(backups), name.clone());
        let removed = in_background(move || folder.find(&bad).map(|kept| folder.remove(&kept)));
        removed.await?.transpose().map_err(|error| BackupError::File { file, why: error.to_string() })?;
    }
    Ok(Told { kind: MADE, subject: name, facts: facts(&seen?) })
}

async fn prove(backups: &Arc<Backups>, name: &str) -> Result<Told, BackupError> {
    let (folder, wanted) = (Arc::clone(backups), name.to_owned());
    let found = in_background(move || folder.find(&wanted)).await?;
    let Some(kept) = found else {
        let why = "it is not there any more".to_owned();
        return Err(BackupError::File { file: backups.folder.join(name), why });
    };
    let (kind, facts) = match kept.form.verify(&backups.path(&kept)).await {
        Ok(seen) => (VERIFIED, facts(&seen)),
        Err(BackupError::Unsound { why, .. }) => (UNSOUND, json!({ "failed": why })),
        Err(other) => return Err(other),
    };
    Ok(Told { kind, subject: kept.name, facts })
}

fn facts(seen: &Seen) -> Value {
    let bytes = fs::metadata(&seen.file).map_or(0, |data| data.len());
    json!({
        "bytes": bytes, "rows": seen.rows(), "tables": seen.tables.len(), "schema": seen.schema,
        "program": env!("CARGO_PKG_VERSION"),
    })
}

/// As whoever asked for it, now.
fn call(baton: &Baton, job: &Job) -> Call {
    let payload: Value = serde_json::from_str(&job.payload).unwrap_or_default();
    match payload["by"].as_str().filter(|by| *by != Actor::baton().id) {
        Some(by) => Call::new(Actor { id: by.to_owned(), via: Via::Job }, baton.now_ms()),
        None => baton.call(),
    }
}

/// Tells what came of it, and that the job is done, in one transaction.
async fn settle(baton: &Baton, job: &Arc<Job>, told: Told) -> Result<(), Refused> {
    let work = Arc::new((Arc::clone(job), told, call(baton, job)));
    let settled = baton.db.write(move |tx| {
        let work = Arc::clone(&work);
        Box::pin(async move {
            let (job, Told { kind, subject, facts }, call) = &*work;
            call.tell(tx, What { kind, subject, order_id: None }, facts).await?;
            finish(tx, job, call.at_ms).await
        })
    });
    settled.await
}

/// Removes those that the program made beyond as many as are kept. The new one was proved just now: it stays whatever the
/// clock said when others were made.
async fn remove_older(baton: &Baton, backups: &Arc<Backups>, new: &str) -> Result<(), DbError> {
    if backups.kept == 0 {
        return Ok(());
    }
    let folder = Arc::clone(backups);
    let all = Arc::new(in_background(move || folder.list()).await?);
    let read = baton.db.read::<_, DbError>(move |tx| {
        let all = Arc::clone(&all);
        Box::pin(async move {
            let mut own = Vec::new();
            for kept in all.iter() {
                if is_own(tx, kept).await? {
                    own.push(kept.clone());
                }
            }
            Ok(own)
        })
    });
    let older = read.await?.into_iter().filter(|kept| kept.name != new);
    for kept in older.skip(backups.kept - 1).take(MOST_REMOVED) {
        let (folder, gone) = (Arc::clone(backups), kept.clone());
        if in_background(move || folder.remove(&gone)).await?.is_ok() {
            tell_removed(baton, kept).await?;
        }
    }
    Ok(())
}

async fn is_own(tx: &mut Tx, kept: &Kept) -> Result<bool, DbError> {
    let told = events::of_subject(tx, &kept.name, 0, 1).await?;
    Ok(told.first().is_some_and(|event| event.kind == MADE))
}

async fn tell_removed(baton: &Baton, kept: Kept) -> Result<(), DbError> {
    let call = baton.call();
    let told = baton.db.write(move |tx| {
        let (call, kept) = (call.clone(), kept.clone());
        Box::pin(async move {
            let what = What { kind: REMOVED, subject: &kept.name, order_id: None };
            call.tell(tx, what, &json!({ "bytes": kept.bytes, "made_at": kept.made_at_ms })).await
        })
    });
    told.await
}

/// The daily one: due when none was made since early this morning, in books that are older than that.
pub fn timer(backups: Arc<Backups>) -> Timer {
    Timer::new("daily_backup", LOOK_EVERY, move |baton: Baton| {
        let backups = Arc::clone(&backups);
        async move {
            let shop = match baton.shop(baton.now_ms()).await {
                // There is nothing to lose yet.
                Err(Refused::Conflict { code: "no_setup", .. }) => return Ok(()),
                other => other?,
            };
            let early = early_this_morning(&shop.network.settings.clock, baton.now_ms());
            if !is_due(&baton, &backups, early).await? {
                return Ok(());
            }
            match ask(&baton.db, &baton.call(), &backups, Ask::Make).await {
                Ok(_) | Err(Refused::Conflict { .. }) => Ok(()),
                Err(refused) => Err(refused.into()),
            }
        }
    })
}

async fn is_due(baton: &Baton, backups: &Arc<Backups>, early_ms: i64) -> Result<bool, DbError> {
    let folder = Arc::clone(backups);
    let newest = in_background(move || folder.list().first().map(|kept| kept.made_at_ms)).await?;
    if newest.is_some_and(|at_ms| at_ms >= early_ms) {
        return Ok(false);
    }
    let lately_ms = baton.now_ms() - AFTER_FAILURE_MS;
    let read = baton.db.read::<_, DbError>(move |tx| {
        Box::pin(async move {
            let any = String::new;
            let before = Search { kind: any(), actor: any(), subject: any(), from_ms: 0, to_ms: early_ms };
            let (older, further) = events::search(tx, &before, (i64::MAX, 1)).await?;
            // Another node may have made one, in a folder of its own.
            let is_made = log::newest(tx, MADE, early_ms).await?.is_some();
            let has_failed = log::newest(tx, FAILED, lately_ms).await?.is_some();
            Ok(!is_made && !has_failed && (!older.is_empty() || further.is_some()))
        })
    });
    read.await
}

fn early_this_morning(clock: &WallClock, now_ms: i64) -> i64 {
    let today = clock.day(Timestamp(now_ms));
    let early = |day: Day| clock.instant(day, EARLY_MINUTE).0;
    if early(today) <= now_ms { early(today) } else { early(Day(today.0 - 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_backups_begins_early_in_the_morning_by_the_clock_of_the_shop() {
        let clock = WallClock::of_zone("America/Los_Angeles").unwrap();
        let at = |text: &str| Timestamp::from_rfc3339(text).unwrap().0;
        let early = |text: &str| Timestamp(early_this_morning(&clock, at(text))).to_string();
        assert_eq!(early("2026-11-27T10:59:00Z"), "2026-11-26T11:00:00Z");
        assert_eq!(early("2026-11-27T11:00:00Z"), "2026-11-27T11:00:00Z");
        assert_eq!(early("2026-11-28T07:59:00Z"), "2026-11-27T11:00:00Z");
    }
}
