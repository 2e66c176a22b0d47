//! Who carries a proof, and what they may do now.

use super::reach::{By, Places};
use super::role::{Role, Scope};
use super::secret::hash_of;
use super::users::{Person, role_of};
use crate::Refused;
use std::collections::BTreeSet;
use store::proofs::{self, Session, Token};
use store::{Db, Tx, people};

/// A session that nobody used for so long has ended.
pub const IDLE_MS: i64 = 12 * 60 * 60 * 1_000;
/// Whoever gives others access has said their password within this time: a phone lies around.
const PROVEN_FOR_MS: i64 = 30 * 60 * 1_000;
/// When somebody was last seen is written down no more often than this: it must not make a write of every read.
const SEEN_EVERY_MS: i64 = 60 * 1_000;

/// What a request carries.
#[derive(Clone, PartialEq, Eq)]
pub enum Proof {
    /// The secret of a token.
    Token(String),
    /// The secret of a session.
    Session(String),
}

/// Somebody, or a program, as they may act now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Who {
    /// `usr_…` or `tok_…`.
    pub id: String,
    pub name: String,
    pub role: Role,
    pub places: Places,
    /// The session they act in; `None`: a token.
    pub session_id: Option<String>,
    /// When they said their password last, in that session.
    pub proven_at_ms: Option<i64>,
    /// What a token was made for. People are not limited by scopes.
    scopes: Option<BTreeSet<Scope>>,
}

impl Who {
    /// Somebody for whom whoever can run the program acts.
    pub fn of(person: &Person) -> Who {
        Who {
            id: person.id.clone(),
            name: person.name.clone(),
            role: person.role,
            places: person.places.clone(),
            session_id: None,
            proven_at_ms: None,
            scopes: None,
        }
    }

    /// Whether they said their password lately; a token is a proof each time.
    pub fn is_fresh(&self, at_ms: i64) -> bool {
        self.proven_at_ms.is_none_or(|proven| at_ms - proven < PROVEN_FOR_MS)
    }

    pub fn has_scope(&self, scope: Scope) -> bool {
        self.scopes.as_ref().is_none_or(|scopes| scopes.contains(&scope))
    }

    /// As somebody who manages others.
    pub fn by(&self) -> By {
        By { role: self.role, places: self.places.clone() }
    }

    /// The scopes of a token, in their order; `None`: somebody signed in.
    pub fn scopes(&self) -> Option<impl Iterator<Item = Scope> + '_> {
        self.scopes.as_ref().map(|scopes| scopes.iter().copied())
    }
}

/// Who carries this proof.
///
/// # Errors
/// Nobody does, or no longer.
pub async fn who_is(db: &Db, proof: &Proof, at_ms: i64) -> Result<Who, Refused> {
    let hash = hash_of(match proof {
        Proof::Token(secret) | Proof::Session(secret) => secret,
    });
    let (who, seen_at_ms) = match proof {
        // What a token may do never changes but for its end: its statements need not see one state.
        Proof::Token(_) => db.look(move |tx| Box::pin(by_token(tx, hash.clone(), at_ms))).await?,
        Proof::Session(_) => db.read(move |tx| Box::pin(by_session(tx, hash.clone(), at_ms))).await?,
    };
    if seen_at_ms.is_none_or(|seen| at_ms - seen >= SEEN_EVERY_MS) {
        see(db, &who, at_ms).await?;
    }
    Ok(who)
}

async fn by_token(tx: &mut Tx, hash: String, at_ms: i64) -> Result<(Who, Option<i64>), Refused> {
    let alive = |token: &Token| {
        token.revoked_at_ms.is_none() && token.expires_at_ms.is_none_or(|expires| at_ms < expires)
    };
    let token = proofs::token_by_hash(tx, &hash).await?.filter(alive).ok_or_else(nobody)?;
    let who = Who {
        role: role_of(&token.role)?,
        places: Places::of(tx, &token.id, &token.reach).await?,
        session_id: None,
        proven_at_ms: None,
        scopes: Some(token.scopes.split(' ').filter_map(Scope::of_code).collect()),
        id: token.id,
        name: token.name,
    };
    Ok((who, token.used_at_ms))
}

async fn by_session(tx: &mut Tx, hash: String, at_ms: i64) -> Result<(Who, Option<i64>), Refused> {
    let alive = |session: &Session| at_ms < session.expires_at_ms && at_ms - session.seen_at_ms < IDLE_MS;
    let session = proofs::session(tx, &hash).await?.filter(alive).ok_or_else(nobody)?;
    let user = people::by_id(tx, &session.user_id).await?;
    let user = user.filter(|user| user.disabled_at_ms.is_none()).ok_or_else(nobody)?;
    let mut places = Places::of(tx, &user.id, &user.reach).await?;
    if let Some(location) = session.location {
        places = places.only(location);
    }
    let (role, seen_at_ms) = (role_of(&user.role)?, session.seen_at_ms);
    let who = Who {
        id: user.id,
        name: user.name,
        role,
        places,
        session_id: Some(session.id),
        proven_at_ms: Some(session.proven_at_ms),
        scopes: None,
    };
    Ok((who, Some(seen_at_ms)))
}

async fn see(db: &Db, who: &Who, at_ms: i64) -> Result<(), Refused> {
    let (id, session_id) = (who.id.clone(), who.session_id.clone());
    db.write(move |tx| {
        let (id, session_id) = (id.clone(), session_id.clone());
        Box::pin(async move {
            match session_id {
                Some(session_id) => Ok(proofs::see_session(tx, &session_id, at_ms).await?),
                None => Ok(proofs::use_token(tx, &id, at_ms).await?),
            }
        })
    })
    .await
}

fn nobody() -> Refused {
    let say = "nobody is signed in with this; sign in, or send a token that is valid";
    Refused::NotSignedIn { say: say.to_owned() }
}
