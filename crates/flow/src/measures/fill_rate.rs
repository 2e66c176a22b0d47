//! **Fill rate.** Units shipped or collected ÷ units ordered of which it is known what becomes of them, in basis points. Of
//! orders placed in the time, wherever they were served from; source: `order_items`. Units that are with a place, or not
//! decided yet, are on neither side of the line: a young order has failed nobody. Those that wait for stock or were cancelled
//! are below it.

use super::rate::{Better, Measure, Of, Share, Unit};
use store::measures::Placed;

pub(super) const MEASURE: Measure = Measure {
    code: "fill_rate",
    title: "Fill rate",
    formula: "units shipped or collected, of the units ordered that are not under way",
    unit: Unit::BasisPoints,
    better: Better::Higher,
    of: Of::Placed(of),
};

fn of(order: &Placed) -> Option<Share> {
    let settled = order.shipped + order.unfilled;
    (settled > 0).then_some(Share { numerator: order.shipped, denominator: settled })
}
