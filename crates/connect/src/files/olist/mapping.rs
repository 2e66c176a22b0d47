//! What of the history becomes what: cities places, sales orders, and stock a model.
//!
//! Owns: the choice of cities and orders, and the stated stock. Refuses to know: files.

use super::rate_card::median;
use super::source::{History, Sale};
use super::{OlistOptions, OlistSummary};
use model::words::counted;
use model::{Point, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A place made of the sellers of one city.
pub(super) struct City {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) state: String,
    /// Where its busiest seller is.
    pub(super) point: Point,
    /// Lines that its sellers shipped.
    pub(super) lines: usize,
    /// Median of whole days from purchase to the carrier.
    pub(super) handling_days: i64,
}

pub(super) struct Mapped {
    /// By shipped lines, most first: the first is the warehouse.
    pub(super) cities: Vec<City>,
    /// Positions of sales that become orders.
    pub(super) sales: Vec<usize>,
    /// Units by city and product.
    pub(super) stock: BTreeMap<(usize, usize), u32>,
    /// Products of the orders.
    pub(super) products: BTreeSet<usize>,
    /// City of each seller, where it became a place.
    pub(super) city_of: Vec<Option<usize>>,
    left_out: Vec<String>,
    lines: usize,
}

/// Longest handling that is believed, in days.
const MAX_HANDLING_DAYS: i64 = 30;

impl Mapped {
    pub(super) fn of(history: &History, options: OlistOptions) -> Mapped {
        let (cities, city_of) = cities(history, options.locations);
        let mut counts = [0usize; 3];
        let mut sales = Vec::new();
        for (i, sale) in history.sales.iter().enumerate() {
            let is_mapped = sale.lines.iter().all(|line| city_of[line.seller].is_some());
            match (is_mapped, sale.to, sale.estimated) {
                (true, Some(_), Some(_)) => sales.push(i),
                (false, ..) => counts[0] += 1,
                (_, None, _) => counts[1] += 1,
                (.., None) => counts[2] += 1,
            }
        }
        let lines = sales.iter().map(|i| history.sales[*i].lines.len()).sum();
        let reasons = [
            (
                history.not_shipped,
                "order that was not shipped or has no lines",
                "orders that were not shipped or have no lines",
            ),
            (counts[0], "order with a seller in another city", "orders with a seller in another city"),
            (
                counts[1],
                "order whose customer has no coordinates",
                "orders whose customer has no coordinates",
            ),
            (counts[2], "order without an estimated day", "orders without an estimated day"),
        ];
        let told = |(orders, one, more): (usize, &str, &str)| {
            (orders > 0).then(|| counted(orders as u64, one, more))
        };
        let left_out = reasons.into_iter().filter_map(told).collect();
        let mut mapped = Mapped {
            cities,
            sales,
            stock: BTreeMap::new(),
            products: BTreeSet::new(),
            city_of,
            left_out,
            lines,
        };
        mapped.model_stock(history, options);
        mapped
    }

    pub(super) fn summary(&self) -> OlistSummary {
        OlistSummary {
            locations: self.cities.len(),
            products: self.products.len(),
            orders: self.sales.len(),
            lines: self.lines,
            stock_records: self.stock.len(),
            left_out: self.left_out.clone(),
        }
    }

    /// Each city holds what it sold and a safety cover; the warehouse a share of what sells fast everywhere.
    fn model_stock(&mut self, history: &History, options: OlistOptions) {
        let mut sold: BTreeMap<usize, u32> = BTreeMap::new();
        for line in self.sales.iter().flat_map(|i| &history.sales[*i].lines) {
            if let Some(city) = self.city_of[line.seller] {
                *self.stock.entry((city, line.product)).or_default() += 1;
                *sold.entry(line.product).or_default() += 1;
                self.products.insert(line.product);
            }
        }
        for units in self.stock.values_mut() {
            *units += share(*units, options.safety_percent).max(1);
        }
        if options.warehouse_percent > 0 {
            for product in fast_half(&sold) {
                *self.stock.entry((0, product)).or_default() +=
                    share(sold[&product], options.warehouse_percent);
            }
        }
    }
}

/// Rounded up.
fn share(units: u32, percent: u32) -> u32 {
    (u64::from(units) * u64::from(percent)).div_ceil(100) as u32
}

/// The best sellers that together make half of all units.
fn fast_half(sold: &BTreeMap<usize, u32>) -> Vec<usize> {
    let total: u32 = sold.values().sum();
    let mut ranked: Vec<(u32, usize)> = sold.iter().map(|(product, units)| (*units, *product)).collect();
    ranked.sort_by_key(|(units, product)| (std::cmp::Reverse(*units), *product));
    let mut sum = 0;
    let fast = ranked.into_iter().take_while(|(units, _)| {
        let before = sum;
        sum += units;
        before < total / 2
    });
    fast.map(|(_, product)| product).collect()
}

/// The cities that shipped most lines, and the city of each seller.
fn cities(history: &History, count: usize) -> (Vec<City>, Vec<Option<usize>>) {
    let mut seller_lines = vec![0usize; history.sellers.len()];
    let mut handling: HashMap<(&str, &str), Vec<i64>> = HashMap::new();
    for sale in &history.sales {
        for line in &sale.lines {
            seller_lines[line.seller] += 1;
            let seller = &history.sellers[line.seller];
            handling.entry((&seller.state, &seller.city)).or_default().extend(handling_days(sale));
        }
    }
    let mut found: BTreeMap<(&str, &str), (usize, usize, Option<Point>)> = BTreeMap::new();
    for (seller, lines) in history.sellers.iter().zip(&seller_lines) {
        let city = found.entry((&seller.state, &seller.city)).or_default();
        city.0 += lines;
        if seller.point.is_some() && (*lines > city.1 || city.2.is_none()) {
            (city.1, city.2) = (*lines, seller.point);
        }
    }
    let mut ranked: Vec<City> = found
        .iter()
        .filter_map(|(&(state, name), &(lines, _, point))| {
            let days = handling.get_mut(&(state, name)).and_then(|days| median(days)).unwrap_or(1);
            let code = format!("{state}-{}", name.replace(' ', "-"));
            let (name, state) = (name.to_owned(), state.to_owned());
            Some(City { code, name, state, point: point?, lines, handling_days: days.min(MAX_HANDLING_DAYS) })
        })
        .filter(|city| city.lines > 0)
        .collect();
    ranked.sort_by(|a, b| b.lines.cmp(&a.lines).then(a.code.cmp(&b.code)));
    ranked.truncate(count);
    let positions: HashMap<(&str, &str), usize> =
        ranked.iter().enumerate().map(|(i, city)| ((city.state.as_str(), city.name.as_str()), i)).collect();
    let city_of = history
        .sellers
        .iter()
        .map(|seller| positions.get(&(seller.state.as_str(), seller.city.as_str())).copied());
    let city_of = city_of.collect();
    (ranked, city_of)
}

/// Whole days from purchase to the carrier.
fn handling_days(sale: &Sale) -> Option<i64> {
    let wait = sale.carried?.0 - sale.placed_at.0;
    (wait >= 0).then_some(wait / Timestamp::DAY_MS)
}
