//! The dry run: what an import would do, row by row, with nothing written but what was found.
//!
//! Owns: what is told of it. Refuses to know: carrying it out.

use super::job::{Hand, keep_bad};
use super::plan::{Kept, Mode, Plan};
use super::walk::{Placed, Step, Walk, Wanted};
use super::{Tally, count, products, stock as shelves};
use crate::refused::Refused;
use connect::files::{CellFault, Cells};
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Tx;
use store::db::DbError;
use store::feeds::{self, Count, Counted};
use store::stock::{self, Units};

/// Rows looked up at once.
const BATCH: usize = 500;
/// Bad cells that are told with the result; the file of bad rows has all.
const MOST_TOLD: usize = 100;
/// Shelves that are told, those that change most.
const MOST_SHELVES: usize = 100;
/// Cells of bad rows written in one transaction.
const BAD_AT_ONCE: usize = 500;

/// What a dry run found.
#[derive(Default, Serialize)]
pub(super) struct Found {
    /// Shelves or products.
    new: i64,
    changed: i64,
    same: i64,
    /// Rows.
    bad: i64,
    skipped: i64,
    warnings: Vec<Warning>,
    bad_rows: Vec<Bad>,
    /// Of a table of stock.
    #[serde(skip_serializing_if = "Option::is_none")]
    stock: Option<Stock>,
}

#[derive(Serialize)]
struct Warning {
    code: String,
    rows: i64,
    say: String,
}

#[derive(Serialize)]
struct Bad {
    row: u64,
    column: String,
    value: String,
    say: String,
}

#[derive(Default, Serialize)]
struct Stock {
    units_up: i64,
    units_down: i64,
    /// The largest change first.
    largest: Vec<Delta>,
}

#[derive(Clone, Serialize)]
struct Delta {
    location: String,
    sku: String,
    from: i64,
    to: i64,
}

/// What is known so far.
#[derive(Default)]
struct Finding {
    tally: Tally,
    bad: Vec<(u64, Vec<CellFault>)>,
    stock: Stock,
    products: Vec<(u64, Cells)>,
}

pub(super) async fn run(hand: &Hand) -> Result<Found, Refused> {
    let (plan, kept) = (Plan::read(&hand.row)?, Kept::read(&hand.row)?);
    let mut walk = Walk::begin(&hand.baton.db, &hand.row, &hand.bytes().await?).await?;
    shelves::begin(hand).await?;
    let (mut finding, mut reached) = (Finding::default(), 0);
    loop {
        let steps = walk.some(BATCH);
        if steps.is_empty() {
            break;
        }
        reached += i64::try_from(steps.len()).unwrap_or(0);
        look_at(hand, (&plan, steps), &mut finding).await?;
        hand.tell(reached, &finding.tally).await?;
    }
    if !finding.products.is_empty() {
        let wanted = std::mem::take(&mut finding.products);
        let judged = products::judge(hand, wanted).await?;
        finding.tally.extend(judged.tally);
        for (line, fault) in judged.bad {
            bad(&mut finding, line, vec![fault]);
        }
    }
    finding.bad.sort_by_key(|(line, _)| *line);
    keep(hand, &finding.bad).await?;
    Ok(told(finding, (&kept, &plan)))
}

fn bad(finding: &mut Finding, line: u64, faults: Vec<CellFault>) {
    count(&mut finding.tally, "bad");
    finding.bad.push((line, faults));
}

async fn look_at(
    hand: &Hand,
    (plan, steps): (&Plan, Vec<Step>),
    finding: &mut Finding,
) -> Result<(), Refused> {
    let mut placed = Vec::new();
    for step in steps {
        match step.wanted {
            Ok(Wanted::Stock(shelves)) => placed.extend(shelves.into_iter().map(|one| (step.line, one))),
            Ok(Wanted::Product(cells)) => finding.products.push((step.line, cells)),
            Ok(Wanted::Nothing) => count(&mut finding.tally, "skipped"),
            Err(faults) => bad(finding, step.line, faults),
        }
    }
    let asked = Arc::new((plan.clone(), hand.call().at_ms, placed));
    let seen = hand.baton.db.read::<_, DbError>(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move {
            let (plan, now_ms, placed) = &*asked;
            let mut seen = Vec::with_capacity(placed.len());
            for (line, one) in placed {
                seen.push((*line, one.clone(), foresee(tx, (plan, *now_ms), one).await?));
            }
            Ok(seen)
        })
    });
    let mut spoiled = BTreeSet::new();
    for (line, one, seen) in seen.await? {
        match seen {
            Ok(foreseen) => foreseen.add_to(finding, one),
            Err(fault) if spoiled.insert(line) => bad(finding, line, vec![fault]),
            Err(_) => {}
        }
    }
    Ok(())
}

