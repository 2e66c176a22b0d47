//! The built-in tariff: USPS commercial prices of 5 October 2025, for folders without `rates.csv`.
//!
//! Owns: the tariff with its surcharges, and what is assumed beside it. Refuses to know: negotiated rates.

use super::rates::{Card, PriceStep};
use crate::files::cell::scaled;
use model::rates::{Dimensional, Surcharge, SurchargeWhen};
use model::{Cost, Weight, Zone};

/// Made by `cargo xtask facts`; its head names source and date.
const TARIFF: &str = include_str!("../../../facts/usps_2025-10-05.csv");

/// What is assumed where it is used.
pub(super) const SENTENCE: &str =
    "no rates.csv: USPS commercial prices of 2025-10-05, Ground Advantage and Priority Mail";

const ZONES: usize = 9;
/// Notice 123: cubic inches that are billed as a pound, above one cubic foot.
const DIMENSIONAL: (u32, u32) = (166, 1_728);
/// 22, 30, 108 and 130 inches, in millimetres.
const LONG_MM: u32 = 559;
const VERY_LONG_MM: u32 = 762;
const PRIORITY_GIRTH_MM: u32 = 2_743;
/// Two cubic feet.
const BULKY_MM3: i64 = 2 * 1_728 * 16_387_064 / 1_000;

/// The services without their days: the tariff states none.
pub(super) fn usps() -> Vec<Card> {
    vec![
        card("ground_advantage", [40_000, 84_000, 180_000]),
        card("priority_mail", [40_000, 180_000, 300_000]),
    ]
}

/// `surcharges` in cost units: above 22 inches, above 30 inches, above two cubic feet.
fn card(code: &str, [long, very_long, bulky]: [i64; 3]) -> Card {
    let everywhere = (Zone(1), Zone(ZONES as u8));
    let due = |when, amount| Surcharge { when, zones: everywhere, amount: Cost(amount) };
    let mut card = Card::new(code);
    card.service.dimensional = Some(Dimensional::from_inches_per_pound(DIMENSIONAL.0, DIMENSIONAL.1));
    card.service.surcharges = vec![
        due(SurchargeWhen::Longest { over_mm: LONG_MM, up_to_mm: Some(VERY_LONG_MM) }, long),
        due(SurchargeWhen::Longest { over_mm: VERY_LONG_MM, up_to_mm: None }, very_long),
        due(SurchargeWhen::VolumeOver { mm3: BULKY_MM3 }, bulky),
    ];
    // Ground parcels up to 130 inches have a price of their own that is not in the table.
    card.service.max_length_plus_girth_mm = Some(PRIORITY_GIRTH_MM);
    card.steps = steps(code);
    card
}

fn steps(code: &str) -> Vec<Vec<PriceStep>> {
    let mut zones: Vec<Vec<PriceStep>> = vec![Vec::new(); ZONES];
    for row in TARIFF.lines().filter(|line| line.strip_prefix(code).is_some_and(|rest| rest.starts_with(',')))
    {
        let mut cells = row.split(',').skip(1).map(|cell| scaled(cell.as_bytes(), 4, b'.'));
        let Some(ounces_e4) = cells.next().flatten() else { continue };
        // Rounded as a cell of rates.csv is.
        let max_weight = Weight((ounces_e4.0 * Weight::OUNCE + 5_000) / 10_000);
        for (zone, rate) in zones.iter_mut().zip(cells) {
            if let Some((rate, _)) = rate {
                zone.push(PriceStep { max_weight, rate: Cost(rate), transit_days: None });
            }
        }
    }
    zones
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ParcelFacts, Service};

    fn quote(service: usize, zone: u8, parcel: ParcelFacts) -> Option<String> {
        services()[service].quote(Zone(zone), &parcel).map(|quote| quote.total().decimal())
    }

    fn services() -> Vec<Service> {
        usps().into_iter().map(Card::into_service).collect()
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
        for service in services() {
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
