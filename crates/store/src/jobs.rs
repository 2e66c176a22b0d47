//! Work to be done later: written with its cause, taken on a lease, done once.
//!
//! Owns: jobs and their leases. Who holds a job has a fence, a number that grows with every lease; what an earlier
//! holder says is refused. Where the effect of a job is a change of the books, [`finish`] in the same transaction makes it
//! happen exactly once. Refuses to know: what a job does, and how long to wait before the next attempt.

use crate::db::{DbError, Dialect, Row, Tx, Value};

/// A job as its cause asks for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewJob<'a> {
    /// `job_…`
    pub id: &'a str,
    /// One word; it finds who does it.
    pub kind: &'a str,
    pub subject: &'a str,
    /// JSON.
    pub payload: &'a str,
    /// Of two jobs of a kind with the same key the first is kept.
    pub key: Option<&'a str>,
    pub due_at_ms: i64,
    pub most_attempts: i64,
    pub created_at_ms: i64,
}

/// Where a job stands. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    Ready,
    Leased,
    Done,
    /// Given up: a person looks at it.
    Dead,
}

impl State {
    pub const ALL: [State; 4] = [State::Ready, State::Leased, State::Done, State::Dead];

    pub fn code(self) -> &'static str {
        match self {
            State::Ready => "ready",
            State::Leased => "leased",
            State::Done => "done",
            State::Dead => "dead",
        }
    }

    fn of(code: &str) -> Result<State, DbError> {
        let known = State::ALL.into_iter().find(|state| state.code() == code);
        known.ok_or_else(|| DbError::Broken(format!("no job has the state {code}")))
    }
}

/// A job as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    pub id: String,
    pub kind: String,
    pub subject: String,
    pub payload: String,
    pub key: Option<String>,
    /// Of a leased job: when its lease ends.
    pub due_at_ms: i64,
    pub state: State,
    pub attempts: i64,
    pub most_attempts: i64,
    pub lease_owner: Option<String>,
    pub fence: i64,
    pub last_error: Option<String>,
    pub created_at_ms: i64,
    pub done_at_ms: Option<i64>,
}

/// Who takes jobs, of which kinds, until when, and how many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claim<'a> {
    pub owner: &'a str,
    pub kinds: &'a [&'a str],
    pub now_ms: i64,
    pub lease_ms: i64,
    pub limit: i64,
}

/// A job in the hands of who took it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held<'a> {
    pub id: &'a str,
    pub fence: i64,
}

/// Whether what the holder of a job says still counts.
#[must_use]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    Counts,
    /// Another holder has it, or it is over: nothing changed, and the effect must not stay either.
    Stale,
}

/// What becomes of a job that failed.
#[must_use]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failed {
    Again,
    Dead,
    /// As [`Said::Stale`].
    Stale,
}

/// Jobs of one kind in one state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    pub kind: String,
    pub state: State,
    pub jobs: i64,
    /// The earliest time at which one of them may be or might have been taken.
    pub first_due_at_ms: i64,
}

/// Which jobs a list shows.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Filter<'a> {
    pub kind: Option<&'a str>,
    pub state: Option<State>,
}

/// Jobs taken, listed or forgotten with one statement.
pub const MOST_AT_ONCE: i64 = 1_000;
/// Letters of an error that are kept.
const MOST_ERROR: usize = 2_000;
/// Rows of counts: more kinds than any version of the program has.
const MOST_COUNTS: i64 = 1_000;
/// Told of a job whose holder stopped at every attempt.
const NOBODY_CAME_BACK: &str = "whoever worked on it stopped before it was done, at every attempt";

macro_rules! columns {
    () => {
        "id, kind, subject, payload, key, due_at, state, attempts, most_attempts, lease_owner, fence, last_error, \
         created_at, done_at"
    };
}

const ENQUEUE: &str = "insert into jobs (id, kind, subject, payload, key, due_at, state, attempts, most_attempts, \
    fence, created_at) values ($1, $2, $3, $4, $5, $6, 'ready', 0, $7, 0, $8) on conflict (kind, key) do nothing";

const IS_DUE_SQLITE: &str = "select id from jobs where state in ('ready', 'leased') and due_at <= $1 \
    and instr(' ' || $2 || ' ', ' ' || kind || ' ') > 0 order by due_at, id limit 1";
const IS_DUE_POSTGRES: &str = "select id from jobs where state in ('ready', 'leased') and due_at <= $1 \
    and kind = any(string_to_array($2, ' ')) order by due_at, id limit 1";

/// What nobody finished at its last attempt is given up.
const BURY: &str = "update jobs set state = 'dead', lease_owner = null, last_error = coalesce(last_error, $2) \
    where state = 'leased' and due_at <= $1 and attempts >= most_attempts";

