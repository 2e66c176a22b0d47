//! Findings about one rule by itself.
//!
//! Owns: rules that never apply, leave no place at all, or say more than they need.

use super::places::is_always_true;
use super::{Finding, Known, Severity, lanes_words, places_of};
use crate::rules::grammar::conditions::phrases;
use crate::rules::grammar::values::write_count;
use model::{Action, Condition, Currency, Lane, Network, PlaceKind, Strength};

/// A rule with one of these is left out of further comparison.
pub(super) fn broken(rule: &Known<'_>, network: &Network) -> Vec<Finding> {
    let checks = [
        never_fires,
        no_product,
        lane_without_places,
        chosen_store_without_pickup,
        no_place,
        holds_everything,
    ];
    checks.iter().find_map(|check| check(rule, network)).into_iter().collect()
}

/// Rules that work, but say something for nothing.
pub(super) fn idle(rule: &Known<'_>, network: &Network) -> Vec<Finding> {
    let mut findings = spare_conditions(rule, network.currency);
    findings.extend(spare_tests(rule));
    findings.extend(too_soon(rule, network));
    findings.extend(no_effect(rule));
    findings
}

fn never_fires(rule: &Known<'_>, _: &Network) -> Option<Finding> {
    let part = rule.scope.empty_part()?;
    let message = format!("{} never applies: its conditions on {part} exclude each other.", rule.name());
    let remedy = "Take one of them out, or make two rules of it.".to_owned();
    Some(rule.finding(Severity::Warning, "never_fires", (message, remedy)))
}

fn no_product(rule: &Known<'_>, _: &Network) -> Option<Finding> {
    let products = rule.products.as_ref()?;
    if products.contains(&true) {
        return None;
    }
    let message = format!("{} never applies: no product meets what it asks of an item.", rule.name());
    let remedy =
        "Look at the products' data, or ask less of the item. A bundle counts by its components.".to_owned();
    Some(rule.finding(Severity::Warning, "never_fires", (message, remedy)))
}

fn lane_without_places(rule: &Known<'_>, network: &Network) -> Option<Finding> {
    if network.locations.is_empty() || rule.serves.contains(&true) {
        return None;
    }
    let lanes = lanes_words(&rule.scope.lanes());
    let message = format!("{} never applies: no location offers {lanes}.", rule.name());
    let remedy = format!("Switch {lanes} on at a location, or take the rule out.");
    Some(rule.finding(Severity::Warning, "never_fires", (message, remedy)))
}

fn chosen_store_without_pickup(rule: &Known<'_>, _: &Network) -> Option<Finding> {
    let places = places_of(&rule.rule.then)?;
    let lanes = rule.scope.lanes();
    if places.kind != PlaceKind::ChosenStore || lanes == [Lane::Pickup] {
        return None;
    }
    let others: Vec<Lane> = lanes.iter().copied().filter(|lane| *lane != Lane::Pickup).collect();
    let others = lanes_words(&others);
    let remedy = "Begin with 'When the order is for pickup'.".to_owned();
    let (severity, code, message) = match rule.rule.then {
        Action::Only(_) => {
            let message =
                format!("{} leaves no place for {others}: such orders have no chosen store.", rule.name());
            (Severity::Error, "unservable", message)
        }
        _ => {
            let message =
                format!("{} names no place for {others}: such orders have no chosen store.", rule.name());
            (Severity::Warning, "no_effect", message)
        }
    };
    Some(rule.finding(severity, code, (message, remedy)))
}

fn no_place(rule: &Known<'_>, network: &Network) -> Option<Finding> {
    if network.locations.is_empty() {
        return None;
    }
    if rule.left().is_some_and(|left| !left.contains(&true)) {
        let lanes = lanes_words(&rule.scope.lanes());
        let message =
            format!("{} leaves no place: nothing that it lets through offers {lanes}.", rule.name());
        let remedy = "Name places that exist, or widen what they must be.".to_owned();
        return Some(rule.finding(Severity::Error, "unservable", (message, remedy)));
    }
    rule.places.as_ref().filter(|places| places.is_surely_empty())?;
    let message = format!("{} is about no place: no location is what it asks for.", rule.name());
    let remedy = "Name places that exist, or take the rule out.".to_owned();
    Some(rule.finding(Severity::Warning, "no_effect", (message, remedy)))
}

