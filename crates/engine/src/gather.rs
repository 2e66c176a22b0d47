//! Turning screened locations and stock into the numbers of a [`Problem`](crate::plan::Problem).

use crate::decide::{Question, Seen, Work};
use crate::demand::{Demand, Item};
use crate::plan::{FARTHEST_KM, Limits};
use crate::policy::{InForce, Policy};
use crate::screen::Facts;
use model::rules::Action;
use model::{Distance, LocationId, RecordId, Strength};

/// Metres of way that count for a place outside the set of a `prefer the nearest`: 3,000 miles.
const OUTSIDE_M: i64 = 4_828_032;
/// Metres in 100 miles, the unit of that preference's price.
const HUNDRED_MILES_M: i64 = 160_934;

/// Fills `work.problem` with every location that can give at least one unit.
pub(crate) fn gather(question: &Question<'_>, work: &mut Work, limits: Limits) {
    let Question { facts, policy, demand } = *question;
    work.problem.begin(demand, limits);
    stand(facts, demand, work);
    for (i, item) in demand.items.iter().enumerate() {
        let records = facts.stock.records(item.product);
        let locations = facts.stock.locations(records.clone());
        for (offset, &location) in locations.iter().enumerate() {
            let seen = work.seen[location.index()];
            if seen.round != work.round || seen.candidate == 0 {
                continue;
            }
            let record = RecordId((records.start + offset) as u32);
            let units = usable(facts, policy, (i, item), (location, record));
            if units > 0 {
                take(facts, work, (seen.candidate as usize - 1, i, item), (record, units.min(item.quantity)));
            }
        }
    }
    if !(policy.prices.is_empty() && policy.tiers.is_empty()) {
        prefer(facts, policy, work);
    }
}

/// Finds the locations that have anything and pass the screens, by code.
fn stand(facts: &Facts<'_>, demand: &Demand, work: &mut Work) {
    work.round = work.round.wrapping_add(1);
    work.standings.clear();
    for item in &demand.items {
        let records = facts.stock.records(item.product);
        let pairs = facts.stock.locations(records.clone()).iter().zip(facts.stock.available_in(records));
        for (&location, _) in pairs.filter(|(_, available)| **available > 0) {
            let seen = &mut work.seen[location.index()];
            if seen.round != work.round {
                *seen = Seen { round: work.round, candidate: 0 };
                if let Ok(standing) = facts.screen(location) {
                    work.standings.push(standing);
                }
            }
        }
    }
    if demand.items.len() > 1 {
        work.standings.sort_unstable_by_key(|standing| standing.location);
    }
    for i in 0..work.standings.len() {
        let standing = work.standings[i];
        let candidate = work.problem.add(standing);
        work.seen[standing.location.index()].candidate = candidate as u32 + 1;
    }
}

fn usable(facts: &Facts<'_>, policy: &Policy<'_>, item: (usize, &Item), at: (LocationId, RecordId)) -> u32 {
    if policy.is_about_places() {
        return facts.usable_units(policy, item, at).unwrap_or(0);
    }
    let is_certified = item.1.needs & !facts.tables.site(at.0).certified == 0;
    if is_certified { facts.stock.available(at.1).max(0) as u32 } else { 0 }
}

/// Writes what taking 1, 2, … units costs.
fn take(
    facts: &Facts<'_>,
    work: &mut Work,
    (candidate, i, item): (usize, usize, &Item),
    (record, units): (RecordId, u32),
) {
    let problem = &mut work.problem;
    let items = problem.items.len();
    problem.usable[candidate * items + i] = units.min(item.quantity);
    problem.records[candidate * items + i] = record.0;
    let worth = facts.stock.worth(record);
    let available = facts.stock.available(record);
    let location = problem.candidates[candidate].standing.location;
    let each = facts.tables.site(location).unit_cost - i64::from(worth.markdown) + i64::from(worth.scarcity);
    let start = candidate * problem.stride + problem.slots[i];
    let mut cost = 0;
    for unit in 0..units {
        cost += each + facts.stock.depth_cost(worth, available - unit as i32);
        problem.taking[start + unit as usize + 1] = cost;
    }
}

/// Adds what rules that prefer some places make of the others.
fn prefer(facts: &Facts<'_>, policy: &Policy<'_>, work: &mut Work) {
    let problem = &mut work.problem;
    problem.tiers = policy.tiers.len();
    for (tier, &rule) in policy.tiers.iter().enumerate() {
        problem.tier_is_distance[tier] = matches!(policy.action(rule), Action::PreferNearest(..));
    }
    for c in 0..work.problem.candidates.len() {
        for &rule in &policy.prices {
            let price = price_of(facts, policy, work, (rule, c));
            work.problem.candidates[c].preference += price;
        }
        for (tier, &rule) in policy.tiers.iter().enumerate() {
            add_tier(facts, policy, work, (rule, tier, c));
        }
    }
}

/// Whether a parcel from the candidate is as the rule prefers: for every item in its scope that the candidate
/// can give. `None`: it gives none of them, and the rule is not about it.
fn is_preferred(
    facts: &Facts<'_>,
    policy: &Policy<'_>,
    work: &Work,
    (rule, c): (InForce, usize),
) -> Option<bool> {
    let location = work.problem.candidates[c].standing.location;
    let from = facts.standpoint(location);
    let mut is_about = None;
    for i in 0..work.problem.items.len() {
        if work.problem.usable(c, i) > 0 && policy.is_about_item(rule, i) {
            let record = RecordId(work.problem.record(c, i));
            is_about = Some(is_about.unwrap_or(true) && policy.is_among(rule, &from, Some(record)));
        }
    }
    is_about
}

fn price_of(facts: &Facts<'_>, policy: &Policy<'_>, work: &Work, (rule, c): (InForce, usize)) -> i64 {
    let Some(is_preferred) = is_preferred(facts, policy, work, (rule, c)) else { return 0 };
    match policy.action(rule) {
        Action::Prefer(_, Strength::Worth(price)) if !is_preferred => price.0,
        Action::PreferNearest(_, Strength::Worth(price)) => {
            let metres = match (is_preferred, work.problem.candidates[c].standing.distance) {
                (true, distance) if distance < Distance::UNKNOWN => i64::from(distance.0),
                _ => OUTSIDE_M,
            };
            price.0 * metres / HUNDRED_MILES_M
        }
        _ => 0,
    }
}

fn add_tier(
    facts: &Facts<'_>,
    policy: &Policy<'_>,
    work: &mut Work,
    (rule, tier, c): (InForce, usize, usize),
) {
    if matches!(policy.action(rule), Action::PreferNearest(..)) {
        let km = match is_preferred(facts, policy, work, (rule, c)) {
            None => 0,
            Some(true) => work.problem.candidates[c].standing.distance.km().min(FARTHEST_KM),
            Some(false) => FARTHEST_KM,
        };
        work.problem.candidates[c].tier_km[tier] = km;
        return;
    }
    let from = facts.standpoint(work.problem.candidates[c].standing.location);
    let items = work.problem.items.len();
    for i in 0..items {
        if work.problem.usable(c, i) == 0 || !policy.is_about_item(rule, i) {
            continue;
        }
        let record = RecordId(work.problem.record(c, i));
        if !policy.is_among(rule, &from, Some(record)) {
            work.problem.tier_units[c * items + i] |= 1 << tier;
        }
    }
}
