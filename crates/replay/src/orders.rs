//! Orders as they stream in: the reader's trait, batches whose memory is used again, and the order of time.
//!
//! Invariant: once its batches have grown, reading allocates nothing here.

use crate::plan::ReplayError;
use model::{Day, Destination, Lane, Order, ServiceLevel, SplitPolicy, Timestamp};

/// What a reader or a listener may fail with.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A source of orders, oldest first.
pub trait Orders: Send {
    /// Fills `order` with the next order; `false` at the end. It arrives as [`Order::empty`] with the memory of
    /// an earlier order.
    ///
    /// # Errors
    /// Whatever keeps the reader from going on.
    fn next(&mut self, order: &mut Order) -> Result<bool, Failure>;

    /// How far it has read: bytes done and bytes in all, or any other measure of both. (0, 0): unknown.
    fn progress(&self) -> (u64, u64);
}

/// Orders that are in memory already.
#[derive(Clone, Debug)]
pub struct ListedOrders<'a> {
    orders: &'a [Order],
    next: usize,
}

impl<'a> ListedOrders<'a> {
    pub fn new(orders: &'a [Order]) -> ListedOrders<'a> {
        ListedOrders { orders, next: 0 }
    }
}

impl Orders for ListedOrders<'_> {
    fn next(&mut self, order: &mut Order) -> Result<bool, Failure> {
        let Some(found) = self.orders.get(self.next) else { return Ok(false) };
        order.clone_from(found);
        self.next += 1;
        Ok(true)
    }

    fn progress(&self) -> (u64, u64) {
        (self.next as u64, self.orders.len() as u64)
    }
}

/// Orders in a batch: enough that handing it over costs nothing beside deciding it.
pub const BATCH_ORDERS: usize = 512;

/// A run of orders in time order. Slots beyond `len` hold old orders.
pub(crate) struct Batch {
    slots: Vec<Order>,
    days: Vec<Day>,
    len: usize,
    /// Orders before the first one of this batch.
    pub(crate) orders_before: u64,
}

impl Batch {
    pub(crate) fn new() -> Batch {
        Batch { slots: Vec::new(), days: Vec::new(), len: 0, orders_before: 0 }
    }

    pub(crate) fn orders(&self) -> &[Order] {
        &self.slots[..self.len]
    }

    /// The retailer's day of each order.
    pub(crate) fn days(&self) -> &[Day] {
        &self.days[..self.len]
    }
}

/// Reads batches and watches that time does not run backwards.
pub(crate) struct Feed<'a> {
    orders: &'a mut dyn Orders,
    day_offset_minutes: i32,
    tolerance_minutes: u32,
    latest: Option<Timestamp>,
    latest_id: String,
    count: u64,
    is_over: bool,
}

