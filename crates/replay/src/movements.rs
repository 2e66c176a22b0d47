//! What comes and goes besides the orders of the period, each at its moment, as a ledger has it.
//!
//! Owns: what a movement does to a shelf whose orders went elsewhere than they really did, and how old units are on
//! each day. Refuses to know: who moved them, and why.

use model::{Day, LocationId, Network, ProductId, RecordId, Stock, StockEntry, StockLevel, Timestamp};

/// Movements of a period, in any order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Movements {
    pub moves: Vec<Movement>,
    /// The day as of which the stock at the start tells how old units are. On every other day they are as much older
    /// or younger; none is younger than a day that is to come.
    pub aged_on: Day,
}

/// Units of one shelf that come, go or change their state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Movement {
    /// It precedes orders placed at the same instant.
    pub at: Timestamp,
    pub location: LocationId,
    pub product: ProductId,
    pub by: Change,
}

/// By how much each state of a shelf changes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Change {
    pub on_hand: i32,
    pub committed: i32,
    pub safety_stock: i32,
    pub damaged: i32,
    pub quality_control: i32,
    pub showroom: i32,
    pub incoming: i32,
}

/// A movement of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) at: Timestamp,
    record: RecordId,
    by: Change,
}

/// The movements by time, resolved to records; second: those of shelves that the stock does not have.
pub(crate) fn steps(moves: &[Movement], network: &Network, stock: &Stock) -> (Vec<Step>, u64) {
    let mut steps: Vec<Step> = Vec::with_capacity(moves.len());
    for &Movement { at, location, product, by } in moves {
        let is_known = product.index() < network.products.len();
        let record = is_known.then(|| stock.record(product, location)).flatten();
        steps.extend(record.map(|record| Step { at, record, by }));
    }
    // Those of one instant stay in their order.
    steps.sort_by_key(|step| step.at);
    let unplaced = moves.len() - steps.len();
    (steps, unplaced as u64)
}

impl Step {
    pub(crate) fn take(&self, stock: &mut Stock) {
        let level = changed(stock.level(self.record), self.by);
        stock.set_level(self.record, level);
    }
}

/// The level after a change. What other rules have promised, and what is damaged or looked at, stays on the shelf: a
/// taking of more than the rest takes the rest. Where orders went as they really did this never comes to pass, because
/// the books never let such units go.
fn changed(level: &StockLevel, by: Change) -> StockLevel {
    let sum = |units: i32, by: i32| units.saturating_add(by).max(0);
    let (committed, damaged) = (sum(level.committed, by.committed), sum(level.damaged, by.damaged));
    let quality_control = sum(level.quality_control, by.quality_control);
    let bound = committed.saturating_add(damaged).saturating_add(quality_control);
    let on_hand = sum(level.on_hand, by.on_hand);
    StockLevel {
        // No units come of it: what was not there before is not there after it.
        on_hand: if by.on_hand < 0 { on_hand.max(bound.min(level.on_hand)) } else { on_hand },
        committed,
        safety_stock: sum(level.safety_stock, by.safety_stock),
        damaged,
        quality_control,
        showroom: sum(level.showroom, by.showroom),
        incoming: sum(level.incoming, by.incoming),
        ..*level
    }
}

/// The same stock on another day: what a unit is worth follows from its age and from the days until the next receipt.
/// `start` tells ages as of `aged_on`.
pub(crate) fn on_day(
    stock: &Stock,
    (network, start): (&Network, &Stock),
    (day, aged_on): (Day, Day),
) -> Stock {
    let mut entries = Vec::with_capacity(stock.record_count());
    let passed = aged_on.0.saturating_sub(day.0);
    for product in (0..network.products.len() as u32).map(ProductId) {
        let records = stock.records(product);
        for (record, &location) in records.clone().zip(stock.locations(records)) {
            let record = RecordId(record as u32);
            let age = i64::from(start.level(record).age_days) - i64::from(passed);
            let age_days = u32::try_from(age.max(0)).unwrap_or(u32::MAX);
            entries.push(StockEntry {
                product,
                location,
                level: StockLevel { age_days, ..*stock.level(record) },
            });
        }
    }
    let mut fresh = Stock::new(network, entries, day);
    for location in network.location_ids() {
        fresh.set_load(location, stock.load(location));
    }
    fresh
}

/// Whether a unit of any record is worth something else on another day.
pub(crate) fn changes_with_days(stock: &Stock) -> bool {
    let mut records = (0..stock.record_count() as u32).map(RecordId);
    records.any(|record| {
        let level = stock.level(record);
        level.age_days > 0 || level.next_receipt.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn level(on_hand: i32, committed: i32) -> StockLevel {
        StockLevel { on_hand, committed, ..StockLevel::default() }
    }

    #[test]
    fn a_taking_leaves_what_is_promised() {
        let sold = Change { on_hand: -5, ..Change::default() };
        assert_eq!(changed(&level(9, 2), sold).available(), 2);
        let short = changed(&level(9, 7), sold);
        assert_eq!((short.on_hand, short.available()), (7, 0));
        // The next receipt is not owed to what could not be taken.
        assert_eq!(changed(&short, Change { on_hand: 3, ..Change::default() }).available(), 3);
    }

    #[test]
    fn a_cart_that_holds_what_others_have_got_makes_no_units_when_it_lets_go() {
        let held = changed(&level(3, 3), Change { committed: 2, ..Change::default() });
        assert_eq!((held.on_hand, held.available()), (3, 0));
        let released = changed(&held, Change { committed: -2, ..Change::default() });
        assert_eq!((released.on_hand, released.committed, released.available()), (3, 3, 0));
    }

    #[test]
    fn a_safety_stock_that_is_not_covered_does_not_keep_units_from_leaving() {
        let kept = StockLevel { safety_stock: 5, ..level(3, 0) };
        let sold = changed(&kept, Change { on_hand: -1, ..Change::default() });
        assert_eq!((sold.on_hand, sold.available()), (2, 0));
        assert_eq!(changed(&sold, Change { on_hand: 5, ..Change::default() }).available(), 2);
    }

    #[test]
    fn movements_come_by_time_and_strays_are_counted() {
        let (network, stock) = fixture::one_shelf(10);
        let one = Movement {
            at: Timestamp(7),
            location: LocationId(0),
            product: ProductId(0),
            by: Change { on_hand: 1, ..Change::default() },
        };
        let moves = [
            one,
            Movement { at: Timestamp(3), ..one },
            Movement { product: ProductId(99), ..one },
            Movement { location: LocationId(9), ..one },
        ];
        let (steps, strays) = steps(&moves, &network, &stock);
        assert_eq!((steps.iter().map(|step| step.at.0).collect::<Vec<_>>(), strays), (vec![3, 7], 2));
    }

    #[test]
    fn units_are_as_old_as_on_the_day() {
        let (network, start) = fixture::one_shelf(10);
        let aged = StockLevel { age_days: 5, ..*start.level(RecordId(0)) };
        let mut start = start;
        start.set_level(RecordId(0), aged);
        let age = |day: i32| {
            let stock = on_day(&start, (&network, &start), (Day(day), Day(100)));
            stock.level(RecordId(0)).age_days
        };
        assert_eq!([age(90), age(95), age(98), age(101)], [0, 0, 3, 6]);
    }
}
