//! The one door through which stock changes.
//!
//! Owns: what stands on every shelf, and the ledger of every change. Each change is one conditional statement that
//! says itself what must hold, and one entry in the ledger; the checks of the schema lie beneath.
//! Refuses to know: why units are wanted. Invariant: a state equals the sum of its entries.

mod missing;

pub use missing::{Commitment, Corrected, MOST_COMMITMENTS, Missing, commitments, missing, set_to, take_out};

use crate::db::{DbError, Row, Tx, Value};
use crate::places::{LocationKey, ProductKey};

/// A product at a location.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Shelf {
    pub product: ProductKey,
    pub location: LocationKey,
}

impl Shelf {
    pub(crate) fn values(self) -> [Value; 2] {
        [self.product.0.into(), self.location.0.into()]
    }
}

/// Units by state; in a change, how each of them changes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Units {
    pub on_hand: i64,
    pub committed: i64,
    pub safety_stock: i64,
    pub damaged: i64,
    pub quality_control: i64,
    pub showroom: i64,
    pub incoming: i64,
}

impl Units {
    /// Units that must be there: promised, damaged or in quality control.
    pub fn bound(&self) -> i64 {
        self.committed + self.damaged + self.quality_control
    }

    /// What may be promised. Below zero where safety stock is not covered.
    pub fn available(&self) -> i64 {
        self.on_hand
            - self.committed
            - self.safety_stock
            - self.damaged
            - self.quality_control
            - self.showroom
    }

    /// What must change of each state so that it is as in `wanted`.
    pub fn to(&self, wanted: &Units) -> Units {
        Units {
            on_hand: wanted.on_hand - self.on_hand,
            committed: wanted.committed - self.committed,
            safety_stock: wanted.safety_stock - self.safety_stock,
            damaged: wanted.damaged - self.damaged,
            quality_control: wanted.quality_control - self.quality_control,
            showroom: wanted.showroom - self.showroom,
            incoming: wanted.incoming - self.incoming,
        }
    }

    pub(crate) fn of(row: &Row) -> Result<Units, DbError> {
        Ok(Units {
            on_hand: row.int("on_hand")?,
            committed: row.int("committed")?,
            safety_stock: row.int("safety_stock")?,
            damaged: row.int("damaged")?,
            quality_control: row.int("quality_control")?,
            showroom: row.int("showroom")?,
            incoming: row.int("incoming")?,
        })
    }

    /// In the order of the columns.
    fn states(&self) -> [i64; 7] {
        [
            self.on_hand,
            self.committed,
            self.safety_stock,
            self.damaged,
            self.quality_control,
            self.showroom,
            self.incoming,
        ]
    }

    fn values(&self) -> [Value; 7] {
        self.states().map(Value::from)
    }
}

/// What moves units, as the ledger has it. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Movement {
    /// Promised to an order.
    Commit { units: i64 },
    /// A promise is taken back.
    Release { units: i64 },
    /// Leaves with its promise.
    Ship { units: i64 },
    /// Comes in; so many of it were expected.
    Receive { units: i64, expected: i64 },
    /// Is announced, or no longer.
    Expect { units: i64 },
    /// Comes back from a customer, for sale.
    Return { units: i64 },
    /// Comes back, not for sale.
    ReturnDamaged { units: i64 },
    /// Sold over the counter.
    Sell { units: i64 },
    /// Found to be damaged; it stays on the shelf and is not for sale.
    Damage { units: i64 },
    /// More or fewer than the books say.
    Adjust { units: i64 },
    /// Another safety stock, by so much.
    KeepSafe { units: i64 },
    /// All of the shelf is stated anew: each state by so much more or fewer.
    Restate { by: Units },
    /// Damaged units are for sale again.
    Repair { units: i64 },
    /// Damaged units leave for good.
    Discard { units: i64 },
    /// Into quality control; below zero: out of it.
    QualityControl { units: i64 },
    /// Onto display; below zero: back to the shelf.
    Showroom { units: i64 },
    /// Leaves for another location.
    TransferOut { units: i64 },
    /// Happened before a count that is in the books already: written down, and nothing moves.
    Known { units: i64 },
}

