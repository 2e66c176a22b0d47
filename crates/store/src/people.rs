//! People who use the books, and what they may do.
//!
//! Owns: the rows of users and the locations that users and tokens reach. Refuses to know: what a role allows, passwords
//! as people type them, and when somebody is signed in.

use crate::db::{DbError, Row, Tx, Value};
use crate::places::LocationKey;

/// A row of somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    pub id: String,
    pub name: String,
    /// Lower case.
    pub email: String,
    pub role: String,
    /// `all` or `listed`.
    pub reach: String,
    /// In the notation of Argon2. `None`: not chosen yet.
    pub password: Option<String>,
    pub created_at_ms: i64,
    pub disabled_at_ms: Option<i64>,
    pub next_try_at_ms: i64,
    pub version: i64,
}

/// A location that somebody is limited to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reached {
    pub key: LocationKey,
    pub code: String,
}

/// How tries to sign in are slowed: the first few are free, then the wait doubles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slowing {
    pub free_tries: i64,
    pub first_wait_ms: i64,
    pub longest_wait_ms: i64,
}

const ADD: &str = "insert into users (id, name, email, role, reach, password, created_at, tries, wait_ms, \
    next_try_at, version) values ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 1) on conflict (email) do nothing";

const BY_ID: &str = "select id, name, email, role, reach, password, created_at, disabled_at, next_try_at, version \
    from users where id = $1";

const BY_EMAIL: &str = "select id, name, email, role, reach, password, created_at, disabled_at, next_try_at, \
    version from users where email = $1";

const LIST: &str = "select id, name, email, role, reach, password, created_at, disabled_at, next_try_at, version \
    from users where id > $1 order by id limit $2";

const CHANGE: &str = "update users set name = $3, role = $4, reach = $5, disabled_at = $6, version = version + 1 \
    where id = $1 and version = $2";

const CHOOSE_PASSWORD: &str = "update users set password = $2, tries = 0, wait_ms = 0, next_try_at = 0, version = version + 1 where id = $1";

/// One statement decides whether a try is looked at and makes the next one wait: guesses sent at the same time cannot
/// slip through together.
const TRY: &str = "update users set tries = tries + 1, \
    wait_ms = case when tries < $3 then 0 when wait_ms = 0 then $4 when wait_ms * 2 > $5 then $5 else wait_ms * 2 end, \
    next_try_at = $2 + case when tries < $3 then 0 when wait_ms = 0 then $4 when wait_ms * 2 > $5 then $5 \
        else wait_ms * 2 end \
    where id = $1 and next_try_at <= $2";

const FORGIVE: &str = "update users set tries = 0, wait_ms = 0, next_try_at = 0 where id = $1";

const OTHER_OWNERS: &str =
    "select count(*) as owners from users where role = 'owner' and disabled_at is null and id <> $1";

/// Takes the lock under which owners change: on PostgreSQL two of them could else remove each other.
const LOCK_OWNERS: &str = "update setup_links set made_at = made_at where subject = 'owner'";

const REACHED: &str = "select l.id, l.code from actor_locations a join locations l on l.id = a.location_id \
    where a.actor = $1 order by l.code limit $2";

const REACH: &str = "insert into actor_locations (actor, location_id) values ($1, $2) on conflict (actor, location_id) do nothing";

const REACH_NOTHING: &str = "delete from actor_locations where actor = $1";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 13] = [
    ADD,
    BY_ID,
    BY_EMAIL,
    LIST,
    CHANGE,
    CHOOSE_PASSWORD,
    TRY,
    FORGIVE,
    OTHER_OWNERS,
    LOCK_OWNERS,
    REACHED,
    REACH,
    REACH_NOTHING,
];

/// Locations that a user or a token can be limited to: who needs more has them all.
pub const MOST_LOCATIONS: i64 = 250;

/// Adds somebody; `false` where the e-mail is taken.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, user: &User) -> Result<bool, DbError> {
    let values: [Value; 7] = [
        user.id.as_str().into(),
        user.name.as_str().into(),
        user.email.as_str().into(),
        user.role.as_str().into(),
        user.reach.as_str().into(),
        user.password.as_deref().into(),
        user.created_at_ms.into(),
    ];
    Ok(tx.execute(ADD, &values).await? == 1)
}

