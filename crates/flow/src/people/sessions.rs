//! Where somebody is signed in, and no longer.

use super::who_is::IDLE_MS;
use crate::baton::Baton;
use crate::call::{Call, What};
use crate::refused::Refused;
use crate::timers::Timer;
use serde_json::json;
use std::time::Duration;
use store::proofs::{self, Session};
use store::{Db, once};

/// How long answers to requests with a key are kept.
const REQUESTS_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;
const FORGET_EVERY: Duration = Duration::from_secs(3_600);

/// The sessions of a user after `after`, oldest first. Those that ended by themselves may still be among them.
///
/// # Errors
/// The database's.
pub async fn sessions(db: &Db, user_id: &str, after: &str, limit: i64) -> Result<Vec<Session>, Refused> {
    let (user_id, after) = (user_id.to_owned(), after.to_owned());
    db.read(move |tx| {
        let (user_id, after) = (user_id.clone(), after.clone());
        Box::pin(async move { Ok(proofs::sessions_of(tx, &user_id, &after, limit).await?) })
    })
    .await
}

/// Ends one session of a user.
///
/// # Errors
/// They have no such session.
pub async fn end_session(db: &Db, call: &Call, user_id: &str, id: &str) -> Result<(), Refused> {
    let (call, user_id, id) = (call.clone(), user_id.to_owned(), id.to_owned());
    db.write(move |tx| {
        let (call, user_id, id) = (call.clone(), user_id.clone(), id.clone());
        Box::pin(async move {
            if !proofs::end_session(tx, &id, &user_id).await? {
                return Err(Refused::not_found("session", &id));
            }
            let what = What { kind: "user.signed_out", subject: &user_id, order_id: None };
            Ok(call.tell(tx, what, &json!({ "session": id })).await?)
        })
    })
    .await
}

/// Ends the session that the caller acts in.
///
/// # Errors
/// It ended before.
pub async fn sign_out(db: &Db, call: &Call, session_id: &str) -> Result<(), Refused> {
    end_session(db, call, &call.actor.id, session_id).await
}

/// Forgets what is over, by the hour.
pub fn forget_timer() -> Timer {
    Timer::new("forget_old", FORGET_EVERY, |baton: Baton| async move {
        forget_old(&baton.db, baton.now_ms()).await?;
        Ok(())
    })
}

/// Forgets sessions that ended and requests that are too old to come again; how many.
///
/// # Errors
/// The database's.
pub async fn forget_old(db: &Db, at_ms: i64) -> Result<u64, Refused> {
    db.write(move |tx| {
        Box::pin(async move {
            let sessions = proofs::end_old_sessions(tx, at_ms, at_ms - IDLE_MS).await?;
            Ok(sessions + once::forget(tx, at_ms - REQUESTS_KEPT_MS).await?)
        })
    })
    .await
}
