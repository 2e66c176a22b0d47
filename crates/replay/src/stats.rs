//! Statistics of samples: mean, variance, Student's t, and confidence intervals of a cost per order.
//!
//! Owns: the formulas, each with its source. Refuses to know: what is compared.

use model::{Cost, Day};

/// Fewest days for which days are taken as blocks; with fewer the t-quantile is wider than what it protects from.
pub const LEAST_DAY_BLOCKS: usize = 8;

/// 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom (Abramowitz & Stegun, table 26.10).
const T_975: [f64; 30] = [
    12.7062, 4.302_65, 3.182_45, 2.776_45, 2.570_58, 2.446_91, 2.364_62, 2.306_00, 2.262_16, 2.228_14,
    2.200_99, 2.178_81, 2.160_37, 2.144_79, 2.131_45, 2.119_91, 2.109_82, 2.100_92, 2.093_02, 2.085_96,
    2.079_61, 2.073_87, 2.068_66, 2.063_90, 2.059_54, 2.055_53, 2.051_83, 2.048_41, 2.045_23, 2.042_27,
];
/// 97.5 % quantile of the standard normal distribution.
const Z_975: f64 = 1.959_964;

pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Unbiased sample variance (n − 1). Needs two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    let middle = mean(values).filter(|_| values.len() > 1)?;
    Some(values.iter().map(|value| (value - middle).powi(2)).sum::<f64>() / (values.len() - 1) as f64)
}

/// The value that Student's t exceeds with 2.5 % on either side. No degree of freedom: infinite.
/// Beyond 30 degrees by Fisher's expansion (Abramowitz & Stegun 26.7.5), good to 4 decimals there.
pub fn t_975(degrees: usize) -> f64 {
    match degrees {
        0 => f64::INFINITY,
        1..=30 => T_975[degrees - 1],
        _ => {
            let n = degrees as f64;
            let z = Z_975;
            let first = (z.powi(3) + z) / 4.0;
            let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
            z + first / n + second / (n * n)
        }
    }
}

/// On what an interval rests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// Orders of one day share stock, so whole days are the independent pieces.
    DayBlocks { days: usize },
    /// Too few days: each order counts as independent, which makes the interval too narrow.
    Orders { orders: u64 },
    /// Fewer than two orders: nothing can be said.
    Nothing,
}

impl Basis {
    pub fn words(self) -> String {
        match self {
            Basis::DayBlocks { days } => format!("95% interval over {days} days, each taken as a whole"),
            Basis::Orders { orders } => {
                format!(
                    "95% interval over {orders} single orders; fewer than {LEAST_DAY_BLOCKS} days to compare"
                )
            }
            Basis::Nothing => "too few orders for an interval".to_owned(),
        }
    }
}

/// A mean cost per order with its 95 % confidence interval.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CostInterval {
    pub estimate: Cost,
    pub low: Cost,
    pub high: Cost,
    pub basis: Basis,
}

impl CostInterval {
    /// Zero lies outside of it.
    pub fn is_clear(&self) -> bool {
        self.basis != Basis::Nothing && (self.low > Cost::ZERO || self.high < Cost::ZERO)
    }

    fn around(estimate: f64, half_width: f64, basis: Basis) -> CostInterval {
        let cost = |value: f64| Cost(value.round() as i64);
        CostInterval {
            estimate: cost(estimate),
            low: cost(estimate - half_width),
            high: cost(estimate + half_width),
            basis,
        }
    }
}

/// What the orders of one day add up to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DaySum {
    pub day: Day,
    pub orders: u64,
    pub sum: Cost,
}

/// Sums of a cost over orders, by day: all that an interval needs, in memory that grows by the day.
#[derive(Clone, Debug, Default)]
pub struct DaySums {
    days: Vec<DaySum>,
    squares: i128,
}

impl DaySums {
    /// Adds one order. Days come in order; an order of an earlier day counts to the current one.
    pub fn add(&mut self, day: Day, cost: Cost) {
        match self.days.last_mut() {
            Some(last) if last.day >= day => {
                last.orders += 1;
                last.sum += cost;
            }
            _ => self.days.push(DaySum { day, orders: 1, sum: cost }),
        }
        self.squares += i128::from(cost.0) * i128::from(cost.0);
    }

    pub fn days(&self) -> &[DaySum] {
        &self.days
    }

    pub fn orders(&self) -> u64 {
        self.days.iter().map(|day| day.orders).sum()
    }

    pub fn sum(&self) -> Cost {
        self.days.iter().map(|day| day.sum).sum()
    }

    /// Mean per order with its interval: by days where there are at least eight, else by orders.
    pub fn interval(&self) -> CostInterval {
        let orders = self.orders();
        if orders < 2 {
            return CostInterval::around(self.sum().0 as f64, 0.0, Basis::Nothing);
        }
        if self.days.len() >= LEAST_DAY_BLOCKS { self.by_days() } else { self.by_orders() }
    }

