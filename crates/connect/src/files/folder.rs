//! The Baton folder: a directory that holds a whole problem.
//!
//! Owns: the order in which its files are read, what they add up to, and what had to be assumed.
//! Refuses to know: what is decided about an order, and how rules are written.

mod history;
pub(crate) mod inventory;
pub(crate) mod layout;
mod layout_carriers;
mod layout_orders;
mod lines;
mod location_zips;
mod locations;
mod manifest;
mod orders;
mod price_table;
pub(crate) mod products;
mod rates;
mod services;
mod settings;
mod settings_described;
mod settings_text;
mod setup;
mod surcharges;
mod tariff;
mod time_zone;
mod zone_pairs;
pub(crate) mod zones;

pub use history::{Actual, Actuals, Past, Receipt};
pub use orders::OrderFeed;
pub(crate) use orders::{Placed, due, promised};
pub use settings_described::{Described, settings_described, settings_written};
pub use setup::{Cells, MAX_SETUP_FILE, Setup};

pub(crate) use layout::layout;

use super::bad_input::{BadInput, BadInputs, quoted};
use super::cell::Whole;
use super::dir::Dir;
use super::places::Zip3;
use super::table::{Table, path_of};
use layout::{
    FileLayout, HISTORY_LINES, HISTORY_ORDERS, INVENTORY, LOCATIONS, ORDER_LINES, ORDERS, PRODUCTS,
};
use manifest::Manifest;
use model::{Currency, Day, Location, Network, NetworkParts, Product, Stock, StockEntry, WallClock};
use std::collections::HashMap;
use std::path::Path;

pub(crate) const LATITUDE: Whole = Whole::new("a latitude", -90, 90);
pub(crate) const LONGITUDE: Whole = Whole::new("a longitude", -180, 180);
/// Names under which rules are looked for.
pub(crate) const RULE_FILES: [&str; 3] = ["rules.toml", "rules.txt", "rules.baton"];

/// What a folder, or an export, says about a retailer.
#[derive(Clone, Debug)]
pub struct Problem {
    pub network: Network,
    /// As it stands before the first order.
    pub stock: Stock,
    /// Name and text of the file of rules, where there is one.
    pub rules_text: Option<(String, String)>,
    /// Columns that nobody reads, as `file: column`.
    pub unknown_columns: Vec<String>,
    /// What had to be assumed, as sentences.
    pub assumptions: Vec<String>,
    /// What somebody should look at or mend, as sentences: the answer may be another one then.
    pub notes: Vec<String>,
    /// The day of the first order, by the shop's clock.
    pub first_day: Day,
}

/// A folder that has been read but for its orders.
#[derive(Clone, Debug)]
pub struct Folder {
    pub problem: Problem,
    pub feeds: Feeds,
    pub past: Past,
}

/// Where the orders of a folder lie.
#[derive(Clone, Debug)]
pub struct Feeds {
    dir: Dir,
}

/// A folder while it is being opened.
pub(crate) struct Opening {
    dir: Dir,
    /// By the code of a location, where it has a ZIP code.
    zip3s: HashMap<String, Zip3>,
    manifest: Manifest,
    /// Exports stand in the folder: what the manifest says of the currency does not count.
    is_export: bool,
    pub(crate) assumptions: Vec<String>,
    pub(crate) notes: Vec<String>,
    unknown_columns: Vec<String>,
    /// The first order, or the first one of the history; `None` in a folder without orders.
    first: Option<Placed>,
    /// What the orders of an export say of the shop's clock.
    orders_clock: Option<WallClock>,
}

/// Products and places of a problem, from wherever they are known.
pub(crate) struct Facts {
    pub(crate) locations: Vec<Location>,
    /// Sorted by SKU.
    pub(crate) products: Vec<Product>,
}

