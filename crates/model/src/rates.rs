//! Parcel rates: services, zones, weight steps, dimensional weight, surcharges.
//!
//! Owns: what one parcel costs and how long it travels. Refuses to know: which service a plan should take.

use crate::amount::Cost;
use crate::measure::{Distance, Weight};

/// Position of a service in [`RateBook::services`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ServiceId(pub u8);

/// A carrier's zone for a pair of origin and destination, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Zone(pub u8);

/// Most zones that a rate book may have.
pub const MAX_ZONES: usize = 20;
/// Most services that a rate book may have.
pub const MAX_SERVICES: usize = 16;

/// Up to `max_weight`, included, a parcel costs `rate` and travels `transit_days`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RateStep {
    pub max_weight: Weight,
    pub rate: Cost,
    pub transit_days: u8,
}

/// Dimensional weight: what a light but bulky parcel is billed as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dimensional {
    /// Weight units billed per `per_mm3` cubic millimetres.
    weight: i64,
    per_mm3: i64,
    /// Applies to parcels above this volume only.
    over_mm3: i64,
}

/// Cubic millimetres in 1,000 cubic inches.
const THOUSAND_CUBIC_INCHES_MM3: i64 = 16_387_064;

impl Dimensional {
    /// `divisor` cubic inches are billed as one pound (USPS 166, FedEx and UPS 139), above `over_in3` cubic inches.
    pub fn from_inches_per_pound(divisor: u32, over_in3: u32) -> Dimensional {
        Dimensional {
            weight: Weight::POUND,
            per_mm3: THOUSAND_CUBIC_INCHES_MM3 * i64::from(divisor.max(1)) / 1_000,
            over_mm3: THOUSAND_CUBIC_INCHES_MM3 * i64::from(over_in3) / 1_000,
        }
    }

    /// `divisor` cubic centimetres are billed as one kilogram (5,000 is usual), above `over_cm3`.
    pub fn from_cm3_per_kg(divisor: u32, over_cm3: u32) -> Dimensional {
        Dimensional {
            weight: 1_000 * Weight::GRAM,
            per_mm3: 1_000 * i64::from(divisor.max(1)),
            over_mm3: 1_000 * i64::from(over_cm3),
        }
    }

    fn billed(&self, volume_mm3: i64) -> Weight {
        if volume_mm3 <= self.over_mm3 {
            return Weight(0);
        }
        let product = i128::from(volume_mm3) * i128::from(self.weight);
        Weight((product / i128::from(self.per_mm3)) as i64)
    }
}

/// When a surcharge is due. Lengths in millimetres.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SurchargeWhen {
    /// Longest side above `over_mm` and, where given, up to `up_to_mm`.
    Longest {
        over_mm: u32,
        up_to_mm: Option<u32>,
    },
    VolumeOver {
        mm3: i64,
    },
    WeightOver(Weight),
    Residential,
    Always,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Surcharge {
    pub when: SurchargeWhen,
    /// First and last zone in which it is due.
    pub zones: (Zone, Zone),
    pub amount: Cost,
}

/// A carrier's service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Service {
    pub code: String,
    /// By zone, from 1; each sorted by weight. An empty list: the service does not go there.
    pub zones: Vec<Vec<RateStep>>,
    pub dimensional: Option<Dimensional>,
    pub surcharges: Vec<Surcharge>,
    pub max_longest_mm: Option<u32>,
    pub max_length_plus_girth_mm: Option<u32>,
}

/// What a carrier looks at.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct ParcelFacts {
    pub weight: Weight,
    /// Outer volume, filling included. 0: not measured.
    pub volume_mm3: i64,
    pub longest_mm: u32,
    pub length_plus_girth_mm: u32,
    pub is_residential: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quote {
    pub rate: Cost,
    pub surcharge: Cost,
    pub transit_days: u8,
}

impl Quote {
    pub fn total(&self) -> Cost {
        self.rate + self.surcharge
    }
}

impl Service {
    /// The price of one parcel to a zone. `None`: too heavy, too large, or not served.
    pub fn quote(&self, zone: Zone, parcel: &ParcelFacts) -> Option<Quote> {
        let steps = self.zones.get(usize::from(zone.0).checked_sub(1)?)?;
        if self.max_longest_mm.is_some_and(|max| parcel.longest_mm > max)
            || self.max_length_plus_girth_mm.is_some_and(|max| parcel.length_plus_girth_mm > max)
        {
            return None;
        }
        let billed = self.billed_weight(parcel);
        let step = steps.get(steps.partition_point(|step| step.max_weight < billed))?;
        let surcharge = self.surcharges.iter().filter(|s| s.is_due(zone, parcel)).map(|s| s.amount).sum();
        Some(Quote { rate: step.rate, surcharge, transit_days: step.transit_days })
    }

    /// Actual or dimensional weight, whichever is more.
    pub fn billed_weight(&self, parcel: &ParcelFacts) -> Weight {
        let dimensional = self.dimensional.map_or(Weight(0), |d| d.billed(parcel.volume_mm3));
        parcel.weight.max(dimensional)
    }

