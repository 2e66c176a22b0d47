//! The sealed log: every event's place among all of them, and a seal over it and all before it.
//!
//! Owns: the one chain, and telling where it is broken. Events are sealed after the fact, by whoever holds the head: an
//! event with a smaller number may be committed later than others and then simply comes after them. The order of places
//! is the order in which everybody hears of events. Refuses to know: what an event means.
//!
//! Invariant: places are 1, 2, 3, … without a gap; the seal of each is the SHA-256 of its salt, the seal before it and its
//! own fields, each with its length before it, so that no two events are sealed alike. The seal of an event that was written
//! over stays, and with it the chain; an event of the chain itself vouches for what stands there now, and the salt is gone.

use super::Event;
use super::erased::is_vouched;
use crate::db::{DbError, Row, Tx, Value};
use crate::tables::hex;
use sha2::{Digest, Sha256};

/// Events sealed or looked at with one call.
pub const MOST_AT_ONCE: i64 = 1_000;

/// The end of the chain, or of a part of it: who kept one elsewhere can prove later that nothing before it was changed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Head {
    pub place: i64,
    /// Hexadecimal; empty before the first event.
    pub seal: String,
}

/// The first place at which the chain is broken, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    pub place: i64,
    pub how: Damage,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Damage {
    /// No event has this place: it was deleted, or moved.
    Missing,
    /// Its seal does not fit it and those before it: one of them was changed.
    Changed,
    /// The chain goes on behind its head, or the head names another seal.
    HeadDiffers,
}

/// How far a look at the chain came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Walk {
    /// Sound up to here, and there is more.
    Further(Head),
    /// Sound to its end.
    Sound(Head),
    Broken(Broken),
}

const IS_UNSEALED: &str = "select number from events where place is null order by number limit 1";

/// Changes nothing, and holds the head until the transaction ends, so that nobody else seals meanwhile.
const HOLD_HEAD: &str = "update event_head set place = place where id = 1 returning place, seal";
const HEAD: &str = "select place, seal from event_head where id = 1";
const MOVE_HEAD: &str = "update event_head set place = $1, seal = $2 where id = 1";

const UNSEALED: &str =
    concat!("select ", columns!(), " from events where place is null order by number limit $1");

const SEAL: &str = "update events set place = $2, seal = $3, salt = $4 where number = $1 and place is null and erased_by is null";
/// What was written over before it was sealed has nothing that a salt would hide.
const SEAL_ERASED: &str =
    "update events set place = $2, seal = $3 where number = $1 and place is null and erased_by is not null";

const WALK: &str = concat!(
    "select ",
    columns!(),
    ", seal, salt, erased_by from events where place > $1 order by place limit $2"
);

/// Every statement of this module, for the test that prepares them.
pub const STATEMENTS: [&str; 8] =
    [IS_UNSEALED, HOLD_HEAD, HEAD, MOVE_HEAD, UNSEALED, SEAL, SEAL_ERASED, WALK];

/// Whether there is an event to be sealed. A read: who is woken asks this first.
///
/// # Errors
/// The database's.
pub async fn is_unsealed(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(tx.row(IS_UNSEALED, &[]).await?.is_some())
}

/// Nothing is sealed until this transaction ends: what it writes over is as it was when it was sealed, or not sealed yet.
///
/// # Errors
/// The database's.
pub async fn hold(tx: &mut Tx) -> Result<(), DbError> {
    tx.row(HOLD_HEAD, &[]).await.map(drop)
}

/// The end of the chain.
///
/// # Errors
/// The database's.
pub async fn head(tx: &mut Tx) -> Result<Head, DbError> {
    Head::of(tx.row(HEAD, &[]).await?)
}

