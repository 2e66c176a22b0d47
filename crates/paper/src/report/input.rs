//! What a report is made from: plain figures, already counted by somebody else.
//!
//! Owns: the shapes and their units. Amounts are [`Cost`] in the report's currency, shares are basis
//! points (hundredths of a percent), counts are whole numbers.
//! Refuses to know: how a figure was reached.

use model::{Cost, Currency, Day, LocationKind, Point};

/// One retailer, one period, two or more ways to place the same orders.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// The page's heading: `What would Baton have saved?`
    pub title: String,
    pub retailer: String,
    /// First and last day, both included.
    pub made_for_period: (Day, Day),
    pub currency: Currency,
    /// How distances are shown; they are given in metres.
    pub distance_unit: DistanceUnit,
    /// What makes the figures unusable or nearly so, one sentence each; said before everything else.
    pub warnings: Vec<String>,
    pub headline: Headline,
    /// The ways compared. [`Headline`] names two of them; with one only, nothing is compared.
    pub variants: Vec<VariantFigures>,
    /// What each part of the cost changes over all orders, candidate less baseline, by its words; they add up to
    /// what the headline saves. Empty when nothing is compared.
    pub part_changes: Vec<(String, Cost)>,
    pub by_week: Vec<WeekPoint>,
    pub locations: Vec<LocationFigures>,
    /// Where orders went. Dots that fall together on the map are drawn as one.
    pub destinations: Vec<Dot>,
    /// The orders that changed most, most important first. Not every order that moved: see `moved_count`.
    pub moved: Vec<MovedOrder>,
    /// All orders that the candidate places elsewhere than the baseline.
    pub all_moved: MoveSums,
    /// Where rule sets are compared: how many of the orders that changed most are the rules' own doing. The others
    /// moved because earlier orders left other stock.
    pub by_rules: Option<ByRules>,
    /// Those of them that cost the same either way.
    pub moved_at_same_cost: u64,
    /// The commonest moves between places, most orders first. Each moved order belongs to one move, shown or not.
    pub moves: Vec<Move>,
    pub rule_worth: Vec<RuleWorth>,
    pub assumptions: Vec<Assumption>,
    /// Why the candidate left orders unfilled, in part or whole: most orders first.
    pub unfilled: Vec<Unfilled>,
    /// Of the rules that tell the two ways apart, the one without which most more orders would be filled in full.
    pub costs_most_orders: Option<RuleCost>,
    /// Orders that the candidate does not fill in full, what is left over of them the dearest first. Not all.
    pub unfilled_orders: Vec<UnfilledOrder>,
    /// The sentences of both rule sets, where two are compared: the baseline's, the candidate's.
    pub rule_sets: Option<[Vec<String>; 2]>,
    /// What to do now, one sentence each, in order.
    pub next_steps: Vec<String>,
    pub commands: Vec<Command>,
    pub audit: Audit,
}

/// Of so many orders that changed most, those that the rules themselves send elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ByRules {
    pub orders: u64,
    pub of: u64,
}

/// The answer in one line: candidate against baseline. A saving is positive. Saved means one thing on the whole
/// page: the difference in landed cost with units that find no place counted at what they cost the shop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Headline {
    /// Name of a variant, such as `Today`.
    pub baseline_name: String,
    /// Name of a variant, such as `With Baton`.
    pub candidate_name: String,
    pub saved_total: Cost,
    pub saved_per_order: Cost,
    /// Of what the baseline costs, unfilled units counted there, too; negative when the candidate costs more.
    pub saved_share_bp: i32,
    /// 95 % interval of the saving per order. `None`: too little data for one, and the report says so.
    pub interval: Option<Interval>,
    pub orders: u64,
}

/// Both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    pub low: Cost,
    pub high: Cost,
}

