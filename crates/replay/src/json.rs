//! A report as JSON: the figures of each variant, what differs between them, and what rules are worth.
//!
//! Owns: the names of fields, which are the same wherever a replay is told. Refuses to know: where they are written.

use crate::compare::{Comparison, MovedOrder};
use crate::figures::Figure;
use crate::replay::{Report, VariantReport};
use crate::saving::Saving;
use crate::shortfall;
use crate::stats::Basis;
use crate::told;
use crate::worth::RuleWorth;
use model::{Cost, Currency, LocationId, Network};
use serde_json::{Map, Value, json};

/// How amounts are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Amounts {
    /// Decimal strings with four decimals, as in decisions.
    Decimal,
    /// Whole minor units of this currency, under names that end in `_minor`.
    Minor(Currency),
}

impl Amounts {
    /// The name of an amount, or of an object of amounts.
    pub fn name(self, name: &str) -> String {
        match self {
            Amounts::Decimal => name.to_owned(),
            Amounts::Minor(_) => format!("{name}_minor"),
        }
    }

    pub fn value(self, cost: Cost) -> Value {
        match self {
            Amounts::Decimal => json!(cost.decimal()),
            Amounts::Minor(currency) => json!(cost.round_to_money(currency).minor),
        }
    }

    fn all<const N: usize>(self, costs: [(&str, Cost); N]) -> Map<String, Value> {
        costs.into_iter().map(|(name, cost)| (self.name(name), self.value(cost))).collect()
    }

    fn interval(self, ends: Option<(Cost, Cost)>) -> Value {
        ends.map_or(Value::Null, |(low, high)| Value::Object(self.all([("low", low), ("high", high)])))
    }
}

/// Everything that is told of a report, but for what it rests on; the caller adds that.
pub fn report(
    (network, amounts): (&Network, Amounts),
    (report, worths): (&Report, &[RuleWorth]),
) -> Map<String, Value> {
    let variants: Vec<Value> =
        report.variants.iter().map(|variant| variant_json((network, amounts), variant)).collect();
    let comparisons: Vec<Value> = report
        .comparisons
        .iter()
        .map(|comparison| comparison_json((network, amounts), report, comparison))
        .collect();
    let told = json!({
        "orders": report.orders, "left_out": report.left_out, "currency": network.currency.code(),
        "days": report.days.map(|(from, to)| [from.to_string(), to.to_string()]),
        "warnings": shortfall::warnings(report),
        "variants": variants, "comparisons": comparisons,
        "rule_worth": worths.iter().map(|worth| worth_json(amounts, worth)).collect::<Vec<_>>(),
    });
    object(told)
}

/// What [`json!`] makes of braces.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn worth_json(amounts: Amounts, worth: &RuleWorth) -> Value {
    let saved = &worth.cost_with_unfilled;
    let mut told = object(json!({
        "rule": engine::json::rule_code(worth.rule),
        "interval": amounts.interval((saved.basis != Basis::Nothing).then_some((saved.low, saved.high))),
        "moved_orders": worth.moved_orders, "filled_without": -worth.unfilled_orders, "low_stock_flags": worth.flags,
    }));
    told.append(&mut amounts.all([("saved_per_order", saved.estimate)]));
    Value::Object(told)
}

/// Orders that changed most, in JSON for a command. For the books there are as many as the replay has kept.
const MOST_MOVED: usize = 20;

