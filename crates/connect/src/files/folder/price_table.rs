//! `rates.csv`: prices by service, zone and weight, in one's own layout or as a carrier publishes them.
//!
//! Owns: the columns of the file, price tiers, and what published tables leave to the reader.
//! Refuses to know: what a service says of size and days.

use super::super::bad_input::{BadInput, BadInputs, Faults, quoted};
use super::super::cell::{Cell, Whole};
use super::super::table::Table;
use super::Opening;
use super::layout::{MANIFEST, RATES, SERVICES};
use super::rates::{Card, PriceStep};
use model::Weight;
use model::rates::{MAX_SERVICES, MAX_ZONES};

pub(super) const ZONE: Whole = Whole::new("a zone", 1, MAX_ZONES as i64);
pub(super) const TRANSIT_DAYS: Whole = Whole::new("a number of days", 0, 60);
/// Most weight steps of one service and zone.
const MAX_STEPS: usize = 2_000;
/// Most price tiers of a file: more of them means that the column holds something else.
const MAX_TIERS: usize = 16;
/// Weight columns with the unit in their name; the last is that of published tables.
const WEIGHT_COLUMNS: [(&str, i64); 5] = [
    ("max_weight_oz", Weight::OUNCE),
    ("max_weight_lb", Weight::POUND),
    ("max_weight_g", Weight::GRAM),
    ("max_weight_kg", 1_000 * Weight::GRAM),
    ("weight_lb", Weight::POUND),
];

/// The services of the file, their steps sorted; `None` where there is no file.
pub(super) fn read(open: &mut Opening) -> Result<Option<Vec<Card>>, BadInputs> {
    let Some(mut table) = Table::find(&open.dir, &RATES)? else { return Ok(None) };
    let mut faults = Faults::default();
    let mut tiers = Tiers { chosen: open.manifest.price_tier.clone(), seen: Vec::new() };
    let mut prices = Prices::default();
    while table.next_row(&mut faults)? {
        if faults.keep(tiers.takes(&table.get("price_tier")))? == Some(true) {
            faults.keep(prices.take_row(&table))?;
        }
    }
    faults.into_result()?;
    tiers.settle(&table)?;
    if prices.by_weight.is_empty() && prices.oversized.is_empty() {
        return Err(BadInput::of_file(table.file(), "has no rows", "add rates, or remove the file").into());
    }
    sort(&table, &mut prices.by_weight)?;
    let is_published = table.at("weight_lb").is_there() || table.at("weight_not_over").is_there();
    if is_published {
        open.assumptions.extend(begin_at_one(&mut prices.by_weight));
        if !open.dir.has(SERVICES.file) {
            let sentence = "no services.csv: parcels are priced by weight alone, without limits of size";
            open.assumptions.push(sentence.to_owned());
        }
    }
    let cards = prices.with_oversized(&table)?;
    open.finish(&table);
    Ok(Some(cards))
}

/// The price lists that a file mixes, and the one that counts.
struct Tiers {
    chosen: Option<String>,
    seen: Vec<String>,
}

impl Tiers {
    /// A row counts when it names no tier, the chosen one, or, while nobody chose, the only one.
    fn takes(&mut self, cell: &Cell<'_>) -> Result<bool, BadInput> {
        let name = cell.text();
        if name.is_empty() {
            return Ok(true);
        }
        if !self.seen.iter().any(|seen| seen.eq_ignore_ascii_case(name)) {
            if self.seen.len() == MAX_TIERS {
                let problem = format!("{} is beyond the {MAX_TIERS} tiers that there may be", quoted(name));
                return Err(cell.fault(&problem, "keep those that you could be charged"));
            }
            self.seen.push(name.to_owned());
        }
        let counts = self.chosen.as_ref().or(self.seen.first());
        Ok(counts.is_some_and(|tier| tier.eq_ignore_ascii_case(name)))
    }

    fn settle(&self, table: &Table) -> Result<(), BadInput> {
        let names = self.seen.join(", ");
        match &self.chosen {
            None if self.seen.len() > 1 => {
                let problem = format!("has prices of {} tiers: {names}", self.seen.len());
                let remedy = format!(
                    "say in manifest.json which one you are charged, as in \"price_tier\": \"{}\"",
                    self.seen[0]
                );
                Err(BadInput::of_file(table.file(), problem, remedy).in_column("price_tier"))
            }
            Some(chosen) if !self.seen.iter().any(|seen| seen.eq_ignore_ascii_case(chosen)) => {
                let problem = format!("{} is no price tier of {}", quoted(chosen), table.file());
                let remedy = match names.as_str() {
                    "" => "remove it; the rates there have no tiers".to_owned(),
                    names => format!("write one of {names}"),
                };
                Err(BadInput::of_file(MANIFEST.file, problem, remedy).in_column("price_tier"))
            }
            _ => Ok(()),
        }
    }
}

/// Up to which weight a row holds.
enum Limit {
    Weight(Weight),
    /// USPS: one price for whatever is too large for the steps by weight.
    Oversized,
}

#[derive(Default)]
struct Prices {
    by_weight: Vec<Card>,
    /// Under the code of the service that they belong to.
    oversized: Vec<Card>,
}