fn holds_everything(rule: &Known<'_>, _: &Network) -> Option<Finding> {
    let is_hold = matches!(rule.rule.then, Action::Hold { .. });
    let always: [Condition; 0] = [];
    if !is_hold || !rule.scope.covers(&super::Scope::of(&always)) {
        return None;
    }
    let message = format!("{} holds every order: nothing is ever placed.", rule.name());
    let remedy = "Say which orders to hold: 'When …, hold because …'.".to_owned();
    Some(rule.finding(Severity::Error, "unservable", (message, remedy)))
}

/// Conditions that the others imply, or that every order meets. Of two that imply each other the later is
/// told.
fn spare_conditions(rule: &Known<'_>, currency: Currency) -> Vec<Finding> {
    let when = &rule.rule.when;
    let words = phrases(when, currency);
    let mut kept: Vec<usize> = (0..when.len()).collect();
    let mut findings = Vec::new();
    for i in (0..when.len()).rev() {
        let others: Vec<&Condition> = kept.iter().filter(|k| **k != i).map(|k| &when[*k]).collect();
        if !super::Scope::of([&when[i]]).covers(&super::Scope::of(others)) {
            continue;
        }
        kept.retain(|k| *k != i);
        let message = format!("{} says '{}', which always holds here.", rule.name(), words[i]);
        findings.push(rule.finding(Severity::Hint, "always_true", (message, "Leave it out.".to_owned())));
    }
    findings.reverse();
    findings
}

fn spare_tests(rule: &Known<'_>) -> Option<Finding> {
    let places = places_of(&rule.rule.then)?;
    places.tests.iter().find(|test| is_always_true(test))?;
    let message = format!("{} asks something of its places that always holds.", rule.name());
    Some(rule.finding(Severity::Hint, "always_true", (message, "Leave it out.".to_owned())))
}

/// A limit on days that no carrier keeps: parcels stay where they are.
fn too_soon(rule: &Known<'_>, network: &Network) -> Option<Finding> {
    let Action::DeliverWithin { days } = rule.rule.then else { return None };
    if !rule.scope.lanes().contains(&Lane::Ship) {
        return None;
    }
    let steps = network.rates.services.iter().flat_map(|service| service.zones.iter().flatten());
    let fastest = steps.map(|step| step.transit_days).min().unwrap_or(1);
    if days >= fastest {
        return None;
    }
    let (asked, takes) = (write_count(days.into(), "day"), write_count(fastest.into(), "day"));
    let message = format!(
        "{} asks for delivery within {asked}, and the fastest service takes {takes}: no parcel is in time.",
        rule.name()
    );
    let remedy =
        "Allow more days, or add 'the order is for pickup' or 'for local delivery' if that is meant.";
    Some(rule.finding(Severity::Warning, "unservable", (message, remedy.to_owned())))
}

fn no_effect(rule: &Known<'_>) -> Option<Finding> {
    let all = rule.places.as_ref().is_some_and(|places| places.is_surely_everything());
    let (severity, why, remedy) = match &rule.rule.then {
        Action::Only(_) if all => {
            (Severity::Warning, "every location is one of its places", "Take the rule out.")
        }
        Action::Prefer(..) if all => {
            (Severity::Warning, "it prefers every location alike", "Say which places come first.")
        }
        Action::Prefer(_, Strength::Worth(price)) | Action::PreferNearest(_, Strength::Worth(price))
            if price.0 == 0 =>
        {
            (Severity::Warning, "it is worth nothing", "Say what it is worth.")
        }
        Action::NeedOnHand { units: 0 | 1, .. } => {
            (Severity::Hint, "a place without a unit never serves an item anyway", "Ask for 2 or more.")
        }
        _ => return None,
    };
    let message = format!("{} changes nothing: {why}.", rule.name());
    Some(rule.finding(severity, "no_effect", (message, remedy.to_owned())))
}
