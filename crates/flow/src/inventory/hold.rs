//! Holds: units kept for a cart until it is paid, given up or forgotten.
//!
//! Owns: choosing the shelves, all of a cart or nothing of it. A hold commits units on concrete shelves under its own id,
//! so that nobody else can be promised them, and stock that is spread serves: one here and one there are two. A new hold
//! of a cart takes the place of its old one in one transaction; when it fails, the old one stays.
//!
//! A hold ends once. Whoever ends its row releases its units; whoever comes second is told how it ended. A payment that
//! comes after the time is over still finds its units, as long as the hold has not been ended.

use super::allocation::{Taking, Wanted, commit};
use crate::backorders;
use crate::refused::FieldFault;
use crate::{Call, Refused, call::What, id};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;
use store::db::{Db, DbError};
use store::holds::{self, Hold, HoldState};
use store::places::ProductKey;
use store::pools::{self, PoolKey};
use store::promise;
use store::stock::{self, Moved, Movement, Shelf};

/// Lines of one cart.
pub const MOST_LINES: usize = 500;
/// A cart that is kept for longer is an order.
pub const LONGEST_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
/// Tries to be the cart's only hold while others hold the same cart at the same time.
const MOST_TRIES: usize = 8;

/// What is to be kept, and for whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewHold {
    pub cart: String,
    /// Code of the pool.
    pub pool: String,
    pub channel: String,
    pub lines: Vec<HoldLine>,
    pub expires_at_ms: i64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HoldLine {
    pub sku: String,
    pub units: i64,
    /// Code of the location that is to have them: pickup. `None`: any of the pool.
    pub location: Option<String>,
}

/// What is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    pub id: String,
    pub expires_at_ms: i64,
    pub units: Vec<(Shelf, i64)>,
}

/// A SKU of which there are too few.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct ShortSku {
    pub sku: String,
    pub wanted: i64,
    pub left: i64,
}

/// Why nothing is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HoldRefused {
    /// Every SKU that is short, by SKU.
    Short(Vec<ShortSku>),
    Other(Refused),
}

impl From<DbError> for HoldRefused {
    fn from(error: DbError) -> HoldRefused {
        HoldRefused::Other(Refused::Database(error))
    }
}

impl From<Refused> for HoldRefused {
    fn from(refused: Refused) -> HoldRefused {
        HoldRefused::Other(refused)
    }
}

impl From<HoldRefused> for Refused {
    fn from(refused: HoldRefused) -> Refused {
        match refused {
            HoldRefused::Short(short) => {
                let each = short.iter().map(|s| format!("{}: {} left, {} wanted", s.sku, s.left, s.wanted));
                let say = each.collect::<Vec<_>>().join("; ");
                Refused::conflict("short_stock", format!("there are too few ({say}); ask for fewer"))
            }
            HoldRefused::Other(refused) => refused,
        }
    }
}

/// Keeps all lines of a cart, or none, in the place of what was kept for it before.
///
/// # Errors
/// [`HoldRefused`]; then nothing has changed.
pub async fn hold_cart(db: &Db, call: &Call, asked: NewHold) -> Result<Held, HoldRefused> {
    let asked = std::sync::Arc::new((call.clone(), asked));
    db.write(move |tx| {
        let asked = std::sync::Arc::clone(&asked);
        Box::pin(async move { hold(tx, &asked.0, &asked.1).await })
    })
    .await
}

/// [`hold_cart`], in a transaction of the caller.
///
/// # Errors
/// [`HoldRefused`]; then the transaction must not be kept.
pub async fn hold(tx: &mut Tx, call: &Call, asked: &NewHold) -> Result<Held, HoldRefused> {
    is_sound(call, asked)?;
    let (pool, _) = pools::find(tx, &asked.pool).await?.ok_or(Refused::not_found("pool", &asked.pool))?;
    let wanted = wanted(tx, asked).await?;
    take_turns(tx, asked, wanted.keys()).await?;
    let hold = take_the_cart(tx, call, asked, pool).await?;
    let buffer = pools::buffer(tx, pool, &asked.channel).await?;
    let mut short = Vec::new();
    for (product, wanted) in wanted {
        let named = (wanted.sku.clone(), wanted.units());
        let not_routed = promise::not_routed(tx, product).await?;
        if let Err(left) = commit(tx, call, &hold, Taking { product, wanted, buffer, not_routed }).await? {
            short.push(ShortSku { sku: named.0, wanted: named.1, left });
        }
    }
    if !short.is_empty() {
        short.sort_by(|a, b| a.sku.cmp(&b.sku));
        return Err(HoldRefused::Short(short));
    }
    let units = holds::units(tx, &hold.id).await?;
    let what = What { kind: "hold.opened", subject: &hold.id, order_id: None };
    call.tell(tx, what, &serde_json::json!({ "cart": hold.cart, "expires_at": hold.expires_at_ms })).await?;
    Ok(Held { id: hold.id, expires_at_ms: hold.expires_at_ms, units })
}

