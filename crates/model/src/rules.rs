//! Rule sets: guardrails and rules as data. Their sentences are read and written by the engine.

use crate::amount::Cost;
use crate::location::{BasisPoints, Handling, Lane};
use crate::measure::{Distance, Weight};
use crate::order::ServiceLevel;
use crate::product::Velocity;

/// An immutable, numbered version of guardrails and rules.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RuleSet {
    pub name: String,
    /// Rises with each published version; 0 is a draft.
    pub number: u32,
    /// Hard limits: they hold before any rule and any cost.
    pub guardrails: Vec<Rule>,
    /// In order.
    pub rules: Vec<Rule>,
}

/// Most guardrails and rules together in one set.
pub const MAX_RULES: usize = 60;
/// Above this many rules in a pilot the linter warns: nobody can explain them in a minute.
pub const RULE_BUDGET: usize = 5;
/// Most `always` preferences in one set.
pub const MAX_TIERS: usize = 4;

/// Which rule of a set: what a reason points at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RuleRef {
    Guardrail(u8),
    Rule(u8),
}

impl RuleSet {
    pub fn get(&self, rule: RuleRef) -> Option<&Rule> {
        match rule {
            RuleRef::Guardrail(i) => self.guardrails.get(usize::from(i)),
            RuleRef::Rule(i) => self.rules.get(usize::from(i)),
        }
    }

    /// Guardrails first, then rules, each with its reference.
    pub fn all(&self) -> impl Iterator<Item = (RuleRef, &Rule)> {
        let guardrails =
            self.guardrails.iter().enumerate().map(|(i, rule)| (RuleRef::Guardrail(i as u8), rule));
        guardrails.chain(self.rules.iter().enumerate().map(|(i, rule)| (RuleRef::Rule(i as u8), rule)))
    }
}

/// One sentence: when all conditions hold, then the action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    pub when: Vec<Condition>,
    pub then: Action,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compare {
    Over,
    Under,
    AtLeast,
    AtMost,
}

impl Compare {
    pub fn holds<T: PartialOrd>(self, value: T, limit: T) -> bool {
        match self {
            Compare::Over => value > limit,
            Compare::Under => value < limit,
            Compare::AtLeast => value >= limit,
            Compare::AtMost => value <= limit,
        }
    }
}

/// A test of the order, or of an item in it. An item condition narrows the action to the items that meet it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Condition {
    Lane(Lane),
    Service(ServiceLevel),
    Channel(String),
    OrderTag(String),
    Value(Compare, Cost),
    Units(Compare, u32),
    Lines(Compare, u32),
    /// Total weight of the order.
    OrderWeight(Compare, Weight),
    /// Any of these state or province codes.
    Region(Vec<String>),
    /// Postal code begins with any of these.
    Postal(Vec<String>),
    /// Placed at or after this minute of the day, by the shop's clock.
    PlacedAfter(u16),
    /// Placed before this minute of the day, by the shop's clock.
    PlacedBefore(u16),
    /// Placed on any of these weekdays by the shop's clock; bit 0 is Monday.
    Weekday(u8),
    Item(ItemTest),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ItemTest {
    Needs(Handling),
    Category(String),
    Tag(String),
    Velocity(Velocity),
    Sku(String),
    /// Weight of one unit.
    Weight(Compare, Weight),
    /// Price of one unit.
    Price(Compare, Cost),
}

/// A set of locations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Places {
    pub kind: PlaceKind,
    /// All must hold.
    pub tests: Vec<PlaceTest>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlaceKind {
    Anywhere,
    Stores,
    Warehouses,
    Vendors,
    /// Location codes.
    Named(Vec<String>),
    /// The store that the customer chose for pickup.
    ChosenStore,
}

/// A length as it was written, so that it is written back the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    Miles(u32),
    Km(u32),
}

impl Reach {
    pub fn distance(self) -> Distance {
        match self {
            Reach::Miles(miles) => Distance::from_tenth_miles(u64::from(miles) * 10),
            Reach::Km(km) => Distance(km.saturating_mul(1_000)),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlaceTest {
    Class(String),
    Tag(String),
    /// State or province codes of the location.
    Region(Vec<String>),
    SameRegion,
    Within(Reach),
    ZoneAtMost(u8),
    /// Available units of the item before this order.
    OnHandAtLeast(u32),
    AccuracyAtLeast(BasisPoints),
    /// Share of the day's parcel capacity that is still free. Places without a limit pass.
    CapacityLeftAtLeast(BasisPoints),
    /// Days that the item has been there.
    AgedAtLeast(u32),
    OpenNow,
}

/// How strong a preference is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strength {
    /// A tier before cost.
    Always,
    /// A price inside cost: so much more per parcel may be paid to follow it.
    Worth(Cost),
}

/// What a rule does. Each variant has one file under `engine/src/rules/`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Only these places.
    Only(Places),
    /// Not from these places.
    Never(Places),
    Prefer(Places, Strength),
    /// The nearest of these places; `Worth` is per 100 miles of way.
    PreferNearest(Places, Strength),
    /// Leave at least so many units there.
    Keep {
        units: u32,
        places: Places,
    },
    /// A place must have at least so many available, before this order, to serve an item at all.
    NeedOnHand {
        units: u32,
        places: Places,
    },
    MaxParcels(u32),
    /// When an order is split, each parcel is worth at least this.
    MinParcelValue(Cost),
    /// Latest delivery, in days after the order was placed.
    DeliverWithin {
        days: u8,
    },
    /// Least contribution margin of the order: gross margin of the placed units less landed cost.
    MinMargin(Cost),
    /// For a person to decide; nothing is placed.
    Hold {
        why: String,
    },
    /// Place it, and raise low stock where fewer than this many units are left.
    FlagLowStock {
        below: u32,
    },
}

impl Action {
    /// May stand among the guardrails: everything but preferences and flags.
    pub fn is_hard(&self) -> bool {
        !matches!(self, Action::Prefer(..) | Action::PreferNearest(..) | Action::FlagLowStock { .. })
    }
}
