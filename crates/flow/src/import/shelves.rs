//! What stands on the shelves of a folder, into the books.
//!
//! Owns: what has to change on a shelf so that it is as the file says, and that a file is applied once. Refuses to know:
//! how units change, which is `store::stock`'s alone.

use super::Imported;
use crate::call::What;
use crate::shelf::ShelfFacts;
use crate::{Call, Refused};
use connect::files::Problem;
use model::{Day, RecordId, StockLevel, Timestamp};
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use store::db::{Db, DbError};
use store::places::{self, LocationKey, ProductKey};
use store::shelves::{self, Stocked};
use store::stock::{self, Entry, Moved, Movement, Shelf, Units};
use store::{Tx, setup};

/// Shelves of one transaction: enough that its end costs little for each, few enough that nobody waits long for it.
const BATCH: usize = 500;
/// Shelves that were left and are told one by one.
const MOST_TOLD: usize = 20;

/// A shelf as the file has it, with its names for people.
#[derive(Clone, Debug)]
struct Counted {
    shelf: Shelf,
    level: StockLevel,
    name: Arc<(String, String)>,
}

/// One import of stock: the same counts again are the same import, or none.
struct Run {
    number: i64,
    call: Call,
    today: Day,
}

/// What a batch did.
#[derive(Default)]
struct Done {
    changed: usize,
    left: Vec<String>,
}

/// Has the shelves hold what the folder says, in batches.
pub(super) async fn bring(
    db: &Db,
    call: &Call,
    problem: &Problem,
    mut imported: Imported,
) -> Result<Imported, Refused> {
    let counted = counted(db, problem).await?;
    let Some(number) = begin(db, call, content_of(&counted)).await? else { return Ok(imported) };
    let today = problem.network.settings.clock.day(Timestamp(call.at_ms));
    let run = Arc::new(Run { number, call: call.clone(), today });
    for batch in counted.chunks(BATCH) {
        let done = put(db, run.clone(), Arc::from(batch)).await?;
        imported.shelves += done.changed;
        imported.left += done.left.len();
        let room = MOST_TOLD.saturating_sub(imported.left - done.left.len());
        imported.notes.extend(done.left.into_iter().take(room));
    }
    finish(db, run, (imported.shelves, imported.left)).await?;
    Ok(imported)
}

/// The records of the folder with the keys of the books, by product and location.
async fn counted(db: &Db, problem: &Problem) -> Result<Vec<Counted>, DbError> {
    let (locations, products) = db
        .read::<_, DbError>(|tx| {
            Box::pin(async move { Ok((places::locations(tx).await?, places::products(tx).await?)) })
        })
        .await?;
    let locations: HashMap<String, LocationKey> =
        locations.into_iter().map(|kept| (kept.row.code, kept.key)).collect();
    let products: HashMap<String, ProductKey> =
        products.into_iter().map(|kept| (kept.row.sku, kept.key)).collect();
    let (network, held) = (&problem.network, &problem.stock);
    let mut all = Vec::with_capacity(held.record_count());
    for (product, id) in network.products.iter().zip((0..).map(model::ProductId)) {
        let records = held.records(id);
        for (record, location) in records.clone().zip(held.locations(records)) {
            let code = &network.location(*location).code;
            // The setup of this folder was brought in before; who renamed a row since has the import begin anew.
            let (Some(&product_key), Some(&location)) = (products.get(&product.sku), locations.get(code))
            else {
                return Err(DbError::Conflict);
            };
            let shelf = Shelf { product: product_key, location };
            let level = *held.level(RecordId(record as u32));
            all.push(Counted { shelf, level, name: Arc::new((product.sku.clone(), code.clone())) });
        }
    }
    Ok(all)
}

