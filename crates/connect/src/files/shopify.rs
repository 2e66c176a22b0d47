//! Shopify's exports: a folder with orders, inventory, products and a list of locations.
//!
//! Owns: recognizing the files by their headers and joining them into a problem.
//! Refuses to know: Shopify's API, and who the customers are.

mod catalog;
mod columns;
mod dates;
mod left_out;
mod locations;
mod method;
mod orders;
mod promise;
mod stock;
mod tell;

pub use left_out::LeftOut;

use super::bad_input::{BadInput, BadInputs};
use super::dir::name_of;
use super::folder::{Facts, Opening, Past, Problem};
use super::places;
use super::table::{Table, path_of};
use catalog::{Catalog, Sorted};
pub(crate) use columns::Export;
use model::words::counted;
use model::{Lane, LocationId, Network, Order, PlaceId, ProductId, StockEntry, WallClock};
use orders::{Exported, Sales};
use promise::Promises;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use stock::Shelves;
use tell::Destinations;

/// Most files of a folder that are looked at.
const MAX_FILES: usize = 500;
/// Most names that one message lists.
const MAX_NAMED: usize = 12;
const LOCATIONS: &str = "locations.csv";

/// A folder that holds exports of Shopify.
#[derive(Clone, Debug)]
pub struct Shopify {
    dir: PathBuf,
    orders: Vec<PathBuf>,
    inventory: Vec<PathBuf>,
    products: Vec<PathBuf>,
    /// Tables of no kind that is known.
    broken: Vec<Broken>,
    /// Tables beyond those that are looked at.
    beyond: usize,
}

/// A file that is no export, or cannot be read as one.
#[derive(Clone, Debug)]
struct Broken {
    file: String,
    /// What its name says that it is.
    kind: Option<Export>,
    /// It has a header, of other columns.
    is_table: bool,
    faults: Vec<BadInput>,
}

/// What a shop's exports say.
#[derive(Clone, Debug)]
pub struct Exports {
    pub problem: Problem,
    /// By the time at which they were placed.
    pub orders: Vec<Order>,
    /// Orders of the exports that are not routed, by id.
    pub left_out: BTreeMap<String, LeftOut>,
    /// Names of the files that orders are in.
    pub order_files: Vec<String>,
    /// What really happened, where `receipts.csv` and `actuals.csv` stand beside the exports.
    pub past: Past,
    /// A products export says more of what is sold than orders and inventory do.
    pub has_products: bool,
}

impl Shopify {
    /// Looks at the headers of a folder's files. `None` when none is an orders or inventory export.
    pub fn detect(dir: &Path) -> Option<Shopify> {
        let mut found = Shopify {
            dir: dir.to_owned(),
            orders: Vec::new(),
            inventory: Vec::new(),
            products: Vec::new(),
            broken: Vec::new(),
            beyond: 0,
        };
        let is_table = |path: &PathBuf| {
            let name = name_of(path).to_lowercase();
            (name.ends_with(".csv") || name.ends_with(".csv.zst")) && name != LOCATIONS
        };
        let entries = fs::read_dir(dir).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
        let mut paths: Vec<PathBuf> = entries.filter(is_table).collect();
        // By name, whatever order the file system lists them in.
        paths.sort();
        found.beyond = paths.len().saturating_sub(MAX_FILES);
        for path in paths.into_iter().take(MAX_FILES) {
            match look(&path) {
                Ok(Export::Orders) => found.orders.push(path),
                Ok(Export::Inventory) => found.inventory.push(path),
                Ok(Export::Products) => found.products.push(path),
                Err(broken) => found.broken.push(broken),
            }
        }
        let is_meant = found.broken.iter().any(|broken| broken.kind.is_some());
        (!found.orders.is_empty() || !found.inventory.is_empty() || is_meant).then_some(found)
    }

    /// Reads the exports.
    ///
    /// Without a `locations.csv` it writes one that lists the locations of the inventory export, and asks
    /// for their ZIP codes.
    pub fn open(&self) -> Result<Exports, BadInputs> {
        self.demand_exports()?;
        let mut catalog = Catalog::default();
        for path in &self.products {
            catalog.read(path)?;
        }
        let mut shelves = Shelves::default();
        for path in &self.inventory {
            shelves.read(path, &mut catalog)?;
        }
        catalog.demand_room()?;
        if shelves.locations.is_empty() {
            return Err(Shopify::without_rows(&self.inventory, Export::Inventory));
        }
        let mut sales = Sales::of_shop(&shelves.locations);
        for path in &self.orders {
            sales.read(path, &mut catalog)?;
        }
        if path_of(&self.dir, LOCATIONS).is_none() {
            return Err(locations::ask(&self.dir, &shelves.locations, &sales.lanes()).into());
        }
        self.join(catalog, shelves, sales)
    }

