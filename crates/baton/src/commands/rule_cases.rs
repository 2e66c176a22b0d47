//! Named cases of a rule set: each decided on the folder's stock with its own changes, and compared with
//! what the team expects.

use crate::commands::rules::Form;
use crate::fault::{Fault, Verdict, say};
use crate::source::Source;
use connect::files::{BadInput, plain_words};
use engine::Router;
use engine::rules::{Case, Expect, Pick, read_cases};
use model::words::count;
use model::{
    Decision, Destination, Network, Order, OrderLine, Outcome, RuleSet, Stock, StockEntry, StockLevel,
};
use serde_json::json;
use std::path::Path;

/// Minute of the shop's day at which a case without a time is placed: ten in the morning.
const USUAL_MINUTE: i64 = 600;

pub(crate) fn test(file: &Path, rules: &RuleSet, source: &Source, form: Form) -> Result<Verdict, Fault> {
    let name = file.display().to_string();
    let network = &source.problem.network;
    let text = std::fs::read_to_string(file).map_err(|error| {
        let problem = format!("the cases cannot be read: {}", plain_words(&error));
        BadInput::of_file(&name, problem, "name a text file of cases")
    })?;
    let cases = read_cases(&text, network.currency).map_err(|errors| Fault::Rules(name.clone(), errors))?;
    if cases.is_empty() {
        let remedy = "write a case, such as docs/rules.md shows";
        return Err(BadInput::of_file(&name, "holds no case", remedy).into());
    }
    let mut router = Router::new(network, rules);
    let mut failed = 0;
    let mut results = Vec::new();
    for case in &cases {
        let stock = stock_of(case, source, &name)?;
        let order = order_of(case, source, &name)?;
        let decision = router.explain(&stock, &order, order.placed_at);
        let mut misses: Vec<String> =
            case.expects.iter().filter_map(|expect| miss(network, (&order, decision), expect)).collect();
        let facts = audit::Facts { network, stock: &stock, rules, order: &order, now: order.placed_at };
        let findings = audit::check(&facts, decision).into_iter().filter(audit::Finding::is_fatal);
        misses.extend(findings.map(|finding| format!("the check found: {}", finding.message)));
        failed += usize::from(!misses.is_empty());
        if form == Form::Json {
            results.push(
                json!({"case": case.name, "line": case.line, "passed": misses.is_empty(), "misses": misses}),
            );
            continue;
        }
        say(format_args!("{} {}", if misses.is_empty() { "ok  " } else { "FAIL" }, case.name))?;
        for miss in &misses {
            say(format_args!("     {miss}"))?;
        }
        if !misses.is_empty() {
            for sentence in engine::sentences(network, rules, &order, decision) {
                say(format_args!("     | {sentence}"))?;
            }
        }
    }
    match form {
        Form::Json => say(serde_json::Value::from(results))?,
        Form::Text => say(format_args!("{}, {failed} failed", count(cases.len() as u64, "case")))?,
    }
    Ok(if failed == 0 { Verdict::Fine } else { Verdict::LookAtIt })
}

fn unknown(file: &str, case: &Case, what: String) -> Fault {
    BadInput::of_file(
        file,
        format!("case '{}' (line {}): {what}", case.name, case.line),
        "use the names of the folder's files",
    )
    .into()
}

fn product(network: &Network, (file, case): (&str, &Case), sku: &str) -> Result<model::ProductId, Fault> {
    network.product_by_sku(sku).ok_or_else(|| unknown(file, case, format!("'{sku}' is not a product")))
}

fn location(network: &Network, (file, case): (&str, &Case), code: &str) -> Result<model::LocationId, Fault> {
    network.location_by_code(code).ok_or_else(|| unknown(file, case, format!("'{code}' is not a location")))
}

/// The folder's stock, with what the case changes.
fn stock_of(case: &Case, source: &Source, file: &str) -> Result<Stock, Fault> {
    let network = &source.problem.network;
    let mut stock = source.problem.stock.clone();
    let mut added = Vec::new();
    for change in &case.stock {
        let product = product(network, (file, case), &change.sku)?;
        let location = location(network, (file, case), &change.location)?;
        let level = StockLevel { on_hand: change.units as i32, ..StockLevel::default() };
        match stock.record(product, location) {
            Some(record) => stock.set_level(
                record,
                StockLevel {
                    on_hand: change.units as i32,
                    committed: 0,
                    safety_stock: 0,
                    ..*stock.level(record)
                },
            ),
            None => added.push(StockEntry { product, location, level }),
        }
    }
    if !added.is_empty() {
        let mut entries: Vec<StockEntry> = added;
        for id in 0..network.products.len() as u32 {
            let product = model::ProductId(id);
            let records = stock.records(product);
            let locations = stock.locations(records.clone());
            let entry = |(record, &location): (usize, &model::LocationId)| StockEntry {
                product,
                location,
                level: *stock.level(model::RecordId(record as u32)),
            };
            entries.extend(records.clone().zip(locations).map(entry));
        }
        stock = Stock::new(network, entries, source.today());
    }
    Ok(stock)
}

