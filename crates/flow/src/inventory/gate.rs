//! Gates: whether the books of a class at a location are right enough to promise from, on a channel.
//!
//! Owns: the judgment. It rests on the lines counted in the last 90 days and on a bound, not on luck: a gate opens when the
//! accuracy is surely at the opening level, and closes when what was found falls below the closing level; in between it
//! stays as it is. With fewer lines than asked for nothing is proven, and it is closed. A person may say otherwise, with a
//! name and a reason, until a date. Refuses to know: what is promised; see `store::promise`.

use super::correct::reason;
use super::interval::{interval, share_bp};
use crate::call::{Call, What};
use crate::refused::Refused;
use serde_json::json;
use store::Tx;
use store::accuracy::{self, Cell, Evidence, Judged, Override};
use store::db::Db;
use store::pools::{Gate, SkuClass};

/// How long a counted line is evidence.
pub const WINDOW_MS: i64 = 90 * 24 * 60 * 60 * 1_000;
/// An override that lasts for longer is a rule nobody remembers.
pub const LONGEST_OVERRIDE_MS: i64 = WINDOW_MS;
/// Cells judged in one transaction.
const IN_ONE: i64 = 50;

/// When gates open and close; shares in hundredths of a percent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Levels {
    /// It opens when the lower bound is at least this.
    pub open_bp: i64,
    /// It closes when the share found is below this.
    pub close_bp: i64,
    /// Fewer lines prove nothing.
    pub least_lines: i64,
}

impl Default for Levels {
    fn default() -> Levels {
        Levels { open_bp: 9_500, close_bp: 9_300, least_lines: 30 }
    }
}

/// Why a gate is as it is. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Because {
    TooFewLines,
    /// Surely at the opening level.
    Accurate,
    /// Below the closing level.
    Inaccurate,
    /// Neither surely right nor below the closing level: it stays.
    Between,
}

impl Because {
    pub fn code(self) -> &'static str {
        match self {
            Because::TooFewLines => "too_few_lines",
            Because::Accurate => "accurate",
            Because::Inaccurate => "inaccurate",
            Because::Between => "between",
        }
    }
}

/// How a gate is to be, given how it was.
pub fn verdict(levels: Levels, evidence: Evidence, before: Gate) -> (Gate, Because) {
    let (lower_bp, _) = interval(evidence);
    if evidence.lines < levels.least_lines {
        return (Gate::Closed, Because::TooFewLines);
    }
    if lower_bp >= levels.open_bp {
        return (Gate::Open, Because::Accurate);
    }
    if share_bp(evidence) < levels.close_bp {
        return (Gate::Closed, Because::Inaccurate);
    }
    (before, Because::Between)
}

/// Judges every cell with evidence or a gate; how many gates changed. For a timer, and after counts are posted: run twice,
/// it changes nothing more.
///
/// # Errors
/// Levels that contradict each other; the database's; what was judged before stays.
pub async fn judge_gates(db: &Db, call: &Call, levels: Levels) -> Result<usize, Refused> {
    if levels.close_bp > levels.open_bp || levels.least_lines < 1 {
        return Err(Refused::invalid(
            "/levels",
            "the closing level is at most the opening one; ask for a line",
        ));
    }
    let (mut after, mut changed) = (Cell::start(), 0);
    loop {
        let asked = (call.clone(), levels, after);
        let (last, some) = super::in_one(db, asked, |tx, (call, levels, after)| {
            Box::pin(judge_some(tx, call, (*levels, after)))
        })
        .await?;
        changed += some;
        match last {
            Some(last) => after = last,
            None => return Ok(changed),
        }
    }
}

async fn judge_some(
    tx: &mut Tx,
    call: &Call,
    (levels, after): (Levels, &Cell),
) -> Result<(Option<Cell>, usize), Refused> {
    let cells = accuracy::cells(tx, after, call.at_ms - WINDOW_MS, IN_ONE).await?;
    let mut changed = 0;
    for cell in &cells {
        changed += usize::from(judge(tx, call, (levels, cell)).await?);
    }
    Ok((cells.last().cloned(), changed))
}

/// Judges one cell. `true`: its gate changed.
///
/// # Errors
/// The database's.
pub async fn judge(tx: &mut Tx, call: &Call, (levels, cell): (Levels, &Cell)) -> Result<bool, Refused> {
    let window = (call.at_ms - WINDOW_MS, call.at_ms);
    let evidence = accuracy::evidence(tx, cell, window).await?;
    let before = accuracy::gate(tx, cell).await?;
    let was = before.as_ref().map_or(Gate::Closed, |judged| judged.gate);
    let (gate, because) = verdict(levels, evidence, was);
    let is_new = before.is_none() || gate != was;
    let (lower_bp, upper_bp) = interval(evidence);
    let changed_at_ms = before.filter(|_| !is_new).map_or(call.at_ms, |judged| judged.changed_at_ms);
    let judged = Judged {
        cell: cell.clone(),
        gate,
        reason: because.code().to_owned(),
        evidence,
        lower_bp,
        upper_bp,
        judged_at_ms: call.at_ms,
        changed_at_ms,
        overridden: None,
    };
    if !accuracy::judge(tx, &judged).await? || !is_new {
        return Ok(false);
    }
    let kind = if gate == Gate::Open { "gate.opened" } else { "gate.closed" };
    let facts = json!({ "reason": because.code(), "lines": evidence.lines, "within": evidence.within,
        "lower_bp": lower_bp, "upper_bp": upper_bp });
    call.tell(tx, What { kind, subject: &named(cell), order_id: None }, &facts).await?;
    Ok(true)
}

