//! A report made safe to draw: bounded lists, bounded texts, amounts far from overflow, the baseline first
//! and the candidate second, one entry per variant wherever one is expected.
//!
//! Owns: every limit of the page, and what was left out. Everything after this may trust its input.

use std::collections::BTreeMap;

use model::{Cost, Day, LocationKind, Point};

use super::input::{
    Assumption, ByRules, Command, Dot, Interval, LocationFigures, LocationWork, Move, MoveSums, MovedOrder,
    Report, RuleCost, RuleWorth, Unfilled, UnfilledOrder, VariantFigures, WeekPoint,
};

/// More dots than these would only hide each other; the fullest stay.
const MOST_DOTS: usize = 2_000;
/// More ways side by side cannot be told apart.
const MOST_VARIANTS: usize = 6;
const MOST_PARTS: usize = 14;
/// Two years.
const MOST_WEEKS: usize = 106;
/// What one can read; the busiest stay.
pub(super) const MOST_LOCATIONS: usize = 25;
const MOST_MOVES: usize = 12;
const MOST_SAME_COST: usize = 4;
pub(super) const MOST_MOVED: usize = 40;
const MOST_UNFILLED: usize = 20;
/// Of one order: as many as a shop of ours has.
const MOST_PLACES: usize = 26;
const MOST_SENTENCES: usize = 20;
const MOST_RULES: usize = 100;
const MOST_LINES: usize = 40;
const MOST_RENAMED: usize = 100;
/// Characters.
const LONGEST_NAME: usize = 120;
const LONGEST_SENTENCE: usize = 500;
/// Two paths as long as they may be.
const LONGEST_COMMAND: usize = 8_192;
/// A hundred billion in any currency: sums of a few of these stay exact.
const LARGEST_AMOUNT: i64 = 1_000_000_000_000_000;
const LARGEST_COUNT: u64 = 1_000_000_000_000;
/// As many parcels, each halfway around the Earth.
const LARGEST_WAY_M: u64 = 18_000_000_000_000_000_000;

pub(super) struct Bounded {
    pub report: Report,
    pub locations_given: usize,
    pub variants_given: usize,
    pub rules_given: usize,
    names: BTreeMap<String, String>,
}

impl Bounded {
    /// Names of the locations with these codes.
    pub(super) fn places(&self, codes: &[String]) -> String {
        let name = |code: &String| match code.as_str() {
            "" => "the rest not filled".to_owned(),
            _ => super::say::name(self.names.get(code).unwrap_or(code)),
        };
        if codes.iter().all(String::is_empty) {
            return "not filled".to_owned();
        }
        codes.iter().map(name).collect::<Vec<_>>().join(" + ")
    }

    pub(super) fn baseline(&self) -> Option<&VariantFigures> {
        self.report.variants.first()
    }

    /// `None` when nothing is compared.
    pub(super) fn candidate(&self) -> Option<&VariantFigures> {
        self.report.variants.get(1)
    }

    pub(super) fn days(&self) -> i64 {
        let (first, last) = self.report.made_for_period;
        (i64::from(last.0) - i64::from(first.0) + 1).max(1)
    }

    pub(super) fn money(&self, cost: Cost) -> String {
        super::say::money(cost, self.report.currency)
    }
}

