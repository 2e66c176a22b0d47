//! One parcel: what it holds, and what it costs to send that.
//!
//! Owns: adding up content, and asking tables and services for its rate. Refuses to know: who packs it.

use crate::demand::Item;
use crate::screen::Standing;
use crate::tables::{NO_RATE, Slack, Tables, best_service};
use model::{Lane, Network, ParcelFacts, Weight, Zone};

/// Physical content of a parcel.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Content {
    pub(crate) units: u32,
    pub(crate) quanta: i64,
    pub(crate) weight: Weight,
    /// Volume of the goods, without filling.
    pub(crate) goods_mm3: i64,
    pub(crate) longest_mm: u32,
    pub(crate) length_plus_girth_mm: u32,
}

impl Content {
    pub(crate) fn with(mut self, network: &Network, item: &Item, units: u32) -> Content {
        let product = network.product(item.product);
        self.units += units;
        self.quanta += item.quanta * i64::from(units);
        self.weight += product.weight.times(i64::from(units));
        self.goods_mm3 += product.dimensions.volume_mm3() * i64::from(units);
        if units > 0 {
            self.longest_mm = self.longest_mm.max(product.dimensions.longest_mm());
            self.length_plus_girth_mm =
                self.length_plus_girth_mm.max(product.dimensions.length_plus_girth_mm());
        }
        self
    }

    // tidy: allow bool — the field of the same name, handed through
    pub(crate) fn facts(&self, network: &Network, is_residential: bool) -> ParcelFacts {
        let fill = i64::from(network.settings.box_fill.0.max(1));
        ParcelFacts {
            weight: self.weight,
            volume_mm3: self.goods_mm3 * 10_000 / fill,
            longest_mm: self.longest_mm,
            length_plus_girth_mm: self.length_plus_girth_mm,
            is_residential,
        }
    }
}

/// What a parcel's rate is: from the table where weight says everything, else from the services.
#[derive(Clone, Copy)]
pub(crate) struct Rates<'s> {
    pub(crate) network: &'s Network,
    pub(crate) tables: &'s Tables,
    pub(crate) lane: Lane,
    pub(crate) is_residential: bool,
    pub(crate) uses_table: bool,
}

impl Rates<'_> {
    /// Rate, surcharges and lateness of one parcel in the comparison; `None`: no service takes it in time.
    pub(super) fn rate(&self, standing: &Standing, content: &Content) -> Option<i64> {
        if self.lane != Lane::Ship {
            return Some(0);
        }
        if !self.uses_table {
            return self.quoted(standing.zone, standing.slack, content);
        }
        let step = self.tables.rates.step(content.quanta)?;
        let rate = self.tables.rates.rate(standing.rate_row, step);
        (rate != NO_RATE).then(|| i64::from(rate))
    }

    fn quoted(&self, zone: Zone, slack: Slack, content: &Content) -> Option<i64> {
        let facts = content.facts(self.network, self.is_residential);
        best_service(self.network, zone, &facts, slack).map(|offer| offer.comparable)
    }

    /// Whether one parcel from a candidate never costs more than two with the same content, up to the
    /// heaviest weight.
    pub(super) fn merging_pays(&self, standing: &Standing) -> bool {
        self.lane != Lane::Ship || self.uses_table && self.tables.rates.merging_pays(standing.rate_row)
    }

    /// No parcel of these items has a higher rate.
    pub(super) fn dearest(&self, items: &[Item]) -> i64 {
        if self.lane != Lane::Ship {
            return 0;
        }
        if self.uses_table {
            let quanta = items.iter().map(|item| item.quanta * i64::from(item.quantity)).sum();
            return self.tables.rates.dearest(quanta);
        }
        // Surcharges come on top of the dearest rate; they are few and bounded by their own sum.
        let surcharges: i64 = self
            .network
            .rates
            .services
            .iter()
            .flat_map(|s| s.surcharges.iter().map(|s| s.amount.0.abs()))
            .sum();
        let dearest = self
            .network
            .rates
            .services
            .iter()
            .flat_map(|s| s.zones.iter().flatten())
            .map(|step| step.rate.0)
            .max();
        dearest.unwrap_or(0) + surcharges + self.latest_cost()
    }

    fn latest_cost(&self) -> i64 {
        match self.network.settings.lateness {
            model::Lateness::Never => 0,
            model::Lateness::Priced { per_day } => per_day.0 * 30,
        }
    }
}
