//! The stock of the demonstration: what stands where at the start, what arrives each week, what is left.
//!
//! Deliveries follow a forecast, not what was sold: the same units arrive whoever decides where orders go, so that
//! a replay compares policies over one supply. They are net of what the stores sell over the counter.

use super::goods::Good;
use super::sites::Site;
use super::{DemoLine, DemoPlan};
use crate::chance::Chance;
use model::Day;

/// One good at one site on the first morning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shelf {
    pub site: usize,
    pub good: usize,
    pub on_hand: u32,
    pub safety_stock: u32,
    /// Units sold over the counter in 1,000 days.
    pub sales_per_1000_days: u32,
    pub age_days: u32,
    pub next_receipt: Day,
}

/// Units that arrived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DemoReceipt {
    pub day: Day,
    pub site: usize,
    pub good: usize,
    pub units: u32,
}

/// Lines that an order has on average, and units a line has, in hundredths.
const UNITS_PER_100_ORDERS: u64 = 210;

/// Share of all online demand that a store is supplied for, in percent; where the warehouse does not carry a good
/// the stores together are supplied for all of it.
const STORE_SHARE: u64 = 9;
const STORE_SHARE_ALONE: u64 = 30;
/// Days of demand that stand on a shelf when the forecast is right.
const WAREHOUSE_COVER_DAYS: u64 = 21;
const STORE_COVER_DAYS: u64 = 28;

/// Stock as it is now.
pub(super) struct Shelves {
    rows: Vec<Shelf>,
    /// Units that the forecast orders for 1,000 days, by row.
    supply: Vec<u64>,
    /// Thousandths of a unit that deliveries owe, by row.
    owed: Vec<u64>,
    on_hand: Vec<u32>,
    /// Row of each site and good.
    at: Vec<Option<usize>>,
    goods: usize,
    delivery_weekdays: Vec<u8>,
    chance: Chance,
}

impl Shelves {
    pub(super) fn open((plan, sites, goods): (&DemoPlan, &[Site], &[Good]), mut chance: Chance) -> Shelves {
        let mut shelves = Shelves {
            rows: Vec::new(),
            supply: Vec::new(),
            owed: Vec::new(),
            on_hand: Vec::new(),
            at: vec![None; sites.len() * goods.len()],
            goods: goods.len(),
            delivery_weekdays: sites.iter().map(|site| site.delivery_weekday).collect(),
            chance: chance.apart(1),
        };
        let popularity: u64 = goods.iter().map(|good| good.popularity).sum();
        for (s, site) in sites.iter().enumerate() {
            for (g, good) in goods.iter().enumerate() {
                let online = u64::from(plan.orders) * UNITS_PER_100_ORDERS * 10 * good.popularity
                    / (popularity * u64::from(plan.days.max(1)));
                let counter = u64::from(site.counter_units_in_10_days) * 100 * good.popularity / popularity;
                let share = match (site.is_warehouse, shelves.at[g].is_some()) {
                    (true, _) => 100,
                    (false, true) => STORE_SHARE,
                    (false, false) => STORE_SHARE_ALONE,
                };
                if is_carried(site, good, &mut chance) {
                    shelves.put((plan, s, g), (online * share / 100, counter), &mut chance);
                }
            }
        }
        shelves
    }

    /// `rates` are units in 1,000 days, online and over the counter.
    fn put(&mut self, (plan, site, good): (&DemoPlan, usize, usize), rates: (u64, u64), chance: &mut Chance) {
        let (online, counter) = rates;
        let cover = if site == 0 { WAREHOUSE_COVER_DAYS } else { STORE_COVER_DAYS };
        let right = (online + counter) * cover / 1_000 + 3;
        // Forecasts miss, and miss for the whole period.
        let error = chance.between(75, 150) as u64;
        let is_out = chance.happens(70);
        let is_old = chance.happens(110);
        let weekday = self.delivery_weekdays[site];
        let wait = (i32::from(weekday) - i32::from(plan.first_day.weekday()) + 6).rem_euclid(7) + 1;
        let on_hand = if is_out { 0 } else { right * chance.between(40, 140) as u64 / 100 };
        self.at[site * self.goods + good] = Some(self.rows.len());
        self.rows.push(Shelf {
            site,
            good,
            on_hand: on_hand as u32,
            safety_stock: u32::from(site > 0 && right >= 5),
            sales_per_1000_days: counter as u32,
            age_days: chance.between(if is_old { 90 } else { 4 }, if is_old { 260 } else { 70 }) as u32,
            next_receipt: Day(plan.first_day.0 + wait),
        });
        self.supply.push(online * error / 100);
        self.owed.push(0);
        self.on_hand.push(on_hand as u32);
    }

    /// As they stood at the start.
    pub(super) fn rows(&self) -> Vec<Shelf> {
        self.rows.clone()
    }

    /// What arrives on the morning of a day. Now and then a good comes a week later.
    pub(super) fn receive(&mut self, plan: &DemoPlan, day: u16) -> Vec<DemoReceipt> {
        let day = Day(plan.first_day.0 + i32::from(day));
        let mut receipts = Vec::new();
        for i in 0..self.rows.len() {
            let Shelf { site, good, .. } = self.rows[i];
            if day == plan.first_day || day.weekday() != self.delivery_weekdays[site] {
                continue;
            }
            self.owed[i] += self.supply[i] * 7;
            let units = (self.owed[i] / 1_000) as u32;
            if units > 0 && self.chance.happens(880) {
                self.owed[i] %= 1_000;
                self.on_hand[i] += units;
                receipts.push(DemoReceipt { day, site, good, units });
            }
        }
        receipts
    }

    /// Units of a good that a site may send.
    pub(super) fn available(&self, site: usize, good: usize) -> u32 {
        let row = self.at[site * self.goods + good];
        row.map_or(0, |row| self.on_hand[row].saturating_sub(self.rows[row].safety_stock))
    }

    pub(super) fn has_all(&self, site: usize, lines: &[DemoLine]) -> bool {
        lines.iter().all(|line| self.available(site, line.good) >= line.units)
    }

    /// Takes units that are available.
    pub(super) fn take(&mut self, site: usize, good: usize, units: u32) {
        if let Some(row) = self.at[site * self.goods + good] {
            self.on_hand[row] -= units;
        }
    }
}

fn is_carried(site: &Site, good: &Good, chance: &mut Chance) -> bool {
    match (site.is_warehouse, good.handling) {
        (true, _) => chance.happens(930),
        (false, "oversize") => site.ships_oversized,
        (false, _) => chance.happens(720),
    }
}
