//! Pricing a plan that somebody else made: the landed cost of given places, by the engine's cost functions.
//!
//! Owns: turning assignments into a [`Decision`] with parcels, services, arrivals and costs, so that tallies and
//! comparisons need not know who decided.
//! Refuses to know: whether the plan was legal. What was done was done: a late parcel takes the fastest service,
//! a shelf that the records show empty gives its unit all the same.
//! Invariant: where the places are those of a decision of the engine with one parcel per place, costs are equal.

use crate::actual::{ActualBook, Assigned};
use model::{
    Cost, CostPart, Day, Decision, Dispatch, Distance, Lane, Lateness, Leftover, LocationId, Load, Network, Order, Outcome,
    Parcel, ParcelFacts, ParcelsPerLocation, PartCosts, Placement, ProductId, Quote, RecordId, Remedy, ServiceChoice,
    ServiceId, Stock, Timestamp, UnfilledWeight, Weight, Zone,
};

/// Stands for the record of a product that its location has none of.
const NO_RECORD: RecordId = RecordId(u32::MAX);
/// Days of lateness that are priced, as in the engine.
const LATEST_DAYS: i32 = 30;
/// Transit days that an order without a promise allows, as in the engine.
const NO_PROMISE: i32 = 255;

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
    orders_without_actual: u64,
}

/// What is asked about a place for one order.
struct Stop<'s> {
    network: &'s Network,
    stock: &'s Stock,
    order: &'s Order,
    location: LocationId,
    zone: Zone,
    distance: Distance,
    dispatch: Dispatch,
    now: Timestamp,
}

struct Travel {
    service: Option<ServiceId>,
    arrives: Day,
    ready_at: Option<Timestamp>,
    costs: PartCosts,
}

impl<'a> Pricer<'a> {
    pub fn new(network: &'a Network, book: &'a ActualBook) -> Pricer<'a> {
        Pricer {
            network,
            book,
            decision: Decision::default(),
            pieces: Vec::new(),
            left: Vec::new(),
            orders_without_actual: 0,
        }
    }

    /// Orders so far of which the book knows nothing; each was priced as not placed.
    pub fn orders_without_actual(&self) -> u64 {
        self.orders_without_actual
    }

    /// The decision that was taken, with what it cost on this stock.
    pub fn decide(&mut self, stock: &Stock, order: &Order, now: Timestamp) -> &Decision {
        self.decision.clear();
        self.decision.decided_at = now;
        self.decision.rule_set = 0;
        let assigned = self.book.of_order(&order.id);
        self.orders_without_actual += u64::from(assigned.is_none());
        self.read(order, assigned.unwrap_or_default());
        let mut from = 0;
        while let Some(first) = self.pieces.get(from) {
            let location = first.location;
            let run = self.pieces[from..].iter().take_while(|piece| piece.location == location).count();
            let stop = stop(self.network, (stock, order, now), location);
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
            self.pieces.extend(
                components
                    .iter()
                    .map(|part| Piece { product: part.product, units: part.quantity * quantity, ..whole }),
            );
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
            self.decision.leftovers.push(Leftover { line: i as u16, quantity, remedy: Remedy::Cancel });
        }
        self.decision.outcome = match (self.decision.parcels.is_empty(), self.decision.leftovers.is_empty()) {
            (_, true) => Outcome::Placed,
            (false, false) => Outcome::PartlyPlaced,
            (true, false) => Outcome::NotPlaced,
        };
    }
}

fn stop<'s>(
    network: &'s Network,
    (stock, order, now): (&'s Stock, &'s Order, Timestamp),
    location: LocationId,
) -> Stop<'s> {
    let place = network.location(location);
    let (zone, distance) = match (order.destination.place, order.destination.point) {
        (Some(known), _) => {
            let ways = network.ways(known);
            (ways.zones[location.index()], ways.distances[location.index()])
        }
        (None, Some(point)) => network.way(place, point),
        (None, None) => (network.rates.zone_for(Distance::UNKNOWN), Distance::UNKNOWN),
    };
    let closed = Dispatch { cutoff: Timestamp::MAX, day: now.utc_day(), window: 0 };
    let dispatch = place.calendar.dispatch_after(now, place.handling_days).map_or(closed, |found| found.0);
    Stop { network, stock, order, location, zone, distance, dispatch, now }
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

