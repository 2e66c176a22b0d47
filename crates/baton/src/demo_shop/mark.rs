//! How books tell that they are a demo's: by events about `demo`, which nobody can take out of the log again.
//!
//! Owns: those events. Refuses to know: what the demo does between them.

use super::Plan;
use crate::fault::Fault;
use flow::call::{Actor, Call, Via, What};
use flow::demo::{ACTOR, BEGUN, MADE, MOST_EVENTS, SUBJECT};
use serde::{Deserialize, Serialize};
use store::events;
use store::{Db, DbError};

/// What books are, to a demo.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mark {
    /// Nothing has happened in them.
    Empty,
    /// A demo was broken off while it made them.
    Begun,
    Made(Plan),
    /// They are somebody's.
    Foreign,
}

/// A call of the demo's.
pub(super) fn call(at_ms: i64) -> Call {
    Call::new(Actor { id: ACTOR.to_owned(), via: Via::Job }, at_ms)
}

#[derive(Serialize, Deserialize)]
struct Facts {
    seed: u64,
    orders: u32,
    first_day: i32,
}

pub(crate) async fn read(db: &Db) -> Result<Mark, Fault> {
    let (all, own) = db
        .read::<_, DbError>(|tx| {
            Box::pin(async move {
                let all = events::newest(tx, i64::MAX, 1).await?;
                Ok((all, events::of_subject(tx, SUBJECT, 0, MOST_EVENTS).await?))
            })
        })
        .await?;
    let is_ours = own.first().is_some_and(|event| event.kind == BEGUN && event.actor == ACTOR);
    let made = own.iter().find(|event| event.kind == MADE && event.actor == ACTOR);
    Ok(match made {
        _ if all.is_empty() => Mark::Empty,
        _ if !is_ours => Mark::Foreign,
        None => Mark::Begun,
        Some(event) => Mark::Made(plan(&event.facts)?),
    })
}

fn plan(facts: &str) -> Result<Plan, Fault> {
    let facts: Facts = serde_json::from_str(facts)
        .map_err(|error| Fault::Other(format!("the demo's books do not tell how they were made: {error}")))?;
    Ok(Plan { seed: facts.seed, orders: facts.orders, first_day: model::Day(facts.first_day) })
}

pub(super) async fn begin(db: &Db, plan: Plan, at_ms: i64) -> Result<(), Fault> {
    tell(db, (BEGUN, plan), at_ms).await
}

pub(super) async fn finish(db: &Db, plan: Plan, at_ms: i64) -> Result<(), Fault> {
    tell(db, (MADE, plan), at_ms).await
}

async fn tell(db: &Db, (kind, plan): (&'static str, Plan), at_ms: i64) -> Result<(), Fault> {
    let told = db.write::<(), DbError>(move |tx| {
        Box::pin(async move {
            let Plan { seed, orders, first_day } = plan;
            let facts = Facts { seed, orders, first_day: first_day.0 };
            call(at_ms).tell(tx, What { kind, subject: SUBJECT, order_id: None }, &facts).await
        })
    });
    Ok(told.await?)
}
