//! Which limit keeps units back that places could send: the search again, with one limit taken away at a time.
//!
//! Owns: the limits that are asked about, and in which order. What fills more of a line without a limit is kept back by
//! it. Refuses to know: stock.

use crate::decide::{Question, Work, limits, rates};
use crate::gather::gather;
use crate::plan::{Limits, Plan, Problem};
use crate::screen::{Blocked, Facts};
use model::{Cause, Decision, Lane, Leftover, LocationId, ParcelsPerLocation, Reason, UnfilledWeight};

/// Steps of a search that only looks for a cause.
const STEPS: u32 = 200_000;

/// A limit that may be taken away.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    MaxParcels,
    MinParcelValue,
    Capacity,
    OneParcel,
    Preferences,
    All,
}

impl Limit {
    const ALL: [Limit; 6] = [
        Limit::MaxParcels,
        Limit::MinParcelValue,
        Limit::Capacity,
        Limit::OneParcel,
        Limit::Preferences,
        Limit::All,
    ];

    /// What is told where this limit keeps units back; `None`: it is not there.
    fn cause(self, question: &Question<'_>) -> Option<Cause> {
        let policy = question.policy;
        match self {
            Limit::MaxParcels => policy.max_parcels_by.map(|rule| Cause::NoParcelLeft { rule }),
            Limit::MinParcelValue => policy.min_parcel_value_by.map(|rule| Cause::NoParcelLeft { rule }),
            // Which place is full is asked when one is.
            Limit::Capacity => Some(Cause::Out(Reason::CapacityFull { capacity: 0 })),
            Limit::OneParcel => {
                let is_one = question.facts.network.settings.parcels == ParcelsPerLocation::One;
                (is_one && question.facts.order.lane == Lane::Ship).then_some(Cause::NoPlan)
            }
            Limit::Preferences => policy.dearest_preference().map(|rule| Cause::Outweighed { rule }),
            Limit::All => Some(Cause::NoPlan),
        }
    }

    fn takes(self, limit: Limit) -> bool {
        self == limit || self == Limit::All
    }

    fn limits(self, question: &Question<'_>) -> Limits {
        let mut limits = limits(question.facts, question.policy);
        limits.steps = limits.steps.min(STEPS);
        if self.takes(Limit::MaxParcels) {
            limits.max_parcels = None;
        }
        if self.takes(Limit::MinParcelValue) {
            limits.min_parcel_value = 0;
        }
        if self.takes(Limit::OneParcel) {
            limits.is_one_parcel_per_location = question.facts.order.lane != Lane::Ship;
        }
        limits
    }

    fn lift(self, problem: &mut Problem) {
        if self.takes(Limit::Capacity) {
            problem.lift_capacity();
        }
        if self.takes(Limit::Preferences) {
            problem.forget_preferences();
        }
    }
}

/// Gives a cause to every leftover that has none.
pub(super) fn record(question: &Question<'_>, work: &mut Work, decision: &mut Decision) {
    let is_open = |left: &Leftover| left.cause.is_none();
    for limit in Limit::ALL {
        if !decision.leftovers.iter().any(is_open) {
            return;
        }
        let Some(cause) = limit.cause(question) else { continue };
        gather(question, work, limit.limits(question));
        limit.lift(&mut work.problem);
        let Work { problem, search, trial, .. } = work;
        search.solve(problem, &rates(question.facts), trial);
        for i in 0..decision.leftovers.len() {
            let left = decision.leftovers[i];
            if left.cause.is_some() || !fills_more(question, (problem, trial), &left, decision) {
                continue;
            }
            let full = match limit {
                Limit::Capacity => full_place(question.facts, (problem, trial), decision),
                _ => None,
            };
            decision.leftovers[i].cause = Some(full.map_or(cause, Cause::Out));
        }
    }
    let settings = &question.facts.network.settings;
    let is_weighed = settings.unfilled == UnfilledWeight::Priced && question.policy.tiers.is_empty();
    let rest = if is_weighed { Cause::TooDear } else { Cause::NoPlan };
    for left in decision.leftovers.iter_mut().filter(|left| left.cause.is_none()) {
        left.cause = Some(rest);
    }
}

/// The trial leaves less of the line over than the decision does, and no more of everything else.
fn fills_more(
    question: &Question<'_>,
    (problem, trial): (&Problem, &Plan),
    left: &Leftover,
    decision: &Decision,
) -> bool {
    let demand = question.demand;
    let placed: u32 = decision.placements.iter().map(|sent| sent.quantity).sum();
    let left_over: u32 = (0..demand.items.len()).map(|item| problem.left_of(trial, item)).sum();
    if !trial.is_legal || left_over + placed >= problem.units() {
        return false;
    }
    if let Some(bundle) = demand.bundles.iter().position(|bundle| bundle.line == left.line) {
        return trial.bundles_left[bundle] < left.quantity;
    }
    let product = |left: &Leftover| question.facts.order.lines[usize::from(left.line)].product;
    let Some(item) = demand.items.iter().position(|item| item.product == product(left)) else { return false };
    // What bundles leave of it is left with them.
    let with_bundles: u32 = demand
        .bundles
        .iter()
        .zip(&trial.bundles_left)
        .map(|(bundle, &left)| {
            let parts = bundle.parts(&demand.parts).iter().filter(|part| usize::from(part.item) == item);
            parts.map(|part| part.units * left).sum::<u32>()
        })
        .sum();
    let loose = decision.leftovers.iter().filter(|other| product(other) == product(left));
    problem.left_of(trial, item) - with_bundles < loose.map(|other| other.quantity).sum()
}

/// Why the first place that would send more parcels than it may is full.
fn full_place(facts: &Facts<'_>, (problem, trial): (&Problem, &Plan), decision: &Decision) -> Option<Reason> {
    let place = trial.parcels.iter().find_map(|parcel| {
        let location = problem.candidates[parcel.candidate as usize].standing.location;
        let planned = trial.parcels.iter().filter(|other| other.candidate == parcel.candidate).count();
        let sent = decision.parcels.iter().filter(|parcel| parcel.location == location).count();
        (planned > sent).then_some(location)
    });
    place.map(|location: LocationId| {
        let site = facts.tables.site(location);
        let is_window = site.window_capacity < site.capacity;
        facts.reason(location, if is_window { Blocked::WindowFull } else { Blocked::DayFull })
    })
}
