//! Endless orders for measuring: a deterministic stream over any network.
//!
//! Owns: how many lines, which products, where to and when. Invariant: nothing is allocated per order once the
//! order's own lists have grown.

use crate::chance::{Chance, Weighted};
use crate::orders::{Failure, Orders};
use model::{Day, Lane, LocationId, Network, Order, OrderLine, PlaceId, ProductId, Timestamp};
use std::fmt::Write as _;

/// Shares of orders with 1 to 6 lines, and of lines with 1 to 3 units, in per mille; as in the bench.
const LINE_SHARES: [u32; 6] = [580, 210, 100, 55, 30, 25];
const UNIT_SHARES: [u32; 3] = [880, 90, 30];
/// Promised days and their shares.
const PROMISES: [(i32, u32); 4] = [(5, 550), (4, 200), (3, 200), (2, 50)];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LargePlan {
    pub orders: u64,
    pub orders_per_day: u32,
    pub first_day: Day,
    pub seed: u64,
    /// Of 1,000 orders so many are picked up, where a place offers it.
    pub pickup_per_mille: u32,
}

impl Default for LargePlan {
    fn default() -> LargePlan {
        LargePlan {
            orders: 1_000_000,
            orders_per_day: 3_000,
            first_day: Day(20_454),
            seed: 1,
            pickup_per_mille: 0,
        }
    }
}

/// Generated orders; see [`Orders`].
pub struct LargeOrders<'a> {
    network: &'a Network,
    plan: LargePlan,
    products: Weighted,
    places: Weighted,
    pickup_places: Vec<LocationId>,
    chance: Chance,
    count: u64,
}

impl<'a> LargeOrders<'a> {
    pub fn new(network: &'a Network, plan: LargePlan) -> LargeOrders<'a> {
        let chance = Chance::from_seed(plan.seed);
        let offers_pickup = |id: &LocationId| network.location(*id).lanes.has(Lane::Pickup);
        LargeOrders {
            network,
            products: Weighted::by_popularity(network.products.len(), &mut chance.apart(1)),
            places: Weighted::by_popularity(network.place_count(), &mut chance.apart(2)),
            pickup_places: network.location_ids().filter(offers_pickup).collect(),
            chance: chance.apart(3),
            plan,
            count: 0,
        }
    }

    /// Orders of a day are spread evenly over it.
    fn placed_at(&self) -> Timestamp {
        let per_day = u64::from(self.plan.orders_per_day.max(1));
        let (day, of_day) = (self.count / per_day, self.count % per_day);
        let start = self.plan.first_day.start_utc().0 + day as i64 * Timestamp::DAY_MS;
        Timestamp(start + (of_day * Timestamp::DAY_MS as u64 / per_day) as i64)
    }

    fn choose_way(&mut self, order: &mut Order) {
        if !self.pickup_places.is_empty() && self.chance.happens(self.plan.pickup_per_mille) {
            order.lane = Lane::Pickup;
            let at = self.chance.below(self.pickup_places.len() as u64) as usize;
            order.pickup_at = Some(self.pickup_places[at]);
        } else {
            let promise = PROMISES[self.chance.pick(&PROMISES.map(|promise| promise.1))].0;
            order.deliver_by = Some(Day(self.network.settings.clock.day(order.placed_at).0 + promise));
        }
        if self.network.place_count() > 0 {
            let place = PlaceId(self.places.pick(&mut self.chance) as u32);
            order.destination.place = Some(place);
            order.destination.point = self.network.place_point(place);
        }
    }

    fn add_lines(&mut self, order: &mut Order) {
        for number in 1..=1 + self.chance.pick(&LINE_SHARES) as u32 {
            let product = ProductId(self.products.pick(&mut self.chance) as u32);
            if order.lines.iter().any(|line| line.product == product) {
                continue;
            }
            order.lines.push(OrderLine {
                number,
                product,
                quantity: 1 + self.chance.pick(&UNIT_SHARES) as u32,
                unit_price: self.network.product(product).price,
                when_short: None,
            });
        }
    }
}

impl Orders for LargeOrders<'_> {
    fn next(&mut self, order: &mut Order) -> Result<bool, Failure> {
        if self.count >= self.plan.orders || self.network.products.is_empty() {
            return Ok(false);
        }
        write!(order.id, "G{:08}", self.count + 1)?;
        order.channel.push_str("web");
        order.placed_at = self.placed_at();
        order.destination.is_residential = true;
        self.choose_way(order);
        self.add_lines(order);
        self.count += 1;
        Ok(true)
    }

    fn progress(&self) -> (u64, u64) {
        (self.count, self.plan.orders)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn generate(plan: LargePlan) -> Vec<Order> {
        let network = fixture::five_places().0;
        let mut source = LargeOrders::new(&network, plan);
        let mut orders = Vec::new();
        loop {
            let mut order = Order::empty();
            if !source.next(&mut order).unwrap() {
                return orders;
            }
            orders.push(order);
        }
    }

    const SMALL: LargePlan = LargePlan {
        orders: 2_000,
        orders_per_day: 100,
        first_day: Day(20_000),
        seed: 7,
        pickup_per_mille: 200,
    };

    #[test]
    fn the_same_plan_gives_the_same_orders_and_another_seed_others() {
        assert_eq!(generate(SMALL), generate(SMALL));
        assert_ne!(generate(SMALL), generate(LargePlan { seed: 8, ..SMALL }));
    }

    #[test]
    fn orders_come_in_time_order_and_every_day_has_its_share() {
        let orders = generate(SMALL);
        assert!(orders.windows(2).all(|pair| pair[0].placed_at <= pair[1].placed_at));
        assert_eq!(orders.iter().filter(|order| order.placed_at.utc_day() == Day(20_003)).count(), 100);
        assert_eq!(orders.last().unwrap().placed_at.utc_day(), Day(20_019));
    }

    #[test]
    fn lines_lanes_and_promises_follow_their_shares() {
        let orders = generate(SMALL);
        let share = |test: &dyn Fn(&Order) -> bool| orders.iter().filter(|order| test(order)).count();
        assert!((1_050..1_400).contains(&share(&|order| order.lines.len() == 1)));
        assert!((320..480).contains(&share(&|order| order.lane == Lane::Pickup)));
        assert!(orders.iter().all(|order| order.lane == Lane::Pickup || order.deliver_by.is_some()));
        assert!(orders.iter().all(|order| (1..=6).contains(&order.lines.len())));
    }

    #[test]
    fn some_products_sell_far_more_than_others() {
        let mut sold = vec![0u32; fixture::five_places().0.products.len()];
        for order in generate(SMALL) {
            order.lines.iter().for_each(|line| sold[line.product.index()] += 1);
        }
        sold.sort_unstable_by(|a, b| b.cmp(a));
        assert!(sold[0] > 4 * sold[sold.len() - 1], "{sold:?}");
    }
}