impl Movement {
    pub fn code(&self) -> &'static str {
        match self {
            Movement::Commit { .. } => "commit",
            Movement::Release { .. } => "release",
            Movement::Ship { .. } => "ship",
            Movement::Receive { .. } => "receive",
            Movement::Expect { .. } => "expect",
            Movement::Return { .. } => "return",
            Movement::ReturnDamaged { .. } => "return_damaged",
            Movement::Sell { .. } => "sell",
            Movement::Damage { .. } => "damage",
            Movement::Adjust { .. } => "adjust",
            Movement::KeepSafe { .. } => "keep_safe",
            Movement::Restate { .. } => "restate",
            Movement::Repair { .. } => "repair",
            Movement::Discard { .. } => "discard",
            Movement::QualityControl { .. } => "quality_control",
            Movement::Showroom { .. } => "showroom",
            Movement::TransferOut { .. } => "transfer_out",
            Movement::Known { .. } => "known",
        }
    }

    /// What it does to each state.
    pub fn change(&self) -> Units {
        let none = Units::default();
        match *self {
            Movement::Commit { units } => Units { committed: units, ..none },
            Movement::Release { units } => Units { committed: -units, ..none },
            Movement::Ship { units } => Units { on_hand: -units, committed: -units, ..none },
            Movement::Receive { units, expected } => Units { on_hand: units, incoming: -expected, ..none },
            Movement::Expect { units } => Units { incoming: units, ..none },
            Movement::Return { units } | Movement::Adjust { units } => Units { on_hand: units, ..none },
            Movement::ReturnDamaged { units } => Units { on_hand: units, damaged: units, ..none },
            Movement::Sell { units } | Movement::TransferOut { units } => Units { on_hand: -units, ..none },
            Movement::Damage { units } => Units { damaged: units, ..none },
            Movement::KeepSafe { units } => Units { safety_stock: units, ..none },
            Movement::Restate { by } => by,
            Movement::Repair { units } => Units { damaged: -units, ..none },
            Movement::Discard { units } => Units { on_hand: -units, damaged: -units, ..none },
            Movement::QualityControl { units } => Units { quality_control: units, ..none },
            Movement::Showroom { units } => Units { showroom: units, ..none },
            Movement::Known { .. } => none,
        }
    }

    /// Whether its units are of the sign and size that it may have: nothing that moves none, or the wrong way.
    fn is_possible(&self) -> bool {
        match *self {
            Movement::Expect { units }
            | Movement::Adjust { units }
            | Movement::KeepSafe { units }
            | Movement::QualityControl { units }
            | Movement::Showroom { units } => units != 0 && (-MOST..=MOST).contains(&units),
            Movement::Restate { by } => {
                by != Units::default() && by.states().iter().all(|units| (-MOST..=MOST).contains(units))
            }
            Movement::Receive { units, expected } => {
                (1..=MOST).contains(&units) && (0..=MOST).contains(&expected)
            }
            Movement::Commit { units }
            | Movement::Release { units }
            | Movement::Ship { units }
            | Movement::Return { units }
            | Movement::ReturnDamaged { units }
            | Movement::Sell { units }
            | Movement::Damage { units }
            | Movement::Repair { units }
            | Movement::Discard { units }
            | Movement::TransferOut { units }
            | Movement::Known { units } => (1..=MOST).contains(&units),
        }
    }

    fn must_be_possible(&self) -> Result<(), DbError> {
        match self.is_possible() {
            true => Ok(()),
            false => Err(DbError::Refused(format!("no movement has such units: {self:?}"))),
        }
    }

    /// What must be available before: a promise is never made of what another one needs.
    fn must_be_available(&self) -> Option<i64> {
        match *self {
            Movement::Commit { units } | Movement::TransferOut { units } => Some(units),
            Movement::Showroom { units } => Some(units).filter(|&units| units > 0),
            _ => None,
        }
    }

    /// Whether it can set units free of which some may be known to be gone.
    fn may_free(&self) -> bool {
        !matches!(
            self,
            Movement::Commit { .. }
                | Movement::Expect { .. }
                | Movement::KeepSafe { .. }
                | Movement::Showroom { .. }
                | Movement::Known { .. }
        )
    }
}

