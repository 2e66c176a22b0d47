//! The answer of a comparison in money: what one way saves against another.
//!
//! Owns: the one meaning of "saved". It is the difference of landed costs with units left over priced, so that
//! nobody saves by not sending; every figure that says saved, more or less is this one or a share of it.
//! Refuses to know: how it is told.

use crate::compare::Comparison;
use crate::replay::Report;
use crate::stats::Basis;
use model::{Cost, Currency, Effect};

/// What the other variant saves against the base; negative where it costs more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Saving {
    pub orders: u64,
    /// Exact, over all orders.
    pub total: Cost,
    /// The total ÷ orders, rounded to 1/10,000.
    pub per_order: Cost,
    /// Of what the base costs, unfilled units priced there, too. `None`: the base costs nothing.
    pub share_bp: Option<i64>,
    /// Lowest and highest saving per order at 95 %. `None`: too little data for an interval.
    pub interval: Option<(Cost, Cost)>,
    pub basis: Basis,
}

impl Saving {
    pub fn of(report: &Report, comparison: &Comparison) -> Saving {
        let base = report.variants[comparison.base].tally.cost_with_unfilled();
        let found = &comparison.cost_with_unfilled;
        let total = -comparison.cost;
        Saving {
            orders: comparison.orders,
            total,
            per_order: -found.estimate,
            share_bp: (base > Cost::ZERO)
                .then(|| rounded(i128::from(total.0) * 10_000, i128::from(base.0)) as i64),
            interval: (found.basis != Basis::Nothing).then_some((-found.high, -found.low)),
            basis: found.basis,
        }
    }

    /// What can be said of it.
    pub fn effect(&self, currency: Currency) -> Effect {
        Effect::of(self.per_order, self.interval, currency)
    }
}

/// `sum` ÷ `by`, half away from zero; `by` is above zero.
fn rounded(sum: i128, by: i128) -> i128 {
    let half = if sum < 0 { -(by / 2) } else { by / 2 };
    (sum + half) / by
}
