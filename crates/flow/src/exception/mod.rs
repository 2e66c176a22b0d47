//! Exceptions: something that a person or a policy must resolve, with an owner and a deadline.
//!
//! Owns: opening, resolving and passing them on. Refuses to know: what each kind's remedy does; those are verbs.

mod fix;
mod handle;
mod kind;
mod playbook;
mod policy;

pub use fix::{Action, FINAL_VERBS, VERBS, actions, fix};
pub use handle::{AssignException, NoteException, SnoozeException};
pub use kind::Kind;
pub use playbook::{Automatic, MOST_STEP, MOST_STEPS};
pub use policy::{InForce, MOST_MINUTES, NewPolicy, Owner, Policy, change_policy, policies};

use crate::Baton;
use crate::call::{Call, What};
use crate::id;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::Timestamp;
use serde_json::json;
use store::exceptions::ExceptionRow;
use store::places::LocationKey;
use store::{Tx, exceptions};

/// Exceptions that one round passes on: what is left is next.
const MOST_AT_ONCE: i64 = 200;

/// What an exception is about.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct About {
    /// One is open for each kind and subject at most.
    pub subject: String,
    pub order_id: Option<String>,
    pub location: Option<LocationKey>,
    /// What to know of it.
    pub facts: serde_json::Value,
}

impl About {
    pub fn order(order_id: &str) -> About {
        About {
            subject: order_id.to_owned(),
            order_id: Some(order_id.to_owned()),
            location: None,
            facts: json!({}),
        }
    }

    #[must_use]
    pub fn with(self, facts: serde_json::Value) -> About {
        About { facts, ..self }
    }

    #[must_use]
    pub fn at(self, location: LocationKey) -> About {
        About { location: Some(location), ..self }
    }
}

/// Opens an exception, unless one of its kind is open about the same.
///
/// # Errors
/// The database's.
pub async fn open(tx: &mut Tx, call: &Call, kind: Kind, about: &About) -> Result<(), Refused> {
    let policy = policy::in_force(tx, kind).await?.policy;
    let row = ExceptionRow {
        id: id::new("exc", call.at_ms),
        kind: kind.code().to_owned(),
        state: "open".to_owned(),
        subject: about.subject.clone(),
        order_id: about.order_id.clone(),
        order_name: None,
        location: about.location,
        owner: policy.owner.code().to_owned(),
        due_at_ms: call.at_ms + i64::from(policy.minutes) * Timestamp::MINUTE_MS,
        escalations: 0,
        facts: about.facts.to_string(),
        resolution: String::new(),
        version: 1,
        opened_at_ms: call.at_ms,
        changed_at_ms: call.at_ms,
    };
    if exceptions::open(tx, &row).await? {
        let what = What { kind: "exception.opened", subject: &row.id, order_id: row.order_id.as_deref() };
        let facts =
            json!({ "kind": row.kind, "about": row.subject, "owner": row.owner, "facts": about.facts });
        call.tell(tx, what, &facts).await?;
    }
    Ok(())
}

/// Closes what a verb has resolved by the way.
///
/// # Errors
/// The database's.
pub(crate) async fn settled(tx: &mut Tx, call: &Call, kinds: &[Kind], subject: &str) -> Result<(), Refused> {
    let codes: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
    Ok(exceptions::resolve_about(tx, (&codes, subject), "settled by what was done", call.at_ms).await?)
}

/// Says that an exception is dealt with, and how.
#[derive(Clone, Debug)]
pub struct ResolveException {
    pub id: String,
    pub how: String,
}

#[async_trait]
impl Verb for ResolveException {
    type Done = ExceptionRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<ExceptionRow, Refused> {
        let (id, how, call) = (self.id.as_str(), self.how.trim(), &scene.call);
        if how.is_empty() {
            return Err(Refused::invalid("/resolution", "is empty; say in a few words what was done"));
        }
        let is_resolved = exceptions::resolve(tx, id, how, call.at_ms).await?;
        let row = exceptions::get(tx, id).await?.ok_or_else(|| Refused::not_found("exception", id))?;
        if !is_resolved {
            return Err(Refused::conflict("already_resolved", "it is resolved already"));
        }
        let what = What { kind: "exception.resolved", subject: id, order_id: row.order_id.as_deref() };
        call.tell(tx, what, &json!({ "kind": row.kind, "resolution": how })).await?;
        Ok(row)
    }
}

/// Passes on what nobody has resolved in time; how many that were. A round that is run twice passes on once.
///
/// # Errors
/// The database's.
pub async fn escalate_overdue(baton: &Baton, at_ms: i64) -> Result<usize, Refused> {
    baton
        .db
        .write(move |tx| {
            Box::pin(async move {
                let policies = policy::all_in_force(tx).await?;
                let overdue = exceptions::overdue(tx, at_ms, MOST_AT_ONCE).await?;
                let mut passed_on = 0;
                for row in &overdue {
                    let kind = Kind::from_code(&row.kind).unwrap_or(Kind::Unroutable);
                    passed_on += usize::from(escalate(tx, (&policies[&kind].policy, row), at_ms).await?);
                }
                Ok(passed_on)
            })
        })
        .await
}

async fn escalate(tx: &mut Tx, (policy, row): (&Policy, &ExceptionRow), at_ms: i64) -> Result<bool, Refused> {
    let due_at_ms = at_ms + i64::from(policy.minutes) * Timestamp::MINUTE_MS;
    let next = policy.next(&row.owner).code();
    if next == row.owner {
        // Whoever is last keeps it: nothing happens that anybody has to hear of.
        exceptions::put_off(tx, row, due_at_ms).await?;
        return Ok(false);
    }
    if !exceptions::escalate(tx, row, (next, due_at_ms), at_ms).await? {
        return Ok(false);
    }
    let what = What { kind: "exception.escalated", subject: &row.id, order_id: row.order_id.as_deref() };
    let facts = json!({ "kind": row.kind, "from": row.owner, "to": next, "times": row.escalations + 1 });
    Call::by_baton(at_ms).tell(tx, what, &facts).await?;
    Ok(true)
}
