//! `rates.csv`: what parcels cost, by service, zone and weight.
//!
//! Owns: building the rate book from rows. Refuses to know: the built-in tariff, see [`super::tariff`].

use super::super::bad_input::{BadInput, BadInputs, Faults, quoted};
use super::super::cell::Whole;
use super::super::table::Table;
use super::layout::RATES;
use super::manifest::Format;
use super::{Opening, tariff};
use model::rates::{MAX_SERVICES, MAX_ZONES};
use model::{Currency, RateBook, RateStep, Service, ServiceChoice, Weight};

const ZONE: Whole = Whole::new("a zone", 1, MAX_ZONES as i64);
const TRANSIT_DAYS: Whole = Whole::new("a number of days", 0, 60);
/// Most weight steps of one service and zone.
const MAX_STEPS: usize = 2_000;
/// The bench's services, in the order in which it tries them.
const BENCH_SERVICES: [&str; 2] = ["GROUND", "EXPRESS"];

pub(super) fn read(open: &mut Opening) -> Result<RateBook, BadInputs> {
    let Some(mut table) = Table::find(&open.dir, &RATES)? else {
        let currency = open.manifest.currency;
        if currency != Currency::USD {
            let problem = format!(
                "is missing, and the built-in tariff is in USD while amounts are in {}",
                currency.code()
            );
            return Err(BadInput::of_file(RATES.file, problem, "add it with rates in your currency").into());
        }
        let (book, assumptions) = tariff::usps(open.manifest.bands.clone());
        open.assumptions.extend(assumptions);
        return Ok(book);
    };
    let mut faults = Faults::default();
    let mut services: Vec<Service> = Vec::new();
    while table.next_row(&mut faults)? {
        faults.keep(take_row(&table, &mut services))?;
    }
    faults.into_result()?;
    if services.is_empty() {
        return Err(BadInput::of_file(table.file(), "has no rows", "add rates, or remove the file").into());
    }
    sort(&table, &mut services)?;
    if let Some(max) = open.manifest.parcel_max {
        services.iter_mut().flat_map(|service| &mut service.zones).for_each(|steps| cap(steps, max));
    }
    open.finish(&table);
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

fn take_row(table: &Table, services: &mut Vec<Service>) -> Result<(), BadInput> {
    let code = table.get("service").some_text("the name of the service")?;
    let zone = table.get("zone").whole(&ZONE)? as usize;
    let step = RateStep {
        max_weight: max_weight(table)?,
        rate: table.get("rate_usd").price()?,
        transit_days: table.get("transit_days").whole(&TRANSIT_DAYS)? as u8,
    };
    let service = match services.iter().position(|service| service.code == code) {
        Some(known) => &mut services[known],
        None if services.len() == MAX_SERVICES => {
            let problem = format!("{} is beyond the {MAX_SERVICES} services that there may be", quoted(code));
            return Err(table.get("service").fault(&problem, "remove services that are never used"));
        }
        None => {
            services.push(service_of(code));
            let last = services.len() - 1;
            &mut services[last]
        }
    };
    if service.zones.len() < zone {
        service.zones.resize(zone, Vec::new());
    }
    let steps = &mut service.zones[zone - 1];
    if steps.len() >= MAX_STEPS {
        let problem = format!("is beyond the {MAX_STEPS} weight steps that a zone may have");
        return Err(table.row_fault_of(&problem, "use fewer steps"));
    }
    steps.push(step);
    Ok(())
}

pub(super) fn service_of(code: &str) -> Service {
    Service {
        code: code.to_owned(),
        zones: Vec::new(),
        dimensional: None,
        surcharges: Vec::new(),
        max_longest_mm: None,
        max_length_plus_girth_mm: None,
    }
}

fn max_weight(table: &Table) -> Result<Weight, BadInput> {
    for (name, unit) in [
        ("max_weight_oz", Weight::OUNCE),
        ("max_weight_lb", Weight::POUND),
        ("max_weight_g", Weight::GRAM),
        ("max_weight_kg", 1_000 * Weight::GRAM),
    ] {
        if let Some(cell) = table.get(name).filled() {
            return cell.weight(unit);
        }
    }
    Err(table
        .row_fault_of("has no weight", "fill max_weight_oz, max_weight_lb, max_weight_g or max_weight_kg"))
}

/// By weight; two rows of one weight contradict each other.
fn sort(table: &Table, services: &mut [Service]) -> Result<(), BadInput> {
    for service in services {
        for (i, steps) in service.zones.iter_mut().enumerate() {
            steps.sort_by_key(|step| step.max_weight);
            if let Some(pair) = steps.windows(2).find(|pair| pair[0].max_weight == pair[1].max_weight) {
                let (service, zone) = (&service.code, i + 1);
                let ounces = pair[0].max_weight.ounces_up();
                let problem = format!("service {service}, zone {zone} has two rows for {ounces} oz");
                return Err(BadInput::of_file(table.file(), problem, "keep one of them"));
            }
        }
    }
    Ok(())
}

/// Nothing heavier than `max` is taken.
fn cap(steps: &mut Vec<RateStep>, max: Weight) {
    let kept = steps.partition_point(|step| step.max_weight < max);
    if let Some(last) = steps.get_mut(kept) {
        last.max_weight = max;
        steps.truncate(kept + 1);
    }
}
