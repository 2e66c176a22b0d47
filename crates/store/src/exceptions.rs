//! Exceptions: what somebody must resolve, once for each kind and subject.
//!
//! Owns: their rows. Refuses to know: policies; the verbs know.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::LocationKey;

/// An exception as its row has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExceptionRow {
    pub id: String,
    pub kind: String,
    /// `open`, `resolved`.
    pub state: String,
    pub subject: String,
    pub order_id: Option<String>,
    /// What people call the order; read, never written.
    pub order_name: Option<String>,
    pub location: Option<LocationKey>,
    pub owner: String,
    pub due_at_ms: i64,
    pub escalations: i64,
    /// JSON.
    pub facts: String,
    pub resolution: String,
    pub version: i64,
    pub opened_at_ms: i64,
    pub changed_at_ms: i64,
}

const OPEN: &str = "insert into exceptions (id, kind, state, subject, order_id, location_id, owner, due_at, escalations, \
    facts, resolution, version, opened_at, changed_at) values ($1, $2, 'open', $3, $4, $5, $6, $7, 0, $8, '', 1, $9, $9) \
    on conflict (kind, subject) where state = 'open' do nothing";

const GET: &str = "select x.id, x.kind, x.state, x.subject, x.order_id, x.location_id, x.owner, x.due_at, x.escalations, x.facts, \
    x.resolution, x.version, x.opened_at, x.changed_at, o.name as order_name from exceptions x \
    left join orders o on o.id = x.order_id where x.id = $1";

const LIST: &str = "select x.id, x.kind, x.state, x.subject, x.order_id, x.location_id, x.owner, x.due_at, x.escalations, x.facts, \
    x.resolution, x.version, x.opened_at, x.changed_at, o.name as order_name from exceptions x \
    left join orders o on o.id = x.order_id where x.state = $1 and (x.due_at, x.id) > ($2, $3) \
    and ($5 = '' or x.kind = $5) and ($6 = '' or x.owner = $6) and ($7 = 0 or x.location_id = $7) and x.due_at <= $8 \
    order by x.due_at, x.id limit $4";

const OF_ORDER: &str = "select x.id, x.kind, x.state, x.subject, x.order_id, x.location_id, x.owner, x.due_at, x.escalations, x.facts, \
    x.resolution, x.version, x.opened_at, x.changed_at, o.name as order_name from exceptions x \
    left join orders o on o.id = x.order_id where x.order_id = $1 order by x.opened_at, x.id limit $2";

const RESOLVE: &str = "update exceptions set state = 'resolved', resolution = $2, changed_at = $3, \
    version = version + 1 where id = $1 and state = 'open'";

const RESOLVE_ABOUT: &str = "update exceptions set state = 'resolved', resolution = $2, changed_at = $3, \
    version = version + 1 where kind in ($4, $5, $6, $7) and subject = $1 and state = 'open'";

/// Kinds that are resolved with one statement.
const MOST_KINDS: usize = 4;

const OVERDUE: &str = "select x.id, x.kind, x.state, x.subject, x.order_id, x.location_id, x.owner, x.due_at, x.escalations, x.facts, \
    x.resolution, x.version, x.opened_at, x.changed_at, o.name as order_name from exceptions x \
    left join orders o on o.id = x.order_id where x.state = 'open' and x.due_at <= $1 \
    order by x.due_at, x.id limit $2";

const ESCALATE: &str = "update exceptions set owner = $2, due_at = $3, escalations = escalations + 1, changed_at = $4, \
    version = version + 1 where id = $1 and state = 'open' and version = $5";

const GIVE: &str = "update exceptions set owner = $2, due_at = $3, changed_at = $4, version = version + 1 \
    where id = $1 and state = 'open' and version = $5";

const OPEN_COUNTS: &str = "select kind, owner, count(*) as amount, \
    cast(sum(case when due_at <= $1 then 1 else 0 end) as bigint) as overdue, min(due_at) as first \
    from exceptions where state = 'open' and ($2 = 0 or location_id = $2) group by kind, owner order by kind, owner";

