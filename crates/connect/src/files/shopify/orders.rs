//! Shopify's orders export.
//!
//! Owns: rows that continue an order, orders that stand in two files, and which orders are to be routed.
//! Refuses to know: the network.

use super::catalog::{Catalog, plain_sku, tags};
use super::columns;
use super::dates::{self, SAVED_AGAIN, SlashDate};
use super::left_out::LeftOut;
use super::method::Method;
use crate::files::bad_input::{BadInput, BadInputs, Faults};
use crate::files::cell::{Whole, WrittenInstant};
use crate::files::folder::Placed;
use crate::files::table::Table;
use model::order::MAX_UNITS;
use model::words;
use model::{Cost, Currency, Lane, Order, OrderLine, ProductId, Timestamp, WallClock};
use std::collections::{BTreeMap, HashMap};
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
    /// Days in which it arrives, where the method of shipping names them.
    pub(super) named_days: Option<u8>,
    /// When it was placed, where a spreadsheet has rewritten it.
    slash: Option<SlashDate>,
    /// The method of shipping and the shop's location, in lower case: where a pickup may be named.
    pub(super) pickup_text: String,
    /// Seconds that the clock of the export was ahead of UTC. `None` where a spreadsheet has lost them: until the
    /// shop's clock is known, the order counts as placed when UTC shows what that clock showed.
    pub(super) offset_s: Option<i32>,
    /// It was shipped already.
    pub(super) is_fulfilled: bool,
    /// Some of its money was given back. The export does not say for which of its lines.
    pub(super) is_partly_refunded: bool,
}

impl Exported {
    pub(super) fn placed(&self) -> Placed {
        let at = self.order.placed_at;
        match self.offset_s {
            Some(_) => Placed::At(at),
            None => Placed::OnDay(at.utc_day(), WallClock::utc().minute(at).into()),
        }
    }
}

#[derive(Default)]
pub(super) struct Sales {
    /// What the files should say and do not, as sentences.
    pub(super) lacking: Vec<String>,
    pub(super) orders: Vec<Exported>,
    /// By id.
    pub(super) left_out: BTreeMap<String, LeftOut>,
    /// Lines that were left out of orders, by reason: the words for one, and for more.
    pub(super) lines_left_out: BTreeMap<(&'static str, &'static str), usize>,
    /// How times had to be read, as sentences.
    pub(super) dates: Vec<String>,
    /// Names of the shop's places in lower case: a method of shipping that is one of them is a pickup there.
    places: Vec<String>,
    files: Vec<String>,
    /// By id: the position of its file.
    seen: HashMap<String, usize>,
    /// Orders of the file at hand that stood in an earlier one, by that one's position.
    repeated: BTreeMap<usize, usize>,
}

/// What the row at hand belongs to.
enum Current {
    Nothing,
    Kept,
    /// Left out: its further rows go the same way.
    Out,
}

/// Columns that every orders export of Shopify has, and what is not known without each.
const ALWAYS_THERE: [(&str, &str); 6] = [
    ("Shipping Method", "all orders count as standard shipping"),
    ("Shipping Zip", "no address can be located"),
    ("Lineitem sku", "products are known by their names only"),
    ("Cancelled at", "cancelled orders count as orders"),
    ("Financial Status", "refunded and voided orders count as orders"),
    ("Lineitem price", "everything counts as sold for nothing"),
];

fn lacking_columns(table: &Table) -> Vec<String> {
    let lacking = ALWAYS_THERE.iter().filter(|(name, _)| !table.at(name).is_there());
    let say = |(name, effect): &(&str, &str)| {
        format!(
            "{} has no column {name}: {effect}; export the orders again, or name the column so",
            table.file()
        )
    };
    lacking.map(say).collect()
}

impl Sales {
    pub(super) fn of_shop(places: &[String]) -> Sales {
        Sales { places: places.iter().map(|name| name.to_lowercase()).collect(), ..Sales::default() }
    }

    pub(super) fn read(&mut self, path: &Path, catalog: &mut Catalog) -> Result<(), BadInputs> {
        let mut table = Table::open(path, columns::ORDERS)?;
        let mut faults = Faults::default();
        let mut name = String::new();
        let mut current = Current::Nothing;
        let begun = (self.orders.len(), self.seen.len());
        self.files.push(table.file().to_owned());
        self.lacking.extend(lacking_columns(&table));
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
        self.refuse_repeated(self.seen.len() - begun.1)?;
        faults.keep(self.settle_dates(&table, begun.0))?;
        faults.into_result()
    }

