//! Signing in with e-mail and password.
//!
//! A try is paid for before the password is looked at, in one statement: the first five are free, then each failure
//! doubles the wait, up to a quarter of an hour. So 10,000 guesses at one account take a hundred days. The right password
//! ends the wait; so does the owner of the machine (`unlock_user`).

use super::password;
use super::reach::Places;
use super::secret::Secret;
use super::users::Person;
use crate::call::{Call, What};
use crate::{Actor, Refused, id};
use serde_json::json;
use store::people::{self, Reached, Slowing, User};
use store::places;
use store::proofs::{self, Session};
use store::{Db, Tx};

/// However busy it is, a session ends then.
pub const SESSION_LASTS_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

const SLOWING: Slowing = Slowing { free_tries: 5, first_wait_ms: 1_000, longest_wait_ms: 15 * 60 * 1_000 };

/// What somebody typed.
#[derive(Clone)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// The code of a location: a phone that stays there.
    pub location: Option<String>,
}

/// Somebody is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub person: Person,
    pub session: Session,
    pub secret: Secret,
}

/// Opens a session. `call` tells the way and the time; who acts is found here.
///
/// # Errors
/// E-mail and password do not belong together; too many tries before; the location is not theirs.
pub async fn sign_in(db: &Db, call: &Call, asked: SignIn) -> Result<SignedIn, Refused> {
    let user = tried(db, call, &asked.email).await?;
    let hash = user.as_ref().and_then(|user| user.password.as_deref());
    let is_right = password::is_right(&asked.password, hash).await?;
    let Some(user) = user else { return Err(wrong()) };
    let call = Call { actor: Actor { id: user.id.clone(), via: call.actor.via }, ..call.clone() };
    if !is_right || user.disabled_at_ms.is_some() {
        told(db, &call, "user.sign_in_refused").await?;
        return Err(wrong());
    }
    let secret = Secret::new("session")?;
    let (hash, user_id, location) = (secret.hash(), user.id, asked.location);
    let (person, session) = db
        .write::<(Person, Session), Refused>(move |tx| {
            let (call, hash, user_id, location) =
                (call.clone(), hash.clone(), user_id.clone(), location.clone());
            Box::pin(async move { opened(tx, &call, (&user_id, location.as_deref()), &hash).await })
        })
        .await?;
    Ok(SignedIn { person, session, secret })
}

/// Says the password again, in a session that goes on.
///
/// # Errors
/// It is another; too many tries before; the session is over.
pub async fn prove_again(db: &Db, call: &Call, session_id: &str, password: String) -> Result<(), Refused> {
    let user_id = call.actor.id.clone();
    let email = db.read::<_, Refused>(move |tx| {
        let user_id = user_id.clone();
        Box::pin(async move { Ok(people::by_id(tx, &user_id).await?.map(|user| user.email)) })
    });
    let over = || Refused::NotSignedIn { say: "this session is over; sign in again".to_owned() };
    let user = tried(db, call, &email.await?.ok_or_else(over)?).await?.ok_or_else(over)?;
    if !password::is_right(&password, user.password.as_deref()).await? {
        told(db, call, "user.proof_refused").await?;
        return Err(Refused::invalid("/password", "this is not your password"));
    }
    let (call, session_id) = (call.clone(), session_id.to_owned());
    db.write(move |tx| {
        let (call, session_id) = (call.clone(), session_id.clone());
        Box::pin(async move {
            people::forgive(tx, &call.actor.id).await?;
            if !proofs::prove_session(tx, &session_id, &call.actor.id, call.at_ms).await? {
                return Err(over());
            }
            let what = What { kind: "user.proved_again", subject: &call.actor.id, order_id: None };
            Ok(call.tell(tx, what, &json!({ "session": session_id })).await?)
        })
    })
    .await
}

/// Pays for a try; `None` where nobody has that e-mail.
async fn tried(db: &Db, call: &Call, email: &str) -> Result<Option<User>, Refused> {
    let (email, at_ms) = (email.trim().to_lowercase(), call.at_ms);
    db.write(move |tx| {
        let email = email.clone();
        Box::pin(async move {
            let Some(user) = people::by_email(tx, &email).await? else { return Ok(None) };
            if people::begin_try(tx, &user.id, at_ms, SLOWING).await? {
                return Ok(Some(user));
            }
            let say = "too many tries with a wrong password; wait a little, or ask the owner to unlock you";
            Err(Refused::TooSoon { wait_ms: (user.next_try_at_ms - at_ms).max(1), say: say.to_owned() })
        })
    })
    .await
}

pub(super) async fn opened(
    tx: &mut Tx,
    call: &Call,
    (user_id, location): (&str, Option<&str>),
    hash: &str,
) -> Result<(Person, Session), Refused> {
    let user = people::by_id(tx, user_id).await?.filter(|user| user.disabled_at_ms.is_none());
    let user = user.ok_or_else(wrong)?;
    let person = Person::of(tx, &user).await?;
    let location = match location {
        None => None,
        Some(code) => Some(bound_to(tx, code, &person.places).await?),
    };
    let session = Session {
        id: id::new("ses", call.at_ms),
        user_id: user.id.clone(),
        location,
        made_at_ms: call.at_ms,
        seen_at_ms: call.at_ms,
        proven_at_ms: call.at_ms,
        expires_at_ms: call.at_ms + SESSION_LASTS_MS,
    };
    people::forgive(tx, &user.id).await?;
    proofs::add_session(tx, &session, hash).await?;
    let what = What { kind: "user.signed_in", subject: &user.id, order_id: None };
    call.tell(tx, what, &json!({ "session": session.id })).await?;
    Ok((person, session))
}

async fn bound_to(tx: &mut Tx, code: &str, places: &Places) -> Result<Reached, Refused> {
    let key = places::location(tx, code).await?.filter(|key| places.has(*key));
    let reached = key.map(|key| Reached { key, code: code.to_owned() });
    reached.ok_or_else(|| Refused::invalid("/location", format!("you do not work at a location {code}")))
}

async fn told(db: &Db, call: &Call, kind: &'static str) -> Result<(), Refused> {
    let call = call.clone();
    db.write(move |tx| {
        let call = call.clone();
        Box::pin(async move {
            let what = What { kind, subject: &call.actor.id, order_id: None };
            Ok(call.tell(tx, what, &json!({})).await?)
        })
    })
    .await
}

/// The same for an unknown e-mail, a wrong password and a user who is disabled: an answer must not tell who is known.
fn wrong() -> Refused {
    let say = "e-mail and password do not belong together; try again, or ask for a new link";
    Refused::NotSignedIn { say: say.to_owned() }
}
