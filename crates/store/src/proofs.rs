//! What people and programs prove themselves with: sessions, tokens and links that work once.
//!
//! Owns: their rows. Refuses to know: the secrets themselves; only their hashes come here.

use crate::db::{DbError, Row, Tx, Value};
use crate::people::Reached;
use crate::places::LocationKey;

/// A browser or a phone in which somebody is signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    pub id: String,
    pub user_id: String,
    /// Where a phone stays that it belongs to.
    pub location: Option<Reached>,
    pub made_at_ms: i64,
    pub seen_at_ms: i64,
    /// When the password was said last.
    pub proven_at_ms: i64,
    pub expires_at_ms: i64,
}

/// The right of a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    pub id: String,
    pub name: String,
    pub role: String,
    /// `all` or `listed`.
    pub reach: String,
    /// Codes of scopes, sorted, with a space between.
    pub scopes: String,
    pub made_by: String,
    pub made_at_ms: i64,
    pub expires_at_ms: Option<i64>,
    pub revoked_at_ms: Option<i64>,
    pub used_at_ms: Option<i64>,
}

/// Whom the first link of all lets in.
pub const OWNER: &str = "owner";

const ADD_SESSION: &str = "insert into sessions (id, hash, user_id, location_id, made_at, seen_at, proven_at, \
    expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
const SESSION: &str = "select s.id, s.user_id, s.location_id, l.code, s.made_at, s.seen_at, s.proven_at, s.expires_at \
    from sessions s left join locations l on l.id = s.location_id where s.hash = $1";
const SESSIONS_OF: &str = "select s.id, s.user_id, s.location_id, l.code, s.made_at, s.seen_at, s.proven_at, s.expires_at \
    from sessions s left join locations l on l.id = s.location_id \
    where s.user_id = $1 and s.id > $2 order by s.id limit $3";
const SEE_SESSION: &str = "update sessions set seen_at = $2 where id = $1 and seen_at < $2";
const PROVE_SESSION: &str = "update sessions set proven_at = $3 where id = $1 and user_id = $2";
const END_SESSION: &str = "delete from sessions where id = $1 and user_id = $2";
const END_SESSIONS: &str = "delete from sessions where user_id = $1";
const END_OLD: &str = "delete from sessions where expires_at <= $1 or seen_at <= $2";

const ADD_TOKEN: &str = "insert into tokens (id, name, hash, role, reach, scopes, made_by, made_at, expires_at) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const TOKEN_BY_HASH: &str = "select id, name, role, reach, scopes, made_by, made_at, expires_at, revoked_at, used_at \
    from tokens where hash = $1 \
    and not exists (select 1 from users u where u.id = tokens.made_by and u.disabled_at is not null)";
const TOKEN_BY_ID: &str = "select id, name, role, reach, scopes, made_by, made_at, expires_at, revoked_at, used_at \
    from tokens where id = $1";
const TOKENS: &str = "select id, name, role, reach, scopes, made_by, made_at, expires_at, revoked_at, used_at \
    from tokens where id > $1 order by id limit $2";
const USE_TOKEN: &str = "update tokens set used_at = $2 where id = $1 and (used_at is null or used_at < $2)";
const REVOKE_TOKEN: &str = "update tokens set revoked_at = $2 where id = $1 and revoked_at is null";

const MAKE_LINK: &str = "insert into setup_links (subject, hash, made_at, expires_at) values ($1, $2, $3, $4) \
    on conflict (subject) do update set hash = excluded.hash, made_at = excluded.made_at, \
    expires_at = excluded.expires_at, used_at = null \
    where setup_links.used_at is null or setup_links.subject <> 'owner'";
const LINK: &str = "select subject from setup_links where hash = $1 and used_at is null and expires_at > $2";
const USE_LINK: &str = "update setup_links set used_at = $2 where hash = $1 and used_at is null and expires_at > $2 \
    returning subject";

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 17] = [
    ADD_SESSION,
    SESSION,
    SESSIONS_OF,
    SEE_SESSION,
    PROVE_SESSION,
    END_SESSION,
    END_SESSIONS,
    END_OLD,
    ADD_TOKEN,
    TOKEN_BY_HASH,
    TOKEN_BY_ID,
    TOKENS,
    USE_TOKEN,
    REVOKE_TOKEN,
    MAKE_LINK,
    LINK,
    USE_LINK,
];