const CLAIM_SQLITE: &str = concat!(
    "update jobs set state = 'leased', lease_owner = $3, due_at = $4, attempts = attempts + 1, fence = fence + 1 \
     where id in (select id from jobs where state in ('ready', 'leased') and due_at <= $1 \
     and instr(' ' || $2 || ' ', ' ' || kind || ' ') > 0 order by due_at, id limit $5) returning ",
    columns!()
);
/// Skips what another claims at this moment, and does not wait for it.
const CLAIM_POSTGRES: &str = concat!(
    "update jobs set state = 'leased', lease_owner = $3, due_at = $4, attempts = attempts + 1, fence = fence + 1 \
     where id in (select id from jobs where state in ('ready', 'leased') and due_at <= $1 \
     and kind = any(string_to_array($2, ' ')) order by due_at, id limit $5 for update skip locked) returning ",
    columns!()
);

const RENEW: &str = "update jobs set due_at = $3 where id = $1 and fence = $2 and state = 'leased'";

const FINISH: &str = "update jobs set state = 'done', done_at = $3, lease_owner = null \
    where id = $1 and fence = $2 and state = 'leased'";

const FAIL: &str = "update jobs set state = case when attempts >= most_attempts then 'dead' else 'ready' end, \
    due_at = $3, last_error = $4, lease_owner = null \
    where id = $1 and fence = $2 and state = 'leased' returning state";

const GIVE_UP: &str = "update jobs set state = 'dead', last_error = $3, lease_owner = null \
    where id = $1 and fence = $2 and state = 'leased' returning state";

const RELEASE: &str = "update jobs set state = 'ready', due_at = $3, attempts = attempts - 1, lease_owner = null \
    where id = $1 and fence = $2 and state = 'leased'";

const RETRY: &str =
    "update jobs set state = 'ready', due_at = $2, attempts = 0 where id = $1 and state = 'dead'";

const FORGET: &str = "delete from jobs where id in (select id from jobs \
    where state = 'done' and done_at < $1 order by done_at, id limit $2)";

const ONE: &str = concat!("select ", columns!(), " from jobs where id = $1");

const LIST: &str = concat!(
    "select ",
    columns!(),
    " from jobs where kind = coalesce($1, kind) and ($2 = '' or id < $2) order by id desc limit $3"
);

const LIST_IN_STATE: &str = concat!(
    "select ",
    columns!(),
    " from jobs where kind = coalesce($1, kind) and ($2 = '' or id < $2) and state = $4 order by id desc limit $3"
);

const COUNTS: &str = "select kind, state, count(*) as jobs, min(due_at) as first_due from jobs \
    group by kind, state order by kind, state limit $1";

/// Every statement of this module that both databases understand, for the test that prepares them.
pub const STATEMENTS: [&str; 13] =
    [ENQUEUE, BURY, RENEW, FINISH, FAIL, GIVE_UP, RELEASE, RETRY, FORGET, ONE, LIST, LIST_IN_STATE, COUNTS];
/// As [`STATEMENTS`], one text for each database.
pub const STATEMENTS_OF: [(Dialect, &str); 4] = [
    (Dialect::Sqlite, IS_DUE_SQLITE),
    (Dialect::Postgres, IS_DUE_POSTGRES),
    (Dialect::Sqlite, CLAIM_SQLITE),
    (Dialect::Postgres, CLAIM_POSTGRES),
];

/// Writes a job down, in the transaction of its cause; `false`: one with this key is there already.
///
/// # Errors
/// The kind is no single word; the database's.
pub async fn enqueue(tx: &mut Tx, job: &NewJob<'_>) -> Result<bool, DbError> {
    if job.kind.is_empty() || job.kind.contains(char::is_whitespace) {
        return Err(DbError::Refused(format!("the kind of a job is one word, not `{}`", job.kind)));
    }
    let values: [Value; 8] = [
        job.id.into(),
        job.kind.into(),
        job.subject.into(),
        job.payload.into(),
        job.key.into(),
        job.due_at_ms.into(),
        job.most_attempts.into(),
        job.created_at_ms.into(),
    ];
    Ok(tx.execute(ENQUEUE, &values).await? == 1)
}

/// Whether there is a job of these kinds that somebody may take. A read: who is woken asks this first.
///
/// # Errors
/// The database's.
pub async fn is_due(tx: &mut Tx, kinds: &[&str], now_ms: i64) -> Result<bool, DbError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => IS_DUE_SQLITE,
        Dialect::Postgres => IS_DUE_POSTGRES,
    };
    Ok(tx.row(sql, &[now_ms.into(), kinds.join(" ").into()]).await?.is_some())
}

/// Takes jobs that are due, and those whose holder did not come back; the ones due first, first.
///
/// # Errors
/// The database's.
pub async fn claim(tx: &mut Tx, claim: &Claim<'_>) -> Result<Vec<Job>, DbError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => CLAIM_SQLITE,
        Dialect::Postgres => CLAIM_POSTGRES,
    };
    tx.execute(BURY, &[claim.now_ms.into(), NOBODY_CAME_BACK.into()]).await?;
    let values: [Value; 5] = [
        claim.now_ms.into(),
        claim.kinds.join(" ").into(),
        claim.owner.into(),
        (claim.now_ms + claim.lease_ms).into(),
        claim.limit.min(MOST_AT_ONCE).into(),
    ];
    let mut jobs = jobs(tx, sql, &values).await?;
    jobs.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(jobs)
}