impl Opening {
    pub(crate) fn new(dir: Dir) -> Result<Opening, BadInput> {
        let mut assumptions = Vec::new();
        let manifest = manifest::read(&dir, &mut assumptions)?;
        Ok(Opening {
            dir,
            zip3s: HashMap::new(),
            manifest,
            is_export: false,
            assumptions,
            notes: Vec::new(),
            unknown_columns: Vec::new(),
            first: None,
            orders_clock: None,
        })
    }

    /// An export beside which a manifest is not expected: what it would say is known.
    pub(crate) fn of_export(
        dir: &Path,
        currency: Currency,
        first: Option<Placed>,
    ) -> Result<Opening, BadInput> {
        let mut open = Opening::new(dir.into())?;
        open.assumptions.clear();
        open.manifest.currency = currency;
        open.is_export = true;
        open.first = first;
        Ok(open)
    }

    /// The clock by which an export writes its orders, taken where nothing names a zone.
    pub(crate) fn set_orders_clock(&mut self, clock: WallClock) {
        self.orders_clock = Some(clock);
    }

    /// The day of the first order by this clock; day 0 in a folder without orders.
    fn first_day(&self, clock: &WallClock) -> Day {
        self.first.map_or(Day(0), |placed| clock.day(placed.by(clock)))
    }

    pub(crate) fn locations(&mut self) -> Result<Vec<Location>, BadInputs> {
        locations::read(self)
    }

    /// Builds the network from facts, and from the rates, settings and zones of the folder.
    pub(crate) fn network(&mut self, facts: Facts) -> Result<Network, BadInputs> {
        let mut faults = Vec::new();
        let rates = kept(rates::read(self), &mut faults);
        let settings = kept(settings::read(self, &facts.locations), &mut faults);
        let (Some(rates), Some(settings)) = (rates, settings) else { return Err(BadInputs(faults)) };
        let Facts { mut locations, products } = facts;
        time_zone::follow(&settings.clock, &mut locations, self.first_day(&settings.clock));
        let currency = self.manifest.currency;
        let mut network = Network::new(NetworkParts { currency, locations, products, rates, settings });
        zones::read(self, &mut network)?;
        Ok(network)
    }

    /// Adds the stock and what else the folder says.
    pub(crate) fn problem(self, network: Network, entries: Vec<StockEntry>) -> Result<Problem, BadInputs> {
        let first_day = self.first_day(&network.settings.clock);
        let stock = Stock::new(&network, entries, first_day);
        Ok(Problem {
            network,
            stock,
            rules_text: rules_text(&self.dir)?,
            unknown_columns: self.unknown_columns,
            assumptions: self.assumptions,
            notes: self.notes,
            first_day,
        })
    }

    /// Notes what a table has that is not read, and how its text was read.
    fn finish(&mut self, table: &Table) {
        let unknown = table.unknown().map(|(_, name)| format!("{}: {name}", table.file()));
        self.unknown_columns.extend(unknown);
        let slip = |(name, column): (String, &str)| {
            let (file, name) = (table.file(), quoted(&name));
            format!(
                "{file}: the column {name} is not known and was left alone; if {column} is meant, rename it"
            )
        };
        self.notes.extend(table.slips().into_iter().map(slip));
        self.assumptions.extend(table.note());
    }
}

/// Files of which a Baton folder has at least one.
const FIRST_FILES: [&FileLayout; 4] = [&LOCATIONS, &PRODUCTS, &INVENTORY, &ORDERS];

impl Folder {
    /// The folder has a file of this layout; without any, it is of another kind.
    pub fn is_begun(dir: &Path) -> bool {
        FIRST_FILES.iter().any(|layout| path_of(dir, layout.file).is_some())
    }

