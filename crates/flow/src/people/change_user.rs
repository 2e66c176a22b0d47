//! Another name, role or reach; or nobody who can sign in any more.

use super::reach::{By, Places, ReachChoice};
use super::role::Role;
use super::users::{Person, checked_name, role_of};
use crate::Refused;
use crate::call::{Call, What};
use serde_json::json;
use store::people::{self, User};
use store::{Db, Tx, proofs};

/// What becomes of a user; `None`: as it is.
#[derive(Clone)]
pub struct UserChange {
    pub id: String,
    /// The version that whoever asks has seen.
    pub version: i64,
    pub name: Option<String>,
    pub role: Option<Role>,
    pub reach: Option<ReachChoice>,
    /// `Some(true)`: they are signed out everywhere and cannot sign in.
    pub is_disabled: Option<bool>,
}

/// Changes a user, if nobody did since.
///
/// # Errors
/// `by` may not manage them; nobody would be left as an owner: `last_owner`; they were changed in between.
pub async fn change_user(db: &Db, call: &Call, by: &By, change: UserChange) -> Result<Person, Refused> {
    let (call, by) = (call.clone(), by.clone());
    db.write(move |tx| {
        let (call, by, change) = (call.clone(), by.clone(), change.clone());
        Box::pin(async move { changed(tx, &call, &by, change).await })
    })
    .await
}

async fn changed(tx: &mut Tx, call: &Call, by: &By, change: UserChange) -> Result<Person, Refused> {
    let before =
        people::by_id(tx, &change.id).await?.ok_or_else(|| Refused::not_found("user", &change.id))?;
    let role = role_of(&before.role)?;
    let places_before = Places::of(tx, &before.id, &before.reach).await?;
    by.must_manage(role, &places_before)?;
    by.must_grant(change.role.unwrap_or(role))?;
    let places = match &change.reach {
        Some(reach) => reach.find(tx).await?,
        None => places_before.clone(),
    };
    by.must_reach(&places)?;
    let after = applied(&before, &change, &places, call.at_ms)?;
    let stays_owner = after.role == "owner" && after.disabled_at_ms.is_none();
    if before.role == "owner" && !stays_owner && !people::has_other_owner(tx, &before.id).await? {
        let say = "this is the only owner who can sign in; make somebody else an owner first";
        return Err(Refused::conflict("last_owner", say));
    }
    if !people::change(tx, &User { version: change.version, ..after.clone() }).await? {
        return Err(Refused::Stale { version: before.version });
    }
    places.keep(tx, &after.id).await?;
    if after.disabled_at_ms.is_some() {
        proofs::end_sessions(tx, &after.id).await?;
    }
    let what = What { kind: "user.changed", subject: &after.id, order_id: None };
    let facts = json!({ "from": shown(&before, &places_before), "to": shown(&after, &places) });
    call.tell(tx, what, &facts).await?;
    Person::of(tx, &User { version: change.version + 1, ..after }).await
}

fn applied(before: &User, change: &UserChange, places: &Places, at_ms: i64) -> Result<User, Refused> {
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.name = checked_name("/name", name)?;
    }
    if let Some(role) = change.role {
        after.role = role.code().into();
    }
    after.reach = places.code().into();
    after.disabled_at_ms = match change.is_disabled {
        Some(true) => before.disabled_at_ms.or(Some(at_ms)),
        Some(false) => None,
        None => before.disabled_at_ms,
    };
    Ok(after)
}

fn shown(user: &User, places: &Places) -> serde_json::Value {
    json!({ "name": user.name, "role": user.role, "locations": places.codes(),
        "is_disabled": user.disabled_at_ms.is_some() })
}
