//! **Late orders.** Orders some of whose work was not done by its deadline ÷ orders, in basis points. Of orders whose first
//! part left in the time; source: exceptions of the kind `late_pick`, open or resolved. Work that nobody accepted in time and
//! that went to another place counts, too.

use super::rate::{Better, Measure, Of, Share, Unit};
use store::measures::Sent;

pub(super) const MEASURE: Measure = Measure {
    code: "late",
    title: "Late orders",
    formula: "orders some of whose work passed its deadline, of all orders that were sent or collected",
    unit: Unit::BasisPoints,
    better: Better::Lower,
    of: Of::Sent(of),
};

fn of(order: &Sent) -> Option<Share> {
    Some(Share { numerator: i64::from(order.late_picks > 0), denominator: 1 })
}
