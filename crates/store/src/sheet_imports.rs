//! Imports of tables that people bring: their files, how far they are, and what they changed.
//!
//! Owns: the rows of imports. Refuses to know: what a table says, and what its columns mean. Invariant: what is written
//! while one is worked on counts only for its job, under the fence of that job's lease.

mod file;
mod traces;

pub use file::{file, forget_files, keep_file, mapping, remember};
pub use traces::{
    BadCell, ProductTrace, ShelfOutcome, ShelfTrace, add_bad, bad, base_of, conflicts, forget_bad,
    is_changed_since, leave_product, leave_shelf, product_traces, referred_to, remove_product,
    settle_product, settle_shelf, shelf_traces,
};

use crate::db::{DbError, Row, Tx, Value};

/// Where an import stands. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Draft,
    /// The dry run is on its way.
    Checking,
    Checked,
    Running,
    Done,
    Failed,
    Cancelled,
    Reverting,
    Reverted,
}

impl State {
    pub const ALL: [State; 9] = [
        State::Draft,
        State::Checking,
        State::Checked,
        State::Running,
        State::Done,
        State::Failed,
        State::Cancelled,
        State::Reverting,
        State::Reverted,
    ];

    pub fn code(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Checking => "checking",
            State::Checked => "checked",
            State::Running => "running",
            State::Done => "done",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
            State::Reverting => "reverting",
            State::Reverted => "reverted",
        }
    }

    /// Whether a job works on it, or is to.
    pub fn is_at_work(self) -> bool {
        matches!(self, State::Checking | State::Running | State::Reverting)
    }

    fn of(code: &str) -> Result<State, DbError> {
        let known = State::ALL.into_iter().find(|state| state.code() == code);
        known.ok_or_else(|| DbError::Broken(format!("no import has the state {code}")))
    }
}

/// An import without its file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportRow {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub state: State,
    pub look: String,
    pub plan: String,
    pub bytes: i64,
    pub reached: i64,
    pub total: i64,
    pub tally: String,
    pub checked: Option<String>,
    pub job_id: String,
    pub fence: i64,
    pub failure: String,
    pub created_by: String,
    pub created_at_ms: i64,
    pub started_at_ms: Option<i64>,
    pub ended_at_ms: Option<i64>,
    pub reverted_at_ms: Option<i64>,
}

/// An import in the hands of a job.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeldImport<'a> {
    pub id: &'a str,
    pub job_id: &'a str,
    pub fence: i64,
}

macro_rules! columns {
    () => {
        "id, name, kind, state, look, plan, bytes, reached, total, tally, checked, job_id, fence, failure, created_by, \
         created_at, started_at, ended_at, reverted_at"
    };
}

const ADD: &str = "insert into sheet_imports (id, name, kind, state, look, plan, bytes, reached, total, tally, job_id, \
    fence, failure, created_by, created_at) values ($1, $2, $3, 'draft', $4, $5, $6, 0, $7, '{}', '', 0, '', $8, $9)";

const GET: &str = concat!("select ", columns!(), " from sheet_imports where id = $1");

const NEWEST: &str = concat!(
    "select ",
    columns!(),
    " from sheet_imports where ($1 = '' or id < $1) order by id desc limit $2"
);

const OPEN: &str =
    "select count(*) as open from sheet_imports where state in ('draft', 'checking', 'checked', 'running')";

const SET_PLAN: &str = "update sheet_imports set kind = $2, look = $3, plan = $4, state = 'draft', checked = null, \
    failure = '' where id = $1 and state in ('draft', 'checked')";

/// From one of two states into another, for a job; nothing of it is done yet.
const ENTRUST: &str = "update sheet_imports set state = $2, job_id = $3, fence = 0, failure = '', \
    reached = case when $2 = 'reverting' then reached else 0 end, \
    tally = case when $2 = 'reverting' then tally else '{}' end, \
    started_at = case when $2 = 'running' then $4 else started_at end \
    where id = $1 and state in ($5, $6, $7)";

const BEGIN: &str = concat!(
    "update sheet_imports set fence = $3 where id = $1 and job_id = $2 and fence < $3 \
     and state in ('checking', 'running', 'reverting') returning ",
    columns!()
);

const REACHED: &str = "update sheet_imports set reached = $4, tally = $5 \
    where id = $1 and job_id = $2 and fence = $3 and state in ('checking', 'running', 'reverting')";

const SETTLE: &str = "update sheet_imports set state = $4, \
    checked = coalesce($5, checked), failure = $6, \
    ended_at = case when state = 'running' then $7 else ended_at end, \
    reverted_at = case when state = 'reverting' and $4 = 'reverted' then $7 else reverted_at end \
    where id = $1 and job_id = $2 and fence = $3 and state in ('checking', 'running', 'reverting')";

const CANCEL: &str = "update sheet_imports set \
    state = case when state = 'checking' then 'draft' else 'cancelled' end, \
    ended_at = case when state = 'checking' then ended_at else $2 end \
    where id = $1 and state in ('draft', 'checked', 'checking', 'running')";

/// Those whose job was given up: nobody works on them any more.
const GIVE_UP: &str = "update sheet_imports set \
    ended_at = case when state = 'running' then $1 else ended_at end, \
    state = case when state = 'checking' then 'draft' when state = 'reverting' then 'done' else 'failed' end, \
    failure = $2 where state in ('checking', 'running', 'reverting') \
    and exists (select 1 from jobs j where j.id = sheet_imports.job_id and j.state = 'dead') returning id";

const STATEMENTS_OF_IMPORTS: [&str; 10] =
    [ADD, GET, NEWEST, OPEN, SET_PLAN, ENTRUST, BEGIN, REACHED, SETTLE, CANCEL];

