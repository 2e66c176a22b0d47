//! The outcome: what the decision says it did, under which rules and when, why it holds, and its proof.

use crate::Finding;
use crate::case::{Case, show};
use crate::conditions::{Active, Answer};
use model::{Action, CostPart, HoldReason, Lane, Note, Outcome, RuleRef, order};

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    check_identity(case, findings);
    check_outcome(case, findings);
    check_must_hold(case, findings);
    match case.decision.outcome {
        Outcome::Held(reason) => check_hold(case, reason, findings),
        _ => check_proof(case, findings),
    }
}

fn check_identity(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let (stated, due) = (case.decision.rule_set, case.rule_set);
    if stated != due {
        let message = format!("decided under rule set {stated}, the facts have {due}");
        findings.push(Finding::fatal("rule_set_differs", message));
    }
    let (stated, due) = (case.decision.decided_at, case.now);
    if stated != due {
        findings.push(Finding::fatal("time_differs", format!("decided at {stated}, the facts are of {due}")));
    }
}

fn check_outcome(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let placed: u64 = case.decision.placements.iter().map(|placement| u64::from(placement.quantity)).sum();
    let left: u64 = case.decision.leftovers.iter().map(|leftover| u64::from(leftover.quantity)).sum();
    let is_right = match case.decision.outcome {
        Outcome::Placed => placed > 0 && left == 0,
        Outcome::PartlyPlaced => placed > 0 && left > 0,
        Outcome::NotPlaced => placed == 0 && left > 0,
        Outcome::Held(_) => placed == 0,
    };
    if !is_right {
        let outcome = case.decision.outcome.code();
        let message = format!("the outcome is {outcome}, {placed} units are placed and {left} left over");
        findings.push(Finding::fatal("outcome_differs", message));
    }
}

/// Orders that nobody may place.
fn check_must_hold(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if case.is_held() {
        return;
    }
    let broken = if is_empty(case) {
        (
            "order_empty",
            format!("an order of {} lines, one without units, is decided", case.order.lines.len()),
        )
    } else if is_too_large(case) {
        let (lines, units) = size(case);
        ("order_too_large", format!("an order of {lines} lines and {units} units is decided"))
    } else if case.order.lane != Lane::Pickup && is_unlocated(case) {
        (
            "address_unknown",
            format!("an order to '{}', which has no place or point, is decided", postal(case)),
        )
    } else if case.order.lane == Lane::Pickup && case.order.pickup_at.is_none() {
        ("no_store_chosen", "a pickup order for 0 stores is decided, 1 is due".to_owned())
    } else {
        return;
    };
    findings.push(Finding::fatal(broken.0, broken.1));
}

fn postal<'a>(case: &Case<'a>) -> &'a str {
    &case.order.destination.postal
}

fn is_empty(case: &Case<'_>) -> bool {
    case.order.lines.is_empty() || case.order.lines.iter().any(|line| line.quantity == 0)
}

/// Lines, components of bundles counted each, and units.
fn size(case: &Case<'_>) -> (usize, u64) {
    let parts = |line: &model::OrderLine| case.network.product(line.product).components.len().max(1);
    let units = case.order.lines.iter().map(|line| u64::from(line.quantity)).sum();
    (case.order.lines.iter().map(parts).sum(), units)
}

fn is_too_large(case: &Case<'_>) -> bool {
    let (lines, units) = size(case);
    lines > order::MAX_LINES || units > u64::from(order::MAX_UNITS)
}

fn is_unlocated(case: &Case<'_>) -> bool {
    let destination = &case.order.destination;
    let is_known = |place: &model::PlaceId| (place.0 as usize) < case.network.place_count();
    !destination.place.as_ref().is_some_and(is_known) && destination.point.is_none()
}

/// A hold states a reason that the facts bear out.
fn check_hold(case: &Case<'_>, reason: HoldReason, findings: &mut Vec<Finding>) {
    let rule = |reference: RuleRef| {
        case.rules.iter().find(|active| active.reference == reference && active.holds != Answer::No)
    };
    let is_founded = match reason {
        HoldReason::AddressUnknown => is_unlocated(case),
        HoldReason::TooLarge => is_too_large(case) || physical_units(case) > u64::from(order::MAX_UNITS),
        HoldReason::Empty => is_empty(case),
        HoldReason::NoStoreChosen => case.order.lane == Lane::Pickup && case.order.pickup_at.is_none(),
        HoldReason::Rule(reference) => {
            rule(reference).is_some_and(|active| matches!(active.rule.then, Action::Hold { .. }))
        }
        HoldReason::MarginTooLow { rule: reference, margin, need } => {
            rule(reference).and_then(least_margin) == Some(need) && margin < need
        }
    };
    if !is_founded {
        let message = format!("the order is held as {reason:?}, the facts give 0 such reasons");
        findings.push(Finding::suspect("hold_unfounded", message));
    }
}

fn least_margin(active: &Active<'_>) -> Option<i64> {
    match active.rule.then {
        Action::MinMargin(least) => Some(least.0),
        _ => None,
    }
}

fn physical_units(case: &Case<'_>) -> u64 {
    let parts = |line: &model::OrderLine| {
        let components = &case.network.product(line.product).components;
        components.iter().map(|component| u64::from(component.quantity)).sum::<u64>().max(1)
    };
    case.order.lines.iter().map(|line| parts(line) * u64::from(line.quantity)).sum()
}

/// The plan's comparable cost (landed cost and preference) less the gap is the bound.
fn check_proof(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let proof = case.decision.proof;
    let parts = CostPart::ALL.into_iter().map(|part| i128::from(case.decision.costs.get(part).0));
    let comparable = parts.sum::<i128>() + i128::from(case.decision.preference.0);
    let (gap, bound) = (i128::from(proof.gap.0), i128::from(proof.bound.0));
    if gap < 0 {
        let message = format!("the plan costs {} less than its bound, 0 is the least gap", show(-gap));
        findings.push(Finding::fatal("proof_gap", message));
    }
    if comparable - gap != bound {
        let (bound, due) = (show(bound), show(comparable - gap));
        let message = format!("the bound is stated as {bound}, cost less gap is {due}");
        findings.push(Finding::fatal("proof_bound", message));
    }
    if gap > 0 && !case.decision.notes.contains(&Note::SearchLimit) {
        let message = format!("the gap is {}, and 0 notes say that the search stopped", show(gap));
        findings.push(Finding::suspect("gap_unexplained", message));
    }
}
