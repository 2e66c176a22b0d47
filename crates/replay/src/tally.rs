//! Tallies: what the decisions of one variant add up to.
//!
//! Owns: every count and sum of a report, in integers. Refuses to know: how a decision was made.
//! Memory grows by location and day, never by order.

use crate::histogram::CostHistogram;
use crate::outcome::unfilled_cost;
use model::{
    BasisPoints, Cost, CostPart, Day, Decision, Distance, Lane, LocationId, Network, Note, Order, Outcome,
    Parcel, PartCosts, Remedy, Shortfall,
};
use std::collections::BTreeMap;

/// Orders by outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Outcomes {
    pub placed: u64,
    pub partly_placed: u64,
    pub not_placed: u64,
    pub held: u64,
}

/// What is proposed for units that no place fills: orders' lines and units by remedy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RemedyCount {
    pub lines: u64,
    pub units: u64,
}

/// Figures of one lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LaneTally {
    pub orders: u64,
    pub units: u64,
    pub units_placed: u64,
    pub parcels: u64,
    pub cost: Cost,
}

/// The work of one location.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LocationWork {
    /// Orders of which it sends at least one parcel.
    pub orders: u64,
    pub parcels: u64,
    pub units: u64,
    pub labor_seconds: u64,
    pub labor_cost: Cost,
    /// All parts of the landed cost of its parcels.
    pub cost: Cost,
    pub busiest_day: Option<Day>,
    pub busiest_day_parcels: u32,
    /// Busiest day's parcels ÷ capacity per day; above 10,000 when the day was overrun. `None`: no limit is set.
    pub busiest_share: Option<BasisPoints>,
    parcels_by_day: BTreeMap<Day, u32>,
}

/// Sums over the orders of one variant.
#[derive(Clone, Debug)]
pub struct Tally {
    pub orders: u64,
    pub units: u64,
    pub units_placed: u64,
    pub outcomes: Outcomes,
    /// Orders with at least one parcel.
    pub shipped_orders: u64,
    /// Orders with more than one parcel.
    pub split_orders: u64,
    pub parcels: u64,
    /// Ways of all parcels whose way is known.
    pub parcel_m: u64,
    pub costs: PartCosts,
    /// What preferences added to the comparisons; nobody pays it.
    pub preference: Cost,
    /// What units left over cost by their products' `unfilled_cost`, whether or not the settings price them.
    pub unfilled_cost: Cost,
    /// Gross margin of the placed units, before fulfillment.
    pub gross_margin: Cost,
    /// Shipped orders with a promised day, and those of them of which every parcel arrives in time.
    pub promised_orders: u64,
    pub kept_orders: u64,
    /// Days after the promise, over all parcels.
    pub late_days: u64,
    /// By location id.
    pub locations: Vec<LocationWork>,
    /// Why orders were held or not wholly placed: one reason per order, see [`Decision::shortfall`].
    pub reasons: BTreeMap<Shortfall, u64>,
    /// By code of the remedy.
    pub remedies: BTreeMap<&'static str, RemedyCount>,
    /// Notes by code: low stock, preferences set aside, search limit.
    pub notes: BTreeMap<&'static str, u64>,
    /// In the order of [`Lane::ALL`].
    pub lanes: [LaneTally; 3],
    pub cost_per_order: CostHistogram,
}

impl Tally {
    pub fn new(network: &Network) -> Tally {
        Tally {
            orders: 0,
            units: 0,
            units_placed: 0,
            outcomes: Outcomes::default(),
            shipped_orders: 0,
            split_orders: 0,
            parcels: 0,
            parcel_m: 0,
            costs: PartCosts::default(),
            preference: Cost::ZERO,
            unfilled_cost: Cost::ZERO,
            gross_margin: Cost::ZERO,
            promised_orders: 0,
            kept_orders: 0,
            late_days: 0,
            locations: vec![LocationWork::default(); network.locations.len()],
            reasons: BTreeMap::new(),
            remedies: BTreeMap::new(),
            notes: BTreeMap::new(),
            lanes: [LaneTally::default(); 3],
            cost_per_order: CostHistogram::new(network.currency),
        }
    }

    pub fn lane(&self, lane: Lane) -> &LaneTally {
        &self.lanes[lane as usize]
    }

    pub fn landed_cost(&self) -> Cost {
        self.costs.total()
    }

    /// Landed cost, with units left over priced once.
    pub fn cost_with_unfilled(&self) -> Cost {
        self.costs.total() - self.costs.get(CostPart::Unfilled) + self.unfilled_cost
    }

    /// Gross margin of what was placed, less landed cost.
    pub fn contribution_margin(&self) -> Cost {
        self.gross_margin - self.costs.total()
    }

    pub fn labor_seconds(&self) -> u64 {
        self.locations.iter().map(|work| work.labor_seconds).sum()
    }

