//! The answer: one number, how sure it is, and the three figures that stand behind it.

use askama::Template;
use model::{Cost, Currency, Effect};

use super::Subject;
use super::bounds::Bounded;
use super::input::{Headline, Interval, VariantFigures};
use super::money::Effects;
use super::{render, say};
use crate::chart::{Range, RangeEnds, range_with_ends};

#[derive(Template)]
#[template(path = "report/headline.html")]
struct HeadlineSection {
    verdict: &'static str,
    eyebrow: String,
    big: String,
    line: String,
    /// What of it is cash; empty when nothing is compared.
    split: String,
    range: Option<String>,
    certainty: String,
    tiles: Vec<Tile>,
    fill: Option<Fill>,
    warnings: Vec<String>,
}

struct Tile {
    label: &'static str,
    /// Empty when nothing is compared.
    before: String,
    after: String,
    remark: String,
}

/// Whether the saving was bought by leaving units out.
struct Fill {
    mark: &'static str,
    sentence: String,
}

fn effect(headline: &Headline, currency: Currency) -> Effect {
    if headline.orders == 0 {
        return Effect::Unclear;
    }
    Effect::of(headline.saved_per_order, headline.interval.map(|ends| (ends.low, ends.high)), currency)
}

fn class(effect: Effect) -> &'static str {
    match effect {
        Effect::Saves => "saves",
        Effect::Costs => "costs",
        Effect::TooSmall | Effect::Unclear => "unclear",
    }
}

pub(super) fn section(bounded: &Bounded, subject: Subject) -> String {
    let headline = &bounded.report.headline;
    let verdict = match bounded.report.warnings.is_empty() {
        true => effect(headline, bounded.report.currency),
        // Figures that say little are no answer.
        false => Effect::Unclear,
    };
    render(&HeadlineSection {
        verdict: class(verdict),
        eyebrow: eyebrow(headline, (verdict, subject)),
        big: big(bounded, verdict),
        line: line(bounded, verdict),
        split: split(bounded, verdict),
        range: headline
            .interval
            .filter(|_| bounded.report.warnings.is_empty())
            .map(|interval| range(bounded, interval)),
        certainty: certainty(bounded, verdict),
        tiles: tiles(bounded),
        fill: fill(bounded),
        warnings: bounded.report.warnings.clone(),
    })
}

fn eyebrow(headline: &Headline, told: (Effect, Subject)) -> String {
    let name = say::name(&headline.candidate_name);
    match told {
        (Effect::Saves, Subject::Baton) => "You would have saved".to_owned(),
        (Effect::Saves, Subject::Rules) => format!("“{name}” would have saved"),
        (Effect::Costs, Subject::Baton) => "Baton would have cost".to_owned(),
        (Effect::Costs, Subject::Rules) => format!("“{name}” would have cost"),
        (Effect::TooSmall | Effect::Unclear, Subject::Baton) => "Would Baton have paid?".to_owned(),
        (Effect::TooSmall | Effect::Unclear, Subject::Rules) => format!("Would “{name}” have paid?"),
    }
}

fn big(bounded: &Bounded, verdict: Effect) -> String {
    let Headline { saved_total, .. } = bounded.report.headline;
    let size = say::big_size(saved_total, bounded.report.currency);
    match verdict {
        Effect::Saves => size,
        Effect::Costs => format!("{size} more"),
        Effect::TooSmall => "Next to nothing".to_owned(),
        Effect::Unclear if !bounded.report.warnings.is_empty() => "The figures say little".to_owned(),
        Effect::Unclear if is_the_same(bounded) => "Nothing changes".to_owned(),
        Effect::Unclear => "Not enough data to say".to_owned(),
    }
}

