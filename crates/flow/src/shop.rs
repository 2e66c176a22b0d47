//! The shop as a verb sees it: its network and the rules in force, with the keys of their rows.
//!
//! Owns: that network and rules are of one moment. Refuses to know: where either is kept.

use crate::setup::{Facts, Rows};
use engine::{Prepared, Router};
use model::{
    Currency, Day, Decision, LocationId, Network, NetworkParts, Order, ProductId, RateBook, RuleSet,
    ServiceChoice, Settings, Stock, Timestamp,
};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use store::places::{LocationKey, ProductKey};

/// Network and rules of one version. Shared, never changed.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Rises with every change of locations, products, rates, settings and rules.
    pub version: i64,
    pub network: Arc<Network>,
    pub rules: Arc<RuleSet>,
    facts: Arc<Facts>,
    prepared: Arc<Kept>,
}

/// What the engine has worked out for the network, as often as orders were decided at the same time.
#[derive(Default)]
struct Kept(Mutex<Vec<Prepared>>);

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

/// More decisions at once than there are cores make nothing faster.
const MOST_KEPT: usize = 16;

impl Shop {
    pub fn new(facts: Arc<Facts>, rules: Arc<RuleSet>) -> Shop {
        Shop {
            version: facts.version,
            network: Arc::clone(&facts.network),
            rules,
            facts,
            prepared: Arc::default(),
        }
    }

    /// A shop before it has a place: nothing can be decided in it, and pages have something to show.
    pub fn without_places() -> Shop {
        let network = Network::new(NetworkParts {
            currency: Currency::USD,
            locations: Vec::new(),
            products: Vec::new(),
            rates: RateBook { services: Vec::new(), choice: ServiceChoice::Cheapest, band_upper: Vec::new() },
            settings: Settings::default(),
        });
        Shop::new(Arc::new(Facts::of_network(Day(0), network, Rows::default())), Arc::default())
    }

    /// The engine's answer, told with every location. The same facts give the same bytes.
    pub fn decide(&self, stock: &Stock, order: &Order, now: Timestamp) -> Decision {
        let kept = self.prepared.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let prepared = kept.unwrap_or_else(|| Prepared::new(&self.network));
        let mut router = Router::resume(prepared, &self.network, &self.rules);
        router.explain(stock, order, now);
        let (decision, prepared) = router.rest();
        let mut kept = self.prepared.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.push(prepared);
        }
        decision
    }

    /// The same shop under other rules.
    #[must_use]
    pub fn under(&self, rules: RuleSet) -> Shop {
        Shop { rules: Arc::new(rules), ..self.clone() }
    }

    /// The network with its rows.
    pub(crate) fn facts(&self) -> &Arc<Facts> {
        &self.facts
    }

    pub fn location_key(&self, id: LocationId) -> LocationKey {
        self.facts.location_key(id)
    }

    pub fn product_key(&self, id: ProductId) -> ProductKey {
        self.facts.product_key(id)
    }

    /// `None`: the place was added after this version.
    pub fn location_id(&self, key: LocationKey) -> Option<LocationId> {
        self.facts.location(key)
    }

    /// `None`: the product was added after this version.
    pub fn product_id(&self, key: ProductKey) -> Option<ProductId> {
        self.facts.product(key)
    }

    /// The code of a place, as people know it.
    pub fn code(&self, key: LocationKey) -> &str {
        self.location_id(key).map_or("?", |id| &self.network.location(id).code)
    }

    pub fn sku(&self, key: ProductKey) -> &str {
        self.product_id(key).map_or("?", |id| &self.network.product(id).sku)
    }
}