/// Who changes it, why, by which document; and where it comes from: a source is applied once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub at_ms: i64,
    pub actor: String,
    pub reason: String,
    pub document: String,
    pub source: Option<String>,
}

/// How a change ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moved {
    /// It is done.
    Done,
    /// Its source was applied before; nothing changed.
    Before,
    /// There are too few: nothing changed. What there is, where there is a shelf.
    Short { there: Option<Units> },
}

const OPEN: &str = "insert into stock (product_id, location_id, on_hand, committed, safety_stock, damaged, \
    quality_control, showroom, incoming, version) values ($1, $2, 0, 0, 0, 0, 0, 0, 0, 0) \
    on conflict (product_id, location_id) do nothing";

const CHANGE: &str = "update stock set on_hand = on_hand + $3, committed = committed + $4, \
    safety_stock = safety_stock + $5, damaged = damaged + $6, quality_control = quality_control + $7, \
    showroom = showroom + $8, incoming = incoming + $9, version = version + 1 \
    where product_id = $1 and location_id = $2 \
    and on_hand - committed - safety_stock - damaged - quality_control - showroom >= $10 \
    and on_hand + $3 >= 0 and committed + $4 >= 0 and safety_stock + $5 >= 0 and damaged + $6 >= 0 \
    and quality_control + $7 >= 0 and showroom + $8 >= 0 and incoming + $9 >= 0 \
    and committed + $4 + damaged + $6 + quality_control + $7 <= on_hand + $3";

macro_rules! record {
    ($more:literal) => {
        concat!(
            "insert into ledger (at, product_id, location_id, movement, on_hand, committed, safety_stock, damaged, \
             quality_control, showroom, incoming, actor, reason, document, source) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            $more
        )
    };
}

const RECORD: &str = record!("");

/// Nothing, where the source is in the ledger already.
const RECORD_ONCE: &str = record!(" on conflict (source) do nothing returning number");

/// Of an entry of the same transaction, which nobody has seen.
const TAKE_BACK: &str = "delete from ledger where number = $1";

const UNITS: &str = "select on_hand, committed, safety_stock, damaged, quality_control, showroom, incoming \
    from stock where product_id = $1 and location_id = $2";

/// Changes nothing, and makes every other writer of the shelf wait for the end of this transaction.
const LOCK: &str = "update stock set version = version where product_id = $1 and location_id = $2";

/// Every statement of this module, for the test that prepares them.
pub fn statements() -> impl Iterator<Item = &'static str> {
    [OPEN, CHANGE, RECORD, RECORD_ONCE, TAKE_BACK, UNITS, LOCK].into_iter().chain(missing::STATEMENTS)
}

/// Most units one movement has.
const MOST: i64 = 1_000_000_000;

/// Least available where nothing must be: less than any shelf can lack.
const NO_MATTER: i64 = i64::MIN / 4;

/// Opens a shelf, where there is none: from then on the location stocks the product.
///
/// # Errors
/// There is no such product or location; the database's.
pub async fn open(tx: &mut Tx, shelf: Shelf) -> Result<(), DbError> {
    tx.execute(OPEN, &shelf.values()).await?;
    Ok(())
}

