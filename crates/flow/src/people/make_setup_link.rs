//! The link by which the first owner sets up the books. Only who can run the program gets it.

use super::secret::Secret;
use crate::Refused;
use crate::call::{Call, What};
use serde_json::json;
use store::proofs::{self, OWNER};
use store::{Db, people};

/// How long a link lets somebody in.
pub const LINK_LASTS_MS: i64 = 60 * 60 * 1_000;

/// Makes the link in place of the one before.
///
/// # Errors
/// The books have an owner already: `set_up_before`.
pub async fn make_setup_link(db: &Db, call: &Call) -> Result<Secret, Refused> {
    let secret = Secret::new("setup")?;
    let (call, hash) = (call.clone(), secret.hash());
    db.write::<(), Refused>(move |tx| {
        let (call, hash) = (call.clone(), hash.clone());
        Box::pin(async move {
            let until = (call.at_ms, call.at_ms + LINK_LASTS_MS);
            // An owner may also have been added by somebody who can run the program.
            let has_owner = people::has_other_owner(tx, "").await?;
            if has_owner || !proofs::make_link(tx, OWNER, &hash, until).await? {
                let say = "these books have an owner already; ask the owner for a link of your own";
                return Err(Refused::conflict("set_up_before", say));
            }
            let what = What { kind: "setup.link_made", subject: OWNER, order_id: None };
            Ok(call.tell(tx, what, &json!({ "expires_at": until.1 })).await?)
        })
    })
    .await?;
    Ok(secret)
}
