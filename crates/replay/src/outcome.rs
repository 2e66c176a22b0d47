//! What one decision came to, small enough to be carried from a variant to the comparison.
//!
//! Owns: the places that give units, in one order whatever way the decision lists them, and the cost.

use model::{Cost, CostPart, Decision, LocationId, Network, Order, Outcome, PartCosts, ProductId};

/// Units of a line that one place gives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Share {
    pub line: u16,
    /// The line's product, or a component of its bundle.
    pub product: ProductId,
    pub location: LocationId,
    pub units: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OrderOutcome {
    pub costs: PartCosts,
    /// What the units left over cost by their products' `unfilled_cost`, whether or not the settings price them.
    pub unfilled_cost: Cost,
    pub is_placed: bool,
    /// No variant is charged with it.
    pub is_left_out: bool,
    /// By line, product and location; one entry for each.
    pub shares: Vec<Share>,
}

impl OrderOutcome {
    /// Landed cost, with units left over priced once: what two decisions that fill differently are compared by.
    pub fn cost_with_unfilled(&self) -> Cost {
        self.parts_with_unfilled().total()
    }

    /// The same part by part.
    pub fn parts_with_unfilled(&self) -> PartCosts {
        let mut parts = self.costs;
        parts.add(CostPart::Unfilled, self.unfilled_cost - self.costs.get(CostPart::Unfilled));
        parts
    }

    /// Takes over a decision, keeping the memory of an earlier one.
    pub fn read(&mut self, network: &Network, order: &Order, decision: &Decision) {
        self.costs = decision.costs;
        self.unfilled_cost = unfilled_cost(network, order, decision);
        self.is_placed = decision.outcome == Outcome::Placed;
        self.shares.clear();
        for parcel in &decision.parcels {
            self.shares.extend(decision.placements_of(parcel).iter().map(|placement| Share {
                line: placement.line,
                product: placement.product,
                location: parcel.location,
                units: placement.quantity,
            }));
        }
        if self.shares.len() > 1 {
            self.shares.sort_unstable();
            self.shares.dedup_by(|next, kept| {
                let same =
                    (next.line, next.product, next.location) == (kept.line, kept.product, kept.location);
                if same {
                    kept.units += next.units;
                }
                same
            });
        }
    }

    /// Units by location, sorted.
    pub fn places(&self) -> Vec<(LocationId, u32)> {
        let mut places: Vec<(LocationId, u32)> = Vec::new();
        for share in &self.shares {
            match places.binary_search_by_key(&share.location, |place| place.0) {
                Ok(found) => places[found].1 += share.units,
                Err(at) => places.insert(at, (share.location, share.units)),
            }
        }
        places
    }
}

/// What the units that a decision leaves over cost.
pub fn unfilled_cost(network: &Network, order: &Order, decision: &Decision) -> Cost {
    let of = |leftover: &model::Leftover| {
        let line = &order.lines[usize::from(leftover.line)];
        network.product(line.product).unfilled_cost.times(i64::from(leftover.quantity))
    };
    decision.leftovers.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{self, parcel, placement};

    #[test]
    fn two_decisions_that_give_the_same_units_look_the_same() {
        let one = Decision {
            parcels: vec![parcel(1, 0, 2), parcel(2, 2, 1)],
            placements: vec![placement(0, 3), placement(1, 1), placement(0, 2)],
            ..Decision::default()
        };
        let other = Decision {
            parcels: vec![parcel(2, 0, 1), parcel(1, 1, 2), parcel(1, 3, 1)],
            placements: vec![placement(0, 2), placement(1, 1), placement(0, 1), placement(0, 2)],
            ..Decision::default()
        };
        let (mut a, mut b) = (OrderOutcome::default(), OrderOutcome::default());
        let (network, _) = fixture::one_shelf(1);
        let order = fixture::order(&[5, 1], None);
        a.read(&network, &order, &one);
        b.read(&network, &order, &other);
        assert_eq!(a.shares, b.shares);
        assert_eq!(a.places(), [(LocationId(1), 4), (LocationId(2), 2)]);
        a.read(&network, &order, &Decision::default());
        assert!(a.shares.is_empty());
    }

    #[test]
    fn units_left_over_are_priced_once_whatever_the_settings() {
        let (mut network, _) = fixture::one_shelf(1);
        network.products[0].unfilled_cost = Cost(50_000);
        let order = fixture::order(&[5], None);
        let leftover = model::Leftover { line: 0, quantity: 2, remedy: model::Remedy::Cancel, cause: None };
        let mut decision = Decision { leftovers: vec![leftover], ..Decision::default() };
        decision.costs.add(CostPart::Postage, Cost(30_000));
        let mut outcome = OrderOutcome::default();
        outcome.read(&network, &order, &decision);
        assert_eq!(outcome.cost_with_unfilled(), Cost(130_000));
        decision.costs.add(CostPart::Unfilled, Cost(100_000));
        outcome.read(&network, &order, &decision);
        assert_eq!(outcome.cost_with_unfilled(), Cost(130_000));
    }
}
