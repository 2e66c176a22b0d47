//! Figures of a replay, in a table and as JSON.

use crate::commands::grid::Grid;
use crate::commands::{basis, shortfall};
use crate::fault::{Fault, say};
use crate::restock::Shelves;
use crate::source::Source;
use model::words::{count, grouped};
use model::{Cost, CostPart, Currency, Effect, Network, RuleSet};
use paper::report::{Assumption, DistanceUnit};
use replay::figures::Figure;
use replay::{Basis, Comparison, Report, RuleWorth, Saving, VariantReport};
use serde_json::{Value, json};

/// Prints one column per variant, and first of all what makes them useless.
pub(crate) fn print(source: &Source, report: &Report) -> Result<(), Fault> {
    for warning in shortfall::warnings(report) {
        say(warning)?;
    }
    say(format_args!("{}{}", count(report.orders, "order"), period(report)))?;
    table(source, report).print()?;
    print_comparisons(report, source.problem.network.currency)
}

fn table(source: &Source, report: &Report) -> Grid {
    let mut grid = Grid::of(report.variants.iter().map(|variant| variant.name.clone()).collect());
    let mut row = |name: &str, value: &dyn Fn(&VariantReport) -> String| {
        grid.row(name, report.variants.iter().map(value));
    };
    money_rows(source.problem.network.currency, report, &mut row);
    service_rows(distance_unit(&source.problem.network), &mut row);
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
    let base = &report.variants[0].name;
    for comparison in &report.comparisons {
        let saving = Saving::of(report, comparison);
        let other = &report.variants[comparison.other].name;
        let word = if saving.per_order < Cost::ZERO { "more" } else { "less" };
        let range = saving.interval.map_or(String::new(), |(low, high)| {
            format!("saved per order: {} to {}; ", low.show(currency), high.show(currency))
        });
        let same = match comparison.same_cost.orders {
            0 => String::new(),
            same => format!(", {} of them at the same cost", grouped(same)),
        };
        say(format_args!(
            "{other} costs {} {word} per order than {base}, unfilled units counted ({range}{}); {} moved{same}.",
            Cost(saving.per_order.0.abs()).show(currency),
            saving.basis.words(),
            count(comparison.moved.orders, "order")
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
        let saved = worth.cost_with_unfilled.estimate;
        let says = match worth.effect(currency) {
            _ if worth.flags > 0 => format!("flagged low stock {}", count(worth.flags, "time")),
            _ if worth.is_idle() => "changed nothing in this period".to_owned(),
            Effect::Unclear => "no clear effect on the cost".to_owned(),
            Effect::TooSmall => "changes the cost by less than a cent per order".to_owned(),
            Effect::Saves => format!("saves {} per order", saved.show(currency)),
            Effect::Costs => format!("costs {} per order", (-saved).show(currency)),
        };
        say(format_args!(
            "{}: {says}; {} would move without it. {sentence}",
            engine::json::rule_code(worth.rule),
            count(worth.moved_orders, "order")
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

fn percent(rate: f64) -> String {
    format!("{:.1} %", rate * 100.0)
}

/// All figures as JSON. Amounts are decimal strings with four decimals, as in decisions; rates are numbers.
pub(crate) fn json(
    (source, shelves): (&Source, &Shelves),
    (report, worths): (&Report, &[RuleWorth]),
    assumptions: &[Assumption],
) -> Value {
    let variants: Vec<Value> = report.variants.iter().map(|variant| variant_json(source, variant)).collect();
    let comparisons: Vec<Value> =
        report.comparisons.iter().map(|comparison| comparison_json(source, report, comparison)).collect();
    let worth = |worth: &RuleWorth| {
        let saved = &worth.cost_with_unfilled;
        json!({
            "rule": engine::json::rule_code(worth.rule), "saved_per_order": saved.estimate.decimal(),
            "interval": interval((saved.basis != Basis::Nothing).then_some((saved.low, saved.high))),
            "moved_orders": worth.moved_orders, "filled_without": -worth.unfilled_orders, "low_stock_flags": worth.flags,
        })
    };
    let told = |told: &Assumption| json!({"basis": basis::word(told.basis).to_lowercase(), "sentence": told.sentence});
    json!({
        "orders": report.orders, "left_out": report.left_out, "currency": source.problem.network.currency.code(),
        "days": report.days.map(|(from, to)| [from.to_string(), to.to_string()]),
        "warnings": shortfall::warnings(report),
        "variants": variants, "comparisons": comparisons,
        "rule_worth": worths.iter().map(worth).collect::<Vec<_>>(),
        "restock": shelves.restock.to_string(), "stock_records_raised": shelves.raised,
        "assumptions": assumptions.iter().map(told).collect::<Vec<_>>(),
    })
}

fn interval(ends: Option<(Cost, Cost)>) -> Value {
    ends.map_or(Value::Null, |(low, high)| json!({"low": low.decimal(), "high": high.decimal()}))
}

/// Orders that changed most, in JSON.
const MOST_MOVED: usize = 20;

fn comparison_json(source: &Source, report: &Report, comparison: &Comparison) -> Value {
    let network = &source.problem.network;
    let saving = Saving::of(report, comparison);
    let places = |places: &[(model::LocationId, u32)]| -> Vec<&str> {
        places.iter().map(|(location, _)| network.location(*location).code.as_str()).collect()
    };
    let top = |moved: &replay::MovedOrder| {
        json!({
            "order": moved.order_id, "saved": (-moved.cost_change()).decimal(),
            "from": places(&moved.from), "to": places(&moved.to),
            "from_filled": moved.is_whole[0], "to_filled": moved.is_whole[1],
        })
    };
    json!({
        "base": report.variants[comparison.base].name, "other": report.variants[comparison.other].name,
        "saved_total": saving.total.decimal(), "saved_per_order": saving.per_order.decimal(),
        "saved_share": saving.share_bp.map(|bp| bp as f64 / 10_000.0),
        "interval": interval(saving.interval), "interval_basis": saving.basis.words(),
        "moved_orders": comparison.moved.orders, "moved_saved": (-comparison.moved.cost).decimal(),
        "moved_at_same_cost": comparison.same_cost.orders,
        "cheaper_orders": comparison.cheaper_orders, "dearer_orders": comparison.dearer_orders,
        "top_moved": comparison.top.iter().take(MOST_MOVED).map(top).collect::<Vec<_>>(),
    })
}

fn variant_json(source: &Source, variant: &VariantReport) -> Value {
    let network = &source.problem.network;
    let tally = &variant.tally;
    let costs: serde_json::Map<String, Value> =
        tally.costs.iter().map(|(part, cost)| (part.code().to_owned(), json!(cost.decimal()))).collect();
    let work: Vec<Value> = network
        .locations
        .iter()
        .zip(&tally.locations)
        .map(|(location, work)| {
            json!({
                "location": location.code, "orders": work.orders, "parcels": work.parcels,
                "labor_minutes": work.labor_seconds / 60, "busiest_day_parcels": work.busiest_day_parcels,
                "busiest_day_share": work.busiest_share.map(|share| f64::from(share.0) / 10_000.0),
            })
        })
        .collect();
    let figure = |(name, value): &(&str, Figure)| {
        let value = match value {
            Figure::Amount(cost) => json!(cost.decimal()),
            Figure::Number(number) => json!(number),
        };
        ((*name).to_owned(), value)
    };
    let figures: serde_json::Map<String, Value> = variant.figures.rows().iter().map(figure).collect();
    json!({
        "name": variant.name, "total_cost": tally.landed_cost().decimal(),
        "total_cost_with_unfilled": tally.cost_with_unfilled().decimal(),
        "unfilled_cost": tally.unfilled_cost.decimal(), "costs": costs, "figures": figures,
        "reasons": shortfall::reasons_json(tally), "work": work,
        "decisions_checked": variant.findings.decisions_checked, "findings": variant.findings.fatal,
    })
}
