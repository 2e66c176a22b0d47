//! Figures of a replay, in a table and as JSON.

use crate::commands::grid::Grid;
use crate::fault::{Fault, say};
use crate::source::Source;
use model::{Cost, CostPart, Currency, RuleSet};
use replay::{Comparison, CostInterval, Report, RuleWorth, VariantReport};
use serde_json::{Value, json};

/// Prints one column per variant.
pub(crate) fn print(source: &Source, report: &Report) -> Result<(), Fault> {
    let currency = source.problem.network.currency;
    let mut grid = Grid::of(report.variants.iter().map(|variant| variant.name.clone()).collect());
    let mut row = |name: &str, value: &dyn Fn(&VariantReport) -> String| {
        grid.row(name, report.variants.iter().map(value));
    };
    row("landed cost per order", &|v| per_order(v.tally.landed_cost(), v, currency));
    for part in CostPart::ALL {
        if report.variants.iter().any(|v| v.tally.costs.get(part) != Cost::ZERO) {
            row(&format!("  {}", part.words()), &|v| per_order(v.tally.costs.get(part), v, currency));
        }
    }
    row("orders split", &|v| percent(v.figures.split_rate));
    row("units filled", &|v| percent(v.figures.unit_fill_rate));
    row("orders filled in full", &|v| percent(v.figures.order_fill_rate));
    row("promise kept", &|v| match v.tally.promised_orders {
        0 => "nothing promised".to_owned(),
        _ => percent(v.figures.promise_kept_rate),
    });
    row("parcels per order", &|v| format!("{:.3}", v.figures.parcels_per_order));
    row("miles per parcel", &|v| format!("{:.0}", v.figures.miles_per_parcel));
    row("labor minutes per order", &|v| format!("{:.2}", v.figures.labor_minutes_per_order));
    row("orders for a person, count", &|v| (v.tally.outcomes.held + v.tally.outcomes.not_placed).to_string());
    say(format_args!("{} orders{}", report.orders, period(report)))?;
    grid.print()?;
    print_comparisons(report, currency)
}

/// The difference per order that is fair to tell: where one way fills fewer units, those are counted at what
/// they cost the shop, so that nobody saves by not sending.
pub(crate) fn fair_interval<'r>(report: &'r Report, comparison: &'r Comparison) -> &'r CostInterval {
    let placed = |at: usize| report.variants[at].tally.units_placed;
    if placed(comparison.base) == placed(comparison.other) {
        &comparison.cost_per_order
    } else {
        &comparison.cost_with_unfilled
    }
}

/// What a rule saves per order, unfilled units counted where leaving it out changes them.
pub(crate) fn fair_worth(worth: &RuleWorth) -> &CostInterval {
    if worth.unfilled_units == 0 { &worth.cost_per_order } else { &worth.comparison.cost_with_unfilled }
}

fn print_comparisons(report: &Report, currency: Currency) -> Result<(), Fault> {
    let base = &report.variants[0].name;
    for comparison in &report.comparisons {
        let interval = fair_interval(report, comparison);
        let other = &report.variants[comparison.other].name;
        let (word, amount) = if interval.estimate > Cost::ZERO {
            ("more", interval.estimate)
        } else {
            ("less", -interval.estimate)
        };
        say(format_args!(
            "{other} costs {} {word} per order than {base}, unfilled units counted ({} to {}; {}); {} orders moved.",
            amount.show(currency),
            interval.low.show(currency),
            interval.high.show(currency),
            interval.basis.words(),
            comparison.moved_orders
        ))?;
    }
    Ok(())
}

fn period(report: &Report) -> String {
    report.days.map_or(String::new(), |(from, to)| format!(", {from} to {to}"))
}

/// Prints what each rule saves.
pub(crate) fn print_worth(source: &Source, rules: &RuleSet, worths: &[RuleWorth]) -> Result<(), Fault> {
    let currency = source.problem.network.currency;
    for worth in worths {
        let sentence =
            rules.get(worth.rule).map_or(String::new(), |rule| engine::rules::sentence(rule, currency));
        let interval = fair_worth(worth);
        let says = match interval.estimate {
            _ if worth.is_idle() => "changed nothing in this period".to_owned(),
            little if little.0.abs() < 50 => "changes the cost by less than a cent per order".to_owned(),
            saved if saved > Cost::ZERO => format!("saves {} per order", saved.show(currency)),
            spent => format!("costs {} per order", (-spent).show(currency)),
        };
        say(format_args!(
            "{}: {says}; {} orders would move without it. {sentence}",
            engine::json::rule_code(worth.rule),
            worth.moved_orders
        ))?;
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

fn per_order(cost: Cost, variant: &VariantReport, currency: Currency) -> String {
    let orders = variant.tally.orders.max(1) as i64;
    Cost(cost.0 / orders).show(currency).to_string()
}

fn percent(rate: f64) -> String {
    format!("{:.2} %", rate * 100.0)
}

/// All figures as JSON.
pub(crate) fn json(source: &Source, report: &Report, worths: &[RuleWorth]) -> Value {
    let network = &source.problem.network;
    let variants: Vec<Value> = report.variants.iter().map(|variant| variant_json(source, variant)).collect();
    let comparisons: Vec<Value> = report.comparisons.iter().map(|comparison| {
        let top: Vec<Value> = comparison.top.iter().map(|moved| {
            let places = |places: &[(model::LocationId, u32)]| -> Vec<&str> {
                places.iter().map(|(location, _)| network.location(*location).code.as_str()).collect()
            };
            json!({"order": moved.order_id, "cost_change": moved.cost_change().decimal(), "from": places(&moved.from), "to": places(&moved.to)})
        }).collect();
        json!({
            "base": report.variants[comparison.base].name, "other": report.variants[comparison.other].name,
            "cost_per_order_change": comparison.cost_per_order.estimate.decimal(),
            "low": comparison.cost_per_order.low.decimal(), "high": comparison.cost_per_order.high.decimal(),
            "basis": comparison.cost_per_order.basis.words(), "moved_orders": comparison.moved_orders,
            "cheaper_orders": comparison.cheaper_orders, "dearer_orders": comparison.dearer_orders, "top_moved": top,
        })
    }).collect();
    let worths: Vec<Value> = worths.iter().map(|worth| {
        json!({"rule": engine::json::rule_code(worth.rule), "saves_per_order": fair_worth(worth).estimate.decimal(), "moved_orders": worth.moved_orders})
    }).collect();
    json!({"orders": report.orders, "variants": variants, "comparisons": comparisons, "rule_worth": worths})
}

fn variant_json(source: &Source, variant: &VariantReport) -> Value {
    let network = &source.problem.network;
    let costs: serde_json::Map<String, Value> = variant
        .tally
        .costs
        .iter()
        .map(|(part, cost)| (part.code().to_owned(), json!(cost.decimal())))
        .collect();
    let work: Vec<Value> = network.locations.iter().zip(&variant.tally.locations).map(|(location, work)| {
        json!({"location": location.code, "orders": work.orders, "parcels": work.parcels, "labor_minutes": work.labor_seconds / 60})
    }).collect();
    let figures: serde_json::Map<String, Value> =
        variant.figures.rows().iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    json!({
        "name": variant.name, "total_cost": variant.tally.landed_cost().decimal(), "costs": costs, "figures": figures,
        "work": work, "decisions_checked": variant.findings.decisions_checked, "findings": variant.findings.fatal,
    })
}