/// Waits for everybody who is promising what the cart has had or is to have: before any shelf is touched.
async fn take_turns(
    tx: &mut Tx,
    asked: &NewHold,
    wanted: impl Iterator<Item = &ProductKey>,
) -> Result<(), Refused> {
    let mut products: BTreeSet<ProductKey> = wanted.copied().collect();
    if let Some(old) = holds::of_cart(tx, asked.cart.trim()).await? {
        products.extend(holds::units(tx, &old.id).await?.iter().map(|(shelf, _)| shelf.product));
    }
    for product in products {
        promise::take_turn(tx, product).await?;
    }
    Ok(())
}

fn is_sound(call: &Call, asked: &NewHold) -> Result<(), Refused> {
    let mut faults = Vec::new();
    let mut fault = |at: String, say: &str| faults.push(FieldFault { at, say: say.to_owned() });
    if asked.cart.trim().is_empty() {
        fault("/cart".into(), "a hold is for a cart; give its id");
    }
    if asked.lines.is_empty() || asked.lines.len() > MOST_LINES {
        fault("/lines".into(), "a cart has between 1 and 500 lines");
    }
    for (i, line) in asked.lines.iter().enumerate() {
        if !(1..=1_000_000).contains(&line.units) {
            fault(format!("/lines/{i}/units"), "write a number between 1 and 1,000,000");
        }
    }
    if asked.expires_at_ms <= call.at_ms || asked.expires_at_ms - call.at_ms > LONGEST_MS {
        fault("/expires_at".into(), "a hold ends later than now and within 7 days");
    }
    if faults.is_empty() { Ok(()) } else { Err(Refused::Invalid(faults)) }
}

/// Sums the lines of a cart by product: two lines of one SKU are one wish.
async fn wanted(tx: &mut Tx, asked: &NewHold) -> Result<BTreeMap<ProductKey, Wanted>, Refused> {
    let mut all: BTreeMap<ProductKey, Wanted> = BTreeMap::new();
    for (i, line) in asked.lines.iter().enumerate() {
        let unknown = |field: &str, name: &str| {
            Refused::invalid(&format!("/lines/{i}/{field}"), format!("there is no {name}; look for its code"))
        };
        let sku = line.sku.trim();
        let product = store::places::product(tx, sku).await?.ok_or_else(|| unknown("sku", sku))?;
        let entry = all.entry(product).or_insert_with(|| Wanted {
            sku: sku.to_owned(),
            fixed: BTreeMap::new(),
            anywhere: 0,
        });
        let Some(code) = &line.location else {
            entry.anywhere += line.units;
            continue;
        };
        let location = store::places::location(tx, code).await?.ok_or_else(|| unknown("location", code))?;
        *entry.fixed.entry(location).or_default() += line.units;
    }
    Ok(all)
}

/// Ends what the cart had, gives its units back, and opens the new hold. Of two at the same time one waits for the
/// other, and then takes its place.
async fn take_the_cart(tx: &mut Tx, call: &Call, asked: &NewHold, pool: PoolKey) -> Result<Hold, Refused> {
    let hold = Hold {
        id: id::new("hld", call.at_ms),
        cart: asked.cart.trim().to_owned(),
        pool,
        channel: asked.channel.clone(),
        state: HoldState::Open,
        at_ms: call.at_ms,
        expires_at_ms: asked.expires_at_ms,
    };
    for _ in 0..MOST_TRIES {
        if let Some(old) = holds::of_cart(tx, &hold.cart).await? {
            end(
                tx,
                call,
                &old.id,
                Ending { state: HoldState::Released { at_ms: call.at_ms }, why: "replaced" },
            )
            .await?;
        }
        if holds::open(tx, &hold).await? {
            return Ok(hold);
        }
    }
    Err(Refused::Database(DbError::Conflict))
}

struct Ending {
    state: HoldState,
    why: &'static str,
}

/// Ends a hold and gives its units back, unless it has ended before.
async fn end(tx: &mut Tx, call: &Call, hold_id: &str, ending: Ending) -> Result<bool, DbError> {
    if !holds::end(tx, hold_id, &ending.state).await? {
        return Ok(false);
    }
    let freed = give_back(tx, call, &[hold_id], ending.why).await?;
    let kind = match ending.state {
        HoldState::Confirmed { .. } => "hold.confirmed",
        HoldState::Expired { .. } => "hold.expired",
        _ => "hold.released",
    };
    let order_id = match &ending.state {
        HoldState::Confirmed { order_id, .. } => Some(order_id.as_str()),
        _ => None,
    };
    // What an order takes over is its own.
    if order_id.is_none() {
        wake(tx, call, &freed).await?;
    }
    let what = What { kind, subject: hold_id, order_id };
    call.tell(tx, what, &serde_json::json!({ "why": ending.why })).await?;
    Ok(true)
}

