//! Plan search: the best of all legal ways to place the units of an order.
//!
//! Owns: the problem in numbers and the choice of the method. Every method is exact:
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
mod patterns;
mod score;
mod single;
mod sites;

use crate::demand::{Bundle, Demand, Item, Part};
use crate::screen::Standing;
use crate::tables::{NO_RATE, Slack, Tables, best_service};
use model::rules::MAX_TIERS;
use model::{Cost, Lane, Network, ParcelFacts, Weight, Zone};
pub(crate) use score::FARTHEST_KM;
use score::{Layout, Ranges};

/// Marks a number of units that a candidate cannot give.
pub(crate) const BLOCKED: i64 = i64::MAX / 8;

/// Most patterns that are listed one by one.
const MAX_PATTERNS: usize = 256;
/// Most products for which patterns are listed.
const MAX_PATTERN_ITEMS: usize = 8;

/// A location that can give at least one unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) standing: Standing,
    /// Added to every parcel by rules that prefer other places.
    pub(crate) preference: i64,
    /// What a parcel adds to each tier that counts kilometres.
    pub(crate) tier_km: [u32; MAX_TIERS],
}

impl Candidate {
    /// All that a parcel costs besides its rate, in the comparison.
    fn fixed(&self) -> i64 {
        self.standing.parcel_cost + self.preference
    }

    fn km(&self) -> u32 {
        self.standing.distance.km().min(FARTHEST_KM)
    }
}

/// What a plan must keep to.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Limits {
    pub(crate) max_parcels: Option<u32>,
    pub(crate) min_parcel_value: i64,
    pub(crate) is_one_place: bool,
    pub(crate) is_one_parcel_per_location: bool,
    pub(crate) split_penalty: i64,
    pub(crate) is_unfilled_priced: bool,
    pub(crate) is_unfilled_counted: bool,
    pub(crate) steps: u32,
}

/// The problem in numbers. Candidates are in the order of their location codes.
#[derive(Default)]
pub(crate) struct Problem {
    pub(crate) items: Vec<Item>,
    pub(crate) bundles: Vec<Bundle>,
    pub(crate) parts: Vec<Part>,
    pub(crate) candidates: Vec<Candidate>,
    /// First slot of each item; slot + k stands for k units of it.
    pub(crate) slots: Vec<usize>,
    pub(crate) stride: usize,
    /// By candidate and slot: what taking so many units costs, parcels aside.
    pub(crate) taking: Vec<i64>,
    /// By candidate and item.
    pub(crate) usable: Vec<u32>,
    pub(crate) records: Vec<u32>,
    /// By candidate and item: bit t is set where a unit adds one to tier t.
    pub(crate) tier_units: Vec<u8>,
    pub(crate) tiers: usize,
    pub(crate) tier_is_distance: [bool; MAX_TIERS],
    pub(crate) leanings: leaning::Leanings,
    pub(crate) limits: Limits,
}

impl Problem {
    /// Starts over for what is asked, keeping the memory.
    pub(crate) fn begin(&mut self, demand: &Demand, limits: Limits) {
        self.items.clone_from(&demand.items);
        self.bundles.clone_from(&demand.bundles);
        self.parts.clone_from(&demand.parts);
        self.candidates.clear();
        self.slots.clear();
        self.taking.clear();
        self.usable.clear();
        self.records.clear();
        self.tier_units.clear();
        self.leanings.clear();
        self.tiers = 0;
        self.tier_is_distance = [false; MAX_TIERS];
        self.limits = limits;
        self.stride = 0;
        for item in &self.items {
            self.slots.push(self.stride);
            self.stride += item.quantity as usize + 1;
        }
    }

    /// Adds a candidate that can give nothing yet, and returns its position.
    pub(crate) fn add(&mut self, standing: Standing) -> usize {
        let position = self.candidates.len();
        self.candidates.push(Candidate { standing, preference: 0, tier_km: [0; MAX_TIERS] });
        self.usable.resize(self.usable.len() + self.items.len(), 0);
        self.records.resize(self.records.len() + self.items.len(), u32::MAX);
        self.tier_units.resize(self.tier_units.len() + self.items.len(), 0);
        self.taking.resize(self.taking.len() + self.stride, BLOCKED);
        for &slot in &self.slots {
            self.taking[position * self.stride + slot] = 0;
        }
        position
    }

