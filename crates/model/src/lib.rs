//! The nouns of order orchestration.
//!
//! Money, weight and time as integers; locations, products, stock, orders; rule sets and decisions.
//! Invariant: nothing here does input or output, reads a clock, or fails but by a stated error.

pub mod amount;
pub mod calendar;
pub mod decision;
pub mod effect;
pub mod location;
pub mod measure;
pub mod nearest;
pub mod network;
pub mod order;
pub mod product;
pub mod rates;
pub mod reason;
pub mod rules;
pub mod settings;
pub mod stock;
pub mod wall_clock;
pub mod words;
pub mod worth;

pub use amount::{Cost, Currency, Money};
pub use calendar::{Calendar, Day, Dispatch, Hours, Span, Timestamp, Window};
pub use decision::{
    Considered, Decision, ItemOut, ItemShort, Leftover, Note, Outcome, Parcel, PartCosts, Placement, Proof,
    Remedy, Shortfall, Verdict,
};
pub use effect::Effect;
pub use location::{
    BasisPoints, Handling, HandlingSet, Labor, Lane, Lanes, Location, LocationId, LocationKind,
};
pub use measure::{Dimensions, Distance, Point, Weight};
pub use network::{Network, NetworkParts, PlaceId, Ways};
pub use order::{Destination, Order, OrderLine, ServiceLevel, ShortChoice, SplitPolicy};
pub use product::{Component, Product, ProductId, Velocity};
pub use rates::{ParcelFacts, Quote, RateBook, RateStep, Service, ServiceChoice, ServiceId, Zone};
pub use reason::{Cause, HoldReason, Reason};
pub use rules::{
    Action, Compare, Condition, ItemTest, PlaceKind, PlaceTest, Places, Reach, Rule, RuleRef, RuleSet,
    Strength,
};
pub use settings::{
    CostPart, Lateness, MarkdownStep, PaidPromise, ParcelsPerLocation, PartSwitches, Settings, TransitDays,
    UnfilledWeight,
};
pub use stock::{Load, RecordId, Stock, StockEntry, StockLevel};
pub use wall_clock::WallClock;
pub use worth::UnitWorth;
