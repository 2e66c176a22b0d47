//! A right for a program: what it may do, where, and until when.

use super::reach::{By, Places, ReachChoice};
use super::role::{Role, Scope};
use super::secret::Secret;
use super::users::checked_name;
use super::who_is::Who;
use crate::call::{Call, What};
use crate::{Refused, id};
use serde_json::json;
use store::proofs::{self, Token};
use store::{Db, Tx};

/// What a token is to be for.
#[derive(Clone)]
pub struct NewToken {
    pub name: String,
    pub role: Role,
    pub scopes: Vec<Scope>,
    pub reach: ReachChoice,
    pub expires_at_ms: Option<i64>,
}

/// A token, and its secret, which is told this once.
#[derive(Clone, Debug)]
pub struct MadeToken {
    pub token: Token,
    pub places: Places,
    pub secret: Secret,
}

/// Makes a token. It reaches no further than `by`, who makes it.
///
/// # Errors
/// It would do more than `by` may; something is not right with what was written.
pub async fn make_token(db: &Db, call: &Call, by: &Who, new: NewToken) -> Result<MadeToken, Refused> {
    let secret = Secret::new("baton")?;
    let token = drawn(call, by, &new)?;
    let (call, hash, reach, by) = (call.clone(), secret.hash(), new.reach, by.by());
    let (token, places) = db
        .write::<(Token, Places), Refused>(move |tx| {
            let (call, hash, reach, token) = (call.clone(), hash.clone(), reach.clone(), token.clone());
            let by = by.clone();
            Box::pin(async move { kept(tx, &call, (token, &hash), (&reach, &by)).await })
        })
        .await?;
    Ok(MadeToken { token, places, secret })
}

fn drawn(call: &Call, by: &Who, new: &NewToken) -> Result<Token, Refused> {
    if by.role != new.role {
        by.by().must_grant(new.role)?;
    }
    let mut scopes = new.scopes.clone();
    scopes.sort();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(Refused::invalid("/scopes", "a token without scopes can do nothing; name at least one"));
    }
    if new.expires_at_ms.is_some_and(|end| end <= call.at_ms) {
        return Err(Refused::invalid("/expires_at", "this time is over; take one that is to come, or none"));
    }
    let codes: Vec<&str> = scopes.iter().map(|scope| scope.code()).collect();
    Ok(Token {
        id: id::new("tok", call.at_ms),
        name: checked_name("/name", &new.name)?,
        role: new.role.code().into(),
        reach: String::new(),
        scopes: codes.join(" "),
        made_by: by.id.clone(),
        made_at_ms: call.at_ms,
        expires_at_ms: new.expires_at_ms,
        revoked_at_ms: None,
        used_at_ms: None,
    })
}

async fn kept(
    tx: &mut Tx,
    call: &Call,
    (mut token, hash): (Token, &str),
    (reach, by): (&ReachChoice, &By),
) -> Result<(Token, Places), Refused> {
    let places = reach.find(tx).await?;
    by.must_reach(&places)?;
    token.reach = places.code().into();
    proofs::add_token(tx, &token, hash).await?;
    places.keep(tx, &token.id).await?;
    let what = What { kind: "token.made", subject: &token.id, order_id: None };
    let facts = json!({ "name": token.name, "role": token.role, "scopes": token.scopes,
        "locations": places.codes(), "expires_at": token.expires_at_ms });
    call.tell(tx, what, &facts).await?;
    Ok((token, places))
}