    pub(crate) fn usable(&self, candidate: usize, item: usize) -> u32 {
        self.usable[candidate * self.items.len() + item]
    }

    pub(crate) fn record(&self, candidate: usize, item: usize) -> u32 {
        self.records[candidate * self.items.len() + item]
    }

    fn taking(&self, candidate: usize, item: usize) -> &[i64] {
        let start = candidate * self.stride + self.slots[item];
        &self.taking[start..start + self.items[item].quantity as usize + 1]
    }

    fn tier_units(&self, candidate: usize, item: usize) -> u8 {
        self.tier_units[candidate * self.items.len() + item]
    }

    pub(crate) fn units(&self) -> u32 {
        self.items.iter().map(|item| item.quantity).sum()
    }

    /// Whether all candidates together cannot give what a legal plan must place.
    fn lacks_required_units(&self) -> bool {
        (0..self.items.len()).any(|i| {
            let usable = (0..self.candidates.len()).map(|c| u64::from(self.usable(c, i))).sum::<u64>();
            usable < u64::from(self.items[i].required)
        })
    }

    fn ranges(&self, dearest_parcel: i64) -> Ranges {
        let mut cost = 0i64;
        for (i, item) in self.items.iter().enumerate() {
            let mut most = if self.limits.is_unfilled_priced {
                item.unfilled.abs() * i64::from(item.quantity)
            } else {
                0
            };
            for candidate in 0..self.candidates.len() {
                for &taking in
                    &self.taking(candidate, i)[1..=self.usable(candidate, i).min(item.quantity) as usize]
                {
                    most = most.max(taking.abs());
                }
            }
            cost += most;
        }
        if self.limits.is_unfilled_priced {
            cost += self.bundles.iter().map(|b| b.unfilled.abs() * i64::from(b.quantity)).sum::<i64>();
        }
        let units = self.units();
        let (leaning, leaning_km) = self.leanings.most();
        let fixed = self.candidates.iter().map(|c| c.fixed().abs()).max().unwrap_or(0);
        let parcel = fixed + dearest_parcel + leaning;
        Ranges {
            units,
            cost: cost + (parcel + self.limits.split_penalty) * i64::from(units),
            farthest_km: self.candidates.iter().map(Candidate::km).max().unwrap_or(0),
            farthest_tier_km: self.candidates.iter().flat_map(|c| c.tier_km).fold(leaning_km, u32::max),
            tiers: self.tiers,
            tier_is_distance: self.tier_is_distance,
            has_unfilled_digit: self.limits.is_unfilled_counted,
        }
    }

    /// What one parcel of a candidate adds to the score, its rate and content aside.
    fn parcel_score(&self, candidate: &Candidate, layout: &Layout) -> i128 {
        let mut score =
            i128::from(candidate.fixed() + self.limits.split_penalty) * layout.cost + layout.parcel;
        score += i128::from(candidate.km() >> layout.distance_shift);
        for (tier, &km) in candidate.tier_km.iter().enumerate().take(self.tiers) {
            score += i128::from(km >> layout.distance_shift) * layout.tiers[tier];
        }
        score
    }

    /// What one unit adds to the tiers.
    fn tier_score(&self, bits: u8, layout: &Layout) -> i128 {
        (0..self.tiers).filter(|tier| bits >> tier & 1 == 1).map(|tier| layout.tiers[tier]).sum()
    }

    /// Whether a candidate may send more than one parcel.
    fn allows_many(&self, candidate: &Candidate) -> bool {
        !self.limits.is_one_parcel_per_location && candidate.standing.capacity > 1
    }
}

/// Physical content of a parcel.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Content {
    pub(crate) units: u32,
    pub(crate) quanta: i64,
    pub(crate) weight: Weight,
    /// Volume of the goods, without filling.
    pub(crate) goods_mm3: i64,
    pub(crate) longest_mm: u32,
    pub(crate) length_plus_girth_mm: u32,
}