fn comparison_json(
    (network, amounts): (&Network, Amounts),
    report: &Report,
    comparison: &Comparison,
) -> Value {
    let saving = Saving::of(report, comparison);
    let most = if amounts == Amounts::Decimal { MOST_MOVED } else { comparison.top.len() };
    let top = comparison.top.iter().take(most).map(|moved| moved_json((network, amounts), moved));
    let mut told = object(json!({
        "base": report.variants[comparison.base].name, "other": report.variants[comparison.other].name,
        "saved_share": saving.share_bp.map(|bp| bp as f64 / 10_000.0),
        "interval": amounts.interval(saving.interval), "interval_basis": saving.basis.words(),
        "moved_orders": comparison.moved.orders, "moved_at_same_cost": comparison.same_cost.orders,
        "cheaper_orders": comparison.cheaper_orders, "dearer_orders": comparison.dearer_orders,
        "top_moved": top.collect::<Vec<_>>(),
    }));
    told.append(&mut amounts.all([
        ("saved_total", saving.total),
        ("saved_per_order", saving.per_order),
        ("moved_saved", -comparison.moved.cost),
    ]));
    if let Amounts::Minor(currency) = amounts {
        told.insert("sentence".to_owned(), json!(told::comparison(report, comparison, currency)));
    }
    Value::Object(told)
}

fn moved_json((network, amounts): (&Network, Amounts), moved: &MovedOrder) -> Value {
    let places = |places: &[(LocationId, u32)]| -> Vec<&str> {
        places.iter().map(|(location, _)| network.location(*location).code.as_str()).collect()
    };
    let mut told = object(json!({
        "order": moved.order_id, "from": places(&moved.from), "to": places(&moved.to),
        "from_filled": moved.is_whole[0], "to_filled": moved.is_whole[1],
    }));
    told.append(&mut amounts.all([("saved", -moved.cost_change())]));
    if let Amounts::Minor(_) = amounts {
        told.append(&mut amounts.all([("from_cost", moved.base_cost), ("to_cost", moved.other_cost)]));
    }
    Value::Object(told)
}

fn variant_json((network, amounts): (&Network, Amounts), variant: &VariantReport) -> Value {
    let tally = &variant.tally;
    let costs: Map<String, Value> =
        tally.costs.iter().map(|(part, cost)| (part.code().to_owned(), amounts.value(cost))).collect();
    let figure = |(name, value): &(&str, Figure)| match value {
        Figure::Amount(cost) => (amounts.name(name), amounts.value(*cost)),
        Figure::Number(number) => ((*name).to_owned(), json!(number)),
    };
    let figures: Map<String, Value> = variant.figures.rows().iter().map(figure).collect();
    let mut told = object(json!({
        "name": variant.name, "figures": figures, "reasons": shortfall::reasons_json(tally),
        "work": work_json(network, variant),
        "decisions_checked": variant.findings.decisions_checked, "findings": variant.findings.fatal,
    }));
    told.insert(amounts.name("costs"), Value::Object(costs));
    told.append(&mut amounts.all([
        ("total_cost", tally.landed_cost()),
        ("total_cost_with_unfilled", tally.cost_with_unfilled()),
        ("unfilled_cost", tally.unfilled_cost),
    ]));
    if let Amounts::Minor(_) = amounts {
        told.append(&mut counts(variant));
    }
    Value::Object(told)
}

/// The sums that the figures are rates of.
fn counts(variant: &VariantReport) -> Map<String, Value> {
    let tally = &variant.tally;
    object(json!({
        "orders": tally.orders, "orders_filled": tally.outcomes.placed,
        "orders_partly_filled": tally.outcomes.partly_placed, "orders_not_filled": tally.outcomes.not_placed,
        "orders_held": tally.outcomes.held,
        "units": tally.units, "units_filled": tally.units_placed, "units_unfilled": tally.units - tally.units_placed,
        "parcels": tally.parcels, "split_orders": tally.split_orders,
        "promised_orders": tally.promised_orders, "late_orders": tally.promised_orders - tally.kept_orders,
        "late_days": tally.late_days,
    }))
}

fn work_json(network: &Network, variant: &VariantReport) -> Vec<Value> {
    let places = network.locations.iter().zip(&variant.tally.locations);
    let one = |(location, work): (&model::Location, &crate::tally::LocationWork)| {
        json!({
            "location": location.code, "orders": work.orders, "parcels": work.parcels,
            "labor_minutes": work.labor_seconds / 60, "busiest_day_parcels": work.busiest_day_parcels,
            "busiest_day_share": work.busiest_share.map(|share| f64::from(share.0) / 10_000.0),
        })
    };
    places.map(one).collect()
}
