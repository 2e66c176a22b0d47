//! Drawing random problems: small numbers, many coincidences, so that ties and limits are met often.

use super::{Case, NOW, Site};
use model::rates::{Dimensional, Surcharge, SurchargeWhen};
use model::{
    Action, BasisPoints, Compare, Component, Condition, Cost, CostPart, Day, Dimensions, Distance, Handling,
    HandlingSet, ItemTest, Labor, Lane, Lanes, Lateness, Location, LocationId, LocationKind, Order,
    OrderLine, ParcelsPerLocation, PartSwitches, PlaceKind, PlaceTest, Places, Product, ProductId, RateBook,
    RateStep, Reach, Rule, RuleSet, Service, ServiceChoice, Settings, SplitPolicy, StockLevel, Strength,
    UnfilledWeight, Weight, Zone,
};

/// A small generator of chance (SplitMix64): the same seed, the same cases.
pub(crate) struct Dice(u64);

impl Dice {
    /// From 0 to `sides` − 1.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u64) as usize]
    }
}

/// Which way of searching a case should take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Size {
    /// A few units.
    Small,
    /// Nine or ten products, one or two units of each.
    ManyLines,
    /// Two or three products, many units of each.
    ManyUnits,
    /// The same as a whole order, each product mostly at a place of its own: no place has it all.
    Apart,
}

/// The case of a seed.
pub(crate) fn draw(size: Size, seed: u64) -> Case {
    let mut dice = Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let quantities = quantities(size, &mut dice);
    let products: Vec<Product> = (0..quantities.len()).map(|i| product(i, &mut dice)).collect();
    let most = quantities.iter().copied().max().unwrap_or(1);
    let count = if size == Size::Small { 1 + dice.roll(4) } else { 2 + dice.roll(2) };
    let sites: Vec<Site> = (0..count).map(|i| site(i, (products.len(), most), &mut dice)).collect();
    let rates = rates(size, &mut dice);
    let settings = settings(&mut dice);
    let rules = rules(&sites, products.len(), &mut dice);
    let order = order(&products, &quantities, &mut dice);
    let mut case = Case { sites, products, rates, settings, rules, order };
    add_bundles(&mut case, &mut dice);
    choose_lane(&mut case, &mut dice);
    if size == Size::Apart {
        set_apart(&mut case, &mut dice);
    }
    case
}

/// Gives each product to one place in full and to the others in part, and asks for the order whole.
fn set_apart(case: &mut Case, dice: &mut Dice) {
    case.order.split = SplitPolicy::Complete;
    case.order.lane = Lane::Ship;
    let sites = case.sites.len();
    for (i, site) in case.sites.iter_mut().enumerate() {
        site.shelf.clear();
        for product in 0..2_u32 {
            let on_hand = if product as usize % sites == i { 30 } else { dice.roll(4) as i32 };
            site.shelf.push((ProductId(product), StockLevel { on_hand, ..StockLevel::default() }));
        }
    }
}

/// Sometimes the order asks for bundles of its products, too.
fn add_bundles(case: &mut Case, dice: &mut Dice) {
    let singles = case.products.len() as u64;
    let count = dice.pick(&[0, 0, 0, 1, 1, 2]);
    for i in 0..count {
        // Sorted after the products, so that their ids stay.
        let mut bundle = Product::new(&format!("SET{i}"));
        for _ in 0..1 + dice.roll(2) {
            let product = ProductId(dice.roll(singles) as u32);
            if !bundle.components.iter().any(|component| component.product == product) {
                bundle.components.push(Component { product, quantity: dice.pick(&[1, 1, 2]) });
            }
        }
        bundle.price = Cost(150_000);
        bundle.unfilled_cost = Cost(dice.pick(&[20_000, 150_000, 500_000]));
        let product = ProductId(case.products.len() as u32);
        case.products.push(bundle);
        let number = case.order.lines.len() as u32 + 1;
        let quantity = if singles > 3 { 1 } else { dice.pick(&[1, 1, 2]) };
        let unit_price = Cost(150_000);
        case.order.lines.push(OrderLine { number, product, quantity, unit_price, when_short: None });
    }
}

