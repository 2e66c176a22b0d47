//! What the shop says of kinds of exceptions, where it says something.
//!
//! Owns: its rows. Refuses to know: which kinds there are, and what holds for those without a row.

use crate::db::{DbError, Row, Tx};

/// What the shop says of a kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyRow {
    pub kind: String,
    pub owner: String,
    pub minutes: i64,
    /// Who gets it after its owner, in turn: words with blanks between.
    pub escalation: String,
    /// JSON: what people do, in turn; `None`: as Baton comes.
    pub steps: Option<String>,
    /// From 1.
    pub version: i64,
}

const GET: &str =
    "select kind, owner, minutes, escalation, steps, version from exception_policies where kind = $1";

const ALL: &str =
    "select kind, owner, minutes, escalation, steps, version from exception_policies order by kind limit $1";

const SET: &str = "insert into exception_policies (kind, owner, minutes, escalation, steps, version, changed_at) \
    values ($1, $2, $3, $4, $7, 1, $5) on conflict (kind) do update set owner = excluded.owner, \
    minutes = excluded.minutes, escalation = excluded.escalation, steps = excluded.steps, version = exception_policies.version + 1, \
    changed_at = excluded.changed_at where exception_policies.version = $6";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 3] = [GET, ALL, SET];

/// More kinds than any version of the program has.
const MOST: i64 = 1_000;

/// `None`: the shop says nothing of this kind.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, kind: &str) -> Result<Option<PolicyRow>, DbError> {
    tx.row(GET, &[kind.into()]).await?.as_ref().map(PolicyRow::of).transpose()
}

/// All that the shop says, by kind.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx) -> Result<Vec<PolicyRow>, DbError> {
    tx.rows(ALL, &[MOST.into()]).await?.iter().map(PolicyRow::of).collect()
}

/// Sets what holds of a kind, at the version after `row.version`; 0: nothing was said of it. `false`: somebody else was
/// faster.
///
/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, row: &PolicyRow, at_ms: i64) -> Result<bool, DbError> {
    let values = [
        row.kind.as_str().into(),
        row.owner.as_str().into(),
        row.minutes.into(),
        row.escalation.as_str().into(),
        at_ms.into(),
        row.version.into(),
        row.steps.as_deref().into(),
    ];
    Ok(tx.execute(SET, &values).await? == 1)
}

impl PolicyRow {
    fn of(row: &Row) -> Result<PolicyRow, DbError> {
        Ok(PolicyRow {
            kind: row.text("kind")?.to_owned(),
            owner: row.text("owner")?.to_owned(),
            minutes: row.int("minutes")?,
            escalation: row.text("escalation")?.to_owned(),
            steps: row.some_text("steps")?.map(str::to_owned),
            version: row.int("version")?,
        })
    }
}
