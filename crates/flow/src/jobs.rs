//! Jobs that were given up: who looks at them, and has them tried again.
//!
//! Refuses to know: what a job does; the worker and its kinds know.

use crate::call::{Call, What};
use crate::refused::Refused;
use serde_json::json;
use store::Db;
use store::jobs::{self, Filter, Job, State};

/// Jobs in a state, the newest first, older than the job `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn jobs_in(db: &Db, state: State, before: Option<&str>, limit: i64) -> Result<Vec<Job>, Refused> {
    let before = before.map(str::to_owned);
    db.read(move |tx| {
        let before = before.clone();
        Box::pin(async move {
            let filter = Filter { state: Some(state), kind: None };
            Ok(jobs::list(tx, filter, before.as_deref(), limit).await?)
        })
    })
    .await
}

/// Gives a job that was given up all its attempts again, from now on; the job as it stands then.
///
/// # Errors
/// There is no such job, or it was not given up; the database's.
pub async fn retry_job(db: &Db, call: &Call, id: &str) -> Result<Job, Refused> {
    let (call, id) = (call.clone(), id.to_owned());
    db.write(move |tx| {
        let (call, id) = (call.clone(), id.clone());
        Box::pin(async move {
            let none = || Refused::not_found("job", &id);
            let before = jobs::job(tx, &id).await?.ok_or_else(none)?;
            if !jobs::retry_dead(tx, &id, call.at_ms).await? {
                let say =
                    format!("it is {}; only a job that was given up is tried again", before.state.code());
                return Err(Refused::conflict("not_given_up", say));
            }
            let what = What { kind: "job.retried", subject: &id, order_id: None };
            let facts = json!({ "kind": before.kind, "about": before.subject, "failed": before.last_error });
            call.tell(tx, what, &facts).await?;
            jobs::job(tx, &id).await?.ok_or_else(none)
        })
    })
    .await
}
