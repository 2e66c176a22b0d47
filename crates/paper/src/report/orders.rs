//! The orders that changed most, each with its reasons.

use askama::Template;

use super::bounds::Bounded;
use super::input::MovedOrder;
use super::{render, say};

#[derive(Template)]
#[template(path = "report/orders.html")]
struct OrdersSection {
    orders: Vec<OrderView>,
    more: String,
}

struct OrderView {
    id: String,
    /// The whole number where `id` is only its beginning; else empty.
    whole_id: String,
    placed: String,
    from: String,
    to: String,
    saved: String,
    sentences: Vec<String>,
}

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let report = &bounded.report;
    if report.moved.is_empty() {
        return None;
    }
    let shown = report.moved.len() as u64;
    let more = match report.moved_count.saturating_sub(shown) {
        0 => String::new(),
        1 => "One more order would have left from another place.".to_owned(),
        rest => format!("{} more orders would have left from other places.", say::count(rest)),
    };
    Some(render(&OrdersSection {
        orders: report.moved.iter().map(|order| view(bounded, order)).collect(),
        more,
    }))
}

fn view(bounded: &Bounded, order: &MovedOrder) -> OrderView {
    let size = say::size(order.saved, bounded.report.currency);
    let saved = if order.saved.0 < 0 { format!("{size} more") } else { format!("{size} saved") };
    let id = say::short_id(&order.order_id);
    OrderView {
        whole_id: if id == order.order_id { String::new() } else { order.order_id.clone() },
        id,
        placed: say::date(order.placed),
        from: bounded.places(&order.from),
        to: bounded.places(&order.to),
        saved,
        sentences: order.sentences.clone(),
    }
}
