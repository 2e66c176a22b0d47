//! What orders of an export are taken to have been promised.
//!
//! Owns: the day of each, and what is said of it. Refuses to know: rates beyond their days in transit.

use crate::files::folder::{due, promised};
use model::words::{count, counted};
use model::{Day, Lane, Network, Order, ServiceLevel, Settings};

/// How orders came to their promises.
#[derive(Default)]
pub(super) struct Promises {
    /// Orders whose method of shipping names the days.
    named: usize,
    /// Orders for which the paid service is faster than anything that the rates offer.
    stretched: usize,
}

impl Promises {
    /// Sets the last day of an order whose place is known already. A faster service than any location and rate can
    /// give was given by somebody else's carrier: such an order is due on the first day that can be reached.
    pub(super) fn set(&mut self, network: &Network, (order, named_days): (&mut Order, Option<u8>)) {
        self.named += usize::from(named_days.is_some());
        order.deliver_by = match named_days {
            Some(days) => Some(due(&network.settings, order, days)),
            None => promised(&network.settings, order),
        };
        if order.service == ServiceLevel::Standard || order.lane != Lane::Ship {
            return;
        }
        if let (Some(by), Some(earliest)) = (order.deliver_by, earliest(network, order))
            && by < earliest
        {
            self.stretched += 1;
            order.deliver_by = Some(earliest);
        }
    }

    pub(super) fn tell(&self, assumptions: &mut Vec<String>, settings: &Settings, orders: &[Order]) {
        if self.named > 0 {
            let orders = counted(self.named as u64, "order is", "orders are");
            assumptions.push(format!("{orders} promised in the days that the shipping method names"));
        }
        for service in ServiceLevel::ALL {
            let (kind, key) = match service {
                ServiceLevel::Standard => ("", "promise_days"),
                ServiceLevel::Expedited => (" by express or priority", "promise_days_expedited"),
                ServiceLevel::NextDay => (" by overnight or next day", "promise_days_next_day"),
                ServiceLevel::SameDay => (" by same day", "promise_days_same_day"),
            };
            let is_there = orders.iter().any(|order| order.service == service);
            if let (Some(days), true) = (settings.days_promised(service), is_there) {
                let days = count(days.into(), "day");
                assumptions.push(format!(
                    "orders{kind} count as promised in {days} where nothing else is said: {key} in settings.toml"
                ));
            }
        }
        if self.stretched > 0 {
            let orders = counted(self.stretched as u64, "order is", "orders are");
            let verb = if self.stretched == 1 { "counts" } else { "count" };
            assumptions.push(format!(
                "{orders} by a faster service than any location and rate can give, and {verb} as promised on the first \
                 day that can be reached: add the service to rates.csv"
            ));
        }
    }
}

/// The first day on which any location could deliver, whatever it has on its shelves.
fn earliest(network: &Network, order: &Order) -> Option<Day> {
    let ways = network.ways(order.destination.place?);
    let places = network.locations.iter().zip(ways.zones);
    let usable = places.filter(|(place, _)| !place.is_paused && place.lanes.has(Lane::Ship));
    let arrival = |(place, zone): (&model::Location, &model::Zone)| {
        let steps = |service: &model::Service| {
            service.zones.get(usize::from(zone.0).wrapping_sub(1)).and_then(|steps| steps.first().copied())
        };
        let fastest = network.rates.services.iter().filter_map(steps).map(|step| step.transit_days).min()?;
        let (dispatch, _) = place.calendar.dispatch_after(order.placed_at, place.handling_days)?;
        Some(network.arrival(dispatch.day, fastest))
    };
    usable.filter_map(arrival).min()
}
