//! Orders of every lane and service, as the engine reads them.

use crate::amount::Cost;
use crate::calendar::{Day, Span, Timestamp};
use crate::location::{Lane, LocationId};
use crate::measure::Point;
use crate::network::PlaceId;
use crate::product::ProductId;

/// What the customer paid for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ServiceLevel {
    Standard,
    Expedited,
    NextDay,
    SameDay,
}

impl ServiceLevel {
    pub const ALL: [ServiceLevel; 4] =
        [ServiceLevel::Standard, ServiceLevel::Expedited, ServiceLevel::NextDay, ServiceLevel::SameDay];

    pub fn code(self) -> &'static str {
        match self {
            ServiceLevel::Standard => "standard",
            ServiceLevel::Expedited => "expedited",
            ServiceLevel::NextDay => "next_day",
            ServiceLevel::SameDay => "same_day",
        }
    }

    /// As a rule says it: `same-day`.
    pub fn words(self) -> &'static str {
        match self {
            ServiceLevel::Standard => "standard",
            ServiceLevel::Expedited => "expedited",
            ServiceLevel::NextDay => "next-day",
            ServiceLevel::SameDay => "same-day",
        }
    }

    pub fn from_code(code: &str) -> Option<ServiceLevel> {
        ServiceLevel::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// What to do with units that no place fills.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ShortChoice {
    /// Offer a substitute that is in stock.
    Substitute,
    /// Wait for the next receipt; the date is told.
    Backorder,
    /// Keep the line for a person to resolve.
    Hold,
    Cancel,
}

impl ShortChoice {
    pub const ALL: [ShortChoice; 4] =
        [ShortChoice::Substitute, ShortChoice::Backorder, ShortChoice::Hold, ShortChoice::Cancel];

    pub fn code(self) -> &'static str {
        match self {
            ShortChoice::Substitute => "substitute",
            ShortChoice::Backorder => "backorder",
            ShortChoice::Hold => "hold",
            ShortChoice::Cancel => "cancel",
        }
    }

    pub fn from_code(code: &str) -> Option<ShortChoice> {
        ShortChoice::ALL.into_iter().find(|choice| choice.code() == code)
    }
}

/// How far an order may be taken apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SplitPolicy {
    /// Lines and quantities may come from several places, at several times.
    Allowed,
    /// Everything now, from as many places as it takes, or nothing.
    Complete,
    /// Everything now, from one place, or nothing.
    OnePlace,
}

impl SplitPolicy {
    pub const ALL: [SplitPolicy; 3] = [SplitPolicy::Allowed, SplitPolicy::Complete, SplitPolicy::OnePlace];

    pub fn code(self) -> &'static str {
        match self {
            SplitPolicy::Allowed => "allowed",
            SplitPolicy::Complete => "complete",
            SplitPolicy::OnePlace => "one_place",
        }
    }

    pub fn from_code(code: &str) -> Option<SplitPolicy> {
        SplitPolicy::ALL.into_iter().find(|policy| policy.code() == code)
    }
}

/// Where it goes. An address with neither place nor point is held: it cannot be located.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Destination {
    pub postal: String,
    /// ISO 3166, as the data writes it; empty where it does not say.
    pub country: String,
    /// State or province code.
    pub region: String,
    /// The network's row of zones and distances for it.
    pub place: Option<PlaceId>,
    pub point: Option<Point>,
    pub is_residential: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderLine {
    /// As the order's own system numbers it.
    pub number: u32,
    pub product: ProductId,
    /// At least 1.
    pub quantity: u32,
    /// What the customer paid for one unit.
    pub unit_price: Cost,
    /// `None`: as the settings say.
    pub when_short: Option<ShortChoice>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
    pub id: String,
    pub channel: String,
    pub lane: Lane,
    pub service: ServiceLevel,
    pub placed_at: Timestamp,
    /// Last day on which it may arrive. `None`: nothing was promised.
    pub deliver_by: Option<Day>,
    pub destination: Destination,
    /// The customer's store, for pickup.
    pub pickup_at: Option<LocationId>,
    /// When the customer wants to collect or receive it.
    pub slot: Option<Span>,
    pub split: SplitPolicy,
    pub tags: Vec<String>,
    /// Places that refused this order before.
    pub rejected_by: Vec<LocationId>,
    pub lines: Vec<OrderLine>,
}

/// Most lines in an order, components of bundles included.
pub const MAX_LINES: usize = 500;
/// Most units in an order: beyond it an order is freight, not parcels.
pub const MAX_UNITS: u32 = 10_000;

impl Order {
    /// An order of no lines, to be shipped with no promise: readers fill it, tests start from it.
    pub fn empty() -> Order {
        Order {
            id: String::new(),
            channel: String::new(),
            lane: Lane::Ship,
            service: ServiceLevel::Standard,
            placed_at: Timestamp(0),
            deliver_by: None,
            destination: Destination::default(),
            pickup_at: None,
            slot: None,
            split: SplitPolicy::Allowed,
            tags: Vec::new(),
            rejected_by: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// What the customer pays for the goods.
    pub fn value(&self) -> Cost {
        self.lines.iter().map(|line| line.unit_price.times(i64::from(line.quantity))).sum()
    }

    pub fn units(&self) -> u32 {
        self.lines.iter().map(|line| line.quantity).sum()
    }
}
