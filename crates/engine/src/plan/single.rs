//! One unit: every place that has it is looked at once.

use super::leftover::Leftovers;
use super::score::Score;
use super::{Content, Plan, Terms};

/// The best place for the order's only unit, or none where leaving it over is better.
pub(super) fn solve(terms: &Terms<'_>, leftovers: &mut Leftovers, plan: &mut Plan) {
    let Terms { problem, rates, layout } = *terms;
    let content = Content::default().with(rates.network, &problem.items[0], 1);
    let (left_over, _) = leftovers.score(problem, &[1]);
    let split = i128::from(problem.limits.split_penalty) * layout.cost;
    let mut best = (left_over, None);
    for (c, candidate) in problem.candidates.iter().enumerate() {
        if problem.usable(c, 0) == 0 {
            continue;
        }
        let Some(rate) = rates.rate(&candidate.standing, &content) else { continue };
        let cost = i128::from(rate + problem.taking(c, 0)[1]) * layout.cost;
        let tiers = problem.tier_score(problem.tier_units(c, 0), layout);
        let score = problem.parcel_score(candidate, layout) - split + cost + tiers;
        if score < best.0 {
            best = (score, Some(c));
        }
    }
    plan.steps = problem.candidates.len() as u32;
    plan.is_legal = best.0 < i128::INFINITE;
    plan.score = best.0;
    if let Some(candidate) = best.1 {
        plan.push(candidate, std::iter::once(1));
    }
}
