//! The network of the books: built from places, products and setup files, and kept while they stand.
//!
//! Owns: which network is in force, and which row of the books each of its places and products is. Refuses to know: how
//! a setup is changed (`change`), and what anything costs.

mod books;
mod change;
mod described;
mod edit;
mod live;

pub(crate) use books::plain;
pub use books::{Books, Keys, cells_of_location, cells_of_product};
pub use change::{
    Change, SettingsChange, add_location, add_product, change_location, change_product, change_settings,
    check_settings, pause_location, resume_location,
};
pub use described::{AllSettings, Setting, SetupFile};
pub(crate) use edit::{
    Beside, Edit, Kind, Subject, Told, Touched, edit, edit_and, pointed, refused_products,
};
pub use live::Live;
pub(crate) use live::off_the_way;

use crate::{Refused, shelf};
use connect::files::BadInputs;
use model::{Day, LocationId, Network, ProductId, StockEntry, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use store::Tx;
use store::db::DbError;
use store::places::{LocationKey, ProductKey};
use store::shelves::{self, Stocked};

/// Shelves that are read at once where all are read.
const PAGE: i64 = 5_000;

/// A network, and the rows of the books that it is made of.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Of the setup that it is built from.
    pub version: i64,
    /// The day, by UTC, from which opening hours are worked out.
    pub day: Day,
    pub network: Arc<Network>,
    /// What had to be assumed, and what somebody should look at, as sentences.
    pub notes: Vec<String>,
    /// By [`LocationId`].
    pub locations: Vec<LocationKey>,
    /// By [`ProductId`].
    pub products: Vec<ProductKey>,
    location_ids: HashMap<LocationKey, LocationId>,
    product_ids: HashMap<ProductKey, ProductId>,
}

/// Rows in the order of a network's places and products.
#[derive(Clone, Default, Debug)]
pub struct Rows {
    pub locations: Vec<LocationKey>,
    pub products: Vec<ProductKey>,
}

impl Facts {
    /// The network of the books as they are.
    ///
    /// # Errors
    /// There is no place yet, or the books hold what no network can be built from; the database's.
    pub async fn read(tx: &mut Tx, day: Day) -> Result<Facts, Refused> {
        let books = Books::read(tx).await?;
        Facts::of(&books, day)
    }

    /// # Errors
    /// There is no place yet, or no network can be built from the books.
    pub fn of(books: &Books, day: Day) -> Result<Facts, Refused> {
        if books.setup.locations.is_empty() {
            let say = "there are no locations yet; import a folder, or add a location";
            return Err(Refused::conflict("no_setup", say));
        }
        let (network, notes) = books.setup.network(day).map_err(|faults| unusable(&faults))?;
        // Both are sorted, places by code and products by SKU, and no two are alike.
        let locations: Vec<LocationKey> = books.keys.locations.iter().map(|(key, _)| *key).collect();
        let products: Vec<ProductKey> = books.keys.products.iter().map(|(key, _)| *key).collect();
        if locations.len() != network.locations.len() || products.len() != network.products.len() {
            return Err(DbError::Broken("the setup and its network differ".into()).into());
        }
        let location_ids = locations.iter().copied().zip(network.location_ids()).collect();
        let product_ids = products.iter().copied().zip((0..).map(ProductId)).collect();
        let network = Arc::new(network);
        Ok(Facts {
            version: books.keys.version,
            day,
            network,
            notes,
            locations,
            products,
            location_ids,
            product_ids,
        })
    }

    /// A network whose rows are known: what it was built from does not matter.
    pub fn of_network(day: Day, network: Network, rows: Rows) -> Facts {
        let location_ids = rows.locations.iter().copied().zip(network.location_ids()).collect();
        let product_ids = rows.products.iter().copied().zip((0..).map(ProductId)).collect();
        Facts {
            version: 0,
            day,
            network: Arc::new(network),
            notes: Vec::new(),
            locations: rows.locations,
            products: rows.products,
            location_ids,
            product_ids,
        }
    }

    /// `None`: it was added since.
    pub fn location(&self, key: LocationKey) -> Option<LocationId> {
        self.location_ids.get(&key).copied()
    }

    /// `None`: it was added since.
    pub fn product(&self, key: ProductKey) -> Option<ProductId> {
        self.product_ids.get(&key).copied()
    }

    pub fn location_key(&self, id: LocationId) -> LocationKey {
        self.locations[id.index()]
    }

    pub fn product_key(&self, id: ProductId) -> ProductKey {
        self.products[id.index()]
    }

    /// The day by the shop's clock.
    pub fn today(&self, at_ms: i64) -> Day {
        self.network.settings.clock.day(Timestamp(at_ms))
    }

    /// A shelf as the engine reads it. `None`: its place or product was added since.
    ///
    /// # Errors
    /// The facts of the shelf cannot be read.
    pub fn entry(&self, stocked: &Stocked, today: Day) -> Result<Option<StockEntry>, DbError> {
        let ids = self.product(stocked.shelf.product).zip(self.location(stocked.shelf.location));
        ids.map(|ids| shelf::entry(stocked, ids, today)).transpose()
    }

    /// Every stock record.
    ///
    /// # Errors
    /// The database's.
    pub async fn all_entries(&self, tx: &mut Tx, today: Day) -> Result<Vec<StockEntry>, DbError> {
        let mut entries = Vec::new();
        let mut last = shelves::START;
        loop {
            let page = shelves::after(tx, last, PAGE).await?;
            let Some(end) = page.last() else { return Ok(entries) };
            last = end.shelf;
            for stocked in &page {
                entries.extend(self.entry(stocked, today)?);
            }
        }
    }
}

/// The day by UTC.
pub(crate) fn utc_day(at_ms: i64) -> Day {
    Timestamp(at_ms).utc_day()
}

fn unusable(faults: &BadInputs) -> Refused {
    Refused::conflict("setup_unusable", format!("the setup cannot be used: {faults}"))
}
