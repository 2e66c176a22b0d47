//! Problems for property tests: facts as a plain recipe that can be shuffled, shrunk, printed and built.
//!
//! Owns: the recipe and how it becomes facts. Refuses to know: what a good decision is.

#![allow(dead_code, reason = "each test binary takes what it needs")]

mod draw;

use model::{
    Destination, Distance, Load, Location, LocationId, Network, NetworkParts, Order, Product, ProductId,
    RateBook, RuleSet, Settings, Stock, StockEntry, StockLevel, Timestamp, Zone,
};
use std::fmt::{self, Display, Formatter};

pub(crate) use draw::{Size, draw};

/// 2026-11-24T10:00:00Z.
pub(crate) const NOW: Timestamp = Timestamp(20_781 * Timestamp::DAY_MS + 10 * 3_600_000);

/// A location, its way to the customer, what stands on its shelf, and the parcels that it took today.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) location: Location,
    pub(crate) way: (Zone, Distance),
    /// By product, as sorted by SKU.
    pub(crate) shelf: Vec<(ProductId, StockLevel)>,
    pub(crate) parcels_taken: u32,
}

/// Everything that a decision is made from.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) sites: Vec<Site>,
    pub(crate) products: Vec<Product>,
    pub(crate) rates: RateBook,
    pub(crate) settings: Settings,
    pub(crate) rules: RuleSet,
    pub(crate) order: Order,
}

/// A case, built.
pub(crate) struct Built {
    pub(crate) network: Network,
    pub(crate) stock: Stock,
    pub(crate) order: Order,
}

impl Built {
    /// What a decision on it is checked against.
    pub(crate) fn facts<'a>(&'a self, rules: &'a RuleSet) -> audit::Facts<'a> {
        audit::Facts { network: &self.network, stock: &self.stock, rules, order: &self.order, now: NOW }
    }
}

impl Case {
    pub(crate) fn build(&self) -> Built {
        let mut network = Network::new(NetworkParts {
            currency: model::Currency::USD,
            locations: self.sites.iter().map(|site| site.location.clone()).collect(),
            products: self.products.clone(),
            rates: self.rates.clone(),
            settings: self.settings.clone(),
        });
        let mut sorted: Vec<&Site> = self.sites.iter().collect();
        sorted.sort_by(|a, b| a.location.code.cmp(&b.location.code));
        let ways: Vec<(Zone, Distance)> = sorted.iter().map(|site| site.way).collect();
        let place = network.add_place("97201", None, &ways);
        let mut entries = Vec::new();
        for site in &self.sites {
            let location = network.location_by_code(&site.location.code).expect("it was just added");
            entries.extend(site.shelf.iter().map(|&(product, level)| StockEntry {
                product,
                location,
                level,
            }));
        }
        let mut stock = Stock::new(&network, entries, NOW.utc_day());
        for (i, site) in sorted.iter().enumerate() {
            let load = Load { day: NOW.utc_day(), day_parcels: site.parcels_taken, ..Load::default() };
            stock.set_load(LocationId(i as u16), load);
        }
        let destination = Destination { place: Some(place), ..self.order.destination.clone() };
        Built { network, stock, order: Order { destination, ..self.order.clone() } }
    }

    /// Cases with one thing less, for shrinking one that fails.
    pub(crate) fn smaller(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        let mut try_with = |change: &dyn Fn(&mut Case)| {
            let mut case = self.clone();
            change(&mut case);
            cases.push(case);
        };
        for i in 0..self.sites.len() {
            try_with(&|case| drop(case.sites.remove(i)));
            for record in 0..self.sites[i].shelf.len() {
                try_with(&|case| {
                    case.sites[i].shelf.remove(record);
                });
            }
            // Only what is there can be left out: a case as large as before would be tried for ever.
            if self.sites[i].location.labor != model::Labor::default() {
                try_with(&|case| case.sites[i].location.labor = model::Labor::default());
            }
            if self.sites[i].location.accuracy.is_some() {
                try_with(&|case| case.sites[i].location.accuracy = None);
            }
        }
        for i in 0..self.rules.rules.len() {
            try_with(&|case| drop(case.rules.rules.remove(i)));
        }
        for i in 0..self.rules.guardrails.len() {
            try_with(&|case| drop(case.rules.guardrails.remove(i)));
        }
        for i in 0..self.order.lines.len() {
            try_with(&|case| {
                case.order.lines.remove(i);
            });
            try_with(&|case| case.order.lines[i].quantity -= 1);
        }
        cases.retain(|case| {
            let lines = &case.order.lines;
            let has_store = case.order.pickup_at.is_none_or(|store| store.index() < case.sites.len());
            has_store && !lines.is_empty() && lines.iter().all(|line| line.quantity > 0)
        });
        cases
    }

    /// The smallest case, by leaving things out one at a time, that still fails.
    pub(crate) fn shrink(&self, fails: &dyn Fn(&Case) -> bool) -> Case {
        let mut case = self.clone();
        while let Some(smaller) = case.smaller().into_iter().find(|smaller| fails(smaller)) {
            case = smaller;
        }
        case
    }
}

/// Everything that is in the case, one fact a line.
impl Display for Case {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for site in &self.sites {
            let Location { code, kind, class, certified, handling_days, capacity_parcels_per_day, .. } =
                &site.location;
            let (accuracy, labor) = (site.location.accuracy, site.location.labor);
            writeln!(
                f,
                "location {code} {kind:?} class '{class}' way {:?} certified {certified:?}",
                site.way
            )?;
            writeln!(
                f,
                "  handling {handling_days} capacity {capacity_parcels_per_day:?} taken {}",
                site.parcels_taken
            )?;
            writeln!(f, "  paused {} accuracy {accuracy:?} {labor:?}", site.location.is_paused)?;
            for (product, level) in &site.shelf {
                let sku = &self.products[product.index()].sku;
                writeln!(
                    f,
                    "  stock {sku} {} (aged {}, markdown {:?}, counter {:?})",
                    level.available(),
                    level.age_days,
                    level.stated_markdown,
                    level.stated_opportunity
                )?;
            }
        }
        for product in &self.products {
            let (weight, sides) =
                (product.weight.0 as u64 * 100 / model::Weight::POUND as u64, product.dimensions);
            writeln!(f, "product {} {weight}/100 lb {sides:?} needs {:?}", product.sku, product.needs)?;
            writeln!(f, "  price {:?} unfilled {:?}", product.price, product.unfilled_cost)?;
        }
        for service in &self.rates.services {
            writeln!(f, "{service:?}")?;
        }
        writeln!(f, "choice {:?}\n{:?}", self.rates.choice, self.settings)?;
        for (reference, rule) in self.rules.all() {
            writeln!(f, "{reference:?} {}", engine::rules::sentence(rule, model::Currency::USD))?;
        }
        writeln!(
            f,
            "order {:?} by {:?} split {:?}",
            self.order.lane, self.order.deliver_by, self.order.split
        )?;
        for line in &self.order.lines {
            writeln!(
                f,
                "  {} x {} at {:?}",
                line.quantity,
                self.products[line.product.index()].sku,
                line.unit_price
            )?;
        }
        Ok(())
    }
}
