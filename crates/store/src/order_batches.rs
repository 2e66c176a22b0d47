//! Batches: one verb, done to many orders beside everything else; how far each is.
//!
//! Owns: the rows of batches; those of their orders are in `rows`. Refuses to know: what the verbs do. Invariant: what is
//! done to an order counts only under the fence of the job's lease, in the transaction in which it is done.

mod rows;

pub use rows::{BatchOrder, Outcome, add_orders, list_orders, next, orders_done, settle};

use crate::db::{DbError, Row, Tx, Value};
pub use crate::rule_replays::State;

/// A batch as its row has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BatchRow {
    pub id: String,
    /// `hold`, `release`, `cancel` or `route`.
    pub action: String,
    pub reason: String,
    /// JSON; `None`: its orders were named.
    pub criteria: Option<String>,
    /// The batch whose effect this one takes back.
    pub reverts: Option<String>,
    pub state: State,
    pub total: i64,
    /// Orders it was done to,
    pub done: i64,
    /// and orders that refused it.
    pub failed: i64,
    pub job_id: String,
    pub fence: i64,
    pub asked_by: String,
    pub asked_at_ms: i64,
    pub started_at_ms: Option<i64>,
    pub ended_at_ms: Option<i64>,
    pub failure: String,
    /// The batch that takes back the effect of this one.
    pub reverted_by: Option<String>,
}

macro_rules! columns {
    () => {
        "b.id as id, b.action as action, b.reason as reason, b.criteria as criteria, b.reverts as reverts, \
         b.state as state, b.total as total, b.done as done, b.failed as failed, b.job_id as job_id, b.fence as fence, \
         b.asked_by as asked_by, b.asked_at as asked_at, b.started_at as started_at, b.ended_at as ended_at, \
         b.failure as failure, r.id as reverted_by from order_batches b left join order_batches r on r.reverts = b.id"
    };
}

const ADD: &str = "insert into order_batches (id, action, reason, criteria, reverts, state, total, done, failed, job_id, \
    fence, asked_by, asked_at, failure) values ($1, $2, $3, $4, $5, 'waiting', $6, 0, 0, $7, 0, $8, $9, '')";

const GET: &str = concat!("select ", columns!(), " where b.id = $1");

const NEWEST: &str =
    concat!("select ", columns!(), " where ($1 = '' or b.id < $1) order by b.id desc limit $2");

const WAITING: &str = "select count(*) as waiting from order_batches where state = 'waiting'";

/// One that failed goes on where its job is tried again.
const BEGIN: &str = "update order_batches set state = 'running', fence = $2, \
    started_at = case when started_at is null then $3 else started_at end, ended_at = null, failure = '' \
    where id = $1 and fence < $2 and state in ('waiting', 'running', 'failed')";

const COUNT_DONE: &str =
    "update order_batches set done = done + 1 where id = $1 and fence = $2 and state = 'running'";

const COUNT_FAILED: &str =
    "update order_batches set failed = failed + 1 where id = $1 and fence = $2 and state = 'running'";

const END: &str = "update order_batches set state = $3, failure = $4, ended_at = $5 \
    where id = $1 and fence = $2 and state = 'running'";

const CANCEL: &str = "update order_batches set state = 'cancelled', ended_at = $2 \
    where id = $1 and state in ('waiting', 'running')";

/// Those whose job was given up: nobody works on them any more.
const GIVE_UP: &str = "update order_batches set state = 'failed', failure = $2, ended_at = $1 \
    where state in ('waiting', 'running') \
    and exists (select 1 from jobs j where j.id = order_batches.job_id and j.state = 'dead') returning id";

/// Those beyond the newest, but for those that a newer one takes back, or that take back a newer one.
const OLD: &str = "select id from order_batches b where state in ('done', 'failed', 'cancelled') \
    and id not in (select id from order_batches order by id desc limit $1) \
    and not exists (select 1 from order_batches r where r.reverts = b.id) order by id limit $2";

const REMOVE_ROWS: &str = "delete from order_batch_rows where batch_id = $1";
const REMOVE: &str = "delete from order_batches where id = $1";

/// Every statement of this module, for the test that prepares them.
pub fn statements() -> impl Iterator<Item = &'static str> {
    [
        ADD,
        GET,
        NEWEST,
        WAITING,
        BEGIN,
        COUNT_DONE,
        COUNT_FAILED,
        END,
        CANCEL,
        GIVE_UP,
        OLD,
        REMOVE_ROWS,
        REMOVE,
    ]
    .into_iter()
    .chain(rows::STATEMENTS)
}

