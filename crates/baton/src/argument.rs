//! Numbers on the command line, refused in plain words.

use std::num::NonZeroU32;
use std::ops::RangeInclusive;

/// Reads a whole number within a range.
pub(crate) fn whole<T: TryFrom<u64>>(
    range: RangeInclusive<u64>,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.parse::<u64>().ok().filter(|number| range.contains(number));
        let refused = || match *range.end() {
            u64::MAX => format!("write a whole number, {} or more", range.start()),
            most => format!("write a whole number from {} to {most}", range.start()),
        };
        number.and_then(|number| T::try_from(number).ok()).ok_or_else(refused)
    }
}

/// Most decisions between two that are checked.
const MAX_EVERY: u32 = 1_000_000;

/// Reads the n of every n-th.
pub(crate) fn every(text: &str) -> Result<NonZeroU32, String> {
    let number = text.parse::<u32>().ok().filter(|number| *number <= MAX_EVERY).and_then(NonZeroU32::new);
    number.ok_or_else(|| format!("write a whole number from 1 to {MAX_EVERY}; 1 checks all"))
}
