//! What a shop's exports leave open, as sentences.
//!
//! Owns: what was assumed, left out and counted. Refuses to know: how it was read.

use super::left_out::LeftOut;
use super::orders::{Exported, Sales};
use super::stock::Shelves;
use model::{Lane, Network, Order, ProductId, StockEntry};
use std::collections::{BTreeMap, HashSet};

/// Most countries that are named.
const MAX_COUNTRIES: usize = 12;

/// `1 day`, `2 days`.
pub(super) fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// What became of the destinations.
#[derive(Default)]
pub(super) struct Destinations {
    /// Orders without a ZIP code that is known.
    pub(super) unlocated: usize,
    /// Pickups that name no location.
    pub(super) nameless_pickups: usize,
    pub(super) military: usize,
    /// ZIP codes that had lost their leading zeros.
    pub(super) padded: usize,
    /// Orders by country.
    pub(super) abroad: BTreeMap<String, usize>,
}

impl Destinations {
    pub(super) fn tell(&self, assumptions: &mut Vec<String>) {
        let Destinations { unlocated, nameless_pickups, military, padded, abroad } = self;
        if *padded > 0 {
            assumptions.push(format!(
                "{} lost leading zeros, and got them back",
                many(*padded, "ZIP code had", "ZIP codes had")
            ));
        }
        if *unlocated > 0 {
            let orders = many(*unlocated, "order has", "orders have");
            assumptions.push(format!("{orders} no ZIP code that is known: held for a person"));
        }
        if *nameless_pickups > 0 {
            let pickups = many(*nameless_pickups, "pickup names", "pickups name");
            assumptions.push(format!("{pickups} no location of locations.csv, and are held for a person"));
        }
        if *military > 0 {
            assumptions.push(format!(
                "{} to military post (APO, FPO, DPO), whose zones are not known: held for a person",
                many(*military, "order goes", "orders go")
            ));
        }
        let count: usize = abroad.values().sum();
        if count > 0 {
            let mut countries: Vec<(&String, &usize)> = abroad.iter().collect();
            countries.sort_by_key(|(country, count)| (std::cmp::Reverse(**count), *country));
            let mut named: Vec<String> = countries
                .iter()
                .take(MAX_COUNTRIES)
                .map(|(country, count)| format!("{count} {country}"))
                .collect();
            if countries.len() > MAX_COUNTRIES {
                named.push("…".to_owned());
            }
            let named = named.join(", ");
            let orders = many(count, "order goes", "orders go");
            assumptions
                .push(format!("{orders} abroad ({named}), where no rates are known: held for a person"));
        }
    }
}

pub(super) fn tell(assumptions: &mut Vec<String>, sales: &Sales, shelves: &Shelves) {
    assumptions.push(
        "stock is what the inventory export shows, taken as it stood before the first order".to_owned(),
    );
    if shelves.committed > 0 {
        let count = shelves.committed;
        assumptions.push(format!(
            "{count} committed units count as free, since the orders that hold them are routed here"
        ));
    }
    if shelves.negative > 0 {
        assumptions.push(format!("{} stock records are below zero and count as nothing", shelves.negative));
    }
    if shelves.merged > 0 {
        assumptions.push(format!(
            "{} stock records share SKU and place with another and are added up",
            shelves.merged
        ));
    }
    if sales.fulfilled > 0 {
        assumptions.push(format!(
            "{} orders were shipped already and are routed as if they were not",
            sales.fulfilled
        ));
    }
    let mut orders_left_out: BTreeMap<LeftOut, usize> = BTreeMap::new();
    for reason in sales.left_out.values() {
        *orders_left_out.entry(*reason).or_default() += 1;
    }
    let orders_left_out = orders_left_out.iter().map(|(reason, count)| (reason.many(), count));
    for (reason, count) in
        orders_left_out.chain(sales.lines_left_out.iter().map(|(reason, count)| (*reason, count)))
    {
        assumptions.push(format!("left out: {count} {reason}"));
    }
    assumptions.extend(sales.dates.iter().cloned());
    assumptions.push("lanes and services are read from the words of the shipping method".to_owned());
}

/// The export is written by the clock that the shop's admin is set to; a place may name another zone.
pub(super) fn tell_other_clocks(assumptions: &mut Vec<String>, network: &Network, sales: &[Exported]) {
    let is_other = |sale: &&Exported| network.settings.clock.offset_s(sale.order.placed_at) != sale.offset_s;
    let others = sales.iter().filter(is_other).count();
    if others > 0 {
        assumptions.push(format!(
            "{others} of {} orders are written with another offset from UTC than the shop's clock has; time_zone in \
             settings.toml says whose clock that is",
            sales.len()
        ));
    }
}

pub(super) fn tell_missing_stock(assumptions: &mut Vec<String>, orders: &[Order], entries: &[StockEntry]) {
    let stocked: HashSet<ProductId> = entries.iter().map(|entry| entry.product).collect();
    let ordered: HashSet<ProductId> =
        orders.iter().flat_map(|order| order.lines.iter().map(|line| line.product)).collect();
    let missing = ordered.difference(&stocked).count();
    if missing > 0 {
        let total = ordered.len();
        assumptions.push(format!(
            "{missing} of {total} ordered SKUs have no stock record anywhere: their units stay unfilled"
        ));
    }
}

/// Orders that nobody may fill, for the list of locations does not say who offers their lane.
pub(super) fn tell_missing_lanes(notes: &mut Vec<String>, network: &Network, orders: &[Order]) {
    let is_offered = |lane: Lane| network.locations.iter().any(|place| place.lanes.has(lane));
    let count = |lane: Lane| orders.iter().filter(|order| order.lane == lane).count();
    let lacking: Vec<(Lane, usize)> = [Lane::Pickup, Lane::LocalDelivery]
        .into_iter()
        .map(|lane| (lane, count(lane)))
        .filter(|(lane, count)| *count > 0 && !is_offered(*lane))
        .collect();
    if lacking.is_empty() {
        return;
    }
    let total: usize = lacking.iter().map(|(_, count)| count).sum();
    let words = |lane: &Lane| if *lane == Lane::Pickup { "pickup" } else { "local delivery" };
    let lanes: Vec<&str> = lacking.iter().map(|(lane, _)| words(lane)).collect();
    notes.push(format!(
        "{} for {}, but no location offers it: fill in lanes in locations.csv",
        many(total, "order is", "orders are"),
        lanes.join(" or ")
    ));
}
