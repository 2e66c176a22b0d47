//! Somebody whose sign-in waits because somebody guessed: the next try is looked at now.

use crate::Refused;
use crate::call::{Call, What};
use serde_json::json;
use store::{Db, people};

/// # Errors
/// There is no user with that e-mail.
pub async fn unlock_user(db: &Db, call: &Call, email: &str) -> Result<(), Refused> {
    let (call, email) = (call.clone(), email.trim().to_lowercase());
    db.write(move |tx| {
        let (call, email) = (call.clone(), email.clone());
        Box::pin(async move {
            let user = people::by_email(tx, &email).await?;
            let user = user.ok_or_else(|| Refused::not_found("user", &email))?;
            people::forgive(tx, &user.id).await?;
            let what = What { kind: "user.unlocked", subject: &user.id, order_id: None };
            Ok(call.tell(tx, what, &json!({})).await?)
        })
    })
    .await
}
