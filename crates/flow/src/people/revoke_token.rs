//! A token that is not to be used any more, and the list of all.

use crate::Refused;
use crate::call::{Call, What};
use serde_json::json;
use store::Db;
use store::proofs::{self, Token};

/// Revokes a token, at once and for good. Doing it twice does nothing more.
///
/// # Errors
/// There is no such token.
pub async fn revoke_token(db: &Db, call: &Call, id: &str) -> Result<(), Refused> {
    let (call, id) = (call.clone(), id.to_owned());
    db.write(move |tx| {
        let (call, id) = (call.clone(), id.clone());
        Box::pin(async move {
            let token = proofs::token_by_id(tx, &id).await?;
            let token = token.ok_or_else(|| Refused::not_found("token", &id))?;
            if !proofs::revoke_token(tx, &id, call.at_ms).await? {
                return Ok(());
            }
            let what = What { kind: "token.revoked", subject: &id, order_id: None };
            Ok(call.tell(tx, what, &json!({ "name": token.name })).await?)
        })
    })
    .await
}

/// Tokens after `after`, oldest first.
///
/// # Errors
/// The database's.
pub async fn tokens(db: &Db, after: &str, limit: i64) -> Result<Vec<Token>, Refused> {
    let after = after.to_owned();
    db.read(move |tx| {
        let after = after.clone();
        Box::pin(async move { Ok(proofs::tokens(tx, &after, limit).await?) })
    })
    .await
}