/// FNV-1a over names and numbers: the same counts in another order of rows or columns are the same.
fn content_of(counted: &[Counted]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for one in counted {
        for byte in format!("{:?}{:?}", one.name, one.level).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{} {hash:016x}", counted.len())
}

/// The number of the import: that of one that was broken off, or a new one. `None`: these counts were the last that
/// were brought in.
async fn begin(db: &Db, call: &Call, content: String) -> Result<Option<i64>, DbError> {
    let at_ms = call.at_ms;
    db.write(move |tx| {
        let content = content.clone();
        Box::pin(async move {
            match setup::last_import(tx).await? {
                Some(last) if last.content == content => {
                    Ok(last.finished_at.is_none().then_some(last.number))
                }
                _ => setup::begin_import(tx, &content, at_ms).await.map(Some),
            }
        })
    })
    .await
}

async fn finish(db: &Db, run: Arc<Run>, (changed, left): (usize, usize)) -> Result<(), DbError> {
    db.write(move |tx| {
        let run = run.clone();
        Box::pin(async move {
            setup::finish_import(tx, run.number, run.call.at_ms).await?;
            let what = What { kind: "stock.imported", subject: "stock", order_id: None };
            run.call.tell(tx, what, &json!({ "import": run.number, "shelves": changed, "left": left })).await
        })
    })
    .await
}

async fn put(db: &Db, run: Arc<Run>, batch: Arc<[Counted]>) -> Result<Done, Refused> {
    db.write(move |tx| {
        let (run, batch) = (run.clone(), batch.clone());
        Box::pin(async move {
            demand_last(tx, &run).await?;
            let mut done = Done::default();
            for of_product in batch.chunk_by(|a, b| a.shelf.product == b.shelf.product) {
                let there = shelves::of_product(tx, of_product[0].shelf.product).await?;
                for counted in of_product {
                    let stocked = there.iter().find(|stocked| stocked.shelf == counted.shelf);
                    put_shelf(tx, &run, (counted, stocked), &mut done).await?;
                }
            }
            Ok(done)
        })
    })
    .await
}

async fn demand_last(tx: &mut Tx, run: &Run) -> Result<(), Refused> {
    match setup::last_import(tx).await? {
        Some(last) if last.number == run.number => Ok(()),
        _ => Err(Refused::conflict("import_overtaken", "another import of stock has begun; its counts hold")),
    }
}

async fn put_shelf(
    tx: &mut Tx,
    run: &Run,
    (counted, stocked): (&Counted, Option<&Stocked>),
    done: &mut Done,
) -> Result<(), Refused> {
    let Counted { shelf, level, .. } = counted;
    if stocked.is_none() {
        stock::open(tx, *shelf).await?;
    }
    let units = stocked.map_or_else(Units::default, |stocked| stocked.units);
    let kept = stocked.and_then(|stocked| stocked.facts.as_deref());
    let promised = ShelfFacts::read(kept)?.promised_elsewhere;
    let wanted = wanted(level);
    // Promises of Baton's own orders are not in the file: what the last file promised is.
    let by = Units { committed: promised, ..units }.to(&wanted);
    let moved = match by == Units::default() {
        true => Moved::Done,
        false => stock::change(tx, *shelf, Movement::Restate { by }, &entry_of(run, shelf)).await?,
    };
    match moved {
        Moved::Done => {}
        Moved::Before => return Ok(()),
        Moved::Short { .. } => {
            done.left.push(left(counted, &units, &wanted));
            return Ok(());
        }
    }
    let facts =
        ShelfFacts { promised_elsewhere: wanted.committed, ..ShelfFacts::of(level, run.today) }.write()?;
    if facts.as_deref() != kept {
        shelves::set_facts(tx, *shelf, facts.as_deref()).await?;
    }
    let is_changed = stocked.is_none() || by != Units::default() || facts.as_deref() != kept;
    done.changed += usize::from(is_changed);
    Ok(())
}

/// The units that the file states. Of more units away than there are the books have no notion: damaged ones are there,
/// then those under inspection, then those promised elsewhere. Nothing can be promised of such a shelf either way.
fn wanted(level: &StockLevel) -> Units {
    let mut room = i64::from(level.on_hand);
    let mut part = |units: i32| {
        let part = i64::from(units).min(room);
        room -= part;
        part
    };
    Units {
        on_hand: level.on_hand.into(),
        damaged: part(level.damaged),
        quality_control: part(level.quality_control),
        committed: part(level.committed),
        safety_stock: level.safety_stock.into(),
        showroom: level.showroom.into(),
        incoming: level.incoming.into(),
    }
}

fn entry_of(run: &Run, shelf: &Shelf) -> Entry {
    Entry {
        at_ms: run.call.at_ms,
        actor: run.call.actor.id.clone(),
        reason: "import".to_owned(),
        document: "inventory.csv".to_owned(),
        source: Some(format!("import:{}:{}:{}", run.number, shelf.product.0, shelf.location.0)),
    }
}

fn left(counted: &Counted, units: &Units, wanted: &Units) -> String {
    let (sku, location) = &*counted.name;
    format!(
        "inventory.csv: {sku} at {location} would be {} on hand, and {} of the {} there are promised or set apart; it \
         was left, count the shelf",
        wanted.on_hand,
        units.committed + units.damaged + units.quality_control,
        units.on_hand
    )
}
