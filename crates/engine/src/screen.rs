//! Screens: which locations, and which items at them, can serve an order at all.
//!
//! Owns: every check before the search, the quick answer for deciding and the full [`Reason`] for telling.
//! Refuses to know: which of the remaining places is best.

use crate::demand::Item;
use crate::policy::{Policy, Standpoint};
use crate::tables::{Site, Slack, Tables};
use model::rules::Action;
use model::{
    BasisPoints, Day, Distance, HandlingSet, Lane, Lateness, LocationId, Network, Order, ParcelFacts, Reason,
    RecordId, RuleRef, Stock, Timestamp, Ways, Zone,
};

/// Everything a screen may look at.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'s> {
    pub(crate) network: &'s Network,
    pub(crate) tables: &'s Tables,
    pub(crate) stock: &'s Stock,
    pub(crate) order: &'s Order,
    pub(crate) now: Timestamp,
    pub(crate) ways: Ways<'s>,
    /// Last day that rules allow.
    pub(crate) latest: Option<(Day, RuleRef)>,
}

/// Why a location is out, in short; [`Facts::reason`] says it in full.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Blocked {
    Paused,
    Rejected,
    LaneOff,
    NotChosen,
    Closed,
    SlotMissed,
    Inaccurate,
    Stale,
    DayFull,
    WindowFull,
    TooFar,
    NotInTime,
}

/// A location that may serve the order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub(crate) location: LocationId,
    pub(crate) zone: Zone,
    pub(crate) distance: Distance,
    pub(crate) slack: Slack,
    /// Row of the rate table.
    pub(crate) rate_row: u32,
    /// Parcels that it can still take.
    pub(crate) capacity: u32,
    /// Work, material and flat fee of one parcel.
    pub(crate) parcel_cost: i64,
}