/// One way to place the orders, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VariantFigures {
    pub name: String,
    pub orders: u64,
    /// Orders with at least one parcel.
    pub shipped_orders: u64,
    /// Of what is sent: the sum of `cost_parts`.
    pub landed_cost_per_order: Cost,
    /// What the units that find no place cost.
    pub unfilled_cost_per_order: Cost,
    /// Both together.
    pub cost_per_order: Cost,
    /// Parts of the landed cost per order with their words (`shipping`), in the order to show. A part that
    /// earns money is negative. Parts that another variant lacks count as zero there.
    pub cost_parts: Vec<(String, Cost)>,
    /// Orders that left in more than one parcel.
    pub split_rate_bp: u32,
    /// Units that were filled.
    pub unit_fill_bp: u32,
    /// Orders of which every unit was filled.
    pub order_fill_bp: u32,
    pub parcels: u64,
    /// Way of all parcels together, in metres.
    pub parcel_m: u64,
    /// Parcels expected on or before the promised day. `None`: nothing was promised.
    pub promise_kept_bp: Option<u32>,
    /// Orders set aside for a person to decide.
    pub held: u64,
    pub unfilled_units: u64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WeekPoint {
    pub week_start: Day,
    /// Cost per order, unfilled units counted, one entry per variant in their order. `None`: no orders that week.
    pub cost_per_order: Vec<Option<Cost>>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocationFigures {
    /// Unique; what [`Move`] and [`MovedOrder`] refer to.
    pub code: String,
    pub name: String,
    pub kind: LocationKind,
    /// `None`: the place is not on the map.
    pub point: Option<Point>,
    /// One entry per variant, in their order.
    pub work: Vec<LocationWork>,
}

/// What one location did over the whole period.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct LocationWork {
    pub orders: u64,
    pub parcels: u64,
    pub labor_minutes: u64,
    /// Parcels of its busiest day, as a share of what it can do in a day; above 10,000 it is too much.
    /// `None`: no limit is known.
    pub busiest_day_bp: Option<u32>,
}

/// Orders that went to one point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dot {
    pub point: Point,
    pub orders: u64,
}

/// An order that the candidate places elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovedOrder {
    pub order_id: String,
    pub placed: Day,
    /// Codes of locations; an empty code, or none at all: not filled.
    pub from: Vec<String>,
    pub to: Vec<String>,
    /// Negative when this order alone would have cost more.
    pub saved: Cost,
    /// Parts of its landed cost at the candidate, as in [`VariantFigures`]. Empty when nothing is sent.
    pub cost_parts: Vec<(String, Cost)>,
    /// Why, in sentences, the most telling first.
    pub sentences: Vec<String>,
    /// What the places of which no sentence tells have in common: `14 do not stock it`.
    pub others: Vec<String>,
}

/// All orders whose units left the same places for the same other places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    /// Codes of locations; an empty code, or none at all: not filled.
    pub from: Vec<String>,
    pub to: Vec<String>,
    /// Its orders cost the same either way: there was no saving in moving them.
    pub is_same_cost: bool,
    pub sums: MoveSums,
}

/// Orders, and what all of them together save.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct MoveSums {
    pub orders: u64,
    pub saved: Cost,
}

/// A rule, and how many more orders of the whole period would be filled in full without it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleCost {
    pub sentence: String,
    pub orders: u64,
}

/// An order of which units found no place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnfilledOrder {
    pub order_id: String,
    pub placed: Day,
    /// What those units cost.
    pub cost: Cost,
    /// The main reason, as the end of `it is not filled in full, because`.
    pub because: String,
    /// Why, in sentences, the most telling first.
    pub sentences: Vec<String>,
    /// What the places of which no sentence tells have in common.
    pub others: Vec<String>,
}

/// Orders that stayed unfilled for the same main reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfilled {
    /// As the end of `96 orders, because`.
    pub because: String,
    /// The sentence of the rule that is the reason.
    pub rule: Option<String>,
    pub orders: u64,
    /// So many more orders of the whole period would be filled in full without that rule; below zero: fewer.
    /// `None`: not measured, or no rule is the reason.
    pub filled_without: Option<i64>,
    /// The rule keeps units for later orders.
    pub is_kept_for_later: bool,
}

/// What one rule or guardrail was worth, measured by leaving it out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleWorth {
    pub sentence: String,
    pub kind: RuleKind,
    /// Per order of the whole period: positive when the rule saves money, negative when keeping it costs.
    pub per_order: Cost,
    pub interval: Option<Interval>,
    /// Orders that would be placed elsewhere without it.
    pub orders_moved: u64,
    /// How often it flagged low stock: what a rule does that moves nothing.
    pub flags: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RuleKind {
    Guardrail,
    Rule,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assumption {
    pub basis: Basis,
    pub sentence: String,
}

/// What a figure rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// Read from the retailer's own files.
    Data,
    /// Calculated from them.
    Modelled,
    /// Neither: a stated guess.
    Assumed,
}

/// Something the reader can run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Command {
    pub what: String,
    pub command: String,
}

/// The second look at every decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Audit {
    pub decisions_checked: u64,
    pub findings: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DistanceUnit {
    Miles,
    Kilometers,
}