    /// Adds one order with its decision.
    pub fn add(&mut self, network: &Network, order: &Order, decision: &Decision) {
        let placed = units_placed(order, decision);
        let units = u64::from(order.units());
        self.orders += 1;
        self.units += units;
        self.units_placed += placed;
        self.count_outcome(decision.outcome);
        self.costs.add_all(&decision.costs);
        self.preference += decision.preference;
        self.unfilled_cost += unfilled_cost(network, order, decision);
        self.cost_per_order.add(decision.landed_cost());
        let lane = &mut self.lanes[order.lane as usize];
        lane.orders += 1;
        lane.units += units;
        lane.units_placed += placed;
        lane.parcels += decision.parcels.len() as u64;
        lane.cost += decision.landed_cost();
        if !decision.parcels.is_empty() {
            self.add_parcels(network, order, decision);
        }
        self.add_rest(decision);
    }

    /// Counts why an order was held or not wholly placed. `decision` must be explained for the latter.
    pub fn add_reason(&mut self, decision: &Decision) {
        if let Some(shortfall) = decision.shortfall() {
            *self.reasons.entry(shortfall).or_default() += 1;
        }
    }

    fn count_outcome(&mut self, outcome: Outcome) {
        let count = match outcome {
            Outcome::Placed => &mut self.outcomes.placed,
            Outcome::PartlyPlaced => &mut self.outcomes.partly_placed,
            Outcome::NotPlaced => &mut self.outcomes.not_placed,
            Outcome::Held(_) => &mut self.outcomes.held,
        };
        *count += 1;
    }

    fn add_parcels(&mut self, network: &Network, order: &Order, decision: &Decision) {
        self.shipped_orders += 1;
        self.split_orders += u64::from(decision.parcels.len() > 1);
        self.parcels += decision.parcels.len() as u64;
        let mut last_location = None;
        for parcel in &decision.parcels {
            self.parcel_m +=
                if parcel.distance == Distance::UNKNOWN { 0 } else { u64::from(parcel.distance.0) };
            let is_new = last_location.replace(parcel.location) != Some(parcel.location);
            self.locations[parcel.location.index()].orders += u64::from(is_new);
            self.add_work(network, decision, parcel);
        }
        for placement in &decision.placements {
            let margin = network.product(placement.product).gross_margin;
            self.gross_margin += margin.times(i64::from(placement.quantity));
        }
        if let Some(promised) = order.deliver_by {
            let late = |parcel: &Parcel| u64::try_from(parcel.arrives.0 - promised.0).unwrap_or(0);
            let late_days: u64 = decision.parcels.iter().map(late).sum();
            self.promised_orders += 1;
            self.kept_orders += u64::from(late_days == 0);
            self.late_days += late_days;
        }
    }

    fn add_work(&mut self, network: &Network, decision: &Decision, parcel: &Parcel) {
        let location = network.location(parcel.location);
        let labor = &location.labor;
        let units: u64 = decision.placements_of(parcel).iter().map(|p| u64::from(p.quantity)).sum();
        let work = &mut self.locations[parcel.location.index()];
        work.parcels += 1;
        work.units += units;
        work.labor_seconds +=
            u64::from(labor.pack_seconds_per_parcel) + u64::from(labor.pick_seconds_per_unit) * units;
        work.labor_cost += parcel.costs.get(CostPart::Labor);
        work.cost += parcel.costs.total();
        let of_day = work.parcels_by_day.entry(parcel.dispatch.day).or_default();
        *of_day += 1;
        if *of_day > work.busiest_day_parcels {
            work.busiest_day = Some(parcel.dispatch.day);
            work.busiest_day_parcels = *of_day;
            work.busiest_share = location.capacity_parcels_per_day.map(|capacity| {
                let capacity = u64::from(capacity.max(1));
                let share = (u64::from(work.busiest_day_parcels) * 10_000 + capacity / 2) / capacity;
                BasisPoints(u16::try_from(share).unwrap_or(u16::MAX))
            });
        }
    }

    fn add_rest(&mut self, decision: &Decision) {
        for leftover in &decision.leftovers {
            let count = self.remedies.entry(leftover.remedy.code()).or_default();
            count.lines += 1;
            count.units += u64::from(leftover.quantity);
        }
        for note in &decision.notes {
            if !matches!(note, Note::NoCoordinates { .. }) {
                *self.notes.entry(note.code()).or_default() += 1;
            }
        }
    }

    pub fn work(&self, location: LocationId) -> &LocationWork {
        &self.locations[location.index()]
    }

    /// Reasons with their orders, most orders first.
    pub fn commonest_reasons(&self) -> Vec<(Shortfall, u64)> {
        let mut all: Vec<(Shortfall, u64)> =
            self.reasons.iter().map(|(&why, &orders)| (why, orders)).collect();
        all.sort_by_key(|&(_, orders)| std::cmp::Reverse(orders));
        all
    }

    pub fn remedy(&self, remedy: Remedy) -> RemedyCount {
        self.remedies.get(remedy.code()).copied().unwrap_or_default()
    }
}

/// Units of the order's lines that have a place; a bundle is one unit.
fn units_placed(order: &Order, decision: &Decision) -> u64 {
    let all = u64::from(order.units());
    match decision.outcome {
        Outcome::Placed => all,
        Outcome::PartlyPlaced => {
            let left: u64 = decision.leftovers.iter().map(|leftover| u64::from(leftover.quantity)).sum();
            all.saturating_sub(left)
        }
        Outcome::NotPlaced | Outcome::Held(_) => 0,
    }
}

#[cfg(test)]
mod tests;