const PUT_OFF: &str = "update exceptions set due_at = $2 where id = $1 and state = 'open' and version = $3";

const COUNTS: &str =
    "select kind, count(*) as amount from exceptions where state = 'open' group by kind order by kind";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 12] = [
    OPEN,
    GET,
    LIST,
    OF_ORDER,
    RESOLVE,
    RESOLVE_ABOUT,
    OVERDUE,
    ESCALATE,
    GIVE,
    OPEN_COUNTS,
    PUT_OFF,
    COUNTS,
];

/// `false`: one of this kind is open about the same subject.
///
/// # Errors
/// The database's.
pub async fn open(tx: &mut Tx, row: &ExceptionRow) -> Result<bool, DbError> {
    let values: [Value; 9] = [
        row.id.as_str().into(),
        row.kind.as_str().into(),
        row.subject.as_str().into(),
        row.order_id.as_deref().into(),
        row.location.map(|key| key.0).into(),
        row.owner.as_str().into(),
        row.due_at_ms.into(),
        row.facts.as_str().into(),
        row.opened_at_ms.into(),
    ];
    Ok(tx.execute(OPEN, &values).await? == 1)
}

/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<ExceptionRow>, DbError> {
    tx.row(GET, &[id.into()]).await?.as_ref().map(ExceptionRow::of).transpose()
}

/// Which exceptions are listed; `None`: whatever it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted<'a> {
    /// `open` or `resolved`.
    pub state: &'a str,
    pub kind: Option<&'a str>,
    pub owner: Option<&'a str>,
    pub location: Option<LocationKey>,
    /// Due until then.
    pub due_by_ms: Option<i64>,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Wanted { state: "open", kind: None, owner: None, location: None, due_by_ms: None }
    }
}

/// Those that are wanted, by what is due first, after a deadline and id; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &mut Tx,
    wanted: Wanted<'_>,
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<ExceptionRow>, DbError> {
    let values = [
        wanted.state.into(),
        after.0.into(),
        after.1.into(),
        limit.into(),
        wanted.kind.unwrap_or_default().into(),
        wanted.owner.unwrap_or_default().into(),
        wanted.location.map_or(0, |key| key.0).into(),
        wanted.due_by_ms.unwrap_or(i64::MAX).into(),
    ];
    tx.rows(LIST, &values).await?.iter().map(ExceptionRow::of).collect()
}

/// The first opened first; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn of_order(tx: &mut Tx, order_id: &str, limit: i64) -> Result<Vec<ExceptionRow>, DbError> {
    tx.rows(OF_ORDER, &[order_id.into(), limit.into()]).await?.iter().map(ExceptionRow::of).collect()
}

/// `false`: it is resolved already.
///
/// # Errors
/// The database's.
pub async fn resolve(tx: &mut Tx, id: &str, resolution: &str, at_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(RESOLVE, &[id.into(), resolution.into(), at_ms.into()]).await? == 1)
}

/// Resolves the open ones of some kinds about a subject, where there are any.
///
/// # Errors
/// The database's.
pub async fn resolve_about(
    tx: &mut Tx,
    (kinds, subject): (&[&str], &str),
    resolution: &str,
    at_ms: i64,
) -> Result<(), DbError> {
    for some in kinds.chunks(MOST_KINDS) {
        let mut values: Vec<Value> = vec![subject.into(), resolution.into(), at_ms.into()];
        values.extend((0..MOST_KINDS).map(|i| some.get(i).copied().unwrap_or_default().into()));
        tx.execute(RESOLVE_ABOUT, &values).await?;
    }
    Ok(())
}

