//! Locations: the places that hold stock.
//!
//! Owns: what a place is, what it can do, what its work costs. Refuses to know: stock and orders.

use crate::amount::Cost;
use crate::calendar::{Calendar, Hours, Timestamp};
use crate::measure::{Distance, Point};

/// Position of a location in [`crate::Network::locations`], which is sorted by code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LocationId(pub u16);

impl LocationId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LocationKind {
    Store,
    Warehouse,
    /// Ships for us from its own stock.
    Vendor,
}

impl LocationKind {
    pub const ALL: [LocationKind; 3] = [LocationKind::Store, LocationKind::Warehouse, LocationKind::Vendor];

    pub fn code(self) -> &'static str {
        match self {
            LocationKind::Store => "store",
            LocationKind::Warehouse => "warehouse",
            LocationKind::Vendor => "vendor",
        }
    }

    pub fn from_code(code: &str) -> Option<LocationKind> {
        LocationKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A way to the customer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Lane {
    Ship,
    Pickup,
    LocalDelivery,
}

impl Lane {
    pub const ALL: [Lane; 3] = [Lane::Ship, Lane::Pickup, Lane::LocalDelivery];

    pub fn code(self) -> &'static str {
        match self {
            Lane::Ship => "ship",
            Lane::Pickup => "pickup",
            Lane::LocalDelivery => "local_delivery",
        }
    }

    pub fn from_code(code: &str) -> Option<Lane> {
        Lane::ALL.into_iter().find(|lane| lane.code() == code)
    }
}

/// The lanes that a location offers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Lanes(u8);

impl Lanes {
    pub fn of(lanes: &[Lane]) -> Lanes {
        Lanes(lanes.iter().fold(0, |bits, lane| bits | 1 << *lane as u8))
    }

    pub fn has(self, lane: Lane) -> bool {
        self.0 >> lane as u8 & 1 == 1
    }
}

/// A special need in handling, which a place must be certified or equipped for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Handling {
    Fragile,
    Oversized,
    Hazmat,
    AgeRestricted,
    Perishable,
}

impl Handling {
    pub const ALL: [Handling; 5] = [
        Handling::Fragile,
        Handling::Oversized,
        Handling::Hazmat,
        Handling::AgeRestricted,
        Handling::Perishable,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Handling::Fragile => "fragile",
            Handling::Oversized => "oversized",
            Handling::Hazmat => "hazmat",
            Handling::AgeRestricted => "age_restricted",
            Handling::Perishable => "perishable",
        }
    }

    /// As people write it: `age-restricted`.
    pub fn words(self) -> &'static str {
        match self {
            Handling::AgeRestricted => "age-restricted",
            other => other.code(),
        }
    }

    pub fn from_code(code: &str) -> Option<Handling> {
        match code {
            "oversize" => Some(Handling::Oversized),
            "age-restricted" => Some(Handling::AgeRestricted),
            _ => Handling::ALL.into_iter().find(|handling| handling.code() == code),
        }
    }
}

/// A set of handling needs (of a product) or abilities (of a place).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct HandlingSet(pub u8);

impl HandlingSet {
    pub const NONE: HandlingSet = HandlingSet(0);
    pub const EVERYTHING: HandlingSet = HandlingSet(0b1_1111);

    pub fn of(handlings: &[Handling]) -> HandlingSet {
        handlings.iter().fold(HandlingSet::NONE, |set, &handling| set.with(handling))
    }

    #[must_use]
    pub fn with(self, handling: Handling) -> HandlingSet {
        HandlingSet(self.0 | 1 << handling as u8)
    }

    pub fn has(self, handling: Handling) -> bool {
        self.0 >> handling as u8 & 1 == 1
    }