/// Most orders are shipped; some are collected, or brought by the shop itself.
fn choose_lane(case: &mut Case, dice: &mut Dice) {
    for site in &mut case.sites {
        let location = &mut site.location;
        location.lanes = dice.pick(&[Lanes::of(&Lane::ALL), Lanes::of(&Lane::ALL), Lanes::of(&[Lane::Ship])]);
        location.pickup_minutes = dice.pick(&[120, 3_000]);
        location.local_delivery_radius = Distance(dice.pick(&[15_000, 100_000]));
        location.local_delivery_fee = Cost(dice.pick(&[0, 50_000]));
        location.local_delivery_per_km = Cost(dice.pick(&[0, 700]));
    }
    case.order.lane = match dice.roll(8) {
        0 => Lane::Pickup,
        1 => Lane::LocalDelivery,
        _ => Lane::Ship,
    };
    if case.order.lane == Lane::Pickup {
        case.order.pickup_at = Some(LocationId(dice.roll(case.sites.len() as u64) as u16));
    }
}

fn quantities(size: Size, dice: &mut Dice) -> Vec<u32> {
    match size {
        Size::Small => (0..1 + dice.roll(3)).map(|_| dice.pick(&[1, 1, 1, 2, 2, 3])).collect(),
        Size::ManyLines => vec![1; 9],
        Size::ManyUnits if dice.chance(50) => (0..2).map(|_| 16 + dice.roll(4) as u32).collect(),
        Size::Apart => (0..2).map(|_| 16 + dice.roll(4) as u32).collect(),
        Size::ManyUnits => (0..3).map(|_| 6 + dice.roll(2) as u32).collect(),
    }
}

fn product(i: usize, dice: &mut Dice) -> Product {
    let mut product = Product::new(&format!("P{i}"));
    product.weight = Weight(dice.pick(&[4, 8, 16, 16, 24, 32, 48]) * Weight::OUNCE);
    product.price = Cost(dice.pick(&[50_000, 100_000, 200_000]));
    product.gross_margin = Cost(product.price.0 / 2);
    product.unfilled_cost = Cost(dice.pick(&[10_000, 80_000, 300_000]));
    if dice.chance(30) {
        let side = dice.pick(&[100, 250, 400, 600]);
        product.dimensions = Dimensions::new(side, 150, 100);
    }
    if dice.chance(15) {
        product.needs = HandlingSet::of(&[Handling::Fragile]);
    }
    product
}

fn site(i: u64, (products, most): (usize, u32), dice: &mut Dice) -> Site {
    let kind = dice.pick(&[LocationKind::Store, LocationKind::Store, LocationKind::Warehouse]);
    let mut location = Location::new(&format!("L{i}"), kind);
    if dice.chance(40) {
        location.class = "hub".into();
    }
    location.is_paused = dice.chance(3);
    if dice.chance(20) {
        location.certified = HandlingSet::NONE;
    }
    location.handling_days = dice.pick(&[0, 0, 0, 1, 2]);
    location.capacity_parcels_per_day = dice.pick(&[None, None, None, Some(1), Some(2), Some(3)]);
    location.labor = Labor {
        pack_per_parcel: Cost(dice.pick(&[0, 5_000, 12_000])),
        pick_per_unit: Cost(dice.pick(&[0, 1_000, 2_500])),
        packaging_per_parcel: Cost(dice.pick(&[0, 7_000])),
        ..Labor::default()
    };
    location.accuracy = dice.pick(&[None, None, Some(BasisPoints(9_000)), Some(BasisPoints(9_900))]);
    let distance = dice.pick(&[5_000, 80_000, 80_000, 900_000, Distance::UNKNOWN.0]);
    let mut shelf = Vec::new();
    for product in 0..products as u32 {
        if dice.chance(75) {
            shelf.push((ProductId(product), level(most, dice)));
        }
    }
    let way = (Zone(1 + dice.roll(3) as u8), Distance(distance));
    Site { location, way, shelf, parcels_taken: dice.pick(&[0, 0, 1]) }
}