    /// Price depends on weight alone, so that a table by weight step says everything.
    pub fn is_by_weight_alone(&self) -> bool {
        self.dimensional.is_none()
            && self.surcharges.is_empty()
            && self.max_longest_mm.is_none()
            && self.max_length_plus_girth_mm.is_none()
    }
}

impl Surcharge {
    fn is_due(&self, zone: Zone, parcel: &ParcelFacts) -> bool {
        let due = match self.when {
            SurchargeWhen::Longest { over_mm, up_to_mm } => {
                parcel.longest_mm > over_mm && up_to_mm.is_none_or(|max| parcel.longest_mm <= max)
            }
            SurchargeWhen::VolumeOver { mm3 } => parcel.volume_mm3 > mm3,
            SurchargeWhen::WeightOver(limit) => parcel.weight > limit,
            SurchargeWhen::Residential => parcel.is_residential,
            SurchargeWhen::Always => true,
        };
        due && self.zones.0 <= zone && zone <= self.zones.1
    }
}

/// How a service is taken among those that keep the promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ServiceChoice {
    /// The first in the book's order: ground before express.
    InOrder,
    /// The cheapest; of equals the first.
    Cheapest,
}

/// All services, and how distance becomes a zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RateBook {
    pub services: Vec<Service>,
    pub choice: ServiceChoice,
    /// Upper bound of each zone, included, ascending; the zone after the last has none.
    pub band_upper: Vec<Distance>,
}

impl RateBook {
    /// The zone for a distance; an unknown distance gets the farthest that any service goes to.
    pub fn zone_for(&self, distance: Distance) -> Zone {
        let zone = 1 + self.band_upper.partition_point(|&upper| upper < distance) as u8;
        let served = self.services.iter().map(|service| service.zones.len()).max().unwrap_or(0) as u8;
        if distance.is_known() || served == 0 { Zone(zone) } else { Zone(zone.min(served)) }
    }

    /// Zones that any service or band names.
    pub fn zone_count(&self) -> usize {
        let served = self.services.iter().map(|s| s.zones.len()).max().unwrap_or(0);
        served.max(self.band_upper.len() + 1)
    }

    /// Heaviest weight that any service takes anywhere.
    pub fn heaviest(&self) -> Weight {
        let last = |steps: &Vec<RateStep>| steps.last().map_or(Weight(0), |step| step.max_weight);
        self.services.iter().flat_map(|s| s.zones.iter().map(last)).max().unwrap_or(Weight(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground() -> Service {
        let step = |ounces, rate| RateStep {
            max_weight: Weight::from_ounces(ounces),
            rate: Cost(rate),
            transit_days: 2,
        };
        Service {
            code: "GROUND".into(),
            zones: vec![vec![step(16, 50_000), step(32, 60_000), step(16 * 20, 300_000)]],
            dimensional: Some(Dimensional::from_inches_per_pound(166, 1_728)),
            surcharges: vec![Surcharge {
                when: SurchargeWhen::Longest { over_mm: 559, up_to_mm: Some(762) },
                zones: (Zone(1), Zone(9)),
                amount: Cost(40_000),
            }],
            max_longest_mm: None,
            max_length_plus_girth_mm: Some(3_302),
        }
    }

    fn total(parcel: ParcelFacts) -> Option<i64> {
        ground().quote(Zone(1), &parcel).map(|quote| quote.total().0)
    }

    #[test]
    fn a_step_includes_its_limit_and_what_is_beyond_the_last_is_refused() {
        let weighing = |weight| ParcelFacts { weight, ..ParcelFacts::default() };
        assert_eq!(total(weighing(Weight::from_ounces(16))), Some(50_000));
        assert_eq!(total(weighing(Weight(Weight::POUND + 1))), Some(60_000));
        assert_eq!(total(weighing(Weight::from_ounces(321))), None);
        assert_eq!(ground().quote(Zone(2), &weighing(Weight(1))), None);
    }

    #[test]
    fn a_bulky_parcel_is_billed_by_volume_only_above_the_threshold() {
        let cubic_inches = |n: i64| ParcelFacts {
            weight: Weight::from_ounces(10),
            volume_mm3: n * 16_387_064 / 1_000,
            ..ParcelFacts::default()
        };
        assert_eq!(total(cubic_inches(1_728)), Some(50_000));
        assert_eq!(total(cubic_inches(1_760)), Some(300_000));
    }

    #[test]
    fn long_parcels_pay_and_too_long_ones_stay() {
        let long = |longest_mm, length_plus_girth_mm| ParcelFacts {
            weight: Weight::from_ounces(8),
            longest_mm,
            length_plus_girth_mm,
            ..ParcelFacts::default()
        };
        assert_eq!(total(long(600, 1_000)), Some(90_000));
        assert_eq!(total(long(800, 1_000)), Some(50_000));
        assert_eq!(total(long(800, 3_303)), None);
    }

    #[test]
    fn bands_include_their_upper_bound() {
        let book = RateBook {
            services: vec![],
            choice: ServiceChoice::Cheapest,
            band_upper: vec![Distance(80_467), Distance(241_402)],
        };
        assert_eq!(book.zone_for(Distance(80_467)), Zone(1));
        assert_eq!(book.zone_for(Distance(80_468)), Zone(2));
        assert_eq!(book.zone_for(Distance::UNKNOWN), Zone(3));
    }
}