    /// Everything in `needs` is here.
    pub fn covers(self, needs: HandlingSet) -> bool {
        needs.0 & !self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Handling> {
        Handling::ALL.into_iter().filter(move |&handling| self.has(handling))
    }
}

/// A share in hundredths of a percent: 9,900 is 99 %.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct BasisPoints(pub u16);

impl BasisPoints {
    pub const WHOLE: BasisPoints = BasisPoints(10_000);
}

/// `99%`, `98.5%`.
impl std::fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest / 10, rest % 10) {
            (0, 0) => write!(f, "{whole}%"),
            (tenths, 0) => write!(f, "{whole}.{tenths}%"),
            _ => write!(f, "{whole}.{rest:02}%"),
        }
    }
}

/// What work costs at a place.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Labor {
    pub wage_per_hour: Cost,
    /// Labor of packing one parcel, without material.
    pub pack_per_parcel: Cost,
    /// Labor of picking one unit.
    pub pick_per_unit: Cost,
    /// Box, tape, filling.
    pub packaging_per_parcel: Cost,
    /// Seconds of work per parcel and per unit, for the workload figures.
    pub pack_seconds_per_parcel: u32,
    pub pick_seconds_per_unit: u32,
}

/// Facts from which a store's suitability for fulfillment is judged. All optional; unknown is `None`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct SuitabilityFacts {
    /// Back-room space in square metres.
    pub back_room_m2: Option<u32>,
    /// Staff who left in the last 12 months, as a share of all.
    pub staff_turnover: Option<BasisPoints>,
    /// Visitors per hour.
    pub foot_traffic_per_hour: Option<u32>,
    /// Stock lost without a sale, as a share of sales.
    pub shrink: Option<BasisPoints>,
    /// Manual stock corrections per month.
    pub adjustments_per_month: Option<u32>,
}

/// A place that holds stock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// Unique; what files and people call the place.
    pub code: String,
    pub name: String,
    pub kind: LocationKind,
    /// The retailer's own class of store: `hub`, `standard`. Empty when unused.
    pub class: String,
    pub tags: Vec<String>,
    pub city: String,
    /// State or province code.
    pub region: String,
    /// `None`: ranks last by distance, with a note.
    pub point: Option<Point>,
    pub lanes: Lanes,
    pub is_paused: bool,
    pub certified: HandlingSet,
    /// Working days between the cut-off and handing over.
    pub handling_days: u8,
    pub capacity_parcels_per_day: Option<u32>,
    pub hours: Hours,
    /// `hours`, expanded; see [`Calendar::compile`].
    pub calendar: Calendar,
    pub labor: Labor,
    /// Minutes of opening time from decision to "ready for pickup".
    pub pickup_minutes: u32,
    /// Farthest local delivery.
    pub local_delivery_radius: Distance,
    pub local_delivery_fee: Cost,
    pub local_delivery_per_km: Cost,
    /// Share of stock records that match the shelf.
    pub accuracy: Option<BasisPoints>,
    /// When its stock was last reported.
    pub feed_as_of: Option<Timestamp>,
    pub suitability: SuitabilityFacts,
}

impl Location {
    /// An open place of the given code and kind that ships everything at no labor cost: tests and readers
    /// start from it and fill in what they know.
    pub fn new(code: &str, kind: LocationKind) -> Location {
        Location {
            code: code.to_owned(),
            name: code.to_owned(),
            kind,
            class: String::new(),
            tags: Vec::new(),
            city: String::new(),
            region: String::new(),
            point: None,
            lanes: Lanes::of(&[Lane::Ship]),
            is_paused: false,
            certified: HandlingSet::EVERYTHING,
            handling_days: 0,
            capacity_parcels_per_day: None,
            hours: Hours::default(),
            calendar: Calendar::always_open(),
            labor: Labor::default(),
            pickup_minutes: 120,
            local_delivery_radius: Distance(15_000),
            local_delivery_fee: Cost(50_000),
            local_delivery_per_km: Cost(5_000),
            accuracy: None,
            feed_as_of: None,
            suitability: SuitabilityFacts::default(),
        }
    }
}