impl Facts<'_> {
    /// The quick screen of a location.
    #[inline]
    pub(crate) fn screen(&self, location: LocationId) -> Result<Standing, Blocked> {
        let site = self.tables.site(location);
        if !site.is_usable || site.is_stale {
            return Err(self.unusable(location));
        }
        let place = &self.network.locations[location.index()];
        if !self.order.rejected_by.is_empty() && self.order.rejected_by.contains(&location) {
            return Err(Blocked::Rejected);
        }
        if !place.lanes.has(self.order.lane) {
            return Err(Blocked::LaneOff);
        }
        let capacity = self.capacity_left(location, site);
        match self.order.lane {
            Lane::Ship => self.screen_shipping(location, site, capacity),
            Lane::Pickup => self.screen_pickup(location, site, capacity),
            Lane::LocalDelivery => self.screen_delivery(location, site, capacity),
        }
    }

    fn unusable(&self, location: LocationId) -> Blocked {
        match self.network.location(location).is_paused {
            true => Blocked::Paused,
            false if self.tables.site(location).is_usable => Blocked::Stale,
            false => Blocked::Inaccurate,
        }
    }

    /// Parcels that the day and the window leave; `Err` names the one that is full.
    #[inline]
    fn capacity_left(&self, location: LocationId, site: &Site) -> Result<u32, Blocked> {
        let Some(dispatch) = site.dispatch else { return Ok(u32::MAX) };
        let load = self.stock.loads()[location.index()];
        let is_day = load.day == dispatch.day;
        let day = site.capacity.saturating_sub(if is_day { load.day_parcels } else { 0 });
        let is_window = is_day && load.window == dispatch.window;
        let window = site.window_capacity.saturating_sub(if is_window { load.window_parcels } else { 0 });
        match (day, window) {
            (0, _) => Err(Blocked::DayFull),
            (_, 0) => Err(Blocked::WindowFull),
            _ => Ok(day.min(window)),
        }
    }

    #[inline]
    fn screen_shipping(
        &self,
        location: LocationId,
        site: &Site,
        capacity: Result<u32, Blocked>,
    ) -> Result<Standing, Blocked> {
        let dispatch = site.dispatch.ok_or(Blocked::Closed)?;
        let capacity = capacity?;
        let slack = self.slack(dispatch.day);
        let zone = self.ways.zones[location.index()];
        let rate_row =
            self.tables.rates.row(slack.promised.min(slack.allowed), zone).ok_or(Blocked::NotInTime)?;
        if self.tables.by_weight_alone && !self.tables.rates.is_served(rate_row) {
            return Err(Blocked::NotInTime);
        }
        Ok(Standing {
            location,
            zone,
            distance: self.ways.distances[location.index()],
            slack,
            rate_row,
            capacity,
            parcel_cost: site.parcel_cost,
        })
    }

    /// Days for transit, before the promised day and before the last allowed one.
    #[inline]
    fn slack(&self, dispatch: Day) -> Slack {
        let until = |day: Day| match self.tables.calendar_days {
            true => day.0 - dispatch.0,
            false => self.network.transit_days_between(dispatch, day),
        };
        Slack {
            promised: self.order.deliver_by.map_or(i32::from(u8::MAX), until),
            allowed: self.latest.map_or(i32::MAX, |(day, _)| until(day)),
        }
    }

    fn screen_pickup(
        &self,
        location: LocationId,
        site: &Site,
        capacity: Result<u32, Blocked>,
    ) -> Result<Standing, Blocked> {
        if self.order.pickup_at != Some(location) {
            return Err(Blocked::NotChosen);
        }
        let ready_at = self.ready_at(location).ok_or(Blocked::Closed)?;
        if self.order.slot.is_some_and(|slot| ready_at >= slot.to) {
            return Err(Blocked::SlotMissed);
        }
        let ready_day = self.network.location(location).calendar.clock().day(ready_at);
        self.standing_without_parcel((location, site.pickup_parcel_cost), ready_day, capacity?)
    }

    fn screen_delivery(
        &self,
        location: LocationId,
        site: &Site,
        capacity: Result<u32, Blocked>,
    ) -> Result<Standing, Blocked> {
        let dispatch = site.dispatch.ok_or(Blocked::Closed)?;
        let distance = self.ways.distances[location.index()];
        if !distance.is_known() || distance > self.network.location(location).local_delivery_radius {
            return Err(Blocked::TooFar);
        }
        let clock = self.network.location(location).calendar.clock();
        if self.order.slot.is_some_and(|slot| dispatch.day > clock.day(slot.to)) {
            return Err(Blocked::SlotMissed);
        }
        let work = site.parcel_cost + self.delivery_fee(location, distance);
        self.standing_without_parcel((location, work), dispatch.day, capacity?)
    }

    /// What the own van or courier costs: a fee and a price per started kilometre.
    pub(crate) fn delivery_fee(&self, location: LocationId, distance: Distance) -> i64 {
        let place = self.network.location(location);
        if !self.network.settings.parts.is_on(model::CostPart::Postage) {
            return 0;
        }
        place.local_delivery_fee.0 + place.local_delivery_per_km.0 * i64::from(distance.0.div_ceil(1_000))
    }

    fn standing_without_parcel(
        &self,
        (location, parcel_cost): (LocationId, i64),
        arrives: Day,
        capacity: u32,
    ) -> Result<Standing, Blocked> {
        let slack = self.slack(arrives);
        let late = i64::from((-slack.promised).max(0));
        let lateness = match self.network.settings.lateness {
            Lateness::Never if late > 0 => return Err(Blocked::NotInTime),
            Lateness::Priced { per_day } if self.network.settings.parts.is_on(model::CostPart::Lateness) => {
                per_day.0 * late
            }
            _ => 0,
        };
        if slack.allowed < 0 {
            return Err(Blocked::NotInTime);
        }
        Ok(Standing {
            location,
            zone: self.ways.zones[location.index()],
            distance: self.ways.distances[location.index()],
            slack,
            rate_row: self.tables.rates.free_row(),
            capacity,
            parcel_cost: parcel_cost + lateness,
        })
    }

    /// When a pickup can be collected: after so many minutes of opening time. `None`: not within its calendar.
    pub(crate) fn ready_at(&self, location: LocationId) -> Option<Timestamp> {
        let place = self.network.location(location);
        place.calendar.after_open_minutes(self.now, place.pickup_minutes)
    }

    /// The full reason behind a quick answer.
    pub(crate) fn reason(&self, location: LocationId, blocked: Blocked) -> Reason {
        let place = self.network.location(location);
        let distance = self.ways.distances[location.index()];
        match blocked {
            Blocked::Paused => Reason::Paused,
            Blocked::Rejected => Reason::RejectedBefore,
            Blocked::LaneOff => Reason::LaneOff { lane: self.order.lane },
            Blocked::NotChosen => Reason::NotChosenStore,
            Blocked::Closed => Reason::Closed,
            Blocked::SlotMissed => {
                Reason::SlotMissed { ready_at: self.ready_at(location).unwrap_or(self.now) }
            }
            Blocked::Inaccurate => Reason::AccuracyGate {
                accuracy: place.accuracy.unwrap_or(BasisPoints(0)),
                need: self.network.settings.accuracy_gate.unwrap_or(BasisPoints(0)),
            },
            Blocked::Stale => Reason::StaleFeed {
                age_minutes: place
                    .feed_as_of
                    .map_or(0, |as_of| ((self.now.0 - as_of.0) / Timestamp::MINUTE_MS) as u32),
                limit_minutes: self.network.settings.feed_max_age_minutes.unwrap_or(0),
            },
            Blocked::DayFull => {
                Reason::CapacityFull { capacity: place.capacity_parcels_per_day.unwrap_or(0) }
            }
            Blocked::WindowFull => {
                Reason::WindowFull { capacity: self.tables.site(location).window_capacity }
            }
            Blocked::TooFar => Reason::TooFar { distance, limit: place.local_delivery_radius },
            Blocked::NotInTime => self.earliest(location),
        }
    }

    /// The best that the location could do, told when it is not good enough.
    fn earliest(&self, location: LocationId) -> Reason {
        let zone = self.ways.zones[location.index()];
        let steps = |s: &model::Service| {
            s.zones.get(usize::from(zone.0).wrapping_sub(1)).and_then(|steps| steps.first().copied())
        };
        let fastest =
            self.network.rates.services.iter().filter_map(steps).map(|step| step.transit_days).min();
        let dispatch = self.tables.site(location).dispatch;
        let (promised, rule) = self.last_day();
        let earliest = match (self.order.lane, dispatch, fastest) {
            (Lane::Ship, Some(dispatch), Some(days)) => self.network.arrival(dispatch.day, days),
            (Lane::Ship, ..) => return Reason::NoService,
            (Lane::Pickup, ..) => {
                let clock = self.network.location(location).calendar.clock();
                self.ready_at(location).map_or(Day(0), |at| clock.day(at))
            }
            (Lane::LocalDelivery, dispatch, _) => dispatch.map_or(Day(0), |dispatch| dispatch.day),
        };
        Reason::PromiseMissed { earliest, promised, rule }
    }

    /// The last day on which it may arrive: a promise binds only where lateness is not merely priced.
    pub(crate) fn last_day(&self) -> (Day, Option<RuleRef>) {
        let promised = match self.network.settings.lateness {
            Lateness::Never => self.order.deliver_by,
            Lateness::Priced { .. } => None,
        };
        match (promised, self.latest) {
            (Some(promised), Some((day, rule))) if day < promised => (day, Some(rule)),
            (Some(promised), _) => (promised, None),
            (None, Some((day, rule))) => (day, Some(rule)),
            (None, None) => (Day(0), None),
        }
    }

    /// Parcels that a location can still take today, of how many; `None`: no limit.
    pub(crate) fn parcels_left(&self, location: LocationId) -> Option<(u32, u32)> {
        let site = self.tables.site(location);
        let left = self.capacity_left(location, site).unwrap_or(0);
        (site.capacity != u32::MAX).then_some((left.min(site.capacity), site.capacity))
    }

    pub(crate) fn standpoint(&self, location: LocationId) -> Standpoint<'_> {
        Standpoint { facts: self, location }
    }

    /// Units of an item that a location may give, after certification, rules and what is kept back.
    pub(crate) fn usable_units(
        &self,
        policy: &Policy<'_>,
        (position, item): (usize, &Item),
        (location, record): (LocationId, RecordId),
    ) -> Result<u32, Reason> {
        let available = self.stock.available(record);
        let missing = HandlingSet(item.needs & !self.tables.site(location).certified);
        if missing != HandlingSet::NONE {
            return Err(Reason::NotCertified { missing });
        }
        let from = self.standpoint(location);
        for &bar in &policy.bars {
            let among = policy.is_among(bar, &from, Some(record));
            let wanted = matches!(policy.action(bar), Action::Only(_));
            if policy.is_about_item(bar, position) && among != wanted {
                return Err(Reason::ExcludedBy { rule: policy.reference(bar) });
            }
        }
        if available <= 0 {
            return Err(Reason::NoStock { on_hand: self.stock.level(record).on_hand });
        }
        self.after_keeping(policy, (position, available), (&from, record))
    }

    fn after_keeping(
        &self,
        policy: &Policy<'_>,
        (position, available): (usize, i32),
        (from, record): (&Standpoint<'_>, RecordId),
    ) -> Result<u32, Reason> {
        for &rule in &policy.needs {
            let Action::NeedOnHand { units, .. } = policy.action(rule) else { continue };
            let applies = policy.is_about_item(rule, position) && policy.is_among(rule, from, Some(record));
            if applies && available < *units as i32 {
                return Err(Reason::TooFewOnHand { rule: policy.reference(rule), need: *units, available });
            }
        }
        let mut left = available;
        for &rule in &policy.keeps {
            let Action::Keep { units, .. } = policy.action(rule) else { continue };
            let applies = policy.is_about_item(rule, position) && policy.is_among(rule, from, Some(record));
            if applies {
                left = left.min(available - *units as i32);
                if left <= 0 {
                    return Err(Reason::KeptBack { rule: policy.reference(rule), keep: *units, available });
                }
            }
        }
        Ok(left as u32)
    }

    pub(crate) fn parcel_facts_of_unit(&self, item: &Item) -> ParcelFacts {
        let product = self.network.product(item.product);
        let fill = i64::from(self.network.settings.box_fill.0.max(1));
        ParcelFacts {
            weight: product.weight,
            volume_mm3: product.dimensions.volume_mm3() * 10_000 / fill,
            longest_mm: product.dimensions.longest_mm(),
            length_plus_girth_mm: product.dimensions.length_plus_girth_mm(),
            is_residential: self.order.destination.is_residential,
        }
    }
}
