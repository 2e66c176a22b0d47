//! Somebody whose sign-in waits because somebody guessed: the next try is looked at now.

use super::reach::By;
use super::users::Person;
use crate::Refused;
use crate::call::{Call, What};
use serde_json::json;
use store::{Db, people};

/// # Errors
/// There is no such user, or `by` may not manage them.
pub async fn unlock_user_by(db: &Db, call: &Call, by: &By, id: &str) -> Result<(), Refused> {
    let (call, by, id) = (call.clone(), by.clone(), id.to_owned());
    db.write(move |tx| {
        let (call, by, id) = (call.clone(), by.clone(), id.clone());
        Box::pin(async move {
            let user = people::by_id(tx, &id).await?.ok_or_else(|| Refused::not_found("user", &id))?;
            let person = Person::of(tx, &user).await?;
            by.must_manage(person.role, &person.places)?;
            people::forgive(tx, &id).await?;
            let what = What { kind: "user.unlocked", subject: &id, order_id: None };
            Ok(call.tell(tx, what, &json!({})).await?)
        })
    })
    .await
}

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
