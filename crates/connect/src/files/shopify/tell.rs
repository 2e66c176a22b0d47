//! What a shop's exports leave open, as sentences.
//!
//! Owns: what was assumed, left out and counted. Refuses to know: how it was read.

use super::columns::Export;
use super::left_out::LeftOut;
use super::orders::{Exported, Sales};
use super::stock::Shelves;
use model::words::{counted, part_of};
use model::{Lane, Network, Order, ProductId, StockEntry};
use std::collections::{BTreeMap, HashSet};

/// Most countries that are named.
const MAX_COUNTRIES: usize = 12;

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
                counted(*padded as u64, "ZIP code had", "ZIP codes had")
            ));
        }
        if *unlocated > 0 {
            let orders = counted(*unlocated as u64, "order has", "orders have");
            assumptions.push(format!("{orders} no ZIP code that is known: held for a person"));
        }
        if *nameless_pickups > 0 {
            let pickups = counted(*nameless_pickups as u64, "pickup names", "pickups name");
            assumptions.push(format!("{pickups} no location of locations.csv: held for a person"));
        }
        if *military > 0 {
            assumptions.push(format!(
                "{} to military post (APO, FPO, DPO), whose zones are not known: held for a person",
                counted(*military as u64, "order goes", "orders go")
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
            let orders = counted(count as u64, "order goes", "orders go");
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
        let units = counted(shelves.committed as u64, "committed unit counts", "committed units count");
        assumptions.push(format!("{units} as free, since the orders that hold them are routed here"));
    }
    if shelves.negative > 0 {
        assumptions.push(counted(
            shelves.negative as u64,
            "stock record is below zero and counts as nothing",
            "stock records are below zero and count as nothing",
        ));
    }
    if shelves.merged > 0 {
        assumptions.push(counted(
            shelves.merged as u64,
            "stock record shares SKU and place with another and is added to it",
            "stock records share SKU and place with others and are added up",
        ));
    }
    let mut routed = |is_it: fn(&Exported) -> bool, one: &str, more: &str| {
        let count = sales.orders.iter().filter(|sale| is_it(sale)).count();
        assumptions.extend((count > 0).then(|| counted(count as u64, one, more)));
    };
    routed(
        |sale| sale.is_fulfilled,
        "order was shipped already and is routed as if it was not",
        "orders were shipped already and are routed as if they were not",
    );
    routed(
        |sale| sale.is_partly_refunded,
        "order was refunded in part and is routed whole, for the export does not say which units",
        "orders were refunded in part and are routed whole, for the export does not say which units",
    );
    let mut orders_left_out: BTreeMap<LeftOut, usize> = BTreeMap::new();
    for reason in sales.left_out.values() {
        *orders_left_out.entry(*reason).or_default() += 1;
    }
    let orders_left_out = orders_left_out.iter().map(|(reason, count)| (reason.one_or_more(), count));
    let lines_left_out = sales.lines_left_out.iter().map(|(reason, count)| (*reason, count));
    for ((one, more), count) in orders_left_out.chain(lines_left_out) {
        assumptions.push(format!("left out: {}", counted(*count as u64, one, more)));
    }
    assumptions.extend(sales.dates.iter().cloned());
    assumptions.push("lanes and services are read from the words of the shipping method".to_owned());
}

pub(super) fn without_products() -> String {
    let under = Export::Products.made_under();
    format!(
        "no products export has rows: what is sold is known from orders and inventory alone; export it in Shopify's \
         admin under {under}"
    )
}

/// The export is written by the clock that the shop's admin is set to; a place may name another zone.
pub(super) fn tell_other_clocks(assumptions: &mut Vec<String>, network: &Network, sales: &[Exported]) {
    let clock = &network.settings.clock;
    let is_other = |sale: &&Exported| {
        sale.offset_s.is_some_and(|offset_s| clock.offset_s(sale.order.placed_at) != offset_s)
    };
    let others = sales.iter().filter(is_other).count();
    if others > 0 {
        let others = part_of((others as u64, sales.len() as u64), "order", ("is", "are"));
        assumptions.push(format!(
            "{others} written with another offset from UTC than the shop's clock has; time_zone in settings.toml says \
             whose clock that is"
        ));
    }
}

pub(super) fn tell_missing_stock(assumptions: &mut Vec<String>, orders: &[Order], entries: &[StockEntry]) {
    let stocked: HashSet<ProductId> = entries.iter().map(|entry| entry.product).collect();
    let ordered: HashSet<ProductId> =
        orders.iter().flat_map(|order| order.lines.iter().map(|line| line.product)).collect();
    let missing = ordered.difference(&stocked).count();
    if missing > 0 {
        let missing = part_of((missing as u64, ordered.len() as u64), "ordered SKU", ("has", "have"));
        assumptions.push(format!("{missing} no stock record anywhere: what is ordered of it stays unfilled"));
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
        counted(total as u64, "order is", "orders are"),
        lanes.join(" or ")
    ));
}
