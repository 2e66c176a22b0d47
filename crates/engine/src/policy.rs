//! Policy: what a rule set says about one order.
//!
//! Owns: evaluating conditions and place tests, and gathering the rules in force by what they do.
//! Refuses to know: costs and plans.

use crate::demand::Item;
use crate::screen::Facts;
use model::rules::{
    Action, Compare, Condition, ItemTest, MAX_TIERS, PlaceKind, PlaceTest, Places, Rule, Strength,
};
use model::{Day, LocationId, LocationKind, Network, Order, ProductId, RecordId, RuleRef, RuleSet, Weight};

/// A rule with the part of its place tests that never changes already answered.
struct Compiled<'a> {
    reference: RuleRef,
    rule: &'a Rule,
    /// By location: kind, class, tags, region and accuracy fit. Empty for rules without places.
    fits: Vec<bool>,
    has_item_conditions: bool,
}

/// A rule in force, and the items it is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InForce {
    /// Position in the compiled rules.
    rule: u16,
    /// Where its items stand in [`Policy::scopes`]; `None`: it is about all of them.
    scope: Option<u32>,
}

/// The rules of a set, ready to be asked about orders; and the answer for the order at hand.
pub(crate) struct Policy<'a> {
    compiled: Vec<Compiled<'a>>,
    scopes: Vec<bool>,
    pub(crate) applied: Vec<RuleRef>,
    pub(crate) hold: Option<RuleRef>,
    pub(crate) max_parcels: Option<u32>,
    pub(crate) min_parcel_value: i64,
    /// The rules that these two are of, the strictest in force.
    pub(crate) max_parcels_by: Option<RuleRef>,
    pub(crate) min_parcel_value_by: Option<RuleRef>,
    /// The last day of arrival, and the rule that says so.
    pub(crate) latest: Option<(Day, RuleRef)>,
    pub(crate) min_margin: Option<(RuleRef, i64)>,
    pub(crate) low_stock_below: Option<u32>,
    pub(crate) bars: Vec<InForce>,
    pub(crate) keeps: Vec<InForce>,
    pub(crate) needs: Vec<InForce>,
    /// `prefer … worth`: prices inside cost.
    pub(crate) prices: Vec<InForce>,
    /// `prefer … always`: tiers before cost, in order.
    pub(crate) tiers: Vec<InForce>,
}

/// A location as place tests see it.
#[derive(Clone, Copy)]
pub(crate) struct Standpoint<'s> {
    pub(crate) facts: &'s Facts<'s>,
    pub(crate) location: LocationId,
}