pub(super) fn bounded(given: &Report) -> Bounded {
    let mut report = given.clone();
    let order = variant_order(given);
    let named = given.locations.iter().map(|l| (line(&l.code), super::say::place_name(&line(&l.name))));
    let names = named.filter(|(_, name)| !name.is_empty()).collect();
    report.title = line(&given.title);
    report.retailer = line(&given.retailer);
    report.made_for_period = period(given.made_for_period);
    report.variants = order.iter().map(|&i| variant(&given.variants[i])).collect();
    report.by_week = given.by_week.iter().take(MOST_WEEKS).map(|w| week(w, &order)).collect();
    report.by_week.sort_by_key(|week| week.week_start);
    report.locations = locations(&given.locations, &order);
    report.destinations = destinations(&given.destinations);
    report.moved = given.moved.iter().take(MOST_MOVED).map(moved).collect();
    let renamed = renamed(&given.locations);
    for told in report.moved.iter_mut().flat_map(|order| &mut order.sentences) {
        *told = super::say::renamed(told, &renamed);
    }
    report.moves = moves(&given.moves);
    report.all_moved = sums(given.all_moved);
    report.by_rules = given.by_rules.map(|by| ByRules { orders: number(by.orders), of: number(by.of) });
    report.moved_at_same_cost = number(given.moved_at_same_cost);
    report.part_changes = given.part_changes.iter().take(MOST_PARTS).map(part).collect();
    report.warnings = given.warnings.iter().take(MOST_LINES).map(|s| sentence(s)).collect();
    report.rule_worth = given.rule_worth.iter().take(MOST_RULES).map(rule).collect();
    report.assumptions = given.assumptions.iter().take(MOST_LINES).map(assumption).collect();
    report.unfilled = given.unfilled.iter().take(MOST_SENTENCES).map(unfilled).collect();
    report.costs_most_orders = given
        .costs_most_orders
        .as_ref()
        .map(|cost| RuleCost { sentence: sentence(&cost.sentence), orders: number(cost.orders) });
    report.unfilled_orders = given.unfilled_orders.iter().take(MOST_UNFILLED).map(unfilled_order).collect();
    for told in report.unfilled_orders.iter_mut().flat_map(|order| &mut order.sentences) {
        *told = super::say::renamed(told, &renamed);
    }
    let told = |set: &Vec<String>| set.iter().take(MOST_RULES).map(|s| sentence(s)).collect();
    report.rule_sets = given.rule_sets.as_ref().map(|sets| [told(&sets[0]), told(&sets[1])]);
    report.next_steps = given.next_steps.iter().take(MOST_LINES).map(|s| sentence(s)).collect();
    report.commands = given.commands.iter().take(MOST_LINES).map(command).collect();
    bound_headline(&mut report);
    Bounded {
        report,
        locations_given: given.locations.len(),
        variants_given: given.variants.len(),
        rules_given: given.rule_worth.len(),
        names,
    }
}

fn bound_headline(report: &mut Report) {
    let headline = &mut report.headline;
    headline.baseline_name = way(&headline.baseline_name);
    headline.candidate_name = way(&headline.candidate_name);
    headline.saved_total = amount(headline.saved_total);
    headline.saved_per_order = amount(headline.saved_per_order);
    headline.interval = headline.interval.map(interval);
    headline.orders = number(headline.orders);
    report.audit.decisions_checked = number(report.audit.decisions_checked);
    report.audit.findings = number(report.audit.findings);
}

/// Baseline, candidate, then the others as given. A name that no variant has stands for the first or last.
fn variant_order(report: &Report) -> Vec<usize> {
    let count = report.variants.len();
    let find = |name: &str| report.variants.iter().position(|v| v.name == name);
    let baseline = find(&report.headline.baseline_name).unwrap_or(0);
    let others = (0..count).rev().find(|&i| i != baseline);
    let candidate = find(&report.headline.candidate_name).filter(|&i| i != baseline).or(others);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&i| (i != baseline, Some(i) != candidate, i));
    order.truncate(MOST_VARIANTS);
    order
}

/// Names that the page writes otherwise than the files, the longest first.
fn renamed(given: &[LocationFigures]) -> Vec<(String, String)> {
    let pair = |l: &LocationFigures| (line(&l.name), super::say::place_name(&line(&l.name)));
    let mut pairs: Vec<(String, String)> = given.iter().map(pair).filter(|(old, new)| old != new).collect();
    pairs.sort_by_key(|(old, _)| (std::cmp::Reverse(old.len()), old.clone()));
    pairs.truncate(MOST_RENAMED);
    pairs
}