fn line(bounded: &Bounded, verdict: Effect) -> String {
    let headline = &bounded.report.headline;
    let currency = bounded.report.currency;
    let per_order = say::size(headline.saved_per_order, currency);
    let share = say::share(i64::from(headline.saved_share_bp).abs());
    let orders = say::count(headline.orders, "order");
    let total = say::big_size(headline.saved_total, currency);
    let side = if headline.saved_total.0 < 0 { "more" } else { "less" };
    match verdict {
        Effect::Saves => format!("{per_order} less per order, or {share}, over {orders}."),
        Effect::Costs => format!("{per_order} more per order, or {share}, over {orders}."),
        Effect::TooSmall => format!("Less than a cent {side} per order: {total} over {orders}."),
        Effect::Unclear if headline.orders == 0 => "No order of this period can be compared.".to_owned(),
        Effect::Unclear if is_the_same(bounded) => {
            format!("Over {orders}, both ways do the same with each, at the same cost.")
        }
        Effect::Unclear if !bounded.report.warnings.is_empty() => {
            format!("Over {orders} it came to {total} {side} in all. First mend what is told below.")
        }
        Effect::Unclear => {
            format!(
                "Over {orders} it came to {total} {side} in all, {per_order} per order. That may be chance."
            )
        }
    }
}

/// How much of the difference is paid in money, and how much is an estimate.
fn split(bounded: &Bounded, verdict: Effect) -> String {
    let Some(Effects { cash, estimates, unfilled }) = super::money::effects(bounded) else {
        return String::new();
    };
    let currency = bounded.report.currency;
    let side = |cost: Cost| match cost.round_to_money(currency).minor.signum() {
        0 => "no change".to_owned(),
        1 => format!("{} more", say::size(cost, currency)),
        _ => format!("{} less", say::size(cost, currency)),
    };
    if verdict == Effect::Unclear && bounded.report.headline.orders == 0 {
        return String::new();
    }
    let told = format!("Per order, in cash: {}. In estimated effects: {}.", side(cash), side(estimates));
    if unfilled.round_to_money(currency).minor == 0 {
        return told;
    }
    format!("{told} For units not filled: {}.", side(unfilled))
}

fn certainty(bounded: &Bounded, verdict: Effect) -> String {
    if !bounded.report.warnings.is_empty() {
        return String::new();
    }
    if is_the_same(bounded) {
        return "There is no difference to be sure of.".to_owned();
    }
    let Some(Interval { low, high }) = bounded.report.headline.interval else {
        return "There is too little data to tell a saving from chance. Try again with more weeks of orders."
            .to_owned();
    };
    let money = |cost: Cost| say::size(cost, bounded.report.currency);
    match verdict {
        Effect::Saves => format!(
            "We are 95% sure that the true saving lies between {} and {} per order.",
            money(low),
            money(high)
        ),
        Effect::Costs => format!(
            "We are 95% sure that the true extra cost lies between {} and {} per order.",
            money(high),
            money(low)
        ),
        Effect::TooSmall => format!(
            "We are 95% sure that the difference is no more than {} per order.",
            money(if high > -low { high } else { low })
        ),
        Effect::Unclear => format!(
            "The truth may lie anywhere between {} per order lost and {} saved. Try again with more weeks of orders.",
            money(low.min(Cost::ZERO)),
            money(high.max(Cost::ZERO))
        ),
    }
}

fn range(bounded: &Bounded, interval: Interval) -> String {
    let Interval { low, high } = interval;
    let value = bounded.report.headline.saved_per_order;
    let change = |cost: Cost| say::change(cost, bounded.report.currency);
    let (low_text, high_text) = (change(low), change(high));
    let aria = format!("Saved per order: {}, between {low_text} and {high_text}", change(value));
    let range = Range { low: low.0 as f64, value: value.0 as f64, high: high.0 as f64 };
    range_with_ends(&aria, &range, &RangeEnds { low: &low_text, high: &high_text, zero: "no saving" })
}

fn tiles(bounded: &Bounded) -> Vec<Tile> {
    let Some(after) = bounded.candidate().or(bounded.baseline()) else { return Vec::new() };
    let before = bounded.candidate().and(bounded.baseline());
    let mut tiles = vec![cost_tile(bounded, before, after)];
    tiles.push(share_tile(
        "Orders split into several parcels",
        (before.map(|v| v.split_rate_bp), after.split_rate_bp),
        (Better::Lower, "orders"),
    ));
    tiles.push(match after.promise_kept_bp {
        Some(kept) => share_tile(
            "Parcels in time for the promised day",
            (before.and_then(|v| v.promise_kept_bp), kept),
            (Better::Higher, "parcels"),
        ),
        None => share_tile(
            "Orders filled completely",
            (before.map(|v| v.order_fill_bp), after.order_fill_bp),
            (Better::Higher, "orders"),
        ),
    });
    tiles
}