impl<'a> Policy<'a> {
    pub(crate) fn new(network: &Network, rules: &'a RuleSet) -> Policy<'a> {
        let compile = |(reference, rule): (RuleRef, &'a Rule)| Compiled {
            reference,
            rule,
            fits: places_of(&rule.then).map_or(Vec::new(), |places| {
                network.location_ids().map(|id| fits_statically(network, places, id)).collect()
            }),
            has_item_conditions: rule.when.iter().any(|condition| matches!(condition, Condition::Item(_))),
        };
        Policy {
            compiled: rules.all().map(compile).collect(),
            scopes: Vec::new(),
            applied: Vec::new(),
            hold: None,
            max_parcels: None,
            min_parcel_value: 0,
            max_parcels_by: None,
            min_parcel_value_by: None,
            latest: None,
            min_margin: None,
            low_stock_below: None,
            bars: Vec::new(),
            keeps: Vec::new(),
            needs: Vec::new(),
            prices: Vec::new(),
            tiers: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.compiled.is_empty()
    }

    /// Whether any rule in force looks at places.
    pub(crate) fn is_about_places(&self) -> bool {
        !(self.bars.is_empty()
            && self.keeps.is_empty()
            && self.needs.is_empty()
            && self.prices.is_empty()
            && self.tiers.is_empty())
    }

    /// Finds the rules in force for an order and sorts them by what they do.
    pub(crate) fn read(&mut self, network: &Network, order: &Order, items: &[Item]) {
        self.forget();
        for i in 0..self.compiled.len() {
            let compiled = &self.compiled[i];
            let of_order = |condition: &Condition| holds_for_order(network, order, condition);
            if !compiled.rule.when.iter().all(of_order) {
                continue;
            }
            let mut scope = None;
            if compiled.has_item_conditions {
                let start = self.scopes.len();
                let rule = compiled.rule;
                self.scopes.extend(items.iter().map(|item| is_about(network, rule, item)));
                if !self.scopes[start..].contains(&true) {
                    self.scopes.truncate(start);
                    continue;
                }
                scope = Some(start as u32);
            }
            self.enforce(InForce { rule: i as u16, scope }, network, order);
        }
    }

    fn forget(&mut self) {
        self.scopes.clear();
        self.applied.clear();
        self.hold = None;
        self.max_parcels = None;
        self.min_parcel_value = 0;
        self.max_parcels_by = None;
        self.min_parcel_value_by = None;
        self.latest = None;
        self.min_margin = None;
        self.low_stock_below = None;
        for list in [&mut self.bars, &mut self.keeps, &mut self.needs, &mut self.prices, &mut self.tiers] {
            list.clear();
        }
    }

    fn enforce(&mut self, in_force: InForce, network: &Network, order: &Order) {
        let Compiled { reference, rule, .. } = self.compiled[usize::from(in_force.rule)];
        self.applied.push(reference);
        match &rule.then {
            Action::Only(_) | Action::Never(_) => self.bars.push(in_force),
            Action::Keep { .. } => self.keeps.push(in_force),
            Action::NeedOnHand { .. } => self.needs.push(in_force),
            Action::Prefer(_, Strength::Worth(_)) | Action::PreferNearest(_, Strength::Worth(_)) => {
                self.prices.push(in_force);
            }
            Action::Prefer(_, Strength::Always) | Action::PreferNearest(_, Strength::Always) => {
                if self.tiers.len() < MAX_TIERS {
                    self.tiers.push(in_force);
                }
            }
            Action::MaxParcels(most) => {
                if self.max_parcels.is_none_or(|before| *most < before) {
                    self.max_parcels = Some(*most);
                    self.max_parcels_by = Some(reference);
                }
            }
            Action::MinParcelValue(value) => {
                if value.0 > self.min_parcel_value {
                    self.min_parcel_value = value.0;
                    self.min_parcel_value_by = Some(reference);
                }
            }
            Action::DeliverWithin { days } => {
                let placed = network.settings.clock.day(order.placed_at);
                let day = Day(placed.0 + i32::from(*days));
                if self.latest.is_none_or(|(before, _)| day < before) {
                    self.latest = Some((day, reference));
                }
            }
            Action::MinMargin(margin) => {
                if self.min_margin.is_none_or(|(_, before)| before < margin.0) {
                    self.min_margin = Some((reference, margin.0));
                }
            }
            Action::Hold { .. } => self.hold = self.hold.or(Some(reference)),
            Action::FlagLowStock { below } => {
                self.low_stock_below = Some(self.low_stock_below.map_or(*below, |before| before.max(*below)));
            }
        }
    }

    pub(crate) fn action(&self, in_force: InForce) -> &'a Action {
        &self.compiled[usize::from(in_force.rule)].rule.then
    }

    pub(crate) fn reference(&self, in_force: InForce) -> RuleRef {
        self.compiled[usize::from(in_force.rule)].reference
    }

    /// Of the preferences with a price that are in force the one with the highest, of equals the first.
    pub(crate) fn dearest_preference(&self) -> Option<RuleRef> {
        let price = |in_force: &InForce| match self.action(*in_force) {
            Action::Prefer(_, Strength::Worth(price)) | Action::PreferNearest(_, Strength::Worth(price)) => {
                price.0
            }
            _ => 0,
        };
        let dearest = self.prices.iter().min_by_key(|in_force| std::cmp::Reverse(price(in_force)));
        dearest.map(|in_force| self.reference(*in_force))
    }

    /// Whether the rule is about the item at this position of the demand.
    pub(crate) fn is_about_item(&self, in_force: InForce, item: usize) -> bool {
        in_force.scope.is_none_or(|start| self.scopes[start as usize + item])
    }

    /// Whether a location is among the rule's places, judged by one stock record where its tests look at stock.
    pub(crate) fn is_among(
        &self,
        in_force: InForce,
        from: &Standpoint<'_>,
        record: Option<RecordId>,
    ) -> bool {
        let compiled = &self.compiled[usize::from(in_force.rule)];
        compiled.fits.get(from.location.index()).copied().unwrap_or(false)
            && places_of(&compiled.rule.then).is_some_and(|places| {
                is_chosen_if_asked(places, from) && places.tests.iter().all(|test| passes(test, from, record))
            })
    }
}

/// The places that an action names.
fn places_of(action: &Action) -> Option<&Places> {
    match action {
        Action::Only(places)
        | Action::Never(places)
        | Action::Prefer(places, _)
        | Action::PreferNearest(places, _)
        | Action::Keep { places, .. }
        | Action::NeedOnHand { places, .. } => Some(places),
        _ => None,
    }
}

fn fits_statically(network: &Network, places: &Places, id: LocationId) -> bool {
    let location = network.location(id);
    let kind = match &places.kind {
        PlaceKind::Anywhere | PlaceKind::ChosenStore => true,
        PlaceKind::Stores => location.kind == LocationKind::Store,
        PlaceKind::Warehouses => location.kind == LocationKind::Warehouse,
        PlaceKind::Vendors => location.kind == LocationKind::Vendor,
        PlaceKind::Named(codes) => codes.contains(&location.code),
    };
    kind && places.tests.iter().all(|test| match test {
        PlaceTest::Class(class) => location.class == *class,
        PlaceTest::Tag(tag) => location.tags.contains(tag),
        PlaceTest::Region(regions) => regions.contains(&location.region),
        PlaceTest::AccuracyAtLeast(least) => location.accuracy.is_some_and(|accuracy| accuracy >= *least),
        _ => true,
    })
}

fn is_chosen_if_asked(places: &Places, from: &Standpoint<'_>) -> bool {
    places.kind != PlaceKind::ChosenStore || from.facts.order.pickup_at == Some(from.location)
}

/// A test that depends on the order, the time or the stock. Without a record, tests of stock fail.
fn passes(test: &PlaceTest, from: &Standpoint<'_>, record: Option<RecordId>) -> bool {
    let Standpoint { facts, location } = *from;
    let distance = facts.ways.distances[location.index()];
    match test {
        PlaceTest::Class(_) | PlaceTest::Tag(_) | PlaceTest::Region(_) | PlaceTest::AccuracyAtLeast(_) => {
            true
        }
        PlaceTest::SameRegion => {
            let region = &facts.network.location(location).region;
            !region.is_empty() && *region == facts.order.destination.region
        }
        PlaceTest::Within(reach) => distance.is_known() && distance <= reach.distance(),
        PlaceTest::ZoneAtMost(zone) => facts.ways.zones[location.index()].0 <= *zone,
        PlaceTest::OnHandAtLeast(units) => {
            record.is_some_and(|record| facts.stock.available(record) >= *units as i32)
        }
        PlaceTest::AgedAtLeast(days) => {
            record.is_some_and(|record| facts.stock.level(record).age_days >= *days)
        }
        PlaceTest::CapacityLeftAtLeast(share) => facts
            .parcels_left(location)
            .is_none_or(|(left, all)| u64::from(left) * 10_000 >= u64::from(all) * u64::from(share.0)),
        PlaceTest::OpenNow => facts.network.location(location).calendar.is_open(facts.now),
    }
}

fn holds_for_order(network: &Network, order: &Order, condition: &Condition) -> bool {
    let clock = &network.settings.clock;
    let destination = &order.destination;
    match condition {
        Condition::Lane(lane) => order.lane == *lane,
        Condition::Service(level) => order.service == *level,
        Condition::Channel(channel) => order.channel == *channel,
        Condition::OrderTag(tag) => order.tags.contains(tag),
        Condition::Value(compare, value) => compare.holds(order.value(), *value),
        Condition::Units(compare, units) => compare.holds(order.units(), *units),
        Condition::Lines(compare, lines) => compare.holds(order.lines.len() as u32, *lines),
        Condition::OrderWeight(compare, weight) => compare.holds(order_weight(network, order), *weight),
        Condition::Region(regions) => regions.contains(&destination.region),
        Condition::Postal(prefixes) => {
            prefixes.iter().any(|prefix| destination.postal.starts_with(prefix.as_str()))
        }
        Condition::PlacedAfter(from) => clock.minute(order.placed_at) >= *from,
        Condition::PlacedBefore(until) => clock.minute(order.placed_at) < *until,
        Condition::Weekday(days) => days >> clock.weekday(order.placed_at) & 1 == 1,
        Condition::Item(_) => true,
    }
}

fn order_weight(network: &Network, order: &Order) -> Weight {
    order.lines.iter().map(|line| network.product(line.product).weight.times(i64::from(line.quantity))).sum()
}

/// Whether an item meets every item condition of a rule.
fn is_about(network: &Network, rule: &Rule, item: &Item) -> bool {
    rule.when.iter().all(|condition| match condition {
        Condition::Item(test) => meets(network, test, item.product),
        _ => true,
    })
}

fn meets(network: &Network, test: &ItemTest, product: ProductId) -> bool {
    let product = network.product(product);
    let compare_price = |compare: &Compare, price| compare.holds(product.price, price);
    match test {
        ItemTest::Needs(handling) => product.needs.has(*handling),
        ItemTest::Category(category) => product.category == *category,
        ItemTest::Tag(tag) => product.tags.contains(tag),
        ItemTest::Velocity(velocity) => product.velocity == Some(*velocity),
        ItemTest::Sku(sku) => product.sku == *sku,
        ItemTest::Weight(compare, weight) => compare.holds(product.weight, *weight),
        ItemTest::Price(compare, price) => compare_price(compare, *price),
    }
}