fn named(cell: &Cell) -> String {
    let SkuClass { category, velocity } = &cell.class;
    format!("{}/{category}/{velocity}/{}", cell.location.0, cell.channel)
}

/// A gate that a person wants otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overriding {
    /// Code of the location.
    pub location: String,
    pub class: SkuClass,
    /// Empty: all channels.
    pub channel: String,
    pub gate: Gate,
    pub until_ms: i64,
    pub reason: String,
}

/// Says that a gate is otherwise than judged, until a date. It ends by itself.
///
/// # Errors
/// No reason, an end that is past or too far; no such location; the database's.
pub async fn override_gate(db: &Db, call: &Call, asked: Overriding) -> Result<(), Refused> {
    super::in_one(db, (call.clone(), asked), |tx, (call, asked)| Box::pin(say_otherwise(tx, call, asked)))
        .await
}

async fn say_otherwise(tx: &mut Tx, call: &Call, asked: &Overriding) -> Result<(), Refused> {
    let reason = reason(&asked.reason)?;
    if asked.until_ms <= call.at_ms || asked.until_ms - call.at_ms > LONGEST_OVERRIDE_MS {
        return Err(Refused::invalid("/until", "ends later than now and within 90 days"));
    }
    let cell = cell(tx, (&asked.location, &asked.class, &asked.channel)).await?;
    if accuracy::gate(tx, &cell).await?.is_none() {
        judge(tx, call, (Levels::default(), &cell)).await?;
    }
    let said = Override {
        gate: asked.gate,
        until_ms: asked.until_ms,
        by: call.actor.id.clone(),
        reason: reason.to_owned(),
    };
    accuracy::set_override(tx, &cell, Some(&said)).await?;
    let facts = json!({ "gate": asked.gate.code(), "until": asked.until_ms, "reason": reason });
    Ok(call
        .tell(tx, What { kind: "gate.overridden", subject: &named(&cell), order_id: None }, &facts)
        .await?)
}

/// Takes an override back before its end.
///
/// # Errors
/// There is no such location or gate; the database's.
pub async fn end_override(
    db: &Db,
    call: &Call,
    (location, class, channel): (&str, &SkuClass, &str),
) -> Result<(), Refused> {
    let asked = (call.clone(), location.to_owned(), class.clone(), channel.to_owned());
    super::in_one(db, asked, |tx, (call, location, class, channel)| {
        Box::pin(async move {
            let cell = cell(tx, (location, class, channel)).await?;
            if !accuracy::set_override(tx, &cell, None).await? {
                return Err(Refused::not_found("gate", &named(&cell)));
            }
            let what = What { kind: "gate.override_ended", subject: &named(&cell), order_id: None };
            Ok(call.tell(tx, what, &json!({})).await?)
        })
    })
    .await
}

/// Takes overrides back whose end is over, so that nobody sees them stand; how many. They do not count since then anyway.
///
/// # Errors
/// The database's.
pub async fn end_overdue_overrides(db: &Db, call: &Call) -> Result<usize, Refused> {
    super::in_one(db, call.clone(), |tx, call| {
        Box::pin(async move {
            let overdue = accuracy::overdue(tx, call.at_ms, IN_ONE).await?;
            for cell in &overdue {
                accuracy::set_override(tx, cell, None).await?;
                let what = What { kind: "gate.override_ended", subject: &named(cell), order_id: None };
                call.tell(tx, what, &json!({ "why": "its end has come" })).await?;
            }
            Ok(overdue.len())
        })
    })
    .await
}

async fn cell(tx: &mut Tx, (location, class, channel): (&str, &SkuClass, &str)) -> Result<Cell, Refused> {
    let location = super::location(tx, location).await?;
    Ok(Cell { location, class: class.clone(), channel: channel.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_opens_on_proof_closes_on_error_and_does_not_flutter() {
        let levels = Levels { open_bp: 9_500, close_bp: 9_300, least_lines: 30 };
        for (lines, within, before, after, because) in [
            (0, 0, Gate::Open, Gate::Closed, Because::TooFewLines),
            (3, 3, Gate::Closed, Gate::Closed, Because::TooFewLines),
            (29, 29, Gate::Open, Gate::Closed, Because::TooFewLines),
            // All right, and still not surely 95 %.
            (30, 30, Gate::Closed, Gate::Closed, Because::Between),
            (100, 100, Gate::Closed, Gate::Open, Because::Accurate),
            (300, 294, Gate::Closed, Gate::Open, Because::Accurate),
            (300, 288, Gate::Closed, Gate::Closed, Because::Between),
            (300, 288, Gate::Open, Gate::Open, Because::Between),
            (300, 279, Gate::Open, Gate::Open, Because::Between),
            (300, 278, Gate::Open, Gate::Closed, Because::Inaccurate),
            (300, 0, Gate::Closed, Gate::Closed, Because::Inaccurate),
        ] {
            let found = verdict(levels, Evidence { lines, within }, before);
            assert_eq!(found, (after, because), "{within}/{lines}, {before:?} before");
        }
    }
}
