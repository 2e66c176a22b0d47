//! Shopify's orders export.
//!
//! Owns: rows that continue an order, and which orders are to be routed. Refuses to know: the network.

use super::catalog::{Catalog, plain_sku, tags};
use super::columns;
use crate::files::bad_input::{BadInput, BadInputs, Faults};
use crate::files::cell::Whole;
use crate::files::table::Table;
use model::order::MAX_UNITS;
use model::{Cost, Currency, Lane, Order, OrderLine, ProductId, ServiceLevel};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// Removed lines stay in the export with no units.
const QUANTITY: Whole = Whole::new("a quantity", 0, MAX_UNITS as i64);
/// Most orders that are held in memory.
const MAX_ORDERS: usize = 5_000_000;
/// Most lines of one order that are read.
const MAX_LINES_READ: usize = 1_000;

/// An order as exported; its products are positions in the catalog.
pub(super) struct Exported {
    pub(super) order: Order,
    pub(super) currency: String,
    pub(super) country: String,
    /// The method of shipping and the shop's location, in lower case: where a pickup may be named.
    pub(super) pickup_text: String,
    /// Seconds that the clock of the export was ahead of UTC.
    pub(super) offset_s: i32,
}

#[derive(Default)]
pub(super) struct Sales {
    pub(super) orders: Vec<Exported>,
    /// What was left out, by reason.
    pub(super) left_out: BTreeMap<&'static str, usize>,
    /// Orders that were shipped already.
    pub(super) fulfilled: usize,
    seen: HashSet<String>,
}

/// What the row at hand belongs to.
enum Current {
    Nothing,
    Kept,
    /// Left out: its further rows go the same way.
    Out,
}

impl Sales {
    pub(super) fn read(&mut self, path: &Path, catalog: &mut Catalog) -> Result<(), BadInputs> {
        let mut table = Table::open(path, columns::ORDERS)?;
        let mut faults = Faults::default();
        let mut name = String::new();
        let mut current = Current::Nothing;
        while table.next_row(&mut faults)? {
            if table.get("Name").text() != name || matches!(current, Current::Nothing) {
                self.drop_empty();
                name = table.get("Name").text().to_owned();
                current = faults.keep(self.begin(&table))?.unwrap_or(Current::Out);
            }
            if matches!(current, Current::Kept) {
                faults.keep(self.add_line(&table, catalog))?;
            }
        }
        self.drop_empty();
        faults.into_result()
    }

    fn begin(&mut self, table: &Table) -> Result<Current, BadInput> {
        let name = table.get("Name");
        let id = name.some_text("the number of the order")?;
        if !self.seen.insert(id.to_owned()) {
            return Err(name.fault(
                &format!("order '{id}' stood already above"),
                "keep its rows together, and each order in one file alone",
            ));
        }
        if self.orders.len() >= MAX_ORDERS {
            return Err(name.fault("is one order too many", "export a shorter time"));
        }
        if let Some(reason) = reason_to_leave_out(table) {
            *self.left_out.entry(reason).or_default() += 1;
            return Ok(Current::Out);
        }
        self.fulfilled += usize::from(is(table, "Fulfillment Status", "fulfilled"));
        self.orders.push(exported(table, id)?);
        Ok(Current::Kept)
    }

    fn add_line(&mut self, table: &Table, catalog: &mut Catalog) -> Result<(), BadInput> {
        let Some(Exported { order, .. }) = self.orders.last_mut() else { return Ok(()) };
        let shipped = table.get("Lineitem requires shipping").filled();
        if !shipped.map(|cell| cell.flag()).transpose()?.unwrap_or(true) {
            *self.left_out.entry("lines that need no shipping").or_default() += 1;
            return Ok(());
        }
        let quantity = table.get("Lineitem quantity").whole(&QUANTITY)? as u32;
        if quantity == 0 {
            *self.left_out.entry("lines of no units").or_default() += 1;
            return Ok(());
        }
        let name = table.get("Lineitem name");
        let Some(variant) = catalog.variant(plain_sku(table.get("Lineitem sku").text()), name.text()) else {
            return Err(name.fault("is empty, and so is Lineitem sku", "fill one of the two"));
        };
        if order.lines.len() >= MAX_LINES_READ {
            return Err(name.fault("is one line too many for an order", "leave the order out"));
        }
        let price = table.get("Lineitem price").filled().map(|cell| cell.price()).transpose()?;
        let unit_price = price.unwrap_or(Cost::ZERO);
        let product = catalog.product(variant);
        if product.price == Cost::ZERO {
            product.price = unit_price;
        }
        order.lines.push(OrderLine {
            number: order.lines.len() as u32 + 1,
            product: ProductId(variant as u32),
            quantity,
            unit_price,
            when_short: None,
        });
        Ok(())
    }

