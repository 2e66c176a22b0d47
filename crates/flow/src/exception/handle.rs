//! What people do with an exception before it is resolved: give it to somebody, put it off, write something down.

use super::{MOST_MINUTES, Owner};
use crate::call::What;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::Timestamp;
use serde_json::{Value, json};
use store::Tx;
use store::exceptions::{self, ExceptionRow};

/// Longest note, in letters.
const MOST_NOTE: usize = 2_000;

/// Gives an open exception to another owner. Its deadline stays.
#[derive(Clone, Debug)]
pub struct AssignException {
    pub id: String,
    pub owner: String,
}

#[async_trait]
impl Verb for AssignException {
    type Done = ExceptionRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<ExceptionRow, Refused> {
        let owner = Owner::from_code(&self.owner).ok_or_else(|| {
            let say = format!(
                "“{}” is not known here; write one of {}",
                self.owner,
                Owner::ALL.map(Owner::code).join(", ")
            );
            Refused::invalid("/owner", say)
        })?;
        let row = open_one(tx, &self.id).await?;
        change(tx, scene, &row, (owner.code(), row.due_at_ms)).await?;
        let facts = json!({ "kind": row.kind, "from": row.owner, "to": owner.code() });
        tell(tx, scene, ("exception.assigned", &row), &facts).await
    }
}

/// Puts an open exception off: it is not passed on before then.
#[derive(Clone, Debug)]
pub struct SnoozeException {
    pub id: String,
    pub until_ms: i64,
}

#[async_trait]
impl Verb for SnoozeException {
    type Done = ExceptionRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<ExceptionRow, Refused> {
        let wait_ms = self.until_ms.saturating_sub(scene.call.at_ms);
        if wait_ms <= 0 || wait_ms > i64::from(MOST_MINUTES) * Timestamp::MINUTE_MS {
            return Err(Refused::invalid("/until", "is past, or more than 30 days away"));
        }
        let row = open_one(tx, &self.id).await?;
        change(tx, scene, &row, (&row.owner, self.until_ms)).await?;
        let facts = json!({ "kind": row.kind, "from": row.due_at_ms, "until": self.until_ms });
        tell(tx, scene, ("exception.snoozed", &row), &facts).await
    }
}

/// Writes something down about an exception, also about a resolved one.
#[derive(Clone, Debug)]
pub struct NoteException {
    pub id: String,
    pub text: String,
}

#[async_trait]
impl Verb for NoteException {
    type Done = ExceptionRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<ExceptionRow, Refused> {
        let text = self.text.trim();
        let letters = text.chars().count();
        if !(1..=MOST_NOTE).contains(&letters) {
            let say = format!("has {letters} letters; write 1 to {MOST_NOTE}");
            return Err(Refused::invalid("/text", say));
        }
        let row = exceptions::get(tx, &self.id).await?;
        let row = row.ok_or_else(|| Refused::not_found("exception", &self.id))?;
        tell(tx, scene, ("exception.noted", &row), &json!({ "kind": row.kind, "text": text })).await
    }
}

async fn open_one(tx: &mut Tx, id: &str) -> Result<ExceptionRow, Refused> {
    let row = exceptions::get(tx, id).await?.ok_or_else(|| Refused::not_found("exception", id))?;
    match row.state.as_str() {
        "open" => Ok(row),
        _ => Err(Refused::conflict("already_resolved", "it is resolved already")),
    }
}

async fn change(
    tx: &mut Tx,
    scene: &Scene,
    row: &ExceptionRow,
    (owner, due_at_ms): (&str, i64),
) -> Result<(), Refused> {
    match exceptions::give(tx, row, (owner, due_at_ms), scene.call.at_ms).await? {
        true => Ok(()),
        false => {
            Err(Refused::conflict("changed_meanwhile", "somebody changed it at the same moment; look again"))
        }
    }
}

/// Tells what happened; the exception as it is then.
async fn tell(
    tx: &mut Tx,
    scene: &Scene,
    (kind, row): (&str, &ExceptionRow),
    facts: &Value,
) -> Result<ExceptionRow, Refused> {
    let what = What { kind, subject: &row.id, order_id: row.order_id.as_deref() };
    scene.call.tell(tx, what, facts).await?;
    exceptions::get(tx, &row.id).await?.ok_or_else(|| Refused::not_found("exception", &row.id))
}
