//! Why one item of an order cannot come from a location, or only some units of it.
//!
//! Owns: the full [`Reason`] of an item, for telling. Refuses to know: what screens a location as a whole.

use crate::decide::rates;
use crate::demand::Item;
use crate::policy::Policy;
use crate::screen::{Facts, Standing};
use crate::tables::{NO_RATE, best_service};
use model::rules::Action;
use model::{HandlingSet, ItemShort, Lane, ParcelFacts, Quote, Reason, RecordId, Service};

impl Facts<'_> {
    /// The reason why an item cannot come from a location, `None` when it can.
    pub(crate) fn item_reason(
        &self,
        policy: &Policy<'_>,
        (position, item): (usize, &Item),
        standing: &Standing,
    ) -> Option<Reason> {
        let Some(record) = self.stock.record(item.product, standing.location) else {
            let missing = HandlingSet(item.needs & !self.tables.site(standing.location).certified);
            return Some(if missing == HandlingSet::NONE {
                Reason::NoStockRecord
            } else {
                Reason::NotCertified { missing }
            });
        };
        match self.usable_units(policy, (position, item), (standing.location, record)) {
            Err(reason) => Some(reason),
            Ok(_) => self.unsendable(item, standing),
        }
    }

    /// One unit cannot be sent: nobody goes there, nobody takes it, or nobody who takes it is in time.
    pub(crate) fn unsendable(&self, item: &Item, standing: &Standing) -> Option<Reason> {
        let unit = || self.parcel_facts_of_unit(item);
        if self.is_taken(standing, item.quanta, unit) {
            return None;
        }
        let unit = unit();
        Some(match self.fastest(standing, &unit) {
            None => self.untaken(standing, &unit),
            Some(transit_days) => {
                let dispatch = self.tables.site(standing.location).dispatch;
                let earliest = dispatch.map_or(self.network.settings.clock.day(self.now), |dispatch| {
                    self.network.arrival(dispatch.day, transit_days)
                });
                let (promised, rule) = self.last_day();
                Reason::PromiseMissed { earliest, promised, rule }
            }
        })
    }

    /// Whether a service takes a parcel in time. Where prices depend on weight alone, its weight in quanta says so.
    pub(crate) fn is_taken(
        &self,
        standing: &Standing,
        quanta: i64,
        parcel: impl FnOnce() -> ParcelFacts,
    ) -> bool {
        if self.order.lane != Lane::Ship {
            return true;
        }
        if rates(self).uses_table {
            let table = &self.tables.rates;
            return table.step(quanta).is_some_and(|step| table.rate(standing.rate_row, step) != NO_RATE);
        }
        best_service(self.network, standing.zone, &parcel(), standing.slack).is_some()
    }

    /// Transit days of the fastest service that takes the parcel at all.
    fn fastest(&self, standing: &Standing, parcel: &ParcelFacts) -> Option<u8> {
        let quote = |service: &Service| service.quote(standing.zone, parcel);
        self.network.rates.services.iter().filter_map(quote).map(|quote: Quote| quote.transit_days).min()
    }

    /// No service takes the unit: too heavy or too large, or none goes to that zone.
    fn untaken(&self, standing: &Standing, unit: &ParcelFacts) -> Reason {
        let zone = usize::from(standing.zone.0).wrapping_sub(1);
        let steps = self.network.rates.services.iter().filter_map(|service| service.zones.get(zone)?.last());
        match steps.map(|step| step.max_weight).max() {
            Some(limit) => Reason::TooHeavy { weight: unit.weight, limit },
            None => Reason::NoService,
        }
    }

    /// What a location lacks of an item that it can send some units of; `None` when it has enough.
    pub(crate) fn item_short(
        &self,
        policy: &Policy<'_>,
        (position, item): (usize, &Item),
        standing: &Standing,
    ) -> Option<ItemShort> {
        let location = standing.location;
        let record = self.stock.record(item.product, location)?;
        let units = self.usable_units(policy, (position, item), (location, record)).ok()?;
        let reason = || self.short_reason(policy, position, (record, standing));
        (units < item.quantity).then(|| ItemShort {
            location,
            product: item.product,
            units,
            wanted: item.quantity,
            reason: reason(),
        })
    }

    /// The rule that keeps the most back, else the stock itself.
    fn short_reason(
        &self,
        policy: &Policy<'_>,
        position: usize,
        (record, standing): (RecordId, &Standing),
    ) -> Reason {
        let (from, available) = (self.standpoint(standing.location), self.stock.available(record));
        let kept = policy.keeps.iter().filter_map(|&rule| match policy.action(rule) {
            Action::Keep { units, .. }
                if policy.is_about_item(rule, position) && policy.is_among(rule, &from, Some(record)) =>
            {
                Some((*units, policy.reference(rule)))
            }
            _ => None,
        });
        match kept.max_by_key(|(units, rule)| (*units, std::cmp::Reverse(*rule))) {
            Some((keep, rule)) => Reason::KeptBack { rule, keep, available },
            None => Reason::NoStock { on_hand: self.stock.level(record).on_hand },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::run;

    #[test]
    fn weight_is_blamed_only_where_weight_is_the_cause() {
        let told = |order: &str, more: &str| {
            run(&format!("location depot warehouse\ncarrier measures\nstock depot MUG 5\n{more}\norder {order} to 97201"))
                .unwrap()
                .text
        };
        let late = told("MUG 1", "guardrail Deliver within 1 day.");
        assert!(late.contains("would arrive") && !late.contains("weighs"), "{late}");
        let heavy = told("MUG 1", "product MUG ounces=400");
        assert!(heavy.contains("weighs 25 lb"), "{heavy}");
        let large = told("MUG 1", "product MUG longest_mm=2000");
        assert!(large.contains("larger than") && !large.contains("weighs"), "{large}");
    }
}