/// # Errors
/// The database's.
pub async fn add_session(tx: &mut Tx, session: &Session, hash: &str) -> Result<(), DbError> {
    let values: [Value; 8] = [
        session.id.as_str().into(),
        hash.into(),
        session.user_id.as_str().into(),
        session.location.as_ref().map(|location| location.key.0).into(),
        session.made_at_ms.into(),
        session.seen_at_ms.into(),
        session.proven_at_ms.into(),
        session.expires_at_ms.into(),
    ];
    tx.execute(ADD_SESSION, &values).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn session(tx: &mut Tx, hash: &str) -> Result<Option<Session>, DbError> {
    tx.row(SESSION, &[hash.into()]).await?.map(|row| Session::of(&row)).transpose()
}

/// # Errors
/// The database's.
pub async fn sessions_of(
    tx: &mut Tx,
    user_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Session>, DbError> {
    let rows = tx.rows(SESSIONS_OF, &[user_id.into(), after.into(), limit.into()]).await?;
    rows.iter().map(Session::of).collect()
}

/// # Errors
/// The database's.
pub async fn see_session(tx: &mut Tx, id: &str, at_ms: i64) -> Result<(), DbError> {
    tx.execute(SEE_SESSION, &[id.into(), at_ms.into()]).await.map(drop)
}

/// The password was said again; `false`: the user has no such session.
///
/// # Errors
/// The database's.
pub async fn prove_session(tx: &mut Tx, id: &str, user_id: &str, at_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(PROVE_SESSION, &[id.into(), user_id.into(), at_ms.into()]).await? == 1)
}

/// Ends a session of a user; `false` where there is none.
///
/// # Errors
/// The database's.
pub async fn end_session(tx: &mut Tx, id: &str, user_id: &str) -> Result<bool, DbError> {
    Ok(tx.execute(END_SESSION, &[id.into(), user_id.into()]).await? == 1)
}

/// Signs a user out everywhere; of how many sessions.
///
/// # Errors
/// The database's.
pub async fn end_sessions(tx: &mut Tx, user_id: &str) -> Result<u64, DbError> {
    tx.execute(END_SESSIONS, &[user_id.into()]).await
}

/// Forgets sessions that ended before `at_ms` or were not seen since `seen_before_ms`.
///
/// # Errors
/// The database's.
pub async fn end_old_sessions(tx: &mut Tx, at_ms: i64, seen_before_ms: i64) -> Result<u64, DbError> {
    tx.execute(END_OLD, &[at_ms.into(), seen_before_ms.into()]).await
}

/// # Errors
/// The database's.
pub async fn add_token(tx: &mut Tx, token: &Token, hash: &str) -> Result<(), DbError> {
    let values: [Value; 9] = [
        token.id.as_str().into(),
        token.name.as_str().into(),
        hash.into(),
        token.role.as_str().into(),
        token.reach.as_str().into(),
        token.scopes.as_str().into(),
        token.made_by.as_str().into(),
        token.made_at_ms.into(),
        token.expires_at_ms.into(),
    ];
    tx.execute(ADD_TOKEN, &values).await.map(drop)
}

/// # Errors
/// The database's.
pub async fn token_by_hash(tx: &mut Tx, hash: &str) -> Result<Option<Token>, DbError> {
    tx.row(TOKEN_BY_HASH, &[hash.into()]).await?.map(|row| Token::of(&row)).transpose()
}

/// # Errors
/// The database's.
pub async fn token_by_id(tx: &mut Tx, id: &str) -> Result<Option<Token>, DbError> {
    tx.row(TOKEN_BY_ID, &[id.into()]).await?.map(|row| Token::of(&row)).transpose()
}

/// # Errors
/// The database's.
pub async fn tokens(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<Token>, DbError> {
    tx.rows(TOKENS, &[after.into(), limit.into()]).await?.iter().map(Token::of).collect()
}

/// # Errors
/// The database's.
pub async fn use_token(tx: &mut Tx, id: &str, at_ms: i64) -> Result<(), DbError> {
    tx.execute(USE_TOKEN, &[id.into(), at_ms.into()]).await.map(drop)
}

/// `false` where it was revoked before, or there is none.
///
/// # Errors
/// The database's.
pub async fn revoke_token(tx: &mut Tx, id: &str, at_ms: i64) -> Result<bool, DbError> {
    Ok(tx.execute(REVOKE_TOKEN, &[id.into(), at_ms.into()]).await? == 1)
}

/// Makes the link of a subject in place of the one before; `false` where the books have their owner already.
///
/// # Errors
/// The database's.
pub async fn make_link(
    tx: &mut Tx,
    subject: &str,
    hash: &str,
    until_ms: (i64, i64),
) -> Result<bool, DbError> {
    let (made_at_ms, expires_at_ms) = until_ms;
    let values: [Value; 4] = [subject.into(), hash.into(), made_at_ms.into(), expires_at_ms.into()];
    Ok(tx.execute(MAKE_LINK, &values).await? == 1)
}

/// Whom a link would let in now.
///
/// # Errors
/// The database's.
pub async fn link(tx: &mut Tx, hash: &str, at_ms: i64) -> Result<Option<String>, DbError> {
    let row = tx.row(LINK, &[hash.into(), at_ms.into()]).await?;
    row.map(|row| Ok(row.text("subject")?.to_owned())).transpose()
}

/// Uses a link up and says whom it lets in. Of many at the same time one gets it.
///
/// # Errors
/// The database's.
pub async fn use_link(tx: &mut Tx, hash: &str, at_ms: i64) -> Result<Option<String>, DbError> {
    let row = tx.row(USE_LINK, &[hash.into(), at_ms.into()]).await?;
    row.map(|row| Ok(row.text("subject")?.to_owned())).transpose()
}

impl Session {
    fn of(row: &Row) -> Result<Session, DbError> {
        let code = row.some_text("code")?;
        let location = row.some_int("location_id")?.zip(code);
        Ok(Session {
            id: row.text("id")?.to_owned(),
            user_id: row.text("user_id")?.to_owned(),
            location: location.map(|(key, code)| Reached { key: LocationKey(key), code: code.to_owned() }),
            made_at_ms: row.int("made_at")?,
            seen_at_ms: row.int("seen_at")?,
            proven_at_ms: row.int("proven_at")?,
            expires_at_ms: row.int("expires_at")?,
        })
    }
}

impl Token {
    fn of(row: &Row) -> Result<Token, DbError> {
        Ok(Token {
            id: row.text("id")?.to_owned(),
            name: row.text("name")?.to_owned(),
            role: row.text("role")?.to_owned(),
            reach: row.text("reach")?.to_owned(),
            scopes: row.text("scopes")?.to_owned(),
            made_by: row.text("made_by")?.to_owned(),
            made_at_ms: row.int("made_at")?,
            expires_at_ms: row.some_int("expires_at")?,
            revoked_at_ms: row.some_int("revoked_at")?,
            used_at_ms: row.some_int("used_at")?,
        })
    }
}
