//! The built-in tariff: USPS commercial prices of 5 October 2025, for folders without `rates.csv`.
//!
//! Owns: the tariff with its surcharges, and what is assumed beside it. Refuses to know: negotiated rates.

use super::rates::service_of;
use crate::files::cell::scaled;
use model::rates::{Dimensional, Surcharge, SurchargeWhen};
use model::{Cost, Distance, RateBook, RateStep, Service, ServiceChoice, Weight, Zone};

/// Made by `cargo xtask facts`; its head names source and date.
const TARIFF: &str = include_str!("../../../facts/usps_2025-10-05.csv");

const ZONES: usize = 9;
/// Days in transit by zone. The tariff states none: these are assumed, and said so.
const GROUND_DAYS: [u8; ZONES] = [2, 2, 3, 3, 4, 4, 5, 5, 5];
const PRIORITY_DAYS: [u8; ZONES] = [1, 2, 2, 2, 3, 3, 3, 3, 3];
/// Notice 123: cubic inches that are billed as a pound, above one cubic foot.
const DIMENSIONAL: (u32, u32) = (166, 1_728);
/// 22, 30, 108 and 130 inches, in millimetres.
const LONG_MM: u32 = 559;
const VERY_LONG_MM: u32 = 762;
const PRIORITY_GIRTH_MM: u32 = 2_743;
/// Two cubic feet.
const BULKY_MM3: i64 = 2 * 1_728 * 16_387_064 / 1_000;

/// The rate book, and the sentences that state what is assumed.
pub(super) fn usps(band_upper: Vec<Distance>) -> (RateBook, Vec<String>) {
    let ground = service("ground_advantage", GROUND_DAYS, [40_000, 84_000, 180_000]);
    let priority = service("priority_mail", PRIORITY_DAYS, [40_000, 180_000, 300_000]);
    let assumptions = vec![
        "no rates.csv: USPS commercial prices of 2025-10-05, Ground Advantage and Priority Mail".to_owned(),
        "transit days are assumed by zone 1 to 8: Ground Advantage 2, 2, 3, 3, 4, 4, 5, 5; Priority Mail 1, 2, 2, 2, 3, 3, 3, 3"
            .to_owned(),
    ];
    (RateBook { services: vec![ground, priority], choice: ServiceChoice::Cheapest, band_upper }, assumptions)
}

/// `surcharges` in cost units: above 22 inches, above 30 inches, above two cubic feet.
fn service(code: &str, days: [u8; ZONES], [long, very_long, bulky]: [i64; 3]) -> Service {
    let everywhere = (Zone(1), Zone(ZONES as u8));
    let due = |when, amount| Surcharge { when, zones: everywhere, amount: Cost(amount) };
    Service {
        zones: zones(code, days),
        dimensional: Some(Dimensional::from_inches_per_pound(DIMENSIONAL.0, DIMENSIONAL.1)),
        surcharges: vec![
            due(SurchargeWhen::Longest { over_mm: LONG_MM, up_to_mm: Some(VERY_LONG_MM) }, long),
            due(SurchargeWhen::Longest { over_mm: VERY_LONG_MM, up_to_mm: None }, very_long),
            due(SurchargeWhen::VolumeOver { mm3: BULKY_MM3 }, bulky),
        ],
        // Ground parcels up to 130 inches have a price of their own that is not in the table.
        max_length_plus_girth_mm: Some(PRIORITY_GIRTH_MM),
        ..service_of(code)
    }
}

fn zones(code: &str, days: [u8; ZONES]) -> Vec<Vec<RateStep>> {
    let mut zones: Vec<Vec<RateStep>> = vec![Vec::new(); ZONES];
    for row in TARIFF.lines().filter(|line| line.strip_prefix(code).is_some_and(|rest| rest.starts_with(',')))
    {
        let mut cells = row.split(',').skip(1).map(|cell| scaled(cell.as_bytes(), 4, b'.'));
        let Some(ounces_e4) = cells.next().flatten() else { continue };
        let max_weight = Weight(ounces_e4.0 * Weight::OUNCE / 10_000);
        for ((zone, rate), transit_days) in zones.iter_mut().zip(cells).zip(days) {
            if let Some((rate, _)) = rate {
                zone.push(RateStep { max_weight, rate: Cost(rate), transit_days });
            }
        }
    }
    zones
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ParcelFacts;

    fn quote(service: usize, zone: u8, parcel: ParcelFacts) -> Option<String> {
        let (book, _) = usps(Vec::new());
        book.services[service].quote(Zone(zone), &parcel).map(|quote| quote.total().decimal())
    }

    #[test]
    fn the_tariff_prices_what_the_notice_prints() {
        let weighing = |ounces| ParcelFacts { weight: Weight::from_ounces(ounces), ..ParcelFacts::default() };
        assert_eq!(quote(0, 1, weighing(4)).as_deref(), Some("4.5000"));
        assert_eq!(quote(0, 8, weighing(12)).as_deref(), Some("6.5900"));
        assert_eq!(quote(0, 5, weighing(16)).as_deref(), Some("8.4100"));
        assert_eq!(quote(0, 1, weighing(70 * 16 + 1)), None);
        let long = ParcelFacts { longest_mm: 600, ..weighing(4) };
        assert_eq!(quote(0, 1, long).as_deref(), Some("8.5000"));
    }

    #[test]
    fn prices_rise_with_weight_in_every_zone() {
        let (book, _) = usps(Vec::new());
        for service in &book.services {
            assert_eq!(service.zones.len(), ZONES);
            for steps in &service.zones {
                assert!(steps.len() > 70, "{}", service.code);
                assert!(
                    steps
                        .windows(2)
                        .all(|pair| pair[0].max_weight < pair[1].max_weight && pair[0].rate <= pair[1].rate)
                );
            }
        }
    }
}
