//! Plan search: the best of all legal ways to place the units of an order.
//!
//! Read [`problem`] for what is asked, [`planned`] for the answer, [`parcel`] for what sending costs.
//!
//! Owns: the choice of the method. Every method is exact:
//! - [`single`]: one unit: one look at every place;
//! - [`patterns`]: few units: every content of a parcel, then the best partition of the order into them;
//! - [`chain`]: the same with limits that tie the parcels of one location, or of the plan, together;
//! - [`sites`]: many units: branch and bound over the locations that take part.
//!
//! Refuses to know: why a location is in the problem. Invariant: a plan's score never exceeds that of any
//! other legal plan by more than the gap it states.

mod chain;
pub(crate) mod leaning;
mod leftover;
mod parcel;
mod patterns;
mod planned;
mod problem;
mod score;
mod single;
mod sites;

pub(crate) use parcel::{Content, Rates};
pub(crate) use planned::{Plan, PlannedParcel};
pub(crate) use problem::{BLOCKED, Candidate, Limits, Problem};
pub(crate) use score::FARTHEST_KM;
use score::Layout;

/// Most patterns that are listed one by one.
const MAX_PATTERNS: usize = 256;
/// Most products for which patterns are listed.
const MAX_PATTERN_ITEMS: usize = 8;
/// Most units for which patterns are listed: so many parcels there may be.
const MAX_PATTERN_UNITS: u32 = 48;

/// What every step of a search reads.
#[derive(Clone, Copy)]
struct Terms<'t> {
    problem: &'t Problem,
    rates: &'t Rates<'t>,
    layout: &'t Layout,
}

/// Memory that searches reuse.
#[derive(Default)]
pub(crate) struct Search {
    narrow: patterns::Patterns<i64>,
    wide: patterns::Patterns<i128>,
    sites: sites::Sites,
    leftovers: leftover::Leftovers,
    left: Vec<u32>,
}

impl Search {
    /// Finds the best plan.
    pub(crate) fn solve(&mut self, problem: &Problem, rates: &Rates<'_>, plan: &mut Plan) {
        plan.clear();
        let layout = Layout::new(&problem.ranges(rates.dearest(&problem.items)));
        self.leftovers.prepare(problem, &layout);
        if !problem.lacks_required_units() {
            let terms = Terms { problem, rates, layout: &layout };
            self.search(&terms, plan);
        }
        self.leave_over(problem, plan);
        plan.cost = problem.cost_of(plan, rates);
    }

    fn search(&mut self, terms: &Terms<'_>, plan: &mut Plan) {
        let items = &terms.problem.items;
        let patterns = items.iter().try_fold(1usize, |product, item| {
            let next = product * (item.quantity as usize + 1);
            (next <= MAX_PATTERNS).then_some(next)
        });
        let is_small = patterns.is_some()
            && items.len() <= MAX_PATTERN_ITEMS
            && terms.problem.units() <= MAX_PATTERN_UNITS;
        if items.len() == 1 && items[0].quantity == 1 {
            return single::solve(terms, &mut self.leftovers, plan);
        }
        match (is_small, terms.layout.is_narrow()) {
            (true, true) => self.narrow.solve(terms, &mut self.leftovers, plan),
            (true, false) => self.wide.solve(terms, &mut self.leftovers, plan),
            (false, _) => self.sites.solve(terms, &mut self.leftovers, plan),
        }
    }

    /// Divides what the plan leaves over into bundles and loose units.
    fn leave_over(&mut self, problem: &Problem, plan: &mut Plan) {
        if problem.bundles.is_empty() {
            return;
        }
        self.left.clear();
        self.left.extend((0..problem.items.len()).map(|item| problem.left_of(plan, item)));
        if plan.is_legal {
            self.leftovers.score(problem, &self.left);
            plan.bundles_left.extend_from_slice(self.leftovers.bundles_left());
        } else {
            plan.bundles_left.extend(problem.bundles.iter().map(|bundle| bundle.quantity));
        }
    }
}
