//! What is worked out once per network: rates as flat tables, and each location's costs and calendar
//! position in a form that a decision reads in one look.
//!
//! Owns: the translation of services, zones and weights into table rows. Refuses to know: orders and rules.

use model::{
    Cost, CostPart, Dispatch, Lateness, Location, LocationId, Network, ParcelFacts, Quote, Service,
    ServiceChoice, ServiceId, Span, Timestamp, TransitDays, Weight, Zone,
};

/// Marks a weight that no service takes, or a zone that none serves.
pub(crate) const NO_RATE: i32 = i32::MAX;
/// Longest weight table; finer weights are looked up by bisection.
const MAX_WEIGHT_TABLE: i64 = 1 << 17;
/// Days of lateness that are priced apart; later is priced the same.
const LATEST_DAYS: i32 = 30;

/// Rates by slack, zone and weight step, for parcels priced by weight alone.
pub(crate) struct RateTable {
    rows: Vec<i32>,
    /// Largest weight of each step, in quanta.
    step_limits: Vec<i64>,
    /// Step by weight in quanta; empty when weights are too fine.
    step_of: Vec<u16>,
    zones: usize,
    slack_low: i32,
    slack_high: i32,
    /// By row: some weight has a rate.
    served: Vec<bool>,
    /// By row: two parcels never cost less than one of their joint weight.
    merging_pays: Vec<bool>,
    /// By step: no rate up to that weight is higher.
    dearest: Vec<i64>,
}

/// Position of a step in a row of the table.
pub(crate) type Step = u16;

impl RateTable {
    fn new(network: &Network, quantum: i64, parcel_floor: i64) -> RateTable {
        let mut limits: Vec<i64> = Vec::new();
        for service in &network.rates.services {
            limits.extend(service.zones.iter().flatten().map(|step| step.max_weight.0 / quantum));
        }
        if limits.is_empty() {
            limits.push(0);
        }
        limits.sort_unstable();
        limits.dedup();
        let heaviest = limits.last().copied().unwrap_or(0);
        let mut step_of = Vec::new();
        if heaviest < MAX_WEIGHT_TABLE {
            let mut step = 0;
            for weight in 0..=heaviest {
                step += usize::from(weight > limits[step]);
                step_of.push(step as Step);
            }
        }
        let slowest = network
            .rates
            .services
            .iter()
            .flat_map(|s| s.zones.iter().flatten())
            .map(|s| s.transit_days)
            .max();
        let slack_high = i32::from(slowest.unwrap_or(0));
        let slack_low = match network.settings.lateness {
            Lateness::Never => 0,
            Lateness::Priced { .. } => -LATEST_DAYS,
        };
        let mut table = RateTable {
            rows: Vec::new(),
            step_limits: limits,
            step_of,
            zones: network.rates.zone_count(),
            slack_low,
            slack_high,
            served: Vec::new(),
            merging_pays: Vec::new(),
            dearest: Vec::new(),
        };
        table.dearest.resize(table.step_limits.len(), 0);
        for slack in slack_low..=slack_high {
            for zone in 1..=table.zones as u8 {
                table.add_row(network, quantum, (slack, Zone(zone)), parcel_floor);
            }
        }
        for step in 1..table.dearest.len() {
            table.dearest[step] = table.dearest[step].max(table.dearest[step - 1]);
        }
        // A row of zeros for lanes without parcels.
        table.rows.extend(std::iter::repeat_n(0, table.step_limits.len().max(1)));
        table.merging_pays.push(true);
        table.served.push(true);
        table
    }

    fn add_row(&mut self, network: &Network, quantum: i64, (slack, zone): (i32, Zone), parcel_floor: i64) {
        let start = self.rows.len();
        for step in 0..self.step_limits.len() {
            // The lightest weight of the step: rates are those of the whole step, surcharges the least of it.
            let lightest = step.checked_sub(1).map_or(0, |before| self.step_limits[before] + 1);
            let facts = ParcelFacts { weight: Weight(lightest * quantum), ..ParcelFacts::default() };
            let best = best_service(network, zone, &facts, Slack::only(slack));
            let cost = best.map_or(NO_RATE, |best| best.comparable.clamp(0, i64::from(NO_RATE) - 1) as i32);
            if cost != NO_RATE {
                self.dearest[step] = self.dearest[step].max(i64::from(cost));
            }
            self.rows.push(cost);
        }
        self.served.push(self.rows[start..].iter().any(|&rate| rate != NO_RATE));
        self.merging_pays.push(merging_pays(&self.rows[start..], &self.step_limits, parcel_floor));
    }

    /// The step of a weight in quanta; `None` beyond the heaviest.
    #[inline]
    pub(crate) fn step(&self, quanta: i64) -> Option<Step> {
        if !self.step_of.is_empty() {
            return self.step_of.get(quanta as usize).copied();
        }
        let step = self.step_limits.partition_point(|&limit| limit < quanta);
        (step < self.step_limits.len()).then_some(step as Step)
    }

