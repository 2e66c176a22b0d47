//! **Labor per order.** Time that people worked on all parts of an order ÷ orders, in seconds. Of orders whose first part left
//! in the time; source: clocks in `labor` that were stopped. An order for which no clock ran is left out.

use super::rate::{Better, Measure, Of, Share, Unit};
use store::measures::Sent;

pub(super) const MEASURE: Measure = Measure {
    code: "labor",
    title: "Labor per order",
    formula: "time that people worked on an order, by order that was sent or collected and whose time was taken",
    unit: Unit::SecondsPerOrder,
    better: Better::Lower,
    of: Of::Sent(of),
};

fn of(order: &Sent) -> Option<Share> {
    let seconds = order.labor_ms / 1_000;
    (order.labor_ms > 0).then_some(Share { numerator: seconds, denominator: 1 })
}
