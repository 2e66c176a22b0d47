//! What of an order is still to be decided, as the engine reads it.

use super::document::{Document, Line};
use super::reading::degrees_e4;
use crate::refused::{Refused, broken};
use crate::shop::Shop;
use model::{
    Day, Destination, Lane, LocationId, Money, Order, OrderLine, Point, ServiceLevel, ShortChoice, Span,
    SplitPolicy, Timestamp,
};
use store::orders::{Item, OrderRow, Stands};
use store::places::ProductKey;

/// The open units of an order, and where the engine's answer belongs.
#[derive(Clone, Debug)]
pub struct Asked {
    pub order: Order,
    /// By the engine's line.
    lines: Vec<AskedLine>,
}

#[derive(Clone, Debug)]
struct AskedLine {
    line: i64,
    /// The rows of this line with the units that one unit of the engine's line has of each.
    items: Vec<(ProductKey, i64)>,
}

impl Asked {
    /// Reads the open units. A bundle of which all components are open alike is asked for as a bundle; else by component.
    pub fn of(shop: &Shop, row: &OrderRow, document: &Document, items: &[Item]) -> Asked {
        let mut asked = Asked { order: head(shop, row, document), lines: Vec::new() };
        for line in &document.lines {
            let of_line: Vec<&Item> = items
                .iter()
                .filter(|item| item.line == i64::from(line.line) && item.stands.open > 0)
                .collect();
            let all = items.iter().filter(|item| item.line == i64::from(line.line)).count();
            match whole_units(&of_line, all).zip(shop.network.product_by_sku(&line.sku)) {
                Some((quantity, product)) => {
                    let parts = of_line.iter().map(|item| (item.product, item.per_unit)).collect();
                    asked.add(shop, line, (product, quantity), parts);
                }
                None => {
                    for item in of_line {
                        let Some(product) = shop.product_id(item.product) else { continue };
                        let parts = vec![(item.product, 1)];
                        asked.add(shop, line, (product, item.stands.open), parts);
                    }
                }
            }
        }
        asked
    }

    /// Reads an order as if all of it were open: what the channel asked for, whatever has become of it.
    ///
    /// # Errors
    /// What the books keep of it cannot be read.
    pub fn in_full(shop: &Shop, row: &OrderRow, mut items: Vec<Item>) -> Result<Asked, Refused> {
        let document: Document = serde_json::from_str(&row.document).map_err(|error| broken(&error))?;
        for item in &mut items {
            item.stands = Stands { open: item.ordered, ..Stands::default() };
        }
        Ok(Asked::of(shop, row, &document, &items))
    }

    fn add(
        &mut self,
        shop: &Shop,
        line: &Line,
        (product, quantity): (model::ProductId, i64),
        items: Vec<(ProductKey, i64)>,
    ) {
        let currency = shop.network.currency;
        let is_component = shop.network.product(product).sku != line.sku;
        let price = Money { minor: line.unit_price_minor, currency }.to_cost();
        self.order.lines.push(OrderLine {
            number: line.line,
            product,
            quantity: u32::try_from(quantity).unwrap_or(u32::MAX),
            unit_price: if is_component { shop.network.product(product).price } else { price },
            when_short: ShortChoice::from_code(&line.when_short),
        });
        self.lines.push(AskedLine { line: i64::from(line.line), items });
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The number of the order's line behind a line of the engine.
    pub fn line(&self, index: u16) -> i64 {
        self.lines[usize::from(index)].line
    }

    /// The rows behind units of a line of the engine: product and units.
    pub fn items(&self, index: u16, quantity: u32) -> impl Iterator<Item = (ProductKey, i64)> {
        self.lines[usize::from(index)].items.iter().map(move |&(key, each)| (key, each * i64::from(quantity)))
    }
}

/// Units of the line whose components are all open alike; `None` where they are not, or nothing is open.
fn whole_units(open: &[&Item], all: usize) -> Option<i64> {
    let first = open.first()?;
    let units = first.stands.open / first.per_unit;
    let is_whole = open.len() == all && open.iter().all(|item| item.stands.open == units * item.per_unit);
    is_whole.then_some(units)
}

fn head(shop: &Shop, row: &OrderRow, document: &Document) -> Order {
    let network = &*shop.network;
    let lane = Lane::from_code(&row.lane).unwrap_or(Lane::Ship);
    let service = ServiceLevel::from_code(&document.service).unwrap_or(ServiceLevel::Standard);
    let placed_at = Timestamp(row.placed_at_ms);
    let promised = || {
        let day = network.settings.clock.day(placed_at);
        network.settings.days_promised(service).map(|days| Day(day.0 + i32::from(days)))
    };
    Order {
        id: row.id.clone(),
        channel: row.channel.clone(),
        lane,
        service,
        placed_at,
        deliver_by: Day::from_iso(&document.deliver_by).or_else(promised),
        destination: destination(shop, document),
        pickup_at: network.location_by_code(&document.pickup_at),
        slot: document.slot_ms.map(|(from, to)| Span { from: Timestamp(from), to: Timestamp(to) }),
        split: SplitPolicy::from_code(&document.split).unwrap_or(SplitPolicy::Allowed),
        tags: document.tags.clone(),
        rejected_by: Vec::<LocationId>::new(),
        lines: Vec::new(),
    }
}

/// Where an order goes, as far as its address or its postal code tells.
pub fn goes_to(shop: &Shop, document: &Document) -> Option<Point> {
    destination(shop, document).point
}

fn destination(shop: &Shop, document: &Document) -> Destination {
    let to = &document.ship_to;
    // Of an erased shopper the first three digits of a ZIP code are left, which is all that a zone is made of.
    let is_prefix = document.erased_at_ms.is_some()
        && to.postal.len() == 3
        && to.postal.bytes().all(|byte| byte.is_ascii_digit());
    let postal = if is_prefix { format!("{}00", to.postal) } else { to.postal.clone() };
    let (place, by_postal) = connect::files::whereabouts(&shop.network, &postal, &to.country);
    let stated = degrees_e4(&to.latitude, 90).zip(degrees_e4(&to.longitude, 180));
    let point = stated.map(|(lat_e4, lon_e4)| Point { lat_e4, lon_e4 }).or(by_postal);
    Destination {
        postal: to.postal.clone(),
        country: to.country.clone(),
        region: to.region.clone(),
        place,
        point,
        is_residential: to.is_residential,
    }
}
