//! Turning screened locations and stock into the numbers of a [`Problem`](crate::plan::Problem).

use crate::decide::{Question, Seen, Work};
use crate::demand::{Demand, Item};
use crate::plan::leaning::{Digit, Leaning, View};
use crate::plan::{FARTHEST_KM, Limits};
use crate::policy::{InForce, Policy};
use crate::screen::Facts;
use model::rules::Action;
use model::{LocationId, RecordId, Strength};

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
    work.problem.tiers = policy.tiers.len();
    for (tier, &rule) in policy.tiers.iter().enumerate() {
        work.problem.tier_is_distance[tier] = matches!(policy.action(rule), Action::PreferNearest(..));
    }
    for c in 0..work.problem.candidates.len() {
        for &rule in &policy.prices {
            view(facts, policy, work, (rule, c));
            let (among, not_among) = match policy.action(rule) {
                Action::Prefer(_, Strength::Worth(price)) => (0, price.0),
                Action::PreferNearest(_, Strength::Worth(price)) => {
                    let distance = work.problem.candidates[c].standing.distance;
                    let way = if distance.is_known() { i64::from(distance.0) } else { OUTSIDE_M };
                    (price.0 * way / HUNDRED_MILES_M, price.0 * OUTSIDE_M / HUNDRED_MILES_M)
                }
                _ => continue,
            };
            lean(work, c, Leaning { digit: Digit::Cost, among, not_among });
        }
        for (tier, &rule) in policy.tiers.iter().enumerate() {
            view(facts, policy, work, (rule, c));
            if matches!(policy.action(rule), Action::PreferNearest(..)) {
                let km = i64::from(work.problem.candidates[c].standing.distance.km().min(FARTHEST_KM));
                let not_among = i64::from(FARTHEST_KM);
                lean(work, c, Leaning { digit: Digit::Tier(tier), among: km, not_among });
            } else {
                mark_units(work, (tier, c));
            }
        }
    }
}

/// Writes how a rule sees each item at a candidate into `work.views`.
fn view(facts: &Facts<'_>, policy: &Policy<'_>, work: &mut Work, (rule, c): (InForce, usize)) {
    let from = facts.standpoint(work.problem.candidates[c].standing.location);
    work.views.clear();
    for i in 0..work.problem.items.len() {
        let is_about = work.problem.usable(c, i) > 0 && policy.is_about_item(rule, i);
        let record = RecordId(work.problem.record(c, i));
        work.views.push(match is_about {
            false => View::Aside,
            true if policy.is_among(rule, &from, Some(record)) => View::Among,
            true => View::NotAmong,
        });
    }
}

/// Adds what a rule makes of a candidate: to every parcel, where it sees all its items alike, else by content.
fn lean(work: &mut Work, c: usize, leaning: Leaning) {
    let mut usable = (0..work.views.len()).filter(|&i| work.problem.usable(c, i) > 0).map(|i| work.views[i]);
    let Some(first) = usable.next() else { return };
    if !usable.all(|view| view == first) {
        return work.problem.leanings.add(c, leaning, &work.views);
    }
    let added = match first {
        View::Aside => 0,
        View::Among => leaning.among,
        View::NotAmong => leaning.not_among,
    };
    let candidate = &mut work.problem.candidates[c];
    match leaning.digit {
        Digit::Cost => candidate.preference += added,
        Digit::Tier(tier) => candidate.tier_km[tier] = added as u32,
    }
}

/// Marks the items of which a unit from the candidate counts in a tier.
fn mark_units(work: &mut Work, (tier, c): (usize, usize)) {
    let items = work.problem.items.len();
    for i in 0..items {
        if work.views[i] == View::NotAmong {
            work.problem.tier_units[c * items + i] |= 1 << tier;
        }
    }
}
