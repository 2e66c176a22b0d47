//! The demo's past: the retailer's orders, taken and carried through by the verbs, at their own times.
//!
//! Owns: walking through the days. Invariant: within an hour or two everything happens in the order of time; orders of
//! one span are taken side by side, so that one flush serves many.

use super::staff::{Staff, Standing, Window};
use super::supply::{Delivery, take_in};
use super::{desk, mark, orders};
use flow::exception::escalate_overdue;
use flow::fulfillment::{State, pass_deadlines};
use flow::take_order::take_order;
use flow::{Baton, Refused};
use model::{Day, Timestamp};
use replay::Demo as Retailer;
use replay::chance::Chance;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use store::{DbError, events};
use tokio::task::JoinSet;

/// Days of the past, today included.
pub(crate) const DAYS: u32 = 90;
/// Span of time of one round. It divides the day, so that no round crosses into another.
const ROUND_MS: i64 = 2 * 60 * Timestamp::MINUTE_MS;
/// Orders taken at once: as many as one flush of SQLite serves.
const AT_ONCE: usize = 64;
/// When the van comes, by the shop's clock.
const DELIVERY_MINUTE: i64 = 6 * 60;
/// The hour, by UTC, of the round in which parcels are brought, and what concerns the whole day is done.
const EVENING_HOUR: i64 = 22;

/// One who walks through the days.
pub(super) struct History {
    /// The books as they are.
    books: Baton,
    /// They see the shop of one round.
    staff: Staff,
    retailer: Arc<Retailer>,
    /// The next order that is not taken.
    next: usize,
    /// The next receipt that is not taken in.
    next_receipt: usize,
    /// Orders that their customers cancel, by time.
    cancels: BTreeSet<(i64, String)>,
    /// Tasks of which something comes back, by time and id.
    returns: BTreeMap<(i64, String), Standing>,
}

impl History {
    pub(super) fn new(staff: Staff, retailer: Arc<Retailer>) -> History {
        let (cancels, returns) = (BTreeSet::new(), BTreeMap::new());
        History { books: staff.baton.clone(), staff, retailer, next: 0, next_receipt: 0, cancels, returns }
    }