    /// No parcel up to a weight in quanta has a higher rate.
    pub(crate) fn dearest(&self, quanta: i64) -> i64 {
        let step = self.step(quanta).map_or(self.dearest.len() - 1, usize::from);
        self.dearest[step]
    }

    /// First entry of the row for a slack (days left for transit) and zone. `None`: cannot be in time, or the
    /// zone is not served.
    #[inline]
    pub(crate) fn row(&self, slack: i32, zone: Zone) -> Option<u32> {
        let zone = usize::from(zone.0).wrapping_sub(1);
        if slack < self.slack_low || zone >= self.zones {
            return None;
        }
        let slack = slack.min(self.slack_high) - self.slack_low;
        Some(((slack as usize * self.zones + zone) * self.step_limits.len()) as u32)
    }

    pub(crate) fn free_row(&self) -> u32 {
        (self.rows.len() - self.step_limits.len().max(1)) as u32
    }

    #[inline]
    pub(crate) fn rate(&self, row: u32, step: Step) -> i32 {
        self.rows[row as usize + usize::from(step)]
    }

    #[inline]
    pub(crate) fn rates(&self, row: u32) -> &[i32] {
        &self.rows[row as usize..row as usize + self.step_limits.len().max(1)]
    }

    pub(crate) fn step_limits(&self) -> &[i64] {
        &self.step_limits
    }

    /// Whether any parcel can be sent at the prices of a row.
    #[inline]
    pub(crate) fn is_served(&self, row: u32) -> bool {
        self.served[row as usize / self.step_limits.len().max(1)]
    }

    pub(crate) fn merging_pays(&self, row: u32) -> bool {
        self.merging_pays[row as usize / self.step_limits.len().max(1)]
    }
}

/// Whether one parcel of a joint weight never costs more than two parcels, `parcel_floor` being the least
/// that a further parcel costs in work and material.
fn merging_pays(rates: &[i32], limits: &[i64], parcel_floor: i64) -> bool {
    rates.iter().enumerate().filter(|(_, rate)| **rate != NO_RATE).all(|(i, &a)| {
        rates[i..].iter().enumerate().all(|(j, &b)| {
            let joint = limits.partition_point(|&limit| limit < limits[i] + limits[i + j]);
            match rates.get(joint) {
                Some(&merged) if b != NO_RATE => {
                    i64::from(a) + i64::from(b) + parcel_floor >= i64::from(merged)
                }
                _ => true,
            }
        })
    })
}

/// Days left for transit: until the promised day, and until the last day that is allowed at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Slack {
    pub(crate) promised: i32,
    pub(crate) allowed: i32,
}

impl Slack {
    /// No limit beside the promise.
    pub(crate) fn only(promised: i32) -> Slack {
        Slack { promised, allowed: i32::MAX }
    }
}

/// A service for one parcel, with what the comparison counts.
pub(crate) struct Offer {
    pub(crate) service: ServiceId,
    pub(crate) quote: Quote,
    pub(crate) late_days: i32,
    /// Postage, surcharges and lateness that are switched on.
    pub(crate) comparable: i64,
}

/// The service that the book's choice takes among those that are in time.
pub(crate) fn best_service(
    network: &Network,
    zone: Zone,
    facts: &ParcelFacts,
    slack: Slack,
) -> Option<Offer> {
    let mut best: Option<Offer> = None;
    for (i, service) in network.rates.services.iter().enumerate() {
        let Some(offer) = offer(network, (ServiceId(i as u8), service), (zone, facts), slack) else {
            continue;
        };
        if network.rates.choice == ServiceChoice::InOrder {
            return Some(offer);
        }
        if best.as_ref().is_none_or(|best| offer.comparable < best.comparable) {
            best = Some(offer);
        }
    }
    best
}

fn offer(
    network: &Network,
    (id, service): (ServiceId, &Service),
    (zone, facts): (Zone, &ParcelFacts),
    slack: Slack,
) -> Option<Offer> {
    let quote = service.quote(zone, facts)?;
    let transit = i32::from(quote.transit_days);
    let late_days = transit.saturating_sub(slack.promised).max(0);
    let per_day = match network.settings.lateness {
        Lateness::Never if late_days > 0 => return None,
        Lateness::Never => Cost::ZERO,
        Lateness::Priced { per_day } => per_day,
    };
    if transit > slack.allowed {
        return None;
    }
    let parts = network.settings.parts;
    let mut comparable = 0;
    if parts.is_on(CostPart::Postage) {
        comparable += quote.rate.0;
    }
    if parts.is_on(CostPart::Surcharge) {
        comparable += quote.surcharge.0;
    }
    if parts.is_on(CostPart::Lateness) {
        comparable += per_day.0 * i64::from(late_days.min(LATEST_DAYS));
    }
    Some(Offer { service: id, quote, late_days, comparable })
}

