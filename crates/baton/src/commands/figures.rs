//! Figures of a replay, in a table and as JSON.

use crate::commands::basis;
use crate::commands::grid::Grid;
use crate::fault::{Fault, say};
use crate::restock::Shelves;
use crate::source::Source;
use model::words::count;
use model::{Cost, CostPart, Currency, Network, RuleSet};
use paper::report::{Assumption, DistanceUnit};
use replay::json::{self, Amounts};
use replay::{Report, RuleWorth, VariantReport, shortfall, told};
use serde_json::{Value, json};

/// Prints one column per variant, and first of all what makes them useless.
pub(crate) fn print(network: &Network, report: &Report) -> Result<(), Fault> {
    for warning in shortfall::warnings(report) {
        say(warning)?;
    }
    say(format_args!("{}{}", count(report.orders, "order"), period(report)))?;
    table(network, report).print()?;
    print_comparisons(report, network.currency)
}

fn table(network: &Network, report: &Report) -> Grid {
    let mut grid = Grid::of(report.variants.iter().map(|variant| variant.name.clone()).collect());
    let mut row = |name: &str, value: &dyn Fn(&VariantReport) -> String| {
        grid.row(name, report.variants.iter().map(value));
    };
    money_rows(network.currency, report, &mut row);
    service_rows(distance_unit(network), &mut row);
    grid
}

type AddRow<'r> = dyn FnMut(&str, &dyn Fn(&VariantReport) -> String) + 'r;

/// Part by part to what comparisons compare, each per order.
fn money_rows(currency: Currency, report: &Report, row: &mut AddRow<'_>) {
    let each = |cost: Cost, v: &VariantReport| cost.per(v.tally.orders).show(currency).to_string();
    for part in CostPart::ALL.into_iter().filter(|part| *part != CostPart::Unfilled) {
        if report.variants.iter().any(|v| v.tally.costs.get(part) != Cost::ZERO) {
            row(&format!("  {}", part.words()), &|v| each(v.tally.costs.get(part), v));
        }
    }
    row("landed cost per order", &|v| each(v.tally.cost_with_unfilled() - v.tally.unfilled_cost, v));
    if report.variants.iter().any(|v| v.tally.unfilled_cost != Cost::ZERO) {
        row("  units not filled", &|v| each(v.tally.unfilled_cost, v));
        row("cost in all per order", &|v| each(v.tally.cost_with_unfilled(), v));
    }
}

fn service_rows(unit: DistanceUnit, row: &mut AddRow<'_>) {
    row("orders split", &|v| percent(v.figures.split_rate));
    row("units filled", &|v| percent(v.figures.unit_fill_rate));
    row("orders filled in full", &|v| percent(v.figures.order_fill_rate));
    row("promise kept", &|v| match v.tally.promised_orders {
        0 => "nothing promised".to_owned(),
        _ => percent(v.figures.promise_kept_rate),
    });
    row("parcels per order sent", &|v| format!("{:.2}", v.figures.parcels_per_order));
    let (name, metres) = match unit {
        DistanceUnit::Miles => ("miles per parcel", 1_609.344),
        DistanceUnit::Kilometers => ("kilometers per parcel", 1_000.0),
    };
    row(name, &|v| format!("{:.0}", v.figures.distance_m_per_parcel / metres));
    row("labor minutes per order", &|v| format!("{:.2}", v.figures.labor_minutes_per_order));
    row("orders for a person, count", &|v| (v.tally.outcomes.held + v.tally.outcomes.not_placed).to_string());
}

/// One unit for a folder: miles where its money is that of the United States.
pub(crate) fn distance_unit(network: &Network) -> DistanceUnit {
    if network.currency == Currency::USD { DistanceUnit::Miles } else { DistanceUnit::Kilometers }
}

fn print_comparisons(report: &Report, currency: Currency) -> Result<(), Fault> {
    for comparison in &report.comparisons {
        say(told::comparison(report, comparison, currency))?;
    }
    Ok(())
}

fn period(report: &Report) -> String {
    report.days.map_or(String::new(), |(from, to)| format!(", {from} to {to}"))
}

/// Prints what each rule saves.
pub(crate) fn print_worth(network: &Network, rules: &RuleSet, worths: &[RuleWorth]) -> Result<(), Fault> {
    for worth in worths {
        say(told::worth(rules, worth, network.currency))?;
    }
    Ok(())
}

/// Tells what the independent check found.
pub(crate) fn warn_of_findings(report: &Report) {
    for variant in &report.variants {
        for found in variant
            .findings
            .kept
            .iter()
            .filter(|found| found.finding.severity == audit::Severity::Fatal)
            .take(5)
        {
            eprintln!(
                "the check found, under {}: order {}: {}",
                variant.name, found.order_id, found.finding.message
            );
        }
    }
}

fn percent(rate: f64) -> String {
    format!("{:.1} %", rate * 100.0)
}

/// All figures as JSON. Amounts are decimal strings with four decimals, as in decisions; rates are numbers.
pub(crate) fn json(
    (source, shelves): (&Source, &Shelves),
    (report, worths): (&Report, &[RuleWorth]),
    assumptions: &[Assumption],
) -> Value {
    let told = |told: &Assumption| json!({"basis": basis::word(told.basis).to_lowercase(), "sentence": told.sentence});
    let mut all = json::report((&source.problem.network, Amounts::Decimal), (report, worths));
    all.insert("restock".to_owned(), json!(shelves.restock.to_string()));
    all.insert("stock_records_raised".to_owned(), json!(shelves.raised));
    all.insert("assumptions".to_owned(), assumptions.iter().map(told).collect());
    Value::Object(all)
}