impl Prices {
    fn take_row(&mut self, table: &Table) -> Result<(), BadInput> {
        let service = table.get("service");
        service.some_text("the name of the service")?;
        let zone = table.get("zone").whole(&ZONE)? as usize;
        let limit = limit(table)?;
        let rate = table.get("rate_usd").price()?;
        let days = table.get("transit_days").filled().map(|cell| cell.whole(&TRANSIT_DAYS)).transpose()?;
        let transit_days = days.map(|days| days as u8);
        let (cards, max_weight) = match limit {
            Limit::Weight(weight) => (&mut self.by_weight, weight),
            Limit::Oversized => (&mut self.oversized, Weight::MAX),
        };
        let card = card(cards, &service)?;
        if card.steps.len() < zone {
            card.steps.resize(zone, Vec::new());
        }
        let steps = &mut card.steps[zone - 1];
        if steps.len() >= MAX_STEPS {
            let problem = format!("is beyond the {MAX_STEPS} weight steps that a zone may have");
            return Err(table.row_fault_of(&problem, "use fewer steps"));
        }
        steps.push(PriceStep { max_weight, rate, transit_days });
        Ok(())
    }

    /// Adds oversized prices as services of their own, which take what the service itself would weigh at most.
    /// They cost more than any of its steps, so that a parcel takes them only where its size leaves no other.
    fn with_oversized(mut self, table: &Table) -> Result<Vec<Card>, BadInput> {
        for mut card in self.oversized {
            let code = &card.service.code;
            let Some(base) = self.by_weight.iter().find(|base| base.service.code == *code) else {
                let problem = format!("{} has an oversized price and none by weight", quoted(code));
                return Err(BadInput::of_file(table.file(), problem, "add its prices by weight"));
            };
            let heaviest = base.steps.iter().filter_map(|steps| Some(steps.last()?.max_weight)).max();
            card.service.code = format!("{code}_oversized");
            for (i, steps) in card.steps.iter_mut().enumerate() {
                if steps.len() > 1 {
                    let (service, zone) = (&base.service.code, i + 1);
                    let problem = format!("service {service}, zone {zone} has two rows for oversized");
                    return Err(BadInput::of_file(table.file(), problem, "keep one of them"));
                }
                steps.iter_mut().for_each(|step| step.max_weight = heaviest.unwrap_or(step.max_weight));
            }
            if self.by_weight.iter().any(|other| other.service.code == card.service.code) {
                let problem = format!("{} is the name of oversized prices, too", quoted(&card.service.code));
                return Err(BadInput::of_file(table.file(), problem, "give that service another name"));
            }
            self.by_weight.push(card);
        }
        if self.by_weight.len() > MAX_SERVICES {
            let problem = format!("has more than {MAX_SERVICES} services, oversized prices counted");
            return Err(BadInput::of_file(table.file(), problem, "remove services that are never used"));
        }
        Ok(self.by_weight)
    }
}

fn card<'c>(cards: &'c mut Vec<Card>, cell: &Cell<'_>) -> Result<&'c mut Card, BadInput> {
    let code = cell.text();
    let known = cards.iter().position(|card| card.service.code == code);
    if known.is_none() && cards.len() == MAX_SERVICES {
        let problem = format!("{} is beyond the {MAX_SERVICES} services that there may be", quoted(code));
        return Err(cell.fault(&problem, "remove services that are never used"));
    }
    let at = known.unwrap_or_else(|| {
        cards.push(Card::new(code));
        cards.len() - 1
    });
    Ok(&mut cards[at])
}

fn limit(table: &Table) -> Result<Limit, BadInput> {
    if let Some(cell) = table.get("weight_not_over").filled() {
        return match cell.bytes().eq_ignore_ascii_case(b"oversized") {
            true => Ok(Limit::Oversized),
            false => Ok(Limit::Weight(cell.weight(weight_unit(&table.get("weight_unit"))?)?)),
        };
    }
    for (name, unit) in WEIGHT_COLUMNS {
        if let Some(cell) = table.get(name).filled() {
            return cell.weight(unit).map(Limit::Weight);
        }
    }
    let remedy =
        "fill one of max_weight_oz, max_weight_lb, max_weight_g, max_weight_kg, weight_lb or weight_not_over";
    Err(table.row_fault_of("has no weight", remedy))
}

/// The unit that a cell names.
pub(super) fn weight_unit(cell: &Cell<'_>) -> Result<i64, BadInput> {
    match cell.text().to_ascii_lowercase().as_str() {
        "oz" => Ok(Weight::OUNCE),
        "lb" | "lbs" => Ok(Weight::POUND),
        "g" => Ok(Weight::GRAM),
        "kg" => Ok(1_000 * Weight::GRAM),
        _ => Err(cell.is_not("a unit of weight", "write oz, lb, g or kg")),
    }
}

/// By weight; two rows of one weight contradict each other.
fn sort(table: &Table, cards: &mut [Card]) -> Result<(), BadInput> {
    for card in cards {
        for (i, steps) in card.steps.iter_mut().enumerate() {
            steps.sort_by_key(|step| step.max_weight);
            if let Some(pair) = steps.windows(2).find(|pair| pair[0].max_weight == pair[1].max_weight) {
                let (service, zone) = (&card.service.code, i + 1);
                let ounces = pair[0].max_weight.ounces_up();
                let problem = format!("service {service}, zone {zone} has two rows for {ounces} oz");
                return Err(BadInput::of_file(table.file(), problem, "keep one of them"));
            }
        }
    }
    Ok(())
}

/// FedEx and UPS call the nearest ways zone 2. Bands and pairs of others know a zone 1 within it, and a
/// service that is not sold there would be lost on the shortest ways of all.
fn begin_at_one(cards: &mut [Card]) -> Option<String> {
    let mut begun: Vec<&str> = Vec::new();
    for card in cards {
        if let [first, second, ..] = card.steps.as_mut_slice()
            && first.is_empty()
            && !second.is_empty()
        {
            first.clone_from(second);
            card.begins_at_two = true;
            begun.push(&card.service.code);
        }
    }
    (!begun.is_empty()).then(|| {
        format!("rates.csv has no zone 1 for {}: it costs there what it costs in zone 2", begun.join(", "))
    })
}