/// Open ones whose deadline has passed, the longest first.
///
/// # Errors
/// The database's.
pub async fn overdue(tx: &mut Tx, at_ms: i64, limit: i64) -> Result<Vec<ExceptionRow>, DbError> {
    tx.rows(OVERDUE, &[at_ms.into(), limit.into()]).await?.iter().map(ExceptionRow::of).collect()
}

/// Passes it on to another owner, who has until `due_at_ms`. `false`: somebody changed it in between.
///
/// # Errors
/// The database's.
pub async fn escalate(
    tx: &mut Tx,
    row: &ExceptionRow,
    (owner, due_at_ms): (&str, i64),
    at_ms: i64,
) -> Result<bool, DbError> {
    let values = [row.id.as_str().into(), owner.into(), due_at_ms.into(), at_ms.into(), row.version.into()];
    Ok(tx.execute(ESCALATE, &values).await? == 1)
}

/// Changes its owner and its deadline. `false`: somebody changed it in between.
///
/// # Errors
/// The database's.
pub async fn give(
    tx: &mut Tx,
    row: &ExceptionRow,
    (owner, due_at_ms): (&str, i64),
    at_ms: i64,
) -> Result<bool, DbError> {
    let values = [row.id.as_str().into(), owner.into(), due_at_ms.into(), at_ms.into(), row.version.into()];
    Ok(tx.execute(GIVE, &values).await? == 1)
}

/// Open exceptions of one kind with one owner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenCount {
    pub kind: String,
    pub owner: String,
    pub amount: i64,
    /// Of them: past their deadline.
    pub overdue: i64,
    pub first_due_ms: i64,
}

/// How many are open, by kind and owner; at one place or everywhere.
///
/// # Errors
/// The database's.
pub async fn open_counts(
    tx: &mut Tx,
    location: Option<LocationKey>,
    now_ms: i64,
) -> Result<Vec<OpenCount>, DbError> {
    let read = |row: &Row| {
        Ok(OpenCount {
            kind: row.text("kind")?.to_owned(),
            owner: row.text("owner")?.to_owned(),
            amount: row.int("amount")?,
            overdue: row.int("overdue")?,
            first_due_ms: row.int("first")?,
        })
    };
    let values = [now_ms.into(), location.map_or(0, |key| key.0).into()];
    tx.rows(OPEN_COUNTS, &values).await?.iter().map(read).collect()
}

/// Moves its deadline: its owner, and with him its version, stays.
///
/// # Errors
/// The database's.
pub async fn put_off(tx: &mut Tx, row: &ExceptionRow, due_at_ms: i64) -> Result<(), DbError> {
    tx.execute(PUT_OFF, &[row.id.as_str().into(), due_at_ms.into(), row.version.into()]).await?;
    Ok(())
}

/// How many are open of each kind.
///
/// # Errors
/// The database's.
pub async fn counts(tx: &mut Tx) -> Result<Vec<(String, i64)>, DbError> {
    let rows = tx.rows(COUNTS, &[]).await?;
    rows.iter().map(|row| Ok((row.text("kind")?.to_owned(), row.int("amount")?))).collect()
}

impl ExceptionRow {
    fn of(row: &Row) -> Result<ExceptionRow, DbError> {
        Ok(ExceptionRow {
            id: row.text("id")?.to_owned(),
            kind: row.text("kind")?.to_owned(),
            state: row.text("state")?.to_owned(),
            subject: row.text("subject")?.to_owned(),
            order_id: row.some_text("order_id")?.map(str::to_owned),
            order_name: row.some_text("order_name")?.map(str::to_owned),
            location: row.some_int("location_id")?.map(LocationKey),
            owner: row.text("owner")?.to_owned(),
            due_at_ms: row.int("due_at")?,
            escalations: row.int("escalations")?,
            facts: row.text("facts")?.to_owned(),
            resolution: row.text("resolution")?.to_owned(),
            version: row.int("version")?,
            opened_at_ms: row.int("opened_at")?,
            changed_at_ms: row.int("changed_at")?,
        })
    }
}
