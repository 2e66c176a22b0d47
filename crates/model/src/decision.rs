//! Decisions: what the engine answers.

use crate::amount::Cost;
use crate::calendar::{Day, Dispatch, Timestamp};
use crate::location::LocationId;
use crate::measure::{Distance, Weight};
use crate::product::ProductId;
use crate::rates::{ServiceId, Zone};
use crate::reason::{Cause, HoldReason, Reason};
use crate::rules::RuleRef;
use crate::settings::CostPart;
use crate::stock::RecordId;

/// An amount for each part of the landed cost.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct PartCosts([i64; CostPart::COUNT]);

impl PartCosts {
    pub fn get(&self, part: CostPart) -> Cost {
        Cost(self.0[part as usize])
    }

    pub fn add(&mut self, part: CostPart, cost: Cost) {
        self.0[part as usize] += cost.0;
    }

    pub fn add_all(&mut self, other: &PartCosts) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }

    pub fn total(&self) -> Cost {
        Cost(self.0.iter().sum())
    }

    /// Parts that are not zero, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (CostPart, Cost)> {
        CostPart::ALL.into_iter().map(|part| (part, self.get(part))).filter(|(_, cost)| *cost != Cost::ZERO)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Every unit has a place.
    Placed,
    /// Some units have a place.
    PartlyPlaced,
    /// No unit has a place.
    NotPlaced,
    /// Nothing was placed; a person must look.
    Held(HoldReason),
}

impl Outcome {
    pub fn code(&self) -> &'static str {
        match self {
            Outcome::Placed => "placed",
            Outcome::PartlyPlaced => "partly_placed",
            Outcome::NotPlaced => "not_placed",
            Outcome::Held(_) => "held",
        }
    }
}

/// Units of one line taken from one stock record into one parcel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placement {
    /// Index into the order's lines.
    pub line: u16,
    /// The line's product, or a component of its bundle.
    pub product: ProductId,
    pub record: RecordId,
    pub quantity: u32,
}

/// What leaves one location in one box (or waits there in one bag, for pickup).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parcel {
    pub location: LocationId,
    /// `None` for pickup and local delivery.
    pub service: Option<ServiceId>,
    pub zone: Option<Zone>,
    pub distance: Distance,
    pub weight: Weight,
    pub dispatch: Dispatch,
    /// The day on which it reaches the customer, or is ready for pickup.
    pub arrives: Day,
    /// For pickup: the instant at which it can be collected.
    pub ready_at: Option<Timestamp>,
    pub costs: PartCosts,
    /// What rules that prefer other places add to the comparison; nobody pays it.
    pub preference: Cost,
    /// Its placements: a range of [`Decision::placements`].
    pub first_placement: u16,
    pub placement_count: u16,
}

/// What is proposed for units that no place fills.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remedy {
    /// Offer this product, which `location` has.
    Substitute {
        product: ProductId,
        location: LocationId,
    },
    /// `None`: no receipt is announced anywhere.
    Backorder {
        expected: Option<Day>,
    },
    Hold,
    Cancel,
}

impl Remedy {
    pub fn code(&self) -> &'static str {
        match self {
            Remedy::Substitute { .. } => "substitute",
            Remedy::Backorder { .. } => "backorder",
            Remedy::Hold => "hold",
            Remedy::Cancel => "cancel",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leftover {
    /// Index into the order's lines.
    pub line: u16,
    /// Units of the line, or bundles.
    pub quantity: u32,
    pub remedy: Remedy,
    /// What keeps them back. Recorded when an explanation is asked for, of orders that are not held.
    pub cause: Option<Cause>,
}

/// Why an order is not filled in full, as orders are counted by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Shortfall {
    /// Of the hold, or of the cause that keeps most units back.
    pub code: &'static str,
    /// The rule that is the reason.
    pub rule: Option<RuleRef>,
}

/// How a location fared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// In the plan.
    Chosen,
    /// Could send everything, but costs `by` more (or loses a tie when zero) or stands in a later tier.
    Lost {
        by: Cost,
    },
    /// Could send some of the units only, and the plan does without it.
    Part {
        units: u32,
        of: u32,
    },
    Out(Reason),
}

impl Verdict {
    pub fn code(&self) -> &'static str {
        match self {
            Verdict::Chosen => "chosen",
            Verdict::Lost { .. } => "lost",
            Verdict::Part { .. } => "part",
            Verdict::Out(reason) => reason.code(),
        }
    }
}

/// A location as the decision saw it. Recorded when an explanation is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Considered {
    pub location: LocationId,
    pub verdict: Verdict,
    pub distance: Distance,
    pub zone: Option<Zone>,
    /// What it would cost to send from here all that this location can.
    pub alone: PartCosts,
    pub alone_preference: Cost,
    /// Items it cannot serve: a range of [`Decision::item_outs`].
    pub first_item_out: u32,
    pub item_out_count: u16,
}

/// Why one item of the order is out at one location.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ItemOut {
    pub product: ProductId,
    pub reason: Reason,
}

