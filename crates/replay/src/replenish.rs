//! How stock comes back while history is replayed.
//!
//! Owns: receipts by day, and the assumption of shelves that are restored. Refuses to know: who ordered them, and what a
//! movement of a ledger does, which `movements` knows.

use crate::movements::{self, Movements, Step};
use model::{Day, LocationId, Network, ProductId, RecordId, Stock, StockLevel, Timestamp};
use std::collections::HashMap;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Replenish {
    /// What is sold is gone.
    Never,
    /// These receipts, each at the start of its day. Those of days before the first order are taken to be in
    /// the stock already.
    Daily(Vec<Receipt>),
    /// Every so many days all shelves stand again as they stood at the start: the assumption for replaying last
    /// quarter's orders over today's stock, when nobody knows what came in.
    ToStart { every_days: u16 },
    /// Everything that came and went besides these orders, each at its moment.
    Moved(Movements),
}

/// Units that arrive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Receipt {
    pub day: Day,
    pub location: LocationId,
    pub product: ProductId,
    pub units: u32,
}

/// [`Replenish`] with its receipts sorted by day and resolved to records.
pub(crate) enum Supply {
    Never,
    Daily(Vec<Delivery>),
    ToStart {
        every_days: i32,
    },
    Moved {
        steps: Vec<Step>,
        /// Where units are worth something else on another day: the day as of which their age is told.
        aged_on: Option<Day>,
    },
}

/// A receipt of a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Delivery {
    day: Day,
    record: RecordId,
    units: u32,
    /// Day of the record's next one.
    next: Option<Day>,
}

impl Supply {
    /// Second: receipts for products that a location has no record of, which are left out.
    pub(crate) fn new(replenish: &Replenish, network: &Network, stock: &Stock) -> (Supply, u64) {
        match replenish {
            Replenish::Never => (Supply::Never, 0),
            Replenish::ToStart { every_days } => {
                (Supply::ToStart { every_days: i32::from((*every_days).max(1)) }, 0)
            }
            Replenish::Daily(receipts) => {
                let mut rows: Vec<Delivery> = Vec::with_capacity(receipts.len());
                for &Receipt { day, location, product, units } in receipts {
                    let is_known = product.index() < network.products.len();
                    let record = is_known.then(|| stock.record(product, location)).flatten();
                    rows.extend(record.map(|record| Delivery { day, record, units, next: None }));
                }
                let unplaced = receipts.len() - rows.len();
                rows.sort_unstable();
                announce(&mut rows);
                (Supply::Daily(rows), unplaced as u64)
            }
            Replenish::Moved(Movements { moves, aged_on }) => {
                let (steps, unplaced) = movements::steps(moves, network, stock);
                let aged_on = movements::changes_with_days(stock).then_some(*aged_on);
                (Supply::Moved { steps, aged_on }, unplaced)
            }
        }
    }
}

/// Tells each delivery when its record's next one comes. Rows are sorted by day.
fn announce(rows: &mut [Delivery]) {
    let mut later: HashMap<RecordId, (Day, Option<Day>)> = HashMap::new();
    for row in rows.iter_mut().rev() {
        row.next = match later.get(&row.record) {
            // Two deliveries of one day have the same successor.
            Some(&(day, after)) if day == row.day => after,
            Some(&(day, _)) => Some(day),
            None => None,
        };
        later.insert(row.record, (row.day, row.next));
    }
}

/// One variant's place in the supply.
pub(crate) struct Shelves<'a> {
    supply: &'a Supply,
    network: &'a Network,
    start: &'a Stock,
    today: Option<Day>,
    next_row: usize,
    /// When the next movement comes to pass.
    next_at: Timestamp,
    restore_on: Day,
}