/// Seals events that are not yet, at most `limit`; how many.
///
/// # Errors
/// The database's.
pub async fn seal(tx: &mut Tx, limit: i64) -> Result<usize, DbError> {
    let mut head = Head::of(tx.row(HOLD_HEAD, &[]).await?)?;
    // Looked for only once the head is held: what others sealed until then is seen.
    let rows = tx.rows(UNSEALED, &[limit.min(MOST_AT_ONCE).into()]).await?;
    for row in &rows {
        let event = Event::of(row)?;
        let salt = salt()?;
        let salted = head.with(&event, Some(&salt));
        let values: [Value; 4] =
            [event.number.into(), salted.place.into(), salted.seal.as_str().into(), salt.into()];
        if tx.execute(SEAL, &values).await? == 1 {
            head = salted;
            continue;
        }
        head = head.with(&event, None);
        let values: [Value; 3] = [event.number.into(), head.place.into(), head.seal.as_str().into()];
        if tx.execute(SEAL_ERASED, &values).await? != 1 {
            return Err(DbError::Broken(format!("event {} was sealed beside the chain", event.number)));
        }
    }
    if !rows.is_empty() {
        tx.execute(MOVE_HEAD, &[head.place.into(), head.seal.into()]).await?;
    }
    Ok(rows.len())
}

/// Looks at the next part of the chain, at most `limit` events, from where an earlier look came to, or from
/// [`Head::default`].
///
/// # Errors
/// The database's.
pub async fn verify(tx: &mut Tx, from: &Head, limit: i64) -> Result<Walk, DbError> {
    let limit = limit.min(MOST_AT_ONCE);
    let rows = tx.rows(WALK, &[from.place.into(), limit.into()]).await?;
    let mut at = from.clone();
    for row in &rows {
        let event = Event::of(row)?;
        let mut next = at.with(&event, row.some_text("salt")?);
        if event.place != Some(next.place) {
            return Ok(Walk::Broken(Broken { place: next.place, how: Damage::Missing }));
        }
        let seal = row.some_text("seal")?.unwrap_or_default();
        if seal != next.seal {
            if !is_vouched(tx, &event, row.some_text("erased_by")?).await? {
                return Ok(Walk::Broken(Broken { place: next.place, how: Damage::Changed }));
            }
            seal.clone_into(&mut next.seal);
        }
        at = next;
    }
    let head = head(tx).await?;
    let is_end = (rows.len() as i64) < limit;
    Ok(match is_end {
        _ if at.place > head.place => Walk::Broken(Broken { place: at.place, how: Damage::HeadDiffers }),
        false => Walk::Further(at),
        true if at.place < head.place => Walk::Broken(Broken { place: at.place + 1, how: Damage::Missing }),
        true if at.seal != head.seal => Walk::Broken(Broken { place: at.place, how: Damage::HeadDiffers }),
        true => Walk::Sound(at),
    })
}

/// 128 bits from the system, hexadecimal.
fn salt() -> Result<String, DbError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| DbError::Unavailable(error.to_string()))?;
    Ok(hex(&bytes))
}

impl Head {
    fn of(row: Option<Row>) -> Result<Head, DbError> {
        let row = row.ok_or_else(|| DbError::Broken("the log of events has no head".into()))?;
        Ok(Head { place: row.int("place")?, seal: row.text("seal")?.to_owned() })
    }

    /// The chain with one more event. Those that were sealed before there was salt have none.
    fn with(&self, event: &Event, salt: Option<&str>) -> Head {
        let place = self.place + 1;
        let mut hash = Sha256::new();
        // Shorter than a seal, so that no event without salt begins like one with it.
        if let Some(salt) = salt {
            add(&mut hash, salt.as_bytes());
        }
        add(&mut hash, self.seal.as_bytes());
        add(&mut hash, &place.to_be_bytes());
        add_event(&mut hash, event);
        Head { place, seal: hex(&hash.finalize()) }
    }
}

/// A field with its length before it.
fn add(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

/// What an event says.
pub(super) fn add_event(hash: &mut Sha256, event: &Event) {
    for number in [event.number, event.at_ms] {
        add(hash, &number.to_be_bytes());
    }
    for text in [&event.actor, &event.via, &event.kind, &event.subject, &event.facts] {
        add(hash, text.as_bytes());
    }
    // Last, so that none and an empty one differ in how many fields there are.
    if let Some(order_id) = &event.order_id {
        add(hash, order_id.as_bytes());
    }
}
