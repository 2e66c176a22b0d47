//! Quantiles of cost per order in bounded memory: an exact count for every minor unit up to a limit.

use model::{Cost, Currency, Money};

/// Minor units below zero that are counted apart (a gain, by markdowns avoided).
const LOWEST: i64 = -20_000;
/// Minor units above zero that are counted apart: $1,800.00.
const HIGHEST: i64 = 180_000;

/// Counts of costs, rounded to the currency's minor unit. What lies beyond the limits counts at the limit, and
/// the extremes are kept exactly.
#[derive(Clone, Debug)]
pub struct CostHistogram {
    currency: Currency,
    buckets: Vec<u32>,
    count: u64,
    extremes: Option<(Cost, Cost)>,
}

impl CostHistogram {
    pub fn new(currency: Currency) -> CostHistogram {
        CostHistogram { currency, buckets: Vec::new(), count: 0, extremes: None }
    }

    pub fn add(&mut self, cost: Cost) {
        if self.buckets.is_empty() {
            self.buckets = vec![0; (HIGHEST - LOWEST) as usize + 1];
        }
        let minor = cost.round_to_money(self.currency).minor.clamp(LOWEST, HIGHEST);
        let bucket = &mut self.buckets[(minor - LOWEST) as usize];
        *bucket = bucket.saturating_add(1);
        self.count += 1;
        self.extremes =
            Some(self.extremes.map_or((cost, cost), |(low, high)| (low.min(cost), high.max(cost))));
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// The cost that `per_mille` of 1,000 orders do not exceed (nearest rank), to the minor unit; within the
    /// limits. 0 and 1,000 are the exact extremes.
    pub fn quantile(&self, per_mille: u16) -> Option<Cost> {
        let (low, high) = self.extremes?;
        match per_mille {
            0 => return Some(low),
            1_000.. => return Some(high),
            _ => {}
        }
        let rank = (self.count * u64::from(per_mille)).div_ceil(1_000).max(1);
        let mut seen = 0;
        for (i, &bucket) in self.buckets.iter().enumerate() {
            seen += u64::from(bucket);
            if seen >= rank {
                return Some(Money { minor: i as i64 + LOWEST, currency: self.currency }.to_cost());
            }
        }
        Some(high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_exact_to_the_cent() {
        let mut histogram = CostHistogram::new(Currency::USD);
        (1..=1_000).rev().for_each(|cents| histogram.add(Cost(cents * 100)));
        assert_eq!(histogram.quantile(500), Some(Cost(50_000)));
        assert_eq!(histogram.quantile(950), Some(Cost(95_000)));
        assert_eq!(histogram.quantile(1), Some(Cost(100)));
        assert_eq!(
            (histogram.quantile(0), histogram.quantile(1_000)),
            (Some(Cost(100)), Some(Cost(100_000)))
        );
    }

    #[test]
    fn costs_beyond_the_limits_count_and_the_extremes_stay_exact() {
        let mut histogram = CostHistogram::new(Currency::USD);
        for cost in [-9_000_000, 10_000, 50_000_000] {
            histogram.add(Cost(cost));
        }
        assert_eq!(histogram.count(), 3);
        assert_eq!(histogram.quantile(500), Some(Cost(10_000)));
        assert_eq!(histogram.quantile(999), Some(Cost(18_000_000)));
        assert_eq!(histogram.quantile(1_000), Some(Cost(50_000_000)));
    }

    #[test]
    fn yen_are_counted_in_yen_and_nothing_has_no_quantile() {
        let mut histogram = CostHistogram::new(Currency::from_code("JPY").unwrap());
        assert_eq!(histogram.quantile(500), None);
        histogram.add(Cost(1_204_999));
        assert_eq!(histogram.quantile(500), Some(Cost(1_200_000)));
    }
}