/// Those with most orders, as they were given.
fn destinations(given: &[Dot]) -> Vec<Dot> {
    let mut dots: Vec<Dot> = given.iter().filter(|dot| is_on_globe(dot.point)).copied().collect();
    if dots.len() > MOST_DOTS {
        dots.sort_by_key(|dot| (std::cmp::Reverse(dot.orders), dot.point));
        dots.truncate(MOST_DOTS);
        dots.sort_by_key(|dot| dot.point);
    }
    for Dot { orders, .. } in &mut dots {
        *orders = number(*orders);
    }
    dots
}

/// Busiest first.
fn locations(given: &[LocationFigures], order: &[usize]) -> Vec<LocationFigures> {
    let mut all: Vec<&LocationFigures> = given.iter().collect();
    let busy = |l: &LocationFigures| l.work.iter().map(|w| (w.parcels, w.orders)).max().unwrap_or_default();
    all.sort_by(|a, b| busy(b).cmp(&busy(a)).then_with(|| a.code.cmp(&b.code)));
    all.into_iter().take(MOST_LOCATIONS).map(|l| location(l, order)).collect()
}

fn location(given: &LocationFigures, order: &[usize]) -> LocationFigures {
    let code = line(&given.code);
    let name =
        if given.name.trim().is_empty() { code.clone() } else { super::say::place_name(&line(&given.name)) };
    let work = order.iter().map(|&i| given.work.get(i).copied().map(work).unwrap_or_default()).collect();
    let kind: LocationKind = given.kind;
    LocationFigures { code, name, kind, point: given.point.filter(|p| is_on_globe(*p)), work }
}

fn work(given: LocationWork) -> LocationWork {
    LocationWork {
        orders: number(given.orders),
        parcels: number(given.parcels),
        labor_minutes: number(given.labor_minutes),
        busiest_day_bp: given.busiest_day_bp,
    }
}

/// Zero, zero is open sea and what files say when they do not know.
fn is_on_globe(point: Point) -> bool {
    let is_known = point.lat_e4 != 0 || point.lon_e4 != 0;
    is_known && point.lat_e4.unsigned_abs() <= 900_000 && point.lon_e4.unsigned_abs() <= 1_800_000
}

fn variant(given: &VariantFigures) -> VariantFigures {
    VariantFigures {
        name: way(&given.name),
        orders: number(given.orders),
        shipped_orders: number(given.shipped_orders),
        landed_cost_per_order: amount(given.landed_cost_per_order),
        unfilled_cost_per_order: amount(given.unfilled_cost_per_order),
        cost_per_order: amount(given.cost_per_order),
        cost_parts: given.cost_parts.iter().take(MOST_PARTS).map(part).collect(),
        parcels: number(given.parcels),
        parcel_m: given.parcel_m.min(LARGEST_WAY_M),
        held: number(given.held),
        unfilled_units: number(given.unfilled_units),
        ..*given
    }
}

fn part((name, cost): &(String, Cost)) -> (String, Cost) {
    (line(name), amount(*cost))
}

fn week(given: &WeekPoint, order: &[usize]) -> WeekPoint {
    let cost = |i: &usize| given.cost_per_order.get(*i).copied().flatten().map(amount);
    WeekPoint { week_start: day(given.week_start), cost_per_order: order.iter().map(cost).collect() }
}

fn moved(given: &MovedOrder) -> MovedOrder {
    MovedOrder {
        order_id: line(&given.order_id),
        placed: day(given.placed),
        from: codes(&given.from),
        to: codes(&given.to),
        saved: amount(given.saved),
        cost_parts: given.cost_parts.iter().take(MOST_PARTS).map(part).collect(),
        sentences: given.sentences.iter().take(MOST_SENTENCES).map(|s| sentence(s)).collect(),
        others: given.others.iter().take(MOST_SENTENCES).map(|s| line(s)).collect(),
    }
}

