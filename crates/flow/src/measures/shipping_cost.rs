//! **Shipping cost per order.** What the labels of all parcels of an order cost ÷ orders, in minor units of the currency.
//! Of orders whose first part left in the time, to be shipped or brought; source: `parcels.cost_minor` of parcels that were
//! handed over. An order of whose parcels nobody said a cost is left out: it would make the others look cheaper.

use super::rate::{Better, Measure, Of, Share, Unit};
use store::measures::Sent;

pub(super) const MEASURE: Measure = Measure {
    code: "shipping_cost",
    title: "Shipping cost per order",
    formula: "cost of the labels of all parcels of an order, by order that was sent and whose cost was told",
    unit: Unit::MinorPerOrder,
    better: Better::Lower,
    of: Of::Sent(of),
};

fn of(order: &Sent) -> Option<Share> {
    let is_known = order.lane != "pickup" && order.cost_minor > 0;
    is_known.then_some(Share { numerator: order.cost_minor, denominator: 1 })
}