/// # Errors
/// The database's.
pub async fn by_id(tx: &mut Tx, id: &str) -> Result<Option<User>, DbError> {
    tx.row(BY_ID, &[id.into()]).await?.map(|row| User::of(&row)).transpose()
}

/// # Errors
/// The database's.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<User>, DbError> {
    tx.row(BY_EMAIL, &[email.into()]).await?.map(|row| User::of(&row)).transpose()
}

/// Users after `after`, in the order in which they were added.
///
/// # Errors
/// The database's.
pub async fn list(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<User>, DbError> {
    tx.rows(LIST, &[after.into(), limit.into()]).await?.iter().map(User::of).collect()
}

/// Writes name, role, reach and whether they are disabled, if nobody changed them since `user.version`.
///
/// # Errors
/// The database's.
pub async fn change(tx: &mut Tx, user: &User) -> Result<bool, DbError> {
    let values: [Value; 6] = [
        user.id.as_str().into(),
        user.version.into(),
        user.name.as_str().into(),
        user.role.as_str().into(),
        user.reach.as_str().into(),
        user.disabled_at_ms.into(),
    ];
    Ok(tx.execute(CHANGE, &values).await? == 1)
}

/// # Errors
/// The database's.
pub async fn choose_password(tx: &mut Tx, id: &str, password: &str) -> Result<(), DbError> {
    tx.execute(CHOOSE_PASSWORD, &[id.into(), password.into()]).await.map(drop)
}

/// Whether a try to sign in may be looked at now. It counts as a failure until [`forgive`].
///
/// # Errors
/// The database's.
pub async fn begin_try(tx: &mut Tx, id: &str, at_ms: i64, slowing: Slowing) -> Result<bool, DbError> {
    let values: [Value; 5] = [
        id.into(),
        at_ms.into(),
        slowing.free_tries.into(),
        slowing.first_wait_ms.into(),
        slowing.longest_wait_ms.into(),
    ];
    Ok(tx.execute(TRY, &values).await? == 1)
}

/// The next try does not wait; `false` where there is no such user.
///
/// # Errors
/// The database's.
pub async fn forgive(tx: &mut Tx, id: &str) -> Result<bool, DbError> {
    Ok(tx.execute(FORGIVE, &[id.into()]).await? == 1)
}

/// Whether somebody else is an owner who can sign in. Until the transaction ends nobody else changes owners.
///
/// # Errors
/// The database's.
pub async fn has_other_owner(tx: &mut Tx, id: &str) -> Result<bool, DbError> {
    tx.execute(LOCK_OWNERS, &[]).await?;
    let row = tx.row(OTHER_OWNERS, &[id.into()]).await?;
    row.map_or(Ok(false), |row| Ok(row.int("owners")? > 0))
}

/// The locations that a user or a token is limited to, at most [`MOST_LOCATIONS`].
///
/// # Errors
/// The database's.
pub async fn reached(tx: &mut Tx, actor: &str) -> Result<Vec<Reached>, DbError> {
    let rows = tx.rows(REACHED, &[actor.into(), MOST_LOCATIONS.into()]).await?;
    let reached =
        |row: &Row| Ok(Reached { key: LocationKey(row.int("id")?), code: row.text("code")?.to_owned() });
    rows.iter().map(reached).collect()
}

/// Limits a user or a token to these locations and no others.
///
/// # Errors
/// There is no such location; the database's.
pub async fn limit_reach(tx: &mut Tx, actor: &str, locations: &[LocationKey]) -> Result<(), DbError> {
    tx.execute(REACH_NOTHING, &[actor.into()]).await?;
    for location in locations {
        tx.execute(REACH, &[actor.into(), location.0.into()]).await?;
    }
    Ok(())
}

impl User {
    fn of(row: &Row) -> Result<User, DbError> {
        Ok(User {
            id: row.text("id")?.to_owned(),
            name: row.text("name")?.to_owned(),
            email: row.text("email")?.to_owned(),
            role: row.text("role")?.to_owned(),
            reach: row.text("reach")?.to_owned(),
            password: row.some_text("password")?.map(str::to_owned),
            created_at_ms: row.int("created_at")?,
            disabled_at_ms: row.some_int("disabled_at")?,
            next_try_at_ms: row.int("next_try_at")?,
            version: row.int("version")?,
        })
    }
}