/// The first of those that changed the cost, and of those that did not.
fn moves(given: &[Move]) -> Vec<Move> {
    let of_kind = |is_same_cost: bool, most: usize| {
        given.iter().filter(move |one| one.is_same_cost == is_same_cost).take(most).map(one_move)
    };
    of_kind(false, MOST_MOVES).chain(of_kind(true, MOST_SAME_COST)).collect()
}

fn one_move(given: &Move) -> Move {
    Move {
        from: codes(&given.from),
        to: codes(&given.to),
        is_same_cost: given.is_same_cost,
        sums: sums(given.sums),
    }
}

fn sums(given: MoveSums) -> MoveSums {
    MoveSums { orders: number(given.orders), saved: amount(given.saved) }
}

/// The first, and whether something was not filled: that code is empty and stands last.
fn codes(given: &[String]) -> Vec<String> {
    let (places, unfilled): (Vec<&String>, Vec<&String>) = given.iter().partition(|code| !code.is_empty());
    let first = places.into_iter().take(MOST_PLACES).chain(unfilled.into_iter().take(1));
    first.map(|code| line(code)).collect()
}

fn rule(given: &RuleWorth) -> RuleWorth {
    RuleWorth {
        sentence: sentence(&given.sentence),
        kind: given.kind,
        per_order: amount(given.per_order),
        interval: given.interval.map(interval),
        orders_moved: number(given.orders_moved),
        flags: number(given.flags),
    }
}

fn assumption(given: &Assumption) -> Assumption {
    Assumption { basis: given.basis, sentence: super::say::sentence(&sentence(&given.sentence)) }
}

fn command(given: &Command) -> Command {
    Command { what: sentence(&given.what), command: cut(&given.command, LONGEST_COMMAND) }
}

fn amount(cost: Cost) -> Cost {
    Cost(cost.0.clamp(-LARGEST_AMOUNT, LARGEST_AMOUNT))
}

fn interval(given: Interval) -> Interval {
    let (low, high) = (amount(given.low), amount(given.high));
    Interval { low: low.min(high), high: low.max(high) }
}

fn number(count: u64) -> u64 {
    count.min(LARGEST_COUNT)
}

/// Between the years 1900 and 2200.
fn day(given: Day) -> Day {
    Day(given.0.clamp(-25_567, 84_006))
}

fn period((first, last): (Day, Day)) -> (Day, Day) {
    (day(first.min(last)), day(first.max(last)))
}

fn unfilled_order(given: &UnfilledOrder) -> UnfilledOrder {
    UnfilledOrder {
        order_id: line(&given.order_id),
        placed: day(given.placed),
        cost: amount(given.cost),
        because: line(&given.because),
        sentences: given.sentences.iter().take(MOST_SENTENCES).map(|s| sentence(s)).collect(),
        others: given.others.iter().take(MOST_SENTENCES).map(|s| line(s)).collect(),
    }
}

fn unfilled(given: &Unfilled) -> Unfilled {
    Unfilled {
        because: line(&given.because),
        rule: given.rule.as_deref().map(sentence),
        orders: number(given.orders),
        is_kept_for_later: given.is_kept_for_later,
        filled_without: given
            .filled_without
            .map(|more| more.clamp(-(LARGEST_COUNT as i64), LARGEST_COUNT as i64)),
    }
}

/// Name of a way to place orders.
fn way(name: &str) -> String {
    super::say::capitalized(&line(name))
}

fn line(text: &str) -> String {
    cut(text, LONGEST_NAME)
}

fn sentence(text: &str) -> String {
    super::say::with_minus(&cut(text, LONGEST_SENTENCE))
}

/// One line of at most so many characters, without control characters and without those that turn the
/// direction of the text around them.
fn cut(text: &str, longest: usize) -> String {
    let is_turning = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut kept: String = text.chars().filter(|c| !is_turning(c)).map(plain).take(longest + 1).collect();
    if kept.chars().count() > longest {
        kept.pop();
        kept.push('…');
    }
    kept.trim().to_owned()
}
