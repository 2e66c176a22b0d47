//! Holds whose time is over.
//!
//! For a timer: takes no input but the time, does a bounded piece, and may run anywhere at any time, also twice at once.
//! Whoever ends the row of a hold first releases its units; the others find nothing to do.

use super::hold::{give_back, wake};
use crate::{Call, Refused, call::What};
use store::Tx;
use store::db::{Db, DbError};
use store::holds::{self, HoldState};

/// Holds that end in one transaction: few, so that others do not wait for long.
const IN_ONE: usize = 32;

/// Ends up to `limit` holds whose time is over, and gives their units back; how many were ended here. When it is
/// `limit`, there may be more.
///
/// # Errors
/// The database's; holds that were ended before it failed stay ended.
pub async fn expire_holds(db: &Db, now_ms: i64, limit: usize) -> Result<usize, Refused> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let due: Vec<String> =
        db.read(move |tx| Box::pin(async move { holds::due(tx, now_ms, most).await })).await?;
    let mut ended = 0;
    for some in due.chunks(IN_ONE) {
        let asked = (Call::by_baton(now_ms), some.to_vec());
        ended += super::in_one(db, asked, |tx, (call, ids)| {
            Box::pin(async move { Ok(expire(tx, call, ids).await?) })
        })
        .await?;
    }
    Ok(ended)
}

async fn expire(tx: &mut Tx, call: &Call, ids: &[String]) -> Result<usize, DbError> {
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.sort_unstable();
    let mut ours = Vec::new();
    for id in ids {
        if holds::end(tx, id, &HoldState::Expired { at_ms: call.at_ms }).await? {
            ours.push(id);
        }
    }
    let freed = give_back(tx, call, &ours, "its time was over").await?;
    wake(tx, call, &freed).await?;
    for id in &ours {
        let what = What { kind: "hold.expired", subject: id, order_id: None };
        call.tell(tx, what, &serde_json::json!({ "why": "its time was over" })).await?;
    }
    Ok(ours.len())
}