/// Moves units, all or none, and writes it down. Units that were missing while they were promised leave the books as
/// soon as the change sets them free.
///
/// # Errors
/// The units are none, of the wrong sign, or more than 1,000,000,000; the database's. Too few units are no error: they
/// are an answer.
pub async fn change(tx: &mut Tx, shelf: Shelf, movement: Movement, entry: &Entry) -> Result<Moved, DbError> {
    let moved = apply(tx, shelf, movement, entry).await?;
    if moved == Moved::Done && movement.may_free() {
        missing::settle(tx, shelf, entry).await?;
    }
    Ok(moved)
}

/// Promises units of a shelf, or the transaction is not kept: for what is decided on facts that somebody may have changed
/// since. It writes what [`change`] writes.
///
/// # Errors
/// [`DbError::Unmet`], here or at the end of the transaction: fewer are available; the database's.
pub async fn commit(tx: &mut Tx, shelf: Shelf, units: i64, entry: &Entry) -> Result<(), DbError> {
    let movement = Movement::Commit { units };
    movement.must_be_possible()?;
    tx.expect_later(CHANGE, &changed(shelf, movement), 1).await?;
    tx.insert_later(RECORD, &recorded(shelf, movement, entry)).await
}

/// Values of [`CHANGE`].
fn changed(shelf: Shelf, movement: Movement) -> Vec<Value> {
    let least = movement.must_be_available().unwrap_or(NO_MATTER);
    [&shelf.values()[..], &movement.change().values()[..], &[least.into()]].concat()
}

/// Values of [`RECORD`].
fn recorded(shelf: Shelf, movement: Movement, entry: &Entry) -> Vec<Value> {
    let [product, location] = shelf.values();
    let before = [entry.at_ms.into(), product, location, movement.code().into()];
    let after: [Value; 4] = [
        entry.actor.as_str().into(),
        entry.reason.as_str().into(),
        entry.document.as_str().into(),
        entry.source.as_deref().into(),
    ];
    [&before[..], &movement.change().values()[..], &after[..]].concat()
}

async fn apply(tx: &mut Tx, shelf: Shelf, movement: Movement, entry: &Entry) -> Result<Moved, DbError> {
    movement.must_be_possible()?;
    if entry.source.is_none() {
        // Nothing else brings the same change: the shelf may be asked first, and nothing is written where it says no.
        if tx.execute(CHANGE, &changed(shelf, movement)).await? == 0 {
            return Ok(Moved::Short { there: units(tx, shelf).await? });
        }
        tx.insert_later(RECORD, &recorded(shelf, movement, entry)).await?;
        return Ok(Moved::Done);
    }
    if units(tx, shelf).await?.is_none() {
        return Ok(Moved::Short { there: None });
    }
    // The entry first: of two that bring the same source at the same time, the second waits here and finds it.
    let entry = tx.row(RECORD_ONCE, &recorded(shelf, movement, entry)).await?;
    let Some(entry) = entry else { return Ok(Moved::Before) };
    if tx.execute(CHANGE, &changed(shelf, movement)).await? == 0 {
        tx.execute(TAKE_BACK, &[entry.int("number")?.into()]).await?;
        return Ok(Moved::Short { there: units(tx, shelf).await? });
    }
    Ok(Moved::Done)
}

/// Makes every other writer of a shelf wait until this transaction ends, and tells what stands there. For what must
/// look before it changes; of several shelves, in the order of [`Shelf`].
///
/// # Errors
/// The database's.
pub async fn hold_still(tx: &mut Tx, shelf: Shelf) -> Result<Option<Units>, DbError> {
    tx.execute(LOCK, &shelf.values()).await?;
    units(tx, shelf).await
}

/// What stands on a shelf; `None`: the location does not stock the product.
///
/// # Errors
/// The database's.
pub async fn units(tx: &mut Tx, shelf: Shelf) -> Result<Option<Units>, DbError> {
    let row = tx.row(UNITS, &shelf.values()).await?;
    row.as_ref().map(Units::of).transpose()
}
