//! The first owner: whoever holds the link that the program printed.

use super::users::{Person, checked_email, checked_name, email_taken};
use super::{password, secret};
use crate::call::{Call, What};
use crate::{Actor, Refused, id};
use serde_json::json;
use store::Db;
use store::people::{self, User};
use store::proofs::{self, OWNER};

/// Who sets the books up.
#[derive(Clone)]
pub struct NewOwner {
    pub secret: String,
    pub name: String,
    pub email: String,
    pub password: String,
}

/// Makes the first owner. Of many with the same link, one gets through.
///
/// # Errors
/// The link is not known, was used, or is too old; the e-mail is taken; something is not right with what was written.
pub async fn set_up_owner(db: &Db, call: &Call, new: NewOwner) -> Result<Person, Refused> {
    let (name, email) = (checked_name("/name", &new.name)?, checked_email("/email", &new.email)?);
    password::check("/password", &new.password)?;
    let hash = secret::hash_of(&new.secret);
    must_let_in(db, &hash, call.at_ms).await?;
    let user = User {
        id: id::new("usr", call.at_ms),
        name,
        email,
        role: "owner".into(),
        reach: "all".into(),
        password: Some(password::hashed(&new.password).await?),
        created_at_ms: call.at_ms,
        disabled_at_ms: None,
        next_try_at_ms: 0,
        version: 1,
    };
    let call = Call { actor: Actor { id: user.id.clone(), via: call.actor.via }, ..call.clone() };
    db.write::<Person, Refused>(move |tx| {
        let (call, user, hash) = (call.clone(), user.clone(), hash.clone());
        Box::pin(async move {
            if proofs::use_link(tx, &hash, call.at_ms).await?.as_deref() != Some(OWNER) {
                return Err(link_is_dead());
            }
            if !people::add(tx, &user).await? {
                return Err(email_taken(&user.email));
            }
            let what = What { kind: "user.added", subject: &user.id, order_id: None };
            let facts =
                json!({ "name": user.name, "email": user.email, "role": user.role, "by": "setup link" });
            call.tell(tx, what, &facts).await?;
            Person::of(tx, &user).await
        })
    })
    .await
}

/// Looks before the password is hashed: strangers must not keep the machine busy.
pub(super) async fn must_let_in(db: &Db, hash: &str, at_ms: i64) -> Result<(), Refused> {
    let hash = hash.to_owned();
    db.read(move |tx| {
        let hash = hash.clone();
        Box::pin(async move { proofs::link(tx, &hash, at_ms).await?.map(drop).ok_or_else(link_is_dead) })
    })
    .await
}

pub(super) fn link_is_dead() -> Refused {
    let say = "this link does not let anybody in: it was used, is older than an hour, or is not complete; ask for a \
               new one";
    Refused::Forbidden { say: say.to_owned() }
}