impl Content {
    pub(crate) fn with(mut self, network: &Network, item: &Item, units: u32) -> Content {
        let product = network.product(item.product);
        self.units += units;
        self.quanta += item.quanta * i64::from(units);
        self.weight += product.weight.times(i64::from(units));
        self.goods_mm3 += product.dimensions.volume_mm3() * i64::from(units);
        if units > 0 {
            self.longest_mm = self.longest_mm.max(product.dimensions.longest_mm());
            self.length_plus_girth_mm =
                self.length_plus_girth_mm.max(product.dimensions.length_plus_girth_mm());
        }
        self
    }

    // tidy: allow bool — the field of the same name, handed through
    pub(crate) fn facts(&self, network: &Network, is_residential: bool) -> ParcelFacts {
        let fill = i64::from(network.settings.box_fill.0.max(1));
        ParcelFacts {
            weight: self.weight,
            volume_mm3: self.goods_mm3 * 10_000 / fill,
            longest_mm: self.longest_mm,
            length_plus_girth_mm: self.length_plus_girth_mm,
            is_residential,
        }
    }
}

/// What a parcel's rate is: from the table where weight says everything, else from the services.
#[derive(Clone, Copy)]
pub(crate) struct Rates<'s> {
    pub(crate) network: &'s Network,
    pub(crate) tables: &'s Tables,
    pub(crate) lane: Lane,
    pub(crate) is_residential: bool,
    pub(crate) uses_table: bool,
}

impl Rates<'_> {
    /// Rate, surcharges and lateness of one parcel in the comparison; `None`: no service takes it in time.
    fn rate(&self, standing: &Standing, content: &Content) -> Option<i64> {
        if self.lane != Lane::Ship {
            return Some(0);
        }
        if !self.uses_table {
            return self.quoted(standing.zone, standing.slack, content);
        }
        let step = self.tables.rates.step(content.quanta)?;
        let rate = self.tables.rates.rate(standing.rate_row, step);
        (rate != NO_RATE).then(|| i64::from(rate))
    }

    fn quoted(&self, zone: Zone, slack: Slack, content: &Content) -> Option<i64> {
        let facts = content.facts(self.network, self.is_residential);
        best_service(self.network, zone, &facts, slack).map(|offer| offer.comparable)
    }

    /// Whether one parcel from a candidate never costs more than two with the same content, up to the
    /// heaviest weight.
    fn merging_pays(&self, standing: &Standing) -> bool {
        self.lane != Lane::Ship || self.uses_table && self.tables.rates.merging_pays(standing.rate_row)
    }

    /// No parcel of these items has a higher rate.
    fn dearest(&self, items: &[Item]) -> i64 {
        if self.lane != Lane::Ship {
            return 0;
        }
        if self.uses_table {
            let quanta = items.iter().map(|item| item.quanta * i64::from(item.quantity)).sum();
            return self.tables.rates.dearest(quanta);
        }
        // Surcharges come on top of the dearest rate; they are few and bounded by their own sum.
        let surcharges: i64 = self
            .network
            .rates
            .services
            .iter()
            .flat_map(|s| s.surcharges.iter().map(|s| s.amount.0.abs()))
            .sum();
        let dearest = self
            .network
            .rates
            .services
            .iter()
            .flat_map(|s| s.zones.iter().flatten())
            .map(|step| step.rate.0)
            .max();
        dearest.unwrap_or(0) + surcharges + self.latest_cost()
    }

    fn latest_cost(&self) -> i64 {
        match self.network.settings.lateness {
            model::Lateness::Never => 0,
            model::Lateness::Priced { per_day } => per_day.0 * 30,
        }
    }
}

/// One parcel of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PlannedParcel {
    pub(crate) candidate: u32,
    /// Where its units by item begin in [`Plan::counts`].
    pub(crate) first: u32,
}