    /// Reads everything but the orders.
    ///
    /// # Errors
    /// Every fault found in the files that could be looked at, at most 20 for each.
    pub fn open(dir: &Path) -> Result<Folder, BadInputs> {
        if !dir.is_dir() {
            let name = dir.display().to_string();
            return Err(BadInput::of_file(
                &name,
                "is not a folder",
                "name the folder that holds locations.csv",
            )
            .into());
        }
        let mut open = Opening::new(dir.into())?;
        open.first = first(&mut open)?;
        Ok(Folder { problem: problem(open)?, feeds: Feeds { dir: dir.into() }, past: Past::of_folder(dir) })
    }

    /// See [`Feeds::orders`].
    pub fn orders<'n>(&self, network: &'n Network) -> Result<OrderFeed<'n>, BadInputs> {
        self.feeds.orders(network)
    }

    /// See [`Feeds::history_orders`].
    pub fn history_orders<'n>(&self, network: &'n Network) -> Result<Option<OrderFeed<'n>>, BadInputs> {
        self.feeds.history_orders(network)
    }
}

impl Feeds {
    /// The orders to decide, in the order of their file.
    pub fn orders<'n>(&self, network: &'n Network) -> Result<OrderFeed<'n>, BadInputs> {
        let missing = || {
            let remedy = "add it with a row for each order, or name a folder that has orders";
            BadInputs::from(BadInput::of_file(ORDERS.file, "is missing in the folder", remedy))
        };
        self.feed(network, &ORDERS, &ORDER_LINES)?.ok_or_else(missing)
    }

    /// Orders of earlier days; `None` where the folder has none.
    pub fn history_orders<'n>(&self, network: &'n Network) -> Result<Option<OrderFeed<'n>>, BadInputs> {
        self.feed(network, &HISTORY_ORDERS, &HISTORY_LINES)
    }

    fn feed<'n>(
        &self,
        network: &'n Network,
        orders: &'static FileLayout,
        lines: &'static FileLayout,
    ) -> Result<Option<OrderFeed<'n>>, BadInputs> {
        let Some(order_table) = Table::find(&self.dir, orders)? else { return Ok(None) };
        let Some(line_table) = Table::find(&self.dir, lines)? else {
            let remedy = format!("add it with the lines of {}", orders.file);
            return Err(BadInput::of_file(lines.file, "is missing in the folder", remedy).into());
        };
        Ok(Some(OrderFeed::new(network, order_table, line_table)))
    }
}

fn network(open: &mut Opening) -> Result<Network, BadInputs> {
    let mut faults = Vec::new();
    let locations = kept(locations::read(open), &mut faults);
    let products = kept(products::read(open), &mut faults);
    let (Some(locations), Some(products)) = (locations, products) else { return Err(BadInputs(faults)) };
    open.network(Facts { locations, products })
}

fn problem(mut open: Opening) -> Result<Problem, BadInputs> {
    let network = network(&mut open)?;
    let names = inventory::Names::new(&network);
    let entries = inventory::read(&mut open, &names)?;
    drop(names);
    open.problem(network, entries)
}

fn kept<T>(result: Result<T, BadInputs>, faults: &mut Vec<BadInput>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(found) => {
            faults.extend(found.0);
            None
        }
    }
}

/// The first order, or the first one of the history. Looks at the headers of all files of orders on the way.
fn first(open: &mut Opening) -> Result<Option<Placed>, BadInputs> {
    let mut first = None;
    for (layout, holds_orders) in
        [(&ORDERS, true), (&HISTORY_ORDERS, true), (&ORDER_LINES, false), (&HISTORY_LINES, false)]
    {
        let Some(mut table) = Table::find(&open.dir, layout)? else { continue };
        if holds_orders && first.is_none() && table.advance()? {
            first = Some(orders::placed(&table, &orders::Columns::of(&table))?);
        }
        open.finish(&table);
    }
    Ok(first)
}

fn rules_text(dir: &Dir) -> Result<Option<(String, String)>, BadInputs> {
    for file in RULE_FILES {
        if let Some(text) = dir.read_small(file)? {
            return Ok(Some((file.to_owned(), text)));
        }
    }
    Ok(None)
}
