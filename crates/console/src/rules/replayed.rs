//! What came of a replay, in words and rows.
//!
//! Owns: reading the result as docs/api.md has it. Refuses to know: how it was found.

use crate::frame::Frame;
use crate::visit::Visit;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(super) struct Outcome {
    pub(super) orders: i64,
    #[serde(default)]
    pub(super) warnings: Vec<String>,
    pub(super) variants: Vec<Variant>,
    pub(super) comparisons: Vec<Comparison>,
    #[serde(default)]
    pub(super) rule_worth: Vec<Worth>,
    #[serde(default)]
    pub(super) assumptions: Vec<Assumed>,
}

#[derive(Deserialize)]
pub(super) struct Variant {
    #[serde(default)]
    pub(super) figures: BTreeMap<String, Value>,
    #[serde(default)]
    pub(super) parcels: i64,
    #[serde(default)]
    pub(super) split_orders: i64,
    #[serde(default)]
    pub(super) promised_orders: i64,
    #[serde(default)]
    pub(super) late_orders: i64,
    #[serde(default)]
    pub(super) orders_filled: i64,
    #[serde(default)]
    pub(super) orders_held: i64,
    #[serde(default)]
    pub(super) units: i64,
    #[serde(default)]
    pub(super) units_filled: i64,
}

#[derive(Deserialize)]
pub(super) struct Comparison {
    pub(super) saved_total_minor: i64,
    pub(super) saved_per_order_minor: i64,
    pub(super) interval: Option<Interval>,
    pub(super) moved_orders: i64,
    pub(super) cheaper_orders: i64,
    pub(super) dearer_orders: i64,
    #[serde(default)]
    pub(super) top_moved: Vec<Moved>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub(super) struct Interval {
    pub(super) low_minor: i64,
    pub(super) high_minor: i64,
}

/// An order that the rules would have sent another way.
#[derive(Deserialize)]
pub(super) struct Moved {
    pub(super) order: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) placed_at: i64,
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    pub(super) from_cost_minor: i64,
    pub(super) to_cost_minor: i64,
    pub(super) saved_minor: i64,
}

#[derive(Deserialize)]
pub(super) struct Worth {
    pub(super) rule: String,
    #[serde(default)]
    pub(super) saved_per_order_minor: i64,
    pub(super) interval: Option<Interval>,
    pub(super) moved_orders: i64,
    #[serde(default)]
    pub(super) low_stock_flags: i64,
}

#[derive(Deserialize)]
pub(super) struct Assumed {
    pub(super) sentence: String,
}

/// A row of the table of figures.
pub(super) struct Row {
    pub(super) label: &'static str,
    pub(super) before: String,
    pub(super) after: String,
    /// `better`, `worse`, or empty where it is neither.
    pub(super) is: &'static str,
}

/// How sure a difference is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sure {
    Less,
    More,
    Same,
    /// Chance alone could have made it.
    Unclear,
    /// There is too little to tell.
    Unknown,
}

pub(super) fn sure(saved: i64, interval: Option<Interval>) -> Sure {
    match interval {
        _ if saved == 0 && interval.is_none_or(|ends| ends.low_minor == 0 && ends.high_minor == 0) => {
            Sure::Same
        }
        None => Sure::Unknown,
        Some(ends) if ends.low_minor > 0 => Sure::Less,
        Some(ends) if ends.high_minor < 0 => Sure::More,
        Some(_) => Sure::Unclear,
    }
}

impl Outcome {
    pub(super) fn comparison(&self) -> Option<&Comparison> {
        self.comparisons.first()
    }

    /// One sentence: what it would have cost, and how sure that is.
    pub(super) fn verdict(&self, f: &Frame) -> String {
        let Some(comparison) = self.comparison().filter(|_| self.orders > 0) else {
            return f.t("rules-verdict-none");
        };
        let saved = comparison.saved_per_order_minor;
        let amount = f.money.minor(saved.abs());
        let ends = comparison.interval.map_or((0, 0), |ends| (ends.low_minor, ends.high_minor));
        let (low, high) = match saved < 0 {
            true => (-ends.1, -ends.0),
            false => ends,
        };
        let said = [("amount", &*amount), ("low", &*f.money.minor(low)), ("high", &*f.money.minor(high))];
        let id = match (sure(saved, comparison.interval), saved < 0) {
            (Sure::Less, _) => "rules-verdict-less",
            (Sure::More, _) => "rules-verdict-more",
            (Sure::Same, _) => "rules-verdict-same",
            (Sure::Unclear, false) => "rules-verdict-unclear-less",
            (Sure::Unclear, true) => "rules-verdict-unclear-more",
            (Sure::Unknown, false) => "rules-verdict-unknown-less",
            (Sure::Unknown, true) => "rules-verdict-unknown-more",
        };
        f.words.a(id, &said)
    }

