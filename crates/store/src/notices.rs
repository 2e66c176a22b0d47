//! What users are told of: their choices, and the events that reached them.
//!
//! Owns: those rows, and how far telling has come. Refuses to know: who wants to hear of what; `flow::notices` does.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::LocationKey;

/// An event that somebody may want to hear of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard {
    pub place: i64,
    pub at_ms: i64,
    pub kind: String,
    pub actor: String,
    /// Where it happened; `None`: at no one place.
    pub location: Option<LocationKey>,
}

/// A notice to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewNotice {
    pub user_id: String,
    pub place: i64,
    pub topic: &'static str,
    pub at_ms: i64,
    pub due_at_ms: i64,
}

/// A notice, with its event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    pub place: i64,
    pub topic: String,
    pub at_ms: i64,
    pub read_at_ms: Option<i64>,
    pub kind: String,
    pub actor: String,
    pub subject: String,
    pub order_id: Option<String>,
    /// What people call that order.
    pub order_name: Option<String>,
    /// Code.
    pub location: Option<String>,
    /// JSON.
    pub facts: String,
}

const SETTINGS: &str = "select settings from notice_settings where user_id = $1";
const SET: &str = "insert into notice_settings (user_id, settings, changed_at) values ($1, $2, $3) \
    on conflict (user_id) do update set settings = excluded.settings, changed_at = excluded.changed_at";

const PROGRESS: &str = "select place from notice_progress where id = 1";
const MOVE_ON: &str = "update notice_progress set place = $2 where id = 1 and place = $1";
const NEXT: &str = "select place from events where place > $1 order by place limit $2";
const NEWEST: &str = "select place from events where place is not null order by place desc limit 1";

const HEARD: &str = "select e.place as place, e.at as at, e.kind as kind, e.actor as actor, \
    coalesce(f.location_id, x.location_id) as location_id from events e \
    left join fulfillments f on f.id = e.subject left join exceptions x on x.id = e.subject \
    where e.place > $1 and e.place <= $2 order by e.place";

const ADD: &str = "insert into notices (user_id, place, topic, at, due_at) values ($1, $2, $3, $4, $5) \
    on conflict (user_id, place) do nothing";

const LIST: &str = "select n.place as place, n.topic as topic, n.at as at, n.read_at as read_at, e.kind as kind, \
    e.actor as actor, e.subject as subject, e.order_id as order_id, o.name as order_name, e.facts as facts, l.code as code \
    from notices n join events e on e.place = n.place left join fulfillments f on f.id = e.subject \
    left join exceptions x on x.id = e.subject left join locations l on l.id = coalesce(f.location_id, x.location_id) \
    left join orders o on o.id = e.order_id where n.user_id = $1 and n.due_at <= $2 and n.place < $3 and ($4 = 0 or n.read_at is null) \
    order by n.place desc limit $5";

const UNREAD: &str =
    "select count(*) as unread from notices where user_id = $1 and read_at is null and due_at <= $2";

const READ: &str = "update notices set read_at = $4 where user_id = $1 and place >= $2 and place <= $3 \
    and read_at is null and due_at <= $4";

const FORGET: &str = "delete from notices where at < $1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 12] =
    [SETTINGS, SET, PROGRESS, MOVE_ON, NEXT, NEWEST, HEARD, ADD, LIST, UNREAD, READ, FORGET];

/// What a user chose, as JSON; `None`: nothing.
///
/// # Errors
/// The database's.
pub async fn settings(tx: &mut Tx, user_id: &str) -> Result<Option<String>, DbError> {
    tx.row(SETTINGS, &[user_id.into()]).await?.map(|row| row.text("settings").map(str::to_owned)).transpose()
}

/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, user_id: &str, settings: &str, at_ms: i64) -> Result<(), DbError> {
    tx.execute(SET, &[user_id.into(), settings.into(), at_ms.into()]).await.map(drop)
}