impl<'a> Feed<'a> {
    pub(crate) fn new(
        orders: &'a mut dyn Orders,
        day_offset_minutes: i32,
        tolerance_minutes: u32,
    ) -> Feed<'a> {
        Feed {
            orders,
            day_offset_minutes,
            tolerance_minutes,
            latest: None,
            latest_id: String::new(),
            count: 0,
            is_over: false,
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    pub(crate) fn stop(&mut self) {
        self.is_over = true;
    }

    pub(crate) fn progress(&self) -> (u64, u64) {
        self.orders.progress()
    }

    /// Fills the batch as far as orders reach; it stays empty at the end.
    pub(crate) fn fill(&mut self, batch: &mut Batch) -> Result<(), ReplayError> {
        batch.len = 0;
        batch.days.clear();
        batch.orders_before = self.count;
        while batch.len < BATCH_ORDERS && !self.is_over {
            if batch.slots.len() == batch.len {
                batch.slots.push(Order::empty());
            }
            let order = &mut batch.slots[batch.len];
            make_blank(order);
            if !self.orders.next(order).map_err(ReplayError::Reader)? {
                self.is_over = true;
                break;
            }
            self.check_time(order)?;
            batch.days.push(order.placed_at.plus_minutes(i64::from(self.day_offset_minutes)).utc_day());
            batch.len += 1;
            self.count += 1;
        }
        Ok(())
    }

    fn check_time(&mut self, order: &Order) -> Result<(), ReplayError> {
        let latest = self.latest.unwrap_or(order.placed_at);
        if order.placed_at.plus_minutes(i64::from(self.tolerance_minutes)) < latest {
            return Err(ReplayError::OutOfOrder {
                earlier: self.latest_id.clone(),
                later: order.id.clone(),
                minutes: (latest.0 - order.placed_at.0) / Timestamp::MINUTE_MS,
            });
        }
        if self.latest.is_none_or(|latest| order.placed_at >= latest) {
            self.latest = Some(order.placed_at);
            self.latest_id.clear();
            self.latest_id.push_str(&order.id);
        }
        Ok(())
    }
}

/// Back to [`Order::empty`], keeping the memory of texts and lists.
fn make_blank(order: &mut Order) {
    order.id.clear();
    order.channel.clear();
    order.lane = Lane::Ship;
    order.service = ServiceLevel::Standard;
    order.placed_at = Timestamp(0);
    order.deliver_by = None;
    let Destination { postal, country, region, place, point, is_residential } = &mut order.destination;
    postal.clear();
    country.clear();
    region.clear();
    (*place, *point, *is_residential) = (None, None, false);
    order.pickup_at = None;
    order.slot = None;
    order.split = SplitPolicy::Allowed;
    order.tags.clear();
    order.rejected_by.clear();
    order.lines.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Cost, OrderLine, Point, ProductId};

    fn order(id: &str, minute: i64) -> Order {
        Order { id: id.into(), placed_at: Timestamp(0).plus_minutes(minute), ..Order::empty() }
    }

    fn read(orders: &[Order], tolerance_minutes: u32) -> Result<Vec<Day>, String> {
        let mut listed = ListedOrders::new(orders);
        let mut feed = Feed::new(&mut listed, -300, tolerance_minutes);
        let mut batch = Batch::new();
        feed.fill(&mut batch).map_err(|error| error.to_string())?;
        Ok(batch.days().to_vec())
    }

    #[test]
    fn an_order_placed_before_its_predecessor_is_an_error_that_names_both() {
        let orders = [order("A1", 100), order("A2", 160), order("A3", 99)];
        let say = read(&orders, 60).unwrap_err();
        assert!(say.contains("A2") && say.contains("A3") && say.contains("61 minutes"), "{say}");
        assert_eq!(read(&orders, 61).map(|days| days.len()), Ok(3));
    }

    #[test]
    fn lateness_is_measured_against_the_latest_order_not_the_last_one() {
        let orders = [order("A1", 100), order("A2", 50), order("A3", 0)];
        let say = read(&orders, 60).unwrap_err();
        assert!(say.contains("A1") && say.contains("A3"), "{say}");
    }

    #[test]
    fn the_day_is_the_retailers_own() {
        assert_eq!(read(&[order("A1", 299), order("A2", 300)], 0), Ok(vec![Day(-1), Day(0)]));
    }

    #[test]
    fn a_used_slot_is_blank_before_it_is_filled_again() {
        let mut used = Order {
            channel: "web".into(),
            lane: Lane::Pickup,
            service: ServiceLevel::SameDay,
            deliver_by: Some(Day(3)),
            split: SplitPolicy::OnePlace,
            tags: vec!["gift".into()],
            ..order("A1", 5)
        };
        used.destination.point = Some(Point { lat_e4: 1, lon_e4: 2 });
        used.destination.postal = "97201".into();
        used.lines.push(OrderLine {
            number: 1,
            product: ProductId(0),
            quantity: 1,
            unit_price: Cost(1),
            when_short: None,
        });
        make_blank(&mut used);
        assert_eq!(used, Order::empty());
    }
}
