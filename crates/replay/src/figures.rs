//! Figures: the rates and averages of a tally, as a report shows them.
//!
//! Owns: each figure's name and formula. Amounts are rounded once, to 1/10,000; rates are floats: nothing is
//! computed from them but differences.

use crate::tally::Tally;
use model::{Cost, CostPart};

/// A figure as a table lists it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Figure {
    Amount(Cost),
    Number(f64),
}

/// Averages and rates; rates are from 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Figures {
    pub cost_per_order: Cost,
    /// The same with units left over priced: the figure to compare where fill rates differ.
    pub cost_with_unfilled_per_order: Cost,
    /// Rates and surcharges.
    pub shipping_per_order: Cost,
    pub labor_per_order: Cost,
    pub margin_per_order: Cost,
    /// Orders with more than one parcel ÷ orders with at least one.
    pub split_rate: f64,
    pub unit_fill_rate: f64,
    /// Orders placed in full ÷ all orders.
    pub order_fill_rate: f64,
    /// Parcels ÷ orders with at least one.
    pub parcels_per_order: f64,
    pub distance_m_per_parcel: f64,
    /// Of shipped orders with a promise.
    pub promise_kept_rate: f64,
    pub late_days_per_order: f64,
    pub labor_minutes_per_order: f64,
}

impl Figures {
    pub const COUNT: usize = 13;

    pub fn of(tally: &Tally) -> Figures {
        let per_order = |cost: Cost| cost.per(tally.orders);
        let shipping = tally.costs.get(CostPart::Postage) + tally.costs.get(CostPart::Surcharge);
        Figures {
            cost_per_order: per_order(tally.landed_cost()),
            cost_with_unfilled_per_order: per_order(tally.cost_with_unfilled()),
            shipping_per_order: per_order(shipping),
            labor_per_order: per_order(tally.costs.get(CostPart::Labor)),
            margin_per_order: per_order(tally.contribution_margin()),
            split_rate: ratio(tally.split_orders as f64, tally.shipped_orders),
            unit_fill_rate: ratio(tally.units_placed as f64, tally.units),
            order_fill_rate: ratio(tally.outcomes.placed as f64, tally.orders),
            parcels_per_order: ratio(tally.parcels as f64, tally.shipped_orders),
            distance_m_per_parcel: ratio(tally.parcel_m as f64, tally.parcels),
            promise_kept_rate: ratio(tally.kept_orders as f64, tally.promised_orders),
            late_days_per_order: ratio(tally.late_days as f64, tally.promised_orders),
            labor_minutes_per_order: ratio(tally.labor_seconds() as f64 / 60.0, tally.orders),
        }
    }

    /// Codes and values, in the order of every table.
    pub fn rows(&self) -> [(&'static str, Figure); Figures::COUNT] {
        [
            ("cost_per_order", Figure::Amount(self.cost_per_order)),
            ("cost_with_unfilled_per_order", Figure::Amount(self.cost_with_unfilled_per_order)),
            ("shipping_per_order", Figure::Amount(self.shipping_per_order)),
            ("labor_per_order", Figure::Amount(self.labor_per_order)),
            ("margin_per_order", Figure::Amount(self.margin_per_order)),
            ("split_rate", Figure::Number(self.split_rate)),
            ("unit_fill_rate", Figure::Number(self.unit_fill_rate)),
            ("order_fill_rate", Figure::Number(self.order_fill_rate)),
            ("parcels_per_order", Figure::Number(self.parcels_per_order)),
            ("distance_m_per_parcel", Figure::Number(self.distance_m_per_parcel)),
            ("promise_kept_rate", Figure::Number(self.promise_kept_rate)),
            ("late_days_per_order", Figure::Number(self.late_days_per_order)),
            ("labor_minutes_per_order", Figure::Number(self.labor_minutes_per_order)),
        ]
    }

    /// What this has more than `base`, figure by figure.
    #[must_use]
    pub fn less(&self, base: &Figures) -> Figures {
        Figures {
            cost_per_order: self.cost_per_order - base.cost_per_order,
            cost_with_unfilled_per_order: self.cost_with_unfilled_per_order
                - base.cost_with_unfilled_per_order,
            shipping_per_order: self.shipping_per_order - base.shipping_per_order,
            labor_per_order: self.labor_per_order - base.labor_per_order,
            margin_per_order: self.margin_per_order - base.margin_per_order,
            split_rate: self.split_rate - base.split_rate,
            unit_fill_rate: self.unit_fill_rate - base.unit_fill_rate,
            order_fill_rate: self.order_fill_rate - base.order_fill_rate,
            parcels_per_order: self.parcels_per_order - base.parcels_per_order,
            distance_m_per_parcel: self.distance_m_per_parcel - base.distance_m_per_parcel,
            promise_kept_rate: self.promise_kept_rate - base.promise_kept_rate,
            late_days_per_order: self.late_days_per_order - base.late_days_per_order,
            labor_minutes_per_order: self.labor_minutes_per_order - base.labor_minutes_per_order,
        }
    }
}

/// 0 where there is nothing to divide by.
fn ratio(sum: f64, count: u64) -> f64 {
    if count == 0 { 0.0 } else { sum / count as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use model::CostPart;

    #[test]
    fn figures_divide_sums_and_never_by_zero() {
        let (network, _) = fixture::one_shelf(1);
        let mut tally = Tally::new(&network);
        let is_nothing = |figures: Figures| {
            let zero = |(_, value): &(&str, Figure)| {
                [Figure::Amount(Cost::ZERO), Figure::Number(0.0)].contains(value)
            };
            figures.rows().iter().all(zero)
        };
        assert!(is_nothing(Figures::of(&tally)));
        tally.orders = 4;
        tally.shipped_orders = 2;
        tally.split_orders = 1;
        tally.parcels = 3;
        tally.parcel_m = 160_934 * 3;
        tally.costs.add(CostPart::Postage, Cost(400_000));
        tally.costs.add(CostPart::Markdown, Cost(-40_000));
        let figures = Figures::of(&tally);
        let shown = |value: f64| format!("{value:.3}");
        assert_eq!((figures.cost_per_order, figures.shipping_per_order), (Cost(90_000), Cost(100_000)));
        assert_eq!(shown(figures.split_rate), "0.500");
        assert_eq!(shown(figures.parcels_per_order), "1.500");
        assert_eq!(shown(figures.distance_m_per_parcel), "160934.000");
        assert_eq!(shown(figures.less(&Figures::default()).split_rate), "0.500");
        assert!(is_nothing(figures.less(&figures)));
    }
}
