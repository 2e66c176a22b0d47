//! The work on imports, beside everything else: on the lease of a job, a batch at a time.
//!
//! Owns: who works on which import, how far it is, and how the work ended. Refuses to know: what is done for a batch.

use super::ask::bytes_of;
use super::{KEPT_MS, MOST_BAD, Tally, check, plan, products, revert, revert_products, stock, walk};
use crate::baton::Baton;
use crate::call::{Actor, Call, Via, What};
use crate::long_job::{self, LongJob};
use crate::refused::{Refused, broken};
use crate::timers::Timer;
use crate::worker::{Ended, Kind, Trouble, finish};
use connect::files::{CellFault, SheetKind};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use store::Tx;
use store::db::DbError;
use store::jobs::Job;
use store::sheet_imports::{self, End, HeldImport, ImportRow, State};

const JOB: &str = "import_sheet";
/// How often files are removed that are kept long enough.
const FORGET_EVERY: Duration = Duration::from_secs(3_600);

pub(super) async fn enqueue(tx: &mut Tx, (subject, id): (&str, &str), call: &Call) -> Result<(), DbError> {
    let by = json!({ "by": call.actor.id }).to_string();
    let job = LongJob { kind: JOB, id, subject, payload: &by, asked_at_ms: call.at_ms };
    long_job::enqueue(tx, &job).await
}

/// What does the work that imports need.
pub fn job_kind() -> Kind {
    long_job::kind(JOB, |baton: Baton, job| async move { carry(&baton, job).await })
}

/// Looks for imports whose job was given up, and for files that are kept long enough.
pub fn timers() -> [Timer; 2] {
    let end = long_job::end_given_up("end_imports", "import.failed", |tx, why, at_ms| {
        Box::pin(sheet_imports::give_up(tx, why, at_ms))
    });
    let forget = Timer::new("forget_import_files", FORGET_EVERY, |baton: Baton| async move {
        let before_ms = baton.now_ms() - KEPT_MS;
        let forgotten = baton.db.write::<_, DbError>(move |tx| {
            Box::pin(async move { sheet_imports::forget_files(tx, before_ms).await })
        });
        Ok(forgotten.await?)
    });
    [end, forget]
}

/// An import in hand.
#[derive(Clone)]
pub(super) struct Hand {
    pub(super) baton: Baton,
    pub(super) row: Arc<ImportRow>,
    job: Arc<Job>,
}

impl Hand {
    /// Its id is the document of all that it changes.
    pub(super) fn document(&self) -> &str {
        &self.row.id
    }

    pub(super) fn held(&self) -> HeldImport<'_> {
        HeldImport { id: &self.row.id, job_id: &self.job.id, fence: self.job.fence }
    }

    /// As whoever asked for it, now.
    pub(super) fn call(&self) -> Call {
        let by = serde_json::from_str::<serde_json::Value>(&self.job.payload).ok();
        let by = by.and_then(|payload| payload["by"].as_str().map(str::to_owned));
        let id = by.unwrap_or_else(|| self.row.created_by.clone());
        Call::new(Actor { id, via: Via::File }, self.baton.now_ms())
    }

    pub(super) fn tally(&self) -> Result<Tally, Refused> {
        serde_json::from_str(&self.row.tally).map_err(|error| broken(&error))
    }

    /// Says in the transaction of a batch how far it is.
    ///
    /// # Errors
    /// It is over, or another has it: then nothing of the batch stays.
    pub(super) async fn advance(&self, tx: &mut Tx, reached: i64, tally: &Tally) -> Result<(), Refused> {
        let text = plan::json(tally)?;
        match sheet_imports::reached(tx, self.held(), (reached, &text)).await? {
            true => Ok(()),
            false => Err(Refused::conflict(LOST, "it was cancelled, or another node has taken it over")),
        }
    }

    /// How far it is, by itself.
    pub(super) async fn tell(&self, reached: i64, tally: &Tally) -> Result<(), Refused> {
        let asked = Arc::new((self.clone(), tally.clone()));
        let told = self.baton.db.write(move |tx| {
            let asked = Arc::clone(&asked);
            Box::pin(async move { asked.0.advance(tx, reached, &asked.1).await })
        });
        told.await
    }

    pub(super) async fn bytes(&self) -> Result<Arc<[u8]>, Refused> {
        bytes_of(&self.baton.db, &self.row.id).await
    }
}