    /// An order none of whose lines is to be shipped.
    fn drop_empty(&mut self) {
        if self.orders.last().is_some_and(|last| last.order.lines.is_empty()) {
            self.orders.pop();
            *self.left_out.entry("orders with nothing to ship").or_default() += 1;
        }
    }

    /// Keeps the orders of the commonest currency, and says which it is.
    pub(super) fn settle_currency(&mut self) -> Currency {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for exported in &self.orders {
            *counts.entry(&exported.currency).or_default() += 1;
        }
        let most = counts.iter().max_by_key(|(code, count)| (**count, std::cmp::Reverse(**code)));
        let code = most.map_or("USD".to_owned(), |(code, _)| (*code).to_owned());
        let before = self.orders.len();
        self.orders.retain(|exported| exported.currency == code);
        if self.orders.len() < before {
            self.left_out.insert("orders in another currency", before - self.orders.len());
        }
        Currency::from_code(&code).unwrap_or(Currency::USD)
    }
}

fn is(table: &Table, column: &str, word: &str) -> bool {
    table.get(column).text().eq_ignore_ascii_case(word)
}

fn reason_to_leave_out(table: &Table) -> Option<&'static str> {
    if !table.get("Cancelled at").is_empty() || is(table, "Financial Status", "voided") {
        return Some("cancelled orders");
    }
    if is(table, "Fulfillment Status", "restocked") {
        return Some("orders put back into stock");
    }
    is(table, "Source", "pos").then_some("sales over the counter")
}

fn exported(table: &Table, id: &str) -> Result<Exported, BadInput> {
    let text = |name| table.get(name).text();
    let mut order = Order { id: id.to_owned(), channel: text("Source").to_owned(), ..Order::empty() };
    let placed = table.get("Created at").written_instant()?;
    order.placed_at = placed.at;
    order.tags = tags(&table.get("Tags"));
    order.destination.postal = plain_sku(text("Shipping Zip")).to_owned();
    order.destination.region = text("Shipping Province").to_owned();
    let method = text("Shipping Method").to_lowercase();
    order.lane = lane(&method);
    order.service = service(&method);
    let currency = table.get("Currency");
    let code = currency.filled().map_or("USD", |cell| cell.text()).to_uppercase();
    if Currency::from_code(&code).is_none() {
        return Err(currency.is_not("a currency", "write three capitals of ISO 4217, such as USD"));
    }
    Ok(Exported {
        order,
        currency: code,
        country: text("Shipping Country").to_uppercase(),
        pickup_text: format!("{method}\n{}", text("Location").to_lowercase()),
        offset_s: placed.offset_minutes as i32 * 60,
    })
}

fn lane(method: &str) -> Lane {
    if ["pickup", "pick up", "pick-up", "click and collect"].iter().any(|word| method.contains(word)) {
        return Lane::Pickup;
    }
    if method.contains("local delivery") { Lane::LocalDelivery } else { Lane::Ship }
}

fn service(method: &str) -> ServiceLevel {
    let has = |words: &[&str]| words.iter().any(|word| method.contains(word));
    if has(&["same day", "same-day"]) {
        ServiceLevel::SameDay
    } else if has(&["next day", "next-day", "overnight"]) {
        ServiceLevel::NextDay
    } else if has(&["express", "expedited", "2-day", "2 day", "two day", "two-day"]) {
        ServiceLevel::Expedited
    } else {
        ServiceLevel::Standard
    }
}
