//! The rate book of a folder, put together from prices, terms of services and surcharges.
//!
//! Owns: their order of precedence, the days that are assumed, and which service is tried first.
//! Refuses to know: the columns of `rates.csv`, see [`super::price_table`]; the built-in tariff, see
//! [`super::tariff`].

use super::super::bad_input::{BadInput, BadInputs};
use super::layout::{MANIFEST, RATES};
use super::manifest::Format;
use super::{Opening, price_table, services, surcharges, tariff};
use model::{Cost, Currency, RateBook, RateStep, Service, ServiceChoice, Weight};

/// The bench's services, in the order in which it tries them.
const BENCH_SERVICES: [&str; 2] = ["GROUND", "EXPRESS"];
/// Days in transit by zone that are assumed where nobody states them. Those of the last zone hold beyond.
const ASSUMED_DAYS: [u8; 9] = [2, 2, 3, 3, 4, 4, 5, 5, 5];
/// The same for a service that is sold as the faster one.
const ASSUMED_PRIORITY_DAYS: [u8; 9] = [1, 2, 2, 2, 3, 3, 3, 3, 3];

/// A weight step whose days may still be unknown.
#[derive(Clone, Copy)]
pub(super) struct PriceStep {
    pub(super) max_weight: Weight,
    pub(super) rate: Cost,
    pub(super) transit_days: Option<u8>,
}

/// One service while its files are read.
pub(super) struct Card {
    /// Without zones: [`Card::into_service`] adds them when the days are known.
    pub(super) service: Service,
    /// By zone, from 1; each sorted by weight.
    pub(super) steps: Vec<Vec<PriceStep>>,
    /// Days by zone where `services.csv` has them; those of the last zone hold beyond.
    pub(super) days: Option<Vec<u8>>,
    /// Zone 1 has the prices of zone 2, since the carrier's zones begin there.
    pub(super) begins_at_two: bool,
}

pub(super) fn read(open: &mut Opening) -> Result<RateBook, BadInputs> {
    let mut cards = match price_table::read(open)? {
        Some(cards) => cards,
        None => built_in(open)?,
    };
    services::read(open, &mut cards)?;
    surcharges::read(open, &mut cards)?;
    open.assumptions.extend(assumed_days(&cards));
    let mut services: Vec<Service> = cards.into_iter().map(Card::into_service).collect();
    if let Some(max) = open.manifest.parcel_max {
        services.iter_mut().flat_map(|service| &mut service.zones).for_each(|steps| cap(steps, max));
    }
    let order = |service: &Service| match open.manifest.format {
        Format::Bench => BENCH_SERVICES.iter().position(|name| *name == service.code),
        Format::Baton => open.manifest.services.iter().position(|name| *name == service.code),
    };
    services.sort_by_key(|service| order(service).unwrap_or(usize::MAX));
    let choice = match open.manifest.format {
        Format::Bench => ServiceChoice::InOrder,
        Format::Baton if open.manifest.services.is_empty() => ServiceChoice::Cheapest,
        Format::Baton => ServiceChoice::InOrder,
    };
    Ok(RateBook { services, choice, band_upper: open.manifest.bands.clone() })
}

fn built_in(open: &mut Opening) -> Result<Vec<Card>, BadInput> {
    let currency = open.manifest.currency;
    if currency != Currency::USD {
        let problem =
            format!("is missing, and the built-in tariff is in USD while amounts are in {}", currency.code());
        return Err(BadInput::of_file(RATES.file, problem, "add it with rates in your currency"));
    }
    if open.manifest.price_tier.is_some() {
        let remedy = "add that file, or remove price_tier";
        let fault = BadInput::of_file(MANIFEST.file, "chooses a price tier without a rates.csv", remedy);
        return Err(fault.in_column("price_tier"));
    }
    open.assumptions.push(tariff::SENTENCE.to_owned());
    Ok(tariff::usps())
}

/// The sentence about services of which nobody says how long they take.
fn assumed_days(cards: &[Card]) -> Option<String> {
    let lacks = |card: &&Card| {
        card.days.is_none() && card.steps.iter().flatten().any(|step| step.transit_days.is_none())
    };
    let told = |card: &Card| {
        let days: Vec<String> =
            assumed_for(&card.service.code).iter().take(8).map(|days| days.to_string()).collect();
        format!("{} {}", card.service.code, days.join(", "))
    };
    let lacking: Vec<String> = cards.iter().filter(lacks).map(told).collect();
    (!lacking.is_empty()).then(|| format!("transit days are assumed by zone 1 to 8: {}", lacking.join("; ")))
}

fn assumed_for(code: &str) -> &'static [u8] {
    if code.starts_with("priority") { &ASSUMED_PRIORITY_DAYS } else { &ASSUMED_DAYS }
}

impl Card {
    pub(super) fn new(code: &str) -> Card {
        let service = Service {
            code: code.to_owned(),
            zones: Vec::new(),
            dimensional: None,
            surcharges: Vec::new(),
            max_longest_mm: None,
            max_length_plus_girth_mm: None,
        };
        Card { service, steps: Vec::new(), days: None, begins_at_two: false }
    }

    /// What a row states comes first, then `services.csv`, then what is assumed.
    pub(super) fn into_service(mut self) -> Service {
        let by_zone = self.days.as_deref().unwrap_or(assumed_for(&self.service.code));
        let days_at = |zone: usize| by_zone.get(zone).or(by_zone.last()).copied().unwrap_or(0);
        let priced = |zone: usize, step: &PriceStep| RateStep {
            max_weight: step.max_weight,
            rate: step.rate,
            transit_days: step.transit_days.unwrap_or(days_at(zone)),
        };
        let zones = self.steps.iter().enumerate();
        self.service.zones =
            zones.map(|(zone, steps)| steps.iter().map(|step| priced(zone, step)).collect()).collect();
        self.service
    }
}

/// Nothing heavier than `max` is taken.
fn cap(steps: &mut Vec<RateStep>, max: Weight) {
    let kept = steps.partition_point(|step| step.max_weight < max);
    if let Some(last) = steps.get_mut(kept) {
        last.max_weight = max;
        steps.truncate(kept + 1);
    }
}