/// Nobody wants it from here any more.
const LOST: &str = "import_lost";

/// Keeps the cells of a bad row, where there is room.
pub(super) async fn keep_bad(
    tx: &mut Tx,
    (id, so_far): (&str, i64),
    (line, faults): (u64, &[CellFault]),
) -> Result<(), DbError> {
    if so_far > MOST_BAD {
        return Ok(());
    }
    for cell in walk::bad_cells(line, faults) {
        sheet_imports::add_bad(tx, id, &cell).await?;
    }
    Ok(())
}

async fn carry(baton: &Baton, job: Arc<Job>) -> Result<Ended, Trouble> {
    // Cancelled before it was begun, removed, or taken over.
    let Some(row) = begin(baton, &job).await? else { return Ok(Ended::Outside) };
    let hand = Hand { baton: baton.clone(), row: Arc::new(row), job };
    match work(&hand).await {
        Ok(end) => {
            settle(&hand, end).await?;
            Ok(Ended::WithItsEffect)
        }
        Err(Refused::Conflict { code: LOST, .. }) => Ok(Ended::Outside),
        // Nobody tries again; whoever asked hears why.
        Err(refused) if is_final(&refused) || hand.job.attempts >= hand.job.most_attempts => {
            settle(&hand, failed(&hand.row, &refused)).await?;
            Ok(Ended::WithItsEffect)
        }
        Err(refused) => Err(refused.into()),
    }
}

/// Whether trying again brings the same.
fn is_final(refused: &Refused) -> bool {
    !matches!(refused, Refused::Database(_) | Refused::TooSoon { .. })
}

async fn begin(baton: &Baton, job: &Arc<Job>) -> Result<Option<ImportRow>, DbError> {
    let job = Arc::clone(job);
    let begun = baton.db.write(move |tx| {
        let job = Arc::clone(&job);
        Box::pin(async move {
            let held = HeldImport { id: &job.subject, job_id: &job.id, fence: job.fence };
            sheet_imports::begin(tx, held).await
        })
    });
    begun.await
}

async fn work(hand: &Hand) -> Result<End, Refused> {
    let kind = plan::kind_of(&hand.row)?;
    let end = |state| End { state, checked: None, failure: String::new() };
    match (hand.row.state, kind) {
        (State::Checking, _) => {
            let found = check::run(hand).await?;
            Ok(End { checked: Some(plan::json(&found)?), ..end(State::Checked) })
        }
        (State::Running, SheetKind::Stock) => stock::run(hand).await.map(|()| end(State::Done)),
        (State::Running, SheetKind::Products) => products::run(hand).await.map(|()| end(State::Done)),
        (_, SheetKind::Stock) => revert::run(hand).await.map(|()| end(State::Reverted)),
        (_, SheetKind::Products) => revert_products::run(hand).await.map(|()| end(State::Reverted)),
    }
}

fn failed(row: &ImportRow, refused: &Refused) -> End {
    let state = match row.state {
        State::Checking => State::Draft,
        State::Reverting => State::Done,
        _ => State::Failed,
    };
    End { state, checked: None, failure: refused.to_string() }
}

/// Writes down how it ended, and that the job is done, in one transaction: or nothing, where another has taken over.
async fn settle(hand: &Hand, end: End) -> Result<(), Refused> {
    let work = Arc::new((hand.clone(), end, hand.call()));
    let settled = hand.baton.db.write(move |tx| {
        let work = Arc::clone(&work);
        Box::pin(async move {
            let (hand, end, call) = &*work;
            // Somebody cancelled it at the last moment: then nothing is told of it.
            if sheet_imports::settle(tx, hand.held(), end, call.at_ms).await? {
                let kind = match (end.failure.is_empty(), end.state) {
                    (false, _) => "import.failed",
                    (true, State::Checked) => "import.checked",
                    (true, State::Reverted) => "import.reverted",
                    (true, _) => "import.done",
                };
                let what = What { kind, subject: &hand.row.id, order_id: None };
                let why = Some(&end.failure).filter(|why| !why.is_empty());
                call.tell(tx, what, &json!({ "name": hand.row.name, "failed": why })).await?;
            }
            finish(tx, &hand.job, call.at_ms).await
        })
    });
    settled.await
}
