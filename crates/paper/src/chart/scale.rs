//! From figures to positions.
//!
//! Owns: linear scales and round ticks. Refuses to know: units.

/// Maps figures between `low` and `high` to positions between `from` and `to`.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// An empty range of figures becomes one wide, so that nothing divides by zero.
    pub(crate) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Scale {
        let high = if high > low { high } else { low + 1.0 };
        Scale { low, high, from, to }
    }

    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }
}

/// Smallest and largest of the figures and of zero.
pub(crate) fn span_with_zero(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((0.0, 0.0), |(low, high), value| (value.min(low), value.max(high)))
}

/// Round figures around the range, `steps` of them or a few more, the first not above `low` and the last
/// not below `high`. Steps are 1, 2 or 5 times a power of ten, and never below one.
pub(crate) fn ticks((low, high): (f64, f64), steps: f64) -> Vec<f64> {
    let rough = ((high - low) / steps).max(1.0);
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough).unwrap_or(rough);
    let first = (low / step).floor();
    let count = ((high / step).ceil() - first).clamp(1.0, 50.0);
    (0..=count as u32).map(|i| (first + f64::from(i)) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_enclose_the_range() {
        assert_eq!(ticks((61_000.0, 93_000.0), 4.0), [60_000.0, 70_000.0, 80_000.0, 90_000.0, 100_000.0]);
        assert_eq!(ticks((5.0, 5.0), 4.0), [5.0, 6.0]);
        assert_eq!(ticks((-3.0, 8.0), 3.0), [-5.0, 0.0, 5.0, 10.0]);
    }

    #[test]
    fn positions_are_proportional_and_stay_inside() {
        let scale = Scale::new((0.0, 200.0), (0.0, 80.0));
        assert!((scale.at(100.0) - 40.0).abs() < 1e-9);
        assert!((scale.at(900.0) - 80.0).abs() < 1e-9);
        assert!((Scale::new((3.0, 3.0), (0.0, 80.0)).at(3.0)).abs() < 1e-9);
    }
}
