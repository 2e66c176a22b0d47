//! Pricing a plan that somebody else made: the landed cost of given places, by the formulas of docs/cost.md.
//!
//! Owns: turning assignments into a [`Decision`] with parcels, services, arrivals and costs, so that tallies and
//! comparisons need not know who decided.
//! Refuses to know: whether the plan was legal. What was done was done: a late parcel takes the fastest service,
//! a shelf that the records show empty gives its unit all the same.
//! Invariant: where the places are those of a decision of the engine with one parcel per place, costs are equal.

mod stop;

use crate::actual::{ActualBook, Assigned};
use model::{
    Cost, CostPart, Decision, Dispatch, Lane, Leftover, Load, LocationId, Network, Order, Outcome, Parcel,
    ParcelsPerLocation, Placement, ProductId, RecordId, Remedy, Stock, Timestamp, UnfilledWeight,
};
use stop::Stop;

/// Stands for the record of a product that its location has none of.
const NO_RECORD: RecordId = RecordId(u32::MAX);
/// Units of one line's product at one place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Piece {
    location: LocationId,
    product: ProductId,
    line: u16,
    units: u32,
}

/// Prices given assignments, order by order, with memory that is used again.
pub struct Pricer<'a> {
    network: &'a Network,
    book: &'a ActualBook,
    decision: Decision,
    pieces: Vec<Piece>,
    /// Units of each line that are still without a place.
    left: Vec<u32>,
    /// The book knows something of the latest order.
    is_known: bool,
}

impl<'a> Pricer<'a> {
    pub fn new(network: &'a Network, book: &'a ActualBook) -> Pricer<'a> {
        Pricer {
            network,
            book,
            decision: Decision::default(),
            pieces: Vec::new(),
            left: Vec::new(),
            is_known: false,
        }
    }

    /// The decision that was priced last.
    pub fn decided(&self) -> &Decision {
        &self.decision
    }

    /// Whether the book knows anything of the latest order; else it was priced as not placed.
    pub fn is_known(&self) -> bool {
        self.is_known
    }

    /// The decision that was taken, with what it cost on this stock.
    pub fn decide(&mut self, stock: &Stock, order: &Order, now: Timestamp) -> &Decision {
        self.decision.clear();
        self.decision.decided_at = now;
        self.decision.rule_set = 0;
        let assigned = self.book.of_order(&order.id);
        self.is_known = assigned.is_some();
        self.read(order, assigned.unwrap_or_default());
        let mut from = 0;
        while let Some(first) = self.pieces.get(from) {
            let location = first.location;
            let run = self.pieces[from..].iter().take_while(|piece| piece.location == location).count();
            let stop = Stop::new(self.network, (stock, order, now), location);
            pack(&stop, &self.pieces[from..from + run], &mut self.decision);
            from += run;
        }
        self.close(order);
        &self.decision
    }

    /// Lists the pieces by place and product; more than a line asked for is left out.
    fn read(&mut self, order: &Order, assigned: &[Assigned]) {
        self.pieces.clear();
        self.left.clear();
        self.left.extend(order.lines.iter().map(|line| line.quantity));
        for row in assigned {
            let Some(i) = order.lines.iter().position(|line| line.number == row.line) else { continue };
            let quantity = row.quantity.min(self.left[i]);
            self.left[i] -= quantity;
            let product = order.lines[i].product;
            let whole = Piece { location: row.location, product, line: i as u16, units: quantity };
            let components = &self.network.product(product).components;
            self.pieces.extend(components.iter().map(|part| Piece {
                product: part.product,
                units: part.quantity * quantity,
                ..whole
            }));
            if components.is_empty() {
                self.pieces.push(whole);
            }
        }
        self.pieces.retain(|piece| piece.units > 0);
        self.pieces.sort_unstable();
    }

    /// What belongs to the order as a whole.
    fn close(&mut self, order: &Order) {
        let settings = &self.network.settings;
        let further = self.decision.parcels.len().saturating_sub(1) as i64;
        if settings.parts.is_on(CostPart::Split) {
            self.decision.costs.add(CostPart::Split, settings.split_penalty.times(further));
        }
        let is_priced =
            settings.unfilled == UnfilledWeight::Priced && settings.parts.is_on(CostPart::Unfilled);
        for (i, &quantity) in self.left.iter().enumerate().filter(|(_, left)| **left > 0) {
            if is_priced {
                let each = self.network.product(order.lines[i].product).unfilled_cost;
                self.decision.costs.add(CostPart::Unfilled, each.times(i64::from(quantity)));
            }
            self.decision.leftovers.push(Leftover {
                line: i as u16,
                quantity,
                remedy: Remedy::Cancel,
                cause: None,
            });
        }
        self.decision.outcome = match (self.decision.parcels.is_empty(), self.decision.leftovers.is_empty()) {
            (_, true) => Outcome::Placed,
            (false, false) => Outcome::PartlyPlaced,
            (true, false) => Outcome::NotPlaced,
        };
    }
}