/// Holds a job for longer.
///
/// # Errors
/// The database's.
pub async fn renew(tx: &mut Tx, held: Held<'_>, until_ms: i64) -> Result<Said, DbError> {
    said(tx, RENEW, &[held.id.into(), held.fence.into(), until_ms.into()]).await
}

/// It is done. In the transaction of its effect: when this is stale, let the transaction fail.
///
/// # Errors
/// The database's.
pub async fn finish(tx: &mut Tx, held: Held<'_>, now_ms: i64) -> Result<Said, DbError> {
    said(tx, FINISH, &[held.id.into(), held.fence.into(), now_ms.into()]).await
}

/// It failed: again at `next_due_ms` while attempts are left; `None`: trying again is of no use.
///
/// # Errors
/// The database's.
pub async fn fail(
    tx: &mut Tx,
    held: Held<'_>,
    error: &str,
    next_due_ms: Option<i64>,
) -> Result<Failed, DbError> {
    let error: String = error.chars().take(MOST_ERROR).collect();
    let key = [held.id.into(), held.fence.into()];
    let row = match next_due_ms {
        Some(due) => tx.row(FAIL, &[&key[..], &[due.into(), error.into()]].concat()).await?,
        None => tx.row(GIVE_UP, &[&key[..], &[error.into()]].concat()).await?,
    };
    let Some(row) = row else { return Ok(Failed::Stale) };
    Ok(if row.text("state")? == State::Dead.code() { Failed::Dead } else { Failed::Again })
}

/// Lets go of a job that was not begun or not carried through, as if it had not been taken.
///
/// # Errors
/// The database's.
pub async fn release(tx: &mut Tx, held: Held<'_>, now_ms: i64) -> Result<Said, DbError> {
    said(tx, RELEASE, &[held.id.into(), held.fence.into(), now_ms.into()]).await
}

/// Gives a job that was given up all its attempts again; `false`: it is not there, or not given up.
///
/// # Errors
/// The database's.
pub async fn retry_dead(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(RETRY, &[id.into(), now_ms.into()]).await? == 1)
}

/// Deletes jobs that were done before, at most `limit`; how many. Their keys may come again after that.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, done_before_ms: i64, limit: i64) -> Result<u64, DbError> {
    tx.execute(FORGET, &[done_before_ms.into(), limit.min(MOST_AT_ONCE).into()]).await
}

/// # Errors
/// The database's.
pub async fn job(tx: &mut Tx, id: &str) -> Result<Option<Job>, DbError> {
    Ok(jobs(tx, ONE, &[id.into()]).await?.pop())
}

/// The newest first, older than the job `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &mut Tx,
    filter: Filter<'_>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Job>, DbError> {
    let mut values: Vec<Value> =
        vec![filter.kind.into(), before.unwrap_or("").into(), limit.min(MOST_AT_ONCE).into()];
    let Some(state) = filter.state else { return jobs(tx, LIST, &values).await };
    values.push(state.code().into());
    jobs(tx, LIST_IN_STATE, &values).await
}

/// How many jobs of each kind are in each state.
///
/// # Errors
/// The database's.
pub async fn counts(tx: &mut Tx) -> Result<Vec<Count>, DbError> {
    let rows = tx.rows(COUNTS, &[MOST_COUNTS.into()]).await?;
    let count = |row: &Row| {
        Ok(Count {
            kind: row.text("kind")?.to_owned(),
            state: State::of(row.text("state")?)?,
            jobs: row.int("jobs")?,
            first_due_at_ms: row.int("first_due")?,
        })
    };
    rows.iter().map(count).collect()
}

async fn said(tx: &mut Tx, sql: &'static str, values: &[Value]) -> Result<Said, DbError> {
    Ok(if tx.execute(sql, values).await? == 1 { Said::Counts } else { Said::Stale })
}

async fn jobs(tx: &mut Tx, sql: &'static str, values: &[Value]) -> Result<Vec<Job>, DbError> {
    tx.rows(sql, values).await?.iter().map(Job::of).collect()
}

impl Job {
    /// Its fence, for what its holder says of it.
    pub fn held(&self) -> Held<'_> {
        Held { id: &self.id, fence: self.fence }
    }

    fn of(row: &Row) -> Result<Job, DbError> {
        let text = |name| row.text(name).map(str::to_owned);
        let some_text = |name| Ok::<_, DbError>(row.some_text(name)?.map(str::to_owned));
        Ok(Job {
            id: text("id")?,
            kind: text("kind")?,
            subject: text("subject")?,
            payload: text("payload")?,
            key: some_text("key")?,
            due_at_ms: row.int("due_at")?,
            state: State::of(row.text("state")?)?,
            attempts: row.int("attempts")?,
            most_attempts: row.int("most_attempts")?,
            lease_owner: some_text("lease_owner")?,
            fence: row.int("fence")?,
            last_error: some_text("last_error")?,
            created_at_ms: row.int("created_at")?,
            done_at_ms: row.some_int("done_at")?,
        })
    }
}
