//! Keeping the sums of days: what an event changes is worked out anew, a day at a time, from the rows.
//!
//! Owns: which days those are. A day is a function of the rows alone, so that sums kept as events come, and sums made from
//! nothing, are the same; and so that a round that runs twice does no harm. Refuses to know: what a measure means.

use super::rate::{Of, Share};
use super::{FIVE, time_to_leave};
use crate::baton::Baton;
use crate::call::What;
use crate::refused::Refused;
use crate::shop::Shop;
use crate::timers::Timer;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::{Day, Timestamp};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use store::measures::{self, Cell, Progress};
use store::places::LocationKey;
use store::{Db, Tx};

/// Events of one round: they are of a few days.
const EVENTS_AT_ONCE: i64 = 5_000;
/// Rounds of one run: what is left is next.
const MOST_ROUNDS: usize = 200;
/// Orders that are read at once.
const PAGE: i64 = 1_000;
const EVERY: Duration = Duration::from_secs(60);

/// Of what is of no one place.
const NO_PLACE: LocationKey = LocationKey(0);

type Cells = BTreeMap<(String, LocationKey, String), Share>;

/// The task that keeps them.
pub fn timer() -> Timer {
    Timer::new("keep_measures", EVERY, |baton: Baton| async move {
        keep_up(&baton).await?;
        Ok(())
    })
}

/// Brings the sums up to the last event that is in its place; how many days were worked out anew. May run twice.
///
/// # Errors
/// There are no locations yet; the database's.
pub async fn keep_up(baton: &Baton) -> Result<usize, Refused> {
    let mut days = 0;
    for _ in 0..MOST_ROUNDS {
        let Some((from, to)) = stretch(&baton.db).await? else { break };
        let touched = touched(&baton.db, (from.place, to.place)).await?;
        // Before there is a shop nothing can be touched.
        if !touched.is_empty() {
            let shop = baton.shop(baton.now_ms()).await?;
            let clock = &shop.network.settings.clock;
            let dirty: BTreeSet<Day> = touched.into_iter().map(|at_ms| clock.day(Timestamp(at_ms))).collect();
            for day in &dirty {
                work_out(&baton.db, &shop, *day).await?;
            }
            days += dirty.len();
        }
        let moved = baton.db.write::<_, Refused>(move |tx| {
            Box::pin(async move { Ok(measures::move_on(tx, from, to).await?) })
        });
        if !moved.await? {
            break;
        }
    }
    Ok(days)
}

/// The events that come next: from what is counted, to where a round ends.
async fn stretch(db: &Db) -> Result<Option<(Progress, Progress)>, Refused> {
    db.read::<_, Refused>(|tx| {
        Box::pin(async move {
            let from = measures::progress(tx).await?;
            let to = measures::next(tx, from.place, EVENTS_AT_ONCE).await?;
            Ok(to.map(|to| (from, to)))
        })
    })
    .await
}

/// Writes down what left, and finds moments in the days that change.
async fn touched(db: &Db, stretch: (i64, i64)) -> Result<Vec<i64>, Refused> {
    db.write::<_, Refused>(move |tx| Box::pin(async move { Ok(measures::depart(tx, stretch).await?) }))
        .await?;
    db.read::<_, Refused>(move |tx| Box::pin(async move { Ok(measures::touched(tx, stretch).await?) })).await
}

/// Works the sums of a day out anew. What changes in between is told by an event, and changes the day again.
async fn work_out(db: &Db, shop: &Shop, day: Day) -> Result<(), Refused> {
    let bounds = bounds_ms(shop, day);
    let cells = db.read::<_, Refused>(move |tx| Box::pin(cells_of(tx, bounds)));
    let cell = |((measure, location, lane), share): ((String, LocationKey, String), Share)| Cell {
        measure,
        location,
        lane,
        numerator: share.numerator,
        denominator: share.denominator,
    };
    let cells: Arc<Vec<Cell>> = Arc::new(cells.await?.into_iter().map(cell).collect());
    db.write::<_, Refused>(move |tx| {
        let cells = Arc::clone(&cells);
        Box::pin(async move { Ok(measures::set_day(tx, day.0.into(), &cells).await?) })
    })
    .await
}

/// When a day begins and ends by the shop's clock.
pub(super) fn bounds_ms(shop: &Shop, day: Day) -> (i64, i64) {
    let clock = &shop.network.settings.clock;
    (clock.instant(day, 0).0, clock.instant(Day(day.0 + 1), 0).0)
}

async fn cells_of(tx: &mut Tx, (from_ms, to_ms): (i64, i64)) -> Result<Cells, Refused> {
    let mut cells = Cells::new();
    let mut after = (from_ms, String::new());
    loop {
        let page = measures::sent(tx, (after.0, &after.1), to_ms, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = (last.left_at_ms, last.order_id.clone());
        for order in &page {
            let mut add = |code: &str, share| add(&mut cells, (code, order.location, &order.lane), share);
            for measure in FIVE {
                if let Of::Sent(of) = measure.of {
                    add(measure.code, of(order));
                }
            }
            add(&time_to_leave::step_of(order), Some(Share { numerator: 1, denominator: 1 }));
        }
    }
    after = (from_ms, String::new());
    loop {
        let page = measures::placed(tx, (after.0, &after.1), to_ms, PAGE).await?;
        let Some(last) = page.last() else { return Ok(cells) };
        after = (last.placed_at_ms, last.order_id.clone());
        for order in &page {
            for measure in FIVE {
                if let Of::Placed(of) = measure.of {
                    add(&mut cells, (measure.code, NO_PLACE, &order.lane), of(order));
                }
            }
        }
    }
}

fn add(cells: &mut Cells, (code, location, lane): (&str, LocationKey, &str), share: Option<Share>) {
    let Some(share) = share else { return };
    let key = (code.to_owned(), location, lane.to_owned());
    let cell = cells.entry(key).or_insert(Share { numerator: 0, denominator: 0 });
    cell.numerator += share.numerator;
    cell.denominator += share.denominator;
}

/// Has all sums made from nothing: after the shop's clock was changed, or a measure. They come back as the task goes on.
#[derive(Clone, Copy, Debug)]
pub struct RecountMeasures;

#[async_trait]
impl Verb for RecountMeasures {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        measures::forget(tx).await?;
        let what = What { kind: "numbers.recounted", subject: "numbers", order_id: None };
        Ok(scene.call.tell(tx, what, &json!({})).await?)
    }
}
