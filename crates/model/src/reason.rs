//! Reasons: why a location, or one item of an order at a location, is out. Stable codes, part of the API.

use crate::calendar::{Day, Timestamp};
use crate::location::{BasisPoints, HandlingSet, Lane};
use crate::measure::{Distance, Weight};
use crate::rules::RuleRef;

/// Why a location cannot serve an order or an item. In order of precedence: the first that applies is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Switched off by a person.
    Paused,
    /// Refused this order before.
    RejectedBefore,
    /// Does not offer the lane.
    LaneOff {
        lane: Lane,
    },
    /// Pickup, and the customer chose another store.
    NotChosenStore,
    /// Not open, and no opening or dispatch is known within its calendar.
    Closed,
    /// Not ready within the time slot that the customer chose.
    SlotMissed {
        ready_at: Timestamp,
    },
    AccuracyGate {
        accuracy: BasisPoints,
        need: BasisPoints,
    },
    StaleFeed {
        age_minutes: u32,
        limit_minutes: u32,
    },
    CapacityFull {
        capacity: u32,
    },
    WindowFull {
        capacity: u32,
    },
    /// Farther than it delivers.
    TooFar {
        distance: Distance,
        limit: Distance,
    },
    /// No service goes there.
    NoService,
    /// Every service would arrive after the promised day, or the last that a rule allows; `earliest` is the best of them.
    PromiseMissed {
        earliest: Day,
        promised: Day,
        /// The rule that sets the day; `None`: the order's own promise.
        rule: Option<RuleRef>,
    },
    /// Excluded by a guardrail or rule.
    ExcludedBy {
        rule: RuleRef,
    },
    NotCertified {
        missing: HandlingSet,
    },
    /// One unit is heavier or larger than any parcel may be.
    TooHeavy {
        weight: Weight,
        limit: Weight,
    },
    NoStockRecord,
    /// Nothing available, though `on_hand` are on the shelf.
    NoStock {
        on_hand: i32,
    },
    /// All that is available is kept back by a rule.
    KeptBack {
        rule: RuleRef,
        keep: u32,
        available: i32,
    },
    TooFewOnHand {
        rule: RuleRef,
        need: u32,
        available: i32,
    },
}

impl Reason {
    /// Every code, in order of precedence.
    pub const CODES: [&'static str; 20] = [
        "paused",
        "rejected_before",
        "lane_off",
        "not_chosen_store",
        "closed",
        "slot_missed",
        "accuracy_gate",
        "stale_feed",
        "capacity_full",
        "window_full",
        "too_far",
        "no_service",
        "promise_missed",
        "excluded_by_rule",
        "not_certified",
        "too_heavy",
        "no_stock_record",
        "no_stock",
        "kept_back",
        "too_few_on_hand",
    ];

    /// Lower is told first.
    pub fn precedence(&self) -> usize {
        match self {
            Reason::Paused => 0,
            Reason::RejectedBefore => 1,
            Reason::LaneOff { .. } => 2,
            Reason::NotChosenStore => 3,
            Reason::Closed => 4,
            Reason::SlotMissed { .. } => 5,
            Reason::AccuracyGate { .. } => 6,
            Reason::StaleFeed { .. } => 7,
            Reason::CapacityFull { .. } => 8,
            Reason::WindowFull { .. } => 9,
            Reason::TooFar { .. } => 10,
            Reason::NoService => 11,
            Reason::PromiseMissed { .. } => 12,
            Reason::ExcludedBy { .. } => 13,
            Reason::NotCertified { .. } => 14,
            Reason::TooHeavy { .. } => 15,
            Reason::NoStockRecord => 16,
            Reason::NoStock { .. } => 17,
            Reason::KeptBack { .. } => 18,
            Reason::TooFewOnHand { .. } => 19,
        }
    }

