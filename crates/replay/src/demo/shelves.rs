//! The stock of the demonstration: what stands where at the start, what arrives each week, what is left.
//! Receipts are net of what the stores sell over the counter.

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

/// Stock as it is now.
pub(super) struct Shelves {
    rows: Vec<Shelf>,
    /// Units that a delivery fills up to, by row.
    targets: Vec<u32>,
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
            targets: Vec::new(),
            on_hand: Vec::new(),
            at: vec![None; sites.len() * goods.len()],
            goods: goods.len(),
            delivery_weekdays: sites.iter().map(|site| site.delivery_weekday).collect(),
            chance: chance.apart(1),
        };
        let popularity: u64 = goods.iter().map(|good| good.popularity).sum();
        for (s, site) in sites.iter().enumerate() {
            for (g, good) in goods.iter().enumerate() {
                let sold_online = u64::from(plan.orders) * UNITS_PER_100_ORDERS * 10 * good.popularity
                    / (popularity * u64::from(plan.days.max(1)));
                let sold_here = u64::from(site.counter_units_in_10_days) * 100 * good.popularity / popularity;
                if let Some(target) = target(site, good, (sold_online, sold_here), &mut chance) {
                    shelves.put((plan, s, g), (target, sold_here as u32), &mut chance);
                }
            }
        }
        shelves
    }

    fn put(
        &mut self,
        (plan, site, good): (&DemoPlan, usize, usize),
        (target, sold): (u32, u32),
        chance: &mut Chance,
    ) {
        let share = chance.between(25, 115) as u32;
        let is_out = chance.happens(70);
        let is_old = chance.happens(110);
        let weekday = self.delivery_weekdays[site];
        let wait = (i32::from(weekday) - i32::from(plan.first_day.weekday()) + 6).rem_euclid(7) + 1;
        let on_hand = if is_out { 0 } else { (target * share).div_ceil(100) };
        self.at[site * self.goods + good] = Some(self.rows.len());
        self.rows.push(Shelf {
            site,
            good,
            on_hand,
            safety_stock: u32::from(site > 0 && target >= 5),
            sales_per_1000_days: sold,
            age_days: chance.between(if is_old { 90 } else { 4 }, if is_old { 260 } else { 70 }) as u32,
            next_receipt: Day(plan.first_day.0 + wait),
        });
        self.targets.push(target);
        self.on_hand.push(on_hand);
    }

    /// As they stood at the start.
    pub(super) fn rows(&self) -> Vec<Shelf> {
        self.rows.clone()
    }

    /// What arrives on the morning of a day. Now and then a delivery lacks something.
    pub(super) fn receive(&mut self, plan: &DemoPlan, day: u16) -> Vec<DemoReceipt> {
        let day = Day(plan.first_day.0 + i32::from(day));
        let mut receipts = Vec::new();
        for i in 0..self.rows.len() {
            let Shelf { site, good, .. } = self.rows[i];
            let is_low = self.on_hand[i] * 10 < self.targets[i] * 7;
            let is_due = day > plan.first_day && day.weekday() == self.delivery_weekdays[site];
            if is_due && is_low && self.chance.happens(880) {
                let units = self.targets[i] - self.on_hand[i];
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

/// Units that a site keeps of a good; `None`: it does not carry it. Rates are per 1,000 days.
fn target(site: &Site, good: &Good, (online, counter): (u64, u64), chance: &mut Chance) -> Option<u32> {
    let is_bulky = good.handling == "oversize";
    let is_carried = match (site.is_warehouse, is_bulky) {
        (true, _) => chance.happens(930),
        (false, true) => site.ships_oversized,
        (false, false) => chance.happens(720),
    };
    let (per_1000_days, least) = if site.is_warehouse { (online * 11, 4) } else { (counter * 16, 3) };
    is_carried.then(|| least + (per_1000_days / 1_000) as u32)
}