/// An item of which a location has some units, but not all that are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ItemShort {
    pub location: LocationId,
    pub product: ProductId,
    /// Units that it could send, at least 1.
    pub units: u32,
    pub wanted: u32,
    /// What keeps it from sending more: its stock, or a rule that keeps some back.
    pub reason: Reason,
}

/// How good the plan is, proven.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Proof {
    /// No legal plan costs less than this (rules' prices included).
    pub bound: Cost,
    /// The plan's own cost in that measure, less the bound. Zero: the plan is the best there is.
    pub gap: Cost,
    /// Steps of search taken.
    pub steps: u32,
}

/// Something worth telling that changes nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Note {
    /// Fewer than `below` units are left at a place after this order.
    LowStock { record: RecordId, location: LocationId, product: ProductId, left: u32, below: u32 },
    /// The place has no coordinates and ranked last.
    NoCoordinates { location: LocationId },
    /// Preferences were set aside, because following them broke this guardrail.
    PreferencesSetAside { guardrail: RuleRef },
    /// The search stopped at its limit; see [`Proof::gap`].
    SearchLimit,
}

impl Note {
    pub const LOW_STOCK: &'static str = "low_stock";

    pub fn code(&self) -> &'static str {
        match self {
            Note::LowStock { .. } => Note::LOW_STOCK,
            Note::NoCoordinates { .. } => "no_coordinates",
            Note::PreferencesSetAside { .. } => "preferences_set_aside",
            Note::SearchLimit => "search_limit",
        }
    }
}

/// One run of the router over one order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    pub decided_at: Timestamp,
    /// Number of the rule set.
    pub rule_set: u32,
    pub outcome: Outcome,
    /// By location code, then as packed.
    pub parcels: Vec<Parcel>,
    pub placements: Vec<Placement>,
    pub leftovers: Vec<Leftover>,
    /// Landed cost of the whole order: parcels, extra parcels, unfilled units.
    pub costs: PartCosts,
    /// What preferences added to the comparison.
    pub preference: Cost,
    pub proof: Proof,
    pub notes: Vec<Note>,
    /// Every location, by code. Empty unless an explanation was asked for.
    pub considered: Vec<Considered>,
    pub item_outs: Vec<ItemOut>,
    /// By location. Empty unless an explanation was asked for.
    pub item_shorts: Vec<ItemShort>,
    /// Rules whose conditions held for this order.
    pub applied: Vec<RuleRef>,
}

impl Default for Decision {
    fn default() -> Decision {
        Decision {
            decided_at: Timestamp(0),
            rule_set: 0,
            outcome: Outcome::NotPlaced,
            parcels: Vec::new(),
            placements: Vec::new(),
            leftovers: Vec::new(),
            costs: PartCosts::default(),
            preference: Cost::ZERO,
            proof: Proof::default(),
            notes: Vec::new(),
            considered: Vec::new(),
            item_outs: Vec::new(),
            item_shorts: Vec::new(),
            applied: Vec::new(),
        }
    }
}

impl Decision {
    /// Empties everything and keeps the memory.
    pub fn clear(&mut self) {
        self.parcels.clear();
        self.placements.clear();
        self.leftovers.clear();
        self.notes.clear();
        self.considered.clear();
        self.item_outs.clear();
        self.item_shorts.clear();
        self.applied.clear();
        self.costs = PartCosts::default();
        self.preference = Cost::ZERO;
        self.proof = Proof::default();
        self.outcome = Outcome::NotPlaced;
    }

    pub fn placements_of(&self, parcel: &Parcel) -> &[Placement] {
        let first = usize::from(parcel.first_placement);
        &self.placements[first..first + usize::from(parcel.placement_count)]
    }

    pub fn item_outs_of(&self, considered: &Considered) -> &[ItemOut] {
        let first = considered.first_item_out as usize;
        &self.item_outs[first..first + usize::from(considered.item_out_count)]
    }

    pub fn item_shorts_of(&self, considered: &Considered) -> impl Iterator<Item = &ItemShort> {
        let location = considered.location;
        self.item_shorts.iter().filter(move |short| short.location == location)
    }

    pub fn landed_cost(&self) -> Cost {
        self.costs.total()
    }

    /// Why the order is not filled in full: what keeps most units back, of equals the first by line. Lines that only
    /// wait for others are asked last. `None` where it is filled, or the causes are not recorded.
    pub fn shortfall(&self) -> Option<Shortfall> {
        if let Outcome::Held(reason) = self.outcome {
            return Some(Shortfall { code: reason.code(), rule: reason.rule() });
        }
        let of = |cause: &Cause| Shortfall { code: cause.code(), rule: cause.rule() };
        let told = || self.leftovers.iter().filter_map(|left| Some((left, left.cause?)));
        let units = |why: Shortfall| -> u64 {
            told().filter(|(_, cause)| of(cause) == why).map(|(left, _)| u64::from(left.quantity)).sum()
        };
        let (_, cause) = told().min_by_key(|(left, cause)| {
            (*cause == Cause::Whole, std::cmp::Reverse(units(of(cause))), left.line)
        })?;
        Some(of(&cause))
    }
}
