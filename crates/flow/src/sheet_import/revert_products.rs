//! Taking an import of products back: the cells of before, and what was added is removed where nothing names it.
//!
//! Owns: which products are left alone. Refuses to know: what a cell means.

use super::count;
use super::job::Hand;
use crate::refused::{Refused, broken};
use crate::setup::{Beside, Books, Edit, Keys, Subject, Told, Touched, edit_and, off_the_way, utc_day};
use async_trait::async_trait;
use connect::files::Cells;
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use store::db::DbError;
use store::places::ProductKey;
use store::sheet_imports::{self, ProductTrace};
use store::{Tx, setup};

/// Products of one edit.
const BATCH: i64 = 2_000;
/// How often a removal is tried because others changed the setup meanwhile.
const MOST_TRIES: usize = 5;
/// Columns that name other products.
const REFERENCES: [&str; 2] = ["substitutes", "components"];

pub(super) async fn run(hand: &Hand) -> Result<(), Refused> {
    let mut last = ProductKey(0);
    loop {
        let id: Arc<str> = hand.row.id.as_str().into();
        let page = hand.baton.db.read::<_, Refused>(move |tx| {
            let id = Arc::clone(&id);
            Box::pin(async move { Ok(sheet_imports::product_traces(tx, &id, last, BATCH).await?) })
        });
        let page = page.await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = end.product;
        let open: Vec<ProductTrace> = page.into_iter().filter(|trace| trace.outcome.is_empty()).collect();
        let (added, changed): (Vec<_>, Vec<_>) = open.into_iter().partition(|trace| trace.before.is_none());
        if !changed.is_empty() {
            put_back(hand, changed).await?;
        }
        if !added.is_empty() {
            remove(hand, added).await?;
        }
    }
}

fn cells(text: &str) -> Result<Cells, Refused> {
    serde_json::from_str(text).map_err(|error| broken(&error))
}

type Outcomes = Vec<(ProductKey, &'static str)>;

#[derive(Clone)]
struct Settle(Hand);

#[async_trait]
impl Beside<Outcomes> for Settle {
    async fn write(&self, tx: &mut Tx, _: &Keys, outcomes: &Outcomes) -> Result<(), Refused> {
        settle(tx, &self.0, outcomes).await
    }
}

async fn settle(tx: &mut Tx, hand: &Hand, outcomes: &Outcomes) -> Result<(), Refused> {
    // Another batch may have counted since this one was taken in hand.
    let row = sheet_imports::get(tx, &hand.row.id).await?.unwrap_or_else(|| (*hand.row).clone());
    let mut tally: super::Tally = serde_json::from_str(&row.tally).map_err(|error| broken(&error))?;
    for (product, outcome) in outcomes {
        sheet_imports::settle_product(tx, &hand.row.id, *product, outcome).await?;
        count(&mut tally, if *outcome == "reverted" { "reverted" } else { "conflicts" });
    }
    hand.advance(tx, row.reached, &tally).await
}

async fn put_back(hand: &Hand, traces: Vec<ProductTrace>) -> Result<(), Refused> {
    let id = hand.row.id.clone();
    let work = move |books: &mut Books| {
        let at: HashMap<ProductKey, usize> =
            books.keys.products.iter().enumerate().map(|(at, (key, _))| (*key, at)).collect();
        let mut outcomes = Vec::with_capacity(traces.len());
        for trace in &traces {
            let row = at.get(&trace.product).and_then(|at| books.setup.products.get_mut(*at));
            let before = trace.before.as_deref().map(cells).transpose()?;
            outcomes.push((
                trace.product,
                match (row, before) {
                    (Some(row), Some(before)) if *row == cells(&trace.after)? => {
                        *row = before;
                        "reverted"
                    }
                    _ => "changed",
                },
            ));
        }
        let told = Told { kind: "setup.imported", subject: Subject::Setup, facts: json!({ "reverted": id }) };
        Ok(Edit { told, touched: Touched::Files, out: outcomes })
    };
    edit_and(&hand.baton.db, &hand.call(), work, Some(Arc::new(Settle(hand.clone())))).await.map(drop)
}

/// Removes what was added, where it is as it was added and nothing names it.
async fn remove(hand: &Hand, traces: Vec<ProductTrace>) -> Result<(), Refused> {
    let traces = Arc::new(traces);
    for _ in 0..MOST_TRIES {
        let books = hand.baton.db.read::<_, DbError>(|tx| Box::pin(Books::read(tx))).await?;
        let (version, day) = (books.keys.version, utc_day(hand.baton.now_ms()));
        let all = Arc::clone(&traces);
        let removable = off_the_way(move || removable(books, &all, day)).await??;
        let asked = Arc::new((hand.clone(), Arc::clone(&traces), removable));
        let removed = hand.baton.db.write::<_, Refused>(move |tx| {
            let asked = Arc::clone(&asked);
            Box::pin(async move {
                let (hand, traces, removable) = &*asked;
                if !removable.is_empty() && !setup::move_on(tx, version).await? {
                    return Ok(false);
                }
                let mut outcomes = Vec::with_capacity(traces.len());
                for trace in traces.iter() {
                    outcomes.push((trace.product, remove_one(tx, trace, removable).await?));
                }
                settle(tx, hand, &outcomes).await?;
                Ok(true)
            })
        });
        if removed.await? {
            return Ok(());
        }
    }
    Err(Refused::conflict("setup_busy", "others are changing the setup at this moment; try again"))
}

async fn remove_one(
    tx: &mut Tx,
    trace: &ProductTrace,
    removable: &BTreeSet<ProductKey>,
) -> Result<&'static str, Refused> {
    if !removable.contains(&trace.product) {
        return Ok("changed");
    }
    if sheet_imports::referred_to(tx, trace.product).await? {
        return Ok("in_use");
    }
    sheet_imports::remove_product(tx, trace.product).await?;
    Ok("reverted")
}

/// Those that are as they were added and that no other product names; a network can be built without them.
fn removable(
    mut books: Books,
    traces: &[ProductTrace],
    day: model::Day,
) -> Result<BTreeSet<ProductKey>, Refused> {
    let mut wanted: HashMap<ProductKey, Cells> = HashMap::new();
    for trace in traces {
        wanted.insert(trace.product, cells(&trace.after)?);
    }
    let keys: Vec<ProductKey> = books.keys.products.iter().map(|(key, _)| *key).collect();
    let rows = keys.iter().zip(&books.setup.products);
    let named: BTreeSet<String> = rows.clone().flat_map(|(_, row)| named_by(row)).collect();
    let is_free = |row: &Cells| row.get("sku").is_none_or(|sku| !named.contains(sku));
    let free = rows.filter(|(key, row)| wanted.get(key) == Some(row) && is_free(row));
    let free: BTreeSet<ProductKey> = free.map(|(key, _)| *key).collect();
    let mut kept = keys.iter().map(|key| !free.contains(key));
    books.setup.products.retain(|_| kept.next().unwrap_or(true));
    match books.setup.locations.is_empty() || books.setup.network(day).is_ok() {
        true => Ok(free),
        false => Ok(BTreeSet::new()),
    }
}

fn named_by(row: &Cells) -> impl Iterator<Item = String> {
    let cells = REFERENCES.iter().filter_map(|column| row.get(*column));
    cells.flat_map(|cell| cell.split([';', '|'])).map(|entry| {
        let sku = entry.rsplit_once('*').map_or(entry, |(sku, _)| sku);
        sku.trim().to_owned()
    })
}