    /// The ratio of two sums over days, sum ÷ orders, with the variance of its linear form (Cochran, *Sampling
    /// Techniques*, 1977, 6.3). With the same number of orders every day it is the t-interval of the daily means.
    fn by_days(&self) -> CostInterval {
        let days = self.days.len() as f64;
        let orders = self.orders() as f64;
        let ratio = self.sum().0 as f64 / orders;
        let left = |day: &DaySum| (day.sum.0 as f64 - ratio * day.orders as f64).powi(2);
        let spread = self.days.iter().map(left).sum::<f64>() * days / (days - 1.0);
        let half_width = t_975(self.days.len() - 1) * spread.sqrt() / orders;
        CostInterval::around(ratio, half_width, Basis::DayBlocks { days: self.days.len() })
    }

    fn by_orders(&self) -> CostInterval {
        let orders = self.orders() as f64;
        let middle = self.sum().0 as f64 / orders;
        let spread = (self.squares as f64 - orders * middle * middle).max(0.0) / (orders - 1.0);
        let half_width = Z_975 * (spread / orders).sqrt();
        CostInterval::around(middle, half_width, Basis::Orders { orders: self.orders() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Extra hours of sleep, second drug less first (Student, 1908).
    const SLEEP: [f64; 10] = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];

    fn near(value: f64, expect: f64, within: f64) {
        assert!((value - expect).abs() < within, "{value} is not {expect}");
    }

    #[test]
    fn mean_and_variance_match_students_sleep_data() {
        near(mean(&SLEEP).unwrap(), 1.58, 1e-12);
        near(variance(&SLEEP).unwrap(), 1.512_889, 1e-6);
        assert!(mean(&[]).is_none() && variance(&[1.0]).is_none());
    }

    #[test]
    fn variance_survives_a_large_offset() {
        near(variance(&[10_000_001.0, 10_000_003.0, 10_000_002.0]).unwrap(), 1.0, 1e-9);
    }

    #[test]
    fn quantiles_of_t_match_the_tables_and_fall_towards_the_normal() {
        near(t_975(1), 12.706, 1e-3);
        near(t_975(9), 2.262, 1e-3);
        near(t_975(31), 2.039_51, 1e-4);
        near(t_975(40), 2.021_08, 1e-4);
        near(t_975(60), 2.000_30, 1e-4);
        near(t_975(120), 1.979_93, 1e-4);
        assert!((1..400).all(|n| t_975(n) > t_975(n + 1)));
        assert!(t_975(0).is_infinite());
    }

    #[test]
    fn ten_days_of_one_order_give_students_own_interval() {
        let mut sums = DaySums::default();
        for (day, hours) in SLEEP.iter().enumerate() {
            sums.add(Day(day as i32), Cost((hours * 10_000.0_f64).round() as i64));
        }
        let found = sums.interval();
        assert_eq!(found.basis, Basis::DayBlocks { days: 10 });
        assert_eq!((found.estimate, found.low, found.high), (Cost(15_800), Cost(7_001), Cost(24_599)));
        assert!(found.is_clear());
    }

    #[test]
    fn orders_that_move_together_within_a_day_do_not_narrow_the_interval() {
        let (mut alone, mut repeated) = (DaySums::default(), DaySums::default());
        for (day, hours) in SLEEP.iter().enumerate() {
            let cost = Cost((hours * 10_000.0_f64).round() as i64);
            alone.add(Day(day as i32), cost);
            (0..50).for_each(|_| repeated.add(Day(day as i32), cost));
        }
        assert_eq!(alone.interval(), repeated.interval());
    }

    #[test]
    fn a_ratio_that_is_the_same_every_day_is_certain_whatever_the_days_sizes() {
        let mut sums = DaySums::default();
        for day in 0..9 {
            (0..=day).for_each(|_| sums.add(Day(day), Cost(-20_000)));
        }
        let found = sums.interval();
        assert_eq!((found.estimate, found.low, found.high), (Cost(-20_000), Cost(-20_000), Cost(-20_000)));
    }

    #[test]
    fn fewer_than_eight_days_fall_back_to_single_orders_and_say_so() {
        let mut sums = DaySums::default();
        (0..400).for_each(|i| sums.add(Day(0), Cost(if i % 2 == 0 { 10_000 } else { 30_000 })));
        let found = sums.interval();
        assert_eq!(found.basis, Basis::Orders { orders: 400 });
        // Standard deviation 10,012.5; 1.96 × that ÷ 20 = 981.2.
        assert_eq!((found.estimate, found.low, found.high), (Cost(20_000), Cost(19_019), Cost(20_981)));
        assert!(found.basis.words().contains("single orders"));
    }

    #[test]
    fn one_order_says_nothing() {
        let mut sums = DaySums::default();
        assert_eq!(sums.interval().basis, Basis::Nothing);
        sums.add(Day(1), Cost(7));
        assert_eq!((sums.interval().basis, sums.interval().estimate), (Basis::Nothing, Cost(7)));
        assert!(!sums.interval().is_clear());
    }
}
