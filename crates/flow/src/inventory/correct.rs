//! Corrections of a shelf by people: each with its reason, none below what is promised.
//!
//! Owns: what a person may say of units (more, fewer, damaged, mended, in quality control, on display, kept safe) and the
//! forced correction, which is a manager's. Refuses to know: who is a manager; the way in asks.

use super::short::{self, Short};
use super::{At, entry};
use crate::backorders;
use crate::call::{Call, What};
use crate::id;
use crate::refused::Refused;
use serde_json::json;
use store::Tx;
use store::db::Db;
use store::stock::{self, Moved, Movement, Shelf, Units};

/// Letters of a reason.
const LONGEST_REASON: usize = 500;

/// What a person says of units on a shelf. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Correction {
    /// There are so many more, or fewer, than the books say.
    Adjust {
        by: i64,
    },
    /// Not for sale any more; they stay on the shelf.
    Damage {
        units: i64,
    },
    /// Damaged ones can be sold again.
    Repair {
        units: i64,
    },
    /// Damaged ones are thrown away or sent back.
    Discard {
        units: i64,
    },
    /// To be looked at before they are sold.
    ToQualityControl {
        units: i64,
    },
    /// Looked at, and good.
    PassQualityControl {
        units: i64,
    },
    /// Looked at, and damaged.
    FailQualityControl {
        units: i64,
    },
    ToShowroom {
        units: i64,
    },
    FromShowroom {
        units: i64,
    },
    /// How many are never promised.
    SafetyStock {
        to: i64,
    },
}

impl Correction {
    pub fn code(self) -> &'static str {
        match self {
            Correction::Adjust { .. } => "adjust",
            Correction::Damage { .. } => "damage",
            Correction::Repair { .. } => "repair",
            Correction::Discard { .. } => "discard",
            Correction::ToQualityControl { .. } => "to_quality_control",
            Correction::PassQualityControl { .. } => "pass_quality_control",
            Correction::FailQualityControl { .. } => "fail_quality_control",
            Correction::ToShowroom { .. } => "to_showroom",
            Correction::FromShowroom { .. } => "from_showroom",
            Correction::SafetyStock { .. } => "safety_stock",
        }
    }

    fn units(self) -> i64 {
        match self {
            Correction::Adjust { by: units }
            | Correction::SafetyStock { to: units }
            | Correction::Damage { units }
            | Correction::Repair { units }
            | Correction::Discard { units }
            | Correction::ToQualityControl { units }
            | Correction::PassQualityControl { units }
            | Correction::FailQualityControl { units }
            | Correction::ToShowroom { units }
            | Correction::FromShowroom { units } => units,
        }
    }

    fn is_possible(self) -> bool {
        match self {
            Correction::Adjust { by } => by != 0 && (-1_000_000..=1_000_000).contains(&by),
            Correction::SafetyStock { to } => (0..=1_000_000).contains(&to),
            other => (1..=1_000_000).contains(&other.units()),
        }
    }

    /// Whether the location stocks the product from then on, where it did not before.
    fn opens_shelf(self) -> bool {
        matches!(self, Correction::Adjust { by: 1.. } | Correction::SafetyStock { .. })
    }

    /// What it does, one after the other, on a shelf that has `there`.
    fn movements(self, there: &Units) -> Vec<Movement> {
        match self {
            Correction::Adjust { by } => vec![Movement::Adjust { units: by }],
            Correction::Damage { units } => vec![Movement::Damage { units }],
            Correction::Repair { units } => vec![Movement::Repair { units }],
            Correction::Discard { units } => vec![Movement::Discard { units }],
            Correction::ToQualityControl { units } => vec![Movement::QualityControl { units }],
            Correction::PassQualityControl { units } => vec![Movement::QualityControl { units: -units }],
            Correction::FailQualityControl { units } => {
                vec![Movement::QualityControl { units: -units }, Movement::Damage { units }]
            }
            Correction::ToShowroom { units } => vec![Movement::Showroom { units }],
            Correction::FromShowroom { units } => vec![Movement::Showroom { units: -units }],
            Correction::SafetyStock { to } if to == there.safety_stock => Vec::new(),
            Correction::SafetyStock { to } => vec![Movement::KeepSafe { units: to - there.safety_stock }],
        }
    }
}

/// A correction, and why it is made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correcting {
    pub at: At,
    pub correction: Correction,
    pub reason: String,
}

/// Corrects a shelf; what stands there then.
///
/// # Errors
/// No reason, impossible units; no such SKU or location; more than can be taken without breaking a promise; the
/// database's.
pub async fn correct_stock(db: &Db, call: &Call, asked: Correcting) -> Result<Units, Refused> {
    super::in_one(db, (call.clone(), asked), |tx, (call, asked)| Box::pin(correct(tx, call, asked))).await
}

