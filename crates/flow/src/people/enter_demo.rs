//! The way into a demo without a password, for those whom somebody else has let in.
//!
//! Whoever calls it has made sure who asks, in other books. Invariant: it opens the books of a demo and no others.

use super::secret::Secret;
use super::sign_in::{SignedIn, opened};
use crate::call::Call;
use crate::{Actor, Refused, demo};
use store::{Db, people};

/// Opens a session of the demo's owner. `call` tells the way and the time.
///
/// # Errors
/// `no_demo`: these are not the books of a demo; the database's.
pub async fn enter_demo(db: &Db, call: &Call) -> Result<SignedIn, Refused> {
    let secret = Secret::new("session")?;
    let (call, hash) = (call.clone(), secret.hash());
    let (person, session) = db
        .write(move |tx| {
            let (call, hash) = (call.clone(), hash.clone());
            Box::pin(async move {
                let owner = people::by_email(tx, demo::EMAIL).await?;
                let Some(owner) = owner.filter(|owner| owner.disabled_at_ms.is_none()) else {
                    return Err(closed());
                };
                if !demo::is_made(tx).await? {
                    return Err(closed());
                }
                let actor = Actor { id: owner.id.clone(), via: call.actor.via };
                let call = Call { actor, ..call };
                opened(tx, &call, (&owner.id, None), &hash).await
            })
        })
        .await?;
    Ok(SignedIn { person, session, secret })
}

fn closed() -> Refused {
    Refused::conflict("no_demo", "these books are not open to everybody; sign in with a password")
}
