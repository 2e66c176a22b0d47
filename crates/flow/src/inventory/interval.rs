//! Between which shares the true one lies, after so many of so many: three lucky counts prove nothing.
//!
//! The score interval of E. B. Wilson (1927), at 95 %, in integers, so that every machine opens the same gate.

use store::accuracy::Evidence;

/// z² for 95 %, 1.96 · 1.96, in ten-thousandths.
const Z2_E4: u128 = 38_416;
const E4: u128 = 10_000;
/// More lines than anybody counts; sums stay far from overflow.
const MOST_LINES: u128 = 1_000_000_000;

/// Lower and upper bound in hundredths of a percent, the lower one rounded down and the upper one up: 0 and 10,000 where
/// nothing was counted.
pub fn interval(evidence: Evidence) -> (i64, i64) {
    let lines = u128::try_from(evidence.lines).unwrap_or(0).min(MOST_LINES);
    let within = u128::try_from(evidence.within).unwrap_or(0).min(lines);
    if lines == 0 {
        return (0, 10_000);
    }
    // (k + z²/2 ± √(z²·k·(n−k)/n + z⁴/4)) / (n + z²), all in ten-thousandths.
    let center = within * E4 + Z2_E4 / 2;
    let square = (Z2_E4 * E4 * within * (lines - within)).div_ceil(lines) + Z2_E4 * Z2_E4 / 4;
    let floor = square.isqrt();
    let spread = if floor * floor == square { floor } else { floor + 1 };
    let whole = lines * E4 + Z2_E4;
    let lower = center.saturating_sub(spread) * 10_000 / whole;
    let upper = ((center + spread) * 10_000).div_ceil(whole).min(10_000);
    (i64::try_from(lower).unwrap_or(0), i64::try_from(upper).unwrap_or(10_000))
}

/// The share itself, in hundredths of a percent, rounded down; 0 where nothing was counted.
pub fn share_bp(evidence: Evidence) -> i64 {
    (evidence.within * 10_000).checked_div(evidence.lines).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{interval, share_bp};
    use store::accuracy::Evidence;

    #[test]
    fn bounds_are_those_of_the_published_formula() {
        // n, k, and bounds to a hundredth of a percent.
        for (lines, within, lower, upper) in [
            (0, 0, 0, 10_000),
            (1, 1, 2_065, 10_000),
            (3, 3, 4_385, 10_000),
            (10, 9, 5_958, 9_822),
            (100, 95, 8_882, 9_785),
            (100, 100, 9_630, 10_000),
            (400, 396, 9_745, 9_962),
            (100, 0, 0, 370),
        ] {
            let (low, high) = interval(Evidence { lines, within });
            assert!((low - lower).abs() <= 1 && (high - upper).abs() <= 1, "{within}/{lines}: {low} {high}");
        }
    }

    #[test]
    fn bounds_hold_the_share_between_them_and_close_in() {
        for lines in 1..300 {
            for within in 0..=lines {
                let evidence = Evidence { lines, within };
                let (lower, upper) = interval(evidence);
                assert!(
                    0 <= lower
                        && lower <= share_bp(evidence)
                        && share_bp(evidence) <= upper
                        && upper <= 10_000
                );
                let (wider, _) = interval(Evidence { lines: lines + 1, within });
                assert!(wider <= lower, "a line more that was wrong proves no more: {within}/{lines}");
            }
        }
        let most = i64::MAX;
        assert_eq!(interval(Evidence { lines: most, within: most }), (9_999, 10_000));
    }
}
