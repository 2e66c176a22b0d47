//! **Time to leave.** From when an order was placed until its first part left, in minutes: half of the orders, and nine in
//! ten, took no longer. Of orders whose first part left in the time; source: `departures`. Orders are counted in steps, and a
//! quantile is the end of its step, so that days add up without keeping each order.

use store::measures::Sent;

/// Ends of the steps, in minutes: four hours by the quarter, a day by the hour, two weeks by the half day.
const STEPS: [i64; 16 + 20 + 26] = steps();
/// Of an order that took longer than every step.
const BEYOND: &str = "time_to_leave:beyond";

const fn steps() -> [i64; 62] {
    let mut ends = [0; 62];
    let mut i = 0;
    while i < 62 {
        ends[i] = match i {
            0..16 => 15 * (i as i64 + 1),
            16..36 => 60 * (i as i64 - 16 + 5),
            _ => 720 * (i as i64 - 36 + 3),
        };
        i += 1;
    }
    ends
}

/// Under which name an order is counted.
pub(super) fn step_of(order: &Sent) -> String {
    let minutes = (order.left_at_ms - order.placed_at_ms).max(0) / 60_000;
    match STEPS.iter().find(|end| minutes < **end) {
        Some(end) => format!("time_to_leave:{end}"),
        None => BEYOND.to_owned(),
    }
}

/// The end of a step in minutes, by its name; `None`: it is another measure. Beyond every step it is the largest number.
pub(super) fn end_of(name: &str) -> Option<i64> {
    match name {
        BEYOND => Some(i64::MAX),
        name => name.strip_prefix("time_to_leave:")?.parse().ok(),
    }
}

/// Within how many minutes so many of a hundred orders left, of orders by the ends of their steps in rising order. `None`:
/// there are none, or it took longer than every step.
pub(super) fn quantile(steps: &[(i64, i64)], percent: i64) -> Option<i64> {
    let all: i64 = steps.iter().map(|(_, orders)| orders).sum();
    let mut seen = 0;
    let step = steps.iter().find(|(_, orders)| {
        seen += orders;
        seen * 100 >= all * percent
    });
    step.map(|(end, _)| *end).filter(|end| *end != i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_rise_to_two_weeks_and_a_quantile_is_the_end_of_its_step() {
        assert!(STEPS.is_sorted_by(|one, next| one < next), "{STEPS:?}");
        assert_eq!((STEPS[0], STEPS[15], STEPS[16], STEPS[35], STEPS[36]), (15, 240, 300, 1_440, 2_160));
        assert_eq!(STEPS[61], 14 * 1_440);
        assert_eq!(quantile(&[(15, 5), (30, 4), (60, 1)], 50), Some(15));
        assert_eq!(quantile(&[(15, 5), (30, 4), (60, 1)], 90), Some(30));
        assert_eq!(quantile(&[(15, 5), (i64::MAX, 5)], 90), None);
        assert_eq!(quantile(&[], 50), None);
        assert_eq!(STEPS.map(|end| end_of(&format!("time_to_leave:{end}"))), STEPS.map(Some));
    }
}