/// What a shelf has, and would have.
struct Foreseen {
    is_new: bool,
    from: i64,
    to: i64,
    missing: i64,
}

async fn foresee(
    tx: &mut Tx,
    (plan, now_ms): (&Plan, i64),
    one: &Placed,
) -> Result<Result<Foreseen, CellFault>, DbError> {
    let fault = |say: String| CellFault { column: String::new(), value: one.units.to_string(), say };
    let there = stock::units(tx, one.shelf).await?;
    let from = there.as_ref().map_or(0, |units| units.on_hand);
    let seen = Foreseen { is_new: there.is_none(), from, to: from, missing: 0 };
    if plan.mode == Mode::Add {
        let bound = there.as_ref().map_or(0, Units::bound);
        return Ok(match from + one.units >= bound && (there.is_some() || one.units >= 0) {
            true => Ok(Foreseen { to: from + one.units, is_new: seen.is_new && one.units > 0, ..seen }),
            false => Err(fault(shelves::too_few(there.as_ref()))),
        });
    }
    let counted = Count { units: one.units, as_of_ms: plan.as_of.min(now_ms), source: "" };
    Ok(match feeds::foresee(tx, one.shelf, &counted).await?.1 {
        Counted::Applied { moved, missing } => Ok(Foreseen { to: from + moved, missing, ..seen }),
        Counted::Older { .. } => Err(fault(shelves::counted_since(&one.at.subject()))),
        Counted::NotStocked => Ok(Foreseen { to: one.units, ..seen }),
    })
}

impl Foreseen {
    fn add_to(self, finding: &mut Finding, one: Placed) {
        let moved = self.to - self.from;
        count(
            &mut finding.tally,
            if self.is_new {
                "new"
            } else if moved == 0 {
                "same"
            } else {
                "changed"
            },
        );
        if self.missing > 0 {
            count(&mut finding.tally, "short");
        }
        finding.stock.units_up += moved.max(0);
        finding.stock.units_down -= moved.min(0);
        if moved == 0 {
            return;
        }
        let delta = Delta { location: one.at.location, sku: one.at.sku, from: self.from, to: self.to };
        let largest = &mut finding.stock.largest;
        let key = |delta: &Delta| (-(delta.to - delta.from).abs(), delta.location.clone(), delta.sku.clone());
        let at = largest.partition_point(|other| key(other) < key(&delta));
        if at < MOST_SHELVES {
            largest.insert(at, delta);
            largest.truncate(MOST_SHELVES);
        }
    }
}

async fn keep(hand: &Hand, all: &[(u64, Vec<CellFault>)]) -> Result<(), Refused> {
    let most = usize::try_from(super::MOST_BAD).unwrap_or(0);
    for some in all[..all.len().min(most)].chunks(BAD_AT_ONCE) {
        let asked = Arc::new((hand.row.id.clone(), some.to_vec()));
        let kept = hand.baton.db.write::<_, DbError>(move |tx| {
            let asked = Arc::clone(&asked);
            Box::pin(async move {
                for (line, faults) in &asked.1 {
                    keep_bad(tx, (&asked.0, 0), (*line, faults)).await?;
                }
                Ok(())
            })
        });
        kept.await?;
    }
    Ok(())
}

fn told(finding: Finding, (kept, plan): (&Kept, &Plan)) -> Found {
    let of = |end: &str| finding.tally.get(end).copied().unwrap_or_default();
    let mut warnings: Vec<Warning> = kept
        .warnings
        .iter()
        .map(|quirk| Warning {
            code: quirk.code.clone(),
            rows: i64::try_from(quirk.rows).unwrap_or(i64::MAX),
            say: format!("{}: {}", quirk.column, quirk.say),
        })
        .collect();
    if of("short") > 0 {
        let say = "fewer than are promised there: those promises cannot be kept, and are told as exceptions";
        warnings.push(Warning { code: "short".to_owned(), rows: of("short"), say: say.to_owned() });
    }
    if plan.mapped_by == "remembered" {
        let say = "the columns are read as they were for the last file of this kind";
        warnings.push(Warning { code: "remembered".to_owned(), rows: 0, say: say.to_owned() });
    }
    let cells = finding.bad.iter().flat_map(|(row, faults)| faults.iter().map(move |fault| (*row, fault)));
    let bad_rows = cells.take(MOST_TOLD).map(|(row, fault)| Bad {
        row,
        column: fault.column.clone(),
        value: fault.value.clone(),
        say: fault.say.clone(),
    });
    let is_stock = finding.tally.contains_key("skipped") || !finding.stock.largest.is_empty();
    Found {
        new: of("new"),
        changed: of("changed"),
        same: of("same"),
        bad: of("bad"),
        skipped: of("skipped"),
        warnings,
        bad_rows: bad_rows.collect(),
        stock: is_stock.then_some(finding.stock),
    }
}
