//! The orders that are not filled in full, each with its reasons.

use askama::Template;

use super::bounds::Bounded;
use super::input::UnfilledOrder;
use super::{render, say};

#[derive(Template)]
#[template(path = "report/unfilled.html")]
struct UnfilledSection {
    orders: Vec<OrderView>,
    more: String,
}

struct OrderView {
    id: String,
    /// The whole number where `id` is only its beginning; else empty.
    whole_id: String,
    placed: String,
    cost: String,
    because: String,
    sentences: Vec<String>,
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

fn view(bounded: &Bounded, order: &UnfilledOrder) -> OrderView {
    let id = say::short_id(&order.order_id);
    let mut sentences = order.sentences.clone();
    if !order.others.is_empty() {
        sentences.push(format!("Of the other places, {}.", say::listed(&order.others)));
    }
    OrderView {
        whole_id: if id == order.order_id { String::new() } else { order.order_id.clone() },
        id,
        placed: say::date(order.placed),
        cost: bounded.money(order.cost),
        because: say::capitalized(&order.because),
        sentences,
    }
}
