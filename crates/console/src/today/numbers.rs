//! The five numbers of the week, and the orders behind each.

use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::show::Span;
use crate::visit::{Visit, part};
use crate::words::Words;
use askama::Template;
use axum::extract::Path;
use serde::Deserialize;
use serde_json::json;

/// Weeks that a picture shows: a quarter.
const WEEKS: usize = 13;

#[derive(Deserialize)]
struct Told {
    weeks: Vec<String>,
    baseline: Option<Baseline>,
    numbers: Vec<One>,
}

#[derive(Deserialize)]
struct Baseline {
    from: String,
    to: String,
}

#[derive(Deserialize)]
struct One {
    code: String,
    unit: String,
    better: String,
    weeks: Vec<Rate>,
    baseline: Option<Rate>,
    difference_bp: Option<i64>,
    trend: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
struct Rate {
    value: Option<i64>,
}

/// A number as the page shows it.
pub(super) struct Number {
    pub(super) code: String,
    pub(super) value: String,
    pub(super) baseline: String,
    /// `−8 %`, against the baseline; empty: there is nothing to compare.
    pub(super) difference: String,
    /// `better`, `worse` or `level`.
    pub(super) verdict: &'static str,
    pub(super) trend: String,
    pub(super) path: String,
    /// For the picture.
    pub(super) chart: String,
}

/// None where they cannot be had: the page of the day is whole without them.
pub(super) async fn of_this_week(visit: &Visit, f: &Frame) -> Vec<Number> {
    let told = visit.api.get::<Told>(&format!("/v1/numbers?weeks={WEEKS}")).await;
    told.map_or_else(|_| Vec::new(), |told| shown(f, &told))
}

fn shown(f: &Frame, told: &Told) -> Vec<Number> {
    told.numbers.iter().map(|one| number(f, told, one)).collect()
}

fn number(f: &Frame, told: &Told, one: &One) -> Number {
    let none = Rate { value: None };
    let now = one.weeks.last().copied().unwrap_or(none);
    let week = told.weeks.last().map(String::as_str).unwrap_or_default();
    Number {
        value: value(f, &one.unit, now.value),
        baseline: one.baseline.map(|rate| value(f, &one.unit, rate.value)).unwrap_or_default(),
        difference: one.difference_bp.map(|bp| difference(f.words, bp)).unwrap_or_default(),
        verdict: verdict(one),
        trend: one.trend.clone().unwrap_or_default(),
        path: format!("/numbers/{}?week={week}", part(&one.code)),
        chart: chart(f, told, one),
        code: one.code.clone(),
    }
}

fn verdict(one: &One) -> &'static str {
    match (one.difference_bp.unwrap_or(0).signum(), one.better.as_str()) {
        (0, _) => "level",
        (1, "higher") | (-1, "lower") => "better",
        _ => "worse",
    }
}

/// `+8.3 %`.
fn difference(words: Words, bp: i64) -> String {
    let sign = if bp < 0 { "" } else { "+" };
    words.isolated(format!("{sign}{}", words.percent(tenths(bp))))
}

/// Of hundredths of a percent, halves away from zero.
fn tenths(bp: i64) -> i64 {
    (bp + 5 * bp.signum()) / 10
}

fn value(f: &Frame, unit: &str, value: Option<i64>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    match unit {
        "minor_per_order" => f.minor(&value),
        "basis_points" => f.words.percent(tenths(value)),
        _ => Span(value.unsigned_abs() * 1_000).words(f.words),
    }
}

/// What the picture draws, each point with the orders behind it. A scale without decimals is enough for a look.
fn chart(f: &Frame, told: &Told, one: &One) -> String {
    let scaled = |rate: &Rate| {
        rate.value.map(|value| match one.unit.as_str() {
            "minor_per_order" | "basis_points" => value as f64 / 100.0,
            _ => value as f64 / 60.0,
        })
    };
    let href = |week: &String| format!("/numbers/{}?week={week}", part(&one.code));
    let labels: Vec<String> = told.weeks.iter().map(|week| f.day(week)).collect();
    let values: Vec<Option<f64>> = one.weeks.iter().map(scaled).collect();
    let hrefs: Vec<String> = told.weeks.iter().map(href).collect();
    let name = f.named("number", &one.code);
    let options = json!({
        "kind": "line", "title": name, "labels": labels,
        "series": [{ "name": name, "values": values, "hrefs": hrefs }],
    });
    // In a script element nothing may look like its end.
    options.to_string().replace('<', "\\u003c")
}

#[derive(Deserialize)]
struct Listed {
    items: Vec<Behind>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Behind {
    id: String,
    name: String,
    lane: String,
    location: Option<String>,
    placed_at: i64,
    left_at: Option<i64>,
}

#[derive(Template)]
#[template(path = "today/number.html")]
struct NumberPage {
    f: Frame,
    number: Number,
    week: String,
    /// Each with its name and its number.
    weeks: Vec<(String, String, String)>,
    baseline: Option<(String, String)>,
    orders: Vec<Behind>,
    next: Option<String>,
}

pub(super) async fn show(visit: Visit, Path(measure): Path<String>) -> Answered {
    let told: Told = visit.api.get(&format!("/v1/numbers?weeks={WEEKS}")).await?;
    let last = told.weeks.last().cloned().unwrap_or_default();
    let week = Some(visit.asked("week")).filter(|week| !week.is_empty()).unwrap_or(last);
    let title = visit
        .words
        .maybe(&format!("number-{}", measure.replace('_', "-")))
        .unwrap_or_else(|| measure.clone());
    let f = visit.frame(title, "today");
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let path = format!("/v1/numbers/orders?measure={}&week={}{after}", part(&measure), part(&week));
    let listed: Listed = visit.api.get(&path).await?;
    let missing =
        || web::Problem::new(axum::http::StatusCode::NOT_FOUND, "not_found", visit.t("number-none"));
    let one = told.numbers.iter().find(|one| one.code == measure).ok_or_else(missing)?;
    let weeks = told.weeks.iter().zip(&one.weeks);
    let weeks = weeks.rev().map(|(week, rate)| (week.clone(), f.day(week), value(&f, &one.unit, rate.value)));
    page(&NumberPage {
        number: number(&f, &told, one),
        weeks: weeks.collect(),
        baseline: told.baseline.as_ref().map(|base| (f.day(&base.from), f.day(&base.to))),
        orders: listed.items,
        next: listed
            .next
            .map(|next| format!("/numbers/{}?week={}&cursor={next}", part(&measure), part(&week))),
        week,
        f,
    })
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::words::Words;

    #[test]
    fn a_difference_has_its_sign_and_one_decimal() {
        let said = [-835, 1_200, 4].map(|bp| difference(Words::default(), bp));
        assert_eq!(said, ["−8.4\u{a0}%", "+12.0\u{a0}%", "+0.0\u{a0}%"]);
    }
}
