//! Stock: how many units of each product each location has, in every state, and what taking one is worth.
//!
//! Owns: the arrays that a decision reads, grouped by product. Refuses to know: how stock is stored or
//! who changes it.

use crate::amount::Cost;
use crate::calendar::Day;
use crate::location::LocationId;
use crate::network::Network;
use crate::product::ProductId;
use crate::worth::{self, UnitWorth};
use std::ops::Range;

/// Position of a stock record: one product at one location.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RecordId(pub u32);

/// Units of one product at one location, by state.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct StockLevel {
    pub on_hand: i32,
    pub committed: i32,
    pub safety_stock: i32,
    pub damaged: i32,
    pub quality_control: i32,
    pub showroom: i32,
    pub incoming: i32,
    /// When `incoming` is due.
    pub next_receipt: Option<Day>,
    /// How long the units have been here.
    pub age_days: u32,
    /// Units sold over this counter in 1,000 days.
    pub sales_per_1000_days: u32,
    /// Markdown avoided by selling one unit now, where the retailer states it.
    pub stated_markdown: Option<i32>,
    /// Margin lost by taking the last, second last, … unit, in cost units, where the retailer states it.
    pub stated_opportunity: Option<[i32; 4]>,
}

impl StockLevel {
    /// What may be promised: on hand less committed, safety stock, damaged, quality control and showroom.
    /// Never negative.
    pub fn available(&self) -> i32 {
        let away = self.committed + self.safety_stock + self.damaged + self.quality_control + self.showroom;
        (self.on_hand - away).max(0)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StockEntry {
    pub product: ProductId,
    pub location: LocationId,
    pub level: StockLevel,
}

/// Parcels that a location has taken for the dispatch it is filling.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Load {
    pub day: Day,
    pub window: u8,
    pub day_parcels: u32,
    pub window_parcels: u32,
}

/// The stock of a network, and how busy its locations are.
#[derive(Clone, Debug)]
pub struct Stock {
    starts: Vec<u32>,
    locations: Vec<LocationId>,
    available: Vec<i32>,
    worths: Vec<UnitWorth>,
    depth: Vec<i32>,
    depth_risk: Vec<i32>,
    levels: Vec<StockLevel>,
    loads: Vec<Load>,
}

impl Stock {
    /// Builds the arrays. Of two entries for the same product and location the first counts, so readers
    /// report duplicates before. `today` is the day from which receipts are counted.
    pub fn new(network: &Network, mut entries: Vec<StockEntry>, today: Day) -> Stock {
        entries.sort_by_key(|entry| (entry.product, entry.location));
        entries.dedup_by_key(|entry| (entry.product, entry.location));
        let mut stock = Stock {
            starts: Vec::with_capacity(network.products.len() + 1),
            locations: Vec::with_capacity(entries.len()),
            available: Vec::with_capacity(entries.len()),
            worths: Vec::with_capacity(entries.len()),
            depth: Vec::new(),
            depth_risk: Vec::new(),
            levels: Vec::with_capacity(entries.len()),
            loads: vec![Load::default(); network.locations.len()],
        };
        let mut tables = worth::Tables::new(&network.settings);
        let mut next = entries.iter().peekable();
        for product in 0..network.products.len() as u32 {
            stock.starts.push(stock.locations.len() as u32);
            while let Some(entry) = next.next_if(|entry| entry.product.0 == product) {
                let worth =
                    tables.unit_worth(network, entry, today, (&mut stock.depth, &mut stock.depth_risk));
                stock.locations.push(entry.location);
                stock.available.push(entry.level.available());
                stock.worths.push(worth);
                stock.levels.push(entry.level);
            }
        }
        stock.starts.push(stock.locations.len() as u32);
        stock
    }

    /// The records of a product, by location.
    #[inline]
    pub fn records(&self, product: ProductId) -> Range<usize> {
        self.starts[product.index()] as usize..self.starts[product.index() + 1] as usize
    }

    pub fn record(&self, product: ProductId, location: LocationId) -> Option<RecordId> {
        let records = self.records(product);
        let found = self.locations[records.clone()].binary_search(&location).ok()?;
        Some(RecordId((records.start + found) as u32))
    }

    pub fn record_count(&self) -> usize {
        self.locations.len()
    }

    /// Locations of a run of records; see [`Stock::records`].
    #[inline]
    pub fn locations(&self, records: Range<usize>) -> &[LocationId] {
        &self.locations[records]
    }

    /// Available units of a run of records.
    #[inline]
    pub fn available_in(&self, records: Range<usize>) -> &[i32] {
        &self.available[records]
    }

    #[inline]
    pub fn available(&self, record: RecordId) -> i32 {
        self.available[record.0 as usize]
    }

    pub fn level(&self, record: RecordId) -> &StockLevel {
        &self.levels[record.0 as usize]
    }

    #[inline]
    pub fn worth(&self, record: RecordId) -> UnitWorth {
        self.worths[record.0 as usize]
    }

    /// What it costs to take the unit that is the `remaining`-th last (1: the last): lost counter sales plus
    /// risk of a failed pick.
    #[inline]
    pub fn depth_cost(&self, worth: UnitWorth, remaining: i32) -> i64 {
        if remaining < 1 || remaining > i32::from(worth.depth_len) {
            return 0;
        }
        i64::from(self.depth[worth.depth_start as usize + remaining as usize - 1])
    }

    /// The share of [`Stock::depth_cost`] that is the risk of a failed pick.
    pub fn depth_risk(&self, worth: UnitWorth, remaining: i32) -> i64 {
        if self.depth_risk.is_empty() || remaining < 1 || remaining > i32::from(worth.depth_len) {
            return 0;
        }
        i64::from(self.depth_risk[worth.depth_start as usize + remaining as usize - 1])
    }

    /// Commits units of a record.
    ///
    /// # Panics
    /// When fewer are available: the caller decided on other stock than this.
    pub fn commit(&mut self, record: RecordId, quantity: u32) {
        let i = record.0 as usize;
        assert!(self.available[i] >= quantity as i32, "committing more than is available");
        self.available[i] -= quantity as i32;
        self.levels[i].committed += quantity as i32;
    }

    /// Sets the level of a record, as a receipt or a count does.
    pub fn set_level(&mut self, record: RecordId, level: StockLevel) {
        self.available[record.0 as usize] = level.available();
        self.levels[record.0 as usize] = level;
    }

    pub fn load(&self, location: LocationId) -> Load {
        self.loads[location.index()]
    }

    pub fn loads(&self) -> &[Load] {
        &self.loads
    }

    pub fn set_load(&mut self, location: LocationId, load: Load) {
        self.loads[location.index()] = load;
    }

    /// Price of scarcity per unit of a record, set by a caller that looks ahead.
    pub fn set_scarcity(&mut self, record: RecordId, price: Cost) {
        self.worths[record.0 as usize].scarcity = worth::narrow(price);
    }
}
