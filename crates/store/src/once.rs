//! Requests that are carried out once, however often they are sent.
//!
//! Owns: the rows of requests that came with a key of their sender. Refuses to know: HTTP, and what was asked.
//!
//! A row goes through three states. *Claimed*: somebody is carrying it out. *Done*: written by [`mark`] in the
//! transaction of the deed itself, so that the deed and the mark are there together or not at all. *Answered*: the
//! answer is kept for those who ask again. Whoever dies in between leaves a claim that [`take_over`] takes once it is
//! old; the mark of the first is refused then, and its deed is rolled back with it. So a deed happens once, also where a
//! process stops for a while and comes back.

use crate::db::{DbError, Row, Tx, Value};

/// A request under its key.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Once {
    /// Whose keys these are: the user or the token.
    pub scope: String,
    pub key: String,
    /// Who is carrying it out.
    pub claim: String,
}

/// What is known of a request that came before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Earlier {
    pub fingerprint: String,
    pub claim: String,
    pub claimed_at_ms: i64,
    /// What it was done to, if it is done.
    pub effect: Option<String>,
    pub answer: Option<Answer>,
}

/// An answer, as it is given again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    pub status: i64,
    /// Lines of `name: value`.
    pub headers: String,
    pub body: String,
}

const CLAIM: &str = "insert into requests (scope, key, fingerprint, claim, claimed_at) values ($1, $2, $3, $4, $5) \
    on conflict (scope, key) do nothing";
const EARLIER: &str = "select fingerprint, claim, claimed_at, effect, status, headers, body from requests \
    where scope = $1 and key = $2";
const TAKE_OVER: &str = "update requests set claim = $3, claimed_at = $4 \
    where scope = $1 and key = $2 and claim = $5 and effect is null and status is null";
const MARK: &str =
    "update requests set effect = coalesce(effect, $4) where scope = $1 and key = $2 and claim = $3";
const ANSWER: &str = "update requests set status = $4, headers = $5, body = $6 \
    where scope = $1 and key = $2 and claim = $3 and status is null";
const RELEASE: &str = "delete from requests where scope = $1 and key = $2 and claim = $3 and effect is null";
const FORGET: &str = "delete from requests where claimed_at < $1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 7] = [CLAIM, EARLIER, TAKE_OVER, MARK, ANSWER, RELEASE, FORGET];

/// Claims a request; `false` where it came before.
///
/// # Errors
/// The database's.
pub async fn claim(tx: &mut Tx, once: &Once, fingerprint: &str, at_ms: i64) -> Result<bool, DbError> {
    let values: [Value; 5] = [
        once.scope.as_str().into(),
        once.key.as_str().into(),
        fingerprint.into(),
        once.claim.as_str().into(),
        at_ms.into(),
    ];
    Ok(tx.execute(CLAIM, &values).await? == 1)
}

/// # Errors
/// The database's.
pub async fn earlier(tx: &mut Tx, once: &Once) -> Result<Option<Earlier>, DbError> {
    let row = tx.row(EARLIER, &[once.scope.as_str().into(), once.key.as_str().into()]).await?;
    row.map(|row| Earlier::of(&row)).transpose()
}

/// Takes a request over from whoever held `claim` and did nothing with it; `false` where somebody was faster.
///
/// # Errors
/// The database's.
pub async fn take_over(tx: &mut Tx, once: &Once, claim: &str, at_ms: i64) -> Result<bool, DbError> {
    let values: [Value; 5] = [
        once.scope.as_str().into(),
        once.key.as_str().into(),
        once.claim.as_str().into(),
        at_ms.into(),
        claim.into(),
    ];
    Ok(tx.execute(TAKE_OVER, &values).await? == 1)
}

/// Writes down, in the transaction of a deed, that it is done. Invariant: a deed whose mark is refused is not committed.
///
/// # Errors
/// Somebody else took the request over: [`DbError::Refused`]; the database's.
pub async fn mark(tx: &mut Tx, once: &Once, effect: &str) -> Result<(), DbError> {
    let values: [Value; 4] =
        [once.scope.as_str().into(), once.key.as_str().into(), once.claim.as_str().into(), effect.into()];
    match tx.execute(MARK, &values).await? {
        0 => Err(DbError::Refused("another process carries out this request now".into())),
        _ => Ok(()),
    }
}

/// # Errors
/// The database's.
pub async fn answer(tx: &mut Tx, once: &Once, answer: &Answer) -> Result<(), DbError> {
    let values: [Value; 6] = [
        once.scope.as_str().into(),
        once.key.as_str().into(),
        once.claim.as_str().into(),
        answer.status.into(),
        answer.headers.as_str().into(),
        answer.body.as_str().into(),
    ];
    tx.execute(ANSWER, &values).await.map(drop)
}

/// Gives the key of a request back that did nothing, so that it may be sent again.
///
/// # Errors
/// The database's.
pub async fn release(tx: &mut Tx, once: &Once) -> Result<(), DbError> {
    let values: [Value; 3] =
        [once.scope.as_str().into(), once.key.as_str().into(), once.claim.as_str().into()];
    tx.execute(RELEASE, &values).await.map(drop)
}

/// Forgets requests that came before `before_ms`; how many.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before_ms: i64) -> Result<u64, DbError> {
    tx.execute(FORGET, &[before_ms.into()]).await
}

impl Earlier {
    fn of(row: &Row) -> Result<Earlier, DbError> {
        let answer = match row.some_int("status")? {
            None => None,
            Some(status) => Some(Answer {
                status,
                headers: row.some_text("headers")?.unwrap_or_default().to_owned(),
                body: row.some_text("body")?.unwrap_or_default().to_owned(),
            }),
        };
        Ok(Earlier {
            fingerprint: row.text("fingerprint")?.to_owned(),
            claim: row.text("claim")?.to_owned(),
            claimed_at_ms: row.int("claimed_at")?,
            effect: row.some_text("effect")?.map(str::to_owned),
            answer,
        })
    }
}
