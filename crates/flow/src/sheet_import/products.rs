//! Products of a file into the setup: added, or changed cell by cell.
//!
//! Owns: batches, each one edit that is proven by building the network, with how far the file is. A row of which no
//! network can be built is left out. Refuses to know: what a cell of a product means.

use super::job::{Hand, keep_bad};
use super::plan::json;
use super::stock::begin;
use super::walk::{Step, Walk, Wanted};
use super::{Tally, count};
use crate::refused::Refused;
use crate::setup::{
    Beside, Books, Edit, Keys, Subject, Told, Touched, edit_and, off_the_way, plain, pointed, utc_day,
};
use async_trait::async_trait;
use connect::files::{CellFault, Cells, Setup};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::Tx;
use store::db::DbError;
use store::sheet_imports::{self, ProductTrace};

/// Rows of one edit: each builds the network anew.
const BATCH: usize = 2_000;
/// How often rows that cannot be are left out and the rest is tried again.
const MOST_TRIES: usize = 20;
/// Columns of a weight: the file's one takes the place of all.
const WEIGHTS: [&str; 4] = ["weight_oz", "weight_lb", "weight_g", "weight_kg"];

pub(super) async fn run(hand: &Hand) -> Result<(), Refused> {
    let mut walk = Walk::begin(&hand.baton.db, &hand.row, &hand.bytes().await?).await?;
    let (mut reached, mut tally) = (hand.row.reached, hand.tally()?);
    if reached == 0 {
        begin(hand).await?;
    }
    walk.skip(reached);
    loop {
        let steps = walk.some(BATCH);
        if steps.is_empty() {
            return Ok(());
        }
        reached += i64::try_from(steps.len()).unwrap_or(0);
        tally = put(hand, (steps, reached), tally).await?;
    }
}

/// What a row made of a product.
#[derive(Clone)]
struct Made {
    /// Its place in the setup.
    at: usize,
    before: Option<Cells>,
    after: Cells,
}

async fn put(hand: &Hand, (steps, reached): (Vec<Step>, i64), before: Tally) -> Result<Tally, Refused> {
    let mut bad: BTreeMap<u64, Vec<CellFault>> = BTreeMap::new();
    let mut wanted: Vec<(u64, Cells)> = Vec::new();
    let mut tally = before;
    for step in steps {
        match step.wanted {
            Ok(Wanted::Product(cells)) => wanted.push((step.line, cells)),
            Ok(_) => count(&mut tally, "skipped"),
            Err(faults) => drop(bad.insert(step.line, faults)),
        }
    }
    for _ in 0..MOST_TRIES {
        let all = Arc::new(wanted.clone());
        let beside = Batch { hand: hand.clone(), reached, before: tally.clone(), bad: bad.clone() };
        let work = {
            let (all, id) = (Arc::clone(&all), hand.row.id.clone());
            move |books: &mut Books| Ok(edit_of(books, &all, &id))
        };
        match edit_and(&hand.baton.db, &hand.call(), work, Some(Arc::new(beside.clone()))).await {
            Ok((_, made)) => return Ok(beside.tally(&made)),
            Err(refused) => {
                let blamed = blamed(&refused, &wanted);
                if blamed.is_empty() {
                    return Err(refused);
                }
                wanted.retain(|(line, _)| !blamed.contains_key(line));
                bad.extend(blamed.into_iter().map(|(line, fault)| (line, vec![fault])));
            }
        }
    }
    Err(Refused::conflict(
        "too_many_faults",
        "too many rows make products that cannot be; mend the file first",
    ))
}

fn edit_of(books: &mut Books, wanted: &[(u64, Cells)], id: &str) -> Edit<Outcome> {
    let outcome = merge(&mut books.setup, wanted);
    let facts = json!({ "import": id, "products": outcome.made.len() });
    let told = Told { kind: "setup.imported", subject: Subject::Setup, facts };
    Edit { told, touched: Touched::Products, out: outcome }
}

/// What a batch made.
#[derive(Clone, Default)]
struct Outcome {
    made: Vec<Made>,
    same: i64,
}

/// Sets the cells that the file has; others stay.
fn merge(setup: &mut Setup, wanted: &[(u64, Cells)]) -> Outcome {
    let mut outcome = Outcome::default();
    let sku = |cells: &Cells| cells.get("sku").cloned().unwrap_or_default();
    let known: HashMap<String, usize> =
        setup.products.iter().enumerate().map(|(at, cells)| (sku(cells), at)).collect();
    for (_, cells) in wanted {
        let at = known.get(&sku(cells)).copied();
        let before = at.and_then(|at| setup.products.get(at)).cloned();
        let after = merged(before.as_ref(), cells);
        if before.as_ref() == Some(&after) {
            outcome.same += 1;
            continue;
        }
        let at = match at {
            Some(at) => at,
            None => {
                setup.products.push(Cells::new());
                setup.products.len() - 1
            }
        };
        setup.products[at].clone_from(&after);
        outcome.made.push(Made { at, before, after });
    }
    outcome
}

