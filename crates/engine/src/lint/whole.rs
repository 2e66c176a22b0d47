//! Findings about a rule set as a whole.
//!
//! Owns: the budget of rules, and goods that no place may serve once all rules that surely apply have spoken.

use super::scope::Scope;
use super::{Finding, Known, Severity, name};
use model::rules::RULE_BUDGET;
use model::{Action, Condition, Handling, HandlingSet, Lane, Network, RuleRef, RuleSet};
use std::collections::BTreeMap;

pub(super) fn look(set: &RuleSet, rules: &[&Known<'_>], network: &Network) -> Vec<Finding> {
    let mut findings: Vec<Finding> = over_budget(set).into_iter().collect();
    for lane in Lane::ALL {
        findings.extend(unservable(rules, network, lane));
    }
    findings
}

fn over_budget(set: &RuleSet) -> Option<Finding> {
    let count = set.rules.len();
    (count > RULE_BUDGET).then(|| Finding {
        severity: Severity::Warning,
        rule: None,
        other: None,
        code: "over_budget",
        message: format!(
            "The set has {count} rules; more than {RULE_BUDGET} cannot be explained in a minute."
        ),
        remedy: "Take out those that are worth the least.".to_owned(),
    })
}

/// Products that fare alike: the same needs, and the same rules apply to them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Kind<'n> {
    needs: u8,
    /// A bit for each rule that surely applies.
    rules: u64,
    category: &'n str,
}

/// Why a group of products has no place, and what the group is called.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Blocked {
    /// The rule that took the last place away. `None`: there was none before any rule.
    by: Option<RuleRef>,
    what: String,
}

fn unservable(rules: &[&Known<'_>], network: &Network, lane: Lane) -> Vec<Finding> {
    if !network.locations.iter().any(|location| location.lanes.has(lane)) {
        return Vec::new();
    }
    let only_lane = [Condition::Lane(lane)];
    let every_order = Scope::of(&only_lane);
    let applying: Vec<&Known<'_>> = rules
        .iter()
        .copied()
        .filter(|rule| matches!(rule.rule.then, Action::Only(_) | Action::Never(_)))
        .filter(|rule| rule.scope.covers_orders(&every_order))
        .collect();
    let mut blocked: BTreeMap<Blocked, usize> = BTreeMap::new();
    let mut served = 0;
    for (kind, count) in kinds(&applying, network) {
        if let Some(why) = last_place_taken(&applying, network, lane, &kind) {
            *blocked.entry(why).or_default() += count;
        } else {
            served += count;
        }
    }
    if served == 0 {
        blocked = merged(blocked);
    }
    blocked.iter().filter_map(|(why, count)| say(why, *count, lane)).collect()
}

/// When nothing is served, what each rule blocks needs no names.
fn merged(blocked: BTreeMap<Blocked, usize>) -> BTreeMap<Blocked, usize> {
    let mut merged = BTreeMap::new();
    for (why, count) in blocked {
        let what = if why.by.is_some() { "any".to_owned() } else { why.what };
        *merged.entry(Blocked { by: why.by, what }).or_default() += count;
    }
    merged
}

fn kinds<'n>(applying: &[&Known<'_>], network: &'n Network) -> BTreeMap<Kind<'n>, usize> {
    let mut kinds = BTreeMap::new();
    for (i, product) in network.products.iter().enumerate().filter(|(_, product)| !product.is_bundle()) {
        let applies = |rule: &Known<'_>| rule.products.as_ref().is_none_or(|products| products[i]);
        let bits = applying.iter().enumerate().filter(|(_, rule)| applies(rule));
        let rules = bits.fold(0, |bits, (bit, _)| bits | 1u64 << bit);
        *kinds.entry(Kind { needs: product.needs.0, rules, category: &product.category }).or_default() += 1;
    }
    kinds
}

/// `None`: some place is left.
fn last_place_taken(
    applying: &[&Known<'_>],
    network: &Network,
    lane: Lane,
    kind: &Kind<'_>,
) -> Option<Blocked> {
    let needs = HandlingSet(kind.needs);
    let serves = |i: usize| {
        let location = &network.locations[i];
        location.lanes.has(lane) && location.certified.covers(needs)
    };
    let mut left: Vec<usize> = (0..network.locations.len()).filter(|i| serves(*i)).collect();
    let words: Vec<&str> = needs.iter().map(Handling::words).collect();
    let by_needs = words.join(" and ");
    if left.is_empty() {
        return Some(Blocked { by: None, what: by_needs });
    }
    let in_force = applying.iter().enumerate().filter(|(bit, _)| kind.rules >> bit & 1 == 1);
    for (_, rule) in in_force {
        let barred = rule.barred().unwrap_or_default();
        left.retain(|i| !barred.get(*i).copied().unwrap_or(false));
        if left.is_empty() {
            let by_category = if rule.products.is_some() { kind.category } else { "" };
            let what = if by_needs.is_empty() { by_category.to_owned() } else { by_needs };
            return Some(Blocked { by: Some(rule.reference), what });
        }
    }
    None
}

/// Goods that cannot be picked up because no pickup store may handle them are an ordinary business; that
/// nobody may ship them is a mistake.
fn say(why: &Blocked, count: usize, lane: Lane) -> Option<Finding> {
    let verb = match lane {
        Lane::Ship => "ship",
        Lane::Pickup => "hand over",
        Lane::LocalDelivery => "deliver",
    };
    let severity = match (lane, why.by) {
        (Lane::Ship, _) => Severity::Error,
        (_, Some(_)) => Severity::Warning,
        (_, None) => return None,
    };
    let space = if why.what.is_empty() { "" } else { " " };
    let products = if count == 1 { "1 product".to_owned() } else { format!("{count} products") };
    let message = format!("No place may {verb} {}{space}items: {products}.", why.what);
    let remedy = match why.by {
        Some(rule) => format!("{} takes the last place away: widen it or add a condition.", name(rule)),
        None => format!("Certify a location that can {verb} for {} goods.", why.what),
    };
    Some(Finding { severity, rule: why.by, other: None, code: "unservable", message, remedy })
}