/// Orders that wait for these products hear of it.
pub(super) async fn wake(tx: &mut Tx, call: &Call, freed: &BTreeSet<ProductKey>) -> Result<(), DbError> {
    for product in freed {
        backorders::wake(tx, call, *product).await?;
    }
    Ok(())
}

/// Releases the units of holds that have just been ended, in the order of shelves; of which products.
pub(super) async fn give_back(
    tx: &mut Tx,
    call: &Call,
    hold_ids: &[&str],
    why: &str,
) -> Result<BTreeSet<ProductKey>, DbError> {
    let mut all = Vec::new();
    for &hold_id in hold_ids {
        all.extend(
            holds::units(tx, hold_id).await?.into_iter().map(|(shelf, units)| (shelf, hold_id, units)),
        );
    }
    all.sort_unstable();
    let products = all.iter().map(|(shelf, ..)| shelf.product).collect();
    for (shelf, hold_id, units) in all {
        let entry = super::entry(call, why, hold_id);
        let moved = stock::change(tx, shelf, Movement::Release { units }, &entry).await?;
        if moved != Moved::Done {
            return Err(DbError::Broken(format!("{hold_id} keeps units that are not committed: {moved:?}")));
        }
    }
    Ok(products)
}

/// Gives a cart's units back.
///
/// # Errors
/// There is no such hold; it has ended otherwise; the database's.
pub async fn release_hold(db: &Db, call: &Call, hold_id: &str) -> Result<(), Refused> {
    super::in_one(db, (call.clone(), hold_id.to_owned()), |tx, (call, hold_id)| {
        Box::pin(async move {
            let ending = Ending { state: HoldState::Released { at_ms: call.at_ms }, why: "given up" };
            if end(tx, call, hold_id, ending).await? {
                return Ok(());
            }
            match ended(tx, hold_id).await? {
                // To give up twice is to give up.
                HoldState::Released { .. } | HoldState::Expired { .. } => Ok(()),
                state => Err(has_ended(&state)),
            }
        })
    })
    .await
}

/// An order takes the units of a hold over: the hold is confirmed and its units are released, and in the same
/// transaction the caller decides and commits them again. Nobody can slip in between: on SQLite there is one writer, and
/// on PostgreSQL the rows of the shelves are locked until the transaction ends.
///
/// # Errors
/// There is no such hold; it has ended before; the database's.
pub async fn take_over(
    tx: &mut Tx,
    call: &Call,
    hold_id: &str,
    order_id: &str,
) -> Result<Vec<(Shelf, i64)>, Refused> {
    let state = HoldState::Confirmed { order_id: order_id.to_owned(), at_ms: call.at_ms };
    if end(tx, call, hold_id, Ending { state, why: "taken over by its order" }).await? {
        return Ok(holds::units(tx, hold_id).await?);
    }
    Err(has_ended(&ended(tx, hold_id).await?))
}

/// [`take_over`] of what a cart holds. `None`: it holds nothing, or no longer.
///
/// # Errors
/// The database's.
pub async fn take_over_cart(
    tx: &mut Tx,
    call: &Call,
    cart: &str,
    order_id: &str,
) -> Result<Option<Vec<(Shelf, i64)>>, Refused> {
    let Some(hold) = holds::of_cart(tx, cart.trim()).await? else { return Ok(None) };
    match take_over(tx, call, &hold.id, order_id).await {
        Ok(units) => Ok(Some(units)),
        // It was ended since the look: its units are free for everybody, and for this order.
        Err(Refused::Conflict { code: ENDED, .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

async fn ended(tx: &mut Tx, hold_id: &str) -> Result<HoldState, Refused> {
    let hold = holds::find(tx, hold_id).await?;
    hold.map(|hold| hold.state).ok_or_else(|| Refused::not_found("hold", hold_id))
}

/// Code of the refusal.
const ENDED: &str = "hold_ended";

fn has_ended(state: &HoldState) -> Refused {
    let say = match state {
        HoldState::Confirmed { order_id, .. } => format!("order {order_id} has taken its units over"),
        HoldState::Expired { .. } => "its time was over and its units went back; hold them again".to_owned(),
        _ => "it was given up or replaced; look for the newest hold of the cart".to_owned(),
    };
    Refused::conflict(ENDED, say)
}
