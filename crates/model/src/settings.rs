//! Settings of a network: the shop's clock, which parts of the landed cost count and how, promises, packing,
//! what to do with what is left over, and the limits of the search.

use crate::amount::Cost;
use crate::calendar::Day;
use crate::location::BasisPoints;
use crate::order::{ServiceLevel, ShortChoice};
use crate::wall_clock::WallClock;

/// A part of the landed cost. The order is that of every table and file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CostPart {
    /// Rate of the parcel, dimensional weight included.
    Postage,
    Surcharge,
    Packaging,
    Labor,
    /// The price of sending one more parcel to the same customer.
    Split,
    /// Expected cost of a failed pick.
    Risk,
    /// Margin lost when the last units would have sold over the counter.
    Opportunity,
    Lateness,
    /// Markdown avoided on aged stock; negative.
    Markdown,
    /// Price of stock and capacity that later orders will want. Nothing sets it yet but a caller.
    Scarcity,
    /// Units that nobody fills.
    Unfilled,
}

impl CostPart {
    pub const COUNT: usize = 11;
    pub const ALL: [CostPart; CostPart::COUNT] = [
        CostPart::Postage,
        CostPart::Surcharge,
        CostPart::Packaging,
        CostPart::Labor,
        CostPart::Split,
        CostPart::Risk,
        CostPart::Opportunity,
        CostPart::Lateness,
        CostPart::Markdown,
        CostPart::Scarcity,
        CostPart::Unfilled,
    ];

    pub fn code(self) -> &'static str {
        match self {
            CostPart::Postage => "postage",
            CostPart::Surcharge => "surcharge",
            CostPart::Packaging => "packaging",
            CostPart::Labor => "labor",
            CostPart::Split => "split",
            CostPart::Risk => "risk",
            CostPart::Opportunity => "opportunity",
            CostPart::Lateness => "lateness",
            CostPart::Markdown => "markdown",
            CostPart::Scarcity => "scarcity",
            CostPart::Unfilled => "unfilled",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            CostPart::Postage => "shipping",
            CostPart::Surcharge => "surcharges",
            CostPart::Packaging => "packaging",
            CostPart::Labor => "labor",
            CostPart::Split => "extra parcels",
            CostPart::Risk => "risk of a failed pick",
            CostPart::Opportunity => "lost counter sales",
            CostPart::Lateness => "lateness",
            CostPart::Markdown => "markdown avoided",
            CostPart::Scarcity => "scarce stock",
            CostPart::Unfilled => "units not filled",
        }
    }

    pub fn from_code(code: &str) -> Option<CostPart> {
        CostPart::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// Which parts of the landed cost count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PartSwitches(u16);

impl PartSwitches {
    pub const ALL_ON: PartSwitches = PartSwitches((1 << CostPart::COUNT) - 1);

    pub fn is_on(self, part: CostPart) -> bool {
        self.0 >> part as u16 & 1 == 1
    }

    #[must_use]
    pub fn without(self, part: CostPart) -> PartSwitches {
        PartSwitches(self.0 & !(1 << part as u16))
    }
}

/// May a parcel arrive after the promised day?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lateness {
    Never,
    /// Per parcel and day.
    Priced {
        per_day: Cost,
    },
}

/// How unfilled units weigh against cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnfilledWeight {
    /// Fewest unfilled units first, whatever it costs; then tiers; then cost.
    FewestFirst,
    /// Each unit costs its product's `unfilled_cost`, weighed with everything else.
    Priced,
}

/// How many parcels one location may send for one order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParcelsPerLocation {
    One,
    /// As many as are cheaper, or needed by weight.
    Many,
}

/// Days on which carriers move parcels, counted in transit days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TransitDays {
    Calendar,
    /// Bit 0 is Monday.
    Working {
        weekdays: u8,
        holidays: Vec<Day>,
    },
}

/// Days in which a faster service promises to arrive, where neither the order nor its service's name says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PaidPromise {
    pub expedited: u8,
    pub next_day: u8,
    pub same_day: u8,
}

impl Default for PaidPromise {
    /// Three days are what the postal service takes for its own express to the farthest zones.
    fn default() -> PaidPromise {
        PaidPromise { expedited: 3, next_day: 1, same_day: 0 }
    }
}

/// From `after_days` on the shelf, a unit sold without markdown saves `share` of its price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MarkdownStep {
    pub after_days: u32,
    pub share: BasisPoints,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The shop's own clock: it says on which day and at what time an order is placed.
    pub clock: WallClock,
    pub parts: PartSwitches,
    pub split_penalty: Cost,
    pub lateness: Lateness,
    /// Days that an order without a stated day is promised in; `None`: no promise.
    pub promise_days: Option<u8>,
    /// The same for orders whose customer paid for a faster service.
    pub paid_promise: PaidPromise,
    pub transit: TransitDays,
    /// What one failed pick costs: looking again, rerouting, telling the customer.
    pub failed_pick: Cost,
    /// How often a wrong record lacks the n-th last unit: 75 % the last one, 30 % the one before, …
    pub record_error_tail: Vec<BasisPoints>,
    /// Days until the next receipt where none is known, for lost counter sales.
    pub replenish_days: u16,
    /// By rising `after_days`.
    pub markdown: Vec<MarkdownStep>,
    pub unfilled: UnfilledWeight,
    pub parcels: ParcelsPerLocation,
    /// Share of a box that goods fill.
    pub box_fill: BasisPoints,
    /// A place whose stock records are right less often does not ship or hand over.
    pub accuracy_gate: Option<BasisPoints>,
    /// A place whose stock was last reported longer ago is left out.
    pub feed_max_age_minutes: Option<u32>,
    /// What happens to units that no place fills, in order of preference.
    pub when_short: Vec<ShortChoice>,
    /// Steps of search after which the best plan found so far is taken, with its gap.
    pub search_limit: u32,
}

impl Settings {
    /// Days in which an order that states no day is promised; `None`: no promise.
    pub fn days_promised(&self, service: ServiceLevel) -> Option<u8> {
        match service {
            ServiceLevel::Standard => self.promise_days,
            ServiceLevel::Expedited => Some(self.paid_promise.expedited),
            ServiceLevel::NextDay => Some(self.paid_promise.next_day),
            ServiceLevel::SameDay => Some(self.paid_promise.same_day),
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            clock: WallClock::utc(),
            parts: PartSwitches::ALL_ON,
            split_penalty: Cost(15_000),
            lateness: Lateness::Never,
            promise_days: Some(5),
            paid_promise: PaidPromise::default(),
            transit: TransitDays::Calendar,
            failed_pick: Cost(80_000),
            record_error_tail: vec![BasisPoints(7_500), BasisPoints(3_000), BasisPoints(1_000)],
            replenish_days: 7,
            markdown: vec![
                MarkdownStep { after_days: 90, share: BasisPoints(500) },
                MarkdownStep { after_days: 180, share: BasisPoints(1_200) },
            ],
            unfilled: UnfilledWeight::FewestFirst,
            parcels: ParcelsPerLocation::Many,
            box_fill: BasisPoints(8_000),
            accuracy_gate: None,
            feed_max_age_minutes: None,
            when_short: vec![ShortChoice::Backorder, ShortChoice::Cancel],
            search_limit: 20_000_000,
        }
    }
}
