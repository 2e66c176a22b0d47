//! The past as the books have it: the stock at the first moment, and what came and went after it.
//!
//! Owns: that the stock at the first moment is what stands on the shelves now less what the ledger has had since, and
//! that all of it is read from one state of the books. Refuses to know: the orders, which stream in (`feed`).

use crate::baton::Baton;
use crate::refused::Refused;
use crate::setup::{Books, Facts, off_the_way, utc_day};
use crate::shelf;
use ::replay::{Change, Movement, Movements, Replenish};
use model::{LocationId, ProductId, Stock, StockEntry, Timestamp};
use std::sync::Arc;
use store::db::DbError;
use store::history::{self, Moved, Period};
use store::places::ProductKey;
use store::promise::{self, Offered};
use store::stock::{Shelf, Units};
use store::{Tx, shelves};

/// Movements of a period that are held in memory while it is replayed.
const MOST_MOVES: usize = 1_000_000;
/// Entries of the ledger that are read at once.
const PAGE: i64 = 5_000;
/// Products whose shelves are looked at together.
const PRODUCTS: usize = 400;
/// Units that keep a shelf empty whatever comes in: sums with them stay far from overflow.
const ALL_UNITS: i32 = 500_000_000;

/// What a period is replayed over.
pub(super) struct Past {
    /// As it is today; opening hours begin with the period.
    pub(super) facts: Arc<Facts>,
    /// At the first moment. How old units are is told as of today.
    pub(super) stock: Stock,
    pub(super) replenish: Replenish,
    /// Placed in the period.
    pub(super) orders: u64,
    /// When the ledger begins, where that is within the period.
    pub(super) begins_ms: Option<i64>,
    /// Shelves whose books are not trusted today.
    pub(super) gated: u64,
}

/// Rows, before they are a stock.
struct Rows {
    facts: Arc<Facts>,
    shelves: Vec<Standing>,
    moves: Vec<Moved>,
    orders: i64,
    first_entry_ms: Option<i64>,
}

/// A shelf at the first moment.
struct Standing {
    shelf: Shelf,
    units: Units,
    facts: Option<String>,
    is_gated: bool,
}

impl Past {
    pub(super) async fn read(baton: &Baton, period: Period) -> Result<Past, Refused> {
        let fixed = baton.fixed_shop().map(|shop| Arc::clone(shop.facts()));
        let now_ms = baton.now_ms();
        let rows = baton.db.read(move |tx| {
            let fixed = fixed.clone();
            Box::pin(async move { Rows::read(tx, fixed, (period, now_ms)).await })
        });
        let rows = rows.await?;
        off_the_way(move || rows.settle((period, now_ms))).await?
    }
}

impl Rows {
    async fn read(
        tx: &mut Tx,
        fixed: Option<Arc<Facts>>,
        (period, now_ms): (Period, i64),
    ) -> Result<Rows, Refused> {
        let facts = match fixed {
            Some(facts) => facts,
            None => Arc::new(Facts::of(&Books::read(tx).await?, utc_day(period.from_ms))?),
        };
        Ok(Rows {
            shelves: standing(tx, &facts.products, (period.from_ms, now_ms)).await?,
            moves: moves(tx, period).await?,
            orders: history::orders_placed(tx, period).await?,
            first_entry_ms: history::first_entry(tx).await?,
            facts,
        })
    }

    fn settle(self, (period, now_ms): (Period, i64)) -> Result<Past, Refused> {
        let facts = self.facts;
        let today = facts.today(now_ms);
        let mut gated = 0;
        let mut entries = Vec::with_capacity(self.shelves.len());
        for standing in &self.shelves {
            let Some((product, location)) = ids(&facts, standing.shelf) else { continue };
            let mut level = shelf::level(&standing.units, standing.facts.as_deref(), today)?;
            if standing.is_gated {
                level.safety_stock = ALL_UNITS;
                gated += 1;
            }
            entries.push(StockEntry { product, location, level });
        }
        let stock = Stock::new(&facts.network, entries, facts.today(period.from_ms));
        let moves = self.moves.iter().filter_map(|moved| movement(&facts, moved)).collect();
        Ok(Past {
            stock,
            replenish: Replenish::Moved(Movements { moves, aged_on: today }),
            orders: u64::try_from(self.orders).unwrap_or(0),
            begins_ms: self.first_entry_ms.filter(|&at| at > period.from_ms),
            gated,
            facts,
        })
    }
}

/// Every shelf as it stood at the first moment, as live decisions read shelves.
async fn standing(
    tx: &mut Tx,
    products: &[ProductKey],
    (from_ms, now_ms): (i64, i64),
) -> Result<Vec<Standing>, DbError> {
    let since = history::changed_since(tx, from_ms).await?;
    let mut all = Vec::new();
    for some in products.chunks(PRODUCTS) {
        // Gates of one channel alone are not asked: a stock is the same for all channels.
        let offered = promise::offered(tx, some, ("", now_ms)).await?;
        all.extend(offered.into_iter().map(|Offered { stocked, is_gated }| {
            let shelves::Stocked { shelf, units, facts } = stocked;
            let units = since.get(&shelf).map_or(units, |since| since.to(&units));
            Standing { shelf, units, facts, is_gated }
        }));
    }
    Ok(all)
}

async fn moves(tx: &mut Tx, period: Period) -> Result<Vec<Moved>, Refused> {
    let mut all: Vec<Moved> = Vec::new();
    loop {
        let after = all.last().map_or(0, |last| last.number);
        let page = history::moved(tx, period, after, PAGE).await?;
        let is_last = (page.len() as i64) < PAGE;
        all.extend(page);
        if all.len() > MOST_MOVES {
            let say = format!(
                "more than {MOST_MOVES} movements of stock are in this period; ask for a shorter one"
            );
            return Err(Refused::conflict("too_many_movements", say));
        }
        if is_last {
            return Ok(all);
        }
    }
}

/// `None`: its place or product is not in the network.
fn ids(facts: &Facts, shelf: Shelf) -> Option<(ProductId, LocationId)> {
    facts.product(shelf.product).zip(facts.location(shelf.location))
}

fn movement(facts: &Facts, moved: &Moved) -> Option<Movement> {
    let (product, location) = ids(facts, moved.shelf)?;
    let units = |units: i64| i32::try_from(units).unwrap_or(if units < 0 { -ALL_UNITS } else { ALL_UNITS });
    let by = &moved.by;
    let by = Change {
        on_hand: units(by.on_hand),
        committed: units(by.committed),
        safety_stock: units(by.safety_stock),
        damaged: units(by.damaged),
        quality_control: units(by.quality_control),
        showroom: units(by.showroom),
        incoming: units(by.incoming),
    };
    Some(Movement { at: Timestamp(moved.at_ms), location, product, by })
}