fn level(most: u32, dice: &mut Dice) -> StockLevel {
    let mut level = StockLevel { on_hand: dice.roll(u64::from(most) + 3) as i32, ..StockLevel::default() };
    level.safety_stock = i32::from(dice.chance(15));
    level.committed = i32::from(dice.chance(15));
    level.age_days = dice.pick(&[0, 0, 100, 200]);
    level.stated_markdown = Some(dice.pick(&[0, 0, 0, 3_000, 40_000]));
    level.stated_opportunity =
        dice.pick(&[None, None, Some([30_000, 10_000, 2_000, 0]), Some([100, 0, 0, 0])]);
    level
}

fn rates(size: Size, dice: &mut Dice) -> RateBook {
    let plain = dice.chance(60);
    let count = 1 + dice.roll(2);
    let services = (0..count).map(|i| service(i, (size, plain), dice)).collect();
    RateBook {
        services,
        choice: dice.pick(&[ServiceChoice::InOrder, ServiceChoice::Cheapest]),
        band_upper: Vec::new(),
    }
}

fn service(i: u64, (size, is_plain): (Size, bool), dice: &mut Dice) -> Service {
    let steps: &[i64] = match size {
        Size::Small => &[8, 16, 32, 48, 64, 96],
        _ => &[16, 48, 80, 160, 320, 640],
    };
    let zones = (0..3)
        .map(|zone| if dice.chance(5) && i + zone > 0 { Vec::new() } else { steps_of(steps, dice) })
        .collect();
    let mut service = Service {
        code: format!("S{i}"),
        zones,
        dimensional: None,
        surcharges: Vec::new(),
        max_longest_mm: None,
        max_length_plus_girth_mm: None,
    };
    if !is_plain {
        service.dimensional = dice.chance(60).then(|| Dimensional::from_inches_per_pound(139, 200));
        service.max_longest_mm = dice.chance(20).then_some(500);
        let when = dice.pick(&[
            SurchargeWhen::Longest { over_mm: 300, up_to_mm: None },
            SurchargeWhen::WeightOver(Weight::from_ounces(40)),
            SurchargeWhen::Always,
            SurchargeWhen::Residential,
            SurchargeWhen::VolumeOver { mm3: 8_000_000 },
        ]);
        service.surcharges.push(Surcharge { when, zones: (Zone(1), Zone(2)), amount: Cost(25_000) });
    }
    service
}

/// Rates that rise, mostly; sometimes by leaps, so that two parcels are cheaper than one.
fn steps_of(ounces: &[i64], dice: &mut Dice) -> Vec<RateStep> {
    let transit_days = dice.pick(&[1, 2, 2, 4]);
    let count = 2 + dice.roll(ounces.len() as u64 - 1) as usize;
    let mut rate = dice.pick(&[30_000, 50_000]);
    let steps = ounces[..count.min(ounces.len())].iter();
    steps
        .map(|&ounces| {
            rate += dice.pick(&[0, 5_000, 10_000, 60_000]);
            RateStep { max_weight: Weight::from_ounces(ounces), rate: Cost(rate), transit_days }
        })
        .collect()
}

fn settings(dice: &mut Dice) -> Settings {
    let mut settings =
        Settings { split_penalty: Cost(dice.pick(&[0, 5_000, 15_000])), ..Settings::default() };
    settings.unfilled = dice.pick(&[UnfilledWeight::FewestFirst, UnfilledWeight::Priced]);
    settings.parcels = dice.pick(&[ParcelsPerLocation::One, ParcelsPerLocation::Many]);
    settings.lateness = dice.pick(&[Lateness::Never, Lateness::Priced { per_day: Cost(20_000) }]);
    if dice.chance(20) {
        let part = dice.pick(&[
            CostPart::Split,
            CostPart::Risk,
            CostPart::Markdown,
            CostPart::Labor,
            CostPart::Postage,
        ]);
        settings.parts = PartSwitches::ALL_ON.without(part);
    }
    settings
}