/// One parcel if a service takes it, else as many as it needs, filled unit by unit.
fn pack(stop: &Stop<'_>, pieces: &[Piece], decision: &mut Decision) {
    let is_one = stop.order.lane != Lane::Ship
        || stop.network.settings.parcels == ParcelsPerLocation::One
        || stop.offer(&stop.contents(pieces).0).is_some();
    if is_one {
        return seal(stop, pieces, decision);
    }
    let mut open: Vec<Piece> = Vec::new();
    for piece in pieces {
        for _ in 0..piece.units {
            let one = Piece { units: 1, ..*piece };
            let mut fuller = open.clone();
            match fuller.last_mut() {
                Some(last) if (last.product, last.line) == (one.product, one.line) => last.units += 1,
                _ => fuller.push(one),
            }
            if open.is_empty() || stop.offer(&stop.contents(&fuller).0).is_some() {
                open = fuller;
            } else {
                seal(stop, &open, decision);
                open = vec![one];
            }
        }
    }
    seal(stop, &open, decision);
}

/// Writes one parcel into the decision.
fn seal(stop: &Stop<'_>, pieces: &[Piece], decision: &mut Decision) {
    let (facts, weight) = stop.contents(pieces);
    let travel = stop.travel(&facts);
    let mut costs = travel.costs;
    let first_placement = decision.placements.len();
    for piece in pieces {
        let record = stop.stock.record(piece.product, stop.location).unwrap_or(NO_RECORD);
        let same = decision.placements.iter().filter(|placement| {
            placement.record == record && placement.product == piece.product && record != NO_RECORD
        });
        let before: u32 = same.map(|placement| placement.quantity).sum();
        stop.add_taking((record, piece.units, before), &mut costs);
        decision.placements.push(Placement {
            line: piece.line,
            product: piece.product,
            record,
            quantity: piece.units,
        });
    }
    decision.costs.add_all(&costs);
    decision.parcels.push(Parcel {
        location: stop.location,
        service: travel.service,
        zone: travel.service.map(|_| stop.zone),
        distance: stop.distance,
        weight,
        dispatch: stop.dispatch,
        arrives: travel.arrives,
        ready_at: travel.ready_at,
        costs,
        preference: Cost::ZERO,
        first_placement: first_placement as u16,
        placement_count: pieces.len() as u16,
    });
}

/// Takes what was sent out of the stock and counts its parcels. Units beyond the records are taken from nowhere;
/// how many is returned.
pub fn take(stock: &mut Stock, decision: &Decision) -> u64 {
    let mut beyond = 0;
    for placement in &decision.placements {
        let there = match placement.record {
            NO_RECORD => 0,
            record => stock.available(record).max(0) as u32,
        };
        let taken = placement.quantity.min(there);
        beyond += u64::from(placement.quantity - taken);
        if taken > 0 {
            stock.commit(placement.record, taken);
        }
    }
    for parcel in &decision.parcels {
        let Dispatch { day, window, .. } = parcel.dispatch;
        let mut load = stock.load(parcel.location);
        if load.day != day {
            load = Load { day, window, ..Load::default() };
        } else if load.window != window {
            load.window = window;
            load.window_parcels = 0;
        }
        load.day_parcels += 1;
        load.window_parcels += 1;
        stock.set_load(parcel.location, load);
    }
    beyond
}

#[cfg(test)]
mod tests;
