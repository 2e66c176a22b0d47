//! The orders that changed most, each with its reasons.

use askama::Template;
use model::Cost;

use super::bounds::Bounded;
use super::input::{ByRules, MovedOrder};
use super::order::{self, OrderFacts, OrderLine};
use super::parts::{self, Group};
use super::{render, say};

#[derive(Template)]
#[template(path = "report/orders.html")]
struct OrdersSection {
    lead: String,
    orders: Vec<OrderLine>,
    more: String,
}

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let report = &bounded.report;
    if report.moved.is_empty() {
        return None;
    }
    let shown = report.moved.len() as u64;
    let more = match report.all_moved.orders.saturating_sub(shown) {
        0 => String::new(),
        1 => "One more order would have left from another place.".to_owned(),
        rest => format!("{} more orders would have left from other places.", say::grouped(rest)),
    };
    let lead = match report.by_rules {
        None => "Open an order to read why.".to_owned(),
        Some(by) => lead(by, report.all_moved.orders),
    };
    Some(render(&OrdersSection {
        lead,
        orders: report.moved.iter().map(|order| view(bounded, order)).collect(),
        more,
    }))
}

/// What of it is the rules' own doing.
fn lead(by: ByRules, moved: u64) -> String {
    let of = match by.of == moved {
        true => format!("the {} that moved", say::count(by.of, "order")),
        false => format!("the {} that changed most", say::count(by.of, "order")),
    };
    match by.orders {
        0 => format!(
            "None of {of} is sent elsewhere by the rules themselves: they moved because earlier orders left other stock. \
             Open one to read why."
        ),
        all if all == by.of => {
            format!("All of {of} are sent elsewhere by the rules themselves. Open one to read why.")
        }
        some => format!(
            "Of {of}, {} would leave otherwise under the other rules on the very same shelves: they are the rules' own \
             doing, and come first. The others moved because earlier orders left other stock. Open one to read why.",
            say::grouped(some)
        ),
    }
}

fn view(bounded: &Bounded, order: &MovedOrder) -> OrderLine {
    let size = say::size(order.saved, bounded.report.currency);
    let saved = match order.saved.round_to_money(bounded.report.currency).minor.signum() {
        0 => "same cost".to_owned(),
        1 => format!("{size} saved"),
        _ => format!("{size} more"),
    };
    let mut sentences: Vec<String> = cost(bounded, order).into_iter().collect();
    sentences.extend(order.sentences.iter().cloned());
    order::line(OrderFacts {
        order_id: &order.order_id,
        placed: order.placed,
        ways: vec![bounded.places(&order.from), bounded.places(&order.to)],
        amount: saved,
        sentences,
        others: &order.others,
    })
}

/// Cash apart from estimates: a sum of both may be below zero, which nobody would read as a cost.
fn cost(bounded: &Bounded, order: &MovedOrder) -> Option<String> {
    if order.cost_parts.is_empty() || order.to.iter().all(String::is_empty) {
        return None;
    }
    let of = |group: Group| -> Cost {
        order.cost_parts.iter().filter(|part| parts::group(&part.0) == group).map(|part| part.1).sum()
    };
    let (cash, estimates) = (of(Group::Cash), of(Group::Estimate));
    let sending: Vec<String> = order.to.iter().filter(|code| !code.is_empty()).cloned().collect();
    let to = bounded.places(&sending);
    let effects = match estimates.round_to_money(bounded.report.currency).minor.signum() {
        0 => String::new(),
        1 => format!(", and {} in estimated effects", bounded.money(estimates)),
        _ => format!(", less {} in estimated gains", say::size(estimates, bounded.report.currency)),
    };
    Some(format!("From {to} it costs {} in cash{effects}.", bounded.money(cash)))
}
