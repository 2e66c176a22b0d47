//! What the facts of a case say, read without the engine: who may give what, and what a parcel costs.

use crate::problems::{Built, Case, NOW};
use model::UnfilledWeight;
use model::{
    Action, BasisPoints, Compare, Component, Condition, CostPart, Day, Distance, ItemTest, Lane, Lateness,
    LocationId, LocationKind, ParcelFacts, ParcelsPerLocation, PlaceKind, PlaceTest, Places, ProductId, Rule,
    ServiceChoice, SplitPolicy, StockLevel, Strength, Weight, Zone,
};
use std::collections::BTreeMap;

/// Units wanted of one product.
pub(crate) struct Item {
    pub(crate) product: ProductId,
    pub(crate) quantity: u32,
    /// Units that are not parts of bundles.
    pub(crate) loose: u32,
    /// What the customer pays for one, at least.
    price: i64,
}

/// Bundles of one line.
pub(crate) struct Bundle {
    pub(crate) product: ProductId,
    pub(crate) quantity: u32,
    /// By item: units in one bundle.
    pub(crate) units: Vec<u32>,
}

/// A rule in force and the items that it is about.
struct InForce<'c> {
    action: &'c Action,
    about: Vec<bool>,
}

pub(crate) struct Reading<'c> {
    pub(crate) case: &'c Case,
    built: &'c Built,
    pub(crate) items: Vec<Item>,
    pub(crate) bundles: Vec<Bundle>,
    rules: Vec<InForce<'c>>,
    /// By location and item: units that it may give.
    pub(crate) usable: Vec<Vec<u32>>,
    /// Last day that rules allow.
    latest: Option<Day>,
}

/// What the engine calls the farthest way, in kilometres.
const FARTHEST_KM: i64 = 40_075;