/// The answer of a search.
#[derive(Clone, Default, Debug)]
pub(crate) struct Plan {
    pub(crate) parcels: Vec<PlannedParcel>,
    pub(crate) counts: Vec<u32>,
    /// By bundle of the demand: how many are left over.
    pub(crate) bundles_left: Vec<u32>,
    /// No legal plan at all: nothing may be placed.
    pub(crate) is_legal: bool,
    /// In the comparison, preferences included.
    pub(crate) cost: Cost,
    /// How much cheaper an unseen plan might be, at most.
    pub(crate) gap: Cost,
    pub(crate) steps: u32,
    /// The whole score, to compare plans of one layout.
    pub(crate) score: i128,
}

impl Plan {
    pub(crate) fn clear(&mut self) {
        self.parcels.clear();
        self.counts.clear();
        self.bundles_left.clear();
        self.is_legal = false;
        self.cost = Cost::ZERO;
        self.gap = Cost::ZERO;
        self.steps = 0;
        self.score = i128::MAX;
    }

    pub(crate) fn counts_of(&self, parcel: &PlannedParcel, items: usize) -> &[u32] {
        &self.counts[parcel.first as usize..parcel.first as usize + items]
    }

    /// The plan of an order for one unit: candidate 0 sends it.
    pub(crate) fn take_only_unit(&mut self, cost: i64) {
        self.push(0, std::iter::once(1));
        self.cost = Cost(cost);
    }

    fn push(&mut self, candidate: usize, counts: impl Iterator<Item = u32>) {
        let first = self.counts.len() as u32;
        self.counts.extend(counts);
        self.parcels.push(PlannedParcel { candidate: candidate as u32, first });
    }
}

impl Problem {
    /// What a plan costs in the comparison: parcels, takings, further parcels, and leftovers where priced.
    fn cost_of(&self, plan: &Plan, rates: &Rates<'_>) -> Cost {
        let items = self.items.len();
        let mut cost = self.limits.split_penalty * (plan.parcels.len() as i64 - 1).max(0);
        for parcel in &plan.parcels {
            let candidate = &self.candidates[parcel.candidate as usize];
            let counts = plan.counts_of(parcel, items);
            let content =
                self.items.iter().zip(counts).fold(Content::default(), |content, (item, &units)| {
                    content.with(rates.network, item, units)
                });
            cost += candidate.fixed() + rates.rate(&candidate.standing, &content).unwrap_or(0);
            cost += self.leaning_cost(parcel.candidate as usize, counts);
        }
        for i in 0..self.items.len() {
            for candidate in 0..self.candidates.len() {
                let of_candidate =
                    plan.parcels.iter().filter(|parcel| parcel.candidate as usize == candidate);
                let units: u32 = of_candidate.map(|parcel| plan.counts_of(parcel, items)[i]).sum();
                if units > 0 {
                    cost += self.taking(candidate, i)[units as usize];
                }
            }
        }
        Cost(cost + self.unfilled_cost(plan))
    }

    /// What is left over of an item: all of it, less what the parcels take.
    fn left_of(&self, plan: &Plan, item: usize) -> u32 {
        let placed = |parcel| plan.counts_of(parcel, self.items.len())[item];
        self.items[item].quantity - plan.parcels.iter().map(placed).sum::<u32>()
    }

    /// What leftovers cost where they are priced.
    fn unfilled_cost(&self, plan: &Plan) -> i64 {
        if !self.limits.is_unfilled_priced {
            return 0;
        }
        let bundled = |item: usize| -> u32 {
            let of = |(bundle, &left): (&Bundle, &u32)| -> u32 {
                let parts = bundle.parts(&self.parts).iter();
                parts.filter(|part| usize::from(part.item) == item).map(|part| part.units * left).sum()
            };
            self.bundles.iter().zip(&plan.bundles_left).map(of).sum()
        };
        let bundles: i64 =
            self.bundles.iter().zip(&plan.bundles_left).map(|(b, &left)| b.unfilled * i64::from(left)).sum();
        let loose = |i: usize| i64::from(self.left_of(plan, i) - bundled(i)) * self.items[i].unfilled;
        bundles + (0..self.items.len()).map(loose).sum::<i64>()
    }
}

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
        let is_small = patterns.is_some() && items.len() <= MAX_PATTERN_ITEMS;
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