fn cost_tile(bounded: &Bounded, before: Option<&VariantFigures>, after: &VariantFigures) -> Tile {
    let is_filled = before.into_iter().chain([after]).all(|v| v.unfilled_cost_per_order == Cost::ZERO);
    let remark = if is_filled {
        "Everything it costs to get an order to the customer: postage, packing, work, and what goes wrong."
    } else {
        "The landed cost (postage, packing, work, and what goes wrong), and what units that find no place cost you."
    };
    Tile {
        label: "Cost per order",
        before: before.map(|v| bounded.money(v.cost_per_order)).unwrap_or_default(),
        after: bounded.money(after.cost_per_order),
        remark: remark.to_owned(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Better {
    Lower,
    Higher,
}

fn share_tile(
    label: &'static str,
    (before, after): (Option<u32>, u32),
    (better, of): (Better, &str),
) -> Tile {
    let shown = |bp: u32| say::share(bp.into());
    // What reads the same is the same.
    let change = before.map(|before| match shown(before) == shown(after) {
        true => 0,
        false => i64::from(after) - i64::from(before),
    });
    let is_better = |change: i64| (change > 0) == (better == Better::Higher);
    let remark = match change {
        None => String::new(),
        Some(0) => "No change.".to_owned(),
        Some(change) => {
            let judged = if is_better(change) { "Better" } else { "Worse" };
            let side = if change > 0 { "more" } else { "fewer" };
            format!("{judged}: {} {side} of every 100 {of}.", say::points(change))
        }
    };
    let before = before.map(|bp| say::share(bp.into())).unwrap_or_default();
    Tile { label, before, after: say::share(after.into()), remark }
}

/// No order moved, and nothing costs more or less.
fn is_the_same(bounded: &Bounded) -> bool {
    let report = &bounded.report;
    let is_compared = bounded.candidate().is_some() && report.headline.orders > 0;
    is_compared && report.all_moved.orders == 0 && report.headline.saved_total == Cost::ZERO
}

/// Where fewer units find a place, that is nothing to be content with, whatever it was before.
const LEAST_FILL_BP: u32 = 5_000;
/// From here on, as many as before is worth a tick.
const GOOD_FILL_BP: u32 = 9_000;

fn fill(bounded: &Bounded) -> Option<Fill> {
    let (before, after) = (bounded.baseline()?, bounded.candidate()?);
    let change = i64::from(after.unit_fill_bp) - i64::from(before.unit_fill_bp);
    let (was, is) = (say::share(before.unit_fill_bp.into()), say::share(after.unit_fill_bp.into()));
    let why = || super::service::main_reason(bounded).unwrap_or_default();
    Some(if after.unit_fill_bp < LEAST_FILL_BP {
        let sentence = format!(
            "Look closely: only {is} of the units would have been filled, and {was} before{}.",
            why()
        );
        Fill { mark: "!", sentence }
    } else if change < -4 {
        let sentence =
            format!("Look closely: fewer units would have been filled, {is} instead of {was}{}.", why());
        Fill { mark: "!", sentence }
    } else if before.order_fill_bp > after.order_fill_bp + 4 {
        let (was, is) = (say::share(before.order_fill_bp.into()), say::share(after.order_fill_bp.into()));
        let sentence = format!(
            "Look closely: fewer orders would have been filled completely, {is} instead of {was}{}.",
            why()
        );
        Fill { mark: "!", sentence }
    } else if change > 4 {
        Fill { mark: "✓", sentence: format!("More units would have been filled: {is} instead of {was}.") }
    } else {
        let mark = if after.unit_fill_bp < GOOD_FILL_BP { "!" } else { "✓" };
        Fill { mark, sentence: format!("As many units would have been filled: {is}.") }
    })
}