/// [`correct_stock`], in a transaction of the caller.
///
/// # Errors
/// As [`correct_stock`]; then the transaction must not be kept.
pub async fn correct(tx: &mut Tx, call: &Call, asked: &Correcting) -> Result<Units, Refused> {
    let reason = reason(&asked.reason)?;
    if !asked.correction.is_possible() {
        return Err(Refused::invalid("/units", "write how many: at least 1, at most 1,000,000"));
    }
    let shelf = asked.at.shelf(tx).await?;
    if asked.correction.opens_shelf() {
        stock::open(tx, shelf).await?;
    }
    let document = id::new("cor", call.at_ms);
    let there = still(tx, &asked.at, shelf).await?;
    for movement in asked.correction.movements(&there) {
        if stock::change(tx, shelf, movement, &entry(call, reason, &document)).await? != Moved::Done {
            return Err(too_few(&asked.at, &there));
        }
    }
    let facts = json!({ "document": document, "what": asked.correction.code(),
        "units": asked.correction.units(), "reason": reason });
    let what = What { kind: "stock.corrected", subject: &asked.at.subject(), order_id: None };
    call.tell(tx, what, &facts).await?;
    let units = still(tx, &asked.at, shelf).await?;
    wake(tx, call, (shelf, there.available(), units.available())).await?;
    Ok(units)
}

/// Orders that wait hear of it when more can be promised than before.
async fn wake(tx: &mut Tx, call: &Call, (shelf, before, now): (Shelf, i64, i64)) -> Result<(), Refused> {
    if now > before {
        backorders::wake(tx, call, shelf.product).await?;
    }
    Ok(())
}

/// What a shelf really holds, whatever is promised of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forcing {
    pub at: At,
    pub on_hand: i64,
    pub reason: String,
}

/// How a forced correction ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forced {
    pub units: Units,
    /// The books could not go below what is promised: who is hit. The rest leaves as those promises end.
    pub short: Option<Short>,
}

/// Sets what a shelf holds. Never below what is promised, damaged or in quality control: what is missing of that is told
/// with the promises that it hits, and nothing more can be promised there.
///
/// # Errors
/// No reason, fewer than no units; no such shelf; the database's.
pub async fn force_stock(db: &Db, call: &Call, asked: Forcing) -> Result<Forced, Refused> {
    super::in_one(db, (call.clone(), asked), |tx, (call, asked)| Box::pin(force(tx, call, asked))).await
}

async fn force(tx: &mut Tx, call: &Call, asked: &Forcing) -> Result<Forced, Refused> {
    let reason = reason(&asked.reason)?;
    if !(0..=1_000_000).contains(&asked.on_hand) {
        return Err(Refused::invalid("/on_hand", "write how many there are: 0 to 1,000,000"));
    }
    let shelf = asked.at.shelf(tx).await?;
    let before = still(tx, &asked.at, shelf).await?;
    let document = id::new("cor", call.at_ms);
    let corrected = stock::set_to(tx, shelf, asked.on_hand, &entry(call, reason, &document)).await?;
    let missing = corrected.unwrap_or_default().missing;
    let facts = json!({ "document": document, "reason": reason, "from": before.on_hand, "to": asked.on_hand,
        "missing": missing });
    let what = What { kind: "stock.forced", subject: &asked.at.subject(), order_id: None };
    call.tell(tx, what, &facts).await?;
    let short = short::tell(tx, call, (&asked.at, shelf), missing).await?;
    let units = still(tx, &asked.at, shelf).await?;
    wake(tx, call, (shelf, before.available(), units.available())).await?;
    Ok(Forced { units, short })
}

async fn still(tx: &mut Tx, at: &At, shelf: Shelf) -> Result<Units, Refused> {
    let there = stock::hold_still(tx, shelf).await?;
    there.ok_or_else(|| Refused::not_found("shelf", &format!("of {} at {}", at.sku, at.location)))
}

/// A reason that somebody can read later.
pub(super) fn reason(text: &str) -> Result<&str, Refused> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_REASON {
        return Err(Refused::invalid(
            "/reason",
            "say why, in at most 500 letters; it is kept with the change",
        ));
    }
    Ok(text)
}

fn too_few(at: &At, there: &Units) -> Refused {
    let say = format!(
        "{} at {} has {} on hand, of which {} are promised, {} damaged, {} in quality control and {} on display; \
         take fewer, or end a promise first",
        at.sku,
        at.location,
        there.on_hand,
        there.committed,
        there.damaged,
        there.quality_control,
        there.showroom
    );
    Refused::conflict("too_few_units", say)
}