    fn join(&self, catalog: Catalog, shelves: Shelves, mut sales: Sales) -> Result<Exports, BadInputs> {
        let currency = sales.settle_currency();
        let mut sales_lacking = std::mem::take(&mut sales.lacking);
        sales.sort();
        let first = sales.orders.first().map(Exported::placed);
        let mut open = Opening::of_export(&self.dir, currency, first)?;
        let written = |sale: &Exported| Some((sale.order.placed_at, sale.offset_s?));
        let mut written = sales.orders.iter().filter_map(written).peekable();
        if written.peek().is_some() {
            open.set_orders_clock(WallClock::of_offsets(written));
        }
        tell::tell(&mut open.assumptions, &sales, &shelves);
        let places = open.locations()?;
        locations::demand_coordinates(&places)?;
        let has_products = catalog.has_export;
        if !has_products {
            open.assumptions.push(tell::without_products());
        }
        let Sorted { products, moved_to } = catalog.sorted(&mut open.assumptions);
        let network = open.network(Facts { locations: places, products })?;
        sales.place_by(&network.settings.clock);
        tell::tell_other_clocks(&mut open.assumptions, &network, &sales.orders);
        let entries = entries(&network, &shelves, &moved_to)?;
        let orders = settle(&network, sales.orders, &moved_to, &mut open.assumptions);
        tell::tell_missing_stock(&mut open.assumptions, &orders, &entries);
        open.notes.append(&mut sales_lacking);
        tell::tell_missing_lanes(&mut open.notes, &network, &orders);
        open.notes.extend(self.tell_unread());
        open.notes.extend(self.tell_beyond());
        let order_files = self.orders.iter().map(|path| name_of(path)).collect();
        Ok(Exports {
            problem: open.problem(network, entries)?,
            orders,
            past: Past::beside_exports(&self.dir, sales.left_out.keys()),
            left_out: sales.left_out,
            order_files,
            has_products,
        })
    }

    fn tell_beyond(&self) -> Option<String> {
        let tables = counted(self.beyond as u64, "table was", "tables were");
        (self.beyond > 0).then(|| {
            format!(
                "{tables} not looked at, for only the first {MAX_FILES} by name are: move what is no export out of \
                 the folder"
            )
        })
    }

    /// What stands in the folder under an export's name, or with its columns, and adds nothing: the figures would be
    /// others if it did.
    fn tell_unread(&self) -> Vec<String> {
        let other_columns = self.broken.iter().filter(|broken| broken.kind.is_some());
        let mut told: Vec<String> = other_columns
            .flat_map(|broken| &broken.faults)
            .map(|fault| {
                format!("{} is not read: it {}; {}, or rename it", fault.file, fault.problem, fault.remedy)
            })
            .collect();
        let kinds = [
            (Export::Orders, &self.orders),
            (Export::Inventory, &self.inventory),
            (Export::Products, &self.products),
        ];
        for (kind, files) in kinds {
            told.extend(files.iter().filter(|path| is_bare(path)).map(|path| {
                let (file, under) = (name_of(path), kind.made_under());
                format!(
                    "{file} has a header and no rows; if it should have some, export it again in Shopify's admin under \
                     {under}"
                )
            }));
        }
        told
    }

    fn demand_exports(&self) -> Result<(), BadInputs> {
        let unreadable = self.broken.iter().filter(|broken| broken.kind.is_some() && !broken.is_table);
        let faults: Vec<BadInput> = unreadable.flat_map(|broken| broken.faults.clone()).collect();
        if !faults.is_empty() {
            return Err(BadInputs(faults));
        }
        for (kind, files) in [(Export::Inventory, &self.inventory), (Export::Orders, &self.orders)] {
            if files.is_empty() {
                return Err(self.missing(kind));
            }
        }
        Ok(())
    }

    /// Why there is no export of a kind: a file that should be one and is not, or none at all.
    fn missing(&self, kind: Export) -> BadInputs {
        let named = |broken: &&Broken| broken.kind == Some(kind);
        let faults: Vec<BadInput> =
            self.broken.iter().filter(named).flat_map(|broken| broken.faults.clone()).collect();
        if !faults.is_empty() {
            return BadInputs(faults);
        }
        let mut problem = "no CSV file in the folder has its columns".to_owned();
        let others: Vec<&str> =
            self.broken.iter().take(MAX_NAMED).map(|broken| broken.file.as_str()).collect();
        if !others.is_empty() {
            problem.push_str(&format!("; of no kind that is known are {}", others.join(", ")));
        }
        if let Some(beyond) = self.tell_beyond() {
            problem.push_str(&format!("; {beyond}"));
        }
        let remedy = format!("export it in Shopify's admin under {}", kind.made_under());
        BadInput::of_file(&format!("the {}", kind.words()), problem, remedy).into()
    }

    /// The files of one kind that hold a header and nothing else.
    fn without_rows(files: &[PathBuf], kind: Export) -> BadInputs {
        let fault = |path: &PathBuf| {
            let remedy = format!("export it again in Shopify's admin under {}", kind.made_under());
            BadInput::of_file(&name_of(path), "has a header and no rows", remedy)
        };
        BadInputs(files.iter().map(fault).collect())
    }
}