    pub(super) fn rows(&self, f: &Frame) -> Vec<Row> {
        let [before, after] = self.variants.as_slice() else { return Vec::new() };
        let cost = |variant: &Variant| whole(&variant.figures, "cost_with_unfilled_per_order_minor");
        let count = |label, of: fn(&Variant) -> i64, is_less_better| {
            counted(f, label, (of(before), of(after)), is_less_better)
        };
        let share = |label, part: fn(&Variant) -> (i64, i64), is_less_better| {
            shared(f, label, (part(before), part(after)), is_less_better)
        };
        let (was, is) = (cost(before), cost(after));
        vec![
            Row {
                label: "rules-figure-cost",
                before: f.money.minor(was),
                after: f.money.minor(is),
                is: better(was, is, true),
            },
            count("rules-figure-splits", |of| of.split_orders, true),
            count("rules-figure-parcels", |of| of.parcels, true),
            share("rules-figure-late", |of| (of.late_orders, of.promised_orders), true),
            share("rules-figure-fill", |of| (of.units_filled, of.units), false),
            count("rules-figure-filled", |of| of.orders_filled, false),
            count("rules-figure-held", |of| of.orders_held, true),
        ]
    }
}

fn whole(figures: &BTreeMap<String, Value>, name: &str) -> i64 {
    figures.get(name).and_then(Value::as_i64).unwrap_or(0)
}

fn better(before: i64, after: i64, is_less_better: bool) -> &'static str {
    match (before == after, (after < before) == is_less_better) {
        (true, _) => "",
        (false, true) => "better",
        (false, false) => "worse",
    }
}

fn counted(f: &Frame, label: &'static str, (before, after): (i64, i64), is_less_better: bool) -> Row {
    let is = better(before, after, is_less_better);
    Row { label, before: f.number(&before), after: f.number(&after), is }
}

/// Parts of wholes, in tenths of a percent.
fn shared(
    f: &Frame,
    label: &'static str,
    (before, after): ((i64, i64), (i64, i64)),
    is_less_better: bool,
) -> Row {
    let of = |(part, whole): (i64, i64)| if whole == 0 { 0 } else { (part * 1_000 + whole / 2) / whole };
    let said = |mille: i64| f.words.percent(mille);
    let (was, is) = (of(before), of(after));
    Row { label, before: said(was), after: said(is), is: better(was, is, is_less_better) }
}

impl Worth {
    /// What the rule is worth, with how sure that is.
    pub(super) fn said(&self, f: &Frame) -> String {
        let saved = self.saved_per_order_minor;
        let amount = f.money.minor(saved.abs());
        let said = [("amount", &*amount)];
        match sure(saved, self.interval) {
            _ if self.low_stock_flags > 0 => f.n("rules-worth-flags", &self.low_stock_flags),
            _ if self.moved_orders == 0 => f.t("rules-worth-idle"),
            Sure::Same => f.t("rules-worth-same"),
            Sure::Less => f.words.a("rules-worth-saves", &said),
            Sure::More => f.words.a("rules-worth-costs", &said),
            Sure::Unclear | Sure::Unknown => f.t("rules-worth-unclear"),
        }
    }
}

/// What each rule is worth, by its name; none where that was not measured.
pub(super) fn worths(visit: &Visit, result: &Value) -> Vec<(String, String)> {
    let f = visit.frame(String::new(), "rules");
    let worths = serde_json::from_value::<Vec<Worth>>(result["rule_worth"].clone()).unwrap_or_default();
    worths.iter().map(|worth| (worth.rule.clone(), worth.said(&f))).collect()
}

/// Moved orders as a file that spreadsheets open.
pub(super) fn csv(moved: &[Moved], currency: model::Currency) -> String {
    let mut text = "order,id,placed_at,from,to,cost_before,cost_after,saved\r\n".to_owned();
    let amount = |minor: i64| {
        let scale = 10_i64.pow(u32::from(currency.exponent()));
        let width = usize::from(currency.exponent());
        let sign = if minor < 0 { "-" } else { "" };
        let whole = format!("{sign}{}", minor.abs() / scale);
        if width == 0 { whole } else { format!("{whole}.{:0width$}", minor.abs() % scale) }
    };
    for order in moved {
        let placed = model::Timestamp(order.placed_at).to_string();
        let cells = [
            cell(&order.name),
            cell(&order.order),
            placed,
            cell(&order.from.join(" + ")),
            cell(&order.to.join(" + ")),
            amount(order.from_cost_minor),
            amount(order.to_cost_minor),
            amount(order.saved_minor),
        ];
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// In quotes; what a spreadsheet would take for a formula is a text.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_sure_where_chance_alone_does_not_reach() {
        let ends = |low_minor, high_minor| Some(Interval { low_minor, high_minor });
        assert_eq!(sure(43, ends(31, 55)), Sure::Less);
        assert_eq!(sure(-43, ends(-55, -31)), Sure::More);
        assert_eq!(sure(4, ends(-3, 11)), Sure::Unclear);
        assert_eq!(sure(0, ends(0, 0)), Sure::Same);
        assert_eq!(sure(5, None), Sure::Unknown);
    }

    #[test]
    fn a_file_of_moved_orders_has_no_formulas() {
        let moved = Moved {
            order: "ord_1".to_owned(),
            name: "=1+1\"".to_owned(),
            placed_at: 0,
            from: vec!["mall".to_owned(), "depot".to_owned()],
            to: vec!["depot".to_owned()],
            from_cost_minor: 1_205,
            to_cost_minor: 900,
            saved_minor: -5,
        };
        let text = csv(&[moved], model::Currency::USD);
        let row = text.lines().nth(1).unwrap();
        assert!(row.starts_with("\"'=1+1\"\"\",\"ord_1\","), "{row}");
        assert!(row.ends_with("\"mall + depot\",\"depot\",12.05,9.00,-0.05"), "{row}");
    }
}
