//! Landed cost of what leaves one location, part by part.
//!
//! | part | formula |
//! |---|---|
//! | postage, surcharge | the quote of the service taken; local delivery: fee + price per started kilometre |
//! | packaging | box and filling per parcel; none for pickup |
//! | labor | packing per parcel + picking per unit |
//! | split | a price for every parcel of the order beyond the first |
//! | risk, opportunity | of each unit by how deep it is in the stock; see `model::worth` |
//! | lateness | days after the promise × price per day |
//! | markdown | −markdown avoided per unit |
//! | scarcity | price of scarcity per unit, where a caller set one |
//! | unfilled | cost of each unit left over, where that is priced |

use crate::screen::{Facts, Standing};
use crate::tables::best_service;
use model::{
    Cost, CostPart, Day, Lane, Lateness, ParcelFacts, PartCosts, PartSwitches, RecordId, ServiceId, Timestamp,
};

/// Units of one record in a parcel, and how many of it went into parcels before.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) record: RecordId,
    pub(crate) units: u32,
    pub(crate) before: u32,
}

/// How a parcel travels.
#[derive(Clone, Copy)]
pub(crate) struct Carriage {
    pub(crate) service: Option<ServiceId>,
    pub(crate) arrives: Day,
    pub(crate) ready_at: Option<Timestamp>,
    pub(crate) costs: PartCosts,
}

/// Service, arrival and cost of one parcel, its units aside. `None`: no service takes it in time.
pub(crate) fn carriage(facts: &Facts<'_>, standing: &Standing, parcel: &ParcelFacts) -> Option<Carriage> {
    let network = facts.network;
    let labor = &network.location(standing.location).labor;
    let mut costs = PartCosts::default();
    let mut add = |part, cost| {
        if network.settings.parts.is_on(part) {
            costs.add(part, cost);
        }
    };
    add(CostPart::Labor, labor.pack_per_parcel);
    if facts.order.lane != Lane::Pickup {
        add(CostPart::Packaging, labor.packaging_per_parcel);
    }
    let per_day = match network.settings.lateness {
        Lateness::Never => Cost::ZERO,
        Lateness::Priced { per_day } => per_day,
    };
    let site = facts.tables.site(standing.location);
    let clock = network.location(standing.location).calendar.clock();
    let dispatched = site.dispatch.map_or_else(|| clock.day(facts.now), |dispatch| dispatch.day);
    let mut late_days = i64::from((-standing.slack.promised).max(0));
    let (mut service, mut ready_at, mut arrives) = (None, None, dispatched);
    match facts.order.lane {
        Lane::Ship => {
            let offer = best_service(network, standing.zone, parcel, standing.slack)?;
            add(CostPart::Postage, offer.quote.rate);
            add(CostPart::Surcharge, offer.quote.surcharge);
            late_days = i64::from(offer.late_days.min(30));
            service = Some(offer.service);
            arrives = network.arrival(dispatched, offer.quote.transit_days);
        }
        Lane::Pickup => {
            ready_at = facts.ready_at(standing.location);
            arrives = ready_at.map_or(dispatched, |at| clock.day(at));
        }
        Lane::LocalDelivery => {
            add(CostPart::Postage, Cost(facts.delivery_fee(standing.location, standing.distance)));
        }
    }
    add(CostPart::Lateness, per_day.times(late_days));
    Some(Carriage { service, arrives, ready_at, costs })
}

/// Adds what taking units from a shelf costs.
pub(crate) fn add_taking(facts: &Facts<'_>, standing: &Standing, taken: Taken, costs: &mut PartCosts) {
    let parts: PartSwitches = facts.network.settings.parts;
    let worth = facts.stock.worth(taken.record);
    let units = i64::from(taken.units);
    if parts.is_on(CostPart::Labor) {
        costs
            .add(CostPart::Labor, facts.network.location(standing.location).labor.pick_per_unit.times(units));
    }
    costs.add(CostPart::Markdown, -Cost(i64::from(worth.markdown)).times(units));
    if parts.is_on(CostPart::Scarcity) {
        costs.add(CostPart::Scarcity, Cost(i64::from(worth.scarcity)).times(units));
    }
    let available = facts.stock.available(taken.record);
    for unit in taken.before..taken.before + taken.units {
        let remaining = available - unit as i32;
        let all = facts.stock.depth_cost(worth, remaining);
        let risk = facts.stock.depth_risk(worth, remaining);
        costs.add(CostPart::Risk, Cost(risk));
        costs.add(CostPart::Opportunity, Cost(all - risk));
    }
}