/// Every statement of this module, for the test that prepares them.
pub fn statements() -> impl Iterator<Item = &'static str> {
    STATEMENTS_OF_IMPORTS.into_iter().chain([GIVE_UP]).chain(file::STATEMENTS).chain(traces::STATEMENTS)
}

/// Letters of a failure that are kept.
const MOST_FAILURE: usize = 2_000;

/// Adds a draft.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, row: &ImportRow) -> Result<(), DbError> {
    let values: [Value; 9] = [
        row.id.as_str().into(),
        row.name.as_str().into(),
        row.kind.as_str().into(),
        row.look.as_str().into(),
        row.plan.as_str().into(),
        row.bytes.into(),
        row.total.into(),
        row.created_by.as_str().into(),
        row.created_at_ms.into(),
    ];
    tx.execute(ADD, &values).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<ImportRow>, DbError> {
    tx.row(GET, &[id.into()]).await?.as_ref().map(ImportRow::of).transpose()
}

/// The newest first, older than `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut Tx, before: Option<&str>, limit: i64) -> Result<Vec<ImportRow>, DbError> {
    let values = [before.unwrap_or("").into(), limit.into()];
    tx.rows(NEWEST, &values).await?.iter().map(ImportRow::of).collect()
}

/// How many are neither over nor taken back.
///
/// # Errors
/// The database's.
pub async fn open(tx: &mut Tx) -> Result<i64, DbError> {
    tx.row(OPEN, &[]).await?.map_or(Ok(0), |row| row.int("open"))
}

/// Another plan for a draft, of which nothing is checked then; `false`: it is none.
///
/// # Errors
/// The database's.
pub async fn set_plan(
    tx: &mut Tx,
    id: &str,
    (kind, look, plan): (&str, &str, &str),
) -> Result<bool, DbError> {
    let values = [id.into(), kind.into(), look.into(), plan.into()];
    Ok(tx.execute(SET_PLAN, &values).await? == 1)
}

/// Hands an import that is in one of `from` to a job; `false`: it is in another state.
///
/// # Errors
/// The database's.
pub async fn entrust(
    tx: &mut Tx,
    (id, job_id): (&str, &str),
    (from, to): ([State; 3], State),
    at_ms: i64,
) -> Result<bool, DbError> {
    let [a, b, c] = from.map(|state| Value::from(state.code()));
    let values = [id.into(), to.code().into(), job_id.into(), at_ms.into(), a, b, c];
    Ok(tx.execute(ENTRUST, &values).await? == 1)
}

/// Begins, or goes on, under the fence of a lease. `None`: it is over, or a later holder has it.
///
/// # Errors
/// The database's.
pub async fn begin(tx: &mut Tx, held: HeldImport<'_>) -> Result<Option<ImportRow>, DbError> {
    tx.row(BEGIN, &held.values()).await?.as_ref().map(ImportRow::of).transpose()
}

/// How far it is. `false`: it is over, or another holder has it: then the transaction must not be kept.
///
/// # Errors
/// The database's.
pub async fn reached(
    tx: &mut Tx,
    held: HeldImport<'_>,
    (reached, tally): (i64, &str),
) -> Result<bool, DbError> {
    let values = [&held.values()[..], &[reached.into(), tally.into()]].concat();
    Ok(tx.execute(REACHED, &values).await? == 1)
}

/// How the work of a job on it ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    pub state: State,
    /// What a dry run found.
    pub checked: Option<String>,
    pub failure: String,
}

/// `false`: as [`reached`].
///
/// # Errors
/// The database's.
pub async fn settle(tx: &mut Tx, held: HeldImport<'_>, end: &End, at_ms: i64) -> Result<bool, DbError> {
    let failure: String = end.failure.chars().take(MOST_FAILURE).collect();
    let rest: [Value; 4] =
        [end.state.code().into(), end.checked.as_deref().into(), failure.into(), at_ms.into()];
    Ok(tx.execute(SETTLE, &[&held.values()[..], &rest[..]].concat()).await? == 1)
}

/// `false`: there is nothing to cancel.
///
/// # Errors
/// The database's.
pub async fn cancel(tx: &mut Tx, id: &str, at_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(CANCEL, &[id.into(), at_ms.into()]).await? == 1)
}

/// Those whose job was given up are not worked on any more; their ids.
///
/// # Errors
/// The database's.
pub async fn give_up(tx: &mut Tx, why: &str, at_ms: i64) -> Result<Vec<String>, DbError> {
    let rows = tx.rows(GIVE_UP, &[at_ms.into(), why.into()]).await?;
    rows.iter().map(|row| row.text("id").map(str::to_owned)).collect()
}

impl HeldImport<'_> {
    fn values(&self) -> [Value; 3] {
        [self.id.into(), self.job_id.into(), self.fence.into()]
    }
}

impl ImportRow {
    fn of(row: &Row) -> Result<ImportRow, DbError> {
        let text = |name| row.text(name).map(str::to_owned);
        Ok(ImportRow {
            id: text("id")?,
            name: text("name")?,
            kind: text("kind")?,
            state: State::of(row.text("state")?)?,
            look: text("look")?,
            plan: text("plan")?,
            bytes: row.int("bytes")?,
            reached: row.int("reached")?,
            total: row.int("total")?,
            tally: text("tally")?,
            checked: row.some_text("checked")?.map(str::to_owned),
            job_id: text("job_id")?,
            fence: row.int("fence")?,
            failure: text("failure")?,
            created_by: text("created_by")?,
            created_at_ms: row.int("created_at")?,
            started_at_ms: row.some_int("started_at")?,
            ended_at_ms: row.some_int("ended_at")?,
            reverted_at_ms: row.some_int("reverted_at")?,
        })
    }
}
