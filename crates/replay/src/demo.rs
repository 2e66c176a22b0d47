//! A demonstration: a coffee-and-home retailer with one warehouse and four stores, a quarter of orders, and what
//! it did with them by hand. The same plan gives the same bytes everywhere.
//!
//! Owns: inventing it. The cities are real, the retailer is not; names are those of places and goods.
//! Refuses to know: how the files are read back, and what a better router would do.

mod atlas;
mod files;
mod goods;
mod process;
mod shelves;
mod shoppers;
mod sites;

use crate::chance::Chance;
use model::{Day, Lane, Point, WallClock};

pub use goods::Good;
pub use shelves::{DemoReceipt, Shelf};
pub use sites::Site;

/// A three-digit ZIP prefix with its latitude and longitude in 1/10,000 of a degree.
pub type ZipPoint = (u16, i32, i32);

/// Whose clock the retailer's days go by: that of the warehouse, in Columbus.
pub const TIME_ZONE: &str = "America/New_York";

/// The retailer's clock.
pub fn clock() -> WallClock {
    WallClock::of_zone(TIME_ZONE).expect("New York is in every list of time zones")
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DemoPlan {
    pub seed: u64,
    pub first_day: Day,
    pub days: u16,
    pub orders: u32,
}

impl Default for DemoPlan {
    /// 6,000 orders in the 90 days from Monday, 3 August 2026.
    fn default() -> DemoPlan {
        DemoPlan { seed: 1, first_day: Day(20_668), days: 90, orders: 6_000 }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DemoOrder {
    pub id: String,
    /// Days after the first.
    pub day: u16,
    /// Of the retailer's day.
    pub minute: u16,
    pub promise_days: u8,
    pub zip3: u16,
    pub state: &'static str,
    pub point: Point,
    pub lane: Lane,
    /// Position of the site.
    pub pickup_at: Option<usize>,
    pub channel: &'static str,
    pub service: &'static str,
    pub lines: Vec<DemoLine>,
}

/// Units of one good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DemoLine {
    /// Position of the good.
    pub good: usize,
    pub units: u32,
}

/// Units of an order's line that a site sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DemoActual {
    /// Position of the order.
    pub order: usize,
    /// From 1.
    pub line: u16,
    pub good: usize,
    pub units: u32,
    pub site: usize,
}

/// Everything about the retailer, as plain rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Demo {
    pub plan: DemoPlan,
    /// The warehouse first.
    pub sites: Vec<Site>,
    pub goods: Vec<Good>,
    /// On the morning of the first day, by site, then good.
    pub shelves: Vec<Shelf>,
    pub receipts: Vec<DemoReceipt>,
    /// By time.
    pub orders: Vec<DemoOrder>,
    pub actuals: Vec<DemoActual>,
}

impl Demo {
    /// Invents the retailer. Destinations are drawn from `zips`, by the weight of their metro area and their
    /// nearness to a store; prefixes outside the contiguous states are left out.
    pub fn build(plan: &DemoPlan, zips: &[ZipPoint]) -> Demo {
        let chance = Chance::from_seed(plan.seed);
        let sites = sites::all();
        let goods = goods::all(&mut chance.apart(1));
        let mut stock = shelves::Shelves::open((plan, &sites, &goods), chance.apart(2));
        let shelves = stock.rows();
        let mut shoppers = shoppers::Shoppers::new((&sites, &goods), zips, chance.apart(3));
        let mut receipts = Vec::new();
        let mut orders: Vec<DemoOrder> = Vec::new();
        let mut actuals = Vec::new();
        for day in 0..plan.days {
            receipts.extend(stock.receive(plan, day));
            let count = shoppers::orders_of_day(plan, day);
            for (minute, number) in shoppers.minutes(count).into_iter().zip(orders.len() + 1..) {
                let order = shoppers.order((day, minute, number), &stock);
                actuals.extend(process::fulfill((&sites, &goods), &order, orders.len(), &mut stock));
                orders.push(order);
            }
        }
        Demo { plan: *plan, sites, goods, shelves, receipts, orders, actuals }
    }

    /// Names of the files of a Baton folder, in the order of [`Demo::files`].
    pub const FILES: [&str; 10] = files::NAMES;

    /// Where an order goes: five digits within its prefix.
    pub fn postal(&self, order: usize) -> String {
        format!("{:03}{:02}", self.orders[order].zip3, 1 + order % 37)
    }

    /// Names and contents of the files of a Baton folder.
    pub fn files(&self) -> Vec<(String, String)> {
        files::all(self)
    }
}

#[cfg(test)]
mod tests;
