//! A token that is not to be used any more, and the list of all.

use super::reach::{By, Places};
use super::users::role_of;
use crate::Refused;
use crate::call::{Call, What};
use serde_json::json;
use store::Db;
use store::proofs::{self, Token};

/// Revokes a token, at once and for good. Doing it twice does nothing more.
///
/// # Errors
/// There is no such token, or `by` may not manage it: whoever made it may, and whoever manages its role and locations.
pub async fn revoke_token(db: &Db, call: &Call, by: &By, id: &str) -> Result<(), Refused> {
    let (call, by, id) = (call.clone(), by.clone(), id.to_owned());
    db.write(move |tx| {
        let (call, by, id) = (call.clone(), by.clone(), id.clone());
        Box::pin(async move {
            let token = proofs::token_by_id(tx, &id).await?;
            let token = token.ok_or_else(|| Refused::not_found("token", &id))?;
            if token.made_by != call.actor.id {
                let places = Places::of(tx, &token.id, &token.reach).await?;
                by.must_manage(role_of(&token.role)?, &places)?;
            }
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
