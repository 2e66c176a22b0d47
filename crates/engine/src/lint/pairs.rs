//! Findings about two rules that meet.
//!
//! Owns: duplicates, contradictions, and rules that another makes idle. Filters and limits apply all
//! together, so either of two may be the idle one; among preferences only the later.

use super::{Finding, Known, Severity};
use model::{Action, PlaceKind, Strength};

pub(super) fn look(rules: &[&Known<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, later) in rules.iter().enumerate() {
        // One reason is enough to look at a rule.
        findings.extend(rules[..i].iter().find_map(|earlier| compare(earlier, later)));
    }
    findings
}

fn compare(earlier: &Known<'_>, later: &Known<'_>) -> Option<Finding> {
    if !earlier.overlaps(later) {
        return None;
    }
    duplicate(earlier, later)
        .or_else(|| contradiction(earlier, later))
        .or_else(|| opposed(earlier, later))
        .or_else(|| shadowed(earlier, later))
        .or_else(|| settled(earlier, later))
        .or_else(|| idle(earlier, later))
        .or_else(|| idle(later, earlier))
}

fn finding(
    rule: &Known<'_>,
    other: &Known<'_>,
    severity: Severity,
    says: (&'static str, String, &str),
) -> Finding {
    let (code, message, remedy) = says;
    Finding { other: Some(other.reference), ..rule.finding(severity, code, (message, remedy.to_owned())) }
}

fn duplicate(earlier: &Known<'_>, later: &Known<'_>) -> Option<Finding> {
    let is_same = earlier.rule.then == later.rule.then
        && earlier.scope.covers(&later.scope)
        && later.scope.covers(&earlier.scope);
    let message = || format!("{} says the same as {}.", later.name(), earlier.name());
    is_same.then(|| finding(later, earlier, Severity::Warning, ("duplicate", message(), "Keep one of them.")))
}

/// Together the two leave no place.
fn contradiction(earlier: &Known<'_>, later: &Known<'_>) -> Option<Finding> {
    let (mine, theirs) = (earlier.left()?, later.left()?);
    if mine.iter().zip(&theirs).any(|(mine, theirs)| *mine && *theirs) {
        return None;
    }
    let (one, two) = (earlier.name(), later.name());
    let is_certain = earlier.scope.covers(&later.scope) || later.scope.covers(&earlier.scope);
    Some(if is_certain {
        let applies = if earlier.scope.covers(&later.scope) { &two } else { &one };
        let message = format!("{two} contradicts {one}: whenever {applies} applies, no place is left.");
        finding(
            later,
            earlier,
            Severity::Error,
            ("contradiction", message, "Change one of them, or its conditions."),
        )
    } else {
        let message = format!("{two} contradicts {one}: an order that meets both has no place left.");
        let remedy = "Add a condition to one of them, so that no order meets both.";
        finding(later, earlier, Severity::Warning, ("contradiction", message, remedy))
    })
}

/// Two preferences before cost, each for the places that the other puts last: the first of them decides nearly
/// alone.
fn opposed(earlier: &Known<'_>, later: &Known<'_>) -> Option<Finding> {
    let is_tier = |rule: &Known<'_>| matches!(rule.rule.then, Action::Prefer(_, Strength::Always));
    if !is_tier(earlier) || !is_tier(later) {
        return None;
    }
    let (mine, theirs) = (earlier.places.as_ref()?, later.places.as_ref()?);
    let are_all = mine.must.iter().zip(&theirs.must).all(|(mine, theirs)| *mine || *theirs);
    if !are_all || !mine.is_apart_from(theirs) || mine.is_surely_empty() || theirs.is_surely_empty() {
        return None;
    }
    let message = format!(
        "{} prefers exactly the places that {} puts last: the first of the two wins, whatever it costs.",
        later.name(),
        earlier.name()
    );
    let remedy = "Keep one of them, or say what one is worth instead of 'always'.";
    Some(finding(later, earlier, Severity::Warning, ("contradiction", message, remedy)))
}

/// Which of two rules stands first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// The first of the two stands before the other.
    Before,
    After,
}

fn shadowed(earlier: &Known<'_>, later: &Known<'_>) -> Option<Finding> {
    let (idle, strong) = if makes_moot(earlier, later, Order::Before) {
        (later, earlier)
    } else if makes_moot(later, earlier, Order::After) {
        (earlier, later)
    } else {
        return None;
    };
    let message = format!("{} never makes a difference: {} already decides it.", idle.name(), strong.name());
    let remedy = format!("Take it out, or make it stricter than {}.", strong.name());
    Some(finding(idle, strong, Severity::Warning, ("shadowed", message, &remedy)))
}