impl<'c> Reading<'c> {
    pub(crate) fn new(case: &'c Case, built: &'c Built) -> Reading<'c> {
        let (items, bundles) = wanted(case);
        let mut reading =
            Reading { case, built, items, bundles, rules: Vec::new(), usable: Vec::new(), latest: None };
        for rule in case.rules.guardrails.iter().chain(&case.rules.rules) {
            if let Some(about) = reading.about(rule) {
                reading.rules.push(InForce { action: &rule.then, about });
            }
        }
        let within = |rule: &InForce<'_>| match rule.action {
            Action::DeliverWithin { days } => Some(Day(NOW.utc_day().0 + i32::from(*days))),
            _ => None,
        };
        reading.latest = reading.rules.iter().filter_map(within).min();
        let locations = built.network.locations.len();
        reading.usable = (0..locations)
            .map(|l| (0..reading.items.len()).map(|i| reading.may_give(l, i)).collect())
            .collect();
        reading
    }

    /// The items that a rule is about; `None`: it does not apply to this order.
    fn about(&self, rule: &Rule) -> Option<Vec<bool>> {
        let mut about = vec![true; self.items.len()];
        for condition in &rule.when {
            match condition {
                Condition::Value(Compare::Over, value) if self.case.order.value() > *value => {}
                Condition::Item(test) => {
                    for (about, item) in about.iter_mut().zip(&self.items) {
                        let product = self.built.network.product(item.product);
                        *about &= match test {
                            ItemTest::Sku(sku) => product.sku == *sku,
                            ItemTest::Weight(Compare::AtLeast, weight) => product.weight >= *weight,
                            _ => panic!("this test of an item is never drawn"),
                        };
                    }
                }
                _ => return None,
            }
        }
        about.contains(&true).then_some(about)
    }

    fn level(&self, l: usize, i: usize) -> Option<&StockLevel> {
        let code = &self.built.network.locations[l].code;
        let site = self.case.sites.iter().find(|site| site.location.code == *code)?;
        let product = self.items[i].product;
        site.shelf.iter().find(|(stocked, _)| *stocked == product).map(|(_, level)| level)
    }

    fn way(&self, l: usize) -> (Zone, Distance) {
        let code = &self.built.network.locations[l].code;
        self.case
            .sites
            .iter()
            .find(|site| site.location.code == *code)
            .expect("every location has a site")
            .way
    }

    pub(crate) fn km(&self, l: usize) -> i64 {
        i64::from(self.way(l).1.0 + 500) / 1_000
    }

    /// Parcels that a location can still take today.
    pub(crate) fn capacity(&self, l: usize) -> u32 {
        let location = &self.built.network.locations[l];
        let Some(most) = location.capacity_parcels_per_day else { return u32::MAX };
        let site = self.case.sites.iter().find(|site| site.location.code == location.code);
        let is_today = location.handling_days == 0;
        most.saturating_sub(if is_today { site.map_or(0, |site| site.parcels_taken) } else { 0 })
    }

    fn may_give(&self, l: usize, i: usize) -> u32 {
        let location = &self.built.network.locations[l];
        let Some(level) = self.level(l, i) else { return 0 };
        let needs = self.built.network.product(self.items[i].product).needs;
        if location.is_paused || self.capacity(l) == 0 || !location.certified.covers(needs) {
            return 0;
        }
        if !self.is_on_lane(l) {
            return 0;
        }
        let available = level.available().max(0) as u32;
        let mut units = available;
        for rule in self.rules.iter().filter(|rule| rule.about[i]) {
            let among = |places: &Places| self.is_among(places, (l, i));
            units = match rule.action {
                Action::Only(places) if !among(places) => 0,
                Action::Never(places) if among(places) => 0,
                Action::NeedOnHand { units: need, places } if among(places) && available < *need => 0,
                Action::Keep { units: keep, places } if among(places) => {
                    units.min(available.saturating_sub(*keep))
                }
                _ => units,
            };
        }
        units.min(self.items[i].quantity)
    }

    /// Whether a location serves the order's lane, for this customer, in time.
    fn is_on_lane(&self, l: usize) -> bool {
        let location = &self.built.network.locations[l];
        let distance = self.way(l).1;
        let reaches = match self.case.order.lane {
            Lane::Ship => true,
            Lane::Pickup => self.case.order.pickup_at == Some(LocationId(l as u16)),
            Lane::LocalDelivery => distance.is_known() && distance <= location.local_delivery_radius,
        };
        let is_in_time = self.case.order.lane == Lane::Ship || self.own_lateness(l).is_some();
        location.lanes.has(self.case.order.lane) && reaches && is_in_time
    }

    /// The cost of being late where no carrier takes part; `None`: too late.
    fn own_lateness(&self, l: usize) -> Option<i64> {
        let location = &self.built.network.locations[l];
        let arrives = match self.case.order.lane {
            Lane::Pickup => NOW.plus_minutes(i64::from(location.pickup_minutes)).utc_day(),
            _ => Day(NOW.utc_day().0 + i32::from(location.handling_days)),
        };
        let cost = self.lateness(arrives)?;
        Some(if self.is_on(CostPart::Lateness) { cost } else { 0 })
    }

    /// What arriving on a day costs; `None`: it is not allowed.
    fn lateness(&self, arrives: Day) -> Option<i64> {
        let late = self.case.order.deliver_by.map_or(0, |by| (arrives.0 - by.0).max(0));
        let is_allowed = self.latest.is_none_or(|latest| arrives <= latest);
        match self.case.settings.lateness {
            _ if !is_allowed => None,
            Lateness::Never if late > 0 => None,
            Lateness::Never => Some(0),
            Lateness::Priced { per_day } => Some(per_day.0 * i64::from(late)),
        }
    }

    fn is_among(&self, places: &Places, (l, i): (usize, usize)) -> bool {
        let location = &self.built.network.locations[l];
        let kind = match &places.kind {
            PlaceKind::Stores => location.kind == LocationKind::Store,
            PlaceKind::Warehouses => location.kind == LocationKind::Warehouse,
            PlaceKind::Named(codes) => codes.contains(&location.code),
            _ => true,
        };
        let level = self.level(l, i).copied().unwrap_or_default();
        let (zone, distance) = self.way(l);
        kind && places.tests.iter().all(|test| match test {
            PlaceTest::Class(class) => location.class == *class,
            PlaceTest::OnHandAtLeast(units) => level.available() >= *units as i32,
            PlaceTest::AgedAtLeast(days) => level.age_days >= *days,
            PlaceTest::ZoneAtMost(most) => zone.0 <= *most,
            PlaceTest::Within(reach) => distance.is_known() && distance <= reach.distance(),
            _ => panic!("this test of a place is never drawn"),
        })
    }

    pub(crate) fn max_parcels(&self) -> Option<u32> {
        let most = |rule: &InForce<'_>| match rule.action {
            Action::MaxParcels(most) => Some(*most),
            _ => None,
        };
        self.rules.iter().filter_map(most).min()
    }

    pub(crate) fn min_parcel_value(&self) -> i64 {
        let least = |rule: &InForce<'_>| match rule.action {
            Action::MinParcelValue(value) => Some(value.0),
            _ => None,
        };
        self.rules.iter().filter_map(least).max().unwrap_or(0)
    }

    pub(crate) fn value(&self, counts: &[u32]) -> i64 {
        self.items.iter().zip(counts).map(|(item, &units)| item.price * i64::from(units)).sum()
    }

    fn is_on(&self, part: CostPart) -> bool {
        self.case.settings.parts.is_on(part)
    }

    /// What one parcel costs besides its units; `None`: no service takes it in time.
    pub(crate) fn parcel_cost(&self, l: usize, counts: &[u32]) -> Option<i64> {
        let location = &self.built.network.locations[l];
        let mut cost = match self.case.order.lane {
            Lane::Ship => self.cheapest_rate(l, &self.parcel_facts(counts))?,
            _ => self.own_lateness(l)?,
        };
        if self.case.order.lane == Lane::LocalDelivery && self.is_on(CostPart::Postage) {
            let started_km = (i64::from(self.way(l).1.0) + 999) / 1_000;
            cost += location.local_delivery_fee.0 + location.local_delivery_per_km.0 * started_km;
        }
        if self.is_on(CostPart::Labor) {
            cost += location.labor.pack_per_parcel.0;
        }
        if self.is_on(CostPart::Packaging) && self.case.order.lane != Lane::Pickup {
            cost += location.labor.packaging_per_parcel.0;
        }
        Some(cost)
    }

    fn parcel_facts(&self, counts: &[u32]) -> ParcelFacts {
        let mut facts =
            ParcelFacts { is_residential: self.case.order.destination.is_residential, ..Default::default() };
        for (item, &units) in self.items.iter().zip(counts).filter(|(_, units)| **units > 0) {
            let product = self.built.network.product(item.product);
            facts.weight += Weight(product.weight.0 * i64::from(units));
            facts.volume_mm3 += product.dimensions.volume_mm3() * i64::from(units);
            facts.longest_mm = facts.longest_mm.max(product.dimensions.longest_mm());
            facts.length_plus_girth_mm =
                facts.length_plus_girth_mm.max(product.dimensions.length_plus_girth_mm());
        }
        facts.volume_mm3 = facts.volume_mm3 * 10_000 / i64::from(self.case.settings.box_fill.0);
        facts
    }

    fn cheapest_rate(&self, l: usize, facts: &ParcelFacts) -> Option<i64> {
        let leaves = NOW.utc_day().0 + i32::from(self.built.network.locations[l].handling_days);
        let mut offers = self.case.rates.services.iter().filter_map(|service| {
            let quote = service.quote(self.way(l).0, facts)?;
            let arrives = Day(leaves + i32::from(quote.transit_days));
            let late = self.lateness(arrives)?;
            let part = |part, cost| if self.is_on(part) { cost } else { 0 };
            Some(
                part(CostPart::Postage, quote.rate.0)
                    + part(CostPart::Surcharge, quote.surcharge.0)
                    + part(CostPart::Lateness, late),
            )
        });
        match self.case.rates.choice {
            ServiceChoice::InOrder => offers.next(),
            ServiceChoice::Cheapest => offers.min(),
        }
    }

    /// What taking so many units of an item from a shelf costs; less than nothing where markdown is avoided.
    pub(crate) fn taking(&self, l: usize, i: usize, units: u32) -> i64 {
        let location = &self.built.network.locations[l];
        let Some(level) = self.level(l, i) else { return 0 };
        let part = |part, cost| if self.is_on(part) { cost } else { 0 };
        (0..units as i32)
            .map(|taken| {
                let left = level.available() - taken;
                part(CostPart::Labor, location.labor.pick_per_unit.0)
                    - part(CostPart::Markdown, i64::from(level.stated_markdown.unwrap_or(0)))
                    + part(CostPart::Opportunity, lost_sale(level, left))
                    + part(CostPart::Risk, self.failed_pick(location.accuracy, left))
            })
            .sum()
    }

    fn failed_pick(&self, accuracy: Option<BasisPoints>, left: i32) -> i64 {
        let Some(accuracy) = accuracy else { return 0 };
        let tail = self.case.settings.record_error_tail.get(left as usize - 1).map_or(0, |share| share.0);
        let wrong = self.case.settings.failed_pick.0 * (10_000 - i64::from(accuracy.0)) / 10_000;
        wrong * i64::from(tail) / 10_000
    }

    /// Whether a parcel from a location is as a rule prefers, for everything in it that the rule is about.
    fn is_preferred(
        &self,
        rule: &InForce<'_>,
        places: &Places,
        (l, counts): (usize, &[u32]),
    ) -> Option<bool> {
        let scope: Vec<usize> = (0..self.items.len()).filter(|&i| rule.about[i] && counts[i] > 0).collect();
        (!scope.is_empty()).then(|| scope.iter().all(|&i| self.is_among(places, (l, i))))
    }

    /// What preferences add to a parcel with these units.
    pub(crate) fn preference(&self, l: usize, counts: &[u32]) -> i64 {
        let mut price = 0;
        for rule in &self.rules {
            match rule.action {
                Action::Prefer(places, Strength::Worth(worth))
                    if self.is_preferred(rule, places, (l, counts)) == Some(false) =>
                {
                    price += worth.0;
                }
                Action::PreferNearest(places, Strength::Worth(worth)) => {
                    let metres = match self.is_preferred(rule, places, (l, counts)) {
                        None => 0,
                        Some(true) if self.way(l).1.is_known() => i64::from(self.way(l).1.0),
                        Some(_) => 4_828_032,
                    };
                    price += worth.0 * metres / 160_934;
                }
                _ => {}
            }
        }
        price
    }

    /// What a parcel with these units adds to each tier.
    pub(crate) fn tiers(&self, l: usize, counts: &[u32]) -> [i64; 4] {
        let mut tiers = [0; 4];
        let mut next = 0;
        for rule in &self.rules {
            let tier = match rule.action {
                Action::Prefer(places, Strength::Always) => {
                    let unwanted = |i: &usize| rule.about[*i] && !self.is_among(places, (l, *i));
                    (0..counts.len()).filter(unwanted).map(|i| i64::from(counts[i])).sum()
                }
                Action::PreferNearest(places, Strength::Always) => {
                    match self.is_preferred(rule, places, (l, counts)) {
                        None => 0,
                        Some(true) => self.km(l).min(FARTHEST_KM),
                        Some(false) => FARTHEST_KM,
                    }
                }
                _ => continue,
            };
            if next < tiers.len() {
                tiers[next] = tier;
                next += 1;
            }
        }
        tiers
    }

    /// Where a preference stands before cost, as many units as can be are sent first.
    pub(crate) fn counts_unfilled(&self) -> bool {
        let is_tier = |rule: &InForce<'_>| {
            matches!(
                rule.action,
                Action::Prefer(_, Strength::Always) | Action::PreferNearest(_, Strength::Always)
            )
        };
        self.case.settings.unfilled == UnfilledWeight::FewestFirst || self.rules.iter().any(is_tier)
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.case.order.split != SplitPolicy::Allowed || self.case.order.lane == Lane::Pickup
    }

    pub(crate) fn is_one_parcel(&self) -> bool {
        self.case.settings.parcels == ParcelsPerLocation::One || self.case.order.lane != Lane::Ship
    }
}