fn order_of(case: &Case, source: &Source, file: &str) -> Result<Order, Fault> {
    let network = &source.problem.network;
    let wanted = &case.order;
    let clock = &network.settings.clock;
    let placed_at = match wanted.placed {
        Some(time) => clock.instant(time.day, i64::from(time.minute)),
        None => clock.instant(source.today(), USUAL_MINUTE),
    };
    let mut order = Order {
        id: case.name.clone(),
        lane: wanted.lane,
        service: wanted.service,
        placed_at,
        ..Order::empty()
    };
    order.channel = wanted.channel.clone().unwrap_or_default();
    order.tags.clone_from(&wanted.tags);
    order.deliver_by =
        network.settings.promise_days.map(|days| model::Day(clock.day(placed_at).0 + i32::from(days)));
    if let Some(code) = &wanted.pickup_at {
        order.pickup_at = Some(location(network, (file, case), code)?);
    }
    let postal = wanted.postal.clone().unwrap_or_default();
    let place = (1..=postal.len()).rev().find_map(|end| network.place(postal.get(..end)?));
    order.destination = Destination {
        place,
        region: wanted.region.clone().unwrap_or_default(),
        postal,
        ..Destination::default()
    };
    for (i, pick) in wanted.lines.iter().enumerate() {
        let product = product(network, (file, case), &pick.sku)?;
        let unit_price = network.product(product).price;
        order.lines.push(OrderLine {
            number: i as u32 + 1,
            product,
            quantity: pick.units,
            unit_price,
            when_short: None,
        });
    }
    spread_worth(case, &mut order);
    Ok(order)
}

/// What the case says the goods are worth, put on the first line's units.
fn spread_worth(case: &Case, order: &mut Order) {
    let Some(worth) = case.order.worth else { return };
    let units = order.units().max(1);
    for line in &mut order.lines {
        line.unit_price = model::Cost(worth.0 / i64::from(units));
    }
}

/// What is not as expected, in a sentence.
fn miss(network: &Network, (order, decision): (&Order, &Decision), expect: &Expect) -> Option<String> {
    let sends = |code: &str| {
        decision
            .parcels
            .iter()
            .filter(|parcel| network.location(parcel.location).code == code)
            .collect::<Vec<_>>()
    };
    let (is_met, wanted) = match expect {
        Expect::From { location, picks } => {
            let parcels = sends(location);
            let units = |sku: &str| -> u32 {
                let placements = parcels.iter().flat_map(|parcel| decision.placements_of(parcel));
                placements.filter(|p| network.product(p.product).sku == sku).map(|p| p.quantity).sum()
            };
            let all: u32 =
                parcels.iter().flat_map(|parcel| decision.placements_of(parcel)).map(|p| p.quantity).sum();
            let is_met = picks.iter().all(|pick| units(&pick.sku) == pick.units)
                && all == picks.iter().map(|pick| pick.units).sum::<u32>();
            (is_met, format!("{location} to send {}", told(picks)))
        }
        Expect::NotFrom(location) => (sends(location).is_empty(), format!("nothing from {location}")),
        Expect::Unfilled(pick) => {
            let is_it = |leftover: &&model::Leftover| {
                network.product(order.lines[usize::from(leftover.line)].product).sku == pick.sku
            };
            let units: u32 = decision.leftovers.iter().filter(is_it).map(|leftover| leftover.quantity).sum();
            (units == pick.units, format!("{} × {} to stay unfilled", pick.units, pick.sku))
        }
        Expect::Hold => (matches!(decision.outcome, Outcome::Held(_)), "the order to be held".to_owned()),
        Expect::Parcels(parcels) => (
            decision.parcels.len() as u32 == *parcels,
            format!("{}, and got {}", count((*parcels).into(), "parcel"), decision.parcels.len()),
        ),
        Expect::CostAtMost(most) => {
            let cost = decision.landed_cost();
            let shown = (most.show(network.currency), cost.show(network.currency));
            (cost <= *most, format!("a cost of {} at most, and it is {}", shown.0, shown.1))
        }
    };
    (!is_met).then(|| format!("expected {wanted}"))
}

fn told(picks: &[Pick]) -> String {
    picks.iter().map(|pick| format!("{} × {}", pick.units, pick.sku)).collect::<Vec<_>>().join(", ")
}