/// Wherever `weak` applies, `strong` does too and asks at least as much.
fn makes_moot(strong: &Known<'_>, weak: &Known<'_>, order: Order) -> bool {
    if !strong.scope.covers(&weak.scope) {
        return false;
    }
    let is_before = order == Order::Before;
    match (&strong.rule.then, &weak.rule.then) {
        (Action::Hold { .. }, Action::Hold { .. }) => is_before,
        (Action::Hold { .. }, _) => true,
        (Action::MaxParcels(least), Action::MaxParcels(most)) => least <= most,
        (Action::MaxParcels(1), Action::MinParcelValue(_)) => true,
        (Action::MinParcelValue(most), Action::MinParcelValue(least))
        | (Action::MinMargin(most), Action::MinMargin(least)) => most >= least,
        (Action::DeliverWithin { days: least }, Action::DeliverWithin { days: most }) => least <= most,
        (Action::FlagLowStock { below: most }, Action::FlagLowStock { below: least }) => most >= least,
        (strong_action, weak_action) => {
            let (Some(mine), Some(theirs)) = (&strong.places, &weak.places) else { return false };
            match (strong_action, weak_action) {
                (Action::Only(_), Action::Only(_)) => mine.is_within(theirs),
                (Action::Never(_), Action::Never(_)) => theirs.is_within(mine),
                (Action::Only(_), Action::Never(_)) => mine.is_apart_from(theirs),
                (Action::Never(_), Action::Only(_)) => {
                    mine.must.iter().zip(&theirs.must).all(|(out, stays)| *out || *stays)
                }
                (Action::Keep { units: most, .. }, Action::Keep { units: least, .. })
                | (Action::NeedOnHand { units: most, .. }, Action::NeedOnHand { units: least, .. }) => {
                    most >= least && theirs.is_within(mine)
                }
                _ => false,
            }
        }
    }
}

/// A tier by distance over all places leaves to later preferences nothing but ties.
fn settled(earlier: &Known<'_>, later: &Known<'_>) -> Option<Finding> {
    let Action::PreferNearest(places, Strength::Always) = &earlier.rule.then else { return None };
    let is_total = places.kind == PlaceKind::Anywhere && places.tests.is_empty();
    let is_preference = matches!(later.rule.then, Action::Prefer(..) | Action::PreferNearest(..));
    if !is_total || !is_preference || !earlier.scope.covers(&later.scope) {
        return None;
    }
    let message = format!(
        "{} decides only between places that are equally far: {} comes before it.",
        later.name(),
        earlier.name()
    );
    Some(finding(later, earlier, Severity::Hint, ("shadowed", message, "Move it up, or take it out.")))
}

/// The places that a filter leaves give the other rule nothing to do.
fn idle(filter: &Known<'_>, rule: &Known<'_>) -> Option<Finding> {
    let left = filter.left()?;
    let places = rule.places.as_ref().filter(|_| filter.scope.covers(&rule.scope))?;
    let has_none = !left.iter().zip(&places.may).any(|(left, may)| *left && *may);
    let has_all = left.iter().zip(&places.must).all(|(left, must)| !left || *must);
    let is_one = left.iter().filter(|left| **left).count() <= 1;
    let (rule_name, filter_name) = (rule.name(), filter.name());
    let message = match rule.rule.then {
        Action::Only(_) | Action::Never(_) => return None,
        Action::Prefer(..) | Action::PreferNearest(..) if has_none => {
            format!("{rule_name} prefers places that {filter_name} leaves out.")
        }
        _ if has_none => format!("{rule_name} changes nothing: {filter_name} leaves its places out."),
        Action::Prefer(..) if has_all => {
            format!("{rule_name} changes nothing: it prefers every place that {filter_name} leaves.")
        }
        Action::Prefer(..) | Action::PreferNearest(..) if is_one => {
            format!("{rule_name} has nothing to choose: {filter_name} leaves one place.")
        }
        _ => return None,
    };
    Some(finding(
        rule,
        filter,
        Severity::Warning,
        ("no_effect", message, "Take it out, or change its places."),
    ))
}