    /// The same export twice, or two of overlapping times. `new` is how many orders of the file are in no other.
    fn refuse_repeated(&mut self, new: usize) -> Result<(), BadInput> {
        let repeated = std::mem::take(&mut self.repeated);
        let Some((first, count)) = repeated.iter().max_by_key(|(_, count)| **count) else { return Ok(()) };
        let (file, first) = (&self.files[self.files.len() - 1], &self.files[*first]);
        let total = new + repeated.values().sum::<usize>();
        if *count == total {
            let problem = format!("holds the same {} as {first}", words::count(*count as u64, "order"));
            return Err(BadInput::of_file(file, problem, "remove one of the two files"));
        }
        let repeated = words::part_of((*count as u64, total as u64), "order", ("stands", "stand"));
        let problem = format!("{repeated} in {first}, too");
        Err(BadInput::of_file(
            file,
            problem,
            "remove them from one of the two, or export the whole time as one file",
        ))
    }

    /// Gives the orders of a file from `begun` on the times that a spreadsheet has rewritten.
    fn settle_dates(&mut self, table: &Table, begun: usize) -> Result<(), BadInput> {
        let orders = &mut self.orders[begun..];
        let slashes: Vec<SlashDate> = orders.iter().filter_map(|exported| exported.slash).collect();
        if slashes.is_empty() {
            let bare = orders.iter().filter(|exported| exported.offset_s.is_none()).count();
            self.dates
                .extend((bare > 0).then(|| format!("{}: {}", table.file(), dates::without_offset(bare))));
            return Ok(());
        }
        let fault =
            |problem: String| BadInput::of_file(table.file(), problem, SAVED_AGAIN).in_column("Created at");
        if slashes.len() < orders.len() {
            return Err(fault(
                "some times are as Shopify writes them, and some as a spreadsheet does".to_owned(),
            ));
        }
        let reading = dates::reading(&slashes).map_err(fault)?;
        for exported in orders {
            let at = exported.slash.and_then(|slash| slash.at(reading));
            exported.order.placed_at = at.unwrap_or(exported.order.placed_at);
        }
        self.dates.push(format!("{}: {}", table.file(), dates::sentence(reading, &slashes)));
        Ok(())
    }

    fn begin(&mut self, table: &Table) -> Result<Current, BadInput> {
        let name = table.get("Name");
        let id = name.some_text("the number of the order")?;
        let file = self.files.len() - 1;
        match self.seen.get(id) {
            Some(first) if *first == file => {
                let problem = format!("order '{id}' stood already above");
                return Err(name.fault(&problem, "keep its rows together"));
            }
            Some(first) => {
                *self.repeated.entry(*first).or_default() += 1;
                return Ok(Current::Out);
            }
            None => self.seen.insert(id.to_owned(), file),
        };
        if self.seen.len() > MAX_ORDERS {
            return Err(name.fault("is one order too many", "export a shorter time"));
        }
        if let Some(reason) = reason_to_leave_out(table) {
            self.left_out.insert(id.to_owned(), reason);
            return Ok(Current::Out);
        }
        self.orders.push(exported(table, id, &self.places)?);
        Ok(Current::Kept)
    }

