//! A password of one's own, by the link that somebody who manages users made.

use super::set_up_owner::{link_is_dead, must_let_in};
use super::users::Person;
use super::{password, secret};
use crate::call::{Call, What};
use crate::{Actor, Refused};
use serde_json::json;
use store::proofs::{self, OWNER};
use store::{Db, people};

/// Uses a link up and sets the password of whom it is for. Who was signed in as them is signed out.
///
/// # Errors
/// The link lets nobody in; the password is not strong enough.
pub async fn choose_password(db: &Db, call: &Call, link: &str, chosen: &str) -> Result<Person, Refused> {
    password::check("/password", chosen)?;
    let link = secret::hash_of(link);
    must_let_in(db, &link, call.at_ms).await?;
    let (call, hash) = (call.clone(), password::hashed(chosen).await?);
    db.write::<Person, Refused>(move |tx| {
        let (call, link, hash) = (call.clone(), link.clone(), hash.clone());
        Box::pin(async move {
            let id = proofs::use_link(tx, &link, call.at_ms).await?.filter(|id| id != OWNER);
            let id = id.ok_or_else(link_is_dead)?;
            let call = Call { actor: Actor { id: id.clone(), via: call.actor.via }, ..call };
            people::choose_password(tx, &id, &hash).await?;
            proofs::end_sessions(tx, &id).await?;
            let what = What { kind: "user.password_chosen", subject: &id, order_id: None };
            call.tell(tx, what, &json!({})).await?;
            let user = people::by_id(tx, &id).await?.ok_or_else(|| Refused::not_found("user", &id))?;
            Person::of(tx, &user).await
        })
    })
    .await
}
