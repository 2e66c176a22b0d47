//! Shopify's exports: a folder with orders, inventory, products and a list of locations.
//!
//! Owns: recognizing the files by their headers and joining them into a problem.
//! Refuses to know: Shopify's API, and who the customers are.

mod catalog;
mod columns;
mod orders;
mod stock;

use super::bad_input::{BadInput, BadInputs};
use super::folder::{Facts, Opening, Placed, Problem};
use super::out_file::OutFile;
use super::places;
use super::table::{Table, path_of};
use catalog::{Catalog, Sorted};
use columns::Export;
use model::{Lane, Location, LocationId, Network, Order, PlaceId, ProductId, StockEntry, WallClock};
use orders::{Exported, Sales};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use stock::Shelves;

/// Most files of a folder that are looked at.
const MAX_FILES: usize = 500;
const LOCATIONS: &str = "locations.csv";
/// Columns that a retailer fills in for each location.
const LOCATION_HEADER: &str = "location_id,type,zip,lanes,wage_usd_per_hour,pick_minutes_per_unit,\
    pack_minutes_per_parcel,packaging_usd_per_parcel,handling_days,capacity_parcels_per_day,time_zone,hours,cutoffs";

/// A folder that holds exports of Shopify.
#[derive(Clone, Debug)]
pub struct Shopify {
    dir: PathBuf,
    orders: Vec<PathBuf>,
    inventory: Vec<PathBuf>,
    products: Vec<PathBuf>,
}

impl Shopify {
    /// Looks at the headers of a folder's files. `None` when none is an orders or inventory export.
    pub fn detect(dir: &Path) -> Option<Shopify> {
        let mut found =
            Shopify { dir: dir.to_owned(), orders: Vec::new(), inventory: Vec::new(), products: Vec::new() };
        let mut paths: Vec<PathBuf> =
            fs::read_dir(dir).ok()?.take(MAX_FILES).filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
            if !(name.ends_with(".csv") || name.ends_with(".csv.zst")) || name == LOCATIONS {
                continue;
            }
            let Ok(table) = Table::open(&path, &[]) else { continue };
            match Export::of_header(table.header()) {
                Some(Export::Orders) => found.orders.push(path),
                Some(Export::Inventory) => found.inventory.push(path),
                Some(Export::Products) => found.products.push(path),
                None => {}
            }
        }
        (!found.orders.is_empty() || !found.inventory.is_empty()).then_some(found)
    }

    /// Reads the exports; the orders by the time at which they were placed.
    ///
    /// Without a `locations.csv` it writes one that lists the locations of the inventory export, and asks
    /// for their ZIP codes.
    pub fn open(&self) -> Result<(Problem, Vec<Order>), BadInputs> {
        self.demand_exports()?;
        let mut catalog = Catalog::default();
        for path in &self.products {
            catalog.read(path)?;
        }
        let mut shelves = Shelves::default();
        for path in &self.inventory {
            shelves.read(path, &mut catalog)?;
        }
        if path_of(&self.dir, LOCATIONS).is_none() {
            return Err(self.ask_for_locations(&shelves.locations).into());
        }
        let mut sales = Sales::default();
        for path in &self.orders {
            sales.read(path, &mut catalog)?;
        }
        let currency = sales.settle_currency();
        sales.orders.sort_by(|a, b| (a.order.placed_at, &a.order.id).cmp(&(b.order.placed_at, &b.order.id)));
        let first = sales.orders.first().map(|first| Placed::At(first.order.placed_at));
        let mut open = Opening::of_export(&self.dir, currency, first)?;
        let written = sales.orders.iter().map(|sale| (sale.order.placed_at, sale.offset_s));
        open.set_orders_clock(WallClock::of_offsets(written));
        tell(&mut open.assumptions, &sales, &shelves);
        let locations = open.locations()?;
        demand_coordinates(&locations)?;
        let Sorted { products, moved_to } = catalog.sorted(&mut open.assumptions);
        let network = open.network(Facts { locations, products })?;
        tell_other_clocks(&mut open.assumptions, &network, &sales.orders);
        let entries = entries(&network, &shelves, &moved_to)?;
        let orders = settle(&network, sales.orders, &moved_to, &mut open.assumptions);
        tell_missing_stock(&mut open.assumptions, &orders, &entries);
        Ok((open.problem(network, entries)?, orders))
    }

    fn demand_exports(&self) -> Result<(), BadInput> {
        let missing = |file: &str, remedy: &str| {
            Err(BadInput::of_file(
                file,
                "is missing in the folder",
                format!("export it in Shopify's admin under {remedy}"),
            ))
        };
        if self.inventory.is_empty() {
            return missing("the inventory export", "Products, Inventory, Export, for all locations");
        }
        if self.orders.is_empty() {
            return missing("the orders export", "Orders, Export, as a plain CSV file");
        }
        Ok(())
    }

    fn ask_for_locations(&self, names: &[String]) -> BadInput {
        match write_locations(&self.dir, names) {
            Ok(()) => BadInput::of_file(
                LOCATIONS,
                format!("was missing and now lists the {} locations of the inventory export", names.len()),
                "fill in the type (store or warehouse) and the ZIP code of each there, and run again",
            ),
            Err(fault) => fault,
        }
    }
}