/// The place of the last event that was told; 0: none ever was.
///
/// # Errors
/// The database's.
pub async fn progress(tx: &mut Tx) -> Result<i64, DbError> {
    tx.row(PROGRESS, &[]).await?.map_or(Ok(0), |row| row.int("place"))
}

/// `false`: somebody else has moved on.
///
/// # Errors
/// The database's.
pub async fn move_on(tx: &mut Tx, from: i64, to: i64) -> Result<bool, DbError> {
    Ok(tx.execute(MOVE_ON, &[from.into(), to.into()]).await? == 1)
}

/// The place of the last of the next `limit` events; `None`: there are none.
///
/// # Errors
/// The database's.
pub async fn next(tx: &mut Tx, after: i64, limit: i64) -> Result<Option<i64>, DbError> {
    let rows = tx.rows(NEXT, &[after.into(), limit.into()]).await?;
    rows.last().map(|row| row.int("place")).transpose()
}

/// The place of the last event of all; 0: there is none.
///
/// # Errors
/// The database's.
pub async fn newest(tx: &mut Tx) -> Result<i64, DbError> {
    tx.row(NEWEST, &[]).await?.map_or(Ok(0), |row| row.int("place"))
}

/// The events of a stretch, and where they happened.
///
/// # Errors
/// The database's.
pub async fn heard(tx: &mut Tx, (after, to): (i64, i64)) -> Result<Vec<Heard>, DbError> {
    let read = |row: &Row| {
        Ok(Heard {
            place: row.int("place")?,
            at_ms: row.int("at")?,
            kind: row.text("kind")?.to_owned(),
            actor: row.text("actor")?.to_owned(),
            location: row.some_int("location_id")?.map(LocationKey),
        })
    };
    tx.rows(HEARD, &[after.into(), to.into()]).await?.iter().map(read).collect()
}

/// A notice is written once.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, notice: &NewNotice) -> Result<(), DbError> {
    let values: [Value; 5] = [
        notice.user_id.as_str().into(),
        notice.place.into(),
        notice.topic.into(),
        notice.at_ms.into(),
        notice.due_at_ms.into(),
    ];
    tx.execute(ADD, &values).await.map(drop)
}

/// Which notices are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    All,
    Unread,
}

/// The notices of a user that are due, the newest first: those before a place, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &mut Tx,
    (user_id, now_ms): (&str, i64),
    (which, before): (Which, i64),
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    let unread = i64::from(which == Which::Unread);
    let values = [user_id.into(), now_ms.into(), before.into(), unread.into(), limit.into()];
    let read = |row: &Row| {
        Ok(Notice {
            place: row.int("place")?,
            topic: row.text("topic")?.to_owned(),
            at_ms: row.int("at")?,
            read_at_ms: row.some_int("read_at")?,
            kind: row.text("kind")?.to_owned(),
            actor: row.text("actor")?.to_owned(),
            subject: row.text("subject")?.to_owned(),
            order_id: row.some_text("order_id")?.map(str::to_owned),
            order_name: row.some_text("order_name")?.map(str::to_owned),
            location: row.some_text("code")?.map(str::to_owned),
            facts: row.text("facts")?.to_owned(),
        })
    };
    tx.rows(LIST, &values).await?.iter().map(read).collect()
}

/// How many notices of a user are due and not read.
///
/// # Errors
/// The database's.
pub async fn unread(tx: &mut Tx, user_id: &str, now_ms: i64) -> Result<i64, DbError> {
    tx.row(UNREAD, &[user_id.into(), now_ms.into()]).await?.map_or(Ok(0), |row| row.int("unread"))
}

/// The notices of a user from the first place to the second, both included, that are due are read; how many were not yet.
///
/// # Errors
/// The database's.
pub async fn read(tx: &mut Tx, user_id: &str, (from, to): (i64, i64), at_ms: i64) -> Result<u64, DbError> {
    tx.execute(READ, &[user_id.into(), from.into(), to.into(), at_ms.into()]).await
}

/// Forgets what is older.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before_ms: i64) -> Result<u64, DbError> {
    tx.execute(FORGET, &[before_ms.into()]).await
}
