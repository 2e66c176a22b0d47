//! The shop as a verb sees it: its network and its rules, as of one version, with the keys of their rows.
//!
//! Owns: going between the engine's ids and the rows' keys. Refuses to know: where either is kept.

use model::{LocationId, Network, ProductId, RuleSet};
use std::collections::HashMap;
use std::sync::Arc;
use store::places::{LocationKey, ProductKey};

/// Network and rules of one version. Shared, never changed.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Rises with every change of locations, products, rates and settings.
    pub version: i64,
    pub network: Arc<Network>,
    pub rules: Arc<RuleSet>,
    locations: Vec<LocationKey>,
    products: Vec<ProductKey>,
    location_ids: HashMap<LocationKey, LocationId>,
    product_ids: HashMap<ProductKey, ProductId>,
}

/// Keys in the order of a network's locations and products.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    pub locations: Vec<LocationKey>,
    pub products: Vec<ProductKey>,
}

impl Shop {
    pub fn new(version: i64, network: Arc<Network>, rules: Arc<RuleSet>, keys: Keys) -> Shop {
        let location_ids =
            keys.locations.iter().enumerate().map(|(i, &key)| (key, LocationId(i as u16))).collect();
        let product_ids =
            keys.products.iter().enumerate().map(|(i, &key)| (key, ProductId(i as u32))).collect();
        let Keys { locations, products } = keys;
        Shop { version, network, rules, locations, products, location_ids, product_ids }
    }

    pub fn location_key(&self, id: LocationId) -> LocationKey {
        self.locations[id.index()]
    }

    pub fn product_key(&self, id: ProductId) -> ProductKey {
        self.products[id.index()]
    }

    /// `None`: the place was added after this version.
    pub fn location_id(&self, key: LocationKey) -> Option<LocationId> {
        self.location_ids.get(&key).copied()
    }

    /// `None`: the product was added after this version.
    pub fn product_id(&self, key: ProductKey) -> Option<ProductId> {
        self.product_ids.get(&key).copied()
    }

    /// The code of a place, as people know it.
    pub fn code(&self, key: LocationKey) -> &str {
        self.location_id(key).map_or("?", |id| &self.network.location(id).code)
    }

    pub fn sku(&self, key: ProductKey) -> &str {
        self.product_id(key).map_or("?", |id| &self.network.product(id).sku)
    }
}