fn write_locations(dir: &Path, names: &[String]) -> Result<(), BadInput> {
    let mut out = OutFile::create(&dir.join(LOCATIONS), &[])?;
    let blank = ",".repeat(LOCATION_HEADER.matches(',').count() - 1);
    let mut text = format!("{LOCATION_HEADER}\n");
    for name in names {
        text.push_str(&format!("\"{}\",store{blank}\n", name.replace('"', "\"\"")));
    }
    out.write_all(text.as_bytes()).map_err(|error| out.fault(&error))?;
    out.finish()
}

fn demand_coordinates(locations: &[Location]) -> Result<(), BadInput> {
    let unknown: Vec<&str> =
        locations.iter().filter(|place| place.point.is_none()).map(|place| place.code.as_str()).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let problem =
        format!("{} of {} places have no ZIP code: {}", unknown.len(), locations.len(), unknown.join(", "));
    Err(BadInput::of_file(LOCATIONS, problem, "fill in the column zip, and run again").in_column("zip"))
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
    let mut unlocated = 0;
    let mut abroad = 0;
    let mut orders = Vec::with_capacity(exported.len());
    for Exported { mut order, country, pickup_text, .. } in exported {
        for line in &mut order.lines {
            line.product = ProductId(moved_to[line.product.index()]);
        }
        if order.lane == Lane::Pickup {
            let is_named = |id: &LocationId| pickup_text.contains(&network.location(*id).code.to_lowercase());
            order.pickup_at = network.location_ids().find(is_named);
        }
        let is_us = is_us(&country);
        order.destination.place = place(network, &order.destination.postal, &country);
        if order.destination.place.is_none() && order.lane != Lane::Pickup {
            abroad += usize::from(!is_us);
            unlocated += usize::from(is_us);
        }
        orders.push(order);
    }
    if unlocated > 0 {
        assumptions.push(format!("{unlocated} orders have no ZIP code that is known and are held"));
    }
    if abroad > 0 {
        assumptions.push(format!("{abroad} orders go abroad, where no rates are known, and are held"));
    }
    orders
}

fn is_us(country: &str) -> bool {
    matches!(country, "" | "US" | "USA" | "UNITED STATES")
}

fn place(network: &Network, postal: &str, country: &str) -> Option<PlaceId> {
    match places::zip3(postal).filter(|_| is_us(country)) {
        Some(zip3) => network.place(zip3.as_str()),
        None if postal.is_empty() => None,
        None => network.place(postal),
    }
}

fn tell(assumptions: &mut Vec<String>, sales: &Sales, shelves: &Shelves) {
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
    for (reason, count) in &sales.left_out {
        assumptions.push(format!("left out: {count} {reason}"));
    }
    assumptions.push("lanes and services are read from the words of the shipping method".to_owned());
}

/// The export is written by the clock that the shop's admin is set to; a place may name another zone.
fn tell_other_clocks(assumptions: &mut Vec<String>, network: &Network, sales: &[Exported]) {
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

fn tell_missing_stock(assumptions: &mut Vec<String>, orders: &[Order], entries: &[StockEntry]) {
    let stocked: std::collections::HashSet<ProductId> = entries.iter().map(|entry| entry.product).collect();
    let ordered: std::collections::HashSet<ProductId> =
        orders.iter().flat_map(|order| order.lines.iter().map(|line| line.product)).collect();
    let missing = ordered.difference(&stocked).count();
    if missing > 0 {
        let total = ordered.len();
        assumptions.push(format!(
            "{missing} of {total} ordered SKUs have no stock record anywhere: their units stay unfilled"
        ));
    }
}
