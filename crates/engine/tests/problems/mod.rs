//! Problems for property tests: facts as a plain recipe that can be shuffled, shrunk, printed and built.
//!
//! Owns: the recipe and how it becomes facts. Refuses to know: what a good decision is.

mod draw;

use model::{
    Destination, Distance, Load, Location, LocationId, Network, NetworkParts, Order, Product, ProductId,
    RateBook, RuleSet, Settings, Stock, StockEntry, StockLevel, Timestamp, Zone,
};
use std::fmt::{self, Display, Formatter};

pub use draw::{Dice, Size, draw};

/// 2026-11-24T10:00:00Z.
pub const NOW: Timestamp = Timestamp(20_781 * Timestamp::DAY_MS + 10 * 3_600_000);

/// A location, its way to the customer, what stands on its shelf, and the parcels that it took today.
#[derive(Clone)]
pub struct Site {
    pub location: Location,
    pub way: (Zone, Distance),
    /// By product, as sorted by SKU.
    pub shelf: Vec<(ProductId, StockLevel)>,
    pub parcels_taken: u32,
}

/// Everything that a decision is made from.
#[derive(Clone)]
pub struct Case {
    pub sites: Vec<Site>,
    pub products: Vec<Product>,
    pub rates: RateBook,
    pub settings: Settings,
    pub rules: RuleSet,
    pub order: Order,
}

/// A case, built.
pub struct Built {
    pub network: Network,
    pub stock: Stock,
    pub order: Order,
}

impl Case {
    pub fn build(&self) -> Built {
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
    pub fn smaller(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        let mut try_with = |change: &dyn Fn(&mut Case)| {
            let mut case = self.clone();
            change(&mut case);
            cases.push(case);
        };
        for i in 0..self.sites.len() {
            try_with(&|case| drop(case.sites.remove(i)));
            for record in 0..self.sites[i].shelf.len() {
                try_with(&|case| drop(case.sites[i].shelf.remove(record)));
            }
            try_with(&|case| case.sites[i].location.labor = model::Labor::default());
            try_with(&|case| case.sites[i].location.accuracy = None);
        }
        for i in 0..self.rules.rules.len() {
            try_with(&|case| drop(case.rules.rules.remove(i)));
        }
        for i in 0..self.rules.guardrails.len() {
            try_with(&|case| drop(case.rules.guardrails.remove(i)));
        }
        for i in 0..self.order.lines.len() {
            try_with(&|case| drop(case.order.lines.remove(i)));
            try_with(&|case| case.order.lines[i].quantity -= 1);
        }
        cases.retain(|case| {
            let lines = &case.order.lines;
            !case.sites.is_empty() && !lines.is_empty() && lines.iter().all(|line| line.quantity > 0)
        });
        cases
    }

    /// The smallest case, by leaving things out one at a time, that still fails.
    pub fn shrink(&self, fails: &dyn Fn(&Case) -> bool) -> Case {
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