impl Stop<'_> {
    fn contents(&self, pieces: &[Piece]) -> (ParcelFacts, Weight) {
        let mut facts = ParcelFacts {
            is_residential: self.order.destination.is_residential,
            ..ParcelFacts::default()
        };
        for piece in pieces {
            let product = self.network.product(piece.product);
            let units = i64::from(piece.units);
            facts.weight += product.weight.times(units);
            facts.volume_mm3 += product.dimensions.volume_mm3() * units;
            facts.longest_mm = facts.longest_mm.max(product.dimensions.longest_mm());
            facts.length_plus_girth_mm =
                facts.length_plus_girth_mm.max(product.dimensions.length_plus_girth_mm());
        }
        let fill = i64::from(self.network.settings.box_fill.0.max(1));
        facts.volume_mm3 = facts.volume_mm3 * 10_000 / fill;
        (facts, facts.weight)
    }

    /// Days left for transit until the promised day.
    fn slack(&self, from: Day) -> i32 {
        self.order.deliver_by.map_or(NO_PROMISE, |by| self.network.transit_days_between(from, by))
    }

    /// The service taken: as the engine chooses among those that are in time; when none is, the fastest.
    fn offer(&self, parcel: &ParcelFacts) -> Option<(ServiceId, Quote)> {
        let slack = self.slack(self.dispatch.day);
        let may_be_late = self.network.settings.lateness != Lateness::Never;
        let quotes = self.network.rates.services.iter().enumerate();
        let quoted = quotes.filter_map(|(i, service)| {
            Some((ServiceId(i as u8), service.quote(self.zone, parcel)?))
        });
        let in_time = |(_, quote): &(ServiceId, Quote)| may_be_late || i32::from(quote.transit_days) <= slack;
        let mut timely = quoted.clone().filter(in_time);
        let chosen = match self.network.rates.choice {
            ServiceChoice::InOrder => timely.next(),
            ServiceChoice::Cheapest => timely.min_by_key(|(id, quote)| (self.comparable(quote), *id)),
        };
        chosen.or_else(|| quoted.min_by_key(|(id, quote)| (quote.transit_days, self.comparable(quote), *id)))
    }

    fn late_days(&self, quote: &Quote) -> i64 {
        let late = i32::from(quote.transit_days) - self.slack(self.dispatch.day);
        i64::from(late.clamp(0, LATEST_DAYS))
    }

    /// Postage, surcharges and lateness that are switched on.
    fn comparable(&self, quote: &Quote) -> Cost {
        let mut costs = PartCosts::default();
        self.add(&mut costs, CostPart::Postage, quote.rate);
        self.add(&mut costs, CostPart::Surcharge, quote.surcharge);
        self.add(&mut costs, CostPart::Lateness, self.per_late_day().times(self.late_days(quote)));
        costs.total()
    }

    fn per_late_day(&self) -> Cost {
        match self.network.settings.lateness {
            Lateness::Never => Cost::ZERO,
            Lateness::Priced { per_day } => per_day,
        }
    }

    fn add(&self, costs: &mut PartCosts, part: CostPart, cost: Cost) {
        if self.network.settings.parts.is_on(part) {
            costs.add(part, cost);
        }
    }

    /// Service, arrival and cost of a parcel, its units aside.
    fn travel(&self, parcel: &ParcelFacts) -> Travel {
        let place = self.network.location(self.location);
        let mut travel = Travel {
            service: None,
            arrives: self.dispatch.day,
            ready_at: None,
            costs: PartCosts::default(),
        };
        self.add(&mut travel.costs, CostPart::Labor, place.labor.pack_per_parcel);
        if self.order.lane != Lane::Pickup {
            self.add(&mut travel.costs, CostPart::Packaging, place.labor.packaging_per_parcel);
        }
        match self.order.lane {
            Lane::Ship => {
                let Some((service, quote)) = self.offer(parcel) else { return travel };
                travel.service = Some(service);
                travel.arrives = self.network.arrival(self.dispatch.day, quote.transit_days);
                self.add(&mut travel.costs, CostPart::Postage, quote.rate);
                self.add(&mut travel.costs, CostPart::Surcharge, quote.surcharge);
                let late = self.per_late_day().times(self.late_days(&quote));
                self.add(&mut travel.costs, CostPart::Lateness, late);
                return travel;
            }
            Lane::Pickup => {
                travel.ready_at = self.ready_at();
                travel.arrives = travel.ready_at.map_or(self.dispatch.day, Timestamp::utc_day);
            }
            Lane::LocalDelivery => {
                let km = i64::from(self.distance.0.div_ceil(1_000));
                let fee = place.local_delivery_fee + place.local_delivery_per_km.times(km);
                self.add(&mut travel.costs, CostPart::Postage, fee);
            }
        }
        let late = i64::from((-self.slack(travel.arrives)).max(0));
        self.add(&mut travel.costs, CostPart::Lateness, self.per_late_day().times(late));
        travel
    }

    /// After so many minutes of opening time.
    fn ready_at(&self) -> Option<Timestamp> {
        let place = self.network.location(self.location);
        let mut left_ms = i64::from(place.pickup_minutes) * Timestamp::MINUTE_MS;
        let mut at = self.now;
        loop {
            let span = place.calendar.open_span_at_or_after(at)?;
            let begin = at.max(span.from);
            if span.to == Timestamp::MAX || span.to.0 - begin.0 >= left_ms {
                return Some(Timestamp(begin.0 + left_ms));
            }
            left_ms -= span.to.0 - begin.0;
            at = span.to;
        }
    }

    /// What taking units from a shelf costs, `before` of them being gone already.
    fn add_taking(&self, (record, units, before): (RecordId, u32, u32), costs: &mut PartCosts) {
        let picking = self.network.location(self.location).labor.pick_per_unit;
        self.add(costs, CostPart::Labor, picking.times(i64::from(units)));
        if record == NO_RECORD {
            return;
        }
        let worth = self.stock.worth(record);
        self.add(costs, CostPart::Markdown, -Cost(i64::from(worth.markdown)).times(i64::from(units)));
        self.add(costs, CostPart::Scarcity, Cost(i64::from(worth.scarcity)).times(i64::from(units)));
        // Units beyond the record are as dear as the last one.
        for unit in before..before + units {
            let remaining = (self.stock.available(record) - unit as i32).max(1);
            let all = self.stock.depth_cost(worth, remaining);
            let risk = self.stock.depth_risk(worth, remaining);
            costs.add(CostPart::Risk, Cost(risk));
            costs.add(CostPart::Opportunity, Cost(all - risk));
        }
    }
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