/// A location as a decision reads it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    /// Packaging and packing of one parcel.
    pub(crate) parcel_cost: i64,
    pub(crate) pickup_parcel_cost: i64,
    /// Picking of one unit.
    pub(crate) unit_cost: i64,
    pub(crate) capacity: u32,
    pub(crate) certified: u8,
    /// Neither paused nor behind the accuracy gate.
    pub(crate) is_usable: bool,
    pub(crate) is_stale: bool,
    /// `None`: closed for as long as its calendar is known.
    pub(crate) dispatch: Option<Dispatch>,
    pub(crate) window_capacity: u32,
}

/// What is worked out once per network.
pub(crate) struct Tables {
    pub(crate) rates: RateTable,
    pub(crate) sites: Vec<Site>,
    /// The instants for which `sites` holds.
    valid: Span,
    /// One unit's weight in quanta, by product.
    pub(crate) quanta: Vec<i64>,
    /// Prices depend on weight alone for every product and service.
    pub(crate) by_weight_alone: bool,
    /// Days are counted by the calendar, so that slack is a difference.
    pub(crate) calendar_days: bool,
}

impl Tables {
    pub(crate) fn new(network: &Network) -> Tables {
        let quantum =
            network.products.iter().fold(0, |gcd, product| greatest_divisor(gcd, product.weight.0)).max(1);
        let sites: Vec<Site> = network.locations.iter().map(|location| site(network, location)).collect();
        let split =
            if network.settings.parts.is_on(CostPart::Split) { network.settings.split_penalty.0 } else { 0 };
        let parcel_floor = sites.iter().map(|site| site.parcel_cost).min().unwrap_or(0) + split;
        let services_plain = network.rates.services.iter().all(Service::is_by_weight_alone);
        Tables {
            rates: RateTable::new(network, quantum, parcel_floor),
            sites,
            valid: Span { from: Timestamp::MAX, to: Timestamp::MIN },
            quanta: network.products.iter().map(|product| product.weight.0 / quantum).collect(),
            by_weight_alone: services_plain,
            calendar_days: network.settings.transit == TransitDays::Calendar,
        }
    }

    /// Brings the sites' dispatches and feeds to `now`; nearly always there is nothing to do.
    #[inline]
    pub(crate) fn advance(&mut self, network: &Network, now: Timestamp) {
        if !self.valid.contains(now) {
            self.refresh(network, now);
        }
    }

    #[cold]
    fn refresh(&mut self, network: &Network, now: Timestamp) {
        let mut valid = Span { from: Timestamp::MIN, to: Timestamp::MAX };
        for (site, location) in self.sites.iter_mut().zip(&network.locations) {
            site.dispatch =
                location.calendar.dispatch_after(now, location.handling_days).map(|(dispatch, span)| {
                    valid.from = valid.from.max(span.from);
                    valid.to = valid.to.min(span.to);
                    dispatch
                });
            site.window_capacity =
                site.dispatch.map_or(u32::MAX, |dispatch| window_capacity(location, dispatch));
            site.is_stale = false;
            if let (Some(limit), Some(as_of)) = (network.settings.feed_max_age_minutes, location.feed_as_of) {
                let stale_from = as_of.plus_minutes(i64::from(limit) + 1);
                site.is_stale = now >= stale_from;
                let bound = if site.is_stale { &mut valid.from } else { &mut valid.to };
                *bound = if site.is_stale { (*bound).max(stale_from) } else { (*bound).min(stale_from) };
            }
        }
        if self.sites.iter().any(|site| site.dispatch.is_none()) {
            valid = Span { from: now, to: Timestamp(now.0 + 1) };
        }
        self.valid = valid;
    }

    #[inline]
    pub(crate) fn site(&self, location: LocationId) -> &Site {
        &self.sites[location.index()]
    }
}

fn window_capacity(location: &Location, dispatch: Dispatch) -> u32 {
    let window = location.hours.windows.get(usize::from(dispatch.window));
    window.and_then(|window| window.capacity_parcels).unwrap_or(u32::MAX)
}

fn site(network: &Network, location: &Location) -> Site {
    let parts = network.settings.parts;
    let on = |part, cost: Cost| if parts.is_on(part) { cost.0 } else { 0 };
    let labor = &location.labor;
    let packing = on(CostPart::Labor, labor.pack_per_parcel);
    let gate = network.settings.accuracy_gate;
    let is_accurate = gate.is_none_or(|need| location.accuracy.is_none_or(|accuracy| accuracy >= need));
    Site {
        parcel_cost: packing + on(CostPart::Packaging, labor.packaging_per_parcel),
        pickup_parcel_cost: packing,
        unit_cost: on(CostPart::Labor, labor.pick_per_unit),
        capacity: location.capacity_parcels_per_day.unwrap_or(u32::MAX),
        certified: location.certified.0,
        is_usable: !location.is_paused && is_accurate,
        is_stale: false,
        dispatch: None,
        window_capacity: u32::MAX,
    }
}

fn greatest_divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
