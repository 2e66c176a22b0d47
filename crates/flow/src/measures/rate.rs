//! What a measure is.

use store::measures::{Placed, Sent};

/// What an order adds to a measure: above the line and below it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    pub numerator: i64,
    pub denominator: i64,
}

/// How a rate is written. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Of the currency, by order.
    MinorPerOrder,
    /// Hundredths of a per cent.
    BasisPoints,
    /// Of work, by order.
    SecondsPerOrder,
}

impl Unit {
    pub fn code(self) -> &'static str {
        match self {
            Unit::MinorPerOrder => "minor_per_order",
            Unit::BasisPoints => "basis_points",
            Unit::SecondsPerOrder => "seconds_per_order",
        }
    }

    /// What one above one below the line is in this unit.
    fn scale(self) -> i128 {
        match self {
            Unit::MinorPerOrder | Unit::SecondsPerOrder => 1,
            Unit::BasisPoints => 10_000,
        }
    }

    /// The rate, rounded to the nearest; `None`: there is nothing to divide by.
    pub fn rate(self, share: Share) -> Option<i64> {
        let Share { numerator, denominator } = share;
        if denominator <= 0 {
            return None;
        }
        let doubled = 2 * i128::from(numerator) * self.scale() + i128::from(denominator);
        i64::try_from(doubled.div_euclid(2 * i128::from(denominator))).ok()
    }
}

/// What a measure is made of; `None`: the order is no part of it.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    /// Orders whose first part left in the time.
    Sent(fn(&Sent) -> Option<Share>),
    /// Orders that were placed in the time.
    Placed(fn(&Placed) -> Option<Share>),
}

/// One number. Its file says what it means.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Permanent.
    pub code: &'static str,
    pub title: &'static str,
    /// For people, with its source.
    pub formula: &'static str,
    pub unit: Unit,
    /// Whether less of it is better.
    pub better: Better,
    pub of: Of,
}

/// Which way is better.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Better {
    Lower,
    Higher,
}

impl Better {
    pub fn code(self) -> &'static str {
        match self {
            Better::Lower => "lower",
            Better::Higher => "higher",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_to_the_nearest_and_nothing_is_no_rate() {
        let rate = |unit: Unit, numerator, denominator| unit.rate(Share { numerator, denominator });
        assert_eq!(rate(Unit::BasisPoints, 1, 3), Some(3_333));
        assert_eq!(rate(Unit::BasisPoints, 2, 3), Some(6_667));
        assert_eq!(rate(Unit::MinorPerOrder, 1_501, 2), Some(751));
        assert_eq!(rate(Unit::SecondsPerOrder, 0, 5), Some(0));
        assert_eq!(rate(Unit::BasisPoints, 0, 0), None);
    }
}