/// What a file with the ending of a table is, or why it cannot be told.
fn look(path: &Path) -> Result<Export, Broken> {
    let file = name_of(path);
    let kind = Export::of_name(&file);
    let broken = |faults: Vec<BadInput>| Broken {
        file: file.clone(),
        kind,
        is_table: false,
        faults: with_remedy(faults, kind),
    };
    let table = Table::open(path, &[]).map_err(|faults| broken(faults.0))?;
    Export::of_header(table.header()).ok_or_else(|| {
        let words = kind.map_or("export", Export::words);
        let problem = format!("has not the columns of an {words}; found are {}", table.found_columns());
        Broken { is_table: true, ..broken(vec![BadInput::of_file(&file, problem, "")]) }
    })
}

/// The file has a header and nothing else.
fn is_bare(path: &Path) -> bool {
    Table::open(path, &[]).is_ok_and(|mut table| matches!(table.advance(), Ok(false)))
}

fn with_remedy(mut faults: Vec<BadInput>, kind: Option<Export>) -> Vec<BadInput> {
    for fault in &mut faults {
        if let Some(kind) = kind.filter(|_| fault.remedy.is_empty() || fault.problem == "is empty") {
            fault.remedy = format!("export it again in Shopify's admin under {}", kind.made_under());
        }
    }
    faults
}

/// The file is one of Shopify's exports, under whatever name.
pub(crate) fn is_export(path: &Path) -> bool {
    path.is_file() && look(path).is_ok()
}

fn entries(network: &Network, shelves: &Shelves, moved_to: &[u32]) -> Result<Vec<StockEntry>, BadInputs> {
    let mut faults = Vec::new();
    let mut ids: Vec<Option<LocationId>> = Vec::new();
    for name in &shelves.locations {
        let id = network.location_by_code(name);
        if id.is_none() {
            let problem = format!("'{name}' of the inventory export is not in this file");
            faults.push(BadInput::of_file(LOCATIONS, problem, "add a row for it"));
        }
        ids.push(id);
    }
    if !faults.is_empty() {
        faults.truncate(super::bad_input::MAX_FAULTS);
        return Err(BadInputs(faults));
    }
    let entry = |(&(location, variant), level): (&(usize, usize), &model::StockLevel)| {
        Some(StockEntry { product: ProductId(moved_to[variant]), location: ids[location]?, level: *level })
    };
    Ok(shelves.levels.iter().filter_map(entry).collect())
}

/// Gives orders their final products, destinations and stores.
fn settle(
    network: &Network,
    exported: Vec<Exported>,
    moved_to: &[u32],
    assumptions: &mut Vec<String>,
) -> Vec<Order> {
    let mut to = Destinations::default();
    let mut promises = Promises::default();
    let mut orders = Vec::with_capacity(exported.len());
    for Exported { mut order, pickup_text, named_days, .. } in exported {
        for line in &mut order.lines {
            line.product = ProductId(moved_to[line.product.index()]);
        }
        if order.lane == Lane::Pickup {
            order.pickup_at = pickup_at(network, &pickup_text);
            to.nameless_pickups += usize::from(order.pickup_at.is_none());
        }
        locate(network, &mut order, &mut to);
        promises.set(network, (&mut order, named_days));
        orders.push(order);
    }
    to.tell(assumptions);
    promises.tell(assumptions, &network.settings, &orders);
    orders
}

/// The place that is named; else the only one that hands over.
fn pickup_at(network: &Network, text: &str) -> Option<LocationId> {
    let is_named = |id: &LocationId| text.contains(&network.location(*id).code.to_lowercase());
    let offers = |id: &LocationId| network.location(*id).lanes.has(Lane::Pickup);
    let mut offering = network.location_ids().filter(offers);
    let only = offering.next().filter(|_| offering.next().is_none());
    network.location_ids().find(is_named).or(only)
}

fn locate(network: &Network, order: &mut Order, counts: &mut Destinations) {
    let to = &mut order.destination;
    let is_us = places::is_us_post(&to.country);
    if let Some(whole) = places::padded(&to.postal).filter(|_| is_us) {
        counts.padded += 1;
        to.postal = whole;
    }
    to.place = place(network, &to.postal, is_us);
    if to.place.is_some() || order.lane == Lane::Pickup {
        return;
    }
    if !is_us {
        *counts.abroad.entry(to.country.clone()).or_default() += 1;
    } else if places::zip3(&to.postal).is_some_and(places::is_military) {
        counts.military += 1;
    } else {
        counts.unlocated += 1;
    }
}

// tidy: allow bool — whether the country's post is the United States' decides how a code is read; the caller has the country
fn place(network: &Network, postal: &str, is_us: bool) -> Option<PlaceId> {
    match places::zip3(postal).filter(|_| is_us) {
        Some(zip3) => network.place(zip3.as_str()),
        // Three digits abroad, as in Iceland, are no prefix of the United States.
        None if postal.is_empty() || postal.len() == 3 => None,
        None => network.place(postal),
    }
}
