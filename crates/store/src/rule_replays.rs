//! Replays of rule sets: what was asked for, how far it is, and what came of it.
//!
//! Owns: their rows. Refuses to know: how orders are replayed, and what a result says. Invariant: what is written while
//! one runs counts only under the fence of its job's lease.

use crate::db::{DbError, Row, Tx, Value};

/// Where a replay stands. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl State {
    pub const ALL: [State; 5] =
        [State::Waiting, State::Running, State::Done, State::Failed, State::Cancelled];

    pub fn code(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Running => "running",
            State::Done => "done",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }

    /// Whether nothing of it comes any more.
    pub fn is_over(self) -> bool {
        !matches!(self, State::Waiting | State::Running)
    }

    pub(crate) fn of(code: &str) -> Result<State, DbError> {
        let known = State::ALL.into_iter().find(|state| state.code() == code);
        known.ok_or_else(|| DbError::Broken(format!("no replay has the state {code}")))
    }
}

/// A replay without its result, which is long.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReplayRow {
    pub id: String,
    pub rule_set: i64,
    /// `None`: the lowest cost.
    pub against: Option<i64>,
    pub from_ms: i64,
    pub to_ms: i64,
    pub with_worth: bool,
    pub state: State,
    pub done: i64,
    pub total: i64,
    pub job_id: String,
    pub fence: i64,
    pub asked_by: String,
    pub asked_at_ms: i64,
    pub started_at_ms: Option<i64>,
    pub ended_at_ms: Option<i64>,
    pub failure: String,
}

macro_rules! columns {
    () => {
        "id, rule_set, against, from_at, to_at, with_worth, state, done, total, job_id, fence, asked_by, asked_at, \
         started_at, ended_at, failure"
    };
}

const ADD: &str = "insert into rule_replays (id, rule_set, against, from_at, to_at, with_worth, state, done, total, \
    job_id, fence, asked_by, asked_at, failure) values ($1, $2, $3, $4, $5, $6, 'waiting', 0, 0, $7, 0, $8, $9, '')";

const GET: &str = concat!("select ", columns!(), " from rule_replays where id = $1");

const RESULT: &str = "select result from rule_replays where id = $1";

const NEWEST: &str =
    concat!("select ", columns!(), " from rule_replays where ($1 = '' or id < $1) order by id desc limit $2");

const WAITING: &str = "select count(*) as waiting from rule_replays where state = 'waiting'";

/// One that failed is begun again where its job is tried again.
const BEGIN: &str = concat!(
    "update rule_replays set state = 'running', fence = $2, done = 0, total = 0, started_at = $3, ended_at = null, \
     failure = '' where id = $1 and fence < $2 and state in ('waiting', 'running', 'failed') returning ",
    columns!()
);

const REACHED: &str =
    "update rule_replays set done = $3, total = $4 where id = $1 and fence = $2 and state = 'running'";

const FINISH: &str = "update rule_replays set state = 'done', result = $3, done = $5, total = $5, ended_at = $4 \
    where id = $1 and fence = $2 and state = 'running'";

const FAIL: &str = "update rule_replays set state = 'failed', failure = $3, ended_at = $4 \
    where id = $1 and fence = $2 and state = 'running'";

const CANCEL: &str = "update rule_replays set state = 'cancelled', ended_at = $2 \
    where id = $1 and state in ('waiting', 'running')";

/// Those whose job was given up: nobody works on them any more.
const GIVE_UP: &str = "update rule_replays set state = 'failed', failure = $2, ended_at = $1 \
    where state in ('waiting', 'running') \
    and exists (select 1 from jobs j where j.id = rule_replays.job_id and j.state = 'dead') returning id";

const FORGET: &str = "delete from rule_replays where state in ('done', 'failed', 'cancelled') \
    and id not in (select id from rule_replays order by id desc limit $1)";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 12] =
    [ADD, GET, RESULT, NEWEST, WAITING, BEGIN, REACHED, FINISH, FAIL, CANCEL, GIVE_UP, FORGET];

/// Letters of a failure that are kept.
const MOST_FAILURE: usize = 2_000;

