//! A rate card fitted to what was really paid: medians of freight by distance and weight.
//!
//! Owns: bands, steps and the fit, all in integers. Refuses to know: any carrier's real tariff.

use super::source::{History, Sale};
use model::{Cost, Timestamp};
use std::collections::BTreeMap;

/// Upper bounds of the zones, in kilometres; a last zone is beyond.
pub(super) const BANDS_KM: [u32; 6] = [100, 250, 500, 1_000, 1_500, 2_000];
pub(super) const ZONES: usize = BANDS_KM.len() + 1;
/// Upper bounds of the weight steps, in grams.
pub(super) const STEPS_G: [i64; 10] =
    [250, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 100_000];
/// Fewer parcels than this do not make a median: the neighbours' price holds.
pub(super) const MIN_SAMPLES: usize = 30;

pub(super) struct RateCard {
    pub(super) rates: [[Cost; STEPS_G.len()]; ZONES],
    pub(super) transit_days: [i64; ZONES],
    /// Parcels that the fit rests on.
    pub(super) parcels: usize,
}

impl RateCard {
    pub(super) fn fit(history: &History) -> RateCard {
        let mut freight: BTreeMap<(usize, usize), Vec<i64>> = BTreeMap::new();
        let mut days: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        let mut parcels = 0;
        for sale in &history.sales {
            for (zone, weight_g, paid) in parcels_of(history, sale) {
                let step = STEPS_G.partition_point(|limit| *limit < weight_g);
                if step < STEPS_G.len() {
                    freight.entry((zone, step)).or_default().push(paid);
                    days.entry(zone).or_default().extend(transit_days(sale));
                    parcels += 1;
                }
            }
        }
        let mut card =
            RateCard { rates: [[Cost::ZERO; STEPS_G.len()]; ZONES], transit_days: [1; ZONES], parcels };
        for zone in 0..ZONES {
            card.fit_zone(zone, &mut freight);
            let before = if zone > 0 { card.transit_days[zone - 1] } else { 1 };
            let here = days.get_mut(&zone).and_then(|days| median(days)).unwrap_or(before);
            card.transit_days[zone] = here.max(before);
        }
        card
    }

    /// Never cheaper than a lighter parcel or a shorter way.
    fn fit_zone(&mut self, zone: usize, freight: &mut BTreeMap<(usize, usize), Vec<i64>>) {
        for step in 0..STEPS_G.len() {
            let nearer = if zone > 0 { self.rates[zone - 1][step] } else { Cost::ZERO };
            let lighter = if step > 0 { self.rates[zone][step - 1] } else { Cost::ZERO };
            let own = freight.get_mut(&(zone, step)).and_then(|paid| median(paid)).unwrap_or(0);
            self.rates[zone][step] = Cost(own).max(nearer).max(lighter);
        }
    }
}

/// Zone, weight and freight of each parcel (lines of one seller), where all three are known.
fn parcels_of<'a>(history: &'a History, sale: &'a Sale) -> impl Iterator<Item = (usize, i64, i64)> + 'a {
    let mut by_seller: BTreeMap<usize, (i64, i64, bool)> = BTreeMap::new();
    for line in &sale.lines {
        let weight = history.products[line.product].weight_g;
        let sum = by_seller.entry(line.seller).or_insert((0, 0, true));
        *sum = (sum.0 + weight, sum.1 + line.freight.0, sum.2 && weight > 0);
    }
    by_seller.into_iter().filter_map(move |(seller, (weight_g, paid, is_known))| {
        let way = history.sellers[seller].point?.distance_to(sale.to?);
        (is_known && paid > 0).then_some((zone(way.km()), weight_g, paid))
    })
}

/// From 0.
pub(super) fn zone(km: u32) -> usize {
    BANDS_KM.partition_point(|upper| *upper < km)
}

/// From the hands of the carrier to the door, rounded up.
fn transit_days(sale: &Sale) -> Option<i64> {
    let way = sale.delivered?.0 - sale.carried?.0;
    (way > 0).then_some((way + Timestamp::DAY_MS - 1) / Timestamp::DAY_MS)
}

/// The lower median; `None` of too few.
pub(super) fn median(values: &mut [i64]) -> Option<i64> {
    if values.len() < MIN_SAMPLES {
        return None;
    }
    values.sort_unstable();
    values.get((values.len() - 1) / 2).copied()
}