    pub fn code(&self) -> &'static str {
        Reason::CODES[self.precedence()]
    }

    /// The rule that is the reason.
    pub fn rule(&self) -> Option<RuleRef> {
        match *self {
            Reason::ExcludedBy { rule }
            | Reason::KeptBack { rule, .. }
            | Reason::TooFewOnHand { rule, .. } => Some(rule),
            Reason::PromiseMissed { rule, .. } => rule,
            _ => None,
        }
    }

    /// More units on the shelf would take it away.
    pub fn is_about_stock(&self) -> bool {
        matches!(
            self,
            Reason::NoStockRecord
                | Reason::NoStock { .. }
                | Reason::KeptBack { .. }
                | Reason::TooFewOnHand { .. }
        )
    }
}

/// What keeps units of an order back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// There is not enough where it could come from: what there is goes out already, or belongs to other orders.
    NoStock,
    /// Every place that has some is out for this sort of reason.
    Out(Reason),
    /// The places that have some are out for several reasons; this one holds most units.
    Mostly(Reason),
    /// The order goes whole or not at all, and other units are missing.
    Whole,
    /// The order comes from one place, and no one place has all of it.
    OnePlace,
    /// A limit on parcels leaves none for them.
    NoParcelLeft { rule: RuleRef },
    /// Sending them would pay, and a preference for other places counts for more than leaving them.
    Outweighed { rule: RuleRef },
    /// Sending them would cost more than leaving them.
    TooDear,
    /// No plan within all limits sends them.
    NoPlan,
}

impl Cause {
    /// Every code that is not a reason's.
    pub const CODES: [&'static str; 7] =
        ["no_stock", "whole_order", "one_place", "no_parcel_left", "outweighed", "too_dear", "no_legal_plan"];

    pub fn code(&self) -> &'static str {
        match self {
            Cause::NoStock => Cause::CODES[0],
            Cause::Out(reason) | Cause::Mostly(reason) => reason.code(),
            Cause::Whole => Cause::CODES[1],
            Cause::OnePlace => Cause::CODES[2],
            Cause::NoParcelLeft { .. } => Cause::CODES[3],
            Cause::Outweighed { .. } => Cause::CODES[4],
            Cause::TooDear => Cause::CODES[5],
            Cause::NoPlan => Cause::CODES[6],
        }
    }

    pub fn rule(&self) -> Option<RuleRef> {
        match self {
            Cause::Out(reason) | Cause::Mostly(reason) => reason.rule(),
            Cause::NoParcelLeft { rule } | Cause::Outweighed { rule } => Some(*rule),
            _ => None,
        }
    }

    /// More units on the shelf would let them go.
    pub fn is_about_stock(&self) -> bool {
        match self {
            Cause::NoStock => true,
            Cause::Out(reason) => reason.is_about_stock(),
            _ => false,
        }
    }
}

/// Why nothing is placed and a person must look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HoldReason {
    /// Neither postal code nor coordinates are known.
    AddressUnknown,
    /// More lines or units than an order may have.
    TooLarge,
    /// A line without units, or an order without lines.
    Empty,
    NoStoreChosen,
    /// A rule or guardrail says hold.
    Rule(RuleRef),
    /// The best plan earns less than the guardrail asks.
    MarginTooLow {
        rule: RuleRef,
        margin: i64,
        need: i64,
    },
}

impl HoldReason {
    pub const CODES: [&'static str; 6] =
        ["address_unknown", "too_large", "empty", "no_store_chosen", "held_by_rule", "margin_too_low"];

    pub fn code(&self) -> &'static str {
        match self {
            HoldReason::AddressUnknown => HoldReason::CODES[0],
            HoldReason::TooLarge => HoldReason::CODES[1],
            HoldReason::Empty => HoldReason::CODES[2],
            HoldReason::NoStoreChosen => HoldReason::CODES[3],
            HoldReason::Rule(_) => HoldReason::CODES[4],
            HoldReason::MarginTooLow { .. } => HoldReason::CODES[5],
        }
    }

    /// The rule that is the reason.
    pub fn rule(&self) -> Option<RuleRef> {
        match *self {
            HoldReason::Rule(rule) | HoldReason::MarginTooLow { rule, .. } => Some(rule),
            _ => None,
        }
    }
}