/// Letters of a failure that are kept.
const MOST_FAILURE: usize = 2_000;
/// Old ones that are removed at once: a new one waits for it.
const MOST_REMOVED: i64 = 5;

/// Adds one that waits; its state, its fence and how far it is do not matter.
///
/// # Errors
/// It takes back what another one takes back; the database's.
pub async fn add(tx: &mut Tx, row: &BatchRow) -> Result<(), DbError> {
    let values: [Value; 9] = [
        row.id.as_str().into(),
        row.action.as_str().into(),
        row.reason.as_str().into(),
        row.criteria.as_deref().into(),
        row.reverts.as_deref().into(),
        row.total.into(),
        row.job_id.as_str().into(),
        row.asked_by.as_str().into(),
        row.asked_at_ms.into(),
    ];
    tx.execute(ADD, &values).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<BatchRow>, DbError> {
    tx.row(GET, &[id.into()]).await?.as_ref().map(BatchRow::of).transpose()
}

/// The newest first, older than `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut Tx, before: Option<&str>, limit: i64) -> Result<Vec<BatchRow>, DbError> {
    let values = [before.unwrap_or("").into(), limit.into()];
    tx.rows(NEWEST, &values).await?.iter().map(BatchRow::of).collect()
}

/// How many wait to be begun.
///
/// # Errors
/// The database's.
pub async fn waiting(tx: &mut Tx) -> Result<i64, DbError> {
    tx.row(WAITING, &[]).await?.map_or(Ok(0), |row| row.int("waiting"))
}

/// Begins one, or goes on with it, under the fence of a lease. `false`: it is over, or a later holder has it.
///
/// # Errors
/// The database's.
pub async fn begin(tx: &mut Tx, (id, fence): (&str, i64), at_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(BEGIN, &[id.into(), fence.into(), at_ms.into()]).await? == 1)
}

/// Counts an order, and with it asks whether this holder still counts. `false`: nothing of the transaction may stay.
///
/// # Errors
/// The database's.
pub async fn count(tx: &mut Tx, (id, fence): (&str, i64), outcome: Outcome) -> Result<bool, DbError> {
    let sql = if outcome == Outcome::Failed { COUNT_FAILED } else { COUNT_DONE };
    Ok(tx.execute(sql, &[id.into(), fence.into()]).await? == 1)
}

/// It is over. `false`: somebody cancelled it, or a later holder has it.
///
/// # Errors
/// The database's.
pub async fn end(
    tx: &mut Tx,
    (id, fence): (&str, i64),
    (state, failure): (State, &str),
    at_ms: i64,
) -> Result<bool, DbError> {
    let failure: String = failure.chars().take(MOST_FAILURE).collect();
    let values = [id.into(), fence.into(), state.code().into(), failure.into(), at_ms.into()];
    Ok(tx.execute(END, &values).await? == 1)
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

/// Removes some of those that are over, the oldest first, but for the newest `kept` of all.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, kept: i64) -> Result<(), DbError> {
    for row in tx.rows(OLD, &[kept.into(), MOST_REMOVED.into()]).await? {
        let id = [Value::from(row.text("id")?)];
        tx.execute(REMOVE_ROWS, &id).await?;
        tx.execute(REMOVE, &id).await?;
    }
    Ok(())
}

impl BatchRow {
    fn of(row: &Row) -> Result<BatchRow, DbError> {
        let text = |name| row.text(name).map(str::to_owned);
        let some_text = |name| row.some_text(name).map(|text| text.map(str::to_owned));
        Ok(BatchRow {
            id: text("id")?,
            action: text("action")?,
            reason: text("reason")?,
            criteria: some_text("criteria")?,
            reverts: some_text("reverts")?,
            state: State::of(row.text("state")?)?,
            total: row.int("total")?,
            done: row.int("done")?,
            failed: row.int("failed")?,
            job_id: text("job_id")?,
            fence: row.int("fence")?,
            asked_by: text("asked_by")?,
            asked_at_ms: row.int("asked_at")?,
            started_at_ms: row.some_int("started_at")?,
            ended_at_ms: row.some_int("ended_at")?,
            failure: text("failure")?,
            reverted_by: some_text("reverted_by")?,
        })
    }
}