fn merged(before: Option<&Cells>, cells: &Cells) -> Cells {
    let mut whole = before.cloned().unwrap_or_default();
    if WEIGHTS.iter().any(|column| cells.contains_key(*column)) {
        whole.retain(|column, _| !WEIGHTS.contains(&column.as_str()));
    }
    whole.extend(cells.clone());
    let mut whole = plain(&whole);
    // The books do not keep a name that is the SKU.
    if whole.get("name") == whole.get("sku") {
        whole.remove("name");
    }
    whole
}

/// Rows whose products cannot be, by line.
fn blamed(refused: &Refused, wanted: &[(u64, Cells)]) -> BTreeMap<u64, CellFault> {
    let Refused::Invalid(faults) = refused else { return BTreeMap::new() };
    let lines: HashMap<String, (u64, &Cells)> = wanted
        .iter()
        .map(|(line, cells)| {
            (format!("/products/{}", pointed(cells.get("sku").map_or("", String::as_str))), (*line, cells))
        })
        .collect();
    let fault = |fault: &crate::FieldFault| {
        let (line, cells) = lines.get(&fault.at)?;
        let value = cells.get("sku").cloned().unwrap_or_default();
        Some((*line, CellFault { column: String::new(), value, say: fault.say.clone() }))
    };
    faults.iter().filter_map(fault).collect()
}

/// What is written beside an edit.
#[derive(Clone)]
struct Batch {
    hand: Hand,
    reached: i64,
    before: Tally,
    bad: BTreeMap<u64, Vec<CellFault>>,
}

impl Batch {
    fn tally(&self, outcome: &Outcome) -> Tally {
        let mut tally = self.before.clone();
        let mut add = |end: &str, some: i64| {
            if some > 0 {
                *tally.entry(end.to_owned()).or_default() += some;
            }
        };
        let new = outcome.made.iter().filter(|made| made.before.is_none()).count();
        add("new", i64::try_from(new).unwrap_or(0));
        add("changed", i64::try_from(outcome.made.len() - new).unwrap_or(0));
        add("same", outcome.same);
        add("bad", i64::try_from(self.bad.len()).unwrap_or(0));
        tally
    }
}

#[async_trait]
impl Beside<Outcome> for Batch {
    async fn write(&self, tx: &mut Tx, keys: &Keys, outcome: &Outcome) -> Result<(), Refused> {
        for made in &outcome.made {
            let Some((product, _)) = keys.products.get(made.at) else { continue };
            let before = made.before.as_ref().map(json).transpose()?;
            let sku = made.after.get("sku").cloned().unwrap_or_default();
            let trace = ProductTrace {
                product: *product,
                sku,
                before,
                after: json(&made.after)?,
                outcome: String::new(),
            };
            sheet_imports::leave_product(tx, &self.hand.row.id, &trace).await?;
        }
        let tally = self.tally(outcome);
        let bad = tally.get("bad").copied().unwrap_or_default();
        for (line, faults) in &self.bad {
            keep_bad(tx, (&self.hand.row.id, bad), (*line, faults)).await?;
        }
        self.hand.advance(tx, self.reached, &tally).await
    }
}

/// What a dry run makes of products.
pub(super) struct Judged {
    pub(super) tally: Tally,
    pub(super) bad: Vec<(u64, CellFault)>,
}

/// Sets all products of a file in a setup of its own, and builds the network of it.
pub(super) async fn judge(hand: &Hand, mut wanted: Vec<(u64, Cells)>) -> Result<Judged, Refused> {
    let books = hand.baton.db.read::<_, DbError>(|tx| Box::pin(Books::read(tx))).await?;
    let day = utc_day(hand.baton.now_ms());
    off_the_way(move || {
        let mut bad = Vec::new();
        for _ in 0..MOST_TRIES {
            let mut after = books.setup.clone();
            let outcome = merge(&mut after, &wanted);
            // Without places there is no network yet: each is looked at when it is built.
            let refused = match books.setup.locations.is_empty() || outcome.made.is_empty() {
                true => None,
                false => {
                    after.network(day).err().map(|faults| crate::setup::refused_products(faults, &after))
                }
            };
            let Some(refused) = refused else { return Ok(judged(&outcome, bad)) };
            let blamed = blamed(&refused, &wanted);
            if blamed.is_empty() {
                return Err(refused);
            }
            wanted.retain(|(line, _)| !blamed.contains_key(line));
            bad.extend(blamed);
        }
        Err(Refused::conflict(
            "too_many_faults",
            "too many rows make products that cannot be; mend the file first",
        ))
    })
    .await?
}

fn judged(outcome: &Outcome, bad: Vec<(u64, CellFault)>) -> Judged {
    let new = outcome.made.iter().filter(|made| made.before.is_none()).count();
    let of = |some: usize| i64::try_from(some).unwrap_or(0);
    let tally = [("new", of(new)), ("changed", of(outcome.made.len() - new)), ("same", outcome.same)];
    Judged { tally: tally.into_iter().map(|(end, some)| (end.to_owned(), some)).collect(), bad }
}
