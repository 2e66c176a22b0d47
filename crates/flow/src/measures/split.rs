//! **Split orders.** Orders that left in more than one part ÷ orders, in basis points. Of orders whose first part left in the
//! time; source: `departures`. A part that leaves later makes the order split on the day of its first part.

use super::rate::{Better, Measure, Of, Share, Unit};
use store::measures::Sent;

pub(super) const MEASURE: Measure = Measure {
    code: "split",
    title: "Split orders",
    formula: "orders that left in more than one part, of all orders that were sent or collected",
    unit: Unit::BasisPoints,
    better: Better::Lower,
    of: Of::Sent(of),
};

fn of(order: &Sent) -> Option<Share> {
    Some(Share { numerator: i64::from(order.departures > 1), denominator: 1 })
}