    /// Brings everything in that happened until now. `tell` hears how many days are done, and may break it off.
    pub(super) async fn bring(
        mut self,
        now_ms: i64,
        mut tell: impl FnMut(u32) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Refused> {
        let begin_ms = replay::demo::clock().instant(self.retailer.plan.first_day, 0).0;
        let mut from = begin_ms - begin_ms.rem_euclid(ROUND_MS);
        while from < now_ms {
            let window = Window { from, until: (from + ROUND_MS - 1).min(now_ms) };
            self.round(window).await?;
            from += ROUND_MS;
            let days = (from - begin_ms).max(0) / Timestamp::DAY_MS;
            if tell(u32::try_from(days).map_or(DAYS, |days| days.min(DAYS))).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        seal(&self.books).await?;
        Ok(ControlFlow::Continue(()))
    }

    async fn round(&mut self, window: Window) -> Result<(), Refused> {
        self.staff.baton = still(&self.books, window.until).await?;
        self.receive(window).await?;
        self.take_orders(window).await?;
        self.cancel(window).await?;
        self.work(window).await?;
        pass_deadlines(&self.staff.baton, window.until).await?;
        desk::resolve(&self.staff, window, usize::MAX).await?;
        self.take_back(window).await?;
        if is_evening(window) {
            escalate_overdue(&self.staff.baton, window.until).await?;
            seal(&self.staff.baton).await?;
        }
        Ok(())
    }

    /// What suppliers bring on the morning of a day, one delivery for each place.
    async fn receive(&mut self, window: Window) -> Result<(), Refused> {
        let mut by_site: BTreeMap<usize, Delivery> = BTreeMap::new();
        let retailer = Arc::clone(&self.retailer);
        while let Some(receipt) = retailer.receipts.get(self.next_receipt) {
            if delivered_at(receipt.day) > window.until {
                break;
            }
            let to = retailer.sites[receipt.site].code.to_owned();
            let delivery = by_site.entry(receipt.site).or_insert(Delivery { to, units: Vec::new() });
            delivery.units.push((retailer.goods[receipt.good].sku.clone(), i64::from(receipt.units)));
            self.next_receipt += 1;
        }
        for delivery in by_site.into_values() {
            take_in(&self.staff.baton, delivery, window.from).await?;
        }
        Ok(())
    }

    async fn take_orders(&mut self, window: Window) -> Result<(), Refused> {
        let mut under_way: JoinSet<Result<(i64, String), Refused>> = JoinSet::new();
        while let Some(at_ms) = placed_ms(&self.retailer, self.next).filter(|at| *at <= window.until) {
            if under_way.len() >= AT_ONCE {
                self.taken(under_way.join_next().await)?;
            }
            let (baton, retailer, i) = (self.staff.baton.clone(), Arc::clone(&self.retailer), self.next);
            under_way.spawn(async move { Ok((at_ms, take(&baton, &retailer, i, at_ms).await?)) });
            self.next += 1;
        }
        while let Some(done) = under_way.join_next().await {
            self.taken(Some(done))?;
        }
        Ok(())
    }

    fn taken(&mut self, done: Option<Taken>) -> Result<(), Refused> {
        let Some(done) = done else { return Ok(()) };
        let (at_ms, order_id) = done.map_err(|error| DbError::Broken(error.to_string()))??;
        if let Some(cancelled_ms) = desk::cancelled_at(self.staff.seed, at_ms) {
            self.cancels.insert((cancelled_ms, order_id));
        }
        Ok(())
    }

    async fn cancel(&mut self, window: Window) -> Result<(), Refused> {
        while let Some(at_ms) = self.cancels.first().and_then(|(due_ms, _)| window.when(*due_ms)) {
            let Some((_, order_id)) = self.cancels.pop_first() else { break };
            desk::cancel(&self.staff, &order_id, at_ms).await?;
        }
        Ok(())
    }

    async fn work(&mut self, window: Window) -> Result<(), Refused> {
        let mut states = State::UNDER_WAY.to_vec();
        states.extend(is_evening(window).then_some(State::Shipped));
        let worked = self.staff.work(&states, window, usize::MAX).await?;
        for task in worked.ended {
            if let Some(at_ms) = desk::returned_at(self.staff.seed, &task) {
                self.returns.insert((at_ms, task.row.id.clone()), task);
            }
        }
        Ok(())
    }

    async fn take_back(&mut self, window: Window) -> Result<(), Refused> {
        while let Some(first) = self.returns.first_entry() {
            let Some(at_ms) = window.when(first.key().0) else { break };
            desk::take_back(&self.staff, &first.remove(), at_ms).await?;
        }
        Ok(())
    }
}

/// When an order came in, and its id; how its taking came back.
type Taken = Result<Result<(i64, String), Refused>, tokio::task::JoinError>;

/// Books whose shop is read once for a round: nobody else changes it, and a read for each verb would be most of the work.
async fn still(books: &Baton, at_ms: i64) -> Result<Baton, Refused> {
    let shop = books.shop(at_ms).await?;
    Ok(books.clone().with_shop((*shop).clone()))
}

fn is_evening(window: Window) -> bool {
    window.from.rem_euclid(Timestamp::DAY_MS) == EVENING_HOUR * 60 * Timestamp::MINUTE_MS
}

fn delivered_at(day: Day) -> i64 {
    replay::demo::clock().instant(day, DELIVERY_MINUTE).0
}

/// When an order of the retailer was placed: somewhere in its minute. `None`: there is no such order.
pub(super) fn placed_ms(retailer: &Retailer, i: usize) -> Option<i64> {
    let order = retailer.orders.get(i)?;
    let day = Day(retailer.plan.first_day.0 + i32::from(order.day));
    let minute_ms = replay::demo::clock().instant(day, i64::from(order.minute)).0;
    let mut chance = Chance::from_seed(retailer.plan.seed).apart(i as u64 + 1);
    Some(minute_ms + chance.between(0, Timestamp::MINUTE_MS - 1))
}

async fn take(baton: &Baton, retailer: &Retailer, i: usize, at_ms: i64) -> Result<String, Refused> {
    let day = replay::demo::clock().day(Timestamp(at_ms));
    let at = Timestamp(at_ms).to_string();
    let placed = orders::Placed { id: retailer.orders[i].id.clone(), day, at };
    let taken = take_order(baton, &mark::call(at_ms), orders::sent(retailer, i, placed)).await?;
    Ok(taken.order.id)
}

/// Gives every event its place, so that whoever serves these books finds nothing to catch up on.
async fn seal(baton: &Baton) -> Result<(), Refused> {
    const AT_ONCE: usize = 1_000;
    loop {
        let sealed = baton.db.write(|tx| Box::pin(async move { events::seal(tx, AT_ONCE as i64).await }));
        let sealed: usize = sealed.await?;
        if sealed < AT_ONCE {
            return Ok(());
        }
    }
}
