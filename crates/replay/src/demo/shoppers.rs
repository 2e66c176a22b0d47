//! Who orders what, when, where to and how.

use super::atlas::{self, Town};
use super::goods::Good;
use super::process;
use super::shelves::Shelves;
use super::sites::Site;
use super::{DemoLine, DemoOrder, DemoPlan, ZipPoint};
use crate::chance::{Chance, Weighted};
use model::Lane;

/// Orders by weekday from Monday, and by hour of the day.
const WEEKDAYS: [u64; 7] = [112, 104, 98, 96, 92, 88, 110];
const HOURS: [u32; 24] =
    [10, 6, 4, 3, 3, 6, 14, 26, 40, 54, 62, 66, 68, 64, 60, 58, 58, 60, 64, 72, 78, 70, 48, 24];
/// Lines of an order and units of a line, in per mille.
const LINES: [u32; 6] = [520, 240, 120, 65, 35, 20];
const UNITS: [u32; 3] = [840, 120, 40];
/// A sale of four days, counted from the first.
const SALE: std::ops::Range<u16> = 52..56;
/// Customers within so many metres of a store may collect; nearer ones may have it brought.
const PICKUP_M: u32 = 40_000;
const DELIVERY_M: u32 = 14_000;

/// Units that a store keeps back before it offers a good for pickup.
const PICKUP_BUFFER: u32 = 2;
/// Draws after which an order stays as short as it is.
const MAX_DRAWS: usize = 40;

/// Orders of a day, so that all days add up to the plan's orders.
pub(super) fn orders_of_day(plan: &DemoPlan, day: u16) -> usize {
    let all: u64 = (0..plan.days).map(|day| weight(plan, day)).sum();
    let until = |day: u16| {
        let before: u64 = (0..day).map(|day| weight(plan, day)).sum();
        before * u64::from(plan.orders) / all.max(1)
    };
    (until(day + 1) - until(day)) as usize
}

/// Trade grows by a quarter over 100 days.
fn weight(plan: &DemoPlan, day: u16) -> u64 {
    let weekday = (usize::from(plan.first_day.weekday()) + usize::from(day)) % 7;
    let sale = if SALE.contains(&day) { 2 } else { 1 };
    WEEKDAYS[weekday] * (400 + u64::from(day)) * sale
}

pub(super) struct Shoppers {
    towns: Vec<Town>,
    town: Weighted,
    good: Weighted,
    /// By site, then good: what it hands over or brings. Bulky goods are only shipped.
    offers: Vec<Vec<bool>>,
    first_pickup_site: usize,
    chance: Chance,
}

impl Shoppers {
    pub(super) fn new((sites, goods): (&[Site], &[Good]), zips: &[ZipPoint], chance: Chance) -> Shoppers {
        let towns = atlas::towns(zips, sites);
        Shoppers {
            town: Weighted::new(towns.iter().map(|town| town.weight)),
            towns,
            good: Weighted::new(goods.iter().map(|good| good.popularity)),
            offers: sites
                .iter()
                .map(|site| goods.iter().map(|good| is_offered(site, good)).collect())
                .collect(),
            first_pickup_site: sites.iter().position(|site| !site.is_warehouse).unwrap_or(0),
            chance,
        }
    }

    /// Minutes of the day at which so many orders are placed, in order. None where nobody lives anywhere.
    pub(super) fn minutes(&mut self, count: usize) -> Vec<u16> {
        let count = if self.towns.is_empty() { 0 } else { count };
        let draw = |_| (self.chance.pick(&HOURS) * 60 + self.chance.below(60) as usize) as u16;
        let mut minutes: Vec<u16> = (0..count).map(draw).collect();
        minutes.sort_unstable();
        minutes
    }

    pub(super) fn order(&mut self, (day, minute, number): (u16, u16, usize), stock: &Shelves) -> DemoOrder {
        let town = self.towns[self.town.pick(&mut self.chance)];
        let lane = self.lane(&town);
        let site = town.store.0.max(self.first_pickup_site);
        let offered = match lane {
            Lane::Ship => Vec::new(),
            Lane::Pickup | Lane::LocalDelivery => self.lines(Some((site, stock))),
        };
        let (lane, lines) = match offered.is_empty() {
            true => (Lane::Ship, self.lines(None)),
            false => (lane, offered),
        };
        let (service, promise_days) = self.service(lane);
        DemoOrder {
            id: format!("D{number:05}"),
            day,
            minute,
            promise_days,
            zip3: town.zip3,
            state: town.state,
            point: town.point,
            lane,
            pickup_at: (lane == Lane::Pickup).then_some(site),
            channel: ["web", "marketplace", "phone"][self.chance.pick(&[880, 80, 40])],
            service,
            lines,
        }
    }

    fn lane(&mut self, town: &Town) -> Lane {
        match town.store.1 {
            near if near <= DELIVERY_M => {
                [Lane::Ship, Lane::Pickup, Lane::LocalDelivery][self.chance.pick(&[520, 330, 150])]
            }
            near if near <= PICKUP_M => [Lane::Ship, Lane::Pickup][self.chance.pick(&[800, 200])],
            _ => Lane::Ship,
        }
    }

    /// A good is listed once. Of a store, what it offers and has several of; there may be nothing.
    fn lines(&mut self, store: Option<(usize, &Shelves)>) -> Vec<DemoLine> {
        let wanted = 1 + self.chance.pick(&LINES);
        let mut lines: Vec<DemoLine> = Vec::with_capacity(wanted);
        for _ in 0..MAX_DRAWS {
            if lines.len() == wanted {
                break;
            }
            let good = self.good.pick(&mut self.chance);
            let units = 1 + self.chance.pick(&UNITS) as u32;
            let is_there = store.is_none_or(|(site, stock)| {
                self.offers[site][good] && stock.available(site, good) >= units + PICKUP_BUFFER
            });
            if is_there && lines.iter().all(|line| line.good != good) {
                lines.push(DemoLine { good, units });
            }
        }
        lines
    }

    /// Service and promised days.
    fn service(&mut self, lane: Lane) -> (&'static str, u8) {
        match lane {
            Lane::Pickup => [("standard", 2), ("same_day", 1)][self.chance.pick(&[700, 300])],
            Lane::LocalDelivery => ("standard", 2),
            Lane::Ship => [("standard", 6), ("expedited", 4)][self.chance.pick(&[860, 140])],
        }
    }
}

fn is_offered(site: &Site, good: &Good) -> bool {
    process::handles(site, good) && good.handling != "oversize"
}
