//! The demo while it is served: orders come in, places work, customers buy over the counter, suppliers bring.
//!
//! Owns: the rhythm. Everything is done by the verbs, a few things at a time, and nothing is kept that matters when it
//! stops. Refuses to know: the past. Invariant: it never outruns the places' capacity: beyond [`MOST_A_DAY`] orders it
//! goes at the retailer's own rhythm.

use super::staff::{Staff, Window};
use super::supply::{Delivery, take_in};
use super::{desk, mark, orders};
use flow::Refused;
use flow::baton::Stop;
use flow::fulfillment::State;
use flow::inventory::At;
use flow::inventory::feed::{AtCounter, take_from_counter};
use flow::take_order::take_order;
use model::Timestamp;
use replay::Demo as Retailer;
use replay::chance::Chance;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use store::feeds::Outside;
use store::stock::{self, Shelf};

/// Between two orders at the usual pace, by day.
const BETWEEN_ORDERS_MS: i64 = 20_000;
const BETWEEN_SALES_MS: i64 = 12_000;
const BETWEEN_DELIVERIES_MS: i64 = 120_000;
const BETWEEN_LOOKS_MS: i64 = 30_000;
/// A look at the work at the usual pace, and the shortest.
const TICK_MS: i64 = 1_000;
const SHORTEST_TICK_MS: i64 = 50;
/// Tasks that go a step further in one look.
const MOST_STEPS: usize = 2;
/// Exceptions that are resolved in one look.
const MOST_RESOLVED: usize = 2;
/// Orders of one day beyond which the places would be full: then only what the retailer would have.
const MOST_A_DAY: u32 = 240;
const SLOWER: i64 = 40;
/// SKUs of one delivery.
const MOST_BROUGHT: usize = 60;
/// Orders by hour of the day: how much longer it takes until the next one, in percent.
const HOURS: [i64; 24] = [
    190, 200, 200, 200, 200, 200, 170, 140, 120, 100, 90, 90, 90, 90, 95, 100, 100, 95, 90, 85, 80, 90, 120,
    160,
];

/// What goes on beside the answers.
pub(crate) struct Life {
    staff: Staff,
    retailer: Arc<Retailer>,
    /// Times as fast as usual.
    pace: i64,
    chance: Chance,
    /// Position of the next order that is copied.
    next: usize,
    due: Due,
    /// Day by UTC, and orders taken on it.
    today: (i64, u32),
    /// What was sold and is to be brought again: units by place and SKU.
    owed: BTreeMap<(String, String), i64>,
}

/// When something happens next.
struct Due {
    order_ms: i64,
    sale_ms: i64,
    delivery_ms: i64,
    look_ms: i64,
}

impl Life {
    /// Begins with the order at position `next`.
    pub(super) fn new((staff, retailer): (Staff, Arc<Retailer>), pace: i64, next: usize) -> Life {
        let now_ms = staff.baton.now_ms();
        let chance = Chance::from_seed(staff.seed ^ now_ms as u64);
        let due = Due {
            order_ms: now_ms,
            sale_ms: now_ms,
            delivery_ms: now_ms + BETWEEN_DELIVERIES_MS / pace,
            look_ms: now_ms,
        };
        Life { staff, retailer, pace, chance, next, due, today: (0, 0), owed: BTreeMap::new() }
    }

    /// Goes on until it is asked to stop. A thing that cannot be done now is left out.
    pub(crate) async fn run(mut self, mut stop: Stop) {
        let tick_ms = (TICK_MS / self.pace).max(SHORTEST_TICK_MS);
        loop {
            if let Err(refused) = self.turn().await {
                tracing::warn!(%refused, "the demo could not go on; it tries again");
            }
            tokio::select! {
                () = stop.asked() => return,
                () = tokio::time::sleep(Duration::from_millis(tick_ms.unsigned_abs())) => {}
            }
        }
    }

    async fn turn(&mut self) -> Result<(), Refused> {
        let now_ms = self.staff.baton.now_ms();
        let window = Window { from: now_ms, until: now_ms };
        if now_ms >= self.due.order_ms {
            self.due.order_ms = now_ms + self.until_next_order(now_ms);
            self.take_order(now_ms).await?;
        }
        if now_ms >= self.due.sale_ms {
            self.due.sale_ms = now_ms + self.around(BETWEEN_SALES_MS);
            self.sell(now_ms).await?;
        }
        let mut states = State::UNDER_WAY.to_vec();
        if now_ms >= self.due.look_ms {
            self.due.look_ms = now_ms + self.around(BETWEEN_LOOKS_MS);
            desk::resolve(&self.staff, window, MOST_RESOLVED).await?;
            states.push(State::Shipped);
        }
        self.staff.work(&states, window, MOST_STEPS).await?;
        if now_ms >= self.due.delivery_ms {
            self.due.delivery_ms = now_ms + self.around(BETWEEN_DELIVERIES_MS);
            self.bring(now_ms).await?;
        }
        Ok(())
    }