/// What the lines ask for: units by product, and the bundles among them.
fn wanted(case: &Case) -> (Vec<Item>, Vec<Bundle>) {
    let mut items: BTreeMap<ProductId, Item> = BTreeMap::new();
    let components = |product: ProductId| &case.products[product.index()].components;
    let mut add = |product, (quantity, loose): (u32, u32), price| {
        let new = Item { product, quantity: 0, loose: 0, price };
        let item = items.entry(product).or_insert(new);
        item.quantity += quantity;
        item.loose += loose;
        item.price = item.price.min(price);
    };
    for line in &case.order.lines {
        let parts = components(line.product);
        if parts.is_empty() {
            add(line.product, (line.quantity, line.quantity), line.unit_price.0);
        }
        let own = |part: &Component| case.products[part.product.index()].price.0 * i64::from(part.quantity);
        for part in parts {
            let share = line.unit_price.0 * own(part) / parts.iter().map(own).sum::<i64>();
            add(part.product, (part.quantity * line.quantity, 0), share / i64::from(part.quantity));
        }
    }
    let items: Vec<Item> = items.into_values().collect();
    let mut bundles = Vec::new();
    for line in case.order.lines.iter().filter(|line| !components(line.product).is_empty()) {
        let in_one = |item: &Item| {
            let parts = components(line.product).iter().filter(|part| part.product == item.product);
            parts.map(|part| part.quantity).sum()
        };
        let units = items.iter().map(in_one).collect();
        bundles.push(Bundle { product: line.product, quantity: line.quantity, units });
    }
    (items, bundles)
}

fn lost_sale(level: &StockLevel, left: i32) -> i64 {
    let stated = level.stated_opportunity.unwrap_or_default();
    stated.get(left as usize - 1).map_or(0, |&cost| i64::from(cost))
}