    fn add_line(&mut self, table: &Table, catalog: &mut Catalog) -> Result<(), BadInput> {
        let Some(Exported { order, .. }) = self.orders.last_mut() else { return Ok(()) };
        let shipped = table.get("Lineitem requires shipping").filled();
        if !shipped.map(|cell| cell.flag()).transpose()?.unwrap_or(true) {
            *self
                .lines_left_out
                .entry(("line that needs no shipping", "lines that need no shipping"))
                .or_default() += 1;
            return Ok(());
        }
        let quantity = table.get("Lineitem quantity").whole(&QUANTITY)? as u32;
        if quantity == 0 {
            *self.lines_left_out.entry(("line of no units", "lines of no units")).or_default() += 1;
            return Ok(());
        }
        let name = table.get("Lineitem name");
        let Some(variant) = catalog.variant(plain_sku(table.get("Lineitem sku").text()), name.text()) else {
            catalog.demand_room()?;
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
        if let Some(empty) = self.orders.pop_if(|last| last.order.lines.is_empty()) {
            self.left_out.insert(empty.order.id, LeftOut::NothingToShip);
        }
    }

    /// Sorts by time, of equals by id.
    pub(super) fn sort(&mut self) {
        self.orders.sort_by(|a, b| (a.order.placed_at, &a.order.id).cmp(&(b.order.placed_at, &b.order.id)));
    }

    /// Settles when orders were placed whose times are those of the shop's clock.
    pub(super) fn place_by(&mut self, clock: &WallClock) {
        for exported in self.orders.iter_mut().filter(|exported| exported.offset_s.is_none()) {
            exported.order.placed_at = clock.instant_showing(exported.order.placed_at);
        }
        self.sort();
    }

    /// The lanes that orders ask for, and shipping.
    pub(super) fn lanes(&self) -> Vec<Lane> {
        let asks =
            |lane: &Lane| *lane == Lane::Ship || self.orders.iter().any(|sale| sale.order.lane == *lane);
        [Lane::Ship, Lane::Pickup, Lane::LocalDelivery].into_iter().filter(asks).collect()
    }

    /// Keeps the orders of the commonest currency, and says which it is.
    pub(super) fn settle_currency(&mut self) -> Currency {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for exported in &self.orders {
            *counts.entry(&exported.currency).or_default() += 1;
        }
        let most = counts.iter().max_by_key(|(code, count)| (**count, std::cmp::Reverse(**code)));
        let code = most.map_or("USD".to_owned(), |(code, _)| (*code).to_owned());
        for exported in self.orders.extract_if(.., |exported| exported.currency != code) {
            self.left_out.insert(exported.order.id, LeftOut::OtherCurrency);
        }
        Currency::from_code(&code).unwrap_or(Currency::USD)
    }
}

fn is(table: &Table, column: &str, word: &str) -> bool {
    table.get(column).text().eq_ignore_ascii_case(word)
}

fn reason_to_leave_out(table: &Table) -> Option<LeftOut> {
    if !table.get("Cancelled at").is_empty() || is(table, "Financial Status", "voided") {
        return Some(LeftOut::Cancelled);
    }
    if is(table, "Fulfillment Status", "restocked") {
        return Some(LeftOut::PutBack);
    }
    // What was shipped and then refunded is a return: it did ship.
    if is(table, "Financial Status", "refunded") && !is(table, "Fulfillment Status", "fulfilled") {
        return Some(LeftOut::Refunded);
    }
    if table.get("Payment Method").text().to_lowercase().contains("bogus") {
        return Some(LeftOut::Test);
    }
    is(table, "Source", "pos").then_some(LeftOut::OverTheCounter)
}

fn exported(table: &Table, id: &str, places: &[String]) -> Result<Exported, BadInput> {
    let text = |name| table.get(name).text();
    let mut order = Order { id: id.to_owned(), channel: text("Source").to_owned(), ..Order::empty() };
    let created = table.get("Created at");
    let slash = SlashDate::read(created.text(), table.row());
    let placed = match (&slash, created.written_instant()) {
        (_, Ok(placed)) => placed,
        // Settled once all rows of the file have shown how their dates are to be read.
        (Some(_), Err(_)) => WrittenInstant { at: Timestamp(0), offset_minutes: None },
        (None, Err(_)) => return Err(created.is_not("a time as Shopify writes it", SAVED_AGAIN)),
    };
    order.placed_at = placed.at;
    order.tags = tags(&table.get("Tags"));
    order.destination.postal = plain_sku(text("Shipping Zip")).to_owned();
    order.destination.country = text("Shipping Country").to_uppercase();
    order.destination.region = text("Shipping Province").to_owned();
    let words = text("Shipping Method").to_lowercase();
    let method = Method::of(&words);
    order.lane = if places.contains(&words) { Lane::Pickup } else { method.lane };
    order.service = method.service;
    let currency = table.get("Currency");
    let code = currency.filled().map_or("USD", |cell| cell.text()).to_uppercase();
    if Currency::from_code(&code).is_none() {
        return Err(currency.is_not("a currency", "write three capitals of ISO 4217, such as USD"));
    }
    Ok(Exported {
        order,
        currency: code,
        named_days: method.days,
        slash,
        pickup_text: format!("{words}\n{}", text("Location").to_lowercase()),
        offset_s: placed.offset_minutes.map(|minutes| minutes as i32 * 60),
        is_fulfilled: is(table, "Fulfillment Status", "fulfilled"),
        is_partly_refunded: is(table, "Financial Status", "partially_refunded"),
    })
}