fn order(products: &[Product], quantities: &[u32], dice: &mut Dice) -> Order {
    let mut order = Order::empty();
    order.id = "O1".into();
    order.placed_at = NOW;
    order.deliver_by =
        dice.pick(&[None, None, Some(1), Some(2), Some(4)]).map(|days| Day(NOW.utc_day().0 + days));
    order.split = dice.pick(&[
        SplitPolicy::Allowed,
        SplitPolicy::Allowed,
        SplitPolicy::Complete,
        SplitPolicy::OnePlace,
    ]);
    order.destination.postal = "97201".into();
    order.destination.is_residential = dice.chance(50);
    for (i, (product, &quantity)) in products.iter().zip(quantities).enumerate() {
        let line = |quantity| OrderLine {
            number: 0,
            product: ProductId(i as u32),
            quantity,
            unit_price: product.price,
            when_short: None,
        };
        if quantity > 1 && dice.chance(20) {
            order.lines.push(line(1));
            order.lines.push(line(quantity - 1));
        } else {
            order.lines.push(line(quantity));
        }
    }
    for (i, line) in order.lines.iter_mut().enumerate() {
        line.number = i as u32 + 1;
    }
    order
}

fn rules(sites: &[Site], products: usize, dice: &mut Dice) -> RuleSet {
    let mut rules = RuleSet { name: "drawn".into(), ..RuleSet::default() };
    for _ in 0..dice.pick(&[0, 0, 1, 1, 2, 3]) {
        let then = action(sites, dice);
        rules.rules.push(Rule { when: when(products, dice), then });
    }
    if dice.chance(20) {
        let then = action(sites, dice);
        if then.is_hard() {
            rules.guardrails.push(Rule { when: Vec::new(), then });
        }
    }
    rules
}

fn when(products: usize, dice: &mut Dice) -> Vec<Condition> {
    match dice.roll(10) {
        0 => vec![Condition::Value(Compare::Over, Cost(250_000))],
        1 | 2 => vec![Condition::Item(ItemTest::Sku(format!("P{}", dice.roll(products as u64))))],
        3 => vec![Condition::Item(ItemTest::Weight(Compare::AtLeast, Weight::from_ounces(16)))],
        _ => Vec::new(),
    }
}

fn action(sites: &[Site], dice: &mut Dice) -> Action {
    let places = places(sites, dice);
    match dice.roll(11) {
        0 => Action::Only(places),
        1 => Action::Never(places),
        2 => Action::Keep { units: 1 + dice.roll(2) as u32, places },
        3 => Action::NeedOnHand { units: 1 + dice.roll(3) as u32, places },
        4 => Action::MaxParcels(1 + dice.roll(3) as u32),
        5 => Action::MinParcelValue(Cost(dice.pick(&[60_000, 100_000, 250_000]))),
        6 => Action::DeliverWithin { days: 1 + dice.roll(4) as u8 },
        7 => Action::Prefer(places, Strength::Worth(Cost(dice.pick(&[5_000, 15_000])))),
        8 => Action::Prefer(places, Strength::Always),
        9 => Action::PreferNearest(places, Strength::Worth(Cost(1_000))),
        _ => Action::PreferNearest(places, Strength::Always),
    }
}

fn places(sites: &[Site], dice: &mut Dice) -> Places {
    let kind = match dice.roll(5) {
        0 => PlaceKind::Anywhere,
        1 | 2 => PlaceKind::Stores,
        3 => PlaceKind::Warehouses,
        _ => PlaceKind::Named(vec![sites[dice.roll(sites.len() as u64) as usize].location.code.clone()]),
    };
    let tests = match dice.roll(8) {
        0 => vec![PlaceTest::Class("hub".into())],
        1 => vec![PlaceTest::OnHandAtLeast(1 + dice.roll(3) as u32)],
        2 => vec![PlaceTest::AgedAtLeast(90)],
        3 => vec![PlaceTest::ZoneAtMost(1 + dice.roll(2) as u8)],
        4 => vec![PlaceTest::Within(Reach::Miles(60))],
        _ => Vec::new(),
    };
    Places { kind, tests }
}
