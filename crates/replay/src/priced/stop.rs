//! One place asked about one order: its zone, its dispatch, its services, and what taking its units costs.
//!
//! Owns: the formulas of the landed cost, as in the engine, without its refusals.
//! Refuses to know: which units go into which parcel.

use super::{NO_RECORD, Piece};
use model::{
    Cost, CostPart, Day, Dispatch, Distance, Lane, Lateness, LocationId, Network, Order, ParcelFacts,
    PartCosts, Quote, RecordId, ServiceChoice, ServiceId, Stock, Timestamp, Weight, Zone,
};

/// Days of lateness that are priced, as in the engine.
const LATEST_DAYS: i32 = 30;
/// Transit days that an order without a promise allows, as in the engine.
const NO_PROMISE: i32 = 255;

/// What is asked about a place for one order.
pub(super) struct Stop<'s> {
    pub(super) network: &'s Network,
    pub(super) stock: &'s Stock,
    pub(super) order: &'s Order,
    pub(super) location: LocationId,
    pub(super) zone: Zone,
    pub(super) distance: Distance,
    pub(super) dispatch: Dispatch,
    now: Timestamp,
}

/// How a parcel travels, and what that costs.
pub(super) struct Travel {
    pub(super) service: Option<ServiceId>,
    pub(super) arrives: Day,
    pub(super) ready_at: Option<Timestamp>,
    pub(super) costs: PartCosts,
}

impl<'s> Stop<'s> {
    pub(super) fn new(
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
        let today = place.calendar.clock().day(now);
        let closed = Dispatch { cutoff: Timestamp::MAX, day: today, window: 0 };
        let dispatch =
            place.calendar.dispatch_after(now, place.handling_days).map_or(closed, |found| found.0);
        Stop { network, stock, order, location, zone, distance, dispatch, now }
    }

    pub(super) fn contents(&self, pieces: &[Piece]) -> (ParcelFacts, Weight) {
        let mut facts =
            ParcelFacts { is_residential: self.order.destination.is_residential, ..ParcelFacts::default() };
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
    pub(super) fn offer(&self, parcel: &ParcelFacts) -> Option<(ServiceId, Quote)> {
        let slack = self.slack(self.dispatch.day);
        let may_be_late = self.network.settings.lateness != Lateness::Never;
        let quotes = self.network.rates.services.iter().enumerate();
        let quoted =
            quotes.filter_map(|(i, service)| Some((ServiceId(i as u8), service.quote(self.zone, parcel)?)));
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
    pub(super) fn travel(&self, parcel: &ParcelFacts) -> Travel {
        let place = self.network.location(self.location);
        let mut travel =
            Travel { service: None, arrives: self.dispatch.day, ready_at: None, costs: PartCosts::default() };
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
                travel.arrives =
                    travel.ready_at.map_or(self.dispatch.day, |at| place.calendar.clock().day(at));
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
    pub(super) fn add_taking(&self, (record, units, before): (RecordId, u32, u32), costs: &mut PartCosts) {
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
