//! The orders that are not filled in full, each with its reasons.

use askama::Template;

use super::bounds::Bounded;
use super::input::UnfilledOrder;
use super::order::{self, OrderFacts, OrderLine};
use super::{render, say};

#[derive(Template)]
#[template(path = "report/unfilled.html")]
struct UnfilledSection {
    orders: Vec<OrderLine>,
    more: String,
}

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let report = &bounded.report;
    if report.unfilled_orders.is_empty() {
        return None;
    }
    let all = report.unfilled.iter().fold(0u64, |sum, reason| sum.saturating_add(reason.orders));
    let more = match all.saturating_sub(report.unfilled_orders.len() as u64) {
        0 => String::new(),
        1 => "One more order is not filled in full.".to_owned(),
        rest => format!("{} more orders are not filled in full.", say::grouped(rest)),
    };
    let orders = report.unfilled_orders.iter().map(|order| view(bounded, order)).collect();
    Some(render(&UnfilledSection { orders, more }))
}

fn view(bounded: &Bounded, order: &UnfilledOrder) -> OrderLine {
    order::line(OrderFacts {
        order_id: &order.order_id,
        placed: order.placed,
        ways: vec![say::capitalized(&order.because)],
        amount: bounded.money(order.cost),
        sentences: order.sentences.clone(),
        others: &order.others,
    })
}
