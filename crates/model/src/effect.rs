//! What a measured saving lets one say.

use crate::amount::{Cost, Currency};

/// One verdict for a saving, wherever it is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    Saves,
    Costs,
    /// Sure, but too little to be seen in the currency's smallest coin.
    TooSmall,
    /// Chance may have done it, or there is too little data for an interval.
    Unclear,
}

impl Effect {
    /// A saving counts where its whole 95 % interval lies on one side of zero.
    pub fn of(saved: Cost, interval: Option<(Cost, Cost)>, currency: Currency) -> Effect {
        let Some((low, high)) = interval else { return Effect::Unclear };
        if low <= Cost::ZERO && high >= Cost::ZERO {
            return Effect::Unclear;
        }
        match saved.round_to_money(currency).minor.signum() {
            0 => Effect::TooSmall,
            1 => Effect::Saves,
            _ => Effect::Costs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_sure_and_seen_counts() {
        let of = |saved, interval: Option<(i64, i64)>| {
            Effect::of(Cost(saved), interval.map(|(low, high)| (Cost(low), Cost(high))), Currency::USD)
        };
        assert_eq!(of(500, Some((100, 900))), Effect::Saves);
        assert_eq!(of(-500, Some((-900, -100))), Effect::Costs);
        assert_eq!(of(40, Some((10, 70))), Effect::TooSmall);
        assert_eq!(of(500, Some((-100, 1_100))), Effect::Unclear);
        assert_eq!(of(0, Some((0, 0))), Effect::Unclear);
        assert_eq!(of(500, None), Effect::Unclear);
    }
}