impl<'a> Shelves<'a> {
    pub(crate) fn new(supply: &'a Supply, network: &'a Network, start: &'a Stock) -> Shelves<'a> {
        let next_at = match supply {
            Supply::Moved { steps, .. } => steps.first().map_or(Timestamp::MAX, |step| step.at),
            _ => Timestamp::MAX,
        };
        Shelves { supply, network, start, today: None, next_row: 0, next_at, restore_on: Day(0) }
    }

    /// Brings `stock` to the moment `now` of `day`. A day that was opened before, and a movement that was made, change
    /// nothing.
    #[inline]
    pub(crate) fn open(&mut self, (day, now): (Day, Timestamp), stock: &mut Stock) {
        if self.today.is_none_or(|today| day > today) {
            self.open_day(day, stock);
        }
        if self.next_at <= now {
            self.catch_up(now, stock);
        }
    }

    #[cold]
    fn catch_up(&mut self, now: Timestamp, stock: &mut Stock) {
        let Supply::Moved { steps, .. } = self.supply else { return };
        while let Some(step) = steps.get(self.next_row).filter(|step| step.at <= now) {
            step.take(stock);
            self.next_row += 1;
        }
        self.next_at = steps.get(self.next_row).map_or(Timestamp::MAX, |step| step.at);
    }

    #[cold]
    fn open_day(&mut self, day: Day, stock: &mut Stock) {
        let is_first = self.today.replace(day).is_none();
        match self.supply {
            Supply::Never => {}
            Supply::Daily(rows) => {
                if is_first {
                    self.next_row = rows.partition_point(|row| row.day < day);
                    expect(stock, &rows[self.next_row..]);
                }
                while let Some(delivery) = rows.get(self.next_row).filter(|row| row.day <= day) {
                    receive(stock, delivery);
                    self.next_row += 1;
                }
            }
            Supply::ToStart { every_days } => {
                if is_first {
                    self.restore_on = Day(day.0 + every_days);
                } else if day >= self.restore_on {
                    let missed = (day.0 - self.restore_on.0) / every_days;
                    self.restore_on = Day(self.restore_on.0 + (missed + 1) * every_days);
                    restore(stock, self.start);
                }
            }
            Supply::Moved { aged_on: None, .. } => {}
            Supply::Moved { aged_on: Some(aged_on), .. } => {
                *stock = movements::on_day(stock, (self.network, self.start), (day, *aged_on));
            }
        }
    }
}

/// Writes the first of these deliveries into each record as its next receipt.
fn expect(stock: &mut Stock, deliveries: &[Delivery]) {
    for delivery in deliveries.iter().rev() {
        let level = StockLevel { next_receipt: Some(delivery.day), ..*stock.level(delivery.record) };
        stock.set_level(delivery.record, level);
    }
}

fn receive(stock: &mut Stock, delivery: &Delivery) {
    let mut level = *stock.level(delivery.record);
    let units = i32::try_from(delivery.units).unwrap_or(i32::MAX);
    level.on_hand = level.on_hand.saturating_add(units);
    level.incoming = level.incoming.saturating_sub(units).max(0);
    level.next_receipt = delivery.next;
    stock.set_level(delivery.record, level);
}

/// Shelves that hold more than at the start (by a receipt) keep it.
fn restore(stock: &mut Stock, start: &Stock) {
    for record in (0..start.record_count() as u32).map(RecordId) {
        if stock.available(record) < start.available(record) {
            stock.set_level(record, *start.level(record));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::movements::{Change, Movement};

    /// What is available of the one record after each day, two units being taken every day.
    fn daily_levels(replenish: &Replenish, days: &[i32]) -> Vec<i32> {
        let (network, start) = fixture::one_shelf(10);
        let (supply, _) = Supply::new(replenish, &network, &start);
        let mut shelves = Shelves::new(&supply, &network, &start);
        let mut stock = start.clone();
        let mut levels = Vec::new();
        for &day in days {
            shelves.open((Day(day), Timestamp(0)), &mut stock);
            shelves.open((Day(day), Timestamp(0)), &mut stock);
            stock.commit(RecordId(0), 2);
            levels.push(stock.available(RecordId(0)));
        }
        levels
    }

    fn receipt(day: i32, units: u32) -> Receipt {
        Receipt { day: Day(day), location: LocationId(0), product: ProductId(0), units }
    }

    #[test]
    fn without_replenishment_stock_only_falls() {
        assert_eq!(daily_levels(&Replenish::Never, &[1, 2, 3]), [8, 6, 4]);
    }

    #[test]
    fn receipts_arrive_in_the_morning_once_also_over_days_without_orders() {
        let receipts = vec![receipt(3, 5), receipt(2, 1), receipt(6, 7), receipt(9, 50)];
        assert_eq!(daily_levels(&Replenish::Daily(receipts), &[1, 2, 3, 7]), [8, 7, 10, 15]);
    }

    #[test]
    fn receipts_before_the_first_day_are_in_the_stock_already() {
        let receipts = vec![receipt(0, 100), receipt(1, 3)];
        assert_eq!(daily_levels(&Replenish::Daily(receipts), &[1, 2]), [11, 9]);
    }

    #[test]
    fn the_next_receipt_is_that_of_the_receipts_and_lies_after_the_day() {
        let (network, start) = fixture::one_shelf(10);
        let receipts = vec![receipt(1, 5), receipt(3, 1), receipt(3, 2), receipt(6, 7)];
        let (supply, _) = Supply::new(&Replenish::Daily(receipts), &network, &start);
        let mut shelves = Shelves::new(&supply, &network, &start);
        let mut stock = start.clone();
        let mut told = Vec::new();
        for day in [0, 1, 3, 5, 6] {
            shelves.open((Day(day), Timestamp(0)), &mut stock);
            told.push(stock.level(RecordId(0)).next_receipt.map(|next| next.0));
        }
        assert_eq!(told, [Some(1), Some(3), Some(6), Some(6), None]);
    }

    #[test]
    fn receipts_for_what_a_location_does_not_carry_are_counted() {
        let (network, start) = fixture::one_shelf(10);
        let strays = vec![
            receipt(1, 1),
            Receipt { product: ProductId(99), ..receipt(1, 1) },
            Receipt { location: LocationId(9), ..receipt(1, 1) },
        ];
        assert_eq!(Supply::new(&Replenish::Daily(strays), &network, &start).1, 2);
    }

    #[test]
    fn movements_come_to_pass_at_their_moment_once() {
        let (network, start) = fixture::one_shelf(10);
        let step = |at: i64, on_hand: i32| Movement {
            at: Timestamp(at),
            location: LocationId(0),
            product: ProductId(0),
            by: Change { on_hand, ..Change::default() },
        };
        let moves = vec![step(50, -3), step(20, 4), step(90, 7)];
        let moved = Replenish::Moved(Movements { moves, aged_on: Day(0) });
        let (supply, _) = Supply::new(&moved, &network, &start);
        let mut shelves = Shelves::new(&supply, &network, &start);
        let mut stock = start.clone();
        let mut at = |now: i64| {
            shelves.open((Day(0), Timestamp(now)), &mut stock);
            stock.available(RecordId(0))
        };
        assert_eq!([at(19), at(20), at(20), at(89), at(200)], [10, 14, 14, 11, 18]);
    }

    #[test]
    fn shelves_are_restored_every_so_many_days() {
        let every_two = Replenish::ToStart { every_days: 2 };
        assert_eq!(daily_levels(&every_two, &[1, 2, 3, 4, 5]), [8, 6, 8, 6, 8]);
        assert_eq!(daily_levels(&every_two, &[1, 2, 10, 11, 12]), [8, 6, 8, 8, 6]);
    }
}
