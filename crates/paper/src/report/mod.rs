//! The report that answers in money: would Baton have paid, or: would these rules have paid?
//!
//! Owns: what each part says, in plain words, and the order of the parts. One file without scripts and
//! without anything to load: it can be mailed, opened offline and printed.
//! Refuses to know: how the figures were reached (see [`input`]) and how marks are drawn (`chart`).

mod atlas;
mod basis;
mod bounds;
mod changes;
mod headline;
pub mod input;
mod money;
mod moves;
mod order;
mod orders;
mod parts;
mod rules;
mod say;
mod service;
mod steps;
mod table;
mod unfilled;
mod weeks;
mod work;

use askama::Template;

use bounds::{Bounded, bounded};
pub use input::{
    Assumption, Audit, Basis, ByRules, Command, DistanceUnit, Dot, Headline, Interval, LocationFigures,
    LocationWork, Move, MoveSums, MovedOrder, Report, RuleCost, RuleKind, RuleWorth, Unfilled, UnfilledOrder,
    VariantFigures, WeekPoint,
};

/// What is being judged, which the sentences depend on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Subject {
    /// Baton, against what the retailer does today.
    Baton,
    /// One set of rules against another.
    Rules,
}

/// The report of `baton assess`: what Baton would have saved over a period that is past.
pub fn assessment_html(report: &Report) -> String {
    page(report, Subject::Baton)
}

/// The same parts for `baton replay`: what one set of rules would have saved against another.
pub fn comparison_html(report: &Report) -> String {
    page(report, Subject::Rules)
}

#[derive(Template)]
#[template(path = "report/page.html")]
struct Page<'a> {
    title: &'a str,
    retailer: &'a str,
    period: String,
    orders: String,
    sections: Vec<String>,
}

fn page(report: &Report, subject: Subject) -> String {
    let bounded = bounded(report);
    let sections = [
        Some(headline::section(&bounded, subject)),
        changes::section(&bounded, subject),
        money::section(&bounded),
        service::section(&bounded),
        work::section(&bounded),
        moves::section(&bounded),
        orders::section(&bounded),
        unfilled::section(&bounded),
        rules::section(&bounded),
        weeks::section(&bounded),
        basis::section(&bounded),
        steps::section(&bounded),
    ];
    let Bounded { report, .. } = &bounded;
    render(&Page {
        title: &report.title,
        retailer: &report.retailer,
        period: say::period(report.made_for_period),
        orders: say::count(report.headline.orders, "order"),
        sections: sections.into_iter().flatten().collect(),
    })
}

/// Rendering into a string fails only when a value refuses to be shown, and ours are all texts.
fn render(template: &impl Template) -> String {
    template.render().unwrap_or_default()
}