/// Adds one that waits; its state, its fence and how far it is do not matter.
///
/// # Errors
/// There is no such version; the database's.
pub async fn add(tx: &mut Tx, row: &ReplayRow) -> Result<(), DbError> {
    let values: [Value; 9] = [
        row.id.as_str().into(),
        row.rule_set.into(),
        row.against.into(),
        row.from_ms.into(),
        row.to_ms.into(),
        i64::from(row.with_worth).into(),
        row.job_id.as_str().into(),
        row.asked_by.as_str().into(),
        row.asked_at_ms.into(),
    ];
    tx.execute(ADD, &values).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<ReplayRow>, DbError> {
    tx.row(GET, &[id.into()]).await?.as_ref().map(ReplayRow::of).transpose()
}

/// The result, as JSON; `None`: there is none.
///
/// # Errors
/// The database's.
pub async fn result(tx: &mut Tx, id: &str) -> Result<Option<String>, DbError> {
    let row = tx.row(RESULT, &[id.into()]).await?;
    Ok(row.map(|row| row.some_text("result").map(|text| text.map(str::to_owned))).transpose()?.flatten())
}

/// The newest first, older than `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut Tx, before: Option<&str>, limit: i64) -> Result<Vec<ReplayRow>, DbError> {
    let values = [before.unwrap_or("").into(), limit.into()];
    tx.rows(NEWEST, &values).await?.iter().map(ReplayRow::of).collect()
}

/// How many wait to be begun.
///
/// # Errors
/// The database's.
pub async fn waiting(tx: &mut Tx) -> Result<i64, DbError> {
    tx.row(WAITING, &[]).await?.map_or(Ok(0), |row| row.int("waiting"))
}

/// Begins one, from its start, under the fence of a lease. `None`: it is over, or a later holder has begun it.
///
/// # Errors
/// The database's.
pub async fn begin(tx: &mut Tx, id: &str, fence: i64, at_ms: i64) -> Result<Option<ReplayRow>, DbError> {
    let row = tx.row(BEGIN, &[id.into(), fence.into(), at_ms.into()]).await?;
    row.as_ref().map(ReplayRow::of).transpose()
}

/// How far it is. `false`: it is over, or another holder has it; whoever says so stops.
///
/// # Errors
/// The database's.
pub async fn reached(
    tx: &mut Tx,
    (id, fence): (&str, i64),
    (done, total): (i64, i64),
) -> Result<bool, DbError> {
    let values = [id.into(), fence.into(), done.into(), total.into()];
    Ok(tx.execute(REACHED, &values).await? == 1)
}

/// It is done, all `total` orders of it. `false`: as [`reached`].
///
/// # Errors
/// The database's.
pub async fn finish(
    tx: &mut Tx,
    (id, fence): (&str, i64),
    (result, total): (&str, i64),
    at_ms: i64,
) -> Result<bool, DbError> {
    let values = [id.into(), fence.into(), result.into(), at_ms.into(), total.into()];
    Ok(tx.execute(FINISH, &values).await? == 1)
}

/// `false`: as [`reached`].
///
/// # Errors
/// The database's.
pub async fn fail(tx: &mut Tx, (id, fence): (&str, i64), why: &str, at_ms: i64) -> Result<bool, DbError> {
    let why: String = why.chars().take(MOST_FAILURE).collect();
    let values = [id.into(), fence.into(), why.into(), at_ms.into()];
    Ok(tx.execute(FAIL, &values).await? == 1)
}

/// `false`: it is over, or never was.
///
/// # Errors
/// The database's.
pub async fn cancel(tx: &mut Tx, id: &str, at_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(CANCEL, &[id.into(), at_ms.into()]).await? == 1)
}

/// Those whose job was given up have failed; their ids.
///
/// # Errors
/// The database's.
pub async fn give_up(tx: &mut Tx, why: &str, at_ms: i64) -> Result<Vec<String>, DbError> {
    let rows = tx.rows(GIVE_UP, &[at_ms.into(), why.into()]).await?;
    rows.iter().map(|row| row.text("id").map(str::to_owned)).collect()
}

/// Removes those that are over, but for the newest `kept` of all; how many.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, kept: i64) -> Result<u64, DbError> {
    tx.execute(FORGET, &[kept.into()]).await
}

impl ReplayRow {
    fn of(row: &Row) -> Result<ReplayRow, DbError> {
        let text = |name| row.text(name).map(str::to_owned);
        Ok(ReplayRow {
            id: text("id")?,
            rule_set: row.int("rule_set")?,
            against: row.some_int("against")?,
            from_ms: row.int("from_at")?,
            to_ms: row.int("to_at")?,
            with_worth: row.int("with_worth")? == 1,
            state: State::of(row.text("state")?)?,
            done: row.int("done")?,
            total: row.int("total")?,
            job_id: text("job_id")?,
            fence: row.int("fence")?,
            asked_by: text("asked_by")?,
            asked_at_ms: row.int("asked_at")?,
            started_at_ms: row.some_int("started_at")?,
            ended_at_ms: row.some_int("ended_at")?,
            failure: text("failure")?,
        })
    }
}
