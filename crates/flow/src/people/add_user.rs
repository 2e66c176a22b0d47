//! Somebody new, invited by a link with which they choose their own password.

use super::make_setup_link::LINK_LASTS_MS;
use super::reach::{By, ReachChoice};
use super::role::Role;
use super::secret::Secret;
use super::users::{Person, checked_email, checked_name, email_taken};
use crate::call::{Call, What};
use crate::{Refused, id};
use serde_json::json;
use store::people::{self, User};
use store::{Db, proofs};

/// Who is to be added.
#[derive(Clone)]
pub struct NewUser {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub reach: ReachChoice,
}

/// Somebody, and the link that lets them in once.
#[derive(Clone, Debug)]
pub struct Invited {
    pub person: Person,
    pub link: Secret,
    pub link_expires_at_ms: i64,
}

/// Adds a user.
///
/// # Errors
/// The role may not be given; the e-mail is taken; something is not right with what was written.
pub async fn add_user(db: &Db, call: &Call, by: &By, new: NewUser) -> Result<Invited, Refused> {
    by.must_grant(new.role)?;
    let user = User {
        id: id::new("usr", call.at_ms),
        name: checked_name("/name", &new.name)?,
        email: checked_email("/email", &new.email)?,
        role: new.role.code().into(),
        reach: String::new(),
        password: None,
        created_at_ms: call.at_ms,
        disabled_at_ms: None,
        next_try_at_ms: 0,
        version: 1,
    };
    let link = Secret::new("join")?;
    let (call, by, hash, reach) = (call.clone(), by.clone(), link.hash(), new.reach);
    let expires_at_ms = call.at_ms + LINK_LASTS_MS;
    let person = db.write::<Person, Refused>(move |tx| {
        let (call, mut user, by) = (call.clone(), user.clone(), by.clone());
        let (hash, reach) = (hash.clone(), reach.clone());
        Box::pin(async move {
            let places = reach.find(tx).await?;
            by.must_reach(&places)?;
            user.reach = places.code().into();
            if !people::add(tx, &user).await? {
                return Err(email_taken(&user.email));
            }
            places.keep(tx, &user.id).await?;
            proofs::make_link(tx, &user.id, &hash, (call.at_ms, expires_at_ms)).await?;
            let what = What { kind: "user.added", subject: &user.id, order_id: None };
            let facts =
                json!({ "name": user.name, "email": user.email, "role": user.role, "locations": places.codes() });
            call.tell(tx, what, &facts).await?;
            Person::of(tx, &user).await
        })
    });
    Ok(Invited { person: person.await?, link, link_expires_at_ms: expires_at_ms })
}

/// Makes a new link for somebody who has not chosen a password yet or has forgotten it.
///
/// # Errors
/// There is no such user, or `by` may not manage them.
pub async fn make_join_link(db: &Db, call: &Call, by: &By, id: &str) -> Result<Invited, Refused> {
    let link = Secret::new("join")?;
    let (call, by, hash, id) = (call.clone(), by.clone(), link.hash(), id.to_owned());
    let expires_at_ms = call.at_ms + LINK_LASTS_MS;
    let person = db.write::<Person, Refused>(move |tx| {
        let (call, by, hash, id) = (call.clone(), by.clone(), hash.clone(), id.clone());
        Box::pin(async move {
            let user = people::by_id(tx, &id).await?.ok_or_else(|| Refused::not_found("user", &id))?;
            let person = Person::of(tx, &user).await?;
            by.must_manage(person.role, &person.places)?;
            proofs::make_link(tx, &id, &hash, (call.at_ms, expires_at_ms)).await?;
            let what = What { kind: "user.link_made", subject: &id, order_id: None };
            call.tell(tx, what, &json!({ "expires_at": expires_at_ms })).await?;
            Ok(person)
        })
    });
    Ok(Invited { person: person.await?, link, link_expires_at_ms: expires_at_ms })
}