    /// Between 60 and 140 percent of a time at the usual pace.
    fn around(&mut self, usual_ms: i64) -> i64 {
        usual_ms * self.chance.between(60, 140) / 100 / self.pace
    }

    fn until_next_order(&mut self, now_ms: i64) -> i64 {
        let day = now_ms.div_euclid(Timestamp::DAY_MS);
        self.today = if self.today.0 == day { (day, self.today.1 + 1) } else { (day, 1) };
        let slower = if self.today.1 > MOST_A_DAY { SLOWER } else { 1 };
        let hour = usize::from(replay::demo::clock().minute(Timestamp(now_ms)) / 60);
        self.around(BETWEEN_ORDERS_MS) * HOURS[hour % HOURS.len()] / 100 * slower
    }

    /// The next order of the retailer, as one of now.
    async fn take_order(&mut self, now_ms: i64) -> Result<(), Refused> {
        if self.retailer.orders.is_empty() {
            return Ok(());
        }
        let i = self.next % self.retailer.orders.len();
        self.next += 1;
        let day = replay::demo::clock().day(Timestamp(now_ms));
        // Seconds of a thousand days: short enough to be said, and never twice in a demo's life.
        let id = format!("L{:08}", now_ms / 10 % 100_000_000);
        let placed = orders::Placed { id, day, at: Timestamp(now_ms).to_string() };
        let sent = orders::sent(&self.retailer, i, placed);
        take_order(&self.staff.baton, &mark::call(now_ms), sent).await?;
        let retailer = Arc::clone(&self.retailer);
        for line in &retailer.orders[i].lines {
            // The warehouse sends most of what is shipped.
            self.owe(retailer.orders[i].pickup_at.unwrap_or(0), line.good, i64::from(line.units));
        }
        Ok(())
    }

    fn owe(&mut self, site: usize, good: usize, units: i64) {
        let (site, good) = (self.retailer.sites[site].code, self.retailer.goods[good].sku.clone());
        *self.owed.entry((site.to_owned(), good)).or_default() += units;
    }

    /// A till sells one unit of something that its store has.
    async fn sell(&mut self, now_ms: i64) -> Result<(), Refused> {
        let shelves = &self.retailer.shelves;
        let sold: Vec<_> = shelves.iter().filter(|shelf| shelf.sales_per_1000_days > 0).collect();
        if sold.is_empty() {
            return Ok(());
        }
        let shelf = *sold[self.chance.below(sold.len() as u64) as usize];
        let (site, sku) = (self.retailer.sites[shelf.site].code, self.retailer.goods[shelf.good].sku.clone());
        if !self.is_available(site, &sku, now_ms).await? {
            return Ok(());
        }
        let sale = AtCounter {
            at: At { sku, location: site.to_owned() },
            what: Outside::Sold { units: 1 },
            happened_at_ms: now_ms,
            source: format!("till:{site}:{now_ms}"),
        };
        take_from_counter(&self.staff.baton.db, &mark::call(now_ms), sale).await?;
        self.owe(shelf.site, shelf.good, 1);
        Ok(())
    }

    /// A till that sold what is promised would be a mishap of its own.
    async fn is_available(&self, site: &str, sku: &str, now_ms: i64) -> Result<bool, Refused> {
        let baton = &self.staff.baton;
        let shop = baton.shop(now_ms).await?;
        let place = shop.network.location_by_code(site).zip(shop.network.product_by_sku(sku));
        let Some((place, product)) = place else { return Ok(false) };
        let shelf = Shelf { product: shop.product_key(product), location: shop.location_key(place) };
        let units = baton.db.read(move |tx| Box::pin(async move { stock::units(tx, shelf).await })).await;
        let units: Option<stock::Units> = units?;
        Ok(units.is_some_and(|units| units.available() > 0))
    }

    /// One place gets again what it sold.
    async fn bring(&mut self, now_ms: i64) -> Result<(), Refused> {
        let Some((first, _)) = self.owed.keys().next().cloned() else { return Ok(()) };
        let of_place = self.owed.keys().filter(|(place, _)| *place == first).take(MOST_BROUGHT);
        let keys: Vec<_> = of_place.cloned().collect();
        let units = keys.into_iter().filter_map(|key| {
            let units = self.owed.remove(&key)?;
            Some((key.1, units))
        });
        let delivery = Delivery { to: first, units: units.collect() };
        take_in(&self.staff.baton, delivery, now_ms).await
    }
}
